"""Copies of the project in which edits are tried, each with an environment of its own."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutation.operators import Mutant
from tests.mutation.reach import Selection

# Tests of what `make book` made: an edit reaches them through a build.
OF_THE_BOOK = ("tests/site", "tests/pdf", "tests/test_changes.py")
OWN_BOOKS, EDITION = "tests/pdf", "[edition"
NOT_RUN = "not builds and not lab and not proofs and not slurm"
ENVIRONMENT = os.environ | {"CI": "true", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
PASSED, FAILED, NONE_LEFT = 0, 1, 5


@dataclass
class Worker:
    """A copy of the tracked files, with the book built; kept between runs, for its builds."""

    root: Path
    server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @classmethod
    def made(cls, project: Path, root: Path, *, book: bool) -> Worker:
        """Copy what git tracks, as it lies in the working tree, and bring the book up to date.

        Unless `book`, one that was built before is good enough.
        """
        worker = cls(root)
        if not (root / ".git").is_dir():
            root.mkdir(parents=True, exist_ok=True)
            worker._git("init", "-q")
        listed = ["git", "ls-files", "-z"]
        files = subprocess.run(listed, cwd=project, check=True, capture_output=True).stdout
        names = {name.decode() for name in files.split(b"\0") if name}
        names = {name for name in names if (project / name).is_file()}
        before = subprocess.run(listed, cwd=root, check=True, capture_output=True).stdout
        for gone in {name.decode() for name in before.split(b"\0") if name} - names:
            (root / gone).unlink(missing_ok=True)
        for name in names:
            data = (project / name).read_bytes()
            path = root / name
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                path.chmod((project / name).stat().st_mode)
        # Tests ask git for the tracked files.
        worker._git("add", "-A")
        identity = ["-c", "user.name=mutants", "-c", "user.email=mutants@localhost"]
        worker._git(*identity, "commit", "-q", "--allow-empty", "-m", "copy")
        if book or not (root / "_build/2021/current").exists():
            subprocess.run(["make", "book"], cwd=root, check=True, stdout=subprocess.DEVNULL)
        return worker

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.root, check=True)

    def cleaned(self) -> None:
        """Put back every tracked file, and drop what an edit made the tests leave."""
        self._git("checkout", "-q", "--", ".")
        self._git("clean", "-fdq")

    def measured(self, files: Sequence[str], workers: int) -> tuple[Path, dict[str, float | None]]:
        """Run test files under coverage, a context a test; give the database, and their seconds.

        A test that fails without any edit has none. Raises RuntimeError when they do not run.
        """
        database, spent = self.root / ".coverage", self.root / ".coverage-seconds"
        database.unlink(missing_ok=True)
        command = [
            ".venv/bin/python",
            "-m",
            "pytest",
            "-q",
            "-m",
            NOT_RUN,
            "-p",
            "no:cacheprovider",
        ]
        command += ["-n", str(workers), "--dist", "loadfile", "--cov"]
        command += ["--cov-context=test", "--cov-report="]
        command += ["-p", "tests.mutation.timing", f"--seconds={spent}"]
        if self.run([*command, *files], limit=7200) not in (PASSED, FAILED, NONE_LEFT):
            raise RuntimeError(f"the tests do not run in {self.root}")
        return database, json.loads(spent.read_text("utf-8"))

    def pytest(self, arguments: Sequence[str], limit: float) -> int | None:
        """Run pytest in the copy; give its exit status, None when it took longer than `limit`."""
        if self.server is None:
            self.server = subprocess.Popen(
                [".venv/bin/python", "-m", "tests.mutation.forking"],
                cwd=self.root,
                env=ENVIRONMENT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,  # what is ready can be asked of the pipe alone
            )
        assert self.server.stdin is not None and self.server.stdout is not None
        # The names of some thousand tests are more than fits a pipe.
        told = self.root / ".git/words-of-pytest"
        told.write_text("\n".join(["-p", "no:cacheprovider", *arguments]), "utf-8")
        self.server.stdin.write(json.dumps([f"@{told}"]).encode() + b"\n")
        process = int(self.server.stdout.readline())
        ended, _, _ = select.select([self.server.stdout], [], [], limit)
        _end(process)
        status = int(self.server.stdout.readline())
        return status if ended else None

    def run(self, arguments: Sequence[str], limit: float) -> int | None:
        """Run a command in the copy, within a time."""
        process = subprocess.Popen(
            arguments,
            cwd=self.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=ENVIRONMENT,
        )
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process.pid)
            process.wait()


def _end(session: int) -> None:
    """Kill what a command left running in its session, an endless test above all."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def outcome_of(copy: Worker, mutant: Mutant, tests: Selection, limit: int, book: bool) -> str:
    """Try one edit: the tests that run its line, whole files of tests, a build and its tests.

    Returns `noticed by` one of the three, `timeout` (a test hangs: noticed as well) or `survived`.
    """
    path = copy.root / mutant.file
    patient = limit + 2 * tests.seconds
    try:
        _replaced(path, mutant.applied(path.read_bytes()))
        quick = _quick(tests.tests)
        others = [f"--deselect={name}" for name in (*quick, *tests.failing)]
        for name, asked in ("line", quick), ("file", _quick(tests.files)):
            more = [*asked, *(others if name == "file" else [])]
            status = copy.pytest(["-q", "-x", "-m", NOT_RUN, *more], patient) if asked else PASSED
            if status not in (PASSED, NONE_LEFT):
                return _said(status, f"noticed by {name}")
        if not book:
            return "survived"
        status = copy.run(["make", "book"], limit)
        if status == PASSED:
            status = copy.pytest(["-q", "-x", "-m", NOT_RUN, *OF_THE_BOOK], limit)
        return "survived" if status == PASSED else _said(status, "noticed by book")
    finally:
        copy.cleaned()
        _replaced(path, path.read_bytes())


def _quick(names: Sequence[str]) -> list[str]:
    """Leave out what looks at the built edition: an edit reaches it through a build alone.

    Beside it stand tests of books that they make themselves.
    """
    made = [
        one for one in names if one.startswith(OWN_BOOKS) and "::" in one and EDITION not in one
    ]
    return made + [one for one in names if not one.startswith(OF_THE_BOOK)]


def _replaced(path: Path, source: bytes) -> None:
    """Write a module, and drop what Python compiled of it: an edit may be as long, and as old."""
    path.write_bytes(source)
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
        compiled.unlink()


def _said(status: int | None, noticed: str) -> str:
    return "timeout" if status is None else noticed
