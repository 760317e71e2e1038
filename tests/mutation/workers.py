"""Copies of the project in which edits are tried, each with an environment of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.operators import Mutant

# Tests of what `make book` made: an edit reaches them through a build.
OF_THE_BOOK = ("tests/site", "tests/pdf", "tests/test_changes.py")
NOT_RUN = "not builds and not lab and not proofs and not slurm"
# A mutant may make a search endless or a table huge.
MEMORY_KIB = 8 * 1024 * 1024


@dataclass(frozen=True)
class Worker:
    """A copy of the tracked files, with the book built."""

    root: Path

    @classmethod
    def made(cls, project: Path, root: Path) -> Worker:
        """Copy what git tracks, as it lies in the working tree, and build the book there."""
        root.mkdir(parents=True)
        files = subprocess.run(
            ["git", "ls-files", "-z"], cwd=project, check=True, capture_output=True
        )
        subprocess.run(
            ["cp", "--parents", "--no-dereference", "--target-directory", str(root)]
            + [name.decode() for name in files.stdout.split(b"\0") if name],
            cwd=project,
            check=True,
        )
        # Tests ask git for the tracked files.
        for command in (["git", "init", "-q"], ["git", "add", "-A"]):
            subprocess.run(command, cwd=root, check=True)
        identity = ["-c", "user.name=mutants", "-c", "user.email=mutants@localhost"]
        subprocess.run(["git", *identity, "commit", "-q", "-m", "copy"], cwd=root, check=True)
        subprocess.run(["make", "book"], cwd=root, check=True, stdout=subprocess.DEVNULL)
        return cls(root)

    def measured_reach(self) -> Path:
        """Run the whole of `make test` once with a coverage context a test; give the database."""
        command = ["-q", "-m", NOT_RUN, "-n", "2", "--dist", "loadfile", "--cov"]
        self.pytest([*command, "--cov-context=test", "--cov-report="], limit=3600)
        return self.root / ".coverage"

    def pytest(self, arguments: Sequence[str], limit: int) -> int | None:
        """Run pytest in the copy; give its exit status, None when it took longer than `limit`."""
        command = ".venv/bin/python -m pytest -p no:cacheprovider"
        return self.run([*command.split(), *arguments], limit)

    def run(self, arguments: Sequence[str], limit: int) -> int | None:
        """Run a command in the copy, within bounds of time and memory."""
        process = subprocess.Popen(
            ["bash", "-c", f'ulimit -v {MEMORY_KIB}; exec "$@"', "bounded", *arguments],
            cwd=self.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"CI": "true", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
        )
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what a command left running in its session, an endless test above all."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def outcome_of(copy: Worker, mutant: Mutant, tests: Sequence[str], limit: int) -> str:
    """Try one edit: the tests of its folder, the others that reach it, a build and its tests.

    Returns `noticed by` one of the three, `timeout` (a test hangs: noticed as well) or `survived`.
    """
    path = copy.root / mutant.file
    original = path.read_bytes()
    quick = [name for name in tests if not name.startswith(OF_THE_BOOK)]
    own = [name for name in quick if f"/{mutant.package}/" in name]
    test = ["-q", "-x", "-m", NOT_RUN]
    try:
        path.write_bytes(mutant.applied(original))
        for name, files in (("own", own), ("others", [one for one in quick if one not in own])):
            status = copy.pytest([*test, *files], limit) if files else 0
            if status not in (0, 5):
                return _said(status, f"noticed by {name}")
        status = copy.run(["make", "book"], limit) or copy.pytest([*test, *OF_THE_BOOK], limit)
        return "survived" if status == 0 else _said(status, "noticed by book")
    finally:
        path.write_bytes(original)


def _said(status: int | None, noticed: str) -> str:
    return "timeout" if status is None else noticed
