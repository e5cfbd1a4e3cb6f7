"""Words of sport, markets and talk keep events away only where they can be of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "Scores of people were killed in an attack on Kabul.", "violence.attack"),
        ("en", "Air strikes hit a sports club in Homs late in the season.", "violence.strike"),
        ("en", "A raid on a base near Gao followed weeks of political crisis.", "violence.attack"),
        ("ar", "شنت الطائرات غارات على أهداف في صنعاء.", "violence.strike"),
        ("ar", "هاجم مسلحون نقطة تفتيش قرب كركوك.", "violence.attack"),
        ("ar", "أصيب عنصران من فريق الإنقاذ في هجوم على إدلب.", "violence.attack"),
        ("ar", "قتل حارس في هجوم على مصرف في عدن وسط حملة انتخابية.", "violence.attack"),
        ("fa", "تیم‌های امداد پس از حمله به هرات اعزام شدند.", "violence.attack"),
        ("fa", "در حمله به بازار هرات پنج نفر کشته شدند.", "violence.attack"),
        ("ru", "На фоне предвыборной кампании произошло нападение в Кабуле.", "violence.attack"),
        ("ru", "Удар по стадиону в Харькове унёс пять жизней.", "violence.strike"),
        ("tr", "Halep'te kale mahallesine saldırı düzenlendi.", "violence.attack"),
        ("fr", "Un peloton de l'armée a été pris dans une attaque à Gao.", "violence.attack"),
    ],
)
def test_words_of_two_fields_hide_nothing(read: Read, lang: str, text: str, kind: str) -> None:
    """A score, a target, a team or a season stands in news of war as well."""
    assert kind in {event.type for event in read(text, lang=lang)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The striker attacked well and scored twice in the match in Lyon."),
        ("en", "The senator called it a verbal attack on Kansas."),
        ("en", "He died of a heart attack in Lima."),
        ("ar", "شن المنتخب هجوما في المباراة وسجل اللاعب في الدوحة."),
        ("ar", "توفي إثر نوبة قلبية في تونس."),
        ("ru", "Это была информационная атака на Киев."),
        ("fa", "او بر اثر حمله قلبی در تهران درگذشت."),
        ("fr", "Une attaque verbale du candidat contre Lyon."),
    ],
)
def test_play_and_talk_are_no_violence(read: Read, lang: str, text: str) -> None:
    """What cannot be but sport, or an adjective right beside the word, keeps the event away."""
    assert not [event for event in read(text, lang=lang) if event.family == "violence"]
