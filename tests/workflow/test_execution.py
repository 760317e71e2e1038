from __future__ import annotations

import json
from pathlib import Path

import pytest

from smdi.workflow.execution import ChapterFailure, execute

HEAD = "---\nkernelspec: {name: elsewhere, display_name: X, language: python}\n---\n\n# 章\n\n"
CELL = "```{{code-cell}} python\n:tags: [{tags}]\n\n{body}\n```\n\n"


def write(folder: Path, *bodies: str) -> Path:
    cells = [CELL.format(tags="parameters, remove-cell", body='output = ""\ntop = 10')]
    cells += [CELL.format(tags="remove-cell", body=body) for body in bodies]
    path = folder / "chapter.md"
    path.write_text(HEAD + "".join(cells), "utf-8")
    return path


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes]]:
    """A chapter executed twice, in places of different names, with a home of its own."""
    folder = tmp_path_factory.mktemp("twice")
    home = folder / "home"
    home.mkdir()
    path = write(folder, "import sys\nprint(top, sys.prefix)")
    made = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HOME", str(home))
        for name in ("first", "second-and-longer"):
            made.append(execute(path, {"top": 3}, folder / name).read_bytes())
    return folder, made


def test_an_executed_notebook_has_the_same_bytes_each_time(
    twice: tuple[Path, list[bytes]],
) -> None:
    first, second = twice[1]
    assert first == second


def test_an_executed_notebook_holds_no_time_and_no_path_of_papermill(
    twice: tuple[Path, list[bytes]],
) -> None:
    text = twice[1][0].decode()
    assert "papermill" not in text
    assert "start_time" not in text


def test_a_chapter_runs_in_this_python_whatever_kernel_it_names(
    twice: tuple[Path, list[bytes]],
) -> None:
    import sys

    cells = json.loads(twice[1][0])["cells"]
    assert cells[-1]["outputs"][0]["text"] == [f"3 {sys.prefix}\n"]


def test_the_cell_of_given_parameters_is_hidden_from_readers(
    twice: tuple[Path, list[bytes]],
) -> None:
    cells = json.loads(twice[1][0])["cells"]
    injected = [cell for cell in cells if "injected-parameters" in cell["metadata"].get("tags", [])]
    assert len(injected) == 1
    assert "remove-cell" in injected[0]["metadata"]["tags"]


def test_nothing_is_written_outside_the_output_folder(twice: tuple[Path, list[bytes]]) -> None:
    folder, _ = twice
    assert list((folder / "home").iterdir()) == []
    assert {path.name for path in (folder / "first").iterdir()} == {"chapter.ipynb", "exhibits"}


def test_a_failing_cell_is_told_in_short_and_in_full(tmp_path: Path) -> None:
    path = write(tmp_path, "good = 1", "def inner():\n    raise KeyError('no such firm')\ninner()")
    with pytest.raises(ChapterFailure) as caught:
        execute(path, {}, tmp_path / "out")
    failure = caught.value
    assert "KeyError: 'no such firm'" in failure.short
    assert "inner()" in failure.short
    assert len(failure.short.splitlines()) < 10
    assert "Traceback" in failure.full
    assert "\x1b" not in failure.short + failure.full
    assert not (tmp_path / "out/chapter.ipynb").exists()
