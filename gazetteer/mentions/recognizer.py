"""Which words of a text name places, and with what probability?"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.data import data_path
from gazetteer.index.store import CODE
from gazetteer.mentions.addresses import COMMAS, addresses
from gazetteer.mentions.features import common_words
from gazetteer.mentions.matcher import Match
from gazetteer.mentions.span_features import FEATURES, Reading, weigh
from gazetteer.mentions.tagger import shipped_tagger
from gazetteer.mentions.triggered import UNHELD, triggered_names
from gazetteer.mentions.word_inputs import text_inputs
from gazetteer.place import REGION_KINDS
from gazetteer.text.normalize import fold
from gazetteer.text.sentences import has_own_full_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Matcher
    from gazetteer.mentions.tagger import Tagger
    from gazetteer.place import Place

Array = np.ndarray[Any, Any]

THRESHOLD = 0.4
"""Lowest probability of a name to be kept."""

_OWN_NAME = 0.8  # of a name that the user has added: it is a place, unless it is an ordinary word
_PER_LETTER = 0.1  # of probability that glued particles cost a reading
_APOSTROPHES = frozenset("'’ʼ`")
_POSSESSIVE = re.compile(r"['’ʼ]s", re.IGNORECASE)
_HYPHENS = frozenset("-–—‐‑־")
_DASHES = frozenset("–—")
_CONSIDERED = 0.04  # mean probability of its words below which a span is no name
_FAMOUS = 40  # names of a place, in all languages, that is always considered
_WELL_KNOWN = 16  # names of a place at either end of a hyphen that joins two
_LONGEST = 8  # words of a name
_LONGEST_TRIGGER = 2  # words of "international airport"
_SHORTEST_UNHELD = 3  # letters of an unheld name behind a glued preposition
_TAGGED = 0.05  # of what is called a place, where neither a capital nor the gazetteer says more,
_NEVER = 2.0
_TAGGED_DEFINITE = 0.2  # and where "the city" needs no name behind it
_OF_WAY = 0.4  # to be a toponym of a name at the end of a way, and at most to be a person
_CALLED = 0.5  # of a name that is called a place, unless it is likelier something else
_OF_REGION = 0.5  # of several words that are together the name of a region
_OF_SEVERAL_WORDS = REGION_KINDS | {"disputed", "sea", "strait", "gulf", "desert", "peninsula"}
_LINKS = frozenset({"of", "the", "and"})  # classes of words inside names
_NEARNESS = frozenset({"near", "near_to"})  # of words that end no name
_OF_ADDRESS = 0.9  # of a place before the short name of its division, and of that
_INSIDE = 0.3  # least probability of the organisation around a place's name

ANY_LANGUAGE = "mul"
"""Weights for languages that have none of their own."""


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


def named_matches(view: TextView, matcher: Matcher, store: Store) -> list[Match]:
    """Return the matches of a text that are written like names."""
    matches = matcher.match(view.text, view.tokens, view.rules, capitals=view.is_cased)
    if not view.is_cased:
        return [match for match in matches if not _is_wrongly_parted(match, view)]
    matches = _without_cut_lists(_without_possessives(matches, view, store), view)
    return [match for match in matches if _is_written_like_a_name(match, view, store)]


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
    apart = [i for i in range(len(view.tokens)) if _is_apart(view, i)]
    far_ends = frozenset(_far_ends(view, matches, store))
    apart += [*far_ends, *_governed(view, matches)]
    for of_guideline in tags.values():
        of_guideline.begin_anew(apart)
    matches = [_of_announced_kind(match, view, store) for match in matches]
    announced = triggered_names(view, matches, store)
    matches = sorted([*matches, *announced], key=lambda m: (m.first, m.start, m.end))
    addressed = frozenset(addresses(view, matches, store))
    return Reading(view, matches, tags["toponyms"], tags["names"], addressed, far_ends)


def _is_apart(view: TextView, i: int) -> bool:
    """Whether no name goes on with a word: behind a comma, or the end of a sentence."""
    if COMMAS & set(view.gaps[i]):
        return True
    initial = i > 0 and len(view.tokens[i - 1].surface) == 1  # "N. Poplar Street"
    return not initial and view.opens_sentence(i)


def _far_ends(view: TextView, matches: Sequence[Match], store: Store) -> list[int]:
    """Return the words that name the far end of a way: "Baku – Ovda", "the London-Paris flight".

    A dash between two held names parts them; a hyphen, which stands in names as well, only where
    both are well known. Neither does within a held name ("Bosnia-Herzegovina").
    """
    held: dict[int, list[Match]] = defaultdict(list)
    ends: dict[int, list[Match]] = defaultdict(list)
    within: set[int] = set()
    for match in matches:
        held[match.first].append(match)
        ends[match.last].append(match)
        within.update(range(match.first + 1, match.last + 1))
    found = []
    for i, gap in enumerate(view.gaps):
        if i in within or gap.strip() not in _HYPHENS:
            continue
        sides = held[i], ends[i - 1]
        is_dash = gap in _DASHES or gap != gap.strip()
        if all(side and (is_dash or _is_well_known(side, store)) for side in sides):
            found.append(i)
    return found


def _governed(view: TextView, matches: Sequence[Match]) -> list[int]:
    """Return the words of names with a preposition behind a direction: "الساحل الشرقي للهند"."""
    if view.is_cased:
        return []  # what is glued to them there is an article: "Afrique de l'Ouest"
    directions = view.rules.sides
    return [
        match.first
        for match in matches
        if match.particle
        and match.particle not in view.rules.conjunctions
        and any(side in view.classes(match.first - 1) for side in directions)
    ]


def _is_well_known(matches: Sequence[Match], store: Store) -> bool:
    return any(store.name_count(p.place) >= _WELL_KNOWN for m in matches for p in m.postings)


def _of_announced_kind(match: Match, view: TextView, store: Store) -> Match:
    """Leave only places of the kind that a strict trigger announces: "the quarter of Qadisiyah"."""
    around = (*view.triggers_before(match.first), *view.triggers_after(match.last))
    kinds = frozenset(kind for trigger in around if trigger.strict for kind in trigger.kinds)
    if not kinds:
        return match
    agreeing = tuple(p for p in match.postings if store.kind_of(p.place) in kinds)
    return replace(match, key=match.key if agreeing else UNHELD, postings=agreeing)


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
            held = tuple(p for p in match.postings if _has_apostrophe(store.place(p.place)))
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


def _is_possessive(match: Match, view: TextView) -> bool:
    return bool(_POSSESSIVE.fullmatch(view.text, max(match.start, match.end - 2), match.end))


def _has_apostrophe(place: Place) -> bool:
    return any(_APOSTROPHES & set(name) for names in place.names.values() for name in names)


def _is_written_like_a_name(match: Match, view: TextView, store: Store) -> bool:
    """Whether a match in a cased script has a capital, or is written exactly as held.

    A small preposition begins no name: "au Cap" is no village of Au Cap.
    """
    surface = view.text[match.start : match.end]
    if not surface[0].islower():
        return True
    if view.rules.has("preposition", view.word(match.first)):
        return False
    if any(char.isupper() for char in surface):
        return True
    return any(store.name(posting.name) == surface for posting in match.postings)


def candidates(reading: Reading, store: Store) -> list[Match]:
    """Return every span that may name a place: matched ones, and those that the tagger sees."""
    toponyms, tags = reading.toponyms, reading.tags
    found = [
        m
        for m in reading.matches
        if (m.first, m.last) in reading.addressed
        or any(t.mean("LOC", m.first, m.last) >= _CONSIDERED for t in (toponyms, tags))
        or any(store.name_count(posting.place) >= _FAMOUS for posting in m.postings)
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
            alone = _tagged_alone(reading, first, last, store)
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
    if view.gaps[first].strip() not in _HYPHENS:
        return end
    held = {m.last for m in reading.matches if m.first == first and m.postings}
    small = end
    while small > first and view.is_cased and view.tokens[small].surface.islower():
        small -= 1
        if small in held:
            return small
    return end


def _is_in_small_letters(match: Match, view: TextView) -> bool:
    """Whether nothing but the tagger's word speaks for a name: "ливийского побережья"."""
    return view.is_cased and view.text[match.start : match.end].islower()


