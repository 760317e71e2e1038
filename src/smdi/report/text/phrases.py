"""Words that claim something, chosen by the data, so that a rerun cannot state a falsehood.

Every function returns a string that may hold marks of `smdi.report.values` (⟦=5.9 个百分点⟧), to
be put into a phrase of a chapter. Comparisons are made at the precision the sentence prints: where
the digits show no difference, no difference is claimed. A value that is missing or withheld gives
the mark ⟦?missing⟧, for which a sentence has its other variant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smdi.indicators.rounding import half_up
from smdi.report.values import inline, state_of

_CHINESE_DIGITS = "零一二三四五六七八九"
LARGEST_CHINESE = 9999


@dataclass(frozen=True)
class Words:
    """The words of a measure for an increase, a decrease and no change."""

    up: str = "提高"
    down: str = "降低"
    same: str = "持平"


RATE = Words()
SHARE = Words("上升", "下降")
COUNT = Words("增加", "减少")


def change(
    delta: float,
    digits: int = 1,
    *,
    since: str = "",
    unit: str = "百分点",
    words: Words = RATE,
    fact: str | None = None,
) -> str:
    """Say a change: 较 2020 年提高 7.1 个百分点 / 与 2020 年持平 (at the printed digits).

    `delta` is signed and unrounded; `since` is what it is measured against ("2020 年"); `fact` the
    id of the published fact that prints this amount.
    """
    if state_of(delta) != "value":
        return "⟦?missing⟧"
    rounded = half_up(delta, digits)
    if rounded == 0:
        return f"与{_spaced(since)}{words.same}" if since else words.same
    word = words.up if rounded > 0 else words.down
    than = f"较{_spaced(since)}" if since else ""
    return f"{than}{word} {inline(abs(delta), unit, digits, fact)}"


def direction(delta: float, digits: int = 1, words: Words = RATE) -> str:
    """Say a change by its word alone: 提高, 降低 or 持平."""
    if state_of(delta) != "value":
        return "⟦?missing⟧"
    rounded = half_up(delta, digits)
    return words.up if rounded > 0 else words.down if rounded < 0 else words.same


def compare(
    value: float,
    reference: float,
    digits: int = 0,
    *,
    than: str = "",
    words: tuple[str, str, str] = ("高于", "低于", "持平"),
) -> str:
    """Compare two values as printed: 高于全国 / 低于全国 / 与全国持平 (`than`: the reference)."""
    if not _both_known(value, reference):
        return "⟦?missing⟧"
    first, second = half_up(value, digits), half_up(reference, digits)
    if first == second:
        return f"与{than}{words[2]}" if than else words[2]
    return f"{words[0] if first > second else words[1]}{than}"


def lead(
    value: float,
    reference: float,
    digits: int = 1,
    *,
    than: str = "",
    unit: str = "百分点",
    fact: str | None = None,
) -> str:
    """Say by how much, from unrounded values: 较流程型企业高出 2.5 个百分点 / 低 … / 与…持平."""
    if not _both_known(value, reference):
        return "⟦?missing⟧"
    gap = value - reference
    if half_up(gap, digits) == 0:
        return f"与{than}持平" if than else "持平"
    word = "高出" if gap > 0 else "低"
    return f"{f'较{than}' if than else ''}{word} {inline(abs(gap), unit, digits, fact)}"


def about(value: float) -> str:
    """Say a share in % by words: 全部, 超过九成 … 近三成, 半数, 超过半数, 不足一成, 没有."""
    if state_of(value) != "value":
        return "⟦?missing⟧"
    share = half_up(value, 2)
    if share >= 100:
        return "全部"
    if share <= 0:
        return "没有"
    if share == 50:
        return "半数"
    if 50 < share < 55:
        return "超过半数"
    tenths, rest = divmod(share, 10)
    if rest == 0:
        return f"{chinese(int(tenths))}成"
    if rest >= 7 and tenths < 9:
        return "近半数" if tenths == 4 else f"近{chinese(int(tenths) + 1)}成"
    return "不足一成" if tenths == 0 else f"超过{chinese(int(tenths))}成"


def listing(names: Sequence[str]) -> str:
    """Join names as Chinese does: 甲 / 甲和乙 / 甲、乙和丙."""
    names = list(names)
    if len(names) < 2:
        return "".join(names)
    return f"{'、'.join(names[:-1])}和{names[-1]}"


def top(ranks: Mapping[str, int], places: int) -> str:
    """Say who leads: 江苏省、山东省、宁夏回族自治区依次居前三位; ties say 并列.

    `ranks` maps names to competition ranks. All of rank <= `places` are named, so a tie at the end
    may name more. An empty ranking is missing.
    """
    leading = {name: rank for name, rank in ranks.items() if rank <= places}
    if not leading:
        return "⟦?missing⟧"
    names = sorted(leading, key=leading.__getitem__)
    if len(names) == 1:
        return f"{names[0]}居首位"
    if len(set(leading.values())) == 1:
        return f"{listing(names)}并列第{chinese(leading[names[0]])}位"
    if len(set(leading.values())) == len(names):
        return f"{'、'.join(names)}依次居前{counted(len(names), '位')}"
    return "，".join(_rank_clauses({name: leading[name] for name in names}))


def rank_words(place: float, total: int | None = None, tied: bool = False) -> str:
    """Say a place: 居首位 / 并列首位 / 居第三位 / 居末位 (the last of `total`)."""
    if state_of(place) != "value":
        return "⟦?missing⟧"
    verb = "并列" if tied else "居"
    if place == 1:
        return f"{verb}首位"
    if total is not None and place == total and not tied:
        return "居末位"
    return f"{verb}第{chinese(int(place))}位"


def extreme(values: Mapping[str, float], digits: int, highest: bool = True) -> list[str]:
    """Return the names with the highest (or lowest) value as printed: several when they tie."""
    known = {name: half_up(v, digits) for name, v in values.items() if state_of(v) == "value"}
    if not known:
        return []
    best = max(known.values()) if highest else min(known.values())
    return [name for name, value in known.items() if value == best]


def superlative(values: Mapping[str, float], digits: int = 0, highest: bool = True) -> str:
    """Say who is highest or lowest: 甲最高 / 甲和乙并列最高 / 各组持平; needs two known values."""
    known = [name for name, value in values.items() if state_of(value) == "value"]
    if len(known) < 2:
        return "⟦?missing⟧"
    names = extreme(values, digits, highest)
    if len(names) == len(known):
        return "各组持平"
    word = "最高" if highest else "最低"
    return f"{listing(names)}{'并列' if len(names) > 1 else ''}{word}"


def how_many(
    holds: Mapping[str, bool],
    claim: str,
    *,
    counter: str = "个",
    noun: str = "行业",
    denial: str = "",
    within: str = "",
) -> str:
    """Say of how many a claim holds.

    八个行业均有所提高 / 除甲外，其余七个行业均有所提高 / 八个行业中，甲和乙有所提高 /
    八个行业均未提高; `denial` words the last case, `within` goes before the group (在). An empty
    mapping is missing.
    """
    total = len(holds)
    if total == 0:
        return "⟦?missing⟧"
    yes = [name for name, true in holds.items() if true]
    no = [name for name, true in holds.items() if not true]
    if total == 1:
        return f"{within}{[*yes, *no][0]}{claim if yes else denial or f'未{claim}'}"
    if not no:
        return f"{within}{counted(total, counter)}{noun}均{claim}"
    if not yes:
        return f"{within}{counted(total, counter)}{noun}均{denial or f'未{claim}'}"
    if len(no) <= 2 and len(yes) > len(no):
        all_ = "均" if len(yes) > 1 else ""
        rest = f"{within}其余{counted(len(yes), counter)}{noun}"
        return f"除{listing(no)}外，{rest}{all_}{claim}"
    return f"{within}{counted(total, counter)}{noun}中，{listing(yes)}{claim}"


def counted(number: int, counter: str = "个") -> str:
    """Say a number of things: 两个, 八个, 十二个."""
    return f"{'两' if number == 2 else chinese(number)}{counter}"


def chinese(number: int) -> str:
    """Write a whole number below 10 000 in Chinese numerals: 十二, 二十, 一百零三."""
    if not 0 <= number <= LARGEST_CHINESE:
        raise ValueError(f"{number} is not written in words; print its digits")
    if number < 10:
        return _CHINESE_DIGITS[number]
    text, pending_zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if pending_zero else "") + _CHINESE_DIGITS[digit] + unit
            pending_zero = False
        elif text:
            pending_zero = True
    return text.removeprefix("一") if 10 <= number < 20 else text


def _both_known(first: float, second: float) -> bool:
    return state_of(first) == "value" and state_of(second) == "value"


def _spaced(text: str) -> str:
    """Put a space before a text that begins with a figure: 较 2020 年提高."""
    return f" {text}" if text[:1].isdigit() else text


def _rank_clauses(ranks: Mapping[str, int]) -> list[str]:
    """Return a clause a rank: 甲居首位, 乙和丙并列第二位; `ranks` in their order."""
    groups: dict[int, list[str]] = {}
    for name, place in ranks.items():
        groups.setdefault(place, []).append(name)
    return [
        f"{listing(group)}{'并列' if len(group) > 1 else '居'}"
        f"{'首' if place == 1 else '第' + chinese(place)}位"
        for place, group in groups.items()
    ]
