"""What is told of a mention of a place, and of the places that it may mean?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.mention import DESCRIBED_FORMS
from geoevents.explain.marks import Mark
from geoevents.explain.words import feature_words, foreign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer import Place, Resolution, Span
    from gazetteer.explain import ExplainedCandidate, Explanation
    from geoevents.explain.words import Piece

_REASONS = 8  # of a candidate, those that say most
_TENTHS_BELOW_KM = 10
_NEGLIGIBLE = 0.005  # log odds that are shown as 0.00

_FORMS = {
    "name": "a place's name",
    "demonym": "a word that says whose, from a country or place",
    "associative": "a place inside another name",
}


def place_mark(resolution: Resolution, ref: str) -> Mark:
    """Return the mark of a mention of a place."""
    place, form = resolution.place, resolution.mention.form
    label = f"place: {place.name}" if place is not None else "place: not found"
    flavour = "unplaced" if place is None else "demonym" if form == "demonym" else ""
    return Mark(resolution.span, "place", ref, label, flavour)


def place_card(
    resolution: Resolution,
    *,
    number: int,
    explanation: Explanation | None,
    events: Sequence[tuple[str, str]],
    places: Mapping[Span, str],
    text: str,
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
    """
    return {
        "id": f"place-{number}",
        "words": resolution.mention.text,
        "rows": [
            {"name": "Read as", "value": _form(resolution, places, text)},
            {"name": "Is a place", "value": [f"probability {resolution.mention.p_place:.2f}"]},
            {"name": "Place", "value": _place(resolution)},
            {"name": "Belongs to", "value": _events(events)},
        ],
        "none": None if explanation is None else round(explanation.none, 2),
        "candidates": _candidates(resolution, explanation),
    }


def _form(resolution: Resolution, places: Mapping[Span, str], text: str) -> list[Piece]:
    form = resolution.mention.form
    if form not in DESCRIBED_FORMS:
        return [_FORMS[form]]
    value: list[Piece] = [f"a place described by others ({form})"]
    for i, span in enumerate(resolution.mention.refs):
        value += [", " if i else ": ", foreign(text[span.start : span.end], places.get(span))]
    return value


def _place(resolution: Resolution) -> list[Piece]:
    place = resolution.place
    if place is None:
        return ["None is likely enough: it is left without coordinates."]
    km = f", within {_km(resolution.uncertainty_km)} km" if resolution.uncertainty_km else ""
    kind, sure = f"{place.kind}, {place.country or 'no country'}", f"{resolution.score:.2f}"
    where = f"{place.lat:.4f}, {place.lon:.4f}{km}, {resolution.geometry_basis}, score {sure}"
    return [foreign(place.name), f" ({kind}), ", foreign(place.id), f", {where}"]


def _km(distance: float) -> str:
    return f"{distance:,.0f}" if distance >= _TENTHS_BELOW_KM else f"{distance:.1f}"


def _events(events: Sequence[tuple[str, str]]) -> list[Piece]:
    if not events:
        return ["no event: none takes it"]
    value: list[Piece] = []
    for i, (ref, role) in enumerate(events):
        number = ref.rpartition("-")[2]
        value += ["; " if i else "", foreign(f"event {number}", ref), f" as {role}"]
    return [piece for piece in value if piece]


def _candidates(resolution: Resolution, explanation: Explanation | None) -> list[dict[str, Any]]:
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
            "why": _reasons(explained.get(place.id)),
        }
        for place, score in scores.values()
    ]


def _reasons(candidate: ExplainedCandidate | None) -> list[list[Any]]:
    """Return what speaks most for or against a candidate: words and log odds."""
    if candidate is None:
        return []
    telling = [r for r in candidate.reasons if abs(r.log_odds) >= _NEGLIGIBLE]
    return [[feature_words(r.feature), round(r.log_odds, 2)] for r in telling[:_REASONS]]
