"""What speaks for a matched name being a place here? Named features of a match in its text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import data_path
from gazetteer.errors import MissingDataError
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.text.normalize import unvowelled
from gazetteer.text.sentences import abbreviations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.language_rules import LanguageRules, Trigger
    from gazetteer.mentions.matcher import Match
    from gazetteer.text.tokens import Token

_SENTENCE_END = re.compile(r"[.!?؟…:\n|]")
_PUNCTUATION = re.compile(r"[^\w\s]")
_LONGEST_TRIGGER = 3  # words
_PHRASE_LENGTHS = (1, 2)  # words of a listed phrase
_FAMOUS = 40  # names of a place, in all languages
_LIST_SIGN = re.compile(r"\s?[,،–-]\s?")


@cache
def common_words(lang: str) -> Mapping[str, float]:
    """Return how common a language's words are that are also place names.

    Returns
    -------
    mapping of str to float
        Folded word to its Zipf frequency (log10 of occurrences per billion words).
    """
    try:
        path = data_path("languages", lang.split("-", maxsplit=1)[0], "common_words.tsv")
    except MissingDataError:
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return {word: float(zipf) for word, zipf in (line.split("\t") for line in lines)}


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


_WEIGHT = (
    "country",
    "capital",
    "admin1",
    "city",
    "curated",
    "sea",
    "lake",
    "town",
    "airfield",
    "village",
)
"""Groups of kinds, those that texts name most first."""


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
        self.common = common_words(rules.lang)
        self._before: dict[int, tuple[Trigger, ...]] = {}
        self._after: dict[int, tuple[Trigger, ...]] = {}
        self.well_known: frozenset[int] = frozenset()  # words of famous names, see `mark`
        letters = [c for c in text if c.isalpha()]
        self.is_cased = any(c.islower() for c in letters) and any(c.isupper() for c in letters)
        # A gap is what stands between a word and the word before it; one more follows the last.
        ends = [0, *(token.end for token in tokens)]
        starts = [*(token.start for token in tokens), len(text)]
        self.gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]

    def mark(self, matches: Sequence[Match], store: Store) -> None:
        """Note where names of well-known places stand: what is listed with them is a place too."""
        self.well_known = frozenset(
            i
            for match in matches
            if any(store.name_count(posting.place) >= _FAMOUS for posting in match.postings)
            for i in range(match.first, match.last + 1)
        )

    def word(self, i: int) -> str:
        """Return the folded word at ``i``, or a mark for the text's edges."""
        return self.tokens[i].folded if 0 <= i < len(self.tokens) else "^$"

    def opens_sentence(self, i: int) -> bool:
        """Return whether the word at ``i`` begins a sentence."""
        return i == 0 or bool(_SENTENCE_END.search(self.gaps[i]) and not self._abbreviated(i))

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

    def has_before(self, word_class: str, i: int) -> bool:
        """Return whether a word or phrase of a class ends right before the word at ``i``."""
        return any(
            self._is_phrase(word_class, range(i - n, i), range(i - n + 1, i + 1))
            for n in _PHRASE_LENGTHS
        )

    def has_after(self, word_class: str, i: int) -> bool:
        """Return whether a word or phrase of a class begins right after the word at ``i``."""
        words = (range(i + 1, i + 1 + n) for n in _PHRASE_LENGTHS)
        return any(self._is_phrase(word_class, phrase, phrase) for phrase in words)

    def _is_phrase(self, word_class: str, words: range, joined: range) -> bool:
        """Whether words are a phrase of a class, with only white space before those joined."""
        phrase = tuple(self.word(i) for i in words)
        return phrase in self.rules.words.get(word_class, ()) and all(map(self.joins, joined))

    def triggers_before(self, i: int) -> tuple[Trigger, ...]:
        """Return the triggers that end right before the word at ``i``, quotes aside."""
        if i not in self._before:
            window = range(i - 1, i - 1 - _LONGEST_TRIGGER, -1)
            self._before[i] = self._triggers(window, after=False)
        return self._before[i]

    def triggers_after(self, i: int) -> tuple[Trigger, ...]:
        """Return the triggers that begin right after the word at ``i``."""
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
            words.append(self.word(j))
            phrase = tuple(words) if after else tuple(reversed(words))
            for candidate in (phrase, self._bare(phrase)):
                found += tuple(
                    t for t in self.rules.triggers.get(candidate, ()) if t.after == after
                )
        return tuple(dict.fromkeys(found))

    def _bare(self, phrase: tuple[str, ...]) -> tuple[str, ...]:
        """Return the phrase without particles and article on its first word."""
        first = phrase[0]
        for prefix in self.rules.prefixes:
            if first.startswith(prefix) and (first.removeprefix(prefix),) in self.rules.triggers:
                first = first.removeprefix(prefix)
                break
        for contraction in self.rules.contracted:
            first = first.removeprefix(contraction) or first
        if self.rules.article:
            first = first.removeprefix(self.rules.article) or first
        return (first, *phrase[1:]) if first != phrase[0] else ()


def match_features(match: Match, view: TextView, store: Store) -> Iterator[str]:
    """Yield the names of the features that hold for a match.

    Parameters
    ----------
    match
        A match of the text.
    view
        The text.
    store
        The opened index.
    """
    yield "bias"
    yield from _name_features(match, view, store)
    yield from _shape_features(match, view)
    yield from _context_features(match, view, store)


