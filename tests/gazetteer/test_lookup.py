"""A name given by itself is read in several ways, and each place gets the odds it deserves."""

from __future__ import annotations

import pytest

from gazetteer.filters import wanted
from gazetteer.lookup import LIKENESS_FEATURES, Lookup
from gazetteer.rank import Named

# Cities under their Latin names alone, as GeoNames holds most of the world; points and
# inhabitants are those of GeoNames.
CITIES = [
    ("Kitchener", "CA", 43.42537, -80.5112, 256_885),
    ("Cilacap", "ID", -7.72639, 109.00944, 256_996),
    ("Glasgow", "GB", 55.86515, -4.25763, 626_410),
    ("Melbourne", "AU", -37.814, 144.96332, 5_435_590),
    ("Liverpool", "GB", 53.41058, -2.97794, 496_770),
    ("Manchester", "GB", 53.48095, -2.23743, 568_996),
    ("Leeds", "GB", 53.79648, -1.54785, 536_280),
    ("Guadalajara", "MX", 20.67738, -103.34749, 1_385_629),
    ("Johannesburg", "ZA", -26.20227, 28.04363, 9_418_183),
    ("Chattanooga", "US", 35.04563, -85.30968, 181_099),
    ("Kyoto", "JP", 35.02107, 135.75385, 1_463_723),
    ("Ouagadougou", "BF", 12.36566, -1.53388, 2_415_266),
    ("Bydgoszcz", "PL", 53.1235, 18.00762, 330_038),
    ("Reykjavík", "IS", 64.13548, -21.89541, 118_918),
    ("Wrocław", "PL", 51.10286, 17.03006, 672_545),
    ("Bujumbura", "BI", -3.38193, 29.36142, 769_317),
    ("Kolkata", "IN", 22.56263, 88.36304, 4_631_392),
    ("Lima", "PE", -12.04318, -77.02824, 7_737_002),
]
# The same names as news in other scripts writes them.
FOREIGN = {
    "Arabic": {
        "كيتشنر": "Kitchener",
        "سيلاكاب": "Cilacap",
        "جلاسجو": "Glasgow",
        "ليفربول": "Liverpool",
        "مانشستر": "Manchester",
        "ليدز": "Leeds",
        "غوادالاخارا": "Guadalajara",
        "جوهانسبرغ": "Johannesburg",
        "كيوتو": "Kyoto",
        "واغادوغو": "Ouagadougou",
        "ريكيافيك": "Reykjavík",
        "بوجومبورا": "Bujumbura",
        "كلكتا": "Kolkata",
        "ليما": "Lima",
    },
    "Hebrew": {
        "מלבורן": "Melbourne",
        "ליברפול": "Liverpool",
        "מנצ'סטר": "Manchester",
        "לידס": "Leeds",
        "יוהנסבורג": "Johannesburg",
        "קיוטו": "Kyoto",
        "רייקיאוויק": "Reykjavík",
    },
    "Cyrillic": {
        "Мельбурн": "Melbourne",
        "Ливерпуль": "Liverpool",
        "Манчестер": "Manchester",
        "Гвадалахара": "Guadalajara",
        "Йоханнесбург": "Johannesburg",
        "Киото": "Kyoto",
        "Быдгощ": "Bydgoszcz",
        "Рейкьявик": "Reykjavík",
        "Вроцлав": "Wrocław",
    },
    "Greek": {
        "Λίβερπουλ": "Liverpool",
        "Γλασκώβη": "Glasgow",
        "Μελβούρνη": "Melbourne",
        "Μάντσεστερ": "Manchester",
    },
    "Armenian": {
        "Մանչեստր": "Manchester",
        "Լիվերպուլ": "Liverpool",
        "Մելբուռն": "Melbourne",
    },
    "Georgian": {
        "მანჩესტერი": "Manchester",
        "ლივერპული": "Liverpool",
    },
}


@pytest.fixture(scope="module")
def latin(small):
    """Return a gazetteer of cities that is held in Latin letters only."""
    return small(
        *(
            {"id": f"geonames:{i}", "kind": "city", "at": (lat, lon), "country": country,
             "population": population, "names": {"en": [name]}}
            for i, (name, country, lat, lon, population) in enumerate(CITIES, start=1)
        ),
        {"id": "iso:AU", "kind": "country", "at": (-25, 134), "country": "AU", "radius_km": 1500,
         "names": {"en": ["Australia"], "ar": ["أستراليا"]}},
    )  # fmt: skip


