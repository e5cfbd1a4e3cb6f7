"""Which held names does a text spell, and write like names?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.mentions.matcher import either
from gazetteer.mentions.shared_nouns import with_shared_nouns
from gazetteer.mentions.triggered import UNHELD
from gazetteer.mentions.whereabouts import without_whereabouts
from gazetteer.mentions.word_variants import has_apostrophe_endings
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.text.homes import home_countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match, Matcher
    from gazetteer.place import Place

_APOSTROPHES = frozenset("'’ʼ`")
_SHORT = 3  # letters of a word that is hardly a name with an ending
_DOMAIN_LETTERS = 3  # of a top-level domain that is a country's or its code
_AGREEING = "adjectives_have_articles"  # of a language in which they do as their nouns
_POSSESSIVE = re.compile(r"['’ʼ]s", re.IGNORECASE)


def named_matches(view: TextView, matcher: Matcher, store: Store) -> list[Match]:
    """Return the matches of a text that are written like names."""
    matches = matcher.match(view.text, view.tokens, view.rules, capitals=view.is_cased)
    matches = with_shared_nouns(without_whereabouts(matches, view, store), view, matcher)
    matches = [m for match in matches if (m := unless_direction(match, view, store)).postings]
    if not view.is_cased:
        matches = _with_articles(matches, view)
        return [match for match in matches if not _is_wrongly_parted(match, view)]
    matches = _without_cut_lists(_without_possessives(matches, view, store), view)
    matches = _without_endings(matches, view, store)
    matches = _with_articles_apart(matches, view)
    return [match for match in matches if _is_written_like_a_name(match, view, store)]


def unless_direction(match: Match, view: TextView, store: Store) -> Match:
    """Return a match, where it is a direction only with what it names as it is written.

    That is a region where the language is spoken: "Nord" is a department in French, and "Güney",
    south, no district of Israel in Turkish. It is a town there where it is called one.
    """
    home = home_countries(view.rules.lang)
    if not home or not view.is_direction(match.first, match.last, without=match.particle):
        return match
    is_told = view.triggers_before(match.first) or view.triggers_after(match.last)
    own = (p for p in match.postings if store.country_of(p.place) in home)
    kept = (p for p in own if is_told or store.kind_of(p.place) not in SETTLEMENT_KINDS)
    return replace(match, postings=tuple(kept))


def _with_articles_apart(matches: Sequence[Match], view: TextView) -> list[Match]:
    """Let a name with its article mean what it does without: "la Manche" is Manche, too."""
    articles = view.rules.separate_articles
    if not articles:
        return list(matches)
    held = {(match.first, match.last): match for match in matches}

    def apart(match: Match) -> Match:
        bare = held.get((match.first + 1, match.last))
        if bare is None or view.tokens[match.first].surface not in articles:
            return match
        return either(match, bare) if view.gaps[bare.first].isspace() else match

    return [apart(match) for match in matches]


def _without_cut_lists(matches: Sequence[Match], view: TextView) -> list[Match]:
    """Leave out names that end within the last of a list: "West Bank and Gaza" before "Strip"."""
    joined = [i for i in range(len(view.tokens)) if view.rules.has("and", view.word(i))]
    longer = {
        i: match
        for match in matches
        for i in range(match.first, match.last)
        if match.first - 1 in joined
    }

    def is_cut(match: Match) -> bool:
        whole = longer.get(match.last)
        return whole is not None and match.first < whole.first - 1

    return [match for match in matches if not is_cut(match)]


def _with_articles(matches: Sequence[Match], view: TextView) -> list[Match]:
    """Leave a name its article where it is held with it: "הירדן" is the river Jordan."""
    article = view.rules.definite
    held = {(match.first, match.last, match.particle) for match in matches}

    def is_cut(match: Match) -> bool:
        kept = match.particle.removesuffix(article)
        return kept != match.particle and (match.first, match.last, kept) in held

    return [match for match in matches if not is_cut(match)]


def _is_wrongly_parted(match: Match, view: TextView) -> bool:
    """Whether what is cut off in front of a name cannot stand there.

    No preposition does behind another one ("إلى بكين" is no "إلى ب كين"), and nothing but the
    article behind a noun in the construct state ("שכונת שאבורה" is no "שכונת ש אבורה").
    """
    if match.particle in view.rules.prepositions and view.has_before("preposition", match.first):
        return True
    is_cut = match.particle not in {"", view.rules.article}
    return is_cut and "construct" in view.classes(match.first - 1)


def _without_possessives(matches: Sequence[Match], view: TextView, store: Store) -> list[Match]:
    """Read "'s" as the end of a name where one is held with it, and as none elsewhere.

    "Jordan's king" rules no Jordans, and "St. John's" is not the "St. John" that owns something.
    """
    kept, whole = [], set()
    for match in matches:
        if _is_possessive(match, view):
            held = tuple(
                p for p in match.postings if _is_held_with_apostrophe(store.place(p.place))
            )
            if not held:
                continue
            whole.add((match.start, match.last))
            match = replace(match, postings=held)  # noqa: PLW2901 -- the same, less some places
        kept.append(match)
    return [
        match
        for match in kept
        if (match.start, match.last) not in whole or _is_possessive(match, view)
    ]


def _without_endings(matches: Sequence[Match], view: TextView, store: Store) -> list[Match]:
    """Read what stands behind an apostrophe as an ending, where names have theirs there.

    "Berlin'e" is to Berlin, and no Berline; "Vava'u" is held with its apostrophe.
    """
    if not has_apostrophe_endings(view.rules):
        return list(matches)
    held = {(match.first, match.start, match.end) for match in matches}

    def is_ended(match: Match) -> bool:
        end = max(view.text.rfind(sign, match.start, match.end) for sign in _APOSTROPHES)
        if (match.first, match.start, end) not in held:
            return False
        return not any(_is_held_with_apostrophe(store.place(p.place)) for p in match.postings)

    return [match for match in matches if not is_ended(match)]


def _is_possessive(match: Match, view: TextView) -> bool:
    return bool(_POSSESSIVE.fullmatch(view.text, max(match.start, match.end - 2), match.end))


def _is_held_with_apostrophe(place: Place) -> bool:
    return any(has_apostrophe(name) for names in place.names.values() for name in names)


def has_apostrophe(name: str) -> bool:
    """Return whether a name is written with an apostrophe."""
    return not _APOSTROPHES.isdisjoint(name)


def _is_written_like_a_name(match: Match, view: TextView, store: Store) -> bool:
    """Whether a match in a cased script has a capital, or is written exactly as held.

    A small preposition begins no name: "au Cap" is no village of Au Cap. A short word that opens a
    sentence is no case of a name: «Бої» are battles, and not in Bo.
    """
    surface = view.text[match.start : match.end]
    if match.ending and len(surface) <= _SHORT and view.opens_sentence(match.first):
        return False
    if not surface[0].islower():
        return True
    if view.rules.has("preposition", view.word(match.first)):
        return False
    if any(char.isupper() for char in surface):
        return True
    return any(store.name(posting.name) == surface for posting in match.postings)


def without_elided_articles(matches: Sequence[Match], view: TextView) -> list[Match]:
    """Leave out names with a small article where one is held without it: "l'Yonne" is "Yonne"."""
    if not view.is_cased:
        return list(matches)
    bare = {(match.first, match.last) for match in matches if match.particle and not match.article}
    return [
        match
        for match in matches
        if match.particle
        or (match.first, match.last) not in bare
        or not view.text[match.start].islower()
    ]


def means_something_else(match: Match, view: TextView) -> bool:
    """Whether a word is part of a set phrase, describes a noun, or ends an address of the web.

    "القوة القاهرة", force majeure, is not in Cairo, and "المدينة الجديدة" is the new city.
    """
    is_phrase = any(view.ends("no_place", match.last + n) for n in (0, 1))
    return is_phrase or _is_adjective(match, view) or _is_domain(match, view)


def _is_domain(match: Match, view: TextView) -> bool:
    """Whether a word is a domain of the web: "кремль.рф", "the .uk zone", and no "г.Уфа"."""
    before = view.gaps[match.first]
    if match.first != match.last or not before.endswith(".") or before.endswith(".."):
        return False
    word = view.tokens[match.first].surface
    return len(word) <= _DOMAIN_LETTERS and (word.islower() or word.isupper())


def _is_adjective(match: Match, view: TextView) -> bool:
    """Whether a word with the article agrees with a generic noun before it that has it, too."""
    if _AGREEING not in view.rules.flags or match.first != match.last:
        return False
    article, noun = view.rules.article, view.word(match.first - 1)
    if not (view.word(match.first).startswith(article) and view.joins(match.first)):
        return False
    bare = view.rules.bare(noun)
    is_capital = view.rules.has("capital_word", noun)
    return bare != noun and (bare,) in view.rules.triggers and not is_capital


def of_announced_kind(match: Match, view: TextView, store: Store) -> Match:
    """Leave only places of the kind that a strict trigger announces: "the quarter of Qadisiyah"."""
    around = (*view.triggers_before(match.first), *view.triggers_after(match.last))
    kinds = frozenset(kind for trigger in around if trigger.strict for kind in trigger.kinds)
    if not kinds:
        return match
    agreeing = tuple(p for p in match.postings if store.kind_of(p.place) in kinds)
    return replace(match, key=match.key if agreeing else UNHELD, postings=agreeing)
