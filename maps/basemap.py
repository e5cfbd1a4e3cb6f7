"""What lies under the events: which countries, seas and cities, and what are they called?"""

from __future__ import annotations

import base64
import csv
import gzip
import json
from functools import cache
from typing import Any

from maps.data import data_path
from maps.words import FALLBACK, primary

#: How a name is written on the map; every kind of water as the first.
LOOKS = ("water", "capital", "city")
#: Languages of the table that are not written in Latin letters, and the zoom from which on a local
#: name in these letters may stand among theirs.
OTHER_LETTERS = frozenset({"ar", "fa", "he", "ru"})
LOCAL_FROM = 6


@cache
def topology() -> str:
    """Return the countries' borders as the page reads them: gzipped JSON in base64."""
    return base64.b64encode(data_path("maps", "countries_50m.json.gz").read_bytes()).decode("ascii")


@cache
def labels(lang: str) -> list[list[Any]]:
    """Return the countries' labels, the important ones first.

    Parameters
    ----------
    lang
        BCP 47 tag; where Natural Earth has no names in it, they are English.

    Returns
    -------
    list
        ``[name, lon, lat, smallest zoom]`` per country.
    """
    with data_path("maps", "country_labels.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    column = primary(lang)
    return [
        [
            row.get(column) or row[FALLBACK],
            float(row["lon"]),
            float(row["lat"]),
            float(row["min_zoom"]),
        ]
        for row in rows
    ]


@cache
def names(lang: str) -> dict[str, list[Any]]:
    """Return the names of seas and cities as columns, the important ones first.

    Parameters
    ----------
    lang
        BCP 47 tag. A place that has no name in it stands with the one that its own signs bear in
        Latin letters; so does everything in a language that the table lacks.

    Returns
    -------
    dict
        ``text``; ``lon`` and ``lat`` in hundredths of a degree; ``zoom`` from which on it stands;
        ``look``: an index into ``LOOKS``.
    """
    with data_path("maps", "place_labels.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    column = primary(lang)
    return {
        "text": [row.get(column) or row[FALLBACK] for row in rows],
        "lon": [round(float(row["lon"]) * 100) for row in rows],
        "lat": [round(float(row["lat"]) * 100) for row in rows],
        "zoom": [
            _number(row["min_zoom"])
            if row.get(column) or column not in OTHER_LETTERS
            else max(_number(row["min_zoom"]), LOCAL_FROM)
            for row in rows
        ],
        "look": [LOOKS.index(row["kind"]) if row["kind"] in LOOKS else 0 for row in rows],
    }


def _number(cell: str) -> float:
    """Read a zoom, whole ones as whole numbers: they are shorter in the page."""
    value = float(cell)
    return int(value) if value.is_integer() else value


@cache
def packed_names(lang: str) -> str:
    """Return the names of seas and cities as the page reads them: gzipped JSON in base64."""
    raw = json.dumps(names(lang), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(raw, 9, mtime=0)).decode("ascii")
