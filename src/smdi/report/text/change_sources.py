"""What a change read three ways says: is it the firms, or who answered?

The three ways are those of `smdi.indicators.comparison`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators import comparison
from smdi.indicators.population import Population
from smdi.indicators.tidy import pick
from smdi.report.text import phrases
from smdi.report.text.practice_words import asked_of, name, names_or_all, subject
from smdi.report.values import amount, inline, state_of

DIGITS = 1


def three_ways_note(firms: Population, ids: Sequence[str]) -> str:
    """Say how the columns are made, and for which part of the firms a wider cell had to serve."""
    borrowed = max(
        comparison.borrowed_share(firms, comparison.practice_outcome(practice)) for practice in ids
    )
    share = amount(borrowed, "%", DIGITS)
    wider = f"，{share} 的基期企业所在单元本期没有企业，改用上一层单元的均值" if borrowed else ""
    return "。".join(
        part
        for part in (
            asked_of(ids),
            "两年均参评企业以同一批企业前后两年的回答计算",
            f"标准化以 {firms.baseline_year} 年的行业、规模和地区构成加权{wider}",
        )
        if part
    )


def where_change_comes_from(ways: pd.DataFrame, year: int, baseline: int) -> str:
    """How the firms that answered in both years changed, and whether all firms changed alike.

    `ways` is the frame of `comparison.practice_comparison`. Practices whose change is not known
    both for all firms and for the same firms are left out.
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
    told = [f"{subject(practice)}{_moved(same)}" for practice, (_, same) in known.items()]
    sentences = [f"两年均参评的{_matched_firms(ways, known)}企业中，{'，'.join(told)}"]
    sentences += _verdicts(known, ways["measure"].nunique())
    sentences += _standardised(ways, known, year, baseline)
    return f"{'；'.join(sentences)}。"


def _verdicts(known: dict[str, tuple[float, float]], total: int) -> list[str]:
    """Say, for the practices alike, whether what all firms show is seen among the same firms."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for practice, (raw, same) in known.items():
        kinds.setdefault((_direction(raw), _direction(same)), []).append(name(practice))
    alike = {move: names for (move, same), names in kinds.items() if move and move == same}
    told = [_alike(alike, total)] if alike else []
    for (move, same_move), names in kinds.items():
        who = names_or_all(names, total)
        if not move and not same_move:
            told.append(f"{who}在全部参评企业和同一批企业中均基本持平")
        elif not move:
            told.append(f"{who}在全部参评企业中基本持平，在同一批企业中则有所{same_move}")
        elif move != same_move:
            seen = f"反而{same_move}" if same_move else "基本持平"
            told.append(
                f"{who}在全部参评企业中有所{move}，在同一批企业中{seen}，"
                f"这一{move}与参评企业的更替有关"
            )
    return told


def _alike(moves: dict[str, list[str]], total: int) -> str:
    """Say of the practices whose change both ways has the same direction that it has."""
    names = [name for names in moves.values() for name in names]
    if total == len(names) == 1:
        return f"全部参评企业中的{next(iter(moves))}，在同一批企业中同样出现"
    who = names_or_all(names, total)
    if len(moves) == 1:
        return f"{who}的{next(iter(moves))}，在同一批企业中同样出现"
    return f"{who}在同一批企业中的变化方向均与全部参评企业一致"


def _standardised(
    ways: pd.DataFrame, known: dict[str, tuple[float, float]], year: int, baseline: int
) -> list[str]:
    """Say whether the direction stays when the mix of firms is held fixed."""
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
    who = names_or_all(others, ways["measure"].nunique())
    return [f"{head}，{who}的变化方向与全部参评企业不同"]


def _matched_firms(ways: pd.DataFrame, known: dict[str, tuple[float, float]]) -> str:
    """The number of the same firms, where it is one number for all practices."""
    rows = ways[ways["group"] == comparison.MATCHED].set_index("measure")["base"]
    bases = {int(rows[f"{practice}_change"]) for practice in known}
    return inline(bases.pop(), "家") if len(bases) == 1 else ""


def _direction(value: float) -> str:
    word = phrases.direction(value, DIGITS)
    return "" if word == phrases.RATE.same else word


def _moved(value: float) -> str:
    return phrases.change(value, DIGITS) if _direction(value) else "基本持平"
