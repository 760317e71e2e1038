"""Facts that cannot hold together are told with the relation that they break."""

from __future__ import annotations

import pytest

from smdi.published import read_facts
from smdi.published.audit.joint import joint
from smdi.published.declarations import Declarations
from smdi.published.published_report import PublishedReport

from .short_facts import AMONG, NATION, PART_OF_CLASS, WHOLE, count, firms_of, share

REASONS = [
    (
        [{"kind": "whole", "measures": ["share_a", "share_b"]}],
        (share("share_a", "东", 60), share("share_b", "东", 42)),
        "东 2031 年各项占比合计为 100%",
    ),
    (
        [{"kind": "whole", "measures": ["share_level_3", "share_level_ge4", "share_level_le2"]}],
        (
            share("share_level_3", "东", 20),
            share("share_level_ge4", "东", 10),
            share("share_level_ge3", "东", 35),
        ),
        "合并的等级为各等级之和",
    ),
    (
        [{"kind": "whole_of_groups", "measure": "region_share", "groups": ["东", "西"]}],
        (share("region_share", "东", 60), share("region_share", "西", 42)),
        "2031 年各组占比合计为 100%",
    ),
    (
        [{"kind": "mixture", "whole": ["全国"], "parts": ["东", "西"]}],
        (share("rate", "东", 40), share("rate", "西", 60), share("rate", "全国", 62)),
        "全国由东、西组成",
    ),
    (
        [WHOLE, firms_of("b"), firms_of("c")],
        (*NATION, count("firms_b", "东", 10), count("firms_b", "西", 30)),
        "各地区数量之和为全国相应等级的企业数",
    ),
    (
        [{"kind": "total", "measure": "firms", "parts": ["东"], "total": "全国", "complete": True}],
        (count("firms", "东", 10), count("firms", "全国", 11)),
        "全国为各部分之和",
    ),
    (
        [{"kind": "total", "measure": "firms", "parts": ["东"], "total": "全国"}],
        (count("firms", "东", 12), count("firms", "全国", 11)),
        "各部分不多于合计",
    ),
    (
        [{"kind": "sum_of_measures", "total": "firms", "parts": ["firms_a", "firms_b"]}],
        (count("firms_a", "东", 1), count("firms_b", "东", 2), count("firms", "东", 4)),
        "东各类之和为总数",
    ),
    (
        [{"kind": "part_of", "part": "firms_a", "whole": "firms"}],
        (count("firms_a", "东", 11), count("firms", "东", 10)),
        "东的一部分企业不多于全部企业",
    ),
    (
        [{"kind": "share_of_counts", "share": "part", "count": "firms", "groups": ["东", "西"]}],
        (count("firms", "东", 10), count("firms", "西", 30), share("part", "东", 27)),
        "占比为数量与合计之比",
    ),
    (
        [{"kind": "ratio", "share": "rate", "part": "firms_a", "whole": "firms"}],
        (count("firms_a", "东", 10), count("firms", "东", 40), share("rate", "东", 27)),
        "东占比为两数之比",
    ),
    (
        [{"kind": "growth", "growth": "growth", "count": "firms"}],
        (count("firms", "东", 12), count("firms", "东", 10, 2030), share("growth", "东", 30)),
        "增速为两年数量之比减一",
    ),
    (
        [{"kind": "places", "measure": "firms", "cities": "tab-x", "provinces": "tab-y"}],
        (
            count("firms", "苏州", 50),
            count("firms", "无锡", 30),
            count("tab-y:firms", "江苏省", 79),
        ),
        "江苏省所列城市之和不多于全省",
    ),
    (
        [{"kind": "places", "measure": "firms", "cities": "tab-x", "provinces": "tab-y"}],
        (
            count("firms", "苏州", 50),
            "rank 苏州 2031 1 位",
            count("tab-y:firms", "江苏省", 651),
        ),
        "江苏省未列的城市都不多于表中末位",
    ),
]


@pytest.mark.parametrize(("relations", "facts", "why"), REASONS, ids=[why for *_, why in REASONS])
def test_what_cannot_hold_together_is_told_with_the_relation_it_breaks(
    model, relations, facts, why
) -> None:
    found = next(model(relations, *facts).conflicts())
    assert why in found.reasons


@pytest.mark.parametrize("printed", [9, 92])
def test_a_kind_of_firm_that_does_not_fit_a_class_is_told_why(model, printed: int) -> None:
    facts = *NATION[:3], share("digital_of_b", "全国", 50), share("digital", "全国", printed)
    found = next(model([WHOLE, PART_OF_CLASS], *facts).conflicts())
    assert "某类企业在一个等级之内和之外都不多于该等级之内和之外的企业" in found.reasons


def test_rows_that_are_more_than_the_firms_of_their_share_are_told_why(model) -> None:
    facts = *NATION, count("tab-y:kinds", "甲", 40)
    found = next(model([WHOLE, firms_of("c"), AMONG], *facts).conflicts())
    assert "表中各行的企业都在所称的企业之内" in found.reasons


def test_a_part_of_a_class_that_is_more_than_the_class_is_told_why(model) -> None:
    facts = *NATION[:3], share("digital_of_b", "全国", 120), share("digital", "全国", 24)
    reasons = {
        why for found in model([WHOLE, PART_OF_CLASS], *facts).conflicts() for why in found.reasons
    }
    assert "某类企业在一个等级之内和之外都不多于该等级之内和之外的企业" in reasons


def test_the_finding_of_a_conflict_counts_its_facts_and_names_the_first_of_them(findings_of):
    """Shares of one group that add to 102: each is needed for the conflict."""
    shares = (("le1", "40.00"), ("2", "30.00"), ("3", "20.00"), ("ge4", "10.00"), ("ge2", "62.00"))
    facts = [f"tab-x share_level_{name} 东 2031 {value} %" for name, value in shares]
    found = findings_of("all_facts_together", *facts)
    assert found
    for one in found:
        named = [name.split("/")[1].removeprefix("share_level_") for name in one.fact_ids]
        assert one.numbers == {"facts": len(named)}
        assert len(named) >= 2
        assert all(f"某处：{dict(shares)[name]}" in one.message_zh for name in named)


@pytest.mark.parametrize(
    ("groups", "source", "told"),
    [(40, None, "conditional"), (41, None, None), (41, "x.exhibits.yaml", "contradiction")],
)
def test_more_than_forty_facts_are_told_of_a_declared_relation_alone(
    facts_file, groups: int, source: str | None, told: str | None
) -> None:
    """Shares of 2 % each fall short of a whole, so that none of them can be spared."""
    names = [f"第{number}组" for number in range(groups)]
    lines = [f"tab-x,region_share,{name},2031,2,%,2.0,某处" for name in names]
    whole = {"kind": "whole_of_groups", "measure": "region_share", "groups": names}
    declared = Declarations.model_validate({"relations": [whole], "source": source})
    found = list(joint(PublishedReport.of(read_facts(facts_file(*lines)), declared), ()))
    assert [one.severity for one in found] == ([told] if told else [])
    for one in found:
        assert len(one.fact_ids) == groups
        assert one.message_zh.count("某处：2") == 8
        assert f"等 {groups} 处" in one.message_zh
