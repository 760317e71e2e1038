"""Sentences on the rates of practices: against all industries, over two years, and their bases.

Every word that compares is chosen by the data, at the digits the sentence prints. A practice
without a value, or with a withheld one, is left out and the sentence says so; when none is left the
text is a mark ⟦?missing⟧ or ⟦?withheld⟧, for which a sentence has its other variant. The frames are
tidy ones of `smdi.indicators.practices`. Marks ⟦=…⟧ are those of `smdi.report.values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from smdi.indicators.rounding import half_up
from smdi.indicators.tidy import pick
from smdi.published import fact_id
from smdi.report.text import phrases
from smdi.report.text.practice_words import (
    base_kind,
    firms_asked,
    full_subject,
    name,
    names_or_count,
    subject,
)
from smdi.report.values import inline, state_of
from smdi.standards import ALL_INDUSTRIES

_FASTER = ("增长快于", "增长慢于", "增长持平")
_HIGHER = ("变动率高于", "变动率低于", "变动率持平")

# The two values that are compared, by practice.
Pairs = dict[str, tuple[float, float]]
# Whether the value is withheld (else it is missing), by practice.
Unavailable = dict[str, bool]


def against_all_industries(
    frame: pd.DataFrame, exhibit: str, year: int, digits: int = 0, region: str = ""
) -> str:
    """State each rate of a sector against that of all industries, a clause a practice.

    `frame` is that of `practices.sector_practices`; `region` is the province of the scope, or ''.
    """
    group, pairs, unavailable = _against_all(frame, year)
    clauses: list[str] = []
    for practice, (own, whole) in pairs.items():
        head = subject(practice) if clauses else full_subject(f"{region}{group}企业", practice)
        amount = inline(own, "%", digits, fact_id(exhibit, practice, group, year))
        reference = inline(whole, "%", digits, fact_id(exhibit, practice, ALL_INDUSTRIES, year))
        words = phrases.compare(own, whole, digits, than=_all_industries(region))
        level = words.startswith("与")
        clauses.append(f"{head}为{amount}，{words if level else f'{words}的{reference}'}")
    return _join_clauses(clauses, unavailable, lead=f"{year} 年，")


def sector_name(frame: pd.DataFrame) -> str:
    """Return the group that the frame compares with all industries; '' when there is none."""
    return next((str(group) for group in frame["group"] if group != ALL_INDUSTRIES), "")


def standing(frame: pd.DataFrame, year: int, digits: int = 0, region: str = "") -> str:
    """Sum up a sector against all industries: 三项关键指标均高于全行业, 差距最大的是…."""
    group, pairs, unavailable = _against_all(frame, year)
    if not pairs:
        return _unavailable_mark(unavailable)
    standings: dict[str, list[str]] = {}
    for practice, (own, whole) in pairs.items():
        words = phrases.compare(own, whole, digits, than=_all_industries(region))
        standings.setdefault(words, []).append(name(practice))
    who, total = f"{region}{group}企业", len(pairs)
    of_all = f"{who}{'可比' if unavailable else ''}的{phrases.counted(total, '项')}关键指标"
    if total == 1:
        text = f"{full_subject(who, next(iter(pairs)))}{next(iter(standings))}"
    elif len(standings) == 1:
        text = f"{of_all}均{next(iter(standings))}"
    else:
        clauses = "，".join(
            f"{phrases.listing(names)}{words}" for words, names in standings.items()
        )
        text = f"{of_all}中，{clauses}"
    largest = _largest_difference(pairs, digits)
    return f"{text}{f'，与{_all_industries(region)}差距最大的是{largest}' if largest else ''}。"


def over_two_years(
    frame: pd.DataFrame, exhibit: str, year: int, baseline: int, digits: int, firms: str
) -> str:
    """State the rates of this year, with those of the baseline year where the frame has them.

    `firms` says whose rates they are: 全国参评企业.
    """
    clauses: list[str] = []
    unavailable: Unavailable = {}
    dated = False
    for practice, group in dict.fromkeys(zip(frame["measure"], frame["group"], strict=True)):
        now, hidden = pick(frame, practice, group, year)
        if state_of(now) != "value":
            unavailable[practice] = hidden
            continue
        head = subject(practice) if clauses else full_subject(firms, practice)
        amount_now = inline(now, "%", digits, fact_id(exhibit, practice, group, year))
        before, _ = pick(frame, practice, group, baseline)
        if state_of(before) != "value":
            clauses.append(f"{head}为{amount_now}")
            continue
        since = "" if dated else f" {baseline} 年的"
        dated = True
        amount_before = inline(before, "%", digits, fact_id(exhibit, practice, group, baseline))
        direction = _direction(now, before, digits)
        if direction:
            clauses.append(f"{head}由{since}{amount_before}{direction}至{amount_now}")
        else:
            clauses.append(f"{head}为{amount_now}，与 {baseline} 年{_unchanged(now, before)}")
    return _join_clauses(clauses, unavailable, lead=f"{year} 年，")


def movement(frame: pd.DataFrame, year: int, baseline: int, digits: int) -> str:
    """Sum up the changes: 与 2020 年相比，三项指标均有所提高，其中设备数字化率提高最多."""
    pairs, unavailable = _both_years(frame, year, baseline)
    if not pairs:
        return _unavailable_mark(unavailable)
    directions: dict[str, list[str]] = {}
    for practice, (now, before) in pairs.items():
        directions.setdefault(_direction(now, before, digits), []).append(practice)
    clauses = []
    for direction, ids in directions.items():
        who = names_or_count(_names(ids), len(pairs) + len(unavailable))
        all_ = "均" if len(ids) == len(pairs) > 1 else ""
        clauses.append(f"{who}{all_}{f'有所{direction}' if direction else '基本持平'}")
    text = f"与 {baseline} 年相比，{'，'.join(clauses)}"
    direction = next(iter(directions))
    largest = _largest_difference(pairs, digits) if len(directions) == 1 and direction else ""
    return f"{text}{f'，其中{largest}{direction}最多' if largest else ''}。"


def extremes(frame: pd.DataFrame, year: int, digits: int) -> str:
    """Name the highest and the lowest rate of this year: 三项指标中，甲最高，乙最低."""
    rates = frame[frame["year"] == year]
    known = rates[rates["value"].notna()]
    measures = known["measure"].astype("str").map(name)
    values = dict(zip(measures, known["value"].astype("float"), strict=True))
    if len(values) < 2:
        return _unavailable_mark(dict(zip(rates["measure"], rates["withheld"], strict=True)))
    every = "" if len(values) == len(rates) else "有数值的"
    count = f"{every}{phrases.counted(len(values), '项')}"
    highest = phrases.superlative(values, digits)
    if len(phrases.extreme(values, digits)) == len(values):
        return f"{count}指标持平。"
    return f"{count}指标中，{highest}，{phrases.superlative(values, digits, highest=False)}。"


def denominators(frame: pd.DataFrame, year: int) -> str:
    """State the denominator of each rate of this year: how many firms, with which business.

    In a comparison with all industries it is the sector's denominators that are stated.
    """
    rates = frame[(frame["year"] == year) & (frame["group"] != ALL_INDUSTRIES)]
    group = "" if rates.empty else str(rates["group"].iloc[0])
    if rates.empty:
        rates = frame[frame["year"] == year]
    bases: dict[tuple[str, int], list[str]] = {}
    asked = rates[rates["base"] > 0]
    for practice, base in zip(asked["measure"], asked["base"].astype("int"), strict=True):
        bases.setdefault((base_kind(practice), base), []).append(name(practice))
    if not bases:
        return _unavailable_mark(dict(zip(rates["measure"], rates["withheld"], strict=True)))
    total = sum(len(names) for names in bases.values())
    clauses = []
    for (kind, base), names in bases.items():
        firms = firms_asked(kind, group)
        what = "上述各项指标均" if len(names) == total > 1 else phrases.listing(names)
        clauses.append(f"{what}以{inline(base, '家')}{firms}为基数")
    return f"{'，'.join(clauses)}。"


def adopter_growth(frame: pd.DataFrame, year: int, baseline: int) -> str:
    """Compare the growth of the number of firms with a practice with that of firms that answered.

    A rate falls when the first is smaller, whatever each firm does. `frame` is that of
    `practices.practice_trend` with both years; its practices must share their denominator.
    """
    clauses: list[str] = []
    pairs, unavailable = _both_years(frame, year, baseline)
    for practice, (now, before) in pairs.items():
        rows = frame[frame["measure"] == practice].set_index("year")["base"]
        if before == 0:  # no firm to grow from
            continue
        of_all = 100 * (rows[year] / rows[baseline] - 1)
        of_users = 100 * (now * rows[year] / (before * rows[baseline]) - 1)
        if not clauses:
            grown = phrases.change(of_all, 1, unit="%", words=phrases.COUNT)
            clauses.append(f"与 {baseline} 年相比，参评企业数{grown}")
        words = _FASTER if min(of_users, of_all) > 0 else _HIGHER
        compared = phrases.compare(of_users, of_all, 1, than="参评企业", words=words)
        follows = {words[0]: "提高", words[1]: "降低"}.get(compared.removesuffix("参评企业"))
        users = phrases.change(of_users, 1, unit="%", words=phrases.COUNT)
        doing = subject(practice).removesuffix("比例")
        rate = f"比例相应{follows}" if follows else "比例基本不变"
        clauses.append(f"{doing}企业数{users}，{compared}，{rate}")
    return _join_clauses(clauses, unavailable)


def _against_all(frame: pd.DataFrame, year: int) -> tuple[str, Pairs, Unavailable]:
    """Return the sector's name, (sector, all industries) by practice, and what is unavailable."""
    group = sector_name(frame)
    pairs: Pairs = {}
    unavailable: Unavailable = {}
    for practice in dict.fromkeys(frame["measure"]):
        own, hidden = pick(frame, practice, group, year)
        whole, whole_hidden = pick(frame, practice, ALL_INDUSTRIES, year)
        if state_of(own) == state_of(whole) == "value":
            pairs[practice] = own, whole
        else:
            unavailable[practice] = hidden or (state_of(own) == "value" and whole_hidden)
    return group, pairs, unavailable


