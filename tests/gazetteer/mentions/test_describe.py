"""Places that are described by others: what is found, which words are its span, where it lies."""

from __future__ import annotations

import pytest

from gazetteer.mention import DESCRIBED_FORMS


@pytest.mark.parametrize(
    ("text", "words", "place_id"),
    [
        ("Rockets hit southern Israel on Monday.", "southern Israel", "part@iso:IL;south"),
        ("Turkish aid reached northern Chad.", "northern Chad", "part@iso:TD;north"),
        ("سقطت صواريخ على جنوب إسرائيل أمس.", "جنوب إسرائيل", "part@iso:IL;south"),
        ("وصل اللاجئون إلى الجنوب الفرنسي.", "الجنوب الفرنسي", "part@iso:FR;south"),
        (
            "Clashes broke out on the Iran–Azerbaijan border.",
            "Iran–Azerbaijan border",
            "border@iso:IR+iso:AZ",
        ),
        (
            "They met on the border between Syria and Lebanon.",
            "border between Syria and Lebanon",
            "border@iso:SY+iso:LB",
        ),
        (
            "اندلع القتال على الحدود بين سوريا ولبنان.",
            "الحدود بين سوريا ولبنان",
            "border@iso:SY+iso:LB",
        ),
        (
            "اندلع القتال على الحدود السورية التركية.",
            "الحدود السورية التركية",
            "border@iso:SY+iso:TR",
        ),
        (
            "Shelling hit the Iran-Azerbaijan border areas.",
            "Iran-Azerbaijan border areas",
            "zone@iso:IR+iso:AZ",
        ),
        (
            "شهدت المناطق الحدودية بين إيران وأذربيجان مناورات.",
            "المناطق الحدودية بين إيران وأذربيجان",
            "zone@iso:IR+iso:AZ",
        ),
        (
            "He left Azerbaijan. Troops moved to the border areas with Iran.",
            "border areas with Iran",
            "zone@iso:AZ+iso:IR;iso:AZ",
        ),
        (
            "The rocket landed 50 km north of Baghdad.",
            "50 km north of Baghdad",
            "offset@geonames:98182;50;north",
        ),
        (
            "سقط الصاروخ على بعد 50 كيلومترا شمال بغداد.",
            "50 كيلومترا شمال بغداد",
            "offset@geonames:98182;50;north",
        ),
        ("Pirates reached the coast of Somalia.", "coast of Somalia", "coast@iso:SO"),
        ("وصل القارب إلى سواحل ليبيا.", "سواحل ليبيا", "coast@iso:LY"),
    ],
)
def test_a_described_place_is_found_with_its_whole_span(read, text, words, place_id):
    """Parts, borders, zones on one side or both, offsets and coasts, in Arabic and English."""
    assert read(text, forms=DESCRIBED_FORMS) == [(words, place_id.partition("@")[0], place_id)]


def test_the_names_inside_are_given_as_well(gazetteer):
    """The description points at the spans of the names it is made of."""
    text = "They met on the border between Syria and Lebanon."
    described, syria, lebanon = gazetteer.geoparse(text)
    assert described.mention.refs == (syria.span, lebanon.span)
    assert described.mention.within == syria.span
    assert all(described.span.holds(ref) for ref in described.mention.refs)
    assert described.score == min(syria.score, lebanon.score)


@pytest.mark.parametrize(
    ("text", "words", "km"),
    [
        ("A blast 30 miles southwest of Kabul killed two.", "30 miles southwest of Kabul", 48.2803),
        ("It fell 500 metres north of Baghdad.", "500 metres north of Baghdad", 0.5),
        ("It fell 12.5 km south of Aleppo.", "12.5 km south of Aleppo", 12.5),
        ("It fell 1,200 km east of Moscow.", "1,200 km east of Moscow", 1200),
        (
            "It fell 20 kilometers (12 miles) north of Baghdad.",
            "20 kilometers (12 miles) north of Baghdad",
            20,
        ),
        ("سقط على بعد ٣٠ كيلومترا شمال بغداد.", "٣٠ كيلومترا شمال بغداد", 30),
        ("سقط على بعد 12٫5 كيلومترا شمال بغداد.", "12٫5 كيلومترا شمال بغداد", 12.5),
        ("In 2016, 30 km north of Baghdad, it fell.", "30 km north of Baghdad", 30),
        (
            "It fell forty five miles north of Baghdad.",
            "forty five miles north of Baghdad",
            72.4205,
        ),
        ("سقط على بعد خمسة وعشرين كيلومترا شمال بغداد.", "خمسة وعشرين كيلومترا شمال بغداد", 25),
    ],
)
def test_a_distance_is_read_as_it_is_written(gazetteer, text, words, km):
    """Miles, metres, decimals, thousands, other digits, and a conversion in brackets."""
    (offset,) = [r for r in gazetteer.geoparse(text) if r.mention.form == "offset"]
    assert offset.mention.text == words
    assert float(offset.place.id.split(";")[1]) == km


