"""Which words of a text name places, and with what probability?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.data import data_path
from gazetteer.index.store import CODE
from gazetteer.mentions.addresses import addresses, juxtaposed
from gazetteer.mentions.beginnings import (
    HYPHENS,
    behind_endings,
    behind_generic_words,
    far_ends,
    governed,
    is_apart,
)
from gazetteer.mentions.called import (
    CALLED,
    FAMOUS,
    is_at_a_capital,
    is_called_a_place,
    is_end,
    is_told_whole,
    is_whole_text,
    names_a_region,
)
from gazetteer.mentions.demonyms import find_demonyms
from gazetteer.mentions.held_names import (
    means_something_else,
    named_matches,
    of_announced_kind,
    unless_direction,
    without_elided_articles,
)
from gazetteer.mentions.matcher import Match
from gazetteer.mentions.span_features import FEATURES, Reading, weigh
from gazetteer.mentions.tagger import shipped_tagger
from gazetteer.mentions.triggered import UNHELD, triggered_names
from gazetteer.mentions.word_inputs import text_inputs
from gazetteer.text.homes import home_countries
from gazetteer.text.normalize import fold
from gazetteer.text.sentences import has_own_full_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Matcher
    from gazetteer.mentions.tagger import Tagger

Array = np.ndarray[Any, Any]

THRESHOLD = 0.4
"""Lowest probability of a name to be kept."""

_OWN_NAME = 0.8  # of a name that the user has added: it is a place, unless it is an ordinary word
_PER_LETTER = 0.1  # of probability that glued particles cost a reading
_WELL_KNOWN = 16  # names of a place, in all languages
_OF_WHOLE = 0.2  # of probability that a reading with particles costs where the word itself is held
_PER_WORD = 0.02  # of probability that a held name of more words may lack beside one inside it
_CONSIDERED = 0.04  # mean probability of its words below which a span is no name
_LONGEST = 8  # words of a name
_SHORTEST_UNHELD = 3  # letters of an unheld name behind a glued preposition
_NEARNESS = frozenset({"near", "near_to"})  # of words that end no name
_PERSON = 0.5  # from when on the tagger says that words are a person: "Ege Karslı"
_OF_PAIR = 0.75  # of two names side by side of which one lies in the other
_OF_LED_PAIR = 0.8  # ... behind a preposition: no person, whatever the tagger says
_OF_ADDRESS = 0.9  # of a place before the short name of its division, and of that
_INSIDE = 0.3  # least probability of the organisation around a place's name

ANY_LANGUAGE = "mul"
"""Weights for languages that have none of their own."""

OF_POSTS = "-x-post"
"""Behind a language (as a subtag for private use): its weights for posts on social media."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """A match that was weighed: its probability of naming a place.

    ``inside`` tells whether it stands inside the name of something else, ``strained`` how much less
    sure it is beside another reading of the same words.
    """

    match: Match
    p_place: float
    inside: bool = False
    strained: float = 0.0


def read_words(
    view: TextView, matcher: Matcher, store: Store, *, tagger: Tagger | None = None
) -> Reading:
    """Match and tag the words of a text.

    Parameters
    ----------
    view
        The text.
    matcher, store
        Where names are held.
    tagger
        What tags the words; the shipped one by default.
    """
    matches = named_matches(view, matcher, store)
    inputs = text_inputs(view, matches, store)
    tags = (tagger or shipped_tagger()).tag(view.tokens, inputs, lang=view.rules.lang)
    apart = [i for i in range(len(view.tokens)) if is_apart(view, i)]
    ends = frozenset(far_ends(view, matches, store))
    apart += [*ends, *governed(view, matches), *behind_generic_words(view, matches, store)]
    apart += behind_endings(view, matches)
    beside = juxtaposed(view, matches, store)
    apart += [first for first, _ in beside]
    for of_guideline in tags.values():
        of_guideline.begin_anew(apart)
    matches = without_elided_articles(matches, view)
    matches = [m for m in matches if not means_something_else(m, view)]
    matches = [of_announced_kind(match, view, store) for match in matches]
    announced = triggered_names(view, matches, store)
    matches = sorted([*matches, *announced], key=lambda m: (m.first, m.start, m.end))
    addressed = {
        words: _OF_LED_PAIR if is_led else _OF_PAIR
        for words, is_led in beside.items()
        if is_led or tags["names"].mean("PER", *words) < _PERSON
    }
    addressed |= dict.fromkeys(addresses(view, matches, store), _OF_ADDRESS)
    demonyms = find_demonyms(view.text, view.tokens, view.rules, cased=view.is_cased)
    return Reading(view, matches, tags["toponyms"], tags["names"], addressed, ends, demonyms)


def candidates(reading: Reading, store: Store) -> list[Match]:
    """Return every span that may name a place: matched ones, and those that the tagger sees."""
    toponyms, tags = reading.toponyms, reading.tags
    found = [
        m
        for m in reading.matches
        if (m.first, m.last) in reading.addressed
        or any(t.mean("LOC", m.first, m.last) >= _CONSIDERED for t in (toponyms, tags))
        or any(store.name_count(posting.place) >= FAMOUS for posting in m.postings)
    ]
    known = {(m.first, m.last) for m in found}
    spans = (*toponyms.spans("LOC"), *tags.spans("LOC"))
    tagged = dict.fromkeys((first, _last_of_name(reading, first, last)) for first, last in spans)
    joined = {m.first for m in reading.matches if m.particle in reading.view.rules.conjunctions}
    held = {m.first: m.last for m in reading.matches if m.postings}
    ends = {m.last for m in reading.matches if m.postings}
    for first, last in tagged:
        if not joined.isdisjoint(range(first + 1, last + 1)):
            continue  # "A and B" in one breath
        if any(held.get(i, last) > last for i in range(first + 1, last + 1)):
            continue  # its end begins a held name: "the state of North" before "Darfur"
        if any(i in held and i - 1 in ends for i in _behind_hyphens(reading, first, last)):
            continue  # "A-B"
        if (first, last) not in known and last - first < _LONGEST:
            tagged_alone = _tagged_alone(reading, first, last, store)
            alone = unless_direction(tagged_alone, reading.view, store)
            if means_something_else(alone, reading.view) or _is_cut_short(alone, reading.view):
                continue
            if alone.postings or not _is_in_small_letters(alone, reading.view):
                found.append(alone)
    return found


def _last_of_name(reading: Reading, first: int, last: int) -> int:
    """Return the last word of a tagged name without those behind it that only describe it.

    They say that it is near ("إقليم سيلاكاب القريب"), or are written small behind the far end of a
    way ("Humus-Halep karayolunda").
    """
    view, end = reading.view, last
    while end > first and not _NEARNESS.isdisjoint(view.classes(end)):
        end -= 1
    if view.gaps[first].strip() not in HYPHENS:
        return end
    held = {m.last for m in reading.by_first.get(first, ()) if m.postings}
    small = end
    while small > first and view.is_cased and view.tokens[small].surface.islower():
        small -= 1
        if small in held:
            return small
    return end


def _is_cut_short(match: Match, view: TextView) -> bool:
    """Whether a span is what stands before a name: "l'État de"."""
    return not match.postings and "of" in view.classes(match.last)


def _is_in_small_letters(match: Match, view: TextView) -> bool:
    """Whether nothing but the tagger's word speaks for a name: "ливийского побережья"."""
    return view.is_cased and view.text[match.start : match.end].islower()


