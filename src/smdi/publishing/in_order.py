"""The steps of a build one after the other, where Snakemake runs many builds and each is a job.

Each step is a fork of this process, which has the libraries loaded: neither Snakemake nor Python
starts anew for it. The steps, their records and so their bytes are those of any other build.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from smdi.edition import Edition
from smdi.errors import InputErrors
from smdi.files import remove
from smdi.workflow import steps
from smdi.workflow.guard import run_forked
from smdi.workflow.jobs import run_job
from smdi.workflow.server import warm


def run_in_order(edition: Edition, environment: Mapping[str, str]) -> int:
    """Run the steps whose records lack, but those that need a failed one; 1 if any failed."""
    status = 0
    with _loaded(edition, environment):
        for name, step in steps.read_plan(edition).items():
            if name.startswith("chapter:"):
                _read_ahead(edition)
            lacking = [n for n in step.needs if not steps.record_path(edition, n).exists()]
            if lacking or (not steps.record_path(edition, name).exists() and _run(edition, name)):
                status = 1
    return status


@contextmanager
def _loaded(edition: Edition, environment: Mapping[str, str]) -> Iterator[None]:
    """Have the libraries loaded and a drawer, unless this process is a warm server's fork."""
    os.environ.update(environment)
    if warm.DRAWER_VARIABLE in os.environ:
        warm.load_all()
        _read_once(edition)
        yield
        return
    address = str(edition.work / "warm")
    drawer = Path(warm.drawer_of(address))
    remove(drawer)
    warm.warm_up(address)
    _read_once(edition)
    try:
        yield
    finally:
        remove(drawer)


def _read_once(edition: Edition) -> None:
    """Read what each chapter, a fork of this process, would read anew."""
    # Loaded here: other builds, which load this module too, have no use for them.
    from smdi.report.maps.boundaries import main_sheet
    from smdi.report.published_values import facts_of
    from smdi.report.text.language import use_language
    from smdi.standards import maturity_model, use_standards

    use_standards(*edition.method.source)
    use_language(edition.language)
    maturity_model()
    with suppress(InputErrors):  # the step that needs them says what is wrong with them
        facts_of(edition)
    for name in ("provinces", "cities", "lines", "islands"):
        main_sheet(name)


def _read_ahead(edition: Edition) -> None:
    """Read what was decided about cells, which no chapter need then read anew."""
    from smdi.disclosure.pattern import read_pattern
    from smdi.report.locations import PRODUCTS

    with suppress(InputErrors):
        read_pattern(edition.work / PRODUCTS["protection"])


def _run(edition: Edition, name: str) -> int:
    """Run a step in a process of its own; return its exit status."""
    return run_forked(lambda: run_job(edition, name))
