"""Events in French: elision, agreement, passives, plans, hearsay and figures of speech."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.elision import split_words
from geoevents.extract.lexicon import never_matching
from geoevents.extract.morphology import load_morphology

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read

DAY = date(2024, 5, 15)  # a Wednesday
NAMED = ("location", "origin", "destination")


@pytest.fixture(scope="module")
def events(read: Read) -> Read:
    """Return a function that gives the events of a French text of 15 May 2024."""
    return partial(read, published=DAY, lang="fr")


@pytest.mark.parametrize(
    ("kind", "lemma", "forms"),
    [
        ("verb", "bombarder", ["bombardé", "bombardées", "bombardaient", "bombarderont"]),
        ("verb", "assiéger", ["assiège", "assiégeait", "assiégeant", "assiégée"]),
        ("verb", "envahir", ["envahi", "envahissent", "envahira"]),
        (
            "verb",
            "prendre/pris/pren/prendr/prend/prennent",
            ["prises", "prennent", "prendra", "prenait"],
        ),
        ("noun", "signal", ["signaux"]),
        ("noun", "manifestant", ["manifestante", "manifestants"]),
    ],
)
def test_forms_of_a_lemma(kind: str, lemma: str, forms: list[str]) -> None:
    """Tenses, participles that agree, and plurals are forms of their lemma."""
    morphology = load_morphology("fr")
    assert morphology is not None
    assert set(map(fold, forms)) <= morphology.forms(kind, lemma).keys()


def test_an_elided_word_stands_apart() -> None:
    """Words are cut behind an elision with their offsets kept; other apostrophes part nothing."""
    text = "Aujourd'hui l'armée s’est retirée d'Alep"
    morphology = load_morphology("fr")
    assert morphology is not None
    words = split_words(text, 0, len(text), morphology)
    assert [text[word.start : word.end] for word in words] == [
        "Aujourd'hui", "l", "armée", "s", "est", "retirée", "d", "Alep",
    ]  # fmt: skip
    assert [word.folded for word in words[1:4]] == ["le", "armee", "se"]


def test_every_word_of_the_lexicon_can_match() -> None:
    """A phrase that no text can match is a mistake of whoever wrote it."""
    morphology = load_morphology("fr")
    assert morphology is not None
    rows = load_toml("languages", "fr", "events.toml")["trigger"]
    assert [
        never_matching(morphology, row) for row in rows if never_matching(morphology, row)
    ] == []


@pytest.mark.parametrize(
    ("text", "kind", "told", "named"),
    [
        (
            "L'aviation turque a bombardé mardi un camp près d'Erbil, selon un porte-parole kurde.",
            "violence.strike", ("bombardé", "reported", "2024-05-14"),
            [("location", "près d'Erbil")],
        ),
        (
            "Deux journalistes ont été enlevés lundi à Mogadiscio par des hommes armés.",
            "violence.attack", ("enlevés", "asserted", "2024-05-13"), [("location", "Mogadiscio")],
        ),
        (
            "Le ministre égyptien n'a pas visité Tripoli.",
            "diplomacy.visit", ("visité", "negated", None), [("location", "Tripoli")],
        ),
        (
            "L'Allemagne va livrer des chars à l'Ukraine.",
            "transfer.arms_shipment", ("livrer", "hypothetical", None), [],
        ),
        (
            "Des soldats érythréens auraient massacré des villageois près d'Aksoum.",
            "violence.attack", ("massacré", "reported", None), [("location", "près d'Aksoum")],
        ),
        (
            "Un cargo parti de Marseille a accosté dimanche à Alger.",
            "movement.voyage", ("accosté", "asserted", "2024-05-12"),
            [("origin", "Marseille"), ("destination", "Alger")],
        ),
        (
            "Le président chilien s'est entretenu à Lima avec son homologue péruvien.",
            "diplomacy.meeting", ("s'est entretenu", "asserted", None), [("location", "Lima")],
        ),
        (
            "L'armée s'est retirée de Mossoul.",
            "movement.troop_movement", ("s'est retirée", "asserted", None), [("origin", "Mossoul")],
        ),
        (
            "Une secousse sismique a frappé Téhéran le 3 mai.",
            "hazard.earthquake", ("secousse sismique", "asserted", "2024-05-03"),
            [("location", "Téhéran")],
        ),
        (
            "Les manifestants ont défilé à Athènes contre la réforme.",
            "unrest.protest", ("défilé", "asserted", None), [("location", "Athènes")],
        ),
        (
            "Le Pérou et la Bolivie ont signé un accord à La Paz.",
            "deal.agreement", ("signé", "asserted", None), [("location", "La Paz")],
        ),
        (
            "Aucune attaque n'a visé Bagdad.",
            "violence.attack", ("attaque", "negated", None), [("location", "Bagdad")],
        ),
        (
            "L'avion repartira vendredi de Genève pour Dakar.",
            "movement.flight", ("repartira", "hypothetical", "2024-05-17"),
            [("origin", "Genève"), ("destination", "Dakar")],
        ),
        (
            "Des obus se sont abattus lundi sur un marché de Donetsk.",
            "violence.shelling", ("abattus", "asserted", "2024-05-13"), [("location", "Donetsk")],
        ),
        (
            "Un essaim de drones sera lancé sur Kiev.",
            "violence.strike", ("essaim de drones", "asserted", None), [("location", "Kiev")],
        ),
        (
            "Le convoi quittera Niamey vendredi pour Agadez.",
            "movement.convoy", ("quittera", "hypothetical", "2024-05-17"),
            [("origin", "Niamey"), ("destination", "Agadez")],
        ),
        (
            "Les infirmiers grecs débrayent mardi à Athènes.",
            "unrest.protest", ("débrayent", "asserted", "2024-05-14"), [("location", "Athènes")],
        ),
        (
            "La Croix-Rouge a remis des couvertures aux sinistrés de Derna.",
            "transfer.aid", ("remis", "asserted", None), [("destination", "Derna")],
        ),
        (
            "Des pirates informatiques auraient dérobé les données du ministère à Tirana.",
            "intelligence.cyber", ("dérobé", "reported", None), [("location", "Tirana")],
        ),
        (
            "Cinq ouvriers sont restés pris au piège dans une galerie à Lubumbashi.",
            "hazard.accident", ("pris", "asserted", None), [("location", "Lubumbashi")],
        ),
        (
            "Le chancelier est attendu jeudi à Tunis.",
            "diplomacy.visit", ("attendu", "hypothetical", "2024-05-16"), [("location", "Tunis")],
        ),
        (
            "Un accord pourrait être conclu à Doha.",
            "deal.agreement", ("conclu", "hypothetical", None), [("location", "Doha")],
        ),
        (
            "La ville est sous les eaux à Valence.",
            "hazard.flood", ("eaux", "asserted", None), [("location", "Valence")],
        ),
    ],
)  # fmt: skip
def test_an_event_is_read(
    events: Read,
    text: str,
    kind: str,
    told: tuple[str, str, str | None],
    named: list[tuple[str, str]],
) -> None:
    """Type, words, status, day and places of the one event are those that the sentence tells."""
    event = only(events(text), kind)
    words, day = text[event.trigger.start : event.trigger.end], event.time and event.time.start
    assert (words, event.status, day) == told
    assert places(event, *NAMED) == named


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("L'Espagne a expulsé deux diplomates russes.", {"actor": "ES", "target": "RU"}),
        ("Le Tchad a acheté des drones à la Turquie.", {"recipient": "TD", "supplier": "TR"}),
        ("La France a vendu des frégates au Maroc.", {"supplier": "FR", "recipient": "MA"}),
        ("L'armée malienne a attaqué un village.", {"actor": "ML"}),
    ],
)
def test_word_order_and_a_give_the_parts(events: Read, text: str, roles: dict[str, str]) -> None:
    """Who sells to whom is told by the order of words and by "à", which buying turns round."""
    (event,) = events(text)
    assert {p.role: p.country for p in event.participants} == roles


@pytest.mark.parametrize(
    "text",
    [
        "L'entreprise a lancé une offensive sur le marché des yaourts à Lyon.",
        "Une tempête médiatique secoue Bruxelles.",
        "Le joueur a bombardé les buts adverses pendant tout le match.",
        "Les prix de l'immobilier ont explosé à Lyon.",
        "Une pluie de critiques s'est abattue sur Rome.",
        "Un tsunami de licenciements frappe Seattle.",
        "Le candidat a mis le feu à la salle à Marseille.",
        "L'équipe a volé de victoire en victoire à Barcelone.",
        "La natalité s'effondre en Corée du Sud.",
        "Le chanteur a fait exploser les ventes de disques à Londres.",
        "L'entreprise a noué un partenariat avec une société de Lyon.",
        "Le gouvernement attaque le problème du logement à Paris.",
        "Le village de Giverny attire les peintres.",
    ],
)
def test_figures_of_speech_tell_nothing(events: Read, text: str) -> None:
    """Words of war in sport, trade and debate name no event."""
    assert events(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("La SNCF a suspendu les trains entre Bordeaux et Agen.", []),
        ("Les bus entre Lyon et Grenoble sont supprimés.", []),
        ("Les camions entre la France et l'Italie sont rares.", []),
        ("L'armée entre dans Goma.", ["movement.troop_movement"]),
    ],
)
def test_between_is_no_verb(read: Read, text: str, kinds: list[str]) -> None:
    """The preposition is spelt like "enters", which has "dans" or "à" behind it."""
    assert [event.type for event in read(text, lang="fr")] == kinds
