"""Turn a workbook into Parquet files of text, in a process of its own with bounded memory.

    python -m smdi.assessments.reading.workbook_worker WORKBOOK KIND FOLDER

A workbook that is damaged or hostile ends this process and not the import. FOLDER gets a file
`<n>.parquet` a sheet, with columns `row` (from 1) and `0`, `1`, … as text, and `sheets.json`, the
names in order, or `error.txt`, one line that says what is wrong.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineSheet, CalamineWorkbook

from smdi.assessments.reading.xlsx_parts import row_chunks, sheet_parts

MEMORY = 3 << 30
WIDEST = 16_384
MOST_WHOLE = 1_000_000_000_000_000
ROWS = 20_000
Grid = tuple[int, int, list[list[Any]]]


def main(arguments: list[str]) -> int:
    """Convert; exit status 1 with `error.txt` when the workbook cannot be read."""
    path, kind, folder = Path(arguments[0]), arguments[1], Path(arguments[2])
    _limit_memory()
    try:
        grids = _xlsx(path) if kind == "xlsx" else _whole(path, kind)
        names = []
        for number, (name, parts) in enumerate(grids):
            names.append(name)
            _write(folder / f"{number}.parquet", parts)
        (folder / "sheets.json").write_text(json.dumps(names), "utf-8")
    except MemoryError:
        return _failed(folder, f"a sheet that needs more than {MEMORY >> 30} GiB of memory")
    except OSError as error:
        return _failed(folder, error.strerror or str(error))
    except BaseException as error:  # a panic of the reader is no Exception
        return _failed(folder, f"{type(error).__name__}: {str(error).splitlines()[0][:200]}")
    return 0


def _failed(folder: Path, message: str) -> int:
    (folder / "error.txt").write_text(message, "utf-8")
    return 1


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):  # not every system has such limits
        pass


def _xlsx(path: Path) -> Iterator[tuple[str, Iterator[Grid]]]:
    """Yield the sheets of an .xlsx in chunks of rows, each read as a small workbook of its own."""
    with zipfile.ZipFile(path) as archive:
        for name, part in sheet_parts(archive):
            yield name, _chunks(archive, name, part)


def _chunks(archive: zipfile.ZipFile, name: str, part: str) -> Iterator[Grid]:
    last = 0
    for content, numbered in row_chunks(archive, part):
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name)
        if sheet.start is not None:
            offset = 0 if numbered else last
            yield _grid(sheet, offset)
            last = sheet.start[0] + offset + sheet.height


def _whole(path: Path, kind: str) -> Iterator[tuple[str, Iterator[Grid]]]:
    """Yield the sheets of an .xls or .ods, read whole."""
    workbook = CalamineWorkbook.from_filelike(
        io.BytesIO(_unpacked(path) if kind == "ods" else path.read_bytes())
    )
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        yield name, iter([_grid(sheet, 0)] if sheet.start is not None else [])


def _unpacked(path: Path) -> bytes:
    """Return an .ods stored without compression, so that no part is longer than it claims."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w") as stored:
        for part in ("mimetype", "content.xml", "META-INF/manifest.xml"):
            if part in archive.namelist():
                stored.writestr(part, archive.read(part))
    return out.getvalue()


def _grid(sheet: CalamineSheet, offset: int) -> Grid:
    assert sheet.start is not None
    row, column = sheet.start
    return row + offset, column, sheet.to_python(skip_empty_area=True)


def _write(path: Path, grids: Iterator[Grid]) -> None:
    """Write a sheet; the width is that of its first chunk, which holds the header."""
    writer: pq.ParquetWriter | None = None
    width = 0
    for first_row, first_column, rows in grids:
        if writer is None:
            width = min(first_column + max(map(len, rows), default=0), WIDEST)
            fields = [("row", pa.int64()), *((str(place), pa.string()) for place in range(width))]
            writer = pq.ParquetWriter(path, pa.schema(fields), compression="zstd")
        for start in range(0, len(rows), ROWS):
            part = rows[start : start + ROWS]
            writer.write_table(_table(part, first_row + start + 1, first_column, width))
    if writer is None:
        writer = pq.ParquetWriter(path, pa.schema([("row", pa.int64())]))
    writer.close()


def _table(rows: list[list[Any]], first_row: int, first_column: int, width: int) -> pa.Table:
    numbers = pa.array(range(first_row, first_row + len(rows)), pa.int64())
    blank = pa.repeat(pa.scalar("", pa.string()), len(rows))
    columns = [blank] * min(first_column, width)
    columns += [_texts(values) for values in zip(*rows, strict=True)]
    columns += [blank] * (width - len(columns))
    names = ["row", *(str(place) for place in range(width))]
    return pa.table([numbers, *columns[:width]], names=names)


def _texts(values: tuple[Any, ...]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.array([_text(value) for value in values], pa.string())


def _text(value: object) -> str:
    """Return a cell's stored value as text; of a number all its digits, of a date ISO form."""
    convert: Callable[[Any], str] = _AS_TEXT.get(type(value), str)
    return convert(value)


def _number(value: float) -> str:
    if value == value // 1 and abs(value) < MOST_WHOLE:
        return str(int(value))
    return repr(value)


def _moment(value: datetime) -> str:
    return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")


_AS_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    float: _number,
    int: str,
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
    type(None): lambda _: "",
}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
