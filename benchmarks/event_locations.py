"""Is the place where an annotated verb's event happened given to the event told by that verb?

``GEOEVENTS_BENCH=... python -m benchmarks.event_locations [--half open|scored]`` reads sentences
with an annotated verb and the places where its event happened, often none, and prints in one run
for

- ``events``: the ``location`` places of the event that the verb tells;
- ``ends``: those and its ``origin`` and ``destination``, since the corpus tells no roles apart;
- ``first``: the first place that the sentence names;
- ``nearest``: the place nearest to the verb;
- ``named``: all of them: what the recogniser leaves to be chosen from;

the share of verbs whose gold places one of the answers overlaps (``found``), precision and recall
over places, the share of verbs without a place that are given none (``none``) and of all verbs
answered rightly (``right``). "Told" counts the verbs that an event has as its trigger, as other
words for it, or as the verb of "launched an attack". ``--misses N`` shows sentences of the half
``open``; the other half is only scored.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks.events.passages import PassageError, bench_folder, documents_of
from gazetteer import Gazetteer, Span
from geoevents.article import Article
from geoevents.extract.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geoevents.event import Document, Event

CORPUS = "event_location_dev"
HALVES = ("open", "scored")
_SAME_EVENT = frozenset({"type.echo", "type.same_event", "type.support"})
_SEED = 5


@dataclass(frozen=True, slots=True)
class Verb:
    """An annotated verb with where its event happened, and what was read in its sentence."""

    span: Span
    gold: tuple[Span, ...]
    read: Document

    @property
    def named(self) -> list[Span]:
        """The places that the sentence names, in order, without those inside described ones."""
        spans = [r.span for r in self.read.places if r.mention.form != "demonym"]
        return [s for s in spans if not any(other.holds(s) and other != s for other in spans)]

    @property
    def told(self) -> list[Event]:
        """The events that the verb tells: it is their trigger, or said to be of them."""
        return [event for event in self.read.events if any(map(self.span.overlaps, _words(event)))]


def _words(event: Event) -> list[Span]:
    """Return the words that tell an event: its trigger, and those that repeat or support it."""
    others = (r.span for r in event.why.get("type", ()) if r.rule in _SAME_EVENT)
    return [event.trigger, *(span for span in others if span is not None)]


def _of_events(verb: Verb, roles: frozenset[str]) -> list[Span]:
    places = (place for event in verb.told for place in event.places if place.role in roles)
    return list(dict.fromkeys(place.resolution.span for place in places))


def _apart(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _nearest(verb: Verb) -> list[Span]:
    return sorted(verb.named, key=lambda span: _apart(span, verb.span))[:1]


ANSWERS: dict[str, Callable[[Verb], Sequence[Span]]] = {
    "events": lambda verb: _of_events(verb, frozenset({"location"})),
    "ends": lambda verb: _of_events(verb, frozenset({"location", "origin", "destination"})),
    "first": lambda verb: verb.named[:1],
    "nearest": _nearest,
    "named": lambda verb: verb.named,
}


@dataclass(slots=True)
class Score:
    """Counts over verbs (``found``, ``placed``, ``spared``, ``empty``, ``right``) and places."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, verb: Verb, answer: Sequence[Span]) -> None:
        """Count the answer for a verb."""
        hits = [any(span.overlaps(gold) for gold in verb.gold) for span in answer]
        reached = [any(gold.overlaps(span) for span in answer) for gold in verb.gold]
        for name, amount in {
            "placed": bool(verb.gold), "found": any(hits), "empty": not verb.gold,
            "spared": not (verb.gold or answer), "answers": len(answer), "hits": sum(hits),
            "gold": len(verb.gold), "reached": sum(reached),
            "right": all(hits) and bool(verb.gold) == bool(answer), "verbs": 1,
        }.items():  # fmt: skip
            self.counts[name] = self.counts.get(name, 0) + int(amount)

    def share(self, part: str, whole: str) -> float:
        """Return the share that one count is of another; 0 of nothing."""
        return self.counts.get(part, 0) / max(self.counts.get(whole, 0), 1)

    def shown(self) -> str:
        """Return the figures as a line."""
        precision, recall = self.share("hits", "answers"), self.share("reached", "gold")
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return (
            f"found {self.share('found', 'placed'):.3f}  precision {precision:.3f}  "
            f"recall {recall:.3f}  F1 {f1:.3f}  none {self.share('spared', 'empty'):.3f}  "
            f"right {self.share('right', 'verbs'):.3f}"
        )


def half_of(text: str) -> str:
    """Return the half of a sentence, by its words alone, whatever verb of it is asked for.

    Examples
    --------
    >>> half_of("Shells hit the town.") in HALVES
    True
    """
    return HALVES[hashlib.sha256(text.encode()).digest()[-1] % 2]


def verbs_of(documents: Iterable[dict[str, Any]], gazetteer: Gazetteer) -> list[Verb]:
    """Read each sentence once and return the verbs that are annotated in it."""
    read: dict[tuple[str, str | None], Document] = {}
    verbs = []
    for document in documents:
        key = document["text"], document["published"]
        if key not in read:
            day = date.fromisoformat(key[1]) if key[1] else None
            article = Article(id="0", text=key[0], lang=document["lang"], published=day)
            read[key] = extract(article, gazetteer)
        gold = tuple(Span(t["start"], t["end"]) for t in document["event"]["locations"])
        verbs += [
            Verb(Span(verb["start"], verb["end"]), gold, read[key])
            for verb in document["event"]["verbs"]
        ]
    return verbs


def _show_misses(verbs: Sequence[Verb], count: int) -> None:
    """Print sentences whose places were not given to the event, or wrong ones were."""
    missed = []
    for verb in verbs:
        score = Score()
        score.add(verb, ANSWERS["events"](verb))
        if not score.counts["right"]:
            missed.append(verb)
    for verb in random.Random(_SEED).sample(missed, min(count, len(missed))):  # noqa: S311 - no secret
        text = verb.read.article.text

        def words(spans: Iterable[Span], text: str = text) -> list[str]:
            return [text[s.start : s.end] for s in spans]

        told = [f"{e.type} {words([e.trigger])}" for e in verb.told]
        print(f"\n{text}\n  verb {words([verb.span])}  gold {words(verb.gold)}")
        print(f"  named {words(verb.named)}  told {told}  given {words(ANSWERS['events'](verb))}")


def main() -> None:
    """Print a line for each way to answer, over each half."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--sample", type=int, help="read this many documents of each half only")
    parser.add_argument("--misses", type=int, default=0, help="show wrong answers of the open half")
    options = parser.parse_args()
    try:
        documents = list(documents_of(CORPUS, bench_folder()))
    except PassageError as error:
        sys.exit(str(error))
    gazetteer = Gazetteer.open()
    for half in HALVES if options.half is None else (options.half,):
        own = [d for d in documents if half_of(d["text"]) == half]
        if options.sample and options.sample < len(own):
            own = random.Random(_SEED).sample(own, options.sample)  # noqa: S311 - no secret
        verbs = verbs_of(own, gazetteer)
        placed, told = sum(bool(v.gold) for v in verbs), sum(bool(v.told) for v in verbs)
        print(f"{half}: {len(verbs)} verbs, {placed} with a place, {told} told by an event")
        for name, answer in ANSWERS.items():
            score = Score()
            for verb in verbs:
                score.add(verb, answer(verb))
            print(f"  {name:8}{score.shown()}")
        if half == "open":
            _show_misses(verbs, options.misses)


if __name__ == "__main__":
    main()
