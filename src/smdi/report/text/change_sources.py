"""Sentences on the sources of a change: the same firms, or a different set of firms.

The three measures of a change are those of `smdi.indicators.comparison`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators import comparison
from smdi.indicators.population import Population
from smdi.indicators.tidy import pick
from smdi.report.text import phrases
from smdi.report.text.practice_words import denominator_note, name, names_or_count, subject
from smdi.report.values import amount, inline, state_of

DIGITS = 1


def comparison_note(firms: Population, ids: Sequence[str]) -> str:
    """State how the columns are computed, and the share of firms standardised by a wider cell."""
    borrowed = max(
        comparison.borrowed_share(firms, comparison.practice_outcome(practice)) for practice in ids
    )
    share = amount(borrowed, "%", DIGITS)
    wider = f"，{share} 的基期企业所在单元本期没有企业，改用上一层单元的均值" if borrowed else ""
    return "。".join(
        part
        for part in (
            denominator_note(ids),
            "两年均参评企业以同一批企业前后两年的回答计算",
            f"标准化以 {firms.baseline_year} 年的行业、规模和地区构成加权{wider}",
        )
        if part
    )


def change_sources(ways: pd.DataFrame, year: int, baseline: int) -> str:
    """State the change among the firms that answered in both years, and whether all firms agree.

    `ways` is the frame of `comparison.practice_comparison`. Practices whose change is not known
    both for all firms and for the same firms are left out; with none left it is ⟦?missing⟧ or
    ⟦?withheld⟧.
    """
    known: dict[str, tuple[float, float]] = {}
    hidden = False
    for measure in dict.fromkeys(ways["measure"]):
        raw, raw_hidden = pick(ways, measure, comparison.RAW, year)
        same, same_hidden = pick(ways, measure, comparison.MATCHED, year)
        hidden = hidden or raw_hidden or same_hidden
        if state_of(raw) == state_of(same) == "value":
            known[measure.removesuffix("_change")] = raw, same
    if not known:
        return "⟦?withheld⟧" if hidden else "⟦?missing⟧"
    changes = [f"{subject(practice)}{_change(same)}" for practice, (_, same) in known.items()]
    sentences = [f"两年均参评的{_matched_firms(ways, known)}企业中，{'，'.join(changes)}"]
    sentences += _all_and_matched(known, ways["measure"].nunique())
    sentences += _standardised(ways, known, year, baseline)
    return f"{'；'.join(sentences)}。"


def _all_and_matched(known: dict[str, tuple[float, float]], total: int) -> list[str]:
    """State whether the direction among all firms is that among the matched firms."""
    directions: dict[tuple[str, str], list[str]] = {}
    for practice, (raw, same) in known.items():
        directions.setdefault((_direction(raw), _direction(same)), []).append(name(practice))
    agreeing = {
        direction: names
        for (direction, matched), names in directions.items()
        if direction and direction == matched
    }
    clauses = [_same_direction(agreeing, total)] if agreeing else []
    for (direction, matched_direction), names in directions.items():
        who = names_or_count(names, total)
        if not direction and not matched_direction:
            clauses.append(f"{who}在全部参评企业和同一批企业中均基本持平")
        elif not direction:
            clauses.append(
                f"{who}在全部参评企业中基本持平，在同一批企业中则有所{matched_direction}"
            )
        elif direction != matched_direction:
            matched = f"反而{matched_direction}" if matched_direction else "基本持平"
            clauses.append(
                f"{who}在全部参评企业中有所{direction}，在同一批企业中{matched}，"
                f"这一{direction}与参评企业的更替有关"
            )
    return clauses


def _same_direction(agreeing: dict[str, list[str]], total: int) -> str:
    """State that the practices, listed by direction, change alike among all and matched firms."""
    names = [name for names in agreeing.values() for name in names]
    if total == len(names) == 1:
        return f"全部参评企业中的{next(iter(agreeing))}，在同一批企业中同样出现"
    who = names_or_count(names, total)
    if len(agreeing) == 1:
        return f"{who}的{next(iter(agreeing))}，在同一批企业中同样出现"
    return f"{who}在同一批企业中的变化方向均与全部参评企业一致"


def _standardised(
    ways: pd.DataFrame, known: dict[str, tuple[float, float]], year: int, baseline: int
) -> list[str]:
    """State whether standardisation to the baseline mix keeps the direction."""
    values = {
        practice: pick(ways, f"{practice}_change", comparison.STANDARDISED, year)[0]
        for practice in known
    }
    values = {practice: value for practice, value in values.items() if state_of(value) == "value"}
    if not values:
        return []
    others = [
        name(practice)
        for practice, value in values.items()
        if _direction(value) != _direction(known[practice][0])
    ]
    head = f"按 {baseline} 年的企业构成标准化后"
    if not others:
        return [f"{head}，变化方向{'均' if len(values) > 1 else ''}不变"]
    who = names_or_count(others, ways["measure"].nunique())
    return [f"{head}，{who}的变化方向与全部参评企业不同"]


def _matched_firms(ways: pd.DataFrame, known: dict[str, tuple[float, float]]) -> str:
    """Return the number of matched firms, '' where the practices differ in it."""
    rows = ways[ways["group"] == comparison.MATCHED].set_index("measure")["base"]
    bases = {int(rows[f"{practice}_change"]) for practice in known}
    return inline(bases.pop(), "家") if len(bases) == 1 else ""


def _direction(value: float) -> str:
    word = phrases.direction(value, DIGITS)
    return "" if word == phrases.RATE.same else word


def _change(value: float) -> str:
    return phrases.change(value, DIGITS) if _direction(value) else "基本持平"
