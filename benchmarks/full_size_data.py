"""Files as large as GeoNames' own, in its formats, of made-up places: to measure what takes them.

``python benchmarks/full_size_data.py -o DIR [--places 13000000] [--names 18000000] [--seed 7]``
writes ``allCountries.zip`` and ``alternateNamesV2.zip``. Points scatter around the shipped places,
names are built of syllables, the same in every script, and repeat as real ones do. The same numbers
always give the same files.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count as count_up
from itertools import pairwise, product
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np

from gazetteer.data import data_path
from gazetteer.sources.columns import decode_labels, read_table

RECIPE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
CHUNK = 100_000  # places made at a time
SYLLABLES = 4  # in the longest name
REPEATED = 0.4  # share of places that bear one of the common names
COMMON = 60_000  # names that more than one place bears
ZIPF = 1.3  # how soon the common names become rarer
SCATTER_DEGREES = 0.2
PEOPLED = 0.12  # share of settlements whose population is known
STRIDE = 48_271  # between neighbours' ids, which are scattered as in a file sorted by country
NO_NAMES = frozenset({"link", "wkdt", "post"})  # left out where a place's names are repeated

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class World:
    """What does not change from chunk to chunk."""

    lat: Array
    lon: Array
    country: Array
    id_range: int
    common: Array
    syllables: dict[str, Array]
    features: Array
    feature_shares: Array
    languages: list[str]
    language_shares: Array


def main() -> None:
    """Write the two files."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("-o", "--output", type=Path, required=True)
    arguments.add_argument("--places", type=int, default=13_000_000)
    arguments.add_argument("--names", type=int, default=18_000_000)
    arguments.add_argument("--seed", type=int, default=7)
    options = arguments.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    world = make_world(options.seed, places=options.places)
    with ExitStack() as files:
        places, names = (
            files.enter_context(_open(files, options.output / f"{name}.zip"))
            for name in ("allCountries", "alternateNamesV2")
        )
        per_place = options.names / options.places
        for first in range(0, options.places, CHUNK):
            count = min(CHUNK, options.places - first)
            seed = np.random.default_rng([options.seed, first])
            lines = make_chunk(world, seed, first=first, count=count, per_place=per_place)
            places.write(lines[0].encode())
            names.write(lines[1].encode())
            print(f"{first + count:,} places, {time.monotonic() - began:.0f} s", file=sys.stderr)


def _open(files: ExitStack, path: Path) -> Any:
    packing = {"compression": zipfile.ZIP_DEFLATED, "compresslevel": 1}
    archive = files.enter_context(zipfile.ZipFile(path, "w", **packing))
    entry = zipfile.ZipInfo(f"{path.stem}.txt")
    entry.compress_type = zipfile.ZIP_DEFLATED
    return archive.open(entry, "w", force_zip64=True)


def make_world(seed: int, *, places: int) -> World:
    """Return the places to scatter around, the syllables, and the common names."""
    table = read_table(data_path("gazetteer", "places.npz"))
    country = np.array(decode_labels(table["country"], table["countries"]))
    known = country != ""
    features, languages = RECIPE["features"], RECIPE["languages"]
    return World(
        lat=table["lat_e5"][known] / 1e5,
        lon=table["lon_e5"][known] / 1e5,
        country=country[known],
        id_range=_id_range(places),
        common=_spellings(np.random.default_rng(seed), COMMON),
        syllables={script: _syllables(letters) for script, letters in RECIPE["scripts"].items()},
        features=np.array(list(features)),
        feature_shares=_shares(list(features.values())),
        languages=list(languages),
        language_shares=_shares([share for _, share in languages.values()]),
    )


