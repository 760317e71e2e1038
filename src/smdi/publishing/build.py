"""The build of an edition: find what is not up to date, run it through Snakemake, tell the outcome.

The last good release stays in place whatever happens. A failure is told in one screen: which step,
what and where, what was expected, and where the log is.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from smdi.edition import Edition
from smdi.errors import InputErrors
from smdi.publishing.release import clear_leftovers, current_release
from smdi.workflow import chapters, steps
from smdi.workflow.guard import adopt_orphans, end_with_parent, sole_build
from smdi.workflow.jobs import FAILURES, log_path
from smdi.workflow.pipeline import PARTS, steps_of

CACHE = Path(".snakemake/cache")
SERVER_VARIABLE = "SMDI_WARM_SERVER"
REASONS_SHOWN = 3


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
    fingerprints: dict[str, str] = {}
    found: dict[str, Stale] = {}
    for name, step in plan.items():
        state = steps.state_of(step, fingerprints)
        fingerprints[name] = state.fingerprint
        reasons = tuple(steps.departures(steps.record_path(edition, name), state))
        follows = tuple(needed for needed in step.needs if needed in found)
        if reasons or follows:
            found[name] = Stale(name, reasons, follows)
    return plan, list(found.values())


def build(edition: Edition, cores: str, options: Sequence[str] = ()) -> int:
    """Bring an edition up to date; return the exit status. `options` go to Snakemake."""
    start = time.monotonic()
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
            _question(edition, stale)
            steps.write_plan(edition, plan.values())
            clear_leftovers(edition.folder)
            status = _run(edition, cores, options)
            if status:
                print(failure_text(edition, before), file=sys.stderr)
                return 1
    print(summary(edition, before, time.monotonic() - start))
    return 0


def failure_text(edition: Edition, before: str | None) -> str:
    """Say in one screen why a build failed."""
    kept = "the last release is untouched" if before else "nothing was released"
    lines = [f"The build failed; {kept}."]
    failures = sorted((edition.work / FAILURES).glob("*.json"))
    for path in failures:
        failure = json.loads(path.read_text("utf-8"))
        lines += [f"  step {failure['step']}", *(f"    {line}" for line in failure["lines"])]
    if not failures:
        log = log_path(edition, "snakemake")
        told = log.read_text("utf-8").strip().splitlines() if log.is_file() else []
        lines += ["  a step ended without a word: it was killed, or could not be started"]
        lines += [*(f"    {line}" for line in told[-15:]), f"  log: {log}"]
    return "\n".join(lines)


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


def _question(edition: Edition, stale: Sequence[Stale]) -> None:
    """Set the records of steps aside: their jobs look at them once more before they run."""
    for step in stale:
        record = steps.record_path(edition, step.name)
        if record.is_file():
            record.replace(steps.set_aside(record))
    failures = edition.work / FAILURES
    if failures.is_dir():
        for path in failures.iterdir():
            path.unlink()


def _run(edition: Edition, cores: str, options: Sequence[str]) -> int:
    """Run Snakemake beside a warm server; what the jobs print is shown, what it says is logged."""
    adopt_orphans()
    log = log_path(edition, "snakemake")
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "snakemake", "--quiet", "all", "--nolock", "--keep-going"]
    command += ["--cores", cores, "--config", f"edition={edition.id}", *options]
    with _warm_server(edition) as address, log.open("w", encoding="utf-8") as stream:
        environment = {**os.environ, "XDG_CACHE_HOME": str(CACHE.absolute())}
        environment[SERVER_VARIABLE] = address
        run = subprocess.run(
            command, env=environment, stderr=stream, preexec_fn=end_with_parent, check=False
        )
    return run.returncode


@contextlib.contextmanager
def _warm_server(edition: Edition) -> Iterator[str]:
    """Start the server of this build; its end is the end of all that it forked."""
    with tempfile.TemporaryDirectory(prefix="smdi-") as folder:
        address = str(Path(folder, "warm"))
        log = log_path(edition, "warm-server")
        log.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "smdi.workflow.warm", address]
        with log.open("w", encoding="utf-8") as stream:
            server = subprocess.Popen(
                command, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL
            )
        try:
            while not Path(address).exists() and server.poll() is None:
                time.sleep(0.01)
            yield address
        finally:
            server.kill()
            server.wait()


def _size(path: Path) -> str:
    """Return the size of a file or folder in a reader's unit."""
    files = path.rglob("*") if path.is_dir() else [path]
    total = sum(file.stat().st_size for file in files if file.is_file())
    return f"{total / 1e6:.1f} MB" if total >= 1e5 else f"{total / 1e3:.1f} kB"