def _both_years(frame: pd.DataFrame, year: int, baseline: int) -> tuple[Pairs, Unavailable]:
    """Return (this year, baseline year) by practice, and what is unavailable."""
    pairs: Pairs = {}
    unavailable: Unavailable = {}
    for practice, group in dict.fromkeys(zip(frame["measure"], frame["group"], strict=True)):
        now, hidden = pick(frame, practice, group, year)
        before, before_hidden = pick(frame, practice, group, baseline)
        if state_of(now) == state_of(before) == "value":
            pairs[practice] = now, before
        else:
            unavailable[practice] = hidden or before_hidden
    return pairs, unavailable


def _largest_difference(pairs: Pairs, digits: int) -> str:
    """Name the practices of the largest difference; '' when all are as large, or none differs."""
    gaps = {name(practice): abs(one - other) for practice, (one, other) in pairs.items()}
    names = phrases.extreme(gaps, digits)
    if len(names) == len(gaps) or half_up(gaps[names[0]], digits) == 0:
        return ""
    return phrases.listing(names)


def _direction(now: float, before: float, digits: int) -> str:
    """Return 提高 or 降低 by the two printed values; '' when they print alike."""
    first, second = half_up(now, digits), half_up(before, digits)
    return "" if first == second else phrases.RATE.up if first > second else phrases.RATE.down


def _unchanged(now: float, before: float) -> str:
    return "持平" if now == before else "基本持平"


def _join_clauses(clauses: Sequence[str], unavailable: Unavailable, lead: str = "") -> str:
    """Join clauses to a sentence that ends with what is unavailable, and why."""
    if not clauses:
        return _unavailable_mark(unavailable)
    absent = [
        f"{phrases.listing(names)}的数值{why}"
        for why, names in (
            ("未予公布", _names(p for p, hidden in unavailable.items() if hidden)),
            ("缺失", _names(p for p, hidden in unavailable.items() if not hidden)),
        )
        if names
    ]
    return f"{lead}{'；'.join([*clauses, *absent])}。"


def _names(ids: Iterable[str]) -> list[str]:
    return [name(practice) for practice in ids]


def _unavailable_mark(unavailable: Unavailable) -> str:
    return "⟦?withheld⟧" if any(unavailable.values()) else "⟦?missing⟧"


def _all_industries(region: str) -> str:
    return "本地区全行业" if region else ALL_INDUSTRIES
