"""Which date, number, sum or toll do the words mean that a model points at? By our own reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from geoevents.extract.dates import find_times
from geoevents.extract.quantities import find_casualties, find_money, find_numbers
from geoevents.language_model.quotes import find_quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from gazetteer import Span
    from geoevents.event import Casualties, EventTime, Money
    from geoevents.language_model.quotes import Told

T = TypeVar("T")


class SentenceAmounts:
    """The dates and amounts of a sentence, asked for by the words that state them.

    Parameters
    ----------
    text
        The whole text.
    lang
        Its BCP 47 language.
    told
        Where the event is told.
    published
        Day of publication, or None.
    """

    def __init__(self, text: str, *, lang: str, told: Told, published: date | None) -> None:
        self._text = text
        self._lang = lang
        self._told = told
        self._sentence = told.sentence
        self._published = published

    def times(self) -> list[EventTime]:
        """Return every date expression of the sentence."""
        return self._times(self._sentence)

    def time(self, words: str) -> EventTime | None:
        """Return the date that words state in the sentence, or the last time before it.

        Of a date that another sentence states ``text`` and ``span`` are None.
        """
        span = self._told.find(self._text, words)
        if span is not None and self._sentence.holds(span):
            return _first_in(self.times(), span)
        found = None if span is None else _first_in(self._times(span), span)
        return None if found is None else replace(found, text=None, span=None)

    def count(self, words: str) -> int | None:
        """Return the number that words state, if it is one, and no date, sum or casualties."""
        span = self._quote(words)
        numbers = find_numbers(self._text, lang=self._lang, **self._bounds)
        other = [where for _, where in (*self._all_casualties(), *self._all_money())]
        other += [time.span for time in self.times() if time.span is not None]
        stated = [
            number.value
            for number in numbers
            if span is not None
            and span.overlaps(number.span)
            and not any(where.overlaps(number.span) for where in other)
        ]
        return stated[0] if len(stated) == 1 else None

    def money(self, words: str) -> Money | None:
        """Return the sum that words state."""
        span = self._quote(words)
        return next(_pointed_at(self._all_money(), [span]), None)

    def casualties(self, words: Sequence[str]) -> tuple[Casualties, ...]:
        """Return the casualties that words state."""
        spans = [self._quote(some) for some in words]
        return tuple(_pointed_at(self._all_casualties(), spans)) if spans else ()

    def _quote(self, words: str) -> Span | None:
        return find_quote(self._text, words, self._sentence, near=self._told.trigger.start)

    def _all_money(self) -> list[tuple[Money, Span]]:
        return find_money(self._text, lang=self._lang, **self._bounds)

    def _all_casualties(self) -> list[tuple[Casualties, Span]]:
        return find_casualties(self._text, lang=self._lang, **self._bounds)

    def _times(self, span: Span) -> list[EventTime]:
        return find_times(
            self._text,
            lang=self._lang,
            published=self._published,
            start=span.start,
            end=span.end,
        )

    @property
    def _bounds(self) -> dict[str, int]:
        return {"start": self._sentence.start, "end": self._sentence.end}


def _first_in(times: Sequence[EventTime], span: Span) -> EventTime | None:
    return next((t for t in times if t.span is not None and t.span.overlaps(span)), None)


def _pointed_at(found: Iterable[tuple[T, Span]], spans: Sequence[Span | None]) -> Iterator[T]:
    return (
        value
        for value, where in found
        if any(span is not None and span.overlaps(where) for span in spans)
    )
