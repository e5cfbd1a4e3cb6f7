"""The lists of names that are common words hold what misleads a reader of names."""

from __future__ import annotations

import pytest

from gazetteer.data import data_path
from gazetteer.text.normalize import fold
from tools.build_common_words import reads_as_name, zipf

LANGUAGES = ("ar", "en", "fa", "fr", "he", "ru", "tr")


def rows(lang: str) -> list[list[str]]:
    """Return the rows of a list, its header first."""
    table = data_path("languages", lang, "common_words.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in table.splitlines()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_single_folded_and_sorted(lang: str) -> None:
    """A reader can look a folded word of a text up as it is, by bisection if it likes."""
    header, *entries = rows(lang)
    words = [word for word, _ in entries]
    assert header == ["word", "zipf"]
    assert words == sorted(set(words))
    assert all(word.isalpha() and word == fold(word) for word in words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_frequencies_lie_on_the_zipf_scale(lang: str) -> None:
    """One decimal, from rare (2) to the commonest word there is (8)."""
    assert all(2 <= float(value) <= 8 and value[-2] == "." for _, value in rows(lang)[1:])


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("ar", "إلى"),
        ("ar", "بين"),
        ("ar", "التي"),
        ("en", "reading"),
        ("en", "mobile"),
        ("tr", "bu"),
    ],
)
def test_words_that_are_names_by_chance_are_listed(lang: str, word: str) -> None:
    """Ely, Pine, Tea, Reading and Mobile are towns; these words are hardly ever."""
    assert fold(word) in {listed for listed, _ in rows(lang)[1:]}


def test_particles_are_cut_only_where_they_are_written_glued() -> None:
    """Arabic و is glued to the next word; English "a" is not."""
    assert reads_as_name("وبري", frozenset({"بري"}), lang="ar")
    assert reads_as_name("للبصره", frozenset({"البصره"}), lang="ar")
    assert not reads_as_name("abury", frozenset({"bury"}), lang="en")


def test_zipf_counts_in_a_thousand_million() -> None:
    """Once in a million words is 3.0."""
    assert zipf(1e-6) == 3.0
