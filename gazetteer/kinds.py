"""Which kinds of place are there, which are ranked alike, and how prominent are they?"""

from __future__ import annotations

from functools import cache

from gazetteer.data import load_toml

OTHER = "other"
"""Group of kinds that are not listed."""

_UNSAID_RADIUS_KM = 3.0
_UNLISTED_PROMINENCE = 3.0  # like a town of 1,000


@cache
def group_of(kind: str) -> str:
    """Return the group of kinds that are ranked alike.

    Examples
    --------
    >>> group_of("heliport"), group_of("prison")
    ('airfield', 'other')
    """
    return str(_kinds().get(kind, {}).get("group", OTHER))


@cache
def prominence_of(kind: str) -> float:
    """Return how prominent a kind is, as the decimal logarithm of a town's inhabitants.

    Examples
    --------
    >>> prominence_of("ocean"), prominence_of("town")
    (7.0, 0.0)
    """
    entry = _kinds().get(kind)
    if entry is None:
        return _UNLISTED_PROMINENCE
    return float(entry.get("prominence", 0.0))


@cache
def presumed_inhabitants(kind: str) -> int:
    """Return how many inhabitants a settlement is taken to have of which no source tells any.

    Examples
    --------
    >>> presumed_inhabitants("town"), presumed_inhabitants("lake")
    (10000, 0)
    """
    return int(_kinds().get(kind, {}).get("inhabitants", 0))


@cache
def radius_km_of(kind: str) -> float:
    """Return about how far a place of a kind extends of which only a point is known, in km.

    Examples
    --------
    >>> radius_km_of("city"), radius_km_of("dam")
    (10.0, 3.0)
    """
    return float(_kinds().get(kind, {}).get("radius_km", _UNSAID_RADIUS_KM))


@cache
def is_called_by_kind(kind: str) -> bool:
    """Return whether places of a kind are mostly called by what they are, too: "Lake Erie".

    Examples
    --------
    >>> is_called_by_kind("lake"), is_called_by_kind("river")
    (True, False)
    """
    return bool(_kinds().get(kind, {}).get("called_by_kind", False))


@cache
def is_compact(kind: str) -> bool:
    """Return whether no place of a kind reaches 15 km from its point.

    Examples
    --------
    >>> is_compact("airbase"), is_compact("river")
    (True, False)
    """
    return bool(_kinds().get(kind, {}).get("compact", False))


@cache
def _kinds() -> dict[str, dict[str, str | float]]:
    table = load_toml("ontology", "place_kinds.toml")
    return {kind: entry for kind, entry in table.items() if isinstance(entry, dict)}
