"""Spans are joined one to one, and conventions leave out what they say."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from geoevents.evaluate import Convention, Pair, Toponym, match, select
from geoevents.evaluate.spans import once, overlaps, whole_words

AR = "وصل إلى وباكو ثم لبنان"


def toponyms():
    """Return a strategy of toponyms that overlap often."""
    spans = st.tuples(st.integers(0, 30), st.integers(1, 8))
    forms = st.sampled_from([None, "name", "demonym"])
    return st.lists(st.builds(lambda s, f: Toponym(s[0], sum(s), form=f), spans, forms), max_size=9)


def shared(a, b):
    """Return how many characters two toponyms share."""
    return min(a.end, b.end) - max(a.start, b.start)


@given(toponyms(), toponyms())
def test_overlaps_are_those_of_all_pairs(first, second):
    """Sweeping finds each overlapping pair once, as comparing all with all does."""
    pairs = itertools.product(range(len(first)), range(len(second)))
    every = {(i, j): shared(first[i], second[j]) for i, j in pairs}
    found = list(overlaps(first, second))
    assert sorted(found) == sorted((i, j, n) for (i, j), n in every.items() if n > 0)


@given(toponyms(), toponyms())
def test_equal_spans_are_always_joined_to_each_other(first, second):
    """No partial overlap takes a span away from its equal, and no span is joined twice."""
    gold, predicted = once(first), once(second)
    joined = match(gold, predicted)
    assert len({i for i, _ in joined}) == len({j for _, j in joined}) == len(joined)
    spans = {t.span for t in gold} & {t.span for t in predicted}
    assert spans == {gold[i].span for i, j in joined if gold[i].span == predicted[j].span}


@given(toponyms(), toponyms(), st.booleans())
def test_selection_is_that_of_its_definition(first, second, flat):
    """Left out are inner spans, other forms, and predictions that touch only these."""
    convention = Convention(forms=frozenset({"name", "null"}), flat=flat)
    gold, predicted = select(Pair("a", "", first, second), convention)
    outer = [
        g
        for g in once(first)
        if not flat
        or not any(o.span != g.span and o.start <= g.start <= g.end <= o.end for o in first)
    ]
    assert gold == [g for g in outer if g.form != "demonym"]
    left = [g for g in once(first) if g not in gold]
    assert predicted == [
        p
        for p in once(second)
        if p.span not in {g.span for g in left}
        and (any(shared(p, g) > 0 for g in gold) or not any(shared(p, g) > 0 for g in left))
    ]


def test_the_longest_overlap_wins():
    """A prediction over two gold spans is joined to the one of which it covers more."""
    gold, predicted = [Toponym(0, 3), Toponym(4, 12)], [Toponym(0, 12)]
    assert match(gold, predicted) == [(1, 0)]


def test_words_are_widened_over_glued_particles():
    """باكو in وباكو becomes the whole word; what stands alone stays."""
    baku, lebanon = AR.index("باكو"), AR.index("لبنان")
    widened = whole_words([Toponym(baku, baku + 4), Toponym(lebanon, lebanon + 5)], AR)
    assert [AR[t.start : t.end] for t in widened] == ["وباكو", "لبنان"]


def test_a_repeated_span_counts_once():
    """The first of two predictions of one span is kept."""
    first, second = Toponym(0, 4, score=0.9), Toponym(0, 4, score=0.1)
    assert select(Pair("a", "Baku", [], [first, second]))[1] == [first]


def test_geocoded_only_leaves_out_both_sides():
    """Without coordinates a toponym does not exist, in gold as in predictions."""
    placed = Toponym(0, 4, lat=1.0, lon=2.0)
    pair = Pair("a", "Baku Baku", [placed, Toponym(5, 9)], [Toponym(0, 4)])
    assert select(pair, Convention(geocoded_only=True)) == ([placed], [])
