"""Tables on audit and reproduction: counts that add up, places with their numbers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from smdi.published import audit, read_facts
from smdi.published.audit import RULES, SEVERITIES
from smdi.report.tables import published


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return read_facts("data/published/2021.csv")


@pytest.fixture(scope="module")
def findings(facts: pd.DataFrame) -> list:
    return list(audit(facts))


def compared(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """A reproduction of facts: exhibit, status and how it is bound."""
    return pd.DataFrame(
        [
            {"exhibit": exhibit, "measure": f"m{n}", "group": "全国", "year": "2021",
             "printed": "1", "computed": "1", "status": status, "partner": "", "binding": binding}
            for n, (exhibit, status, binding) in enumerate(rows)
        ]
    )  # fmt: skip


def test_a_finding_lists_its_places_and_each_can_be_taken_away(findings, facts) -> None:
    table, frame = published.findings_table(findings, facts, 2021)
    assert len(table.rows) == len(findings) > 5
    places = [(f.rule, name) for f in findings for name in dict.fromkeys(f.fact_ids)]
    taken = [(measure.partition(":")[0], group) for measure, group in
             zip(frame["measure"], frame["group"], strict=True)]  # fmt: skip
    assert Counter(taken) == Counter(places)
    numbers = [int(measure.partition(":")[2]) for measure in frame["measure"]]
    assert sorted(set(numbers)) == list(range(1, len(findings) + 1))
    assert numbers == sorted(numbers)
    for group, value, unit in zip(frame["group"], frame["value"], frame["unit"], strict=True):
        assert (value, unit) == (float(facts.loc[group, "value"]), facts.loc[group, "unit"])
    assert set(frame["base"]) == {0}
    assert sum(number for _, number in table.groups) == len(findings)


def test_findings_that_are_treated_alike_stand_together(findings, facts) -> None:
    table, _ = published.findings_table(findings, facts, 2021)
    treated = Counter(finding.treatment_zh for finding in findings)
    assert sorted(number for _, number in table.groups) == sorted(treated.values())
    rules = [row[0] for row in table.rows]
    titles = {RULES[finding.rule].title_zh for finding in findings}
    assert set(rules) == titles


def test_four_places_are_named_and_more_are_counted(findings, facts) -> None:
    table, _ = published.findings_table(findings, facts, 2021)
    many = [f for f in findings if len(f.fact_ids) > 4]
    few = [f for f in findings if len(f.fact_ids) <= 4]
    assert many and few
    texts = {row[1]: row[2] for row in table.rows}
    for finding in (*many[:3], *few[:3]):
        told = texts[finding.message_zh + finding.unless_zh]
        for name in finding.fact_ids[:4]:
            assert str(facts.loc[name, "where"]) in told
    for finding in many:
        told = texts[finding.message_zh + finding.unless_zh]
        assert str(len(finding.fact_ids) - 4) in told


def test_facts_are_counted_by_exhibit_and_status_and_add_up() -> None:
    rows = [
        ("fig-04", "reproduced", "bound"), ("fig-04", "reproduced", "free"),
        ("fig-04", "differs", ""), ("tab-cities", "contradicted", ""),
        ("text", "reproduced", "bound"),
    ]  # fmt: skip
    table, frame = published.status_table(compared(*rows), 2021)
    assert [list(row) for row in table.rows[:3]] == [
        ["图 4", "3", "2", "0", "1", "1", "1"],
        ["表 2", "1", "0", "1", "0", "0", "0"],
        ["正文", "1", "1", "0", "0", "1", "0"],
    ]
    assert list(table.rows[3])[1:] == ["5", "3", "1", "1", "2", "1"]
    assert table.totals == 1
    assert {column.unit for column in table.columns[1:]} == {"项"}
    assert frame["value"].sum() == 5 + 3  # each fact, and how each of the reproduced is bound
    assert set(frame["base"]) == {0}


def test_only_what_is_withheld_by_nobody_and_of_few_firms_is_counted(facts) -> None:
    made = pd.DataFrame({"unit": ["家"] * 5 + ["%"], "value": ["0", "1", "4", "5", "9", "3"]})
    assert published.few_firms(made, 5)["value"].tolist() == [1.0, 4.0]
    assert not published.few_firms(made, 5)["withheld"].any()


def test_findings_are_parted_by_their_weight(findings) -> None:
    proven, rounding, notices = published.by_weight(findings)
    assert len(proven) + len(rounding) + len(notices) == len(findings)
    assert {f.severity for f in rounding} <= {"rounding"}
    assert {f.severity for f in notices} <= {"notice"}
    assert not {"rounding", "notice"} & {f.severity for f in proven}
    assert sum(published.grades(findings).values()) == len(proven)


def test_each_rule_counts_what_it_found(findings) -> None:
    table, frame = published.rules_table(findings, 2021)
    found = Counter(finding.rule for finding in findings)
    assert [row[2] for row in table.rows] == [str(found[name]) for name in RULES]
    assert len(frame) == len(RULES) * len(SEVERITIES)
    assert frame["value"].sum() == len(findings)


def test_a_reproduction_is_read_with_the_columns_that_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "reproduction.csv"
    path.write_text("exhibit,status\nfig-04,NA\n", "utf-8")
    read = published.read_reproduction(path)
    assert read["status"].tolist() == ["NA"]
    assert read["binding"].tolist() == [""]
