"""How far a denial, a report or a doubt reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Addis Ababa denied that its army had shelled Mekelle.", "violence.shelling"),
        ("نفى الجيش أن تكون قواته قصفت مدينة الأبيض.", "violence.shelling"),
        ("نفت وزارة الدفاع في باكو نقل أسلحة عبر المطار.", "transfer.arms_shipment"),
    ],
)
def test_what_is_denied_did_not_happen(read: Read, text: str, kind: str) -> None:
    """A denial reaches what follows its "that", however many words on, or who denies."""
    assert only(read(text), kind).status == "negated"


def test_somebody_elses_act_is_not_reported(read: Read) -> None:
    """Behind "while" the first speaker's words end."""
    text = "قالت موسكو إنها قصفت أوديسا، بينما زار الرئيس الفرنسي كييف."
    assert only(read(text), "diplomacy.visit").status == "asserted"


def test_any_attack_is_none_yet(read: Read) -> None:
    """An attack that the text calls "any" may come, and has not been."""
    assert only(read("Any attack on Taipei will fail."), "violence.attack").status == "hypothetical"


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("Cairo denied that troops had crossed into Idlib.", "movement.troop_movement", "Idlib"),
        ("The ministry denied reports of an attack on Aden.", "violence.attack", "Aden"),
    ],
)
def test_a_denied_event_keeps_the_place_it_was_denied_of(
    read: Read, text: str, kind: str, where: str
) -> None:
    """That it did not happen is its status; where it is said not to have happened is stated."""
    event = only(read(text), kind)
    assert event.status == "negated"
    assert [place.resolution.mention.text for place in event.places] == [where]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("شهر حلب بمباران شد و پروازها لغو شد.", "violence.strike"),
        ("ارتش به حلب حمله کرد و هشدار داد که ادامه می‌دهد.", "violence.attack"),
        ("حمله هوایی به حلب انجام شد و مذاکرات ژنو لغو شد.", "violence.strike"),
        ("Аэропорт Алеппо был атакован, рейсы отменены.", "violence.attack"),
        ("Ordu Halep'i bombaladı ve iddiaları yalanladı.", "violence.shelling"),
    ],
)
def test_a_sign_does_not_reach_back_over_and(read: Read, text: str, kind: str) -> None:
    """What "and" or a comma joins to an event by a verb of its own does not deny or plan that."""
    assert only(read(text), kind).status == "asserted"


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("حمله به حلب و حمص تکذیب شد.", "violence.attack", 1),
        ("Обстрел Горловки и Донецка отменён.", "violence.shelling", 1),
        ("Halep'in bombalandığı ve yolun kesildiği yalanlandı.", "violence.shelling", 1),
    ],
)
def test_a_sign_reaches_all_that_it_is_said_of(
    read: Read, text: str, kind: str, number: int
) -> None:
    """An "and" within what is denied changes nothing."""
    found = [event for event in read(text) if event.type == kind]
    assert [event.status for event in found] == ["negated"] * number


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Штаб это опровергает: «Бои идут в лесах под Изюмом и у реки».", "violence.armed_clash"),
        (
            'The army denied it: "Rebels attacked the town of Goma on Monday."',
            "violence.attack",
        ),
        ("نفى الجيش ذلك: «قواتنا قصفت مدينة حلب ليلة أمس بالمدفعية».", "violence.shelling"),
        ('צה"ל הכחיש: "הכוחות תקפו מטרות בעיר חלב אתמול בלילה".', "violence.strike"),
    ],
)
def test_who_denies_says_himself_what_is_so(read: Read, text: str, kind: str) -> None:
    """Behind a colon and a quotation mark stands what the denier claims, and not what he denies."""
    assert only(read(text), kind).status == "reported"


def test_what_is_quoted_without_a_colon_is_denied(read: Read) -> None:
    """Of what is denied some words may be quoted."""
    text = 'The army denied that "rebels had attacked the town of Goma on Monday".'
    assert only(read(text), "violence.attack").status == "negated"
