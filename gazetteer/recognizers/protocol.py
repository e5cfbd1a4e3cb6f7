"""What is a recogniser of place names, to those who plug one in?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class FoundName:
    """Words that a recogniser takes for the name of a place.

    Attributes
    ----------
    start, end
        Code point offsets into the text; ``end`` is exclusive.
    probability
        That the words name a place, 0 to 1; 1 where the recogniser does not say.
    form
        ``name``, ``demonym`` or ``associative``.
    """

    start: int
    end: int
    probability: float = 1.0
    form: str = "name"


@runtime_checkable
class Recognizer(Protocol):
    """Finds the names of places in a text; it need not know where they are.

    Examples
    --------
    A recogniser of towns named after saints:

    >>> import re
    >>> class Saints:
    ...     def find(self, text, lang):
    ...         found = re.finditer(r"Saint-[A-Z][a-z]+", text)
    ...         return [FoundName(m.start(), m.end(), 0.9) for m in found] if lang == "fr" else None
    >>> isinstance(Saints(), Recognizer)
    True
    >>> Saints().find("Il habite à Saint-Denis.", "fr")
    [FoundName(start=12, end=23, probability=0.9, form='name')]
    """

    def find(self, text: str, lang: str) -> Sequence[FoundName] | None:
        """Return the names of places in a text.

        Parameters
        ----------
        text
            Running text of any length.
        lang
            Its BCP 47 language, without script and region.

        Returns
        -------
        sequence of FoundName or None
            Not overlapping; None when the recogniser does not read this language.
        """
        ...


@runtime_checkable
class StreamRecognizer(Recognizer, Protocol):
    """A recogniser that is faster on many texts at a time than on one after the other."""

    def find_all(self, texts: Iterable[tuple[str, str]]) -> Iterator[Sequence[FoundName] | None]:
        """Yield what :meth:`find` returns, for each pair of text and language, in order.

        At any time it holds no more than a few texts.
        """
        ...
