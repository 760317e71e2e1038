"""Rules on shares: they make up a whole, changes follow from them, parts enclose the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from smdi.published.audit.principles import BOTH_STAND, TERMS_BEFORE_DIFFERENCE, UNDECIDED
from smdi.published.audit.registry import Finding, Severity, rule
from smdi.published.fact_table import Fact, Facts
from smdi.published.intervals import Interval
from smdi.published.published_report import PublishedReport
from smdi.published.readings import saved_by_rounding, unless
from smdi.published.relations import Mixture, Whole, WholeOfGroups
from smdi.published.vocabulary import SHARE, measure_name, minus, share_measures

HUNDRED = Interval.point(100)


def wholes(report: PublishedReport) -> Iterator[tuple[tuple[Fact, ...], bool]]:
    """Shares that make up one whole, with whether that was inferred; in the order declared."""
    for whole in report.declared.of(Whole):
        for same in report.facts.split("exhibit", "group", "year").values():
            found = [same.one(measure=measure) for measure in whole.measures]
            shares = tuple(fact for fact in found if fact is not None)
            if len(shares) == len(whole.measures) and whole.exhibit in (None, shares[0].exhibit):
                yield shares, whole.inferred
    for parts in report.declared.of(WholeOfGroups):
        own = Facts(
            f for f in report.facts.select(measure=parts.measure) if f.group in parts.groups
        )
        for same in own.split("exhibit", "year").values():
            shares = tuple(same)
            if len(shares) == len(parts.groups) and parts.exhibit in (None, shares[0].exhibit):
                yield shares, parts.inferred


@rule(
    "占比之和",
    "同一总体的各项占比合计应为 100%。偏差若超出修约所能解释，则至少一个数有误。",
)
def shares_sum_to_the_whole(report: PublishedReport) -> Iterator[Finding]:
    """The shares declared to be one whole make up 100 %.

    A printed sum of 99.99 or 100.01 may come from rounding; one that no unrounded shares can
    give proves that at least one of them is wrong, though not which.
    """
    every = list(wholes(report))
    for shares, inferred in every:
        total = sum(fact.number for fact in shares)
        if total == 100:
            continue
        possible = _sums(shares, "half_up")
        siblings = [other for other, _ in every if other[0].exhibit == shares[0].exhibit]
        reading = (
            ""
            if possible
            else saved_by_rounding(
                lambda way, own=shares: _sums(own, way),  # type: ignore[misc]
                [lambda way, own=own: _sums(own, way) for own in siblings if own != shares],  # type: ignore[misc]
            )
        )
        if not possible and not reading and inferred:
            reading = unless("no_whole")
        cause = "在修约误差之内" if possible else "修约不能解释"
        yield Finding(
            rule="shares_sum_to_the_whole",
            severity=_severity(possible, reading),
            fact_ids=tuple(fact.id for fact in shares),
            message_zh=f"{_whole_name(shares)}占比合计为 {total}%，{cause}。",
            treatment_zh=BOTH_STAND if possible else UNDECIDED,
            numbers={"sum": str(total), "difference": str(total - 100)},
            unless_zh=reading,
        )


def _sums(shares: Sequence[Fact], rounding: str) -> bool:
    return Interval.total(fact.under(rounding) for fact in shares).meets(HUNDRED)


def _whole_name(shares: Sequence[Fact]) -> str:
    one_group = len({fact.group for fact in shares}) == 1
    name = shares[0].group if one_group else measure_name(shares[0].measure)
    return f"{name} {shares[0].year} 年各{'等级' if one_group else '组'}"


def _severity(possible: bool, reading: str) -> Severity:
    if possible:
        return "rounding"
    return "conditional" if reading else "contradiction"


@rule(
    "差值与两年数值",
    "差值应等于两年数值之差。末位相差一个单位可由修约解释，相差更多则必有一处有误。",
)
def changes_follow_from_their_terms(report: PublishedReport) -> Iterator[Finding]:
    """A printed change is the difference of the two printed years.

    The change of unrounded shares may differ by a unit of the last digit from the difference of
    the rounded ones; a change that no unrounded shares can give is wrong, since it is the derived
    number of the three.
    """
    facts = report.facts
    for change in facts:
        stem = change.measure.removesuffix("_change")
        if stem == change.measure:
            continue
        now = facts.beside(change, stem, change.exhibit)
        before = facts.before(now) if now else None
        if now is None or before is None or now.number - before.number == change.number:
            continue
        difference = now.number - before.number
        implied = now.interval - before.interval
        possible = implied.meets(change.interval)
        yield Finding(
            rule="changes_follow_from_their_terms",
            severity="rounding" if possible else "contradiction",
            fact_ids=(change.id, now.id, before.id),
            message_zh=(
                f"{change.group}{measure_name(stem)}：{now.printed} − {before.printed} = "
                f"{minus(difference)}，"
                f"差值一栏作 {minus(change.printed)}，"
                + ("相差在修约误差之内。" if possible else "修约不能解释。")
            ),
            treatment_zh=BOTH_STAND if possible else TERMS_BEFORE_DIFFERENCE,
            followed=None if possible else now.id,
            contradicted=() if possible else (change.id,),
            numbers={"difference": str(difference), "printed": change.printed},
            implied=None if possible else implied,
        )


@rule(
    "总体介于各部分之间",
    "总体的比率是各部分比率的加权平均，必介于最小与最大的部分之间，否则总体与部分不能同时成立。",
)
def whole_lies_between_its_parts(report: PublishedReport) -> Iterator[Finding]:
    """A rate of the whole lies between those of its parts.

    It is their weighted mean, whatever the weights. Outside all, the numbers cannot hold for one
    set of firms; which is wrong stays open.
    """
    for mixture in (m for m in report.declared.of(Mixture) if m.complete):
        for same in report.facts.split("measure", "year").values():
            parts = Facts(fact for fact in same if fact.group in mixture.parts)
            if len({fact.group for fact in parts}) < len(mixture.parts):
                continue
            measure = next(iter(parts)).measure
            if mixture.measures is not None and measure not in mixture.measures:
                continue
            for whole in (fact for fact in same if fact.group in mixture.whole):
                yield from _outside(whole, tuple(parts), mixture.inferred)


def _outside(whole: Fact, parts: tuple[Fact, ...], inferred: bool) -> Iterator[Finding]:
    low = min(parts, key=lambda fact: fact.interval.low)
    high = max(parts, key=lambda fact: fact.interval.high)
    span = Interval(
        low.interval.low, high.interval.high, low.interval.has_low, high.interval.has_high
    )
    if whole.unit != low.unit or whole.interval.meets(span):
        return
    reading = unless("no_whole") if inferred else ""
    yield Finding(
        rule="whole_lies_between_its_parts",
        severity="conditional" if reading else "contradiction",
        fact_ids=(whole.id, low.id, high.id),
        message_zh=(
            f"{whole.group}为 {whole.text}，"
            f"不在{low.group} {low.text} 与{high.group} {high.text} 之间。"
        ),
        treatment_zh=UNDECIDED,
        unless_zh=reading,
    )


@rule(
    "领先幅度之和",
    "两类企业各等级占比之和都是 100%，一类在较高等级领先多少个百分点，在其余等级就落后多少。",
)
def leads_balance(report: PublishedReport) -> Iterator[Finding]:
    """What one group leads by in some classes it trails by in the others.

    The shares of both groups sum to 100 %, so the leads printed for the higher classes add to the
    difference of the lowest class's shares. Off by less than rounding allows, all may hold.
    """
    for same in report.facts.split("exhibit", "year").values():
        lowest = same.select(measure=share_measures()[0])
        for ahead, behind in combinations(lowest, 2):
            for a, b in ((ahead, behind), (behind, ahead)):
                leads = tuple(f for f in same.select(group=a.group) if f.measure.endswith("_lead"))
                if _covers_the_rest(leads):
                    yield from _balance(a, b, leads)


def _covers_the_rest(leads: tuple[Fact, ...]) -> bool:
    """Whether the leads together are of all classes but the lowest, each once."""
    classes = [
        name
        for lead in leads
        for name in lead.measure.removeprefix(SHARE).removesuffix("_lead").split("_")
    ]
    return sorted(SHARE + name for name in classes) == sorted(share_measures()[1:])


def _balance(a: Fact, b: Fact, leads: tuple[Fact, ...]) -> Iterator[Finding]:
    gap = b.number - a.number
    total = sum((lead.number for lead in leads), start=Decimal(0))
    if gap == total:
        return
    sums = Interval.total(lead.interval for lead in leads)
    possible = (b.interval - a.interval).meets(sums)
    yield Finding(
        rule="leads_balance",
        severity="rounding" if possible else "contradiction",
        fact_ids=(*(lead.id for lead in leads), a.id, b.id),
        message_zh=(
            f"{a.group}在较高等级共领先 {total} 个百分点，"
            f"而最低等级占比 {b.printed} − {a.printed} = {gap} 个百分点，"
            + ("相差在修约误差之内。" if possible else "修约不能解释。")
        ),
        treatment_zh=BOTH_STAND if possible else UNDECIDED,
        numbers={"leads": str(total), "gap": str(gap)},
    )
