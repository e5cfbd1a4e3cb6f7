"""How does a model that takes so much at a time read texts of any length, and many of them?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gazetteer.recognizers.protocol import FoundName

    Model = Callable[[Sequence[str]], Sequence[Sequence[FoundName]]]
    """Names found in each of a few short texts."""


class Window(NamedTuple):
    """A part of a text that is read at a time, and the part of it whose names count.

    All four are code point offsets; what lies between ``start`` and ``own_start``, and between
    ``own_end`` and ``end``, is read for context, and belongs to a neighbour.
    """

    start: int
    end: int
    own_start: int
    own_end: int


def windows(text: str, *, size: int, overlap: int) -> Iterator[Window]:
    """Cut a text into overlapping windows.

    Parameters
    ----------
    text
        The text.
    size
        Most code points of a window.
    overlap
        Code points that neighbours share; less than half the size.

    Yields
    ------
    Window
        In text order. Their own parts follow each other without a gap, and begin at white space
        where there is any in the overlap.

    Examples
    --------
    >>> [tuple(w) for w in windows("from Baku to Tbilisi", size=12, overlap=4)]
    [(0, 12, 0, 10), (8, 20, 10, 20)]
    """
    start = own_start = 0
    while len(text) - start > size:
        middle = start + size - overlap // 2
        own_end = _break_at(text, middle, overlap // 4)
        yield Window(start, start + size, own_start, own_end)
        start, own_start = own_end - overlap // 2, own_end
    if text:
        yield Window(start, len(text), own_start, len(text))


def _break_at(text: str, middle: int, reach: int) -> int:
    """Return where the text may be cut: behind white space, if there is any near the middle."""
    for at in range(middle, middle - reach, -1):
        if text[at - 1].isspace():
            return at
    return middle


@dataclass(slots=True)
class _Reading:
    """A text of which some windows have been read."""

    windows: int
    found: list[FoundName] | None = field(default_factory=list)


class WindowedRecognizer:
    """A recogniser made of a model: it reads texts in windows, and windows in batches.

    Parameters
    ----------
    model
        Finds names in a batch of windows.
    languages
        The languages it reads; None for all.
    size, overlap
        Code points of a window, and of what neighbours share.
    batch
        Windows in a batch.
    """

    def __init__(
        self,
        model: Model,
        *,
        languages: frozenset[str] | None = None,
        size: int = 20_000,
        overlap: int = 1_000,
        batch: int = 16,
    ) -> None:
        self._model = model
        self._languages = languages
        self._size = size
        self._overlap = overlap
        self._batch = batch

    def find(self, text: str, lang: str) -> Sequence[FoundName] | None:
        """Return the names of places in a text, None in a language that it does not read."""
        return next(self.find_all([(text, lang)]))

    def find_all(self, texts: Iterable[tuple[str, str]]) -> Iterator[Sequence[FoundName] | None]:
        """Yield the names of places in each text, in order."""
        waiting: list[_Reading] = []
        pieces = self._pieces(texts, waiting)
        while batch := list(islice(pieces, self._batch)):
            read = [(reading, window, words) for reading, window, words in batch if window]
            found = self._model([words for _, _, words in read]) if read else []
            for (reading, window, _), names in zip(read, found, strict=True):
                _keep(reading, window, names)
            while waiting and not waiting[0].windows:
                yield waiting.pop(0).found

    def _pieces(
        self, texts: Iterable[tuple[str, str]], waiting: list[_Reading]
    ) -> Iterator[tuple[_Reading, Window | None, str]]:
        for text, lang in texts:
            if self._languages is not None and lang not in self._languages:
                waiting.append(_Reading(0, None))
                yield waiting[-1], None, ""
                continue
            safe = _without_surrogates(text)
            cut = list(windows(safe, size=self._size, overlap=self._overlap))
            reading = _Reading(len(cut))
            waiting.append(reading)
            if not cut:
                yield reading, None, ""
            for window in cut:
                yield reading, window, safe[window.start : window.end]


def _keep(reading: _Reading, window: Window | None, names: Iterable[FoundName]) -> None:
    if window is None or reading.found is None:
        return
    reading.windows -= 1
    for name in names:
        start, end = window.start + name.start, window.start + name.end
        if not window.own_start <= start < window.own_end:
            continue
        if not reading.found or reading.found[-1].end <= start:
            reading.found.append(replace(name, start=start, end=end))


def _without_surrogates(text: str) -> str:
    """Return a text of the same length that libraries can encode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
