"""Which event words does a user's file add, replace and remove, language by language?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import data_path, load_toml
from geoevents.event import ASPECTS
from geoevents.extract.lexicon import COMPANY_KEYS, WORD_KEYS, known_as, never_matching, without
from geoevents.extract.morphology import load_morphology
from geoevents.extract.reading import ORGANISATION, PLACE
from geoevents.ontology import OwnWords, builtin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geoevents.toml_tables import Table, TomlFile

WEIGHT = 0.8
"""Weight of a trigger that states none: what a word that is seldom meant otherwise has in ours."""
TRIGGER_KEYS = frozenset(
    {
        "type", "after", "cases", "frame", "aspect", "roles", "weight", "weak", "generic",
        "replaces",
        *WORD_KEYS, *COMPANY_KEYS,
    }
)  # fmt: skip
REMOVE_KEYS = frozenset({"types", *WORD_KEYS})
_FILES = ("cues.toml", "events.toml", "morphology.toml")  # that a language of events has
_CLASS = re.compile(r"@([\w-]+)")
_CASE = 2  # a class and a type
_ROLE = re.compile(r"[a-z][a-z_]{0,39}")


@dataclass(frozen=True, slots=True)
class Names:
    """What the words of a file may refer to: types and frames by name."""

    types: Mapping[str, Any]
    frames: Mapping[str, Any]


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have event words, sorted."""
    folders = data_path("languages").iterdir()
    return tuple(
        sorted(one.name for one in folders if all((one / name).is_file() for name in _FILES))
    )


def read_words(file: TomlFile, names: Names) -> dict[str, OwnWords]:
    """Return the words of a file by language; what does not fit is reported to the file.

    Parameters
    ----------
    file
        With tables ``[classes.LANG]``, ``[[trigger.LANG]]`` and ``[[remove.LANG]]``.
    names
        Types and frames, built in or of the file.
    """
    classes = {
        lang: {name: table.words(name) for name in table.values}
        for lang, table in file.tables("classes")
        if table.one_of(lang, languages(), what="the language")
    }
    removed = _by_language(file, "remove")
    triggers = _by_language(file, "trigger")
    found = {}
    for lang in sorted(classes.keys() | removed.keys() | triggers.keys()):
        builtin_rows = load_toml("languages", lang, "events.toml")
        own = classes.get(lang, {})
        known = {*builtin_rows["classes"], *own, PLACE, ORGANISATION}
        for table in removed.get(lang, ()):
            _check_removal(table, builtin_rows["trigger"])
        for table in triggers.get(lang, ()):
            _check_trigger(table, lang, names, known, builtin_rows["trigger"])
        found[lang] = OwnWords(
            classes=own,
            removed=[table.values for table in removed.get(lang, ())],
            triggers=[{"weight": WEIGHT, **t.values} for t in triggers.get(lang, ())],
        )
    return found


def participants(table: Table, key: str) -> dict[str, str]:
    """Return a value that gives the role of each part of the clause."""
    pairs = table.pairs(key)
    for part, role in pairs.items():
        table.one_of(part, _parts(), what="the part of the clause", key=key)
        if not _ROLE.fullmatch(role):
            table.report(f'{role!r} is no name of a role: use a-z and _, as "actor"', key=key)
    return pairs


@cache
def _parts() -> frozenset[str]:
    """Return the parts of the clause that types give roles to."""
    return frozenset(part for one in builtin().types.values() for part in one.participants)


def _by_language(file: TomlFile, section: str) -> dict[str, list[Table]]:
    found: dict[str, list[Table]] = {}
    for lang, table in file.rows(section):
        if table.one_of(lang, languages(), what="the language"):
            found.setdefault(lang, []).append(table)
    return found


def _check_trigger(
    table: Table,
    lang: str,
    names: Names,
    classes: set[str],
    builtin_rows: Sequence[Mapping[str, Any]],
) -> None:
    """Report what would make a trigger mean nothing, or never be found."""
    table.only_keys(TRIGGER_KEYS)
    table.choice("type", names.types, "")
    table.choice("after", names.types, "")
    table.choice("frame", names.frames, "")
    table.choice("aspect", ASPECTS, "")
    for key in ("weak", "generic", "replaces"):
        table.flag(key)
    weight = table.values.get("weight", WEIGHT)
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 < weight < 1:
        table.report("'weight' is no probability: write a number between 0 and 1", key="weight")
    participants(table, "roles")
    _check_cases(table, names)
    if not table.values.get("type") and not table.values.get("cases"):
        table.report('it names no event: add type = "family.type", or cases')
    listed = {key: table.words(key) for key in (*WORD_KEYS, *COMPANY_KEYS)}
    for key, words in listed.items():
        for name in sorted({n for word in words for n in _CLASS.findall(word)} - classes):
            table.one_of(name, classes, what="the class", key=key)
    _check_words(table, lang, listed)
    if table.values.get("replaces") is True:
        _check_replacement(table, builtin_rows)


def _check_cases(table: Table, names: Names) -> None:
    cases = table.values.get("cases", [])
    fits = isinstance(cases, list) and all(
        isinstance(case, list) and len(case) == _CASE and all(isinstance(x, str) for x in case)
        for case in cases
    )
    if not fits:
        table.report('\'cases\' are no pairs: write [["@class", "family.type"]]', key="cases")
        return
    for _, kind in cases:
        table.one_of(kind, names.types, what="the type", key="cases")


def _check_words(table: Table, lang: str, listed: Mapping[str, Sequence[str]]) -> None:
    words = {key: listed[key] for key in WORD_KEYS}
    if not any(words.values()):
        table.report("it has no words: add verbs, nouns or phrases")
    morphology = load_morphology(lang)
    if morphology is not None:
        for phrase in never_matching(morphology, words):
            why = "can never be found: begin with a word, not with a class or a gap"
            table.report(f"{phrase!r} {why}")


def _check_removal(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Report what a removal asks for and no built-in trigger has."""
    table.only_keys(REMOVE_KEYS)
    if not any(table.words(key) for key in REMOVE_KEYS):
        table.report("it removes nothing: name types, verbs, nouns or phrases")
    for kind in table.words("types"):
        table.one_of(kind, builtin().types, what="the built-in type", key="types")
    for key, word in _not_there(table, rows):
        known = sorted({known_as(key, one) for row in rows for one in row.get(key, ())})
        near = get_close_matches(known_as(key, word), known, n=1)
        hint = f"perhaps {near[0]!r} is meant" if near else "take it out"
        table.report(f"no built-in trigger has {word!r} among its {key}: {hint}", key=key)


def _check_replacement(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Report a trigger that replaces none of the built-in ones."""
    words = [(key, word) for key in WORD_KEYS for word in table.words(key)]
    if words and words == list(_not_there(table, rows)):
        table.report("no built-in trigger has any of its words: leave this out", key="replaces")


def _not_there(table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield key and word of what no built-in trigger has, or none of the types named."""
    types = {"types": table.words("types")} if "types" in table.values else {}
    for key in WORD_KEYS:
        for word in table.words(key):
            if all(without(row, {**types, key: [word]}) == row for row in rows):
                yield key, word
