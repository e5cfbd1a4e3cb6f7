"""How does work on many articles run, one by one or in several processes, in order?"""

from __future__ import annotations

import multiprocessing
import signal
import warnings
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from gazetteer.errors import GazetteerError
from geoevents.errors import GeoeventsError
from geoevents.readers.jsonl import Failure, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gazetteer import Gazetteer
    from geoevents.cli.session import Session

_AHEAD = 4  # handfuls per process that are read ahead: bounds the memory of a long stream


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
    session
        Opens the gazetteer in each process: same index, overlay and viewpoint.
    jobs
        Number of processes.
    handful
        Number of items that go to a process at once: many where each is quickly done.
    debug
        Let unforeseen errors through.
    """

    work: Callable[[Gazetteer, T], R]
    session: Session
    jobs: int = 1
    handful: int = 1
    debug: bool = False

    def run(self, items: Iterable[T | Failure], gazetteer: Gazetteer) -> Iterator[R | Failure]:
        """Yield one result or failure per item, in the order of the items."""
        if self.jobs == 1:
            yield from (self.attempt(gazetteer, item) for item in items)
            return
        with ProcessPoolExecutor(
            self.jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(self,),
        ) as pool:
            yield from self._run_in(pool, items)

    def attempt(self, gazetteer: Gazetteer, item: T | Failure) -> R | Failure:
        """Return the result of one item, or the failure that stands for it."""
        if isinstance(item, Failure):
            return item
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
        waiting: deque[tuple[list[T | Failure], Future[list[R | Failure]]]] = deque()
        stream = iter(items)
        while some := list(islice(stream, self.handful)):
            waiting.append((some, pool.submit(_attempt_in_worker, some)))
            if len(waiting) >= _AHEAD * self.jobs:
                yield from _results(*waiting.popleft())
        while waiting:
            yield from _results(*waiting.popleft())


_worker: list[tuple[Runner[Any, Any], Gazetteer]] = []  # of this process, for as long as it lives


def _start_worker(runner: Runner[Any, Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that the user sees ends the others
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has shown them already
        _worker.append((runner, runner.session.gazetteer()))


def _attempt_in_worker(items: list[Any]) -> list[Any]:
    runner, gazetteer = _worker[0]
    return [runner.attempt(gazetteer, item) for item in items]


def _results(items: list[T | Failure], future: Future[list[R | Failure]]) -> Sequence[R | Failure]:
    try:
        return future.result()
    except BrokenProcessPool:
        why = "Its process ended early, maybe for want of memory: use fewer --jobs."
        return [item if isinstance(item, Failure) else _failure(item, why) for item in items]


def _failure(item: Item, error: str) -> Failure:
    if isinstance(item, Record):
        return item.failed(error)
    return Failure(item.id, error, is_record=True)
