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
from smdi.report.tables.table import Column, Table, number_column, plain
from smdi.report.text.language import name_of, words
from smdi.standards import maturity_model

TYPES = ("discrete", "process")
# Tenths a level: what the firm of the example answers to every item of that level.
EXAMPLE = {1: 10, 2: 8, 3: 5, 4: 5, 5: 0}
READINGS = (
    ScoringRule("reaches", "literal"),
    ScoringRule("reaches", "strict"),
    ScoringRule("exceeds", "literal"),
    ScoringRule("exceeds", "strict"),
)


@dataclass(frozen=True)
class Scored:
    """The example under one reading: five level scores, their total, and the level it reaches."""

    level_scores: tuple[float, ...]
    total: float
    level_name: str


def levels_table() -> tuple[Table, pd.DataFrame]:
    """List the levels with the lowest total that reaches each."""
    say, levels = words().method_tables, maturity_model().levels
    bounds = {level.name_zh: level.lower_bound_tenths / 10 for level in levels}
    rows = [[str(level.level), name_of(level.name_zh), bounds[level.name_zh]] for level in levels]
    columns = [
        Column("level", say.level),
        Column("name", say.name),
        number_column("bound", say.bound, "分", 1),
    ]
    data = [Row("lower_bound", name, 0, bound, "分", 0) for name, bound in bounds.items()]
    return plain(columns, rows, say.levels_alt), frame(data)


def weights_table() -> tuple[Table, pd.DataFrame]:
    """List the weight of every element, domain and sub-domain under its parent, by type of process.

    Left out are nodes that are all of their parent (100 %) for each type that has them.
    """
    say, model = words().method_tables, maturity_model()
    titles = {name: getattr(say, name) for name in TYPES}
    weights = {name: model.weights(name) for name in TYPES}
    kinds = (
        (say.elements, model.elements, "elements"),
        (say.domains, model.domains, "domains"),
        (say.subdomains, model.subdomains, "subdomains"),
    )
    names = {"": say.total} | {node.id: node.name_zh for _, nodes, _ in kinds for node in nodes}
    rows, data = [], []
    for kind, nodes, key in kinds:
        for node in nodes:
            found = [getattr(weights[name], key).get(node.id) for name in TYPES]
            if all(value in (None, 100) for value in found):
                continue
            cells = (words().charts.no_value if v is None else str(v) for v in found)
            rows.append([name_of(names[node.parent]), kind, name_of(node.name_zh), *cells])
            data += [
                Row(f"weight_{key}_{node.id}", title, 0, float(value), "%", 0)
                for title, value in zip(titles.values(), found, strict=True)
                if value is not None
            ]
    columns = [
        Column("parent", say.parent, joined=True),
        Column("kind", say.kind),
        Column("name", say.name, names=True),
        *(number_column(name, title, "%", 0) for name, title in titles.items()),
    ]
    return plain(columns, rows, say.weights_alt), frame(data)


def answer_scores() -> list[str]:
    """Say what each answer to an item counts: “大部分满足”计 0.8 分, the highest first."""
    scores = maturity_model().item_scores
    counts_as = words().method_tables.counts_as
    return [
        counts_as(answer=name_of(score.name_zh), score=f"{score.tenths / 10:g}") for score in scores
    ]


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
    name = name_of(model.levels[int(scored.level[0])].name_zh)
    return Scored(level_scores, float(scored.total[0]), name)


def example_table() -> tuple[Table, pd.DataFrame]:
    """List the example's answer at each level, the level's score, and what it adds to the total."""
    say = words().method_tables
    names = {item.tenths: name_of(item.name_zh) for item in maturity_model().item_scores}
    bound = maturity_model().satisfied_tenths / 10
    rows, data = [], []
    for level, score in enumerate(example_scores().level_scores, 1):
        met = score >= bound
        word = say.is_met if met else say.is_not_met
        rows.append([str(level), names[EXAMPLE[level]], score, word, 1.0 if met else score])
        data.append(Row("level_score", say.level_number(level=level), 0, score, "分", 0))
    columns = [
        Column("level", say.level),
        Column("answer", say.answer),
        number_column("score", say.score, "分", 2),
        Column("met", say.met),
        number_column("adds", say.adds, "分", 2),
    ]
    return plain(columns, rows, say.example_alt), frame(data)


def readings_table() -> tuple[Table, pd.DataFrame]:
    """List total and level of the example under each documented reading of the standard."""
    say = words().method_tables
    rows, data = [], []
    for rule in READINGS:
        title = say.readings[f"{rule.satisfied}_{rule.summation}"]
        scored = example_scores(rule)
        rows.append([title, scored.total, scored.level_name])
        data.append(Row("total", title, 0, scored.total, "分", 0))
    columns = [
        Column("reading", say.reading),
        number_column("total", say.total, "分", 2),
        Column("level", say.level),
    ]
    return plain(columns, rows, say.readings_alt), frame(data)
