"""Work on all processors that this process may use; no process outlives the one that started it.

What is done side by side is done by forks: what they work on is theirs as it stands, and only what
they return is sent.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

# Handed out at once: much of it is small.
AT_ONCE = 4
_PR_SET_PDEATHSIG, _PR_SET_NAME, _PR_SET_CHILD_SUBREAPER = 1, 15, 36
# What a forked process does, by number: it could not be sent to it.
_given: list[Callable[[int], Any]] = []


def side_by_side(
    work: Callable[[Thing], Result], things: Sequence[Thing], fewest: int
) -> list[Result]:
    """Return what `work` makes of each thing, in their order.

    For fewer than `fewest`, no other process is started.
    """
    processes = processors()
    if processes == 1 or len(things) < fewest:
        return [work(thing) for thing in things]
    with _forks(processes, lambda number: work(things[number])) as forks:
        return list(forks.map(_work, range(len(things)), chunksize=AT_ONCE))


@contextmanager
def beside(work: Callable[[], Result], worth: bool = True) -> Iterator[Callable[[], Result]]:
    """Have `work` done beside what is done meanwhile; yield what waits for it and returns it.

    Where that is not `worth` another process, what is yielded does the work itself.
    """
    if processors() == 1 or not worth:
        yield work
        return
    with _forks(1, lambda _: work()) as forks:
        yield forks.submit(_work, 0).result


def open_streams() -> None:
    """Open to nowhere what of the standard streams is closed: else a file would take its place."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free: those below are open by now.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def end_with_parent(parent: int) -> None:
    """Let the kernel kill this process when its parent ends (Linux); end now if it has already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def name_process(name: str) -> None:
    """Give this process the name that lists of processes show (Linux)."""
    _prctl(_PR_SET_NAME, name.encode())


def adopt_orphans() -> None:
    """Become the parent of whatever outlives a child of this process (Linux)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int | bytes) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def _forks(many: int, work: Callable[[int], Any]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(many, get_context("fork"), _begin, (os.getpid(), work))


def _begin(parent: int, work: Callable[[int], Any]) -> None:
    end_with_parent(parent)
    _given[:] = [work]


def _work(number: int) -> Any:
    return _given[0](number)
