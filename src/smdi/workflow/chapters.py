"""What the Snakefile asks: which chapters there are, what each needs and where its results lie."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from smdi.edition import Edition
from smdi.errors import InputErrors, Problem
from smdi.files import read_yaml
from smdi.report.locations import PRODUCTS, READABLE, has, notebook_path, pattern_of
from smdi.workflow.dependencies import depends, files_under
from smdi.workflow.notebooks import Literal, code_of, declared, named_files, parts_of, tree

TOC = Path("_toc.yml")
BOOK = Path("book")
LANGUAGE = Path("data/language")
CHINESE = "zh"
ASSESSMENTS = "assessments.parquet"
# Pages and notebooks whether or not the list of pages has them yet, parts, titles, words.
PROSE = (
    "_config.yml",
    "_toc.yml",
    "book/**/*.html",
    "book/**/*.md",
    "data/language/*.yaml",
    "notebooks/**/*.md",
)
SCORES = "scores.parquet"
# What of an edition no chapter may depend on: it stands before or behind the chapters, or bounds
# them without a trace in what they make.
NOT_FOR_CHAPTERS = {"assessments", "seed", "targets", "pending_exhibits", "limits", "profiles"}


@dataclass(frozen=True)
class Chapter:
    """One section of the report that is a notebook."""

    name: str
    language: str = CHINESE

    @property
    def notebook(self) -> Path:
        """The MyST text notebook."""
        return notebook_path(self.name, self.language)


def pages(toc: Path = TOC, language: str = CHINESE) -> list[str]:
    """List the pages of the book in reading order; `language` is that they are looked for in."""
    content = read_yaml(toc)
    if not isinstance(content, dict) or "root" not in content:
        expected = "a list of pages with a root, as jb-book has it"
        raise InputErrors([Problem(str(toc), None, None, None, expected)])

    def files(node: object) -> list[str]:
        if isinstance(node, list):
            return [page for item in node for page in files(item)]
        if not isinstance(node, dict):
            return []
        own = [str(node[key]) for key in ("root", "file") if key in node]
        return own + [page for key, item in node.items() for page in files(item)]

    found = files(content)
    InputErrors.raise_if(_page_problems(toc, found, language))
    return found


def _page_problems(toc: Path, names: list[str], language: str) -> list[Problem]:
    """Find pages that are listed twice, and such as there is neither a page nor a notebook of."""
    book = page_folder(language)
    expected = f"a page in {book} or a notebook in {notebook_path('', language).parent}"
    problems = [
        Problem(str(toc), None, None, name, expected)
        for name in dict.fromkeys(names)
        if not (book / f"{name}.md").is_file() and not Chapter(name, language).notebook.is_file()
    ]
    problems += [
        Problem(str(toc), None, None, name, "a notebook named by a-z, 0-9 and - alone")
        for name in dict.fromkeys(names)
        if Chapter(name, language).notebook.is_file() and not re.fullmatch("[a-z0-9-]+", name)
    ]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    return problems + [Problem(str(toc), None, None, name, "each page once") for name in twice]


def chapters(toc: Path = TOC, language: str = CHINESE) -> list[Chapter]:
    """List the chapters: the pages of the book that are notebooks."""
    found = (Chapter(page, language) for page in pages(toc, language))
    return [chapter for chapter in found if chapter.notebook.is_file()]


def chapters_of(edition: Edition, toc: Path = TOC) -> list[Chapter]:
    """List the chapters that an edition has ground for: it has all that they read."""
    return [
        chapter
        for chapter in chapters(toc, edition.language)
        if all(has(edition, name) for name in chapter_reads(chapter.name, edition.language))
    ]


def page_folder(language: str) -> Path:
    """Return where the plain pages are; languages but Chinese have a folder of their own."""
    return BOOK if language == CHINESE else BOOK / language


def page_files(language: str) -> dict[str, Path]:
    """List the plain pages of a language by their place in the book, and what all share.

    Shared are the folders whose name begins with _.
    """
    folder = page_folder(language)
    others = {file.stem for file in LANGUAGE.glob("*.yaml")} - {CHINESE}
    found: dict[str, Path] = {}
    for path in map(Path, files_under(BOOK)):
        shared = path.relative_to(BOOK)
        if shared.parts[0].startswith("_"):
            found[shared.as_posix()] = path
        elif path.is_relative_to(folder) and (folder != BOOK or shared.parts[0] not in others):
            found[path.relative_to(folder).as_posix()] = path
    return found


def prose() -> list[str]:
    """List the files that hold what a reader sees and somebody wrote: see PROSE."""
    found = (path for pattern in PROSE for path in Path().glob(pattern))
    return sorted(str(path) for path in found if not any(p.startswith(".") for p in path.parts))


def source_folder(edition: Edition) -> Path:
    """Return where the assembled book of the edition lies."""
    return edition.work / "source"


def chapter_folder(edition: Edition, name: str) -> Path:
    """Return the folder that a chapter of the edition writes to, and no other."""
    return edition.work / "chapters" / name


def assessments_file(edition: Edition) -> Path:
    """Return the edition's assessments: those given, else where they are drawn."""
    return edition.assessments or edition.work / ASSESSMENTS


