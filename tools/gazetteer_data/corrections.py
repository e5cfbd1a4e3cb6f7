"""What is known to be wrong in Natural Earth's divisions, and what is right instead?"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from tools.gazetteer_data.natural_earth import Feature

TABLE: Final = Path(__file__).with_name("corrections.tsv")


@cache
def _by_division() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = defaultdict(dict)
    with TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            table[row["adm1_code"]][row["field"]] = row["value"]
    return table


def corrected(feature: Feature) -> Feature:
    """Return a division with the fields of ``corrections.tsv`` replaced.

    An empty value removes what is there. A corrected code is marked as ``code_checked``;
    ``names`` = ``drop`` says that all translations are another division's, and ``display`` is
    the English name to show then.
    """
    fields = dict(_by_division().get(feature.text("adm1_code"), {}))
    if "iso_3166_2" in fields:
        fields["code_checked"] = "yes"
    return Feature({**feature.attributes, **fields}, feature.geometry)
