"""Numbers, money and casualties are read as the text says them."""

from __future__ import annotations

import pytest

from geoevents.event import Money
from geoevents.extract.quantities import Number, find_casualties, find_money, find_numbers


def only(text: str, lang: str) -> Number:
    """Return the one number that a text holds."""
    found = find_numbers(text, lang=lang)
    assert len(found) == 1, found
    return found[0]


def noun(text: str, number: Number) -> str | None:
    """Return the words that a number counts."""
    return text[number.noun.start : number.noun.end] if number.noun else None


@pytest.mark.parametrize(
    ("lang", "text", "value", "counted"),
    [
        ("ar", "أطلقت 12 صاروخا", 12, "صاروخا"),
        ("ar", "أطلقت ١٢ صاروخا", 12, "صاروخا"),
        ("ar", "ثلاث طائرات", 3, "طائرات"),
        ("ar", "ثلاثة من عناصر الشرطة", 3, "عناصر"),
        ("ar", "أحد عشر جنديا", 11, "جنديا"),
        ("ar", "اثنتي عشرة دبابة", 12, "دبابة"),
        ("ar", "سبعة وعشرين معتقلا", 27, "معتقلا"),
        ("ar", "مئة وخمسة وثلاثين لاجئا", 135, "لاجئا"),
        ("ar", "ثلاثمئة مقاتل", 300, "مقاتل"),
        ("ar", "مئتي مقاتل", 200, "مقاتل"),
        ("ar", "ألفي مقاتل", 2000, "مقاتل"),
        ("ar", "خمسة آلاف نازح", 5000, "نازح"),
        ("ar", "70 ألف نازح", 70_000, "نازح"),
        ("ar", "1,250 منزلا", 1250, "منزلا"),
        ("ar", "مليون ونصف مليون لاجئ", 1_500_000, "لاجئ"),
        ("ar", "أربعة ملايين شخص", 4_000_000, "شخص"),
        ("ar", "3 ملايين و500 ألف شخص", 3_500_000, "شخص"),
        ("ar", "مليون و200 ألف شخص", 1_200_000, "شخص"),
        ("en", "fired 12 rockets", 12, "rockets"),
        ("en", "three planes", 3, "planes"),
        ("en", "twenty-seven detainees", 27, "detainees"),
        ("en", "three hundred and five fishermen", 305, "fishermen"),
        ("en", "two thousand five hundred homes", 2500, "homes"),
        ("en", "1,250 homes", 1250, "homes"),
        ("en", "1.5 million refugees", 1_500_000, "refugees"),
        ("en", "two dozen soldiers", 24, "soldiers"),
        ("en", "96 armored self-propelled artillery systems", 96, "systems"),
        ("en", "four MQ-9 maritime surveillance drones", 4, "drones"),
        ("en", "six F-16 jets", 6, "jets"),
        ("en", "60 T72B/T72M battle tanks", 60, "tanks"),
        ("en", "five of the ships", 5, "ships"),
        ("ru", "50 000 человек", 50_000, "человек"),
        ("ru", "двадцать три человека", 23, "человека"),
        ("fa", "بیست و سه سرباز", 23, "سرباز"),
        ("fr", "2 500 soldats", 2500, "soldats"),
        ("fr", "soixante et onze blessés", 71, "blessés"),
        ("fr", "quatre-vingt-douze morts", 92, "morts"),
        ("tr", "on iki asker", 12, "asker"),
        ("tr", "yüz on dört kişi", 114, "kişi"),
        ("tr", "yirmi üç asker", 23, "asker"),
        ("he", "עשרים חיילים", 20, "חיילים"),
    ],
)
def test_a_number_is_read_with_what_it_counts(
    lang: str, text: str, value: int, counted: str
) -> None:
    """Digits of any script, number words, and the noun behind them."""
    number = only(text, lang)
    assert (number.value, noun(text, number)) == (value, counted)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("أقلعت طائرتان من المطار", "طائرتان"),
        ("استهدفت سفينتين في البحر", "سفينتين"),
        ("هبطت شاحنتي وقود عند المعبر", "شاحنتي"),
        ("أطلق صاروخين على المدينة", "صاروخين"),
        ("قتل جنديان", "جنديان"),
        ("طائرتا شحن", "طائرتا"),
        ("طائرتين حربيتين إيرانيتين", "طائرتين"),
    ],
)
def test_the_arabic_dual_is_two(text: str, word: str) -> None:
    """The ending alone says two; the adjectives that agree do not say it again."""
    number = only(text, "ar")
    assert (number.value, number.form) == (2, "dual")
    assert text[number.span.start : number.span.end] == noun(text, number) == word


@pytest.mark.parametrize(
    "text",
    [
        "باكستان وكردستان",
        "التي وصلت",
        "الرئيس بوتين",
        "المدنيين والمسلحين",
        "في بساتين المدينة",
        "الكويتي",
        "هبطتا",
        "المجتمع الفلسطيني",
    ],
)
def test_words_that_only_look_like_a_dual_are_no_number(text: str) -> None:
    """Countries, relative pronouns, plurals of people and verbs of two share the endings."""
    assert find_numbers(text, lang="ar") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "مئات الصواريخ"),
        ("ar", "عشرات القتلى"),
        ("ar", "آلاف النازحين"),
        ("ar", "عدة غارات"),
        ("en", "dozens of rockets"),
        ("en", "several strikes"),
        ("en", "tens of thousands of people"),
    ],
)
def test_dozens_and_hundreds_have_no_value(lang: str, text: str) -> None:
    """A vague number is told as one, never as a guess."""
    number = only(text, lang)
    assert (number.value, number.exact, number.form) == (None, False, "vague")


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "10-15 rockets"), ("en", "between 10 and 15 rockets"), ("ar", "بين 10 و15 صاروخا")],
)
def test_a_range_is_one_number_without_a_value(lang: str, text: str) -> None:
    """Neither end is taken for the count."""
    number = only(text, lang)
    assert (number.value, number.form) == (None, "range")


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "at least 40 people"), ("ar", "نحو 40 شخصا"), ("ar", "أكثر من 40 شخصا")],
)
def test_about_and_at_least_make_a_number_inexact(lang: str, text: str) -> None:
    """The value is kept, and flagged."""
    number = only(text, lang)
    assert (number.value, number.exact) == (40, False)


