"""Steps as jobs: run the script of each, then record what it was made from and what it made.

The script runs in this process. Where its last result was made from the very same, it is not run
at all. What it says of a failure is kept for the driver, which shows it when all has ended.
"""

from __future__ import annotations

import contextlib
import io
import runpy
import shutil
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smdi.edition import Edition
from smdi.files import remove, write_json, write_text
from smdi.workflow import steps
from smdi.workflow.guard import job_of_build
from smdi.workflow.server import ahead
from smdi.workflow.steps import Step

FAILURES = "failures"
KILLED = "was killed, or ended with the build, before it was done; memory may have run out"


def run_jobs(edition: Edition, names: Sequence[str]) -> int:
    """Run steps of the plan one after the other; return 1 if any failed, and run the others too."""
    with ahead.shared(edition, names) if len(names) > 1 else contextlib.nullcontext():
        return max(run_job(edition, name) for name in names)


def run_job(edition: Edition, name: str) -> int:
    """Run a step of the plan by its script; return its exit status."""
    step = steps.read_step(edition, name)
    with job_of_build(edition.folder):
        start = time.monotonic()
        record = steps.record_path(edition, name)
        results = _results(edition, step)
        before = steps.state_of(step, results)
        if not steps.departures(steps.set_aside(record), before):
            steps.write_record(record, before)
            return 0
        # Stands until the step is done, so that one that is killed is named too.
        write_json(failure_path(edition, name), {"step": name, "lines": [KILLED]})
        _clear(edition, step, steps.read_record(steps.set_aside(record)), before)
        failure = _run(edition, step)
        if not failure:
            failure = _finish(step, before, record, results)
        if failure:
            lines = {"step": name, "lines": failure.splitlines()}
            write_json(failure_path(edition, name), lines)
            return 1
        failure_path(edition, name).unlink()
        print(f"  {step.label}  {time.monotonic() - start:.1f} s", flush=True)
        return 0


def _results(edition: Edition, step: Step) -> dict[str, dict[str, str]]:
    """Return the outputs of the steps that a step needs, as their records have them."""
    records = {name: steps.read_record(steps.record_path(edition, name)) for name in step.needs}
    return {name: record["outputs"] for name, record in records.items() if record}


def _clear(
    edition: Edition, step: Step, recorded: Mapping[str, Any] | None, before: steps.State
) -> None:
    """Remove each file that the step makes, and each folder that is not as recorded.

    So nothing damaged stays, and a script that makes nothing cannot pass off its last result; in a
    folder that is as recorded its maker renews what has to be. What lies outside the work folder is
    what readers see: publishing replaces it, in one go.
    """
    made = recorded["outputs"] if recorded else {}
    files = {**made, **before.outputs}
    damaged = [Path(file) for file in files if made.get(file) != before.outputs.get(file)]
    for output in map(Path, step.outputs):
        is_damaged = any(file.is_relative_to(output) for file in damaged)
        if edition.work in output.parents and (output.is_file() or is_damaged):
            remove(output)


def _run(edition: Edition, step: Step) -> str:
    """Run the script; return what it says of its failure, '' when it did what it should."""
    complaints = io.StringIO()
    log = log_path(edition, step.name)
    write_text(log, "")
    before, words = sys.argv, list(step.command)
    sys.argv = words
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
        return f"{_place(error)}{_told(error)}\n  the traceback is in {log}"
    finally:
        sys.argv = before
    return ""


def _finish(
    step: Step, before: steps.State, record: Path, results: Mapping[str, Mapping[str, str]]
) -> str:
    """Record the step, unless something that it is made from changed while it ran."""
    steps.forget_digests()
    after = steps.state_of(step, results)
    changed = [path for path in step.inputs if after.inputs[path] != before.inputs[path]]
    if changed:
        return (
            f"changed while the step ran, by the step itself or by somebody else:\n  "
            f"{', '.join(changed)}\n  see that they are right, and build again"
        )
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


def _told(error: BaseException) -> str:
    """Say what an exception says; of many files that could not be copied, the first."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        _, target, reason = error.args[0][0]
        return f"{target}: {reason}"
    return f"{type(error).__name__}: {error}"


def log_path(edition: Edition, name: str) -> Path:
    """Return the log of a step."""
    return edition.work / "logs" / f"{name.replace(':', '-')}.log"


def failure_path(edition: Edition, name: str) -> Path:
    """Return where a job leaves what it says of its failure."""
    return edition.work / FAILURES / f"{name.replace(':', '-')}.json"
