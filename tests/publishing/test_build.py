"""The course of a build, its steps replaced: what is looked at before, and how it ends."""

from __future__ import annotations

import contextlib
import socket
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.edition import Edition, read_edition
from smdi.errors import InputErrors, Problem
from smdi.publishing import build as building
from smdi.publishing.outcome import Stale
from smdi.workflow import steps
from smdi.workflow.server import starting
from smdi.workflow.steps import Step

EDITION = read_edition("2021")
PLAN = {name: Step(name) for name in ("score", "lint")}
SCORE, LINT = Stale("score", ("data/a.csv changed",)), Stale("lint", (), ("score",))


class Course:
    """What a build did, in order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.commands: list[list[str]] = []
        self.environments: list[dict[str, str]] = []
        self.status = 0


@pytest.fixture
def course(tmp_path: Path, monkeypatch) -> Course:
    """Have a build that starts nothing, in a folder of the test's own."""
    found = Course()

    def loading(environment: dict[str, str]) -> contextlib.AbstractContextManager[object]:
        def snakemake(words: list[str], log: Path) -> int:
            found.done.append("snakemake")
            found.commands.append(words)
            found.environments.append(dict(environment))
            return found.status

        return contextlib.nullcontext(snakemake)

    def start(command: list[str], **_: object) -> SimpleNamespace:
        found.done.append("server")
        return SimpleNamespace(wait=lambda: 0, kill=lambda: found.done.append("killed"))

    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.setattr(starting, "start_child", start)
    monkeypatch.setattr(building, "loading_snakemake", loading)
    monkeypatch.setattr(building, "adopt_orphans", lambda: None)
    monkeypatch.setattr(building, "missing_fonts", lambda: [])
    # Those of a build are none here, and others must live.
    monkeypatch.setattr(building, "end_children", lambda: found.done.append("ended"))
    monkeypatch.setattr("smdi.workflow.guard.end_children", lambda: None)
    monkeypatch.setenv("SMDI_BUILD", "")
    monkeypatch.setattr(building, "summary", lambda *_: "told")
    monkeypatch.setattr(building, "failure_text", lambda *_: "why it failed")
    return found


@pytest.fixture
def stale(monkeypatch):
    """Give what sets the steps that are stale, at the first look and at the next ones."""

    def set_to(*looks: list[Stale]) -> None:
        left = list(looks)
        monkeypatch.setattr(
            building, "stale_steps", lambda _: (PLAN, left.pop(0) if len(left) > 1 else left[0])
        )

    return set_to


@pytest.fixture
def unprintable(monkeypatch) -> list[object]:
    asked: list[object] = []
    monkeypatch.setattr(
        "smdi.publishing.printing.unprintable", lambda files: asked.append(list(files)) or []
    )
    return asked


def test_an_edition_that_is_up_to_date_starts_nothing_and_says_so(course, stale, capsys) -> None:
    stale([])
    assert building.build(EDITION, "2") == 0
    assert "snakemake" not in course.done
    assert capsys.readouterr().out == "told\n"
    assert set(steps.read_plan(EDITION)) == set(PLAN)


def test_snakemake_runs_what_is_stale_with_cores_and_options(course, stale, unprintable) -> None:
    stale([SCORE], [])
    assert building.build(EDITION, "3", ["--profile", "x"], warm=False) == 0
    (command,) = course.commands
    assert command[:2] == ["--nolock", "--keep-going"]
    assert command[2:] == ["--profile", "x", "--cores", "3", "--config", "edition=2021"]
    (environment,) = course.environments
    assert environment["OMP_NUM_THREADS"] == environment["OPENBLAS_NUM_THREADS"] == "1"
    assert "SMDI_WARM_SERVER" not in environment
    assert environment["TMPDIR"] == str(EDITION.work.absolute() / "tmp")
    assert not Path(environment["TMPDIR"]).exists(), "its temporary files go with it"


def test_jobs_get_a_server_that_ends_with_the_build(course, stale, unprintable, tmp_path) -> None:
    stale([SCORE], [])
    assert building.build(EDITION, "2") == 0
    assert course.done[:2] == ["server", "snakemake"]
    assert "killed" in course.done
    address = str(EDITION.work / "warm")
    assert course.environments[0]["SMDI_WARM_SERVER"] == address
    assert not Path(address).exists()


@pytest.mark.parametrize(("found", "asked"), [([SCORE], 0), ([SCORE, LINT], 1)])
def test_pages_are_looked_at_before_anything_runs_where_one_may_have_changed(
    course, stale, unprintable, found, asked: int
) -> None:
    stale(found, [])
    building.build(EDITION, "2", warm=False)
    assert len(unprintable) == asked


def test_what_cannot_be_printed_stops_a_build_before_it_starts(course, stale, monkeypatch) -> None:
    stale([LINT])
    fault = Problem("book/index.md", 3, None, None, "what can be printed")
    monkeypatch.setattr("smdi.publishing.printing.unprintable", lambda _: [fault])
    with pytest.raises(InputErrors, match="what can be printed"):
        building.build(EDITION, "2", warm=False)
    assert "snakemake" not in course.done


def test_fonts_that_lack_stop_a_build_before_it_starts(course, stale, monkeypatch) -> None:
    stale([SCORE])
    monkeypatch.setattr(building, "missing_fonts", lambda: [Problem("a", None, None, None, "font")])
    with pytest.raises(InputErrors, match="font"):
        building.build(EDITION, "2", warm=False)
    assert "snakemake" not in course.done


