"""Who takes part in an event: persons by their office, and whoever is joined to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only

if TYPE_CHECKING:
    from geoevents.event import Event

    from .conftest import Read


def actors(event: Event) -> list[str]:
    """Return the words of whoever acts."""
    return [p.text for p in event.participants if p.role == "actor"]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("وقعت تونس والجزائر اتفاقية للنقل.", "deal.agreement", ["تونس", "الجزائر"]),
        ("Jakarta and Manila held joint naval drills.", "force.exercise", ["Jakarta", "Manila"]),
        ("Turkish jets bombed Duhok.", "violence.strike", ["Turkish jets"]),
        ("Oman and Qatar signed a gas pact.", "deal.agreement", ["Oman", "Qatar"]),
        (
            "اشتباكات بين الجيش اليمني وحركة الشباب قرب عدن.",
            "violence.armed_clash",
            ["الجيش اليمني", "حركة الشباب"],
        ),
        (
            "اجتمع وزراء دفاع تركيا وقطر والصومال في الدوحة.",
            "diplomacy.meeting",
            ["وزراء دفاع تركيا", "قطر", "الصومال"],
        ),
    ],
)
def test_whoever_is_joined_takes_part_alike(
    read: Read, text: str, kind: str, who: list[str]
) -> None:
    """Names joined by "and" or a comma have one role."""
    assert actors(only(read(text), kind)) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Defence Minister Ismail Sabri met his Thai counterpart in Bangkok.",
            ["Defence Minister Ismail Sabri", "Thai counterpart"],
        ),
        (
            "التقى وزير الخارجية أيمن الصفدي رئيس الوزراء الباكستاني شهباز شريف في إسلام آباد.",
            ["وزير الخارجية أيمن الصفدي", "رئيس الوزراء الباكستاني شهباز شريف"],
        ),
        (
            "أكد وزير النفط حيان عبد الغني أنه التقى نظيره الكويتي في الدوحة.",
            ["وزير النفط حيان عبد الغني", "نظيره الكويتي"],
        ),
        (
            "استقبل الرئيس التونسي في قرطاج، صباح اليوم، الوزير الليبي.",
            ["الرئيس التونسي", "الوزير الليبي"],
        ),
    ],
)
def test_persons_by_their_office_meet(read: Read, text: str, who: list[str]) -> None:
    """Subject and object of a meeting both act, with their names, over an insertion too."""
    assert actors(only(read(text), "diplomacy.meeting")) == who


def test_an_authority_is_named_in_full(read: Read) -> None:
    """A demonym takes the body that it describes with it."""
    event = only(read("أغلقت السلطات الليبية معبر رأس جدير."), "coercion.blockade")
    assert actors(event) == ["السلطات الليبية"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أفادت صحيفة فرنسية بأن طائرة شحن من تركيا حطت في مطار طرابلس.", "movement.flight"),
        ("KYIV — Two drone strikes damaged a rail depot in Kharkiv on Tuesday.", "violence.strike"),
    ],
)
def test_neither_a_newspaper_nor_a_dateline_did_it(read: Read, text: str, kind: str) -> None:
    """Who reports, and where from, takes no part in what is reported."""
    assert only(read(text), kind).participants == ()


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        (
            "An Iranian drone was shot down near Erbil.",
            "violence.attack",
            [("target", "Iranian drone")],
        ),
        (
            "A Russian ship was heavily shelled off Odesa.",
            "violence.shelling",
            [("target", "Russian ship")],
        ),
        (
            "Turkish jets were attacked and shot down over Idlib.",
            "violence.attack",
            [("target", "Turkish jets")],
        ),
        (
            "The Israeli ambassador was expelled by Chile.",
            "coercion.sanction",
            [("target", "Israeli ambassador"), ("actor", "Chile")],
        ),
        ("The Turkish army is attacking Kobani.", "violence.attack", [("actor", "Turkish army")]),
        (
            "Deux soldats turcs ont été tués à Idlib.",
            "violence.attack",
            [("target", "soldats turcs")],
        ),
        ("US troops were deployed to Niger.", "force.deployment", [("actor", "US")]),
        (
            "The Chinese company was hacked by North Korea.",
            "intelligence.cyber",
            [("target", "Chinese company"), ("actor", "North Korea")],
        ),
        (
            "L'armée malienne a abattu un drone algérien à Kidal.",
            "violence.attack",
            [("actor", "armée malienne"), ("target", "drone algérien")],
        ),
        (
            "Des soldats français sont arrivés à Niamey.",
            "movement.troop_movement",
            [("actor", "soldats français")],
        ),
        (
            "دو گردشگر آلمانی در هرات به ضرب گلوله کشته شدند.",
            "violence.attack",
            [("target", "گردشگر آلمانی")],
        ),
    ],
)
def test_the_subject_of_a_passive_is_who_it_is_done_to(
    read: Read, text: str, kind: str, who: list[tuple[str, str]]
) -> None:
    """An auxiliary makes the passive as well as a form; "are arrived" is none."""
    assert [(p.role, p.text) for p in only(read(text), kind).participants] == who


@pytest.mark.parametrize(
    "text",
    [
        'עצר מג"ב שלושה נהגים שהבריחו כלי נשק.',
        'תפס צה"ל שני חיילים שהבריחו נשק.',
        'עצר השב"כ פעיל שהבריח נשק.',
    ],
)
def test_who_is_said_of_the_nearest(read: Read, text: str) -> None:
    """What "who" goes on with is told of the drivers, and not of those who held them."""
    found = [event for event in read(text, lang="he") if event.type == "transfer.arms_shipment"]
    assert [event.participants for event in found] == [()]


@pytest.mark.parametrize(
    "text",
    [
        "He was jailed at Westminster Magistrates' Court on Monday for spying.",
        "A man was arrested and brought to the Court of Leeds for spying.",
        "Protesters were arrested at the Office for and on Monday.",
    ],
)
def test_no_body_is_named_with_a_preposition_at_its_end(read: Read, text: str) -> None:
    """What follows "on" or "of" is no part of the name, and so neither is that."""
    named = [p.text for event in read(text) for p in event.participants]
    assert not any(name.endswith((" on", " of", " for", " and")) for name in named)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("سراج حقانی، وزیر کشور طالبان، به دوحه رفت.", "diplomacy.visit"),
        ("فرمانده ارتش پاکستان به تهران رفت.", "diplomacy.visit"),
        ("The army chief arrived in Tehran.", "movement.flight"),
        ("Le ministre des Armées est arrivé à Niamey.", "movement.flight"),
        ("Глава МИД талибов прибыл в Стамбул.", "movement.flight"),
        ("שר החוץ של הטליבאן הגיע לאיסטנבול.", "movement.flight"),
        ("نیروهای ارتش به حلب رفتند.", "movement.troop_movement"),
        ("Army troops moved into Kidal.", "movement.troop_movement"),
    ],
)
def test_whose_minister_goes_moves_no_troops(read: Read, text: str, kind: str) -> None:
    """Forces that an office is of go nowhere; an official does."""
    assert [event.type for event in read(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        (
            "Le drone malien, abattu par l'armée algérienne, est tombé à Kidal.",
            "violence.attack",
            [("actor", "armée algérienne")],
        ),
        (
            "The village, shelled by the Turkish army, lies near Kobani.",
            "violence.shelling",
            [("actor", "Turkish army")],
        ),
        (
            "The envoy met with the French minister in Cairo.",
            "diplomacy.meeting",
            [("actor", "French minister")],
        ),
    ],
)
def test_an_article_parts_nobody_from_his_word_of_relation(
    read: Read, text: str, kind: str, who: list[tuple[str, str]]
) -> None:
    """Of "by the army" and "with the minister" the word of relation holds as without "the"."""
    assert [(p.role, p.text) for p in only(read(text), kind).participants] == who


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "زار ترامب جامع الشيخ زايد الكبير في أبوظبي."),
        ("ar", "قصفت الطائرات شارع الرئيس عرفات."),
        ("ar", "زار الوزير مسجد الأمير سلطان."),
        ("en", "Jets bombed President Arafat Street in Gaza."),
        ("fr", "Macron a visité la mosquée Cheikh Zayed à Abou Dhabi."),
        ("ru", "Макрон посетил мечеть шейха Зайда в Абу-Даби."),
        ("he", "מקרון ביקר במסגד שייח' זאיד באבו דאבי."),
    ],
)
def test_whom_a_building_is_called_after_takes_no_part(read: Read, lang: str, text: str) -> None:
    """The name of a mosque, a hospital or a street is no person who acts."""
    assert [p.text for e in read(text, lang=lang) for p in e.participants] == []


def test_the_office_of_a_person_acts(read: Read) -> None:
    """A body is no building."""
    text = "اتهم مكتب رئيس الوزراء بنيامين نتنياهو إيران بقصف حيفا."
    accused = only(read(text, lang="ar"), "statement.accusation")
    assert "إيران" in [p.text for p in accused.participants]
    assert actors(accused)
