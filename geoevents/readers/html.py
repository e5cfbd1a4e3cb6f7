"""Which part of a web page is the article, and what does the page say about it?"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geoevents.errors import EmptyInputError
from geoevents.readers.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CHARSET_BYTES = 4096  # the HTML standard wants it in the first 1,024; old pages are late
_ARTICLE_TYPES = re.compile(r"Article$|^BlogPosting$|^Report$|^LiveBlogPosting$")
_FURNITURE = ("script", "style", "noscript", "nav", "footer", "header", "aside", "form", "template")
_BLOCKS = frozenset(
    ["p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote", "section"]
)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_TITLE_METAS = ("og:title", "twitter:title", "dc.title")
_DATE_METAS = (
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
)
_URL_METAS = ("og:url",)


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page tells.

    Attributes
    ----------
    text
        The article without menus, side columns, related links and comments; one line a paragraph.
    title, published, url, lang
        As the page states them (JSON-LD, meta elements, link and html attributes), or None.
    """

    text: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    lang: str | None = None


def read_page(data: bytes, *, name: str) -> Page:
    """Read a web page.

    Parameters
    ----------
    data
        The page: UTF-8, or what its byte order mark or meta element declares.
    name
        The file's name, for errors.

    Raises
    ------
    InputError
        If it is no text, in another encoding, or holds no article.
    """
    declared = _CHARSET.search(data[:_CHARSET_BYTES])
    encoding = declared.group(1).decode("ascii") if declared else None
    markup = decode(data, name=name, declared=encoding)
    tree = _parsed(markup)
    if tree is None:
        raise EmptyInputError(name)
    stated = _Stated(tree)
    text = _article_text(markup) or _plain_text(tree)
    if not text.strip():
        raise EmptyInputError(name)
    return Page(
        text=text, title=stated.title, published=stated.published, url=stated.url, lang=stated.lang
    )


def _parsed(markup: str) -> HtmlElement | None:
    from lxml import etree, html

    # An encoding declared inside a string that is decoded already is refused by the parser.
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    return tree


def _article_text(markup: str) -> str:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = trafilatura.extract(markup, include_comments=False, include_images=False)
    return text or ""


def _plain_text(tree: HtmlElement) -> str:
    """Return all words outside the furniture, where no article was found."""
    body = tree.find("body")
    root = tree if body is None else body
    for element in list(root.iter(*_FURNITURE)):
        element.drop_tree()
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


class _Stated:
    """What the head of a page states."""

    def __init__(self, tree: HtmlElement) -> None:
        self._ld = next(_linked_data(tree), {})
        self._metas: dict[str, str] = {}
        for meta in tree.iter("meta"):
            key = meta.get("property") or meta.get("name") or meta.get("itemprop")
            content = (meta.get("content") or "").strip()
            if key and content:
                self._metas.setdefault(key.strip().lower(), content)
        self._tree = tree

    @property
    def title(self) -> str | None:
        heading = self._tree.findtext(".//title")
        return _first(self._ld.get("headline"), self._meta(_TITLE_METAS), heading)

    @property
    def published(self) -> date | None:
        times = [e.get("datetime") for e in self._tree.iter("time") if e.get("pubdate") is not None]
        stated = (self._ld.get("datePublished"), *map(self._metas.get, _DATE_METAS), *times)
        return next(filter(None, map(_day, stated)), None)

    @property
    def url(self) -> str | None:
        links = self._tree.xpath("//link[translate(@rel, 'CANONIL', 'canonil')='canonical']/@href")
        url = _first(*links, self._meta(_URL_METAS), self._ld.get("url"), _main_entity(self._ld))
        return url if url and re.match(r"https?://", url, re.IGNORECASE) else None

    @property
    def lang(self) -> str | None:
        return _first(self._ld.get("inLanguage"), self._tree.get("lang"))

    def _meta(self, keys: tuple[str, ...]) -> str | None:
        return next((self._metas[key] for key in keys if key in self._metas), None)


def _linked_data(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from filter(_is_article, _nodes(data))


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            yield from (n for n in graph if isinstance(n, dict)) if isinstance(graph, list) else ()


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPES.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _main_entity(node: Mapping[str, Any]) -> Any:
    entity = node.get("mainEntityOfPage")
    return entity.get("@id") if isinstance(entity, dict) else entity


def _first(*values: Any) -> str | None:
    """Return the first value that is text, its white space put in order."""
    return next((" ".join(v.split()) for v in values if isinstance(v, str) and v.strip()), None)


def _day(stated: Any) -> date | None:
    """Return the date of an ISO time, which is its day where the page was published."""
    match = _DAY.match(stated.strip()) if isinstance(stated, str) else None
    if match is None:  # "03/11/2022" is March or November: an empty cell beats a guess
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
