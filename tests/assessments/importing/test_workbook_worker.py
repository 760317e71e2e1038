"""The process that reads a workbook says in a file what it could not do, whatever happens in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.assessments.reading import workbook_worker
from smdi.assessments.reading.workbook_worker import MEMORY


class Panic(BaseException):
    """What a reader written in another language raises."""


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (ValueError("no sheet"), "ValueError: no sheet"),
        (ValueError("no sheet\nat 0x12"), "ValueError: no sheet"),
        (Panic("x" * 300), f"Panic: {'x' * 200}"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError("a disk"), "a disk"),
        (MemoryError(), f"a sheet that needs more than {MEMORY >> 30} GiB of memory"),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_fault_is_told_in_one_line(tmp_path: Path, monkeypatch, fault, told, kind) -> None:
    def read(*_: object) -> None:
        raise fault

    monkeypatch.setattr(workbook_worker, "_limit_memory", lambda: None)
    monkeypatch.setattr(workbook_worker, "_xlsx", read)
    monkeypatch.setattr(workbook_worker, "_whole", read)
    assert workbook_worker.main(["book", kind, str(tmp_path)]) == 1
    assert (tmp_path / "error.txt").read_text("utf-8") == told
    assert not (tmp_path / "sheets.json").exists()
