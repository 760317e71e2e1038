"""A script run as a user would, in this process, with what it calls of the library replaced."""

from __future__ import annotations

import runpy
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from smdi.workflow.guard import ENDING

SCRIPTS = Path(__file__).parents[2] / "scripts"


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


class Asked(list[tuple[tuple, dict]]):
    """The calls of a function that was replaced: their arguments, in order."""

    @property
    def words(self) -> tuple:
        """The arguments by position of the only call."""
        ((words, _),) = self
        return words

    @property
    def options(self) -> dict:
        """The arguments by name of the only call."""
        ((_, options),) = self
        return options


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Put back what a script does with signals."""
    before = {number: signal.getsignal(number) for number in ENDING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def command(monkeypatch, capsys) -> Callable[..., Ended]:
    """Give the runner of a script by its name and words."""

    def run(name: str, *words: object) -> Ended:
        monkeypatch.setattr(sys, "argv", [f"scripts/{name}.py", *map(str, words)])
        status: object = 0
        try:
            runpy.run_path(str(SCRIPTS / f"{name}.py"), run_name="__main__")
        except SystemExit as ended:
            status = ended.code or 0
        told = capsys.readouterr()
        assert isinstance(status, int)
        return Ended(status, told.out, told.err)

    return run


@pytest.fixture
def replaced(monkeypatch) -> Callable[..., Asked]:
    """Give the replacer of a function of the library: `answer` is returned, raised or called."""

    def replace(path: str, answer: object = None) -> Asked:
        asked = Asked()

        def stand_in(*words: object, **options: object) -> object:
            asked.append((words, options))
            if isinstance(answer, BaseException):
                raise answer
            return answer(*words, **options) if callable(answer) else answer

        monkeypatch.setattr(path, stand_in)
        return asked

    return replace
