"""Builds that run their steps one after the other, as forks of one process."""

from __future__ import annotations

import pytest

from smdi.edition import read_edition
from smdi.publishing import in_order
from smdi.workflow import steps, warm


def test_a_build_that_a_server_forked_early_loads_what_its_steps_want(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str] = []
    monkeypatch.setenv(warm.DRAWER_VARIABLE, "drawer")
    monkeypatch.setattr(warm, "MODULES", ("pandas", "altair"))
    monkeypatch.setattr(warm.importlib, "import_module", loaded.append)
    monkeypatch.setattr(in_order, "_read_once", lambda edition: None)
    monkeypatch.setattr(steps, "read_plan", lambda edition: {})
    assert in_order.run_in_order(read_edition("2021"), {}) == 0
    assert loaded == ["pandas", "altair"]
