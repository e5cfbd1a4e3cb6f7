"""How does what readers correct on a map reach the events it was drawn from?

A map's page saves corrections as a small file; here it is read and applied::

    from gazetteer import Gazetteer
    from geoevents import corrections, read_event_table

    gazetteer = Gazetteer.open()
    known = corrections.locate(corrections.read_corrections("corrections.json"), gazetteer)
    table, outcome = corrections.correct_table(
        read_event_table("events.gpkg"), known, gazetteer=gazetteer
    )
"""

from geoevents.corrections.correction import ACTIONS, Correction, Offsets, Subject
from geoevents.corrections.documents import correct_document, correct_documents
from geoevents.corrections.matching import Outcome
from geoevents.corrections.places import correct_places
from geoevents.corrections.reading import SCHEMA_VERSION, locate, read_corrections
from geoevents.corrections.tables import correct_table

__all__ = [
    "ACTIONS",
    "SCHEMA_VERSION",
    "Correction",
    "Offsets",
    "Outcome",
    "Subject",
    "correct_document",
    "correct_documents",
    "correct_places",
    "correct_table",
    "locate",
    "read_corrections",
]
