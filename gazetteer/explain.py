"""Why was a mention resolved as it was? Its candidates, with what speaks for each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.mention import DESCRIBED_FORMS, Alternative
from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import language_rules
from gazetteer.rank import rank_in_full, read_source
from gazetteer.ranking.model import FULL_FEATURES, full_features, log_odds, resolver_weights
from gazetteer.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gazetteer.geoparse import Geoparser
    from gazetteer.index.store import Store
    from gazetteer.mention import Mention, Resolution
    from gazetteer.place import Place
    from gazetteer.rank import Ranked

Array = np.ndarray[Any, Any]

SOUND = "sound"
"""Feature of a place whose name in another script sounds like the mention."""

_RUNNERS_UP = 5
_LEAST = 1e-4  # probability, and distance from 1, whose log odds are told


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature says of a candidate.

    Attributes
    ----------
    feature
        Its name, one of :data:`gazetteer.rank.FULL_FEATURES`, or :data:`SOUND`.
    value
        Its value.
    log_odds
        What it adds to the log odds that the candidate is meant: value times weight.
    """

    feature: str
    value: float
    log_odds: float


@dataclass(frozen=True, slots=True)
class ExplainedCandidate:
    """A place that a mention may mean.

    Attributes
    ----------
    place
        The place.
    score
        Probability that it is the one meant.
    log_odds
        Its log odds against the other candidates; the sum of its reasons, but for the user's own
        word and the time of the text.
    reasons
        Features that are not 0, those that say most first.
    """

    place: Place
    score: float
    log_odds: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a mention came to its place.

    Attributes
    ----------
    mention
        The mention.
    candidates
        The likeliest places, best first; empty when none is held under the name.
    none
        Probability that the place meant is not held under the name.
    """

    mention: Mention
    candidates: tuple[ExplainedCandidate, ...]
    none: float

    def to_dict(self) -> dict[str, object]:
        """Return the explanation as values that JSON can hold."""
        return {
            "start": self.mention.start,
            "end": self.mention.end,
            "text": self.mention.text,
            "none": round(self.none, 4),
            "candidates": [
                {
                    "place_id": c.place.id,
                    "name": c.place.name,
                    "kind": c.place.kind,
                    "country": c.place.country,
                    "score": round(c.score, 4),
                    "log_odds": round(c.log_odds, 3),
                    "features": {r.feature: round(r.value, 3) for r in c.reasons},
                    "contributions": {r.feature: round(r.log_odds, 3) for r in c.reasons},
                }
                for c in self.candidates
            ],
        }


def explain(
    geoparser: Geoparser,
    store: Store,
    text: str,
    mention: Mention,
    *,
    lang: str,
    url: str | None = None,
    published: date | None = None,
    runners_up: int = _RUNNERS_UP,
) -> Explanation:
    """Return the likeliest places of one mention of a text, see :func:`explain_all`."""
    return explain_all(
        geoparser,
        store,
        text,
        [mention],
        lang=lang,
        url=url,
        published=published,
        runners_up=runners_up,
    )[0]


def explain_all(
    geoparser: Geoparser,
    store: Store,
    text: str,
    mentions: Sequence[Mention],
    *,
    lang: str,
    url: str | None = None,
    published: date | None = None,
    runners_up: int = _RUNNERS_UP,
) -> list[Explanation]:
    """Return the likeliest places of mentions of a text, and what speaks for each.

    Parameters
    ----------
    geoparser
        What finds the text's other names.
    store
        The opened index.
    text
        The text.
    mentions
        The mentions.
    lang
        Language of the text.
    url, published
        Where and when it was published.
    runners_up
        How many places to give beside the likeliest.

    Returns
    -------
    list of Explanation
        One for each mention, in their order.
    """
    view = TextView(text, tokenize(text), language_rules(lang))
    asked, _ = geoparser.ask(view, mentions)
    source = read_source(store, url)
    parts = rank_in_full(store, asked.names, hints=asked.hints, source=source, published=published)
    found = [Explanation(mention, (), 1.0) for mention in mentions]
    ranked = ((part, number) for part in parts for number in range(len(part.rankings)))
    for asked_for, (part, number) in zip(asked.numbers, ranked, strict=True):
        if asked_for >= 0:
            found[asked_for] = _explanation(part, number, mentions[asked_for], runners_up + 1)
    if all(explanation.candidates for explanation in found):
        return found
    resolved = geoparser.resolve(text, mentions, lang, url=url, published=published)
    held_as = set(asked.numbers)
    return [
        explanation if number in held_as else _of_sound(resolution, runners_up)
        for number, (explanation, resolution) in enumerate(zip(found, resolved, strict=True))
    ]


def _of_sound(resolution: Resolution, runners_up: int) -> Explanation:
    """Return the places of a name that is held in other scripts only, if it is one."""
    if resolution.place is None or resolution.mention.form in DESCRIBED_FORMS:
        return Explanation(resolution.mention, (), 1.0)
    places = (Alternative(resolution.place, resolution.score), *resolution.alternatives)
    found = []
    for one in places[: runners_up + 1]:
        p = min(max(one.score, _LEAST), 1 - _LEAST)
        odds = math.log(p / (1 - p))
        found.append(ExplainedCandidate(one.place, one.score, odds, (Reason(SOUND, 1.0, odds),)))
    return Explanation(resolution.mention, tuple(found), 1 - sum(one.score for one in places))


def _explanation(part: Ranked, number: int, mention: Mention, most: int) -> Explanation:
    c, ranking = part.candidates, part.rankings[number]
    weights = resolver_weights().full
    lines = full_features(c, part.said)
    divided = log_odds(c, part.said, weights) - lines @ weights
    at = {int(c.rows[i]): i for i in np.flatnonzero(c.name == number).tolist()}
    found = tuple(
        ExplainedCandidate(
            c.store.place(row),
            score,
            float(part.odds[at[row]]),
            _reasons(lines[at[row]], float(divided[at[row]])),
        )
        for row, score in zip(ranking.rows[:most], ranking.scores, strict=False)
    )
    return Explanation(mention, found, ranking.none)


def _reasons(line: Array, divided: float) -> tuple[Reason, ...]:
    """Return what speaks for a candidate; ``divided``: by what a city and its division share."""
    weights = resolver_weights().full
    reasons = [
        Reason(feature, float(value), float(value * weight) + divided * (feature == "seat"))
        for feature, value, weight in zip(FULL_FEATURES, line, weights, strict=True)
        if value
    ]
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.log_odds)))
