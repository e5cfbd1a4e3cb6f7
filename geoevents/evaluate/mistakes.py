"""What was missed, what was false, and what was placed wrongly?"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gazetteer.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoevents.evaluate.annotations import Pair, Toponym
    from geoevents.evaluate.measures import Measured

Kind = Literal["missed", "false", "misplaced", "unplaced", "ends"]
KINDS: tuple[Kind, ...] = ("missed", "false", "misplaced", "unplaced", "ends")
"""``ends``: found with another start or end; ``unplaced``: found, and no place given."""

MOST = 2000
"""Mistakes of a kind that are kept, drawn at random where there are more."""

_AROUND = 240  # characters of a sentence shown before and after the words
_SEED = 161


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake, with all that is needed to see why.

    Attributes
    ----------
    kind
        One of :data:`KINDS`.
    doc_id, lang
        Of the document.
    words
        The words of gold, or of the prediction where gold has none.
    sentence
        The sentence around them, cut where it is very long.
    gold_span, answer_span
        Offsets into ``sentence``, or None.
    gold_point, answer_point
        Latitude and longitude, or None.
    gold_name, answer_name
        Names of the places where they are told, else their ids, or None.
    km
        Distance of the two points, or None.
    score, p_place
        Of the prediction, or None.
    """

    kind: Kind
    doc_id: str
    lang: str | None
    words: str
    sentence: str
    gold_span: tuple[int, int] | None = None
    answer_span: tuple[int, int] | None = None
    gold_point: tuple[float, float] | None = None
    answer_point: tuple[float, float] | None = None
    gold_name: str | None = None
    answer_name: str | None = None
    km: float | None = None
    score: float | None = None
    p_place: float | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Kind
    gold: Toponym | None
    answer: Toponym | None
    km: float | None = None


class Sample:
    """Counts mistakes by kind, and keeps at most so many of each.

    Parameters
    ----------
    most
        Number of mistakes of a kind that are kept; where there are more, each is as likely to be.
    """

    def __init__(self, most: int = MOST) -> None:
        self.totals: dict[Kind, int] = dict.fromkeys(KINDS, 0)
        self._most = most
        self._kept: dict[Kind, list[tuple[int, Mistake]]] = {kind: [] for kind in KINDS}
        self._random = random.Random(_SEED)  # noqa: S311  a sample, not a secret

    def add(self, pair: Pair, measured: Measured) -> None:
        """Take note of a document's mistakes."""
        sentences: Sentences | None = None
        for found in mistakes(measured):
            number = self.totals[found.kind]
            self.totals[found.kind] += 1
            kept = self._kept[found.kind]
            slot = self._slot(number)
            if slot >= self._most:
                continue
            sentences = sentences or Sentences(pair.text)
            entry = (number, _described(found, pair, sentences))
            kept[slot : slot + 1] = [entry]

    def kept(self) -> Iterator[Mistake]:
        """Yield the mistakes that were kept, kind by kind, in the order of the documents."""
        for kind in KINDS:
            yield from (mistake for _, mistake in sorted(self._kept[kind], key=lambda e: e[0]))

    def _slot(self, number: int) -> int:
        """Return where the mistake of a number is kept, if that is below the most.

        It is reservoir sampling (Vitter 1985, algorithm R).
        """
        return number if number < self._most else self._random.randrange(number + 1)


class Sentences:
    """Finds the sentence around a span of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = split_sentences(text)
        self._starts = [sentence.start for sentence in self._sentences]

    def around(self, start: int, end: int) -> tuple[int, str]:
        """Return where the words around a span begin, and these words."""
        first = bisect_right(self._starts, start) - 1
        begin, stop = max(start - _AROUND, 0), min(end + _AROUND, len(self._text))
        if first >= 0:
            sentence = self._sentences[first]
            begin, stop = max(begin, sentence.start), min(stop, max(sentence.end, end))
        return begin, self._text[begin:stop]


def mistakes(measured: Measured) -> Iterator[_Found]:
    """Yield a document's mistakes: of pairs that overlap, then what has no counterpart."""
    gold, predicted = measured.gold, measured.predicted
    for (i, j), verdict in zip(measured.joined, measured.verdicts, strict=True):
        if gold[i].span != predicted[j].span:
            yield _Found("ends", gold[i], predicted[j], verdict.km if verdict else None)
        if verdict is not None and not verdict.is_right:
            yield _Found("misplaced", gold[i], predicted[j], verdict.km)
        if gold[i].point and not predicted[j].point:
            yield _Found("unplaced", gold[i], predicted[j])
    found = {i for i, _ in measured.joined}
    yield from (_Found("missed", one, None) for i, one in enumerate(gold) if i not in found)
    right = {j for _, j in measured.joined}
    yield from (_Found("false", None, one) for j, one in enumerate(predicted) if j not in right)


def _described(found: _Found, pair: Pair, sentences: Sentences) -> Mistake:
    gold, answer = found.gold, found.answer
    spans = [one.span for one in (gold, answer) if one is not None]
    begin, sentence = sentences.around(min(s for s, _ in spans), max(e for _, e in spans))
    start, end = spans[0]
    return Mistake(
        kind=found.kind,
        doc_id=pair.id,
        lang=pair.lang,
        words=pair.text[start:end],
        sentence=sentence,
        gold_span=_shifted(gold, begin),
        answer_span=_shifted(answer, begin),
        gold_point=gold.point if gold else None,
        answer_point=answer.point if answer else None,
        gold_name=_name(gold),
        answer_name=_name(answer),
        km=found.km,
        score=answer.score if answer else None,
        p_place=answer.p_place if answer else None,
    )


def _shifted(toponym: Toponym | None, begin: int) -> tuple[int, int] | None:
    return (toponym.start - begin, toponym.end - begin) if toponym else None


def _name(toponym: Toponym | None) -> str | None:
    if toponym is None:
        return None
    own = f"geonames:{toponym.geonameid}" if toponym.geonameid else None
    return toponym.name or toponym.place_id or own


def counted(mistakes_: Iterable[Mistake]) -> dict[str, int]:
    """Return how many of some mistakes are of each kind."""
    totals = dict.fromkeys(map(str, KINDS), 0)
    for mistake in mistakes_:
        totals[mistake.kind] += 1
    return totals
