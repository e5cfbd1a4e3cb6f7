"""How is the memory-mapped index made from the shipped data, and from the full GeoNames?"""

from __future__ import annotations

import gc
import glob
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from gazetteer.data import data_path
from gazetteer.errors import IndexNotWritableError, SourceError
from gazetteer.index import layout
from gazetteer.index.areas import write_areas
from gazetteer.index.columns import Texts, load, save, save_texts_in_order
from gazetteer.index.draft import Draft, embedded_draft
from gazetteer.index.island_points import move_points_to_people
from gazetteer.index.keys import write_keys
from gazetteer.index.namesakes import share_spellings
from gazetteer.index.places import NameColumns, PlaceColumns, write_places
from gazetteer.index.plain_names import call_by_plain_names, call_without_generic_words
from gazetteer.index.renderings import add_renderings
from gazetteer.index.seats import lend_names_to_seats
from gazetteer.index.sounds import write_sounds
from gazetteer.index.space import write_space
from gazetteer.index.spellings import add_spellings
from gazetteer.index.waters import call_rivers_by_bare_names, tell_bare_names
from gazetteer.kinds import presumed_inhabitants, prominence_of

if TYPE_CHECKING:
    from gazetteer.index.world import World

Progress = Callable[[float, str], None]
"""Called with the share that is done, 0 to 1, and what is being done."""

_ABANDONED_S = 3600.0  # nobody works on a draft that was begun so many seconds ago
_DIVISION_LEVELS = 2  # settlements in divisions, divisions in larger regions