def _behind_hyphens(reading: Reading, first: int, last: int) -> list[int]:
    gaps = reading.view.gaps
    return [i for i in range(first + 1, last + 1) if gaps[i] and gaps[i] in _HYPHENS]


def _tagged_alone(reading: Reading, first: int, last: int, store: Store) -> Match:
    """Return a span that the tagger sees and no match covers, with what is held under its words.

    A name in small letters is none to the matcher: "they drove from goma".
    """
    view = reading.view
    start, end = view.tokens[first].start, view.tokens[last].end
    key = store.key(fold(view.text[start:end])) if view.is_cased else None
    postings = store.postings(key) if key is not None else []
    named = tuple(p for p in postings if store.name_kind(p.name) != CODE)
    held = UNHELD if key is None or not named else key
    end += has_own_full_stop(view.text, end, view.tokens[last].surface)
    particle = _glued_preposition(view, first)
    start = view.tokens[first].offset(len(particle))
    return Match(start, end, first, last, held, particle, 0, False, named)


def _glued_preposition(view: TextView, i: int) -> str:
    """Return the preposition that a word of an unheld name most likely begins with, or ``""``."""
    if view.has_before("preposition", i) or "construct" in view.classes(i - 1):
        return ""
    word = view.word(i)
    glued = (p for p in view.rules.before_unheld if word.startswith(p))
    particle = next(glued, "")
    return particle if len(word) - len(particle) >= _SHORTEST_UNHELD else ""