def test_a_direction_without_a_distance_is_vague(gazetteer):
    """The point lies near, and its uncertainty is as far as it was moved."""
    (offset,) = [
        r
        for r in gazetteer.geoparse("A blast north of Baghdad killed two.")
        if r.mention.form == "offset"
    ]
    assert offset.place.id == "offset@geonames:98182;;north"
    assert offset.uncertainty_km >= 10


@pytest.mark.parametrize(
    "text",
    ["A village some umpteen km north of Baghdad was hit.", "It is many miles north of Baghdad."],
)
def test_a_distance_that_cannot_be_read_gives_no_offset(read, text):
    """Far away is not drawn near by."""
    assert [form for _, form, _ in read(text)] == ["name"]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("southern Israel was hit", "schematic"),
        ("50 km north of Baghdad", "inferred"),
        ("on the Iran–Azerbaijan border", "stated"),
        ("in the Iran-Azerbaijan border areas", "schematic"),
    ],
)
def test_the_basis_says_how_the_shape_follows_from_the_words(gazetteer, text, basis):
    """A border is what it is; how wide border areas are is this package's convention."""
    found = gazetteer.geoparse(text, lang="en")
    (described,) = [r for r in found if r.mention.form in DESCRIBED_FORMS]
    assert described.geometry_basis == basis


@pytest.mark.parametrize(
    "text",
    [
        "They met on the border between Israel and Azerbaijan.",
        "على الحدود بين إسرائيل وأذربيجان",
        "They met in the Iceland-Japan border area.",
        "They met at the Japanese border.",
    ],
)
def test_strangers_and_islands_have_no_border(read, text):
    """Countries that do not touch have no line to draw: the names stay, nothing is invented."""
    assert read(text, forms={"border", "zone"}) == []


def test_a_description_does_not_cross_a_sentence(read):
    """A direction at the end of one and a name at the beginning of the next are strangers."""
    assert read("They went north. Baghdad was calm.", forms=DESCRIBED_FORMS) == []


@pytest.mark.parametrize(
    ("lang", "text", "words", "place_id"),
    [
        (
            "en",
            "A quake 12 km NE of Ridgecrest.",
            "12 km NE",
            "offset@geonames:5387494;12;northeast",
        ),
        (
            "en",
            "A blast 22km WNW of Gilgit.",
            "22km WNW of Gilgit",
            "offset@geonames:1178338;22;west-northwest",
        ),
        (
            "en",
            "It was hit 60 miles west-southwest of Mukalla.",
            "60 miles west-southwest of Mukalla",
            "offset@geonames:78754;96.5606;west-southwest",
        ),
        ("he", "הרחפן נפל מצפון לאשקלון.", "צפון לאשקלון", "offset@geonames:295620;;north"),
        (
            "he",
            'הבסיס נמצא 40 ק"מ מדרום-מזרח לחלב.',
            '40 ק"מ מדרום-מזרח לחלב',
            "offset@geonames:170063;40;southeast",
        ),
    ],
)
def test_points_of_the_compass_lead_away_from_a_place(read, lang, text, words, place_id):
    """The sixteen of the compass, abbreviated behind a distance; "from the north to" in Hebrew."""
    ((found, _, place),) = read(text, lang=lang, forms=DESCRIBED_FORMS)
    assert found.startswith(words)
    assert place == place_id


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("tr", "Güney'e geçmek istediler, Kuzey'de kar var."),
        ("he", "הוא נסע לדרום-מזרח."),
        ("fr", "Il pleut dans le Sud."),
    ],
)
def test_a_direction_alone_is_no_place_abroad(read, lang, text):
    """Israel has a Southern District, and Singapore one called South East."""
    assert read(text, lang=lang) == []


def test_a_name_keeps_its_article_where_it_has_one(read):
    """The river Jordan has one in Hebrew, the country none."""
    assert read("הירדן עלה על גדותיו.", lang="he") == [("הירדן", "name", "river:jordan")]
    assert read("מלך ירדן ביקר בפריז.", lang="he")[0] == ("ירדן", "name", "iso:JO")
