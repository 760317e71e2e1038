"""Rules on shares: they make up a whole, changes follow from them, parts enclose the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from smdi.published.audit.model import Fact, Facts, Interval
from smdi.published.audit.principles import BOTH_STAND, TERMS_BEFORE_DIFFERENCE, UNDECIDED
from smdi.published.audit.registry import Finding, rule
from smdi.published.audit.vocabulary import (
    NATION,
    PROCESS_TYPES_ZH,
    SHARE,
    measure_name,
    minus,
    share_measures,
)

HUNDRED = Interval(Decimal(100), Decimal(100))


def level_shares(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """Shares printed for all level classes of one group and year, lowest class first."""
    for same in facts.split("exhibit", "group", "year").values():
        shares = tuple(same.one(measure=measure) for measure in share_measures())
        if all(shares):
            yield shares


@rule(
    "占比之和",
    "同一总体的各等级占比合计应为 100%。偏差若超出舍入所能解释，则至少一个数有误。",
)
def shares_sum_to_the_whole(facts: Facts) -> Iterator[Finding]:
    """The shares of all level classes of one group and year make up 100 %.

    A printed sum of 99.99 or 100.01 may come from rounding; one that no unrounded shares can
    give proves that at least one of them is wrong, though not which.
    """
    for shares in level_shares(facts):
        total = sum(fact.number for fact in shares)
        if total == 100:
            continue
        possible = Interval.total(fact.interval for fact in shares).meets(HUNDRED)
        cause = "在舍入误差之内" if possible else "舍入不能解释"
        yield Finding(
            rule="shares_sum_to_the_whole",
            severity="rounding" if possible else "contradiction",
            fact_ids=tuple(fact.id for fact in shares),
            message_zh=f"{shares[0].group} {shares[0].year} 年各等级占比合计为 {total}%，{cause}。",
            treatment_zh=BOTH_STAND if possible else UNDECIDED,
            numbers={"sum": str(total), "difference": str(total - 100)},
        )


@rule(
    "差值与两年数值",
    "差值应等于两年数值之差。末位相差一个单位可由舍入解释，相差更多则必有一处有误。",
)
def changes_follow_from_their_terms(facts: Facts) -> Iterator[Finding]:
    """A printed change is the difference of the two printed years.

    The change of unrounded shares may differ by a unit of the last digit from the difference of
    the rounded ones; a change that no unrounded shares can give is wrong, since it is the derived
    number of the three.
    """
    for change in facts:
        stem = change.measure.removesuffix("_change")
        if stem == change.measure:
            continue
        now = facts.one(exhibit=change.exhibit, measure=stem, group=change.group, year=change.year)
        before = facts.before(now) if now else None
        if before is None or now.number - before.number == change.number:
            continue
        difference = now.number - before.number
        possible = (now.interval - before.interval).meets(change.interval)
        yield Finding(
            rule="changes_follow_from_their_terms",
            severity="rounding" if possible else "contradiction",
            fact_ids=(change.id, now.id, before.id),
            message_zh=(
                f"{change.group}{measure_name(stem)}：{now.printed} − {before.printed} = "
                f"{minus(difference)}，"
                f"差值一栏作 {minus(change.printed)}，"
                + ("相差在舍入误差之内。" if possible else "舍入不能解释。")
            ),
            treatment_zh=BOTH_STAND if possible else TERMS_BEFORE_DIFFERENCE,
            followed=None if possible else now.id,
            contradicted=() if possible else (change.id,),
            numbers={"difference": str(difference), "printed": change.printed},
        )


@rule(
    "总体介于各部分之间",
    "总体占比是各部分占比的加权平均，必介于最小与最大的部分之间，否则总体与部分不能同时成立。",
)
def whole_lies_between_its_parts(facts: Facts) -> Iterator[Finding]:
    """The nation's share lies between those of its discrete and its process manufacturers.

    It is their weighted mean, whatever the weights. Outside both, the three numbers cannot hold
    for one set of firms; which is wrong stays open.
    """
    for a in facts.select(group=PROCESS_TYPES_ZH[0]):
        b = facts.one(exhibit=a.exhibit, measure=a.measure, group=PROCESS_TYPES_ZH[1], year=a.year)
        if b is None:
            continue
        low, high = sorted((a, b), key=lambda fact: fact.number)
        span = Interval(low.interval.low, high.interval.high)
        for whole in facts.select(measure=a.measure, group=NATION, year=a.year):
            if not whole.interval.meets(span):
                yield Finding(
                    rule="whole_lies_between_its_parts",
                    severity="contradiction",
                    fact_ids=(whole.id, low.id, high.id),
                    message_zh=(
                        f"{NATION}为 {whole.text}，不在{low.group} {low.text} "
                        f"与{high.group} {high.text} 之间。"
                    ),
                    treatment_zh=UNDECIDED,
                )


@rule(
    "领先幅度之和",
    "两类企业各等级占比之和都是 100%，一类在较高等级领先多少个百分点，在其余等级就落后多少。",
)
def leads_balance(facts: Facts) -> Iterator[Finding]:
    """What one group leads by in some classes it trails by in the others.

    The shares of both groups sum to 100 %, so the leads printed for the higher classes add to the
    difference of the lowest class's shares. Off by less than rounding allows, all may hold.
    """
    for same in facts.split("exhibit", "year").values():
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
    gap, total = b.number - a.number, sum(lead.number for lead in leads)
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
            + ("相差在舍入误差之内。" if possible else "舍入不能解释。")
        ),
        treatment_zh=BOTH_STAND if possible else UNDECIDED,
        numbers={"leads": str(total), "gap": str(gap)},
    )
