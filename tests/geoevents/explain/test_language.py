"""The page that explains speaks each of the map's languages completely."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from babel import Locale

from gazetteer import Gazetteer
from gazetteer.data import load_toml
from geoevents.article import Article
from geoevents.explain import explain_page
from geoevents.explain.language import english, figure, languages, load
from geoevents.extract.pipeline import extract
from maps import words as words_of_maps

PLACEHOLDER = re.compile(r"\{\w+\}")
#: Letters that a word of the language must have, unless it is a sign.
SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "he": "HEBREW", "ru": "CYRILLIC"}
OTHERS = tuple(lang for lang in languages() if lang != "en")
TEXT = "Two cargo planes landed in Baku from Ankara on Thursday, officials said."

Phrases = dict[str, str | dict[str, str]]


def sections(lang: str) -> dict[str, Phrases]:
    """Return the language's own words, without those filled in from English."""
    found = english() if lang == "en" else load_toml("ontology", "explain", f"{lang}.toml")
    return {name: part for name, part in found.items() if isinstance(part, dict)}


def texts(lang: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language, each form of a plural by itself."""
    for name, part in sections(lang).items():
        for key, word in part.items():
            for form, text in word.items() if isinstance(word, dict) else [("", word)]:
                yield f"{name}.{key}.{form}".rstrip("."), text


def island(page: str) -> Any:
    """Return what a page's island holds."""
    found = re.search(r'id="ev-data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_it_speaks_the_languages_of_the_map() -> None:
    """Each of them, and no other."""
    assert languages() == words_of_maps.languages()


@pytest.mark.parametrize("lang", OTHERS)
def test_a_language_has_every_word_and_no_other(lang: str) -> None:
    """Same sections, same keys, same blanks as English: also each rule and each meaning."""
    own = sections(lang)
    assert {name: set(part) for name, part in own.items()} == {
        name: set(part) for name, part in sections("en").items()
    }
    for name, part in sections("en").items():
        for key, word in part.items():
            blanks = [
                set(PLACEHOLDER.findall(one["other"] if isinstance(one, dict) else one))
                for one in (word, own[name][key])
            ]
            assert blanks[0] == blanks[1], f"{name}.{key}"


@pytest.mark.parametrize("lang", languages())
def test_a_phrase_with_a_number_has_the_forms_of_the_language(lang: str) -> None:
    """As CLDR lists them."""
    forms = sections(lang)["page"]["may_mean"]
    assert set(forms) == set(Locale.parse(lang).plural_form.tags) | {"other"}


@pytest.mark.parametrize("lang", languages())
def test_texts_are_clean(lang: str) -> None:
    """No text is empty, padded on its outer side, decomposed, or holds a direction mark."""
    for key, text in texts(lang):
        assert text, key
        assert text == text.strip() == unicodedata.normalize("NFC", text), key
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\t\n]|  ", text), key


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
def test_words_are_written_in_the_letters_of_their_language(lang: str) -> None:
    """Nothing was left in English."""
    for key, text in texts(lang):
        letters = [sign for sign in PLACEHOLDER.sub("", text) if sign.isalpha()]
        own = [sign for sign in letters if unicodedata.name(sign).startswith(SCRIPTS[lang])]
        assert own or not letters, key


@pytest.mark.parametrize("lang", OTHERS)
def test_the_page_has_no_english_words_of_its_own(gazetteer: Gazetteer, lang: str) -> None:
    """Beside the article's words, names, ids and definitions all of it is in the language."""
    document = extract(Article(TEXT, id="one", lang="en", published=date(2024, 5, 8)), gazetteer)
    page = explain_page(document, gazetteer, lang=lang)
    assert f'<html lang="{lang}" dir="{words_of_maps.direction(lang)}">' in page
    found, plain = island(page), island(explain_page(document, gazetteer, lang="en"))
    for own, other in zip(found["events"][0]["rows"], plain["events"][0]["rows"], strict=True):
        said, told = (
            [piece for line in (row["value"], *row["why"]) for piece in line if type(piece) is str]
            for row in (own, other)
        )
        english_only = {one for one in told if re.search(r"[^\W\d_]{2} [^\W\d_]{2}", one)}
        assert not english_only & set(said), own["name"]
    assert [own[1] for own in found["about"]] == [other[1] for other in plain["about"]]


def test_the_language_is_the_articles_unless_another_is_asked_for(gazetteer: Gazetteer) -> None:
    """One that the page does not speak is English, and regional variants are their language."""
    document = extract(Article("Un incendie a éclaté à Paris.", lang="fr"), gazetteer)
    spoken = {
        lang: island(explain_page(document, gazetteer, lang=lang))["lang"]
        for lang in (None, "ar-EG", "sw", '"><script>')
    }
    assert spoken == {None: "fr", "ar-EG": "ar", "sw": "en", '"><script>': "en"}


def test_figures_are_left_to_the_page() -> None:
    """Which writes them with the language's own digits."""
    assert figure(0.976, 2) == {"number": 0.98, "digits": 2}
    assert load("fa").of("role", "origin") == "مبدأ"
