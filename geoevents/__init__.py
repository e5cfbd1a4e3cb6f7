"""What happened, who, when, and at which of those places? News events from text.

Names are loaded when they are first used, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoevents.article import Article
    from geoevents.errors import GeoeventsError
    from geoevents.event import (
        Casualties,
        Document,
        Event,
        EventPlace,
        EventTime,
        Money,
        Participant,
    )
    from geoevents.event_group import EventGroup
    from geoevents.finding import find_events
    from geoevents.grouping import group_documents
    from geoevents.ontology import Ontology
    from geoevents.ontology_file import read_ontology
    from geoevents.readers import read_articles, read_event_table
    from geoevents.table import event_table, places_table
    from geoevents.writers import write_geojson, write_geopackage

_HOMES = {
    "Article": "geoevents.article",
    "Casualties": "geoevents.event",
    "Document": "geoevents.event",
    "Event": "geoevents.event",
    "EventGroup": "geoevents.event_group",
    "EventPlace": "geoevents.event",
    "EventTime": "geoevents.event",
    "GeoeventsError": "geoevents.errors",
    "Money": "geoevents.event",
    "Participant": "geoevents.event",
    "event_table": "geoevents.table",
    "Ontology": "geoevents.ontology",
    "find_events": "geoevents.finding",
    "group_documents": "geoevents.grouping",
    "places_table": "geoevents.table",
    "read_articles": "geoevents.readers",
    "read_event_table": "geoevents.readers",
    "read_ontology": "geoevents.ontology_file",
    "write_geojson": "geoevents.writers",
    "write_geopackage": "geoevents.writers",
}

__all__ = [
    "Article",
    "Casualties",
    "Document",
    "Event",
    "EventGroup",
    "EventPlace",
    "EventTime",
    "GeoeventsError",
    "Money",
    "Ontology",
    "Participant",
    "event_table",
    "find_events",
    "group_documents",
    "places_table",
    "read_articles",
    "read_event_table",
    "read_ontology",
    "write_geojson",
    "write_geopackage",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
