"""Which runs of words fit a pattern that a language's data spells out?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geoevents.extract.units import Unit

_SYMBOL = re.compile(r"<\w+>|\{\w+\}|[()|?]|[^\s()|?<>{}]+")

_LONGEST = 20
"""No pattern is longer, in units."""

Captures = tuple[tuple[str, Any], ...]


class _Pattern(Protocol):
    """A part of a pattern: where it matches, what it can open with, what it cannot do without."""

    def match(self, units: Sequence[Unit], at: int) -> Iterator[tuple[int, Captures]]: ...

    def opening(self) -> frozenset[str] | None: ...

    def needs(self) -> list[frozenset[str]]: ...


@dataclass(frozen=True, slots=True)
class _Atom:
    tag: str
    name: str

    def match(self, units: Sequence[Unit], at: int) -> Iterator[tuple[int, Captures]]:
        if at < len(units) and self.tag in units[at].tags:
            yield at + 1, ((self.name, units[at].tags[self.tag]),) if self.name else ()

    def opening(self) -> frozenset[str] | None:
        return frozenset({self.tag})

    def needs(self) -> list[frozenset[str]]:
        return [frozenset({self.tag})]


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Pattern, ...]

    def match(self, units: Sequence[Unit], at: int) -> Iterator[tuple[int, Captures]]:
        return self._from(0, units, at)

    def _from(self, part: int, units: Sequence[Unit], at: int) -> Iterator[tuple[int, Captures]]:
        if part == len(self.parts):
            yield at, ()
            return
        for middle, captures in self.parts[part].match(units, at):
            for end, more in self._from(part + 1, units, middle):
                yield end, captures + more

    def opening(self) -> frozenset[str] | None:
        tags: frozenset[str] = frozenset()
        for part in self.parts:
            found = part.opening()
            if found is None:
                return None
            tags |= found
            if not isinstance(part, _Optional):
                return tags
        return None

    def needs(self) -> list[frozenset[str]]:
        return [tags for part in self.parts for tags in part.needs()]


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[_Pattern, ...]

    def match(self, units: Sequence[Unit], at: int) -> Iterator[tuple[int, Captures]]:
        for option in self.options:
            yield from option.match(units, at)

    def opening(self) -> frozenset[str] | None:
        found = [option.opening() for option in self.options]
        if any(tags is None for tags in found):
            return None
        return frozenset(tag for tags in found if tags for tag in tags)

    def needs(self) -> list[frozenset[str]]:
        found = [option.needs() for option in self.options]
        return [frozenset().union(*(needs[0] for needs in found))] if all(found) else []


@dataclass(frozen=True, slots=True)
class _Optional:
    inner: _Pattern

    def match(self, units: Sequence[Unit], at: int) -> Iterator[tuple[int, Captures]]:
        yield from self.inner.match(units, at)
        yield at, ()

    def opening(self) -> frozenset[str] | None:
        return self.inner.opening()

    def needs(self) -> list[frozenset[str]]:
        return []


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means.

    Attributes
    ----------
    op
        Name of the operation that reads the captures.
    pattern
        The compiled pattern.
    settings
        The rule's other keys, for the operation.
    before, after
        Tags of which the unit before (after) must have one; empty for no condition.
    not_before, not_after
        Tags of which the unit before (after) must have none.
    without
        Tags that none of the units may have.
    stage
        Later stages see what earlier ones found as single units.
    rank
        Its own position in the files; of two rules that fit the same words the earlier wins.
    opening
        Tags of which the first unit must have one.
    needs
        Sets of tags of each of which one unit must have one, for the pattern to fit at all.
    text
        The pattern as the file writes it.
    """

    op: str
    pattern: _Pattern
    settings: Mapping[str, Any]
    before: frozenset[str]
    after: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]
    without: frozenset[str]
    stage: int
    rank: int
    opening: frozenset[str]
    needs: tuple[frozenset[str], ...]
    text: str

    def may_fit(self, tags: frozenset[str]) -> bool:
        """Return whether it may fit somewhere among units with such tags."""
        return not any(map(tags.isdisjoint, self.needs))

    def matches(self, units: Sequence[Unit], at: int) -> Iterator[tuple[int, Captures]]:
        """Yield (end, captures) of each way in which the rule fits from unit ``at`` on."""
        if not _fits(units, at - 1, self.before, self.not_before):
            return
        for end, captures in self.pattern.match(units, at):
            if end > at and _fits(units, end, self.after, self.not_after):
                if any(not self.without.isdisjoint(unit.tags) for unit in units[at:end]):
                    continue
                yield end, captures


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fitted the units ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    rule: Rule
    captures: Mapping[str, Any]


def _fits(units: Sequence[Unit], at: int, wanted: frozenset[str], barred: frozenset[str]) -> bool:
    tags = units[at].tags if 0 <= at < len(units) else {}
    return (not wanted or any(tag in wanted for tag in tags)) and not any(
        tag in barred for tag in tags
    )


