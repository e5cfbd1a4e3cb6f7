"""Which recognisers are installed, and how is one of them loaded by its name?"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from gazetteer.errors import (
    LibraryMissingError,
    NotARecognizerError,
    UnknownRecognizerError,
)
from gazetteer.recognizers.protocol import Recognizer

if TYPE_CHECKING:
    from types import ModuleType

GROUP = "geoevents.recognizers"
"""The entry-point group: each entry names a function that takes a model's name, or None."""

_KEPT = 4  # loaded recognisers; a model may take a gigabyte


def installed_recognizers() -> dict[str, EntryPoint]:
    """Return the recognisers that are installed, by name.

    That one is listed says nothing of whether the library it stands on is there.

    Examples
    --------
    >>> sorted(installed_recognizers())
    ['natasha', 'spacy', 'transformers']
    """
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return {entry.name: entry for entry in found}


@lru_cache(maxsize=_KEPT)
def load_recognizer(name: str) -> Recognizer:
    """Load a recogniser; the last few stay loaded.

    Parameters
    ----------
    name
        ``NAME`` or ``NAME:MODEL``, such as ``natasha`` or ``spacy:en_core_web_sm``; a model may
        be a folder. Nothing is downloaded.

    Raises
    ------
    UnknownRecognizerError
        If none of that name is installed.
    LibraryMissingError
        If the library it stands on is not installed.
    ModelMissingError
        If the model is not on this machine.
    NotARecognizerError
        If what is installed under that name is none.
    """
    kind, _, model = name.partition(":")
    entry = installed_recognizers().get(kind)
    if entry is None:
        raise UnknownRecognizerError(kind, sorted(installed_recognizers()))
    try:
        load = entry.load()
    except ImportError as error:
        raise LibraryMissingError(kind, str(error), f"install what {entry.value!r} needs") from None
    return checked(load(model or None), name)


def checked(candidate: Any, name: str) -> Recognizer:
    """Return a recogniser as it is.

    Raises
    ------
    NotARecognizerError
        If it is none.
    """
    if not isinstance(candidate, Recognizer):
        raise NotARecognizerError(name)
    return candidate


def library(module: str, *, recognizer: str) -> ModuleType:
    """Import a library that comes with an extra of this package.

    Raises
    ------
    LibraryMissingError
        If it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        remedy = f"pip install 'geoevents[{recognizer}]'"
        raise LibraryMissingError(recognizer, str(error), remedy) from None
