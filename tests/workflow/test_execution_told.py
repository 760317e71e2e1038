"""What is said of a chapter that does not come to its end, at the bounds of its limits.

Cells that would take a kernel are stood in for by what a kernel tells and prints.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from smdi.edition import Limits
from smdi.report import rendering
from smdi.workflow import execution
from smdi.workflow.execution import ChapterFailure, execute, kernel_of

HEAD = "---\nkernelspec: {name: elsewhere, display_name: X, language: python}\n---\n\n# 章\n\n"
CELL = "```{{code-cell}} python\n:tags: [{tags}]\n\n{body}\n```\n\n"
CLOSE = """import os
open(os.environ["SMDI_CHAPTER_OUTPUT"] + "/prose.json", "w").write('["# 末"]')"""
Told = Callable[..., ChapterFailure]


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    cells = [
        CELL.format(tags="parameters, remove-cell", body="top = 10"),
        CELL.format(tags="keep", body="body = 1"),
        CELL.format(tags="keep", body=CLOSE),
    ]
    path = tmp_path / "chapter.md"
    path.write_text(HEAD + "".join(cells), "utf-8")
    return path


@pytest.fixture
def told(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Give what is said of a kernel that tells some messages, prints, waits, and ends."""

    def run(
        *messages: object, prints: bytes = b"", waits: float = 0, ends: int = 3, **limits: float
    ) -> ChapterFailure:
        def kernel(run: object, writer: int) -> int:
            for message in messages:
                os.write(writer, f"{json.dumps(message)}\n".encode())
            os.write(2, prints)
            time.sleep(waits)
            if ends < 0:
                os.kill(os.getpid(), -ends)
            return ends

        monkeypatch.setattr(execution, "_kernel_main", kernel)
        monkeypatch.setattr(rendering, "has_drawn", lambda: False)
        with pytest.raises(ChapterFailure) as caught:
            execute(notebook, {}, tmp_path / "out", tmp_path, Limits(**limits))
        return caught.value

    return run


def line_of(notebook: Path, text: str) -> int:
    return notebook.read_text("utf-8").splitlines().index(text) + 1


@pytest.mark.parametrize(("status", "how"), [(3, "ended with status 3"), (-9, "was killed by SIG")])
def test_a_kernel_that_ends_before_its_chapter_is_told_whole(notebook, told, status, how) -> None:
    found = told({"cell": 3}, ends=status)
    how = f"{how}KILL" if status < 0 else how
    short = (
        f"{notebook}, line {line_of(notebook, 'body = 1')}: the kernel {how} while this cell ran\n"
        "  memory may have run out, or the cell ended its own process"
    )
    assert (found.short, found.full) == (short, f"{short}\n\n")
    assert str(found) == short


@pytest.mark.parametrize(
    ("cell", "text"),
    # Papermill puts a cell of its own behind that of the parameters.
    [(1, "top = 10"), (3, "body = 1"), (4, "import os"), (5, None), (6, None), (None, None)],
)
def test_a_cell_is_named_by_its_line_in_the_notebook(notebook, told, cell, text) -> None:
    messages = [] if cell is None else [{"cell": 1}, {"cell": cell}]
    place = f"{notebook}, line {line_of(notebook, text)}" if text else str(notebook)
    assert told(*messages).short.startswith(f"{place}: the kernel ended")


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_the_log_has_the_last_four_thousand_bytes_that_a_dead_kernel_printed(told, more) -> None:
    printed = b"a" + b"b" * (3999 + more)
    found = told(prints=printed)
    assert found.full == f"{found.short}\n\n{printed[-4000:].decode()}"


def test_words_that_are_no_text_are_kept_as_far_as_they_are(told: Told) -> None:
    assert told(prints=b"\xff word").full.endswith("\n\n\ufffd word")


def test_a_failure_that_the_kernel_tells_is_told_as_it_stands(told: Told) -> None:
    found = told({"cell": 3}, {"failure": {"short": "in short", "full": "in full"}}, ends=1)
    assert (found.short, found.full) == ("in short", "in full")


