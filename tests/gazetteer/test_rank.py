"""Of the places of one name, the one is chosen that the rest of the text speaks for."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.prior import prior_odds
from gazetteer.rank import (
    FULL_FEATURES,
    GROUPS,
    PRIOR_FEATURES,
    Hint,
    Named,
    Ranking,
    rank,
    resolver_weights,
    share_with_seats,
)
from gazetteer.ranking.candidates import Candidates
from gazetteer.text.normalize import fold


@pytest.fixture(scope="module")
def store(gazetteer):
    """Return the opened index."""
    return gazetteer._store


@pytest.fixture(scope="module")
def named(store):
    """Return a function: names that stand one after another, so many characters apart."""
    matcher = Matcher(store)

    def named(*words, apart=50, announced=()):
        names, at = [], 0
        for word in words:
            postings, _ = matcher.lookup(word, language_rules("en"))
            names.append(
                Named(at, at + len(word), word, "en", postings, announced=frozenset(announced))
            )
            at += len(word) + apart
        return names

    return named


def best(store, ranking):
    """Return the id of the likeliest place."""
    return store.place_id(ranking.rows[0])


def test_each_name_has_its_ranking_in_order(store, named):
    """As many rankings as names; probabilities fall."""
    rankings = rank(store, named("Baku", "Tripoli", "Springfield", "Baku"))
    assert len(rankings) == 4
    assert rankings[0].rows == rankings[3].rows
    assert rankings[0].scores[0] == pytest.approx(rankings[3].scores[0], abs=0.05)
    for ranking in rankings:
        assert len(ranking.rows) == len(ranking.scores) == len(set(ranking.rows))
        assert list(ranking.scores) == sorted(ranking.scores, reverse=True)
        assert all(0 <= p <= 1 for p in (*ranking.scores, ranking.none))


def test_nothing_is_ranked_to_nothing(store):
    """A text without names has no rankings."""
    assert rank(store, []) == []


def test_a_name_of_one_place_may_mean_another_that_is_not_held(store, named):
    """Without a rival the probability is high, and what is left is that of no held place."""
    (ranking,) = rank(store, named("Nagorno-Karabakh"))
    assert len(ranking.rows) == 1
    assert 0.5 < ranking.scores[0] < 1
    assert ranking.none == pytest.approx(1 - ranking.scores[0])


@pytest.mark.parametrize(
    ("words", "apart", "place_id"),
    [
        (["Paris"], 0, "geonames:2988507"),
        (["Paris", "Texas"], 2, "geonames:4717560"),
        (["Paris", "France"], 2, "geonames:2988507"),
        (["Tripoli", "Lebanon"], 2, "geonames:266826"),
        (["Tripoli", "Libya"], 2, "geonames:2210247"),
        (["Cambridge", "Massachusetts"], 2, "geonames:4931972"),
        (["Birmingham", "Alabama"], 2, "geonames:4049979"),
        (["Birmingham", "England"], 2, "geonames:2655603"),
    ],
)
def test_the_division_or_country_that_follows_decides(store, named, words, apart, place_id):
    """What stands right behind a name is where it lies."""
    assert best(store, rank(store, named(*words, apart=apart))[0]) == place_id


def test_places_of_one_country_speak_for_each_other(store, named):
    """Tripoli beside Beirut and Sidon is not in Libya."""
    alone, *_ = rank(store, named("Tripoli"))
    beside, *_ = rank(store, named("Tripoli", "Beirut", "Sidon", "Lebanon"))
    assert best(store, alone) == "geonames:2210247"
    assert best(store, beside) == "geonames:266826"


def test_countries_spoken_of_otherwise_count(store, named):
    """A demonym in the text speaks for its country."""
    plain, *_ = rank(store, named("Tripoli"))
    (lebanese,) = rank(store, named("Tripoli"), countries={"LB": 0.7})

    def score(ranking):
        return dict(zip(ranking.rows, ranking.scores, strict=True))[store.row("geonames:266826")]

    assert score(lebanese) > score(plain)
    assert rank(store, named("Tripoli"), countries={"XX": 1.0})[0] == plain


def test_a_word_that_announces_a_kind_speaks_for_it(store, named):
    """In "Baku province" the division is likelier than in "Baku" alone."""

    def division(announced):
        (ranking,) = rank(store, named("Baku", announced=announced))
        scores = dict(zip(ranking.rows, ranking.scores, strict=True))
        return scores[store.row("iso:AZ-BA")]

    assert division({"admin1"}) > division(())


@pytest.mark.parametrize("words", [["Kidal", "Gao", "Bamako"], ["Kharkiv", "Sumy", "Donetsk"]])
def test_a_city_and_its_division_share_what_the_text_says(store, named, words):
    """What lies around speaks for both, so the city stays the likelier reading of a bare name."""
    rankings = rank(store, named(*words))
    assert [store.kind_of(ranking.rows[0]) in SETTLEMENT_KINDS for ranking in rankings] == [
        True
    ] * 3


@pytest.mark.parametrize("word", ["Kidal", "Kharkiv"])
def test_a_word_that_announces_a_division_makes_it_the_likelier(store, named, word):
    """In "Kidal region" it is not the city."""
    (ranking,) = rank(store, named(word, announced={"admin1"}))
    assert store.kind_of(ranking.rows[0]) == "admin1"


def test_the_weights_fit_the_features():
    """The shipped model has one weight for each feature, by name."""
    weights = resolver_weights()
    assert len(weights.prior) == len(PRIOR_FEATURES)
    assert len(weights.full) == len(FULL_FEATURES) == len(set(FULL_FEATURES))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_odds_of_a_name_alone_are_those_of_its_features(store, lang):
    """Worked out one candidate at a time, they are what the features and weights give."""
    odds, weights = prior_odds(), resolver_weights().alone
    words = (
        "Baku",
        "Tripoli",
        "Georgia",
        "Nile",
        "US",
        "Donbas",
        "Ovda",
        "Trucial States",
        "Londres",
    )
    for surface in (*words, "باكو", "طرابلس"):
        postings = tuple(store.postings(store.key(fold(surface))))
        for changed in (False, True):
            name = Named(0, 1, surface, lang, postings, article_changed=changed)
            candidates = Candidates(store, [name])
            alone = candidates.prior.copy()
            alone[:, PRIOR_FEATURES.index("seat")] = 0  # divided later, see share_with_seats
            expected = alone @ weights
            found = [
                odds(store, posting, lang=lang, surface=surface, article_changed=changed)
                for posting in candidates.postings[0]
            ]
            assert found == pytest.approx(expected.tolist(), abs=1e-9)


def test_a_city_and_its_division_share_what_they_have(small):
    """Nine in ten for the city, three in ten in the United States; nothing is lost."""
    divisions = [
        {"id": f"iso:{code}-1", "kind": "admin1", "at": (1, 1), "country": code,
         "names": {"en": ["N"]}}
        for code in ("YE", "US")
    ]  # fmt: skip
    towns = [
        {"id": f"geonames:{number}", "kind": kind, "at": (1, 1), "country": code,
         "admin1": f"iso:{code}-1", "population": 9_999, "names": {"en": ["N"]}}
        for number, code, kind in [(1, "YE", "city"), (2, "US", "town"), (3, "YE", "airport")]
    ]  # fmt: skip
    store = small(*divisions, *towns)._store
    scores = [0.1, 0.2, 0.1, 0.3, 0.3]
    share_with_seats(store, [0, 1, 2, 3, 4], scores)
    assert scores == pytest.approx([0.02, 0.35, 0.18, 0.15, 0.3])
    alone = [0.6, 0.4]
    share_with_seats(store, [2, 1], alone)
    assert alone == [0.6, 0.4]


def test_every_group_of_kinds_has_a_weight():
    """One feature for each."""
    assert {f"kind={group}" for group in GROUPS} <= set(PRIOR_FEATURES)


@pytest.mark.parametrize(
    ("words", "place_id"),
    [
        (["Alaska", "Colorado", "Georgia", "Idaho", "Oregon"], "iso:US-GA"),
        (["Ontario", "Manitoba", "Alberta"], "iso:CA-ON"),
    ],
)
def test_a_list_of_divisions_names_no_towns_of_the_next(store, named, words, place_id):
    """In "Colorado, Georgia, Idaho" the states are meant, though a state follows each."""
    rankings = rank(store, named(*words, apart=2))
    assert best(store, rankings[words.index(store.place(store.row(place_id)).name)]) == place_id


def test_later_mentions_follow_the_qualified_one(store, named):
    """After "Paris, Texas" a lone "Paris" of the same text is the one in Texas."""
    names = named("Paris", "Texas", apart=2)
    later = Named(900, 905, "Paris", "en", names[0].postings)
    assert best(store, rank(store, [*names, later])[2]) == "geonames:4717560"


def test_an_adjective_right_behind_a_name_tells_its_country(store, named):
    """As in Arabic "صور اللبنانية": what stands beside a name weighs more than the same far off."""
    names = named("Tripoli")
    row = store.row("iso:LB")
    beside, far = (rank(store, names, hints=[Hint(row, 0.7, at, at + 8)])[0] for at in (8, 5000))

    def score(ranking):
        return dict(zip(ranking.rows, ranking.scores, strict=True))[store.row("geonames:266826")]

    assert score(beside) > score(far) > score(rank(store, names)[0])


def test_what_was_not_there_at_the_time_loses(small):
    """A place that ended in 1991 is no place of a report of 2020, but one of a report of 1980."""
    overlapping = [
        {"id": "x:old", "kind": "region", "at": (50, 40), "names": {"en": ["Oldland"]},
         "details": {"valid_to": "1991-12-26"}},
        {"id": "x:new", "kind": "village", "at": (1, 1), "names": {"en": ["Oldland"]}},
    ]  # fmt: skip
    store = small(*overlapping)._store
    postings = tuple(store.postings(store.key("oldland")))
    name = [Named(0, 7, "Oldland", "en", postings)]
    then, now = (rank(store, name, published=date(year, 6, 1))[0] for year in (1980, 2020))
    assert store.place_id(then.rows[0]) == "x:old"
    assert store.place_id(now.rows[0]) == "x:new"


def test_a_text_of_thousands_of_names_is_ranked_in_parts(store, named):
    """Every name has its ranking, in order, however many there are."""
    words = ["Baku", "Tripoli", "Paris"] * 300
    rankings = rank(store, named(*words))
    assert len(rankings) == 900
    assert all(isinstance(ranking, Ranking) for ranking in rankings)
    assert {best(store, ranking) for ranking in rankings[::3]} == {"geonames:587084"}


@pytest.mark.parametrize(
    ("name", "town", "water"),
    [
        ("Split", "geonames:3190261", "lake:split-lake"),
        ("Constance", "geonames:2885679", "lake:bodensee"),
        ("Bahía Blanca", "geonames:3865086", "sea:bahia-blanca"),
    ],
)
def test_a_bare_name_is_the_towns_and_not_the_waters(gazetteer, named, name, town, water):
    """In a text and by itself; the lake is still among the candidates."""
    store = gazetteer._store
    ranking = rank(store, named(name))[0]
    assert best(store, ranking) == town
    assert store.row(water) in ranking.rows
    assert gazetteer.search(name, limit=1)[0].place.id == town


def test_a_lake_that_no_town_is_called_like_needs_no_word(store, named):
    """Baikal is the lake."""
    assert best(store, rank(store, named("Baikal"))[0]) == "lake:lake-baikal"
