"""The ontology and the word lists that refer to it."""

from __future__ import annotations

import re

import pytest

from gazetteer.data import load_toml
from geoevents.event import ASPECTS, PLACE_ROLES
from geoevents.ontology import event_types, families, frame

TYPES = {
    "movement": {"flight", "voyage", "convoy", "troop_movement"},
    "transfer": {"arms_shipment", "cargo_loading", "arms_supply", "aid"},
    "deal": {"arms_deal", "agreement", "trade"},
    "violence": {"armed_clash", "strike", "shelling", "bombing", "attack"},
    "force": {"weapons_test", "exercise", "deployment"},
    "diplomacy": {"visit", "meeting", "relations", "alignment", "refusal"},
    "intelligence": {"espionage", "cyber"},
    "statement": {"appeal", "accusation", "threat", "report"},
    "coercion": {"sanction", "arrest", "blockade"},
    "unrest": {"protest", "riot"},
    "hazard": {"earthquake", "flood", "storm", "fire", "accident", "outbreak"},
}
LANGUAGES = ("ar", "en")
KEYS = {
    "type", "verbs", "nouns", "phrases", "cases", "near", "next", "next_any", "prev", "unless_near",
    "unless_next", "unless_prev", "frame", "weight", "weak", "generic", "aspect", "roles",
}  # fmt: skip


def test_every_type_of_event_is_defined() -> None:
    """The ontology holds the types that the files and the map are made for, no more, no less."""
    found: dict[str, set[str]] = {}
    for name in event_types():
        family, _, kind = name.partition(".")
        found.setdefault(family, set()).add(kind)
    assert found == TYPES
    assert set(families()) == set(TYPES)


@pytest.mark.parametrize("name", sorted(event_types()))
def test_a_type_is_described_in_full(name: str) -> None:
    """A type has a label, a sentence of definition, a drawable geometry and known place roles."""
    kind = event_types()[name]
    assert kind.family == name.split(".", maxsplit=1)[0]
    assert kind.label
    assert kind.definition.endswith(".")
    assert kind.geometry in {"point", "route", "area", "none"}
    assert kind.aspect in ASPECTS
    assert set(kind.frame.values()) <= set(PLACE_ROLES)


def test_codes_have_the_form_of_their_codebooks() -> None:
    """CAMEO codes are three digits within its twenty roots, PLOVER types are capitals."""
    for kind in event_types().values():
        assert re.fullmatch(r"|0[1-9]\d|1\d\d|20\d", kind.cameo)
        assert re.fullmatch(r"|[A-Z]+", kind.plover)


def test_movements_have_ends_and_other_events_have_a_location() -> None:
    """Only movements and transfers go from somewhere to somewhere."""
    for kind in event_types().values():
        roles = set(kind.frame.values())
        if kind.family in {"movement", "transfer"}:
            assert "destination" in roles or kind.place_of
        else:
            assert not {"origin", "destination"} & roles


def test_an_unknown_frame_is_an_error() -> None:
    """A frame that the data does not have cannot be asked for silently."""
    with pytest.raises(KeyError):
        frame("teleport")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_word_lists_refer_only_to_what_exists(lang: str) -> None:
    """Every row names known types, frames, classes and keys, and a weight that is a probability."""
    data = load_toml("languages", lang, "events.toml")
    classes = {*data["classes"], "place", "org"}
    frames = load_toml("ontology", "events.toml")["frames"]
    for row in data["trigger"]:
        assert set(row) <= KEYS
        assert {row.get("type"), *(kind for _, kind in row.get("cases", []))} - {None} <= set(
            event_types()
        )
        assert row.get("frame", "target") in frames
        assert 0 < row["weight"] < 1
        assert set(re.findall(r"@(\w+)", str(row))) <= classes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_type_has_words_in_every_language(lang: str) -> None:
    """No type of the ontology is without a trigger in a language that has triggers at all."""
    rows = load_toml("languages", lang, "events.toml")["trigger"]
    named = {row.get("type") for row in rows} | {
        kind for row in rows for _, kind in row.get("cases", [])
    }
    assert set(event_types()) <= named
