"""The commands that build: which options reach the library, and how each end is told."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem
from smdi.publishing.jupyter_book import BuildFailure
from smdi.publishing.outcome import Stale
from smdi.workflow.execution import ChapterFailure
from smdi.workflow.steps import Step

BUILD = "smdi.publishing.build.build"


@pytest.mark.parametrize(
    ("words", "cores", "options", "how"),
    [
        ([], "2", [], {"warm": True, "in_order": False}),
        (["--cores", "7", "--cold"], "7", [], {"warm": False, "in_order": False}),
        (["--in-order"], "2", [], {"warm": True, "in_order": True}),
        (["--", "--profile", "x"], "2", ["--profile", "x"], {"warm": True, "in_order": False}),
    ],
)
def test_a_build_is_told_how(command, replaced, words, cores, options, how) -> None:
    asked = replaced(BUILD, 0)
    assert command("build_edition", *words).status == 0
    assert asked.words == (read_edition("2021"), cores, options)
    assert asked.options == how


def test_the_status_of_a_build_is_that_of_the_command(command, replaced) -> None:
    replaced(BUILD, 1)
    assert command("build_edition").status == 1


def test_a_scope_narrows_the_edition(command, replaced) -> None:
    asked = replaced(BUILD, 0)
    assert command("build_edition", "--scope", "province=江苏省 industry=39").status == 0
    assert asked.words[0].id == "2021-320000-39"


def test_a_scope_that_is_none_is_told_with_its_name(command, replaced) -> None:
    asked = replaced(BUILD, 0)
    told = command("build_edition", "--scope", "province=江苏省 x")
    assert (told.status, asked) == (2, [])
    assert "SCOPE" in told.err


def test_a_plan_lists_what_would_run_and_builds_nothing(command, replaced) -> None:
    asked = replaced(BUILD, 0)
    stale = [Stale("score", ("data/a.csv changed",)), Stale("site", (), ("score",))]
    replaced("smdi.publishing.build.stale_steps", ({}, stale))
    told = command("build_edition", "--plan")
    assert (told.status, asked) == (0, [])
    assert told.out == "score: data/a.csv changed\nsite: follows score\n"


def test_a_plan_with_nothing_to_do_says_so(command, replaced) -> None:
    replaced("smdi.publishing.build.stale_steps", ({}, []))
    told = command("build_edition", "--plan")
    assert (told.status, told.out) == (0, "nothing to do\n")


def interrupted(
    number: signal.Signals, before: str = "SIG_DFL"
) -> subprocess.CompletedProcess[str]:
    """Run the command on its own, and send it a signal in the midst of the build.

    `before` is what the process is started to do with it, whatever the tests are.
    """
    code = (
        "import runpy, signal, sys; import smdi.publishing.build as it;"
        f" it.build = lambda *_, **__: signal.raise_signal({int(number)}) or 0;"
        f" signal.signal({int(number)}, signal.{before})\n"
        "sys.argv = ['build_edition']; runpy.run_path('scripts/build_edition.py',"
        " run_name='__main__')"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_build_with_its_name_and_status(number) -> None:
    told = interrupted(number)
    assert told.returncode == 128 + number
    kept = "the last release, if there is one, is untouched"
    assert told.stderr == f"Interrupted by {number.name}; {kept}.\n"


def test_a_hang_up_that_is_ignored_stays_ignored() -> None:
    told = interrupted(signal.SIGHUP, "SIG_IGN")
    assert (told.returncode, told.stderr) == (0, "")


def test_a_full_disk_is_told_with_what_to_do(command, replaced) -> None:
    replaced(BUILD, OSError(28, "No space left on device"))
    told = command("build_edition")
    assert told.status == 1
    first, second, third = told.err.splitlines()
    assert first == "The build failed; the last release, if there is one, is untouched."
    assert second.strip() == "[Errno 28] No space left on device"
    assert third.endswith("is full: make room, and build again")


def test_another_fault_of_the_system_says_what_may_be_deleted(command, replaced) -> None:
    replaced(BUILD, OSError(5, "Input/output error"))
    told = command("build_edition")
    assert told.status == 1
    assert told.err.endswith("_build/2021/work and build again\n")


def test_a_fault_of_the_program_leaves_its_traceback_in_a_log(command, replaced, tmp_path) -> None:
    replaced(BUILD, ValueError("no such column"))
    log = tmp_path / "build.log"
    replaced("smdi.workflow.jobs.log_path", log)
    told = command("build_edition")
    assert told.status == 1
    assert "ValueError: no such column" in told.err
    assert f"its traceback is in {log}" in told.err
    assert "Traceback" not in told.err
    assert log.read_text("utf-8").startswith("Traceback")


def test_faults_of_the_input_end_in_status_two(command, replaced) -> None:
    replaced(BUILD, InputErrors([Problem("_toc.yml", 3, None, None, "a page")]))
    told = command("build_edition")
    assert told.status == 2
    assert told.err == "1 problem in the input:\n  _toc.yml, row 3; expected a page\n"


def test_many_editions_are_told_with_those_that_failed(command, replaced, tmp_path) -> None:
    made = [read_edition(name) for name in ("2021-320000", "2021-370000")]
    asked = replaced("smdi.publishing.many.run.build_many", (made[:1], made[1:]))
    replaced("smdi.publishing.many.run.folder_of", tmp_path)
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs/2021-370000.log").write_text("a cell failed")
    (tmp_path / "snakemake.log").touch()
    words = ["--only", "江苏 山东省", "--cores", "5", "--", "--profile", "x"]
    told = command("build_editions", *words)
    options = ["--profile", "x"]
    assert asked.words == (read_edition("2021"), "province", ["江苏省", "山东省"], "5", options)
    assert told.status == 1
    log = tmp_path / "jobs/2021-370000.log"
    assert told.err == f"edition 2021-370000 failed: {log}\n    a cell failed\n"
    assert told.out == f"1 of 2 editions: {tmp_path}/site/index.html\n"


def test_many_editions_that_are_all_released_end_well(command, replaced) -> None:
    asked = replaced("smdi.publishing.many.run.build_many", ([], []))
    told = command("build_editions", "--by", "industry")
    assert (told.status, told.err) == (0, "")
    assert asked.words[1] == "industry"
    assert len(asked.words[2]) == 31


def test_a_dimension_without_editions_is_refused(command, replaced) -> None:
    asked = replaced("smdi.publishing.many.run.build_many", ([], []))
    told = command("build_editions", "--by", "size")
    assert (told.status, asked) == (2, [])
    assert "BY: found 'size'; expected province or industry" in told.err


def code_of(edition: object, name: str) -> Step:
    return Step(name, inputs=(f"code of the {name}",))


def test_the_site_is_built_from_the_assembled_book(command, replaced, tmp_path) -> None:
    replaced("smdi.workflow.steps.read_step", code_of)
    language = replaced("smdi.report.text.language.use_language")
    asked = replaced("smdi.publishing.jupyter_book.build")
    assert command("build_site", "--edition", "2021", "--log", tmp_path / "log").status == 0
    work = read_edition("2021").work
    assert asked.words == (work / "source", work / "sphinx", "html", tmp_path / "log")
    assert asked.options == {"code": ("code of the site",)}
    assert language.words == ("zh",)


def test_the_pdf_is_built_where_it_is_asked_for(command, replaced, tmp_path) -> None:
    replaced("smdi.workflow.steps.read_step", code_of)
    asked = replaced("smdi.publishing.pdf.build_pdf")
    words = [tmp_path / "a.pdf", "--edition", "2021", "--log", tmp_path / "log"]
    assert command("build_pdf", *words).status == 0
    code = ("code of the pdf",)
    assert asked.words == (read_edition("2021"), tmp_path / "a.pdf", tmp_path / "log", code)


@pytest.mark.parametrize(
    ("name", "builder", "words", "said"),
    [
        ("build_site", "smdi.publishing.jupyter_book.build", [], "the site is not built"),
        ("build_pdf", "smdi.publishing.pdf.build_pdf", ["a.pdf"], "the PDF is not built"),
    ],
)
def test_a_page_that_fails_is_told_and_ends_in_status_one(
    command, replaced, name, builder, words, said
) -> None:
    replaced("smdi.workflow.steps.read_step", code_of)
    replaced(builder, BuildFailure("sme.md, line 3: no such role"))
    told = command(name, *words, "--edition", "2021", "--log", "x.log")
    assert (told.status, told.out) == (1, "")
    assert told.err == f"{said}:\nsme.md, line 3: no such role\n"


def test_a_chapter_is_executed_with_its_parameters(command, replaced, tmp_path) -> None:
    asked = replaced("smdi.workflow.execution.execute")
    words = ["sme", tmp_path / "sme", "province=江苏省", "minimum=10", "--products", tmp_path]
    assert command("execute_chapter", *words).status == 0
    notebook, given, output, products, limits = asked.words
    assert str(notebook) == "notebooks/sme.md"
    assert given == {"province": "江苏省", "minimum": "10"}
    assert (output, products) == (tmp_path / "sme", tmp_path)
    assert limits == read_edition("2021").limits


def test_a_chapter_that_fails_is_told_in_short_and_logged_in_full(
    command, replaced, tmp_path
) -> None:
    failure = ChapterFailure("notebooks/sme.md, line 7: KeyError", "Traceback: all of it")
    replaced("smdi.workflow.execution.execute", failure)
    log = tmp_path / "sme.log"
    words = ["sme", tmp_path / "sme", "--products", tmp_path, "--log", log]
    told = command("execute_chapter", *words)
    assert told.status == 1
    assert told.err == f"notebooks/sme.md, line 7: KeyError\n  traceback: {log}\n"
    assert log.read_text("utf-8").split("\n") == [
        "notebooks/sme.md, line 7: KeyError", "", "Traceback: all of it", ""
    ]  # fmt: skip
