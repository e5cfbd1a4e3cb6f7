"""Under which keys is a report filed, so that only those that may agree are compared?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geoevents.grouping.agreement import alike
from geoevents.grouping.report import FINE_DAYS, MONTH_DAYS, PRECISE_KM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.grouping.report import Report, Spot, Time

_EARTH_KM = 6371.0088
_CELL_KM = 250.0
_REACH_KM = PRECISE_KM + 5.0  # farthest that another precise place adds to a place's own radius
_WIDEST_KM = 150.0  # radius up to which all cells of a broad place are searched


def filed_under(report: Report) -> frozenset[str]:
    """Return the keys under which a group with this lead is found.

    Parameters
    ----------
    report
        The lead.

    Returns
    -------
    frozenset of str
        For each place its cell of 250 km, its id and its country; without a place the countries
        that act; each with the type and, for times longer than a month, the very days.
    """
    return frozenset(f"{report.type}|{_grain(report.time)}|{where}" for where in _own_keys(report))


def sought_under(report: Report) -> frozenset[str]:
    """Return the keys under which the groups that may take in a report are filed.

    Parameters
    ----------
    report
        The report.

    Returns
    -------
    frozenset of str
        Keys of :func:`filed_under`, of all alike types.
    """
    grain = _grain(report.time)
    keys = set(_near_keys(report))
    return frozenset(f"{kind}|{grain}|{where}" for kind in alike(report.type) for where in keys)


def exactness(report: Report) -> int:
    """Return how exactly a report says where and when; 0 is a town and a day.

    Reports are taken in this order, so that a group is led by the most exact of its reports and
    a broad one finds all groups that it may belong to.
    """
    spots = report.spots
    place = min((_place_rank(spot) for spot in spots), default=len(("town", "area", "country")))
    return place * 10 + _time_rank(report.time)


def _place_rank(spot: Spot) -> int:
    return 0 if spot.precise else 2 if spot.whole_country else 1


def _time_rank(time: Time | None) -> int:
    if time is None:
        return 4
    if time.days > FINE_DAYS:
        return 3 if time.days > MONTH_DAYS else 2
    return 1 if time.assumed else 0


def _grain(time: Time | None) -> str:
    """Return what tells times that never overlap: of years and decades the very days."""
    if time is None or time.days <= MONTH_DAYS:
        return ""
    return f"{time.first}-{time.last}"


def _own_keys(report: Report) -> Iterator[str]:
    for spot in report.spots:
        yield f"#{spot.place_id}"
        if spot.country:
            yield f"@{spot.country}"
        if not spot.whole_country:
            yield _cell(*_xyz(spot))
    yield from _side_keys(report)


def _near_keys(report: Report) -> Iterator[str]:
    for spot in report.spots:
        yield f"#{spot.place_id}"
        if not spot.whole_country and spot.radius_km <= _WIDEST_KM:
            yield from _cells(spot, spot.radius_km + _REACH_KM)
        elif spot.country:
            yield f"@{spot.country}"
    if not report.spots:
        yield from _side_keys(report)


def _side_keys(report: Report) -> Iterator[str]:
    yield from (f"<{country}" for country in report.actors)
    yield from (f">{country}" for country in report.targets)


def _xyz(spot: Spot) -> tuple[float, float, float]:
    """Return a point of the globe in space, in km: there is no pole and no date line there."""
    lat, lon = math.radians(spot.lat), math.radians(spot.lon)
    flat = _EARTH_KM * math.cos(lat)
    return flat * math.cos(lon), flat * math.sin(lon), _EARTH_KM * math.sin(lat)


def _cell(x: float, y: float, z: float) -> str:
    return ",".join(str(math.floor(value / _CELL_KM)) for value in (x, y, z))


def _cells(spot: Spot, reach_km: float) -> Iterator[str]:
    """Yield the cells within reach of a point; a chord is never longer than its arc."""
    ranges = [
        range(
            math.floor((value - reach_km) / _CELL_KM), math.floor((value + reach_km) / _CELL_KM) + 1
        )
        for value in _xyz(spot)
    ]
    yield from (f"{i},{j},{k}" for i in ranges[0] for j in ranges[1] for k in ranges[2])
