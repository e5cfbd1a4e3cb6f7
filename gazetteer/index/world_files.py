"""How do files of GeoNames become columns in a work folder, and how are these read back?"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.index.columns import load, offsets_of, save
from gazetteer.sources.delimited import Labels
from gazetteer.sources.feature_kinds import kinds_of
from gazetteer.sources.geonames import read_alternate_names, read_places
from gazetteer.text.normalize import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from gazetteer.index.build import Progress
    from gazetteer.sources.delimited import OnProblem
    from gazetteer.sources.geonames import NameChunk, PlaceChunk

Array = np.ndarray[Any, Any]

UNTAGGED: Final = "und"
NAME_KINDS: Final = ("alternate", "historical", "colloquial", "code")
_WIKIDATA: Final = "wkdt"
_AIRFIELD_CODES: Final = ("icao", "iata")
_ABBREVIATION: Final = "abbr"
_MAIN, _PREFERRED, _PLAIN, _FORMER = range(4)  # order of a place's names
_TOTAL_PLACES: Final = 13_000_000  # for the progress bar only
_TOTAL_NAMES: Final = 18_000_000
_WIKIDATA_DIGITS: Final = 9  # at most, so that a number fits 32 bits
_VOCABULARIES: Final = "vocabularies.json"


def write_places_of(
    source: Path, folder: Path, *, alternates: bool, on_problem: OnProblem, report: Progress
) -> None:
    """Write the places of a GeoNames file as columns, with their main names.

    Parameters
    ----------
    source
        ``allCountries.zip`` or another file of that format.
    folder
        Where the columns go; an empty folder.
    alternates
        Whether the untagged names of the file are names too.
    on_problem
        Called with each line that is left out.
    report
        Called as the work goes on.
    """
    columns, texts, read = _Columns(folder), _NameWriter(folder), 0
    for chunk in read_places(source, on_problem=on_problem, with_alternates=alternates):
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


def write_names_of(source: Path, folder: Path, *, on_problem: OnProblem, report: Progress) -> None:
    """Write the names of an alternate-names file as columns, and the codes among them apart."""
    texts, codes, read = _NameWriter(folder), _Codes(), 0
    for chunk in read_alternate_names(source, on_problem=on_problem):
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
        text = json.dumps(vocabularies_in(self._folder) | written)
        (self._folder / _VOCABULARIES).write_text(text, encoding="utf-8")


def vocabularies_in(folder: Path) -> dict[str, list[str]]:
    """Return the strings of the columns in a folder that are codes, by column."""
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
            Labels(zeros, [UNTAGGED]),
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
            UNTAGGED if code or not langs[i] else langs[i]
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


class FoundPlaces:
    """The places that were read, memory-mapped; of two with one number, the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        vocabularies = vocabularies_in(folder)
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


def codes_in(folder: Path) -> dict[str, Any]:
    """Return codes of places elsewhere: ``wikidata`` as two columns, ``airfields`` by kind."""
    airfields = json.loads((folder / "airfields.json").read_text(encoding="utf-8"))
    return {
        "wikidata": (load(folder, "wikidata_place"), load(folder, "wikidata_number")),
        "airfields": {k: {int(n): code for n, code in v.items()} for k, v in airfields.items()},
    }
