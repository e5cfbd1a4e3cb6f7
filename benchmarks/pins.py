"""How many names in news passages are placed where a reader puts them, by language?

``python -m benchmarks.pins`` resolves the marked names of the passages that ``texts/pins.tsv``
names (they are those of ``tools/recognizer/texts``, which the recogniser has learnt from and the
resolver has not) and prints the share of the names that are placed rightly, wrongly and not at all,
of the sample that was looked at and of the one that was not. A language model judged the pins that
were there, and wrote down from memory where the others belong: such a point counts within 60 km.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

from geopy.distance import great_circle

from gazetteer import Gazetteer, Mention
from tools.recognizer.corpora import WRITTEN, written_texts

PINS = Path(__file__).with_name("texts") / "pins.tsv"
OUTCOMES = ("right", "wrong", "unplaced")

Truth = dict[int, dict[str, str]]


def read_pins() -> dict[str, Truth]:
    """Return the rows of the table by passage and number of the mention."""
    pins: dict[str, Truth] = defaultdict(dict)
    with PINS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            pins[row["passage"]][int(row["mention"])] = row
    return pins


def main() -> None:
    """Print a line for each sample and language."""
    gazetteer, pins = Gazetteer.open(overlay=False), read_pins()
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for stem in sorted({passage.partition(":")[0] for passage in pins}):
        lang = stem.rpartition("_")[2]
        for passage in written_texts(WRITTEN / f"{stem}.txt", lang):
            truth = pins.get(passage["id"], {})
            for sample, outcome in _outcomes(gazetteer, passage, truth, lang):
                counted[sample, lang][outcome] += 1
                counted[sample, "all"][outcome] += 1
    for (sample, lang), outcomes in sorted(counted.items()):
        names = outcomes.total()
        shares = (f"{outcome} {outcomes[outcome] / names:.3f}" for outcome in OUTCOMES)
        print(f"{sample}, {lang}, {names} names:", *shares, sep="  ")


def _outcomes(
    gazetteer: Gazetteer, passage: dict[str, object], truth: Truth, lang: str
) -> list[tuple[str, str]]:
    """Return the sample and the outcome of each judged name of a passage."""
    if not truth:
        return []
    text = str(passage["text"])
    mentions = [
        Mention(t["start"], t["end"], text[t["start"] : t["end"]], "name", lang)
        for t in passage["toponyms"]  # type: ignore[attr-defined]
        if t["form"] == "name"
    ]
    found = []
    for number, resolution in enumerate(gazetteer.resolve(text, mentions, lang=lang)):
        if (row := truth.get(number)) is None:
            continue
        place, point = resolution.place, (float(row["lat"]), float(row["lon"]))
        if place is None:
            outcome = "unplaced"
        else:
            km = great_circle((place.lat, place.lon), point).km
            outcome = "right" if km <= float(row["within_km"]) else "wrong"
        found.append((row["sample"], outcome))
    return found


if __name__ == "__main__":
    main()
