"""How do a division and the city of its name share what speaks for both?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.data import load_toml
from gazetteer.place import SETTLEMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from gazetteer.index.store import Store

Array = np.ndarray[Any, Any]


def share_with_seats(store: Store, rows: Sequence[int], scores: Array | list[float]) -> None:
    """Divide what a division and its namesake city have together by how news speaks.

    Parameters
    ----------
    store
        The opened index.
    rows
        Candidates of one name that is given by itself.
    scores
        Their probabilities; changed in place.
    """
    at = {row: i for i, row in enumerate(rows)}
    for city, row in enumerate(rows):
        seat_of = at.get(int(store.admin1[row]))
        if seat_of is None or store.kind_of(row) not in SETTLEMENT_KINDS:
            continue
        both = scores[city] + scores[seat_of]
        share = seat_share(store.country_of(row))
        scores[city], scores[seat_of] = both * share, both * (1 - share)


def seat_share(country: str | None, *, announced: Container[str] = ()) -> float:
    """Return how often a name that a city shares with its division means the city.

    Parameters
    ----------
    country
        Code of the country.
    announced
        Kinds of place that a word beside the name announces ("province of").
    """
    usual, of_country, of_announced = _seat_shares()
    for kind, share in of_announced.items():
        if kind in announced:
            return share
    return of_country.get(country or "", usual)


@cache
def _seat_shares() -> tuple[float, dict[str, float], dict[str, float]]:
    data = load_toml("ontology", "seats.toml")
    return float(data["usual"]), dict(data["countries"]), dict(data["announced"])
