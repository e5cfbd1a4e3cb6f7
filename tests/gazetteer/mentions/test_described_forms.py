"""Every form of described place is read in every language, with exactly its words."""

from __future__ import annotations

import pytest

from gazetteer.mention import DESCRIBED_FORMS

ALEPPO, HOMS, HAMA = "geonames:170063", "geonames:169577", "geonames:170017"
BAGHDAD, DAMASCUS = "geonames:98182", "geonames:170654"
COUNTRYSIDE = f"part@iso:SY-HL+{ALEPPO};countryside"

FOUND = {
    "en": [
        ("In the Somali capital.", "Somali capital", "geonames:53654"),
        ("In the capital of Somalia.", "capital of Somalia", "geonames:53654"),
        ("Sirens in southern Israel.", "southern Israel", "part@iso:IL;south"),
        ("It rained in the south of Israel.", "the south of Israel", "part@iso:IL;south"),
        ("Fires in rural Aleppo.", "rural Aleppo", COUNTRYSIDE),
        ("Fires in Aleppo’s northern countryside.", "Aleppo’s northern countryside", "north"),
        ("On the border of Iran and Azerbaijan.", "border of Iran and Azerbaijan", "border"),
        ("Quiet on Israel's northern border.", "Israel's northern border", "north"),
        (
            "On the Iranian side of the border with Azerbaijan.",
            "Iranian side of the border with Azerbaijan",
            "zone@iso:IR+iso:AZ;iso:IR",
        ),
        (
            "On the Syrian side of the Turkish border.",
            "Syrian side of the Turkish border",
            "zone@iso:SY+iso:TR;iso:SY",
        ),
        (
            "In the border areas of Turkey with Syria.",
            "border areas of Turkey with Syria",
            "zone@iso:TR+iso:SY;iso:TR",
        ),
        ("On the Libyan coast.", "Libyan coast", "coast@iso:LY"),
        ("On the southern Turkish coast.", "southern Turkish coast", "coast@iso:TR);south"),
        ("Off the coast of Yemen.", "Off the coast of Yemen", "coast@iso:YE;offshore"),
        ("A wreck off Yemen.", "off Yemen", "coast@iso:YE;offshore"),
        (
            "It sank 20 nautical miles off the Libyan coast.",
            "20 nautical miles off the Libyan coast",
            "coast@iso:LY;offshore;37.04",
        ),
        ("It fell 50km north of Baghdad.", "50km north of Baghdad", f"offset@{BAGHDAD};50;north"),
        ("It is fifty km from Baghdad.", "fifty km from Baghdad", f"offset@{BAGHDAD};50;from"),
        ("Within 50 km of Baghdad.", "Within 50 km of Baghdad", f"offset@{BAGHDAD};50;within"),
        ("It fell near Homs.", "near Homs", f"offset@{HOMS};;near"),
        ("Near the Turkish border.", "Near the Turkish border", "offset@(border@iso:TR);;near"),
        ("Hit between Homs and Hama.", "between Homs and Hama", f"between@{HOMS}+{HAMA}"),
        ("On the Damascus-Aleppo highway.", "Damascus-Aleppo highway", "between"),
        ("On the road from Homs to Hama.", "road from Homs to Hama", f"between@{HOMS}+{HAMA}"),
        ("The provinces of Homs and Hama.", "provinces of Homs and Hama", "union"),
        (
            "The provinces of Idlib, Hama and Aleppo.",
            "provinces of Idlib, Hama and Aleppo",
            "union@iso:SY-ID+iso:SY-HM+iso:SY-HL",
        ),
    ],
    "ar": [
        ("وقع في العاصمة الصومالية.", "العاصمة الصومالية", "geonames:53654"),
        ("وقع في عاصمة الصومال.", "عاصمة الصومال", "geonames:53654"),
        ("صفارات في جنوب إسرائيل.", "جنوب إسرائيل", "part@iso:IL;south"),
        ("وصلوا إلى الشمال التشادي.", "الشمال التشادي", "part@iso:TD;north"),
        ("حرائق بريف حلب.", "ريف حلب", COUNTRYSIDE),
        ("حرائق في ريف حلب الشمالي.", "ريف حلب الشمالي", f"part@({COUNTRYSIDE});north"),
        ("قصف على ريف دمشق الغربي.", "ريف دمشق الغربي", "part@iso:SY-RD;west"),
        ("وقع على الحدود بين إيران وأذربيجان.", "الحدود بين إيران وأذربيجان", "border"),
        ("وصلوا للحدود التركية.", "حدود التركية", "border@iso:TR"),
        (
            "نشرت باكستان قوات إضافية على الحدود مع أفغانستان.",
            "الحدود مع أفغانستان",
            "border@iso:PK+iso:AF",
        ),
        ("عند الحدود الشمالية لسوريا.", "الحدود الشمالية لسوريا", "north"),
        (
            "دخلوا الجانب الإيراني من الحدود مع أذربيجان.",
            "الجانب الإيراني من الحدود مع أذربيجان",
            "zone@iso:IR+iso:AZ;iso:IR",
        ),
        (
            "في المناطق الحدودية بين العراق وسوريا.",
            "المناطق الحدودية بين العراق وسوريا",
            "zone@iso:IQ+iso:SY",
        ),
        ("وصلوا إلى سواحل ليبيا.", "سواحل ليبيا", "coast@iso:LY"),
        ("ضربت الساحل الغربي للهند.", "الساحل الغربي للهند", "coast@iso:IN);west"),
        ("ضربت الساحل الغربي لجزيرة جاوا.", "الساحل الغربي لجزيرة جاوا", "coast@iso:ID-JW);west"),
        ("ضربت الساحل الشرقي للولايات المتحدة.", "الساحل الشرقي للولايات المتحدة", "us-east-coast"),
        ("غرق قبالة سواحل ليبيا.", "قبالة سواحل ليبيا", "coast@iso:LY;offshore"),
        ("سقط على بعد 50 كيلومترا شمال بغداد.", "50 كيلومترا شمال بغداد", "50;north"),
        ("يبعد خمسين كيلومترا عن بغداد.", "خمسين كيلومترا عن بغداد", "50;from"),
        ("وقع قرب حمص.", "قرب حمص", f"offset@{HOMS};;near"),
        ("وقع بالقرب من الحدود التركية.", "بالقرب من الحدود التركية", "near"),
        ("كمين بين حمص وحماة.", "بين حمص وحماة", f"between@{HOMS}+{HAMA}"),
        ("قطعوا طريق دمشق حلب.", "طريق دمشق حلب", f"between@{DAMASCUS}+{ALEPPO}"),
        ("نزحوا من محافظتي إدلب وحلب.", "محافظتي إدلب وحلب", "union@iso:SY-ID+iso:SY-HL"),
    ],
    "he": [
        ("פיצוץ אירע בבירת סומליה.", "בירת סומליה", "geonames:53654"),
        ("אזעקות בדרום ישראל.", "דרום ישראל", "part@iso:IL;south"),
        ("שריפות באזור הכפרי של חומס.", "אזור הכפרי של חומס", "countryside"),
        ("קרבות על הגבול בין סוריה לטורקיה.", "הגבול בין סוריה לטורקיה", "border"),
        ("הגבול הסורי-טורקי נסגר.", "הגבול הסורי-טורקי", "border@iso:SY+iso:TR"),
        (
            "הם חצו אל הצד האיראני של הגבול עם אזרבייג'ן.",
            "הצד האיראני של הגבול עם אזרבייג'ן",
            "zone@iso:IR+iso:AZ;iso:IR",
        ),
        ("הם הגיעו אל חופי לוב.", "חופי לוב", "coast@iso:LY"),
        ("ספינה טבעה מול חופי לוב.", "מול חופי לוב", "coast@iso:LY;offshore"),
        ('נפל 50 ק"מ צפונית לבגדאד.', '50 ק"מ צפונית לבגדאד', f"offset@{BAGHDAD};50;north"),
        ('נפל 50 ק"מ מבגדאד.', '50 ק"מ מבגדאד', f"offset@{BAGHDAD};50;from"),
        ("נפל ליד חומס.", "ליד חומס", f"offset@{HOMS};;near"),
        ("נפל סמוך לחומס.", "סמוך לחומס", f"offset@{HOMS};;near"),
        ("מארב בין דמשק לחומס.", "בין דמשק לחומס", f"between@{DAMASCUS}+{HOMS}"),
        ("הכביש בין דמשק לחומס נחסם.", "הכביש בין דמשק לחומס", "between"),
        ("הם עברו במחוזות דמשק וחומס.", "מחוזות דמשק וחומס", "union@iso:SY-DI+iso:SY-HI"),
    ],
    "ru": [
        ("Взрыв в сомалийской столице.", "сомалийской столице", "geonames:53654"),
        ("Взрыв в столице Сомали.", "столице Сомали", "geonames:53654"),
        ("Сирены на юге Израиля.", "юге Израиля", "part@iso:IL;south"),
        ("Бои на северо-востоке Чада.", "северо-востоке Чада", "part@iso:TD;northeast"),
        ("В сельской местности провинции Хомс.", "сельской местности провинции Хомс", "country"),
        ("На границе Сирии и Турции тихо.", "границе Сирии и Турции", "border@iso:SY+iso:TR"),
        ("На сирийско-турецкой границе.", "сирийско-турецкой границе", "border@iso:SY+iso:TR"),
        (
            "С иранской стороны границы с Азербайджаном.",
            "иранской стороны границы с Азербайджаном",
            "zone@iso:IR+iso:AZ;iso:IR",
        ),
        ("На побережье Ливии.", "побережье Ливии", "coast@iso:LY"),
        ("Судно у берегов Ливии.", "у берегов Ливии", "coast@iso:LY;offshore"),
        ("В 50 км к северу от Багдада.", "50 км к северу от Багдада", "50;north"),
        ("В 50 км от Багдада.", "50 км от Багдада", f"offset@{BAGHDAD};50;from"),
        ("Недалеко от Хомса.", "Недалеко от Хомса", f"offset@{HOMS};;near"),
        ("Стоят между Хомсом и Хамой.", "между Хомсом и Хамой", f"between@{HOMS}+{HAMA}"),
        ("Трасса Дамаск — Хомс закрыта.", "Трасса Дамаск — Хомс", f"between@{DAMASCUS}+{HOMS}"),
        ("В провинциях Идлиб и Хомс.", "провинциях Идлиб и Хомс", "union@iso:SY-ID+iso:SY-HI"),
    ],
    "fa": [
        ("بمبی در پایتخت سومالی.", "پایتخت سومالی", "geonames:53654"),
        ("درگیری در شمال شرق عراق.", "شمال شرق عراق", "part@iso:IQ;northeast"),
        ("روستاییان حومه موصل گریختند.", "حومه موصل", "countryside"),
        ("درگیری در مرز سوریه و ترکیه.", "مرز سوریه و ترکیه", "border@iso:SY+iso:TR"),
        ("در مناطق مرزی سوریه و ترکیه.", "مناطق مرزی سوریه و ترکیه", "zone@iso:SY+iso:TR"),
        ("در سمت سوری مرز با ترکیه.", "سمت سوری مرز با ترکیه", "zone@iso:SY+iso:TR;iso:SY"),
        ("مهاجران به سواحل لیبی رسیدند.", "سواحل لیبی", "coast@iso:LY"),
        ("قایق در نزدیکی سواحل لیبی غرق شد.", "نزدیکی سواحل لیبی", "coast@iso:LY;offshore"),
        ("انفجار در ۵۰ کیلومتری شمال تهران.", "۵۰ کیلومتری شمال تهران", "50;north"),
        ("انفجار در ۵۰ کیلومتری تهران.", "۵۰ کیلومتری تهران", "50;from"),
        ("پهپاد در نزدیکی مرز ترکیه افتاد.", "نزدیکی مرز ترکیه", "near"),
        ("جاده موصل-اربیل بسته شد.", "جاده موصل-اربیل", "between"),
        ("در شهرهای موصل و اربیل.", "شهرهای موصل و اربیل", "union@geonames:99072+geonames:95446"),
    ],
    "tr": [
        ("Somali'nin başkentinde.", "Somali'nin başkentinde", "geonames:53654"),
        ("Irak'ın güneyinde sirenler çaldı.", "Irak'ın güneyinde", "part@iso:IQ;south"),
        ("Halep kırsalında yangın.", "Halep kırsalında", COUNTRYSIDE),
        ("Halep'in kuzey kırsalında.", "Halep'in kuzey kırsalında", f"part@({COUNTRYSIDE});north"),
        (
            "İspanya ile Portekiz sınırında.",
            "İspanya ile Portekiz sınırında",
            "border@iso:ES+iso:PT",
        ),
        ("İspanya-Portekiz sınır bölgesinde.", "İspanya-Portekiz sınır bölgesinde", "zone@iso:ES"),
        ("Sınırın Irak tarafında.", "Sınırın Irak tarafında", "zone@iso:IQ;iso:IQ"),
        ("Portekiz kıyılarında.", "Portekiz kıyılarında", "coast@iso:PT"),
        ("Tekne Portekiz açıklarında battı.", "Portekiz açıklarında", "coast@iso:PT;offshore"),
        ("Bağdat'ın 50 km kuzeyinde.", "Bağdat'ın 50 km kuzeyinde", "50;north"),
        ("Bağdat'a 50 km uzaklıkta.", "Bağdat'a 50 km uzaklıkta", "50;from"),
        ("Bağdat yakınlarında.", "Bağdat yakınlarında", f"offset@{BAGHDAD};;near"),
        ("Irak sınırı yakınlarında.", "Irak sınırı yakınlarında", "offset@(border@iso:IQ);;near"),
        ("Humus ile Halep arasında.", "Humus ile Halep arasında", f"between@{HOMS}+{ALEPPO}"),
        ("Humus-Halep karayolunda.", "Humus-Halep karayolunda", f"between@{HOMS}+{ALEPPO}"),
        ("Humus ve Halep illerinde.", "Humus ve Halep illerinde", "union@iso:SY-HI+iso:SY-HL"),
    ],
    "fr": [
        ("Dans la capitale somalienne.", "capitale somalienne", "geonames:53654"),
        ("Dans la capitale de la Somalie.", "capitale de la Somalie", "geonames:53654"),
        ("Combats dans l'est du Tchad.", "est du Tchad", "part@iso:TD;east"),
        ("Dans la campagne d'Alep.", "campagne d'Alep", COUNTRYSIDE),
        ("La frontière entre la Syrie et la Turquie.", "frontière entre la Syrie et la", "border"),
        ("À la frontière turque.", "frontière turque", "border@iso:TR"),
        (
            "Du côté iranien de la frontière avec l'Azerbaïdjan.",
            "côté iranien de la frontière avec l'Azerbaïdjan",
            "zone@iso:IR+iso:AZ;iso:IR",
        ),
        ("Sur les côtes libyennes.", "côtes libyennes", "coast@iso:LY"),
        ("Un bateau au large de la Libye.", "au large de la Libye", "coast@iso:LY;offshore"),
        ("Au large des côtes libyennes.", "Au large des côtes libyennes", "coast@iso:LY;offshore"),
        ("À 50 km au nord d'Alep.", "50 km au nord d'Alep", f"offset@{ALEPPO};50;north"),
        ("À 50 km d'Alep.", "50 km d'Alep", f"offset@{ALEPPO};50;from"),
        ("Un drone près d'Alep.", "près d'Alep", f"offset@{ALEPPO};;near"),
        ("Près de la frontière turque.", "Près de la frontière turque", "near"),
        ("La route Damas-Alep est fermée.", "route Damas-Alep", f"between@{DAMASCUS}+{ALEPPO}"),
        ("Les provinces d'Idleb et d'Alep.", "provinces d'Idleb et d'Alep", "union"),
    ],
}
CASES = [(lang, *case) for lang, cases in FOUND.items() for case in cases]
FORMS_EVERYWHERE = {"part", "border", "zone", "coast", "offset", "between", "union"}


