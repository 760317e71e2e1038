"""Rules on claims: what prose says of a movement or a bound, against the exhibit beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from smdi.published.audit.principles import BOTH_STAND, decide
from smdi.published.audit.registry import Finding, Severity, rule
from smdi.published.fact_table import PROSE, Fact, Facts
from smdi.published.intervals import UNBOUNDED, Interval
from smdi.published.published_report import PublishedReport
from smdi.published.readings import saved_by_rounding, unless
from smdi.published.vocabulary import TOTALS, measure_name, minus, share_measures

ENDS = ("", "_from", "_to")


@dataclass(frozen=True)
class Movement:
    """How a quantity moved, by an exhibit: the change it prints, or that of its two years."""

    fact: Fact
    interval: Interval
    printed: str
    before: Fact | None = None


@rule(
    "文字表述与图表",
    "文字所述的升降幅度应与图表一致；按文字的精度比较，仍不相符则文字有误。",
)
def claims_agree_with_exhibits(report: PublishedReport) -> Iterator[Finding]:
    """A rise or fall that prose claims is the one its exhibit shows.

    Claims are measures ending in _decrease or _increase, with _from and _to for the two ends of a
    range. They are held against the change the exhibit prints, or else the difference of its two
    years, at the precision of the claim: only where no value can satisfy both is it a finding.
    """
    every = list(_claims(report.facts))
    for claim, movement in every:
        if not claim.fits(movement, "half_up"):
            yield _denied(claim, movement, every, report.facts)


@dataclass(frozen=True)
class Claim:
    """What prose says of the movement of `stem`: its size, or an end of the range it lies in."""

    fact: Fact
    stem: str
    sign: int
    end: str

    def values(self, rounding: str) -> Interval:
        """Movements, with their sign, that the claim would be true of."""
        own = self.fact.under(rounding)
        size = {
            "": own,
            "_from": Interval(own.low, UNBOUNDED, own.has_low),
            "_to": Interval(Decimal(0), own.high, True, own.has_high),
        }[self.end]
        return size if self.sign > 0 else -size

    def fits(self, movement: Movement, rounding: str) -> bool:
        """Whether some movement satisfies both the claim and the exhibit."""
        return movement.interval.meets(self.values(rounding))


def _claims(facts: Facts) -> Iterator[tuple[Claim, Movement]]:
    for fact in facts:
        for direction, sign in (("_decrease", -1), ("_increase", 1)):
            for end in ENDS:
                stem = fact.measure.removesuffix(direction + end)
                if stem != fact.measure and (stem + direction + end) == fact.measure:
                    for movement in _movements(fact, stem, facts):
                        yield Claim(fact, stem, sign, end), movement


def _movements(claim: Fact, stem: str, facts: Facts) -> Iterator[Movement]:
    for now in facts.select(group=claim.group, year=claim.year):
        if now.exhibit == claim.exhibit:
            continue
        if now.measure == f"{stem}_change":
            yield Movement(now, now.interval, now.printed)
        elif now.measure == stem:
            before = facts.before(now)
            printed = facts.beside(now, f"{stem}_change", now.exhibit)
            if before is not None and printed is None:
                difference = str(now.number - before.number)
                yield Movement(now, now.interval - before.interval, difference, before)


def _denied(
    claim: Claim, movement: Movement, every: list[tuple[Claim, Movement]], facts: Facts
) -> Finding:
    fact = claim.fact
    verdict = decide(fact, movement.fact, facts)
    word = {"": "为", "_from": "至少", "_to": "至多"}[claim.end]
    twin = _same_number_elsewhere(fact, movement, facts)
    message = (
        f"{fact.group}{measure_name(claim.stem)}：文字称变动幅度{word} {fact.text}，"
        f"图表所列变动为 {minus(movement.printed)} 个百分点。"
    )
    if twin:
        message += f"文字所印数字与图表中{twin.group}的变动相同，或系误植。"
    others = [other for other in (twin, movement.before) if other is not None]
    siblings = [
        lambda way, own=own, shown=shown: own.fits(shown, way)
        for own, shown in every
        if own.stem == claim.stem and own.end and own.fact.exhibit == fact.exhibit
    ]
    reading = saved_by_rounding(lambda way: claim.fits(movement, way), siblings)
    severity: Severity = (
        "claim" if PROSE in (fact.exhibit, movement.fact.exhibit) else "contradiction"
    )
    yields_claim = verdict.gives_way is fact
    return Finding(
        rule="claims_agree_with_exhibits",
        severity="conditional" if reading else severity,
        fact_ids=(verdict.gives_way.id, verdict.holds.id, *(other.id for other in others)),
        message_zh=message,
        treatment_zh=verdict.reason_zh,
        followed=verdict.holds.id,
        contradicted=(verdict.gives_way.id,),
        numbers={"claimed": fact.printed, "shown": movement.printed},
        unless_zh=reading,
        implied=(movement.interval if claim.sign > 0 else -movement.interval)
        if yields_claim
        else None,
    )


def _same_number_elsewhere(claim: Fact, movement: Movement, facts: Facts) -> Fact | None:
    """A row of the same exhibit whose change has the very number claimed: a slip of the line."""
    rows = facts.select(
        exhibit=movement.fact.exhibit, measure=movement.fact.measure, year=movement.fact.year
    )
    same = [
        row
        for row in rows
        if row.measure.endswith("_change")
        and row.decimals == claim.decimals
        and claim.decimals
        and abs(row.number) == claim.number
    ]
    return same[0] if len(same) == 1 else None


@rule(
    "界限与数值",
    "称某数超过某值，则另处所载的该数必须大于此值，否则两处不能同时成立。",
)
def bounds_hold(report: PublishedReport) -> Iterator[Finding]:
    """What is said to be over (under) a number is printed, elsewhere, as more (less) than it.

    A bound and the number itself are often pages apart. The exhibit holds before the prose, as
    everywhere.
    """
    facts = report.facts
    for bound in facts:
        for value, holds in _bounded(bound, facts):
            if not holds:
                reading = "" if value.group == bound.group else unless("no_whole")
                verdict = decide(bound, value, facts)
                yield Finding(
                    rule="bounds_hold",
                    severity=(
                        "conditional"
                        if reading
                        else "claim"
                        if bound.exhibit == PROSE
                        else "contradiction"
                    ),
                    unless_zh=reading,
                    fact_ids=(verdict.gives_way.id, verdict.holds.id),
                    message_zh=(
                        f"{bound.group}{measure_name(value.measure)}：一处称"
                        f"{'超过' if bound.measure.endswith('_over') else '低于'} {bound.text}，"
                        f"另一处作 {value.text}。"
                    ),
                    treatment_zh=verdict.reason_zh,
                    followed=verdict.holds.id,
                    contradicted=(verdict.gives_way.id,),
                    numbers={"bound": bound.printed, "value": value.printed},
                    implied=value.interval if verdict.gives_way is bound else None,
                )


def _bounded(bound: Fact, facts: Facts) -> Iterator[tuple[Fact, bool]]:
    """Values that a bound speaks of, with whether they obey it."""
    for suffix, sign in (("_over", 1), ("_under", -1)):
        stem = bound.measure.removesuffix(suffix)
        if stem != bound.measure:
            for value in facts.select(measure=stem, year=bound.year):
                if value.group != bound.group and not {value.group, bound.group} <= set(TOTALS):
                    continue
                reach = value.interval.high if sign > 0 else value.interval.low
                yield value, sign * reach > sign * bound.number


@rule(
    "高低两端同向变动",
    "低成熟度占比下降通常意味着整体提升；若最高等级占比同时下降，则不能只凭一端断言水平提高。",
)
def both_ends_shrink(report: PublishedReport) -> Iterator[Finding]:
    """The lowest and the highest level class lose share at once (or gain it at once).

    A report that reads progress off the lowest class alone overlooks such a group. Nothing is
    contradicted.
    """
    facts = report.facts
    lowest, highest = (f"{share_measures()[i]}_change" for i in (0, -1))
    for low in facts.select(measure=lowest):
        high = facts.beside(low, highest, low.exhibit)
        if high is None or low.number * high.number <= 0:
            continue
        word = "下降" if low.number < 0 else "上升"
        yield Finding(
            rule="both_ends_shrink",
            severity="notice",
            fact_ids=(low.id, high.id),
            message_zh=(
                f"{low.group}最低等级占比变动 {minus(low.printed)} 个百分点，"
                f"最高等级占比变动 {minus(high.printed)} 个百分点，两端同时{word}。"
            ),
            treatment_zh=BOTH_STAND,
            numbers={"lowest": low.printed, "highest": high.printed},
        )


@rule(
    "逆势变动",
    "同一图中各项均上升而一项下降时，概括性的文字容易将其忽略。",
)
def one_falls_where_the_rest_rise(report: PublishedReport) -> Iterator[Finding]:
    """One rate of an exhibit falls over the year while all its others rise.

    Summaries of such an exhibit tend to speak of growth. Nothing is contradicted.
    """
    for same in report.facts.split("exhibit", "group").values():
        moves = [
            (fact, before)
            for fact in same
            if fact.unit == "%"
            and fact.year == same.years[0]
            and fact.measure not in share_measures()
            and (before := same.before(fact)) is not None
        ]
        falling = [(now, before) for now, before in moves if now.number < before.number]
        rising = [now for now, before in moves if now.number > before.number]
        if len(falling) == 1 and rising and len(rising) == len(moves) - 1:
            now, before = falling[0]
            yield Finding(
                rule="one_falls_where_the_rest_rise",
                severity="notice",
                fact_ids=(now.id, before.id),
                message_zh=(
                    f"{len(moves)} 项中{measure_name(now.measure)}由 {before.text} "
                    f"降至 {now.text}，其余各项上升。"
                ),
                treatment_zh=BOTH_STAND,
                numbers={"now": now.printed, "before": before.printed},
            )
