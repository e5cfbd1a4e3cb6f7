"""How do a user's tables of places and corrections of names come into the overlay?"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from gazetteer.areas import WGS84
from gazetteer.errors import BadPlacesError, BadQueryError, UnknownPlaceError
from gazetteer.overlay import Fix, Overlay, UserPlace
from gazetteer.sources import geojson
from gazetteer.sources.overlay_file import is_overlay, parse_overlay
from gazetteer.sources.place_cells import own_id, read_fix, read_place, slug
from gazetteer.sources.place_checks import Countries, Known, held_place
from gazetteer.sources.place_rows import Row, Table, open_table, read_rows
from gazetteer.sources.place_shapes import BadRowError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.place import Place

_DEFAULT_KIND = "place"
_SAME_PLACE_KM = 10  # a place of the same name so near is the same one, moved
_SAME_SPOT_KM = 0.1
_COLUMNS_NAMED = 12
_SIMPLE = (
    "name",
    "kind",
    "country",
    "population",
    "uncertainty_km",
    "valid_from",
    "valid_to",
    "note",
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out: which (``row 3``), and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a file comes to.

    Attributes
    ----------
    overlay
        With the file's places.
    added, replaced, unchanged
        Ids of its places: new ones, ones that were there and differ, ones that were there so.
    fixes
        Fixes that came along, when the file is an overlay itself.
    skipped
        Rows that are wrong.
    remarks
        What the user should know of the others, a sentence each.
    """

    overlay: Overlay
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[str, ...] = ()


def add_places(
    source: str | Path | BinaryIO,
    *,
    into: Overlay,
    known: Known,
    file_format: str | None = None,
    layer: str | None = None,
    crs: str | None = None,
    skip_bad: bool = False,
) -> Added:
    r"""Add a file of places to an overlay.

    Parameters
    ----------
    source
        CSV, GeoJSON or GeoPackage, see :func:`gazetteer.sources.place_rows.open_table`; or another
        overlay, whose places and fixes go before those of the same id or name.
    into
        The overlay; it is not changed.
    known
        The gazetteer, which knows ids and countries.
    file_format, layer, crs
        How to read it, where the file does not say.
    skip_bad
        Keep the good rows when others are wrong.

    Returns
    -------
    Added
        The new overlay, and a report.

    Raises
    ------
    PlacesFileError
        If the file cannot be read.
    BadPlacesError
        If rows of it are wrong, and ``skip_bad`` is false.

    Examples
    --------
    >>> import io
    >>> from gazetteer import Gazetteer
    >>> table = io.BytesIO("name,name_ar,lat,lon\nOld Mill,الطاحونة,40.1,47.2".encode())
    >>> add_places(table, into=Overlay(), known=Gazetteer.open(), file_format="csv").added
    ('user:old-mill',)
    """
    table = open_table(source, file_format=file_format, layer=layer, crs=crs)
    brought = _brought_overlay(table)
    if brought is not None:
        return _merged(into, brought)
    rows = read_rows(table)
    adder = _Adder(known, into)
    added = adder.add(rows)
    if added.skipped and not skip_bad:
        raise BadPlacesError(table.name, [f"{s.where}: {s.why}." for s in added.skipped])
    return added


def new_fix(
    name: str,
    to: str,
    *,
    into: Overlay,
    known: Known,
    country: str | None = None,
    lang: str | None = None,
) -> Fix:
    """Return a fix that has been checked.

    Parameters
    ----------
    name
        The name.
    to
        Id of the place that it means: of the overlay or of the gazetteer.
    into
        The overlay that it is to go into.
    known
        The gazetteer.
    country
        Code or English name of the country that the fix is confined to.
    lang
        BCP 47 language that the fix is confined to.

    Raises
    ------
    UnknownPlaceError
        If no place has the id ``to``.
    BadQueryError
        If the name, the country or the language make no sense.

    Examples
    --------
    >>> from gazetteer import Gazetteer
    >>> new_fix("Land of Fire", "iso3:AZE", into=Overlay(), known=Gazetteer.open()).to
    'iso:AZ'
    """
    try:
        code = Countries(known).code(country or "")
        fix = read_fix({"fix": name, "to": to, "country": code, "lang": lang})
    except BadRowError as error:
        raise BadQueryError(f"{error}.") from error
    if any(place.id == fix.to for place in into.places):
        return fix
    held = held_place(known, fix.to)
    if held is None:
        raise UnknownPlaceError(fix.to)
    return replace(fix, to=held.id)


