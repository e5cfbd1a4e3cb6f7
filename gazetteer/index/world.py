"""How do the places and names of full GeoNames files join the embedded ones, in bounded memory?

The files are read once, as a stream, into columns in a work folder. Reading that was interrupted
goes on with the file that was not finished; what was read whole is kept until the index is there.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.index.columns import load, offsets_of, save
from gazetteer.index.draft import DEFAULT_UNCERTAINTY_KM, UNCERTAINTY_KM
from gazetteer.index.places import NameColumns, PlaceColumns, joined
from gazetteer.index.space import distances_km
from gazetteer.kinds import group_of
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.sources.delimited import Labels
from gazetteer.sources.feature_kinds import kinds_of
from gazetteer.sources.geonames import read_alternate_names, read_places
from gazetteer.text.normalize import composed, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from gazetteer.index.build import Progress
    from gazetteer.sources.delimited import OnProblem
    from gazetteer.sources.geonames import NameChunk, PlaceChunk

Array = np.ndarray[Any, Any]

SOURCE: Final = "GeoNames"
_UNTAGGED: Final = "und"
_WIKIDATA: Final = "wkdt"
_NO_DIVISION: Final = (".", ".00")  # ends of a code that names the country alone
_AIRFIELD_CODES: Final = ("icao", "iata")
_ABBREVIATION: Final = "abbr"
_NAME_KINDS: Final = ("short", "historical", "colloquial", "code")
_MAIN, _PREFERRED, _PLAIN, _FORMER = range(4)  # order of a place's names
_SAME_AIRFIELD_KM: Final = 10.0
_SAME_FEATURE_KM: Final = 30.0  # beside the radius of the one that has an extent
_TOTAL_PLACES: Final = 13_000_000  # for the progress bar only
_TOTAL_NAMES: Final = 18_000_000
_WIKIDATA_DIGITS: Final = 9  # at most, so that a number fits 32 bits
_DONE: Final = "done.json"
_VOCABULARIES: Final = "vocabularies.json"


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

    def joined(
        self, places: PlaceColumns, names: NameColumns, report: Progress
    ) -> tuple[PlaceColumns, NameColumns]:
        """Return the embedded places and names with those of the files."""
        self._stage("places", self.places, lambda folder: self._read_places(folder, report))
        if self.alternate_names is not None:
            source = self.alternate_names
            self._stage("names", source, lambda folder: self._read_names(folder, source, report))
        report(0.2, "joining places")
        found = _Found(self.work / "places")
        codes = _codes(self.work / "names") if self.alternate_names else {}
        rows = _rows(places, names, found, codes)
        parts = ["places", "names"] if self.alternate_names else ["places"]
        return (
            _with_places(places, found, rows, codes),
            _with_names(names, [self.work / part for part in parts], found.geonameid, rows),
        )

    def _stage(self, name: str, source: Path, read: Callable[[Path], None]) -> None:
        """Read a file into a folder, unless that was done already."""
        folder, stat = self.work / name, source.stat()
        stamp = {"source": str(source.resolve()), "size": stat.st_size, "time": stat.st_mtime_ns}
        stamp["alternates"] = self.alternate_names is None
        done = folder / _DONE
        if done.exists() and json.loads(done.read_text(encoding="utf-8")) == stamp:
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        read(folder)
        done.write_text(json.dumps(stamp), encoding="utf-8")

    def _read_places(self, folder: Path, report: Progress) -> None:
        columns = _Columns(folder)
        texts = _NameWriter(folder)
        chunks = read_places(
            self.places,
            on_problem=self.on_problem,
            with_alternates=self.alternate_names is None,
        )
        read = 0
        for chunk in chunks:
            columns.add(
                geonameid=chunk.geonameid,
                lat_e5=chunk.lat_e5,
                lon_e5=chunk.lon_e5,
                population=chunk.population,
                kind=kinds_of(chunk.feature, chunk.population),
                country=chunk.country,
                division=_divisions(chunk),
            )
            texts.add(chunk.geonameid, chunk.name, _MAIN)
            if chunk.alternatenames is not None:
                texts.add_untagged(chunk.geonameid, chunk.alternatenames)
            read += len(chunk)
            report(0.1 * min(1.0, read / _TOTAL_PLACES), f"reading places: {read:,}")
        columns.write()
        texts.write()

    def _read_names(self, folder: Path, source: Path, report: Progress) -> None:
        texts, codes, read = _NameWriter(folder), _Codes(), 0
        for chunk in read_alternate_names(source, on_problem=self.on_problem):
            codes.add(chunk)
            texts.add_chunk(chunk)
            read += len(chunk)
            report(0.1 + 0.1 * min(1.0, read / _TOTAL_NAMES), f"reading names: {read:,}")
        texts.write()
        codes.write(folder)


class _Columns:
    """Columns that grow chunk by chunk; labels share one vocabulary for the whole run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: dict[str, list[Array]] = defaultdict(list)
        self._codes: dict[str, dict[str, int]] = defaultdict(dict)

    def add(self, **columns: Array | Labels) -> None:
        for name, column in columns.items():
            if isinstance(column, Labels):
                code = self._codes[name]
                numbers = [code.setdefault(value, len(code)) for value in column.values]
                self._parts[name].append(np.array(numbers, dtype=np.uint16)[column.codes])
            else:
                self._parts[name].append(column)

    def write(self) -> None:
        for name in list(self._parts):
            parts = self._parts.pop(name)
            save(self._folder, name, np.concatenate(parts) if parts else np.array([]))
        written = {name: list(code) for name, code in self._codes.items()}
        text = json.dumps(_vocabularies(self._folder) | written)
        (self._folder / _VOCABULARIES).write_text(text, encoding="utf-8")


