"""How likely is a place meant by a name that is given by itself?"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.kinds import group_of, presumed_inhabitants
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.ranking.candidates import OPEN_AREAS, PRIOR_FEATURES
from gazetteer.ranking.model import resolver_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.store import Posting, Store


class PriorOdds:
    """Log odds of a candidate judged by itself, as ranking has them where no context tells.

    Parameters
    ----------
    weights
        Of :data:`PRIOR_FEATURES`, in their order.
    """

    def __init__(self, weights: Sequence[float]) -> None:
        self._of = dict(zip(PRIOR_FEATURES, map(float, weights), strict=True))
        self._of_kind: dict[str, tuple[float, float, float]] = {}
        self._of_name: dict[tuple[str, str, str], float] = {}

    def __call__(
        self, store: Store, posting: Posting, *, lang: str, surface: str, article_changed: bool
    ) -> float:
        """Return the log odds that a name given by itself means this place."""
        row, name = posting
        of = self._of
        kind = store.kind_of(row)
        odds, per_inhabitants, per_extent = self._of_kind.get(kind) or self._learn_kind(kind)
        if per_inhabitants:
            inhabitants = int(store.population[row]) or presumed_inhabitants(kind)
            odds += per_inhabitants * math.log10(inhabitants + 1)
        if per_extent:
            odds += per_extent * math.log10(store.radius_km(row) + 1)
        odds += of["prominence"] * int(store.prominence[row]) / 10.0
        odds += of["names"] * math.log10(store.name_count(row) + 1)
        said = (store.name_lang(name), store.name_kind(name), lang)
        of_name = self._of_name.get(said)
        odds += self._learn_name(*said) if of_name is None else of_name
        if store.is_spelt(name, surface):
            odds += of["as_held"]
        if store.is_preferred(posting):
            odds += of["preferred"]
        if kind == "admin1" and store.country_of(row) == "US":
            odds += of["us_state"]
        return odds + of["article_changed"] * article_changed

    def _learn_kind(self, kind: str) -> tuple[float, float, float]:
        """Return what all places of a kind have, and what inhabitants and extent add."""
        group, settled = group_of(kind), kind in SETTLEMENT_KINDS
        self._of_kind[kind] = (
            self._of[f"kind={group}"] + self._of["is_area"] * (not settled),
            self._of["population"] * settled,
            self._of["extent"] * (group in OPEN_AREAS),
        )
        return self._of_kind[kind]

    def _learn_name(self, name_lang: str, name_kind: str, lang: str) -> float:
        """Return what all names of a language and kind have in a text of a language."""
        odds = 0.0
        if name_lang.partition("-")[0] == lang and name_kind != "spelling":
            odds += self._of["own_language"]
        elif not name_lang.startswith("und"):
            odds += self._of["other_language"]
        if name_kind in {"historical", "code", "bare"}:
            odds += self._of[name_kind]
        self._of_name[name_lang, name_kind, lang] = odds
        return odds


@cache
def prior_odds() -> PriorOdds:
    """Return the shipped model's view of a name that stands alone."""
    return PriorOdds(resolver_weights().alone.tolist())
