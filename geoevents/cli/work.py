"""What is done with one article or record?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gazetteer.mention import FORMS, Mention, Resolution
from geoevents.article import Article
from geoevents.errors import BadRecordError
from geoevents.readers.jsonl import (
    Record,
    optional_text,
    required_text,
    stated_language,
    to_date,
)
from geoevents.readers.lines import has_events, to_document
from geoevents.readers.text import MAX_TEXT_BYTES, without_surrogates
from geoevents.select import DEFAULT_FORMS, above, parse_forms, select
from geoevents.writers.lines import (
    article_line,
    document_line,
    toponym_line,
    toponym_lines,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer import Gazetteer
    from geoevents.cli.explained import Wanted
    from geoevents.corrections import Correction, Outcome
    from geoevents.event import Document, Event, EventPlace
    from geoevents.grouping import Digest
    from geoevents.language_model import LanguageModel, ModelReading
    from geoevents.ontology import Ontology

Line = dict[str, Any]
_ANSWER_KEYS = frozenset({"lat", "lon", "bbox", "geonameid", "kind"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is worth a note about a document.

    Attributes
    ----------
    id, lang
        Of the article.
    mentions, unlocated
        Number of places named, and of those among them that could not be located.
    events, placeless
        Number of events, and of those among them that state no place.
    undated
        Number of events whose relative date has no publication date to start from.
    brought
        Whether the events were not found in the text but brought along.
    asked
        Number of parts of the article that a language model was asked about.
    unanswered
        One reason for each part of them that it gave no answer about.
    """

    id: str
    lang: str | None
    mentions: int = 0
    unlocated: int = 0
    events: int = 0
    placeless: int = 0
    undated: int = 0
    brought: bool = False
    asked: int = 0
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A result: a line or a document, and what is worth a note about it.

    A line that is to be grouped with others has its article's digest; an article that is to be
    explained has its page; one whose places were corrected has what came of that.
    """

    value: Any
    facts: Facts
    digest: Digest | None = None
    page: str | None = None
    corrected: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Geoparse:
    """Find the places of an article, as a line."""

    forms: frozenset[str]
    min_score: float = 0.0
    geometry: bool = False
    explain: str | None = None

    def __call__(self, gazetteer: Gazetteer, article: Article) -> Done:
        """Return the article's line with its toponyms."""
        safe = _with_language(article)
        resolutions = gazetteer.geoparse(
            safe.text, lang=safe.lang, url=safe.url, published=safe.published
        )
        found = [above(r, self.min_score) for r in resolutions]
        chosen = select(found, self.forms)
        shapes = gazetteer if self.geometry else None
        line = article_line(replace(article, lang=safe.lang))
        lines = toponym_lines(chosen, found, geometry=shapes)
        if self.explain is not None:
            _explain(self.explain, lines, [r.mention for r in chosen], safe, gazetteer)
        line["toponyms"] = lines
        return Done(line, _place_facts(safe, chosen))


