"""Copies and articles of one agency or one site are one source; conflicts name who says what."""

from geoevents.event_group import Conflict, StatedValue

from .made import on, report, town


def first_group(newsroom, *articles):
    """Return the group of the first article's first event."""
    return newsroom.groups(*articles)[0][0]


def test_independent_articles_count_each(newsroom):
    """Two sites with texts of their own are two sources."""
    articles = [newsroom.article(report(), site=f"{name}.example") for name in "ab"]
    group = first_group(newsroom, *articles)
    assert (group.n_documents, group.n_sources) == (2, 2)
    assert (group.source, group.copy_of) == ("site:a.example", None)


def test_copies_count_once(newsroom):
    """A text on three sites is one source, that of its oldest article."""
    articles = [
        newsroom.article(
            report(), text=7, id_=name, site=f"{name}.example", published=f"2024-03-0{day}"
        )
        for day, name in ((6, "late"), (5, "old"), (7, "latest"))
    ]
    late, old, latest = (row[0] for row in newsroom.groups(*articles))
    assert {g.n_sources for g in (late, old, latest)} == {1}
    assert {g.source for g in (late, old, latest)} == {"site:old.example"}
    assert (late.copy_of, old.copy_of, latest.copy_of) == ("old", None, "old")


def test_the_signed_copy_is_the_original(newsroom):
    """A copy without signature counts for the agency that signs another."""
    bare = newsroom.article(report(), text=7, id_="a-bare", site="one.example")
    signed = newsroom.article(report(), text=7, id_="b-signed", credits_=("afp",))
    first, second = (row[0] for row in newsroom.groups(bare, signed))
    assert (first.source, first.copy_of) == ("agency:afp", "b-signed")
    assert (second.source, second.copy_of) == ("agency:afp", None)


def test_one_agency_in_two_texts_counts_once(newsroom):
    """Two newsrooms that rewrite one agency know no more than it."""
    articles = [newsroom.article(report(), site=f"{n}.example", credits_=("ap",)) for n in "ab"]
    assert first_group(newsroom, *articles).n_sources == 1


def test_two_agencies_in_one_text_are_two(newsroom):
    """An article that draws on two agencies has two sources and is none of its own."""
    both = newsroom.article(report(), credits_=("afp", "reuters"))
    one = newsroom.article(report(), credits_=("afp",))
    group = first_group(newsroom, both, one)
    assert (group.n_sources, group.source) == (2, "agency:afp; agency:reuters")


def test_unnamed_agencies_are_no_source_beside_others(newsroom):
    """Unnamed agencies may be counted already beside others; alone they are one."""
    unnamed = newsroom.article(report(), credits_=("",), site="a.example")
    own = newsroom.article(report(), site="b.example")
    assert first_group(newsroom, unnamed).n_sources == 1
    group = first_group(newsroom, unnamed, own)
    assert (group.n_documents, group.n_sources, group.source) == (2, 1, "agencies")


def test_a_sentence_taken_over_word_by_word_is_no_source(newsroom):
    """A long sentence in common shows that one wrote from the other."""
    articles = [newsroom.article(report(wording="abc"), site=f"{name}.example") for name in "ab"]
    assert first_group(newsroom, *articles).n_sources == 1


def test_conflicting_tolls_stand_side_by_side(newsroom):
    """Each toll has its sources and its articles; what all agree on is no conflict."""
    five = report(values=(("killed", 5), ("count", 2)))
    articles = [
        newsroom.article(report(values=(("killed", 3), ("count", 2))), id_="a", site="a.example"),
        newsroom.article(five, id_="b", site="b.example", text=9),
        newsroom.article(five, id_="c", site="c.example", text=9),
    ]
    assert first_group(newsroom, *articles).conflicts == (
        Conflict(
            "killed",
            (
                StatedValue(3, ("site:a.example",), 1, ("a",), 1),
                StatedValue(5, ("site:b.example",), 1, ("b", "c"), 2),
            ),
        ),
    )


def test_what_differs_is_named(newsroom):
    """Type, denial, exact place and doer are details on which reports may differ."""
    near = town("Suburb", 36.25, 37.1, radius_km=3.0)
    told = report(values=(("killed", 3), ("wounded", 4)), actors=("RU",))
    other = report(
        type="violence.bombing",
        status="negated",
        spots=(near,),
        values=(("killed", 3), ("wounded", 5)),
        actors=("SY", "RU"),
    )
    group = first_group(newsroom, newsroom.article(told), newsroom.article(other))
    assert [conflict.detail for conflict in group.conflicts] == [
        "place",
        "status",
        "type",
        "wounded",
    ]


def test_parts_of_a_toll_are_no_conflict(newsroom):
    """Twelve, of whom five were children, does not contradict twelve."""
    parts = report(values=(("killed", 12), ("killed", 5)))
    articles = [newsroom.article(parts), newsroom.article(report(values=(("killed", 12),)))]
    assert first_group(newsroom, *articles).conflicts == ()


def test_many_sources_are_counted_and_few_are_named(newsroom):
    """A value that a hundred articles state names five of them."""
    articles = [newsroom.article(report(), site=f"s{n:03}.example") for n in range(100)]
    articles.append(newsroom.article(report(values=(("killed", 4),)), site="last.example"))
    three, four = first_group(newsroom, *articles).conflicts[0].values
    assert (three.n_sources, three.n_documents, len(three.sources)) == (100, 100, 5)
    assert (four.value, four.n_documents) == (4, 1)


def test_an_assumed_day_narrows_nothing(newsroom):
    """Undated reports of two days do not tie the strikes of these days together."""
    strikes = [report(event_id=f"s{n}", time=on(n), values=(("killed", n + 2),)) for n in (0, 1)]
    undated = report(event_id="u", time=on(0, 1, assumed=True), values=())
    articles = [newsroom.article(r, site=f"{i}.example") for i, r in enumerate((*strikes, undated))]
    groups = [row[0].id for row in newsroom.groups(*articles)]
    assert groups[0] != groups[1]
