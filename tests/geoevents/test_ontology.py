"""The ontology and the word lists that refer to it."""

from __future__ import annotations

import re

import pytest

from gazetteer.data import load_toml
from geoevents.codebooks import codes, plover_of
from geoevents.event import ASPECTS, PLACE_ROLES
from geoevents.ontology import SCHEMES, event_types, families, frame
from geoevents.ontology_words import TRIGGER_KEYS
from maps import style
from tools.ontology_page import PAGE, updated

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
KEYS = TRIGGER_KEYS - {"replaces"}  # that is for a user's file alone


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


def test_codebooks_are_whole() -> None:
    """Every CAMEO code stands under a shorter one of twenty; 16 PLOVER and 25 ACLED types."""
    cameo = codes("cameo")
    assert {code for code in cameo if len(code) == 2} == {f"{n:02}" for n in range(1, 21)}
    assert all(re.fullmatch(r"\d{2,4}", code) for code in cameo)
    assert all(code[:-1] in cameo for code in cameo if len(code) > 2)
    assert all(re.fullmatch("[A-Z]+", code) for code in codes("plover"))
    assert (len(cameo), len(codes("plover")), len(codes("acled"))) == (318, 16, 25)
    assert {plover_of(code) for code in cameo} - {""} == codes("plover")


@pytest.mark.parametrize("name", sorted(event_types()))
def test_a_type_has_a_code_of_each_codebook_or_a_reason(name: str) -> None:
    """No cell of the crosswalk is empty, and every code is one that its codebook has."""
    kind = event_types()[name]
    for scheme in SCHEMES:
        code = getattr(kind, scheme)
        assert bool(code) != (scheme in kind.reasons)
        assert not code or code in codes(scheme)
        assert kind.reasons.get(scheme, ".").endswith(".")


def test_plover_follows_from_cameo() -> None:
    """Where a type has a CAMEO code, its PLOVER type is that of the manual's translation."""
    for kind in event_types().values():
        if kind.cameo:
            assert kind.plover == plover_of(kind.cameo)


def test_reasons_are_all_used() -> None:
    """The reasons given in the data are those that types name."""
    data = load_toml("ontology", "events.toml")
    used = {why for kind in event_types().values() for why in kind.reasons.values()}
    assert used == set(data["reasons"].values())


def test_every_type_has_a_style_of_the_map() -> None:
    """A style key is that of a family in the map's table of styles."""
    styled = set(style.load().families)
    assert {kind.style for kind in event_types().values()} <= styled
    assert styled - {"other"} == set(families())


def test_the_page_about_types_is_up_to_date() -> None:
    """The tables of docs/ontology.md are made from the data."""
    page = PAGE.read_text(encoding="utf-8")
    assert updated(page) == page
    assert all(f"`{name.partition('.')[2]}`" in page for name in event_types())


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
    classes = {*data["classes"], "place", "org", "nation"}
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
