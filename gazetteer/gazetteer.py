"""The gazetteer as its users see it: open it, search it, read a text with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from rapidfuzz.distance import JaroWinkler

from gazetteer.atlas import Atlas
from gazetteer.errors import BadQueryError
from gazetteer.geoparse import Geoparser
from gazetteer.index.cache import open_store
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.place import Place
from gazetteer.rank import Named, rank
from gazetteer.text.language import detect_language
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index.build import Progress
    from gazetteer.index.store import Store
    from gazetteer.mention import Mention, Resolution


@dataclass(frozen=True, slots=True)
class Match:
    """A place found by name.

    Attributes
    ----------
    place
        The place.
    match
        Similarity of the name as searched and as held, 0 to 1; 1 when they fold alike.
    score
        Probability that this place is meant, among all of that name; 0 to 1.
    name
        The name as held.
    """

    place: Place
    match: float
    score: float
    name: str


class Gazetteer:
    """Names to places, offline.

    Examples
    --------
    >>> gazetteer = Gazetteer.open()
    >>> gazetteer.search("باكو", limit=1)[0].place.name
    'Baku'
    >>> [r.place.id for r in gazetteer.geoparse("He flew from Baku to Tbilisi.")]
    ['geonames:587084', 'geonames:611717']
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._atlas = Atlas(store)
        self._matcher = Matcher(store)
        self._geoparser = Geoparser(store, self._atlas)

    @classmethod
    def open(cls, index: Path | None = None, *, on_progress: Progress | None = None) -> Self:
        """Open the gazetteer.

        Parameters
        ----------
        index
            Folder of an index, opened read-only. By default the embedded one: it is made in the
            user's cache at first use (environment variable ``GEOEVENTS_CACHE`` moves it).
        on_progress
            Called with the share done and what is being done while an index is made.

        Raises
        ------
        IndexBrokenError
            If the index cannot be read.
        IndexNotWritableError
            If no place can be written to make one.
        """
        return cls(open_store(index, on_progress=on_progress))

    def get(self, place_id: str) -> Place:
        """Return the place with an id, held or derived.

        Raises
        ------
        UnknownPlaceError
            If there is none.

        Examples
        --------
        >>> Gazetteer.open().get("icao:LLOV").name_in("ar")
        'عوفدا'
        """
        return self._atlas.place(place_id)

    def geometry(self, place: Place | str) -> BaseGeometry:
        """Return the geometry of a place, EPSG:4326: polygon, line, or point.

        Raises
        ------
        UnknownPlaceError
            If there is no such place.

        Examples
        --------
        >>> Gazetteer.open().geometry("border@iso:AZ+iso:IR").geom_type
        'MultiLineString'
        """
        return self._atlas.geometry(place.id if isinstance(place, Place) else place)

    def search(
        self,
        name: str,
        *,
        lang: str | None = None,
        country: str | None = None,
        kind: str | None = None,
        context: str | None = None,
        limit: int = 10,
    ) -> list[Match]:
        """Return the places of a name, the most likely first.

        Parameters
        ----------
        name
            A name in any script and spelling.
        lang
            BCP 47 language of the name; detected by default. Names of all languages are found, its
            own before others.
        country
            ISO 3166-1 alpha-2 code: only places there.
        kind
            Only places of this kind.
        context
            A sentence that speaks of the place: its other places steer the choice.
        limit
            At most so many.

        Raises
        ------
        BadQueryError
            If the country code, the kind or the limit make no sense.
        """
        self._check(country, kind, limit)
        lang = lang or detect_language(context or name)
        postings, changed = self._matcher.lookup(name, language_rules(lang), any_language=True)
        postings = tuple(
            posting
            for posting in postings
            if (country is None or self._store.country_of(posting.place) == country.upper())
            and (kind is None or self._store.kind_of(posting.place) == kind)
        )
        if not postings:
            return []
        sought = Named(0, len(name), name, lang, postings, article_changed=changed)
        others = self._named_in(context, lang) if context else []
        ranking = rank(self._store, [sought, *others])[0]
        names = {posting.place: posting.name for posting in postings}
        return [
            Match(
                self._store.place(row),
                round(_similarity(name, held := self._store.name(names[row])), 4),
                round(score, 4),
                held,
            )
            for row, score in zip(ranking.rows[:limit], ranking.scores[:limit], strict=True)
        ]

    def geoparse(self, text: str, *, lang: str | None = None) -> list[Resolution]:
        """Find and resolve every mention of a place.

        Parameters
        ----------
        text
            Running text.
        lang
            BCP 47 language; detected by default.

        Returns
        -------
        list of Resolution
            Names, demonyms, associative and described places, in text order; a described place
            comes with the names inside it.
        """
        return self._geoparser.read(text, lang or detect_language(text))

    def find(self, text: str, *, lang: str | None = None) -> list[Mention]:
        """Return the mentions of places in a text, see :meth:`geoparse`."""
        return [resolution.mention for resolution in self.geoparse(text, lang=lang)]

    def resolve(
        self, text: str, mentions: Sequence[Mention], *, lang: str | None = None
    ) -> list[Resolution]:
        """Return given mentions with their places, in order; ``place`` is None for unknown ones."""
        return self._geoparser.resolve(text, mentions, lang or detect_language(text))

    def info(self) -> dict[str, Any]:
        """Return what the index holds: counts, versions and where it lies."""
        manifest = self._store.manifest
        return {
            "index": str(self._store.folder),
            "data_version": manifest["data_version"],
            "schema": manifest["schema"],
            **manifest["counts"],
            "kinds": self._store.count_kinds(),
        }

    def _check(self, country: str | None, kind: str | None, limit: int) -> None:
        if country is not None and country.upper() not in filter(None, self._store.countries):
            raise BadQueryError(f"{country!r} is no ISO 3166-1 alpha-2 country code, like AZ.")
        if kind is not None and kind not in self._store.kinds:
            kinds = ", ".join(self._store.kinds)
            raise BadQueryError(f"{kind!r} is no kind of place; the kinds are {kinds}.")
        if limit < 1:
            raise BadQueryError(f"The limit is {limit}, but must be 1 or more.")

    def _named_in(self, context: str, lang: str) -> list[Named]:
        named = []
        for resolution in self._geoparser.read(context, lang):
            mention = resolution.mention
            if mention.form == "name":
                postings, _ = self._matcher.lookup(mention.text, language_rules(lang))
                if postings:
                    far = len(context) + mention.start  # never "right behind" the sought name
                    named.append(Named(far + 100, far + 101, mention.text, lang, postings))
        return named


def _similarity(searched: str, held: str) -> float:
    return JaroWinkler.similarity(fold(searched), fold(held))
