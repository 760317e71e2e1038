"""One step as a job: run its script, then record what it was made from and what it made.

The script runs in this process. Where its last result was made from the very same, it is not run
at all. What it says of a failure is kept for the driver, which shows it when all has ended.
"""

from __future__ import annotations

import contextlib
import io
import runpy
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

from smdi.edition import Edition
from smdi.files import write_json, write_text
from smdi.workflow import steps
from smdi.workflow.guard import job_of_build
from smdi.workflow.steps import Step

FAILURES = "failures"
SHOWN_LINES = 40


def run_job(edition: Edition, name: str, label: str, words: Sequence[str]) -> int:
    """Run a step by its script and arguments (`words`); return its exit status."""
    step = steps.read_plan(edition)[name]
    with job_of_build(edition.folder):
        start = time.monotonic()
        record = steps.record_path(edition, name)
        fingerprints = _fingerprints(edition, step)
        before = steps.state_of(step, fingerprints)
        if not steps.departures(steps.set_aside(record), before):
            steps.write_record(record, before)
            return 0
        failure = _run(edition, step, words)
        if not failure:
            failure = _finish(step, before, record, fingerprints)
        if failure:
            _report(edition, name, failure)
            return 1
        print(f"  {label}  {time.monotonic() - start:.1f} s", flush=True)
        return 0


def _fingerprints(edition: Edition, step: Step) -> dict[str, str]:
    found = {}
    for name in step.needs:
        record = steps.read_record(steps.record_path(edition, name))
        found[name] = record["fingerprint"] if record else ""
    return found


def _run(edition: Edition, step: Step, words: Sequence[str]) -> str:
    """Run the script; return what it says of its failure, '' when it did what it should."""
    complaints = io.StringIO()
    log = log_path(edition, step.name)
    write_text(log, "")
    before = sys.argv
    sys.argv = list(words)
    try:
        with contextlib.redirect_stderr(complaints):
            runpy.run_path(words[0], run_name="__main__")
    except SystemExit as ended:
        if ended.code in (None, 0):
            return ""
        said = complaints.getvalue().strip()
        return said or f"{words[0]} ended with status {ended.code} and without a word"
    except BaseException as error:
        write_text(log, complaints.getvalue() + traceback.format_exc())
        return f"{_place(error)}{type(error).__name__}: {error}\n  the traceback is in {log}"
    finally:
        sys.argv = before
    return ""


def _finish(step: Step, before: steps.State, record: Path, fingerprints: Mapping[str, str]) -> str:
    """Record the step, unless something that it is made from changed while it ran."""
    now = steps.inputs_of(step)
    changed = [path for path in now if now[path] != before.inputs[path]]
    if changed:
        return (
            f"changed while the step ran, by the step itself or by somebody else:\n  "
            f"{', '.join(changed)}\n  see that they are right, and build again"
        )
    steps.forget_digests()
    after = steps.state_of(step, fingerprints)
    lacking = [path for path, digest in after.outputs.items() if digest == "missing"]
    if lacking:
        return f"did not make {', '.join(lacking)}"
    steps.write_record(record, after)
    return ""


def _place(error: BaseException) -> str:
    """Name the file and line of the project in which an exception came up."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if "site-packages" not in frame.filename and "/lib/python" not in frame.filename:
            with contextlib.suppress(ValueError):
                path = Path(frame.filename).relative_to(Path.cwd())
                return f"{path}, line {frame.lineno}: "
    return ""


def _report(edition: Edition, name: str, text: str) -> None:
    lines = text.splitlines()
    if len(lines) > SHOWN_LINES:
        log = log_path(edition, name)
        write_text(log, f"{text}\n")
        lines = [*lines[:SHOWN_LINES], f"… {len(lines) - SHOWN_LINES} more lines: {log}"]
    write_json(failure_path(edition, name), {"step": name, "lines": lines})


def log_path(edition: Edition, name: str) -> Path:
    """Return the log of a step."""
    return edition.work / "logs" / f"{name.replace(':', '-')}.log"


def failure_path(edition: Edition, name: str) -> Path:
    """Return where a job leaves what it says of its failure."""
    return edition.work / FAILURES / f"{name.replace(':', '-')}.json"
