"""What is there to read? Articles from text, web pages and JSON lines, and event tables."""

from geoevents.readers.jsonl import Failure, Record
from geoevents.readers.lines import has_events, to_document
from geoevents.readers.rows import ROW_FORMATS, Rows, open_rows
from geoevents.readers.sources import FORMATS, STDIN, open_records, read_articles
from geoevents.readers.table import TABLE_FORMATS, read_event_table, read_places_table

__all__ = [
    "FORMATS",
    "ROW_FORMATS",
    "STDIN",
    "TABLE_FORMATS",
    "Failure",
    "Record",
    "Rows",
    "has_events",
    "open_records",
    "open_rows",
    "read_articles",
    "read_event_table",
    "read_places_table",
    "to_document",
]
