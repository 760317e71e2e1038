"""Each kind of relation over a few facts: what can just hold together, and what just cannot."""

from __future__ import annotations

import pytest

from smdi.published import read_facts
from smdi.published.constraints.model import Model
from smdi.published.declarations import Declarations
from smdi.published.published_report import PublishedReport


@pytest.fixture
def holds(facts_file):
    """Tell whether facts (measure group year printed unit) can hold under one relation."""

    def ask(relation: dict[str, object], *facts: str) -> bool:
        lines = []
        for fact in facts:
            measure, group, year, printed, unit = fact.split(" ")
            exhibit = "tab-x" if ":" not in measure else measure.partition(":")[0]
            measure = measure.rpartition(":")[2]
            lines.append(f"{exhibit},{measure},{group},{year},{printed},{unit},{printed},某处")
        declared = Declarations.model_validate({"exhibits": {"tab-x": {}}, "relations": [relation]})
        report = PublishedReport.of(read_facts(facts_file(*lines)), declared)
        return Model.of(report).system.is_feasible()

    return ask


def share(measure: str, group: str, printed: object) -> str:
    return f"{measure} {group} 2031 {printed} %"


def count(measure: str, group: str, printed: object, year: int = 2031) -> str:
    return f"{measure} {group} {year} {printed} 家"


@pytest.mark.parametrize(
    ("second", "can"), [(38, False), (40, True), (41, True), (42, False), (39.6, True)]
)
def test_shares_of_a_whole_make_a_hundred(holds, second: object, can: bool) -> None:
    whole = {"kind": "whole", "measures": ["share_a", "share_b"]}
    facts = share("share_a", "全国", 60), share("share_b", "全国", second)
    assert holds(whole, *facts) is can


@pytest.mark.parametrize(("second", "can"), [(38, False), (40, True), (42, False)])
def test_shares_of_all_groups_make_a_hundred(holds, second: int, can: bool) -> None:
    whole = {"kind": "whole_of_groups", "measure": "region_share", "groups": ["东", "西"]}
    facts = share("region_share", "东", 60), share("region_share", "西", second)
    assert holds(whole, *facts) is can


@pytest.mark.parametrize(
    ("total", "complete", "can"),
    [(30, True, True), (31, True, False), (29, True, False), (31, False, True), (29, False, False)],
)
def test_parts_add_to_their_total_or_to_no_more(holds, total, complete, can) -> None:
    relation = {"kind": "total", "measure": "firms", "parts": ["东", "西"], "total": "全国"}
    facts = count("firms", "东", 10), count("firms", "西", 20), count("firms", "全国", total)
    assert holds({**relation, "complete": complete}, *facts) is can


@pytest.mark.parametrize(("total", "can"), [(30, True), (31, False), (29, False)])
def test_counts_under_several_measures_add_to_another(holds, total: int, can: bool) -> None:
    relation = {"kind": "sum_of_measures", "total": "firms", "parts": ["firms_a", "firms_b"]}
    facts = count("firms_a", "东", 10), count("firms_b", "东", 20), count("firms", "东", total)
    assert holds(relation, *facts) is can


@pytest.mark.parametrize(
    ("whole", "can"), [(38, False), (40, True), (50, True), (60, True), (62, False)]
)
def test_the_rate_of_a_whole_lies_between_those_of_its_parts(holds, whole: int, can: bool) -> None:
    relation = {"kind": "mixture", "whole": ["全国"], "parts": ["东", "西"]}
    facts = share("rate", "东", 40), share("rate", "西", 60), share("rate", "全国", whole)
    assert holds(relation, *facts) is can


def test_parts_that_are_not_all_bound_their_whole_to_nothing_but_their_firms(holds) -> None:
    relation = {"kind": "mixture", "whole": ["全国"], "parts": ["东", "西"], "complete": False}
    facts = share("rate", "东", 40), share("rate", "西", 60), share("rate", "全国", 80)
    assert holds(relation, *facts)


@pytest.mark.parametrize(("part", "can"), [(9, True), (10, True), (11, False)])
def test_a_part_is_no_more_than_its_whole(holds, part: int, can: bool) -> None:
    relation = {"kind": "part_of", "part": "firms_a", "whole": "firms"}
    assert holds(relation, count("firms_a", "东", part), count("firms", "东", 10)) is can


@pytest.mark.parametrize(("printed", "can"), [(24, False), (25, True), (26, False), (25.0, True)])
def test_a_share_beside_its_counts_is_theirs(holds, printed: object, can: bool) -> None:
    relation = {
        "kind": "share_of_counts",
        "share": "part",
        "count": "firms",
        "groups": ["东", "西"],
    }
    facts = count("firms", "东", 10), count("firms", "西", 30), share("part", "东", printed)
    assert holds(relation, *facts) is can


@pytest.mark.parametrize(("printed", "can"), [(24, False), (25, True), (26, False)])
def test_a_ratio_is_that_of_its_counts(holds, printed: int, can: bool) -> None:
    relation = {"kind": "ratio", "share": "rate", "part": "firms_a", "whole": "firms"}
    facts = count("firms_a", "东", 10), count("firms", "东", 40), share("rate", "东", printed)
    assert holds(relation, *facts) is can


@pytest.mark.parametrize(("printed", "can"), [(19, False), (20, True), (21, False)])
def test_a_growth_is_that_of_its_counts(holds, printed: int, can: bool) -> None:
    relation = {"kind": "growth", "growth": "growth", "count": "firms"}
    facts = (
        count("firms", "东", 120),
        count("firms", "东", 100, 2030),
        share("growth", "东", printed),
    )
    assert holds(relation, *facts) is can