@dataclass(frozen=True, slots=True)
class Extract:
    """Find the events of an article, as a document.

    Attributes
    ----------
    min_score
        Places below it are left without coordinates.
    takes_events
        Take the events that an article's line brings along instead of reading its text.
    ontology
        The user's own event types and words with the built-in ones, or None for these alone.
    model
        A language model that is asked beside our own rules, or None for none.
    explain
        The page that explains the article, to be made too, or None for none.
    corrections
        What readers corrected, with the right places as the gazetteer has them.
    """

    min_score: float = 0.0
    takes_events: bool = False
    ontology: Ontology | None = None
    model: LanguageModel | None = None
    explain: Wanted | None = None
    corrections: tuple[Correction, ...] = ()

    def __call__(self, gazetteer: Gazetteer, article: Article) -> Done:
        """Return the article's document."""
        brought = self.takes_events and has_events(article)
        parts, unanswered = 0, tuple[str, ...]()
        if brought:
            document = to_document(article, gazetteer=gazetteer)
        elif self.model is None:
            document = _read(article, gazetteer, self.ontology)
        else:
            reading = _read_with_model(article, gazetteer, self.model, self.ontology)
            document, parts, unanswered = reading.document, reading.parts, reading.problems
        document, corrected = _corrected(document, self.corrections)
        document = replace(
            document,
            article=replace(article, lang=document.article.lang),
            places=tuple(above(r, self.min_score) for r in document.places),
            events=tuple(_event_above(event, self.min_score) for event in document.events),
        )
        page = _page(document, gazetteer, self.ontology, self.explain)
        facts = replace(_event_facts(document), brought=brought, asked=parts, unanswered=unanswered)
        return Done(document, facts, page=page, corrected=corrected)


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """Find the events of an article, as a line."""

    min_score: float = 0.0
    geometry: bool = False
    ontology: Ontology | None = None
    model: LanguageModel | None = None
    groups: bool = False
    explain: Wanted | None = None
    corrections: tuple[Correction, ...] = ()

    def __call__(self, gazetteer: Gazetteer, article: Article) -> Done:
        """Return the article's line with its toponyms and events."""
        done = Extract(
            self.min_score,
            takes_events=bool(self.corrections),  # they are about the events of that line
            ontology=self.ontology,
            model=self.model,
            explain=self.explain,
            corrections=self.corrections,
        )(gazetteer, article)
        chosen = select(done.value.places, parse_forms(DEFAULT_FORMS))
        shapes = gazetteer if self.geometry else None
        lines = toponym_lines(chosen, done.value.places, geometry=shapes)
        line = document_line(done.value, lines)
        digest = _digest(done.value) if self.groups else None
        return Done(line, done.facts, digest, done.page, done.corrected)


@dataclass(frozen=True, slots=True)
class Resolve:
    """Locate the given mentions of a record, as a line."""

    lang: str | None = None
    min_score: float = 0.0
    geometry: bool = False
    explain: str | None = None

    def __call__(self, gazetteer: Gazetteer, record: Record) -> Done:
        """Return the record with its toponyms filled, same spans in the same order."""
        text = required_text(record, limit=MAX_TEXT_BYTES)
        published = to_date(record.values.get("published"), where=record.where)
        stated = stated_language(record) or self.lang
        url = optional_text(record, "url")
        article = _with_language(
            Article(text, id=record.id, lang=stated, published=published, url=url)
        )
        toponyms = _stated_toponyms(record)
        mentions = [_mention(row, article, record) for row in toponyms]
        found = gazetteer.resolve(
            article.text,
            mentions,
            lang=article.lang,
            url=article.url,
            published=article.published,
        )
        resolutions = [above(resolution, self.min_score) for resolution in found]
        shapes = gazetteer if self.geometry else None
        lines = [
            {k: v for k, v in row.items() if k not in _ANSWER_KEYS}
            | toponym_line(resolution, geometry=shapes)
            for row, resolution in zip(toponyms, resolutions, strict=True)
        ]
        if self.explain is not None:
            _explain(self.explain, lines, mentions, article, gazetteer)
        own = {"id": record.id, "lang": article.lang, "toponyms": lines}
        line = dict.fromkeys(("published", "title", "url")) | dict(record.values) | own
        return Done(line, _place_facts(article, resolutions))


def _read(article: Article, gazetteer: Gazetteer, ontology: Ontology | None) -> Document:
    from geoevents.extract.pipeline import extract

    safe = replace(article, text=without_surrogates(article.text))
    return extract(safe, gazetteer, ontology=ontology)


def _read_with_model(
    article: Article, gazetteer: Gazetteer, model: LanguageModel, ontology: Ontology | None
) -> ModelReading:
    from geoevents.language_model import extract_with_model

    safe = replace(article, text=without_surrogates(article.text))
    return extract_with_model(safe, gazetteer, model, ontology=ontology)


