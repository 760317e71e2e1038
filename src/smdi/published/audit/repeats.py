"""Rules on repetition: one quantity in two places, one exhibit in two, digits that say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from smdi.published.audit.principles import decide
from smdi.published.audit.registry import Finding, rule
from smdi.published.fact_table import OF_THE_EXHIBIT, Fact, Facts
from smdi.published.published_report import PublishedReport
from smdi.published.readings import unless
from smdi.published.vocabulary import measure_name, place, units_of_city

# Ends of what is said, not the quantity itself: two different bounds may both be true.
BOUNDS = ("_over", "_under", "_from", "_to")
# Fewer numbers than these agree by chance too often to be worth a look.
ENOUGH_TO_REPEAT = 4
ENOUGH_BUT_ONE = 6
ENOUGH_TRAILING_ZEROS = 3


@rule(
    "同一数量两处印刷",
    "同一数量在两处出现时，两处应当一致；小数位数不同时，按较粗的精度比较。不一致则至少一处有误。",
)
def same_quantity_printed_twice(report: PublishedReport) -> Iterator[Finding]:
    """One quantity printed in two exhibits has one value.

    A municipality is province and city at once. Numbers printed with different decimals are
    compared by the values that round to both. Where no value does, one of the places is wrong.
    """
    facts = report.facts
    quantities = Facts(
        fact
        for fact in facts
        if fact.measure not in OF_THE_EXHIBIT and not fact.measure.endswith(BOUNDS)
    )
    same = quantities.split_by(lambda fact: (fact.measure, place(fact.group), fact.year, fact.unit))
    for printed in same.values():
        for a, b in combinations(printed, 2):
            if a.interval.meets(b.interval):
                continue
            verdict = decide(a, b, facts)
            holds, yields = verdict.holds, verdict.gives_way
            reading = _districts_only(yields, holds, same.values())
            yield Finding(
                rule="same_quantity_printed_twice",
                severity="conditional" if reading else "contradiction",
                fact_ids=(yields.id, holds.id),
                message_zh=(
                    f"{place(a.group)} {a.year} 年{measure_name(a.measure)}，"
                    f"一处作 {holds.text}，一处作 {yields.text}。"
                ),
                treatment_zh=verdict.reason_zh,
                followed=holds.id,
                contradicted=(yields.id,),
                numbers={"followed": holds.printed, "contradicted": yields.printed},
                unless_zh=reading,
                implied=holds.interval,
            )


def _districts_only(a: Fact, b: Fact, printed: Iterable[Facts]) -> str:
    """The reading that a municipality's city row leaves out its counties; empty where it has none.

    The siblings are the other municipalities printed as city and as province: they agree where
    GB/T 2260 has no second unit for them.
    """
    city, province = (a, b) if a.group != place(a.group) else (b, a)
    if city.group == province.group or city.number > province.number:
        return ""
    if units_of_city(city.group) < 2:
        return ""
    siblings = [
        units_of_city(min(one.group, other.group)) > 1 or one.interval.meets(other.interval)
        for one, other in (tuple(pair) for pair in printed if len(pair) == 2)
        if one.group != other.group and city not in (one, other)
    ]
    return unless("districts_only", siblings)


@rule(
    "两图数字逐位相同",
    "不同指标的多个数字逐位相同，极少出于偶然，更可能是制图时误用了另一图的数据；但仅凭印刷数字无法证明。",
)
def exhibits_repeat_each_other(report: PublishedReport) -> Iterator[Finding]:
    """Two exhibits on different things print the same numbers in the same order, or all but one.

    Four or more numbers that agree digit for digit across years point to one exhibit drawn with
    the other's data; six or more of which one differs point to a slip in one of them besides. It
    proves nothing: both sets may be true.
    """
    exhibits = report.facts.split("exhibit")
    for a, b in combinations(exhibits.values(), 2):
        if len(a) != len(b) or len(a) < ENOUGH_TO_REPEAT or _measures(a) & _measures(b):
            continue
        pairs = list(zip(_by_year(a), _by_year(b), strict=True))
        if any(one.year != other.year for one, other in pairs):
            continue
        unlike = [pair for pair in pairs if pair[0].printed != pair[1].printed]
        if not unlike:
            yield _repeat(a, b, (*a.ids, *b.ids), f"而 {len(a)} 个数字逐位相同。")
        elif len(unlike) == 1 and len(a) >= ENOUGH_BUT_ONE:
            one, other = unlike[0]
            what = f"{len(a)} 个数字中仅 {one.text} 与 {other.text} 不同。"
            yield _repeat(a, b, (one.id, other.id), what)


def _repeat(a: Facts, b: Facts, places: tuple[str, ...], what: str) -> Finding:
    return Finding(
        rule="exhibits_repeat_each_other",
        severity="notice",
        fact_ids=places,
        message_zh=f"{_first(a).where}与{_first(b).where}所列指标不同，{what}",
        treatment_zh="无法证明何处误用，两图均以所印的数值为准。",
        numbers={"repeated": len(a)},
    )


@rule(
    "末位全为零",
    "一列数字末位全为零，多半是由位数较少的数字补零而成；据此计算的差值，其精度低于所印位数。",
)
def trailing_zeros(report: PublishedReport) -> Iterator[Finding]:
    """All numbers of a column end in zero though they are printed with decimals.

    By chance that happens to three numbers once in a thousand columns. The numbers were rounded
    coarser than printed and padded, so changes computed from them are less exact than they look.
    """
    for same in report.facts.split("exhibit", "year").values():
        shares = [_with_decimals(column) for column in same.split("group").values()]
        columns = [column for column in shares if len(column) >= ENOUGH_TRAILING_ZEROS]
        padded = [column for column in columns if all(_ends_in_zero(fact) for fact in column)]
        if padded:
            groups = [_first(column).group for column in padded]
            yield Finding(
                rule="trailing_zeros",
                severity="notice",
                fact_ids=tuple(fact_id for column in padded for fact_id in column.ids),
                message_zh=(
                    f"{_first(same).where.split('，')[0]} {_first(same).year} 年各数末位全为零："
                    f"{'；'.join(groups)}。"
                ),
                treatment_zh="仍以所印的每一位为准。",
                numbers={"columns": len(padded), "of": len(columns)},
            )


def _with_decimals(column: Facts) -> Facts:
    return Facts(fact for fact in column if fact.unit == "%" and fact.decimals)


def _ends_in_zero(fact: Fact) -> bool:
    return fact.printed.endswith("0")


def _by_year(exhibit: Facts) -> list[Fact]:
    """The facts of an exhibit as its reader meets them, year by year."""
    return sorted(exhibit, key=lambda fact: fact.year)


def _measures(exhibit: Facts) -> set[str]:
    return {fact.measure for fact in exhibit}


def _first(facts: Facts) -> Fact:
    return next(iter(facts))
