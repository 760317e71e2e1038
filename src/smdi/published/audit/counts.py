"""Rules on counts: against shares and totals, cities in provinces, parts in their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from smdi.published.audit.principles import UNDECIDED
from smdi.published.audit.registry import Finding, rule
from smdi.published.fact_table import Fact, Facts
from smdi.published.intervals import Interval
from smdi.published.published_report import PublishedReport
from smdi.published.vocabulary import (
    FIRMS_FROM_LEVEL,
    NATION,
    cities_of_provinces,
    classes_from,
    province_names,
    regions_assessed,
    share_measures,
)

HUNDRED = Decimal(100)
PART_OF_CLASS = re.compile(r"(?P<part>[a-z]+)_share_of_level_(?P<level>[a-z0-9]+)")
TWO_POPULATIONS = (
    "两者可以是不同的总体：占比以当年完成自诊断的企业为基数，参与数为历年累计。两处各以其总体为准。"
)


@rule(
    "分省数量与全国占比",
    "各省数量之和应与全国占比乘以企业总数相符；不符说明两处所指的企业总体不同，不能混用。",
)
def counts_match_share_of_total(report: PublishedReport) -> Iterator[Finding]:
    """The provinces' counts of firms at a level add to the nation's share of all firms.

    Where the total is printed as a lower bound, the share gives at least so many firms. Fewer in
    the provinces' table means that table and total count different firms; both may be true of
    their own.
    """
    facts = report.facts
    for rows in facts.split("exhibit", "measure", "year").values():
        measure, year = next(iter(rows)).measure, next(iter(rows)).year
        level = FIRMS_FROM_LEVEL.fullmatch(measure)
        total = _one_at_least(facts, year)
        shares = _national(facts, classes_from(int(level[1])), year) if level else ()
        provinces = tuple(fact for fact in rows if fact.group in province_names())
        if not shares or total is None or len(provinces) < regions_assessed():
            continue
        counted = sum((fact.number for fact in provinces), start=Decimal(0))
        share = _share_of(shares, facts)
        least = share.low * (total.number + 1) / HUNDRED
        if counted < least:
            percent = sum(fact.number for fact in shares)
            base = (int(counted * HUNDRED / share.high) + 1, int(counted * HUNDRED / share.low))
            yield Finding(
                rule="counts_match_share_of_total",
                severity="notice",
                fact_ids=(*(f.id for f in shares), total.id, *(f.id for f in provinces)),
                message_zh=(
                    f"各省合计 {counted} 家；{NATION}占比 {percent}%，企业超过 {total.printed} 家，"
                    f"应至少有 {ceil(least)} 家。"
                    f"按占比反推，各省合计对应 {base[0]} 至 {base[1]} 家企业。"
                ),
                treatment_zh=TWO_POPULATIONS,
                numbers={
                    "counted": int(counted),
                    "at_least": ceil(least),
                    "base_from": base[0],
                    "base_to": base[1],
                },
            )


def _one_at_least(facts: Facts, year: int) -> Fact | None:
    return facts.one(measure="participants_over", group=NATION, year=year)


def _national(facts: Facts, measures: tuple[str, ...], year: int) -> tuple[Fact, ...]:
    """The nation's shares of these classes, from one exhibit that prints all classes."""
    for same in facts.select(group=NATION, year=year).split("exhibit").values():
        if all(same.one(measure=measure) for measure in share_measures()):
            return tuple(fact for fact in same if fact.measure in measures)
    return ()


def _share_of(shares: tuple[Fact, ...], facts: Facts) -> Interval:
    """What the shares add to, by themselves and as what the other classes leave of 100 %."""
    first = shares[0]
    same = facts.select(exhibit=first.exhibit, group=first.group, year=first.year)
    rest = (f for f in same if f.measure in share_measures() and f not in shares)
    sums = Interval.total(fact.interval for fact in shares)
    left = Interval.point(HUNDRED) - Interval.total(fact.interval for fact in rest)
    return Interval(max(sums.low, left.low), min(sums.high, left.high))


@rule(
    "分省界限与总数",
    "分省数量或为实数或为下限。若把下限读作分档，各省上限之和仍不及总数，则这种读法不能成立。",
)
def bounds_leave_room_for_the_total(report: PublishedReport) -> Iterator[Finding]:
    """Provinces named by bounds, read as classes, must leave room for the printed total.

    Read as classes, the highest bound's provinces have no more firms than the smallest province
    given exactly, each lower bound's no more than the next bound, and those unnamed no more than
    the lowest. If all that adds to no more than the total said to be exceeded, the bounds are no
    classes: some province lies higher than its bound's place suggests.
    """
    facts = report.facts
    for total in facts.select(measure="participants_over", group=NATION):
        exact = _provinces(facts, "participants", total.year)
        over = _provinces(facts, "participants_over", total.year)
        if not exact or not over:
            continue
        ceilings = _ceilings(exact, over)
        unnamed = regions_assessed() - len(exact) - len(over)
        lowest = min(fact.number for fact in over)
        most = sum(f.number for f in exact) + sum(ceilings) + unnamed * lowest
        if most > total.number:
            continue
        yield Finding(
            rule="bounds_leave_room_for_the_total",
            severity="notice",
            fact_ids=(total.id, *(f.id for f in exact), *(f.id for f in over)),
            message_zh=(
                f"若把各下限读作分档，{regions_assessed()} 个省份至多合计 {most} 家，"
                f"达不到所称的超过 {total.text}。"
            ),
            treatment_zh="下限只作下限理解，以总数为准。",
            numbers={"at_most": int(most), "total_over": int(total.number), "unnamed": unnamed},
        )