def names_more(reading: Reading, match: Match) -> bool:
    """Whether a span stands inside the name of something else: "Boston" in "Boston Police"."""
    if _is_end(reading, match):
        return False
    place, organisation = (
        reading.tags.mean(kind, match.first, match.last) for kind in ("LOC", "ORG")
    )
    return organisation > max(place, _INSIDE)


@cache
def recognizer_weights(lang: str) -> Array:
    """Return the weights of :data:`FEATURES` (log odds) in a language."""
    models: Mapping[str, Mapping[str, float]] = _models()
    weights = models.get(lang.split("-", maxsplit=1)[0], models[ANY_LANGUAGE])
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
    weights = recognizer_weights(reading.view.rules.lang)
    log_odds = weigh(reading, matches, store) @ weights
    p: Array = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    for i, match in enumerate(matches):
        if _is_called_a_place(reading, match, store) or _is_end(reading, match):
            p[i] = max(p[i], _CALLED)
        if (match.first, match.last) in reading.addressed:
            p[i] = max(p[i], _OF_ADDRESS)
        if _names_a_region(reading, match, store):
            p[i] = max(_OF_REGION, *(p[j] for j in _within(match, matches)))
    if store.has_own_names:
        lang = reading.view.rules.lang
        for i, match in enumerate(matches):
            if any(store.insists(q.name, lang=lang, spoken_of=()) for q in match.postings):
                p[i] = max(p[i], _OWN_NAME)
    return p


def _is_end(reading: Reading, match: Match) -> bool:
    """Whether a held name is one end of a way: a place to the tagger, and no person."""
    if reading.far_ends.isdisjoint((match.first, match.last + 1)) or not match.postings:
        return False
    words = match.first, match.last
    person = reading.tags.mean("PER", *words)
    return reading.toponyms.mean("LOC", *words) >= _OF_WAY > person


def _names_a_region(reading: Reading, match: Match, store: Store) -> bool:
    """Whether several words are the name of a region that none of them has: "القرن الأفريقي"."""
    view, tags = reading.view, reading.tags
    words = range(match.first, match.last + 1)
    if len(words) == 1 or any(_describes(view, i) for i in words):
        return False
    person = max(tags.mean(kind, match.first, match.last) for kind in ("PER", "ORG"))
    return person < _CALLED and any(
        store.name_lang(p.name) == view.rules.lang and store.kind_of(p.place) in _OF_SEVERAL_WORDS
        for p in match.postings
    )


def _describes(view: TextView, i: int) -> bool:
    """Whether a word says where in a place something is, or what kind of place: "north", "lake"."""
    classes = view.classes(i)
    says_where = bool(classes) and classes.isdisjoint(_LINKS)
    is_trigger = (view.word(i),) in view.rules.triggers
    return says_where or is_trigger or view.rules.has("generic_after", view.word(i))


def _within(match: Match, matches: Sequence[Match]) -> Iterator[int]:
    """Yield the numbers of the spans inside a span, itself among them."""
    for i, inner in enumerate(matches):
        if match.first <= inner.first and inner.last <= match.last:
            yield i


