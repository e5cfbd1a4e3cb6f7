"""What can go wrong in the gazetteer, as one tree.

::

    GazetteerError
    ├── MissingDataError (FileNotFoundError)   a data file of the package is not there
    ├── IndexBrokenError (ValueError)          an index cannot be read
    │   └── NotAnIndexError                          what was named is none
    ├── IndexNotWritableError (OSError)        no place to write the index
    ├── UnknownPlaceError (LookupError)        no place has this id
    ├── BadQueryError (ValueError)             an argument does not fit
    ├── PlacesFileError (ValueError)           a file of the user's places cannot be used
    │   └── BadPlacesError                           rows of it are wrong
    ├── OverlayError (ValueError)              the file of the user's own places cannot be used
    │   ├── OverlayMissingError (FileNotFoundError)  there is no such file
    │   ├── OverlayBrokenError                       it cannot be read, or is of another version
    │   └── OverlayNotWritableError (OSError)        the folder or the disk refuses
    ├── SourceError (ValueError)               a source file cannot be used
    │   ├── MissingSourceError (FileNotFoundError)   there is no such file
    │   ├── BrokenSourceError                        it is cut short, damaged or hostile
    │   └── WrongSourceError                         it is another file than the one asked for
    ├── RecognizerError                        a recogniser cannot be used
    │   ├── UnknownRecognizerError (LookupError)     none of that name is installed
    │   ├── LibraryMissingError (ImportError)        the library it stands on is not installed
    │   ├── ModelMissingError (FileNotFoundError)    its model is not on this machine
    │   ├── NotARecognizerError (TypeError)          what was given is none
    │   └── BadSpansError (ValueError)               what it found is no part of the text
    └── FetchError (OSError)                   a file cannot be fetched
        ├── UnreachableError (ConnectionError)       there is no connection, or it breaks
        ├── RefusedError                             the server does not give it
        ├── WrongContentError (ValueError)           what came is not what was asked for
        └── NotStoredError                           the folder or the disk refuses
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ID_SHOWN = 80  # characters; an id from outside may be of any length


class GazetteerError(Exception):
    """Root of the package's errors."""


class MissingDataError(GazetteerError, FileNotFoundError):
    """A data file of the package is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The data file {name!r} is missing: reinstall the package.")


class IndexBrokenError(GazetteerError, ValueError):
    """An index cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The index {str(path)!r} cannot be used ({why}): delete it or build it anew."
        )


class NotAnIndexError(IndexBrokenError):
    """What was named as an index is none: somebody's folder or file, or nothing."""

    def __init__(self, path: Path, why: str) -> None:
        GazetteerError.__init__(
            self,
            f"{str(path)!r} is no index ({why}): check the path, or build an index elsewhere with "
            "`geoevents gazetteer build`.",
        )


class IndexNotWritableError(GazetteerError, OSError):
    """No place to write the index."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The index cannot be written to {str(path)!r} ({why}): "
            "set GEOEVENTS_CACHE to a folder that can be written."
        )


class UnknownPlaceError(GazetteerError, LookupError):
    """No place has this id."""

    def __init__(self, place_id: str) -> None:
        super().__init__(
            f"No place has the id {place_id[:_ID_SHOWN]!r}: "
            "search for its name to find the right id."
        )


class BadQueryError(GazetteerError, ValueError):
    """An argument does not fit."""


class SourceError(GazetteerError, ValueError):
    """A source file cannot be used."""


class MissingSourceError(SourceError, FileNotFoundError):
    """There is no such source file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no file {str(path)!r}: check the path, "
            "or get it with `geoevents gazetteer fetch`."
        )


class BrokenSourceError(SourceError):
    """A source file is cut short, damaged or hostile.

    Attributes
    ----------
    why
        What is wrong with it.
    """

    def __init__(self, path: Path, why: str, remedy: str) -> None:
        super().__init__(f"{str(path)!r} cannot be read ({why}): {remedy}.")
        self.why = why


