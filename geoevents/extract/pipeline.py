"""What happened, who, when and where: from an article to its places and events."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.references import Antecedents
from gazetteer.text.language import detect_language, primary_language
from gazetteer.text.sentences import split_sentences
from geoevents.event import Document, Event
from geoevents.extract.actors import find_actors
from geoevents.extract.amounts import casualties_of, count_of, find_amounts, money_of, time_of
from geoevents.extract.anew import describes, is_another, is_told_beside
from geoevents.extract.aspect import find_aspect
from geoevents.extract.confidence import confidence
from geoevents.extract.coreference import countries_of, find_references, refers_back
from geoevents.extract.cues import find_signs
from geoevents.extract.datelines import find_dateline
from geoevents.extract.elision import split_words, stem_of
from geoevents.extract.headline import settle_headline
from geoevents.extract.itineraries import complete_journeys
from geoevents.extract.joining import is_within, join_words
from geoevents.extract.journeys import with_ends
from geoevents.extract.lexicon import load_lexicon
from geoevents.extract.memory import Memory
from geoevents.extract.merge import merge_echoes, merge_triggers
from geoevents.extract.participants import assign_participants, find_candidates
from geoevents.extract.persons import find_persons, with_offices, with_owners
from geoevents.extract.postpositions import find_links_behind
from geoevents.extract.reading import read_sentence
from geoevents.extract.relations import find_links
from geoevents.extract.roles import assign_places
from geoevents.extract.sharing import share_places
from geoevents.extract.sieve import may_tell
from geoevents.extract.status import find_status, is_background
from geoevents.extract.story import story_spans
from geoevents.extract.subjects import share_subjects
from geoevents.extract.support import support_of
from geoevents.extract.tolls import is_toll, with_toll
from geoevents.extract.triggers import find_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from gazetteer import Gazetteer, Resolution
    from geoevents.article import Article
    from geoevents.event import EventPlace, EventTime
    from geoevents.extract.actors import Actor
    from geoevents.extract.amounts import Amounts
    from geoevents.extract.cues import Signs
    from geoevents.extract.lexicon import Lexicon
    from geoevents.extract.participants import Candidate
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger
    from geoevents.ontology import Ontology

_UNREAL = frozenset({"hypothetical", "negated"})
_SHORT = 6  # characters that "p.m." and a blank take
_MAX_SENTENCE = 4000  # characters; what is longer is no sentence, and would cost time without end


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with everything that its events are made from."""

    reading: Reading
    triggers: tuple[Trigger, ...]
    words: tuple[Trigger, ...]
    amounts: Amounts
    candidates: tuple[Candidate, ...]
    signs: Signs
    published: date | None


def extract(
    article: Article, gazetteer: Gazetteer, *, ontology: Ontology | None = None
) -> Document:
    """Find the places and events of an article.

    The ways in check what they are given: :func:`geoevents.find_events` says what all of it means.
    """
    lang = article.lang or detect_language(article.text)
    known = replace(article, lang=lang)
    places = tuple(
        gazetteer.geoparse(article.text, lang=lang, url=article.url, published=article.published)
    )
    return Document(known, places, extract_events(known, places, ontology=ontology))


