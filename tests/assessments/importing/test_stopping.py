"""How many faults an import bears before nothing is written."""

from __future__ import annotations

import runpy
from types import SimpleNamespace

import pandas as pd
import pytest

from smdi.assessments.importing.job import ImportOptions, Job
from smdi.assessments.problems import ProblemLog
from smdi.files import project_root

SCRIPT = project_root().resolve() / "scripts/import_assessments.py"


def job(faults: int = 0, most: float = 0, *, file: bool = False, items: int = 0) -> Job:
    """An import of ten answers of which so many rows have a fault."""
    log, items_log = ProblemLog("a.csv"), ProblemLog("items.csv")
    for row in range(faults):
        log.add_problem(row + 2, "year", "x", "a year")
    for row in range(items):
        items_log.add_problem(row + 2, "score", "x", "a score")
    if file:
        log.add(None, "city", None, "a column")
    superseded = pd.DataFrame({"row": pd.Series(dtype="int64")})
    answers = SimpleNamespace(keys=range(10), superseded=superseded)
    source = SimpleNamespace(malformed=lambda: iter(()))
    options = ImportOptions(most_rejected=most)
    return Job(None, source, [], answers, log, None, items_log, {}, options)


@pytest.mark.parametrize(
    ("most", "allowed"), [(0, 0), (3, 3), (0.2, 2), (0.19, 1), (0.999, 9), (1, 1)]
)
def test_below_one_it_is_a_share_of_the_answers(most: float, allowed: int) -> None:
    assert job(most=most).allowed == allowed


@pytest.mark.parametrize(
    ("given", "stopped"),
    [
        ({}, False), ({"faults": 1}, True), ({"faults": 2, "most": 2}, False),
        ({"faults": 3, "most": 2}, True), ({"file": True, "most": 5}, True),
        ({"faults": 1, "file": True, "most": 5}, True), ({"items": 1}, True),
        ({"items": 1, "most": 1}, False),
    ],
)  # fmt: skip
def test_too_many_rows_or_a_fault_of_the_file_itself_stop_an_import(given, stopped: bool) -> None:
    assert job(**given).stopped is stopped


def test_an_import_bears_no_fault_and_confirms_no_doubt_unless_it_is_told_to() -> None:
    options = ImportOptions()
    assert (options.most_rejected, options.confirmed, options.last) == (0, (), None)
    assert options.in_full is False


@pytest.mark.parametrize("name", ["items", "last"])
def test_no_file_that_is_read_beside_the_export_is_written_onto(faults, tmp_path, name) -> None:
    (tmp_path / "export.csv").write_text("a\n", "utf-8")
    (tmp_path / "out.parquet").write_text("a\n", "utf-8")
    (problem,) = faults("export.csv", **{name: tmp_path / "out.parquet"})
    assert problem.expected == "an output that is not one of the inputs"


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("faults.txt", "a report of .xlsx or .csv"),
        ("out.csv", "a report that is no other file of the import"),
        ("export.csv", "a report that is no other file of the import"),
    ],
)
def test_a_report_that_may_not_be_written_is_refused_before_the_import(
    monkeypatch, tmp_path, capsys, report: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export.csv").write_text("a\n1\n", "utf-8")
    script = runpy.run_path(str(SCRIPT))
    words = ["export.csv", "--output", "out.csv", "--report", report]
    assert script["main"](words) == 2
    assert capsys.readouterr().err == f"1 problem in the input:\n  {report}; expected {told}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]
