"""What each fact says of the unknowns: a linear expression and the values that print so."""

from __future__ import annotations

from dataclasses import dataclass, field

from smdi.published.constraints.system import STRICT, System, Variable
from smdi.published.fact_table import Fact, Facts
from smdi.published.facts import COUNTED
from smdi.published.inference import DESCRIPTIVE, is_quantity
from smdi.published.inferred_counts import is_growth
from smdi.published.intervals import Interval
from smdi.published.vocabulary import SHARE, place, units_of_city

INFINITY = float("inf")


@dataclass(frozen=True)
class Expression:
    """The value a fact prints, as terms over variables, and the ends it sets to them."""

    terms: dict[Variable, float]
    low: float
    high: float
    whole: bool = field(default=False)


def ends(interval: Interval, whole: bool) -> tuple[float, float]:
    """The ends of an interval for the solver: those left out are moved inside by a little."""
    gap = 0.0 if whole else STRICT
    low = float(interval.low) + (0.0 if interval.has_low else gap)
    return low, float(interval.high) - (0.0 if interval.has_high else gap)


def quantity(system: System, measure: str, group: str, year: int, unit: str) -> Variable:
    """The variable of a quantity; city and province are one where a municipality has one unit."""
    if unit in COUNTED or unit == "万元":
        name = place(group) if units_of_city(group) == 1 else group
        return system.declare(("count", measure, name, year), 0, INFINITY, unit in COUNTED)
    limits = (-100.0, INFINITY) if is_growth(measure) else (0.0, 100.0)
    return system.declare(("share", measure, group, year), *limits)


def expression(fact: Fact, facts: Facts, system: System) -> Expression | None:
    """What a fact says; None for ranks, titles and thresholds, which relations speak of."""
    if fact.measure in DESCRIPTIVE or fact.measure.endswith("threshold"):
        return None
    whole = fact.unit in COUNTED
    low, high = ends(fact.interval, whole)
    if is_quantity(fact):
        own = quantity(system, fact.measure, fact.group, fact.year, fact.unit)
        return Expression({own: 1.0}, low, high, whole)
    for suffix, find in (
        ("_over", _bound),
        ("_under", _bound),
        ("_change", _movement),
        ("_increase", _movement),
        ("_increase_from", _movement),
        ("_increase_to", _movement),
        ("_decrease", _movement),
        ("_decrease_from", _movement),
        ("_decrease_to", _movement),
        ("_lead", _lead),
    ):
        if fact.measure.endswith(suffix):
            return find(fact, suffix, facts, system, low, high)
    return None


def _bound(
    fact: Fact, suffix: str, facts: Facts, system: System, low: float, high: float
) -> Expression:
    stem = fact.measure.removesuffix(suffix)
    own = quantity(system, stem, fact.group, fact.year, fact.unit)
    step = 1.0 if fact.unit in COUNTED else STRICT
    if suffix == "_over":
        return Expression({own: 1.0}, float(fact.number) + step, INFINITY, fact.unit in COUNTED)
    return Expression({own: 1.0}, -INFINITY, float(fact.number) - step, fact.unit in COUNTED)


def _movement(
    fact: Fact, suffix: str, facts: Facts, system: System, low: float, high: float
) -> Expression | None:
    stem = fact.measure.removesuffix(suffix)
    unit = facts.units.get(stem, "%")
    if fact.unit == "%" and unit != "%":
        return None
    now = quantity(system, stem, fact.group, fact.year, unit)
    before = quantity(system, stem, fact.group, _year_before(fact, stem, facts), unit)
    sign = -1.0 if "_decrease" in suffix else 1.0
    terms = {now: sign, before: -sign}
    if suffix.endswith("_from"):
        return Expression(terms, low, INFINITY)
    if suffix.endswith("_to"):
        return Expression(terms, 0.0, high)
    return Expression(terms, low, high)


def _year_before(fact: Fact, stem: str, facts: Facts) -> int:
    earlier = [f.year for f in facts.select(measure=stem, group=fact.group) if f.year < fact.year]
    return max(earlier, default=fact.year - 1)


def _lead(
    fact: Fact, suffix: str, facts: Facts, system: System, low: float, high: float
) -> Expression | None:
    stem = fact.measure.removesuffix(suffix)
    same = facts.select(exhibit=fact.exhibit, year=fact.year)
    compared = {
        f.group for f in same if is_quantity(f) and f.measure.startswith(stem.split("_")[0])
    }
    others = compared - {fact.group}
    if fact.group not in compared or len(others) != 1:
        return None
    own = quantity(system, stem, fact.group, fact.year, "%")
    other = quantity(system, stem, others.pop(), fact.year, "%")
    return Expression({own: 1.0, other: -1.0}, low, high)


def united_classes(measure: str, measures: tuple[str, ...]) -> tuple[str, ...]:
    """The classes of a whole that a measure unites: 2_3, or ge3 as 3 and all above."""
    name = measure.removeprefix(SHARE)
    if not measure.startswith(SHARE) or measure in measures:
        return ()
    parts = tuple(SHARE + part for part in name.split("_"))
    if len(parts) > 1 and set(parts) <= set(measures):
        return parts
    if name.startswith("ge") and SHARE + name[2:] in measures:
        return measures[measures.index(SHARE + name[2:]) :]
    return ()