def extract_events(
    article: Article, places: Sequence[Resolution], *, ontology: Ontology | None = None
) -> tuple[Event, ...]:
    """Find the events of an article whose places are known.

    Parameters
    ----------
    article
        The article, with its language.
    places
        Its resolved mentions, as :meth:`gazetteer.Gazetteer.geoparse` returns them.
    ontology
        Which kinds of events are sought [default: the built-in one].

    Returns
    -------
    tuple of Event
        In text order; none in a language without event data.
    """
    lang = primary_language(article.lang) or "und"
    lexicon = load_lexicon(lang, ontology)
    if lexicon is None:
        return ()
    events: list[Event] = []
    memory, antecedents = Memory(), Antecedents(language_rules(lang))
    ordered = sorted(places, key=lambda r: r.mention.start)
    starts = [r.mention.start for r in ordered]
    lines = story_spans(article.text, lang)
    dateline = find_dateline(article.text, lines, lang=lang)
    published = article.published or (dateline.day if dateline is not None else None)
    sentences = _story_sentences(article.text, lines)
    for number, span in enumerate(sentences):
        within = ordered[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        inside = [
            r
            for r in within
            if span.holds(r.span) and not is_within(article.text, r.span, lexicon.morphology)
        ]
        reading = _prepare(article.text, span, inside, lexicon, antecedents)
        if reading is not None:
            if dateline is not None and span.overlaps(dateline.span):
                reading = replace(reading, dateline=dateline.span)
            told, times = _tell(reading, memory, number, published)
            for trigger, event in told:
                joined = is_toll(reading, trigger, event) and with_toll(article.text, events, event)
                events = joined or [*events, event]
            memory = memory.telling([event for _, event in told], number).dating(times)
        memory = memory.naming(countries_of(inside))
    events = complete_journeys(sorted(events, key=lambda e: e.trigger.start), sentences)
    events = settle_headline(article.text, events)
    return tuple(replace(e, id=f"{article.id}-{n}") for n, e in enumerate(events, start=1))


def _story_sentences(text: str, lines: Sequence[Span]) -> list[Span]:
    """Return the sentences of the story, those of no sentence's length left out."""
    story = iter(lines)
    line = next(story, None)
    kept = []
    for span in _whole_sentences(text):
        while line is not None and line.end <= span.start:
            line = next(story, None)
        if line is not None and line.overlaps(span) and span.end - span.start <= _MAX_SENTENCE:
            kept.append(span)
    return kept


def _whole_sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text, those joined that "p.m." parts from "(1700 GMT)"."""
    held: Span | None = None
    for sentence in split_sentences(text):
        span = Span(sentence.start, sentence.end)
        if held is None:
            held = span
        elif text[span.start] == "(" and _ends_in_letter(text[held.start : held.end]):
            held = Span(held.start, span.end)
        else:
            yield held
            held = span
    if held is not None:
        yield held


def _ends_in_letter(text: str) -> bool:
    """Return whether the last word of a text is one letter with its sign, as in "p.m."."""
    last = text[-_SHORT:].split()[-1:]
    return bool(last) and last[0][-1:] == "." and not last[0][-3:-2].isalnum()


def _prepare(
    text: str,
    span: Span,
    mentions: Sequence[Resolution],
    lexicon: Lexicon,
    antecedents: Antecedents,
) -> Reading | None:
    """Return a sentence made ready, or None when no word of it can name an event."""
    tokens = split_words(text, span.start, span.end, lexicon.morphology)
    tokens = join_words(text, tokens, lexicon.morphology)
    named = [r for r in mentions if not r.mention.refs]
    stems = [stem_of(token) for token in tokens]
    if not may_tell(stems, lexicon):
        antecedents.remember(named)
        return None
    actors = find_actors(tokens, lang=lexicon.lang)
    references = [
        reference
        for reference in antecedents.find(text, tokens, named)
        if not any(r.span.holds(reference.resolution.span) for r in mentions if r.mention.refs)
    ]
    everything = [*mentions, *(reference.resolution for reference in references)]
    mentions = sorted(everything, key=lambda r: r.mention.start)
    reading = read_sentence(
        text,
        span,
        tokens=tokens,
        stems=stems,
        lang=lexicon.lang,
        lexicon=lexicon,
        mentions=[r for r in mentions if not _names_an_actor(r, actors)],
        actors=actors,
        referring={r.resolution.span: r.named for r in references},
    )
    return with_offices(reading)


def _names_an_actor(mention: Resolution, actors: Sequence[Actor]) -> bool:
    """Return whether a name is a part of a body's name: in "the Jerusalem Brigades" is no place."""
    return mention.mention.form != "demonym" and any(
        actor.span.holds(mention.span) and actor.span != mention.span for actor in actors
    )


def _tell(
    reading: Reading, memory: Memory, number: int, published: date | None
) -> tuple[list[tuple[Trigger, Event]], Sequence[EventTime]]:
    """Return the events of a sentence with their triggers, and the times that it names."""
    triggers = memory.retold(find_triggers(reading), number)
    if not triggers:
        return [], ()
    reading = with_ends(reading, triggers)
    families = {trigger.family for trigger in triggers}
    amounts = find_amounts(reading, families, published=published, anchor=memory.day)
    triggers = [t for t in triggers if not _is_part_of_date(t, amounts)]
    behind = reading.lexicon.morphology.postpositions
    times = [time.span for time in amounts.times if time.span is not None]
    persons = find_persons(reading, times)
    links = find_links_behind(reading) if behind else find_links(reading)
    links = with_owners(links, persons)
    signs = find_signs(reading)
    events = merge_triggers(
        merge_echoes(
            triggers,
            assign_places(reading, triggers, links),
            is_beside=partial(is_told_beside, reading),
            describes=partial(describes, reading),
        ),
        is_real=lambda trigger: find_status(reading, trigger, signs)[0] not in _UNREAL,
        is_another=partial(is_another, reading),
    )
    references = find_references(reading, links, known=memory.countries)
    told = _Told(
        reading=reading,
        triggers=tuple(trigger for trigger, _ in events),
        words=tuple(triggers),
        amounts=amounts,
        candidates=tuple(find_candidates(reading, links, references, persons)),
        signs=signs,
        published=published,
    )
    found = []
    for trigger, places in share_places(reading, links, events):
        event = _event(told, trigger, places)
        found.append((trigger, _remembering(reading, memory, number, trigger, event)))
    return share_subjects(reading, found, told.candidates), amounts.times


def _remembering(
    reading: Reading, memory: Memory, number: int, trigger: Trigger, event: Event
) -> Event:
    """Return an event with what the sentences before say of its time and place, and how sure."""
    time = memory.carried_time(event, number)
    if time is not event.time:
        event = replace(event, time=time)
    places: tuple[EventPlace, ...] = ()
    if not event.places:
        refers = refers_back(reading, trigger)
        places = memory.inferred_places(event, trigger, number, refers=refers)
    sure, why = confidence(event, trigger)
    told_why = {**event.why, "confidence": why}
    return replace(event, inferred_places=places, confidence=sure, why=told_why)


def _is_part_of_date(trigger: Trigger, amounts: Amounts) -> bool:
    """Return whether a verb form is a word of a date: "dawn" is spelt like "exploded" in Arabic."""
    return trigger.kind == "verb" and any(
        time.span is not None and time.span.holds(trigger.span) for time in amounts.times
    )


def _event(told: _Told, trigger: Trigger, places: Sequence[EventPlace]) -> Event:
    """Return the event that a trigger tells, all but its id and confidence filled in."""
    reading, triggers, amounts = told.reading, told.triggers, told.amounts
    status, status_why = find_status(reading, trigger, told.signs)
    own_only = status in _UNREAL or is_background(reading, trigger)
    time = time_of(reading, trigger, triggers, amounts.times, own_only=own_only, told=told.words)
    aspect, aspect_why = find_aspect(
        reading, trigger, told.signs, time=time, published=told.published
    )
    count, count_why = count_of(reading, trigger, amounts)
    money, money_why = money_of(trigger, amounts)
    return Event(
        id="",
        type=trigger.type,
        status=status,
        aspect=aspect,
        trigger=trigger.span,
        sentence=reading.span,
        time=time,
        participants=assign_participants(reading, trigger, triggers, told.candidates, places),
        places=tuple(places),
        count=count,
        money=money,
        casualties=casualties_of(trigger, triggers, amounts),
        why={
            "type": (*trigger.why, *support_of(reading, trigger)),
            "status": status_why,
            "aspect": aspect_why,
            "count": count_why,
            "money": money_why,
        },
    )