def _is_called_a_place(reading: Reading, match: Match, store: Store) -> bool:
    """Whether a name is called a village, an air base: what is, is a place.

    A name that is held must be that of such a thing.
    """
    view, tags = reading.view, reading.tags
    words = range(match.first, match.last + 1)
    if all(view.classes(i) or (view.word(i),) in view.rules.triggers for i in words):
        return False  # "ولاية شمال": words for places, and no name
    around = (*view.triggers_before(match.first), *view.triggers_after(match.last))
    person = max(tags.mean(kind, match.first, match.last) for kind in ("PER", "ORG"))
    place = max(t.mean("LOC", match.first, match.last) for t in (reading.toponyms, tags))
    if person >= _CALLED:
        return False
    if not view.is_cased and place < _needed(view, match):
        return False  # "in the city three died", "in a large city"
    named = [p for p in match.postings if store.name_kind(p.name) != CODE]
    if match.postings and not named:
        return False  # "the island of La Palma" is none of "La."
    kinds = {store.kind_of(posting.place) for posting in named}
    if place >= _CALLED and _says_what_it_is(match, reading, store):
        return True
    return any(t.kinds & kinds if kinds else t.open for t in around)


def _says_what_it_is(match: Match, reading: Reading, store: Store) -> bool:
    """Whether a held name has its trigger in it: "Goma International Airport", "مدينة الصدر".

    Without that word it must name nothing of the kind: "نهر الفرات" is "الفرات", a river, and
    "province du Nord-Kivu" is "Nord-Kivu".
    """
    view, first, last = reading.view, match.first, match.last
    within = range(1, min(_LONGEST_TRIGGER, last - first) + 1)
    endings = [m for m in reading.matches if m.last == last and m.first > first]
    parted = [(trigger, endings) for n in within for trigger in view.triggers_before(first + n)]
    for n in within:
        rest = [m for m in reading.matches if (m.first, m.last) == (first, last - n)]
        parted += [(trigger, rest) for trigger in view.triggers_after(last - n)]

    def kinds(matches: Sequence[Match]) -> set[str]:
        return {store.kind_of(posting.place) for m in matches for posting in m.postings}

    named = kinds([match])
    return any(t.kinds & named and t.kinds.isdisjoint(kinds(rest)) for t, rest in parted)


def _needed(view: TextView, match: Match) -> float:
    """Return how sure the tagger must be of what is called a place, where capitals say nothing.

    What is glued to a word, or an ordinary word, is no name that "city of" announces.
    """
    is_definite = _is_definite(view, match.first - 1)
    is_common = view.word(match.first) in common_words(view.rules.lang)
    if match.particle or (is_common and (is_definite or not match.postings)):
        return _NEVER
    if is_definite:
        return _TAGGED_DEFINITE
    return 0.0 if match.postings else _TAGGED


def _is_definite(view: TextView, i: int) -> bool:
    """Whether the article is glued to a word, or may be swallowed by what is glued to it."""
    if view.rules.has("preposition", view.word(i)):
        return False  # "الى" begins like it
    articles = {view.rules.article, *view.rules.elided.values()} - {""}
    heads = [head for _, head in view.rules.heads(view.word(i))]
    return any(head.startswith(tuple(articles)) for head in heads)


def words_weighed(reading: Reading, store: Store) -> list[Recognized]:
    """Return all spans of a text that may name a place, overlapping ones too, weighed."""
    matches = candidates(reading, store)
    p = probabilities(reading, matches, store).tolist()
    return [
        Recognized(match, float(q), names_more(reading, match), _strain(match, reading.view))
        for match, q in zip(matches, p, strict=True)
    ]


def _strain(match: Match, view: TextView) -> float:
    """Return what glued particles cost a reading: "فيينا" is Vienna, and no "ف" before Jena.

    A preposition alone costs nothing: names hardly stand without one.
    """
    usual = view.is_cased or match.particle in view.rules.prepositions
    return 0.0 if usual else _PER_LETTER * len(match.particle)


def without_overlaps(likely: Sequence[Recognized]) -> list[Recognized]:
    """Return names that share no word, the surest before others, in text order."""

    def unlikelihood(name: Recognized) -> tuple[float, int]:
        return name.strained - name.p_place, name.match.first - name.match.last

    kept: list[Recognized] = []
    taken: set[int] = set()
    for name in sorted(likely, key=unlikelihood):
        words = range(name.match.first, name.match.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(name)
    return sorted(kept, key=lambda r: r.match.start)
