"""Sentences on practices: how widely, beside all industries, beside the year before, asked of whom.

Every word that compares is chosen by the data, at the digits the sentence prints. A practice that
has no value, or may not be told of, is left out and its absence is said; when none is left the
sentence is a mark ⟦?missing⟧ or ⟦?withheld⟧, which `Chapter.sentence` answers with another one. A
chapter registers the sentence; nothing here does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from smdi.indicators.rounding import half_up
from smdi.indicators.tidy import pick
from smdi.report.text import phrases
from smdi.report.text.practice_words import BASES, base_kind, name, names_or_all, opening, subject
from smdi.report.values import inline, state_of
from smdi.standards import ALL_INDUSTRIES

_FASTER = ("增长快于", "增长慢于", "增长持平")
_HIGHER = ("变动率高于", "变动率低于", "变动率持平")

Pairs = dict[str, tuple[float, float]]


def as_printed(
    rates: pd.DataFrame, facts: pd.DataFrame, exhibit: str, baseline: int
) -> pd.DataFrame:
    """Keep the baseline year of those practices for which the published exhibit prints it.

    An exhibit that is not published at all keeps everything. `facts` is `read_facts`' frame.
    """
    printed = facts[facts["exhibit"] == exhibit]
    if printed.empty:
        return rates
    both = printed.loc[printed["year"] == baseline, "measure"]
    return rates[(rates["year"] != baseline) | rates["measure"].isin(both)]


def against_all_industries(
    frame: pd.DataFrame, exhibit: str, year: int, digits: int = 0, region: str = ""
) -> str:
    """Rates of a sector beside those of all industries, a clause a practice.

    `frame` is that of `practices.sector_practices`: per practice the sector's row, then 全行业.
    `region` is the province the scope is narrowed to.
    """
    group, pairs, silent = _beside_all(frame, year)
    clauses: list[str] = []
    for practice, (own, whole) in pairs.items():
        head = subject(practice) if clauses else opening(f"{region}{group}企业", practice)
        amount = inline(own, "%", digits, _fact(exhibit, practice, group, year))
        reference = inline(whole, "%", digits, _fact(exhibit, practice, ALL_INDUSTRIES, year))
        words = phrases.compare(own, whole, digits, than=_all(region))
        level = words.startswith("与")
        clauses.append(f"{head}为{amount}，{words if level else f'{words}的{reference}'}")
    return _told(clauses, silent, lead=f"{year} 年，")


def standing(frame: pd.DataFrame, year: int, digits: int = 0, region: str = "") -> str:
    """Where a sector stands: 三项关键指标均高于全行业, and where the gap is widest."""
    group, pairs, silent = _beside_all(frame, year)
    if not pairs:
        return _silence(silent)
    stands: dict[str, list[str]] = {}
    for practice, (own, whole) in pairs.items():
        words = phrases.compare(own, whole, digits, than=_all(region))
        stands.setdefault(words, []).append(name(practice))
    who, total = f"{region}{group}企业", len(pairs)
    of_all = f"{who}{'可比' if silent else ''}的{phrases.counted(total, '项')}关键指标"
    if total == 1:
        text = f"{opening(who, next(iter(pairs)))}{next(iter(stands))}"
    elif len(stands) == 1:
        text = f"{of_all}均{next(iter(stands))}"
    else:
        told = "，".join(f"{phrases.listing(names)}{words}" for words, names in stands.items())
        text = f"{of_all}中，{told}"
    widest = _widest(pairs, digits)
    return f"{text}{f'，与{_all(region)}差距最大的是{widest}' if widest else ''}。"


def over_two_years(
    frame: pd.DataFrame, exhibit: str, year: int, baseline: int, digits: int, who: str
) -> str:
    """Rates of this year, and from what they came where the frame has the baseline year.

    `who` are the firms: 全国参评企业.
    """
    clauses: list[str] = []
    silent: dict[str, bool] = {}
    dated = False
    for practice, group in dict.fromkeys(zip(frame["measure"], frame["group"], strict=True)):
        now, hidden = pick(frame, practice, group, year)
        if state_of(now) != "value":
            silent[practice] = hidden
            continue
        head = subject(practice) if clauses else opening(who, practice)
        said = inline(now, "%", digits, _fact(exhibit, practice, group, year))
        before, _ = pick(frame, practice, group, baseline)
        if state_of(before) != "value":
            clauses.append(f"{head}为{said}")
            continue
        since = "" if dated else f" {baseline} 年的"
        dated = True
        then = inline(before, "%", digits, _fact(exhibit, practice, group, baseline))
        move = _move(now, before, digits)
        if move:
            clauses.append(f"{head}由{since}{then}{move}至{said}")
        else:
            clauses.append(f"{head}为{said}，与 {baseline} 年{_level(now, before)}")
    return _told(clauses, silent, lead=f"{year} 年，")


def movement(frame: pd.DataFrame, year: int, baseline: int, digits: int) -> str:
    """Sum the changes up: 与 2020 年相比，三项指标均有提高，其中设备数字化率提高最多."""
    pairs, silent = _two_years(frame, year, baseline)
    if not pairs:
        return _silence(silent)
    moves: dict[str, list[str]] = {}
    for practice, (now, before) in pairs.items():
        moves.setdefault(_move(now, before, digits), []).append(practice)
    told = []
    for move, ids in moves.items():
        who = names_or_all(_names(ids), len(pairs) + len(silent))
        all_ = "均" if len(ids) == len(pairs) > 1 else ""
        told.append(f"{who}{all_}{f'有所{move}' if move else '基本持平'}")
    text = f"与 {baseline} 年相比，{'，'.join(told)}"
    move = next(iter(moves))
    widest = _widest(pairs, digits) if len(moves) == 1 and move else ""
    return f"{text}{f'，其中{widest}{move}最多' if widest else ''}。"


def extremes(frame: pd.DataFrame, year: int, digits: int) -> str:
    """Say which practice is widest spread and which least: 三项指标中，甲最高，乙最低."""
    rates = frame[frame["year"] == year]
    known = rates[rates["value"].notna()]
    values = {
        name(measure): float(rate)
        for measure, rate in zip(known["measure"], known["value"], strict=True)
    }
    if len(values) < 2:
        return _silence(dict(zip(rates["measure"], rates["withheld"], strict=True)))
    every = "" if len(values) == len(rates) else "有数值的"
    count = f"{every}{phrases.counted(len(values), '项')}"
    highest = phrases.superlative(values, digits)
    if len(phrases.extreme(values, digits)) == len(values):
        return f"{count}指标持平。"
    return f"{count}指标中，{highest}，{phrases.superlative(values, digits, highest=False)}。"


def who_was_asked(frame: pd.DataFrame, year: int) -> str:
    """Say over how many firms, and which, the rates of this year (and this sector) are."""
    rates = frame[(frame["year"] == year) & (frame["group"] != ALL_INDUSTRIES)]
    group = "" if rates.empty else str(rates["group"].iloc[0])
    if rates.empty:
        rates = frame[frame["year"] == year]
    bases: dict[tuple[str, int], list[str]] = {}
    asked = rates[rates["base"] > 0]
    for measure, base in zip(asked["measure"], asked["base"], strict=True):
        bases.setdefault((base_kind(measure), base), []).append(name(measure))
    if not bases:
        return _silence(dict(zip(rates["measure"], rates["withheld"], strict=True)))
    total = sum(len(names) for names in bases.values())
    told = []
    for (kind, base), names in bases.items():
        firms = f"{group}参评企业" if kind == "all" else BASES[kind].replace("企业", f"{group}企业")
        what = "上述各项指标均" if len(names) == total > 1 else phrases.listing(names)
        told.append(f"{what}以{inline(base, '家')}{firms}为基数")
    return f"{'，'.join(told)}。"


def growth_beside_base(frame: pd.DataFrame, year: int, baseline: int) -> str:
    """Whether the firms with a practice grew as fast as the firms that answered.

    A rate falls when they grow more slowly, whatever the firms themselves do; `frame` is that of
    `practices.practice_trend`, whose practices share their base.
    """
    clauses: list[str] = []
    pairs, silent = _two_years(frame, year, baseline)
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
    return _told(clauses, silent)


def _beside_all(frame: pd.DataFrame, year: int) -> tuple[str, Pairs, dict[str, bool]]:
    """Return the sector's name, (own, all industries) by practice, and what cannot be told."""
    group = next((name for name in frame["group"] if name != ALL_INDUSTRIES), "")
    pairs: Pairs = {}
    silent: dict[str, bool] = {}
    for practice in dict.fromkeys(frame["measure"]):
        own, hidden = pick(frame, practice, group, year)
        whole, whole_hidden = pick(frame, practice, ALL_INDUSTRIES, year)
        if state_of(own) == state_of(whole) == "value":
            pairs[practice] = own, whole
        else:
            silent[practice] = hidden or (state_of(own) == "value" and whole_hidden)
    return group, pairs, silent


