"""Names that sound alike have one skeleton, whatever letters they are written in."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import LATIN, SCRIPTS, neighbours, script_of, skeleton, skeletons

LETTERS = {
    script: "".join(load_toml("languages", "sounds.toml")["classes"][script].values())
    for script in SCRIPTS
}
SKELETONS = st.text("BTKMNLR", max_size=8).map(lambda line: re.sub(r"(.)\1+", r"\1", line))
WRITTEN = st.sampled_from(SCRIPTS).flatmap(
    lambda script: st.tuples(st.just(script), st.text(LETTERS[script] + " aاоα", max_size=14))
)


@pytest.mark.parametrize(
    ("foreign", "latin"),
    [
        ("باكو", "Baku"),
        ("سيلاكاب", "Cilacap"),
        ("تشاد", "Chad"),
        ("جدة", "Jeddah"),
        ("گرگان", "Gorgan"),
        ("דמשק", "Dimashk"),
        ("חיפה", "Haifa"),
        ("Чита", "Chita"),
        ("Шанхай", "Shanghai"),
        ("Владивосток", "Vladivostok"),
        ("Αθήνα", "Athina"),
        ("Երեւան", "Erevan"),
        ("თბილისი", "Tbilisi"),
    ],
)
def test_a_name_in_another_script_is_held_under_one_of_its_skeletons(foreign, latin):
    """Of the ways its letters are heard, one is how the Latin name sounds."""
    folded = fold(foreign)
    assert skeleton(fold(latin), LATIN) in skeletons(folded, script_of(folded))


@pytest.mark.parametrize(
    "pair", [("Cairo", "Kairo"), ("Fes", "Fez"), ("Quito", "Kito"), ("Gaza", "Gazza")]
)
def test_spellings_that_sound_alike_share_a_skeleton(pair):
    """Letters of one class, doubled ones and vowels make no difference."""
    one, other = pair
    assert skeleton(fold(one), LATIN) == skeleton(fold(other), LATIN)


@given(WRITTEN)
def test_the_usual_skeleton_comes_first(written):
    """It is one of the skeletons; none is there twice, none repeats a class."""
    script, folded = written
    heard = skeletons(folded, script)
    assert heard[0] == skeleton(folded, script)
    assert len(heard) == len(set(heard)) <= 24
    for line in heard:
        assert set(line) <= set("BTKMNLR")
        assert all(one != other for one, other in pairwise(line))


@given(WRITTEN, st.sampled_from("aeiouا о"))
def test_vowels_at_the_end_change_nothing(written, vowel):
    """They have no class."""
    script, folded = written
    assert skeletons(folded + vowel, script) == skeletons(folded, script)


@given(SKELETONS)
def test_neighbours_are_near_and_mutual(line):
    """One consonant away both ways; never the skeleton itself."""
    near = neighbours(line)
    assert line not in near
    assert all(abs(len(other) - len(line)) <= 2 for other in near)
    for other in sorted(near)[:40]:
        if abs(len(other) - len(line)) <= 1:
            assert line in neighbours(other)


@given(SKELETONS, st.sampled_from("BTKMNLR"), st.integers(0, 8))
def test_one_consonant_more_is_a_neighbour(line, sound, at):
    """Put in anywhere, unless it only doubles one that is there."""
    longer = re.sub(r"(.)\1+", r"\1", line[:at] + sound + line[at:])
    assert longer == line or longer in neighbours(line)


@pytest.mark.parametrize(
    ("folded", "script"),
    [
        ("باكو", "Arabic"), ("baku", LATIN), ("באקו", "Hebrew"), ("баку", "Cyrillic"),
        ("αθηνα", "Greek"), ("երեւան", "Armenian"), ("თბილისი", "Georgian"),
        ("12 баку", "Cyrillic"), ("北京", None), ("東京 tokyo", LATIN), ("", None), ("42", None),
    ],
)  # fmt: skip
def test_the_first_letter_that_sounds_tells_the_script(folded, script):
    """Digits and letters of other scripts are passed over."""
    assert script_of(folded) == script
