"""What the Snakefile asks: which chapters there are, what each needs and where its results lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from smdi.edition import Edition
from smdi.workflow.dependencies import depends
from smdi.workflow.parameters import Literal, declared

TOC = Path("_toc.yml")
NOTEBOOKS = Path("notebooks")
BOOK = Path("book")

# Parameters that name a file of the pipeline: a chapter that declares one depends on that file.
PRODUCTS = {
    "scores": "scores.parquet",
    "assessments": "assessments.parquet",
    "simulation": "simulation.json",
    "reproduction": "reproduction.csv",
}
# What of an edition no chapter may depend on: it stands before or behind the chapters.
NOT_FOR_CHAPTERS = {"assessments", "seed", "pending_exhibits"}


@dataclass(frozen=True)
class Chapter:
    """One section of the report that is a notebook."""

    name: str

    @property
    def notebook(self) -> Path:
        """The MyST text notebook."""
        return NOTEBOOKS / f"{self.name}.md"


def pages(toc: Path = TOC) -> list[str]:
    """List the pages of the book in reading order."""
    content = yaml.safe_load(toc.read_text("utf-8"))

    def files(node: object) -> list[str]:
        if isinstance(node, list):
            return [page for item in node for page in files(item)]
        if not isinstance(node, dict):
            return []
        own = [node[key] for key in ("root", "file") if key in node]
        return own + [page for key, item in node.items() for page in files(item)]

    return files(content)


def chapters(toc: Path = TOC) -> list[Chapter]:
    """List the chapters: the pages of the book that are notebooks."""
    return [Chapter(page) for page in pages(toc) if Chapter(page).notebook.is_file()]


def prose(toc: Path = TOC) -> list[str]:
    """List the files that hold the prose of the book's pages, notebooks and plain pages alike."""
    names = pages(toc)
    notebooks = [NOTEBOOKS / f"{name}.md" for name in names]
    plain = [BOOK / f"{name}.md" for name in names]
    return [str(path) for path in (*notebooks, *plain) if path.is_file()]


def source_folder(edition: Edition) -> Path:
    """Return where the assembled book of the edition lies."""
    return edition.work / "source"


def chapter_folder(edition: Edition, name: str) -> Path:
    """Return the folder that a chapter of the edition writes to, and no other."""
    return edition.work / "chapters" / name


def assessments_file(edition: Edition) -> Path:
    """Return the edition's assessments: those given, else where they are drawn."""
    return edition.assessments or edition.work / PRODUCTS["assessments"]


def chapter_parameters(edition: Edition, name: str) -> dict[str, Literal]:
    """Return what the edition gives to the parameters that the chapter declares."""
    given = {
        "edition": edition.id,
        "output": str(chapter_folder(edition, name)),
        **edition.scope.model_dump(),
        **_products(edition),
    }
    return {key: value for key, value in given.items() if key in declared(Chapter(name).notebook)}


def chapter_words(edition: Edition, name: str) -> list[str]:
    """Return the chapter's parameters as words of a command line."""
    return [f"{key}={value}" for key, value in chapter_parameters(edition, name).items()]


def chapter_inputs(edition: Edition, name: str) -> list[str]:
    """List the files that a chapter depends on, the notebook among them."""
    known = _products(edition)
    products = [known[key] for key in chapter_products(name) if known[key]]
    script = depends(Path("scripts/execute_chapter.py"))
    return sorted({*depends(Chapter(name).notebook), *script, *products})


def chapter_products(name: str) -> list[str]:
    """List the products of the pipeline that a chapter reads, by the names of its parameters."""
    return [key for key in declared(Chapter(name).notebook) if key in PRODUCTS]


def chapter_settings(edition: Edition) -> str:
    """Return the part of the edition's file that a chapter may show: a change reruns chapters."""
    return edition.model_dump_json(exclude=NOT_FOR_CHAPTERS)


def _products(edition: Edition) -> dict[str, str]:
    paths = {name: str(edition.work / file) for name, file in PRODUCTS.items()}
    if not edition.simulated:
        # Said outright: left out, a chapter would fall back on its default, another edition's file.
        paths["simulation"] = ""
    return {**paths, "assessments": str(assessments_file(edition))}
