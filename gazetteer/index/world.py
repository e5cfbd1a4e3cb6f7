"""How do the places and names of full GeoNames files join the embedded ones, in bounded memory?

The files are read once, as a stream, into columns in a work folder. Reading that was interrupted
goes on with the file that was not finished; what was read whole is kept until the index is there.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.index.columns import load, offsets_of
from gazetteer.index.places import NameColumns, PlaceColumns, joined
from gazetteer.index.space import distances_km
from gazetteer.index.world_files import (
    NAME_KINDS,
    UNTAGGED,
    FoundPlaces,
    codes_in,
    vocabularies_in,
    write_names_of,
    write_places_of,
)
from gazetteer.kinds import group_of, radius_km_of
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.sources.delimited import Labels, Problem
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer.index.build import Progress
    from gazetteer.sources.delimited import OnProblem

Array = np.ndarray[Any, Any]

SOURCE: Final = "GeoNames"
_NO_DIVISION: Final = (".", ".00")  # ends of a code that names the country alone
_SAME_AIRFIELD_KM: Final = 10.0
_SAME_FEATURE_KM: Final = 30.0  # beside the radius of the one that has an extent
_DONE: Final = "done.json"


@dataclass(frozen=True, slots=True)
class World:
    """Files of GeoNames that an index is made from, besides the embedded data.

    Attributes
    ----------
    places
        ``allCountries.zip`` or another file of that format.
    alternate_names
        ``alternateNamesV2.zip``; None takes the untagged names of the places file.
    work
        Folder for what was read so far; removed by :meth:`forget`.
    on_problem
        Called with each line that is left out.
    """

    places: Path
    alternate_names: Path | None
    work: Path
    on_problem: OnProblem

    def describe(self) -> dict[str, str]:
        """Return which files they are, for the index's manifest."""
        names = self.alternate_names
        return {"places": self.places.name, "alternate_names": names.name if names else ""}

    def forget(self) -> None:
        """Remove the work folder."""
        shutil.rmtree(self.work, ignore_errors=True)

    def read(self, report: Progress) -> None:
        """Read the files into the work folder; what was read before is kept."""
        alternates = self.alternate_names is None
        self._stage(
            "places",
            self.places,
            lambda folder, tell: write_places_of(
                self.places, folder, alternates=alternates, on_problem=tell, report=report
            ),
        )
        if self.alternate_names is not None:
            source = self.alternate_names
            self._stage(
                "names",
                source,
                lambda folder, tell: write_names_of(source, folder, on_problem=tell, report=report),
            )

    def joined(self, places: PlaceColumns, names: NameColumns) -> tuple[PlaceColumns, NameColumns]:
        """Return the embedded places and names with those of the files, which were read."""
        found = FoundPlaces(self.work / "places")
        codes = codes_in(self.work / "names") if self.alternate_names else {}
        rows = _rows(places, names, found, codes)
        parts = ["places", "names"] if self.alternate_names else ["places"]
        return (
            _with_places(places, found, rows, codes),
            _with_names(names, [self.work / part for part in parts], found.geonameid, rows),
        )

    def _stage(self, name: str, source: Path, read: Callable[[Path, OnProblem], None]) -> None:
        """Read a file into a folder; if that was done already, only tell its problems again."""
        folder, stat = self.work / name, source.stat()
        stamp: dict[str, Any] = {
            "source": str(source.resolve()),
            "size": stat.st_size,
            "time": stat.st_mtime_ns,
            "alternates": self.alternate_names is None,
        }
        done = folder / _DONE
        if done.exists():
            before = json.loads(done.read_text(encoding="utf-8"))
            problems = before.pop("problems", [])
            if before == stamp:
                for path, line, why in problems:
                    self.on_problem(Problem(Path(path), line, why))
                return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        problems = []

        def tell(problem: Problem) -> None:
            problems.append((str(problem.path), problem.line, problem.why))
            self.on_problem(problem)

        read(folder, tell)
        done.write_text(json.dumps(stamp | {"problems": problems}), encoding="utf-8")


