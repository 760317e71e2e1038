"""Tables about the method: the maturity model, its weights, and an example of scoring.

The example is a made-up pattern of answers and no firm's; it is scored by the very code that scores
the firms. Each function returns the table and the tidy frame that a reader can take away.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Scored:
    """The example under one reading: five level scores, their total, and the level it reaches."""

    level_scores: tuple[float, ...]
    total: float
    level_name: str


def levels_table() -> tuple[Table, pd.DataFrame]:
    """List the levels with the lowest total that reaches each."""
    levels = maturity_model().levels
    bounds = {level.name_zh: level.lower_bound_tenths / 10 for level in levels}
    rows = [[str(level.level), level.name_zh, bounds[level.name_zh]] for level in levels]
    columns = [
        Column("level", "等级"),
        Column("name", "名称"),
        Column("bound", "总分下限", "分", "right", 1),
    ]
    data = [Row("lower_bound", name, 0, bound, "分", 0) for name, bound in bounds.items()]
    return plain(columns, rows, "各成熟度等级的总分下限"), frame(data)


def weights_table() -> tuple[Table, pd.DataFrame]:
    """List the weight of every element, domain and sub-domain in its parent, by type of process.

    Left out are nodes that are all of their parent (100 %) for each type that has them.
    """
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


def answer_scores() -> list[str]:
    """Say what each answer to an item counts: “大部分满足”计 0.8 分, the highest first."""
    scores = maturity_model().item_scores
    return [f"“{score.name_zh}”计 {score.tenths / 10:g} 分" for score in scores]


def example_scores(rule: ScoringRule | None = None) -> Scored:
    """Score the example, by default under the reading of the standard that the report follows."""
    model = maturity_model()
    answers = model.items["level"].map(EXAMPLE).to_numpy().astype(np.uint8)
    # What a process firm does not have of design and service.
    for name in ("product_design", "product_service"):
        answers[(model.items["subdomain"] == name).to_numpy()] = NOT_APPLICABLE
    firm = {"process_type": ["process"], "design": [True], "logistics": [True]}
    pattern = pattern_codes({**firm, "sales": [True], "service": [True]})
    scored = Scorer(rule=rule).score(answers[np.newaxis, :], pattern)
    level_scores = tuple(float(score) for score in scored.level_scores[0])
    name = model.levels[int(scored.level[0])].name_zh
    return Scored(level_scores, float(scored.total[0]), name)


def example_table() -> tuple[Table, pd.DataFrame]:
    """List the example's answer at each level, the level's score, and what it adds to the total."""
    names = {item.tenths: item.name_zh for item in maturity_model().item_scores}
    bound = maturity_model().satisfied_tenths / 10
    rows, data = [], []
    for level, score in enumerate(example_scores().level_scores, 1):
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
    """List total and level of the example under each documented reading of the standard."""
    rows, data = [], []
    for title, rule in READINGS.items():
        scored = example_scores(rule)
        rows.append([title, scored.total, scored.level_name])
        data.append(Row("total", title, 0, scored.total, "分", 0))
    columns = [
        Column("reading", "读法"),
        Column("total", "总分", "分", "right", 2),
        Column("level", "等级"),
    ]
    return plain(columns, rows, "算例在各种读法下的总分和等级"), frame(data)
