"""One build at a time, and no work that outlives its build.

The driver holds a lock for as long as it lives, each job another for as long as it works: a build
that finds a killed one's jobs still at work waits for their end. A job ends by itself when its
build is gone. The locks are of processes and not of files left behind.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from smdi.errors import InputErrors, Problem
from smdi.processes import end_with_parent

BUILD_VARIABLE = "SMDI_BUILD"
DRIVER, JOBS = ".lock", ".jobs"
# Seconds that children may take to end once they are killed.
PATIENCE = 10
# Signals that ask a build to end.
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def sole_build(folder: Path, patience: float = 30) -> Iterator[None]:
    """Hold the edition's locks; InputErrors when another build of it is at work.

    Jobs of a build that was killed get `patience` seconds to end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / DRIVER).open("wb") as driver, (folder / JOBS).open("wb") as jobs:
        deadline = time.monotonic() + patience
        if not _lock(driver.fileno(), fcntl.LOCK_EX):
            raise _busy(folder, "no other build of this edition at the same time")
        while not _lock(jobs.fileno(), fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise _busy(folder, "the end of the jobs that a killed build left behind")
            time.sleep(0.1)
        fcntl.flock(jobs, fcntl.LOCK_UN)
        os.environ[BUILD_VARIABLE] = _name(psutil.Process())
        try:
            yield
        finally:
            end_children()


def start_child(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a process that ends with this one.

    A signal to end that comes meanwhile waits: Python would lose what its handler raises in a fork.
    """
    own = os.getpid()
    with signals_waiting() as before:

        def prepare() -> None:
            end_with_parent(own)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

        return subprocess.Popen(command, preexec_fn=prepare, **options)


def run_forked(work: Callable[[], int]) -> int:
    """Do work in a fork of this process, see `start_forked`; return its exit status."""
    return ended(start_forked(work))


def start_forked(work: Callable[[], int]) -> int:
    """Begin work in a fork of this process, which ends with it; return the fork's number.

    A signal to end that comes meanwhile ends it, unless this process takes none.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    own = os.getpid()
    with signals_waiting() as before:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                end_with_parent(own)
                for number in ENDING:
                    if signal.getsignal(number) != signal.SIG_IGN:
                        signal.signal(number, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
                code = work()
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
    return child


def ended(child: int) -> int:
    """Wait for the end of a fork; return its exit status (negative: a signal)."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def signals_waiting() -> Iterator[set[signal.Signals | int]]:
    """Let signals to end wait; yield those that wait outside too."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield before
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_children() -> None:
    """Kill all processes below this one and wait for their end."""
    children = psutil.Process().children(recursive=True)
    for child in children:
        with _gone():
            child.kill()
    # A parent before its children: then they are this process's own, and it can tell their end.
    deadline = time.monotonic() + PATIENCE
    for child in children:
        with _gone():
            child.wait(max(0.0, deadline - time.monotonic()))


@contextmanager
def job_of_build(folder: Path) -> Iterator[None]:
    """Hold the lock of a job, and end it with all its children when its build is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / JOBS).open("ab") as jobs:
        fcntl.flock(jobs, fcntl.LOCK_SH)
        done = threading.Event()
        if build := os.environ.get(BUILD_VARIABLE):
            threading.Thread(target=_watch, args=(build, done), daemon=True).start()
        try:
            yield
        finally:
            done.set()


def _watch(build: str, done: threading.Event) -> None:
    while not done.wait(0.2):
        if not _alive(build):
            end_children()
            os._exit(1)


def _alive(build: str) -> bool:
    try:
        process = psutil.Process(int(build.partition(":")[0]))
        return _name(process) == build and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, ValueError):
        return False


def _name(process: psutil.Process) -> str:
    """Name a process so that a later one with the same number is another."""
    return f"{process.pid}:{process.create_time()}"


def _lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _busy(folder: Path, expected: str) -> InputErrors:
    return InputErrors([Problem(str(folder), None, None, None, expected)])


@contextmanager
def _gone() -> Iterator[None]:
    try:
        yield
    except psutil.Error:
        return