def _vocabularies(folder: Path) -> dict[str, list[str]]:
    path = folder / _VOCABULARIES
    if not path.exists():
        return {}
    vocabularies: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return vocabularies


class _NameWriter:
    """Writes names as they come: texts to a file, what belongs to them to columns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._columns = _Columns(folder)
        self._text = (folder / "text.bin").open("wb")
        self._empty = True

    def add(self, geonameid: Array, texts: Sequence[str], rank: int) -> None:
        """Add untagged names of one rank."""
        n = len(texts)
        zeros = np.zeros(n, dtype=np.intp)
        self._add(
            geonameid,
            texts,
            Labels(zeros, [_UNTAGGED]),
            np.zeros(n, dtype=np.uint8),
            np.full(n, rank, dtype=np.uint8),
        )

    def add_untagged(self, geonameid: Array, lists: Sequence[str]) -> None:
        """Add the comma-separated names of a places file, without machine romanisations."""
        several = [[t for t in line.split(",") if _is_name(t)] for line in lists]
        counts = np.fromiter(map(len, several), dtype=np.int64, count=len(several))
        self.add(np.repeat(geonameid, counts), [t for own in several for t in own], _PLAIN)

    def add_chunk(self, chunk: NameChunk) -> None:
        """Add the names of a chunk; of its codes those that news writes."""
        langs = chunk.lang.to_list()
        kept = [
            i
            for i, (lang, code, text) in enumerate(
                zip(langs, chunk.is_code, chunk.text, strict=True)
            )
            if (lang in {*_AIRFIELD_CODES, _ABBREVIATION} if code else lang or _is_name(text))
        ]
        at = np.array(kept, dtype=np.int64)
        historic, colloquial = chunk.is_historic[at], chunk.is_colloquial[at]
        codes = chunk.is_code[at]
        kind = np.where(codes, 3, np.where(historic, 1, np.where(colloquial, 2, 0)))
        rank = np.where(historic | colloquial | codes, _FORMER, _PLAIN)
        rank = np.where(chunk.is_preferred[at] & (rank == _PLAIN), _PREFERRED, rank)
        tags = [
            _UNTAGGED if code or not langs[i] else langs[i]
            for i, code in zip(kept, codes, strict=True)
        ]
        vocabulary = list(dict.fromkeys(tags))
        number = {tag: n for n, tag in enumerate(vocabulary)}
        lang = Labels(np.array([number[tag] for tag in tags], dtype=np.intp), vocabulary)
        self._add(
            chunk.geonameid[at],
            [chunk.text[i] for i in kept],
            lang,
            kind.astype(np.uint8),
            rank.astype(np.uint8),
        )

    def _add(
        self, geonameid: Array, texts: Sequence[str], lang: Labels, kind: Array, rank: Array
    ) -> None:
        parts = [composed(text).encode() for text in texts]
        self._text.write(b"".join(parts))
        lengths = np.fromiter(map(len, parts), dtype=np.int32, count=len(parts))
        self._columns.add(
            name_geonameid=geonameid, name_length=lengths, lang=lang, name_kind=kind, rank=rank
        )
        self._empty = False

    def write(self) -> None:
        self._text.close()
        if self._empty:
            self.add(np.zeros(0, dtype=np.int32), [], _PLAIN)
        self._columns.write()


class _Codes:
    """Codes of places elsewhere: Wikidata numbers, and airfield codes."""

    def __init__(self) -> None:
        self._wikidata: list[tuple[Array, Array]] = []
        self._airfields: dict[str, dict[int, str]] = {kind: {} for kind in _AIRFIELD_CODES}

    def add(self, chunk: NameChunk) -> None:
        if _WIKIDATA in chunk.lang.values:
            at = np.flatnonzero(chunk.lang.codes == chunk.lang.values.index(_WIKIDATA))
            digits = [chunk.text[i].lstrip("Qq") for i in at.tolist()]
            good = [
                i
                for i, text in enumerate(digits)
                if text.isdecimal() and len(text) <= _WIKIDATA_DIGITS
            ]
            numbers = np.array([int(digits[i]) for i in good], dtype=np.int32)
            self._wikidata.append((chunk.geonameid[at[good]], numbers))
        for kind, codes in self._airfields.items():
            if kind in chunk.lang.values:
                at = np.flatnonzero(chunk.lang.codes == chunk.lang.values.index(kind))
                codes.update((int(chunk.geonameid[i]), chunk.text[i]) for i in at.tolist())

    def write(self, folder: Path) -> None:
        empty = np.zeros(0, dtype=np.int32)
        for i, name in enumerate(("wikidata_place", "wikidata_number")):
            save(folder, name, np.concatenate([empty, *(pair[i] for pair in self._wikidata)]))
        text = json.dumps(self._airfields)
        (folder / "airfields.json").write_text(text, encoding="utf-8")


def _is_name(text: str) -> bool:
    """Whether an untagged string is a name and no machine romanisation or address."""
    return bool(text) and not (text.isascii() and text.islower()) and "://" not in text


def _divisions(chunk: PlaceChunk) -> Labels:
    """Return country and first-level division as one code, ``AZ.09``."""
    pairs, codes = np.unique(
        chunk.country.codes.astype(np.int64) * len(chunk.admin1.values) + chunk.admin1.codes,
        return_inverse=True,
    )
    n = len(chunk.admin1.values)
    values = [
        f"{chunk.country.values[p // n]}.{chunk.admin1.values[p % n]}" for p in pairs.tolist()
    ]
    return Labels(codes, values)


class _Found:
    """The places that were read, memory-mapped; of two with one number, the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        vocabularies = _vocabularies(folder)
        self.kinds = vocabularies.get("kind", [])
        self.countries = vocabularies.get("country", [])
        self.divisions = vocabularies.get("division", [])
        numbers = load(folder, "geonameid")
        self.geonameid, self._first = np.unique(numbers, return_index=True)

    def column(self, name: str) -> Array:
        """Return a column in the order of the numbers."""
        return load(self._folder, name)[self._first]

    def names(self) -> Callable[[int], str]:
        """Return a function: the main name of the place at a position."""
        lengths = load(self._folder, "name_length")
        owner, rank = load(self._folder, "name_geonameid"), load(self._folder, "rank")
        offsets = offsets_of(lengths)
        main = np.flatnonzero(rank == _MAIN)
        at = main[np.unique(owner[main], return_index=True)[1]]
        text = np.memmap(self._folder / "text.bin", dtype=np.uint8, mode="r")
        return lambda i: bytes(text[int(offsets[at[i]]) : int(offsets[at[i] + 1])]).decode()


