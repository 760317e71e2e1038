import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from smdi.standards import repository_root

Rows = list[dict[str, str]]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable], None]:
    """Change the rows of one CSV file in a copy of the standards that the loaders then read."""
    folder = tmp_path / "data" / "standards"
    shutil.copytree(repository_root() / "data" / "standards", folder)
    monkeypatch.setenv("SMDI_ROOT", str(tmp_path))

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
