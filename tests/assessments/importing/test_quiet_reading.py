"""What a workbook's reader says stays within: its process prints nothing and may take an hour."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.assessments.reading import workbooks
from smdi.errors import InputErrors


def refused(path: Path) -> tuple[object, str]:
    with pytest.raises(InputErrors) as caught:
        workbooks.open_workbook(path, "xlsx")
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    return problem.value, problem.expected


@pytest.mark.parametrize("module", ["smdi.no_such_module", "this"], ids=["stderr", "stdout"])
def test_what_the_process_prints_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], module: str
) -> None:
    monkeypatch.setattr(workbooks, "WORKER", module)
    assert refused(tmp_path / "a.xlsx") == (
        "its reader gave up (too large?)",
        "a whole workbook; save it again, or save the sheet as CSV",
    )
    assert capfd.readouterr() == ("", "")


def test_a_workbook_that_takes_longer_than_an_hour_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workbooks.LONGEST_SECONDS == 3600
    monkeypatch.setattr(workbooks, "LONGEST_SECONDS", 0.001)
    assert refused(tmp_path / "a.xlsx") == (
        "a workbook that takes an hour to read", "one of some minutes"
    )  # fmt: skip


def test_what_killed_imports_left_is_cleared_before_a_workbook_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(workbooks, "WORKER", "smdi.no_such_module")
    dead, live, other = "smdi-import-999999999-x", "smdi-import-1-x", "smdi-import-x-y"
    for name in (dead, live, other):
        (tmp_path / name).mkdir()
    refused(tmp_path / "a.xlsx")
    left = {path.name for path in tmp_path.iterdir()}
    assert dead not in left
    assert {live, other} <= left
