"""Which words of a sentence tell an event, and of which type."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from gazetteer import Span
from gazetteer.text.tokens import tokenize
from geoevents.extract.actors import find_actors
from geoevents.extract.elision import stem_of
from geoevents.extract.lexicon import load_lexicon
from geoevents.extract.reading import read_sentence
from geoevents.extract.triggers import find_triggers

if TYPE_CHECKING:
    from .conftest import Read

ARABIC = [
    ("هبطت طائرة عسكرية في المطار صباح اليوم", "movement.flight", "هبطت"),
    ("أقلعت المروحيات من القاعدة ليلا", "movement.flight", "أقلعت"),
    ("رست السفينة في الميناء بعد رحلة طويلة", "movement.voyage", "رست"),
    ("وصلت قافلة شاحنات إلى البلدة", "movement.convoy", "وصلت"),
    ("توغلت دبابات في البلدة", "movement.troop_movement", "توغلت"),
    ("وصلت شحنة أسلحة إلى المتمردين", "transfer.arms_shipment", "شحنة"),
    ("وزعت المنظمة مساعدات غذائية على النازحين", "transfer.aid", "وزعت"),
    ("وقع الوزيران اتفاقية للتعاون", "deal.agreement", "وقع"),
    ("أبرمت الوزارة صفقة لشراء مقاتلات", "deal.arms_deal", "أبرمت"),
    ("اندلعت اشتباكات عنيفة في المدينة", "violence.armed_clash", "اندلعت"),
    ("شنت المقاتلات غارات على مواقع المسلحين", "violence.strike", "غارات"),
    ("سقطت قذائف هاون على الحي", "violence.shelling", "سقطت"),
    ("انفجرت سيارة مفخخة أمام المبنى", "violence.bombing", "سيارة مفخخة"),
    ("اغتال مجهولون قاضيا في المدينة", "violence.attack", "اغتال"),
    ("أجرى الجيش تجربة صاروخ باليستي", "force.weapons_test", "تجربة"),
    ("بدأت مناورات بحرية مشتركة", "force.exercise", "مناورات"),
    ("نشر الجيش قوات على الحدود", "force.deployment", "نشر"),
    ("بدأ الوزير زيارة رسمية تستغرق يومين", "diplomacy.visit", "زيارة"),
    ("عقد الرئيسان محادثات مغلقة", "diplomacy.meeting", "محادثات"),
    ("تعرضت البنوك لهجمات إلكترونية", "intelligence.cyber", "هجمات إلكترونية"),
    ("اعتقلت الشرطة سبعة أشخاص", "coercion.arrest", "اعتقلت"),
    ("أغلقت السلطات المعبر", "coercion.blockade", "أغلقت"),
    ("تظاهر الآلاف في العاصمة", "unrest.protest", "تظاهر"),
    ("ضرب زلزال قوي المنطقة", "hazard.earthquake", "زلزال"),
    ("تحطمت طائرة ركاب قرب المدينة", "hazard.accident", "تحطمت"),
    ("أسفر حريق في مصنع عن إصابة عاملين", "hazard.fire", "حريق"),
    ("أضرب سائقو الحافلات في المدينة", "unrest.protest", "أضرب"),
    ("قطع محتجون طرقا رئيسية", "unrest.protest", "قطع"),
    ("خرب محتجون واجهات المتاجر", "unrest.riot", "خرب"),
    ("أسقط الدفاع الجوي ثلاث طائرات مسيرة", "violence.attack", "أسقط"),
    ("أحكمت القوات سيطرتها على البلدة", "violence.armed_clash", "أحكمت"),
    ("أدى انقلاب حافلة إلى إصابات", "hazard.accident", "انقلاب"),
]
ENGLISH = [
    ("A cargo plane landed at the airport", "movement.flight", "landed"),
    ("The frigate sailed from the port at dawn", "movement.voyage", "sailed"),
    ("Troops withdrew from the town", "movement.troop_movement", "withdrew"),
    ("The government approved a deal to sell tanks", "deal.arms_deal", "approved"),
    ("The two ministers signed a treaty", "deal.agreement", "signed"),
    ("Rebels clashed with soldiers overnight", "violence.armed_clash", "clashed"),
    ("An airstrike destroyed the depot", "violence.strike", "airstrike"),
    ("Militants fired rockets at the town", "violence.shelling", "fired"),
    ("A suicide bomber struck outside a cafe", "violence.bombing", "suicide bomber"),
    ("Gunmen kidnapped three engineers", "violence.attack", "kidnapped"),
    ("The army test-fired a ballistic missile", "force.weapons_test", "test"),
    ("Police arrested nine suspects", "coercion.arrest", "arrested"),
    ("The navy imposed a blockade on the port", "coercion.blockade", "blockade"),
    ("Thousands of workers went on strike", "unrest.protest", "went on strike"),
    ("A magnitude 6 earthquake shook the island", "hazard.earthquake", "earthquake"),
    ("Hackers stole data in a cyberattack on the bank", "intelligence.cyber", "cyberattack"),
    ("A passenger train derailed near the station", "hazard.accident", "derailed"),
]
NO_EVENTS = [
    ("هبطت أسعار النفط في الأسواق العالمية", "ar"),
    ("وصل عدد القتلى إلى ثلاثين", "ar"),
    ("التقى الفريقان في نهائي كأس آسيا", "ar"),
    ("وصلت المفاوضات بين اللاعب والنادي إلى طريق مسدود", "ar"),
    ("قال المتحدث باسم وزارة الدفاع", "ar"),
    ("يعاني من نوبة قلبية", "ar"),
    ("The striker scored a goal in the cup final", "en"),
    ("He died of a heart attack", "en"),
    ("The land belongs to farmers", "en"),
    ("Stocks crashed as the market closed", "en"),
    ("The film shows a battle scene by a famous actress", "en"),
    ("The Ministry of Defence and War declined to comment", "en"),
]


def _triggers(text: str, lang: str) -> list[tuple[str, str]]:
    lexicon = load_lexicon(lang)
    assert lexicon is not None
    tokens = tokenize(text)
    reading = read_sentence(
        text,
        Span(0, len(text)),
        lang=lang,
        lexicon=lexicon,
        mentions=[],
        tokens=tokens,
        stems=[stem_of(token) for token in tokens],
        actors=find_actors(tokens, lang=lang),
    )
    return [(t.type, text[t.span.start : t.span.end]) for t in find_triggers(reading)]


@pytest.mark.parametrize(("text", "kind", "words"), ARABIC)
def test_arabic_words_name_events(text: str, kind: str, words: str) -> None:
    """Verbs, verbal nouns and phrases of Arabic news name events of the right type."""
    found = dict(_triggers(text, "ar"))
    assert found.get(kind, "").startswith(words)


@pytest.mark.parametrize(("text", "kind", "words"), ENGLISH)
def test_english_words_name_events(text: str, kind: str, words: str) -> None:
    """Verbs, nouns and phrases of English news name events of the right type."""
    found = dict(_triggers(text, "en"))
    assert found.get(kind, "").startswith(words)


@pytest.mark.parametrize(("text", "lang"), NO_EVENTS)
def test_prices_sports_offices_and_illness_are_no_events(text: str, lang: str) -> None:
    """Words of events in the company of another subject name none."""
    assert _triggers(text, lang) == []


def test_glued_particles_are_left_out_of_the_span() -> None:
    """The span is the word without "and", "in" or "to", but with its article."""
    assert ("violence.shelling", "قصف") in _triggers("وقصف الجيش المواقع", "ar")
    assert ("violence.shelling", "القصف") in _triggers("نزحوا بسبب خوفهم من القصف", "ar")


def test_spans_are_offsets_of_the_text() -> None:
    """A trigger's words are those at its offsets, in text order, no two overlapping."""
    text = "اندلعت اشتباكات بعد غارات جوية، واعتقلت الشرطة متظاهرين"
    lexicon = load_lexicon("ar")
    assert lexicon is not None
    tokens = tokenize(text)
    reading = read_sentence(
        text,
        Span(0, len(text)),
        lang="ar",
        lexicon=lexicon,
        mentions=[],
        tokens=tokens,
        stems=[stem_of(token) for token in tokens],
    )
    spans = [trigger.span for trigger in find_triggers(reading)]
    assert len(spans) >= 3
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("lang", ["ar", "en", "fa", "fr", "he", "ru", "tr"])
def test_phrases_are_found_by_their_second_word_as_one_by_one(lang: str) -> None:
    """Of words that begin many phrases, in sentences of any of the phrases' words."""
    lexicon = load_lexicon(lang)
    assert lexicon is not None
    many = [known for known in map(lexicon.known, lexicon.by_form) if known.by_second]
    assert many
    chance = random.Random(4)  # noqa: S311 -- no secret
    for known in chance.sample(many, min(40, len(many))):
        further = [need for _, pattern, _ in known.begun for need in pattern.further]
        wanted = sorted(word for needs in further for of in needs for word in of)
        there = frozenset(chance.sample(wanted, min(4, len(wanted))))
        one_by_one = [one for one in known.begun if one[1].may_go_on(there, there)]
        assert known.begun_among(there, there) == one_by_one


@pytest.mark.parametrize(
    "text",
    [
        "Le match, prévu au stade de Bon-Rencontre à Toulon, est reporté.",
        "He lives in Battle-Abbey near Hastings.",
        "The poet was born in Saint-Strike near Lyon.",
    ],
)
def test_half_a_double_name_is_no_event(read: Read, text: str) -> None:
    """A word with a capital that a hyphen joins to another one is a part of a name."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ukraine Launches Counter-Attack Near Robotyne", "violence.armed_clash"),
        ("Deadly Gun-Battle in Mogadishu", "violence.armed_clash"),
        ("Anti-government protest in Tbilisi", "unrest.protest"),
    ],
)
def test_a_compound_of_a_heading_is_an_event(read: Read, text: str, kind: str) -> None:
    """Where all words have capitals they say nothing of names."""
    assert kind in {event.type for event in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "В порту Владивостока арестовали судно и 12 тонн краба.",
        "Таможенники задержали 5 тонн рыбы во Владивостоке.",
        "Police seized 12 tonnes of cocaine in Rotterdam.",
    ],
)
def test_what_is_weighed_is_not_counted(read: Read, text: str) -> None:
    """Tons are no ships or people that were held."""
    assert [event.count for event in read(text)] == [None]
