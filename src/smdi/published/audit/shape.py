"""Rules on the shape of a facts file: possible values, full grids, units, decimals, years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from smdi.published.audit.principles import CHECK_SOURCE
from smdi.published.audit.registry import Finding, Severity, rule
from smdi.published.declarations import Exhibit, Grid, offset
from smdi.published.fact_table import PROSE, Fact, Facts
from smdi.published.inference import DERIVED
from smdi.published.inferred_counts import is_growth
from smdi.published.published_report import PublishedReport
from smdi.published.vocabulary import measure_name

SIGNED = ("_change", "_lead")
POSITIVE = ("rank", "title_rows", "sample_threshold")


@rule(
    "可能的取值",
    "占比在 0 到 100 之间，数量、名次和幅度不为负；超出者必有误。",
)
def values_are_possible(report: PublishedReport) -> Iterator[Finding]:
    """A share lies within 0 and 100, a change within 100 points, no count or size is negative.

    A number outside is wrong whatever the others say.
    """
    for fact in report.facts:
        low, high = _limits(fact)
        if not low <= fact.number <= high:
            yield _shape("values_are_possible", "contradiction", (fact.id,), _cannot(fact))


def _limits(fact: Fact) -> tuple[float, float]:
    signed = fact.measure.endswith(SIGNED) or is_growth(fact.measure)
    if fact.unit == "%":
        return (-100, float("inf")) if is_growth(fact.measure) else (0, 100)
    if fact.unit == "百分点":
        return (-100 if signed else 0, 100)
    least = 1 if fact.measure in POSITIVE or fact.unit == "位" else 0
    return (-float("inf") if signed else least, float("inf"))


def _cannot(fact: Fact) -> str:
    return f"{fact.group}{measure_name(fact.measure)}作 {fact.text}，不是可能的取值。"


def _shape(rule_name: str, severity: Severity, places: tuple[str, ...], text: str) -> Finding:
    return Finding(rule_name, severity, places, text, CHECK_SOURCE)


@rule(
    "图表是否完整",
    "图表声明了应有的指标、组别和年份；缺少的格子和多出的格子都是转录或排印的疑点。",
)
def grids_are_full(report: PublishedReport) -> Iterator[Finding]:
    """An exhibit has the cells that it is declared to have, and no other.

    A hole is named with the facts beside it; a fact that fits no cell is named itself, as its
    measure, group or year may be wrong.
    """
    for (name,), own in report.facts.split("exhibit").items():
        declared = report.declared.exhibits.get(str(name))
        if declared is None:
            yield _shape(
                "grids_are_full", "notice", own.ids, f"图表 {name} 未经声明，共 {len(own)} 个数。"
            )
        else:
            yield from _holes(declared, own, report)
            yield from _surplus(declared, own, report)
    for name, exhibit in report.declared.exhibits.items():
        if exhibit.grids and not len(report.facts.select(exhibit=name)):
            first = next(iter(report.facts))
            text = f"声明的图表 {name} 没有任何数字。"
            yield _shape("grids_are_full", "notice", (first.id,), text)


def _groups(grid: Grid, own: Facts) -> tuple[str, ...]:
    if grid.group_names is not None:
        return grid.group_names
    rows = [f for f in own if f.measure != "title_rows" and not f.measure.endswith("threshold")]
    return tuple(dict.fromkeys(fact.group for fact in rows))


def _holes(declared: Exhibit, own: Facts, report: PublishedReport) -> Iterator[Finding]:
    present = {(f.measure, f.group, f.year) for f in own}
    for grid in declared.grids:
        for group in _groups(grid, own):
            for year in (report.year + shift for shift in grid.years):
                for measure in grid.measures:
                    if (measure, group, year) not in present:
                        near = _beside(measure, group, year, own)
                        text = f"{group} {year} 年{measure_name(measure)}没有数字。"
                        yield _shape("grids_are_full", "notice", near, text)


def _beside(measure: str, group: str, year: int, own: Facts) -> tuple[str, ...]:
    """The facts nearest to a hole: of its group and year, of its group, of its measure, any."""
    for wanted in ({"group": group, "year": year}, {"group": group}, {"measure": measure}, {}):
        near = own.select(**wanted).ids
        if near:
            return near[:4]
    return own.ids[:4]


def _surplus(declared: Exhibit, own: Facts, report: PublishedReport) -> Iterator[Finding]:
    cells = {
        (measure, group, shift)
        for grid in declared.grids
        for measure in grid.measures
        for group in _groups(grid, own)
        for shift in grid.years
    }
    for fact in own:
        if (fact.measure, fact.group, offset(fact, report.facts)) not in cells:
            what = f"{fact.group} {fact.year} 年{measure_name(fact.measure)}"
            text = f"{what}不是该图表应有的格子（指标、组别或年份或有误）。"
            yield _shape("grids_are_full", "notice", (fact.id,), text)


@rule(
    "单位",
    "同一指标的单位应当一致，并与声明相符。",
)
def units_are_alike(report: PublishedReport) -> Iterator[Finding]:
    """A measure has one unit: the declared one, or that of most of its facts.

    A movement of a share is printed in points, or in % where it is a rate of growth.
    """
    for (name, measure), own in report.facts.split("exhibit", "measure").items():
        declared = report.declared.exhibits.get(str(name))
        units = [g.unit for g in declared.grids if measure in g.measures] if declared else []
        said = next((unit for unit in units if unit), None)
        usual = said or Counter(fact.unit for fact in own).most_common(1)[0][0]
        for fact in own:
            if fact.unit != usual:
                text = f"{fact.group}{measure_name(fact.measure)}的单位为{fact.unit}，应为{usual}。"
                yield _shape("units_are_alike", "contradiction", (fact.id,), text)
    for fact in report.facts:
        points = fact.measure.endswith(("_change", "_lead", "_decrease", "_increase"))
        term = report.value(_stem(fact.measure), fact.group, fact.year) if points else None
        if term is not None and term.unit == "%" and fact.unit not in ("百分点", "%"):
            text = f"{fact.group}{measure_name(fact.measure)}的单位为{fact.unit}，应为百分点。"
            yield _shape("units_are_alike", "contradiction", (fact.id,), text)


def _stem(measure: str) -> str:
    for suffix in DERIVED:
        measure = measure.removesuffix(suffix)
    return measure


@rule(
    "小数位数",
    "同一图表的数字通常位数相同；个别数字位数不同，多半是转录时丢失或增添了末位。",
)
def decimals_are_alike(report: PublishedReport) -> Iterator[Finding]:
    """Shares and changes in an exhibit have the same decimals, but for a slip.

    Only where a single number of three or more, or at most one in eight, stands apart; of two that
    differ, either may be the slip.
    """
    for (name,), every in report.facts.split("exhibit").items():
        own = [fact for fact in every if fact.unit in ("%", "百分点")]
        if name == PROSE or len(own) < 2:
            continue
        counts = Counter(fact.decimals for fact in own)
        usual, times = counts.most_common(1)[0]
        apart = [fact for fact in own if fact.decimals != usual]
        few = len(apart) == 1 or 8 * len(apart) <= len(own)
        if apart and few and (times >= 2 or len(own) == 2):
            for fact in apart if len(own) > 2 else own:
                text = (
                    f"{fact.group}{measure_name(fact.measure)}印作 {fact.printed}，位数与其余不同。"
                )
                yield _shape("decimals_are_alike", "notice", (fact.id,), text)


@rule(
    "年份",
    "报告讲的是当年和少数几个比较年份；个别数字落在别的年份，多半是年份误植。",
)
def years_are_those_of_the_report(report: PublishedReport) -> Iterator[Finding]:
    """A fact is about the report's year or one that several facts are compared with.

    Where exhibits are declared, about one of their years.
    """
    counts = Counter(fact.year for fact in report.facts)
    declared = {
        report.year + shift
        for exhibit in report.declared.exhibits.values()
        for grid in exhibit.grids
        for shift in grid.years
    }
    inferred = report.declared.source is None
    for fact in report.facts:
        rare = counts[fact.year] <= 1 and len(report.facts) > 8
        far = abs(fact.year - report.year) > 5 or fact.year > report.year
        if (inferred and (rare or far)) or (not inferred and fact.year not in declared):
            what = f"{fact.group}{measure_name(fact.measure)}"
            text = f"{what}的年份为 {fact.year}，与报告其余年份不符。"
            yield _shape("years_are_those_of_the_report", "notice", (fact.id,), text)


@rule(
    "范围的两端",
    "范围有首有尾，首不大于尾；缺一端或两端颠倒，说明转录或排印有误。",
)
def ranges_have_both_ends(report: PublishedReport) -> Iterator[Finding]:
    """A range has two ends, the lower one first.

    An end without the other, or ends the wrong way round, is a slip of transcription or of print.
    """
    facts = report.facts
    for fact in facts:
        for own, other in (("_from", "_to"), ("_to", "_from")):
            stem = fact.measure.removesuffix(own)
            if stem == fact.measure:
                continue
            partner = facts.beside(fact, stem + other, fact.exhibit)
            if partner is None:
                yield _end_of_range(fact, (fact.id,), "只有一端，另一端没有转录")
            elif own == "_from" and fact.number > partner.number:
                yield _end_of_range(fact, (fact.id, partner.id), f"下端大于上端 {partner.text}")


def _end_of_range(fact: Fact, places: tuple[str, ...], what: str) -> Finding:
    return Finding(
        rule="ranges_have_both_ends",
        severity="contradiction",
        fact_ids=places,
        message_zh=f"{fact.group}{measure_name(fact.measure)} {fact.text}：范围{what}。",
        treatment_zh=CHECK_SOURCE,
    )
