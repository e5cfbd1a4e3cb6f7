"""How are the names of seas and cities on the map made from the gazetteer?

Writes ``data/maps/place_labels.tsv``, from which ``maps`` puts the reader's language into a page:
a row for each name with its point, the zoom from which it stands, and the name in the languages
of the interface. Waters are those of ``data/curated/waters.tsv``, cities those of the embedded
gazetteer; names are corrected by ``data/maps/place_label_corrections.tsv``. Same gazetteer, same
bytes.

A city stands from the first zoom at which it is important enough (by inhabitants and as a
capital) and keeps its distance from every more important one; a water from the zoom at which its
name fits into it.

Run::

    python -m tools.build_place_labels
"""

from __future__ import annotations

import argparse
import csv
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gazetteer import Gazetteer
from gazetteer.sources.columns import decode_text, read_table
from gazetteer.sources.curated import read_curated

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from gazetteer import Place

DATA = Path(__file__).parents[1] / "data"
OUT = DATA / "maps" / "place_labels.tsv"
CORRECTIONS = DATA / "maps" / "place_label_corrections.tsv"
LANGUAGES = ("ar", "en", "fa", "fr", "he", "ru", "tr")
WATERS = frozenset({"ocean", "sea", "gulf", "bay", "strait", "lake"})
#: "City of", which a map leaves to its dot.
CITY_OF = ("مدينة ", "شهر ", "г. ")
#: Parts of what has a name of its own, and a way rather than a water.
LEFT_OUT = frozenset(
    {"sea:north-atlantic-ocean", "sea:central-mediterranean", "sea:the-north-western-passages"}
)
#: No page gets more, so that its names stay below 150 KB.
CITIES = 3900
#: Importance from which a city stands, by zoom. It is the number of inhabitants, times
#: ``CAPITAL`` for a capital (a country's counts for a million at least) and times ``TOLD`` for a
#: place that the news of the region tells of: one with curated names.
IMPORTANCE = {
    2: 9_000_000, 3: 4_000_000, 4: 1_500_000, 5: 500_000, 6: 200_000, 7: 100_000, 8: 40_000,
}  # fmt: skip
CAPITAL = 4
TOLD = 3
#: Pixels that two names keep apart, across and down.
APART = (84.0, 30.0)
#: Kilometres per pixel of zoom 0 at the equator, tiles of 256 pixels.
KM_PER_PIXEL = 156.543
#: A water's name stands where its radius has so many pixels.
RADIUS = 30.0
DEEPEST = 9.0
LAKES = frozenset({"lake", "reservoir"})
LAKES_LATER = 1.5
#: Oceans have no middle worth a name: where maps write it.
OCEANS = {
    "sea:atlantic-ocean": (28.0, -42.0),
    "sea:pacific-ocean": (5.0, -150.0),
    "sea:indian-ocean": (-22.0, 80.0),
    "sea:southern-ocean": (-61.0, 20.0),
    "sea:arctic-ocean": (79.0, 170.0),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map: what it stands for, where, and from which zoom on."""

    place: Place
    kind: str
    zoom: float


def main() -> None:
    """Write the table and print its size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("-o", "--output", type=Path, default=OUT)
    options = parser.parse_args()
    gazetteer = Gazetteer.open(overlay=False)
    labels = [*waters(gazetteer), *cities(candidates(gazetteer))]
    write(options.output, rows(labels, corrections()))
    print(options.output.name, len(labels), "names,", options.output.stat().st_size, "bytes")


def waters(gazetteer: Gazetteer) -> list[Label]:
    """Return oceans, seas, gulfs, bays, straits and lakes, the large ones first."""
    ids = dict.fromkeys(
        row.id for row in read_curated() if row.kind in WATERS and row.id not in LEFT_OUT
    )
    labels = [Label(place, place.kind, _water_zoom(place)) for place in map(gazetteer.get, ids)]
    return sorted(
        (label for label in labels if label.zoom <= DEEPEST),
        key=lambda label: (label.zoom, label.place.id),
    )


def _water_zoom(place: Place) -> float:
    pixels_wanted = RADIUS * KM_PER_PIXEL * math.cos(math.radians(place.lat))
    zoom = math.log2(pixels_wanted / max(place.uncertainty_km, 1.0))
    # A lake is narrower than a sea of the same extent, and matters less.
    later = LAKES_LATER if place.kind in LAKES else 0.0
    return max(1.0, round((zoom + later) * 2) / 2)


def candidates(gazetteer: Gazetteer) -> list[tuple[float, Place]]:
    """Return the cities that may be important enough, with their importance, the highest first."""
    table = read_table(DATA / "gazetteer" / "places.npz")
    ids, kinds = decode_text(table["id"]), decode_text(table["kinds"])
    settled = np.isin(table["kind"], [kinds.index(kind) for kind in ("capital", "city", "town")])
    large = table["population"] >= min(IMPORTANCE.values()) / TOLD
    capitals = table["kind"] == kinds.index("capital")
    chosen = np.flatnonzero((settled & large) | capitals)
    places = [gazetteer.get(ids[row]) for row in chosen]
    told = {row.id for row in read_curated()}
    states = {
        place.country
        for place in places
        if place.country and gazetteer.get(f"iso:{place.country}").kind == "country"
    }
    weighed = [(importance(place, told, states), place) for place in places]
    return sorted(weighed, key=lambda pair: (-pair[0], pair[1].id))


def importance(place: Place, told: Container[str], states: Container[str | None]) -> float:
    """Return the weighed number of inhabitants."""
    people = float(place.population) * (TOLD if place.id in told else 1)
    if place.kind != "capital":
        return people
    return max(CAPITAL * people, 1e6 if place.country in states else 0.0)


def cities(weighed: Iterable[tuple[float, Place]]) -> list[Label]:
    """Return the cities that find room, by zoom and importance."""
    waiting = list(weighed)
    standing: list[Label] = []
    spots = np.empty((0, 2))
    for zoom, least in IMPORTANCE.items():
        left = []
        for weight, place in waiting:
            spot = _pixels(place)
            if weight < least or _crowded(spots * 2**zoom, spot * 2**zoom):
                left.append((weight, place))
                continue
            spots = np.vstack([spots, spot])
            kind = "capital" if place.kind == "capital" else "city"
            standing.append(Label(place, kind, float(zoom)))
        waiting = left
    return standing[:CITIES]


def _pixels(place: Place) -> np.ndarray:
    """Return the point in Web Mercator's pixels of zoom 0."""
    sine = math.sin(math.radians(place.lat))
    across = place.lon / 360 + 0.5
    down = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return np.array([across, down]) * 256


def _crowded(standing: np.ndarray, spot: np.ndarray) -> bool:
    return bool(np.any(np.all(np.abs(standing - spot) < APART, axis=1)))


def corrections() -> dict[tuple[str, str], str]:
    """Return the names to show instead, by id and language."""
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["id"], row["lang"]): row["name"] for row in reader}