def _rows(
    places: PlaceColumns, names: NameColumns, found: FoundPlaces, codes: dict[str, Any]
) -> Array:
    """Return the row of each place that was read: a held one, or a new one after them."""
    numbers, held = places.numbered()
    rows = np.full(len(found.geonameid), -1, dtype=np.int32)
    at = np.searchsorted(numbers, found.geonameid)
    at[at == len(numbers)] = 0
    known = numbers[at] == found.geonameid if len(numbers) else np.zeros(len(rows), dtype=bool)
    rows[known] = held[at[known]]
    lat, lon = found.column("lat_e5") / 1e5, found.column("lon_e5") / 1e5
    for i, row, reach in (
        *_same_airfields(places, found, codes),
        *_same_features(places, names, found, rows),
    ):
        if rows[i] < 0:
            there = np.array([places.lat_e5[row]]) / 1e5, np.array([places.lon_e5[row]]) / 1e5
            if distances_km(float(lat[i]), float(lon[i]), *there)[0] <= reach:
                rows[i] = row
    new = rows < 0
    rows[new] = len(places) + np.arange(np.count_nonzero(new), dtype=np.int32)
    return rows


def _same_airfields(
    places: PlaceColumns, found: FoundPlaces, codes: dict[str, Any]
) -> Iterable[tuple[int, int, float]]:
    """Yield the places that bear a held airfield's code, with its row and how near it must be."""
    named = places.named()
    for kind, of in codes.get("airfields", {}).items():
        held = [
            (n, row) for n, code in of.items() if (row := named.get(f"{kind}:{code}")) is not None
        ]
        numbers = np.array([number for number, _ in held], dtype=found.geonameid.dtype)
        at = np.searchsorted(found.geonameid, numbers)
        for i, (number, row) in zip(at.tolist(), held, strict=True):
            if i < len(found.geonameid) and found.geonameid[i] == number:
                yield i, row, _SAME_AIRFIELD_KM


def _same_features(
    places: PlaceColumns, names: NameColumns, found: FoundPlaces, rows: Array
) -> Iterable[tuple[int, int, float]]:
    """Yield the seas, rivers, mountains ... that are named like a held one, with its row."""
    kinds = places.kind.values
    natural = [
        group_of(k) in {"sea", "river", "water", "other"} and k not in SETTLEMENT_KINDS
        for k in kinds
    ]
    held = np.flatnonzero(np.array(natural)[places.kind.codes])
    called: dict[str, list[int]] = defaultdict(list)
    for i in np.flatnonzero(np.isin(names.place, held)).tolist():
        text = bytes(names.blob[int(names.offsets[i]) : int(names.offsets[i + 1])]).decode()
        called[fold(text)].append(int(names.place[i]))
    groups = np.array([group_of(k) for k in found.kinds])
    kind = found.column("kind")
    alike = np.isin(groups, ["sea", "river", "water"]) | np.array([k in kinds for k in found.kinds])
    alike &= ~np.array([k in SETTLEMENT_KINDS for k in found.kinds])
    name_of = found.names()
    for i in np.flatnonzero(alike[kind] & (rows < 0)).tolist():
        group = groups[kind[i]]
        for row in called.get(fold(name_of(i)), ()):
            if group_of(kinds[places.kind.codes[row]]) == group:
                yield i, row, _SAME_FEATURE_KM + float(places.uncertainty_km[row])


