"""All rules together: in which order they tell, what the editor decides, which facts give way."""

from __future__ import annotations

import pytest

from smdi.errors import InputErrors
from smdi.published import audit, contradictions, read_facts
from smdi.published.declarations import Declarations

TOTAL = {"kind": "total", "measure": "firms", "parts": ["东", "西"], "total": "合计"}
EXHIBITS = {"tab-x": {"grids": [{"measures": ["firms"], "groups": ["东", "西", "合计"]}]}}


@pytest.fixture
def facts(facts_file):
    def write(*lines: str):
        return read_facts(facts_file(*(f"{line},某处" for line in lines)))

    return write


@pytest.fixture
def parts_of_31(facts):
    """Give parts of 30 firms with a total of 31, and one fact that no proof speaks of."""
    firms = [
        f"tab-x,firms,{name},2031,{n},家,{n}" for name, n in (("东", 10), ("西", 20), ("合计", 31))
    ]
    return facts(*firms, "tab-x,firms,南,2031,5,家,5")


def declared(*yields: tuple[str, str], **more: object) -> Declarations:
    decisions = [{"fact": f"tab-x/firms/{name}/2031", "why": why} for name, why in yields]
    content = {"exhibits": EXHIBITS, "relations": [{**TOTAL, "complete": True}]}
    return Declarations.model_validate(content | {"yields": decisions} | more)


def test_what_a_single_rule_notices_hides_no_conflict_of_all_facts(facts) -> None:
    part_of = {"kind": "part_of", "part": "firms_a", "whole": "firms"}
    own = declared(
        source="x.exhibits.yaml", relations=[{**TOTAL, "total": "全国", "complete": True}, part_of]
    )
    firms = "tab-x,firms,东,2031,10,家,10", "tab-x,firms,西,2031,20,家,20"
    found = audit(facts(*firms, "tab-y,firms_a,全国,2031,31,家,31"), own)
    assert [(one.rule, len(one.fact_ids)) for one in found] == [
        ("grids_are_full", 2),
        ("grids_are_full", 1),
        ("all_facts_together", 3),
    ]


def test_the_fact_that_the_editor_lets_go_yields_to_the_first_of_the_others(parts_of_31) -> None:
    (notice, found) = audit(parts_of_31, declared(("西", "原件误植。")))
    assert found.fact_ids == tuple(f"tab-x/firms/{name}/2031" for name in ("合计", "东", "西"))
    assert found.followed == "tab-x/firms/合计/2031"
    assert found.contradicted == ("tab-x/firms/西/2031",)
    assert found.treatment_zh == "编者决定：原件误植。"
    assert found.implied is not None
    assert (found.implied.low, found.implied.high) == (21, 21)
    assert (notice.severity, notice.fact_ids) == ("notice", ("tab-x/firms/南/2031",))
    assert (notice.followed, notice.contradicted) == (None, ())


def test_of_two_facts_that_the_editor_lets_go_each_is_named_with_the_first_reason(
    parts_of_31,
) -> None:
    _, found = audit(parts_of_31, declared(("西", "甲。"), ("东", "乙。")))
    assert found.followed == "tab-x/firms/合计/2031"
    assert found.contradicted == ("tab-x/firms/东/2031", "tab-x/firms/西/2031")
    assert found.treatment_zh == "编者决定：乙。"


def test_where_the_editor_lets_all_go_nothing_is_followed(parts_of_31) -> None:
    all_of_them = declared(("西", "甲。"), ("东", "乙。"), ("合计", "丙。"))
    _, found = audit(parts_of_31, all_of_them)
    assert (found.followed, found.contradicted) == (None, ())


@pytest.mark.parametrize(
    ("source", "file"), [(None, "declarations"), ("x.exhibits.yaml", "x.exhibits.yaml")]
)
def test_a_decision_about_a_fact_that_is_only_noticed_is_refused(parts_of_31, source, file) -> None:
    with pytest.raises(InputErrors) as caught:
        audit(parts_of_31, declared(("西", "甲。"), ("南", "乙。"), source=source))
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.column) == (file, None, "yields")
    assert problem.value == "tab-x/firms/南/2031"
    assert problem.expected == "a fact that a finding of the audit contradicts"


def test_facts_that_give_way_stand_in_the_order_of_the_file_with_what_is_implied(facts) -> None:
    part_of = {"kind": "growth", "growth": "g", "count": "firms"}
    share = {"kind": "share_of_counts", "share": "part", "count": "firms", "groups": ["东", "西"]}
    own = Declarations.model_validate({"relations": [part_of, share]})
    table = contradictions(
        facts(
            "tab-x,firms,东,2031,12,家,12",
            "tab-x,firms,东,2030,10,家,10",
            "tab-x,firms,西,2031,12,家,12",
            "tab-x,g,东,2031,30,%,30",
            "tab-x,part,东,2031,60,%,60",
        ),
        own,
    )
    assert table.to_dict("records") == [
        {
            "fact_id": "tab-x/g/东/2031",
            "partner_id": "tab-x/firms/东/2031",
            "rule": "growth_follows_from_counts",
            "severity": "contradiction",
            "implied_low": "20.0",
            "implied_high": "20.0",
        },
        {
            "fact_id": "tab-x/part/东/2031",
            "partner_id": "tab-x/firms/东/2031",
            "rule": "shares_follow_from_counts",
            "severity": "contradiction",
            "implied_low": "50",
            "implied_high": "50",
        },
    ]


def test_where_no_fact_gives_way_the_table_has_its_columns_alone(parts_of_31) -> None:
    table = contradictions(parts_of_31, declared())
    assert list(table) == [
        "fact_id",
        "partner_id",
        "rule",
        "severity",
        "implied_low",
        "implied_high",
    ]
    assert len(table) == 0
    assert (table.dtypes == "str").all()
