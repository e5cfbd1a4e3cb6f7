"""Of the places of one name, the one is chosen that the rest of the text speaks for."""

from __future__ import annotations

import pytest

from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.prior import prior_odds
from gazetteer.rank import (
    CONTEXT_FEATURES,
    GROUPS,
    PRIOR_FEATURES,
    Lot,
    Named,
    rank,
    resolver_weights,
    share_with_seats,
)
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
    """As many rankings as names; probabilities fall and sum to 1."""
    rankings = rank(store, named("Baku", "Tripoli", "Springfield", "Baku"))
    assert len(rankings) == 4
    assert rankings[0] == rankings[3]
    for ranking in rankings:
        assert len(ranking.rows) == len(ranking.scores) == len(set(ranking.rows))
        assert list(ranking.scores) == sorted(ranking.scores, reverse=True)
        assert sum(ranking.scores) == pytest.approx(1)


def test_nothing_is_ranked_to_nothing(store):
    """A text without names has no rankings."""
    assert rank(store, []) == []


def test_a_name_of_one_place_is_certain(store, named):
    """Without a rival the probability is 1."""
    (ranking,) = rank(store, named("Nagorno-Karabakh"))
    assert ranking.scores == (1.0,)


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


def test_the_weights_fit_the_features():
    """The shipped model has one weight for each feature, by name."""
    weights = resolver_weights()
    assert len(weights.prior) == len(PRIOR_FEATURES)
    assert len(weights.full) == len(PRIOR_FEATURES) + len(CONTEXT_FEATURES)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_odds_of_a_name_alone_are_those_of_its_features(store, lang):
    """Worked out one candidate at a time, they are what the features and weights give."""
    odds, weights = prior_odds(), resolver_weights().full[: len(PRIOR_FEATURES)]
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
            lot = Lot(store, Named(0, 1, surface, lang, postings, article_changed=changed))
            expected = lot.prior_features() @ weights
            found = [
                odds(store, posting, lang=lang, surface=surface, article_changed=changed)
                for posting in lot.postings
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
         "admin1": f"iso:{code}-1", "population": 9, "names": {"en": ["N"]}}
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
