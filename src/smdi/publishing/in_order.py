"""The steps of a build one after the other, where Snakemake runs many builds and each is a job.

Each step is a fork of this process, which has the libraries loaded: neither Snakemake nor Python
starts anew for it; chapters, which need none of one another, share one. The steps, their records
and so their bytes are those of any other build.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from smdi.edition import Edition
from smdi.files import remove
from smdi.workflow import steps
from smdi.workflow.guard import run_forked
from smdi.workflow.jobs import run_jobs
from smdi.workflow.server import ahead, warm
from smdi.workflow.steps import Step


def run_in_order(edition: Edition, environment: Mapping[str, str]) -> int:
    """Run the steps whose records lack, but those that need a failed one; 1 if any failed."""
    status = 0
    with _loaded(edition, environment):
        plan = steps.read_plan(edition)
        for _, together in groupby(plan, _process):
            waiting = [name for name in together if not _is_done(edition, name)]
            ready = [name for name in waiting if _may_run(edition, plan[name])]
            failed = bool(ready) and _run(edition, ready) != 0
            if failed or len(ready) < len(waiting):
                status = 1
    return status


def _process(name: str) -> str:
    """Return what the steps of one process have in common."""
    return "chapters" if name.startswith("chapter:") else name


def _may_run(edition: Edition, step: Step) -> bool:
    return all(_is_done(edition, needed) for needed in step.needs)


def _is_done(edition: Edition, name: str) -> bool:
    return steps.record_path(edition, name).exists()


@contextmanager
def _loaded(edition: Edition, environment: Mapping[str, str]) -> Iterator[None]:
    """Have the libraries loaded and a drawer, unless this process is a warm server's fork."""
    os.environ.update(environment)
    if warm.DRAWER_VARIABLE in os.environ:
        warm.load_all()
        ahead.read_for_steps(edition)
        yield
        return
    address = str(edition.work / "warm")
    drawer = Path(warm.drawer_of(address))
    remove(drawer)
    warm.warm_up(address)
    ahead.read_for_steps(edition)
    try:
        yield
    finally:
        remove(drawer)


def _run(edition: Edition, names: Sequence[str]) -> int:
    """Run steps in a process of their own; return its exit status."""
    return run_forked(lambda: run_jobs(edition, names))