@pytest.mark.parametrize(("lang", "text", "words", "place_id"), CASES)
def test_a_description_is_read_with_its_whole_span(read, lang, text, words, place_id):
    """One place per sentence: its words from the first to the last, and how it is made."""
    found = read(text, forms=DESCRIBED_FORMS, lang=lang)
    assert [span.startswith(words) for span, _, _ in found] == [True]
    assert place_id in found[0][2]


@pytest.mark.parametrize("lang", FOUND)
def test_every_language_has_every_form(read, lang):
    """No language lacks a form that the others have."""
    texts = [text for text, _, _ in FOUND[lang]]
    forms = {form for text in texts for _, form, _ in read(text, lang=lang)}
    assert forms >= FORMS_EVERYWHERE


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The war between Iran and Israel went on."),
        ("en", "Talks between Homs and Hama councils stalled."),
        ("en", "Flights between Baku and Tbilisi resumed."),
        ("en", "North Korea and South Sudan met in Western Sahara."),
        ("en", "He cut off Syria from the banks."),
        ("en", "Sources close to Iran denied it."),
        ("en", "The Libyan coast guard and Turkish border guards came."),
        ("en", "Cases of West Nile virus rose."),
        ("ar", "المفاوضات بين إيران وإسرائيل متوقفة."),
        ("ar", "المباراة بين حلب وحمص انتهت."),
        ("ar", "أطلق حرس الحدود التركي النار وأنقذ خفر السواحل الليبي مهاجرين."),
        ("ar", "سافر إلى كوريا الشمالية."),
        ("he", "השיחות בין ישראל לסוריה נמשכות."),
        ("he", "הטיסה בין דמשק לחומס בוטלה."),
        ("he", "צפון קוריאה ערכה ניסוי."),
        ("ru", "Переговоры между Россией и Украиной."),
        ("ru", "Рейсы между Киевом и Одессой отменены."),
        ("ru", "Северная Корея и Южный Судан."),
        ("ru", "Он живет за границей, итальянцев там много."),
        ("fa", "مذاکرات بین ایران و عربستان."),
        ("fa", "پروازهای بین تهران و شیراز لغو شد."),
        ("fa", "کره شمالی موشک شلیک کرد."),
        ("tr", "İspanya ile Portekiz arasındaki görüşmeler sürüyor."),
        ("tr", "Humus ile Halep arasındaki ilişkilerin geleceği."),
        ("tr", "Kuzey Kore füze denedi."),
        ("fr", "Les négociations entre Homs et Hama."),
        ("fr", "La Corée du Nord a tiré un missile."),
        ("fr", "Les garde-côtes libyens et les gardes-frontières turcs."),
    ],
)
def test_what_only_sounds_like_a_description_is_none(read, lang, text):
    """Relations between places, names with a direction in them, and those who guard a border."""
    assert read(text, forms=DESCRIBED_FORMS, lang=lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "words", "place_id"),
    [
        ("ru", "Он летел в Южную Америку.", "Южную Америку", "region:south-america"),
        ("ar", "سافر إلى كوريا الشمالية.", "كوريا الشمالية", "iso:KP"),
    ],
)
def test_a_name_with_a_direction_is_no_half_of_another(read, lang, text, words, place_id):
    """What the gazetteer holds under the whole name, in whatever case."""
    assert read(text, lang=lang) == [(words, "name", place_id)]


