"""A package whose tests reach less than its floor fails `make coverage`."""

from __future__ import annotations

import pytest

from tests.floors import faults, shares


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
        ({"a": 94.9}, {"a": 90}, []),
        ({"a": 89.9}, {"a": 90}, ["a: 89.9 % are reached, below 90 %"]),
        ({"a": 95.0}, {"a": 90}, ["a: 95.0 % are reached, raise its floor"]),
        ({"a": 90.0}, {}, ["a has no floor"]),
        ({}, {"a": 90}, ["a is not there"]),
    ],
)
def test_what_is_at_fault_is_told(found, floors, told: list[str]) -> None:
    assert faults(found, floors) == told