@pytest.mark.parametrize("script", FOREIGN)
def test_names_in_other_scripts_find_what_is_held_in_latin_letters(latin, script):
    """First of all, and never as if the name itself were held in that script."""
    for name, meant in FOREIGN[script].items():
        found = latin.search(name)
        assert (name, found[0].name) == (name, meant)
        assert 0 < found[0].score < 1
        assert 0 < found[0].match <= 1
        assert latin.search(name, fuzzy=False) == []


def test_a_transliterated_name_keeps_to_what_is_asked_for(latin):
    """A country, a box, a qualifier in the name's own script."""
    assert latin.search("ملبورن", country="GB") == []
    assert latin.search("ملبورن", country="AU")[0].name == "Melbourne"
    assert latin.search("ملبورن", box=(140, -40, 150, -30))[0].name == "Melbourne"
    assert latin.search("ملبورن، أستراليا")[0].name == "Melbourne"
    assert latin.search("ليفربول، أستراليا") == []


def test_a_misspelt_name_tells_how_like_it_is(latin):
    """One letter of nine: eight ninths, and no certainty."""
    (found,) = latin.search("Liverpol")
    assert (found.name, found.match) == ("Liverpool", pytest.approx(8 / 9, abs=1e-4))
    assert 0.1 < found.score < 1
    assert latin.search("Liverpool")[0].match == 1


def test_scores_leave_room_for_a_place_that_is_not_held(latin):
    """Those of names that are only like it sum to less than 1."""
    for name in ("Liverpol", "ليفربول", "Leedz", "كيتشنر"):
        total = sum(match.score for match in latin.search(name, limit=1000))
        assert 0 < total < 1


@pytest.mark.parametrize("name", ["Liverpool", "Liverpol", "ليفربول"])
def test_likenesses_have_all_features(latin, name):
    """One number for each; the search's weights are by name."""
    lookup = Lookup(latin._store)
    for _, posting, features in lookup.likenesses(name.lower(), lang="en", accepts=None):
        assert tuple(features) == LIKENESS_FEATURES
        assert latin._store.name_kind(posting.name) != "code"


# Readings


PLACES = (
    {"id": "iso:US", "kind": "country", "at": (39, -98), "country": "US", "radius_km": 1500,
     "names": {"en": ["United States"], "ar": ["الولايات المتحدة"]}},
    {"id": "iso:FR", "kind": "country", "at": (46, 2), "country": "FR", "radius_km": 400,
     "names": {"en": ["France"], "ar": ["فرنسا"]}},
    {"id": "iso:US-TX", "kind": "admin1", "at": (31, -99), "country": "US", "radius_km": 450,
     "names": {"en": ["Texas"], "ar": ["تكساس"]}, "codes": ["TX"]},
    {"id": "geonames:1", "kind": "capital", "at": (48.85, 2.35), "country": "FR",
     "population": 2_100_000, "names": {"en": ["Paris"], "ar": ["باريس"]}},
    {"id": "geonames:2", "kind": "town", "at": (33.66, -95.55), "country": "US",
     "admin1": "iso:US-TX", "population": 25_000, "names": {"en": ["Paris"], "ar": ["باريس"]}},
    {"id": "geonames:3", "kind": "town", "at": (15.7, 43.6), "country": "YE", "population": 46_000,
     "names": {"en": ["Hajjah"], "ar": ["حجة"]}},
    {"id": "geonames:4", "kind": "village", "at": (20, 20), "population": 9, "country": "TD",
     "names": {"en": ["Paris, Texas"]}},
)  # fmt: skip


@pytest.fixture(scope="module")
def world(small):
    """Return a gazetteer of seven places; one is called as another is asked for."""
    return small(*PLACES)


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Paris", "geonames:1"),
        ("Paris, Texas", "geonames:2"),
        ("Paris , TEXAS", "geonames:2"),
        ("Paris (Texas)", "geonames:2"),
        ("Paris/Texas", "geonames:2"),
        ("Paris; United States", "geonames:2"),
        ("Paris, TX", "geonames:2"),
        ("Paris, Texas, United States", "geonames:2"),
        ("Paris, France", "geonames:1"),
        ("باريس، تكساس", "geonames:2"),
        ("باريس (الولايات المتحدة)", "geonames:2"),
        ("باريس؛ فرنسا", "geonames:1"),
        ("Paris,", "geonames:1"),
        (", Paris", "geonames:1"),
        ("Paris, Nowhere", "geonames:1"),
        ("Texas, United States", "iso:US-TX"),
        ("United States", "iso:US"),
        ("city of Hajjah", "geonames:3"),
        ("مدينة حجة", "geonames:3"),
    ],
)
def test_what_stands_around_a_name_tells_where_it_lies(world, name, place_id):
    """Commas of several scripts, brackets, a slash; what is no area is passed over."""
    found = world.search(name)
    assert found[0].place.id == place_id
    assert found[0].match == 1