def _two_years(frame: pd.DataFrame, year: int, baseline: int) -> tuple[Pairs, dict[str, bool]]:
    """Return (now, before) by practice, and what cannot be told."""
    pairs: Pairs = {}
    silent: dict[str, bool] = {}
    for practice, group in dict.fromkeys(zip(frame["measure"], frame["group"], strict=True)):
        now, hidden = pick(frame, practice, group, year)
        before, before_hidden = pick(frame, practice, group, baseline)
        if state_of(now) == state_of(before) == "value":
            pairs[practice] = now, before
        else:
            silent[practice] = hidden or before_hidden
    return pairs, silent


def _widest(pairs: Pairs, digits: int) -> str:
    """Name the practices of the widest gap; '' when there is no choice or no gap."""
    gaps = {name(practice): abs(one - other) for practice, (one, other) in pairs.items()}
    names = phrases.extreme(gaps, digits)
    if len(names) == len(gaps) or half_up(gaps[names[0]], digits) == 0:
        return ""
    return phrases.listing(names)


def _move(now: float, before: float, digits: int) -> str:
    """提高 or 降低 as the two printed values have it; '' when they print alike."""
    first, second = half_up(now, digits), half_up(before, digits)
    return "" if first == second else phrases.RATE.up if first > second else phrases.RATE.down


def _level(now: float, before: float) -> str:
    return "持平" if now == before else "基本持平"


def _told(clauses: Sequence[str], silent: Mapping[str, bool], lead: str = "") -> str:
    """Make a sentence of clauses, and of what is left out why."""
    if not clauses:
        return _silence(silent)
    absent = [
        f"{phrases.listing(names)}的数值{why}"
        for why, names in (
            ("未予公布", _names(p for p, hidden in silent.items() if hidden)),
            ("缺失", _names(p for p, hidden in silent.items() if not hidden)),
        )
        if names
    ]
    return f"{lead}{'；'.join([*clauses, *absent])}。"


def _names(ids: Iterable[str]) -> list[str]:
    return [name(practice) for practice in ids]


def _silence(silent: Mapping[str, bool]) -> str:
    return "⟦?withheld⟧" if any(silent.values()) else "⟦?missing⟧"


def _all(region: str) -> str:
    return "本地区全行业" if region else ALL_INDUSTRIES


def _fact(exhibit: str, practice: str, group: str, year: int) -> str:
    return f"{exhibit}/{practice}/{group}/{year}"
