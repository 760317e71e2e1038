"""A run of chapters, read from the folders in which it left its results."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from smdi.report.exhibits import exhibit_number

# The columns of a tidy frame that hold numbers, any of which may be missing in a row.
NUMBERS = ("year", "value", "base", "error")
_PLACED = re.compile(r":::+\{exhibit\} ([a-z0-9-]+)")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """An exhibit of a run: its description, its tidy frame, and where its drawings lie."""

    name: str
    chapter: str
    content: dict[str, Any]
    frame: pd.DataFrame
    svg: Path | None
    spec: Path | None

    @property
    def number(self) -> str:
        """Return how it is called: 图 4."""
        return exhibit_number(self.name)


@dataclass(frozen=True)
class Run:
    """Records and exhibits of a run by key and id, in the order of its chapters.

    `titles` gives each chapter's; `scope` is the group under which values of the whole scope stand
    in the exhibits (全国, 江苏省).
    """

    scope: str
    titles: dict[str, str]
    records: dict[str, dict[str, Any]] = field(repr=False)
    exhibits: dict[str, Shown] = field(repr=False)


def read_chapter(folder: Path, name: str, scope: str) -> Run:
    """Read the folder that one executed chapter wrote."""
    text = _markdown(folder / "page.ipynb")
    records = json.loads((folder / "numbers.json").read_text("utf-8"))
    shown = folder / "exhibits"
    return Run(scope, {name: _title(text, name)}, records, _exhibits(text, name, shown, shown))


def read_book(source: Path, scope: str, chapters: list[str] | None = None) -> Run:
    """Read the chapters of an assembled book; those that it does not have are left out."""
    if chapters is None:
        chapters = sorted(path.stem for path in source.glob("*.ipynb"))
    whole = Run(scope, {}, {}, {})
    for name in chapters:
        page, numbers = source / f"{name}.ipynb", source / f"numbers/{name}.json"
        if page.is_file() and numbers.is_file():
            text = _markdown(page)
            whole.titles[name] = _title(text, name)
            whole.records.update(json.loads(numbers.read_text("utf-8")))
            public = source / "extra/exhibits"
            whole.exhibits.update(_exhibits(text, name, source / "exhibits", public))
    return whole


def read_frame(path: Path) -> pd.DataFrame:
    """Read the tidy frame of an exhibit; an empty number is missing, a group may read NA."""
    return pd.read_csv(path, keep_default_na=False, na_values={name: [""] for name in NUMBERS})


def _exhibits(text: str, chapter: str, described: Path, drawn: Path) -> dict[str, Shown]:
    found = {}
    for name in dict.fromkeys(_PLACED.findall(text)):
        content = json.loads((described / f"{name}.json").read_text("utf-8"))
        files = content["files"]
        svg = drawn / files["svg"] if "svg" in files else None
        spec = described / files["spec"] if "spec" in files else None
        places = (described / files["csv"], drawn / files["csv"])
        frame = read_frame(next(path for path in places if path.is_file()))
        found[name] = Shown(name, chapter, content, frame, svg, spec)
    return found


def _markdown(page: Path) -> str:
    cells = json.loads(page.read_text("utf-8"))["cells"]
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def _title(text: str, name: str) -> str:
    found = _TITLE.search(text)
    return found[1].strip() if found else name
