"""What places does this text name, and where are they? An offline gazetteer."""

from gazetteer.errors import (
    BadPlacesError,
    BadQueryError,
    BrokenSourceError,
    FetchError,
    GazetteerError,
    IndexBrokenError,
    IndexNotWritableError,
    MissingDataError,
    MissingSourceError,
    NotStoredError,
    OverlayBrokenError,
    OverlayError,
    OverlayMissingError,
    OverlayNotWritableError,
    PlacesFileError,
    RefusedError,
    SourceError,
    UnknownPlaceError,
    UnreachableError,
    WrongContentError,
    WrongSourceError,
)
from gazetteer.gazetteer import Gazetteer, Match
from gazetteer.mention import Alternative, Mention, Resolution, Span
from gazetteer.nearby import Nearby, Surroundings
from gazetteer.opening import UnknownInOverlayWarning
from gazetteer.overlay import Fix, Overlay, UserPlace
from gazetteer.place import Place
from gazetteer.viewpoints import Claim

__all__ = [
    "Alternative",
    "BadPlacesError",
    "BadQueryError",
    "BrokenSourceError",
    "Claim",
    "FetchError",
    "Fix",
    "Gazetteer",
    "GazetteerError",
    "IndexBrokenError",
    "IndexNotWritableError",
    "Match",
    "Mention",
    "MissingDataError",
    "MissingSourceError",
    "Nearby",
    "NotStoredError",
    "Overlay",
    "OverlayBrokenError",
    "OverlayError",
    "OverlayMissingError",
    "OverlayNotWritableError",
    "Place",
    "PlacesFileError",
    "RefusedError",
    "Resolution",
    "SourceError",
    "Span",
    "Surroundings",
    "UnknownInOverlayWarning",
    "UnknownPlaceError",
    "UnreachableError",
    "UserPlace",
    "WrongContentError",
    "WrongSourceError",
]
