"""A text's words keep their places, and fold as the names of the index do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.text.normalize import fold
from gazetteer.text.tokens import tokenize

ANY_TEXT = st.text(st.characters(codec=None))
# Quotes glued between letters part words of a text, though not of a name; a mark has a letter.
QUOTES = "\"'’‘ʼʻ`´′״׳"
PLAIN = st.characters(exclude_categories=("M",), exclude_characters=QUOTES, codec="utf-8")
MARKED = st.builds(
    "".join, st.tuples(st.sampled_from("aбبد"), st.sampled_from("\u0301َِّ\u05b8\ufe0f"))
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وصل إلى باكو، أمس.", ["وصل", "إلى", "باكو", "أمس"]),
        ("Iran's Nagorno-Karabakh", ["Iran's", "Nagorno", "Karabakh"]),
        ("“Baku”", ["Baku"]),
        ("l’Aquila", ["l’Aquila"]),
        ('קצין בצה"ל אמר', ["קצין", 'בצה"ל', "אמר"]),
        ("נורוויץ' ולחג׳ ופונץ’.", ["נורוויץ'", "ולחג׳", "ופונץ’"]),  # a geresh makes the letter
        ("ג׳ בתשרי, כיתה ג'", ["ג", "בתשרי", "כיתה", "ג"]),
        ("'חיפה' ו'עכו'", ["חיפה", "ו'עכו"]),
        ('قال"نحن', ["قال", "نحن"]),
        ("خاور\u200cمیانه", ["خاور", "میانه"]),
        ("U.S. 3.5 km", ["U", "S", "3", "5", "km"]),
        ("#Gaza_City", ["Gaza", "City"]),
        ("दिल्ली।", ["दिल्ली"]),  # the danda ends the sentence and is no letter
        ("بَاكُو", ["بَاكُو"]),
        ("ـ — ،", []),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_with_their_marks(text, words):
    """Vowel signs and inner apostrophes belong to a word, punctuation does not."""
    assert [token.surface for token in tokenize(text)] == words


@given(ANY_TEXT)
def test_words_stand_where_they_say(text):
    """Offsets lie in the text, in order, without overlap, and give the surface back."""
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.surface
        assert token.folded
        assert " " not in token.folded
        end = token.end


@given(ANY_TEXT)
def test_folded_offsets_rise_within_the_word(text):
    """Cutting letters off a folded word never leads out of the word or backwards."""
    for token in tokenize(text):
        offsets = [token.offset(i) for i in range(len(token.folded) + 1)]
        assert offsets == sorted(offsets)
        assert token.start <= offsets[0]
        assert offsets[-1] == token.end
        assert 0 <= token.stem_length <= len(token.folded)


@given(st.lists(PLAIN | MARKED).map("".join))
def test_a_text_folds_word_by_word(text):
    """A name in a text is found under the key that the index folded it to."""
    assert " ".join(token.folded for token in tokenize(text)) == fold(text)


@pytest.mark.parametrize(
    "name",
    [
        "Ta'izz",
        "Cox's Bazar",
        "Dar‘ā",
        "N'Djamena",
        "הר חרמון",
        'ארה"ב',
        "Côte d'Ivoire",
        "أمّ القيوين",
        "خاور\u200cمیانه",
        "Орёл",
    ],
)
def test_names_with_inner_signs_fold_as_their_words_do(name):
    """Apostrophes, quotes and joiners inside names do not part key and text."""
    assert " ".join(token.folded for token in tokenize(name)) == fold(name)


@pytest.mark.parametrize(
    ("word", "stem"),
    [("Iran's", "iran"), ("Iran’s", "iran"), ("Ankara'da", "ankara"), ("Baku", "baku")],
)
def test_the_stem_ends_before_the_last_apostrophe(word, stem):
    """English genitives and Turkish cases hang on an apostrophe."""
    (token,) = tokenize(word)
    assert token.folded[: token.stem_length] == stem


def test_a_part_of_a_text_is_read_with_offsets_into_the_whole():
    """Reading from an offset does not shift the words."""
    text = "one two three"
    assert [(t.start, t.surface) for t in tokenize(text, 4, 7)] == [(4, "two")]


def test_a_letter_after_dropped_signs_keeps_its_offset():
    """Tatweel and vowels fold to nothing, and later letters still know where they stand."""
    (token,) = tokenize("وَبـاكو")
    assert token.folded == "وباكو"
    assert token.surface[token.offset(1) :] == "بـاكو"