class _Adder:
    """Adds rows to an overlay and keeps account of them."""

    def __init__(self, known: Known, into: Overlay) -> None:
        self._known = known
        self._countries = Countries(known)
        self._into = into
        self._before = {place.id: place for place in into.places}
        self._of_name = defaultdict(list)
        for place in into.places:
            self._of_name[slug(place.name)].append(place)
        self._taken = set(self._before)  # ids that no new place may get
        self._stated: set[str] = set()  # ids of the file
        self._row_of: dict[str, str] = {}
        self._new: dict[str, UserPlace] = {}
        self._new_of_name: dict[str, list[UserPlace]] = defaultdict(list)
        self._remarks: list[str] = []

    def add(self, rows: Sequence[Row]) -> Added:
        """Return the overlay with the rows' places, and the report."""
        skipped, read = [], []
        for row in rows:
            try:
                read.append((row, self._read(row)))
            except BadRowError as error:
                skipped.append(Skipped(row.where, str(error)))
        self._stated |= {place.id for _, place in read if place.id}
        self._taken |= self._stated
        for row, place in read:
            try:
                self._put(row, self._identified(place))
            except BadRowError as error:
                skipped.append(Skipped(row.where, str(error)))
        order = {row.where: position for position, row in enumerate(rows)}
        self._remarks.extend(_about_columns(rows))
        return replace(
            _compared(self._into, self._new.values()),
            skipped=tuple(sorted(skipped, key=lambda s: order[s.where])),
            remarks=tuple(self._remarks),
        )

    def _read(self, row: Row) -> UserPlace:
        if row.problem:
            raise BadRowError(row.problem)
        place, remark = read_place(row.cells, row.geometry)
        extra = {key: value for key, value in row.extra.items() if key != "fix"}
        country = self._countries.code(place.country or "")
        place = replace(place, extra=extra, country=country)
        held = self._held(place)
        if held is None:
            _check_complete(place)
            place = replace(place, kind=place.kind or _DEFAULT_KIND)
        else:
            _check_says_something(place, held)
            place = replace(place, id=held.id)
        far = self._countries.check_point(place, country or (held.country if held else None))
        self._remarks += [f"{row.where}: {words}." for words in (remark, far) if words]
        return place

    def _held(self, place: UserPlace) -> Place | None:
        if not place.id or place.is_own:
            return None
        held = held_place(self._known, place.id)
        if held is None:
            raise BadRowError(
                f"id is {place.id[:60]!r}, which no place of the gazetteer has: correct it, or "
                f"leave it empty for a place of your own"
            )
        return held

    def _identified(self, place: UserPlace) -> UserPlace:
        """Return a place with an id; the one that it has already where it was added before."""
        if place.id:
            return self._with_what_was(place) if not place.is_own else self._unmistaken(place)
        name = slug(place.name)
        twin = _nearest(place, self._new_of_name[name], within_km=_SAME_SPOT_KM)
        if twin is not None:
            raise BadRowError(
                f"it is the same place as in {self._row_of[twin.id]}: join them, or give each an id"
            )
        free = [p for p in self._of_name[name] if p.is_own and p.id not in self._stated]
        same = _nearest(place, free, within_km=_SAME_PLACE_KM)
        return replace(place, id=same.id if same else own_id(place, self._taken))

    def _unmistaken(self, place: UserPlace) -> UserPlace:
        """Refuse an id that was given to quite another place, as numbers easily are."""
        before = self._before.get(place.id)
        if before is None or slug(before.name) == slug(place.name):
            return place
        if _nearest(place, [before], within_km=_SAME_PLACE_KM) is None:
            raise BadRowError(
                f"its id {place.id!r} is that of {before.name!r} already, elsewhere: give it "
                "another id, or remove that place first"
            )
        return place

    def _with_what_was(self, place: UserPlace) -> UserPlace:
        """Return what is said about a held place together with what was said before."""
        before = self._before.get(place.id)
        if before is None:
            return place
        names = {
            lang: tuple(dict.fromkeys((*place.names.get(lang, ()), *before.names.get(lang, ()))))
            for lang in sorted({*place.names, *before.names})
        }
        where = before if place.lat is None else place
        known = {key: getattr(place, key) or getattr(before, key) for key in _SIMPLE}
        extra = {**before.extra, **place.extra}
        at: dict[str, Any] = {"lat": where.lat, "lon": where.lon, "geometry": where.geometry}
        return replace(place, names=names, extra=extra, **at, **known)

    def _put(self, row: Row, place: UserPlace) -> None:
        if place.id in self._new:
            raise BadRowError(
                f"its id {place.id!r} is that of {self._row_of[place.id]} too: "
                "join the rows, or give each its own id"
            )
        self._row_of[place.id] = row.where
        self._new[place.id] = place
        self._stated.add(place.id)
        self._taken.add(place.id)
        self._new_of_name[slug(place.name)].append(place)


