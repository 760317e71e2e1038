"""Steps one after another without Snakemake: what is run, what is passed over, how it ends."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.edition import read_edition
from smdi.publishing import in_order
from smdi.workflow import steps
from smdi.workflow.server import ahead, warm
from smdi.workflow.steps import Step

EDITION = read_edition("2021")


@pytest.fixture
def run(tmp_path: Path, monkeypatch):
    """Run steps, given with what they need; those named fail. Give what ran, and the status."""
    monkeypatch.setattr(steps, "record_path", lambda edition, name: tmp_path / f"{name}.json")
    monkeypatch.setenv(warm.DRAWER_VARIABLE, "")
    monkeypatch.setattr(warm, "MODULES", ())
    monkeypatch.setattr(warm, "_loaded", set())
    monkeypatch.setattr(ahead, "read_for_steps", lambda edition: None)
    ran = tmp_path / "ran"

    def go(plan: dict[str, tuple[str, ...]], failing: str = "", made: str = ""):
        made_steps = {name: Step(name, needs=needs) for name, needs in plan.items()}
        monkeypatch.setattr(steps, "read_plan", lambda edition: made_steps)
        for name in made:
            (tmp_path / f"{name}.json").touch()

        def jobs(edition, names):
            # In a process of its own: what it says goes to a file.
            with ran.open("a", encoding="utf-8") as told:
                told.write(" ".join(names) + "\n")
            for name in {*names} - {failing}:
                (tmp_path / f"{name}.json").touch()
            return 3 if failing in names else 0

        monkeypatch.setattr(in_order, "run_jobs", jobs)
        status = in_order.run_in_order(EDITION, {})
        return (ran.read_text("utf-8").splitlines() if ran.exists() else []), status

    return go


CHAIN = {"a": (), "b": ("a",), "c": (), "d": ("b", "c")}


def test_all_steps_run_in_the_order_of_the_plan(run) -> None:
    assert run(CHAIN) == ([*"abcd"], 0)


def test_a_step_that_has_its_record_does_not_run(run) -> None:
    assert run(CHAIN, made="ac") == ([*"bd"], 0)
    assert run(CHAIN, made="abcd")[1] == 0


def test_what_needs_a_failed_step_does_not_run_and_the_others_do(run) -> None:
    assert run(CHAIN, failing="a") == ([*"ac"], 1)


def test_a_failed_last_step_fails_the_build(run) -> None:
    assert run(CHAIN, failing="d") == ([*"abcd"], 1)


BOOK = {
    "a": (),
    "b": (),
    "chapter:one": ("a",),
    "chapter:two": ("b",),
    "chapter:three": (),
    "c": ("chapter:one",),
    "chapter:four": ("c",),
}


def test_chapters_that_follow_one_another_share_a_process(run) -> None:
    together = "chapter:one chapter:two chapter:three"
    assert run(BOOK) == (["a", "b", together, "c", "chapter:four"], 0)


def test_of_chapters_that_share_a_process_those_run_that_can_and_have_to(run) -> None:
    ran, status = run({**BOOK, "c": ()}, failing="a")
    assert (ran, status) == (["a", "b", "chapter:two chapter:three", "c", "chapter:four"], 1)


def test_chapters_that_are_done_do_not_run_beside_those_that_are_not(run, tmp_path) -> None:
    (tmp_path / "chapter:two.json").touch()
    ran, status = run(BOOK, made="ab")
    assert (ran, status) == (["chapter:one chapter:three", "c", "chapter:four"], 0)


def test_a_build_that_a_server_forked_early_loads_what_its_steps_want(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str] = []
    monkeypatch.setenv(warm.DRAWER_VARIABLE, "drawer")
    monkeypatch.setattr(warm, "MODULES", ("pandas", "altair"))
    monkeypatch.setattr(warm, "_loaded", set())
    monkeypatch.setattr(ahead, "compile_notebook", lambda notebook: None)
    monkeypatch.setattr(ahead, "read_for_pages", lambda: None)
    monkeypatch.setattr(warm.importlib, "import_module", loaded.append)
    monkeypatch.setattr(ahead, "read_for_steps", lambda edition: None)
    monkeypatch.setattr(steps, "read_plan", lambda edition: {})
    assert in_order.run_in_order(EDITION, {}) == 0
    assert loaded == ["pandas", "altair"]


def test_outside_of_a_warm_server_a_drawer_is_started_for_all_steps_and_leaves_nothing(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.delenv(warm.DRAWER_VARIABLE, raising=False)
    monkeypatch.setattr(ahead, "read_for_steps", lambda edition: None)
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