def _name_features(match: Match, view: TextView, store: Store) -> Iterator[str]:
    n_words = min(match.last - match.first + 1, 3)
    yield f"words={n_words}"
    surface = view.text[match.start : match.end]
    rows = [posting.place for posting in match.postings]
    if not rows:
        yield "unheld"
        yield f"zipf={int(view.common.get(_name_part(match, view), 0.0) * 2)}"
        return
    kinds = {kind_group(store.kind_of(row)) for row in rows}
    yield from (f"kind={kind}" for kind in sorted(kinds))
    settlements = [row for row in rows if store.kind_of(row) in SETTLEMENT_KINDS]
    if settlements:
        yield f"population={len(str(int(store.population[settlements].max())))}"
    fame = max(store.name_count(row) for row in rows).bit_length()
    yield f"fame={fame}"
    yield f"places={len(str(len(rows)))}"
    if any(unvowelled(store.name(posting.name)) == surface for posting in match.postings):
        yield "as-held"
    if any(store.name_lang(p.name).startswith(view.rules.lang) for p in match.postings):
        yield "own-language"
    if match.particle:
        yield f"particle={match.particle}"
    yield f"article={match.article}"
    if match.ending:
        yield "ending"
    yield _profile(match, view, kinds, n_words)
    if n_words == 1:
        # A word may be common because its place is well known.
        yield f"fame={fame} zipf={int(view.common.get(_name_part(match, view), 0.0))}"
    if n_words == 1:
        folded = _name_part(match, view)
        zipf = view.common.get(folded, 0.0)
        yield f"zipf={int(zipf * 2)}"
        yield f"letters={min(len(folded), 6)}"
        whole = view.word(match.first)
        if match.particle and whole in view.common:
            yield f"whole-zipf={int(view.common[whole])}"
    yield f"name={_name_part(match, view)}"


def _profile(match: Match, view: TextView, kinds: set[str], n_words: int) -> str:
    """Return what the name is by itself: weightiest kind, length, how common its word is."""
    weightiest = next(group for group in _WEIGHT if group in kinds)
    common = int(view.common.get(_name_part(match, view), 0.0)) if n_words == 1 else "-"
    plain = "plain" if not (match.particle or match.article or match.ending) else "changed"
    return f"profile={weightiest} {n_words} {common} {plain}"


def _name_part(match: Match, view: TextView) -> str:
    words = [view.word(i) for i in range(match.first, match.last + 1)]
    words[0] = words[0][len(match.particle) :]
    return " ".join(words)


def _shape_features(match: Match, view: TextView) -> Iterator[str]:
    if not view.is_cased:
        yield "uncased"
        return
    surface = view.text[match.start : match.end]
    opens = view.opens_sentence(match.first)
    shape = "upper" if surface.isupper() else "title" if surface[0].isupper() else "lower"
    yield f"shape={shape}"
    if opens:
        yield f"opens-{shape}"
    before, after = match.first - 1, match.last + 1
    if view.joins(match.first) and view.tokens[before].is_capitalized:
        yield "capital-before"
        if view.opens_sentence(before):
            yield "capital-before-opens"
    if view.joins(after) and view.tokens[after].is_capitalized:
        yield "capital-after"


def _context_features(match: Match, view: TextView, store: Store) -> Iterator[str]:
    before, after = match.first - 1, match.last + 1
    rules = view.rules
    if view.joins(match.first):
        yield f"before={view.word(before)}"
        yield f"before2={view.word(before - 1)} {view.word(before)}"
        for word_class in ("preposition", "title", "organisation_before"):
            if rules.has(word_class, view.word(before)):
                yield f"before:{word_class}"
    else:
        yield f"before-sign={_sign(view.gaps[match.first])}"
    if view.joins(after):
        yield f"after={view.word(after)}"
        if rules.has("organisation_after", view.word(after)):
            yield "after:organisation"
    else:
        yield f"after-sign={_sign(view.gaps[after])}"
        if "," in view.gaps[after] or "،" in view.gaps[after]:
            yield f"after-comma={view.word(after)}"
    yield from _list_features(match, view)
    kinds = {store.kind_of(posting.place) for posting in match.postings}
    for side, triggers in (
        ("before", view.triggers_before(match.first)),
        ("after", view.triggers_after(match.last)),
    ):
        for trigger in triggers:
            agrees = "agrees" if trigger.kinds & kinds else "differs" if kinds else "unheld"
            yield f"trigger-{side}-{agrees}"


def _list_features(match: Match, view: TextView) -> Iterator[str]:
    """Yield whether the name is listed with a well-known one: "A and B", "A, B", "A–B"."""
    before, after = match.first - 1, match.last + 1
    is_and = view.rules.has
    if before in view.well_known and (
        match.particle or _LIST_SIGN.fullmatch(view.gaps[match.first])
    ):
        yield "listed-after-place"
    if before - 1 in view.well_known and is_and("and", view.word(before)):
        yield "listed-after-place"
    if after in view.well_known and (
        _LIST_SIGN.fullmatch(view.gaps[after])
        or view.word(after).startswith(tuple(view.rules.conjunctions))
    ):
        yield "listed-before-place"
    if after + 1 in view.well_known and is_and("and", view.word(after)):
        yield "listed-before-place"


def _sign(gap: str) -> str:
    signs = _PUNCTUATION.findall(gap)
    return signs[0] if signs else "space"
