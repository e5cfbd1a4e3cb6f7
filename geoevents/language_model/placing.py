"""Which place on the map do the words mean that a model takes for the name of one?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gazetteer import Mention
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.language import primary_language
from geoevents.event import PLACE_ROLES, EventPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer, Resolution, Span
    from geoevents.article import Article
    from geoevents.language_model.claims import Pointed
    from geoevents.language_model.quotes import Told
    from geoevents.ontology import EventType

_SURE: Final = (
    0.5  # score from which a name is located that our own recogniser does not take for one
)
_LONGEST: Final = 80  # characters of a place's name; what is longer is a clause
_NAMED: Final = COUNTRY_KINDS | {"capital"}


class Placer:
    """Finds the places of one article by words of it.

    Parameters
    ----------
    article
        The article, with its language.
    mentions
        Its resolved mentions, as :meth:`gazetteer.Gazetteer.geoparse` returns them.
    gazetteer
        Where names are looked up that are not among them.
    """

    def __init__(
        self, article: Article, mentions: Sequence[Resolution], gazetteer: Gazetteer
    ) -> None:
        self._article = article
        self._mentions = _outermost(mentions)
        self._gazetteer = gazetteer
        self._found: dict[Span, Resolution | None] = {}

    def look_up(self, claims: Iterable[tuple[Pointed, Told]]) -> None:
        """Look up at once all names of some claims that are not among the text's mentions.

        Parameters
        ----------
        claims
            Words and roles, each with where its event is told.
        """
        article = self._article
        spans = {self._span(claimed, told) for claimed, told in claims}
        unknown = [span for span in spans if span is not None and self._is_unknown(span)]
        lang = primary_language(article.lang) or "und"
        mentions = [
            Mention(s.start, s.end, article.text[s.start : s.end], language=lang)
            for s in sorted(unknown, key=lambda span: span.start)
        ]
        if mentions:
            found = self._gazetteer.resolve(
                article.text, mentions, lang=lang, url=article.url, published=article.published
            )
            self._found |= {r.span: r if r.score >= _SURE else None for r in found}

    def stated(self, claimed: Pointed, kind: EventType, told: Told) -> EventPlace | None:
        """Return a place that an event's sentence states, or None.

        Parameters
        ----------
        claimed
            The words and the role.
        kind
            Type of the event; it says which roles there are.
        told
            Where the event is told.

        Returns
        -------
        EventPlace or None
            None where the words do not stand there, name no place, or cannot have the role.
        """
        span = self._span(claimed, told)
        if span is None or not told.sentence.holds(span) or claimed.role not in _roles(kind):
            return None
        found = self._resolution(span)
        return EventPlace(claimed.role, found) if found is not None else None

    def inferred(self, claimed: Pointed, kind: EventType, told: Told) -> EventPlace | None:
        """Return a place that is only named before an event's sentence, or None.

        As :meth:`stated`; a name without a place on the map is none.
        """
        span = self._span(claimed, told)
        if span is None or told.sentence.holds(span) or claimed.role not in _roles(kind):
            return None
        found = self._resolution(span)
        if found is None or found.place is None:
            return None
        return EventPlace(claimed.role, replace(found, geometry_basis="inferred"))

    def country(self, span: Span) -> str | None:
        """Return the alpha-2 code of the country that words name or are of, or None."""
        for resolution in self._mentions:
            place, mention = resolution.place, resolution.mention
            if place is None or not span.overlaps(mention.span):
                continue
            if mention.form == "demonym" or place.kind in _NAMED:
                return place.country
        return None

    def _span(self, claimed: Pointed, told: Told) -> Span | None:
        if len(claimed.words) > _LONGEST:
            return None
        return told.find(self._article.text, claimed.words)

    def _resolution(self, span: Span) -> Resolution | None:
        """Return the mention that words are or hold, else what the gazetteer has by that name."""
        near = [r for r in self._mentions if r.span.overlaps(span)]
        named = (r for r in near if r.mention.form != "demonym")
        best = min(named, key=lambda r: _distance(r, span), default=None)
        found = self._found.get(span)
        return found if found is not None and (best is None or best.place is None) else best

    def _is_unknown(self, span: Span) -> bool:
        """Return whether words may be a name, and no mention of a place or people is in them."""
        first = self._article.text[span.start]
        is_name = first.isalpha() and not first.islower()
        return is_name and not any(r.place and r.span.overlaps(span) for r in self._mentions)


def _roles(kind: EventType) -> frozenset[str]:
    """Return the roles that places of an event can have, by the frame of its type."""
    framed = frozenset(kind.frame.values()) & frozenset(PLACE_ROLES)
    return framed | ({"context"} if kind.family == "movement" else {"context", "location"})


def _distance(resolution: Resolution, span: Span) -> tuple[bool, bool, bool, int]:
    """Return how far a mention is from what words mean: not on the map, another span, a body."""
    mention = resolution.mention
    is_body = mention.form == "associative"
    return (resolution.place is None, mention.span != span, is_body, mention.start)


def _outermost(mentions: Sequence[Resolution]) -> list[Resolution]:
    """Leave out the names inside described places."""
    described = [r.span for r in mentions if r.mention.refs and r.place is not None]
    return [
        r
        for r in mentions
        if not any(outer.holds(r.span) and outer != r.span for outer in described)
    ]
