"""Chapters run in one scope after another, without drawing: it is sentences that are looked at."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import jupytext
import pytest

from smdi.disclosure.pattern import write_pattern
from smdi.disclosure.release import protect_release
from smdi.edition import Scope, read_edition
from smdi.indicators import Population
from smdi.report import exhibits, locations

POPULATION = Path("_build/2021/work/population.arrow")
CHAPTERS = sorted(
    path.stem
    for path in Path("notebooks").glob("*.md")
    if "open_chapter" in path.read_text("utf-8") and "chapter.population" in path.read_text("utf-8")
)


@cache
def _cells(name: str) -> list[tuple[object, bool]]:
    """Return a chapter's code cells, compiled, and whether each is that of the parameters."""
    return [
        (compile(cell.source, name, "exec"), "parameters" in cell.metadata.get("tags", []))
        for cell in jupytext.read(locations.notebook_path(name)).cells
        if cell.cell_type == "code"
    ]


@cache
def _pattern(population: Path, scope: tuple[tuple[str, str], ...]) -> str:
    """Protect a scope beside the printed report, once for all chapters; return the file's text."""
    edition = read_edition("2021")
    pop = Population.open(population, edition.year, edition.baseline_year, Scope(**dict(scope)))
    alone = edition.disclosure.model_copy(update={"together": ()})
    found = protect_release(pop, edition.model_copy(update={"disclosure": alone}))
    with tempfile.TemporaryDirectory() as folder:
        write_pattern(path := Path(folder, "protection.json"), found)
        return path.read_text("utf-8")


def _undrawn(name, drawing, frame, *, simulated, alt=None, form=None):
    content = {"id": name, "kind": form or "chart", "number": exhibits.exhibit_number(name)}
    spoken = alt or getattr(drawing, "alt", None) or getattr(drawing, "description", "")
    return {**content, "alt": str(spoken), "simulated": simulated, "files": {}}, {}


def _described(sheet: object, said: str, *_options: object) -> SimpleNamespace:
    return SimpleNamespace(description=said)


# A named value in a heading.
_ROLE = re.compile(r"\{num\}`([^`]+)`")


class Said:
    """What a chapter wrote of one scope."""

    def __init__(self, folder: Path) -> None:
        self.numbers = json.loads((folder / "numbers.json").read_text("utf-8"))
        self.cells = json.loads((folder / "prose.json").read_text("utf-8"))
        self.exhibits = [
            json.loads(path.read_text("utf-8"))
            for path in sorted((folder / "exhibits").glob("*.json"))
            if not path.stem.endswith(".vl")
        ]

    @property
    def sentences(self) -> dict[str, str]:
        """Return the sentences by key, empty ones left out."""
        records = self.numbers.items()
        return {k: r["text"] for k, r in records if r["kind"] == "phrase" and r["text"]}

    @property
    def texts(self) -> dict[str, str]:
        """Return all that a reader reads: sentences, titles, notes, alt texts, headings."""
        read = dict(self.sentences)
        for exhibit in self.exhibits:
            for part in ("title", "note", "alt"):
                read[f"{exhibit['id']}.{part}"] = exhibit[part]
        for number, cell in enumerate(self.cells):
            for line in cell.splitlines():
                if line.startswith("#"):
                    said = _ROLE.sub(lambda named: self.numbers[named[1]]["text"], line)
                    read[f"heading {number}"] = said
        return read


def run(name: str, scope: Mapping[str, str], population: Path = POPULATION) -> Said:
    """Run a chapter's cells in a scope; return what it wrote."""
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        folder, products = Path(place, "out"), Path(place, "products")
        folder.mkdir()
        products.mkdir()
        (products / "population.arrow").symlink_to(population.absolute())
        pattern = _pattern(population, tuple(scope.items()))
        for product in ("protection", "together"):
            (products / f"{product}.json").write_text(pattern, "utf-8")
        patch.setenv(locations.OUTPUT_VARIABLE, str(folder))
        patch.setenv(locations.PRODUCTS_VARIABLE, str(products))
        patch.setattr("smdi.report.exhibits.make_exhibit", _undrawn)
        for drawn in ("nation", "province"):  # the sheets, which take longest
            patch.setattr(f"smdi.report.maps.sheet.{drawn}", _described)
        namespace: dict[str, object] = {"display": lambda *_: None}
        for code, has_parameters in _cells(name):
            exec(code, namespace)
            if has_parameters:
                namespace |= scope
        return Said(folder)
