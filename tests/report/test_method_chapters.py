"""The chapters on method, data, audit and reproduction say what is so, whatever the edition has."""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from smdi.edition import read_edition
from smdi.published import read_facts
from smdi.published.audit import RULES
from smdi.report.tables import published, scoring, simulation

HEADER = "exhibit,measure,group,year,printed,computed,status,partner\n"
SUMMARY = {
    "panel": {"participants": 20000, "assessed_current": 12000},
    "inferred": {
        "levels": {
            "2021": {"le1": 69, "2": 15, "3": 7, "ge4": 9},
            "2020": {"le1": 75, "2": 14, "3": 5, "ge4": 6},
        }
    },
    "outcomes": [{"status": status} for status in ("kept", "kept", "contradicted", "setting")],
}


@pytest.fixture
def edition(monkeypatch):
    """Let chapters open an edition with other settings than those of its file."""

    def change(**settings: object) -> None:
        changed = read_edition("2021").model_copy(update=settings)
        monkeypatch.setattr("smdi.report.chapter.read_edition", lambda edition: changed)

    return change


def rows_of(ran, name):
    return ran.exhibit(name)["table"]["rows"]


def test_scoring_reads_as_the_standard_has_it(run_chapter):
    ran = run_chapter("scoring")
    assert ran.says("scoring.item_scores") == (
        "“全部满足”计 1 分、“大部分满足”计 0.8 分、“部分满足”计 0.5 分、“不满足”计 0 分"
    )
    assert ran.says("scoring.example") == "合计总分为 3.00 分，对应集成级。"
    assert [row[2] for row in rows_of(ran, "tab-a17")][1:] == ["0.8", "1.8", "2.8", "3.8", "4.8"]


def test_the_example_is_scored_as_by_hand():
    assert scoring.example_scores().level_scores == (1.0, 0.8, 0.5, 0.5, 0.0)
    totals = {row[0]: (row[1], row[2]) for row in scoring.readings_table()[0].rows}
    # 1 + 1 + 0.5 + 0.5, stopping after level 3 or not; and the same with 0.8 not satisfied.
    assert totals == {
        "达到即满足，逐级相加": ("3.00", "集成级"),
        "达到即满足，逐级递进": ("2.50", "规范级"),
        "超过才满足，逐级相加": ("2.80", "集成级"),
        "超过才满足，逐级递进": ("1.80", "规范级"),
    }


def test_every_hand_set_assumption_is_listed_with_its_reason():
    given = yaml.safe_load(Path("data/simulation.yaml").read_text("utf-8"))
    given = json.loads(json.dumps(given, default=str))
    rows = simulation.assumptions_table({"assumptions": given}, 2021)[0].rows
    assert all(name and why for name, _, why in rows)
    listed = " ".join(value for _, value, _ in rows)
    assert "深圳市 112" in listed and "青岛市 43" in listed
    shown = set(re.findall(r"[\d.-]+", listed))
    numbers = [n for n in leaves(given) if isinstance(n, int | float)]
    assert len(numbers) > 300
    assert {n for n in numbers if str(n) not in shown} == set()


def leaves(node):
    if isinstance(node, dict | list):
        for one in node.values() if isinstance(node, dict) else node:
            yield from leaves(one)
    else:
        yield node


def test_weights_of_the_elements_sum_to_a_hundred_for_each_type():
    table, frame = scoring.weights_table()
    elements = frame[frame["measure"].str.startswith("weight_elements_")]
    assert elements.groupby("group")["value"].sum().to_dict() == {"离散型": 100, "流程型": 100}
    assert "—" in {row[3] for row in table.rows} | {row[4] for row in table.rows}


def test_parts_of_the_model_stand_below_what_they_are_parts_of_and_sum_to_a_hundred():
    rows = scoring.weights_table()[0].rows
    above = [row[0] for row in rows]
    assert [one for one, _ in groupby(above)] == list(dict.fromkeys(above)), "a parent comes twice"
    names = {row[2] for row in rows}
    assert set(above) - {"总分"} <= names
    for parent in dict.fromkeys(above):
        own = [row for row in rows if row[0] == parent]
        for column in (3, 4):
            assert sum(int(row[column]) for row in own if row[column] != "—") == 100


def test_the_simulation_is_counted_from_its_summary(run_chapter):
    ran = run_chapter("simulation", files={"simulation.json": json.dumps(SUMMARY)})
    assert ran.says("simulation.residuals") == (
        "校准目标共 3 项，其中 2 项完全满足，1 项因与其他数值相互矛盾而未予采用；"
        "满足的各项没有残差。"
    )
    assert rows_of(ran, "tab-a21") == [
        ["截至报告年度的参与企业", "20000"],
        ["报告年度的参评企业", "12000"],
    ]
    assert [[row[0], row[-1]] for row in rows_of(ran, "tab-a22")] == [
        ["2020 年", "100"],
        ["2021 年", "100"],
    ]


