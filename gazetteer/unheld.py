"""Which place of its text's countries has a name that is not held so, or for a far one alone?"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.alike import spelt_nearly_so
from gazetteer.filters import wanted
from gazetteer.lookup import Lookup, is_foreign
from gazetteer.mentions.nearest import nearest
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from gazetteer.index.store import Posting, Store
    from gazetteer.lookup import Scored
    from gazetteer.mention import Mention, Resolution
    from gazetteer.place import Place
    from gazetteer.rank import Named

_COUNTRIES_OF = 6  # resolved mentions around a name in whose countries it may lie
_NAMES_AROUND = 12  # held names around a name that steer the choice
_LEAST_SURE = 0.4  # score of a place that is given
_SOUNDS = 2.2  # nats that a certain place adds to what the text alone says of a name
_CERTAIN = 1e-4  # distance of a probability from 1 that its odds are cut at
_SHORTEST = 3  # letters
_REMEMBERED = 1 << 12  # names, with the countries asked for, that are remembered
_OUT_OF_PLACE = 0.945  # score below which a place of no country of the text is doubted
_WELL_KNOWN = 40  # names of a place, in all languages, that texts speak of wherever they are
_LARGE = 200_000  # inhabitants of such a place
_WITH_NAMESAKES = SETTLEMENT_KINDS | {"admin1", "admin2", "admin3"}
_RATHER = 0.75  # score of a place that is given in its stead


class TextAround:
    """What a text says around its unheld names.

    Parameters
    ----------
    resolved
        Its mentions, with and without a place.
    named
        Its held names.
    """

    def __init__(self, resolved: Iterable[Resolution], named: Iterable[Named]) -> None:
        placed = ((r.mention, r.place.country) for r in resolved if r.place is not None)
        known = sorted((m.start, m.text, code) for m, code in placed if code is not None)
        self._country_at = [start for start, _, _ in known]
        self._countries = [(text, code) for _, text, code in known]
        self._named = sorted(named, key=lambda name: name.start)
        self._named_at = [name.start for name in self._named]

    def countries(self, mention: Mention) -> frozenset[str]:
        """Return the countries of the places that are named nearest to a name, by other names."""
        near = nearest(self._country_at, mention.start, _COUNTRIES_OF)
        named = (self._countries[i] for i in near)
        return frozenset(code for text, code in named if text != mention.text)

    def names(self, at: int) -> list[Named]:
        """Return the held names that are nearest to an offset, in text order."""
        return [self._named[i] for i in sorted(nearest(self._named_at, at, _NAMES_AROUND))]


class UnheldNames:
    """Finds places by names that the gazetteer holds in another script or spelling only.

    Only places of the countries that the text speaks of around the name count: in all the world
    some place sounds like any name.

    Parameters
    ----------
    store
        The opened index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lookup = Lookup(store)
        self._names_like = lru_cache(_REMEMBERED)(self._find_like)

    def find(
        self, mention: Mention, around: TextAround, announced: AbstractSet[str] = frozenset()
    ) -> list[Scored]:
        """Return the places that an unheld name may mean, the most likely first; none in doubt.

        Parameters
        ----------
        mention
            The name.
        around
            Its text.
        announced
            Kinds of place that the words beside the name announce; none where they say nothing.
        """
        name, lang = mention.text, mention.language
        countries = around.countries(mention)
        if len(name) < _SHORTEST or not countries:
            return []
        like = self._names_like(name, lang, countries)
        if not like:
            return []
        found = self._lookup.find(
            name,
            lang=lang,
            wanted=wanted(self._store, country=countries),
            others=around.names(mention.start),
        )
        found = [one for one in found if self._may_be(one.posting, announced)]
        is_sure = bool(found) and found[0].score >= _LEAST_SURE
        return found if is_sure and found[0].posting in like else []

    def is_doubted(self, resolution: Resolution) -> bool:
        """Return whether a held name may rather be that of a place that is not held so.

        Names in Latin letters are held for all who bear them; a place that many know is meant
        anywhere, and a canal, an airport or the like has no namesakes in every country.
        """
        place = resolution.place
        return (
            place is not None
            and place.country is not None
            and place.kind in _WITH_NAMESAKES
            and resolution.score < _OUT_OF_PLACE
            and is_foreign(resolution.mention.text)
            and not self._is_well_known(place)
        )

    def find_rather(
        self, doubted: Resolution, around: TextAround, announced: AbstractSet[str] = frozenset()
    ) -> list[Scored]:
        """Return the places that a name rather means than the one held so, far from all others.

        "قورو" is held for Coro in Venezuela, and sounds like Koro in a text on Mali.
        """
        place, mention = doubted.place, doubted.mention
        if place is None or place.country in around.countries(mention):
            return []
        weighed = {place.id, *(other.place.id for other in doubted.alternatives)}
        found = self.find(mention, around, announced)
        is_sure = bool(found) and found[0].score >= _RATHER
        new = is_sure and self._store.place_id(found[0].posting.place) not in weighed
        return found if new else []

    def _may_be(self, posting: Posting, announced: AbstractSet[str]) -> bool:
        """Return whether a place is of a kind that is announced: a pass sounds like no city.

        A town and the division around it have one name; a quarter or a street has its own.
        """
        kind = self._store.kind_of(posting.place)
        if not announced or kind in announced:
            return True
        return kind in _WITH_NAMESAKES and not (announced - {"district"}).isdisjoint(
            _WITH_NAMESAKES
        )

    def _is_well_known(self, place: Place) -> bool:
        named = self._store.name_count(self._store.row(place.id))
        return named >= _WELL_KNOWN or place.population >= _LARGE

    def _find_like(self, name: str, lang: str, countries: frozenset[str]) -> frozenset[Posting]:
        """Return the places of some countries with names that one may be, whatever the text.

        In other letters these sound like it; in Latin letters all but a few letters are the same.
        Of countries all spellings are held: the "Americas" are not America.
        """
        keys = None if is_foreign(name) else spelt_nearly_so(self._store, fold(name))
        if keys is not None and not keys:
            return frozenset()
        within = wanted(self._store, country=countries)
        found = {one.posting for one in self._lookup.find(name, lang=lang, wanted=within)}
        if keys is None:
            return frozenset(found)
        return frozenset(
            posting
            for posting in found
            if self._store.key(fold(self._store.name(posting.name))) in keys
            and self._store.kind_of(posting.place) not in COUNTRY_KINDS
        )


def as_heard(p_place: float, score: float) -> float:
    """Return the probability of a name that sounds like a place of its text, known by a score."""
    odds = p_place / max(1 - p_place, _CERTAIN) * math.exp(_SOUNDS * score)
    return odds / (1 + odds)
