"""What does a name take in on social media? The word that says what kind of place it is."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.mention import Mention
    from gazetteer.mentions.features import TextView

_TAKEN_IN = "generic_words_in_posts"  # of a language whose annotators have it so (IDRISI)
_LONGEST = 2  # words that say what kind of place follows
_BETWEEN = frozenset(" #«“\"'")  # signs between them and the name


def as_in_posts(mention: Mention, view: TextView) -> Mention:
    """Return a mention in an Arabic post with the generic word right before it: "محافظة مادبا".

    In other texts, and in other languages, that word stays outside of the name.

    Parameters
    ----------
    mention
        A name.
    view
        The text.
    """
    if _TAKEN_IN not in view.rules.flags or not view.is_post:
        return mention
    first = bisect_left(view.tokens, mention.start, key=lambda token: token.start)
    if first == len(view.tokens) or view.tokens[first].start != mention.start:
        return mention  # something else is glued to it
    starts = (_generic_word(view, first, words) for words in range(_LONGEST, 0, -1))
    start = next((start for start in starts if start is not None), mention.start)
    return replace(mention, start=start, text=view.text[start : mention.end])


def _generic_word(view: TextView, first: int, words: int) -> int | None:
    """Return where a generic word of so many words begins that ends right before a word."""
    begin = first - words
    if begin < 0 or not _BETWEEN.issuperset("".join(view.gaps[begin + 1 : first + 1])):
        return None
    opening, *rest = (view.word(i) for i in range(begin, first))
    for glued, head in view.rules.heads(opening):
        if any(not trigger.after for trigger in view.rules.triggers.get((head, *rest), ())):
            return view.tokens[begin].offset(glued)
    return None
