"""What a kernel tells of its chapter, whole: its messages, its log, and where it reads and writes.

Where the kernel is a new interpreter, what it prints is what that interpreter prints.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import papermill
import pytest

from smdi.edition import Limits
from smdi.report import rendering
from smdi.workflow import execution
from smdi.workflow.execution import ChapterFailure, execute

HEAD = "---\nkernelspec: {name: elsewhere, display_name: X, language: python}\n---\n\n# 章\n\n"
CELL = "```{{code-cell}} python\n:tags: [{tags}]\n\n{body}\n```\n\n"
CLOSE = """import os
open(os.environ["SMDI_CHAPTER_OUTPUT"] + "/prose.json", "w").write('["# 末"]')"""
DIES = "import os\nos.kill(os.getpid(), 9)"


def write(folder: Path, *bodies: str) -> Path:
    cells = [CELL.format(tags="parameters, remove-cell", body="top = 10")]
    cells += [CELL.format(tags="keep", body=body) for body in bodies]
    path = folder / "chapter.md"
    path.write_text(HEAD + "".join(cells), "utf-8")
    return path


def failure(folder: Path, *bodies: str, **limits: float) -> ChapterFailure:
    path = write(folder, *bodies)
    with pytest.raises(ChapterFailure) as caught:
        execute(path, {}, folder / "out", folder / "products", Limits(**limits))
    return caught.value


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the kernel be a fork of this process, which knows what a test has put in."""
    monkeypatch.setattr(rendering, "has_drawn", lambda: False)


def test_the_log_of_a_new_interpreter_has_what_the_chapter_printed_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar of progress would stand among a dead kernel's last words, and count as printed."""
    monkeypatch.setattr(rendering, "has_drawn", lambda: True)
    told = failure(tmp_path, f"import os\nos.write(2, b'last words')\n{DIES}")
    assert "was killed by SIGKILL" in told.short
    assert told.full == f"{told.short}\n\nlast words"


@pytest.mark.usefixtures("forked")
def test_a_chapter_that_is_not_closed_is_told_whole(tmp_path: Path) -> None:
    told = failure(tmp_path, "good = 1")
    short = f"{tmp_path}/chapter.md: the chapter is not closed\n"
    short += "  its last cell ends with chapter.close()"
    assert (told.short, told.full) == (short, short)
    assert not (tmp_path / "out/chapter.ipynb").exists()


@pytest.mark.usefixtures("forked")
def test_a_failing_cell_is_told_whole(tmp_path: Path) -> None:
    told = failure(tmp_path, "body = 1\n\nraise ValueError('甲')")
    assert told.short == (
        f"{tmp_path}/chapter.md, line 16: the cell failed\n"
        "    body = 1\n    raise ValueError('甲')\n  ValueError: 甲"
    )


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize(
    "body",
    [
        "raise PermissionError(13, 'Permission denied', '/x')",
        "open('/nowhere-at-all', 'w')",
        "raise PermissionError('Permission denied: a chapter ' + 'writes to its own folder alone')",
    ],
    ids=["by the system", "by the hook", "in both words"],
)
def test_the_rule_of_where_a_chapter_writes_is_told_once(tmp_path: Path, body: str) -> None:
    told = failure(tmp_path, body)
    assert told.short.count("a chapter writes to its own folder alone") == 1


@pytest.mark.usefixtures("forked")
def test_another_fault_is_told_without_that_rule(tmp_path: Path) -> None:
    assert "its own folder" not in failure(tmp_path, "raise ValueError('denied')").short


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize(("size", "passes"), [(1000, True), (1001, False)])
def test_a_cell_prints_as_much_as_its_limit_and_not_a_letter_more(tmp_path, size, passes) -> None:
    body = f"print('x' * {size}, end='')"
    if passes:
        path = write(tmp_path, body, CLOSE)
        limits = Limits(chapter_output_mb=0.001)
        page = execute(path, {}, tmp_path / "out", tmp_path, limits)
        outputs = [cell.get("outputs") for cell in json.loads(page.read_text("utf-8"))["cells"]]
        assert [{"name": "stdout", "output_type": "stream", "text": ["x" * size]}] in outputs
    else:
        told = failure(tmp_path, body, chapter_output_mb=0.001)
        assert "OutputLimit: a chapter may print 0.001 MB, this one prints more" in told.short


@pytest.mark.usefixtures("forked")
def test_a_chapter_is_told_by_its_surroundings_where_to_read_and_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "at").mkdir()
    monkeypatch.chdir(tmp_path / "at")
    names = ("SMDI_CHAPTER_OUTPUT", "SMDI_PRODUCTS", "IPYTHONDIR", "TMPDIR")
    path = write(tmp_path, f"import os\nprint([os.environ[name] for name in {names}])", CLOSE)
    page = execute(path, {}, Path("out"), Path("products"))
    cell = json.loads(page.read_text("utf-8"))["cells"][3]
    root = tmp_path / "at"
    places = [root / "out", root / "products", root / "out/.scratch/ipython"]
    assert cell["outputs"][0]["text"] == [
        f"{[*map(str, places), str(root / 'out/.scratch/tmp')]}\n"
    ]
    assert not (root / "out/.scratch").exists()
    assert "SMDI_CHAPTER_OUTPUT" not in os.environ, "this process's own are as they were"


@pytest.mark.usefixtures("forked")
def test_papermill_is_asked_to_run_this_notebook_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "out/asked.json"

    def run(notebook: Any, target: object, **given: Any) -> None:
        started = given.pop("started")
        started(4)
        asked.write_text(json.dumps([len(notebook.cells), target, given]), "utf-8")
        os._exit(5)

    monkeypatch.setattr(papermill, "execute_notebook", run)
    path = write(tmp_path, "body = 1", CLOSE)
    with pytest.raises(ChapterFailure) as caught:
        execute(path, {"top": 3}, tmp_path / "out", tmp_path, Limits(chapter_output_mb=0.5))
    cells, target, given = json.loads(asked.read_text("utf-8"))
    assert (cells, target) == (4, None)
    assert given.pop("engine_name") == execution.engine.ENGINE
    assert given.items() >= {"progress_bar": False, "output_limit": 500_000}.items()
    assert given["parameters"] == {"top": 3}
    line = path.read_text("utf-8").splitlines().index("import os") + 1
    assert f"line {line}: the kernel ended with status 5 while this cell ran" in caught.value.short
