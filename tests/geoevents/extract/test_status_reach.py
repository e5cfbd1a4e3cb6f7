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
