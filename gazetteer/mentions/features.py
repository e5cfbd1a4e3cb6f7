"""What stands around a text's words: signs, triggers, listed words, well-known places?"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from gazetteer.mentions.hashtags import hashtags, is_post
from gazetteer.mentions.language_rules import classes_of, may_trigger
from gazetteer.mentions.word_variants import stem_length
from gazetteer.text.normalize import fold
from gazetteer.text.sentences import abbreviations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer.mentions.language_rules import LanguageRules, Trigger
    from gazetteer.text.tokens import Token

_SENTENCE_END = re.compile(r"[.!?؟…:\n|]")
_LONGEST_TRIGGER = 3  # words
_WORD = re.compile(r"\w+")
_NO_LETTER = re.compile(r"[\W\d_]")


_KIND_GROUPS = {
    "country": "country",
    "territory": "country",
    "admin1": "admin1",
    "capital": "capital",
    "city": "city",
    "town": "town",
    "village": "village",
    "district": "village",
    **dict.fromkeys(("airport", "airfield", "heliport"), "airfield"),
    **dict.fromkeys(("sea", "gulf", "strait", "bay", "ocean", "channel", "canal"), "sea"),
    **dict.fromkeys(("lake", "reservoir", "river"), "lake"),
}


def kind_group(kind: str) -> str:
    """Return the group of kinds that behave alike in texts; curated kinds are ``curated``."""
    return _KIND_GROUPS.get(kind, "curated")


class TextView:
    """A text's words with what features ask of them.

    Parameters
    ----------
    text, tokens, rules
        The text, its words and its language's rules.
    """

    def __init__(self, text: str, tokens: Sequence[Token], rules: LanguageRules) -> None:
        self.text = text
        self.tokens = tokens
        self.rules = rules
        self._before: dict[int, tuple[Trigger, ...]] = {}
        self._after: dict[int, tuple[Trigger, ...]] = {}
        self.is_cased = text not in {text.lower(), text.upper()}
        # A gap is what stands between a word and the word before it; one more follows the last.
        ends = [0, *(token.end for token in tokens)]
        starts = [*(token.start for token in tokens), len(text)]
        self.gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]

    @cached_property
    def is_post(self) -> bool:
        """Whether the text is written as posts on social media are."""
        return is_post(self.text)

    @cached_property
    def hashtags(self) -> Mapping[int, range]:
        """The words of each hashtag, by the number of each of its words."""
        return hashtags(self.gaps)

    def word(self, i: int) -> str:
        """Return the folded word at ``i``, or a mark for the text's edges."""
        return self.tokens[i].folded if 0 <= i < len(self.tokens) else "^$"

    def classes(self, i: int) -> frozenset[str]:
        """Return the classes of words that describe places that the word at ``i`` belongs to."""
        return classes_of(self.word(i), self.rules.lang)

    def end_of_name(self, i: int) -> int:
        """Return where a name ends whose last word is at ``i``: before the "'da" of "İran'da"."""
        token = self.tokens[i]
        return token.end_of(stem_length(token, self.rules))

    def is_direction(self, first: int, last: int, *, without: str = "") -> bool:
        """Return whether words are a direction and nothing else, particles and endings aside."""
        text = self.text[self.tokens[first].start : self.end_of_name(last)]
        words = tuple(_WORD.findall(fold(text.removeprefix(without))))
        return any(words in table for table in self.rules.sides.values())

    def opens_sentence(self, i: int) -> bool:
        """Return whether the word at ``i`` begins a sentence."""
        return i == 0 or bool(_SENTENCE_END.search(self.gaps[i]) and not self._abbreviated(i))

    def is_initials(self, first: int, last: int) -> bool:
        """Return whether words are one in capitals, or letters with stops, among words in small.

        So are "the UAE's" and "a U.S. officer", but not "HELP US NOW".
        """
        letters = "".join(_NO_LETTER.split(t.surface)[0] for t in self.tokens[first : last + 1])
        return (
            self.is_cased
            and len(letters) > 1
            and letters.isupper()
            and all(gap.strip() == "." for gap in self.gaps[first + 1 : last + 1])
            and not any(self._in_capitals(j) for j in (first - 1, last + 1))
        )

    def _in_capitals(self, i: int) -> bool:
        surface = self.tokens[i].surface if 0 <= i < len(self.tokens) else ""
        return len(surface) > 1 and surface.isupper()

    def joins(self, i: int) -> bool:
        """Return whether only white space, or an abbreviation's stop, stands before a word."""
        if not 0 < i < len(self.tokens) or "\n" in self.gaps[i]:
            return False
        return self.gaps[i].isspace() or self._abbreviated(i)

    def _abbreviated(self, i: int) -> bool:
        """Return whether the word before ``i`` is an abbreviation with its full stop ("Gen. X")."""
        return self.gaps[i] in {". ", "."} and (
            self.tokens[i - 1].surface.casefold() in abbreviations()
        )

    def ends(self, word_class: str, i: int) -> bool:
        """Return whether the word at ``i`` is of a class, or the last of a phrase of it."""
        phrases = self.rules.words.get(word_class, ())
        last = self.word(i)
        return (last,) in phrases or ((self.word(i - 1), last) in phrases and self.joins(i))

    def has_before(self, word_class: str, i: int) -> bool:
        """Return whether a word or phrase of a class ends right before the word at ``i``."""
        return self.ends(word_class, i - 1) and self.joins(i)

    def has_after(self, word_class: str, i: int) -> bool:
        """Return whether a word or phrase of a class begins right after the word at ``i``."""
        phrases = self.rules.words.get(word_class, ())
        first = self.word(i + 1)
        if (first,) not in phrases and (first, self.word(i + 2)) not in phrases:
            return False
        return self.joins(i + 1) and ((first,) in phrases or self.joins(i + 2))

    def triggers_before(self, i: int) -> tuple[Trigger, ...]:
        """Return the triggers that end right before the word at ``i``, quotes aside."""
        if not 0 < i <= len(self.tokens) or not may_trigger(self.word(i - 1), self.rules.lang):
            return ()
        if i not in self._before:
            window = range(i - 1, i - 1 - _LONGEST_TRIGGER, -1)
            self._before[i] = self._triggers(window, after=False)
        return self._before[i]

    def triggers_after(self, i: int) -> tuple[Trigger, ...]:
        """Return the triggers that begin right after the word at ``i``."""
        if not i + 1 < len(self.tokens) or not may_trigger(self.word(i + 1), self.rules.lang):
            return ()
        if i not in self._after:
            window = range(i + 1, i + 1 + _LONGEST_TRIGGER)
            self._after[i] = self._triggers(window, after=True)
        return self._after[i]

    def capitalized_triggers_after(self, i: int) -> Iterator[tuple[int, Trigger]]:
        """Yield triggers right after the word at ``i`` that are written as part of its name."""
        words: list[str] = []
        for j in range(i + 1, min(i + 1 + _LONGEST_TRIGGER, len(self.tokens))):
            if not (self.is_cased and self.joins(j) and self.tokens[j].is_capitalized):
                return
            words.append(self.word(j))
            for trigger in self.rules.triggers.get(tuple(words), ()):
                if trigger.after:
                    yield j, trigger

    def _triggers(self, window: range, *, after: bool) -> tuple[Trigger, ...]:
        found: tuple[Trigger, ...] = ()
        words: list[str] = []
        for j in window:
            if not 0 <= j < len(self.tokens) or "\n" in self.gaps[j if after else j + 1]:
                break
            if after and not self.joins(j):
                break  # "السودان، العاصمة الخرطوم" speaks of another place
            if not may_trigger(self.word(j), self.rules.lang):
                break
            words.append(self.word(j))
            phrase = tuple(words) if after else tuple(reversed(words))
            for candidate in (phrase, self._bare(phrase)):
                found += tuple(
                    t for t in self.rules.triggers.get(candidate, ()) if t.after == after
                )
        return tuple(dict.fromkeys(found))

    def _bare(self, phrase: tuple[str, ...]) -> tuple[str, ...]:
        """Return the phrase without particles and article on its first word."""
        first = self.rules.bare(phrase[0])
        return (first, *phrase[1:]) if first != phrase[0] else ()
