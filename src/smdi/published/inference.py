"""Declarations guessed from the facts of a report that nobody declared.

Every guess is marked `inferred`: what rests on it is found "unless the exhibit means something
else". The guesses look at names of measures, at units and at what most rows of an exhibit obey.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from smdi.published.declarations import Declarations, Exhibit, Grid, offset
from smdi.published.fact_table import Fact, Facts
from smdi.published.inferred_counts import COUNT_UNITS, NEAR, growths, is_growth, nested, ratios
from smdi.published.intervals import Interval
from smdi.published.relations import (
    CountsOfShares,
    Mixture,
    PartOf,
    Places,
    Ranking,
    Relation,
    Series,
    ShareOfCounts,
    Threshold,
    Total,
    Whole,
    WholeOfGroups,
)
from smdi.published.vocabulary import (
    NATION,
    PROCESS_TYPES_ZH,
    SUMS,
    TOTALS,
    classes_from,
    lists_of_names,
    share_measures,
)

DERIVED = ("_change", "_increase", "_decrease", "_lead", "_over", "_under", "_from", "_to")
DESCRIPTIVE = ("rank", "title_rows", "sample_threshold")
SHARE_WORDS = ("share", "proportion", "percent", "distribution", "structure", "composition")
FILLED = 0.75  # an exhibit this full is meant to be full
HUNDRED = Interval.point(100)
CLOSE_TO_HUNDRED = Interval(Decimal(90), Decimal(110))


def infer(facts: Facts) -> Declarations:
    """Guess what the exhibits are and how their numbers hang together."""
    exhibits = {str(key[0]): own for key, own in facts.split("exhibit").items()}
    relations: list[Relation] = [*_of_the_standards(facts)]
    relations += ratios(facts)
    for name, own in exhibits.items():
        relations += _of_exhibit(name, own, facts)
    return Declarations(
        exhibits={name: Exhibit(grids=tuple(_grids(own, facts))) for name, own in exhibits.items()},
        relations=tuple(relations),
    )


def is_quantity(fact: Fact) -> bool:
    """Whether a fact prints a quantity itself: no movement, bound, rank or title."""
    return not fact.measure.endswith(DERIVED) and fact.measure not in DESCRIPTIVE


def _of_the_standards(facts: Facts) -> Iterator[Relation]:
    """What the names of the standards mean in any report."""
    levels, provinces = share_measures(), ("@provinces",)
    yield Whole(measures=levels)
    yield Mixture(whole=(NATION,), parts=PROCESS_TYPES_ZH, measures=levels)
    yield CountsOfShares(
        count="firms_level_ge2",
        groups=provinces,
        classes=classes_from(2),
        whole=levels,
        group=NATION,
    )
    yield PartOf(part="firms_level_ge2", whole="participants")
    yield Series(table="national_level_shares", prefix="share_level_", group=NATION)
    names = lists_of_names()
    for (measure,), own in facts.split("measure").items():
        if measure in DESCRIPTIVE or next(iter(own)).unit != "家":
            continue
        held = {
            kind: Counter(f.exhibit for f in own if f.group in names[kind])
            for kind in ("cities", "provinces")
        }
        for city in held["cities"]:
            for province in held["provinces"]:
                if city != province:
                    yield Places(measure=str(measure), cities=city, provinces=province)


def _of_exhibit(name: str, own: Facts, facts: Facts) -> Iterator[Relation]:
    yield from _rankings(name, own)
    yield from _thresholds(name, own)
    wholes = tuple(_wholes(name, own))
    yield from wholes
    inside = {measure for whole in wholes for measure in whole.measures}
    shares_of_counts = tuple(_shares_of_counts(name, own))
    yield from shares_of_counts
    for measure, rows in _columns(own):
        if measure in inside or measure in share_measures():
            continue
        unit = rows[0].unit
        if unit == "%" and not is_growth(measure):
            yield from _whole_of_groups(name, measure, own)
            yield from _mixtures(name, measure, own, facts)
        elif unit in COUNT_UNITS:
            yield from _totals(name, measure, own, facts)
    columns = dict(_columns(own))
    yield from growths(name, columns)
    yield from nested(own, columns)


def _columns(own: Facts) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    for (measure,), rows in own.split("measure").items():
        quantities = tuple(fact for fact in rows if is_quantity(fact))
        if quantities:
            yield str(measure), quantities


def _grids(own: Facts, facts: Facts) -> Iterator[Grid]:
    """The cells an exhibit seems meant to have: of a nearly full table all, else those there."""
    rows = [f for f in own if f.measure not in DESCRIPTIVE or f.measure == "rank"]
    columns = Counter((f.measure, offset(f, facts)) for f in rows)
    groups = Counter(f.group for f in rows)
    usual = {c: n for c, n in columns.items() if 2 * n >= max(columns.values())}
    main = [g for g, n in groups.items() if 2 * n >= max(groups.values())]
    filled = sum((f.measure, offset(f, facts)) in usual and f.group in main for f in rows)
    full = len(usual) * len(main) >= 4 and filled >= FILLED * len(usual) * len(main)
    for fact in own:
        if fact.measure in DESCRIPTIVE and fact.measure != "rank":
            shift = offset(fact, facts)
            yield Grid(measures=(fact.measure,), groups=(fact.group,), years=(shift,))
    for column in columns:
        measure, year = column
        held = [f.group for f in rows if (f.measure, offset(f, facts)) == column]
        wanted = list(dict.fromkeys([*held, *(main if full and column in usual else ())]))
        yield Grid(measures=(measure,), groups=(*wanted, *_rest_of_list(held)), years=(year,))


def _rest_of_list(held: Sequence[str]) -> tuple[str, ...]:
    """The provinces that a table of nearly all provinces leaves out."""
    names = lists_of_names()["provinces"]
    own = [name for name in names if name in held]
    return tuple(n for n in names if n not in held) if len(own) >= 0.9 * len(names) else ()


def _rankings(name: str, own: Facts) -> Iterator[Ranking]:
    ranks = own.select(measure="rank")
    counts = [
        measure
        for measure, rows in _columns(own)
        if len({f.year for f in rows}) == 1 and sum(f.group not in TOTALS for f in rows) >= 3
    ]
    if len(ranks) and len(counts) == 1:
        yield Ranking(exhibit=name, number=counts[0], rank="rank", inferred=True)
        return
    for measure in counts:
        numbers = [f.number for f in own.select(measure=measure) if f.group not in TOTALS]
        rises = sum(later > earlier for earlier, later in pairwise(numbers))
        # A table of five rows or more that falls but for one row is meant to fall.
        if len(numbers) >= 5 and rises <= 1:
            yield Ranking(exhibit=name, number=measure, inferred=True)


def _thresholds(name: str, own: Facts) -> Iterator[Threshold]:
    for threshold in own:
        if threshold.measure.endswith("threshold"):
            for measure, rows in _columns(own):
                if rows[0].unit == threshold.unit and measure != threshold.measure:
                    yield Threshold(exhibit=name, threshold=threshold.measure, number=measure)


def _wholes(name: str, own: Facts) -> Iterator[Whole]:
    """Measures that share their first word and make 100 for most groups, or nearly for one."""
    families: dict[str, list[str]] = {}
    for measure, rows in _columns(own):
        if rows[0].unit == "%" and not is_growth(measure) and measure not in share_measures():
            families.setdefault(measure.split("_")[0], []).append(measure)
    for word, measures in families.items():
        if len(measures) < 2:
            continue
        cells = own.split("group", "year").values()
        complete = [
            [fact for fact in same if fact.measure in measures]
            for same in cells
            if {fact.measure for fact in same}.issuperset(measures)
        ]
        sums = [Interval.total(fact.interval for fact in same) for same in complete]
        exact = sum(total.meets(HUNDRED) for total in sums)
        near = sum(total.meets(CLOSE_TO_HUNDRED) for total in sums)
        named = word in SHARE_WORDS and near == len(sums)
        if sums and (2 * exact > len(sums) or named):
            yield Whole(exhibit=name, measures=tuple(measures), inferred=True)


def _parts_and_total(measure: str, own: Facts) -> Iterator[tuple[tuple[Fact, ...], Fact | None]]:
    """The groups of a measure year by year, with the row of the total where there is one."""
    for same in own.select(measure=measure).split("year").values():
        parts = tuple(fact for fact in same if fact.group not in TOTALS)
        yield parts, next((fact for fact in same if fact.group in TOTALS), None)


def _whole_of_groups(name: str, measure: str, own: Facts) -> Iterator[WholeOfGroups]:
    if not any(word in measure for word in SHARE_WORDS):
        return
    for parts, total in _parts_and_total(measure, own):
        spread = Interval.total(fact.interval for fact in parts)
        is_whole = total is None or total.number == 100
        if len(parts) >= 3 and is_whole and spread.meets(CLOSE_TO_HUNDRED):
            groups = tuple(fact.group for fact in parts)
            yield WholeOfGroups(exhibit=name, measure=measure, groups=groups, inferred=True)
            return


def _mixtures(name: str, measure: str, own: Facts, facts: Facts) -> Iterator[Mixture]:
    for parts, total in _parts_and_total(measure, own):
        elsewhere = facts.select(measure=measure, year=parts[0].year) if parts else ()
        wholes = tuple(dict.fromkeys(f.group for f in elsewhere if f.group in TOTALS))
        if total is not None and total.number == 100:
            continue
        if len(parts) >= 2 and wholes:
            groups = tuple(fact.group for fact in parts)
            yield Mixture(
                exhibit=name, whole=wholes, parts=groups, measures=(measure,), inferred=True
            )
            return


def _totals(name: str, measure: str, own: Facts, facts: Facts) -> Iterator[Total]:
    for parts, total in _parts_and_total(measure, own):
        year = parts[0].year if parts else facts.current_year
        if total is None:
            others = facts.select(measure=measure, year=year)
            total = next((f for f in others if f.group in TOTALS), None)
        if total is None or len(parts) < 2 or total.unit != parts[0].unit:
            continue
        added = sum(fact.number for fact in parts)
        near = abs(added - total.number) <= NEAR * max(added, total.number)
        near |= total.group in SUMS and total.exhibit == name
        leading = len(own.select(measure="title_rows")) > 0
        yield Total(
            exhibit=name,
            measure=measure,
            parts=tuple(fact.group for fact in parts),
            total=total.group,
            complete=near and not leading,
            inferred=True,
        )
        return


def _shares_of_counts(name: str, own: Facts) -> Iterator[ShareOfCounts]:
    """Shares beside counts that most rows show to be theirs."""
    columns = dict(_columns(own))
    shares = [m for m, rows in columns.items() if rows[0].unit == "%" and not is_growth(m)]
    counts = [m for m, rows in columns.items() if rows[0].unit in COUNT_UNITS]
    for share in shares:
        for count in counts:
            pairs = [
                (part, own.beside(part, count))
                for part in columns[share]
                if part.group not in TOTALS
            ]
            known = [(a, b) for a, b in pairs if b is not None and a.year == pairs[0][0].year]
            total = _total_of(own, count, known[0][0].year) if known else None
            if len(known) < 3 or not total:
                continue
            agreeing = sum(
                Interval.point(100 * b.number / total).meets(a.interval) for a, b in known
            )
            if 2 * agreeing > len(known):
                groups = tuple(a.group for a, _ in known)
                yield ShareOfCounts(
                    exhibit=name, share=share, count=count, groups=groups, inferred=True
                )


def _total_of(own: Facts, count: str, year: int) -> Decimal:
    rows = own.select(measure=count, year=year)
    total = next((fact.number for fact in rows if fact.group in TOTALS), None)
    return total or sum((fact.number for fact in rows), start=Decimal(0))
