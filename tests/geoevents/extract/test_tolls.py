"""The dead and wounded of a sentence that tells of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Read

BOTH = [("killed", 1), ("wounded", 3)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A fire broke out near Basra. One man was killed and three were wounded."),
        ("ar", "اندلع حريق في مستودع قرب البصرة. وقتل شخص واحد وأصيب ثلاثة."),
        ("he", "שריפה פרצה במחסן בנתניה. אדם אחד נהרג ושלושה נפצעו."),
        ("ru", "В Перми произошёл пожар. Один человек погиб, трое ранены."),
        ("fa", "انبار نفت در بصره آتش گرفت. یک نفر کشته و سه نفر زخمی شدند."),
        ("fr", "Un incendie a touché Bassora. Un homme a été tué et trois ont été blessés."),
    ],
)
def test_a_toll_belongs_to_the_event_told_right_before(read: Read, lang: str, text: str) -> None:
    """Words of casualties that say neither where, when nor by whom are no event of their own."""
    (event,) = read(text, lang=lang)
    assert event.type == "hazard.fire"
    assert [(c.kind, c.count) for c in event.casualties] == BOTH


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A bomb exploded in Kabul. Ten people were killed."),
        ("tr", "Kabil'de bomba patladı. On kişi öldürüldü."),
        ("fa", "بمبی در کابل منفجر شد. ده نفر کشته شدند."),
    ],
)
def test_the_toll_of_an_attack_is_no_second_attack(read: Read, lang: str, text: str) -> None:
    """Nor is it one of another type."""
    (event,) = read(text, lang=lang)
    assert event.type == "violence.bombing"
    assert [(c.kind, c.count) for c in event.casualties] == [("killed", 10)]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in Kabul. Ten people were killed in Herat.",
        "A bomb exploded in Kabul. Gunmen killed ten people.",
        "A bomb exploded in Kabul.\nTen people were killed.",
        "A bomb exploded in Kabul, killing two people. Ten people were killed.",
    ],
)
def test_what_says_more_is_an_event(read: Read, text: str) -> None:
    """A place, a doer, a new paragraph or another number part the dead from the event before."""
    assert [event.family for event in read(text)] == ["violence", "violence"]


def test_casualties_are_never_the_count(read: Read) -> None:
    """One dead is not one fire: the count of one is the mention's."""
    (event,) = read("Пожары охватили склады в Перми. Один человек погиб.", lang="ru")
    assert event.count is None