def rows(labels: Iterable[Label], corrected: dict[tuple[str, str], str]) -> Iterator[list[str]]:
    """Yield the table's rows."""
    for label in labels:
        place = label.place
        lat, lon = OCEANS.get(place.id, (place.lat, place.lon))
        names = (corrected.get((place.id, lang)) or name(place, lang) for lang in LANGUAGES)
        yield [place.id, label.kind, f"{lon:.2f}", f"{lat:.2f}", f"{label.zoom:g}", *names]


def name(place: Place, lang: str) -> str:
    """Return the name as a map writes it: with a capital letter, none where it has none."""
    if lang == "en":
        # The display name: what is tagged English is often an official form nobody says.
        return _capitalised(place.name)
    own = _sayable(place.names.get(lang, ()), is_city="City" in place.name or "Mad" in place.name)
    # What the sources hold as "und" is what stands on signs: it is written in Latin letters.
    return _capitalised(own) if own != place.name else ""


def _sayable(names: tuple[str, ...], *, is_city: bool) -> str:
    """Return the first name, with its Arabic article, and without "city of" where that is added."""
    if not names:
        return ""
    first = names[0].partition(" (")[0]
    begins = () if is_city else CITY_OF
    bare = next((first.removeprefix(word) for word in begins if first.startswith(word)), first)
    return f"ال{bare}" if f"ال{bare}" in names else bare


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def write(path: Path, table: Iterable[list[str]]) -> None:
    """Write tab-separated UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
        writer.writerow(["id", "kind", "lon", "lat", "min_zoom", *LANGUAGES])
        writer.writerows(table)


if __name__ == "__main__":
    main()