@pytest.mark.parametrize(
    ("lang", "text", "part", "base"),
    [
        ("en", "Rebels took western Libya.", "region:western-libya", "iso:LY"),
        ("ar", "سافر إلى شمال أفريقيا.", "region:north-africa", "region:africa"),
    ],
)
def test_a_part_that_is_held_has_its_own_place(read, lang, text, part, base):
    """The region with its own outline, beside the name that it is described by."""
    found = [(form, place_id) for _, form, place_id in read(text, lang=lang)]
    assert found == [("part", part), ("name", base)]


@pytest.mark.parametrize(
    ("lang", "text", "words", "place_id"),
    [
        ("en", "Turkey sent tanks to the Syrian border.", "Syrian border",
         "border@iso:TR+iso:SY"),
        ("en", "At the Syrian border, guards of Turkey fired.", "Syrian border",
         "border@iso:TR+iso:SY"),
        ("en", "Turkey is far. Snow fell on the Syrian border.", "Syrian border", "border@iso:SY"),
        ("fr", "Un camion a brûlé à Vintimille, à la frontière française.",
         "frontière française", "border@iso:IT+iso:FR"),
        ("he", "הנשק הגיע מגבול מצרים, ליד אילת.", "גבול מצרים", "border@iso:IL+iso:EG"),
        ("fr", "La Tunisie a renforcé la frontière libyenne.", "frontière libyenne",
         "border@iso:TN+iso:LY"),
        ("ru", "Польша закрыла белорусскую границу.", "белорусскую границу",
         "border@iso:PL+iso:BY"),
        ("ar", "سار المهاجرون من تونس إلى الحدود الليبية وآخرون إلى الحدود مع الجزائر.",
         "الحدود مع الجزائر", "border@iso:TN+iso:DZ"),
    ],
)  # fmt: skip
def test_a_border_is_that_with_the_neighbour_its_sentence_names(read, lang, text, words, place_id):
    """By name; a party of another border is no neighbour of this one."""
    found = {(words, place_id) for words, _, place_id in read(text, lang=lang)}
    assert (words, place_id) in found


