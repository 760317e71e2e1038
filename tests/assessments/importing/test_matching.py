"""Columns that are placed by heading and values, and how a mapping says how sure it is of them."""

from __future__ import annotations

import pytest

from smdi.assessments.mapping.headings import FIRM_HEADINGS, LONG_HEADINGS, practice_headings
from smdi.assessments.mapping.matching import Match, match_firm, match_long
from smdi.assessments.mapping.proposal import Proposal
from smdi.assessments.mapping.sampling import SampledColumn
from smdi.assessments.mapping.writing import LISTED, mapping_yaml
from smdi.standards import practices

ITEMS = ("data-1-1", "data-1-2")
SCORES = SampledColumn(LONG_HEADINGS["score"], ("全部满足", "不满足", "部分满足", "大部分满足"))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("data-1-1", "data-1-2"), True),
        (("题_data-1-1", "题_data-1-2"), True),  # behind something of the platform's own
        (("甲", "乙"), False),
    ],
)
def test_a_column_of_items_is_known_by_the_items_in_it(cells, found: bool) -> None:
    column = SampledColumn(LONG_HEADINGS["item_id"], cells * 2)
    assert ("item_id" in match_long([column, SCORES], ITEMS)) is found


def test_a_column_that_holds_no_scores_is_none_of_scores() -> None:
    items = SampledColumn(LONG_HEADINGS["item_id"], ITEMS)
    words = SampledColumn(LONG_HEADINGS["score"], ("甲", "乙", "丙"))
    assert set(match_long([items, SCORES], ITEMS)) == {"item_id", "score"}
    assert set(match_long([items, words], ITEMS)) == {"item_id"}


def test_each_column_has_one_place_and_the_surest_takes_it() -> None:
    exact = SampledColumn(FIRM_HEADINGS["province"], ("江苏省", "山东省"))
    near = SampledColumn(f"企业所在{FIRM_HEADINGS['province']}", ("江苏省", "山东省"))
    found = match_firm([near, exact])
    assert found["province"].heading == exact.heading
    assert found["province"].confidence == 1


@pytest.mark.parametrize(("confidence", "check"), [(0.85, False), (0.84, True)])
def test_what_is_not_sure_is_to_be_looked_at(confidence: float, check: bool) -> None:
    text = mapping_yaml(Proposal(["a.csv"], {"city": Match("市", confidence, "why")}, {}))
    (line,) = [one for one in text.splitlines() if one.lstrip().startswith("city:")]
    assert ("CHECK" in line) is check
    assert f"{confidence:.0%} (why)" in line


@pytest.mark.parametrize(("more", "said"), [(0, ""), (1, " and 1 more")])
def test_columns_that_are_not_used_are_named_up_to_a_number(more: int, said: str) -> None:
    unused = [f"列{n}" for n in range(LISTED + more)]
    text = mapping_yaml(Proposal(["a.csv"], {}, {}, unused=unused))
    (line,) = [one for one in text.splitlines() if "not used" in one]
    assert line.endswith(f"列{LISTED - 1}{said}")


def test_the_heading_of_a_ratio_bears_its_unit_and_of_no_other_practice() -> None:
    headings = practice_headings()
    with_unit = {name for name, heading in headings.items() if heading.endswith("（%）")}
    assert with_unit == set(practices().index[practices()["kind"] == "ratio"]) != set()
    names = {name: heading.removesuffix("（%）") for name, heading in headings.items()}
    assert names == practices()["name_zh"].to_dict()