def compile_rules(files: Sequence[dict[str, Any]]) -> tuple[list[Rule], frozenset[str]]:
    """Compile the ``rules`` of language files.

    Parameters
    ----------
    files
        Contents of language files. A pattern is a row of words and ``<class>`` captures (a digit
        after the class tells two apart: ``<day2>``), with ``( | )``, ``?`` and ``{macro}``.

    Returns
    -------
    rules
        In file order.
    literals
        Folded words that the patterns spell out.
    """
    macros = {name: text for file in files for name, text in file.get("macros", {}).items()}
    literals: set[str] = set()
    rows = [row for file in files for row in file.get("rules", ())]
    patterns = [(row, pattern) for row in rows for pattern in row["match"]]
    rules = [
        _rule(row, pattern, macros, literals, rank) for rank, (row, pattern) in enumerate(patterns)
    ]
    return rules, frozenset(literals)


def _rule(
    row: dict[str, Any], text: str, macros: Mapping[str, str], literals: set[str], rank: int
) -> Rule:
    conditions = {
        key: frozenset(_tag(word, literals)[0] for word in row.get(key, ()))
        for key in ("before", "after", "not_before", "not_after", "without")
    }
    settings = {key: value for key, value in row.items() if key not in {*conditions, "match"}}
    symbols = _SYMBOL.findall(_expand(text, macros))
    pattern, rest = _parse(symbols, literals)
    if rest:
        message = f"Pattern {text!r} has a closing bracket too many."
        raise ValueError(message)
    opening = pattern.opening()
    if not opening:
        message = f"Pattern {text!r} could match nothing at all."
        raise ValueError(message)
    return Rule(
        row["op"],
        pattern,
        settings,
        **conditions,
        stage=row.get("stage", 1),
        rank=rank,
        opening=opening,
        needs=tuple(pattern.needs()),
        text=text,
    )


def _expand(text: str, macros: Mapping[str, str]) -> str:
    while "{" in text:
        text = re.sub(r"\{(\w+)\}", lambda found: f"({macros[found.group(1)]})", text)
    return text


def _tag(word: str, literals: set[str]) -> tuple[str, str]:
    if word.startswith("<"):
        name = word[1:-1]
        return name.rstrip("23"), name
    folded = fold(word)
    literals.add(folded)
    return f"={folded}", ""


def _hyphenated(symbol: str) -> list[str]:
    """Return the words of a hyphenated one, which texts are split into, and its hyphens."""
    words = symbol.split("-")
    return [words[0], *(part for word in words[1:] for part in ("<dash>", word))]


def _parse(symbols: list[str], literals: set[str]) -> tuple[_Pattern, list[str]]:
    options: list[_Pattern] = []
    parts: list[_Pattern] = []
    while symbols and symbols[0] != ")":
        symbol, *symbols = symbols
        if symbol == "|":
            options.append(_Sequence(tuple(parts)))
            parts = []
        elif symbol == "?":
            parts[-1] = _Optional(parts[-1])
        elif symbol == "(":
            inner, symbols = _parse(symbols, literals)
            parts.append(inner)
            symbols = symbols[1:]
        else:
            parts += [_Atom(*_tag(word, literals)) for word in _hyphenated(symbol)]
    options.append(_Sequence(tuple(parts)))
    return (options[0] if len(options) == 1 else _Choice(tuple(options))), symbols


def index_rules(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    """Return the rules by tags of which one unit must have one: of all that it needs the fewest."""
    index: dict[str, list[Rule]] = {}
    for rule in rules:
        for tag in min((*rule.needs, rule.opening), key=len):
            index.setdefault(tag, []).append(rule)
    return index


def _tags_near(units: Sequence[Unit], at: int) -> frozenset[str]:
    return _tags_of(units[at : at + _LONGEST])


def _tags_of(units: Sequence[Unit]) -> frozenset[str]:
    return frozenset[str]().union(*[unit.tags for unit in units])


def _possible(index: Mapping[str, Sequence[Rule]], tags: frozenset[str]) -> list[Rule]:
    """Return the rules that may fit somewhere among units with such tags."""
    needed = {rule.rank: rule for tag in tags & index.keys() for rule in index[tag]}
    return [rule for rule in needed.values() if rule.may_fit(tags)]


def find_matches(units: Sequence[Unit], index: Mapping[str, Sequence[Rule]]) -> list[Match]:
    """Return matches that do not overlap, the longest kept first, in text order.

    Where the longest reading of a rule loses its words to a longer match, a shorter one may stay.

    Parameters
    ----------
    units
        The units of a text.
    index
        Rules by what they need, from :func:`index_rules`.
    """
    found: list[Match] = []
    possible = _possible(index, _tags_of(units))
    if not possible:
        return []
    for at, unit in enumerate(units):
        opened = [rule for rule in possible if not rule.opening.isdisjoint(unit.tags)]
        near = _tags_near(units, at) if opened else frozenset()
        for rule in opened:
            if not rule.may_fit(near):
                continue
            ways = dict(reversed([*rule.matches(units, at)]))
            found += [Match(at, end, rule, dict(captures)) for end, captures in ways.items()]
    taken: set[int] = set()
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (match.start - match.end, match.rule.rank)):
        if taken.isdisjoint(range(match.start, match.end)):
            taken.update(range(match.start, match.end))
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)
