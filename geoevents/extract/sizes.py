"""Which of two places may hold the other?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.areas import WGS84

if TYPE_CHECKING:
    from gazetteer import Place, Resolution

SIZES = {
    "ocean": 6, "sea": 5, "country": 5, "territory": 5, "region": 5, "subregion": 5,
    "disputed": 4, "part": 4, "admin1": 4, "union": 4,
    "border": 3, "coast": 3, "zone": 3, "between": 3, "offset": 3, "island": 3,
    "capital": 2, "city": 2, "town": 2, "village": 1, "district": 1,
}  # fmt: skip
"""How large a kind of place is; a larger one beside a smaller one says where that lies."""


_TRACT_KM = 20.0  # mean radius below which a region is no larger than a district
_OBLONG = 2.5  # times its mean radius that a place may reach
_MARGIN_KM = 10.0


def size_of(place: Place) -> int:
    """Return how large a place is by its kind, 0 for a kind that holds no other.

    A region may be a tract of land beside a town.
    """
    tract = place.kind in {"region", "subregion"} and 0 < place.uncertainty_km < _TRACT_KM
    return SIZES["district"] if tract else SIZES.get(place.kind, 0)


def may_reach(outer: Place, inner: Place) -> bool:
    """Return whether a place may reach as far as another one: no quarter of a city to a town."""
    if not outer.uncertainty_km:
        return True
    reach = _OBLONG * outer.uncertainty_km + inner.uncertainty_km + _MARGIN_KM
    metres = WGS84.inv(outer.lon, outer.lat, inner.lon, inner.lat)[2]
    return float(metres) / 1000 <= reach


def is_larger(outer: Resolution, inner: Resolution) -> bool:
    """Return whether one place is of a kind that can hold the other."""
    if outer.place is None or inner.place is None:
        return False
    return size_of(outer.place) > size_of(inner.place)


def may_hold(outer: Resolution, inner: Resolution) -> bool:
    """Return whether one place can hold the other: of its kind, and reaching as far."""
    if outer.place is None or inner.place is None:
        return False
    return is_larger(outer, inner) and may_reach(outer.place, inner.place)
