"""Which event types and words does a user's file add to the built-in ones?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from geoevents import codebooks
from geoevents.event import ASPECTS, PLACE_ROLES
from geoevents.ontology import GEOMETRIES, SCHEMES, Look, Ontology, builtin, make_type
from geoevents.ontology_words import Names, participants, read_words
from geoevents.toml_tables import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geoevents.ontology import EventType
    from geoevents.toml_tables import Table, TomlFile

VERSION = "1"
OTHER = "other"
"""Key of the style of a family that has none of its own."""
SECTIONS = frozenset(
    {"version", "families", "frames", "types", "styles", "classes", "trigger", "remove"}
)
TYPE_KEYS = frozenset(
    {
        "label", "definition", "geometry", "frame", "participants", "aspect", "place_of",
        "counted", "style", *SCHEMES,
    }
)  # fmt: skip
STYLE_KEYS = frozenset({"label", "like", "light", "dark", "shape", "glyph"})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TYPE_NAME = re.compile(rf"{_NAME.pattern}\.{_NAME.pattern}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-., ]{1,2000}")  # of SVG path data


def read_ontology(path: str | Path) -> Ontology:
    """Read a file of own event types, styles and event words, on top of the built-in ones.

    Parameters
    ----------
    path
        TOML file as ``docs/ontology.md`` describes it.

    Returns
    -------
    Ontology
        To be given to :func:`geoevents.find_events` and :func:`geoevents.event_table`.

    Raises
    ------
    InputNotFoundError, InputNotReadableError, EncodingError
        If the file cannot be read.
    OntologyError
        If something in it does not fit: which line, what, and what to write instead.

    Examples
    --------
    >>> ontology = read_ontology("data/samples/own-events.toml")
    >>> ontology.types["agriculture.locust_swarm"].geometry
    'area'
    """
    file = read_toml(path)
    file.only_keys(SECTIONS)
    if file.data.get("version", VERSION) != VERSION:
        file.report(f"'version' is {file.data['version']!r}: write version = {VERSION!r}")
    families = {**builtin().families, **_families(file)}
    frames = {**builtin().frames, **_frames(file)}
    looks = _looks(file)
    styles = frozenset(builtin().families) | {OTHER} | looks.keys()
    types = {**builtin().types}
    for name, table in file.tables("types"):
        made = _type(name, table, families=families, frames=frames, styles=styles)
        if made is not None:
            types[name] = made
    words = read_words(file, Names(types=types, frames=frames))
    file.check()
    return Ontology(types=types, families=families, frames=frames, looks=looks, words=words)


def _families(file: TomlFile) -> dict[str, str]:
    table = file.values("families")
    for name in table.values:
        if not _NAME.fullmatch(name):
            table.report(f"{name!r} is no name of a family: use a-z, 0-9 and _", key=name)
    return {name: table.text(name) for name in table.values}


def _frames(file: TomlFile) -> dict[str, dict[str, str]]:
    relations = {relation for frame in builtin().frames.values() for relation in frame}
    found: dict[str, dict[str, str]] = {}
    for name, table in file.tables("frames"):
        if name in builtin().frames:
            table.report("this frame is built in and cannot change: give yours another name")
        table.only_keys(relations)
        found[name] = {relation: table.text(relation) for relation in table.values}
        for relation, role in found[name].items():
            table.one_of(role, PLACE_ROLES, what="the role", key=relation)
    return found


def _looks(file: TomlFile) -> dict[str, Look]:
    known = frozenset(builtin().families) | {OTHER}
    found: dict[str, Look] = {}
    for name, table in file.tables("styles"):
        table.only_keys(STYLE_KEYS)
        if not _NAME.fullmatch(name):
            table.report(f"{name!r} is no name of a style: use a-z, 0-9 and _")
        path = 'SVG path data, as "M12 1 23 22H1Z"'
        found[name] = Look(
            # A built-in style that only gets other colours keeps its name in every language.
            label=table.text("label", "" if name in known else None),
            like=table.choice("like", known, name if name in known else OTHER),
            light=table.pattern("light", _COLOUR, 'a colour as "#1d5fa8"'),
            dark=table.pattern("dark", _COLOUR, 'a colour as "#7db8f5"'),
            shape=table.pattern("shape", _PATH, path),
            glyph=table.pattern("glyph", _PATH, path),
        )
    return found


def _type(
    name: str,
    table: Table,
    *,
    families: Mapping[str, str],
    frames: Mapping[str, Mapping[str, str]],
    styles: frozenset[str],
) -> EventType | None:
    """Return a new type, or a built-in one with some of its values changed; None if unnamable."""
    table.only_keys(TYPE_KEYS)
    if not _TYPE_NAME.fullmatch(name):
        table.report(
            f'{name!r} is no name of a type: write [types."family.type"] with quotes, of a-z, '
            "0-9 and _"
        )
        return None
    family = name.partition(".")[0]
    if family not in families:
        table.one_of(family, families, what="the family")
        return None
    data = load_toml("ontology", "events.toml")
    known = data["types"].get(name)
    base: Mapping[str, Any] = known or {
        "geometry": "point",
        "frame": "happening",
        "participants": {"subject": "actor", "object": "target", "by": "actor"},
        "aspect": "single",
        "counted": False,
        "style": family if family in styles else OTHER,
        **dict.fromkeys(SCHEMES, ""),
    }
    row = {
        **base,
        "label": table.text("label", base.get("label")),
        "definition": table.text("definition", base.get("definition")),
        "geometry": table.choice("geometry", GEOMETRIES, base["geometry"]),
        "frame": table.choice("frame", frames, base["frame"]),
        "aspect": table.choice("aspect", ASPECTS, base["aspect"]),
        "style": table.choice("style", styles, base["style"]),
        "place_of": table.choice("place_of", families, base.get("place_of", "")),
    }
    if "counted" in table.values:
        row["counted"] = table.flag("counted")
    if "participants" in table.values:
        row["participants"] = participants(table, "participants")
    row |= {scheme: _code(table, scheme) for scheme in SCHEMES if scheme in table.values}
    if row["frame"] not in frames:  # reported; the type is still there for the words
        row["frame"] = base["frame"]
    return make_type(name, row, frames=frames, reasons=data["reasons"])


def _code(table: Table, scheme: str) -> str | Mapping[str, str]:
    """Return a code that the scheme's codebook has, or why it has none."""
    value = table.values[scheme]
    if isinstance(value, dict) and value.keys() == {"none"} and isinstance(value["none"], str):
        return value
    code = table.text(scheme, "")
    if code:
        table.one_of(code, codebooks.codes(scheme), what=f"the {scheme} code", key=scheme)
    return code