def test_a_failure_that_is_told_in_short_alone_is_logged_so(told: Told) -> None:
    assert told({"failure": {"short": "in short", "full": ""}}).full == "in short"


def test_a_chapter_may_print_as_much_as_its_limit(told: Told) -> None:
    found = told(prints=b"x" * 1000, waits=0.3, chapter_output_mb=0.001)
    assert "the kernel ended with status 3" in found.short


def test_a_chapter_that_prints_a_byte_more_is_told_whole(notebook: Path, told: Told) -> None:
    found = told({"cell": 3}, prints=b"x" * 1001, waits=30, chapter_output_mb=0.001)
    assert found.short == (
        f"{notebook}, line {line_of(notebook, 'body = 1')}: "
        "a chapter may print 0.001 MB, this one prints more\n"
        "  mend the cell, or raise limits.chapter_output_mb in the edition"
    )


def test_a_chapter_that_takes_too_long_is_told_whole(notebook: Path, told: Told) -> None:
    found = told({"cell": 3}, waits=30, chapter_seconds=0.5)
    assert found.short == (
        f"{notebook}, line {line_of(notebook, 'body = 1')}: "
        "the cell is still running after 0.5 s\n"
        "  mend the cell, or raise limits.chapter_seconds in the edition"
    )


def test_a_fault_of_the_kernel_itself_is_a_status(notebook, tmp_path, monkeypatch) -> None:
    def kernel(run: object, writer: int) -> int:
        raise MemoryError

    monkeypatch.setattr(execution, "_kernel_main", kernel)
    monkeypatch.setattr(rendering, "has_drawn", lambda: False)
    with pytest.raises(ChapterFailure, match="the kernel ended with status 1 while"):
        execute(notebook, {}, tmp_path / "out", tmp_path)


def test_a_new_interpreter_is_told_all_of_the_run(notebook, tmp_path, monkeypatch) -> None:
    words = tmp_path / "words.json"

    def become(program: str, command: list[str]) -> None:
        inherited = os.get_inheritable(int(command[-1]))
        words.write_text(json.dumps([program, *command, inherited]), "utf-8")
        os._exit(3)

    monkeypatch.setattr(os, "execv", become)
    monkeypatch.setattr(rendering, "has_drawn", lambda: True)
    limits = Limits(chapter_seconds=60, chapter_output_mb=7)
    with pytest.raises(ChapterFailure, match="status 3"):
        execute(notebook, {"top": 3}, tmp_path / "out", tmp_path / "products", limits)
    program, own, option, code, told, writer, inherited = json.loads(words.read_text("utf-8"))
    assert (program, own, option, inherited) == (sys.executable, sys.executable, "-c", True)
    assert "sys.exit(kernel_of(*sys.argv[1:]))" in code
    runs: list[tuple] = []
    monkeypatch.setattr(execution, "_kernel_main", lambda *given: runs.append(given) or 5)
    assert kernel_of(told, writer) == 5
    ((run, descriptor),) = runs
    assert descriptor == int(writer)
    assert (run.notebook, run.parameters, run.limits) == (notebook, {"top": 3}, limits)
    assert (run.output, run.products) == (tmp_path / "out", tmp_path / "products")


def test_a_page_has_its_finished_prose_and_says_nothing_of_where_it_was_run(
    notebook: Path, tmp_path: Path
) -> None:
    path = execute(notebook, {"top": 3}, tmp_path / "out", tmp_path)
    assert path == tmp_path / "out/page.ipynb"
    page = nbformat.read(path, as_version=4)
    assert page.metadata.kernelspec == {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    assert [cell.id for cell in page.cells] == [f"cell-{number:03d}" for number in range(5)]
    assert page.cells[0].source == "# 末"
    assert nbformat.read(tmp_path / "out/chapter.ipynb", as_version=4).cells[0].source == "# 章"
    injected = [cell for cell in page.cells if "injected-parameters" in cell.metadata["tags"]]
    assert [cell.metadata["tags"] for cell in injected] == [["injected-parameters", "remove-cell"]]
    assert "top = 3" in injected[0].source
    assert path.read_text("utf-8").endswith("}\n")
