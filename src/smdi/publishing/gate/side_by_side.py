"""Files looked through on all processors that this process may use."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.release import File
from smdi.workflow.guard import end_with_parent

Look = Callable[[File], list[Finding]]

# Fewer are looked through before other processes have started.
FEWEST = 50
# Handed out at once: many are small.
AT_ONCE = 8
# What a forked process looks at, and how; neither could be sent to it.
_given: list[tuple[Look, Sequence[File]]] = []


def side_by_side(look: Look, files: Sequence[File]) -> list[list[Finding]]:
    """Return what `look` finds in each file, in their order."""
    processes = len(os.sched_getaffinity(0))
    if processes == 1 or len(files) < FEWEST:
        return [look(file) for file in files]
    with ProcessPoolExecutor(
        processes, get_context("fork"), _begin, (os.getpid(), look, files)
    ) as pool:
        return list(pool.map(_look_at, range(len(files)), chunksize=AT_ONCE))


def _begin(parent: int, look: Look, files: Sequence[File]) -> None:
    end_with_parent(parent)
    _given[:] = [(look, files)]


def _look_at(index: int) -> list[Finding]:
    look, files = _given[0]
    return look(files[index])
