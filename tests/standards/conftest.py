import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from smdi.files import MARKERS, project_root

Rows = list[dict[str, str]]
Edit = Callable[[str, Callable[[Rows], Rows]], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a project of its own, with a copy of the standards; return their folder there."""
    folder = tmp_path / "data" / "standards"
    shutil.copytree(project_root() / "data" / "standards", folder)
    for marker in MARKERS:
        (tmp_path / marker).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Change the rows of one CSV file of the copy."""

    def change(name: str, rule: Callable[[Rows], Rows]) -> None:
        path = folder / name
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        columns = list(rows[0])
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rule(rows))

    return change
