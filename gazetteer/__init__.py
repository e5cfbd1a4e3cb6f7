"""What places does this text name, and where are they? An offline gazetteer."""

from gazetteer.errors import (
    BadQueryError,
    GazetteerError,
    IndexBrokenError,
    IndexNotWritableError,
    MissingDataError,
    UnknownPlaceError,
)
from gazetteer.gazetteer import Gazetteer, Match
from gazetteer.mention import Alternative, Mention, Resolution, Span
from gazetteer.place import Place

__all__ = [
    "Alternative",
    "BadQueryError",
    "Gazetteer",
    "GazetteerError",
    "IndexBrokenError",
    "IndexNotWritableError",
    "Match",
    "Mention",
    "MissingDataError",
    "Place",
    "Resolution",
    "Span",
    "UnknownPlaceError",
]
