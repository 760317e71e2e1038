"""What the system is asked for when a chapter is held to its folder, by the version it has.

The C library is stood in for, so that every version is asked on whatever machine the tests run.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from smdi.workflow.kernel.confinement import landlock

# Rights of linux/landlock.h: to write files (bit 1), to remove and to make (4 to 12), from the
# second version to move between folders (13), from the third to cut files (14).
FIRST = 0b0001_1111_1111_0010
MOVES, CUTS = 0b0010_0000_0000_0000, 0b0100_0000_0000_0000


class System:
    """A C library with a version of Landlock; it notes what it is asked, and may fail at a call."""

    def __init__(self, version: int, folder: Path) -> None:
        self.version, self.folder = version, folder
        self.fails: int | None = None
        self.asked: list[tuple[Any, ...]] = []
        self.opened: list[int] = []

    def library(self, name: str | None, use_errno: bool = False) -> Any:
        """Stand in for ctypes.CDLL, of which each gives the library anew."""
        system = self

        class Library:
            def syscall(self, number: int, *given: Any) -> int:
                return system.call(number, given, use_errno)

            def prctl(self, *given: int) -> int:
                system.asked.append(("prctl", *given))
                return 0

        assert name is None, "this process's own"
        return Library()

    def call(self, number: int, given: tuple[Any, ...], use_errno: bool) -> int:
        if number == self.fails and given[0] is not None:
            if use_errno:
                ctypes.set_errno(errno.E2BIG)
            return -1
        if (number, given) == (444, (None, 0, 1)):
            return self.version
        if number == 444:
            asked, size, flags = given
            self.asked.append(("create", asked._obj.handled, size, flags))
            self.opened.append(os.open(self.folder, os.O_RDONLY))
            return self.opened[0]
        assert given[0] == self.opened[0]
        if number == 445:
            _, kind, rule, flags = given
            place = str(Path(f"/proc/self/fd/{rule._obj.folder}").readlink())
            size = ctypes.sizeof(rule._obj)
            self.asked.append(("add", place, rule._obj.allowed, kind, size, flags))
            self.opened.append(rule._obj.folder)
            return 0
        assert number == 446
        self.asked.append(("restrict", *given[1:]))
        return 0

    @property
    def left_open(self) -> list[int]:
        """What was opened and is still the same."""
        return [one for one in self.opened if _is_folder(one)]


def _is_folder(descriptor: int) -> bool:
    try:
        return stat.S_ISDIR(os.fstat(descriptor).st_mode)
    except OSError:
        return False


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> System:
    made = System(3, tmp_path)
    monkeypatch.setattr(ctypes, "CDLL", made.library)
    return made


@pytest.mark.parametrize(
    ("version", "rights"),
    [
        (1, FIRST),
        (2, FIRST | MOVES),
        (3, FIRST | MOVES | CUTS),
        (4, FIRST | MOVES | CUTS),
        (7, FIRST | MOVES | CUTS),
    ],
)
def test_the_rights_are_all_that_a_version_knows_of_writing(system, tmp_path, version, rights):
    system.version = version
    landlock([str(tmp_path)])
    assert [asked[1] for asked in system.asked if asked[0] == "create"] == [rights]
    assert [asked[2] for asked in system.asked if asked[0] == "add"] == [rights]


def test_each_place_is_a_rule_of_its_own_and_then_the_process_is_held(system, tmp_path) -> None:
    (tmp_path / "own").mkdir()
    landlock([str(tmp_path / "own"), "/dev"])
    rights = FIRST | MOVES | CUTS
    assert system.asked == [
        ("create", rights, 8, 0),
        ("add", str(tmp_path / "own"), rights, 1, 12, 0),
        ("add", "/dev", rights, 1, 12, 0),
        # Without it only a process of the administrator may hold itself.
        ("prctl", 38, 1, 0, 0, 0),
        ("restrict", 0),
    ]


@pytest.mark.parametrize("call", [None, 445, 446], ids=["none fails", "add fails", "hold fails"])
def test_nothing_is_left_open_whatever_fails(system: System, tmp_path: Path, call) -> None:
    system.fails = call
    if call:
        with pytest.raises(OSError) as caught:
            landlock([str(tmp_path)])
        assert (caught.value.errno, caught.value.strerror) == (
            errno.E2BIG,
            os.strerror(errno.E2BIG),
        )
    else:
        landlock([str(tmp_path)])
    assert system.opened
    assert system.left_open == []
    assert any(asked[0] == "restrict" for asked in system.asked) is (call is None)


def test_a_place_that_is_not_there_holds_nothing_and_leaves_nothing_open(system, tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        landlock([str(tmp_path / "nowhere")])
    assert [asked[0] for asked in system.asked] == ["create"]
    assert system.left_open == []


def test_another_system_is_not_asked(system: System, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(OSError, match="Landlock is a part of Linux"):
        landlock([str(tmp_path)])
    assert system.asked == []
