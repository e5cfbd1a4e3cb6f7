"""Which names stand in a text beside the mentions that are asked about?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gazetteer.mention import Span
from gazetteer.mentions.bounds import told_by_generic_word
from gazetteer.mentions.held_names import has_apostrophe
from gazetteer.mentions.matcher import Match
from gazetteer.mentions.whereabouts import told_apart
from gazetteer.mentions.word_variants import stem_length
from gazetteer.ranking.candidates import Named
from gazetteer.ranking.links import Hint
from gazetteer.readings import without_generic_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.index.store import Posting, Store
    from gazetteer.mention import Mention
    from gazetteer.mentions.demonyms import Demonym
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.language_rules import LanguageRules
    from gazetteer.mentions.matcher import Matcher

_ADJECTIVES_BEHIND = "adjectives_behind"  # of a language that has them there: "طرابلس الليبية"
_DEMONYM_WEIGHT = 0.7  # a demonym speaks for its country less than its name does
_LONGEST_GENERIC = 2  # words of "Milli Parkı" in a name


@dataclass(frozen=True, slots=True)
class Asked:
    """The names of a text, those asked about among them.

    Attributes
    ----------
    names
        In text order.
    numbers
        Of each name, the number of the mention that it is; -1 for the text's other names.
    hints
        What the text says of countries and divisions otherwise.
    """

    names: list[Named]
    numbers: list[int]
    hints: list[Hint]


def gather(
    view: TextView,
    mentions: Sequence[Mention],
    *,
    others: Iterable[Named],
    demonyms: Sequence[Demonym],
    matcher: Matcher,
    store: Store,
) -> Asked:
    """Return the names of given mentions with the text's other names around them.

    Parameters
    ----------
    view
        The text.
    mentions
        What is asked about, in any order.
    others
        Names that were found in the text; those that overlap a mention are passed over.
    demonyms
        The text's demonyms; a mention that is one, and no name, is left out.
    matcher, store
        The opened index, and what finds names in it.
    """
    by_span = {Span(d.start, d.end): d for d in demonyms}
    held = _HeldWords(view, matcher, store)
    found: list[tuple[Named, int]] = []
    for number, mention in enumerate(mentions):
        postings, changed = held.under(mention)
        if postings and not is_demonym(by_span.get(mention.span), postings, store):
            span, lang = (mention.start, mention.end), view.rules.lang
            announced = announced_around(view, mention.span)
            named = Named(*span, mention.text, lang, postings, announced, changed)
            found.append((named, number))
    taken = {i for mention in mentions for i in range(mention.start, mention.end)}
    free = (n for n in others if taken.isdisjoint(range(n.start, n.end)))
    found += [(name, -1) for name in free]
    found.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    hints = hints_of(demonyms, store, view.rules)
    return Asked([n for n, _ in found], [i for _, i in found], hints)


class _HeldWords:
    """Which places are held under the words of a mention, however its span was drawn?

    Parameters
    ----------
    view
        The mentions' text.
    matcher, store
        The opened index, and what finds names in it.
    """

    def __init__(self, view: TextView, matcher: Matcher, store: Store) -> None:
        self._view, self._matcher, self._store = view, matcher, store

    def under(self, mention: Mention) -> tuple[tuple[Posting, ...], bool]:
        """Return the places, and whether the words had to be changed."""
        rules, lookup = self._view.rules, self._matcher.lookup
        if apart := self._told_apart.get(words_of(self._view, mention.span)):
            return apart.postings, False
        found = lookup(mention.text, rules)
        if told := self._with_generic_word(mention, found[0]):
            return told, False
        if bare := self._without_ending(mention, found[0]):
            return bare, True
        if not found[0]:
            found = self._without_generic_word(mention.text), False
        if not found[0]:
            found = lookup(mention.text, rules, any_language=True)
        return found if found[0] else (self._inflected(mention), True)

    def _with_generic_word(self, mention: Mention, own: tuple[Posting, ...]) -> tuple[Posting, ...]:
        """Return the places of a name with the word before it that says what they are."""
        words = words_of(self._view, mention.span)
        if not words or not self._view.triggers_before(words[0]):
            return ()
        match = Match(mention.start, mention.end, words[0], words[-1], -1, "", 0, False, own)
        wider = (wide for wide in self._spelt.get(match.last, ()) if wide.first < match.first)
        told = (told_by_generic_word(match, wide, self._view, self._store) for wide in wider)
        return next(filter(None, told), ())

    def _without_ending(self, mention: Mention, whole: tuple[Posting, ...]) -> tuple[Posting, ...]:
        """Return the places of words less what stands behind an apostrophe: "Lahey'deki".

        None where it belongs to a name that is held with it.
        """
        words = words_of(self._view, mention.span)
        if not words:
            return ()
        token = self._view.tokens[words[-1]]
        end = token.offset(stem_length(token, self._view.rules))
        if end >= mention.end or any(has_apostrophe(self._store.name(p.name)) for p in whole):
            return ()
        return self._matcher.lookup(self._view.text[mention.start : end], self._view.rules)[0]

    def _without_generic_word(self, name: str) -> tuple[Posting, ...]:
        """Return the places of a name less the word that says what it is: "مدينة الدمام"."""
        for reading in without_generic_word(name, self._view.rules.lang):
            postings, _ = self._matcher.lookup(reading.name, self._view.rules)
            kinds = self._store.kind_of
            if found := tuple(p for p in postings if kinds(p.place) in reading.kinds):
                return found
        return ()

    def _inflected(self, mention: Mention) -> tuple[Posting, ...]:
        """Return the places of whose names the words are a form: "в Великом Новгороде"."""
        words = words_of(self._view, mention.span)
        ending = self._spelt.get(words[-1], ()) if words else ()
        return next((match.postings for match in ending if match.first == words[0]), ())

    @cached_property
    def _told_apart(self) -> Mapping[range, Match]:
        """The names that are held with the place that they lie in, by the words of the others."""
        matches = [match for matches in self._spelt.values() for match in matches]
        heads = told_apart(matches, self._view, self._store).values()
        return {range(head.first, head.last + 1): head for head in heads}

    @cached_property
    def _spelt(self) -> Mapping[int, Sequence[Match]]:
        """What the text spells, by the number of its last word."""
        view = self._view
        spelt: dict[int, list[Match]] = defaultdict(list)
        for match in self._matcher.match(view.text, view.tokens, view.rules):
            spelt[match.last].append(match)
        return spelt


def is_demonym(demonym: Demonym | None, postings: Sequence[Posting], store: Store) -> bool:
    """Return whether words are a demonym, and not a country's name that is spelt like one."""
    if demonym is None:
        return False
    return store.row(demonym.place_id) not in {posting.place for posting in postings}


