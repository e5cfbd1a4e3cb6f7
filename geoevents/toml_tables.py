"""Where in a TOML file does a table stand, and which of its values do not fit?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.errors import (
    EncodingError,
    InputNotFoundError,
    InputNotReadableError,
    OntologyError,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

MAX_BYTES = 4_000_000  # a lexicon of ten languages has less than a tenth of it
_SHOWN = 60  # characters of a wrong value that a message repeats
_LISTED = 20  # known names that a message lists
_FEW = 12  # names that are all listed; of more the nearest is named
# "[section]" or "[section.name]", the name bare or in quotes; with two brackets for arrays.
_HEADER = re.compile(
    r"""\s*\[{1,2}\s*([\w-]+)\s*(?:\.\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))\s*)?\]"""
)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file that was read, and what is wrong with it.

    Attributes
    ----------
    name
        As the user gave it.
    lines
        Its text.
    data
        What it holds.
    headers
        Line numbers of the headers of each table, by section and name.
    problems
        Line number and sentence of each; 0 for the file as a whole.
    """

    name: str
    lines: tuple[str, ...]
    data: dict[str, Any]
    headers: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def report(self, why: str, *, line: int = 0, where: str = "") -> None:
        """Note a problem, once."""
        at = ", ".join(filter(None, (repr(self.name), f"line {line}" if line else "", where)))
        problem = (line, f"{at}: {why}")
        if problem not in self.problems:
            self.problems.append(problem)

    def check(self) -> None:
        """Raise an error if problems were noted.

        Raises
        ------
        OntologyError
            Naming the first, and how many more there are.
        """
        if self.problems:
            raise OntologyError([why for _, why in sorted(self.problems)])

    def only_keys(self, known: Collection[str]) -> None:
        """Report top-level keys that mean nothing."""
        for key in self.data.keys() - known:
            header = re.compile(rf"^\s*(\[+\s*)?[\"']?{re.escape(key)}\b")
            self.report(_unknown("the key", key, known), line=self._find(header))

    def tables(self, section: str) -> Iterator[tuple[str, Table]]:
        """Yield the tables ``[section.name]`` by name."""
        for name, values in self._section(section).items():
            header = f"[{section}.{_quoted(name)}]"
            if isinstance(values, dict):
                yield name, Table(self, header, values, self._line(section, name))
            else:
                line = self._find(_key_pattern(name))
                self.report(f"it is {_shown(values)}: write a table {header}", line=line)

    def rows(self, section: str) -> Iterator[tuple[str, Table]]:
        """Yield the tables of the arrays ``[[section.name]]`` with the array's name."""
        for name, values in self._section(section).items():
            header = f"[[{section}.{_quoted(name)}]]"
            if not isinstance(values, list) or not all(isinstance(row, dict) for row in values):
                line = self._line(section, name) or self._find(_key_pattern(name))
                self.report(f"write {header} with two brackets", line=line, where=header)
                continue
            for number, row in enumerate(values):
                yield name, Table(self, header, row, self._line(section, name, number))

    def values(self, section: str) -> Table:
        """Return the table ``[section]``, empty where there is none."""
        line = self._line(section, "")
        return Table(self, f"[{section}]", self._section(section), line)

    def _section(self, section: str) -> dict[str, Any]:
        found = self.data.get(section, {})
        if isinstance(found, dict):
            return found
        self.report(f"it is {_shown(found)}: write tables as [{section}.NAME]", where=section)
        return {}

    def _line(self, section: str, name: str, number: int = 0) -> int:
        """Return the line of a header, 0 where the table is written without one."""
        found = self.headers.get((section, name), ())
        return found[number] if number < len(found) else 0

    def _find(self, pattern: re.Pattern[str]) -> int:
        """Return the number of the first line that fits, 0 where none does."""
        return next((n for n, line in enumerate(self.lines, start=1) if pattern.match(line)), 0)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file; what does not fit in it is reported to the file.

    Attributes
    ----------
    file
        The file.
    header
        Its header as it is written.
    values
        What it holds.
    line
        Line number of its header, 0 where it is written otherwise.
    """

    file: TomlFile
    header: str
    values: dict[str, Any]
    line: int

    def report(self, why: str, *, key: str = "") -> None:
        """Note a problem of the table or of one of its keys."""
        self.file.report(why, line=self._line_of(key) or self.line, where=self.header)

    def only_keys(self, known: Collection[str]) -> None:
        """Report keys that mean nothing."""
        for key in self.values.keys() - known:
            self.report(_unknown("the key", key, known), key=key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a value that must be text; without a default it must be there."""
        value = self.values.get(key, default)
        if isinstance(value, str) and value.strip():
            return value
        if value is None:
            self.report(f'{key!r} is missing: add {key} = "…"')
        elif value != default:
            self.report(f"{key!r} is {_shown(value)}: write text", key=key)
        return default or ""

    def choice(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """Return a value that must be one of some names."""
        value = self.text(key, default)
        if value and value not in known and value != default:
            self.report(_unknown(f"the {key}", value, known), key=key)
        return value

    def pattern(self, key: str, pattern: re.Pattern[str], what: str) -> str:
        """Return a text that must look in a certain way, "" where there is none."""
        value = self.text(key, "")
        if value and not pattern.fullmatch(value):
            self.report(f"{key!r} is {_shown(value)}: write {what}", key=key)
        return value

    def flag(self, key: str) -> bool:
        """Return a value that must be true or false; false where there is none."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.report(f"{key!r} is {_shown(value)}: write true or false", key=key)
        return bool(value)

    def words(self, key: str) -> list[str]:
        """Return a value that must be a list of words, none of them empty."""
        value = self.values.get(key, [])
        if isinstance(value, list) and all(isinstance(w, str) and w.strip() for w in value):
            return value
        self.report(f'{key!r} is {_shown(value)}: write a list of words, as ["…"]', key=key)
        return []

    def pairs(self, key: str) -> dict[str, str]:
        """Return a value that must be a table of names to names."""
        value = self.values.get(key, {})
        if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
            return value
        self.report(f'{key!r} is {_shown(value)}: write it as {{ subject = "actor" }}', key=key)
        return {}

    def one_of(self, value: str, known: Collection[str], *, what: str, key: str = "") -> bool:
        """Return whether a name is known, and report it where it is not."""
        if value not in known:
            self.report(_unknown(what, value, known), key=key)
        return value in known

    def _line_of(self, key: str) -> int:
        """Return the number of the line that gives a key, 0 where it is not found."""
        if not key or not self.line:
            return 0
        start = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        for number, text in enumerate(self.file.lines[self.line :], start=self.line + 1):
            if _HEADER.match(text):
                break
            if start.match(text):
                return number
        return 0


def read_toml(path: str | Path) -> TomlFile:
    """Read a file.

    Raises
    ------
    InputNotFoundError, InputNotReadableError, EncodingError
        If it cannot be read.
    OntologyError
        If it is too large, or no TOML.
    """
    name = str(path)
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        raise InputNotFoundError(name) from None
    except (OSError, ValueError) as error:
        raise InputNotReadableError(name, getattr(error, "strerror", None) or str(error)) from None
    if len(content) > MAX_BYTES:
        size = f"{MAX_BYTES // 1_000_000} MB"
        raise OntologyError([f"{name!r} is larger than {size}: leave out what is not used"])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EncodingError(name, None) from None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = str(error) if isinstance(error, ValueError) else "it is nested too deeply"
        raise OntologyError([f"{name!r} is no valid TOML ({why}): mend that place"]) from None
    lines = tuple(text.splitlines())
    return TomlFile(name, lines, data, _headers(lines))


def _headers(lines: Iterable[str]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for number, line in enumerate(lines, start=1):
        if header := _HEADER.match(line):
            section, *names = header.groups()
            found.setdefault((section, next(filter(None, names), "")), []).append(number)
    return found


def _key_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*[\"']?{re.escape(name)}[\"']?\s*=")


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else f'"{name[:_SHOWN]}"'


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _unknown(what: str, value: str, known: Iterable[str]) -> str:
    """Say that a name is not known, and which near or which at all are."""
    names = sorted(known)
    near = get_close_matches(value, names, n=1) if len(names) > _FEW else []
    if near:
        return f"{what} {_shown(value)} is not known: perhaps {near[0]!r} is meant"
    listed = ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
    return f"{what} {_shown(value)} is not known: use {listed or 'none'}"
