"""The palette is read whole and checked, and it is the one place that names a colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smdi.errors import InputErrors
from smdi.report.palette import FILE, read_palette

COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b")


def palette_with(folder: Path, old: str, new: str) -> Path:
    text = FILE.read_text("utf-8")
    assert old in text
    path = folder / "theme.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_every_fault_of_the_palette_is_told_with_its_key_and_value(tmp_path: Path) -> None:
    path = palette_with(tmp_path, '  grid: "#edf0f3"', '  grid: light\n  shade: "#000000"')
    with pytest.raises(InputErrors) as told:
        read_palette(path)
    assert {(p.file, p.column, p.value) for p in told.value.problems} == {
        (str(path), "colours.grid", "light"),
        (str(path), "colours.shade", "#000000"),
    }


def test_a_palette_that_is_no_yaml_is_told_with_its_row(tmp_path: Path) -> None:
    path = palette_with(tmp_path, "chart_width: 720", "chart_width: [720")
    with pytest.raises(InputErrors) as told:
        read_palette(path)
    assert told.value.problems[0].row is not None


def test_no_other_file_of_the_report_names_a_colour() -> None:
    folders = {
        Path("src/smdi/report"): "*.py",
        Path("src/smdi/publishing"): "*.py",
        Path("book"): "*.css",
        Path("notebooks"): "*.md",
    }
    files = [path for folder, pattern in folders.items() for path in folder.rglob(pattern)]
    assert len(files) > 100
    assert [str(path) for path in files if COLOUR.search(path.read_text("utf-8"))] == []
