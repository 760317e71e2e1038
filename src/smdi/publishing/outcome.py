"""What a build tells when it ends: what there is now, or in one screen why it failed."""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smdi.edition import Edition
from smdi.publishing.release import current_release
from smdi.workflow.jobs import FAILURES, log_path
from smdi.workflow.pipeline import PARTS

# Bytes left on a disk that is as good as full.
FULL = 5_000_000
REASONS_SHOWN, STEPS_SHOWN = 3, 3
FAILURES_SHOWN, LINES_SHOWN = 3, 36
# Of a log, whose end says most.
LAST_LINES = 15
# How Snakemake begins to say what is wrong with its options.
_COMPLAINT = re.compile(r"(?:snakemake|__main__\.py): error: ")
# As the system tells it, and as Python writes the error itself.
_ERROR_NUMBER = re.compile(r"(?:\[errno |oserror\()(\d+)[\],]", re.IGNORECASE)


@dataclass(frozen=True)
class Stale:
    """A step that has to run, and why: what differs, or the steps before it that run."""

    name: str
    reasons: tuple[str, ...]
    follows: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Return the first reasons, and how many there are besides; '' where it only follows."""
        shown = "; ".join(self.reasons[:REASONS_SHOWN])
        more = len(self.reasons) - REASONS_SHOWN
        return f"{shown}; {more} more" if more > 0 else shown

    def __str__(self) -> str:
        return f"{self.name}: {self.why or 'follows ' + ', '.join(self.follows[:REASONS_SHOWN])}"


def reasons_text(stale: Iterable[Stale]) -> str:
    """Say what differs, once for all steps that run for it: a module is in dozens of them."""
    steps: dict[str, list[str]] = {}
    for step in stale:
        if step.reasons:
            steps.setdefault(step.why, []).append(step.name)
    return "".join(f"  {_named(names)}: {why}\n" for why, names in steps.items())


def _named(names: Sequence[str]) -> str:
    more = len(names) - STEPS_SHOWN
    shown = ", ".join(names[:STEPS_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


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
        lines += _not_started(log_path(edition, "snakemake"))
    if advised := advice("\n".join(lines), edition):
        lines.append(f"  {advised}")
    elif shutil.disk_usage(edition.folder).free < FULL:
        lines.append(f"  the disk that holds {edition.folder} is full: make room, and build again")
    return "\n".join(lines)


def failed_editions_text(jobs: Path, ids: Sequence[str], log: Path) -> str:
    """Say which of many editions failed, and in one screen why the first of them did.

    `jobs` is the folder with what each said, `log` what Snakemake said. '' if none failed, or
    Snakemake was not asked.
    """
    if not ids or not log.is_file():
        return ""
    told = next((one for one in ids if (jobs / f"{one}.log").is_file()), None)
    if told is None:
        return "\n".join([f"none was built of {', '.join(ids)}", *_not_started(log)])
    path = jobs / f"{told}.log"
    said = path.read_text("utf-8", errors="replace").strip().splitlines()
    lines = [f"edition {told} failed: {path}", *(f"    {line}" for line in said[-LAST_LINES:])]
    if others := [one for one in ids if one != told]:
        lines.append(f"  failed too, told in {jobs}: {', '.join(others)}")
    return "\n".join(lines)


def _not_started(log: Path) -> list[str]:
    """Say what Snakemake complains of when it has started no step."""
    told = log.read_text("utf-8").strip().splitlines() if log.is_file() else []
    lines = ["  no step of the Snakefile could be started, or the build itself was ended"]
    # It lists all its options before it says which is wrong.
    complaint = next((at for at, line in enumerate(told) if _COMPLAINT.match(line)), None)
    if complaint is not None:
        told = [
            _COMPLAINT.sub("Snakemake: ", told[complaint]),
            *told[complaint + 1 :],
        ]
        lines.append("  see profiles/default/config.yaml, and the options of this build")
    return [*lines, *(f"    {line}" for line in told[-LAST_LINES:]), f"  log: {log}"]


def advice(told: str, edition: Edition) -> str:
    """Return what to do about the system's error that is named in a text; '' for none."""
    found = _ERROR_NUMBER.search(told)
    number = int(found[1]) if found else 0
    if number in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk that holds {edition.folder} is full: make room, and build again"
    if number == errno.EFBIG:
        return "raise the limit of a file's size (ulimit -f), and build again"
    if number in (errno.EMFILE, errno.ENFILE):
        return "raise the limit of open files (ulimit -n), and build again"
    if number in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"a build must be able to write to {edition.folder}, and to read all else"
    return ""


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


def _size(path: Path) -> str:
    """Return the size of a file or folder in a reader's unit."""
    files = path.rglob("*") if path.is_dir() else [path]
    total = sum(file.stat().st_size for file in files if file.is_file())
    return f"{total / 1e6:.1f} MB" if total >= 1e5 else f"{total / 1e3:.1f} kB"
