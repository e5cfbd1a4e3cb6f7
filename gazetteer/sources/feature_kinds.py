"""Which of the gazetteer's kinds is a GeoNames feature?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from gazetteer.data import load_toml
from gazetteer.sources.delimited import Labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: What a feature without class or code is.
UNKNOWN: Final = "place"

_SETTLEMENT: Final = "P."
_CITY: Final = "city"
_TOWN: Final = "town"
_VILLAGE: Final = "village"


def kind_of(feature: str, population: int = 0) -> str:
    """Return the kind of one feature.

    Parameters
    ----------
    feature : str
        GeoNames' class and code, as ``P.PPLA2``.
    population : int, optional
        Inhabitants, which tell a city from a village.

    Examples
    --------
    >>> kind_of("P.PPLC"), kind_of("P.PPL", 120_000), kind_of("P.PPLA2", 900), kind_of("P.PPL", 900)
    ('capital', 'city', 'town', 'village')
    >>> kind_of("S.AIRB"), kind_of("H.STMI"), kind_of("T.VLC"), kind_of("")
    ('airbase', 'river', 'mountain', 'place')
    """
    kinds = kinds_of(Labels(np.zeros(1, dtype=np.intp), [feature]), np.array([population]))
    return kinds.to_list()[0]


def kinds_of(features: Labels, populations: NDArray[np.int64]) -> Labels:
    """Return the kinds of many features, by the rule of :func:`kind_of`.

    Parameters
    ----------
    features : Labels
        As in :class:`~gazetteer.sources.geonames.PlaceChunk`.
    populations : ndarray of int64
        Of the same length.

    Returns
    -------
    Labels
        The kinds; their values are the same list, in the same order, at every call.
    """
    vocabulary, code_of = _vocabulary()
    by_feature = np.array([code_of[_by_feature(feature)] for feature in features.values])
    codes = by_feature[features.codes]
    of_no_rank = codes == code_of[""]
    sizes = load_toml("sources", "geonames.toml")["settlements"]
    is_city = populations >= sizes[_CITY]
    is_seat_of_town = features.mapped(_is_settlement) & (codes == code_of[_TOWN])
    codes = np.where(of_no_rank & (populations >= sizes[_TOWN]), code_of[_TOWN], codes)
    codes = np.where((of_no_rank | is_seat_of_town) & is_city, code_of[_CITY], codes)
    codes = np.where(codes == code_of[""], code_of[_VILLAGE], codes)
    return Labels(codes, vocabulary)


@cache
def _table() -> Mapping[str, str]:
    kinds = load_toml("sources", "feature_kinds.toml")
    return {feature: kind for kind, features in kinds.items() for feature in features}


@cache
def _vocabulary() -> tuple[list[str], Mapping[str, int]]:
    """Return all kinds, and the code of each; of "", that a settlement's size tells its kind."""
    vocabulary = [*sorted({*_table().values(), _VILLAGE}), UNKNOWN, ""]
    return vocabulary, {kind: code for code, kind in enumerate(vocabulary)}


def _is_settlement(feature: str) -> bool:
    return feature.startswith(_SETTLEMENT)


def _by_feature(feature: str) -> str:
    """Return the kind that the code alone tells, empty where it is a matter of size."""
    table = _table()
    if feature in table:
        return table[feature]
    feature_class = feature.partition(".")[0] + "."
    return table.get(feature_class, "" if feature_class == _SETTLEMENT else UNKNOWN)
