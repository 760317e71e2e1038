"""A step is up to date when what it was made from and what it holds are as its record says."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi import files
from smdi.workflow import steps
from smdi.workflow.manifest import fingerprint
from smdi.workflow.steps import Step


@pytest.fixture
def step(tmp_path: Path) -> Step:
    """A step of two inputs and a folder, made and recorded."""
    for name in ("notebook.md", "module.py"):
        (tmp_path / name).write_text(name)
    (tmp_path / "made").mkdir()
    (tmp_path / "made/numbers.json").write_text("{}")
    (tmp_path / "made/facts.csv").write_text("a,b")
    made = Step(
        "chapter:sme",
        inputs=(str(tmp_path / "notebook.md"), str(tmp_path / "module.py")),
        needs=("score",),
        outputs=(str(tmp_path / "made"),),
        parameters={"province": "江苏省"},
    )
    steps.write_record(record(tmp_path), steps.state_of(made, results("abc")))
    return made


@pytest.fixture(autouse=True)
def fresh() -> None:
    steps.forget_digests()


def results(score: str) -> dict[str, dict[str, str]]:
    """The outputs of the step that is needed: scores, and a report of them."""
    return {"score": {"work/scores.parquet": score, "work/report.json": "def"}}


def record(folder: Path) -> Path:
    return folder / "record.json"


def found(step: Step, folder: Path, score: str = "abc") -> list[str]:
    steps.forget_digests()
    return steps.departures(record(folder), steps.state_of(step, results(score)))


def test_what_nobody_touched_is_up_to_date(step: Step, tmp_path: Path) -> None:
    assert found(step, tmp_path) == []


def test_a_file_that_nobody_touched_since_is_not_read_a_second_time(
    step: Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SETTLING", 0)
    found(step, tmp_path)
    read: list[Path] = []
    monkeypatch.setattr(steps, "digest", lambda path: read.append(path) or "read again")
    (tmp_path / "module.py").touch()
    assert found(step, tmp_path) == [f"{tmp_path / 'module.py'} changed"]
    assert read == [tmp_path / "module.py"]


def test_a_file_that_is_just_being_written_is_read_again_whatever_its_time_says(
    step: Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SETTLING", 60e9)
    found(step, tmp_path)
    monkeypatch.setattr(steps, "digest", lambda _: "read again")
    assert len(found(step, tmp_path)) == 4


def test_a_change_that_keeps_size_and_time_is_seen(
    step: Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SETTLING", 0)
    found(step, tmp_path)
    module, before = tmp_path / "module.py", (tmp_path / "module.py").stat()
    time.sleep(0.02)
    module.write_text("modulE.py")
    os.utime(module, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found(step, tmp_path) == [f"{module} changed"]


def test_new_times_with_the_same_bytes_change_nothing(step: Step, tmp_path: Path) -> None:
    (tmp_path / "notebook.md").touch()
    assert found(step, tmp_path) == []


def test_a_changed_input_is_named(step: Step, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("other")
    assert found(step, tmp_path) == [f"{tmp_path}/module.py changed"]


def test_a_missing_input_is_named(step: Step, tmp_path: Path) -> None:
    (tmp_path / "module.py").unlink()
    assert found(step, tmp_path) == [f"{tmp_path}/module.py gone"]


def test_an_altered_a_missing_and_an_added_result_are_named(step: Step, tmp_path: Path) -> None:
    (tmp_path / "made/numbers.json").write_text("[]")
    (tmp_path / "made/facts.csv").unlink()
    (tmp_path / "made/stray.txt").touch()
    assert [text.removeprefix(f"{tmp_path}/made/") for text in found(step, tmp_path)] == [
        "facts.csv missing",
        "numbers.json altered",
        "stray.txt added",
    ]


def test_another_result_of_a_step_before_is_named(step: Step, tmp_path: Path) -> None:
    assert found(step, tmp_path, score="abd") == ["step score gave another result"]


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("scores.parquet", False),
        ("report.json", True),
        ("rep*.json", True),
        ("scores.*", False),
        ("port.json", False),
        ("other/*.json", False),
    ],
)
def test_of_a_step_before_only_what_is_read_counts(tmp_path: Path, read: str, said: bool) -> None:
    step = Step("reproduction", needs=("score",), reads=(read,))
    steps.write_record(record(tmp_path), steps.state_of(step, results("abc")))
    other = {"score": {**results("abc")["score"], "work/report.json": "changed"}}
    told = steps.departures(record(tmp_path), steps.state_of(step, other))
    assert told == ["step score gave another result"] * said


def test_changed_parameters_are_named(step: Step, tmp_path: Path) -> None:
    other = Step(step.name, step.inputs, step.needs, step.outputs, {"province": "山东省"})
    assert found(other, tmp_path) == ["parameters changed: province"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": 3}', '{"inputs": {}, "outputs": {}}'])
def test_a_record_that_is_none_is_not_believed(step: Step, tmp_path: Path, text: str) -> None:
    record(tmp_path).write_text(text)
    assert found(step, tmp_path) == ["its record cannot be read"]


def test_a_record_whose_parts_do_not_fit_is_not_believed(step: Step, tmp_path: Path) -> None:
    content = json.loads(record(tmp_path).read_text("utf-8"))
    content["fingerprint"] = "0" * 16
    record(tmp_path).write_text(json.dumps(content))
    assert found(step, tmp_path) == ["its record cannot be read"]


def test_without_a_record_a_step_is_not_made(step: Step, tmp_path: Path) -> None:
    record(tmp_path).unlink()
    assert found(step, tmp_path) == ["not made yet"]


def test_what_a_step_holds_are_the_files_of_its_folders_and_an_empty_one_is_told(tmp_path) -> None:
    (tmp_path / "full/deep").mkdir(parents=True)
    (tmp_path / "full/deep/a.txt").write_text("a")
    (tmp_path / "empty").mkdir()
    (tmp_path / "one.txt").write_text("b")
    outputs = [str(tmp_path / name) for name in ("full", "empty", "one.txt", "gone.txt")]
    found = steps.outputs_of(Step("x", outputs=tuple(outputs)))
    assert set(found) == {f"{tmp_path}/full/deep/a.txt", outputs[1], outputs[2], outputs[3]}
    assert found[outputs[1]] == "empty"
    assert found[outputs[2]] != found[f"{tmp_path}/full/deep/a.txt"]


def test_a_fingerprint_is_of_the_files_and_not_of_their_order() -> None:
    files = {"b": "2", "a": "1", "文": "3"}
    assert fingerprint(files) == fingerprint(dict(sorted(files.items())))
    others = [{**files, "a": "2"}, {"b": "2", "a": "1"}, {**files, "c": "3"}, {}]
    marks = {fingerprint(one) for one in (files, *others)}
    assert len(marks) == 5
    assert {len(mark) for mark in marks} == {16}


def test_a_job_reads_its_own_step_of_the_plan_as_it_was_written(step: Step, tmp_path: Path) -> None:
    edition = SimpleNamespace(work=tmp_path)
    others = [Step("chapter:sme-more"), Step("chapter"), Step("结\u2028论", label="a\nb")]
    steps.write_plan(edition, [*others, step])
    assert steps.read_step(edition, "chapter:sme") == step
    assert [steps.read_step(edition, one.name) for one in others] == others
    assert list(steps.read_plan(edition).values()) == [*others, step]
    with pytest.raises(KeyError, match="chapter:sm'"):
        steps.read_step(edition, "chapter:sm")


def test_steps_of_one_job_run_in_one_process_in_the_order_of_the_plan() -> None:
    jobs = zip("abcde", ["", "x", "y", "x", ""], strict=True)
    plan = {name: Step(name, job=job) for name, job in jobs}
    assert steps.jobs_of(plan) == [["a"], ["b", "d"], ["c"], ["e"]]


def test_a_step_is_as_urgent_as_the_longest_row_of_steps_that_wait_for_it() -> None:
    needs = {"a": (), "lone": (), "b": ("a",), "short": ("a",), "c": ("b",), "end": ("c", "short")}
    plan = {name: Step(name, needs=needed) for name, needed in needs.items()}
    expected = {"a": 3, "lone": 0, "b": 2, "short": 1, "c": 1, "end": 0}
    assert steps.urgency(plan) == expected


def test_all_that_departs_comes_in_one_list_inputs_first(step: Step, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("other")
    (tmp_path / "added.py").touch()
    (tmp_path / "made/facts.csv").unlink()
    inputs = (str(tmp_path / "module.py"), str(tmp_path / "added.py"))
    other = Step(step.name, inputs, ("score", "prepare"), step.outputs, {"city": "x"})
    assert found(other, tmp_path, score="abd") == [
        f"{tmp_path}/added.py new",
        f"{tmp_path}/module.py changed",
        f"{tmp_path}/notebook.md gone",
        f"{tmp_path}/made/facts.csv missing",
        "step score gave another result",
        "step prepare gave another result",
        "parameters changed: city, province",
    ]


def test_an_input_that_is_not_there_yet_is_gone_until_it_is(tmp_path: Path) -> None:
    made = Step("a", inputs=(str(tmp_path / "a.txt"),))
    steps.write_record(record(tmp_path), steps.state_of(made, {}))
    assert found(made, tmp_path) == []
    (tmp_path / "a.txt").touch()
    assert found(made, tmp_path) == [f"{tmp_path}/a.txt changed"]


@pytest.mark.parametrize(
    ("command", "parameters", "told"),
    [
        (("s.py", "2"), {"seed": 1}, ["parameters changed: command"]),
        (("s.py", "2"), {"seed": 2}, ["parameters changed: seed"]),
        (("s.py", "1"), {"seed": 1}, []),
        ((), {"seed": 1}, ["parameters changed: command"]),
    ],
)
def test_a_command_is_told_where_nothing_else_changed_in_it(
    tmp_path: Path, command: tuple[str, ...], parameters: dict, told: list[str]
) -> None:
    before = Step("a", parameters={"seed": 1}, command=("s.py", "1"))
    steps.write_record(record(tmp_path), steps.state_of(before, {}))
    assert found(Step("a", parameters=parameters, command=command), tmp_path) == told


def test_a_record_ends_the_question_and_lies_by_the_name_of_its_step(step: Step, tmp_path) -> None:
    edition = SimpleNamespace(work=tmp_path)
    path = steps.record_path(edition, "chapter:sme")
    assert path == tmp_path / "steps/chapter-sme.json"
    assert steps.set_aside(path) == tmp_path / "steps/chapter-sme.last.json"
    assert steps.last_record(path) == steps.set_aside(path)
    path.parent.mkdir()
    steps.set_aside(path).touch()
    steps.write_record(path, steps.state_of(step, results("abc")))
    assert [one.name for one in path.parent.iterdir()] == ["chapter-sme.json"]
    assert steps.last_record(path) == path


def test_a_command_is_a_script_and_words() -> None:
    assert steps.command("a", Path("b"), 3) == ("scripts/a.py", "b", "3")
