"""Steps one after another without Snakemake: what is run, what is passed over, how it ends."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.edition import read_edition
from smdi.publishing import in_order
from smdi.workflow import steps
from smdi.workflow.server import warm
from smdi.workflow.steps import Step

EDITION = read_edition("2021")


@pytest.fixture
def run(tmp_path: Path, monkeypatch):
    """Run steps, given with what they need; those named fail. Give what ran, and the status."""
    monkeypatch.setattr(steps, "record_path", lambda edition, name: tmp_path / f"{name}.json")
    monkeypatch.setenv(warm.DRAWER_VARIABLE, "")
    monkeypatch.setattr(warm, "MODULES", ())
    monkeypatch.setattr(in_order, "_read_once", lambda edition: None)
    ran = tmp_path / "ran"

    def go(plan: dict[str, tuple[str, ...]], failing: str = "", made: str = ""):
        made_steps = {name: Step(name, needs=needs) for name, needs in plan.items()}
        monkeypatch.setattr(steps, "read_plan", lambda edition: made_steps)
        for name in made:
            (tmp_path / f"{name}.json").touch()

        def job(edition, name):
            # In a process of its own: what it says goes to a file.
            with ran.open("a", encoding="utf-8") as told:
                told.write(name)
            if name in failing:
                return 3
            (tmp_path / f"{name}.json").touch()
            return 0

        monkeypatch.setattr(in_order, "run_job", job)
        status = in_order.run_in_order(EDITION, {})
        return (ran.read_text("utf-8") if ran.exists() else ""), status

    return go


CHAIN = {"a": (), "b": ("a",), "c": (), "d": ("b", "c")}


def test_all_steps_run_in_the_order_of_the_plan(run) -> None:
    assert run(CHAIN) == ("abcd", 0)


def test_a_step_that_has_its_record_does_not_run(run) -> None:
    assert run(CHAIN, made="ac") == ("bd", 0)
    assert run(CHAIN, made="abcd")[1] == 0


def test_what_needs_a_failed_step_does_not_run_and_the_others_do(run) -> None:
    assert run(CHAIN, failing="a") == ("ac", 1)


def test_a_failed_last_step_fails_the_build(run) -> None:
    assert run(CHAIN, failing="d") == ("abcd", 1)


def test_a_build_that_a_server_forked_early_loads_what_its_steps_want(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str] = []
    monkeypatch.setenv(warm.DRAWER_VARIABLE, "drawer")
    monkeypatch.setattr(warm, "MODULES", ("pandas", "altair"))
    monkeypatch.setattr(warm, "_compile", lambda notebook: None)
    monkeypatch.setattr(warm.importlib, "import_module", loaded.append)
    monkeypatch.setattr(in_order, "_read_once", lambda edition: None)
    monkeypatch.setattr(steps, "read_plan", lambda edition: {})
    assert in_order.run_in_order(EDITION, {}) == 0
    assert loaded == ["pandas", "altair"]


def test_outside_of_a_warm_server_a_drawer_is_started_for_all_steps_and_leaves_nothing(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.delenv(warm.DRAWER_VARIABLE, raising=False)
    monkeypatch.setattr(in_order, "_read_once", lambda edition: None)
    edition = SimpleNamespace(work=tmp_path)
    drawer = Path(warm.drawer_of(str(tmp_path / "warm")))
    drawer.write_text("left by a killed build")
    seen: list[bool] = []

    def started(address: str) -> None:
        assert (address, drawer.exists()) == (str(tmp_path / "warm"), False)
        drawer.touch()

    monkeypatch.setattr(warm, "warm_up", started)
    monkeypatch.setattr(steps, "read_plan", lambda _: seen.append(drawer.exists()) or {})
    assert in_order.run_in_order(edition, {}) == 0
    assert (seen, drawer.exists()) == ([True], False)
