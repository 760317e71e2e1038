"""Files looked through by several processes: the same findings in the same order."""

from __future__ import annotations

import ctypes
import os
import signal

import pytest

from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.release import File
from smdi.publishing.gate.side_by_side import side_by_side

_PR_GET_PDEATHSIG = 2


def look(file: File) -> list[Finding]:
    """Find the name of each second file, who looks at it, and what that process dies of."""
    number = ctypes.c_int()
    ctypes.CDLL(None).prctl(_PR_GET_PDEATHSIG, ctypes.byref(number))
    found = Finding(file.name, str(os.getpid()), str(number.value), "looked at")
    return [found] if int(file.name) % 2 else []


def files(many: int) -> list[File]:
    return [File(str(number), b"") for number in range(many)]


def processors(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """Let this process, by its number 0, use so many processors."""
    monkeypatch.setattr(os, "sched_getaffinity", {0: set(range(many))}.__getitem__)


@pytest.mark.parametrize("many", [0, 1, 49, 50, 203])
def test_what_is_found_stands_in_the_order_of_the_files(monkeypatch, many: int) -> None:
    processors(monkeypatch, 2)
    found = side_by_side(look, files(many))
    assert [[one.file for one in own] for own in found] == [
        [str(number)] if number % 2 else [] for number in range(many)
    ]


@pytest.mark.parametrize(("usable", "many", "here"), [(1, 90, True), (2, 49, True), (2, 50, False)])
def test_many_files_on_several_processors_are_given_to_other_processes(
    monkeypatch, usable: int, many: int, here: bool
) -> None:
    processors(monkeypatch, usable)
    looking = {one.place for own in side_by_side(look, files(many)) for one in own}
    assert (looking == {str(os.getpid())}) is here
    assert here or str(os.getpid()) not in looking


def test_other_processes_die_with_the_build(monkeypatch) -> None:
    processors(monkeypatch, 2)
    dying_of = {one.what for own in side_by_side(look, files(60)) for one in own}
    assert dying_of == {str(int(signal.SIGKILL))}
