"""How well do a report and the reports of a group agree that they tell one event?"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Final

from gazetteer.data import load_toml
from geoevents.grouping.report import FINE_DAYS, MONTH_DAYS

if TYPE_CHECKING:
    from geoevents.grouping.core import Core
    from geoevents.grouping.report import Report, Spot, Time

ENOUGH: Final = 5
"""Points at which a report joins a group: the same town, day and type; a broader place or time
needs a number or a participant in common besides."""

_EXACT, _LOOSE = 2, 1  # points for place and for time
_SAME_TYPE = _SAME_VALUE = _SAME_PARTY = 1
_OTHER = -1  # points for numbers or actors that contradict
_SLACK_KM = 5.0  # between representative points of one town in two sources
_TELLING = 2  # smallest number that two reports share by more than chance
_NEAR_COUNT, _NEAR_RATIO = 5, 2  # how far counts of one event may lie apart
_EARTH_KM = 6371.0088  # mean radius, IUGG
_UNREAL = "hypothetical"


def agreement(report: Report, core: Core) -> int | None:
    """Return the points that a report and a group agree by.

    Parameters
    ----------
    report
        The report.
    core
        The group.

    Returns
    -------
    int or None
        At least :data:`ENOUGH` where they tell one event; None where type, reality, place or
        time contradict.
    """
    lead = core.lead
    if not _may_be(report.type, core) or (report.status == _UNREAL) != (lead.status == _UNREAL):
        return None
    place = _place_points(report, core)
    time = _time_points(report.time, core.time)
    if place is None or time is None:
        return None
    same_type = _SAME_TYPE if report.type == lead.type else 0
    return place + time + same_type + _detail_points(report, core)


def retells(report: Report, core: Core) -> bool:
    """Return whether a report may tell an event once more that its own article told before.

    That takes less than :func:`agreement`: "the clash" of a later paragraph has neither place nor
    day. So it is enough that it is of the same type and nothing in it contradicts.

    Parameters
    ----------
    report
        The report.
    core
        A group with another report of the same article.
    """
    lead = core.lead
    real = (report.status == _UNREAL) == (lead.status == _UNREAL)
    if not (report.is_news and real and report.type in core.types and _may_be(report.type, core)):
        return False
    if report.time and core.time and _time_points(report.time, core.time) is None:
        return False
    if report.spots and lead.spots and _place_points(report, core) is None:
        return False
    return not _differs_in_detail(report, core)


def _differs_in_detail(report: Report, core: Core) -> bool:
    """Return whether a number or the participants of a report are not those of a group."""
    for detail, known in core.values.items():
        own = {value for name, value in report.values if name == detail}
        if own and own.isdisjoint(known):
            return True
    names = bool(report.names and core.names) and core.names.isdisjoint(report.names)
    return names and _side_points(report, core) in {None, 0}


@cache
def alike(event_type: str) -> frozenset[str]:
    """Return the types that may tell the same event as a type, itself among them.

    Examples
    --------
    >>> sorted(alike("unrest.riot"))
    ['unrest.protest', 'unrest.riot']
    """
    rows = load_toml("ontology", "grouping.toml")["alike"]
    return frozenset({event_type}.union(*(row for row in rows if event_type in row)))


def distance_km(first: Spot, second: Spot) -> float:
    """Return the great-circle distance between two points, by the haversine formula."""
    lat1, lat2 = math.radians(first.lat), math.radians(second.lat)
    half_lat = math.sin((lat2 - lat1) / 2) ** 2
    half_lon = math.sin(math.radians(second.lon - first.lon) / 2) ** 2
    chord = half_lat + math.cos(lat1) * math.cos(lat2) * half_lon
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))


def _may_be(event_type: str, core: Core) -> bool:
    """Return whether a type is alike to all types of a group: alikeness does not chain."""
    return core.types <= alike(event_type)


def _place_points(report: Report, core: Core) -> int | None:
    """Return the points of the places, role by role; of the two sides where a place is missing."""
    ours, theirs = _by_role(report.spots), _by_role(core.lead.spots)
    common = ours.keys() & theirs.keys()
    if not common:
        return None if ours and theirs else _side_points(report, core)
    points = [_best_spot_points(ours[role], theirs[role]) for role in common]
    known = [point for point in points if point is not None]
    return max(known) if len(known) == len(points) else None


def _by_role(spots: tuple[Spot, ...]) -> dict[str, list[Spot]]:
    found: dict[str, list[Spot]] = {}
    for spot in spots:
        found.setdefault(spot.role, []).append(spot)
    return found


def _best_spot_points(ours: list[Spot], theirs: list[Spot]) -> int | None:
    points = [_spot_points(a, b) for a in ours for b in theirs]
    return max((point for point in points if point is not None), default=None)


def _spot_points(first: Spot, second: Spot) -> int | None:
    """Return the points of two places, None where neither can be the other or hold it."""
    exact = _EXACT if first.precise and second.precise else _LOOSE
    if first.place_id == second.place_id:
        return exact
    countries = {first.country, second.country} - {None}
    if first.whole_country or second.whole_country:
        return _LOOSE if len(countries) == 1 else None
    apart = distance_km(first, second)
    if apart <= max(first.radius_km, second.radius_km, _SLACK_KM):
        return exact  # one lies in the other
    return _LOOSE if apart <= first.radius_km + second.radius_km + _SLACK_KM else None


def _side_points(report: Report, core: Core) -> int | None:
    """Return the points of the countries that act and are acted upon."""
    pairs = ((report.actors, core.actors), (report.targets, core.targets))
    known = [(set(ours), theirs) for ours, theirs in pairs if ours and theirs]
    if any(ours.isdisjoint(theirs) for ours, theirs in known):
        return None
    return len(known)


def _time_points(ours: Time | None, theirs: Time | None) -> int | None:
    """Return the points of two times, None where they do not overlap or one is not known."""
    if ours is None or theirs is None:
        return None
    if ours.first > theirs.last or theirs.first > ours.last:
        return None
    same = (ours.first, ours.last) == (theirs.first, theirs.last)
    longest = max(ours.days, theirs.days)
    if longest > MONTH_DAYS:
        return _LOOSE if same else None
    if longest > FINE_DAYS:
        return _LOOSE
    if ours.assumed != theirs.assumed:  # news of the day it is published, more often than not
        return _EXACT if ours.last == theirs.last else _LOOSE
    return _EXACT if same else _LOOSE


def _detail_points(report: Report, core: Core) -> int:
    """Return the points of numbers and participants."""
    return _value_points(report, core) + _party_points(report, core)


def _value_points(report: Report, core: Core) -> int:
    pairs = [
        (value, other) for detail, value in report.values for other in core.values.get(detail, ())
    ]
    if any(a == b and not _is_small(a) for a, b in pairs):
        return _SAME_VALUE
    rises = report.family in load_toml("ontology", "grouping.toml")["tolls_rise"]
    return _OTHER if pairs and not rises and not any(_near(a, b) for a, b in pairs) else 0


def _is_small(value: int | str) -> bool:
    return isinstance(value, int) and value < _TELLING


def _near(first: int | str, second: int | str) -> bool:
    """Return whether two numbers may be two newsrooms' count of the same thing."""
    if isinstance(first, str) or isinstance(second, str):
        return first == second
    low, high = sorted((first, second))
    return high - low <= _NEAR_COUNT or high <= _NEAR_RATIO * low


def _party_points(report: Report, core: Core) -> int:
    if not (report.spots and core.lead.spots):  # the countries have been weighed for the place
        return 0
    if not core.names.isdisjoint(report.names):
        return _SAME_PARTY
    ours, theirs = {*report.actors, *report.targets}, core.actors | core.targets
    if ours and theirs and ours.isdisjoint(theirs):
        return _OTHER
    pairs = ((report.actors, core.actors), (report.targets, core.targets))
    return _SAME_PARTY if any(not known.isdisjoint(new) for new, known in pairs) else 0