def test_a_failure_is_told_and_is_status_one(course, stale, unprintable, capsys) -> None:
    stale([SCORE], [])
    course.status = 1
    assert building.build(EDITION, "2", warm=False) == 1
    told = capsys.readouterr()
    assert told.err == "why it failed\n"
    assert not told.out.endswith("told\n")


def test_what_changed_meanwhile_is_told_and_is_made_again(
    course, stale, unprintable, capsys
) -> None:
    stale([SCORE], [SCORE])
    record = steps.record_path(EDITION, "score")
    steps.write_record(record, steps.state_of(PLAN["score"], {}))
    assert building.build(EDITION, "2", warm=False) == 1
    assert "something changed meanwhile" in capsys.readouterr().err
    assert not record.exists()


def test_reasons_are_told_where_there_is_a_release_to_depart_from(
    course, stale, unprintable, capsys, tmp_path
) -> None:
    stale([SCORE, LINT], [])
    building.build(EDITION, "2", warm=False)
    assert "data/a.csv changed" not in capsys.readouterr().out
    (tmp_path / "releases/abc").mkdir(parents=True)
    (tmp_path / "current").symlink_to("releases/abc")
    stale([SCORE, LINT], [])
    building.build(EDITION, "2", warm=False)
    out = capsys.readouterr().out
    assert f"Edition 2021: bringing {tmp_path} up to date\n  score: data/a.csv changed\n" in out
    assert "follows" not in out


def test_records_in_question_are_set_aside_and_the_others_stay(course, stale, unprintable) -> None:
    for name in PLAN:
        steps.write_record(steps.record_path(EDITION, name), steps.state_of(PLAN[name], {}))
    stale([SCORE], [])
    building.build(EDITION, "2", warm=False)
    assert not steps.record_path(EDITION, "score").exists()
    assert steps.set_aside(steps.record_path(EDITION, "score")).exists()
    assert steps.record_path(EDITION, "lint").exists()


def test_in_question_are_all_steps_of_a_job_of_which_one_is(
    course, stale, unprintable, monkeypatch
) -> None:
    jobs = {"one": "a", "two": "a", "three": "b", "four": "b", "five": ""}
    plan = {name: Step(name, job=job) for name, job in jobs.items()}
    for name, step in plan.items():
        steps.write_record(steps.record_path(EDITION, name), steps.state_of(step, {}))
    looks = [[Stale("two", ("altered",))], []]
    monkeypatch.setattr(building, "stale_steps", lambda _: (plan, looks.pop(0)))
    building.build(EDITION, "2", warm=False)
    records = {name: steps.record_path(EDITION, name) for name in plan}
    assert {name for name, path in records.items() if path.exists()} == {"three", "four", "five"}
    aside = {name for name, path in records.items() if steps.set_aside(path).exists()}
    assert aside == {"one", "two"}


def test_what_a_killed_build_left_is_cleared(course, stale, tmp_path) -> None:
    stale([])
    (EDITION.work / "tmp").mkdir(parents=True)
    (EDITION.work / "tmp/stray").touch()
    (tmp_path / "releases/.partial-1").mkdir(parents=True)
    building.build(EDITION, "2")
    assert not (EDITION.work / "tmp").exists()
    assert not (tmp_path / "releases/.partial-1").exists()


def test_steps_in_order_need_neither_snakemake_nor_a_server(
    course, stale, unprintable, monkeypatch
) -> None:
    stale([SCORE], [])
    asked = []
    monkeypatch.setattr(building, "run_in_order", lambda *words: asked.append(words) or 0)
    assert building.build(EDITION, "2", in_order=True) == 0
    assert course.commands == []
    assert asked[0][0] == EDITION


def test_the_user_s_own_environment_reaches_the_jobs(monkeypatch) -> None:
    monkeypatch.setenv("OF_THE_USER", "是")
    monkeypatch.setenv("SMDI_WARM_SERVER", "another")
    made = building.environment_of(EDITION)
    assert made["OF_THE_USER"] == "是"
    assert "SMDI_WARM_SERVER" not in made
    assert made["XDG_CACHE_HOME"] == str(Path(".snakemake/cache").absolute())


def test_a_build_that_is_told_to_end_while_it_starts_its_server_leaves_no_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        assert (tmp_path / "warm").exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(starting, "start_child", interrupted)
    with pytest.raises(KeyboardInterrupt), starting.warm_server(tmp_path, {}):
        pass
    assert not (tmp_path / "warm").exists()


def test_where_no_server_can_listen_jobs_load_all_themselves(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    with starting.warm_server(tmp_path / ("long" * 50), environment):
        assert environment == {}


def test_what_the_server_says_goes_to_its_log_and_it_reads_from_nobody(tmp_path, monkeypatch):
    asked: dict[str, object] = {}

    def start(command: list[str], **options: object) -> SimpleNamespace:
        asked.update(options)
        *_, number, narrowed = command
        assert narrowed == "2021"
        assert options["pass_fds"] == [int(number)]
        # In its queue before there is a server, and not with a killed one of before.
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(tmp_path / "warm"))
        return SimpleNamespace(kill=lambda: None, wait=lambda: 0)

    monkeypatch.setattr(starting, "start_child", start)
    environment: dict[str, str] = {}
    (tmp_path / "warm").touch()
    with starting.warm_server(tmp_path, environment, "2021"):
        assert environment == {"SMDI_WARM_SERVER": str(tmp_path / "warm")}
    names = {Path(str(asked[stream].name)) for stream in ("stdout", "stderr")}  # type: ignore[attr-defined]
    assert names == {tmp_path / "logs/warm-server.log"}
    assert asked["stdin"] == subprocess.DEVNULL
    assert not (tmp_path / "warm").exists()
