"""A chapter run again with other parameters, beside the edition and never over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from smdi.assessments.values.texts import nearest_of
from smdi.edition import Edition, Scope, read_edition
from smdi.errors import InputErrors, Problem
from smdi.report.locations import PRODUCTS
from smdi.standards import provinces
from smdi.standards.scope import scope_name
from smdi.workflow import chapters, steps
from smdi.workflow.differences.consequences import About, Consequences
from smdi.workflow.differences.run import read_book, read_chapter
from smdi.workflow.execution import execute
from smdi.workflow.manifest import digest, fingerprint
from smdi.workflow.notebooks import Literal
from smdi.workflow.parameters import COMMAND_LINE, Parameter, check, parameters_of

# What of a run's fingerprint is shown.
SHOWN = 16


def chapter_parameters(language: str = chapters.CHINESE) -> dict[str, list[Parameter]]:
    """Return the chapters of the book by name, with their parameters."""
    found = chapters.chapters(language=language)
    return {chapter.name: parameters_of(chapter.notebook) for chapter in found}


def checked_request(
    edition: str, name: str, given: Mapping[str, Literal], faults: Iterable[Problem] = ()
) -> tuple[Edition, dict[str, Literal]]:
    """Return the edition and the parameters in their types.

    InputErrors lists all refusals, `faults` that were found before among them.
    """
    problems = list(faults)
    try:
        read = read_edition(str(given.get("edition", edition)))
    except InputErrors as errors:
        problems += errors.problems
        read = None
    language = read.language if read else chapters.CHINESE
    listed = chapters.chapters_of(read) if read else chapters.chapters()
    known = [chapter.name for chapter in listed]
    near = name if name in known else nearest_of(name, known)
    if name not in known:
        expected = f"a chapter: {', '.join(known)}"
        problems.append(Problem(COMMAND_LINE, None, "chapter", name, expected, nearest=near))
    checked: dict[str, Literal] = {}
    others = {key: value for key, value in given.items() if key != "edition"}
    if near is not None:
        try:
            checked = check(chapters.Chapter(near, language).notebook, others)
        except InputErrors as errors:
            problems += errors.problems
    problems += _not_covered(checked.get("province", ""))
    if read and not (read.folder / "current").exists():
        expected = f"a release to compare with: make book EDITION={read.id}"
        problems.append(Problem(str(read.folder), None, None, None, expected))
    InputErrors.raise_if(problems)
    assert read is not None
    return read, checked


def rerun(
    edition: Edition, name: str, checked: Mapping[str, Literal], output: Path
) -> Consequences:
    """Execute a chapter into `output` and compare it with that of the edition's release.

    Raises ChapterFailure when a cell fails, see `smdi.workflow.execution`.
    """
    notebook = chapters.Chapter(name, edition.language).notebook
    own = chapters.chapter_parameters(edition, name)
    execute(notebook, {**own, **checked}, output, edition.work, edition.limits)
    release = edition.folder / "current"
    old = read_book(release / "source", _scope(own), [name])
    new = read_chapter(output, name, _scope({**own, **checked}))
    about = About(
        edition=edition.id,
        scope=new.scope,
        old_scope=old.scope,
        parameters={**own, **checked},
        release=release.readlink().name,
        data=digest(edition.work / PRODUCTS["population"])[:SHOWN],
        code=code_fingerprint(edition, name),
        simulated=edition.simulated,
        cautions=tuple(cautions(edition, name, old.titles)),
    )
    return Consequences(about, old, new)


def code_fingerprint(edition: Edition, name: str) -> str:
    """Return one digest for all files that a chapter's result depends on."""
    files = chapters.chapter_inputs(edition, name)
    return fingerprint({file: digest(Path(file)) for file in files})


def _scope(parameters: Mapping[str, Literal]) -> str:
    """Return the group under which the values of the whole scope stand in exhibits."""
    return scope_name(
        Scope.of(**{k: v for k, v in parameters.items() if k in Scope.model_fields}).given
    )


def _not_covered(province: Literal) -> Iterator[Problem]:
    """Refuse a region that the self-assessment does not run in: nothing of it can be computed."""
    table = provinces()
    if province in set(table["name_zh"][~table["in_scope"]]):
        expected = "a region in which firms are assessed: this one is on the maps alone"
        yield Problem(COMMAND_LINE, None, "province", province, expected)


def cautions(edition: Edition, name: str, published: Mapping[str, str]) -> Iterator[str]:
    """Yield what else than the parameters may make a chapter differ from the published one."""
    if name not in published:
        yield "not_published"
    record = steps.read_record(steps.last_record(steps.record_path(edition, f"chapter:{name}")))
    files = chapters.chapter_inputs(edition, name)
    if record is None or any(record["inputs"].get(f) != digest(Path(f)) for f in files):
        yield "code_changed"
