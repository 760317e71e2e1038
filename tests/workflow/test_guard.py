"""One build at a time, and nothing that outlives its build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from smdi.errors import InputErrors
from smdi.workflow import guard
from smdi.workflow.guard import sole_build, start_child

BUILD = """
import signal, subprocess, sys, time
from pathlib import Path
from smdi.workflow.guard import sole_build
# A shell that starts the tests in the background leaves SIGINT ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
folder = Path(sys.argv[1])
with sole_build(folder):
    job = subprocess.Popen([sys.executable, "-c", sys.argv[2], str(folder)], start_new_session=True)
    print(job.pid, flush=True)
    time.sleep(600)
"""
JOB = """
import sys, time
from pathlib import Path
from smdi.workflow.guard import job_of_build
with job_of_build(Path(sys.argv[1])):
    Path(sys.argv[1], "working").touch()
    time.sleep(600)
"""


@pytest.fixture
def build(tmp_path: Path) -> subprocess.Popen:
    """A build with a job in a session of its own, both at work."""
    command = [sys.executable, "-c", BUILD, str(tmp_path), JOB]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        process.job = int(process.stdout.readline())
        wait_for(lambda: (tmp_path / "working").exists())
        yield process
        process.kill()


@pytest.fixture
def spared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a build of this process end no other child of it: the browser of other tests is one."""
    monkeypatch.setattr(guard, "end_children", lambda: None)
    monkeypatch.setenv(guard.BUILD_VARIABLE, "")


def wait_for(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_second_build_is_refused(build, spared, tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="no other build"), sole_build(tmp_path):
        raise AssertionError("two builds at once")


def test_the_jobs_of_a_killed_build_end_by_themselves(build, tmp_path: Path) -> None:
    os.kill(build.pid, signal.SIGKILL)
    wait_for(lambda: not alive(build.job))


def test_a_build_after_a_killed_one_waits_for_its_jobs(build, spared, tmp_path: Path) -> None:
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    with sole_build(tmp_path):
        assert not alive(build.job)


def test_a_build_that_ends_takes_its_jobs_along(build, tmp_path: Path) -> None:
    os.kill(build.pid, signal.SIGINT)
    build.wait(timeout=60)
    wait_for(lambda: not alive(build.job))


def test_a_finished_build_locks_nobody_out(spared, tmp_path: Path) -> None:
    for _ in range(2):
        with sole_build(tmp_path):
            pass


@pytest.mark.parametrize("hold", [sole_build, guard.job_of_build])
def test_the_folder_of_a_build_need_not_be_there_before_it(spared, tmp_path: Path, hold) -> None:
    with hold(tmp_path / "_build/2021"):
        assert (tmp_path / "_build/2021").is_dir()


def test_a_process_that_will_not_end_is_not_waited_for_without_end(monkeypatch) -> None:
    asked: list[float] = []

    def wait(timeout: float) -> None:
        assert len(killed) == 3, "all are killed before any is waited for"
        asked.append(timeout)
        passed.append(timeout)
        raise psutil.TimeoutExpired(timeout)

    killed, passed = [], [0.0]
    monkeypatch.setattr(guard.time, "monotonic", lambda: sum(passed))
    stubborn = SimpleNamespace(kill=lambda: killed.append(True), wait=wait)
    below = SimpleNamespace(children=lambda *, recursive: [stubborn] * 3 if recursive else [])
    monkeypatch.setattr(psutil, "Process", lambda: below)
    guard.end_children()
    assert 5 <= sum(asked) <= 30


def test_a_parent_is_waited_for_before_its_children_so_that_none_is_left_unasked() -> None:
    """Of a parent that has not ended yet the children's end cannot be told."""
    told = subprocess.run(
        [sys.executable, "-c", FAMILY], capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout == "True True []\n"


FAMILY = """
import os, time, psutil
from smdi.processes import adopt_orphans
from smdi.workflow import guard
adopt_orphans()
if os.fork() == 0:
    if os.fork() == 0:
        os.fork()
    time.sleep(600)
while len(family := psutil.Process().children(recursive=True)) < 3:
    time.sleep(0.01)
waited, wait = [], psutil.Process.wait
psutil.Process.wait = lambda self, timeout=None: (waited.append(self.pid), wait(self, timeout))[1]
parents = {one.pid: one.ppid() for one in family}
guard.end_children()
in_order = all(pid not in waited[:waited.index(parent)] for pid, parent in parents.items()
               if parent in waited)
print(len(waited) == 3, in_order, psutil.Process().children())
"""


ORPHAN = """
import os, sys, time
from pathlib import Path
from smdi.processes import end_with_parent
own = os.getpid()
if os.fork() == 0:
    if sys.argv[2] == "late":
        time.sleep(1)
    end_with_parent(own)
    Path(sys.argv[1], "working").touch()
    time.sleep(600)
if sys.argv[2] == "late":
    os._exit(0)
time.sleep(600)
"""


def processes_naming(folder: Path) -> list[psutil.Process]:
    found = psutil.process_iter(["cmdline", "status"])
    return [p for p in found if str(folder) in (p.info["cmdline"] or ())]


def test_a_process_ends_with_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ORPHAN, str(tmp_path), "early"]
    with subprocess.Popen(command) as parent:
        wait_for(lambda: (tmp_path / "working").exists())
        parent.kill()
    wait_for(lambda: not processes_naming(tmp_path))


def test_a_process_whose_parent_is_gone_already_ends_too(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", ORPHAN, str(tmp_path), "late"], check=True)
    wait_for(lambda: not processes_naming(tmp_path))
    assert not (tmp_path / "working").exists()


def test_what_a_build_starts_ends_when_the_build_is_killed() -> None:
    code = (
        "import sys, time; from smdi.workflow.guard import start_child\n"
        "print(start_child(['sleep', '60']).pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as build:
        child = int(build.stdout.readline())
        assert psutil.pid_exists(child)
        build.kill()
    deadline = time.monotonic() + 20
    while psutil.pid_exists(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not psutil.pid_exists(child)


def test_what_a_build_starts_may_be_told_to_end() -> None:
    child = start_child([sys.executable, "-c", "import time; time.sleep(60)"])
    child.terminate()
    assert child.wait(timeout=20) == -signal.SIGTERM
