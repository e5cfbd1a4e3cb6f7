"""Any answer is read or refused; any claim comes down to words of the text or to nothing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Span
from geoevents.article import Article
from geoevents.extract.pipeline import extract
from geoevents.language_model.claims import read_claims
from geoevents.language_model.exchange import NoAnswerError
from geoevents.language_model.grounding import Ground
from geoevents.language_model.prompt import split
from geoevents.language_model.quotes import find_last_quote, find_quote
from geoevents.ontology import event_types

TEXT = "Rebels torched two police posts near Fallujah on 12 March 2016, killing 5 people."
KEYS = (
    "sentence", "trigger", "type", "status", "aspect", "time", "count", "money", "casualties",
    "participants", "places", "role", "words", "id", "lat",
)  # fmt: skip
WORDS = st.sampled_from(
    (
        "torched", "two police posts", "Fallujah", "12 March 2016", "12", "killing 5 people",
        "violence.attack", "asserted", "location", "actor", "\ud800", "../../etc/passwd",
        "<script>", "", " ", "é" * 400,
    )
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)
EVENTS = st.fixed_dictionaries(
    {"sentence": st.just(1) | VALUES, "trigger": st.just("torched") | VALUES},
    optional=dict.fromkeys(KEYS[2:], VALUES),
).map(lambda event: {"type": "violence.attack", **event})


@given(st.text(max_size=200) | VALUES.map(json.dumps) | VALUES.map(lambda v: f'{{"events": {v}'))
def test_any_answer_is_read_or_refused(answer):
    """Nothing else is raised, whatever it holds."""
    try:
        claims = read_claims(answer)
    except NoAnswerError:
        claims = []
    assert all(isinstance(claim.trigger, str) for claim in claims)


@pytest.fixture(scope="module")
def ground(gazetteer):
    """Return an article as claims are checked against it."""
    found = extract(Article(TEXT, "a", "en"), gazetteer)
    return Ground(found.article, found.places, gazetteer, event_types())


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=3))
def test_whatever_is_claimed_only_words_of_the_text_come_out(ground, events):
    """Spans lie in the text, types and roles in the ontology, places in the gazetteer."""
    claims = read_claims(json.dumps({"events": events}))
    [part] = split(TEXT, lang="en", part_chars=6000)
    for grounded in ground.events(claims, part.sentences):
        event = grounded.event
        assert event.type in event_types()
        assert TEXT[event.trigger.start : event.trigger.end]
        assert event.sentence == Span(0, len(TEXT))
        assert event.sentence.holds(event.trigger)
        assert all(TEXT[p.span.start : p.span.end] == p.text for p in event.participants)
        assert all(place.key.startswith("offset@geonames:99454") for place in event.places)
        assert event.count in {None, 2}
        assert [c.count for c in event.casualties] in ([], [5])
        assert event.time is None or event.time.start == "2016-03-12"


@given(st.text(alphabet="ab ב\nЖ.", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_quotation_is_found_where_it_stands(text, start, end):
    """What is cut out of a text at the ends of words is found in it, with the same words."""
    words = text[start:end]
    found = find_quote(text, words, Span(0, len(text)))
    if found is not None:
        assert text[found.start : found.end].split() == words.split()
    whole = text.split()
    for word in whole:
        if any(character.isalnum() for character in word):
            assert find_quote(text, word, Span(0, len(text))) is not None


def test_of_several_places_the_nearest_is_meant():
    """A dateline is not the place of an event that has the same name beside it."""
    text = "Mosul, Iraq: the army bombed Mosul. Mosul is large."
    assert find_quote(text, "Mosul", Span(0, 35), near=22) == Span(29, 34)
    assert find_quote(text, "Mosul", Span(0, 35)) == Span(0, 5)
    assert find_last_quote(text, "Mosul", before=36) == Span(29, 34)


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("وصلت إلى بباكو", "باكو", 10),
        ("الطائرة هبطت", "طائرة", 2),
        ("הגיעו לבאקו", "באקו", 7),
        ("unhappy", "happy", None),
        ("Новосибирск", "сибирск", None),
        ("باكوفي", "باكو", None),
        ("one\n two", "one two", 0),
        ("a (b) c", "(b)", 2),
        ("a.b", "...", None),
        ("a.b", "", None),
    ],
)
def test_quotations_may_begin_within_a_word_only_where_particles_are_glued(text, words, start):
    """In Arabic and Hebrew; nowhere may they end within one."""
    found = find_quote(text, words, Span(0, len(text)))
    assert (found and found.start) == start
