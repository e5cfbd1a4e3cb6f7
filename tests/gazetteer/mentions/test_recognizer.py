"""Which matches are places here: chosen without overlap, and new names where they are announced."""

from __future__ import annotations

import pytest

from gazetteer.index.store import Posting
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Match
from gazetteer.mentions.recognizer import Recognized, without_overlaps


@pytest.mark.parametrize("lang", ["xx", "und", ""])
def test_a_language_without_rules_has_empty_ones(lang):
    """Nothing is glued, nothing triggers, nothing is described."""
    rules = language_rules(lang)
    assert not rules.prefixes
    assert not rules.triggers
    assert not rules.patterns


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Troops entered the village of Qwexxal on Monday.", "Qwexxal"),
        ("وصلت القوات إلى بلدة كرندوسة صباح اليوم.", "كرندوسة"),
        ("انسحب المسلحون من بلدة تل قرمود أمس.", "تل قرمود"),
    ],
)
def test_an_announced_name_needs_no_gazetteer(gazetteer, text, name):
    """What is called a village is a place, though nobody knows where."""
    (found,) = [r for r in gazetteer.geoparse(text) if r.mention.text == name]
    assert found.place is None
    assert (found.score, found.alternatives) == (0, ())


def test_the_longer_name_is_taken(read):
    """New York City is no York."""
    found = [m[0] for m in read("He moved from London to New York City last year.", lang="en")]
    assert found == ["London", "New York City"]


@pytest.mark.parametrize(
    ("whole", "inner", "is_held", "kept"),
    [(0.46, 0.47, True, 0.46), (0.46, 0.47, False, 0.47), (0.44, 0.47, True, 0.47)],
)
def test_of_readings_about_as_likely_the_longer_held_one_counts(whole, inner, is_held, kept):
    """The port of Odesa, not Odesa, where both are about as likely."""
    postings = (Posting(1, 1),) if is_held else ()
    port = Match(0, 12, 0, 1, 1, "", 0, False, postings)
    city = Match(6, 12, 1, 1, 2, "", 0, False, (Posting(2, 2),))
    names = without_overlaps([Recognized(port, whole), Recognized(city, inner)])
    assert [name.p_place for name in names] == [kept]


def test_a_person_is_no_place(read):
    """A title before a name says that it is somebody's."""
    assert read("He said that President Washington spoke.", forms={"name"}, lang="en") == []


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Liverpool", "en", ["Liverpool"]),
        ("الضفة الغربية", "ar", ["الضفة الغربية"]),
        ("Batman", "tr", ["Batman"]),
        ("Paris Hilton", "en", []),
        ("Washington Post", "en", []),
    ],
)
def test_a_text_may_be_nothing_but_a_name(read, text, lang, names):
    """A cell of a table, a caption: no sentence tells that it is a place."""
    assert [m[0] for m in read(text, lang=lang)] == names


def test_names_inside_organisations_are_associative(read):
    """The university of Baku is an institution, and Baku itself a place."""
    text = (
        "He came from Baku and taught at the University of Baku and the Baku Institute of Physics."
    )
    found = read(text, lang="en")
    assert [form for words, form, _ in found if words == "Baku"] == ["name", *["associative"] * 2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وصل الوفد إلى مطار دولي قرب العاصمة.", "دولي"),
        ("احترقت عشرة محال في سوق الخضار أمس.", "الخضار"),
        ("زار الوزير المدينة المنكوبة أمس.", "المنكوبة"),
        ("پرواز در فرودگاه جدید به زمین نشست.", "جدید"),
    ],
)
def test_a_common_word_is_no_name_that_a_generic_word_announces(read, text, words):
    """An international airport, the market for vegetables: what it is like, or for."""
    assert not any(words in found for found, *_ in read(text, lang=None, forms={"name"}))


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Сайт кремль.рф открыт, а домен .РФ растёт.", "ru", []),
        ("Visit example.uk or the .US domain.", "en", []),
        ("Он живёт в г.Уфа и работает в РФ.", "ru", ["Уфа", "РФ"]),
        ("The envoy left the U.S. for the U.K. on Monday.", "en", ["U.S.", "U.K."]),
    ],
)
def test_a_domain_of_the_web_is_no_country(read, text, lang, names):
    """What stands right behind a point is an address, and no name in short."""
    assert [words for words, *_ in read(text, lang=lang)] == names


def test_a_slash_parts_names(read):
    """What stands before it is not the first word of the name behind."""
    found = [words for words, *_ in read("فيديو / الفروانية تغرق الآن #امطار_الكويت", lang="ar")]
    assert not any("/" in words for words in found)
    found = [words for words, *_ in read("صور من بيروت / طرابلس بعد العاصفة #لبنان", lang="ar")]
    assert found == ["بيروت", "طرابلس", "لبنان"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "إغلاق الطرق في محافظة مادبا ومنطقة #الأزرق بسبب السيول #الأردن",
            ["محافظة مادبا", "منطقة #الأزرق", "الأردن"],
        ),
        ("إغلاق الطرق في محافظة مادبا بسبب السيول.", ["مادبا"]),
        ("Flooding in the city of Houston #harvey #flood", ["Houston"]),
    ],
)
def test_arabic_posts_take_the_generic_word_into_the_name(read, text, names):
    """As annotators of posts do; in other texts it stays outside."""
    assert [words for words, *_ in read(text, lang=None, forms={"name"})] == names


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Des crues ont touché le département de la Drôme.", "fr", ["Drôme"]),
        ("Le feu gagne le département du Gard.", "fr", ["Gard"]),
        ("Le bateau a quitté le lac Kivu hier.", "fr", ["lac Kivu"]),
        ("Trabzon'un Of ilçesinde sel oldu.", "tr", ["Trabzon", "Of"]),
        ("İzmir'in Bornova ilçesinde sel oldu.", "tr", ["İzmir", "Bornova"]),
    ],
)
def test_a_name_begins_behind_what_is_none_of_it(read, text, lang, names):
    """Neither the word for a division nor the name that owns it is part of the name."""
    assert [m[0] for m in read(text, lang=lang)] == names


def test_an_unheld_name_ends_before_its_case(gazetteer):
    """What Turkish puts behind the apostrophe is no part of the name."""
    text = "Ziyaretçiler Mardin Müzesi'ne akın etti."
    (name,) = [r.mention.text for r in gazetteer.geoparse(text, lang="tr")]
    assert name == "Mardin Müzesi"


def test_a_name_means_the_same_with_its_article_apart(gazetteer):
    """The Channel has its article, the division has none in the gazetteer."""
    text = "Les habitants du département de la Manche ont voté."
    (manche,) = gazetteer.geoparse(text, lang="fr")
    assert manche.place.id == "iso:FR-50"
    (channel,) = gazetteer.geoparse("Un ferry a traversé la Manche.", lang="fr")
    assert channel.place.kind == "channel"
