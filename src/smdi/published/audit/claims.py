"""Rules on claims: what prose says of a movement or a bound, against the exhibit beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from smdi.published.audit.model import PROSE, Fact, Facts, Interval
from smdi.published.audit.principles import BOTH_STAND, decide
from smdi.published.audit.registry import Finding, rule
from smdi.published.audit.vocabulary import measure_name, minus, share_measures

BEYOND = Decimal(10) ** 9
ENDS = ("", "_from", "_to")


@dataclass(frozen=True)
class Movement:
    """How a quantity moved, by an exhibit: the change it prints, or that of its two years."""

    fact: Fact
    interval: Interval
    printed: str


@rule(
    "文字表述与图表",
    "文字所述的升降幅度应与图表一致；按文字的精度比较，仍不相符则文字有误。",
)
def claims_agree_with_exhibits(facts: Facts) -> Iterator[Finding]:
    """A rise or fall that prose claims is the one its exhibit shows.

    Claims are measures ending in _decrease or _increase, with _from and _to for the two ends of a
    range. They are held against the change the exhibit prints, or else the difference of its two
    years, at the precision of the claim: only where no value can satisfy both is it a finding.
    """
    for claim in facts:
        for direction, sign in (("_decrease", -1), ("_increase", 1)):
            for end in ENDS:
                stem = claim.measure.removesuffix(direction + end)
                if stem != claim.measure:
                    yield from _against_exhibits(claim, stem, sign, end, facts)


def _against_exhibits(
    claim: Fact, stem: str, sign: int, end: str, facts: Facts
) -> Iterator[Finding]:
    claimed = {
        "": claim.interval,
        "_from": Interval(claim.interval.low, BEYOND),
        "_to": Interval(-BEYOND, claim.interval.high),
    }[end]
    for movement in _movements(claim, stem, facts):
        shown = movement.interval if sign > 0 else -movement.interval
        if not shown.meets(claimed):
            yield _denied(claim, stem, movement, end, facts)


def _movements(claim: Fact, stem: str, facts: Facts) -> Iterator[Movement]:
    for now in facts.select(group=claim.group, year=claim.year):
        if now.exhibit == claim.exhibit:
            continue
        if now.measure == f"{stem}_change":
            yield Movement(now, now.interval, now.printed)
        elif now.measure == stem:
            before = facts.before(now)
            printed = facts.one(
                exhibit=now.exhibit, measure=f"{stem}_change", group=now.group, year=now.year
            )
            if before is not None and printed is None:
                difference = str(now.number - before.number)
                yield Movement(now, now.interval - before.interval, difference)


def _denied(claim: Fact, stem: str, movement: Movement, end: str, facts: Facts) -> Finding:
    verdict = decide(claim, movement.fact, facts)
    word = {"": "为", "_from": "至少", "_to": "至多"}[end]
    twin = _same_number_elsewhere(claim, movement, facts)
    message = (
        f"{claim.group}{measure_name(stem)}：文字称变动幅度{word} {claim.text}，"
        f"图表所列变动为 {minus(movement.printed)} 个百分点。"
    )
    if twin:
        message += f"文字所印数字与图表中{twin.group}的变动相同，或系误植。"
    return Finding(
        rule="claims_agree_with_exhibits",
        severity="claim" if PROSE in (claim.exhibit, movement.fact.exhibit) else "contradiction",
        fact_ids=(verdict.gives_way.id, verdict.holds.id, *((twin.id,) if twin else ())),
        message_zh=message,
        treatment_zh=verdict.reason_zh,
        followed=verdict.holds.id,
        contradicted=(verdict.gives_way.id,),
        numbers={"claimed": claim.printed, "shown": movement.printed},
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
    "称某数超过某值，则另处印出的该数必须大于此值，否则两处不能同时成立。",
)
def bounds_hold(facts: Facts) -> Iterator[Finding]:
    """What is said to be over a number is printed, elsewhere, as more than that number.

    A bound and the number itself are often pages apart. The exhibit holds before the prose, as
    everywhere.
    """
    for bound in facts:
        stem = bound.measure.removesuffix("_over")
        if stem == bound.measure:
            continue
        for value in facts.select(measure=stem, group=bound.group, year=bound.year):
            if value.interval.high <= bound.number:
                verdict = decide(bound, value, facts)
                yield Finding(
                    rule="bounds_hold",
                    severity="claim" if bound.exhibit == PROSE else "contradiction",
                    fact_ids=(verdict.gives_way.id, verdict.holds.id),
                    message_zh=(
                        f"{bound.group}{measure_name(stem)}：一处称超过 {bound.text}，"
                        f"另一处作 {value.text}。"
                    ),
                    treatment_zh=verdict.reason_zh,
                    followed=verdict.holds.id,
                    contradicted=(verdict.gives_way.id,),
                    numbers={"bound": bound.printed, "value": value.printed},
                )


@rule(
    "高低两端同向变动",
    "低成熟度占比下降通常意味着整体提升；若最高等级占比同时下降，则不能只凭一端断言水平提高。",
)
def both_ends_shrink(facts: Facts) -> Iterator[Finding]:
    """The lowest and the highest level class lose share at once (or gain it at once).

    A report that reads progress off the lowest class alone overlooks such a group. Nothing is
    contradicted.
    """
    lowest, highest = (f"{share_measures()[i]}_change" for i in (0, -1))
    for low in facts.select(measure=lowest):
        high = facts.one(exhibit=low.exhibit, measure=highest, group=low.group, year=low.year)
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
def one_falls_where_the_rest_rise(facts: Facts) -> Iterator[Finding]:
    """One rate of an exhibit falls over the year while all its others rise.

    Summaries of such an exhibit tend to speak of growth. Nothing is contradicted.
    """
    for same in facts.split("exhibit", "group").values():
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
