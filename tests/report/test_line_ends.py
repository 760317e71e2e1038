"""Tables leave with the same bytes from every system, whichever way its own lines end."""

from __future__ import annotations

import os

import pytest

from smdi.indicators import tidy
from smdi.report.published_values import PublishedValues, no_facts
from smdi.workflow.differences.consequences import About, Consequences
from smdi.workflow.differences.run import Run

ABOUT = About(
    edition="2021", scope="全国", old_scope="全国", parameters={},
    release="r", data="d", code="c", simulated=True, cautions=(),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _of_another_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "linesep", "\r\n")


def test_computed_values_have_plain_ends_of_lines() -> None:
    values = PublishedValues(no_facts())
    values.add("fig-01", tidy.frame([tidy.setting("firms", "全国", 2021, 9, "家")]))
    text = values.csv()
    assert text.endswith(b"\n")
    assert b"\r" not in text


def test_the_tables_of_consequences_have_plain_ends_of_lines() -> None:
    empty = Run("全国", {"sme": "中小企业"}, {}, {})
    files = Consequences(ABOUT, empty, empty).files()
    tables = {name: text for name, text in files.items() if name.endswith(".csv")}
    assert len(tables) == 4
    assert [name for name, text in tables.items() if b"\r" in text] == []
