"""What is written never overlaps, and each option keeps what it names."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Mention, Place, Resolution, Span
from gazetteer.mention import FORMS
from geoevents.errors import OptionError
from geoevents.select import DEFAULT_FORMS, above, parse_forms, select

PLACE = Place("iso:IL", "Israel", "country", 31.0, 35.0)


def resolution(start, end, form="name", place=PLACE):
    """Return a resolved mention."""
    refs = (Span(start, end),) if form in {"part", "border"} else ()
    return Resolution(Mention(start, end, "x" * (end - start), form, refs=refs), place, 0.9)


def test_a_described_place_takes_the_place_of_the_names_inside_it():
    """Of "southern Israel" the whole phrase is written, not the country."""
    found = [resolution(0, 15, "part"), resolution(9, 15), resolution(20, 25)]
    assert [r.span.start for r in select(found, parse_forms(DEFAULT_FORMS))] == [0, 20]


def test_plain_names_stand_when_descriptions_are_not_wanted():
    """With ``--forms name`` the country inside the phrase is written."""
    found = [resolution(0, 15, "part"), resolution(9, 15)]
    assert [r.span for r in select(found, parse_forms("name"))] == [Span(9, 15)]


def test_a_description_that_could_not_be_located_gives_way_to_its_names():
    """No place on the map is lost to a phrase that has none."""
    found = [resolution(0, 15, "part", place=None), resolution(9, 15)]
    assert [r.span for r in select(found, parse_forms(DEFAULT_FORMS))] == [Span(9, 15)]


def test_demonyms_come_with_all_only():
    """Demonyms are people; they are written when all forms are asked for."""
    found = [resolution(0, 7, "demonym"), resolution(10, 15)]
    assert len(select(found, parse_forms(DEFAULT_FORMS))) == 1
    assert len(select(found, parse_forms("all"))) == 2


def test_a_word_that_is_no_form_is_refused():
    """A misspelt form is an error, not an empty answer."""
    with pytest.raises(OptionError, match="'nmae' is none of"):
        parse_forms("nmae")


def test_a_low_score_takes_the_place_away():
    """Below the threshold the mention stays and its place goes."""
    good = resolution(0, 5)
    assert above(good, 0.9) is good
    assert above(good, 0.91).place is None
    assert above(replace(good, place=None), 0.91).place is None


spans = st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(sorted(FORMS)))


@given(st.lists(spans, max_size=25), st.sampled_from(["all", "name", DEFAULT_FORMS]))
def test_chosen_places_are_sorted_and_apart(raw, forms):
    """Whatever is found, what is written is in order and shares no character."""
    found = [resolution(start, start + length, form) for start, length, form in raw]
    chosen = select(found, parse_forms(forms))
    ends = [r.span for r in chosen]
    assert all(a.end <= b.start for a, b in itertools.pairwise(ends))