def _behind_hyphens(reading: Reading, first: int, last: int) -> list[int]:
    gaps = reading.view.gaps
    return [i for i in range(first + 1, last + 1) if gaps[i] and gaps[i] in HYPHENS]


def _tagged_alone(reading: Reading, first: int, last: int, store: Store) -> Match:
    """Return a span that the tagger sees and no match covers, with what is held under its words.

    A name in small letters is none to the matcher: "they drove from goma".
    """
    view = reading.view
    start, end = view.tokens[first].start, view.end_of_name(last)
    key = store.key(fold(view.text[start:end])) if view.is_cased else None
    postings = store.postings(key) if key is not None else []
    named = tuple(p for p in postings if store.name_kind(p.name) != CODE)
    held = UNHELD if key is None or not named else key
    end += has_own_full_stop(view.text, end, view.tokens[last].surface)
    particle = _glued_particle(view, first)
    start = view.tokens[first].offset(len(particle))
    return Match(start, end, first, last, held, particle, 0, False, named)


def _glued_particle(view: TextView, i: int) -> str:
    """Return the particle that a word of an unheld name most likely begins with, or ``""``."""
    if (
        view.has_before("preposition", i)
        or "construct" in view.classes(i - 1)
        or view.triggers_before(i)
        or (view.word(i),) in view.rules.triggers  # "מסוף", a terminal, is no "מ" before "סוף"
    ):
        return ""
    word = view.word(i)
    glued = (p for p in view.rules.before_unheld if word.startswith(p))
    particle = next(glued, "")
    return particle if len(word) - len(particle) >= _SHORTEST_UNHELD else ""


def names_more(reading: Reading, match: Match) -> bool:
    """Whether a span stands inside the name of something else: "Boston" in "Boston Police"."""
    if is_end(reading, match):
        return False
    place, organisation = (
        reading.tags.mean(kind, match.first, match.last) for kind in ("LOC", "ORG")
    )
    return organisation > max(place, _INSIDE)


def usage_of(view: TextView) -> str:
    """Return what language a text is written in, and whether as posts are: "ar", "ar-x-post"."""
    lang = view.rules.lang.split("-", maxsplit=1)[0]
    return lang + OF_POSTS if view.is_post else lang


