"""A log of faults: five examples of a kind, fifty in all, and every fault counted once."""

from __future__ import annotations

import numpy as np
import pytest

from smdi.assessments.problems import ProblemLog
from smdi.assessments.reading.sheets import Place


def rows(count: int, first: int = 2) -> np.ndarray:
    return np.arange(first, first + count, dtype=np.int64)


def all_of(count: int) -> np.ndarray:
    return np.ones(count, dtype=bool)


def note(log: ProblemLog, column: str, count: int, expected: str = "x", **how: object) -> None:
    log.add_rows(all_of(count), rows(count), column, lambda index: f"v{index}", expected, **how)


@pytest.mark.parametrize(
    ("count", "counts"), [(1, [1]), (5, [1] * 5), (6, [1, 1, 1, 1, 2]), (400, [1, 1, 1, 1, 396])]
)
def test_of_a_kind_five_are_told_and_the_last_counts_the_others(count, counts) -> None:
    log = ProblemLog("a.csv")
    note(log, "c", count)
    told = log.listing()
    assert [one.count for one in told] == counts
    assert [(one.row, one.value) for one in told] == [
        (place + 2, f"v{place}") for place in range(len(counts))
    ]
    assert log.count == sum(counts)


@pytest.mark.parametrize(
    ("kinds", "each", "listed", "unlisted"),
    [
        (10, 5, [5] * 10, 0),
        (11, 5, [5] * 6 + [4] * 5, 0),
        (50, 2, [1] * 50, 0),
        (52, 2, [1] * 50, 2),
    ],
)
def test_fifty_are_told_in_all_so_that_every_kind_has_its_share(kinds, each, listed, unlisted):
    log = ProblemLog("a.csv")
    for kind in range(kinds):
        note(log, f"c{kind:02}", each)
    told = log.listing()
    named = [one.column for one in told if one.column]
    assert [named.count(f"c{kind:02}") for kind in range(min(kinds, 50))] == listed
    assert named == sorted(named)
    assert sum(one.count for one in told) == log.count == kinds * each
    assert len(told) == sum(listed) + bool(unlisted)
    if unlisted:
        assert told[-1].expected == "none of 4 more problems of 2 other kinds"
        assert (told[-1].file, told[-1].row) == ("a.csv", None)


def test_kinds_are_told_apart_by_column_and_expectation_or_by_a_name_they_share() -> None:
    log = ProblemLog("a.csv")
    note(log, "a", 3)
    note(log, "a", 3, expected="y")
    note(log, "b", 4, kind="items")
    note(log, "c", 4, kind="items")
    assert [(one.column, one.expected, one.count) for one in log.listing()] == [
        *[("a", "x", 1)] * 3,
        *[("a", "y", 1)] * 3,
        *[("b", "x", 1)] * 4,
        ("c", "x", 4),
    ]


def test_only_rows_that_are_bad_are_noted_and_none_where_there_are_none() -> None:
    log = ProblemLog("a.csv")
    bad = np.array([False, True, False, True])
    log.add_rows(~all_of(4), rows(4), "c", str, "x")
    assert not log
    assert list(log.rows) == []
    log.add_rows(bad, rows(4, first=10), "c", str, "x", nearest=lambda index: f"n{index}")
    log.add_rows(bad[::-1], rows(4, first=10), "d", str, "x")
    assert bool(log)
    assert [(one.row, one.value, one.nearest) for one in log.problems()] == [
        (11, "1", "n1"), (13, "3", "n3"), (10, "0", None), (12, "2", None),
    ]  # fmt: skip
    assert list(log.rows) == [10, 11, 12, 13]


def test_faults_of_a_file_are_none_of_a_row() -> None:
    log = ProblemLog("a.csv")
    note(log, "c", 2)
    assert log.of_rows_alone
    log.add(None, "d", None, "a column")
    assert not log.of_rows_alone
    assert (log.count, list(log.rows)) == (3, [2, 3])


@pytest.mark.parametrize(("in_full", "kept"), [(False, 5), (True, 8)])
def test_in_full_every_fault_is_kept_also_by_its_row(in_full: bool, kept: int) -> None:
    log = ProblemLog("a.csv", in_full=in_full)
    note(log, "c", 7)
    log.add_problem(3, None, "2 cells", "3 cells")
    note(log, "d", 2) if in_full else None
    assert len(log.problems()) == kept + 1 + (1 if in_full else 0)
    if in_full:
        assert [one.column for one in log.by_row[3]] == ["c", None, "d"]
        assert [one.value for one in log.by_row[3]] == ["v1", "2 cells", "v1"]
        assert sorted(log.by_row) == [2, 3, 4, 5, 6, 7, 8]
        assert len(log.listing()) == 5 + 1 + 2
    else:
        assert log.by_row == {}


def test_a_row_of_a_source_is_told_as_file_sheet_cell_and_heading() -> None:
    def locate(row: int, column: str | None) -> Place:
        return Place("b.xlsx", "表" if row < 9 else "", row + 100, f"B{row}", f"{column}!")

    log = ProblemLog("a.xlsx", locate)
    log.add_problem(4, "c", 5, "x")
    log.add_problem(9, "c", 5, "y")
    assert [str(one) for one in log.listing()] == [
        "b.xlsx, sheet 表, cell B4, column c!: found 5; expected x",
        "b.xlsx, cell B9, column c!: found 5; expected y",
    ]
