"""How is an article shown with all that was found in it and why, in one page?

All text travels in one escaped JSON island, and the page's script shows it through ``textContent``
only, so that nothing an article says can become markup or script.
"""

from __future__ import annotations

import html
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.explain.events import event_card, event_marks
from geoevents.explain.language import foreign, load, named, phrase
from geoevents.explain.marks import in_order, paragraphs
from geoevents.explain.places import place_card, place_mark
from geoevents.extract.lexicon import load_lexicon
from geoevents.ontology import builtin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer import Gazetteer, Resolution, Span
    from gazetteer.explain import Explanation
    from geoevents.article import Article
    from geoevents.event import Document
    from geoevents.explain.language import Piece
    from geoevents.explain.marks import Mark
    from geoevents.ontology import Ontology
    from maps.words import Words

_ASSETS = Path(__file__).parent / "assets"
_SHARED = ("text.js", "words.js")  # of the map's own scripts: elements and text, and its words

_EXPLAINED_FORMS = frozenset({"name", "associative"})


def explain_page(
    document: Document,
    gazetteer: Gazetteer,
    *,
    title: str | None = None,
    ontology: Ontology | None = None,
    lang: str | None = None,
) -> str:
    """Return a page of HTML that shows what was found in an article, and why.

    Parameters
    ----------
    document
        The article with its places and events, as :func:`geoevents.extract.pipeline.extract`
        returns it.
    gazetteer
        What its places were found with; it tells what speaks for each.
    title
        Heading of the page; by default the article's title, else its id.
    ontology
        Labels and definitions of the events' types [default: the built-in one].
    lang
        BCP 47 tag of the reader's language: the page's own words and its direction [default: the
        article's]. One that the page does not speak is English.

    Returns
    -------
    str
        The page: the text with its marks, a legend, and for every event and every mention of a
        place what it was read as and why. Script and style are inside it; nothing is loaded, so
        it opens from disk without a network.

    Examples
    --------
    >>> from gazetteer import Gazetteer
    >>> from geoevents.article import Article
    >>> from geoevents.extract.pipeline import extract
    >>> gazetteer = Gazetteer.open()
    >>> document = extract(Article("The army shelled Donetsk on Monday.", lang="en"), gazetteer)
    >>> page = explain_page(document, gazetteer, title="One attack")
    >>> "<title>One attack</title>" in page
    True
    """
    from geoevents.pages import filled

    article = document.article
    heading = title or article.title or article.id
    words = load(lang or article.lang)
    found = _content(document, gazetteer, ontology or builtin(), words)
    return filled(
        _own("page.html"),
        title=heading,
        styles=_own("page.css"),
        scripts={"script": _script()},
        content={"title": heading, **_language(words), **found},
        parts={
            "lang": words.lang,
            "dir": words.direction,
            "noscript": html.escape(words.of("page", "needs_script")),
        },
    )


def _language(words: Words) -> dict[str, Any]:
    """Return what the page's script needs to speak."""
    return {
        "lang": words.lang,
        "dir": words.direction,
        "words": {"page": words.sections["page"], "language": {"code": words.lang}},
    }


def _content(
    document: Document, gazetteer: Gazetteer, ontology: Ontology, words: Words
) -> dict[str, Any]:
    """Return everything that the page shows."""
    from maps.words import direction

    article, text = document.article, document.article.text
    ids = {r.span: f"place-{n}" for n, r in enumerate(document.places, start=1)}
    roles = _roles(document, words)
    why = _explanations(document, gazetteer)
    marks = in_order(_marks(document, ids, ontology, words))
    return {
        "about": list(_about(article, words)),
        "paragraphs": paragraphs(text, marks, direction=direction(article.lang)),
        "marks": [[m.kind, m.ref, m.label, m.flavour] for m in marks],
        "events": [
            event_card(
                event,
                number=n,
                kind=ontology.types.get(event.type),
                text=text,
                places=ids,
                words=words,
            )
            for n, event in enumerate(document.events, start=1)
        ],
        "places": [
            place_card(
                resolution,
                number=n,
                explanation=why.get(resolution.span),
                events=roles.get(resolution.span, ()),
                places=ids,
                text=text,
                words=words,
            )
            for n, resolution in enumerate(document.places, start=1)
        ],
        "empty": _empty(article, ontology, words),
    }


def _about(article: Article, words: Words) -> Iterator[list[Any]]:
    """Yield names and values of what is known of the article, and an address to open."""
    from maps.island import safe_url

    known = {
        "id": article.id,
        "language": article.lang,
        "published": article.published.isoformat() if article.published else None,
        "address": article.url,
    }
    for name, value in known.items():
        if value:
            yield [words.of("page", name), value, safe_url(value) if name == "address" else None]


def _empty(article: Article, ontology: Ontology, words: Words) -> list[Piece]:
    """Return what is said where there is no event."""
    lang = (article.lang or "und").partition("-")[0]
    if load_lexicon(lang, ontology) is None:
        return phrase(words, "no_word_list", lang=foreign(repr(lang)))
    return phrase(words, "no_events")


def _marks(
    document: Document, ids: Mapping[Span, str], ontology: Ontology, words: Words
) -> Iterator[Mark]:
    for resolution in document.places:
        yield place_mark(resolution, ids[resolution.span], words)
    for number, event in enumerate(document.events, start=1):
        kind = ontology.types.get(event.type)
        yield from event_marks(event, number=number, kind=kind, words=words)


def _roles(document: Document, words: Words) -> dict[Span, list[tuple[str, Any]]]:
    """Return the events that each mention belongs to, with its role or that of who it names."""
    found: defaultdict[Span, list[tuple[str, Any]]] = defaultdict(list)
    for number, event in enumerate(document.events, start=1):
        ref = f"event-{number}"
        for place in event.places:
            found[place.resolution.span].append((ref, named(words, "role", place.role)))
        for place in event.inferred_places:
            role = phrase(words, "inferred_role", role=named(words, "role", place.role))
            found[place.resolution.span].append((ref, role))
        for who in event.participants:
            for resolution in document.places:
                if who.span is not None and who.span.holds(resolution.span):
                    found[resolution.span].append((ref, named(words, "role", who.role)))
    return found


def _explanations(document: Document, gazetteer: Gazetteer) -> dict[Span, Explanation]:
    """Return what speaks for each place of the names, by their spans."""
    article = document.article
    asked = [r.mention for r in document.places if _is_name(r)]
    found = gazetteer.explain_all(
        article.text, asked, lang=article.lang, url=article.url, published=article.published
    )
    return {one.mention.span: one for one in found}


def _is_name(resolution: Resolution) -> bool:
    return resolution.mention.form in _EXPLAINED_FORMS


@cache
def _own(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    from maps.inline import own_scripts

    return "\n".join((own_scripts(*_SHARED), _own("page.js")))
