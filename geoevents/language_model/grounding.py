"""Which of a model's claims do the text, the gazetteer and the ontology bear out?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gazetteer.text.language import primary_language
from geoevents.event import ASPECTS, STATUSES, Event, Participant
from geoevents.language_model.amounts import SentenceAmounts
from geoevents.language_model.placing import Placer
from geoevents.language_model.prompt import participant_roles
from geoevents.language_model.quotes import Told, find_quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gazetteer import Gazetteer, Resolution, Span
    from geoevents.article import Article
    from geoevents.event import EventPlace, EventTime
    from geoevents.language_model.claims import Claim, Pointed
    from geoevents.ontology import EventType

_LONGEST_TRIGGER: Final = 60  # characters; what is longer is a clause, and names no event
_LONGEST_NAME: Final = 120  # characters of a participant
_CONFIDENCE: Final = 0.5  # of an event that only a model of unknown quality tells


@dataclass(frozen=True, slots=True)
class Grounded:
    """An event that a model told, as far as it is borne out.

    Attributes
    ----------
    event
        The event. Where the model's word on a field does not stand, the field is at its default.
    refuted
        Those among ``status``, ``aspect`` and ``time`` in which its word does not stand.
    times
        Every date expression of the event's sentence.
    """

    event: Event
    refuted: frozenset[str]
    times: tuple[EventTime, ...]


class Ground:
    """An article as claims are checked against it.

    Parameters
    ----------
    article
        The article, with its language.
    mentions
        Its resolved mentions, as :meth:`gazetteer.Gazetteer.geoparse` returns them.
    gazetteer
        Where names are looked up that are not among them.
    types
        The types of event that there are.
    """

    def __init__(
        self,
        article: Article,
        mentions: Sequence[Resolution],
        gazetteer: Gazetteer,
        types: Mapping[str, EventType],
    ) -> None:
        self._article = article
        self._lang = primary_language(article.lang) or "und"
        self._types = types
        self._placer = Placer(article, mentions, gazetteer)

    def events(self, claims: Sequence[Claim], sentences: Mapping[int, Span]) -> Iterator[Grounded]:
        """Yield the events that claims about some sentences come down to.

        A claim whose type the ontology does not have, or whose trigger does not stand in one of
        the sentences, comes down to nothing.
        """
        placed = [
            (claim, found)
            for claim in claims
            if claim.type in self._types
            and len(claim.trigger) <= _LONGEST_TRIGGER
            and (found := self._told(claim, sentences)) is not None
        ]
        self._placer.look_up((p, told) for claim, told in placed for p in claim.places)
        for claim, told in placed:
            yield self._grounded(claim, told)

    def _told(self, claim: Claim, sentences: Mapping[int, Span]) -> Told | None:
        """Return sentence and trigger; a wrong number counts as none if one sentence alone fits."""
        text = self._article.text
        named = sentences.get(claim.sentence) if claim.sentence is not None else None
        if named is not None and (found := find_quote(text, claim.trigger, named)) is not None:
            return Told(named, found)
        fitting = [
            Told(sentence, span)
            for sentence in sentences.values()
            if (span := find_quote(text, claim.trigger, sentence)) is not None
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _grounded(self, claim: Claim, told: Told) -> Grounded:
        article = self._article
        amounts = SentenceAmounts(
            article.text, lang=self._lang, told=told, published=article.published
        )
        time = amounts.time(claim.time) if claim.time else None
        refuted = {
            "status": claim.status not in STATUSES,
            "aspect": claim.aspect not in ASPECTS,
            "time": claim.time is not None and time is None,
        }
        kind = self._types[claim.type]
        places = _each_once(self._placer.stated(p, kind, told) for p in claim.places)
        inferred = _each_once(self._placer.inferred(p, kind, told) for p in claim.places)
        event = Event(
            id="",
            type=claim.type,
            status="asserted" if refuted["status"] else claim.status,
            aspect=kind.aspect if refuted["aspect"] else claim.aspect,
            trigger=told.trigger,
            sentence=told.sentence,
            time=time,
            participants=tuple(self._participants(claim, told, places)),
            places=tuple(places),
            inferred_places=tuple(inferred),
            count=amounts.count(claim.count) if claim.count else None,
            money=amounts.money(claim.money) if claim.money else None,
            casualties=amounts.casualties(claim.casualties),
            confidence=_CONFIDENCE,
            method="language_model",
        )
        names = frozenset(name for name, is_refuted in refuted.items() if is_refuted)
        return Grounded(event, names, tuple(amounts.times()))

    def _participants(
        self, claim: Claim, told: Told, places: Sequence[EventPlace]
    ) -> Iterator[Participant]:
        """Yield who takes part; what is a place of the event is no participant."""
        taken = [p.resolution.span for p in places if p.role != "context"]
        seen: set[tuple[str, Span]] = set()
        for claimed in claim.participants:
            span = self._named(claimed, told)
            if span is None or (claimed.role, span) in seen or span in taken:
                continue
            seen.add((claimed.role, span))
            words = self._article.text[span.start : span.end]
            yield Participant(claimed.role, words, span, self._placer.country(span))

    def _named(self, claimed: Pointed, told: Told) -> Span | None:
        """Return where a participant is named: in the sentence, else last before it."""
        if claimed.role not in participant_roles(self._types) or len(claimed.words) > _LONGEST_NAME:
            return None
        return told.find(self._article.text, claimed.words)


def _each_once(found: Iterable[EventPlace | None]) -> list[EventPlace]:
    """Return places in text order, each mention in the first role that it was given."""
    kept: dict[Span, EventPlace] = {}
    for place in found:
        if place is not None:
            kept.setdefault(place.resolution.span, place)
    return sorted(kept.values(), key=lambda place: place.resolution.mention.start)