class WrongSourceError(SourceError):
    """A source file is another one than the one asked for."""

    def __init__(self, path: Path, wanted: str, found: str) -> None:
        super().__init__(f"{str(path)!r} is not {wanted}: it looks like {found}.")


class FetchError(GazetteerError, OSError):
    """A file cannot be fetched."""


class UnreachableError(FetchError, ConnectionError):
    """There is no connection to a server, or it breaks again and again."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"{url} cannot be reached ({why}): check the network and any proxy, then run the "
            "same command again; what has come so far is kept."
        )


class RefusedError(FetchError):
    """A server does not give a file."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"{url} cannot be fetched ({why}): try later, or name another server with --base-url."
        )


class WrongContentError(FetchError, ValueError):
    """What came is not what was asked for."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"{url} is not the file it should be ({why}): it was thrown away; try again, "
            "or name another server with --base-url."
        )


class NotStoredError(FetchError):
    """The folder or the disk refuses a file."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{str(path)!r} cannot be written ({why}): choose another folder with -o.")


class PlacesFileError(GazetteerError, ValueError):
    """A file of the user's places cannot be used."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name!r}: {why}.")


class BadPlacesError(PlacesFileError):
    """Rows of a file of places are wrong.

    Attributes
    ----------
    problems
        One sentence for each, naming file and row.
    """

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(name, f"nothing was added; {problems[0].rstrip('.')}{more}")
        self.problems = tuple(problems)


class OverlayError(GazetteerError, ValueError):
    """The file of the user's own places cannot be used."""


class OverlayMissingError(OverlayError, FileNotFoundError):
    """There is no such file of the user's own places."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no file {str(path)!r}: check the path, or make it with "
            "`geoevents gazetteer add` or `geoevents gazetteer fix`."
        )


class OverlayBrokenError(OverlayError):
    """A file of the user's own places cannot be read; it is left as it is."""

    def __init__(self, path: Path, why: str, remedy: str) -> None:
        super().__init__(f"The places in {str(path)!r} cannot be read ({why}): {remedy}.")


class OverlayNotWritableError(OverlayError, OSError):
    """The folder or the disk refuses the file of the user's own places."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The places cannot be written to {str(path)!r} ({why}): "
            "give another file with --overlay, or set GEOEVENTS_PLACES."
        )


class RecognizerError(GazetteerError):
    """A recogniser of place names cannot be used."""


class UnknownRecognizerError(RecognizerError, LookupError):
    """No recogniser of that name is installed."""

    def __init__(self, name: str, installed: Sequence[str]) -> None:
        super().__init__(
            f"There is no recognizer {name[:_ID_SHOWN]!r}: installed are "
            f"{', '.join(installed) or 'none'}; install the package that brings it, or geoevents "
            "anew."
        )


class LibraryMissingError(RecognizerError, ImportError):
    """The library that a recogniser stands on is not installed."""

    def __init__(self, recognizer: str, why: str, remedy: str) -> None:
        super().__init__(f"The recognizer {recognizer!r} cannot be loaded ({why}): {remedy}.")


class ModelMissingError(RecognizerError, FileNotFoundError):
    """The model of a recogniser is not on this machine."""

    def __init__(self, recognizer: str, model: str, remedy: str, *, why: str = "") -> None:
        reason = f" ({why})" if why else ""
        super().__init__(
            f"The recognizer {recognizer!r} finds no model {model!r} on this machine{reason}: "
            f"{remedy}."
        )


class NotARecognizerError(RecognizerError, TypeError):
    """What was given is no recogniser."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is no recognizer: it has no method find(text, lang).")


class BadSpansError(RecognizerError, ValueError):
    """What a recogniser found is no part of the text."""

    def __init__(self, span: tuple[object, object], why: str) -> None:
        super().__init__(
            f"A recognizer found a name at {span[0]!r} to {span[1]!r}, which cannot be ({why}): "
            "its offsets, probability or form are wrong."
        )