@pytest.mark.parametrize(
    ("lang", "text", "words", "place_id"),
    [
        ("ar", "سقطت قذيفة شرقي حلب.", "شرقي حلب", "part@iso:SY-HL;east"),
        ("ar", "سقطت قذيفة شرقي مدينة حلب.", "شرقي مدينة حلب", f"offset@{ALEPPO};;east"),
        ("fa", "گلوله‌ای در شرق شهر حلب افتاد.", "شرق شهر حلب", f"offset@{ALEPPO};;east"),
        ("fa", "انفجار در غرب تهران رخ داد.", "غرب تهران", "part@geonames:112931;west"),
        ("ar", "قصفت الطائرات غربي طرابلس في ليبيا.", "غربي طرابلس", "part@geonames:2210247;west"),
        ("ar", "دارت معارك جنوب الموصل.", "جنوب الموصل", "offset@geonames:99072;;south"),
    ],
)
def test_the_city_of_a_name_is_no_province(read, lang, text, words, place_id):
    """Where the text says that the city is meant, and of a capital in any case."""
    found = {(words, place_id) for words, _, place_id in read(text, lang=lang)}
    assert (words, place_id) in found


def test_a_description_may_stand_in_another(read):
    """The northern half of the countryside, and of that what lies near the border: one place."""
    text = "In the northern countryside of Aleppo near the Turkish border it was quiet."
    (found,) = read(text, forms=DESCRIBED_FORMS)
    assert found == (
        "northern countryside of Aleppo near the Turkish border",
        "part",
        f"part@(part@({COUNTRYSIDE});north)+(border@iso:SY+iso:TR);near",
    )


