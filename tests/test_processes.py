"""Work done by several processes: the same results in the same order, and none outlives its parent.

What is done beside something else is done meanwhile.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys

import pytest

from smdi.processes import beside, side_by_side

_PR_GET_PDEATHSIG = 2


def dying_of() -> int:
    """Return the signal by which this process dies with its parent, 0 for none."""
    number = ctypes.c_int()
    ctypes.CDLL(None).prctl(_PR_GET_PDEATHSIG, ctypes.byref(number))
    return number.value


def look(number: int) -> tuple[int, int, int]:
    """Return a number's square, who looks at it, and what that process dies of."""
    return number * number, os.getpid(), dying_of()


def processors(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """Let this process, by its number 0, use so many processors."""
    monkeypatch.setattr(os, "sched_getaffinity", {0: set(range(many))}.__getitem__)


@pytest.mark.parametrize("many", [0, 1, 49, 50, 203])
def test_results_stand_in_the_order_of_what_they_are_of(monkeypatch, many: int) -> None:
    processors(monkeypatch, 2)
    found = side_by_side(look, range(many), 50)
    assert [square for square, *_ in found] == [number * number for number in range(many)]


@pytest.mark.parametrize(("usable", "many", "here"), [(1, 90, True), (2, 49, True), (2, 50, False)])
def test_much_work_on_several_processors_is_given_to_other_processes(
    monkeypatch, usable: int, many: int, here: bool
) -> None:
    processors(monkeypatch, usable)
    looking = {process for _, process, _ in side_by_side(look, range(many), 50)}
    assert (looking == {os.getpid()}) is here
    assert here or os.getpid() not in looking


def test_other_processes_die_with_the_build(monkeypatch) -> None:
    processors(monkeypatch, 2)
    assert {signal for *_, signal in side_by_side(look, range(60), 50)} == {signal.SIGKILL}
    with beside(dying_of) as found:
        assert found() == signal.SIGKILL


@pytest.mark.parametrize(
    ("usable", "worth", "here"), [(1, True, True), (2, False, True), (2, True, False)]
)
def test_what_is_worth_it_is_done_beside_by_another_process(
    monkeypatch, usable: int, worth: bool, here: bool
) -> None:
    processors(monkeypatch, usable)
    with beside(os.getpid, worth) as found:
        assert (found() == os.getpid()) is here


def test_what_is_done_beside_is_done_meanwhile(monkeypatch, tmp_path) -> None:
    processors(monkeypatch, 2)
    begun, seen = tmp_path / "begun", tmp_path / "seen"
    os.mkfifo(begun)
    os.mkfifo(seen)

    def work() -> str:
        begun.write_text("begun")  # both wait for each other: neither comes first
        return seen.read_text()

    with beside(work) as found:
        assert begun.read_text() == "begun"
        seen.write_text("seen")
        assert found() == "seen"


def test_what_work_beside_raises_is_raised_where_it_is_waited_for(monkeypatch) -> None:
    processors(monkeypatch, 2)
    with beside(lambda: 1 / 0) as found, pytest.raises(ZeroDivisionError):
        found()


def test_a_file_takes_the_place_of_no_closed_stream(tmp_path) -> None:
    code = (
        "import sys; from smdi.processes import open_streams; open_streams()\n"
        "with open(sys.argv[1], 'w') as file:\n"
        "    print('said'); print('told', file=sys.stderr); sys.stdout.flush(); sys.stdin.read()\n"
        "    file.write(str(file.fileno() > 2))\n"
    )
    closing = 'exec "$@" <&- >&- 2>&-'
    words = [sys.executable, "-c", code, str(tmp_path / "file")]
    subprocess.run(["sh", "-c", closing, "sh", *words], check=True)
    assert (tmp_path / "file").read_text() == "True"
