"""How do the names that a plugged-in recogniser finds become resolved mentions?"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from gazetteer.errors import BadQueryError, BadSpansError
from gazetteer.mention import DESCRIBED_FORMS, Mention, Resolution, Span
from gazetteer.recognizers.labels import FORMS
from gazetteer.recognizers.protocol import FoundName
from gazetteer.recognizers.registry import checked, load_recognizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.mentions.matcher import Match
    from gazetteer.recognizers.protocol import Recognizer

_LOOK_BACK = 20  # characters in which the end of the sentence before is looked for

Recognition = Literal["joined", "instead"]
"""What counts beside a plugged-in recogniser: its names and our own, or its names alone."""


class Reader(Protocol):
    """What reads and resolves with our own recogniser: :class:`gazetteer.geoparse.Geoparser`."""

    def read(self, text: str, lang: str) -> list[Resolution]:
        """Return the mentions that our own recogniser finds, resolved."""
        ...

    def resolve(self, text: str, mentions: Sequence[Mention], lang: str) -> list[Resolution]:
        """Return given mentions, resolved, in their order."""
        ...

    def spelt(self, text: str, lang: str) -> list[Match]:
        """Return every span that spells a held name."""
        ...


@dataclass(frozen=True, slots=True)
class Plugged:
    """A recogniser that was plugged in.

    Attributes
    ----------
    recognizer
        The recogniser.
    recognition
        ``joined``: the names of both; where they overlap ours, unless it was not resolved.
        ``instead``: its names alone; demonyms and descriptions of its names stay.
    """

    recognizer: Recognizer
    recognition: Recognition = "joined"

    def read(self, text: str, lang: str, reader: Reader) -> list[Resolution]:
        """Return every mention of a place, resolved, in text order and longer ones first."""
        found = self.recognizer.find(text, lang)
        ours = reader.read(text, lang)
        if found is None:
            return ours
        names = [_mention(text, name, lang) for name in _fitted(text, found, lang, reader)]
        if self.recognition == "instead":
            result = _instead(text, names, ours, lang, reader)
        else:
            result = _joined(text, names, ours, lang, reader)
        return sorted(result, key=lambda r: (r.mention.start, -r.mention.end))


def plug(recognizer: Recognizer | str, recognition: Recognition = "joined") -> Plugged:
    """Return a recogniser ready for use, loaded if it is given by name.

    Raises
    ------
    BadQueryError
        If there is no such way to recognise.
    RecognizerError
        If it cannot be loaded (see :func:`gazetteer.recognizers.load_recognizer`).
    """
    if recognition not in get_args(Recognition):
        ways = " or ".join(map(repr, get_args(Recognition)))
        raise BadQueryError(f"recognition is {ways}, and not {recognition!r}.")
    if isinstance(recognizer, str):
        return Plugged(load_recognizer(recognizer), recognition)
    return Plugged(checked(recognizer, type(recognizer).__name__), recognition)


def _joined(
    text: str, names: Sequence[Mention], ours: Sequence[Resolution], lang: str, reader: Reader
) -> Iterator[Resolution]:
    taken = _Spans(r.span for r in ours if r.place is not None and r.mention.form in FORMS)
    described = {r.span for r in ours if r.mention.form in DESCRIBED_FORMS}
    added = [m for m in names if m.span not in described and not taken.overlap(m.span)]
    context = [r.mention for r in ours if r.place is not None and r.mention.form != "demonym"]
    context = [mention for mention in context if mention.form in FORMS]
    resolved = reader.resolve(text, [*added, *context], lang)[: len(added)] if added else []
    better = _Spans(r.span for r in resolved if r.place is not None)
    unresolved = _Spans(r.span for r in ours if r.place is None)
    for resolution in ours:
        if resolution.place is not None or not better.overlap(resolution.span):
            yield resolution
    for resolution in resolved:
        if resolution.place is not None or not unresolved.overlap(resolution.span):
            yield resolution


def _instead(
    text: str, names: Sequence[Mention], ours: Sequence[Resolution], lang: str, reader: Reader
) -> Iterator[Resolution]:
    spans = {mention.span for mention in names}
    taken = _Spans(spans)
    read = {r.span: r for r in ours if r.place is not None}
    for resolution in reader.resolve(text, names, lang):
        if resolution.place is None and resolution.span in read:  # an inflected form, for one
            yield replace(read[resolution.span], mention=resolution.mention)
        else:
            yield resolution
    for resolution in ours:
        mention = resolution.mention
        if mention.form == "demonym":
            if not taken.overlap(mention.span):
                yield resolution
        elif mention.form in DESCRIBED_FORMS and mention.span not in spans:
            inside = {*mention.refs, *filter(None, [mention.within])}
            if inside and inside <= spans:
                yield resolution


def _mention(text: str, name: FoundName, lang: str) -> Mention:
    return Mention(
        name.start,
        name.end,
        text[name.start : name.end],
        name.form,
        lang,
        round(name.probability, 4),
    )


def _fitted(
    text: str, found: Sequence[FoundName], lang: str, reader: Reader
) -> Iterator[FoundName]:
    """Yield what was found without overlaps, each span cut down to the name itself."""
    names = _apart(text, found)
    if not names:
        return
    held: dict[int, list[int]] = {}
    for match in reader.spelt(text, lang):
        held.setdefault(match.end, []).append(match.start)
    for name in names:
        start = _name_start(text, name, held.get(name.end, ()))
        yield FoundName(start, name.end, name.probability, name.form)


def _name_start(text: str, name: FoundName, held: Iterable[int]) -> int:
    """Return where the name begins in a span that may begin with an article or a particle.

    Where the span spells no held name, it is the longest that ends with it, if what stands before
    is no part of it: glued to the same word, or words in lower case ("the United States").
    """
    inside = sorted(start for start in held if name.start <= start < name.end)
    if not inside or inside[0] == name.start:
        return name.start
    before = text[name.start : inside[0]]
    is_first = not text[max(0, name.start - _LOOK_BACK) : name.start].rstrip()[-1:].isalnum()
    words = before.split()
    lower = [word for word in words if not word[0].isupper()]
    glued = not before[-1].isspace() and len(words) == 1
    opening = is_first and len(words) == 1
    return inside[0] if glued or opening or len(lower) == len(words) else name.start


def _apart(text: str, found: Sequence[FoundName]) -> list[FoundName]:
    """Return checked spans in text order; of overlapping ones the likeliest, then the longest."""
    for name in found:
        _check(text, name)
    best = sorted(found, key=lambda name: (-name.probability, name.start - name.end, name.start))
    kept: list[FoundName] = []
    taken = _Spans(())
    for name in best:
        span = Span(name.start, name.end)
        if not taken.overlap(span):
            taken.add(span)
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _check(text: str, name: FoundName) -> None:
    numbers = (name.start, name.end)
    if not (all(type(n) is int for n in numbers) and 0 <= name.start < name.end <= len(text)):
        raise BadSpansError(numbers, f"the text has {len(text)} characters")
    if not (isfinite(name.probability) and 0 <= name.probability <= 1):
        raise BadSpansError(numbers, f"its probability is {name.probability!r}")
    if name.form not in FORMS:
        raise BadSpansError(numbers, f"its form is {name.form!r}")


class _Spans:
    """Spans that do not overlap, asked whether another overlaps any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._ends: list[tuple[int, int]] = sorted((span.end, span.start) for span in spans)

    def add(self, span: Span) -> None:
        entry = (span.end, span.start)
        self._ends.insert(bisect_left(self._ends, entry), entry)

    def overlap(self, span: Span) -> bool:
        at = bisect_left(self._ends, (span.start + 1, 0))
        return at < len(self._ends) and self._ends[at][1] < span.end
