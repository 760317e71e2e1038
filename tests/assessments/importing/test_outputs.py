"""Where an import may write, and what a list beside it holds."""

from __future__ import annotations

import csv
import io
import os
import stat
from pathlib import Path

import pytest

from smdi.assessments.importing.outputs import (
    clear_leftovers,
    harmless,
    refuse_unsafe,
    rows_csv,
    side_file,
    write_private,
)
from smdi.errors import InputErrors


def faults(output: Path, *inputs: Path) -> list[str]:
    try:
        refuse_unsafe(output, inputs)
    except InputErrors as errors:
        return [problem.expected for problem in errors.problems]
    return []


def test_a_new_file_may_be_written_in_a_folder_that_is_still_to_be_made(tmp_path: Path) -> None:
    assert faults(tmp_path / "new/deep/out.parquet", tmp_path / "in.csv") == []


def test_an_empty_file_may_be_replaced_and_a_letter_may_not(tmp_path: Path) -> None:
    output = tmp_path / "out.parquet"
    output.touch()
    assert faults(output) == []
    output.write_text("a letter")
    assert faults(output) == ["an output that may be replaced: this file was not made by an import"]


@pytest.mark.parametrize("name", ["out.parquet", "out.superseded.csv", "out.rejected.csv"])
def test_no_input_is_written_onto_under_whatever_name(tmp_path: Path, name: str) -> None:
    given = tmp_path / name
    given.write_text("an export")
    told = "an output that is not one of the inputs"
    assert faults(tmp_path / "out.parquet", given) == [told]
    link = tmp_path / "link.csv"
    link.symlink_to(given)
    assert faults(tmp_path / "out.parquet", link) == [told]


def test_a_folder_is_no_file_and_a_file_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out.parquet").mkdir()
    assert faults(tmp_path / "out.parquet") == ["a file to write"]
    (tmp_path / "file").touch()
    assert faults(tmp_path / "file/out.parquet") == ["a folder for the output"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("@a", "'@a"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("-a", "'-a"), ("--1", "'--1"), ("-1", "-1"), ("-", "-"), ("1-2", "1-2"), ("a=b", "a=b"),
        ("", ""), (None, ""), (5, "5"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text: object, told: str) -> None:
    assert harmless(text) == told


def test_rows_stand_under_their_headings_and_none_is_a_formula() -> None:
    text = rows_csv(
        ["甲", "乙"], [((1, "=x"), {"乙": "+2"}), ((2, None), {"甲": 'a,"b"'})], ["n", "m"]
    )
    assert text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text))) == [
        ["n", "m", "甲", "乙"], ["1", "'=x", "", "'+2"], ["2", "", 'a,"b"', ""]
    ]  # fmt: skip


def test_a_list_is_read_by_its_owner_alone_and_by_spreadsheets(tmp_path: Path) -> None:
    path = side_file(tmp_path / "out.parquet", "rejected")
    write_private(path, "甲\r\n")
    assert path.name == "out.rejected.csv"
    assert path.read_bytes() == "甲\r\n".encode("utf-8-sig")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_list_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "out.rejected.csv"
    path.write_text("old")

    def refuse(*_: object) -> None:
        raise OSError("no rename today")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no rename today"):
        write_private(path, "new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.rejected.csv"]


def test_what_killed_imports_left_goes_and_what_others_have_stays(tmp_path: Path) -> None:
    dead, live = 2**22 + 7, os.getpid()
    for name in ("out.parquet", "out.superseded.csv", "out.rejected.csv"):
        for process in (dead, live):
            (tmp_path / f".{name}.{process}.partial").touch()
    for name in (f".outXparquet.{dead}.partial", f".other.parquet.{dead}.partial", "out.parquet"):
        (tmp_path / name).touch()
    clear_leftovers(tmp_path / "out.parquet")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {
        f".out.parquet.{live}.partial", f".out.superseded.csv.{live}.partial",
        f".out.rejected.csv.{live}.partial", f".outXparquet.{dead}.partial",
        f".other.parquet.{dead}.partial", "out.parquet",
    }  # fmt: skip
    clear_leftovers(tmp_path / "none/out.parquet")
