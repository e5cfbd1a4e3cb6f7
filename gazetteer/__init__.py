"""What places does this text name, and where are they? An offline gazetteer."""

from gazetteer.errors import (
    BadQueryError,
    GazetteerError,
    IndexBrokenError,
    IndexNotWritableError,
    MissingDataError,
    UnknownPlaceError,
)
from gazetteer.mention import Alternative, Mention, Resolution, Span
from gazetteer.place import Place

__all__ = [
    "Alternative",
    "BadQueryError",
    "GazetteerError",
    "IndexBrokenError",
    "IndexNotWritableError",
    "Mention",
    "MissingDataError",
    "Place",
    "Resolution",
    "Span",
    "UnknownPlaceError",
]
