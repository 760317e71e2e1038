"""What of a job speaks for and against its import, each taken from where it stands."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from smdi.assessments.importing.evidence import gathered
from smdi.assessments.importing.plausibility import Evidence
from smdi.assessments.mapping import template_mapping
from smdi.assessments.mapping.model import ColumnMapping, ImportMapping


def mapped(**revenue: object) -> ImportMapping:
    """The mapping of the template with another column of revenue."""
    columns = {**template_mapping().columns, "revenue": ColumnMapping(**revenue)}
    return template_mapping().model_copy(update={"columns": columns})


def evidence(mapping: ImportMapping, last: pd.DataFrame | None = None) -> Evidence:
    others = pd.DataFrame({"row": [7, 12], "credit_code": ["A", "B"]})
    job = SimpleNamespace(
        answers=SimpleNamespace(of_other_firms=lambda: others, superseded=[3, 4, 5]),
        profile=SimpleNamespace(frame="the rows"),
        read=20,
        rounded={"营业收入": 2},
        source=SimpleNamespace(row_shown=lambda row: f"Sheet1!{row}"),
        mapping=mapping,
        names={"revenue": "营业收入"},
        options=SimpleNamespace(today=date(2021, 12, 31)),
    )
    return gathered(job, last)


def test_all_that_is_known_of_a_job_is_handed_on() -> None:
    last = pd.DataFrame({"year": [2020]})
    found = evidence(mapped(column="营业收入（元）", unit="万元"), last)
    assert (found.frame, found.read, found.kept) == ("the rows", 20, 17)
    assert found.last is last
    assert found.rounded == {"营业收入": 2}
    assert found.other_firms == ["row Sheet1!7 (A)", "row Sheet1!12 (B)"]
    assert (found.headings, found.today) == ({"revenue": "营业收入"}, date(2021, 12, 31))
    assert found.unit_conflict is not None


@pytest.mark.parametrize(
    ("revenue", "conflict"),
    [
        ({"column": "营业收入（元）", "unit": "元"}, None),
        ({"column": "营业收入（元）", "multiply": 0.0001}, None),
        ({"column": "营业收入（亿元）", "multiply": 10000}, None),
        ({"column": "营业收入"}, None),
        ({"constant": "5"}, None),
        (
            {"column": "营业收入（元）", "unit": "万元"},
            "the heading '营业收入（元）' says 元, the mapping unit: 万元; for 元 the mapping says "
            "unit: 元 (or multiply: 0.0001)",
        ),
        (
            {"column": "营业收入（元）", "multiply": 0.001},
            "the heading '营业收入（元）' says 元, the mapping multiply: 0.001; for 元 the mapping "
            "says unit: 元 (or multiply: 0.0001)",
        ),
        (
            {"column": "收入:亿元"},
            "the heading '收入:亿元' says 亿元, the mapping multiply: 1; for 亿元 the mapping says "
            "unit: 亿元 (or multiply: 10000)",
        ),
    ],
)
def test_heading_and_mapping_may_not_give_two_units(revenue, conflict: str | None) -> None:
    assert evidence(mapped(**revenue)).unit_conflict == conflict
