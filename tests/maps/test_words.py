"""The interface speaks each of its languages completely."""

import re
import tomllib

import pytest

from maps import basemap, words
from maps.data import data_path, load_toml

PLACEHOLDER = re.compile(r"\{\w+\}")


def sections(lang: str) -> dict[str, dict[str, str]]:
    """Return the file's own words, without those filled in from English."""
    raw = tomllib.loads(data_path("maps", "languages", f"{lang}.toml").read_text("utf-8"))
    return {name: words for name, words in raw.items() if isinstance(words, dict)}


def test_seven_languages_are_spoken() -> None:
    """The languages that are promised are there."""
    assert words.languages() == ("ar", "en", "fa", "fr", "he", "ru", "tr")


@pytest.mark.parametrize("lang", words.languages())
def test_a_language_has_every_word_and_no_other(lang: str) -> None:
    """Same sections, same keys, same placeholders as English, no word empty."""
    english, own = sections("en"), sections(lang)
    assert {name: set(part) for name, part in own.items()} == {
        name: set(part) for name, part in english.items()
    }
    for name, part in own.items():
        for key, word in part.items():
            assert word.strip()
            assert set(PLACEHOLDER.findall(word)) == set(PLACEHOLDER.findall(english[name][key]))


@pytest.mark.parametrize("lang", words.languages())
def test_a_languages_direction_is_the_one_its_file_names(lang: str) -> None:
    """Code and data agree on what is written from right to left."""
    assert words.direction(lang) == load_toml("maps", "languages", f"{lang}.toml")["direction"]


@pytest.mark.parametrize("lang", words.languages())
def test_every_country_has_a_name_in_every_language(lang: str) -> None:
    """No label is empty, and Arabic names are Arabic."""
    labels = basemap.labels(lang)
    assert len(labels) > 230
    assert all(name for name, *_ in labels)
    if lang == "ar":
        assert "أذربيجان" in {name for name, *_ in labels}


def test_a_regional_variant_reads_as_its_language() -> None:
    """Egyptian Arabic gets Arabic words; a language without words gets English ones."""
    assert words.load("ar-EG").of("types", "movement.flight") == "رحلة جوية"
    assert words.load("ar_EG").direction == "rtl"
    assert words.load("sw").of("types", "movement.flight") == "Flight"