def test_parts_that_do_not_meet_stay_two_places(read):
    """The south of Homs does not reach Turkey: nothing is drawn where they would meet."""
    text = "In the southern countryside of Homs near the Turkish border it was quiet."
    forms = [form for _, form, _ in read(text, forms=DESCRIBED_FORMS)]
    assert forms == ["part", "offset"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وبريف حلب", "ريف حلب"),
        ("ومحافظتي إدلب وحلب", "محافظتي إدلب وحلب"),
        ("فبين حمص وحماة", "بين حمص وحماة"),
    ],
)
def test_glued_particles_stay_outside(read, text, words):
    """The span is the description, not what is glued to its first word."""
    assert [span for span, _, _ in read(text, forms=DESCRIBED_FORMS, lang="ar")] == [words]


@pytest.mark.parametrize(
    ("text", "words", "place_id"),
    [
        (
            "غرق مركب قبالة الساحل بين مدينتي الناظور والحسيمة.",
            "بين مدينتي الناظور والحسيمة",
            "between@geonames:2541479+geonames:2558545",
        ),
        (
            "انقلبت حافلة على الطريق بين مدينتي المكلا والشحر.",
            "الطريق بين مدينتي المكلا والشحر",
            "between@geonames:78754+geonames:30490",
        ),
        (
            "قطع الطريق الدولي حلب - اللاذقية.",
            "الطريق الدولي حلب - اللاذقية",
            "between@geonames:170063+geonames:173576",
        ),
        ("حادث على طريق صيدا - صور.", "طريق صيدا - صور", "between@geonames:268064+geonames:267008"),
        ("حادث سير على طريق عدن - أبين.", "طريق عدن - أبين", "between@geonames:415189+iso:YE-AB"),
    ],
)
def test_arabic_ways_lead_from_one_end_to_the_other(read, text, words, place_id):
    """Of two towns named by the dual, and of roads that a dash names by their ends."""
    ((found, _, place),) = read(text, lang="ar", forms=DESCRIBED_FORMS)
    assert (found, place) == (words, place_id)
