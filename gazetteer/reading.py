"""Which places does a text name, which of their names are meant, and why those?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.explain import explain_all
from gazetteer.filters import as_date, checked_text
from gazetteer.geoparse import Geoparser
from gazetteer.text.language import detect_language, primary_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gazetteer.atlas import Atlas
    from gazetteer.explain import Explanation
    from gazetteer.index.store import Store
    from gazetteer.mention import Mention, Resolution
    from gazetteer.recognizers import Plugged, Recognition, Recognizer


class Reader:
    """A gazetteer as far as it reads texts: :class:`gazetteer.Gazetteer` looks names up as well.

    Parameters
    ----------
    store
        The index of names and places.
    atlas
        Places and shapes over the same index.
    recognizer
        What finds names beside or instead of the gazetteer's own recogniser, unless a call says
        otherwise.
    """

    def __init__(self, store: Store, atlas: Atlas, *, recognizer: Plugged | None = None) -> None:
        self._store = store
        self._atlas = atlas
        self._geoparser = Geoparser(store, atlas)
        self._recognizer = recognizer

    def geoparse(
        self,
        text: str,
        *,
        lang: str | None = None,
        url: str | None = None,
        published: date | str | None = None,
        recognizer: Recognizer | str | None = None,
        recognition: Recognition = "joined",
    ) -> list[Resolution]:
        """Find and resolve every mention of a place.

        Parameters
        ----------
        text
            Running text.
        lang
            BCP 47 language; detected by default.
        url, published
            Where and when the text was published: a local paper means the places around it, and
            places that were not there at the time are not meant.
        recognizer
            What else finds names: a :class:`gazetteer.recognizers.Recognizer`, or one by name,
            such as ``"spacy:en_core_web_sm"``. By default what the gazetteer was opened with.
        recognition
            ``joined``: its names and the gazetteer's own; ``instead``: its names alone.

        Returns
        -------
        list of Resolution
            Names, demonyms, associative and described places, in text order; a described place
            comes with the names inside it.

        Raises
        ------
        BadQueryError
            If the text is none, or the language or the date makes no sense.
        RecognizerError
            If the recogniser cannot be loaded, or what it finds is no part of the text.
        """
        plugged = plugged_in(recognizer, recognition) or self._recognizer
        own = _language(text, lang)
        when = as_date(published)
        return self._geoparser.read(text, own, recognizer=plugged, url=url, published=when)

    def find(self, text: str, *, lang: str | None = None) -> list[Mention]:
        """Return the mentions of places in a text, see :meth:`geoparse`."""
        return [resolution.mention for resolution in self.geoparse(text, lang=lang)]

    def resolve(
        self,
        text: str,
        mentions: Sequence[Mention],
        *,
        lang: str | None = None,
        url: str | None = None,
        published: date | str | None = None,
    ) -> list[Resolution]:
        """Return given mentions with their places, in order; ``place`` is None for unknown ones.

        See :meth:`geoparse` for what ``url`` and ``published`` are for.

        Raises
        ------
        BadQueryError
            If the text is none, or the language or the date makes no sense.
        """
        own = _language(text, lang)
        when = as_date(published)
        return self._geoparser.resolve(text, mentions, own, url=url, published=when)

    def explain(
        self,
        text: str,
        mention: Mention,
        *,
        lang: str | None = None,
        url: str | None = None,
        published: date | str | None = None,
    ) -> Explanation:
        """Return the likeliest places of one mention of a text, and what speaks for each.

        Raises
        ------
        BadQueryError
            If the text is none, or the language or the date makes no sense.
        """
        return self.explain_all(text, [mention], lang=lang, url=url, published=published)[0]

    def explain_all(
        self,
        text: str,
        mentions: Sequence[Mention],
        *,
        lang: str | None = None,
        url: str | None = None,
        published: date | str | None = None,
    ) -> list[Explanation]:
        """Return what :meth:`explain` tells of each of a text's mentions, having read it once.

        Raises
        ------
        BadQueryError
            If the text is none, or the language or the date makes no sense.
        """
        return explain_all(
            self._geoparser,
            self._store,
            text,
            mentions,
            lang=_language(text, lang),
            url=url,
            published=as_date(published),
        )


def plugged_in(recognizer: Recognizer | str | None, recognition: Recognition) -> Plugged | None:
    """Return a recogniser made ready to be plugged in, or None for none."""
    if recognizer is None:
        return None
    from gazetteer.recognizers import plug

    return plug(recognizer, recognition)


def _language(text: str, lang: str | None) -> str:
    text = checked_text(text)
    return primary_language(lang) or detect_language(text)
