"""The system of a report: rows of its facts, and of what its exhibits are declared to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from smdi.published.constraints.counts_rows import CountRows
from smdi.published.constraints.expressions import Expression, expression
from smdi.published.constraints.order_rows import OrderRows
from smdi.published.constraints.shares_rows import ShareRows
from smdi.published.constraints.system import System
from smdi.published.published_report import PublishedReport

Range = tuple[float, float]


@dataclass(frozen=True)
class Model:
    """The system and, by fact id, the expression that each fact prints."""

    system: System
    expressions: dict[str, Expression]

    @classmethod
    def of(cls, report: PublishedReport) -> Model:
        """Compile facts and declarations; a relation is built by the method of its kind's name."""
        system = System()
        expressions = {}
        for fact in report.facts:
            said = expression(fact, report.facts, system)
            if said is not None:
                expressions[fact.id] = said
                system.add(said.terms, said.low, said.high, (fact.id,))
        builders = [rows(report, system) for rows in (ShareRows, CountRows, OrderRows)]
        for relation in report.declared.relations:
            build = next(m for b in builders if (m := getattr(b, relation.kind, None)))
            build(relation)
        return cls(system, expressions)

    @cached_property
    def components(self) -> tuple[System, ...]:
        """The parts of the system that have nothing to do with one another."""
        return tuple(self.system.components())

    def conflicts(self, without: Iterable[str] = (), limit: int = 5) -> Iterator[Conflict]:
        """Minimal sets of facts that cannot hold together, beside the facts left out.

        At most `limit` a component, the smallest first.
        """
        gone = frozenset(without)
        for part in self.components:
            for facts in sorted(
                part.conflicts(gone, limit), key=lambda own: (len(own), sorted(own))
            ):
                yield Conflict(facts, part.reasons(facts))

    def range_of_firms(self, without: Iterable[str] = ()) -> dict[tuple[str, int], Range]:
        """Hidden totals: how many firms can stand behind the shares of a group and year."""
        ranges = {}
        for part in self.components:
            for variable in part.limits:
                if variable[0] == "firms":
                    span = part.span({variable: 1.0}, without)
                    if span is not None:
                        ranges[variable[2:]] = span
        return ranges


@dataclass(frozen=True)
class Conflict:
    """Facts that cannot hold together, none of them dispensable, and the relations they break."""

    facts: frozenset[str]
    reasons: tuple[str, ...]
