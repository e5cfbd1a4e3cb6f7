"""What does a text say about places? From words to resolved mentions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.asked import Asked, announced, announced_with, gather, hints_of
from gazetteer.described import ResolvedName, describe
from gazetteer.index.store import CODE
from gazetteer.mention import DESCRIBED_FORMS, Alternative, Mention, Resolution, Span
from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.mentions.names import Names, find_names, is_inside_name
from gazetteer.mentions.pattern_matcher import near_telling_words
from gazetteer.mentions.posts import as_in_posts
from gazetteer.mentions.recognizer import without_overlaps
from gazetteer.mentions.references import Antecedents
from gazetteer.place import REGION_KINDS
from gazetteer.rank import Named, Ranking, rank, read_source
from gazetteer.text.language import detect_language
from gazetteer.text.normalize import fold
from gazetteer.text.tokens import tokenize
from gazetteer.unheld import TextAround, UnheldNames, as_heard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from gazetteer.atlas import Atlas
    from gazetteer.index.store import Store
    from gazetteer.lookup import Scored
    from gazetteer.mentions.demonyms import Demonym
    from gazetteer.mentions.language_rules import LanguageRules
    from gazetteer.mentions.matcher import Match
    from gazetteer.mentions.recognizer import Recognized
    from gazetteer.place import Place
    from gazetteer.rank import Source
    from gazetteer.recognizers.joining import Plugged

_ALTERNATIVES = 4
_APART = 100  # characters between names that stand in no order
_BESIDE = 4  # words from a word that describes places to an unsure name that may be one with it
_HEARD = 0.5  # probability from which a doubtful name that sounds like a place is one
_NONE = 0.9  # probability of no held place from which none is given


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text's names before they are resolved, and what is known of the text."""

    view: TextView
    found: Names
    source: Source | None = None
    published: date | None = None


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
        self._unheld = UnheldNames(store)

    def read(
        self,
        text: str,
        lang: str,
        *,
        recognizer: Plugged | None = None,
        url: str | None = None,
        published: date | None = None,
    ) -> list[Resolution]:
        """Return every mention of a place, resolved, in text order and longer ones first."""
        if recognizer is not None:
            return recognizer.read(text, lang, self)
        rules = language_rules(lang)
        tokens = tokenize(text)
        view = TextView(text, tokens, rules)
        source = read_source(self._store, url)
        found = self._find(view)
        reading = _Reading(view, found, source, published)
        names = self._resolve_names(reading, found.names)
        demonyms = [self._demonym(text, lang, demonym) for demonym in found.demonyms]
        held = [r for r in found.names if r.match.postings]
        names = self._with_unheld(view, names, demonyms, _named(view, held))
        reading, names = self._with_doubtful(reading, names, demonyms)
        described = self._describe(reading, names, demonyms)
        longer = [r.span for r in described if r.mention.form == "name"]
        names = [r for r in names if not any(outer.holds(r.span) for outer in longer)]
        names = [r for r in names if r.place or not any(d.span.holds(r.span) for d in described)]
        names = [_as_in_posts(r, view) for r in names]
        everything = [*names, *demonyms, *described]
        return sorted(everything, key=lambda r: (r.mention.start, -r.mention.end))

    def spelt(self, text: str, lang: str) -> list[Match]:
        """Return every span that spells a held name, overlapping ones too."""
        return self._matcher.match(text, tokenize(text), language_rules(lang))

    def names_in(self, text: str, lang: str | None) -> list[Named]:
        """Return the held names of a text, set far apart so that none follows another."""
        lang = lang or detect_language(text)
        rules = language_rules(lang)
        view = TextView(text, tokenize(text), rules)
        apart = (len(text) + i * _APART for i in range(len(text)))
        return [
            Named(at, at + 1, text[r.match.start : r.match.end], lang, r.match.postings)
            for at, r in zip(apart, self._find(view).names, strict=False)
            if r.match.postings
        ]

    def resolve(
        self,
        text: str,
        mentions: Sequence[Mention],
        lang: str,
        *,
        url: str | None = None,
        published: date | None = None,
    ) -> list[Resolution]:
        """Return the places of given mentions, in their order."""
        view = TextView(text, tokenize(text), language_rules(lang))
        asked, demonyms = self.ask(view, mentions)
        source = read_source(self._store, url)
        rankings = rank(
            self._store, asked.names, hints=asked.hints, source=source, published=published
        )
        ranked = list(zip(asked.names, asked.numbers, rankings, strict=True))
        resolved = {number: ranking for _, number, ranking in ranked}
        by_span = {Span(d.start, d.end): d for d in demonyms}
        given = [
            self._given(mention, resolved.get(number), by_span.get(mention.span))
            for number, mention in enumerate(mentions)
        ]
        others = [
            *(self._demonym(text, lang, demonym) for demonym in demonyms),
            *(
                self._resolution(Mention(n.start, n.end, n.surface), ranking)
                for n, number, ranking in ranked
                if number < 0
            ),
        ]
        given = self._with_unheld(view, given, others, asked.names)
        if all(resolution.place for resolution in given):
            return given
        described = {r.span: r for r in self.read(text, lang) if r.mention.form in DESCRIBED_FORMS}
        return [
            replace(described[r.span], mention=r.mention)
            if r.place is None and r.span in described
            else r
            for r in given
        ]

    def ask(self, view: TextView, mentions: Sequence[Mention]) -> tuple[Asked, list[Demonym]]:
        """Return given mentions among the names of their text, and its demonyms."""
        found = self._find(view)
        held = [r for r in found.names if r.match.postings]
        asked = gather(
            view,
            mentions,
            others=_named(view, held),
            demonyms=found.demonyms,
            matcher=self._matcher,
            store=self._store,
        )
        return asked, found.demonyms

    def _given(
        self, mention: Mention, ranking: Ranking | None, demonym: Demonym | None
    ) -> Resolution:
        if ranking is None and demonym is not None:
            place = self._atlas.place(demonym.place_id)
            return Resolution(mention, place, 1.0, uncertainty_km=place.uncertainty_km)
        return self._resolution(mention, ranking)

    def _find(self, view: TextView) -> Names:
        return find_names(view, self._matcher, self._store)

    def _resolve_names(self, reading: _Reading, names: Sequence[Recognized]) -> list[Resolution]:
        view, held = reading.view, [r for r in names if r.match.postings]
        hints = hints_of(reading.found.demonyms, self._store, reading.view.rules)
        ranked = rank(
            self._store,
            _named(view, held),
            hints=hints,
            source=reading.source,
            published=reading.published,
        )
        rankings = dict(zip(map(id, held), ranked, strict=True))
        return [
            self._resolution(_mention(view, recognized), rankings.get(id(recognized)))
            for recognized in names
        ]

    def _with_unheld(
        self,
        view: TextView,
        names: Sequence[Resolution],
        others: Sequence[Resolution],
        named: Sequence[Named],
    ) -> list[Resolution]:
        """Return names with the places of the text's countries that they sound like.

        So are names that are not held in their script, and those held for a far place alone.
        ``others`` are the text's other mentions: they tell, too, which countries it speaks of.
        """
        spelt = {Span(name.start, name.end) for name in named}
        unheld = [
            r.place is None and r.span not in spelt and r.mention.form not in DESCRIBED_FORMS
            for r in names
        ]
        doubted = [self._unheld.is_doubted(r) for r in names]
        if not (any(unheld) or any(doubted)):
            return list(names)
        around = TextAround([*names, *others], named)
        heard = list(names)
        for i, name in enumerate(names):
            if unheld[i]:
                kinds = announced_with(view, name.span)
                heard[i] = self._heard(name, self._unheld.find(name.mention, around, kinds))
            elif doubted[i]:
                kinds = announced_with(view, name.span)
                heard[i] = self._heard(name, self._unheld.find_rather(name, around, kinds))
        return heard

    def _with_doubtful(
        self, reading: _Reading, names: Sequence[Resolution], demonyms: Sequence[Resolution]
    ) -> tuple[_Reading, list[Resolution]]:
        """Return names together with doubtful ones that sound like a place of the text."""
        view, found = reading.view, reading.found
        if not found.doubtful:
            return reading, list(names)
        unsure = [Resolution(_mention(view, r), None) for r in found.doubtful]
        held = [r for r in found.names if r.match.postings]
        tried = self._with_unheld(view, unsure, [*names, *demonyms], _named(view, held))
        heard = {
            replace(r, p_place=resolution.mention.p_place): resolution
            for r, resolution in zip(found.doubtful, tried, strict=True)
            if resolution.place and resolution.mention.p_place >= _HEARD
        }
        both = [*zip(found.names, names, strict=True)]
        both += [(r, heard[r]) for r in without_overlaps(list(heard))]
        both.sort(key=lambda pair: pair[0].match.start)
        found = replace(found, names=[r for r, _ in both])
        return replace(reading, found=found), [resolution for _, resolution in both]

    def _heard(self, name: Resolution, found: Sequence[Scored]) -> Resolution:
        """Return a name with the places that it sounds like, if there are any."""
        if not found:
            return name
        rows, scores = zip(*((one.posting.place, one.score) for one in found), strict=True)
        mention = name.mention
        if name.place is None and mention.p_place is not None:
            mention = replace(mention, p_place=round(as_heard(mention.p_place, scores[0]), 4))
        return self._placed(mention, rows, scores)

    def _resolution(self, mention: Mention, ranking: Ranking | None) -> Resolution:
        if ranking is None or ranking.none > _NONE:
            return Resolution(mention, None)
        return self._placed(mention, ranking.rows, ranking.scores)

    def _placed(self, mention: Mention, rows: Sequence[int], scores: Sequence[float]) -> Resolution:
        """Return a mention with its likeliest place and the next ones."""
        best, *others = [
            Alternative(self._store.place(row), round(score, 4))
            for row, score in zip(rows[: _ALTERNATIVES + 1], scores, strict=False)
        ]
        place = best.place
        basis = "inferred" if place.is_held_nearby else "stated"
        return Resolution(mention, place, best.score, tuple(others), place.uncertainty_km, basis)

    def _demonym(self, text: str, lang: str, demonym: Demonym) -> Resolution:
        words = text[demonym.start : demonym.end]
        mention = Mention(demonym.start, demonym.end, words, "demonym", lang)
        place = self._atlas.place(demonym.place_id)
        return Resolution(mention, place, 1.0, uncertainty_km=place.uncertainty_km)

    def _describe(
        self, reading: _Reading, names: Sequence[Resolution], demonyms: Sequence[Resolution]
    ) -> list[Resolution]:
        view, found = reading.view, reading.found
        if not view.rules.patterns:
            return []
        taken = {i for r in found.names for i in range(r.match.first, r.match.last + 1)}
        near = near_telling_words(view.tokens, view.rules, named=taken, reach=_BESIDE)
        unsure = [r for r in found.unsure() if r.match.first in near and self._is_named(r.match)]
        everything = sorted([*found.names, *unsure], key=lambda r: r.match.start)
        ranked = self._resolve_names(reading, everything) if unsure else []
        by_match = {id(r): resolution for r, resolution in zip(everything, ranked, strict=False)}
        named = sorted([*names, *demonyms], key=lambda r: r.mention.start)
        return describe(
            view,
            self._atlas,
            names=_with_places(zip(found.names, names, strict=True)),
            unsure=_with_places((r, by_match[id(r)]) for r in unsure),
            demonyms=found.demonyms,
            references=Antecedents(view.rules, country=self._atlas.country).find(
                view.text, view.tokens, named
            ),
            held_as=lambda word, match: self._held_as(word, match, view.rules.lang),
            region_of=lambda words: self._region_of(words, view.rules),
        )

    def _is_named(self, match: Match) -> bool:
        """Return whether a match spells more than a code: what is near "IDF troops" is none."""
        return any(self._store.name_kind(posting.name) != CODE for posting in match.postings)

    def _region_of(self, words: str, rules: LanguageRules) -> Place | None:
        """Return the most prominent region that is held under some words."""
        postings, _ = self._matcher.lookup(words, rules)
        regions = [p.place for p in postings if self._store.kind_of(p.place) in REGION_KINDS]
        return self._store.place(regions[0]) if regions else None

    def _held_as(self, word: str, match: Match, lang: str) -> Place | None:
        """Return the place held in a language under a word and the name that a match spells."""
        for posting in match.postings:
            name = fold(self._store.name(posting.name))
            postings, _ = self._matcher.lookup(f"{word} {name}", language_rules(lang))
            if postings:
                return self._store.place(postings[0].place)
        return None


def _with_places(names: Iterable[tuple[Recognized, Resolution]]) -> list[ResolvedName]:
    return [ResolvedName(r.match, resolution) for r, resolution in names if resolution.place]


def _mention(view: TextView, recognized: Recognized) -> Mention:
    match = recognized.match
    return Mention(
        match.start,
        match.end,
        view.text[match.start : match.end],
        "associative" if recognized.inside or is_inside_name(view, match) else "name",
        view.rules.lang,
        round(recognized.p_place, 4),
    )


def _as_in_posts(name: Resolution, view: TextView) -> Resolution:
    return replace(name, mention=as_in_posts(name.mention, view))


def _named(view: TextView, held: Sequence[Recognized]) -> list[Named]:
    return [
        Named(
            r.match.start,
            r.match.end,
            view.text[r.match.start : r.match.end],
            view.rules.lang,
            r.match.postings,
            announced(view, r.match.first, r.match.last),
            r.match.article != 0,
        )
        for r in held
    ]