def build_index(
    target: Path,
    *,
    draft: Draft | None = None,
    world: World | None = None,
    on_progress: Progress | None = None,
) -> Path:
    """Make an index in a new folder, whole or not at all.

    Parameters
    ----------
    target
        Folder to make. When it appears meanwhile, made by another process, that one is kept.
    draft
        What goes into it; by default the embedded places and names.
    world
        Files of GeoNames whose places and names come in addition; by default none.
    on_progress
        Called as the work goes on.

    Returns
    -------
    Path
        ``target``.

    Raises
    ------
    IndexNotWritableError
        If the folder cannot be written.
    """
    report = on_progress or (lambda _share, _what: None)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise IndexNotWritableError(target.parent, error.strerror or str(error)) from error
    try:
        _write_index(folder, draft, world, report)
        _publish(folder, target)
    except SourceError:  # some of them are errors of the system, too
        raise
    except OSError as error:
        raise IndexNotWritableError(target, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return target


def _sweep(target: Path) -> None:
    """Remove the drafts of this index that killed processes left behind."""
    for folder in target.parent.glob(f".{glob.escape(target.name)}-*"):
        if time.time() - folder.stat().st_mtime > _ABANDONED_S:
            shutil.rmtree(folder, ignore_errors=True)


def _publish(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError:
        if not (target / layout.MANIFEST).exists():
            raise


def _write_index(folder: Path, draft: Draft | None, world: World | None, report: Progress) -> None:
    report(0.0, "reading places and names")
    if world is not None:
        world.read(report)  # a file that is of another kind is told at once
    draft = draft or embedded_draft()
    move_points_to_people(draft)
    call_by_plain_names(draft)
    call_without_generic_words(draft)
    lend_names_to_seats(draft)
    call_rivers_by_bare_names(draft)
    share_spellings(draft)
    tell_bare_names(draft)
    add_renderings(draft)
    add_spellings(draft)
    gc.collect()
    report(0.2, "writing areas")
    write_areas(folder, draft.areas)
    places, names = PlaceColumns.of(draft.places), NameColumns.of(draft.names)
    del draft
    if world is not None:
        report(0.2, "joining places")
        places, names = world.joined(places, names)
    report(0.25, "writing places")
    vocabularies = write_places(folder, places)
    write_space(folder, places.lat_e5, places.lon_e5)
    prominence = _prominence(places)
    n_places = len(places)
    del places  # the names need the room
    report(0.3, "writing names")
    vocabularies |= _write_names(folder, names, n_places)
    del names
    report(0.4, "indexing names")
    kinds = vocabularies["name_kind"]
    code = kinds.index(layout.CODE) if layout.CODE in kinds else len(kinds)
    n_names = len(load(folder, "name_place"))
    is_code = load(folder, "name_kind") == code
    n_keys = write_keys(
        folder, Texts(folder, "name"), load(folder, "name_place"), is_code, prominence
    )
    report(0.7, "indexing sounds")
    keys = marisa_trie.Trie().mmap(str(folder / layout.KEYS))
    scripts = write_sounds(folder, keys, _of_keys(folder, prominence))
    save(folder, "scripts", _scripts_of_places(folder, scripts, n_places))
    save(folder, "prominence", prominence)
    report(0.95, "finishing")
    counts = {"places": n_places, "names": n_names, "keys": n_keys}
    _write_manifest(folder, vocabularies, counts, world)
    report(1.0, "done")


def _prominence(places: PlaceColumns) -> np.ndarray[Any, Any]:
    """Return how prominent each place is, in tenths; see :mod:`gazetteer.kinds`."""
    kinds, codes = places.kind.values, places.kind.codes
    by_kind = np.array([prominence_of(kind) for kind in kinds])[codes]
    presumed = np.array([presumed_inhabitants(kind) for kind in kinds])[codes]
    own = np.where(places.population > 0, places.population, presumed)
    inhabitants = np.log10(np.maximum(own, _held_inhabitants(places)) + 1.0)
    tenths: np.ndarray[Any, Any] = np.rint(10 * np.maximum(by_kind, inhabitants)).astype(np.uint8)
    return tenths


def _held_inhabitants(places: PlaceColumns) -> np.ndarray[Any, Any]:
    """Return how many people live in the settlements of each division, and of those in it."""
    inside = places.admin1 >= 0
    held: np.ndarray[Any, Any] = np.zeros(len(places))
    for _level in range(_DIVISION_LEVELS):
        people = (places.population + held)[inside]
        held = np.bincount(places.admin1[inside], people, minlength=len(places))
    return held


def _of_keys(folder: Path, prominence: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return that of each key's most prominent place."""
    place = load(folder, "name_place")[load(folder, "posting_name")]
    starts = load(folder, "first_posting")[:-1]
    most: np.ndarray[Any, Any] = np.maximum.reduceat(prominence[place], starts)
    return most


def _scripts_of_places(
    folder: Path, of_key: np.ndarray[Any, Any], n_places: int
) -> np.ndarray[Any, Any]:
    """Return the scripts in which each place has a name, as bits."""
    counts = np.diff(load(folder, "first_posting"))
    place = load(folder, "name_place")[load(folder, "posting_name")]
    scripts = np.zeros(n_places, dtype=np.uint8)
    np.bitwise_or.at(scripts, place, np.repeat(of_key, counts))
    return scripts


def _write_names(folder: Path, names: NameColumns, n_places: int) -> dict[str, list[str]]:
    order = np.lexsort((names.rank, names.place)).astype(np.int32)
    order = order[names.place[order] >= 0]
    place = names.place[order]
    save(folder, "name_place", place)
    starts = np.searchsorted(place, np.arange(n_places + 1)).astype(np.int32)
    save(folder, "first_name", starts)
    save(folder, "name_lang", names.lang.codes[order].astype(np.uint16))
    save(folder, "name_kind", names.kind.codes[order].astype(np.uint8))
    save_texts_in_order(folder, "name", names.blob, names.offsets, order)
    return {"name_lang": list(names.lang.values), "name_kind": list(names.kind.values)}


def _write_manifest(
    folder: Path,
    vocabularies: dict[str, list[str]],
    counts: dict[str, int],
    world: World | None,
) -> None:
    shipped = json.loads(data_path("gazetteer", layout.MANIFEST).read_text(encoding="utf-8"))
    manifest = {
        "schema": layout.INDEX_SCHEMA,
        "fingerprint": layout.data_fingerprint(),
        "data_version": shipped["data_version"],
        "world": world.describe() if world is not None else {},
        "counts": counts,
        "vocabularies": vocabularies,
        "files": {path.name: path.stat().st_size for path in sorted(folder.iterdir())},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / layout.MANIFEST).write_text(text, encoding="utf-8")