@cache
def recognizer_weights(usage: str) -> Array:
    """Return the weights of :data:`FEATURES` (log odds) in a language, or in posts in it."""
    models: Mapping[str, Mapping[str, float]] = _models()
    known = (models.get(name) for name in (usage, usage.removesuffix(OF_POSTS)))
    weights = next(filter(None, known), models[ANY_LANGUAGE])
    return np.array([weights[name] for name in FEATURES])


@cache
def _models() -> Mapping[str, Mapping[str, float]]:
    text = data_path("models", "recognizer.json").read_text(encoding="utf-8")
    models: Mapping[str, Mapping[str, float]] = json.loads(text)
    return models


def probabilities(reading: Reading, matches: Sequence[Match], store: Store) -> Array:
    """Return the probability of each span to name a place."""
    if not matches:
        return np.zeros(0)
    weights = recognizer_weights(usage_of(reading.view))
    log_odds = weigh(reading, matches, store) @ weights
    p: Array = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    for i, match in enumerate(matches):
        if (
            is_called_a_place(reading, match, store)
            or is_end(reading, match)
            or is_whole_text(reading, match, store)
            or is_at_a_capital(reading, match, store)
        ):
            p[i] = max(p[i], CALLED)
        p[i] = max(p[i], reading.addressed.get((match.first, match.last), 0.0))
        if names_a_region(reading, match, store):
            p[i] = max(CALLED, *(p[j] for j in _within(match, matches)))
        elif is_told_whole(match, reading, store):
            p[i] = max(p[j] for j in _within(match, matches))
    if store.has_own_names:
        lang = reading.view.rules.lang
        for i, match in enumerate(matches):
            if any(store.insists(q.name, lang=lang, spoken_of=()) for q in match.postings):
                p[i] = max(p[i], _OWN_NAME)
    return p


def _within(match: Match, matches: Sequence[Match]) -> Iterator[int]:
    """Yield the numbers of the spans inside a span, itself among them."""
    for i, inner in enumerate(matches):
        if match.first <= inner.first and inner.last <= match.last:
            yield i


def words_weighed(reading: Reading, store: Store) -> list[Recognized]:
    """Return all spans of a text that may name a place, overlapping ones too, weighed."""
    matches = candidates(reading, store)
    p = probabilities(reading, matches, store).tolist()
    whole = _held_whole(matches, reading.view, store)
    return [
        Recognized(match, float(q), names_more(reading, match), _strain(match, reading.view, whole))
        for match, q in zip(matches, p, strict=True)
    ]


def _held_whole(
    matches: Sequence[Match], view: TextView, store: Store
) -> Mapping[tuple[int, int], bool]:
    """Return which words are held as they stand, by first and last, and whether they are that name.

    They mostly are: "كسلا" is Kassala, and not "كـ" before Salé. But "والكوت" is Kut behind "and",
    and no Walcott in Iowa.
    """
    home = home_countries(view.rules.lang)

    def is_known(match: Match) -> bool:
        return any(
            store.country_of(p.place) in home or store.name_count(p.place) >= _WELL_KNOWN
            for p in match.postings
        )

    parted = {(m.first, m.last) for m in matches if m.particle and is_known(m)}
    return {
        (m.first, m.last): (m.first, m.last) not in parted or is_known(m)
        for m in matches
        if m.postings and not m.particle
    }


def _strain(match: Match, view: TextView, whole: Mapping[tuple[int, int], bool]) -> float:
    """Return what glued particles cost a reading: "فيينا" is Vienna, and no "ف" before Jena.

    A preposition alone costs nothing, for names hardly stand without one.

    Parameters
    ----------
    match
        The reading.
    view
        Its text.
    whole
        What :func:`_held_whole` returns.
    """
    words = match.first, match.last
    if view.is_cased:
        return 0.0
    if words in whole and whole[words] == bool(match.particle):
        return _OF_WHOLE
    usual = match.particle in view.rules.prepositions
    return 0.0 if usual else _PER_LETTER * len(match.particle)


def without_overlaps(likely: Sequence[Recognized]) -> list[Recognized]:
    """Return names that share no word, the surest before others, in text order.

    Of readings about as likely the longer one counts, if it is held: "ميناء أوديسا" is the port.
    """

    def unlikelihood(name: Recognized) -> tuple[float, int]:
        more = name.match.last - name.match.first
        whole = _PER_WORD * more if name.match.postings else 0.0
        return name.strained - name.p_place - whole, -more

    kept: list[Recognized] = []
    taken: set[int] = set()
    for name in sorted(likely, key=unlikelihood):
        words = range(name.match.first, name.match.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(name)
    return sorted(kept, key=lambda r: r.match.start)
