"""Which steps are stale and why, and the firms that editions of a narrower scope share."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem
from smdi.publishing import build as building
from smdi.publishing import in_order, printing
from smdi.publishing.outcome import Stale
from smdi.workflow import guard, steps
from smdi.workflow.editions import readiness
from smdi.workflow.server import ahead, warm
from smdi.workflow.steps import Step

from . import test_build

EDITION = read_edition("2021")
course = test_build.course


@pytest.fixture
def plan(course, tmp_path: Path, monkeypatch) -> dict[str, Step]:
    """Three steps in a row and one beside them, all up to date; each makes a file of its name."""
    (tmp_path / "input").write_text("1")
    made: dict[str, Step] = {}
    results: dict[str, dict[str, str]] = {}
    for name, needs in (
        ("score", ()),
        ("prepare", ("score",)),
        ("site", ("prepare",)),
        ("lint", ()),
    ):
        output = tmp_path / f"{name}.out"
        output.write_text(name)
        inputs = (str(tmp_path / "input"),) if name == "score" else ()
        made[name] = Step(name, inputs=inputs, needs=needs, outputs=(str(output),))
        steps.forget_digests()
        state = steps.state_of(made[name], results)
        results[name] = state.outputs
        steps.write_record(steps.record_path(EDITION, name), state)
    monkeypatch.setattr(building, "steps_of", lambda _: made)
    firms = {name: made[name] for name in ("score", "prepare")}
    monkeypatch.setattr(building, "shared_steps", lambda _: firms)
    monkeypatch.setattr(readiness, "faults", lambda _: [])
    return made


def test_what_is_as_recorded_is_not_stale(plan) -> None:
    assert building.stale_steps(EDITION) == (plan, [])


def test_a_changed_input_is_the_reason_of_its_step_and_the_steps_behind_follow(plan, tmp_path):
    (tmp_path / "input").write_text("2")
    found = building.stale_steps(EDITION)[1]
    assert found == [
        Stale("score", (f"{tmp_path}/input changed",)),
        Stale("prepare", (), ("score",)),
        Stale("site", (), ("prepare",)),
    ]


def test_a_lost_result_is_a_reason_of_its_own_step_and_of_those_that_read_it(plan, tmp_path):
    (tmp_path / "prepare.out").unlink()
    found = building.stale_steps(EDITION)[1]
    assert [one.name for one in found] == ["prepare", "site"]
    assert found[0].reasons == (f"{tmp_path}/prepare.out missing",)
    assert found[1] == Stale("site", ("step prepare gave another result",), ("prepare",))


def test_an_edition_is_held_to_its_data_where_something_is_to_be_done(plan, tmp_path, monkeypatch):
    fault = Problem("2021.yaml", None, "year", 2021, "another year")
    monkeypatch.setattr(readiness, "faults", lambda _: [fault])
    assert building.stale_steps(EDITION)[1] == []
    (tmp_path / "lint.out").unlink()
    with pytest.raises(InputErrors, match="another year"):
        building.stale_steps(EDITION)


def test_firms_that_are_up_to_date_are_left_alone(plan, course, tmp_path, capsys):
    (tmp_path / "site.out").unlink()  # no matter of the firms
    before = sorted(tmp_path.rglob("*"))
    assert building.make_shared(EDITION, "2", [], warm=True) is False
    assert (course.commands, capsys.readouterr().out) == ([], "")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(("status", "failed"), [(0, False), (1, True)])
@pytest.mark.parametrize("is_warm", [False, True])
def test_firms_that_are_stale_are_made_alone_and_their_failure_is_told(
    plan,
    course,
    tmp_path,
    capsys,
    status: int,
    failed: bool,
    is_warm: bool,
) -> None:
    (tmp_path / "input").write_text("2")
    course.status = status
    assert building.make_shared(EDITION, "3", ["--quiet"], warm=is_warm) is failed
    told = capsys.readouterr()
    assert told.out == "Edition 2021: bringing up to date what its scopes share\n"
    assert told.err == ("why it failed\n" if failed else "")
    command = course.commands[-1]
    records = [str(steps.record_path(EDITION, name)) for name in ("score", "prepare")]
    assert command[2:] == [*records, "--quiet", "--cores", "3", "--config", "edition=2021"]
    assert ("server" in course.done) is is_warm
    assert ("SMDI_WARM_SERVER" in course.environments[-1]) is is_warm
    # Their records are in question, and those of the others stand.
    standing = {name: steps.record_path(EDITION, name).exists() for name in plan}
    assert standing == {"score": False, "prepare": False, "site": True, "lint": True}
    assert set(steps.read_plan(EDITION)) == set(plan)
    assert not (EDITION.work / "tmp").exists()


def test_what_cannot_be_printed_is_told_before_what_scopes_share_is_made(
    plan, course, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(building, "shared_steps", lambda _: {"lint": plan["lint"]})
    problem = Problem("book/a.md", 1, None, "{mermaid}", "what can be printed")
    monkeypatch.setattr(printing, "unprintable", lambda _: [problem])
    assert building.make_shared(EDITION, "2", [], warm=True) is False
    (tmp_path / "lint.out").unlink()
    with pytest.raises(InputErrors, match="what can be printed"):
        building.make_shared(EDITION, "2", [], warm=True)
    assert course.commands == []


def test_a_step_in_order_has_the_environment_of_the_build_and_may_be_ended(
    tmp_path: Path, monkeypatch
) -> None:
    """Whoever ends a build by a signal ends its step by the same, whatever the build does then."""
    monkeypatch.setenv(warm.DRAWER_VARIABLE, "drawer")
    monkeypatch.delenv("OF_THE_BUILD", raising=False)
    monkeypatch.setattr(warm, "MODULES", ())
    monkeypatch.setattr(warm, "_loaded", set())
    read: list[str] = []
    monkeypatch.setattr(ahead, "read_for_steps", lambda edition: read.append(edition.id))
    monkeypatch.setattr(steps, "record_path", lambda edition, name: tmp_path / name)
    monkeypatch.setattr(steps, "read_plan", lambda edition: {"a": Step("a")})
    before = {number: signal.signal(number, lambda *_: None) for number in guard.ENDING}

    def job(edition, names) -> int:
        import os

        ways = {signal.getsignal(number) for number in guard.ENDING}
        (tmp_path / "told").write_text(f"{os.environ['OF_THE_BUILD']} {ways == {signal.SIG_DFL}}")
        return 0

    monkeypatch.setattr(in_order, "run_jobs", job)
    try:
        assert in_order.run_in_order(EDITION, {"OF_THE_BUILD": "是"}) == 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        monkeypatch.delenv("OF_THE_BUILD", raising=False)
    assert (tmp_path / "told").read_text() == "是 True"
    assert read == ["2021"]
