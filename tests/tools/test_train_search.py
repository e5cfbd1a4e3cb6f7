"""The search's weights are learned from names taken out of an index, and misspelt ones."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from gazetteer.lookup import LIKENESS_FEATURES
from tools.train_search import _fit, _Lot, draw, misspell


def town(number, country, *, kind="town", population=10_000, **names):
    """Return a place as a draft takes it."""
    return {
        "id": f"geonames:{number}", "kind": kind, "at": (1, number), "country": country,
        "population": population, "names": {lang: list(texts) for lang, texts in names.items()},
    }  # fmt: skip


@pytest.fixture
def drafted():
    """Return a draft of towns, with their names in two scripts."""
    from gazetteer.index.draft import Draft, NameDraft, PlaceDraft

    places = [
        *(town(i, "YE", en=[f"Town {i}"], ar=["حجة", f"بلدة {i}"]) for i in range(1, 21)),
        *(town(i, "US", en=[f"City {i}"], ar=["مدينة"]) for i in range(21, 41)),
        town(41, "YE", en=["Small"], ar=["صغيرة"], population=10),
        town(42, "YE", en=["Airport"], ar=["مطار"], kind="airport"),
        town(43, "YE", en=["Odd"], ar=["حجة، اليمن"]),
        town(44, "YE", en=["Latin"]),
    ]
    named = [
        (row, lang, "short", text)
        for row, place in enumerate(places)
        for lang, texts in place["names"].items()
        for text in texts
    ]
    n = len(places)
    return Draft(
        PlaceDraft(
            [p["id"] for p in places], [p["kind"] for p in places], [p["country"] for p in places],
            [-1] * n, [0] * n, [0] * n, [p["population"] for p in places], ["test"] * n, [""] * n,
            [1.0] * n, {},
        ),
        NameDraft(*map(list, zip(*named, strict=True))),
        {},
    )  # fmt: skip


def names_of(draft, place_id):
    """Return the names of a place."""
    row = draft.places.id.index(place_id)
    return [t for r, t in zip(draft.names.place, draft.names.text, strict=True) if r == row]


def test_drawn_towns_lose_their_names_in_the_script(drafted):
    """All of them; those in other scripts stay, and so do those of other places."""
    before = {place_id: names_of(drafted, place_id) for place_id in drafted.places.id}
    queries = draw(drafted, "Arabic", 10, 3, wanted=lambda _: True, smallest=5_000)
    drawn = {query.place_id for query in queries}
    assert len(drawn) == len(queries) == 10
    for query in queries:
        assert query.name in before[query.place_id]
        assert names_of(drafted, query.place_id) == before[query.place_id][:1]
    for place_id in set(before) - drawn:
        assert names_of(drafted, place_id) == before[place_id]
    columns = (drafted.names.place, drafted.names.lang, drafted.names.kind, drafted.names.text)
    assert len({len(column) for column in columns}) == 1


def test_only_settlements_that_are_wanted_and_large_are_drawn(drafted):
    """With a name that is not qualified; few of them in the United States."""
    wanted = {f"geonames:{i}" for i in range(5, 45)}
    queries = draw(drafted, "Arabic", 20, 3, wanted=wanted.__contains__, smallest=5_000)
    drawn = {query.place_id for query in queries}
    assert drawn <= wanted - {f"geonames:{i}" for i in (41, 42, 43, 44)}
    assert sum(query.country == "US" for query in queries) == 2
    assert drawn >= {f"geonames:{i}" for i in range(5, 21)}


def test_a_draw_can_be_repeated(drafted):
    """One seed, one draw."""
    from copy import deepcopy

    def drawn(seed):
        return draw(deepcopy(drafted), "Arabic", 5, seed, wanted=lambda _: True, smallest=0)

    assert drawn(3) == drawn(3) != drawn(4)


@given(st.text("abcdefghij", min_size=3, max_size=12), st.integers(0, 99))
def test_a_slip_is_one_slip(name, seed):
    """One letter left out, doubled, swapped or another; the first one stays."""
    slip = misspell(name, random.Random(seed))  # noqa: S311 -- a draw that can be repeated
    assert DamerauLevenshtein.distance(name, slip) <= 1
    assert slip[0] == name[0]


def test_the_fit_finds_what_tells_the_right_one():
    """A feature that the right candidate always has gets a weight; noise gets little."""
    pytest.importorskip("scipy", reason="scipy fits the weights; only training needs it")
    chance = np.random.default_rng(0)
    lots = []
    for i in range(300):
        features = np.zeros((5, len(LIKENESS_FEATURES)))
        features[:, 0] = chance.normal(size=5)
        right = int(chance.integers(5))
        features[right, 1] = 1.0
        if i % 3 == 0:  # the right one is not there: nothing stands out
            features[right, 1] = 0.0
            right = -1
        lots.append(_Lot(features, right, 1.0))
    *weights, none = _fit(lots)
    assert len(weights) == len(LIKENESS_FEATURES)
    assert weights[1] > 3
    assert abs(weights[0]) < 0.5
    assert 0 < none < weights[1]
    assert weights[2:] == pytest.approx([0] * (len(LIKENESS_FEATURES) - 2), abs=1e-6)


def test_a_lot_counts_by_its_weight():
    """Two that disagree: the heavier one has its way."""
    pytest.importorskip("scipy", reason="scipy fits the weights; only training needs it")
    features = np.zeros((2, len(LIKENESS_FEATURES)))
    features[0, 1] = 1.0
    heavy, light = _Lot(features, 0, 3.0), _Lot(features, 1, 1.0)
    assert _fit([heavy, light])[1] > 0 > _fit([_Lot(features, 0, 1.0), _Lot(features, 1, 3.0)])[1]
