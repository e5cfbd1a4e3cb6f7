"""Which matched names are places in this text, and with what probability?"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import data_path
from gazetteer.errors import MissingDataError
from gazetteer.mentions.features import TextView, match_features
from gazetteer.mentions.triggered import UNHELD, triggered_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.matcher import Match, Matcher

THRESHOLD = 0.45
"""Lowest probability of a name to be kept."""

_OWN_NAME = 0.8  # of a name that the user has added: it is a place, unless it is an ordinary word
_ECHO = 0.2  # enough for a name that is surely a place elsewhere in the text

DEFAULT_LANGUAGE = "mul"
"""Weights for languages that have none of their own."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """A match that was weighed: its probability of naming a place."""

    match: Match
    p_place: float


@cache
def recognizer_weights(lang: str) -> Mapping[str, float]:
    """Return the weights of a language's features (log odds)."""
    for name in (lang.split("-", maxsplit=1)[0], DEFAULT_LANGUAGE):
        try:
            path = data_path("models", "recognizer", f"{name}.json")
        except MissingDataError:
            continue
        weights: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["weights"]
        return weights
    raise MissingDataError(f"models/recognizer/{DEFAULT_LANGUAGE}.json")


def candidates(view: TextView, matcher: Matcher, store: Store) -> list[Match]:
    """Return every span of a text that might be a name: held ones and announced ones.

    Parameters
    ----------
    view
        The text.
    matcher, store
        Where names are held.
    """
    matches = matcher.match(view.text, view.tokens, view.rules)
    if view.is_cased:
        matches = [m for m in matches if _is_written_like_a_name(m, view, store)]
    matches = [_of_announced_kind(match, view, store) for match in matches]
    view.mark(matches, store)
    announced = triggered_names(view, matches, store)
    return sorted([*matches, *announced], key=lambda m: (m.first, m.start, m.end))


def _of_announced_kind(match: Match, view: TextView, store: Store) -> Match:
    """Leave only places of the kind that a strict trigger announces: "the quarter of Qadisiyah"."""
    around = (*view.triggers_before(match.first), *view.triggers_after(match.last))
    kinds = frozenset(kind for trigger in around if trigger.strict for kind in trigger.kinds)
    if not kinds:
        return match
    agreeing = tuple(p for p in match.postings if store.kind_of(p.place) in kinds)
    return replace(match, key=match.key if agreeing else UNHELD, postings=agreeing)


def _is_written_like_a_name(match: Match, view: TextView, store: Store) -> bool:
    """Whether a match in a cased script has a capital, or is written exactly as held."""
    surface = view.text[match.start : match.end]
    if any(char.isupper() for char in surface) or not surface[0].islower():
        return True
    return any(store.name(posting.name) == surface for posting in match.postings)


def recognize(
    matches: Sequence[Match],
    view: TextView,
    store: Store,
    *,
    weights: Mapping[str, float],
    threshold: float = THRESHOLD,
) -> list[Recognized]:
    """Choose the matches that are places, none overlapping: longer ones have the first word.

    Parameters
    ----------
    matches
        All matches of a text, overlapping ones too.
    view
        The text.
    store
        The opened index.
    weights
        Log odds by feature, see :func:`recognizer_weights`.
    threshold
        Lowest probability to keep.

    Returns
    -------
    list of Recognized
        In text order.
    """
    weighed = [
        Recognized(match, _probability(match_features(match, view, store), weights))
        for match in matches
    ]
    if store.has_own_names:
        weighed = [_believing_the_user(r, view, store) for r in weighed]
    sure = {r.match.key for r in weighed if r.p_place >= threshold and r.match.key != UNHELD}
    likely = [
        r
        for r in weighed
        if r.p_place >= (min(threshold, _ECHO) if r.match.key in sure else threshold)
    ]
    likely.sort(key=lambda r: (r.match.first - r.match.last, -r.p_place, r.match.start))
    kept: list[Recognized] = []
    taken: set[int] = set()
    for candidate in likely:
        words = range(candidate.match.first, candidate.match.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(candidate)
    return sorted(kept, key=lambda r: r.match.start)


def _believing_the_user(recognized: Recognized, view: TextView, store: Store) -> Recognized:
    """Raise the probability of names that the user has added or fixed."""
    lang = view.rules.lang
    own = any(store.insists(p.name, lang=lang, spoken_of=()) for p in recognized.match.postings)
    return replace(recognized, p_place=max(recognized.p_place, _OWN_NAME)) if own else recognized


def _probability(features: Iterable[str], weights: Mapping[str, float]) -> float:
    log_odds = sum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