def _with_places(
    places: PlaceColumns, found: FoundPlaces, rows: Array, codes: dict[str, Any]
) -> PlaceColumns:
    new = rows >= len(places)
    n = int(np.count_nonzero(new))
    named = places.named()
    rows_of_divisions = [
        -1 if d.endswith(_NO_DIVISION) else named.get(f"gn_a1:{d}", -1) for d in found.divisions
    ]
    division = np.array(rows_of_divisions, dtype=np.int32)
    radius = np.array([radius_km_of(k) for k in found.kinds])
    kind = found.column("kind")[new]
    equivalents = dict(places.equivalents)
    for i in np.flatnonzero(
        ~new & (np.isin(found.geonameid, places.numbered()[0], invert=True))
    ).tolist():
        row = int(rows[i])
        equivalents[row] = f"{equivalents.get(row, '')} geonames:{found.geonameid[i]}".strip()
    size = len(places) + n
    wikidata = np.zeros(size, dtype=np.int32)
    if "wikidata" in codes:
        owner, number = codes["wikidata"]
        at = np.minimum(np.searchsorted(found.geonameid, owner), max(0, len(rows) - 1))
        right = found.geonameid[at] == owner if len(rows) else np.zeros(len(owner), dtype=bool)
        wikidata[rows[at[right]]] = number[right]
    return PlaceColumns(
        geonameid=np.concatenate([places.geonameid, found.geonameid[new].astype(np.int32)]),
        kind=joined(places.kind, Labels(kind.astype(np.int64), found.kinds)),
        country=joined(
            places.country, Labels(found.column("country")[new].astype(np.int64), found.countries)
        ),
        source=joined(places.source, Labels(np.zeros(n, dtype=np.int64), [SOURCE])),
        admin1=np.concatenate([places.admin1, division[found.column("division")[new]]]),
        lat_e5=np.concatenate([places.lat_e5, found.column("lat_e5")[new]]),
        lon_e5=np.concatenate([places.lon_e5, found.column("lon_e5")[new]]),
        population=np.concatenate([places.population, found.column("population")[new]]),
        uncertainty_km=np.concatenate([places.uncertainty_km, radius[kind].astype(np.float32)]),
        wikidata=wikidata,
        id=places.id,
        equivalents=equivalents,
        details=places.details,
    )


def _with_names(
    names: NameColumns, folders: Sequence[Path], geonameid: Array, rows: Array
) -> NameColumns:
    """Return the names with those that were read, behind the held ones of their place.

    A held name without a language gives way to the same name with one.
    """
    target = folders[0].parent / "all_names.bin"
    place, lang, kind, rank, lengths = [names.place], names.lang, names.kind, [], []
    rank.append(np.zeros(len(names), dtype=np.uint8))
    lengths.append(np.diff(names.offsets.astype(np.int64)))
    with target.open("wb") as blob:
        blob.write(names.blob.tobytes())
        for folder in folders:
            vocabularies = vocabularies_in(folder)
            owner = load(folder, "name_geonameid")
            at = np.minimum(np.searchsorted(geonameid, owner), max(0, len(geonameid) - 1))
            known = geonameid[at] == owner if len(geonameid) else np.zeros(len(owner), dtype=bool)
            place.append(np.where(known, rows[at], -1).astype(np.int32))
            lang = joined(lang, Labels(load(folder, "lang").astype(np.int64), vocabularies["lang"]))
            of_kind = Labels(load(folder, "name_kind").astype(np.int64), list(NAME_KINDS))
            kind = joined(kind, of_kind)
            rank.append(load(folder, "rank") + np.uint8(1))
            lengths.append(load(folder, "name_length").astype(np.int64))
            with (folder / "text.bin").open("rb") as text:
                shutil.copyfileobj(text, blob)
    whole = NameColumns(
        np.concatenate(place),
        lang,
        kind,
        np.memmap(target, dtype=np.uint8, mode="r"),
        offsets_of(np.concatenate(lengths)),
        np.concatenate(rank),
    )
    _drop_repeated(whole, len(names.place) and int(names.place.max()))
    return whole


def _drop_repeated(names: NameColumns, last_held_place: int) -> None:
    """Take away repeated names of held places: of each, one with a language is kept if there is."""
    untagged = np.array([tag.startswith(UNTAGGED) for tag in names.lang.values])[names.lang.codes]
    seen: dict[tuple[int, bytes], int] = {}
    raw, offsets = names.blob, names.offsets
    at = np.flatnonzero((names.place >= 0) & (names.place <= last_held_place))
    for i in at.tolist():
        key = int(names.place[i]), bytes(raw[int(offsets[i]) : int(offsets[i + 1])])
        first = seen.setdefault(key, i)
        if first == i:
            continue
        if untagged[first] and not untagged[i]:
            names.place[i], names.rank[i] = names.place[first], names.rank[first]
            names.place[first] = -1
            seen[key] = i
        elif untagged[i] or names.lang.codes[i] == names.lang.codes[first]:
            names.place[i] = -1