def _codes(folder: Path) -> dict[str, Any]:
    airfields = json.loads((folder / "airfields.json").read_text(encoding="utf-8"))
    return {
        "wikidata": (load(folder, "wikidata_place"), load(folder, "wikidata_number")),
        "airfields": {k: {int(n): code for n, code in v.items()} for k, v in airfields.items()},
    }


def _rows(places: PlaceColumns, names: NameColumns, found: _Found, codes: dict[str, Any]) -> Array:
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
    places: PlaceColumns, found: _Found, codes: dict[str, Any]
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
    places: PlaceColumns, names: NameColumns, found: _Found, rows: Array
) -> Iterable[tuple[int, int, float]]:
    """Yield the seas, rivers, mountains ... that are named like a held one, with its row."""
    kinds = places.kind.values
    natural = [
        group_of(k) in {"sea", "water", "other"} and k not in SETTLEMENT_KINDS for k in kinds
    ]
    held = np.flatnonzero(np.array(natural)[places.kind.codes])
    called: dict[str, list[int]] = defaultdict(list)
    for i in np.flatnonzero(np.isin(names.place, held)).tolist():
        text = bytes(names.blob[int(names.offsets[i]) : int(names.offsets[i + 1])]).decode()
        called[fold(text)].append(int(names.place[i]))
    groups = np.array([group_of(k) for k in found.kinds])
    kind = found.column("kind")
    alike = np.isin(groups, ["sea", "water"]) | np.array([k in kinds for k in found.kinds])
    alike &= ~np.array([k in SETTLEMENT_KINDS for k in found.kinds])
    name_of = found.names()
    for i in np.flatnonzero(alike[kind] & (rows < 0)).tolist():
        group = groups[kind[i]]
        for row in called.get(fold(name_of(i)), ()):
            if group_of(kinds[places.kind.codes[row]]) == group:
                yield i, row, _SAME_FEATURE_KM + float(places.uncertainty_km[row])


