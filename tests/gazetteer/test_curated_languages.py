"""Names of curated places in Ukrainian, Azerbaijani, Armenian, Spanish and German.

They were written from memory: their letters are checked, and those in other scripts are heard
against the Latin names of the same row.
"""

from __future__ import annotations

import re

import pytest

from gazetteer.text.normalize import fold
from gazetteer.text.sounds import script_of, sounds_like
from tests.gazetteer.curated_tables import read_cells, stray_letters

TABLES = ["regions", "disputed", "waters", "terrain", "sites", "localities"]
LANGUAGES = ["uk", "az", "hy", "es", "de"]
LATIN = ("en", "fr", "tr")
ALIKE = 0.97  # share of names that sound like the Latin ones; the others are translations
SHORTEST = 3  # letters of a word that is heard
AZERBAIJANI = re.compile(r"[A-VX-Za-vx-zÇçƏəĞğİıÖöŞşÜü0-9 .,'’()–-]*")


def named(lang: str) -> list[tuple[str, str, list[str]]]:
    """Return every (id, name, names in Latin letters) of a language, without marks of kinds."""
    found = []
    for table in TABLES:
        for cells in read_cells(table):
            further = [n.removeprefix(f"{lang}:") for n in cells["other"].split("|")
                       if n.startswith(f"{lang}:")]  # fmt: skip
            names = [name for name in cells.get(lang, "").split("|") if name] + further
            latin = [name for column in LATIN for name in cells[column].split("|") if name]
            found += [(cells["id"], name.rstrip("~*"), latin) for name in names]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_names_in_the_language(lang):
    """Of most waters, regions and mountains."""
    assert len({place for place, _, _ in named(lang)}) > 1500


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_are_written_in_the_language_s_letters(lang):
    """Letters of another script, or of another language of the same script, are a slip."""
    for place, name, _ in named(lang):
        assert stray_letters(name, lang if lang in {"uk", "az", "hy"} else "en") == "", place
        assert name == " ".join(name.split()), place
        assert lang != "az" or AZERBAIJANI.fullmatch(name), (place, name)


@pytest.mark.parametrize("lang", ["uk", "hy"])
def test_names_sound_like_the_latin_ones(lang):
    """At least a word of each: the word for what a place is differs by language."""
    heard = []
    for _, name, latin in named(lang):
        words = [word for one in latin for word in fold(one).split()]
        own = [word for word in fold(name).split() if len(word) >= SHORTEST and script_of(word)]
        if own:
            heard.append(any(sounds_like(word, str(script_of(word)), words) for word in own))
    assert sum(heard) / len(heard) > ALIKE
