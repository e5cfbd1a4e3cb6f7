"""A text is divided where marks begin and end, and no character of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Span
from geoevents.explain.marks import KINDS, Mark, direction_of, in_order, paragraphs

TEXT = "🛩 Planes from Baku.\n\nThey landed in Ovda."


def mark(words, kind="place", ref="place-1", text=TEXT):
    """Return a mark on words where they stand first."""
    start = text.index(words)
    return Mark(Span(start, start + len(words)), kind, ref, words)


def test_marked_words_stand_apart():
    """Each part is as written; a sign outside the basic plane shifts none."""
    first, second = paragraphs(TEXT, [mark("Baku"), mark("landed")], direction="ltr")
    assert first["parts"] == [["🛩 Planes from "], ["Baku", [0]], ["."]]
    assert second["parts"] == [["They "], ["landed", [1]], [" in Ovda."]]


def test_overlapping_marks_share_their_words_the_shortest_first():
    """A place inside a participant is marked as both, and so is what they share when they cross."""
    (line,) = paragraphs(
        "Turkish forces left",
        [
            mark("Turkish forces", "who", "event-1", "Turkish forces left"),
            mark("Turkish", "place", "place-1", "Turkish forces left"),
            mark("forces left", "event", "event-1", "Turkish forces left"),
        ],
        direction="ltr",
    )
    # In order: the participant (0), the place (1), the event (2).
    assert line["parts"] == [
        ["Turkish", [1, 0]],
        [" ", [0]],
        ["forces", [2, 0]],
        [" left", [2]],
    ]


def test_a_mark_over_a_line_break_marks_both_lines():
    """Its words on each line are marked, and the break is none of them."""
    text = "in New\nYork today"
    first, second = paragraphs(text, [mark("New\nYork", text=text)], direction="ltr")
    assert first["parts"] == [["in "], ["New", [0]]]
    assert second["parts"] == [["York", [0]], [" today"]]


def test_each_paragraph_runs_as_most_of_its_letters_do():
    """Not as its first letter does; a paragraph without letters runs as the article."""
    text = "IL-76 هبطت طائرة\nThe plane landed, said الجزيرة.\n12:30"
    lines = paragraphs(text, [], direction="rtl")
    assert [line["dir"] for line in lines] == ["rtl", "ltr", "rtl"]
    assert direction_of("", "ltr") == "ltr"


@st.composite
def marked(draw):
    """Draw a text and marks on it."""
    text = draw(st.text(alphabet="ab \nاب🛩", max_size=40))
    edges = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edges, edges, st.sampled_from(KINDS)), max_size=8))
    marks = [
        Mark(Span(min(a, b), max(a, b)), kind, f"event-{n}", "x")
        for n, (a, b, kind) in enumerate(pairs)
        if a != b
    ]
    return text, marks


@given(marked())
def test_the_parts_are_the_text_and_its_marks(drawn):
    """Joined they give each line back; a mark's parts give its words but for line breaks."""
    text, marks = drawn
    lines = paragraphs(text, marks, direction="ltr")
    kept = [line for line in text.split("\n") if line.strip()]
    assert ["".join(part[0] for part in line["parts"]) for line in lines] == kept
    for number, one in enumerate(in_order(marks)):
        words = "".join(
            part[0] for line in lines for part in line["parts"] if part[1:] and number in part[1]
        )
        whole = text[one.span.start : one.span.end]
        if "\n" not in whole and whole.strip():
            assert words == whole
