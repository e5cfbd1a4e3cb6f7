"""What is told of a mention of a place, and of the places that it may mean?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.mention import DESCRIBED_FORMS
from geoevents.explain.language import aside, figure, foreign, load, named, phrase, plain
from geoevents.explain.marks import Mark
from geoevents.explain.words import feature_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer import Place, Resolution, Span
    from gazetteer.explain import ExplainedCandidate, Explanation
    from geoevents.explain.language import Piece
    from maps.words import Words

_REASONS = 8  # of a candidate, those that say most
_TENTHS_BELOW_KM = 10
_NEGLIGIBLE = 0.005  # log odds that are shown as 0.00


def place_mark(resolution: Resolution, ref: str, words: Words | None = None) -> Mark:
    """Return the mark of a mention of a place."""
    words = words or load(None)
    place, form = resolution.place, resolution.mention.form
    label = (
        phrase(words, "lost_place")
        if place is None
        else phrase(words, "found_place", name=foreign(place.name))
    )
    flavour = "unplaced" if place is None else "demonym" if form == "demonym" else ""
    return Mark(resolution.span, "place", ref, plain(label), flavour)


def place_card(
    resolution: Resolution,
    *,
    number: int,
    explanation: Explanation | None,
    events: Sequence[tuple[str, Piece]],
    places: Mapping[Span, str],
    text: str,
    words: Words | None = None,
) -> dict[str, Any]:
    """Return what the page tells of a mention of a place.

    Parameters
    ----------
    resolution
        The mention and its place.
    number
        Its number on the page, from 1.
    explanation
        What speaks for each place that the name may mean, or None where it is not known.
    events
        Ids of the events that it belongs to, with its role in each.
    places
        Ids of the mentions of places on the page, by their spans.
    text
        The article's text.
    words
        The page's words [default: the English ones].
    """
    words = words or load(None)
    sure = phrase(words, "probability", score=figure(resolution.mention.p_place, 2))
    rows = {
        "read_as": _form(resolution, places, text, words),
        "is_place": sure,
        "place": _place(resolution, words),
        "belongs_to": _events(events, words),
    }
    return {
        "id": f"place-{number}",
        "words": resolution.mention.text,
        "rows": [{"name": words.of("page", key), "value": value} for key, value in rows.items()],
        "none": None if explanation is None else round(explanation.none, 2),
        "candidates": _candidates(resolution, explanation, words),
    }


def _form(
    resolution: Resolution, places: Mapping[Span, str], text: str, words: Words
) -> list[Piece]:
    form = named(words, "place_form", resolution.mention.form)
    if resolution.mention.form not in DESCRIBED_FORMS:
        return [form]
    value = phrase(words, "described", form=form)
    for i, span in enumerate(resolution.mention.refs):
        value += [", " if i else ": ", foreign(text[span.start : span.end], places.get(span))]
    return value


def _place(resolution: Resolution, words: Words) -> list[Piece]:
    place, km = resolution.place, resolution.uncertainty_km
    if place is None:
        return phrase(words, "none_likely")
    about = figure(km, 0 if km >= _TENTHS_BELOW_KM else 1) if km else ""
    return phrase(
        words,
        "about_place",
        name=foreign(place.name),
        kind=aside(place.kind),
        country=place.country or phrase(words, "no_country"),
        id=foreign(place.id),
        lat=figure(place.lat, 4),
        lon=figure(place.lon, 4),
        within=phrase(words, "within", km=about) if km else "",
        basis=named(words, "how", resolution.geometry_basis),
        score=figure(resolution.score, 2),
    )


def _events(events: Sequence[tuple[str, Piece]], words: Words) -> list[Piece]:
    if not events:
        return phrase(words, "no_event")
    value: list[Piece] = []
    for ref, role in events:
        told = phrase(words, "event_number", number=ref.rpartition("-")[2])
        event = foreign(plain(told), ref)
        value += ["; "] * bool(value) + phrase(words, "event_as", event=event, role=role)
    return value


def _candidates(
    resolution: Resolution, explanation: Explanation | None, words: Words
) -> list[dict[str, Any]]:
    """Return the places that a mention may mean, the chosen one first."""
    chosen = resolution.place
    explained = {c.place.id: c for c in explanation.candidates} if explanation else {}
    scores: dict[str, tuple[Place, float]] = {}
    if chosen is not None:
        scores[chosen.id] = (chosen, resolution.score)
    for other in resolution.alternatives:
        scores.setdefault(other.place.id, (other.place, other.score))
    for candidate in explained.values():
        scores.setdefault(candidate.place.id, (candidate.place, candidate.score))
    return [
        {
            "name": place.name,
            "kind": place.kind,
            "country": place.country,
            "id": place.id,
            "score": round(score, 4),
            "chosen": chosen is not None and place.id == chosen.id,
            "why": _reasons(explained.get(place.id), words),
        }
        for place, score in scores.values()
    ]


def _reasons(candidate: ExplainedCandidate | None, words: Words) -> list[list[Any]]:
    """Return what speaks most for or against a candidate: words and log odds."""
    if candidate is None:
        return []
    telling = [r for r in candidate.reasons if abs(r.log_odds) >= _NEGLIGIBLE]
    return [[feature_words(r.feature, words), round(r.log_odds, 2)] for r in telling[:_REASONS]]
