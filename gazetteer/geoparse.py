"""What does a text say about places? From words to resolved mentions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from gazetteer.described import ResolvedName, describe
from gazetteer.index.store import Posting, Store
from gazetteer.mention import DESCRIBED_FORMS, Alternative, Mention, Resolution, Span
from gazetteer.mentions.demonyms import Demonym, find_demonyms
from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Match, Matcher
from gazetteer.mentions.recognizer import (
    Recognized,
    candidates,
    recognize,
    recognizer_weights,
)
from gazetteer.rank import Named, Ranking, rank
from gazetteer.text.language import detect_language
from gazetteer.text.normalize import fold
from gazetteer.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.atlas import Atlas
    from gazetteer.place import Place

_ALTERNATIVES = 4
_SHORTEST_MISSPELT = 6  # letters; shorter words are one letter away from too many others
_UNSURE = 0.005  # lowest probability of a name beside words that describe a place with it
_APART = 100  # characters between names that stand in no order
_DEMONYM_VOTE = 0.7  # a demonym speaks for its country less than its name does


@dataclass(frozen=True, slots=True)
class _Reading:
    """The names and demonyms of a text before they are resolved."""

    view: TextView
    names: list[Recognized]
    demonyms: list[Demonym]
    matches: Sequence[Match]


class Geoparser:
    """Finds and resolves the places of texts.

    Parameters
    ----------
    store
        The opened index.
    atlas
        Geometry of its places.
    """

    def __init__(self, store: Store, atlas: Atlas) -> None:
        self._store = store
        self._atlas = atlas
        self._matcher = Matcher(store)

    def read(self, text: str, lang: str) -> list[Resolution]:
        """Return every mention of a place, resolved, in text order and longer ones first."""
        rules = language_rules(lang)
        tokens = tokenize(text)
        view = TextView(text, tokens, rules)
        reading = self._recognize(view)
        names = self._resolve_names(view, reading)
        demonyms = [self._demonym(text, lang, demonym) for demonym in reading.demonyms]
        described = self._describe(reading, names)
        longer = [r.span for r in described if r.mention.form == "name"]
        names = [r for r in names if not any(outer.holds(r.span) for outer in longer)]
        everything = [*names, *demonyms, *described]
        return sorted(everything, key=lambda r: (r.mention.start, -r.mention.end))

    def names_in(self, text: str, lang: str | None) -> list[Named]:
        """Return the held names of a text, set far apart so that none follows another."""
        lang = lang or detect_language(text)
        rules = language_rules(lang)
        view = TextView(text, tokenize(text), rules)
        apart = (len(text) + i * _APART for i in range(len(text)))
        return [
            Named(at, at + 1, text[r.match.start : r.match.end], lang, r.match.postings)
            for at, r in zip(apart, self._recognize(view).names, strict=False)
            if r.match.postings
        ]

    def resolve(self, text: str, mentions: Sequence[Mention], lang: str) -> list[Resolution]:
        """Return the places of given mentions, in their order."""
        rules = language_rules(lang)
        tokens = tokenize(text)
        view = TextView(text, tokens, rules)
        demonyms = find_demonyms(text, tokens, rules, cased=view.is_cased)
        countries = self._countries(demonyms)
        by_span = {Span(d.start, d.end): d for d in demonyms}
        named: list[Named] = []
        numbers: list[int] = []
        for number, mention in enumerate(mentions):
            postings, changed = self._matcher.lookup(mention.text, rules)
            if postings and not self._is_demonym(by_span.get(mention.span), postings):
                announced = _announced_around(view, mention.span)
                span = (mention.start, mention.end)
                named.append(Named(*span, mention.text, lang, postings, announced, changed))
                numbers.append(number)
        order = sorted(range(len(named)), key=lambda i: named[i].start)
        rankings = rank(self._store, [named[i] for i in order], countries=countries)
        resolved = {numbers[i]: ranking for i, ranking in zip(order, rankings, strict=True)}
        given = [
            self._given(mention, resolved.get(number), by_span.get(mention.span))
            for number, mention in enumerate(mentions)
        ]
        if all(resolution.place for resolution in given):
            return given
        described = {r.span: r for r in self.read(text, lang) if r.mention.form in DESCRIBED_FORMS}
        return [
            replace(described[r.span], mention=r.mention)
            if r.place is None and r.span in described
            else r
            for r in given
        ]

    def _is_demonym(self, demonym: Demonym | None, postings: Sequence[Posting]) -> bool:
        """Whether given words are a demonym, and not a country's name that is spelt like one."""
        if demonym is None:
            return False
        return self._store.row(demonym.place_id) not in {posting.place for posting in postings}

    def _given(
        self, mention: Mention, ranking: Ranking | None, demonym: Demonym | None
    ) -> Resolution:
        if ranking is None and demonym is not None:
            place = self._atlas.place(demonym.place_id)
            return Resolution(mention, place, 1.0, uncertainty_km=place.uncertainty_km)
        return self._resolution(mention, ranking)

    def _recognize(self, view: TextView) -> _Reading:
        matches = candidates(view, self._matcher, self._store)
        weights = recognizer_weights(view.rules.lang)
        names = recognize(matches, view, self._store, weights=weights)
        names = [_without_generic_words(name, matches, view) for name in names]
        demonyms = find_demonyms(view.text, view.tokens, view.rules, cased=view.is_cased)
        names, demonyms = _settle(names, demonyms, view, self._store)
        names += self._misspelt(view, names, demonyms, matches)
        return _Reading(view, sorted(names, key=lambda r: r.match.start), demonyms, matches)

    def _misspelt(
        self,
        view: TextView,
        names: Sequence[Recognized],
        demonyms: Sequence[Demonym],
        matches: Sequence[Match],
    ) -> list[Recognized]:
        """Words one slip away from a name of the same text, where a place is expected."""
        known = {m.first for m in matches} | {d.first for d in demonyms}
        spelt = {
            view.word(n.match.first)[len(n.match.particle) :]: n
            for n in names
            if n.match.first == n.match.last
        }
        found = []
        for i, token in enumerate(view.tokens):
            expected = view.joins(i) and view.rules.has("preposition", view.word(i - 1))
            if i in known or not expected or len(token.folded) < _SHORTEST_MISSPELT:
                continue
            for word, name in spelt.items():
                if (
                    len(word) >= _SHORTEST_MISSPELT
                    and word[:2] == token.folded[:2]
                    and DamerauLevenshtein.distance(word, token.folded, score_cutoff=1) == 1
                ):
                    spelling = replace(name.match, particle="", article=0, ending=True)
                    match = replace(spelling, start=token.start, end=token.end, first=i, last=i)
                    found.append(Recognized(match, name.p_place / 2 + 0.25))
                    break
        return found

    def _resolve_names(self, view: TextView, reading: _Reading) -> list[Resolution]:
        held = [r for r in reading.names if r.match.postings]
        named = [
            Named(
                r.match.start,
                r.match.end,
                view.text[r.match.start : r.match.end],
                view.rules.lang,
                r.match.postings,
                _announced(view, r.match.first, r.match.last),
                r.match.article != 0,
            )
            for r in held
        ]
        countries = self._countries(reading.demonyms)
        rankings = dict(
            zip(map(id, held), rank(self._store, named, countries=countries), strict=True)
        )
        return [
            self._resolution(_mention(view, recognized), rankings.get(id(recognized)))
            for recognized in reading.names
        ]

    def _countries(self, demonyms: Sequence[Demonym]) -> Mapping[str, float]:
        places = (self._atlas.place(demonym.place_id) for demonym in demonyms)
        return {place.country: _DEMONYM_VOTE for place in places if place.country}

    def _resolution(self, mention: Mention, ranking: Ranking | None) -> Resolution:
        if ranking is None:
            return Resolution(mention, None)
        places = [self._store.place(row) for row in ranking.rows[: _ALTERNATIVES + 1]]
        scores = [round(score, 4) for score in ranking.scores[: _ALTERNATIVES + 1]]
        return Resolution(
            mention,
            places[0],
            scores[0],
            tuple(
                Alternative(place, score)
                for place, score in zip(places[1:], scores[1:], strict=True)
            ),
            places[0].uncertainty_km,
        )

    def _demonym(self, text: str, lang: str, demonym: Demonym) -> Resolution:
        words = text[demonym.start : demonym.end]
        mention = Mention(demonym.start, demonym.end, words, "demonym", lang)
        place = self._atlas.place(demonym.place_id)
        return Resolution(mention, place, 1.0, uncertainty_km=place.uncertainty_km)

    def _describe(self, reading: _Reading, names: Sequence[Resolution]) -> list[Resolution]:
        view = reading.view
        if not view.rules.patterns:
            return []
        unsure = self._unsure(reading)
        everything = sorted([*reading.names, *unsure], key=lambda r: r.match.start)
        ranked = self._resolve_names(view, replace(reading, names=everything)) if unsure else []
        by_match = {id(r): resolution for r, resolution in zip(everything, ranked, strict=False)}
        return describe(
            view,
            self._atlas,
            names=_with_places(zip(reading.names, names, strict=True)),
            unsure=_with_places((r, by_match[id(r)]) for r in unsure),
            demonyms=reading.demonyms,
            held_as=lambda word, match: self._held_as(word, match, view.rules.lang),
        )

    def _held_as(self, word: str, match: Match, lang: str) -> Place | None:
        """Return the place held in a language under a word and the name that a match spells."""
        for posting in match.postings:
            name = fold(self._store.name(posting.name))
            postings, _ = self._matcher.lookup(f"{word} {name}", language_rules(lang))
            if postings:
                return self._store.place(postings[0].place)
        return None

    def _unsure(self, reading: _Reading) -> list[Recognized]:
        """Return what is no name by itself, but may be one beside words that describe places."""
        view = reading.view
        weights = recognizer_weights(view.rules.lang)
        held = [match for match in reading.matches if match.postings]
        likely = recognize(held, view, self._store, weights=weights, threshold=_UNSURE)
        whole = {(r.match.start, r.match.end): r.match for r in [*likely, *reading.names]}
        inner = [m for m in held if any(_is_within(m, other) for other in whole.values())]
        likely += recognize(inner, view, self._store, weights=weights, threshold=_UNSURE)
        sure = {(r.match.start, r.match.end) for r in reading.names}
        return [r for r in likely if (r.match.start, r.match.end) not in sure]


