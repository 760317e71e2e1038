"""Guesses about counts: rates of growth beside them, parts of a count, kinds that add to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from smdi.published.fact_table import Fact, Facts
from smdi.published.intervals import Interval
from smdi.published.relations import Growth, PartOf, Ratio, Relation, SumOfMeasures
from smdi.published.vocabulary import share_measures

COUNT_UNITS = ("家", "个", "人", "万元")
NEAR = Decimal("0.15")  # parts this near their total are meant to add to it

Columns = Mapping[str, tuple[Fact, ...]]


def is_growth(measure: str) -> bool:
    """Whether a measure is called a rate of growth."""
    return "growth" in measure.split("_")


def growths(name: str, columns: Columns) -> Iterator[Growth]:
    """Rates of growth beside the count that they are the growth of."""
    counts = [m for m, rows in columns.items() if rows[0].unit in COUNT_UNITS]
    for measure, rows in columns.items():
        if not is_growth(measure) or rows[0].unit != "%":
            continue
        stem = measure.partition("_growth")[0]
        base = stem if stem in counts else counts[0] if len(counts) == 1 else None
        if base is not None:
            yield Growth(exhibit=name, growth=measure, count=base, inferred=True)


def nested(own: Facts, columns: Columns) -> Iterator[Relation]:
    """A count whose name extends another's is part of it; parts that add to it make it up."""
    counts = [m for m, rows in columns.items() if rows[0].unit in COUNT_UNITS]
    for whole in counts:
        parts = [m for m in counts if m.startswith(f"{whole}_")]
        for part in parts:
            yield PartOf(part=part, whole=whole, inferred=True)
        if len(parts) >= 2 and _mostly_add(whole, parts, own):
            yield SumOfMeasures(total=whole, parts=tuple(parts), inferred=True)


def ratios(facts: Facts) -> Iterator[Ratio]:
    """Shares named like a part of a count: plants, plants_automated, share_automated.

    Those of level classes are of all firms; of others most rows must agree.
    """
    units = facts.units
    for share in [measure for measure, unit in units.items() if unit == "%"]:
        name = share.removeprefix("share_").removesuffix("_share").removesuffix("_rate")
        for part in [m for m, unit in units.items() if unit in COUNT_UNITS and name != share]:
            whole = part.removesuffix(f"_{name}")
            if whole == part or whole not in units:
                continue
            own = Ratio(share=share, part=part, whole=whole, inferred=True)
            if share in share_measures() or _mostly_divide(own, facts):
                yield own


def _mostly_divide(own: Ratio, facts: Facts) -> bool:
    agreeing = []
    for fact in facts.select(measure=own.share, unit="%"):
        part, whole = facts.beside(fact, own.part), facts.beside(fact, own.whole)
        if part is not None and whole is not None and whole.number > 0:
            exact = Interval.point(100 * part.number / whole.number)
            agreeing.append(exact.meets(fact.interval))
    return bool(agreeing) and 2 * sum(agreeing) > len(agreeing)


def _mostly_add(whole: str, parts: Sequence[str], own: Facts) -> bool:
    rows = []
    for same in own.split("group", "year").values():
        total = same.one(measure=whole)
        held = [f for measure in parts if (f := same.one(measure=measure)) is not None]
        if total is not None and len(held) == len(parts):
            rows.append(abs(sum(f.number for f in held) - total.number) <= NEAR * total.number)
    return bool(rows) and 2 * sum(rows) > len(rows)