def test_a_place_does_not_lie_in_itself(world):
    """A division is not found by its own name twice."""
    assert world.search("Texas, Texas", fuzzy=False)[0].place.id == "iso:US-TX"
    assert world.search("France, United States", fuzzy=False)[0].place.id == "iso:FR"


def test_a_context_counts_wherever_its_names_stand(world):
    """Nothing depends on how far from its beginning a name of it is."""
    lookup, lang = Lookup(world._store), "en"

    def scores(start):
        (texas,) = world._store.postings(world._store.key("texas"))
        others = [Named(start, start + 5, "Texas", lang, (texas,))]
        found = lookup.find("Paris", lang=lang, others=others)
        return {world._store.place_id(one.posting.place): one.score for one in found}

    alone = {m.place.id: m.score for m in world.search("Paris", lang=lang)}
    near = scores(start=0)
    assert near == scores(start=2) == scores(start=5_000)
    assert near["geonames:2"] > 2 * alone["geonames:2"]


def test_nearness_draws_and_does_not_decide(world):
    """A point beside the smaller town raises it; both stay possible."""
    here = {m.place.id: m.score for m in world.search("Paris", near=(33, -96))}
    there = {m.place.id: m.score for m in world.search("Paris", near=(48, 2))}
    plain = {m.place.id: m.score for m in world.search("Paris")}
    assert here["geonames:2"] > plain["geonames:2"] > there["geonames:2"] > 0
    assert set(here) == set(there) == {"geonames:1", "geonames:2"}


def test_a_search_of_a_store_without_filters_is_a_search_of_all(world):
    """What is wanted may be left out."""
    lookup = Lookup(world._store)
    assert lookup.find("Paris", lang="en") == lookup.find(
        "Paris", lang="en", wanted=wanted(world._store)
    )


def test_who_bears_the_name_comes_before_who_sounds_like_it(small):
    """A village called so in Arabic, beside a city whose Latin name may be spelt so."""
    village = {"id": "geonames:1", "kind": "village", "at": (33.0, 60.0), "country": "AF",
               "population": 900, "names": {"en": ["Qalan Deh"], "ar": ["لندا"]}}  # fmt: skip
    city = {"id": "geonames:2", "kind": "city", "at": (8.0, 39.0), "country": "ET",
            "population": 400_000, "names": {"en": ["Landa"]}}  # fmt: skip
    found = small(village, city).search("لندا")
    assert [match.place.id for match in found] == ["geonames:1", "geonames:2"]
    assert found[0].match == 1.0
    assert found[1].match < 1.0


def test_what_one_lexington_is_called_the_others_are_called_too(small):
    """Behind the one that bears the name, and not where no guessing is asked for."""
    known = {"id": "geonames:1", "kind": "city", "at": (38.0, -84.5), "country": "US",
             "population": 300_000,
             "names": {"en": ["Lexington"], "ar": ["ليكسينغتون"]}}  # fmt: skip
    namesake = {"id": "geonames:2", "kind": "town", "at": (35.8, -80.2), "country": "US",
                "population": 19_000, "names": {"en": ["Lexington"]}}  # fmt: skip
    gazetteer = small(known, namesake)
    found = gazetteer.search("ليكسينغتون")
    assert [match.place.id for match in found] == ["geonames:1", "geonames:2"]
    assert found[0].match == 1.0 > found[1].match
    assert len(gazetteer.search("ليكسينغتون", fuzzy=False)) == 1


def test_what_is_left_without_a_generic_word_is_no_perfect_match(small):
    """An airport that is not held is known by its city, and the match says so."""
    city = {"id": "geonames:1", "kind": "city", "at": (33.3, 44.4), "country": "IQ",
            "population": 900_000, "names": {"en": ["Baghdad"]}}  # fmt: skip
    found = small(city)
    assert found.search("Baghdad", lang="en")[0].match == 1.0
    (match,) = found.search("Baghdad airport", lang="en")
    assert match.place.id == "geonames:1"
    assert match.match == pytest.approx(7 / 15, abs=0.001)
    assert found.search("Baghdad, Iraq", lang="en")[0].match == 1.0
