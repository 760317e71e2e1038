"""Steps as jobs: what it records, what it tells of a failure, what it clears before."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from smdi.edition import Edition, read_edition
from smdi.workflow import jobs, steps
from smdi.workflow.jobs import KILLED, failure_path, log_path, run_job, run_jobs
from smdi.workflow.steps import Step

EDITION = read_edition("2021")
MAKES = "Path(sys.argv[1]).write_text('made')"
Job = Callable[..., int]


@pytest.fixture
def work(tmp_path: Path, monkeypatch) -> Path:
    """Have the edition's folder in a folder of the test's own."""
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.delenv("SMDI_BUILD", raising=False)
    work = tmp_path / "work"
    work.mkdir()
    (work / "input.txt").write_text("input")
    return work


@pytest.fixture
def job(work: Path) -> Job:
    """Give the runner of a step whose script has the lines given."""

    def run(*lines: str, outputs: tuple[str, ...] = ("work/out.txt",), **given: object) -> int:
        script = work / "script.py"
        head = "import sys, os\nfrom pathlib import Path\n"
        if lines:
            script.write_text(head + "\n".join(lines) + "\n", "utf-8")
        made = tuple(str(work.parent / name) for name in outputs)
        step = Step(
            "chapter:sme",
            inputs=(str(work / "input.txt"),),
            outputs=made,
            label="chapter sme",
            command=(str(script), *made),
            **given,
        )
        steps.write_plan(EDITION, [step])
        steps.forget_digests()
        return run_job(EDITION, "chapter:sme")

    return run


def told() -> list[str]:
    failure = json.loads(failure_path(EDITION, "chapter:sme").read_text("utf-8"))
    assert failure["step"] == "chapter:sme"
    return failure["lines"]


def record() -> Path:
    return steps.record_path(EDITION, "chapter:sme")


@pytest.mark.parametrize(("failing", "status"), [("", 0), ("a", 1), ("b", 1), ("c", 1)])
def test_steps_of_a_job_run_one_after_the_other_also_where_one_fails(
    monkeypatch: pytest.MonkeyPatch, failing: str, status: int
) -> None:
    told: list[str] = []

    def run(edition: Edition, name: str) -> int:
        told.append(name)
        return int(name == failing)

    @contextlib.contextmanager
    def shared(edition: Edition, names: list[str]):
        told.append(f"{len(names)} share")
        yield
        told.append("end")

    monkeypatch.setattr(jobs, "run_job", run)
    monkeypatch.setattr(jobs.ahead, "shared", shared)
    assert run_jobs(EDITION, ["a", "b", "c"]) == status
    assert told == ["3 share", "a", "b", "c", "end"]
    told.clear()
    assert run_jobs(EDITION, ["a"]) == (failing == "a")
    assert told == ["a"], "nothing is made for others where there are none"


def test_a_step_that_is_done_is_recorded_and_told(job: Job, work: Path, capsys) -> None:
    assert job(MAKES) == 0
    found = steps.read_record(record())
    assert list(found["outputs"]) == [f"{work}/out.txt"]
    assert list(found["inputs"]) == [f"{work}/input.txt"]
    assert not failure_path(EDITION, "chapter:sme").exists()
    assert capsys.readouterr().out.startswith("  chapter sme  0.")
    assert log_path(EDITION, "chapter:sme").read_text("utf-8") == ""


def test_a_step_whose_last_result_was_made_from_the_same_is_not_run(job: Job, work: Path) -> None:
    assert job(MAKES) == 0
    record().rename(steps.set_aside(record()))
    assert job("raise SystemExit(3)", MAKES) == 0
    assert record().exists()
    assert not steps.set_aside(record()).exists()


def test_a_step_whose_input_is_another_is_run_again(job: Job, work: Path) -> None:
    assert job(MAKES) == 0
    record().rename(steps.set_aside(record()))
    (work / "input.txt").write_text("another")
    assert job("raise SystemExit(3)") == 1


@pytest.mark.parametrize("again", [False, True])
def test_a_step_is_run_again_when_a_step_that_it_needs_has_made_something_else(
    job: Job, work: Path, again: bool
) -> None:
    assert job(MAKES) == 0
    needed = steps.record_path(EDITION, "prepare")
    needed.write_bytes(record().read_bytes())
    assert job(MAKES, needs=("prepare",)) == 0
    record().rename(steps.set_aside(record()))
    if again:
        told = json.loads(needed.read_text("utf-8"))
        told["outputs"] = dict.fromkeys(told["outputs"], "other")
        needed.write_text(json.dumps(told), "utf-8")
    assert job("raise SystemExit(3)", MAKES, needs=("prepare",)) == int(again)


@pytest.mark.parametrize("ended", ["", "raise SystemExit", "raise SystemExit(0)", "sys.exit(None)"])
def test_a_script_may_end_by_itself(job: Job, ended: str) -> None:
    assert job(MAKES, ended) == 0


def test_what_a_script_says_of_its_failure_is_kept(job: Job) -> None:
    assert job("print('a fault\\n  in b', file=sys.stderr)", "sys.exit(2)") == 1
    assert told() == ["a fault", "  in b"]
    assert not record().exists()


def test_a_script_that_ends_without_a_word_is_told_with_its_status(job: Job, work: Path) -> None:
    assert job("sys.exit(3)") == 1
    assert told() == [f"{work}/script.py ended with status 3 and without a word"]


def test_an_error_is_told_in_short_and_logged_in_full(job: Job) -> None:
    assert job("print('before', file=sys.stderr)", "raise KeyError('share')") == 1
    log = log_path(EDITION, "chapter:sme")
    first, second = told()
    assert first.endswith("KeyError: 'share'")
    assert second == f"  the traceback is in {log}"
    text = log.read_text("utf-8")
    assert text.startswith("before\nTraceback")
    assert "KeyError" in text


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("own", "own/library.py, line 3: "),
        (".venv/lib/python3/site-packages", "script.py, line 4: "),
        (".venv/lib64/site-packages", "script.py, line 4: "),
        (".venv/lib/python3", "script.py, line 4: "),
    ],
)
def test_an_error_is_told_with_its_innermost_line_in_the_project(
    job: Job, work: Path, monkeypatch, folder: str, place: str
) -> None:
    """What packages and Python itself ran below that line is in the log."""
    monkeypatch.chdir(work)
    (work / folder).mkdir(parents=True)
    library = "\n\ndef fail(): raise ValueError('x')\n"
    (work / folder / "library.py").write_text(library, "utf-8")
    taken = f"import runpy; fail = runpy.run_path({f'{work}/{folder}/library.py'!r})['fail']"
    assert job(taken, "fail()") == 1
    assert told()[0] == f"{place}ValueError: x"


def test_an_error_outside_of_the_project_has_no_place(job: Job, monkeypatch) -> None:
    monkeypatch.chdir("/")
    monkeypatch.setattr("pathlib.Path.cwd", lambda: Path("/nowhere"))
    assert job("raise ValueError('x')") == 1
    assert told()[0] == "ValueError: x"


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("shutil.Error('x')", "Error: x"),
        ("shutil.Error()", "Error: "),
        ("shutil.Error([('a', 'b', 'full'), ('c', 'd', 'e')])", "b: full"),
        ("OSError([('a', 'b', 'full')])", "OSError: [('a', 'b', 'full')]"),
        ("KeyboardInterrupt()", "KeyboardInterrupt: "),
    ],
)
def test_an_error_is_told_by_its_name_and_words(job: Job, raised: str, said: str) -> None:
    assert job(f"import shutil; raise {raised}") == 1
    assert told()[0].endswith(said)
    assert log_path(EDITION, "chapter:sme").name == "chapter-sme.log"


@pytest.mark.parametrize(
    ("outputs", "lacking"), [(("work/a", "work/b"), "ab"), (("work/a", "work/out.txt"), "a")]
)
def test_all_that_a_script_did_not_make_is_told(job: Job, work: Path, outputs, lacking) -> None:
    assert job(f"Path({f'{work}/out.txt'!r}).touch()", outputs=outputs) == 1
    assert told() == [f"did not make {', '.join(f'{work}/{name}' for name in lacking)}"]
    assert not record().exists()


def test_a_step_that_is_done_takes_what_was_told_of_its_last_failure_away(job: Job) -> None:
    assert job("raise SystemExit(3)") == 1
    assert failure_path(EDITION, "chapter:sme").name == "chapter-sme.json"
    assert job(MAKES) == 0
    assert not failure_path(EDITION, "chapter:sme").exists()


def test_of_files_that_could_not_be_copied_the_first_is_told(job: Job) -> None:
    rows = "[('a', 'folder/b', 'no space'), ('c', 'd', 'e')]"
    assert job(f"import shutil; raise shutil.Error({rows})") == 1
    assert told()[0].endswith("folder/b: no space")


def test_a_script_that_makes_nothing_is_told(job: Job, work: Path) -> None:
    assert job("pass") == 1
    assert told() == [f"did not make {work}/out.txt"]


def test_an_input_that_changes_while_a_step_runs_is_told(job: Job, work: Path) -> None:
    assert job(f"Path('{work}/input.txt').write_text('another')", MAKES) == 1
    lines = told()
    assert lines[0].startswith("changed while the step ran")
    assert lines[1].strip() == f"{work}/input.txt"
    assert not record().exists()


def test_a_step_that_is_killed_is_named(job: Job, work: Path) -> None:
    failure = failure_path(EDITION, "chapter:sme")
    assert job(f"Path(sys.argv[1]).write_text(Path('{failure}').read_text('utf-8'), 'utf-8')") == 0
    written = json.loads((work / "out.txt").read_text("utf-8"))
    assert written == {"step": "chapter:sme", "lines": [KILLED]}


def test_no_old_file_passes_for_a_new_one(job: Job, work: Path) -> None:
    assert job(MAKES) == 0
    record().unlink()
    assert job("assert not Path(sys.argv[1]).exists()", MAKES) == 0


FOLDER = "Path(sys.argv[1]).mkdir(exist_ok=True); (Path(sys.argv[1]) / 'a').write_text('a')"


def test_a_folder_that_is_as_recorded_stays_for_its_maker_and_a_damaged_one_goes(
    job: Job, work: Path
) -> None:
    made = ("work/folder",)
    assert job(FOLDER, outputs=made) == 0
    record().rename(steps.set_aside(record()))
    assert job(f"assert (Path(sys.argv[1]) / 'a').exists(); {FOLDER}", outputs=made) == 0
    record().rename(steps.set_aside(record()))
    (work / "folder/stray").touch()
    assert job(f"assert not Path(sys.argv[1]).exists(); {FOLDER}", outputs=made) == 0


def test_of_two_folders_each_that_is_damaged_goes_and_the_other_stays(job: Job, work: Path) -> None:
    made = ("work/one", "work/two", "work/three")
    write = (
        "[((f := Path(w)).mkdir(exist_ok=True), (f / 'a').write_text('a')) for w in sys.argv[1:]]"
    )
    assert job(write, outputs=made) == 0
    record().rename(steps.set_aside(record()))
    for name in made[:2]:
        (work.parent / name / "stray").touch()
    there = "assert [Path(w).exists() for w in sys.argv[1:]] == [False, False, True]"
    assert job(f"{there}; {write}", outputs=made) == 0


def test_what_readers_see_is_not_removed_before_it_is_replaced(job: Job, work: Path) -> None:
    seen = work.parent / "report.pdf"
    seen.write_text("old")
    assert job("assert Path(sys.argv[1]).exists()", MAKES, outputs=("report.pdf",)) == 0
    assert seen.read_text() == "made"


def test_the_words_of_a_script_are_its_own_alone(job: Job, monkeypatch) -> None:
    monkeypatch.setattr("sys.argv", ["before"])
    assert job("assert len(sys.argv) == 2", MAKES) == 0
    import sys

    assert sys.argv == ["before"]


def test_a_job_whose_build_is_gone_ends_by_itself(job: Job, work: Path, monkeypatch) -> None:
    process = os.fork()
    if process == 0:
        monkeypatch.setenv("SMDI_BUILD", "999999999:1.0")
        try:
            job("import time; time.sleep(30)", MAKES)
        finally:
            os._exit(7)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 1
