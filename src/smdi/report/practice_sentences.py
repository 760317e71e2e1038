"""Sentences on practices: how widely, compared with all industries, with the year before, and why.

Every word that compares is chosen by the data. A chapter registers the sentence; nothing here does.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators import comparison
from smdi.indicators.population import ALL_INDUSTRIES
from smdi.indicators.tidy import pick
from smdi.report import phrases
from smdi.report.numbers import inline, state_of
from smdi.standards import practices

BASES = {
    "design": "具有设计业务的企业",
    "logistics": "具有物流业务的企业",
    "sales": "具有销售业务的企业",
    "service": "具有服务业务的企业",
}


def against_all_industries(frame: pd.DataFrame, exhibit: str, year: int, digits: int = 0) -> str:
    """Rates of a sector beside those of all industries, a clause a practice, best known first.

    `frame` is that of `practices.sector_practices`: per practice the sector's row, then 全行业.
    """
    groups = [group for group in dict.fromkeys(frame["group"]) if group != ALL_INDUSTRIES]
    if not groups:
        return "⟦?missing⟧"
    clauses = []
    for practice in dict.fromkeys(frame["measure"]):
        own, hidden = pick(frame, practice, groups[0], year)
        whole, _ = pick(frame, practice, ALL_INDUSTRIES, year)
        said = _amount(own, hidden, digits, _fact(exhibit, practice, groups[0], year))
        reference = _fact(exhibit, practice, ALL_INDUSTRIES, year)
        compared = _compared(own, whole, digits, reference)
        clauses.append(f"{subject(practice)}为{said}，{compared}")
    return f"{groups[0]}企业中，{'；'.join(clauses)}。"


def over_two_years(
    frame: pd.DataFrame, exhibit: str, year: int, baseline: int, digits: int = 2
) -> str:
    """Rates of this year, and from what they came where the frame has the baseline year."""
    clauses = []
    for practice, group in dict.fromkeys(zip(frame["measure"], frame["group"], strict=True)):
        now, hidden = pick(frame, practice, group, year)
        before, _ = pick(frame, practice, group, baseline)
        said = _amount(now, hidden, digits, _fact(exhibit, practice, group, year))
        if state_of(before) != "value" or state_of(now) != "value":
            clauses.append(f"{subject(practice)}为{said}")
            continue
        then = inline(before, "%", digits, _fact(exhibit, practice, group, baseline))
        word = phrases.between(before, now, digits)
        if word == "持平":
            clauses.append(f"{subject(practice)}为{said}，与 {baseline} 年持平")
        else:
            clauses.append(f"{subject(practice)}由 {baseline} 年的{then}{word}至{said}")
    return f"{year} 年，{'；'.join(clauses)}。" if clauses else "⟦?missing⟧"


def where_change_comes_from(ways: pd.DataFrame, year: int) -> str:
    """Whether the firms that answered in both years moved the way all firms did.

    `ways` is the frame of `comparison.practice_comparison`.
    """
    agree: dict[str, bool] = {}
    for measure in dict.fromkeys(ways["measure"]):
        raw, _ = pick(ways, measure, comparison.RAW, year)
        same, _ = pick(ways, measure, comparison.MATCHED, year)
        if state_of(raw) == "value" and state_of(same) == "value":
            name = str(practices().loc[measure.removesuffix("_change"), "name_zh"])
            agree[name] = phrases.direction(raw, 1) == phrases.direction(same, 1)
    claim = phrases.how_many(
        agree,
        "与全部参评企业的变化方向一致",
        counter="项",
        noun="指标",
        denial="与全部参评企业的变化方向不一致",
    )
    return f"就两年均参评的同一批企业而言，{claim}。"


def bases(ids: Sequence[str]) -> str:
    """Say over which firms the practices are that not every firm is asked about; '' for none."""
    table = practices()
    groups: dict[str, list[str]] = {}
    for name in ids:
        base = str(table.loc[name, "base"])
        if base in BASES:
            groups.setdefault(BASES[base], []).append(str(table.loc[name, "name_zh"]))
    told = [f"{phrases.listing(names)}以{base}为基数" for base, names in groups.items()]
    return "，".join(told)


def subject(practice: str) -> str:
    """How a practice stands before its rate: 设备数字化率, 设备联网的应用比例."""
    row = practices().loc[practice]
    return str(row["name_zh"]) + ("" if row["kind"] == "ratio" else "的应用比例")


def _amount(value: float, withheld: bool, digits: int, fact: str) -> str:
    return "⟦?withheld⟧" if withheld else inline(value, "%", digits, fact)


def _compared(own: float, whole: float, digits: int, fact: str) -> str:
    if state_of(own) != "value" or state_of(whole) != "value":
        return "⟦?missing⟧"
    reference = inline(whole, "%", digits, fact)
    words = phrases.compare(own, whole, digits, than="全行业")
    return words if "持平" in words else f"{words}的{reference}"


def _fact(exhibit: str, practice: str, group: str, year: int) -> str:
    return f"{exhibit}/{practice}/{group}/{year}"
