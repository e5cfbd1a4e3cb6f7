"""Which articles report one and the same event, how independently, and where do they differ?"""

from geoevents.event_group import Conflict, EventGroup, StatedValue
from geoevents.grouping.grouping import Grouper, group_documents
from geoevents.grouping.report import Digest, digest

__all__ = [
    "Conflict",
    "Digest",
    "EventGroup",
    "Grouper",
    "StatedValue",
    "digest",
    "group_documents",
]
