"""Events of Persian sentences: light verbs, prefixes, passives, plans, hearsay, and non-events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gazetteer.text.tokens import tokenize
from geoevents.article import Article
from geoevents.extract.joining import join_words
from geoevents.extract.lexicon import load_lexicon
from geoevents.extract.morphology import load_morphology
from geoevents.extract.pipeline import extract

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geoevents.event import Event

DAY = date(2024, 5, 15)  # a Wednesday

# Text, then of each event: type, status, trigger, places with their roles, start of its time.
SENTENCES: list[tuple[str, list[tuple[str, str, str, dict[str, str], str | None]]]] = [
    (
        "بالگردهای ارتش میانمار صبح شنبه روستایی در ایالت شان را به گلوله بستند.",
        [("violence.shelling", "asserted", "به گلوله بستند", {"شان": "location"}, "2024-05-11")],
    ),
    (
        "هواپیمای باری اوکراینی دیشب از ورشو به کیشیناو پرواز کرد.",
        [
            (
                "movement.flight", "asserted", "پرواز کرد",
                {"ورشو": "origin", "کیشیناو": "destination"}, "2024-05-14",
            )
        ],
    ),
    (
        "نخست‌وزیر ژاپن روز جمعه وارد دهلی نو شد.",
        [("movement.flight", "asserted", "وارد", {"دهلی نو": "destination"}, "2024-05-10")],
    ),
    (
        "کشتی باری از بندر عدن راهی بیروت شد.",
        [
            (
                "movement.voyage", "asserted", "راهی",
                {"بندر عدن": "origin", "بیروت": "destination"}, None,
            )
        ],
    ),
    (
        "نیروهای ارمنستان از خاک آذربایجان عقب‌نشینی نکردند.",
        [
            (
                "movement.troop_movement", "negated", "عقب‌نشینی نکردند",
                {"آذربایجان": "origin"}, None,
            )
        ],
    ),
    (
        "دولت کنیا آدم‌ربایی در مومباسا را تکذیب کرد.",
        [("violence.attack", "negated", "آدم‌ربایی", {"مومباسا": "location"}, None)],
    ),
    (
        "به گزارش خبرگزاری آناتولی، دو راکت به پایگاهی در نزدیکی اربیل اصابت کرد.",
        [("violence.shelling", "reported", "اصابت کرد", {"نزدیکی اربیل": "location"}, None)],
    ),
    (
        "روسیه قرار است ماه آینده در دریای بارنتز رزمایش برگزار کند.",
        [("force.exercise", "hypothetical", "رزمایش", {"دریای بارنتز": "location"}, "2024-06")],
    ),
    (
        "مجارستان دو دیپلمات بلاروسی را اخراج خواهد کرد.",
        [("coercion.sanction", "hypothetical", "اخراج خواهد کرد", {}, None)],
    ),
    (
        "پرستاران روز دوشنبه در رباط تظاهرات کردند.",
        [("unrest.protest", "asserted", "تظاهرات کردند", {"رباط": "location"}, "2024-05-13")],
    ),
    (
        "گارد ساحلی یونان یک نفتکش روسی را در نزدیکی کرت توقیف کرد.",
        [("coercion.arrest", "asserted", "توقیف کرد", {"نزدیکی کرت": "location"}, None)],
    ),
    (
        "زمین‌لرزه‌ای به بزرگی ۵٫۱ شهر ازمیر را لرزاند.",
        [("hazard.earthquake", "asserted", "زمین‌لرزه‌ای", {"ازمیر": "location"}, None)],
    ),
    (
        "شورشیان تهدید کردند که به بندر حدیده حمله می‌کنند.",
        [
            ("statement.threat", "asserted", "تهدید کردند", {}, None),
            ("violence.attack", "hypothetical", "حمله می‌کنند", {"بندر حدیده": "location"}, None),
        ],
    ),
    (
        "سنگاپور چهار زیردریایی از آلمان خریده است.",
        [("deal.arms_deal", "asserted", "خریده", {}, None)],
    ),
    (
        "شبه‌نظامیان در ایالت بورنو به یک کاروان حمله کردند.",
        [("violence.attack", "asserted", "حمله کردند", {"بورنو": "location"}, None)],
    ),
    (
        "هلال احمر امارات ده تن دارو به خارطوم فرستاد.",
        [("transfer.aid", "asserted", "فرستاد", {"خارطوم": "destination"}, None)],
    ),
    (
        "اگر دو طرف در ژنو توافق آتش‌بس امضا نکنند، جنگ ادامه خواهد یافت.",
        [("deal.agreement", "negated", "امضا نکنند", {"ژنو": "location"}, None)],
    ),
    (
        "پاکستان صدها پناهجو را از تورخم اخراج کرد.",
        [("movement.convoy", "asserted", "اخراج کرد", {"تورخم": "origin"}, None)],
    ),
    (
        "ارتش سودان نیروهای خود را از خارطوم بیرون کشید.",
        [("movement.troop_movement", "asserted", "بیرون کشید", {"خارطوم": "origin"}, None)],
    ),
    (
        "پهپادهای اوکراینی بندر نووروسیسک را هدف قرار دادند.",
        [
            (
                "violence.strike", "asserted", "هدف قرار دادند",
                {"بندر نووروسیسک": "location"}, None,
            )
        ],
    ),
    (
        "آتش سوزی در انباری در رشت.",
        [("hazard.fire", "asserted", "آتش سوزی", {"رشت": "location"}, None)],
    ),
    (
        "حماس پیشنهاد آتش‌بس را رد کرد.",
        [("diplomacy.refusal", "asserted", "رد کرد", {}, None)],
    ),
    (
        "معترضان جاده اصلی بصره را بستند.",
        [("unrest.protest", "asserted", "بستند", {"بصره": "location"}, None)],
    ),
    (
        "پنج نفر در تصادف جاده‌ای نزدیک یزد جان باختند.",
        [("hazard.accident", "asserted", "تصادف جاده‌ای", {"نزدیک یزد": "location"}, None)],
    ),
    (
        "دو فعال در تهران روانه زندان شدند.",
        [("coercion.arrest", "asserted", "روانه زندان شدند", {"تهران": "location"}, None)],
    ),
    (
        "سه نفر به اتهام جاسوسی برای موساد در تبریز دستگیر شدند.",
        [
            ("intelligence.espionage", "asserted", "جاسوسی", {}, None),
            ("coercion.arrest", "asserted", "دستگیر شدند", {"تبریز": "location"}, None),
        ],
    ),
    (
        "گاز اشک‌آور علیه معترضان در تفلیس شلیک شد.",
        [("unrest.riot", "asserted", "گاز اشک‌آور", {"تفلیس": "location"}, None)],
    ),
    (
        "معترضان در نایروبی مغازه‌ها را غارت و خودروها را واژگون کردند.",
        [("unrest.riot", "asserted", "غارت", {"نایروبی": "location"}, None)],
    ),
    (
        "هیئت پارلمانی روسیه از کابل دیدن کرد.",
        [("diplomacy.visit", "asserted", "دیدن کرد", {"کابل": "location"}, None)],
    ),
]  # fmt: skip


def events_of(gazetteer: Gazetteer, text: str) -> tuple[Event, ...]:
    """Return the events of a Persian text of that Wednesday."""
    return extract(Article(text=text, lang="fa", published=DAY), gazetteer).events


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_tells_these_events_and_no_other(
    gazetteer: Gazetteer,
    text: str,
    expected: list[tuple[str, str, str, dict[str, str], str | None]],
) -> None:
    """Type, status, words, places with their roles, and the day."""
    found = [
        (
            event.type,
            event.status,
            text[event.trigger.start : event.trigger.end],
            {place.resolution.mention.text: place.role for place in event.places},
            event.time.start if event.time else None,
        )
        for event in events_of(gazetteer, text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "قیمت طلا در بازارهای جهانی سقوط کرد.",
        "این فیلم مانند زلزله‌ای سینمای کشور را لرزاند.",
        "ترور شخصیت این بازیگر در شبکه‌های اجتماعی ادامه دارد.",
        "تیم ملی فوتبال ایران با حمله‌های پیاپی عراق را شکست داد.",
        "حمله قلبی جان او را گرفت.",
        "سیل انتقادها از این سریال ادامه دارد.",
        "مربی تیم گفت که بازیکنانش تا دقیقه نود جنگیدند.",
        "بازیکنان دو تیم در لیگ با هم درگیر شدند.",
        "مردم برای خرید به بازار هجوم بردند.",
        "این مستند درباره کودتای خزنده است.",
        "کشاورزان آب را بستند.",
        "برف راه روستا را بست.",
        "دانشجو از دانشگاه اخراج شد.",
    ],
)
def test_words_of_sport_art_and_markets_tell_no_event(gazetteer: Gazetteer, text: str) -> None:
    """A fall of prices, a storm of critics, an attack on the goal: nothing happened."""
    assert events_of(gazetteer, text) == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ایران به اسرائیل حمله کرد.", {("actor", "IR"), ("target", "IL")}),
        ("اتیوپی اریتره را به حمایت از شورشیان متهم کرد.", {("actor", "ET"), ("target", "ER")}),
        ("هلند چهار ناوچه از ایتالیا خریداری می‌کند.", {("recipient", "NL"), ("supplier", "IT")}),
        ("وزیر خارجه ترکیه با همتای عراقی خود دیدار کرد.", {("actor", "TR"), ("actor", "IQ")}),
        ("مجارستان دو دیپلمات بلاروسی را اخراج کرد.", {("actor", "HU"), ("target", "BY")}),
    ],
)
def test_word_order_and_prepositions_give_the_parts(
    gazetteer: Gazetteer, text: str, parts: set[tuple[str, str | None]]
) -> None:
    """The subject comes first, "ra" marks the object, and a preposition stands before the rest."""
    (event,) = events_of(gazetteer, text)
    assert {(p.role, p.country) for p in event.participants} == parts


def test_a_person_made_the_object_of_a_passive_is_its_target(gazetteer: Gazetteer) -> None:
    """Who "was arrested" is arrested, and arrests nobody."""
    (event,) = events_of(gazetteer, "سفیر روسیه در پراگ بازداشت شد.")
    assert (event.type, [(p.role, p.country) for p in event.participants]) == (
        "coercion.arrest",
        [("target", "RU")],
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("حمله‌ها", ["حملهها"]),
        ("می کنند", ["ميكنند"]),
        ("نمی‌کنند", ["نميكنند"]),
        ("خواهد کرد", ["خواهدكرد"]),
        ("در شهر", ["در", "شهر"]),
    ],
)
def test_parts_of_a_word_are_joined_whatever_parts_them(text: str, words: list[str]) -> None:
    """A non-joiner, or a blank behind a verb's prefix; other words stay apart."""
    morphology = load_morphology("fa")
    assert morphology is not None
    joined = join_words(text, tokenize(text), morphology)
    assert [token.folded for token in joined] == words
    assert [token.surface for token in joined if len(words) == 1] == [text] * (len(words) == 1)


@pytest.mark.parametrize(
    ("form", "tags"),
    [
        ("میکنند", {"present", "pl"}),
        ("نمیکنند", {"present", "neg", "pl"}),
        ("بکند", {"inf", "sg"}),
        ("نکردهاند", {"past", "neg", "part", "pl"}),
        ("خواهدکرد", {"future", "sg"}),
    ],
)
def test_a_verb_has_its_prefixes_and_what_they_say(form: str, tags: set[str]) -> None:
    """Present, negation, wish and future stand before the stem."""
    morphology = load_morphology("fa")
    assert morphology is not None
    forms = morphology.forms("verb", "کرد/کن")
    assert set(forms[form.replace("ی", "ي").replace("ک", "ك")].split()) == tags


def test_every_pattern_of_the_lexicon_is_compiled() -> None:
    """The file names lemmas and classes that exist, else the lexicon could not be built."""
    lexicon = load_lexicon("fa")
    assert lexicon is not None
    assert "حمله" in lexicon.by_form
