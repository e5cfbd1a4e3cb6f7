"""Which events and places do the inputs of a run hold, as tables?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geoevents.cli.corrected import Corrector
    from geoevents.event import Document
    from geoevents.ontology import Ontology


class Layers:
    """The tables of a run's inputs, corrected.

    Parameters
    ----------
    ontology
        The user's own event types with the built-in ones, or None for these alone.
    corrector
        What readers corrected.
    gazetteer
        Gives areas and lines; None where no article is read and nothing is corrected.
    """

    def __init__(
        self, ontology: Ontology | None, corrector: Corrector, gazetteer: Gazetteer | None
    ) -> None:
        self.ontology = ontology
        self._corrector = corrector
        self._gazetteer = gazetteer
        self._events: list[GeoDataFrame] = []
        self._places: list[GeoDataFrame] = []

    def add_file(self, name: str) -> GeoDataFrame:
        """Add an event table and the places beside it, and return the events."""
        events, places = self._corrector.table(name, self._gazetteer, self.ontology)
        self._events.append(events)
        if places is not None:
            self._places.append(places)
        return events

    def add(self, documents: Sequence[Document]) -> GeoDataFrame:
        """Add the events of articles, corrected before, and return them."""
        from geoevents.table import event_table, places_table

        events = event_table(documents, self._gazetteer, ontology=self.ontology)
        self._events.append(events)
        self._places.append(places_table(documents))
        return events

    def events(self) -> GeoDataFrame:
        """Return all events as one table."""
        return _joined(self._events)

    def has_places(self) -> bool:
        """Tell whether places are known beside the events."""
        return bool(self._places)

    def places(self, *, empty: bool = False) -> GeoDataFrame:
        """Return all places mentioned, or none where they are not to be told."""
        from geoevents.columns import PLACE_COLUMNS, frame

        return frame([], PLACE_COLUMNS) if empty or not self._places else _joined(self._places)


def _joined(tables: list[GeoDataFrame]) -> GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    if len(tables) == 1:
        return tables[0]
    filled = [table for table in tables if len(table)] or tables[:1]
    return gpd.GeoDataFrame(pd.concat(filled, ignore_index=True), geometry="geometry")
