"""Which counties, places and townships does the gazetteer of the U.S. Census Bureau list?

It is read from the correlation data of Debian's weather-util, which repeats it entry by entry.
"""

from __future__ import annotations

import gzip
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENTRY: Final = re.compile(
    r"^\[fips(\d+)\]\n"
    r"centroid = \((-?[\d.]+), (-?[\d.]+)\)\n"
    r"description = (.+), ([A-Z]{2})$",
    re.MULTILINE,
)
# Of "Abanda CDP", "Eagan city", "Athens-Clarke County unified government (balance)".
_LEGAL_WORDS: Final = re.compile(r"((?: (?:CDP|CCD|UT|[a-z]+|\([a-z]+\)))+)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the Census Bureau's gazetteer.

    ``fips`` has five digits for a county, seven for a place, ten for a county's subdivision;
    ``legal`` are the lower-case words and abbreviations behind the name ("charter township").
    ``lat``, ``lon`` are degrees of the internal point, EPSG:4326; ``state`` is the postal code.
    """

    fips: str
    name: str
    legal: str
    state: str
    lat: float
    lon: float


def read(folder: Path) -> Iterator[Entry]:
    """Yield the rows in the file's order, counties before their parts."""
    path = folder / "usr/share/weather-util/places.gz"
    text = gzip.decompress(path.read_bytes()).decode()
    for fips, lat, lon, description, state in _ENTRY.findall(text):
        name, legal = split_legal(description)
        yield Entry(fips, name, legal, state, math.degrees(float(lat)), math.degrees(float(lon)))


def split_legal(description: str) -> tuple[str, str]:
    """Return a name, and the words behind it that say what the Census Bureau counts it as.

    Examples
    --------
    >>> split_legal("Abanda CDP"), split_legal("Boise City city")
    (('Abanda', 'CDP'), ('Boise City', 'city'))
    >>> split_legal("Autauga County")
    ('Autauga County', '')
    """
    found = _LEGAL_WORDS.search(description)
    if found is None:
        return description, ""
    return description[: found.start()], found.group().strip()