def work_of_base(edition: Edition) -> Path:
    """Return where the edition that this one narrows leaves its results."""
    return edition.folder.with_name(edition.base) / edition.work.name


def shared_firms(edition: Edition) -> list[Path]:
    """List what an edition of a narrower scope takes from the one that it narrows."""
    work = work_of_base(edition)
    names = ["population", "simulation"] if edition.simulated else ["population"]
    return [work / SCORES, *(work / PRODUCTS[name] for name in names)]


def shared_pattern(edition: Edition) -> Path:
    """Return what was decided for the editions that leave together with a narrower one.

    A printed report shows the nation by a rule of its own; else the wider edition's own decision is
    for all of them.
    """
    work = work_of_base(edition)
    return work / (PRODUCTS[pattern_of(edition)])


def chapter_parameters(edition: Edition, name: str) -> dict[str, Literal]:
    """Return what the edition gives to the parameters that the chapter declares."""
    notebook = Chapter(name, edition.language).notebook
    given = {"edition": edition.id, **edition.scope.model_dump()}
    known = declared(notebook)
    return {key: value for key, value in given.items() if key in known}


def chapter_words(edition: Edition, name: str) -> list[str]:
    """Return the chapter's parameters as words of a command line."""
    return [f"{key}={value}" for key, value in chapter_parameters(edition, name).items()]


def chapter_inputs(edition: Edition, name: str) -> list[str]:
    """List the files that a chapter depends on: notebook, code, data, parts and words."""
    notebook = Chapter(name, edition.language).notebook
    parts = [str(path) for path in (*parts_of(notebook), *named_files(notebook))]
    script = depends(Path("scripts/execute_chapter.py"))
    words = (*word_files(edition), *method_files(edition))
    return sorted({*depends(notebook), *script, *parts, *words})


def method_files(edition: Edition) -> list[str]:
    """List the files that an edition has in the place of the project's standards."""
    method = edition.method
    weights = [str(method.weights)] if method.weights else []
    return weights + (files_under(method.standards) if method.standards else [])


def word_files(edition: Edition) -> list[str]:
    """List the files of the edition's words; the Chinese one says which keys the others have."""
    return sorted({str(LANGUAGE / f"{code}.yaml") for code in (edition.language, CHINESE)})


def chapter_reads(name: str, language: str = CHINESE) -> tuple[str, ...]:
    """Return what a chapter reads, of READABLE: the `reads` of its call of `open_chapter`.

    InputErrors when the notebook does not open a chapter, or not under its own name.
    """
    notebook = Chapter(name, language).notebook
    for node in ast.walk(tree(code_of(notebook))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "open_chapter":
            given = {word.arg: word.value for word in node.keywords}
            with suppress(ValueError, TypeError):
                opened = ast.literal_eval(node.args[0]) if node.args else None
                reads = ast.literal_eval(given["reads"]) if "reads" in given else ("population",)
                if opened == name and set(reads) <= set(READABLE):
                    return tuple(reads)
            expected = f'open_chapter("{name}", …), reading some of {", ".join(READABLE)}'
            raise InputErrors([Problem(str(notebook), None, None, ast.unparse(node), expected)])
    expected = f'a cell with chapter = open_chapter("{name}", …)'
    raise InputErrors([Problem(str(notebook), None, None, None, expected)])
