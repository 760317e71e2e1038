"""Where an import writes: never onto an input, never onto another's file, for the owner alone."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path

from smdi.assessments.store import PRIVATE, open_parquet, provenance_tag
from smdi.errors import InputErrors, Problem
from smdi.files import written_whole

DEFAULT_FOLDER = "private"


def refuse_unsafe(output: Path, inputs: Iterable[Path]) -> None:
    """Raise InputErrors when writing `output` and the files beside it would destroy something.

    An input is never written onto, nor is a file that is no file of assessments.
    """
    problems: list[Problem] = []
    sides = [side_file(output, word) for word in ("superseded", "rejected")]
    for path in (output, *sides):
        for given in inputs:
            if path.exists() and given.exists() and path.samefile(given):
                expected = "an output that is not one of the inputs"
                problems.append(Problem(str(path), None, None, None, expected))
    if output.is_dir():
        problems.append(Problem(str(output), None, None, "a folder", "a file to write"))
    elif not problems and output.exists() and not _is_ours(output):
        expected = "an output that may be replaced: this file was not made by an import"
        problems.append(Problem(str(output), None, None, None, expected))
    above = next((folder for folder in output.parents if folder.exists()), None)
    if above is not None and not above.is_dir():
        problems.append(Problem(str(above), None, None, "a file", "a folder for the output"))
    InputErrors.raise_if(problems)
    clear_leftovers(output)


def side_file(output: Path, word: str) -> Path:
    """Return the name of a file that goes beside the output: `<stem>.<word>.csv`."""
    return output.with_name(f"{output.stem}.{word}.csv")


def clear_leftovers(output: Path) -> None:
    """Remove what an import that was killed left beside the output."""
    names = [re.escape(path.name) for path in (output, side_file(output, "superseded"),
                                               side_file(output, "rejected"))]  # fmt: skip
    pattern = re.compile(rf"\.(?:{'|'.join(names)})\.(\d+)\.partial")
    if not output.parent.is_dir():
        return
    for path in output.parent.iterdir():
        match = pattern.fullmatch(path.name)
        if match and not _is_running(int(match[1])):
            path.unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write text whole or not at all, readable by its owner alone, as spreadsheets read it."""
    with written_whole(path) as temporary:
        temporary.touch(mode=PRIVATE)
        temporary.write_text(text, encoding="utf-8-sig")


def rows_csv(
    headings: Sequence[str],
    rows: Iterable[tuple[Sequence[object], Mapping[str, str]]],
    leading: Sequence[str],
) -> str:
    """Return rows as CSV: the leading columns, then the cells of each row by heading."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*leading, *headings])
    for before, cells in rows:
        writer.writerow([*map(harmless, before), *(harmless(cells.get(h, "")) for h in headings)])
    return out.getvalue()


def harmless(value: object) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "@", "\t", "\r") or re.match(r"-\D", text) else text


def _is_ours(path: Path) -> bool:
    if path.stat().st_size == 0:
        return True
    try:
        with open_parquet(path) as file:
            return provenance_tag(file.schema_arrow) is not None
    except InputErrors:
        return False


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
