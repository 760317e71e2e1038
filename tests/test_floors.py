"""A package whose tests reach less than its floor fails `make coverage`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.floors import faults, shares
from tests.mutation.operators import package_of


def summary(lines: int, covered: int, branches: int, taken: int) -> dict[str, dict[str, int]]:
    return {
        "summary": {
            "num_statements": lines,
            "covered_lines": covered,
            "num_branches": branches,
            "covered_branches": taken,
        }
    }


def test_lines_and_branches_of_a_package_count_together() -> None:
    files = {
        "src/smdi/report/text/parts.py": summary(6, 6, 2, 0),
        "src/smdi/report/values.py": summary(2, 1, 0, 0),
        "src/smdi/files.py": summary(3, 3, 1, 1),
        "src/smdi/report/__init__.py": summary(0, 0, 0, 0),
        "scripts/serve.py": summary(4, 1, 0, 0),
    }
    assert shares({"files": files}) == {"report": 70.0, "scripts": 25.0, "smdi": 100.0}


@pytest.mark.parametrize(
    ("found", "floors", "told"),
    [
        ({"a": 90.0}, {"a": 90}, []),
        ({"a": 89.9}, {"a": 90}, ["a: 89.9 % are reached, below 90 %"]),
        ({"a": 95.0}, {"a": 90}, []),
        ({"a": 90.0}, {}, ["a has no floor"]),
        ({}, {"a": 90}, ["a is not there"]),
    ],
)
def test_what_is_at_fault_is_told(found, floors, told: list[str]) -> None:
    assert faults(found, floors) == told


def test_every_package_has_a_floor() -> None:
    settings = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    files = [*Path().glob("src/**/*.py"), *Path().glob("scripts/*.py")]
    assert set(settings["tool"]["coverage_floors"]) == {package_of(str(one)) for one in files}
