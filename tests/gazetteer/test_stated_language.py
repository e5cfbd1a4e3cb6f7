"""A language that is no language is refused in one sentence, before anything is looked for."""

from __future__ import annotations

import pandas as pd
import pytest

from gazetteer import BadQueryError

TEXT = "He flew from Baku to Tbilisi."
HOSTILE = [
    "../../x",
    "..",
    "/etc/passwd",
    "C:\\x",
    "en/../ar",
    "en-../../ar",
    "en\nar",
    "ar\0",
    "a",
    "Arabic",
    "english-US",
    "ſv",  # a letter that folds to ASCII
    "\u202een",
    "\ud800",
    "e" * 5000,
]


def search(gazetteer, lang):
    """Look a name up."""
    return gazetteer.search("Baku", lang=lang)


def search_in_context(gazetteer, lang):
    """Look a name up with a sentence around it."""
    return gazetteer.search("Baku", lang=lang, context=TEXT)


def geoparse(gazetteer, lang):
    """Read a text."""
    return gazetteer.geoparse(TEXT, lang=lang)


def find(gazetteer, lang):
    """Find the mentions of a text."""
    return gazetteer.find(TEXT, lang=lang)


def resolve(gazetteer, lang):
    """Resolve given mentions."""
    return gazetteer.resolve(TEXT, gazetteer.find(TEXT), lang=lang)


def explain(gazetteer, lang):
    """Explain a mention."""
    return gazetteer.explain(TEXT, gazetteer.find(TEXT)[0], lang=lang)


def geocode_frame(gazetteer, lang):
    """Look a column of names up."""
    return gazetteer.geocode_frame(pd.DataFrame({"name": ["Baku"]}), "name", lang=lang)


def geocode_column(gazetteer, lang):
    """Look a column of names up, each in the language that another column states."""
    table = pd.DataFrame({"name": ["Baku"], "code": [lang]})
    return gazetteer.geocode_frame(table, "name", lang="code")


WAYS = [
    search, search_in_context, geoparse, find, resolve, explain, geocode_frame, geocode_column,
]  # fmt: skip


@pytest.mark.parametrize("lang", HOSTILE)
@pytest.mark.parametrize("ask", WAYS)
def test_what_is_no_language_is_refused(gazetteer, ask, lang):
    """The error is of the caller's argument, in one printable line that ends as a sentence."""
    with pytest.raises(BadQueryError) as refused:
        ask(gazetteer, lang)
    message = str(refused.value)
    assert message.isprintable()
    assert message.endswith(".")


@pytest.mark.parametrize("lang", ["../../x", "e" * 5000])
def test_the_sentence_says_what_to_give(gazetteer, lang):
    """It names what was given, cut where it is long, and what would do."""
    with pytest.raises(BadQueryError) as refused:
        gazetteer.geoparse(TEXT, lang=lang)
    given = repr(lang)[:60]
    expected = f"{given} is no language: give a BCP 47 tag, like ar or pt-BR."
    assert str(refused.value) == expected


def test_no_file_outside_the_data_is_read(gazetteer, tmp_path):
    """Rules that lie somewhere else are not those of a language, whatever the path to them."""
    (tmp_path / "toponyms.toml").write_text("broken [", encoding="utf-8")
    with pytest.raises(BadQueryError):
        gazetteer.geoparse(TEXT, lang=str(tmp_path))


@pytest.mark.parametrize("lang", ["en", "EN", "en-GB", "en_GB", "en-Latn-GB"])
def test_script_and_region_change_nothing(gazetteer, lang):
    """A text is read by the language of its tag."""
    assert gazetteer.geoparse(TEXT, lang=lang) == gazetteer.geoparse(TEXT, lang="en")
    assert gazetteer.search("Baku", lang=lang) == gazetteer.search("Baku", lang="en")


def test_a_language_without_rules_is_a_language(gazetteer):
    """Names are found in a language that the data says nothing of."""
    found = gazetteer.geoparse(TEXT, lang="sw")
    assert [r.place.id for r in found] == ["geonames:587084", "geonames:611717"]
