"""How tightly the other facts of a report hold each fact: bound, loosely bound, or free.

A number that nothing else binds is "reproduced" by construction; only what others bind is evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, isinf

from smdi.published.constraints.model import Model
from smdi.published.constraints.system import System, Variable
from smdi.published.fact_table import PROSE, Fact, Facts
from smdi.published.facts import half_unit
from smdi.published.published_report import PublishedReport
from smdi.published.relations import Known, PartOfClass

BINDINGS = ("bound", "loose", "free")
# Others bind a number when they leave it at most this many last digits either way: a term of a
# difference and a part of a whole carry the rounding of two or three other numbers.
TIGHT_UNITS = 4
HALVINGS = 20


@dataclass(frozen=True)
class Binding:
    """The values that the others leave a fact, in its unit; infinite where there is no end."""

    kind: str
    low: float
    high: float


def bindings(report: PublishedReport, without: Iterable[str] = ()) -> dict[str, Binding]:
    """How the others bind each fact; `without` are facts that do not count as evidence."""
    model, left_out = Model.of(report), frozenset(without)
    homes = {variable: part for part in model.components for variable in part.limits}
    known = {(k.measure, k.group) for k in report.declared.of(Known)}
    found = {}
    for fact in report.facts:
        said = model.expressions.get(fact.id)
        if said is None or (fact.measure, fact.group) in known:
            found[fact.id] = _of_the_exhibit(fact, report)
            continue
        part = homes[next(iter(said.terms))]
        span = part.span(said.terms, left_out | {fact.id})
        if span is not None and fact.unit == "%" and _is_natural(span, fact):
            count: Variable = ("part", fact.measure, fact.group, fact.year)
            if count in homes:
                firms = _base(count, report)
                span = _share_of_firms(count, firms, homes[count], left_out | {fact.id})
        found[fact.id] = _kind(fact, span or (-inf, inf))
    return found


def _base(count: Variable, report: PublishedReport) -> Variable:
    """What a part is a part of: all firms of its group, or those of one class."""
    for kind in report.declared.of(PartOfClass):
        if count[1] == kind.of_class:
            return ("part", kind.class_share, *count[2:])
    return ("firms", "", *count[2:])


def _natural(fact: Fact) -> tuple[float, float]:
    """The range that a number has by its unit alone."""
    if fact.unit == "%":
        return 0.0, 100.0
    return (-100.0, 100.0) if fact.unit == "百分点" else (0.0, inf)


def _is_natural(span: tuple[float, float], fact: Fact) -> bool:
    low, high = _natural(fact)
    return span[0] <= low + 1e-6 and span[1] >= high - 1e-6


def _kind(fact: Fact, span: tuple[float, float]) -> Binding:
    low, high = span
    unit = 2 * float(half_unit(fact.printed))
    if high - low <= TIGHT_UNITS * unit:
        return Binding("bound", low, high)
    return Binding("free" if _is_natural(span, fact) else "loose", low, high)


def _share_of_firms(
    count: Variable, firms: Variable, part: System, without: frozenset[str]
) -> tuple[float, float]:
    """The range of a share of firms that the counts behind it leave, by halving."""

    def least(sign: float) -> float:
        low, high = 0.0, 100.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            share = middle if sign > 0 else 100.0 - middle
            span = part.span({count: 100.0 * sign, firms: -share * sign}, without)
            low, high = (low, middle) if span is None or span[0] <= 1e-6 else (middle, high)
        return low if sign > 0 else 100.0 - low

    return least(1.0), least(-1.0)


def _of_the_exhibit(fact: Fact, report: PublishedReport) -> Binding:
    """Ranks follow from their numbers, titles from their rows, thresholds lie below all rows."""
    own = report.facts.select(exhibit=fact.exhibit)
    if fact.measure == "rank" and len(own.select(group=fact.group)) > 1:
        return Binding("bound", float(fact.number), float(fact.number))
    rows = len(Facts(f for f in own if f.measure == "rank")) or _declared_rows(fact, report)
    known = any(k.measure == fact.measure for k in report.declared.of(Known))
    if known or (fact.measure == "title_rows" and rows):
        return Binding("bound", float(fact.number), float(fact.number))
    numbers = [float(f.number) for f in own if f.unit == fact.unit and f.id != fact.id]
    if fact.measure.endswith("threshold") and numbers and fact.exhibit != PROSE:
        return Binding("loose", 0.0, min(numbers) - 1)
    return Binding("free", 0.0, inf)


def _declared_rows(fact: Fact, report: PublishedReport) -> int:
    declared = report.declared.exhibits.get(fact.exhibit)
    return (declared.rows or 0) if declared else 0


def is_open(binding: Binding) -> bool:
    """Whether the range has no upper end."""
    return isinf(binding.high)
