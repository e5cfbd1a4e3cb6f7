"""How are the user's own places read from and written to a file that can be shared?"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
import shapely

from gazetteer.errors import OverlayBrokenError, OverlayMissingError, OverlayNotWritableError
from gazetteer.overlay import Fix, Overlay, UserPlace
from gazetteer.sources import geojson
from gazetteer.sources.place_cells import (
    NAME_SEPARATOR,
    own_id,
    read_code,
    read_fix,
    read_place,
)
from gazetteer.sources.place_columns import LANG_NAMES, role_of
from gazetteer.sources.place_shapes import BadRowError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PLACES_VARIABLE = "GEOEVENTS_PLACES"
"""Environment variable that moves the file of the user's own places."""

MARK = "geoevents_places"
"""Member of the file that holds its version."""

SCHEMA_VERSION = 1

_CURRENT_MEMBERS = frozenset({"type", "features", MARK, "crs", "bbox"})
_FIX_KEYS = ("fix", "to", "country", "lang")
_READABLE = 0o666  # less the umask, as for any file
_CORRECT_IT = "correct it in a text editor or a GIS; it was left as it is"


def default_overlay_path() -> Path:
    """Return where the user's own places are kept unless another file is named.

    ``places.geojson`` in the user's data folder; environment variable ``GEOEVENTS_PLACES`` names
    another file.
    """
    chosen = os.environ.get(PLACES_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    return Path(platformdirs.user_data_dir("geoevents", appauthor=False)) / "places.geojson"


def read_overlay(path: Path) -> Overlay:
    """Read a file of the user's own places.

    Parameters
    ----------
    path
        GeoJSON as :func:`write_overlay` writes it, maybe edited in a GIS since: features without
        an id get one made from their name.

    Raises
    ------
    OverlayMissingError
        If there is no such file.
    OverlayBrokenError
        If it cannot be read, is of another version, or a feature of it is wrong.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "places.geojson")
    ...     write_overlay(path, Overlay(fixes=(Fix("Qarabağ", "region:nagorno-karabakh"),)))
    ...     read_overlay(path).fixes[0].to
    'region:nagorno-karabakh'
    """
    try:
        document = geojson.parse(path.read_bytes())
    except FileNotFoundError:
        raise OverlayMissingError(path) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise OverlayBrokenError(path, why, "check the path and its permissions") from error
    except ValueError as error:
        raise OverlayBrokenError(path, str(error), _CORRECT_IT) from error
    return parse_overlay(document, path)


def parse_overlay(document: Mapping[str, Any], path: Path) -> Overlay:
    """Return the overlay that a GeoJSON document holds.

    Parameters
    ----------
    document
        The parsed document.
    path
        Where it comes from, for errors.

    Raises
    ------
    OverlayBrokenError
        If it is of another version, or a feature of it is wrong.
    """
    _check_version(path, document)
    try:
        return _overlay(document)
    except BadRowError as error:
        raise OverlayBrokenError(path, str(error), _CORRECT_IT) from error


def is_overlay(document: Mapping[str, Any]) -> bool:
    """Return whether a GeoJSON document says that it holds a user's own places and fixes."""
    return MARK in document


def write_overlay(path: Path, overlay: Overlay) -> None:
    """Write a file of the user's own places, whole or not at all.

    Parameters
    ----------
    path
        The file; one that is there is replaced.
    overlay
        What it is to hold. One feature per line, ordered by id and then by name, so that two
        versions differ in the lines that were changed.

    Raises
    ------
    OverlayNotWritableError
        If the folder or the disk refuses.
    """
    path = _prepared(path)
    try:
        _replace(path, _text(overlay).encode())
    except OSError as error:
        raise OverlayNotWritableError(path, error.strerror or str(error)) from error


def update_overlay(path: Path, change: Callable[[Overlay], Overlay]) -> Overlay:
    """Change a file of the user's own places while nobody else does.

    Parameters
    ----------
    path
        The file; it need not exist.
    change
        Gets what the file holds and returns what it is to hold; when it raises, or changes
        nothing, the file stays as it is.

    Returns
    -------
    Overlay
        What the file now holds.

    Raises
    ------
    OverlayBrokenError, OverlayNotWritableError
        If the file cannot be read; if it cannot be written.
    """
    path = _prepared(path)
    with _locked(path):
        before = read_overlay(path) if path.exists() else Overlay()
        after = change(before)
        if after != before:
            write_overlay(path, after)
    return after


def _check_version(path: Path, document: Mapping[str, Any]) -> None:
    if geojson.crs(document) not in geojson.SAME_AS_DEGREES:
        raise OverlayBrokenError(path, "its CRS is not EPSG:4326", "save it in EPSG:4326")
    # A GIS that saves the file may leave the mark out: the features then speak for themselves.
    mark = document.get(MARK, {"schema_version": SCHEMA_VERSION})
    version = mark.get("schema_version") if isinstance(mark, dict) else None
    if version != SCHEMA_VERSION:
        raise OverlayBrokenError(
            path,
            f"its schema version is {version!r}, and this software reads {SCHEMA_VERSION}",
            "use the version of geoevents that wrote it; it was left as it is",
        )


def _overlay(document: Mapping[str, Any]) -> Overlay:
    places: dict[str, UserPlace] = {}
    unnamed: list[UserPlace] = []
    fixes: dict[tuple[str, str, str], Fix] = {}
    for number, feature in enumerate(geojson.features(document), start=1):
        try:
            item = _item(feature)
            if isinstance(item, Fix):
                _put(fixes, item.key, item, f"the name {item.name!r} is fixed twice")
            elif item.id:
                _put(places, item.id, item, f"the id {item.id!r} is there twice")
            else:
                unnamed.append(item)
        except (BadRowError, ValueError) as error:
            raise BadRowError(f"feature {number}: {error}") from error
    for place in unnamed:
        place_id = own_id(place, places)
        places[place_id] = replace(place, id=place_id)
    extra = {key: value for key, value in document.items() if key not in _CURRENT_MEMBERS}
    return _ordered(Overlay(tuple(places.values()), tuple(fixes.values()), extra))


def _put(items: dict[Any, Any], key: Any, item: Any, complaint: str) -> None:
    if key in items:
        raise BadRowError(complaint)
    items[key] = item


def _item(feature: Any) -> UserPlace | Fix:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise BadRowError("it is no feature with properties")
    stated = {k: v for k, v in feature["properties"].items() if v is not None and v != ""}
    if "fix" in stated:
        extra = {key: value for key, value in stated.items() if key not in _FIX_KEYS}
        return replace(read_fix(stated), extra=extra)
    cells = {key: value for key, value in stated.items() if role_of(key) == key}
    place, _ = read_place(cells, geojson.geometry(feature))
    place = replace(place, country=read_code(cells.get("country")))
    if not place.name and (place.is_own or not place.id):
        raise BadRowError("it has no name: write one")
    if place.lat is None and place.is_own:
        raise BadRowError("it has no geometry: draw its point")
    return replace(place, extra={k: v for k, v in stated.items() if k not in cells})


def _ordered(overlay: Overlay) -> Overlay:
    return replace(
        overlay,
        places=tuple(sorted(overlay.places, key=lambda place: place.id)),
        fixes=tuple(sorted(overlay.fixes, key=lambda fix: (fix.key, fix.name))),
    )


def _text(overlay: Overlay) -> str:
    overlay = _ordered(overlay)
    features = [*map(_place_feature, overlay.places), *map(_fix_feature, overlay.fixes)]
    members = {"type": "FeatureCollection", MARK: {"schema_version": SCHEMA_VERSION}}
    head = [f"{_dump(k)}: {_dump(v)},\n" for k, v in (members | dict(overlay.extra)).items()]
    body = ",\n".join(map(_dump, features))
    return "{\n" + "".join(head) + '"features": [\n' + body + ("\n" if body else "") + "]\n}\n"


def _place_feature(place: UserPlace) -> dict[str, Any]:
    names = {
        f"{LANG_NAMES}{lang}": NAME_SEPARATOR.join(place.names[lang])
        for lang in sorted(place.names)
    }
    properties = {
        "id": place.id,
        "name": place.name,
        **names,
        "kind": place.kind,
        "country": place.country,
        "population": place.population or None,
        "uncertainty_km": place.uncertainty_km,
        "valid_from": place.valid_from,
        "valid_to": place.valid_to,
        "note": place.note,
    }
    return _feature(properties, place.extra, _geometry(place))


def _fix_feature(fix: Fix) -> dict[str, Any]:
    own = {"fix": fix.name, "to": fix.to, "country": fix.country, "lang": fix.lang}
    return _feature(own, fix.extra, None)


def _feature(own: dict[str, Any], extra: Mapping[str, Any], geometry: Any) -> dict[str, Any]:
    stated = {key: value for key, value in own.items() if value not in {None, ""}}
    foreign = {key: value for key, value in sorted(extra.items()) if key not in own}
    return {"type": "Feature", "properties": stated | foreign, "geometry": geometry}


def _geometry(place: UserPlace) -> Any:
    if place.geometry is not None:
        return json.loads(shapely.to_geojson(place.geometry))
    if place.lat is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _dump(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # Half a character, which a foreign property may hold escaped, has no UTF-8.
    return text if text == text.encode(errors="ignore").decode() else json.dumps(value)


def _prepared(path: Path) -> Path:
    """Return the file behind a link, which is to stay a link; make the user's data folder."""
    if path == default_overlay_path():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OverlayNotWritableError(path, error.strerror or str(error)) from error
    return Path(os.path.realpath(path))


def _replace(path: Path, data: bytes) -> None:
    umask = os.umask(0)
    os.umask(umask)
    mode = path.stat().st_mode if path.exists() else _READABLE & ~umask
    with tempfile.TemporaryDirectory(prefix=".geoevents-", dir=path.parent) as folder:
        work = Path(folder) / path.name
        with work.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        work.chmod(mode & 0o777)
        work.replace(path)


if sys.platform == "win32":

    @contextmanager
    def _locked(path: Path) -> Iterator[None]:
        """Keep other processes from changing the file in the meantime."""
        import msvcrt

        with Path(f"{path}.lock").open("wb") as file:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:

    @contextmanager
    def _locked(path: Path) -> Iterator[None]:
        """Keep other processes from changing the file in the meantime."""
        import fcntl

        # The folder is locked, as the file itself is replaced, and no lock file is left behind.
        try:
            folder = os.open(path.parent, os.O_RDONLY)
        except OSError:
            yield  # there is no folder, so that nobody else has the file
            return
        try:
            with suppress(OSError):  # some network drives know no locks
                fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)
