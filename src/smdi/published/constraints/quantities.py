"""Quantities that relations speak of: shares, counts, and the hidden numbers of firms behind.

Shares live twice: as values (a whole makes 100, a change is a difference), and as counts of firms
over a hidden number of firms, where what is made of parts can be added. A fact binds both.
"""

from __future__ import annotations

from smdi.published.constraints.expressions import INFINITY, ends, quantity
from smdi.published.constraints.system import System, Variable
from smdi.published.fact_table import Fact
from smdi.published.published_report import PublishedReport
from smdi.published.relations import Whole


class Quantities:
    """Finds or makes the variable of a quantity, with the rows that tie it to its facts."""

    def __init__(self, report: PublishedReport, system: System) -> None:
        self.report = report
        self.system = system

    def share(self, measure: str, group: str, year: int) -> Variable:
        """The value of a share in %."""
        return quantity(self.system, measure, group, year, "%")

    def firms(self, group: str, year: int) -> Variable:
        """The number of firms of a group that its shares are shares of."""
        return self.system.declare(("firms", "", group, year), 1, INFINITY, True)

    def part(self, measure: str, group: str, year: int) -> Variable:
        """How many of a group's firms a share stands for, tied to the facts that print it."""
        own: Variable = ("part", measure, group, year)
        if own in self.system.limits:
            return own
        self.system.declare(own, 0, INFINITY, True)
        firms = self.firms(group, year)
        self.system.add({own: 1.0, firms: -1.0}, -INFINITY, 0)
        for fact in self.report.facts.select(measure=measure, group=group, year=year):
            if fact.unit == "%":
                self.ratio(own, firms, fact)
        return own

    def ratio(self, part: Variable, whole: Variable, fact: Fact) -> None:
        """Tie a part of a whole to the fact that prints its share."""
        low, high = ends(fact.interval, False)
        facts = (fact.id,)
        self.system.add({part: 100.0, whole: -low}, 0, INFINITY, facts)
        self.system.add({part: 100.0, whole: -high}, -INFINITY, 0, facts)

    def all_classes(self, measures: tuple[str, ...], group: str, year: int) -> None:
        """The classes of a whole are all firms of the group."""
        if any(set(measures) == set(w.measures) for w in self.report.declared.of(Whole)):
            parts = {self.part(measure, group, year): 1.0 for measure in measures}
            self.system.add({**parts, self.firms(group, year): -1.0}, 0, 0)

    def count(self, measure: str, group: str, year: int) -> Variable:
        """The count of a group, in the unit that the report gives it."""
        unit = self.report.facts.units.get(measure, "家")
        return quantity(self.system, measure, group, year, unit)
