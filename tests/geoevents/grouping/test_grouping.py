"""Articles in, events out: what real texts of several newsrooms come to."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoevents import find_events, group_documents
from geoevents.errors import OutputNotWritableError
from geoevents.grouping import Grouper

from .corpus import ARTICLES
from .made import Newsroom, country, on, report, town


@pytest.fixture(scope="module")
def documents(gazetteer):
    """Return the articles with their events."""
    return [find_events(article, gazetteer) for article in ARTICLES]


def grouped(documents):
    """Return the groups of all events by article and type."""
    return {
        (document.article.id, event.type): event.group
        for document in group_documents(documents)
        for event in document.events
    }


STRIKE = "violence.strike"


def test_reports_of_one_strike_are_one_event(documents):
    """An agency's text, its copy, another newsroom's and an Arabic one are three sources."""
    groups = grouped(documents)
    told = [groups[name, STRIKE] for name in ("wire", "copy", "rewrite", "arabic")]
    assert {(g.id, g.n_documents, g.n_sources) for g in told} == {(told[0].id, 4, 3)}
    assert [g.copy_of for g in told] == [None, "wire", None, None]
    assert [g.source for g in told] == [
        "agency:reuters",
        "agency:reuters",
        "site:morning-courier.example",
        "site:sahifa.example",
    ]
    killed = next(c for c in told[0].conflicts if c.detail == "killed")
    assert [(v.value, v.n_sources, v.documents) for v in killed.values] == [
        (3, 1, ("copy", "wire")),
        (5, 2, ("arabic", "rewrite")),
    ]


def test_the_next_day_and_the_past_stay_apart(documents):
    """A strike on the same city the day after, and one years ago, are events of their own."""
    groups = grouped(documents)
    alone = [groups["next-day", STRIKE], groups["background", STRIKE]]
    assert [(g.n_documents, g.n_sources) for g in alone] == [(1, 1), (1, 1)]
    assert len({g.id for g in alone} | {groups["wire", STRIKE].id}) == 3


def test_every_order_gives_the_same_groups(documents):
    """The groups of real articles do not depend on the order of the articles."""
    expected = grouped(documents)
    for order in list(permutations(documents))[::97]:
        assert grouped(order) == expected


def test_nothing_but_the_group_is_added(documents):
    """Articles, places and events stay as they were, in their order."""
    for before, after in zip(documents, group_documents(documents), strict=True):
        assert (after.article, after.places) == (before.article, before.places)
        assert tuple(replace(event, group=None) for event in after.events) == before.events


def test_articles_of_one_id_keep_their_groups_apart(documents):
    """Two articles that share an id by mistake do not share events."""
    strike, next_day = documents[0], documents[4]
    twin = replace(next_day, article=replace(next_day.article, id=strike.article.id))
    twin = replace(twin, events=tuple(replace(e, id=strike.events[0].id) for e in twin.events))
    one, two = group_documents([strike, twin])
    assert one.events[0].group.id != two.events[0].group.id


SPOTS = [(town(),), (town("Homs", 34.73, 36.72),), (country(),), ()]
TIMES = [on(), on(1), on(0, 1, assumed=True), on(-3, 27), None]
REPORTS = st.builds(
    report,
    type=st.sampled_from(["violence.strike", "violence.attack", "violence.shelling"]),
    status=st.sampled_from(["asserted", "negated", "hypothetical"]),
    time=st.sampled_from(TIMES),
    spots=st.sampled_from(SPOTS),
    values=st.sampled_from([(), (("killed", 3),), (("killed", 40),)]),
    actors=st.sampled_from([(), ("RU",), ("US",)]),
    sentence=st.integers(0, 2),
    edges=st.sampled_from([(), ("head-1", "tail-1"), ("head-2", "tail-1")]),
)


@st.composite
def newsrooms(draw):
    """Return articles, some of which are copies, and another order of them."""
    newsroom = Newsroom()
    articles = []
    for i in range(draw(st.integers(1, 6))):
        reports = [
            replace(one, event_id=f"d{i}-{n}")
            for n, one in enumerate(draw(st.lists(REPORTS, min_size=1, max_size=3)))
        ]
        articles.append(
            newsroom.article(
                *reports,
                id_=f"d{i}",
                text=draw(st.sampled_from([None, 1, 2])),
                site=draw(st.sampled_from([None, "a.example", "b.example"])),
                credits_=draw(st.sampled_from([(), ("ap",), ("",), ("afp", "ap")])),
                published=draw(st.sampled_from(["2024-03-05", "2024-03-06"])),
            )
        )
    return articles, draw(st.permutations(articles))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(newsrooms())
def test_order_never_matters(both):
    """However articles come, each event has the same group, sources and conflicts."""
    articles, shuffled = both
    first, second = (
        dict(zip((a.id for a in order), Newsroom.groups(*order), strict=True))
        for order in (articles, shuffled)
    )
    assert first == second


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(newsrooms())
def test_counts_are_of_what_is_there(both):
    """A group counts its articles, and never more sources than they can have."""
    articles, _ = both
    rows = Newsroom.groups(*articles)
    members = {}
    for article, groups in zip(articles, rows, strict=True):
        assert len(groups) == len(article.reports)
        for group in groups:
            members.setdefault(group.id, []).append((article, group))
    for listed in members.values():
        ids = {article.id for article, _ in listed}
        assert {group.n_documents for _, group in listed} == {len(ids)}
        labels = {label for _, group in listed for label in group.source.split("; ")}
        assert {g.n_sources for _, g in listed} == {max(1, len(labels - {"agencies"}))}
        assert all(group.copy_of in ids - {article.id} | {None} for article, group in listed)


def test_groups_on_the_disk_are_the_groups_in_memory(newsroom, monkeypatch):
    """A run of more groups than memory holds comes to the same."""
    tolls = [(("killed", n % 3 * 40 + n), ("wounded", n % 2)) for n in range(12)]
    articles = [
        newsroom.article(
            report(event_id=f"r{n}", values=toll, actors=(["RU", "US"][n % 2],), time=on(n % 2, 3)),
            site=f"s{n % 5}.example",
        )
        for n, toll in enumerate(tolls)
    ]
    expected = newsroom.groups(*articles)
    monkeypatch.setattr("geoevents.grouping.store._CORES", 1)
    assert newsroom.groups(*articles) == expected
    assert 1 < len({row[0].id for row in expected}) < len(articles)


def test_a_full_disk_is_said_in_one_sentence(newsroom):
    """The user learns which folder is full, not which statement failed."""
    many = newsroom.article(*[report() for _ in range(1000)])
    with Grouper() as grouper:
        grouper._store._db.execute("PRAGMA max_page_count = 30")
        with pytest.raises(OutputNotWritableError, match=r"TMPDIR.*full"):
            grouper.add(many)


def test_events_of_one_sentence_stay_apart(newsroom):
    """What the extractor told apart in one sentence is not joined again."""
    pair = newsroom.article(report(event_id="a-1"), report(event_id="a-2"))
    one, two = newsroom.groups(pair)[0]
    assert one.id != two.id


def test_a_later_paragraph_tells_the_event_again(newsroom):
    """A strike without place and day is the one that its article told before."""
    again = report(event_id="a-2", sentence=90, spots=(), time=on(0, 1, assumed=True), values=())
    first, second = newsroom.groups(newsroom.article(report(event_id="a-1"), again))[0]
    assert (second.id, second.n_documents) == (first.id, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"values": (("killed", 9),)},  # another number
        {"type": "violence.shelling"},
        {"time": on(-400, -35)},
        {"time": on(-63, 300)},  # the whole year
        {"is_news": False, "time": None},  # a habit
        {"status": "hypothetical"},
        {"names": ("rebels",)},
    ],
)
def test_a_later_paragraph_may_tell_another_event(newsroom, change):
    """A number, time, type or doer of its own makes it an event of its own."""
    lead = report(event_id="a-1", names=("army",))
    plain = {"event_id": "a-2", "sentence": 90, "spots": (), "time": None, "values": ()}
    first, second = newsroom.groups(newsroom.article(lead, report(**(plain | change))))[0]
    assert first.id != second.id


def told_on(newsroom, *times):
    """Return the groups of strikes on Aleppo, undated, and in its country, dated; else alike."""
    details = {"names": ("army",), "values": (("killed", 3),)}
    rows = [
        report(
            event_id=f"r{n}", time=time, spots=(town() if time.assumed else country(),), **details
        )
        for n, time in enumerate(times)
    ]
    return [row[0].id for row in newsroom.groups(*(newsroom.article(row) for row in rows))]


def test_a_stated_day_settles_an_assumed_one(newsroom):
    """What is known to be of Monday takes in no report of Tuesday, though it came undated."""
    undated, monday, tuesday = told_on(newsroom, on(0, 1, assumed=True), on(0), on(1))
    assert undated == monday != tuesday


def test_an_assumed_day_settles_nothing(newsroom):
    """Two undated reports do not make the one day that both may be of a known one."""
    ids = told_on(newsroom, on(-1, 0, assumed=True), on(0, 1, assumed=True), on(-1))
    assert len(set(ids)) == 1


def test_who_fits_two_events_joins_neither(newsroom):
    """Reports that might be of either of two strikes keep to themselves, together."""
    strikes = [report(event_id=f"s{n}", values=(("killed", n),)) for n in (2, 40)]
    vague = [report(event_id=f"v{n}", values=()) for n in range(3)]
    articles = [newsroom.article(one) for one in (*strikes, *vague)]
    ids = [row[0].id for row in newsroom.groups(*articles)]
    assert len(set(ids)) == 3
    assert len(set(ids[2:])) == 1


def test_an_edited_sentence_of_a_copy_is_the_same_event(newsroom):
    """A copy whose sentence was cut tells the event without place and day as the original does."""
    bare = {"spots": (), "time": None, "values": ()}
    articles = [
        newsroom.article(report(event_id="a-1", edges=("head-1", "tail-1"), **bare), text=5),
        newsroom.article(report(event_id="b-1", edges=("head-1", "tail-2"), **bare), text=5),
        newsroom.article(report(event_id="c-1", edges=("head-1", "tail-2"), **bare), text=6),
    ]
    one, two, other = (row[0] for row in newsroom.groups(*articles))
    assert (one.id, one.n_documents, one.n_sources) == (two.id, 2, 1)
    assert other.id != one.id