def _id_range(places: int) -> int:
    """Return below which number the ids lie: little above their count, and none comes twice."""
    return next(top for top in count_up(places + places // 20 + 1) if gcd(top, STRIDE) == 1)


def _shares(counts: list[int]) -> Array:
    return np.array(counts) / sum(counts)


def _syllables(letters: dict[str, str]) -> Array:
    """Return the syllables of a script, with an empty one at the end."""
    pairs = product(letters["consonants"].split(), letters["vowels"].split())
    return np.array([*("".join(pair) for pair in pairs), ""])


def _spellings(rng: np.random.Generator, count: int) -> Array:
    """Return names as numbers of syllables, -1 where a short name has no more."""
    letters = RECIPE["scripts"]["Latn"]
    kinds = len(letters["consonants"].split()) * len(letters["vowels"].split())
    spelling = rng.integers(kinds, size=(count, SYLLABLES))
    length = rng.integers(2, SYLLABLES + 1, size=count)
    spelling[np.arange(SYLLABLES) >= length[:, None]] = -1
    return spelling


def make_chunk(
    world: World, rng: np.random.Generator, *, first: int, count: int, per_place: float
) -> tuple[str, str]:
    """Return lines of places, and lines of their alternate names."""
    ids = (np.arange(first + 1, first + count + 1, dtype=np.int64) * STRIDE) % world.id_range
    near = rng.integers(len(world.lat), size=count)
    feature = rng.choice(world.features, size=count, p=world.feature_shares)
    spelling = _spellings(rng, count)
    is_common = rng.random(count) < REPEATED
    spelling[is_common] = world.common[(rng.zipf(ZIPF, is_common.sum()) - 1) % COMMON]
    owner = np.repeat(np.arange(count), rng.poisson(_fame(rng, count) * per_place))
    names = _alternate_names(world, rng, spelling[owner], feature[owner])
    numbers = first * 4 + np.arange(len(owner)) + 1
    scatter = rng.normal(scale=SCATTER_DEGREES, size=(2, count))
    lat = np.clip(world.lat[near] + scatter[0], -90, 90)
    lon = (world.lon[near] + scatter[1] + 180) % 360 - 180
    rows = zip(
        ids.tolist(),
        _written(world, "Latn", spelling, feature),
        _joined(owner, names, count),
        np.round(lat, 5).tolist(),
        np.round(lon, 5).tolist(),
        np.char.replace(feature, ".", "\t").tolist(),
        world.country[near].tolist(),
        (near % 30).tolist(),
        _populations(rng, feature).tolist(),
        strict=True,
    )
    places = [
        f"{number}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{code}\t{country}\t\t{admin1:02}"
        f"\t\t\t\t{population}\t\t{admin1 * 31}\tEtc/UTC\t2024-05-17\n"
        for number, name, others, lat, lon, code, country, admin1, population in rows
    ]
    lines = [
        f"{number}\t{place}\t{lang}\t{name}\t{flags}\n"
        for number, place, (lang, name), flags in zip(
            numbers.tolist(), ids[owner].tolist(), names, _flags(rng, len(owner)), strict=True
        )
    ]
    return "".join(places), "".join(lines)


def _fame(rng: np.random.Generator, count: int) -> Array:
    """Return how many names places have beside the mean: most few, some a hundred."""
    fame = rng.pareto(1.8, count)
    return fame / fame.mean()


def _populations(rng: np.random.Generator, feature: Array) -> Array:
    """Return inhabitants: of few settlements, few large ones among them."""
    known = np.char.startswith(feature, "P.") & (rng.random(len(feature)) < PEOPLED)
    size = np.minimum(rng.pareto(0.9, len(feature)) * 300, 2e7)
    return np.where(known, size, 0).astype(np.int64)


def _written(world: World, script: str, spelling: Array, feature: Array) -> list[str]:
    """Return names in a script, with the word for the feature before them."""
    syllables = world.syllables[script]
    parts = [np.char.capitalize(syllables)[spelling[:, 0]]]
    parts += [syllables[spelling[:, i]] for i in range(1, SYLLABLES)]
    generics = RECIPE["generics"]
    words = {code: generics.get(code, {}).get(script, "") for code in RECIPE["features"]}
    return [
        words[code] + a + b + c + d
        for code, a, b, c, d in zip(
            feature.tolist(), *(part.tolist() for part in parts), strict=True
        )
    ]


def _alternate_names(
    world: World, rng: np.random.Generator, spelling: Array, feature: Array
) -> list[tuple[str, str]]:
    """Return languages and names, some of the latter codes or web links."""
    drawn = rng.choice(len(world.languages), size=len(spelling), p=world.language_shares)
    names: list[tuple[str, str]] = [("", "")] * len(spelling)
    for i, lang in enumerate(world.languages):
        rows = np.flatnonzero(drawn == i)
        script = RECIPE["languages"][lang][0]
        written = _written(world, script, spelling[rows], feature[rows])
        for row, name in zip(rows.tolist(), written, strict=True):
            names[row] = lang, _coded(lang, name, row)
    return names


def _coded(lang: str, name: str, row: int) -> str:
    """Return what stands in the place of a name where the language is none."""
    forms = {
        "link": f"https://en.wikipedia.org/wiki/{name.replace(' ', '_')}",
        "wkdt": f"Q{row * 97 + 1}",
        "post": f"{row % 100_000:05}",
        "unlc": f"XX{name[:3].upper()}",
        "iata": name[:3].upper(),
    }
    return forms.get(lang, name)


def _flags(rng: np.random.Generator, count: int) -> list[str]:
    """Return the last six columns: preferred, short, colloquial, historic, from and to."""
    kinds = ["\t\t\t\t\t", "1\t\t\t\t\t", "\t1\t\t\t\t", "\t\t1\t\t\t", "\t\t\t1\t1920\t1991"]
    drawn = rng.choice(len(kinds), size=count, p=[0.9, 0.06, 0.02, 0.01, 0.01])
    return [kinds[i] for i in drawn.tolist()]


def _joined(owner: Array, names: list[tuple[str, str]], count: int) -> list[str]:
    """Return the names of each place separated by commas, as the table of places repeats them."""
    bounds = np.searchsorted(owner, np.arange(count + 1)).tolist()
    return [
        ",".join(name for lang, name in names[start:end] if lang not in NO_NAMES)
        for start, end in pairwise(bounds)
    ]


if __name__ == "__main__":
    main()
