"""Rules on what others print: numbers of the standards, series of other reports."""

from __future__ import annotations

from collections.abc import Iterator

from smdi.published.audit.principles import CHECK_SOURCE
from smdi.published.audit.registry import Finding, rule
from smdi.published.fact_table import Fact
from smdi.published.intervals import Interval, printed_interval
from smdi.published.published_report import PublishedReport
from smdi.published.readings import unless
from smdi.published.relations import Known, Series
from smdi.published.vocabulary import (
    NATION,
    measure_name,
    number_of_the_standards,
    published_shares,
)
from smdi.standards import national_level_shares


@rule(
    "标准规定的数值",
    "划型标准的界限、行业大类和省级行政区的个数由标准或区划代码规定，引用时应当一致。",
)
def numbers_of_the_standards(report: PublishedReport) -> Iterator[Finding]:
    """A number that a standard fixes is printed as the standard has it.

    The bounds of the size classes, the number of divisions of GB/T 4754 and of provinces assessed.
    """
    for known in report.declared.of(Known):
        for fact in report.facts.select(measure=known.measure, group=known.group):
            right = number_of_the_standards(known.table, known.row, known.column)
            if fact.number != right:
                yield Finding(
                    rule="numbers_of_the_standards",
                    severity="contradiction",
                    fact_ids=(fact.id,),
                    message_zh=f"{measure_name(fact.measure)}作 {fact.text}，标准中为 {right}。",
                    treatment_zh=CHECK_SOURCE,
                    numbers={"printed": fact.printed, "standard": str(right)},
                )


@rule(
    "其他年份的公开数值",
    "全国各等级占比另见于其他年份的报告；同一年的数值应当相同，两年之差应与所称的升降相符。",
)
def series_agree_with_other_reports(report: PublishedReport) -> Iterator[Finding]:
    """A share that other reports print too is the same there, and changes fit their years.

    Where they differ, one of the two reports is wrong or was revised; of its own year this report
    is the source, and a difference is only noticed.
    """
    for series in report.declared.of(Series):
        for fact in report.facts.select(group=series.group):
            yield from _same_quantity(fact, series, report)
            yield from _movement(fact, series, report)
    table = national_level_shares()
    for total in report.facts.select(measure="participants_over"):
        others = table.loc[table["year"] == total.year, "firms_over"].dropna()
        if total.group == NATION and len(others) and int(others.iloc[0]) != total.number:
            yield _differs(total, f"{int(others.iloc[0])} 家", total.year == report.year)


def _shares(year: int, series: Series) -> dict[str, Interval]:
    return {
        f"{series.prefix}{name}": printed_interval(f"{share:g}")
        for name, share in published_shares(year).items()
    }


def _elsewhere(measure: str, year: int, series: Series) -> Interval | None:
    """What other reports print of a share; level 3 or above as the sum of its classes."""
    known = _shares(year, series)
    if measure.endswith("_ge3") and measure not in known:
        parts = [known.get(f"{series.prefix}{name}") for name in ("3", "ge4")]
        return Interval.total(p for p in parts if p) if all(parts) else None
    return known.get(measure)


def _same_quantity(fact: Fact, series: Series, report: PublishedReport) -> Iterator[Finding]:
    other = _elsewhere(fact.measure, fact.year, series)
    if other is not None and fact.unit == "%" and not other.meets(fact.interval):
        yield _differs(fact, f"{_middle(other)}%", fact.year == report.year)


def _movement(fact: Fact, series: Series, report: PublishedReport) -> Iterator[Finding]:
    for suffix, sign in (("_increase", 1), ("_decrease", -1)):
        stem = fact.measure.removesuffix(suffix)
        if stem == fact.measure or fact.unit != "百分点":
            continue
        then = _elsewhere(stem, fact.year - 1, series)
        now = _elsewhere(stem, fact.year, series)
        printed = report.value(stem, fact.group, fact.year)
        now = printed.interval if printed is not None else now
        if then is None or now is None:
            continue
        change = now - then if sign > 0 else then - now
        if not change.meets(fact.interval):
            yield _differs(fact, f"{_middle(change)} 个百分点", False)


def _middle(interval: Interval) -> str:
    """What was printed, or is the sum of what was, without the digits of its limits."""
    return f"{float(interval.low + interval.high) / 2:g}"


def _differs(fact: Fact, elsewhere: str, own_year: bool) -> Finding:
    """Of its own year this report is the source: that others print it otherwise is only noticed."""
    return Finding(
        rule="series_agree_with_other_reports",
        severity="notice" if own_year else "conditional",
        fact_ids=(fact.id,),
        message_zh=(
            f"{fact.group} {fact.year} 年{measure_name(fact.measure)}作 {fact.text}，"
            f"按其他年份的报告应为 {elsewhere}。"
        ),
        treatment_zh=CHECK_SOURCE,
        numbers={"elsewhere": elsewhere},
        unless_zh="" if own_year else unless("revised"),
    )
