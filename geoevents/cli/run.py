"""How does work on many articles run, one by one or in several processes, in order?"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from gazetteer.errors import GazetteerError
from geoevents.errors import GeoeventsError
from geoevents.readers.jsonl import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from gazetteer import Gazetteer
    from geoevents.cli.terminal import Terminal

_AHEAD = 4  # items per process that are read ahead: bounds the memory of a long stream


class Item(Protocol):
    """An article or a record."""

    @property
    def id(self) -> str:
        """The item's id."""


T = TypeVar("T", bound=Item)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Runner(Generic[T, R]):
    """Work to be done on each item.

    Attributes
    ----------
    work
        Function of the gazetteer and an item; it crosses to other processes by name.
    index
        Index to open in each process, or None for the usual one.
    jobs
        Number of processes.
    debug
        Let unforeseen errors through.
    """

    work: Callable[[Gazetteer, T], R]
    index: Path | None
    jobs: int = 1
    debug: bool = False

    def run(self, items: Iterable[T | Failure], gazetteer: Gazetteer) -> Iterator[R | Failure]:
        """Yield one result or failure per item, in the order of the items."""
        if self.jobs == 1:
            for item in items:
                yield item if isinstance(item, Failure) else self.attempt(gazetteer, item)
            return
        with ProcessPoolExecutor(
            self.jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_open_in_worker,
            initargs=(self.index,),
        ) as pool:
            yield from self._run_in(pool, items)

    def attempt(self, gazetteer: Gazetteer, item: T) -> R | Failure:
        """Return the result of one item, or the failure that stands for it."""
        try:
            return self.work(gazetteer, item)
        except (GeoeventsError, GazetteerError) as error:
            return _failure(item, str(error))
        except Exception as error:
            if self.debug:
                raise
            why = f"{type(error).__name__}: {error}".rstrip(": .")
            return _failure(item, f"An internal error stopped it ({why}): please report it.")

    def _run_in(
        self, pool: ProcessPoolExecutor, items: Iterable[T | Failure]
    ) -> Iterator[R | Failure]:
        waiting: deque[Failure | tuple[T, Future[R | Failure]]] = deque()
        for item in items:
            if isinstance(item, Failure):
                waiting.append(item)
            else:
                waiting.append((item, pool.submit(_attempt_in_worker, self, item)))
            if len(waiting) >= _AHEAD * self.jobs:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def open_gazetteer(index: Path | None, terminal: Terminal) -> Gazetteer:
    """Open the gazetteer; where its index must be built first, show how far that is."""
    from gazetteer import Gazetteer

    built: list[float] = []
    with terminal.progress("Building the place index") as report:

        def on_progress(fraction: float, what: str) -> None:
            built.append(fraction)
            report(fraction, what)

        gazetteer = Gazetteer.open(index, on_progress=on_progress)
    if built:
        terminal.note("The place index was built; from now on it is only opened.")
    return gazetteer


_worker: list[Gazetteer] = []  # the gazetteer of a worker process, which lives as long as it


def _open_in_worker(index: Path | None) -> None:
    from gazetteer import Gazetteer

    _worker.append(Gazetteer.open(index))


def _attempt_in_worker(runner: Runner[Any, Any], item: Any) -> Any:
    return runner.attempt(_worker[0], item)


def _result(waiting: Failure | tuple[T, Future[R | Failure]]) -> R | Failure:
    if isinstance(waiting, Failure):
        return waiting
    item, future = waiting
    try:
        return future.result()
    except BrokenProcessPool:
        return _failure(
            item, "Its process ended early, maybe for want of memory: use fewer --jobs."
        )


def _failure(item: Item, error: str) -> Failure:
    return Failure(item.id, error, is_record=True)
