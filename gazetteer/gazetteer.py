"""The gazetteer as its users see it: open it, search it, read a text with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, Self

from gazetteer.atlas import Atlas
from gazetteer.filters import as_date, checked_limit, checked_point, checked_text, wanted
from gazetteer.index.cache import open_store
from gazetteer.lookup import Lookup
from gazetteer.match import Match
from gazetteer.nearby import Nearby, Neighbourhood, Surroundings
from gazetteer.opening import with_overlay
from gazetteer.place import Place
from gazetteer.reading import Reader, plugged_in
from gazetteer.regions import Regions
from gazetteer.spans import valid_at
from gazetteer.text.language import detect_language, language_of_name, primary_language
from gazetteer.viewpoints import NEUTRAL, Claim, Viewpoint

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable
    from datetime import date
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from gazetteer.filters import Box
    from gazetteer.index.build import Progress
    from gazetteer.index.store import Store
    from gazetteer.recognizers import Plugged, Recognition, Recognizer


class Gazetteer(Reader):
    """Names to places, offline.

    Examples
    --------
    >>> gazetteer = Gazetteer.open()
    >>> gazetteer.search("باكو", limit=1)[0].place.name
    'Baku'
    >>> [r.place.id for r in gazetteer.geoparse("He flew from Baku to Tbilisi.")]
    ['geonames:587084', 'geonames:611717']
    """

    def __init__(
        self, store: Store, *, viewpoint: Viewpoint = NEUTRAL, recognizer: Plugged | None = None
    ) -> None:
        super().__init__(store, Atlas(store), recognizer=recognizer)
        self._viewpoint = viewpoint
        self._lookup = Lookup(store)
        self._regions = Regions(store, self._atlas)
        self._neighbourhood = Neighbourhood(store, self._atlas, viewpoint)

    @classmethod
    def open(
        cls,
        index: Path | None = None,
        *,
        overlay: Path | Literal[False] | None = None,
        viewpoint: str = "neutral",
        recognizer: Recognizer | str | None = None,
        recognition: Recognition = "joined",
        on_progress: Progress | None = None,
    ) -> Self:
        """Open the gazetteer.

        Parameters
        ----------
        index
            Folder of an index, opened read-only. By default the embedded one: it is made in the
            user's cache at first use (environment variable ``GEOEVENTS_CACHE`` moves it).
        overlay
            File of the user's own places and fixes, which win over the index. By default the one
            in the user's data folder, if there is one (environment variable ``GEOEVENTS_PLACES``
            moves it); False for none.
        viewpoint
            ``neutral``: countries without the areas that are disputed. Or the alpha-2 code of a
            country whose view is described (see ``docs/viewpoints.md``).
        recognizer, recognition
            What finds names in texts beside or instead of the gazetteer's own recogniser, unless
            :meth:`geoparse` is told otherwise.
        on_progress
            Called with the share done and what is being done while an index is made.

        Raises
        ------
        IndexBrokenError
            If the index cannot be read.
        IndexNotWritableError
            If no place can be written to make one.
        BadQueryError
            If the viewpoint is not described.
        OverlayError
            If the file of the user's own places is not there or cannot be read.
        RecognizerError
            If the recogniser cannot be loaded.
        """
        seen_from = Viewpoint.parse(viewpoint)
        plugged = plugged_in(recognizer, recognition)
        store = with_overlay(open_store(index, on_progress=on_progress), overlay)
        return cls(store, viewpoint=seen_from, recognizer=plugged)

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
        return self._atlas.geometry(
            place.id if isinstance(place, Place) else place, self._viewpoint
        )

    def search(
        self,
        name: str,
        *,
        lang: str | None = None,
        country: str | Collection[str] | None = None,
        kind: str | Collection[str] | None = None,
        near: tuple[float, float] | None = None,
        box: Box | None = None,
        at: date | str | None = None,
        context: str | None = None,
        fuzzy: bool = True,
        limit: int = 10,
    ) -> list[Match]:
        """Return the places of a name, the most likely first.

        Parameters
        ----------
        name
            A name in any script and spelling, also with what is around it: "Paris, Texas".
        lang
            BCP 47 language of the name; guessed by default. Names of all languages are found, its
            own before others.
        country
            ISO 3166-1 alpha-2 codes: only places there.
        kind
            Only places of these kinds.
        near
            Latitude and longitude, degrees: places near it before others.
        box
            West, south, east, north, degrees: only places whose point lies inside; west is larger
            than east where the box crosses 180 degrees.
        at
            A day: only places that were there then, as such.
        context
            A sentence that speaks of the place: its other places steer the choice.
        fuzzy
            Whether names that are only like it are tried where none is held: misspelt ones, and
            ones in Latin letters for a name in Arabic, Hebrew, Cyrillic, Greek, Armenian, Georgian.
        limit
            At most so many.

        Raises
        ------
        BadQueryError
            If the name, the language, a country code, a kind, the box, the point, the date or the
            limit make no sense.

        Examples
        --------
        >>> gazetteer = Gazetteer.open()
        >>> gazetteer.search("بنجرماسين", limit=1)[0].place.name  # held in Latin letters only
        'Banjarmasin'
        """
        checked_limit(limit)
        checked_text(name)
        lang = primary_language(lang)
        found = self._lookup.find(
            name,
            lang=lang or (detect_language(context) if context else language_of_name(name)),
            wanted=wanted(self._store, country=country, kind=kind, box=box, at=at),
            near=None if near is None else checked_point(*near),
            others=self._geoparser.names_in(context, lang) if context else (),
            fuzzy=fuzzy,
        )
        return [
            Match(
                self._store.place(one.posting.place),
                one.match,
                round(one.score, 4),
                self._store.name(one.posting.name),
            )
            for one in found[:limit]
        ]

    def reverse(self, lat: float, lon: float) -> Surroundings:
        """Return what is at a point: the nearest settlement, and the areas that contain it.

        Parameters
        ----------
        lat, lon
            Degrees, EPSG:4326.

        Raises
        ------
        BadQueryError
            If the point is not on Earth.

        Examples
        --------
        >>> around = Gazetteer.open().reverse(40.41, 49.87)
        >>> around.nearest.place.name, [area.id for area in around.areas]
        ('Baku', ['iso:AZ-BA', 'iso:AZ'])
        """
        return self._neighbourhood.reverse(lat, lon)

    def regions_at(self, lat: float, lon: float, *, at: date | str | None = None) -> list[Place]:
        """Return the composed regions that contain a point, the smallest first.

        Parameters
        ----------
        lat, lon
            Degrees, EPSG:4326.
        at
            A day, for regions that are gone (the Soviet Union); today by default.

        Raises
        ------
        BadQueryError
            If an argument makes no sense.

        Examples
        --------
        >>> regions = Gazetteer.open().regions_at(48.0, 37.8)
        >>> "region:donbas" in [region.id for region in regions]
        True
        """
        day = as_date(at) or datetime.now(tz=UTC).date()
        rows = self._regions.containing(*checked_point(lat, lon))
        return [place for place in map(self._store.place, rows) if valid_at(place, day)]

    def nearest(
        self,
        lat: float,
        lon: float,
        *,
        kind: str | Collection[str] | None = None,
        country: str | Collection[str] | None = None,
        limit: int = 1,
    ) -> list[Nearby]:
        """Return the places whose points are nearest to a point, the nearest first.

        Parameters
        ----------
        lat, lon
            Degrees, EPSG:4326.
        kind, country
            Only places of these kinds, in these countries (alpha-2).
        limit
            At most so many.

        Raises
        ------
        BadQueryError
            If an argument makes no sense.

        Examples
        --------
        >>> Gazetteer.open().nearest(29.9, 34.9, kind="airbase")[0].place.id
        'icao:LLOV'
        """
        checked_limit(limit)
        sought = wanted(self._store, country=country, kind=kind)
        return self._neighbourhood.nearest(lat, lon, wanted=sought, limit=limit)

    def within(
        self,
        area: BaseGeometry | Box,
        *,
        kind: str | Collection[str] | None = None,
        country: str | Collection[str] | None = None,
        limit: int | None = None,
    ) -> list[Place]:
        """Return the places whose points lie inside an area, the most prominent first.

        Parameters
        ----------
        area
            A polygon, or a box as west, south, east, north; degrees, EPSG:4326.
        kind, country
            Only places of these kinds, in these countries (alpha-2).
        limit
            At most so many; all by default.

        Raises
        ------
        BadQueryError
            If an argument makes no sense.

        Examples
        --------
        >>> gazetteer = Gazetteer.open()
        >>> gazetteer.within(gazetteer.geometry("iso:AZ-NX"), limit=1)[0].name
        'Nakhchivan'
        """
        checked_limit(limit)
        sought = wanted(self._store, country=country, kind=kind)
        return self._neighbourhood.within(area, wanted=sought, limit=limit)

    def geocode_frame(
        self,
        df: pd.DataFrame,
        column: Hashable,
        *,
        lang: str | None = None,
        country: str | None = None,
        kind: str | None = None,
        context: str | None = None,
        min_score: float = 0.0,
        geometry: Literal["point", "outline"] = "point",
        prefix: str = "",
    ) -> gpd.GeoDataFrame:
        """Look up the names in a column, see :func:`gazetteer.frames.geocode_frame`."""
        from gazetteer.frames import geocode_frame

        return geocode_frame(
            df,
            column,
            gazetteer=self,
            lang=lang,
            country=country,
            kind=kind,
            context=context,
            min_score=min_score,
            geometry=geometry,
            prefix=prefix,
        )

    def country_of(self, place: Place, *, at: date | str | None = None) -> str | None:
        """Return whose a place is, as seen from the gazetteer's viewpoint.

        Returns
        -------
        str or None
            ISO 3166-1 alpha-2 code; None on ground that the viewpoint holds disputed.
        """
        return self._atlas.country_of(place, self._viewpoint, as_date(at))

    def disputes_at(self, lat: float, lon: float, *, at: date | str | None = None) -> list[Claim]:
        """Return what is claimed by more than one side at a point, the smallest area first.

        Parameters
        ----------
        lat, lon
            Degrees, EPSG:4326.
        at
            A day; today's claims by default.

        Examples
        --------
        >>> [claim.label for claim in Gazetteer.open().disputes_at(44.95, 34.10)]
        ['Crimea']
        """
        return self._atlas.disputes.disputes_at(*checked_point(lat, lon), as_date(at))

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
