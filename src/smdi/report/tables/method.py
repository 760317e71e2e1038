"""Tables of the method pages: the model, its weights, an example, the simulation's account.

The example is a made-up pattern of answers and no firm's; it is scored by the very code that scores
the firms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from smdi.assessments import NOT_APPLICABLE, Scorer, ScoringRule, pattern_codes
from smdi.indicators.tidy import Row, frame
from smdi.report.tables.table import Column, Table, plain
from smdi.standards import maturity_model

TYPES = {"discrete": "离散型", "process": "流程型"}
# Tenths a level: what the firm of the example answers to every item of that level.
EXAMPLE = {1: 10, 2: 8, 3: 5, 4: 5, 5: 0}
READINGS = {
    "达到即满足，逐级相加": ScoringRule("reaches", "literal"),
    "达到即满足，逐级递进": ScoringRule("reaches", "strict"),
    "超过才满足，逐级相加": ScoringRule("exceeds", "literal"),
    "超过才满足，逐级递进": ScoringRule("exceeds", "strict"),
}
# The row of a table about the simulation where there was none.
NOT_SIMULATED = ["本版未使用模拟程序", *["—"] * 5]
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


def levels_table() -> tuple[Table, pd.DataFrame]:
    """The levels with the lowest total that reaches them, and the tidy frame of the bounds."""
    levels = maturity_model().levels
    rows = [[str(level.level), level.name_zh, level.lower_bound_tenths / 10] for level in levels]
    columns = [
        Column("level", "等级"),
        Column("name", "名称"),
        Column("bound", "总分下限", "分", "right", 1),
    ]
    data = [Row("lower_bound", row[1], 0, row[2], "分", 0) for row in rows]
    return plain(columns, rows, "各成熟度等级的总分下限"), frame(data)


def weights_table() -> tuple[Table, pd.DataFrame]:
    """The weight of every element, domain and sub-domain in its parent, by type of process."""
    model = maturity_model()
    weights = {name: model.weights(name) for name in TYPES}
    kinds = (
        ("能力要素", model.elements, "elements"),
        ("能力域", model.domains, "domains"),
        ("能力子域", model.subdomains, "subdomains"),
    )
    rows, data = [], []
    for kind, nodes, key in kinds:
        for node in nodes:
            found = [getattr(weights[name], key).get(node.id) for name in TYPES]
            if all(value in (None, 100) for value in found):
                continue
            rows.append([kind, node.name_zh, *("—" if v is None else str(v) for v in found)])
            data += [
                Row(f"weight_{key}_{node.id}", title, 0, float(value), "%", 0)
                for title, value in zip(TYPES.values(), found, strict=True)
                if value is not None
            ]
    columns = [
        Column("kind", "层次"),
        Column("name", "名称"),
        *(Column(name, title, "%", "right", 0) for name, title in TYPES.items()),
    ]
    return plain(columns, rows, "能力要素、能力域和能力子域的权重"), frame(data)


def example_scores(rule: ScoringRule | None = None) -> tuple[list[float], float, int]:
    """Score the example: its five level scores, its total and its level."""
    scorer = Scorer(rule=rule)
    items = maturity_model().items
    answers = items["level"].map(EXAMPLE).to_numpy(dtype=np.uint8)
    for name in ("product_design", "product_service"):
        answers[(items["subdomain"] == name).to_numpy()] = NOT_APPLICABLE
    firm = {"process_type": ["process"], "design": [True], "logistics": [True]}
    pattern = pattern_codes({**firm, "sales": [True], "service": [True]})
    scored = scorer.score(answers[np.newaxis, :], pattern)
    return scored.level_scores[0].tolist(), float(scored.total[0]), int(scored.level[0])


def example_table() -> tuple[Table, pd.DataFrame]:
    """What the example answers at each level, the level's score, and what it adds to the total."""
    scores, _, _ = example_scores()
    names = {item.tenths: item.name_zh for item in maturity_model().item_scores}
    bound = maturity_model().satisfied_tenths / 10
    rows, data = [], []
    for level, score in enumerate(scores, 1):
        met = score >= bound
        rows.append(
            [str(level), names[EXAMPLE[level]], score, "是" if met else "否", 1.0 if met else score]
        )
        data.append(Row("level_score", f"{level} 级", 0, score, "分", 0))
    columns = [
        Column("level", "等级"),
        Column("answer", "对各项要求的回答"),
        Column("score", "等级得分", "分", "right", 2),
        Column("met", "是否满足"),
        Column("adds", "计入总分", "分", "right", 2),
    ]
    return plain(columns, rows, "算例各等级的得分及计入总分的数值"), frame(data)


