"""The interface speaks each of its languages completely."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator

import pytest
from babel import Locale

from maps import basemap, words
from maps.data import data_path, load_toml

PLACEHOLDER = re.compile(r"\{\w+\}")
#: What a form may say in words, or not at all: "حدثان", "אירוע אחד", "لا أحداث".
TOLD = {
    "zero": {"{count}", "{total}", "{shown}"},
    "one": {"{count}", "{total}"},
    "two": {"{count}", "{total}"},
}
#: Letters that a word of the language must have, unless it is a sign or a name.
SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "he": "HEBREW", "ru": "CYRILLIC"}

Phrases = dict[str, str | dict[str, str]]


def sections(lang: str) -> dict[str, Phrases]:
    """Return the file's own words, without those filled in from English."""
    raw = tomllib.loads(data_path("maps", "languages", f"{lang}.toml").read_text("utf-8"))
    return {name: words for name, words in raw.items() if isinstance(words, dict)}


def plurals(lang: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the phrases that go with a number, with their forms."""
    for name, part in sections(lang).items():
        for key, word in part.items():
            if isinstance(word, dict):
                yield f"{name}.{key}", word


def usual(word: str | dict[str, str]) -> str:
    """Return the form that has every placeholder."""
    return word["other"] if isinstance(word, dict) else word


def texts(lang: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language, each form of a plural by itself."""
    for name, part in sections(lang).items():
        for key, word in part.items():
            for form, text in word.items() if isinstance(word, dict) else [("", word)]:
                yield f"{name}.{key}.{form}".rstrip("."), text


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
            assert sorted(PLACEHOLDER.findall(usual(word))) == sorted(
                PLACEHOLDER.findall(usual(english[name][key]))
            ), f"{name}.{key}"
            assert isinstance(word, dict) == isinstance(english[name][key], dict), f"{name}.{key}"


@pytest.mark.parametrize("lang", words.languages())
def test_a_phrase_with_a_number_has_the_forms_of_the_language_and_no_other(lang: str) -> None:
    """Arabic has six forms, Russian four, Hebrew and French three, as CLDR lists them."""
    needed = set(Locale.parse(lang).plural_form.tags) | {"other"}
    found = dict(plurals(lang))
    assert "ui.here" in found
    for key, forms in found.items():
        assert set(forms) == needed, key
        for form, text in forms.items():
            lacking = set(PLACEHOLDER.findall(forms["other"])) - set(PLACEHOLDER.findall(text))
            assert lacking <= TOLD.get(form, set()), f"{key}.{form}"


@pytest.mark.parametrize("lang", words.languages())
def test_texts_are_clean(lang: str) -> None:
    """No text is empty, padded, decomposed, or holds a direction mark."""
    for key, text in texts(lang):
        assert text, key
        assert text == text.strip() == unicodedata.normalize("NFC", text), key
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\t\n]|  ", text), key


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
def test_words_are_written_in_the_letters_of_their_language(lang: str) -> None:
    """Nothing was left in English: a text of Latin letters alone is only a code or a pattern."""
    for key, text in texts(lang):
        letters = [sign for sign in PLACEHOLDER.sub("", text) if sign.isalpha()]
        if key.startswith("language.") or not letters:
            continue
        assert any(unicodedata.name(sign).startswith(SCRIPTS[lang]) for sign in letters), key


@pytest.mark.parametrize("lang", words.languages())
def test_a_language_names_itself(lang: str) -> None:
    """The page takes the plural rules of the words from here: they may not be its own language."""
    assert words.load(lang).of("language", "code") == lang
    assert words.load("sw").of("language", "code") == "en"


def test_a_phrase_with_a_number_stands_alone_in_its_usual_form() -> None:
    """Whoever asks for it without a number gets a text."""
    assert words.load("en").of("ui", "here") == "{count} events here"


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
