"""Workbooks as sheets: each is turned into Parquet of text once, then read in batches."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from smdi.assessments.reading.kinds import Kind, refusal
from smdi.assessments.reading.sheets import HEAD_ROWS, Rows, Sheet, as_text

WORKER = "smdi.assessments.reading.workbook_worker"
PREFIX = "smdi-import-"
LONGEST_SECONDS = 3600


@dataclass
class WorkbookSheet(Sheet):
    """A sheet of a workbook, held as a Parquet file in a folder that goes with it."""

    spool: Path | None = None
    folder: tempfile.TemporaryDirectory[str] | None = None

    def batches(self, columns: Sequence[int], after: int) -> Iterator[tuple[pa.Table, Rows]]:
        """Yield columns in batches, see `Sheet`."""
        assert self.spool is not None
        names = [str(place) for place in dict.fromkeys(columns)]
        with pq.ParquetFile(self.spool) as file:
            for batch in file.iter_batches(columns=["row", *names]):
                rows = np.asarray(batch.column("row"))
                table = pa.table({name: as_text(batch.column(name)) for name in names})
                if len(rows) and rows[0] <= after:
                    keep = rows > after
                    table, rows = table.filter(pa.array(keep)), rows[keep]
                yield table, rows


def open_workbook(path: Path, kind: Kind) -> list[Sheet]:
    """Return the sheets of a workbook; InputErrors when it cannot be read."""
    _clear_leftovers()
    folder = tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-")
    home = Path(folder.name)
    command = [sys.executable, "-m", WORKER, str(path), kind, folder.name]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, timeout=LONGEST_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise refusal(
            path, "a workbook that takes an hour to read", "one of some minutes"
        ) from None
    if done.returncode or not (home / "sheets.json").exists():
        told = home / "error.txt"
        why = told.read_text("utf-8") if told.exists() else "its reader gave up (too large?)"
        raise refusal(path, why, "a whole workbook; save it again, or save the sheet as CSV")
    names = json.loads((home / "sheets.json").read_text("utf-8"))
    sheets: list[Sheet] = []
    for number, name in enumerate(names):
        spool = home / f"{number}.parquet"
        sheets.append(WorkbookSheet(path, name, _head(spool), kind, spool=spool, folder=folder))
    return sheets


def _head(spool: Path) -> list[list[str]]:
    """Return the first rows as they stand, blank rows in between filled in."""
    with pq.ParquetFile(spool) as file:
        batch = next(file.iter_batches(batch_size=HEAD_ROWS), None)
    if batch is None:
        return []
    columns = [as_text(batch.column(name)).to_pylist() for name in batch.schema.names[1:]]
    head: list[list[str]] = []
    for number, *cells in zip(batch.column("row").to_pylist(), *columns, strict=True):
        while len(head) < min(number, HEAD_ROWS * 10) - 1:
            head.append([""] * len(columns))
        head.append(cells)
    return head


def _clear_leftovers() -> None:
    """Remove folders of imports that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        process = folder.name.removeprefix(PREFIX).split("-")[0]
        if process.isdigit() and not Path(f"/proc/{process}").exists() and Path("/proc").exists():
            shutil.rmtree(folder, ignore_errors=True)