def _corrected(
    document: Document, corrections: tuple[Correction, ...]
) -> tuple[Document, Outcome | None]:
    if not corrections:
        return document, None
    from geoevents.corrections import correct_document

    return correct_document(document, corrections)


def _page(
    document: Document, gazetteer: Gazetteer, ontology: Ontology | None, wanted: Wanted | None
) -> str | None:
    """Return the page that explains an article, if there is to be one."""
    from geoevents.explain import explain_page

    if wanted is None:
        return None
    return explain_page(document, gazetteer, ontology=ontology, lang=wanted.lang)


def _with_language(article: Article) -> Article:
    """Return an article that is safe to read: valid characters, and its language known."""
    from gazetteer.text.language import detect_language

    text = without_surrogates(article.text)
    return replace(article, text=text, lang=article.lang or detect_language(text))


def _explain(
    words: str,
    lines: Sequence[Line],
    mentions: Sequence[Mention],
    article: Article,
    gazetteer: Gazetteer,
) -> None:
    """Add to the lines of mentions of some words what speaks for each place they may mean."""
    asked = _mentions_of(words, mentions)
    for line, mention in zip(lines, mentions, strict=True):
        if mention in asked:
            line["explanation"] = gazetteer.explain(
                article.text,
                mention,
                lang=article.lang,
                url=article.url,
                published=article.published,
            ).to_dict()


def _mentions_of(words: str, mentions: Sequence[Mention]) -> frozenset[Mention]:
    """Return the mentions of just these words or, when there are none, those that hold them.

    In posts a name takes in the word before it: "مادبا" is asked for, "محافظة مادبا" is there.
    """
    from gazetteer.mentions.hashtags import as_in_prose

    whole = frozenset(m for m in mentions if m.text == words)
    sought = f" {as_in_prose(words)} "
    return whole or frozenset(m for m in mentions if sought in f" {as_in_prose(m.text)} ")


def _digest(document: Document) -> Digest:
    from geoevents.grouping import digest

    return digest(document)


def _event_above(event: Event, min_score: float) -> Event:
    def checked(places: tuple[EventPlace, ...]) -> tuple[EventPlace, ...]:
        return tuple(replace(p, resolution=above(p.resolution, min_score)) for p in places)

    return replace(
        event, places=checked(event.places), inferred_places=checked(event.inferred_places)
    )


def _stated_toponyms(record: Record) -> list[Mapping[str, Any]]:
    toponyms = record.values.get("toponyms")
    if not isinstance(toponyms, list) or not all(isinstance(row, dict) for row in toponyms):
        raise BadRecordError(record.where, "the key 'toponyms' is missing or not a list of objects")
    return toponyms


def _mention(row: Mapping[str, Any], article: Article, record: Record) -> Mention:
    start, end = row.get("start"), row.get("end")
    if not (type(start) is int and type(end) is int and 0 <= start < end <= len(article.text)):
        why = f"a toponym has start {start!r} and end {end!r}, which is no part of the text"
        raise BadRecordError(record.where, why)
    form = row.get("form")
    return Mention(
        start=start,
        end=end,
        text=article.text[start:end],
        form=form if form in FORMS else "name",
        language=article.lang or "und",
    )


def _place_facts(article: Article, resolutions: list[Resolution]) -> Facts:
    unlocated = sum(resolution.place is None for resolution in resolutions)
    return Facts(article.id, article.lang, mentions=len(resolutions), unlocated=unlocated)


def _event_facts(document: Document) -> Facts:
    article, events = document.article, document.events
    places = [r for r in document.places if r.mention.form != "demonym"]
    stated = [[p for p in event.places if p.role != "context"] for event in events]
    times = [event.time for event in events if event.time and article.published is None]
    return Facts(
        article.id,
        article.lang,
        mentions=len(places) or sum(map(len, stated)),
        unlocated=sum(r.place is None for r in places),
        events=len(events),
        placeless=sum(not row for row in stated),
        undated=sum(1 for time in times if time.text and time.start is None),
    )
