"""Chapters run from their notebooks' own cells, on whatever scores a test gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import jupytext
import pytest

from smdi.disclosure.pattern import write_pattern
from smdi.disclosure.release import protect_release
from smdi.edition import Scope, read_edition
from smdi.indicators import Population
from smdi.published import read_facts
from smdi.report import locations
from smdi.report.chapter import Chapter
from smdi.report.published_values import told_of
from smdi.report.text.language import use_language

HEADER = "exhibit,measure,group,year,value,unit,printed,where\n"
FACTS = (
    HEADER
    + "fig-04,share_level_le1,全国,2021,69,%,69,图4\n"
    + "text,participants_over,全国,2021,90,家,90,前言\n"
    + "text,share_level_le1_decrease,全国,2021,6,百分点,6,正文\n"
)


class Ran:
    """What a chapter wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = json.loads((folder / "numbers.json").read_text("utf-8"))

    def says(self, key: str) -> str:
        return self.numbers[key]["text"]

    def exhibit(self, name: str) -> dict:
        return json.loads((self.folder / "exhibits" / f"{name}.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    """Speak Chinese after a test that opened a chapter in another language."""
    yield
    use_language("zh")


@pytest.fixture(scope="session")
def run_chapter(tmp_path_factory) -> Callable[..., Ran]:
    """Run a chapter's cells in order, its parameters overridden; return what it wrote.

    `files` are the texts of other products of the pipeline, by their names. Notebooks in another
    `language` are those of the tests.
    """

    patterns: dict[tuple[Path, str], Path] = {}

    def pattern(scores: Path, parameters: Mapping[str, str]) -> Path:
        """Protect the nation and the scope that a chapter is run for, once for all chapters."""
        given = {name: parameters[name] for name in Scope.model_fields if parameters.get(name)}
        key = scores.resolve(), json.dumps(given)
        if key not in patterns:
            edition = read_edition("2021")
            pop = Population.open(scores, edition.year, edition.baseline_year, Scope.of(**given))
            alone = edition.disclosure.model_copy(update={"together": ()})
            found = protect_release(pop, edition.model_copy(update={"disclosure": alone}))
            patterns[key] = tmp_path_factory.mktemp("patterns") / "protection.json"
            write_pattern(patterns[key], found)
        return patterns[key]

    def run(
        name: str,
        scores: Path | None = None,
        files: Mapping[str, str] | None = None,
        language: str = "zh",
        **parameters: str,
    ) -> Ran:
        folder = tmp_path_factory.mktemp(name)
        products = folder / "products"
        products.mkdir()
        if scores is not None:
            (products / "population.arrow").symlink_to(Path(scores).absolute())
            (products / "protection.json").symlink_to(pattern(Path(scores), parameters))
        for file, content in (files or {}).items():
            (products / file).write_text(content, "utf-8")
        # IPython gives every notebook this name.
        namespace: dict[str, object] = {"display": repr}
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SMDI_CHAPTER_OUTPUT", str(folder))
            patch.setenv("SMDI_PRODUCTS", str(products))
            if language != "zh":
                patch.setattr(locations, "NOTEBOOKS", Path("tests/report/notebooks"))
                in_language = {"update": {"language": language}}
                patch.setattr(
                    "smdi.report.chapter.read_edition",
                    lambda edition: read_edition(edition).model_copy(**in_language),
                )
            for cell in jupytext.read(locations.notebook_path(name, language)).cells:
                if cell.cell_type != "code":
                    continue
                exec(compile(cell.source, name, "exec"), namespace)
                if "parameters" in cell.metadata.get("tags", []):
                    namespace |= parameters
        return Ran(folder)

    return run


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Let every chapter have a notebook of this prose; return a function that changes it."""
    path = tmp_path / "chapter.md"
    monkeypatch.setattr(locations, "notebook_path", lambda name, language="zh": path)

    def write(prose: str) -> None:
        path.write_text(f"# 标题\n\n{prose}", "utf-8")

    write("")
    return write


@pytest.fixture
def opened(firm, assessed, tmp_path, notebook):
    """Open a chapter on 100 firms, 69 of them at level one or below, with this prose."""
    (tmp_path / "facts.csv").write_text(FACTS, "utf-8")
    facts = read_facts(tmp_path / "facts.csv")
    groups = [firm(69, level=0), firm(15, level=2), firm(7, level=3), firm(9, level=5)]

    def make(prose="", draft=False, **options):
        settings = {"provenance": "simulated", "minimum": 5, **options}
        pop = assessed(*groups, firm(100, year=2020), **settings)
        notebook(prose)
        edition = read_edition("2021")
        known = None if pop.is_whole else told_of(facts, pop.scope)
        output = tmp_path / "out"
        return Chapter("levels", edition, facts, pop, {}, output, draft=draft, known=known)

    return make
