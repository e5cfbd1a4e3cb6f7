"""No word that names an event is spelt like a generic word for a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.lexicon import load_lexicon
from geoevents.extract.place_words import place_words

if TYPE_CHECKING:
    from .conftest import Read

LANGUAGES = ("ar", "en", "fa", "fr", "he", "ru", "tr")
# Tables of toponyms.toml that list a language's generic words for places.
TABLES = (
    "generic",
    "towns",
    "towns_after",
    "provinces",
    "provinces_after",
    "border",
    "border_gen",
    "border_bare",
    "coast",
    "road",
    "capital_word",
    "countryside",
    "part_noun",
)
# Words that are both on purpose, and what tells the event from the place.
BOTH = {
    "ar": {
        "عماله": "prefecture; as espionage it asks for words of a trial",
        "بركان": "a volcano is told of when it breaks out",
    },
    "en": {
        "crossing": "a verb only behind its subject",
        "reaches": "a verb only behind its subject",
        "target": "a verb only behind its subject",
        "targets": "a verb only behind its subject",
        "jail": "a verb only behind its subject",
        "besieged": "what is besieged is an event",
    },
    "fa": {"اتشفشان": "a volcano is told of when it breaks out"},
    "fr": {
        "partie": "a participle only behind its auxiliary or a noun",
        "parties": "a participle only behind its auxiliary or a noun",
        "marche": "a verb only behind its subject",
        "marches": "a verb only behind its subject",
        "cible": "a verb only behind its subject",
        "cibles": "a verb only behind its subject",
        "assiegee": "what is besieged is an event",
        "eaux": "high water asks for words of a flood",
    },
    "he": {
        "ישוב": "will return; asks for craft or forces, and where to",
        "כניסה": "entry; asks for forces or vehicles",
        "מוצב": "is stationed; asks for forces",
    },
    "ru": {
        "села": "landed; asks for an aircraft or an airport",
        "село": "landed; asks for an aircraft or an airport",
    },
}


def generic_words(lang: str) -> set[str]:
    """Return a language's single words for kinds of places, folded."""
    data = load_toml("languages", lang, "toponyms.toml")
    words = [word for table in TABLES for word in data["words"].get(table, ())]
    words += [word for listed in data["references"].values() for word in listed]
    words += [word for row in data.get("triggers", ()) for word in row["words"]]
    known = place_words(lang)
    return {word for word in {*map(fold, words), *known.heads, *known.sites} if " " not in word}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_trigger_of_one_word_is_a_generic_word_for_a_place(lang: str) -> None:
    """Whatever form a lemma takes, "village" and "bay" stay places, but those listed above."""
    lexicon = load_lexicon(lang)
    assert lexicon is not None
    alone = {
        form
        for form, rows in lexicon.by_form.items()
        if any(len(pattern.elements) == 1 for pattern, _ in rows)
        and "never" not in lexicon.classes.get(form, ())
    }
    assert alone & generic_words(lang) == BOTH.get(lang, {}).keys()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("В селе Криница погиб пастух.", set()),
        ("В сёлах под Купянском нет воды, в селе Двуречная нет света.", set()),
        ("После селя в Алматы нет воды.", {"hazard.flood"}),
        ("Корабль вошёл в залив Петра Великого.", {"movement.voyage"}),
    ],
)
def test_a_village_is_no_mudflow(read: Read, text: str, kinds: set[str]) -> None:
    """The prepositional of "village" is spelt like the one of "mudflow"."""
    assert {event.type for event in read(text, lang="ru")} == kinds
