"""The build of an edition: find what is not up to date, run it through Snakemake, tell the outcome.

The last good release stays in place whatever happens. A failure is told in one screen: which step,
what and where, what was expected, and where the log is.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from smdi.edition import Edition, read_edition
from smdi.errors import InputErrors
from smdi.files import remove
from smdi.processes import adopt_orphans
from smdi.publishing.fonts import missing_fonts
from smdi.publishing.in_order import run_in_order
from smdi.publishing.outcome import Stale, changed_text, failure_text, reasons_text, summary
from smdi.publishing.release import clear_leftovers, current_release
from smdi.publishing.snakemake import Snakemake, loading_snakemake
from smdi.workflow import chapters, steps
from smdi.workflow.dependencies import files_under
from smdi.workflow.editions import ready
from smdi.workflow.guard import end_children, sole_build
from smdi.workflow.jobs import FAILURES, log_path
from smdi.workflow.pipeline import shared_steps, steps_of
from smdi.workflow.server.starting import SERVER_VARIABLE, warm_server

CACHE = Path(".snakemake/cache")
# Steps run side by side: a step whose matrix products take all cores too only waits for itself.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# Where temporary files of jobs go.
TEMPORARY = "tmp"
# What a build reads but for the packages.
FOLDERS = ("src", "data", "notebooks", "book", "scripts", "profiles")
FILES = ("_config.yml", "_toc.yml", "Snakefile", "requirements.lock")


def stale_steps(edition: Edition) -> tuple[dict[str, steps.Step], list[Stale]]:
    """Return all steps, and those that have to run in their order, each with its reasons.

    InputErrors lists in what the edition departs from its data, and what cannot be read.
    """
    steps.forget_digests()
    plan = steps_of(edition)
    if stale := _stale_among(edition, plan):
        InputErrors.raise_if(ready.faults(edition))
    return plan, stale


def _stale_among(edition: Edition, plan: Mapping[str, steps.Step]) -> list[Stale]:
    results: dict[str, dict[str, str]] = {}
    found: dict[str, Stale] = {}
    for name, step in plan.items():
        state = steps.state_of(step, results)
        results[name] = state.outputs
        record = steps.last_record(steps.record_path(edition, name))
        reasons = tuple(steps.departures(record, state))
        follows = tuple(needed for needed in step.needs if needed in found)
        if reasons or follows:
            found[name] = Stale(name, reasons, follows)
    return list(found.values())


def build(
    edition: Edition,
    cores: str,
    options: Sequence[str] = (),
    *,
    warm: bool = True,
    in_order: bool = False,
) -> int:
    """Bring an edition up to date; return the exit status.

    `options` go to Snakemake; `warm` gives the jobs a server that has the libraries loaded.
    `in_order` runs the steps one after the other without Snakemake, see `publishing.in_order`.
    """
    warm = warm and not in_order
    start = time.monotonic()
    if edition.base and make_shared(read_edition(edition.base), cores, options, warm):
        return 1
    with sole_build(edition.folder), contextlib.ExitStack() as stack:
        # Also of a build that was killed when all was released and it only had to say so.
        _clear(edition)
        before = current_release(edition.folder)
        environment = environment_of(edition)
        snakemake = None
        if not in_order and _is_touched(edition):
            snakemake = stack.enter_context(_engine(edition, environment, warm))
        plan, stale = stale_steps(edition)
        # Also where nothing is to do: the last one may be damaged, as anything in the folder.
        steps.write_plan(edition, plan.values())
        if stale:
            print(f"Edition {edition.id}: bringing {edition.folder} up to date", flush=True)
            if before:
                print(reasons_text(stale), end="", flush=True)
            InputErrors.raise_if(missing_fonts())
            _refuse_unprintable(stale)
            _question(edition, plan, stale)
            with _temporary(edition):
                if in_order:
                    failed = run_in_order(edition, environment)
                else:
                    if snakemake is None:
                        snakemake = stack.enter_context(_engine(edition, environment, warm))
                    failed = _run(edition, snakemake, cores, options)
            if failed:
                print(failure_text(edition, before), file=sys.stderr)
                return 1
            if changed := stale_steps(edition)[1]:
                _forget(edition, changed)
                print(changed_text(changed), file=sys.stderr)
                return 1
    print(summary(edition, before, time.monotonic() - start))
    return 0


def make_shared(edition: Edition, cores: str, options: Sequence[str], warm: bool) -> bool:
    """Bring up to date what editions of a narrower scope share; tell whether it failed.

    Where it is, nothing of the edition is touched: it may be built at the same time.
    """
    steps.forget_digests()
    if not _stale_among(edition, shared_steps(edition)):
        return False
    with sole_build(edition.folder):
        _clear(edition)
        plan, _ = stale_steps(edition)
        shared = shared_steps(edition)
        print(f"Edition {edition.id}: bringing up to date what its scopes share", flush=True)
        stale = _stale_among(edition, shared)
        _refuse_unprintable(stale)
        _question(edition, shared, stale)
        steps.write_plan(edition, {**plan, **shared}.values())
        records = [str(steps.record_path(edition, name)) for name in shared]
        environment = environment_of(edition)
        with _temporary(edition), _engine(edition, environment, warm) as snakemake:
            failed = _run(edition, snakemake, cores, [*records, *options])
        if failed:
            print(failure_text(edition, current_release(edition.folder)), file=sys.stderr)
    return bool(failed)


def _refuse_unprintable(stale: Iterable[Stale]) -> None:
    """Raise InputErrors for what no page can print, before any chapter is executed.

    The lint, where it is stale, finds it too, but beside the chapters.
    """
    if all(step.name != "lint" for step in stale):
        return
    # Loaded here, as it is slow to load and most builds find no page changed.
    from smdi.publishing.printing import unprintable

    InputErrors.raise_if(unprintable(map(Path, chapters.prose())))


def _question(edition: Edition, plan: Mapping[str, steps.Step], stale: Sequence[Stale]) -> None:
    """Set the records of stale steps aside: their jobs look at them once more before they run.

    So for all steps of such a job: Snakemake removes what a job makes before it runs.
    """
    found = {step.name for step in stale}
    jobs = [names for names in steps.jobs_of(plan) if not found.isdisjoint(names)]
    in_question = {name for names in jobs for name in names}
    for name in plan:
        record = steps.record_path(edition, name)
        last = steps.last_record(record)
        target = steps.set_aside(record) if name in in_question else record
        if last.is_file():
            last.replace(target)
        else:
            remove(last)
    remove(edition.work / FAILURES)


def _forget(edition: Edition, stale: Sequence[Stale]) -> None:
    """Let steps run for certain next time: what they read may have been what others altered."""
    for step in stale:
        record = steps.record_path(edition, step.name)
        remove(record)
        remove(steps.set_aside(record))


def _is_touched(edition: Edition) -> bool:
    """Guess by times alone whether there is something to do; what is done, digests decide."""
    record = steps.record_path(edition, "publish")
    if not record.is_file():
        return True
    files = [file for folder in FOLDERS for file in files_under(Path(folder))]
    made = record.stat().st_mtime
    return any(Path(file).stat().st_mtime > made for file in (*files, *FILES))


def environment_of(edition: Edition) -> dict[str, str]:
    """Return the environment of all that a build runs."""
    environment = {**os.environ, **ONE_THREAD, "XDG_CACHE_HOME": str(CACHE.absolute())}
    environment["TMPDIR"] = str(edition.work.absolute() / TEMPORARY)
    environment.pop(SERVER_VARIABLE, None)
    return environment


@contextlib.contextmanager
def _engine(edition: Edition, environment: dict[str, str], warm: bool) -> Iterator[Snakemake]:
    """Have Snakemake, and a server for its jobs where it is wanted: both load meanwhile."""
    server = warm_server(edition.work, environment) if warm else contextlib.nullcontext()
    with server, loading_snakemake(environment) as snakemake:
        yield snakemake


def _run(edition: Edition, snakemake: Snakemake, cores: str, words: Sequence[str]) -> int:
    """Run Snakemake; `words` are options and, where not all is wanted, files."""
    adopt_orphans()
    # Last, since it takes every word that follows for a setting.
    words = ["--nolock", "--keep-going", *words, "--cores", cores]
    words += ["--config", f"edition={edition.id}"]
    try:
        return snakemake(words, log_path(edition, "snakemake"))
    finally:
        end_children()


def _clear(edition: Edition) -> None:
    """Clear what a killed build left: what was half made, and temporary files."""
    clear_leftovers(edition.folder)
    remove(edition.work / TEMPORARY)


@contextlib.contextmanager
def _temporary(edition: Edition) -> Iterator[None]:
    """Have a folder for temporary files."""
    temporary = edition.work / TEMPORARY
    temporary.mkdir(parents=True)
    try:
        yield
    finally:
        remove(temporary)
