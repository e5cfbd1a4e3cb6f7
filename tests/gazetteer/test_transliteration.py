"""A name in another script is measured against Latin names as the best way to cut them says."""

from __future__ import annotations

from functools import cache
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.data import data_path
from gazetteer.sources.columns import decode_text, read_table
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import script_of
from gazetteer.transliteration import SYMBOLS, chunk_codes, symbols, transliterator

SCRIPTS = ("Arabic", "Hebrew", "Cyrillic", "Greek", "Armenian", "Georgian")
LATIN = st.text("abcdeghiklmnorstuyz -é", min_size=1, max_size=16)


@cache
def costs(script):
    """Return the costs of a script's letters as plain dictionaries, straight from the file."""
    table = read_table(data_path("models", "transliteration.npz"))
    chunks = decode_text(table["chunks"])
    return {
        letter: {chunk: -int(cost) / 8 for chunk, cost in zip(chunks, line, strict=True)}
        for letter, line in zip(
            decode_text(table[f"{script}_letters"]), table[f"{script}_costs"], strict=True
        )
    }


def reference(script, folded, latin):
    """Return the shortfall by trying every way to cut, letter by letter."""
    letters, starts = [], True
    for char in folded:
        own = costs(script).get("^" + char if starts else char) or costs(script).get(char)
        if own:
            letters.append(own)
        starts = char == " "
    unknown = "\x01"
    latin = "".join(c if c in "abcdefghijklmnopqrstuvwxyz" else " " for c in latin)

    @cache
    def best(i, at):
        if i == len(letters):
            return 0.0 if at == len(latin) else -inf
        ways = [letters[i][""] + best(i + 1, at)]
        for n in range(1, min(4, len(latin) - at) + 1):
            chunk = latin[at : at + n]
            cost = letters[i].get(chunk, letters[i][unknown])
            ways.append(cost + best(i + 1, at + n))
        return max(ways)

    return best(0, 0) - sum(max(letter.values()) for letter in letters)


def names_in(script):
    """Return a strategy for names in a script."""
    letters = sorted({letter.removeprefix("^") for letter in costs(script)} - {""})
    return st.text(letters, min_size=1, max_size=7)


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_shortfall_is_that_of_a_search_of_all_ways(script):
    """Of several names at once, whatever their lengths; never above 0."""

    @settings(max_examples=25, deadline=None)
    @given(names_in(script), st.lists(LATIN, min_size=1, max_size=4))
    def check(foreign, latin):
        short = transliterator(script).shortfall(foreign, latin)
        assert short.shape == (len(latin),)
        assert (short <= 0).all()
        for name, nats in zip(latin, short.tolist(), strict=True):
            expected = reference(script, foreign, name)
            if expected == -inf:  # more Latin letters than the others can stand for
                assert nats < -1_000
            else:
                assert nats == pytest.approx(expected, abs=1e-3)

    check()


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_likeliest_spelling_falls_short_of_nothing(script):
    """The likeliest chunk of every letter, one after the other."""
    table = costs(script)
    letters = [letter for letter in table if letter.startswith("^")][:12]
    word = "".join(letter[1:] for letter in letters)[:1]
    own = table["^" + word]
    likeliest = max(own, key=own.get)
    if likeliest:
        assert transliterator(script).shortfall(word, [likeliest]) == pytest.approx([0.0], abs=1e-5)


@pytest.mark.parametrize(
    ("foreign", "right", "wrong"),
    [
        ("سيلاكاب", "Cilacap", ["Cilegon", "Silchar", "Salak", "Slonim"]),
        ("كيتشنر", "Kitchener", ["Kitwe", "Kichera", "Kanchenjunga"]),
        ("גלזגו", "Glasgow", ["Galashiels", "Glogow", "Lagos"]),
        ("Мельбурн", "Melbourne", ["Melun", "Malbork", "Milborne"]),
        ("Λίβερπουλ", "Liverpool", ["Livorno", "Levallois", "Leopoldov"]),
        ("Մանչեստր", "Manchester", ["Manchuria", "Munster", "Minsk"]),
        ("ლიდსი", "Leeds", ["Lodz", "Lagos", "Lidingo"]),
    ],
)
def test_the_right_name_is_likelier_than_others_like_it(foreign, right, wrong):
    """Names that any reader of the two scripts tells apart."""
    folded = fold(foreign)
    short = transliterator(script_of(folded)).shortfall(folded, [*map(fold, [right, *wrong])])
    assert short.argmax() == 0


@given(st.lists(LATIN, min_size=1, max_size=5), st.integers(1, 4))
def test_chunk_codes_tell_chunks_apart(names, length):
    """Equal chunks have equal codes, others others; there is none beyond a name's end."""
    matrix = symbols(names)
    codes = chunk_codes(matrix, length)
    assert codes.shape == matrix.shape
    chunks = {}
    for name, line in zip(names, codes.tolist(), strict=True):
        plain = "".join(c if "a" <= c <= "z" else " " for c in name)
        for at, code in enumerate(line):
            chunk = plain[at : at + length]
            assert (code == 0) == (len(chunk) < length)
            if code:
                assert chunks.setdefault(code, chunk) == chunk
                assert code < SYMBOLS**length
    assert len(set(chunks.values())) == len(chunks)


def test_names_of_no_length_and_none_at_all_are_measured():
    """An empty list, letters that were never learned, and names longer than any."""
    model = transliterator("Arabic")
    assert model.shortfall("باكو", []).shape == (0,)
    assert (model.shortfall("baku", ["baku"]) < -1_000).all()
    assert (model.shortfall("باكو", ["b" * 500, "baku"])[:1] < -1_000).all()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_letter_that_is_expected_is_there(script):
    """Probabilities of a to z; those of the letter's usual sound are high."""
    model = transliterator(script)
    word = {
        "Arabic": "باكو", "Hebrew": "באקו", "Cyrillic": "баку",
        "Greek": "μπακου", "Armenian": "բաքու", "Georgian": "ბაქო",
    }[script]  # fmt: skip
    expected = model.expected(word)
    assert expected.shape == (26,)
    assert ((expected >= 0) & (expected <= 1)).all()
    likely = dict(zip("abcdefghijklmnopqrstuvwxyz", expected.tolist(), strict=True))
    assert min(likely["a"], likely["b"]) > 0.3 > max(likely["z"], likely["j"])
    assert likely["k"] > 0.3


@pytest.mark.parametrize("script", ["Latin", "Thai", "Han", ""])
def test_a_script_without_a_model_has_none(script):
    """Nothing is guessed for it."""
    assert transliterator(script) is None


def test_a_model_costs_nothing_to_ask_for_again():
    """It is read once."""
    assert transliterator("Arabic") is transliterator("Arabic")
    assert isinstance(transliterator("Arabic").log_odds, np.ndarray)
