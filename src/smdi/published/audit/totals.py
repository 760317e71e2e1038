"""Rules on parts and totals: sums of counts, shares of counts, growth, parts of a group's count."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smdi.published.audit.principles import UNDECIDED
from smdi.published.audit.registry import Finding, rule
from smdi.published.fact_table import Fact, Facts
from smdi.published.intervals import Interval
from smdi.published.published_report import PublishedReport
from smdi.published.readings import unless
from smdi.published.relations import Growth, PartOf, Ratio, ShareOfCounts, SumOfMeasures, Total
from smdi.published.vocabulary import TOTALS, measure_name, minus, named_groups

HUNDRED = Decimal(100)


@rule(
    "分项与合计",
    "各部分的数量之和应等于合计；只列出一部分时，不应超过合计。",
)
def parts_add_to_their_total(report: PublishedReport) -> Iterator[Finding]:
    """The counts of the parts add to their total, or to no more where some parts are not shown.

    Which of the numbers is wrong stays open.
    """
    for declared in report.declared.of(Total):
        names = named_groups(declared.parts)
        own = report.facts.select(measure=declared.measure)
        for same in own.split("year").values():
            parts = [f for f in same if f.group in names and f.exhibit in _either(declared, f)]
            measure = declared.total_measure or declared.measure
            total = report.value(measure, declared.total, parts[0].year) if parts else None
            if total is None or measure.endswith(("_over", "_under")):
                continue
            added = sum((fact.number for fact in parts), start=Decimal(0))
            whole = declared.complete and len(parts) == len(names)
            if added > total.number or (whole and added != total.number):
                yield _sum_off(total, parts, added, declared.inferred and added <= total.number)
    for kinds in report.declared.of(SumOfMeasures):
        for same in report.facts.split("group", "year").values():
            total = same.one(measure=kinds.total)
            parts = [f for m in kinds.parts if (f := same.one(measure=m)) is not None]
            added = sum((fact.number for fact in parts), start=Decimal(0))
            if total and len(parts) == len(kinds.parts) and added != total.number:
                yield _sum_off(total, parts, added, kinds.inferred)


def _either(declared: Total, fact: Fact) -> tuple[str, ...]:
    return (fact.exhibit,) if declared.exhibit is None else (declared.exhibit,)


def _sum_off(total: Fact, parts: list[Fact], added: Decimal, inferred: bool) -> Finding:
    return Finding(
        rule="parts_add_to_their_total",
        severity="conditional" if inferred else "contradiction",
        fact_ids=(total.id, *(fact.id for fact in parts)),
        message_zh=(
            f"{total.group} {total.year} 年{measure_name(total.measure)}作 {total.text}，"
            f"各部分合计 {added}，相差 {minus(added - total.number)}。"
        ),
        treatment_zh=UNDECIDED,
        numbers={"added": str(added), "total": total.printed},
        unless_zh=unless("no_whole") if inferred else "",
    )


@rule(
    "占比与数量",
    "占比应等于该部分的数量除以合计；两者并列印出时可以逐行核对。",
)
def shares_follow_from_counts(report: PublishedReport) -> Iterator[Finding]:
    """A share printed beside its count is the count over the sum of all counts.

    The share gives way, being derived; a whole column that disagrees points to the total.
    """
    for declared in report.declared.of(ShareOfCounts):
        own = report.facts.within(declared.exhibit)
        for share in own.select(measure=declared.share):
            count = own.beside(share, declared.count)
            total = _whole_count(own, declared, share.year)
            if count is None or share.group in TOTALS or not total:
                continue
            exact = HUNDRED * count.number / total
            yield from _unlike(
                "shares_follow_from_counts", declared, share, (count,), f"合计 {total} ", exact
            )


@rule(
    "占比与两数之比",
    "同一组别的占比与其分子、分母并列印出时，占比应等于两数之比。",
)
def shares_are_the_ratio_of_two_counts(report: PublishedReport) -> Iterator[Finding]:
    """A share printed with the count of the part and of the whole of the same group is their ratio.

    The share gives way, being derived from the two.
    """
    for declared in report.declared.of(Ratio):
        for share in report.facts.select(measure=declared.share, unit="%"):
            part = report.facts.beside(share, declared.part)
            whole = report.facts.beside(share, declared.whole)
            if part is None or whole is None or whole.number <= 0:
                continue
            exact = HUNDRED * part.number / whole.number
            yield from _unlike(
                "shares_are_the_ratio_of_two_counts",
                declared,
                share,
                (part, whole),
                f" {whole.text}",
                exact,
            )


def _unlike(
    rule: str,
    declared: ShareOfCounts | Ratio,
    share: Fact,
    counts: tuple[Fact, ...],
    whole: str,
    exact: Decimal,
) -> Iterator[Finding]:
    """Give the finding of a share that is not printed as the share in % that its counts make.

    `counts` begin with that of the part, `whole` says what it is a part of.
    """
    if Interval.point(exact).meets(share.interval):
        return
    yield Finding(
        rule=rule,
        severity="conditional" if declared.inferred else "contradiction",
        fact_ids=(share.id, *(count.id for count in counts)),
        message_zh=(
            f"{share.group} {share.year} 年：{counts[0].text}占{whole}的 {exact:.2f}%，"
            f"占比一栏作 {share.text}。"
        ),
        treatment_zh="占比由数量推得，故以数量为准。",
        followed=counts[0].id,
        contradicted=(share.id,),
        numbers={"computed": f"{exact:.4f}", "printed": share.printed},
        unless_zh=unless("no_whole") if declared.inferred else "",
        implied=Interval.point(exact),
    )


def _whole_count(own: Facts, declared: ShareOfCounts, year: int) -> Decimal:
    rows = own.select(measure=declared.count, year=year)
    total = next((fact.number for fact in rows if fact.group in TOTALS), None)
    return total or sum((f.number for f in rows if f.group in declared.groups), start=Decimal(0))


@rule(
    "增速与数量",
    "增速应等于两年数量之比减一；三者并列印出时可以核对。",
)
def growth_follows_from_counts(report: PublishedReport) -> Iterator[Finding]:
    """A printed growth is that of the two printed years.

    It gives way to them, being derived from them.
    """
    for declared in report.declared.of(Growth):
        own = report.facts.within(declared.exhibit)
        for growth in own.select(measure=declared.growth):
            now = own.beside(growth, declared.count)
            before = own.before(now) if now else None
            if now is None or before is None:
                continue
            shown = _growth(now.interval, before.interval)
            if shown is None or shown.meets(growth.interval):
                continue
            yield Finding(
                rule="growth_follows_from_counts",
                severity="contradiction",
                fact_ids=(growth.id, now.id, before.id),
                message_zh=(
                    f"{growth.group}：由 {before.text} 到 {now.text}，增长 {shown.low:.2f}%，"
                    f"增速一栏作 {growth.text}。"
                ),
                treatment_zh="增速由两年数量推得，故以两年数量为准。",
                followed=now.id,
                contradicted=(growth.id,),
                numbers={"computed": f"{shown.low:.4f}", "printed": growth.printed},
                implied=shown,
            )


def _growth(now: Interval, before: Interval) -> Interval | None:
    """Growth in %, of values within the two intervals; None where the earlier may be nought."""
    if before.low <= 0:
        return None
    low, high = now.low / before.high, now.high / before.low
    return Interval(HUNDRED * (low - 1), HUNDRED * (high - 1), now.has_low, now.has_high)


@rule(
    "部分不多于全部",
    "同一地区或行业中，某一部分企业的数量不应多于全部企业的数量。",
)
def a_part_is_no_more_than_the_whole(report: PublishedReport) -> Iterator[Finding]:
    """A count that is part of another count of the same group does not exceed it.

    Firms at level 2 or above are among those that took part. Which number is wrong stays open.
    """
    for declared in report.declared.of(PartOf):
        for part in report.facts.select(measure=declared.part):
            for whole in report.facts.select(
                measure=declared.whole, group=part.group, year=part.year
            ):
                if part.number > whole.number:
                    yield Finding(
                        rule="a_part_is_no_more_than_the_whole",
                        severity="contradiction",
                        fact_ids=(whole.id, part.id),
                        message_zh=(
                            f"{part.group}{measure_name(part.measure)} {part.text}，"
                            f"多于{measure_name(whole.measure)} {whole.text}。"
                        ),
                        treatment_zh=UNDECIDED,
                    )
