"""What lies under the events: which countries, and what are they called?"""

from __future__ import annotations

import base64
import csv
from functools import cache
from typing import Any

from maps.data import data_path
from maps.words import FALLBACK, primary


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
