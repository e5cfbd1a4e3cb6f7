"""Which column of somebody's table says what about a place?"""

from __future__ import annotations

import re
from functools import cache

from gazetteer.data import data_path

OTHER_NAMES = "names"
LANG_NAMES = "name:"
"""Begins the role of a column of names in one language."""

GEOMETRY = "wkt"

_ALIASES = {
    "id": ("id", "place_id"),
    "name": ("name", "toponym", "place_name", "label"),
    OTHER_NAMES: ("names", "alt_name", "alt_names", "name_alt", "other_names", "aliases"),
    "kind": ("kind", "place_kind"),
    "country": ("country", "country_code", "place_country", "iso2"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "population": ("population", "pop"),
    "uncertainty_km": ("uncertainty_km",),
    "valid_from": ("valid_from",),
    "valid_to": ("valid_to",),
    "note": ("note", "notes"),
    GEOMETRY: ("wkt", "the_geom"),
}
_ROLE_OF = {alias: role for role, aliases in _ALIASES.items() for alias in aliases}

# With a colon, as OpenStreetMap writes it, any language; else "name_old" would be one as well.
_TAGGED = re.compile(
    r"(?:(?:alt_|old_|official_|short_|loc_)?names?)"
    r"(?::(?P<any>[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?)|[-_](?P<short>[a-z]{2}))"
)


def role_of(header: str) -> str | None:
    """Return what a column says, or None for one that is none of ours.

    Parameters
    ----------
    header
        Its heading, in any case.

    Returns
    -------
    str or None
        ``id``, ``name``, ``names``, ``name:ar`` (any language), ``kind``, ``country``, ``lat``,
        ``lon``, ``population``, ``uncertainty_km``, ``valid_from``, ``valid_to``, ``note``,
        ``wkt``.

    Examples
    --------
    >>> [role_of(header) for header in ("Latitude", "name_ar", "alt_name:zh-hant", "he", "colour")]
    ['lat', 'name:ar', 'name:zh-Hant', 'name:he', None]
    """
    folded = re.sub(r"\s+", "_", header.strip().casefold())
    if folded in _ROLE_OF:
        return _ROLE_OF[folded]
    if folded in _shipped_languages():
        return LANG_NAMES + folded
    tagged = _TAGGED.fullmatch(folded)
    if tagged is None:
        return None
    return LANG_NAMES + _tag(tagged["any"] or tagged["short"])


def is_language(tag: str) -> bool:
    """Return whether a string has the form of a language tag, as ar or zh-Hant."""
    return _TAGGED.fullmatch(f"name:{tag.casefold()}") is not None


def _tag(tag: str) -> str:
    """Return a language tag in the case that BCP 47 recommends."""
    lang, *rest = tag.replace("_", "-").split("-")
    script_length = 4
    return "-".join(
        [lang, *(p.title() if len(p) == script_length else p.upper() for p in rest)],
    )


@cache
def _shipped_languages() -> frozenset[str]:
    folders = data_path("languages").iterdir()
    return frozenset(path.name for path in folders if (path / "events.toml").is_file())
