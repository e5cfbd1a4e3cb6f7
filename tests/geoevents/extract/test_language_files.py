"""The language files that linguists edit name only operations, classes and macros that exist."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gazetteer.data import data_path
from geoevents.event import Casualties
from geoevents.extract.dates import find_times
from geoevents.extract.grammar import compile_rules, index_rules
from geoevents.extract.operations import OPERATIONS
from geoevents.extract.quantities import find_casualties
from geoevents.extract.units import language_files

LANGUAGES = sorted(path.parent.name for path in data_path("languages").glob("*/time.toml"))
COMPUTED = {
    "num", "digits", "day", "dayword", "monthnum", "hour", "minute", "year", "oldyear", "dotted",
    "word", "ordinal", "time", "clock",
}  # fmt: skip


def classes(files: list[dict[str, Any]]) -> set[str]:
    """Return the classes that the words and signs of language files define."""
    return {name for file in files for key in ("words", "signs") for name in file.get(key, {})}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["time.toml", "numbers.toml"])
def test_every_pattern_names_classes_that_exist(lang: str, name: str) -> None:
    """A misspelt class would never match, and nobody would notice."""
    files = language_files(lang, name)
    known = classes([*files, *language_files(lang, "numbers.toml")]) | COMPUTED
    known |= {f"at_{op}" for op in OPERATIONS}
    text = repr([(file.get("rules"), file.get("macros")) for file in files])
    assert {found.rstrip("23") for found in re.findall(r"<(\w+)>", text)} <= known


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["time.toml", "numbers.toml"])
def test_every_rule_compiles_and_names_a_known_operation(lang: str, name: str) -> None:
    """A pattern with an unknown macro or an open bracket fails here, not at a reader's."""
    rules, _ = compile_rules(language_files(lang, name))
    assert bool(index_rules(rules)) == bool(rules)
    assert {rule.op for rule in rules} <= {*OPERATIONS, "casualties"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_month_and_weekday_has_a_name(lang: str) -> None:
    """Twelve months and seven weekdays, in every language but the shared one."""
    words = language_files(lang, "time.toml")[-1].get("words", {})
    if lang != "und":
        assert sorted(map(int, words["month"])) == list(range(1, 13))
        assert sorted(map(int, words["weekday"])) == list(range(1, 8))


def test_a_language_without_files_reads_what_all_languages_share() -> None:
    """Nothing fails; numeric dates are read, casualties are not."""
    assert [time.start for time in find_times("zzz 2020-09-27", lang="sw")] == ["2020-09-27"]
    assert find_casualties("watu 12", lang="sw") == list[tuple[Casualties, Any]]()
