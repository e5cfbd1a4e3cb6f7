"""How are many texts read with a plugged-in recogniser, as fast as it can?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import tee
from typing import TYPE_CHECKING

from gazetteer.recognizers.joining import plug
from gazetteer.recognizers.protocol import StreamRecognizer
from gazetteer.text.language import detect_language, primary_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.mention import Resolution
    from gazetteer.recognizers.joining import Recognition
    from gazetteer.recognizers.protocol import FoundName, Recognizer


@dataclass(frozen=True, slots=True)
class _Known:
    """A recogniser of one text, whose names are known by now."""

    found: Sequence[FoundName] | None

    def find(self, _text: str, _lang: str) -> Sequence[FoundName] | None:
        return self.found


def geoparse_all(
    gazetteer: Gazetteer,
    texts: Iterable[str],
    *,
    recognizer: Recognizer | str,
    recognition: Recognition = "joined",
    lang: str | None = None,
) -> Iterator[list[Resolution]]:
    """Find and resolve the mentions of places in many texts.

    The recogniser reads several texts at a time if it can; no more than those are held.

    Parameters
    ----------
    gazetteer
        The gazetteer to resolve with.
    texts
        Running texts.
    recognizer, recognition
        As for :meth:`gazetteer.Gazetteer.geoparse`.
    lang
        BCP 47 language of all of them; detected by default.

    Yields
    ------
    list of Resolution
        For each text, in order.

    Raises
    ------
    RecognizerError
        If the recogniser cannot be loaded.

    Examples
    --------
    >>> from gazetteer import Gazetteer
    >>> from gazetteer.recognizers import FoundName
    >>> class LastWord:
    ...     def find(self, text, lang):
    ...         return [FoundName(text.rindex(" ") + 1, len(text))]
    >>> texts = ["He flew to Baku", "She lives in Ganja"]
    >>> found = geoparse_all(Gazetteer.open(), texts, recognizer=LastWord(), recognition="instead")
    >>> [resolution.place.name for line in found for resolution in line]
    ['Baku', 'Ganja']
    """
    plugged = plug(recognizer, recognition)
    stated = primary_language(lang)
    languages = ((text, stated or detect_language(text)) for text in texts)
    asked, given = tee(languages)
    reader = plugged.recognizer
    found = (
        reader.find_all(asked)
        if isinstance(reader, StreamRecognizer)
        else (reader.find(text, own) for text, own in asked)
    )
    for (text, own), names in zip(given, found, strict=True):
        yield gazetteer.geoparse(
            text, lang=own, recognizer=_Known(names), recognition=plugged.recognition
        )
