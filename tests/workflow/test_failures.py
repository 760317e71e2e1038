"""No failing build is silent: each says what, where and what was expected, on one screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from smdi.files import in_project

pytestmark = pytest.mark.builds

ALPHA = "notebooks/alpha.md"
SME = "src/smdi/indicators/sme.py"
SEVERAL = ("notebooks/alpha.md", "notebooks/beta.md")


def edit(path: str, old: str, new: str) -> Callable:
    return lambda project: project.edit(path, old, new)


def cell(line: str) -> Callable:
    return edit(ALPHA, "length =", f"{line}\nlength =")


def row_of(path: str, start: str) -> int:
    """Return in which row of a file of this project a line starts so, whatever stands before it."""
    lines = in_project(path).read_text("utf-8").splitlines()
    (row,) = (number for number, line in enumerate(lines, 1) if line.startswith(start))
    return row


def write(path: str, content: bytes) -> Callable:
    return lambda project: (project.root / path).write_bytes(content)


def remove(path: str) -> Callable:
    return lambda project: shutil.rmtree(project.root / path)


def chinese_name(project) -> None:
    shutil.copy(project.root / ALPHA, project.root / "notebooks/报告.md")
    project.edit("_toc.yml", "file: beta", "file: 报告")


# What is done, and what of it the screen says.
BEFORE_IT_RUNS = {
    "list of pages is no YAML": (edit("_toc.yml", "chapters:", "chapters: ["), "_toc.yml, row 4"),
    "no such page": (edit("_toc.yml", "beta", "gamma"), "_toc.yml: found 'gamma'"),
    "configuration is no YAML": (edit("_config.yml", "parse:", "parse: ["), "_config.yml, row"),
    "configuration lacks a part": (edit("_config.yml", "parse:", "prase:"), "_config.yml; exp"),
    "no cell of parameters": (edit(ALPHA, "parameters, ", ""), f"{ALPHA}; expected exactly one"),
    "parameter is None": (edit(ALPHA, 'province = ""', "province = None"), "'province = None'"),
    "notebook is no Python": (edit(ALPHA, "length = len", "length = = len"), f"{ALPHA}, row 20"),
    "chapter opened by a variable": (edit(ALPHA, '("alpha"', "(edition"), "open_chapter(edition"),
    "notebook is no text": (write(ALPHA, b"\xff\xfe"), f"{ALPHA}; expected text in UTF-8"),
    "head of a notebook is no YAML": (edit(ALPHA, "kernelspec: {", "kernelspec: {{"), ALPHA),
    "notebook names no kernel": (edit(ALPHA, "display_name: Python 3, ", ""), "'display_name' is"),
    "page is no text": (write("book/index.md", b"# \xff"), "book/index.md; expected text in UTF-8"),
    "module is no Python": (
        edit(SME, "def small_firms", "edf small_firms"),
        f"{SME}, row {row_of(SME, 'def small_firms')}: found 'edf small_firms",
    ),
    "script is no Python": (
        edit("scripts/assemble_book.py", "__ import", "__ imprt"),
        "scripts/assemble_book.py, row 3",
    ),
    "notebook has a Chinese name": (chinese_name, "found '报告'; expected a notebook named by a-z"),
}
WHILE_IT_RUNS = {
    "chapter does not close": (edit(ALPHA, "chapter.close()", ""), "the chapter is not closed"),
    "kernel kills itself": (cell("import os; os.kill(os.getpid(), 9)"), f"{ALPHA}, line 17: the"),
    "library overwrites data": (
        cell(
            "import pyarrow; from pyarrow import csv; "
            "csv.write_csv(pyarrow.table({'a': [1]}), 'data/standards/levels.csv')"
        ),
        "data/standards/levels.csv",
    ),
    "script writes new data": (
        edit(
            "scripts/build_pdf.py", "Path(sys", "Path('data/standards/new.csv').touch(); Path(sys"
        ),
        "data/standards/new.csv new",
    ),
    "standards are gone": (remove("data/standards"), "data/standards"),
    "script kills itself": (
        edit("scripts/build_pdf.py", "Path(sys", "import os; os.kill(os.getpid(), 9); Path(sys"),
        "step pdf\n    was killed",
    ),
    "script ends without a word": (
        edit("scripts/build_pdf.py", "Path(sys", "sys.exit(1); Path(sys"),
        "scripts/build_pdf.py ended with status 1",
    ),
    "script makes nothing": (
        edit("scripts/build_pdf.py", "Path(sys", "sys.exit(0); Path(sys"),
        "did not make _build/2021/work/report.pdf",
    ),
    "Snakefile is none": (edit("Snakefile", "rule all:", "rule all"), "Snakefile"),
}


def screen(project, damage: Callable) -> str:
    """Damage the project, build, and return what is shown of the failure."""
    release = project.root / "_build/2021/current"
    before = release.readlink()
    damage(project)
    done = project.build(check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert 2 <= len(done.stderr.splitlines()) <= 45
    assert release.readlink() == before or "changed meanwhile" in done.stderr
    return done.stderr


@pytest.mark.parametrize("case", BEFORE_IT_RUNS)
def test_a_faulty_input_is_told_before_anything_runs(project, case: str) -> None:
    damage, said = BEFORE_IT_RUNS[case]
    started = (project.work / "logs/snakemake.log").stat().st_mtime_ns
    shown = screen(project, damage)
    assert shown.startswith("1 problem in the input:\n")
    assert said in shown
    assert (project.work / "logs/snakemake.log").stat().st_mtime_ns == started


@pytest.mark.parametrize("case", WHILE_IT_RUNS)
def test_a_failing_step_is_told_with_its_cause(project, case: str) -> None:
    damage, said = WHILE_IT_RUNS[case]
    assert said in screen(project, damage)


def test_many_failing_steps_fit_one_screen(project) -> None:
    def break_all(project) -> None:
        for path in SEVERAL:
            project.edit(path, "length =", "raise ValueError('\\n'.join('firm' * 50))\nlength =")

    shown = screen(project, break_all)
    assert "step chapter:alpha" in shown
    assert "step chapter:beta" in shown


def test_the_failed_build_is_forgotten_when_its_cause_is_mended(project) -> None:
    release = (project.root / "_build/2021/current").readlink()
    original = Path(project.root / ALPHA).read_text("utf-8")
    screen(project, cell("raise ValueError"))
    (project.root / ALPHA).write_text(original, "utf-8")
    plan = project.plan()
    assert project.chapters(plan) == {"alpha"}
    assert not project.steps(plan) & {"simulate", "score", "prepare"}
    project.build()
    assert (project.root / "_build/2021/current").readlink() == release
