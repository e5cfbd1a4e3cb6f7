"""How does a command apply what readers corrected on a map?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geoevents.cli.terminal import Terminal
    from geoevents.corrections import Correction
    from geoevents.ontology import Ontology

_TOLD = 20  # corrections without effect that are told one by one

Corrections = Annotated[
    list[Path] | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="Corrections that a map's page saved (.json), applied to these events; may be given "
        "again.",
        show_default=False,
    ),
]


class Corrector:
    """The corrections of a run, and what came of them.

    Parameters
    ----------
    files
        Files of corrections, or None for none.

    Raises
    ------
    CorrectionsError, InputError
        If one of them cannot be used: then no work is begun.
    """

    def __init__(self, files: Sequence[Path] | None) -> None:
        from geoevents.corrections import Outcome, read_corrections

        self._known: tuple[Correction, ...] = read_corrections(*files or ())
        self._outcome = Outcome()

    def __bool__(self) -> bool:
        """Whether there is something to correct."""
        return bool(self._known)

    def located(self, gazetteer: Gazetteer | None) -> tuple[Correction, ...]:
        """Return the corrections with their places as the gazetteer has them."""
        from geoevents.corrections import locate

        self._known = locate(self._known, gazetteer)
        return self._known

    def follow(self, results: Iterable[Any]) -> Iterator[Any]:
        """Pass results on and take note of what was corrected in them."""
        for result in results:
            if (outcome := getattr(result, "corrected", None)) is not None:
                self._outcome.add(outcome)
            yield result

    def told(self, results: Iterable[Any], terminal: Terminal) -> Iterator[Any]:
        """Pass results on, and after the last one say what came of the corrections."""
        yield from self.follow(results)
        self.say(terminal)

    def table(
        self, name: str, gazetteer: Gazetteer | None, ontology: Ontology | None
    ) -> tuple[GeoDataFrame, GeoDataFrame | None]:
        """Return the events of a file, corrected, and the places beside them."""
        from geoevents.corrections import correct_places, correct_table
        from geoevents.readers import read_event_table, read_places_table

        events, places = read_event_table(name), read_places_table(name)
        if not self._known:
            return events, places
        events, outcome = correct_table(events, self._known, gazetteer=gazetteer, ontology=ontology)
        self._outcome.add(outcome)
        if places is not None:
            places = correct_places(places, self._known, done=outcome.done)
        return events, places

    def say(self, terminal: Terminal) -> None:
        """Say how many corrections were applied, and which were not."""
        if not self._known:
            return
        sentences = self._outcome.sentences(self._known)
        for sentence in sentences[:_TOLD]:
            terminal.note(sentence)
        if len(sentences) > _TOLD:
            terminal.note(f"So it is with {len(sentences) - _TOLD} more.")
        done = len(self._known) - len(sentences)
        terminal.note(f"Corrections applied: {done} of {len(self._known)}.")