def _is_within(match: Match, other: Match) -> bool:
    return other.first <= match.first and match.last <= other.last and match != other


def _with_places(names: Iterable[tuple[Recognized, Resolution]]) -> list[ResolvedName]:
    return [ResolvedName(r.match, resolution) for r, resolution in names if resolution.place]


def _mention(view: TextView, recognized: Recognized) -> Mention:
    match = recognized.match
    return Mention(
        match.start,
        match.end,
        view.text[match.start : match.end],
        "associative" if _names_organisation(view, match) else "name",
        view.rules.lang,
        round(recognized.p_place, 4),
    )


def _names_organisation(view: TextView, match: Match) -> bool:
    """Whether the name stands inside an organisation's or building's name."""
    if view.has_before("organisation_before", match.first):
        return True
    after = match.last + 1
    return view.has_after("organisation_after", match.last) and view.tokens[after].is_capitalized


def _without_generic_words(
    name: Recognized, matches: Sequence[Match], view: TextView
) -> Recognized:
    """Cut generic words off a name ("the base of") where the rest alone names the same place."""
    match = name.match
    places = {posting.place for posting in match.postings}
    shorter = (
        inner
        for inner in matches
        if match.first < inner.first and inner.last <= match.last
        if not places.isdisjoint(posting.place for posting in inner.postings)
    )
    for inner in sorted(shorter, key=lambda m: m.first - m.last):
        before = [view.word(i) for i in range(match.first, inner.first)]
        before[0] = before[0][len(match.particle) :]
        after = [view.word(i) for i in range(inner.last + 1, match.last + 1)]
        if tuple(before) in view.rules.triggers and all(
            view.rules.has("generic_after", word) for word in after
        ):
            return Recognized(inner, name.p_place)
    return name


