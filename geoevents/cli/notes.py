"""What should the user know about a run, one sentence each?"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import data_path
from gazetteer.errors import MissingDataError
from geoevents.readers.jsonl import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoevents.cli.terminal import Terminal
    from geoevents.cli.work import Done, Facts

_MOST_REASONS = 5  # reasons for a language model's silence that are told; all are counted
_NAMED = 3  # articles named in a sentence; of the others only the number is told
_MOST_IDS = 1_000_000  # ids remembered to see which come again: bounds the memory of a long stream


class _Some:
    """Ids of which the first few are named, and of the others the number is told."""

    def __init__(self) -> None:
        self.count = 0
        self._first: list[str] = []

    def add(self, name: str) -> None:
        if name in self._first:
            return
        self.count += 1
        if len(self._first) < _NAMED:
            self._first.append(name)

    def __str__(self) -> str:
        names = ", ".join(map(repr, self._first))
        rest = self.count - len(self._first)
        return f"{names} and {rest} more" if rest else names


class Ledger:
    """Counts what a run did, lists its failures as they come, and says the rest at its end.

    Parameters
    ----------
    terminal
        Where to say it.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._failures = 0
        self._failed_records = 0
        self._done = 0
        self._ids: set[str] = set()
        self._shared = _Some()
        self._placeless = _Some()
        self._languages: dict[str, _Some] = {}
        self._totals = Counter[str]()
        self._unanswered = Counter[str]()
        self.languages = Counter[str]()

    def follow(self, results: Iterable[Done | Failure]) -> Iterator[Done | Failure]:
        """Pass results on and take note of them."""
        with self._terminal.counter("Done") as count:
            for result in results:
                if isinstance(result, Failure):
                    self.failed(result)
                else:
                    self._note(result.facts)
                yield result
                count()

    def failed(self, failure: Failure) -> None:
        """Take note of a failure and say it."""
        self._failures += 1
        self._failed_records += failure.is_record
        prefix = f"{failure.id!r}: " if failure.is_record else ""  # a file's error names it
        self._terminal.error(prefix + failure.error)

    @property
    def done(self) -> int:
        """Number of articles or records that went well."""
        return self._done

    @property
    def is_in_vain(self) -> bool:
        """Whether whole files failed and nothing else came out of the run."""
        return self._failures > 0 and self.done == 0 and self._failed_records == 0

    @property
    def exit_code(self) -> int:
        """0 when all went well, 3 when some inputs failed, 1 when all did."""
        if self.is_in_vain:
            return 1
        return 3 if self._failures else 0

    def say(self, *, wants_events: bool) -> None:
        """Say what the user should know.

        Parameters
        ----------
        wants_events
            Whether the run was to find events, not places alone.
        """
        for sentence in self._sentences(wants_events=wants_events):
            self._terminal.note(sentence)

    def _note(self, facts: Facts) -> None:
        self._done += 1
        if facts.id in self._ids:
            self._shared.add(facts.id)
        elif len(self._ids) < _MOST_IDS:
            self._ids.add(facts.id)
        for key in ("mentions", "unlocated", "events", "placeless", "undated", "brought", "asked"):
            self._totals[key] += getattr(facts, key)
        self._note_unanswered(facts)
        if not facts.mentions:
            self._placeless.add(facts.id)
        if facts.lang:
            self.languages[facts.lang] += 1
            self._languages.setdefault(facts.lang, _Some()).add(facts.id)

    def _note_unanswered(self, facts: Facts) -> None:
        """Count the reasons why a language model gave no answer, and tell a new one at once."""
        for why in facts.unanswered:
            if why not in self._unanswered and len(self._unanswered) < _MOST_REASONS:
                self._terminal.note(
                    f"The language model gave no answer about {facts.id!r} ({why}): "
                    "our own rules read it alone."
                )
            self._unanswered[why] += 1

    def _sentences(self, *, wants_events: bool) -> Iterator[str]:
        total = self._totals
        if self._placeless.count:
            yield f"No place was found in {self._placeless}."
        if total["unlocated"]:
            yield (
                "Places named that could not be located (no coordinates): "
                f"{total['unlocated']} of {total['mentions']}."
            )
        if self._shared.count:
            yield f"More than one article has the id {self._shared}: give each its own."
        if wants_events:
            yield from self._about_events()

    def _about_events(self) -> Iterator[str]:
        total = self._totals
        for lang, ids in self._languages.items():
            if not _reads_events(lang):
                yield f"Events are not read in the language {lang!r} yet ({ids})."
        if total["brought"]:
            yield f"Documents that brought their events along: {total['brought']}; these were kept."
        if self._unanswered:
            yield (
                f"Of {total['asked']} questions to the language model, "
                f"{self._unanswered.total()} were not answered; there our own rules read alone."
            )
        if total["placeless"]:
            yield (
                "Events that state no place (no geometry): "
                f"{total['placeless']} of {total['events']}."
            )
        if total["undated"]:
            yield (
                f"Relative dates without a publication date to start from: {total['undated']}; "
                "give --published YYYY-MM-DD."
            )


@cache
def _reads_events(lang: str) -> bool:
    try:
        data_path("languages", lang.partition("-")[0].lower(), "events.toml")
    except MissingDataError:
        return False
    return True
