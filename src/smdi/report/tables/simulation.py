"""Tables about the simulation of the firms, from the summary that it leaves: simulation.json.

An edition whose assessments are given has no summary; its tables say so in their only row. Each
function returns the table and the tidy frame that a reader can take away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from smdi.indicators.tidy import Row, frame
from smdi.report.tables.table import Column, Table, plain
from smdi.standards import level_classes

NO_SIMULATION = "本版未使用模拟程序"
PANEL = {
    "participants": "截至报告年度的参与企业",
    "participants_before": "截至上一年的参与企业",
    "assessed_current": "报告年度的参评企业",
    "assessed_baseline": "基准年度的参评企业",
    "assessed_first": "首个年度的参评企业",
    "current_and_baseline": "两年均参评的企业",
    "all_three_years": "三年均参评的企业",
    "new": "报告年度首次参评的企业",
    "gone": "以往参评而报告年度未参评的企业",
}

Summary = Mapping[str, Any]


def read_summary(path: Path | None) -> Summary | None:
    """Read the summary of the simulation; None where the edition has none."""
    return json.loads(path.read_text("utf-8")) if path else None


def panel_table(summary: Summary | None, year: int) -> tuple[Table, pd.DataFrame]:
    """List how many simulated firms take part, are assessed in each year, and in several."""
    panel = summary["panel"] if summary else {}
    rows = [[title, panel[name]] for name, title in PANEL.items() if name in panel]
    data = [Row("firms", title, year, firms, "家", 0) for title, firms in rows]
    columns = [Column("name", "总体"), Column("firms", "企业数", "家", "right", 0)]
    return plain(columns, rows or _no_rows(columns), "模拟企业的各个总体的规模"), frame(data)


def inferred_table(summary: Summary | None) -> tuple[Table, pd.DataFrame]:
    """List the whole numbers of firms behind the printed level shares: a row a year."""
    names = {str(key): name for key, name in level_classes()["name_zh"].items()}
    levels = summary["inferred"]["levels"] if summary else {}
    rows, data = [], []
    for year, counts in sorted(levels.items()):
        rows.append([f"{year} 年", *(counts[name] for name in names), sum(counts.values())])
        data += [Row(f"firms_{n}", t, int(year), counts[n], "家", 0) for n, t in names.items()]
    columns = [
        Column("year", "年度"),
        *(Column(name, title, "家", "right", 0) for name, title in names.items()),
        Column("all", "合计", "家", "right", 0),
    ]
    return plain(columns, rows or _no_rows(columns), "由公开占比反推的各等级企业数"), frame(data)


def outcome_counts(summary: Summary | None) -> dict[str, int | None]:
    """Count the facts that the simulation was calibrated to (targets), kept, and could not keep.

    All are None where there was no simulation. Thresholds and titles are no targets.
    """
    if summary is None:
        return dict.fromkeys(("targets", "kept", "contradicted"))
    statuses = [outcome["status"] for outcome in summary["outcomes"]]
    return {
        "targets": len(statuses) - statuses.count("setting"),
        "kept": statuses.count("kept"),
        "contradicted": statuses.count("contradicted"),
    }


def _no_rows(columns: list[Column]) -> list[list[str]]:
    return [[NO_SIMULATION, *["—"] * (len(columns) - 1)]]
