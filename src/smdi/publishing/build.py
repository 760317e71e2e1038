"""The build of an edition: find what is not up to date, run it through Snakemake, tell the outcome.

The last good release stays in place whatever happens. A failure is told in one screen: which step,
what and where, what was expected, and where the log is.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from smdi.edition import Edition, read_edition
from smdi.errors import InputErrors
from smdi.files import remove
from smdi.publishing.release import clear_leftovers, current_release
from smdi.workflow import chapters, steps
from smdi.workflow.guard import adopt_orphans, end_with_parent, sole_build
from smdi.workflow.jobs import FAILURES, log_path
from smdi.workflow.pipeline import PARTS, firm_steps, steps_of

CACHE = Path(".snakemake/cache")
SERVER_VARIABLE = "SMDI_WARM_SERVER"
# Bytes left on a disk that is as good as full.
FULL = 5_000_000
REASONS_SHOWN = 3
FAILURES_SHOWN, LINES_SHOWN = 3, 36


@dataclass(frozen=True)
class Stale:
    """A step that has to run, and why: what differs, or the steps before it that run."""

    name: str
    reasons: tuple[str, ...]
    follows: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = "; ".join(self.reasons[:REASONS_SHOWN])
        more = len(self.reasons) - REASONS_SHOWN
        told = f"{shown}; {more} more" if more > 0 else shown
        return f"{self.name}: {told or 'follows ' + ', '.join(self.follows[:REASONS_SHOWN])}"


def stale_steps(edition: Edition) -> tuple[dict[str, steps.Step], list[Stale]]:
    """Return all steps, and those that have to run in their order, each with its reasons."""
    steps.forget_digests()
    plan = steps_of(edition)
    return plan, _stale_among(edition, plan)


def _stale_among(edition: Edition, plan: Mapping[str, steps.Step]) -> list[Stale]:
    fingerprints: dict[str, str] = {}
    found: dict[str, Stale] = {}
    for name, step in plan.items():
        state = steps.state_of(step, fingerprints)
        fingerprints[name] = state.fingerprint
        record = steps.last_record(steps.record_path(edition, name))
        reasons = tuple(steps.departures(record, state))
        follows = tuple(needed for needed in step.needs if needed in found)
        if reasons or follows:
            found[name] = Stale(name, reasons, follows)
    return list(found.values())


def build(edition: Edition, cores: str, options: Sequence[str] = (), *, warm: bool = True) -> int:
    """Bring an edition up to date; return the exit status.

    `options` go to Snakemake; `warm` gives the jobs a server that has the libraries loaded.
    """
    start = time.monotonic()
    if edition.base and _make_firms(read_edition(edition.base), cores, options, warm):
        return 1
    with sole_build(edition.folder):
        before = current_release(edition.folder)
        plan, stale = stale_steps(edition)
        if stale:
            print(f"Edition {edition.id}: bringing {edition.folder} up to date", flush=True)
            for step in stale:
                if step.reasons and before:
                    print(f"  {step}", flush=True)
            if any(step.name == "lint" for step in stale):
                _refuse_unprintable()
            _question(edition, plan, stale)
            steps.write_plan(edition, plan.values())
            clear_leftovers(edition.folder)
            if _run(edition, cores, options, warm):
                print(failure_text(edition, before), file=sys.stderr)
                return 1
            if changed := stale_steps(edition)[1]:
                _forget(edition, changed)
                print(changed_text(changed), file=sys.stderr)
                return 1
    print(summary(edition, before, time.monotonic() - start))
    return 0


def _make_firms(edition: Edition, cores: str, options: Sequence[str], warm: bool) -> bool:
    """Bring the firms up to date that editions of a narrower scope share; tell whether it failed.

    Where they are, nothing of the edition is touched: it may be built at the same time.
    """
    steps.forget_digests()
    if not _stale_among(edition, firm_steps(edition)):
        return False
    with sole_build(edition.folder):
        plan, stale = stale_steps(edition)
        firms = firm_steps(edition)
        print(f"Edition {edition.id}: bringing its firms up to date", flush=True)
        _question(edition, firms, [step for step in stale if step.name in firms])
        steps.write_plan(edition, plan.values())
        last = str(steps.record_path(edition, list(firms)[-1]))
        failed = _run(edition, cores, options, warm, [last]) != 0
        if failed:
            print(failure_text(edition, current_release(edition.folder)), file=sys.stderr)
    return failed


def failure_text(edition: Edition, before: str | None) -> str:
    """Say in one screen why a build failed."""
    kept = "the last release is untouched" if before else "nothing was released"
    lines = [f"The build failed; {kept}."]
    failures = sorted((edition.work / FAILURES).glob("*.json"))
    shown = failures[:FAILURES_SHOWN]
    for path in shown:
        failure = json.loads(path.read_text("utf-8"))
        told = failure["lines"]
        # All together on one screen; each ends with what to do and where its log is.
        most = LINES_SHOWN // len(shown)
        if len(told) > most:
            told = [*told[: most - 3], f"… all lines are in {path}", *told[-2:]]
        lines += [f"  step {failure['step']}", *(f"    {line}" for line in told)]
    if more := [path.stem for path in failures[FAILURES_SHOWN:]]:
        lines.append(f"  failed too, told in {path.parent}: {', '.join(more)}")
    if not failures:
        log = log_path(edition, "snakemake")
        told = log.read_text("utf-8").strip().splitlines() if log.is_file() else []
        lines += ["  no step could be started, or the build itself was ended"]
        lines += [*(f"    {line}" for line in told[-15:]), f"  log: {log}"]
    if shutil.disk_usage(edition.folder).free < FULL:
        lines.append(f"  the disk that holds {edition.folder} is full: make room, and build again")
    return "\n".join(lines)


def changed_text(stale: Sequence[Stale]) -> str:
    """Say what is not as the build that has just ended left it or read it."""
    lines = ["The build ended, but something changed meanwhile, by itself or by somebody else:"]
    lines += [f"  {step}" for step in stale if step.reasons]
    return "\n".join([*lines, "  see that it is right, and build again"])


def summary(edition: Edition, before: str | None, seconds: float) -> str:
    """Say what there is now, how large, and whether it is new."""
    now = current_release(edition.folder)
    state = "unchanged" if now == before else "new"
    lines = [f"Edition {edition.id} is up to date ({state}, {seconds:.0f} s):"]
    for part in PARTS:
        path = edition.folder / part
        shown = path / "index.html" if part == "site" else path
        lines.append(f"  {shown!s:40} {_size(path):>8}")
    return "\n".join(lines)


def _refuse_unprintable() -> None:
    """Raise InputErrors for what no page can print, before any chapter is executed."""
    # Loaded here, as it is slow to load and most builds find no page changed.
    from smdi.publishing.printing import unprintable

    InputErrors.raise_if(unprintable(map(Path, chapters.prose())))


def _question(edition: Edition, plan: Iterable[str], stale: Sequence[Stale]) -> None:
    """Set the records of stale steps aside: their jobs look at them once more before they run."""
    in_question = {step.name for step in stale}
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


def _run(
    edition: Edition, cores: str, options: Sequence[str], warm: bool, targets: Sequence[str] = ()
) -> int:
    """Run Snakemake for all or for some files, beside a warm server or without.

    What the jobs print is shown, what Snakemake says is logged.
    """
    adopt_orphans()
    log = log_path(edition, "snakemake")
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "snakemake", *targets, "--nolock", "--keep-going"]
    command += ["--cores", cores, "--config", f"edition={edition.id}", *options]
    environment = {**os.environ, "XDG_CACHE_HOME": str(CACHE.absolute())}
    environment.pop(SERVER_VARIABLE, None)
    # Temporary files of a killed build go with the next one.
    temporary = edition.work / "tmp"
    remove(temporary)
    temporary.mkdir()
    environment["TMPDIR"] = str(temporary.absolute())
    mortal = partial(end_with_parent, os.getpid())
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(log.open("w", encoding="utf-8"))
        if warm:
            environment[SERVER_VARIABLE] = stack.enter_context(_warm_server(edition))
        run = subprocess.run(
            command, env=environment, stderr=stream, preexec_fn=mortal, check=False
        )
    return run.returncode


@contextlib.contextmanager
def _warm_server(edition: Edition) -> Iterator[str]:
    """Start the server of this build; its end is the end of all that it forked."""
    # As seen from the project, where the jobs are too: such an address may not be long.
    address = edition.work / "warm"
    remove(address)
    log = log_path(edition, "warm-server")
    command = [sys.executable, "-m", "smdi.workflow.warm", str(address)]
    mortal = partial(end_with_parent, os.getpid())
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(
            command, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL, preexec_fn=mortal
        )
    try:
        while not address.exists() and server.poll() is None:
            time.sleep(0.01)
        yield str(address)
    finally:
        server.kill()
        server.wait()
        address.unlink(missing_ok=True)


def _size(path: Path) -> str:
    """Return the size of a file or folder in a reader's unit."""
    files = path.rglob("*") if path.is_dir() else [path]
    total = sum(file.stat().st_size for file in files if file.is_file())
    return f"{total / 1e6:.1f} MB" if total >= 1e5 else f"{total / 1e3:.1f} kB"
