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

_TENTHS_BELOW = 15  # tenths of a logarithm: a thirtieth of the division's people

Array = np.ndarray[Any, Any]


def share_with_seats(
    store: Store,
    rows: Sequence[int],
    scores: Array | list[float],
    *,
    announced: Container[str] = (),
) -> None:
    """Divide what a division and its namesake city have together by how news speaks.

    Parameters
    ----------
    store
        The opened index.
    rows
        Candidates of one name that is given by itself.
    scores
        Their probabilities; changed in place.
    announced
        Kinds of place that a word in the name announces ("province of").
    """
    at = {row: i for i, row in enumerate(rows)}
    for city, row in enumerate(rows):
        seat_of = at.get(int(store.admin1[row]))
        if seat_of is None or store.kind_of(row) not in SETTLEMENT_KINDS:
            continue
        if not is_seat(store, row, int(store.admin1[row])):
            continue
        both = scores[city] + scores[seat_of]
        share = seat_share(store.country_of(row), announced=announced)
        scores[city], scores[seat_of] = both * share, both * (1 - share)


def is_seat(store: Store, town: int, division: int) -> bool:
    """Return whether enough of a division's people live in the town of its name.

    Hebei is a province of 70 million, and a village in it.

    Parameters
    ----------
    store
        The opened index.
    town, division
        Rows of the places.
    """
    return bool(store.prominence[town] + _TENTHS_BELOW >= int(store.prominence[division]))


def seat_share(country: str | None, *, announced: Container[str] = (), lang: str = "en") -> float:
    """Return how often a name that a city shares with its division means the city.

    American news has its states in mind, the news of other languages its cities.

    Parameters
    ----------
    country
        Code of the country.
    announced
        Kinds of place that a word beside the name announces ("province of").
    lang
        Language of the text.
    """
    shares = _shares()
    of_countries = shares["countries"] if lang.startswith("en") else {}
    share: float = of_countries.get(country or "", shares["usual"])
    return _announced_share(announced) or share


def capital_share(announced: Container[str] = ()) -> float:
    """Return how often a name that a country's capital shares with a division means the capital.

    The division lies elsewhere in that country: Washington.

    Parameters
    ----------
    announced
        Kinds of place that a word beside the name announces ("the state of").
    """
    share: float = _announced_share(announced) or _shares()["capital"]
    return share


def _announced_share(announced: Container[str]) -> float | None:
    shares: dict[str, float] = _shares()["announced"]
    return next((share for kind, share in shares.items() if kind in announced), None)


@cache
def _shares() -> dict[str, Any]:
    return load_toml("ontology", "seats.toml")