def _provinces(facts: Facts, measure: str, year: int) -> tuple[Fact, ...]:
    same = facts.select(measure=measure, year=year)
    return tuple(fact for fact in same if fact.group in province_names())


def _ceilings(exact: tuple[Fact, ...], over: tuple[Fact, ...]) -> Iterator[Decimal]:
    """For each bound, the next higher bound; for the highest, the smallest exact number."""
    steps = sorted({fact.number for fact in over})
    above = dict(zip(steps, [*steps[1:], min(f.number for f in exact)], strict=True))
    return (above[fact.number] for fact in over)


@rule(
    "城市与所在省份",
    "一省各城市数量之和不应超过该省；所余数量也须容得下未列城市，因为未列城市不多于表中末位。",
)
def cities_fit_their_province(report: PublishedReport) -> Iterator[Finding]:
    """The cities of a province add to no more than the province, and what is left finds room.

    A table of the leading cities leaves out only cities below its last row, so those left out can
    hold no more than their number times that row. A province with more firms left over proves a
    city is missing or a number wrong. Which number is wrong stays open.
    """
    facts = report.facts
    for same in facts.split("measure", "year").values():
        measure, year = next(iter(same)).measure, next(iter(same)).year
        if measure == "rank":
            continue
        for province in (fact for fact in same if fact.group in province_names()):
            members = cities_of_provinces().get(province.group, frozenset())
            for table in same.split("exhibit").values():
                listed = [f for f in table if f.group in members and f.unit == "家"]
                if len(members) > 1 and len(table) > 1:
                    last = min(table, key=lambda fact: fact.number)
                    yield from _misfit(province, listed, len(members), last, year, table, facts)


def _misfit(
    province: Fact,
    listed: list[Fact],
    members: int,
    last: Fact,
    year: int,
    table: Facts,
    facts: Facts,
) -> Iterator[Finding]:
    if province.exhibit == next(iter(table)).exhibit or province.unit != "家":
        return
    rest = province.number - sum(fact.number for fact in listed)
    room = (members - len(listed)) * last.number
    places = [province.id, *(fact.id for fact in listed)]
    ranked = facts.select(exhibit=next(iter(table)).exhibit, measure="rank", year=year)
    if rest < 0:
        what = f"所列城市合计 {province.number - rest} 家，多于该省"
    elif len(ranked) and rest > room:
        what = f"所列城市之外尚余 {rest} 家，而未列的 {members - len(listed)} 个城市至多 {room} 家"
        places += [last.id] if last.id not in places else []
    else:
        return
    yield Finding(
        rule="cities_fit_their_province",
        severity="contradiction",
        fact_ids=tuple(places),
        message_zh=f"{province.group} {province.text}：{what}。",
        treatment_zh=UNDECIDED,
        numbers={"province": int(province.number), "left": int(rest), "room": int(room)},
    )


@rule(
    "部分与整体",
    "某类企业在某等级中的占比乘以该等级占比，不应超过该类企业在全部企业中的占比。",
)
def parts_fit_their_whole(report: PublishedReport) -> Iterator[Finding]:
    """A kind of firm within a class is no more than that kind among all, nor the rest less.

    If 95 % of a class that holds 69 % of all firms are of a kind, that kind is at least 65 % of
    all firms; and the others, 5 % of the class, are no more than all others there are.
    """
    facts = report.facts
    for part in facts:
        match = PART_OF_CLASS.fullmatch(part.measure)
        whole = match and facts.beside(part, f"{match['part']}_share")
        share = match and facts.beside(part, f"share_level_{match['level']}")
        if not whole or not share:
            continue
        inside = part.interval.low * share.interval.low / HUNDRED
        outside = (HUNDRED - part.interval.high) * share.interval.low / HUNDRED
        if inside <= whole.interval.high and outside <= HUNDRED - whole.interval.low:
            continue
        yield Finding(
            rule="parts_fit_their_whole",
            severity="contradiction",
            fact_ids=(part.id, whole.id, share.id),
            message_zh=(f"{part.group}：{part.text}与{share.text}、{whole.text}三者不能同时成立。"),
            treatment_zh=UNDECIDED,
            numbers={"inside": str(inside), "whole": whole.printed},
        )