def test_an_edition_with_given_assessments_says_that_there_was_no_simulation(edition, run_chapter):
    edition(assessments=Path("given.parquet"))
    ran = run_chapter("simulation", files={"simulation.json": json.dumps(SUMMARY)})
    assert ran.says("simulation.residuals") == (
        "本版的结果由给定的评估数据计算，未经模拟程序校准。"
    )
    for name in ("tab-a21", "tab-a22"):
        assert [row[0] for row in rows_of(ran, name)] == ["本版未使用模拟程序"]


def reproduction(*rows: str) -> dict[str, str]:
    return {"reproduction.csv": HEADER + "".join(f"{row}\n" for row in rows)}


ONE = "fig-04,share_level_le1,全国,2021,69,69.02,reproduced,"


def test_of_the_reproduction_only_what_occurs_is_said(run_chapter):
    ran = run_chapter("reproduction", files=reproduction(ONE))
    assert ran.says("reproduction.overall") == (
        "已发布的数值共 1 项，其中与计算结果一致的有 1 项，相互矛盾而不能同时成立的有 0 项。"
    )


def test_agreement_of_given_assessments_is_not_weighed_as_that_of_simulated_ones(
    edition, run_chapter
):
    assert "模拟数据" in run_chapter("reproduction", files=reproduction(ONE)).says(
        "reproduction.weight"
    )
    edition(assessments=Path("given.parquet"))
    for name in ("reproduction", "audit"):
        ran = run_chapter(name, files=reproduction(ONE))
        assert "模拟" not in "".join(json.loads((ran.folder / "prose.json").read_text("utf-8")))
        assert "模拟" not in (ran.folder / "numbers.json").read_text("utf-8")
        for file in (ran.folder / "exhibits").glob("*.json"):
            assert "模拟" not in file.read_text("utf-8"), file


def test_values_that_differ_or_wait_are_not_passed_over(run_chapter):
    differs = "fig-05,share_level_2,离散型,2021,15,17,differs,"
    pending = "fig-23,practice,全国,2021,30,,pending,"
    ran = run_chapter("reproduction", files=reproduction(ONE, differs, pending))
    assert ran.says("reproduction.overall").endswith(
        "的有 0 项，不一致的有 1 项，尚未计算的有 1 项。"
    )
    assert rows_of(ran, "tab-a11") == [
        ["图 4", "1", "1", "0", "0"],
        ["图 5", "1", "0", "0", "1"],
        ["图 23", "1", "0", "1", "0"],
        ["合计", "3", "1", "1", "1"],
    ]


def test_a_contradicted_value_stands_beside_its_partner(tmp_path):
    own = "tab-industry-change/share_level_3_change/纺织业/2021"
    partner = "tab-industry-change/share_level_3/纺织业/2021"
    (tmp_path / "facts.csv").write_text(
        "exhibit,measure,group,year,value,unit,printed,where\n"
        "tab-industry-change,share_level_3_change,纺织业,2021,-1.5,百分点,-1.5,表 3 差值\n"
        "tab-industry-change,share_level_3,纺织业,2021,12.0,%,12.0,表 3\n",
        "utf-8",
    )
    row = f"{own.replace('/', ',')},-1.5,-1.4,contradicted,{partner} | differences"
    (tmp_path / "reproduction.csv").write_text(reproduction(row)["reproduction.csv"], "utf-8")
    table, frame = published.disputed_table(
        published.read_reproduction(tmp_path / "reproduction.csv"),
        read_facts(tmp_path / "facts.csv"),
    )
    assert table.rows == (("表 3 差值", "−1.5 百分点", "−1.4 百分点", "表 3", "12.0%"),)
    assert frame[["group", "value"]].to_numpy().tolist() == [["表 3 纺织业", -1.5]]


def test_an_edition_without_published_values_has_nothing_to_audit_or_reproduce(
    edition, run_chapter
):
    edition(published=None)
    ran = run_chapter("audit")
    assert ran.says("audit.overall") == "本版没有可供对照的已发布数值，未作审计。"
    ran = run_chapter("reproduction", files=reproduction())
    assert ran.says("reproduction.overall") == "本版没有可供对照的已发布数值，未作核对。"


def test_every_finding_is_listed_once_under_what_it_weighs(run_chapter):
    ran = run_chapter("audit")
    listed = {name: len(rows_of(ran, name)) for name in ("tab-a13", "tab-a14", "tab-a15")}
    assert sum(listed.values()) == int(ran.numbers["audit.findings"]["value"])
    assert sum(int(row[2]) for row in rows_of(ran, "tab-a16")) == sum(listed.values())
    assert len(rows_of(ran, "tab-a16")) == len(RULES)


def test_what_is_followed_stands_once_over_all_findings_of_which_it_is(run_chapter):
    table = run_chapter("audit").exhibit("tab-a15")["table"]
    lines = [line for line, _ in table["groups"]]
    assert len(set(lines)) == len(lines) < len(table["rows"])
    assert all(line.startswith("取舍：") for line in lines)
    assert sum(rows for _, rows in table["groups"]) == len(table["rows"])


def test_a_summary_that_the_edition_does_not_have_is_none():
    assert simulation.read_summary(None) is None
    assert simulation.outcome_counts(None) == {"targets": None, "kept": None, "contradicted": None}