def _with_places(
    places: PlaceColumns, found: _Found, rows: Array, codes: dict[str, Any]
) -> PlaceColumns:
    new = rows >= len(places)
    n = int(np.count_nonzero(new))
    named = places.named()
    rows_of_divisions = [
        -1 if d.endswith(_NO_DIVISION) else named.get(f"gn_a1:{d}", -1) for d in found.divisions
    ]
    division = np.array(rows_of_divisions, dtype=np.int32)
    radius = np.array([UNCERTAINTY_KM.get(k, DEFAULT_UNCERTAINTY_KM) for k in found.kinds])
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
            vocabularies = _vocabularies(folder)
            owner = load(folder, "name_geonameid")
            at = np.minimum(np.searchsorted(geonameid, owner), max(0, len(geonameid) - 1))
            known = geonameid[at] == owner if len(geonameid) else np.zeros(len(owner), dtype=bool)
            place.append(np.where(known, rows[at], -1).astype(np.int32))
            lang = joined(lang, Labels(load(folder, "lang").astype(np.int64), vocabularies["lang"]))
            of_kind = Labels(load(folder, "name_kind").astype(np.int64), list(_NAME_KINDS))
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
    untagged = np.array([tag.startswith(_UNTAGGED) for tag in names.lang.values])[names.lang.codes]
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
