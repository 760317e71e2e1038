"""Item scores in rows: which go where, and all that is told of those that go nowhere."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smdi.assessments.importing.answers import Answers
from smdi.assessments.importing.long_items import ITEM, ONCE, read_long_items
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.mapping.headings import FIRM_HEADINGS
from smdi.assessments.problems import ProblemLog
from smdi.assessments.reading import open_source

ONE, OTHER = "91350100M000100Y43", "913205000000000129"
EARLY, LATE = "2021-05-01", "2021-05-02"
HEADINGS = {"credit_code": "代码", "year": "年", "item_id": "题", "score": "分"}
SCORES = {"甲": 10, "乙": 8, "丙": 5, "丁": 0}


def answers() -> Answers:
    """Two kept answers, in rows 3 and 4, and one in row 2 that a later one replaced."""
    days = [pd.Timestamp(day).date() for day in (EARLY, LATE, EARLY)]
    keys = pd.DataFrame(
        {"row": [2, 3, 4], "credit_code": [ONE, ONE, OTHER], "year": [2021, 2021, 2021],
         "submitted_on": days, "kept_row": [3, 3, 4]}
    )  # fmt: skip
    return Answers(keys)


@pytest.fixture
def read(tmp_path: Path):
    """Read rows of a long file: the scores by row and item, the faulty rows, what is told."""

    def go(*rows: str, dated: bool = False, template: str = "题_{item_id}"):
        headings = HEADINGS | ({"submitted_on": "日"} if dated else {})
        text = "\n".join([",".join(headings.values()), *rows]) + "\n"
        (tmp_path / "items.csv").write_text(text, "utf-8")
        mapping = ImportMapping.model_validate({
            "columns": {name: {"column": heading} for name, heading in FIRM_HEADINGS.items()},
            "items": {"layout": "long", "long_columns": headings, "values": SCORES,
                      "template": template, "not_applicable": ["", "不适用"]},
        })  # fmt: skip
        source = open_source([tmp_path / "items.csv"], list(headings.values()))
        log = ProblemLog("items.csv", source.place)
        items = read_long_items(source, mapping, answers(), log)
        placed = {
            (int(row), items.ids[column]): int(items.scores[place, column])
            for place, row in enumerate(items.kept_rows)
            for column in range(len(items.ids))
            if items.scores[place, column] != 255
        }
        told = [
            (one.row, one.column, one.value, one.expected, one.nearest) for one in log.problems()
        ]
        return placed, items.kept_rows[items.faulty].tolist(), told

    return go


def test_scores_go_to_the_kept_answer_of_their_firm_and_year_by_item(read) -> None:
    placed, faulty, told = read(
        f"{OTHER},2021,data-1-1,甲", f"{ONE},2021,题_data-2-1,乙", f"{ONE},2021年,DATA-1-1,丁",
        f"{ONE},2021,skills-1-1,不适用", f"{ONE},2021,skills-2-1,",
    )  # fmt: skip
    assert placed == {
        (3, "data-1-1"): 0, (3, "data-2-1"): 8, (4, "data-1-1"): 10,
    }  # fmt: skip
    assert (faulty, told) == ([], [])


@pytest.mark.parametrize(
    ("row", "spoilt", "column", "value", "expected", "nearest"),
    [
        (f"{OTHER},2020,data-1-1,甲", [], "代码", OTHER, "a firm and year of the export", None),
        (f"{OTHER},2021,data-1-9,甲", [], "题", "data-1-9", ITEM, "data-1-1"),
        (f"{OTHER},2021,data-1-1,戊", [4], "分", "戊",
         "an item score, written as 甲, 乙, 丙, 丁", None),
        (f"{OTHER},2021,,甲", [], "题", "(empty)", "a value", None),
        (f"{OTHER},,data-1-1,甲", [], "年", "(empty)", "a value", None),
        (",2021,data-1-1,甲", [], "代码", "(empty)", "a value", None),
        (f"{OTHER},年,data-1-1,甲", [], "年", "年", "a year of four digits", None),
    ],
)  # fmt: skip
def test_a_row_that_goes_nowhere_is_told_with_its_cell(
    read, row, spoilt, column, value, expected, nearest
) -> None:
    placed, faulty, told = read(f"{ONE},2021,data-1-1,丙", row)
    assert placed == {(3, "data-1-1"): 5}
    assert [one[:4] for one in told] == [(3, column, value, expected)]
    if nearest:
        assert told[0][4].startswith("data-1-")
    if spoilt:
        assert faulty == spoilt


def test_a_second_score_of_an_item_is_told_and_spoils_the_answer(read) -> None:
    placed, faulty, told = read(
        f"{ONE},2021,data-1-1,甲", f"{OTHER},2021,data-1-1,乙", f"{ONE},2021,data-1-1,丙"
    )
    assert placed == {(3, "data-1-1"): 10, (4, "data-1-1"): 8}
    assert faulty == [3]
    assert told == [(4, "题", "data-1-1", ONCE, None)]


def test_scores_of_a_superseded_answer_are_passed_over_where_days_tell_it_apart(read) -> None:
    placed, faulty, told = read(
        f"{ONE},2021,data-1-1,甲,{EARLY}", f"{ONE},2021,data-1-1,乙,{LATE}",
        f"{OTHER},2021,data-1-1,丙,{EARLY}", f"{OTHER},2021,data-2-1,丙,{LATE}", dated=True,
    )  # fmt: skip
    assert placed == {(3, "data-1-1"): 8, (4, "data-1-1"): 5}
    assert faulty == []
    assert told == [(5, "代码", OTHER, "a firm and year of the export", None)]