def test_an_english_article_counts_one_and_is_flagged() -> None:
    """An article says one, but less surely than the word one does."""
    number = only("a plane landed", "en")
    assert (number.value, number.form) == (1, "article")


@pytest.mark.parametrize(
    "text",
    [
        "صادرت كمية كبيرة من الصواريخ",
        "F-16",
        "flight 760",
        "7.7 degrees",
        "20%",
        "27/9/2020",
        "10:30",
        "19-year-old",
        "Resolution 1701",
    ],
)
def test_numbers_that_count_nothing_are_left_out(text: str) -> None:
    """Names, decimals, percentages, dates and ages are no counts."""
    assert find_numbers(text, lang="en") == []


@pytest.mark.parametrize(
    ("lang", "text", "amount", "currency"),
    [
        ("en", "worth $2.4 billion", 2.4e9, "USD"),
        ("en", "for 300 million euros", 3e8, "EUR"),
        ("en", "for USD 5,000", 5000.0, "USD"),
        ("en", "three million pounds", 3e6, None),
        ("ar", "بقيمة ثلاثة مليارات دولار", 3e9, "USD"),
        ("ar", "بقيمة 1.2 مليار يورو", 1.2e9, "EUR"),
        ("ar", "مليون ونصف دولار", 1.5e6, "USD"),
        ("ar", "مليوني دولار", 2e6, "USD"),
        ("ar", "50 مليون ريال", 5e7, None),
        ("ar", "50 مليون ريال سعودي", 5e7, "SAR"),
        ("ru", "1,5 млрд долларов", 1.5e9, "USD"),
        ("fr", "5 milliards de dollars", 5e9, "USD"),
        ("fa", "پنج میلیارد دلار", 5e9, "USD"),
        ("tr", "5 milyar dolar", 5e9, "USD"),
        ("he", "20 מיליון שקל", 2e7, "ILS"),
    ],
)
def test_an_amount_of_money_has_its_currency_where_the_words_name_one(
    lang: str, text: str, amount: float, currency: str | None
) -> None:
    """A riyal or a pound alone may be several countries': the currency stays empty."""
    ((money, _),) = find_money(text, lang=lang)
    assert money == Money(amount, currency)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "أسفر التفجير عن مقتل 41 شخصا وجرح 60 آخرين", [("killed", 41), ("wounded", 60)]),
        ("ar", "نحو 30 قتيلا و90 جريحا", [("killed", 30), ("wounded", 90)]),
        ("ar", "أودى الزلزال بحياة تسعة أشخاص", [("killed", 9)]),
        ("ar", "إصابة 15 بجروح", [("wounded", 15)]),
        ("ar", "مقتل جندي وإصابة ضابطين", [("killed", 1), ("wounded", 2)]),
        ("ar", "55 شخصا قتلوا في الغارة", [("killed", 55)]),
        ("ar", "نزوح عشرات الآلاف", [("displaced", None)]),
        ("ar", "نزوح 12 ألف شخص", [("displaced", 12_000)]),
        ("ar", "لا يزال 80 شخصا آخرين مفقودين", [("missing", 80)]),
        (
            "en",
            "The blast killed 19 civilians and wounded 31 others.",
            [("killed", 19), ("wounded", 31)],
        ),
        ("en", "Six people were injured.", [("wounded", 6)]),
        ("en", "At least 17 dead, 40 missing", [("killed", 17), ("missing", 40)]),
        ("en", "The fire left 12 people dead.", [("killed", 12)]),
        ("en", "The attack claimed the lives of 12 people", [("killed", 12)]),
        ("en", "25 foreign-backed Libyan militiamen have been killed", [("killed", 25)]),
        ("en", "Gunmen killed a soldier.", [("killed", 1)]),
        ("en", "dozens were killed", [("killed", None)]),
        ("en", "The flood displaced 20,000 people.", [("displaced", 20_000)]),
        ("ru", "погибли 20 человек, 30 ранены", [("killed", 20), ("wounded", 30)]),
        ("fr", "23 personnes ont été tuées", [("killed", 23)]),
        ("fa", "بیست و سه نفر کشته شدند", [("killed", 23)]),
        ("tr", "23 kişi öldü, 5 asker yaralandı", [("killed", 23), ("wounded", 5)]),
        ("he", "20 סטודנטים נפצעו", [("wounded", 20)]),
    ],
)
def test_casualties_are_read_in_either_word_order(
    lang: str, text: str, expected: list[tuple[str, int | None]]
) -> None:
    """The kind and the count, whether the verb or the number comes first."""
    found = find_casualties(text, lang=lang)
    assert [(casualties.kind, casualties.count) for casualties, _ in found] == expected


@pytest.mark.parametrize(
    "text", ["Lawmakers killed a bill.", "The company cut 300 jobs.", "a dead end"]
)
def test_words_of_death_without_people_are_no_casualties(text: str) -> None:
    """A bill that is killed and a dead end hurt nobody."""
    assert find_casualties(text, lang="en") == []