def readings_table() -> tuple[Table, pd.DataFrame]:
    """Total and level of the example under each documented reading of the standard."""
    names = [level.name_zh for level in maturity_model().levels]
    rows, data = [], []
    for title, rule in READINGS.items():
        _, total, level = example_scores(rule)
        rows.append([title, total, names[level]])
        data.append(Row("total", title, 0, total, "分", 0))
    columns = [
        Column("reading", "读法"),
        Column("total", "总分", "分", "right", 2),
        Column("level", "等级"),
    ]
    return plain(columns, rows, "算例在各种读法下的总分和等级"), frame(data)


def read_account(path: str | Path) -> dict | None:
    """Read the simulation's account; None where the edition has none, its path being empty."""
    return json.loads(Path(path).read_text("utf-8")) if path else None


def panel_table(account: Mapping | None, year: int) -> tuple[Table, pd.DataFrame]:
    """How many simulated firms take part, are assessed in each year, and in several."""
    panel = account["panel"] if account else {}
    rows = [[title, panel[name]] for name, title in PANEL.items() if name in panel]
    data = [Row("firms", title, year, firms, "家", 0) for title, firms in rows]
    columns = [Column("name", "总体"), Column("firms", "企业数", "家", "right", 0)]
    return plain(columns, rows or [NOT_SIMULATED[:2]], "模拟企业的各个总体的规模"), frame(data)


def inferred_table(account: Mapping | None, names: Mapping[str, str]) -> tuple[Table, pd.DataFrame]:
    """The whole numbers of firms behind each year's level shares; `names` by level class."""
    rows, data = [], []
    levels = account["inferred"]["levels"] if account else {}
    for year, counts in sorted(levels.items()):
        rows.append([f"{year} 年", *(counts[name] for name in names), sum(counts.values())])
        data += [Row(f"firms_{n}", t, int(year), counts[n], "家", 0) for n, t in names.items()]
    columns = [
        Column("year", "年度"),
        *(Column(name, title, "家", "right", 0) for name, title in names.items()),
        Column("all", "合计", "家", "right", 0),
    ]
    nothing = [NOT_SIMULATED[: len(columns)]]
    return plain(columns, rows or nothing, "由公开占比反推的各等级企业数"), frame(data)


def outcome_counts(account: Mapping | None) -> dict[str, int]:
    """How many facts the simulation was calibrated to, has kept, and could not keep."""
    statuses = [outcome["status"] for outcome in account["outcomes"]] if account else []
    targets = len(statuses) - statuses.count("setting")
    return {"targets": targets} | {name: statuses.count(name) for name in ("kept", "contradicted")}


def calibration(account: Mapping | None) -> str:
    """Say what came of the calibration, with marks of the `outcome_counts` as named values."""
    if account is None:
        return "本版的结果由给定的评估数据计算，未经模拟程序校准。"
    largest = max(abs(o["residual"] or 0) for o in account["outcomes"] if o["status"] == "kept")
    return (
        "校准目标共⟦targets⟧，其中⟦kept⟧完全满足，⟦contradicted⟧因与其他数值相互矛盾而未予采用；"
        + (f"满足的各项的最大残差为 {largest:g}。" if largest else "满足的各项没有残差。")
    )
