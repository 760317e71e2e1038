"""Tables about the published report itself: its facts beside ours, and what the audit finds.

They are about printed numbers and not about firms, so their source is the printed report, whatever
the firms are. The frames beside the tables are tidy, so that a reader can take them away.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from smdi.indicators.tidy import Row, frame
from smdi.published import Finding
from smdi.published.audit import RULES, SEVERITY_NAMES
from smdi.report.exhibits import exhibit_number
from smdi.report.tables.table import Column, Table, plain

SOURCE = "已发布的报告"
# Key of the named number, status in reproduction.csv, words of the page.
STATUSES = {
    "reproduced": "一致",
    "contradicted": "相互矛盾",
    "pending": "尚未计算",
    "differs": "不一致",
}
PLACES_SHOWN = 4


def read_reproduction(path: str | Path) -> pd.DataFrame:
    """Read reproduction.csv, everything as text; the columns of `smdi.indicators.reproduction`."""
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def status_counts(compared: pd.DataFrame, year: int) -> pd.DataFrame:
    """Count facts by exhibit and status, a tidy frame: measure the status, group the exhibit."""
    rows = []
    for exhibit in dict.fromkeys(compared["exhibit"]):
        found = compared.loc[compared["exhibit"] == exhibit, "status"]
        rows += [
            Row(status, exhibit_name(exhibit), year, int((found == status).sum()), "项", 0)
            for status in _present(compared)
        ]
    return frame(rows)


def status_table(counts: pd.DataFrame) -> Table:
    """A row an exhibit, a column a status, and the sum at the foot."""
    wide = counts.pivot(index="group", columns="measure", values="value")
    wide = wide.loc[list(dict.fromkeys(counts["group"])), list(dict.fromkeys(counts["measure"]))]
    columns = [Column("exhibit", "图表"), Column("all", "数值", "项", "right", 0)]
    columns += [Column(name, STATUSES[name], "项", "right", 0) for name in wide.columns]
    rows = [[name, row.sum(), *row] for name, row in wide.iterrows()]
    rows.append(["合计", wide.to_numpy().sum(), *wide.sum()])
    return plain(columns, rows, f"{len(wide)} 个图表的已发布数值按核对结果计数")


def disputed_frame(compared: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """The facts that cannot hold beside their partner, as printed; group names the place."""
    rows = []
    for row in compared[compared["status"] == "contradicted"].itertuples(index=False):
        name = f"{row.exhibit}/{row.measure}/{row.group}/{row.year}"
        group = f"{exhibit_name(row.exhibit)} {row.group}"
        value = float(facts.loc[name, "value"])
        rows.append(Row(row.measure, group, int(row.year), value, facts.loc[name, "unit"], 0))
    return frame(rows)


def disputed_table(compared: pd.DataFrame, facts: pd.DataFrame) -> Table:
    """Place, printed number and computed number of each disputed fact, with its partner's place."""
    columns = [
        Column("place", "位置"),
        Column("printed", "印出数值", align="right"),
        Column("computed", "计算结果", align="right"),
        Column("partner", "与之矛盾的位置"),
        Column("partner_printed", "印出数值", align="right"),
    ]
    rows = []
    for row in compared[compared["status"] == "contradicted"].itertuples(index=False):
        name = f"{row.exhibit}/{row.measure}/{row.group}/{row.year}"
        partner = row.partner.split(" | ")[0]
        own, other = facts.loc[name], facts.loc[partner]
        rows.append(
            [
                own["where"],
                _printed(own),
                _with_unit(row.computed, own),
                other["where"],
                _printed(other),
            ]
        )
    return plain(columns, rows, f"{len(rows)} 项不能同时成立的数值及与之矛盾的数值")


def findings_frame(findings: Sequence[Finding], facts: pd.DataFrame, year: int) -> pd.DataFrame:
    """Every place of every finding, tidy: measure `<rule>:<number>`, group the place."""
    rows = []
    for number, finding in enumerate(findings, 1):
        for name in dict.fromkeys(finding.fact_ids):
            fact = facts.loc[name]
            measure = f"{finding.rule}:{number}"
            rows.append(Row(measure, name, year, float(fact["value"]), fact["unit"], 0))
    return frame(rows)


def findings_table(findings: Sequence[Finding], facts: pd.DataFrame) -> Table:
    """A row a finding: what was found, the places with their numbers, and what we follow."""
    columns = [
        Column("rule", "规则"),
        Column("found", "发现"),
        Column("places", "位置与印出数值"),
        Column("treatment", "取舍"),
    ]
    rows = [
        [
            RULES[finding.rule].title_zh,
            finding.message_zh,
            _places(finding.fact_ids, facts),
            finding.treatment_zh,
        ]
        for finding in findings
    ]
    return plain(columns, rows, f"审计所得的 {len(rows)} 项发现")


def rules_frame(findings: Sequence[Finding], year: int) -> pd.DataFrame:
    """How many findings each rule has, tidy: measure the rule, group the kind of finding."""
    rows = []
    for name in RULES:
        for severity, title in SEVERITY_NAMES.items():
            found = sum(f.rule == name and f.severity == severity for f in findings)
            rows.append(Row(name, title, year, found, "项", 0))
    return frame(rows)


def rules_table(findings: Sequence[Finding]) -> Table:
    """A row a rule: its name, why it matters, and how often it found something."""
    columns = [
        Column("rule", "规则"),
        Column("why", "意义"),
        Column("found", "发现", "项", "right", 0),
    ]
    rows = [
        [rule.title_zh, rule.why_zh, sum(finding.rule == name for finding in findings)]
        for name, rule in RULES.items()
    ]
    return plain(columns, rows, f"{len(rows)} 条审计规则及其发现")


def exhibit_name(exhibit: str) -> str:
    """图 4, 表 2; 正文 for numbers that stand in prose alone."""
    return "正文" if exhibit == "text" else exhibit_number(exhibit)


def _present(compared: pd.DataFrame) -> list[str]:
    return [name for name in STATUSES if (compared["status"] == name).any()]


def _places(names: Sequence[str], facts: pd.DataFrame) -> str:
    told = [f"{facts.loc[name, 'where']}：{_printed(facts.loc[name])}" for name in names]
    more = len(told) - PLACES_SHOWN
    return "；".join(told[:PLACES_SHOWN]) + (f"；另有 {more} 处" if more > 0 else "")


def _printed(fact: pd.Series) -> str:
    return _with_unit(str(fact["printed"]), fact)


def _with_unit(number: str, fact: pd.Series) -> str:
    number = number.replace("-", "−")
    return f"{number}%" if fact["unit"] == "%" else f"{number} {fact['unit']}"
