"""A chapter's cells run in a process of their own, within limits, and give the same bytes."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import altair as alt
import psutil
import pytest

from smdi.edition import Limits
from smdi.report import rendering
from smdi.workflow import execution
from smdi.workflow.execution import ChapterFailure, execute

HEAD = "---\nkernelspec: {name: elsewhere, display_name: X, language: python}\n---\n\n# 章\n\n"
CELL = "```{{code-cell}} python\n:tags: [{tags}]\n\n{body}\n```\n\n"
# What `chapter.close()` leaves, without a chapter.
CLOSE = """
import json, os
from pathlib import Path
Path(os.environ["SMDI_CHAPTER_OUTPUT"], "prose.json").write_text(json.dumps(["# 章"]))
"""


def write(folder: Path, *bodies: str, close: str = CLOSE) -> Path:
    cells = [CELL.format(tags="parameters, remove-cell", body="top = 10")]
    cells += [CELL.format(tags="keep", body=body) for body in (*bodies, close)]
    path = folder / "chapter.md"
    path.write_text(HEAD + "".join(cells), "utf-8")
    return path


def failure(folder: Path, *bodies: str, close: str = CLOSE, **limits: float) -> ChapterFailure:
    path = write(folder, *bodies, close=close)
    with pytest.raises(ChapterFailure) as caught:
        execute(path, {}, folder / "out", folder, Limits(**limits))
    assert len(caught.value.short.splitlines()) < 10
    return caught.value


def outputs(folder: Path, *bodies: str) -> list[dict]:
    page = execute(write(folder, *bodies), {}, folder / "out", folder)
    return json.loads(page.read_text("utf-8"))["cells"][3]["outputs"]


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
            made.append(execute(path, {"top": 3}, folder / name, folder).read_bytes())
    return folder, made


def test_an_executed_notebook_has_the_same_bytes_each_time(twice) -> None:
    first, second = twice[1]
    assert first == second


def test_an_executed_notebook_holds_no_time_and_no_path_of_papermill(twice) -> None:
    text = twice[1][0].decode()
    assert "papermill" not in text
    assert "start_time" not in text


def test_a_chapter_runs_in_this_python_with_the_given_parameters(twice) -> None:
    import sys

    cells = json.loads(twice[1][0])["cells"]
    assert cells[3]["outputs"][0]["text"] == [f"3 {sys.prefix}\n"]


def test_the_cell_of_given_parameters_is_hidden_from_readers(twice) -> None:
    cells = json.loads(twice[1][0])["cells"]
    injected = [cell for cell in cells if "injected-parameters" in cell["metadata"].get("tags", [])]
    assert len(injected) == 1
    assert "remove-cell" in injected[0]["metadata"]["tags"]


def test_nothing_is_written_outside_the_output_folder(twice) -> None:
    folder, _ = twice
    assert list((folder / "home").iterdir()) == []
    assert {path.name for path in (folder / "first").iterdir()} == {
        "chapter.ipynb",
        "exhibits",
        "page.ipynb",
        "prose.json",
    }


def test_the_last_line_of_a_cell_is_its_result(tmp_path: Path) -> None:
    found = outputs(tmp_path, "import pandas as pd\npd.DataFrame({'firms': [3]})")
    assert [output["output_type"] for output in found] == ["execute_result"]
    assert "<td>3</td>" in "".join(found[0]["data"]["text/html"])
    assert found[0]["execution_count"] == 3


def test_displays_prints_and_warnings_are_recorded_in_their_order(tmp_path: Path) -> None:
    body = "import sys\nprint('one')\ndisplay(2)\nprint('three', file=sys.stderr)"
    found = outputs(tmp_path, body)
    assert [output["output_type"] for output in found] == ["stream", "display_data", "stream"]
    assert found[2]["name"] == "stderr"


def test_a_hidden_cell_keeps_what_it_gave_for_readers_of_the_notebook_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "1 + 1")
    path.write_text(path.read_text("utf-8").replace("[keep]\n\n1 + 1", "[remove-cell]\n\n1 + 1"))
    page = execute(path, {}, tmp_path / "out", tmp_path)
    hidden, own = (
        [
            cell
            for cell in json.loads(file.read_text("utf-8"))["cells"]
            if cell["source"] == ["1 + 1"]
        ]
        for file in (page, tmp_path / "out/chapter.ipynb")
    )
    assert [cell["outputs"] for cell in hidden] == [[]]
    assert [len(cell["outputs"]) for cell in own] == [1]


def test_a_failing_cell_is_told_in_short_with_its_line_and_in_full(tmp_path: Path) -> None:
    told = failure(tmp_path, "good = 1", "def inner():\n    raise KeyError('no firm')\ninner()")
    assert "chapter.md, line 22: the cell failed" in told.short
    assert "KeyError: 'no firm'" in told.short
    assert "Traceback" in told.full
    assert "\x1b" not in told.short + told.full
    assert not (tmp_path / "out/chapter.ipynb").exists()


@pytest.mark.parametrize(("lines", "more"), [(6, ""), (7, "… 1 more lines"), (9, "… 3 more lines")])
def test_of_a_failing_cell_six_lines_are_shown_and_the_others_counted(
    tmp_path: Path, lines: int, more: str
) -> None:
    body = "\n".join([*(f"x{n} = {n}" for n in range(1, lines)), "1 / 0"])
    told = failure(tmp_path, body).short
    assert ("more lines" in told) is bool(more) and more in told
    assert [f"x{n} = {n}" in told for n in (5, 6, 7)] == [True, lines > 6, False]
    assert told.rstrip().endswith("ZeroDivisionError: division by zero")


def test_a_fault_outside_of_the_cells_is_told_in_short_and_in_full(
    tmp_path: Path, monkeypatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(execution, "write_text", full)
    # A new interpreter, which a process that has drawn starts, would know nothing of this.
    monkeypatch.setattr(rendering, "has_drawn", lambda: False)
    told = failure(tmp_path, "1 + 1")
    assert told.short.endswith("chapter.md: OSError: [Errno 28] No space left on device")
    assert "Traceback" in told.full


def test_a_cell_that_is_no_python_is_named_before_anything_runs(tmp_path: Path) -> None:
    from smdi.errors import InputErrors

    path = write(tmp_path, "firms = (")
    with pytest.raises(InputErrors, match=r"chapter\.md, row 16: found 'firms = \('"):
        execute(path, {}, tmp_path / "out", tmp_path)


def test_a_chapter_that_runs_too_long_is_ended(tmp_path: Path) -> None:
    told = failure(tmp_path, "while True: pass", chapter_seconds=8)
    assert "line 16: the cell is still running after 8 s" in told.short
    assert "limits.chapter_seconds" in told.short


def test_a_chapter_that_prints_without_end_is_ended(tmp_path: Path) -> None:
    told = failure(tmp_path, "while True: print('firm' * 1000)", chapter_output_mb=0.1)
    assert "may print 0.1 MB" in told.short


def test_a_program_that_a_cell_starts_prints_no_more_than_the_cell_may(tmp_path: Path) -> None:
    body = "import subprocess\nsubprocess.run(['yes', 'firm'])"
    told = failure(tmp_path, body, chapter_output_mb=0.1)
    assert "line 16: a chapter may print 0.1 MB, this one prints more" in told.short
    assert "limits.chapter_output_mb" in told.short


def test_a_cell_that_ends_the_kernel_without_a_fault_is_told_too(tmp_path: Path) -> None:
    told = failure(tmp_path, "import os\nos._exit(0)")
    assert "line 16: the kernel ended with status 0 while this cell ran" in told.short


def test_the_last_words_of_a_dead_kernel_are_in_the_log(tmp_path: Path) -> None:
    told = failure(tmp_path, "import os\nos.write(2, b'terminate called\\n')\nos.kill(0, 9)")
    assert "SIGKILL" in told.short
    assert "terminate called" in told.full


def test_a_kernel_ends_with_the_process_that_waits_for_it(tmp_path: Path) -> None:
    body = "import os, time\nopen('kernel', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    path = write(tmp_path, f"import os\nos.chdir({str(tmp_path / 'out')!r})", body)
    code = (
        "import sys; from pathlib import Path; from smdi.workflow.execution import execute\n"
        "execute(Path(sys.argv[1]), {}, Path(sys.argv[2]), Path(sys.argv[2]))"
    )
    written = tmp_path / "out/kernel"
    with subprocess.Popen([sys.executable, "-c", code, str(path), str(tmp_path / "out")]) as job:
        deadline = time.monotonic() + 60
        while not (written.is_file() and written.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        job.kill()
    kernel = int(written.read_text())
    while psutil.pid_exists(kernel) and psutil.Process(kernel).status() != "zombie":
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("end", ["", "raise ValueError"])
def test_a_chapter_leaves_no_temporary_file_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setenv("HOME", "/proc/nowhere")
    body = f"import tempfile\ntempfile.mkdtemp()\ntempfile.mkstemp()\n{end}"
    with contextlib.suppress(ChapterFailure):
        execute(write(tmp_path, body), {}, tmp_path / "out", tmp_path)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not list((tmp_path / "out").glob(".*"))


def has_landlock() -> bool:
    """Whether the system can hold a process to folders: a number of it, not an error."""
    return ctypes.CDLL(None).syscall(444, None, 0, 1) > 0


@pytest.mark.parametrize(
    "body",
    [
        "import pyarrow.csv; pyarrow.csv.write_csv(pyarrow.table({{'a': [1]}}), {0!r})",
        "import pandas as pd; pd.DataFrame({{'a': [1]}}).to_parquet({0!r})",
        "import subprocess; subprocess.run(['cp', '/etc/hosts', {0!r}], check=True)",
    ],
)
def test_neither_a_c_library_nor_a_program_writes_outside_the_chapters_folder(
    tmp_path: Path, body: str
) -> None:
    place = tmp_path / "elsewhere"
    path = write(tmp_path, body.format(str(place)))
    if has_landlock():
        with pytest.raises(ChapterFailure, match=r"line 16"):
            execute(path, {}, tmp_path / "out", tmp_path)
    else:
        execute(path, {}, tmp_path / "out", tmp_path)
    assert place.exists() is not has_landlock()


def test_a_refusal_by_the_system_says_what_the_rule_is(tmp_path: Path) -> None:
    told = failure(tmp_path, "raise PermissionError(13, 'Permission denied', '/somewhere')")
    assert "a chapter writes to its own folder alone" in told.short


def test_a_c_library_writes_to_the_chapters_folder_and_moves_within_it(tmp_path: Path) -> None:
    body = (
        "import os, pyarrow as pa; from pyarrow import csv\n"
        "out = os.environ['SMDI_CHAPTER_OUTPUT']\n"
        "csv.write_csv(pa.table({'a': [1]}), out + '/made.csv')\n"
        "os.rename(out + '/made.csv', out + '/exhibits/made.csv')"
    )
    execute(write(tmp_path, body), {}, tmp_path / "out", tmp_path)
    assert (tmp_path / "out/exhibits/made.csv").is_file()


def test_a_kernel_that_dies_is_told_with_its_signal(tmp_path: Path) -> None:
    told = failure(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert "line 16: the kernel was killed by SIGKILL while this cell ran" in told.short


def test_a_chapter_may_not_write_outside_its_folder(tmp_path: Path) -> None:
    place = Path("data/standards/written.csv").absolute()
    told = failure(tmp_path, f"open({str(place)!r}, 'w')")
    assert f"a chapter writes to its own folder alone, not to {place}" in told.short
    assert not place.exists()


def test_a_chapter_that_is_not_closed_is_told(tmp_path: Path) -> None:
    assert "the chapter is not closed" in failure(tmp_path, "good = 1", close="good = 2").short


def test_what_an_earlier_run_left_is_gone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/stale.json").touch()
    execute(write(tmp_path, "good = 1"), {}, tmp_path / "out", tmp_path)
    assert not (tmp_path / "out/stale.json").exists()


def test_a_chapter_draws_though_the_process_that_runs_it_has_drawn(tmp_path: Path) -> None:
    """The threads of the drawing engine do not outlive a fork: such a kernel would hang."""
    chart = alt.Chart(alt.InlineData(values=[{}])).mark_point()
    rendering.svg(chart)
    body = (
        "import altair as alt\nfrom smdi.report import rendering\n"
        "print(rendering.svg(alt.Chart(alt.InlineData(values=[{}])).mark_point())[:4])"
    )
    path = write(tmp_path, body)
    page = execute(path, {"top": 3}, tmp_path / "out", tmp_path, Limits(chapter_seconds=60))
    cells = json.loads(page.read_text("utf-8"))["cells"]
    assert cells[3]["outputs"][0]["text"] == ["<svg\n"]


def test_a_kernel_that_has_its_shell_from_before_gives_the_same_bytes(tmp_path: Path) -> None:
    """Several chapters that one process runs have it from there."""
    code = (
        "import __main__, pickle\nclass A: pass\n"
        "print(type(pickle.loads(pickle.dumps(A()))), __main__.top)"
    )
    path = write(tmp_path, code, "get_ipython().execution_count")
    alone = execute(path, {"top": 3}, tmp_path / "alone", tmp_path).read_bytes()
    script = (
        "import sys\nfrom pathlib import Path\nfrom smdi.workflow.execution import execute\n"
        "folder = Path(sys.argv[1])\n"
        "execute(folder / 'chapter.md', {'top': 3}, folder / sys.argv[2], folder)\n"
    )
    (tmp_path / "script.py").write_text(script)
    program = (
        "import runpy, sys\nfrom smdi.workflow.kernel.engine import shell_of_process\n"
        "shell_of_process(f'{sys.argv[1]}/own')\n"
        "for name in ('first', 'second'):\n"
        "    sys.argv[2:] = [name]\n"
        "    runpy.run_path(f'{sys.argv[1]}/script.py', run_name='__main__')\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    assert b"__main__.A" in alone
    for name in ("first", "second"):
        assert (tmp_path / name / "page.ipynb").read_bytes() == alone


def test_a_project_in_the_temporary_folder_is_not_open_to_its_chapters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(Path.cwd().parent))
    place = Path("data/standards/written.csv").absolute()
    told = failure(tmp_path, f"open({str(place)!r}, 'w')")
    assert f"a chapter writes to its own folder alone, not to {place}" in told.short
    assert not place.exists()


def test_a_running_cell_is_looked_at_twenty_times_a_second(monkeypatch, tmp_path):
    looks = iter([[]] * 50 + [["ended"]])
    pauses: list[float] = []

    def look(_read, _write, _other, pause):
        pauses.append(pause)
        return next(looks), [], []

    monkeypatch.setattr(execution.select, "select", look)
    monkeypatch.setattr(execution.os, "waitpid", lambda *_: (1, 0))
    with (tmp_path / "printed").open("w", encoding="utf-8") as printed:
        assert execution._wait(os.getpid(), Limits(), printed.fileno()) == (0, "")
    assert len(pauses) == 51
    assert max(pauses) == 1 / 20


def test_a_message_that_a_dying_kernel_did_not_end_is_passed_over(monkeypatch, tmp_path):
    def dying(run: object, told: int) -> int:
        os.write(told, b'{"cell": 2}\n{"cell": ')
        return 3

    monkeypatch.setattr(execution, "_kernel_main", dying)
    monkeypatch.setattr(execution.rendering, "has_drawn", lambda: False)
    told = failure(tmp_path, "1").short
    assert "the kernel ended with status 3 while this cell ran" in told
