"""The locks of builds in one process: what is said, how long is waited, who counts as alive."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from smdi.errors import InputErrors, Problem
from smdi.workflow import guard
from smdi.workflow.guard import BUILD_VARIABLE, job_of_build, sole_build, start_child

JOBS_LEFT = "the end of the jobs that a killed build left behind"


@pytest.fixture(autouse=True)
def ended(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """How often a build ended its children: here it has none, and those of other tests stay."""
    found: list[bool] = []
    monkeypatch.setattr(guard, "end_children", lambda: found.append(True))
    monkeypatch.setenv(BUILD_VARIABLE, "")
    return found


@contextmanager
def held(path: Path, kind: int) -> Iterator[None]:
    """Hold a lock as another process would."""
    with path.open("ab") as stream:
        fcntl.flock(stream, kind)
        yield


def refusal(folder: Path, patience: float = 0) -> Problem:
    with pytest.raises(InputErrors) as caught, sole_build(folder, patience):
        raise AssertionError("it was let in")
    (problem,) = caught.value.problems
    return problem


def test_a_second_build_is_told_by_its_folder(tmp_path: Path) -> None:
    expected = "no other build of this edition at the same time"
    with held(tmp_path / ".lock", fcntl.LOCK_SH):
        assert refusal(tmp_path) == Problem(str(tmp_path), None, None, None, expected)


@pytest.mark.parametrize("kind", [fcntl.LOCK_SH, fcntl.LOCK_EX])
def test_jobs_that_do_not_end_are_told_by_the_folder(tmp_path: Path, kind: int) -> None:
    with held(tmp_path / ".jobs", kind):
        assert refusal(tmp_path) == Problem(str(tmp_path), None, None, None, JOBS_LEFT)


def test_jobs_have_half_a_minute_and_the_whole_of_it(tmp_path: Path, monkeypatch) -> None:
    looks, pauses = iter([100.0, 100.0, 130.0, 130.01]), []
    clock = SimpleNamespace(monotonic=lambda: next(looks), sleep=pauses.append)
    monkeypatch.setattr(guard, "time", clock)
    with (
        held(tmp_path / ".jobs", fcntl.LOCK_SH),
        pytest.raises(InputErrors, match=JOBS_LEFT),
        sole_build(tmp_path),
    ):
        raise AssertionError("it was let in")
    assert len(pauses) == 2
    assert max(pauses) < 1


def test_a_job_keeps_builds_out_and_no_other_job(tmp_path: Path) -> None:
    with job_of_build(tmp_path), job_of_build(tmp_path):
        assert refusal(tmp_path).expected == JOBS_LEFT
    with sole_build(tmp_path, 0):
        pass


def test_a_build_lets_its_jobs_in(tmp_path: Path) -> None:
    with sole_build(tmp_path), (tmp_path / ".jobs").open("ab") as jobs:
        fcntl.flock(jobs, fcntl.LOCK_SH | fcntl.LOCK_NB)


def test_a_build_names_itself_for_its_jobs(tmp_path: Path) -> None:
    own = psutil.Process()
    with sole_build(tmp_path):
        assert os.environ[BUILD_VARIABLE] == f"{own.pid}:{own.create_time()}"


def test_a_build_ends_its_children_at_its_end_and_when_it_fails(tmp_path: Path, ended) -> None:
    with sole_build(tmp_path):
        assert ended == []
    assert ended == [True]
    with pytest.raises(KeyError), sole_build(tmp_path):
        raise KeyError
    assert ended == [True, True]


def test_a_job_watches_its_build_as_long_as_it_works(tmp_path: Path, monkeypatch) -> None:
    own = psutil.Process()
    monkeypatch.setenv(BUILD_VARIABLE, f"{own.pid}:{own.create_time()}")
    before = set(threading.enumerate())
    with job_of_build(tmp_path):
        (watch,) = set(threading.enumerate()) - before
        assert watch.daemon
    watch.join(10)
    assert not watch.is_alive()


def test_a_job_without_a_build_watches_none(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with job_of_build(tmp_path):
        assert set(threading.enumerate()) == before


def forked(work: Callable[[], object]) -> int:
    """Start a process that does some work and ends with 7."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(7)
    return child


def of_a_process_that_is_gone() -> str:
    child = forked(lambda: None)
    name = f"{child}:{psutil.Process(child).create_time()}"
    os.waitpid(child, 0)
    return name


@pytest.mark.parametrize(
    ("build", "status"),
    [
        (lambda: f"{os.getpid()}:{psutil.Process().create_time()}", 7),
        # Another process that has its number since.
        (lambda: f"{os.getpid()}:1.0", 1),
        (lambda: "none", 1),
        (of_a_process_that_is_gone, 1),
    ],
    ids=["alive", "another", "no number", "gone"],
)
def test_a_job_goes_on_while_its_build_lives_and_no_longer(
    tmp_path: Path, monkeypatch, build: Callable[[], str], status: int
) -> None:
    monkeypatch.setenv(BUILD_VARIABLE, build())

    def work() -> None:
        with job_of_build(tmp_path):
            time.sleep(0.8 if status == 7 else 30)

    _, told = os.waitpid(forked(work), 0)
    assert os.waitstatus_to_exitcode(told) == status


def test_a_job_whose_build_is_gone_ends_what_it_started_before_itself(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv(BUILD_VARIABLE, f"{os.getpid()}:1.0")
    monkeypatch.setattr(guard, "end_children", (tmp_path / "ended").touch)

    def work() -> None:
        with job_of_build(tmp_path):
            time.sleep(30)

    os.waitpid(forked(work), 0)
    assert (tmp_path / "ended").exists()


def test_a_build_that_nobody_waits_for_is_not_alive(tmp_path: Path, monkeypatch) -> None:
    dead = forked(lambda: None)
    os.waitid(os.P_PID, dead, os.WEXITED | os.WNOWAIT)
    monkeypatch.setenv(BUILD_VARIABLE, f"{dead}:{psutil.Process(dead).create_time()}")

    def work() -> None:
        with job_of_build(tmp_path):
            time.sleep(30)

    _, told = os.waitpid(forked(work), 0)
    os.waitpid(dead, 0)
    assert os.waitstatus_to_exitcode(told) == 1


MASK = "import signal; print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])))"


def test_a_child_takes_the_signals_that_its_parent_takes() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    child = start_child([sys.executable, "-c", MASK], stdout=subprocess.PIPE)
    assert child.communicate(timeout=60)[0].decode() == f"{sorted(before)}\n"
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


def test_a_signal_to_end_waits_while_a_child_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    during: list[set[signal.Signals]] = []

    def start(command: list[str], **options: object) -> None:
        assert (command, options["cwd"]) == (["a"], "b")
        during.append(signal.pthread_sigmask(signal.SIG_BLOCK, []))
        raise OSError("no such program")

    monkeypatch.setattr(guard.subprocess, "Popen", start)
    with pytest.raises(OSError, match="no such program"):
        start_child(["a"], cwd="b")
    assert during == [before | {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}]
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


ADOPTS = """
import os, time
from smdi.processes import adopt_orphans
adopt_orphans()
reads, writes = os.pipe()
if os.fork() == 0:
    middle = os.getpid()
    if os.fork() == 0:
        while os.getppid() == middle:
            time.sleep(0.01)
        os.write(writes, str(os.getppid()).encode())
    os._exit(0)
os.wait()
print(int(os.read(reads, 20)) == os.getpid())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux alone")
def test_what_outlives_a_child_becomes_a_child_of_the_build() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ADOPTS], capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "True\n"