def _check_complete(place: UserPlace) -> None:
    if not place.name:
        raise BadRowError("name is empty: give the place a name")
    if place.lat is None:
        raise BadRowError("it has no coordinates: give lat and lon, or a geometry")


def _check_says_something(place: UserPlace, held: Place) -> None:
    if replace(place, id="", extra={}) == UserPlace(""):
        raise BadRowError(f"it says nothing about {held.name} ({held.id}): give a name or a point")


def _nearest(
    place: UserPlace, others: Iterable[UserPlace], *, within_km: float
) -> UserPlace | None:
    """Return the nearest of other places, or None where none is so near."""
    distances = [(_distance_km(place, other), other) for other in others]
    km, nearest = min(distances, key=lambda pair: pair[0], default=(math.inf, None))
    return nearest if km <= within_km else None


def _distance_km(one: UserPlace, other: UserPlace) -> float:
    points = (one.lon, one.lat, other.lon, other.lat)
    return math.inf if None in points else float(WGS84.inv(*points)[2]) / 1000


def _compared(into: Overlay, places: Iterable[UserPlace]) -> Added:
    """Return the overlay with places, and which of them are new or differ."""
    before = {place.id: place for place in into.places}
    listed = list(places)
    return Added(
        into.with_places(listed),
        added=tuple(p.id for p in listed if p.id not in before),
        replaced=tuple(p.id for p in listed if p.id in before and before[p.id] != p),
        unchanged=tuple(p.id for p in listed if before.get(p.id) == p),
    )


def _brought_overlay(table: Table) -> Overlay | None:
    """Return the overlay that a file holds, or None where it is a table."""
    if table.format != "geojson":
        return None
    try:
        document = geojson.parse(table.data)
    except ValueError as error:
        raise table.error(f"{error}: export it again") from error
    return parse_overlay(document, table.path or Path(table.name)) if is_overlay(document) else None


def _merged(into: Overlay, brought: Overlay) -> Added:
    report = _compared(into, brought.places)
    before = {fix.key: fix for fix in into.fixes}
    fixes = tuple(fix for fix in brought.fixes if before.get(fix.key) != fix)
    return replace(report, overlay=report.overlay.with_fixes(fixes), fixes=fixes)


def _about_columns(rows: Iterable[Row]) -> Iterator[str]:
    unused = list(dict.fromkeys(column for row in rows for column in row.extra))
    if unused:
        listed = ", ".join(repr(column) for column in unused[:_COLUMNS_NAMED])
        more = ", …" if len(unused) > _COLUMNS_NAMED else ""
        yield f"columns that are kept and not used: {listed}{more}."