def _settle(
    names: Sequence[Recognized],
    demonyms: Sequence[Demonym],
    view: TextView,
    store: Store,
) -> tuple[list[Recognized], list[Demonym]]:
    """Decide between name and demonym where a word can be either."""
    rules = view.rules
    kept_demonyms = []
    extra: list[Recognized] = []
    for demonym in demonyms:
        expected = (
            not demonym.particle
            and view.joins(demonym.first)
            and rules.has("preposition", view.word(demonym.first - 1))
        )
        word = demonym.form
        if expected and word.endswith(rules.never_after_preposition):
            continue
        bare = not rules.article or not word.startswith(rules.article)
        if (
            expected
            and bare
            and rules.name_after_preposition
            and word.endswith(rules.name_after_preposition)
        ):
            extra.append(_as_name(demonym, store))
            continue
        kept_demonyms.append(demonym)
    places = {n.match.first: {p.place for p in n.match.postings} for n in names}
    kept_demonyms = [
        # "روسيا" is the country, though it is also how "a Russian" is written after a verb.
        d
        for d in kept_demonyms
        if store.row(d.place_id) not in places.get(d.first, ())
    ]
    taken = {i for demonym in kept_demonyms for i in range(demonym.first, demonym.last + 1)}
    kept_names = [
        name
        for name in names
        if name.match.last > name.match.first or name.match.first not in taken
    ]
    long_words = {i for n in kept_names for i in range(n.match.first, n.match.last + 1)}
    kept_demonyms = [d for d in kept_demonyms if d.first not in long_words]
    extra = [n for n in extra if n.match.first not in long_words]
    return [*kept_names, *extra], kept_demonyms


def _as_name(demonym: Demonym, store: Store) -> Recognized:
    row = store.row(demonym.place_id)
    posting = Posting(row, store.first_name(row))
    match = Match(
        demonym.start,
        demonym.end,
        demonym.first,
        demonym.last,
        -1,
        demonym.particle,
        0,
        True,
        (posting,),
    )
    return Recognized(match, 0.75)


def _announced(view: TextView, first: int, last: int) -> frozenset[str]:
    triggers = (*view.triggers_before(first), *view.triggers_after(last))
    return frozenset(kind for trigger in triggers for kind in trigger.kinds)


def _announced_around(view: TextView, span: Span) -> frozenset[str]:
    inside = [i for i, token in enumerate(view.tokens) if span.start <= token.start < span.end]
    return _announced(view, inside[0], inside[-1]) if inside else frozenset()