def hints_of(demonyms: Iterable[Demonym], store: Store, rules: LanguageRules) -> list[Hint]:
    """Return what demonyms say of countries, with where they stand."""
    leads = _ADJECTIVES_BEHIND not in rules.flags
    return [Hint(store.row(d.place_id), _DEMONYM_WEIGHT, d.start, d.end, leads) for d in demonyms]


def announced(view: TextView, first: int, last: int) -> frozenset[str]:
    """Return the kinds of place that the words beside a name announce."""
    triggers = (*view.triggers_before(first), *view.triggers_after(last))
    return frozenset(kind for trigger in triggers for kind in trigger.kinds)


def announced_around(view: TextView, span: Span) -> frozenset[str]:
    """Return the kinds of place that the words beside a span announce."""
    words = words_of(view, span)
    return announced(view, words[0], words[-1]) if words else frozenset()


def announced_with(view: TextView, span: Span) -> frozenset[str]:
    """Return the kinds that the words beside a name announce, or else its own first and last do.

    "ميدان التحرير" is a square, "Kuş Cenneti Milli Parkı" a park.
    """
    if beside := announced_around(view, span):
        return beside
    words = words_of(view, span)
    own = (
        trigger
        for n in range(1, min(len(words), _LONGEST_GENERIC + 1))
        for trigger in (
            *view.triggers_before(words[0] + n),
            *view.triggers_after(words[-1] - n),
        )
    )
    return frozenset(kind for trigger in own for kind in trigger.kinds)


def words_of(view: TextView, span: Span) -> range:
    """Return the numbers of the words that a span touches."""
    first = bisect_right(view.tokens, span.start, key=lambda token: token.end)
    return range(first, bisect_left(view.tokens, span.end, key=lambda token: token.start))
