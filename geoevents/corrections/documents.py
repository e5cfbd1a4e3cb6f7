"""What does an extracted document look like once its places are corrected?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer import Alternative
from geoevents.corrections.correction import Correction, Offsets, Subject
from geoevents.corrections.matching import Candidate, Outcome, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer import Resolution, Span
    from geoevents.event import Document, Event, EventPlace

_CERTAIN = 1.0  # score of a place that a reader has chosen

_Home = tuple[int, int]
"""Positions of an event in its document, and of a place in its event."""


def correct_documents(
    documents: Iterable[Document], corrections: Sequence[Correction]
) -> tuple[list[Document], Outcome]:
    """Return documents with corrected places, and what came of each correction.

    Parameters
    ----------
    documents
        As :func:`geoevents.find_events` returns them.
    corrections
        As :func:`geoevents.corrections.locate` returns them.

    Returns
    -------
    list, Outcome
        A place that was replaced has score 1 and the basis ``stated``; the one that it had before
        stands first among its alternatives. One that is wrong is a place that could not be
        located. Routes follow, since :func:`geoevents.event_table` draws them from their ends.
    """
    corrected, total = [], Outcome()
    for document in documents:
        changed, outcome = correct_document(document, corrections)
        corrected.append(changed)
        total.add(outcome)
    return corrected, total


def correct_document(
    document: Document, corrections: Sequence[Correction]
) -> tuple[Document, Outcome]:
    """Return one document with corrected places, and what came of each correction."""
    outcome = Outcome()
    found = dict(matches(corrections, _candidates(document), outcome))
    if not found:
        return document, outcome
    events = list(document.events)
    of_mentions: dict[Span, Correction] = {}
    for (number, position), correction in found.items():
        stated = events[number].places[position]
        of_mentions[stated.resolution.span] = correction
        events[number] = _with_place(events[number], position, stated, correction)
    still = {
        place.resolution.span
        for event in events
        for place in event.places
        if place.resolution.place is not None
    }
    places = tuple(_mention(one, of_mentions, still) for one in document.places)
    return replace(document, places=places, events=tuple(events)), outcome


def corrected(resolution: Resolution, correction: Correction) -> Resolution:
    """Return a resolution as the correction has it."""
    old, place = resolution.place, correction.place
    others = tuple(a for a in resolution.alternatives if place is None or a.place.id != place.id)
    if place is None:
        return replace(resolution, place=None, score=0.0, alternatives=others)
    if old is not None and old.id != place.id:
        before = Alternative(old, resolution.score)
        others = (before, *(a for a in others if a.place.id != old.id))
    return replace(
        resolution,
        place=place,
        score=_CERTAIN,
        alternatives=others,
        uncertainty_km=place.uncertainty_km,
        geometry_basis="stated",
    )


def _candidates(document: Document) -> Iterator[Candidate[_Home]]:
    article = document.article
    for number, event in enumerate(document.events):
        sentence = event.sentence
        for position, stated in enumerate(event.places):
            resolution = stated.resolution
            subject = Subject(
                doc_id=article.id,
                type=event.type,
                evidence=article.text[sentence.start : sentence.end] or None,
                trigger=_inside(event.trigger, sentence),
                role=stated.role,
                text=resolution.mention.text or None,
                span=_inside(resolution.span, sentence),
            )
            held = None if resolution.place is None else resolution.place.id
            yield Candidate(subject, event.id, held, (number, position))


def _inside(span: Span, sentence: Span) -> Offsets:
    """Return offsets in the sentence, as the event table has them."""
    if not sentence.holds(span):
        return Offsets()
    return Offsets(span.start - sentence.start, span.end - sentence.start)


def _with_place(event: Event, position: int, stated: EventPlace, correction: Correction) -> Event:
    changed = replace(stated, resolution=corrected(stated.resolution, correction))
    places = (*event.places[:position], changed, *event.places[position + 1 :])
    return replace(event, places=places)


def _mention(
    resolution: Resolution, of_mentions: dict[Span, Correction], still: set[Span]
) -> Resolution:
    """Return a mention of the text as its event has it now.

    A place that is wrong for one event stays where another event still has it.
    """
    correction = of_mentions.get(resolution.span)
    if correction is None or (correction.place is None and resolution.span in still):
        return resolution
    return corrected(resolution, correction)
