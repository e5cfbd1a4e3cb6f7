"""Posts on social media: what they are, and which of their hashtags name places."""

from __future__ import annotations

import pytest

from gazetteer.mentions.features import TextView
from gazetteer.mentions.hashtags import is_post
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.recognizer import OF_POSTS, recognizer_weights, usage_of
from gazetteer.text.tokens import tokenize

REPORT = "The ministry said on Tuesday that the road was open again. " * 12


def view_of(text, lang="en"):
    """Return the words of a text."""
    return TextView(text, tokenize(text), language_rules(lang))


@pytest.mark.parametrize(
    "text",
    ["Fire at the port #Beirut", "@newsdesk the bridge is closed", "#عاجل انفجار في المرفأ"],
)
def test_a_post_has_a_hashtag_or_a_handle(text):
    """Any of the two will do in a short text."""
    assert is_post(text)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is closed.",
        "Write to desk@example.org or see page #",
        "C# and F# are languages.",
        REPORT + "Follow #Beirut.",
    ],
)
def test_a_report_is_no_post(text):
    """Nor is one that names a hashtag at its end, or an address of mail."""
    assert not is_post(text)


def test_words_of_a_hashtag_belong_together():
    """Underscores join them, and a mark of direction changes nothing."""
    view = view_of("#سيول_الأردن في \u2067#عمان\u2069 اليوم", "ar")
    assert dict(view.hashtags) == {
        0: range(2),
        1: range(2),
        3: range(3, 4),
    }


def test_a_text_without_words_has_no_hashtags():
    """Signs alone are none."""
    assert view_of("# _ #").hashtags == {}


def test_posts_have_weights_of_their_own_where_they_were_learnt():
    """Else those of their language serve, and else those that all share."""
    assert usage_of(view_of("in #Kyiv now", "en-GB")) == f"en{OF_POSTS}"
    assert usage_of(view_of("in Kyiv now", "en-GB")) == "en"
    assert list(recognizer_weights(f"hy{OF_POSTS}")) == list(recognizer_weights("hy"))
    assert list(recognizer_weights(f"ar{OF_POSTS}")) != list(recognizer_weights("ar"))
    assert list(recognizer_weights(f"xx{OF_POSTS}")) == list(recognizer_weights("mul"))


def test_a_hashtag_that_is_a_name_is_a_place(read):
    """As is a name in the text of the post."""
    found = read("حريق كبير قرب #بيروت وانقطاع الكهرباء في #طرابلس", lang="ar")
    assert [words for words, *_ in found] == ["بيروت", "طرابلس"]


def test_a_part_of_a_hashtag_is_no_place(read):
    """Not even one that the hashtag calls a port, and that is named elsewhere in the post."""
    found = read("تضامن مع الضحايا #انفجار_مرفأ_بيروت #بيروت", lang="ar")
    assert [words for words, *_ in found] == ["بيروت"]
