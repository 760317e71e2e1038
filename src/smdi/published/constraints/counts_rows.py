"""What declared kinds of counts say of the unknowns: totals, parts, growth, places."""

from __future__ import annotations

from smdi.published.constraints.expressions import INFINITY, ends
from smdi.published.constraints.quantities import Quantities
from smdi.published.constraints.system import System, Variable
from smdi.published.published_report import PublishedReport
from smdi.published.relations import (
    Growth,
    PartOf,
    Places,
    Ratio,
    ShareOfCounts,
    SumOfMeasures,
    Total,
)
from smdi.published.vocabulary import TOTALS, cities_of_provinces, named_groups


class CountRows:
    """Rows of relations between counts."""

    def __init__(self, report: PublishedReport, system: System) -> None:
        self.report = report
        self.system = system
        self.q = Quantities(report, system)

    def _years(self, measure: str) -> tuple[int, ...]:
        return self.report.facts.select(measure=measure).years

    def total(self, total: Total) -> None:
        """Parts add to their total, or to no more."""
        if total.measure.endswith(("_over", "_under")):
            return
        for year in self._years(total.measure):
            parts = {
                self.q.count(total.measure, group, year): 1.0 for group in named_groups(total.parts)
            }
            whole = self.q.count(total.total_measure or total.measure, total.total, year)
            reason = f"{total.total}为各部分之和" if total.complete else "各部分不多于合计"
            least = 0.0 if total.complete else -INFINITY
            self.system.add({**parts, whole: -1.0}, least, 0, reason=reason)

    def sum_of_measures(self, kinds: SumOfMeasures) -> None:
        """Kinds of a group add to all of it."""
        held = {(f.group, f.year) for f in self.report.facts.select(measure=kinds.total)}
        for group, year in sorted(held):
            parts = {self.q.count(measure, group, year): 1.0 for measure in kinds.parts}
            whole = self.q.count(kinds.total, group, year)
            self.system.add({**parts, whole: -1.0}, 0, 0, reason=f"{group}各类之和为总数")

    def part_of(self, kind: PartOf) -> None:
        """A part is no more than its whole."""
        for fact in self.report.facts.select(measure=kind.part):
            part = self.q.count(kind.part, fact.group, fact.year)
            whole = self.q.count(kind.whole, fact.group, fact.year)
            reason = f"{fact.group}的一部分企业不多于全部企业"
            self.system.add({part: 1.0, whole: -1.0}, -INFINITY, 0, reason=reason)

    def share_of_counts(self, kind: ShareOfCounts) -> None:
        """A share times the sum of the counts is the count, within its digits."""
        own = self.report.facts
        for fact in own.select(measure=kind.share):
            if fact.group not in kind.groups or kind.exhibit not in (None, fact.exhibit):
                continue
            rows = own.select(measure=kind.count, year=fact.year)
            total = next((f.group for f in rows if f.group in TOTALS), None)
            names = (total,) if total else kind.groups
            low, high = ends(fact.interval, False)
            for end, least, most in ((low, 0.0, INFINITY), (high, -INFINITY, 0.0)):
                terms = {self.q.count(kind.count, name, fact.year): -end for name in names}
                count = self.q.count(kind.count, fact.group, fact.year)
                terms[count] = terms.get(count, 0.0) + 100.0
                self.system.add(terms, least, most, (fact.id,), "占比为数量与合计之比")

    def ratio(self, kind: Ratio) -> None:
        """A share times the whole is the part, within its digits."""
        for fact in self.report.facts.select(measure=kind.share, unit="%"):
            counts = self.report.facts
            if counts.beside(fact, kind.part) is None or counts.beside(fact, kind.whole) is None:
                continue
            part = self.q.count(kind.part, fact.group, fact.year)
            whole = self.q.count(kind.whole, fact.group, fact.year)
            low, high = ends(fact.interval, False)
            reason = f"{fact.group}占比为两数之比"
            for end, least, most in ((low, 0.0, INFINITY), (high, -INFINITY, 0.0)):
                self.system.add({part: 100.0, whole: -end}, least, most, (fact.id,), reason)

    def growth(self, kind: Growth) -> None:
        """The later count is the earlier one grown, within the printed digits."""
        facts = self.report.facts
        for fact in facts.select(measure=kind.growth):
            earlier = [y for y in facts.select(measure=kind.count).years if y < fact.year]
            if not earlier or kind.exhibit not in (None, fact.exhibit):
                continue
            now = self.q.count(kind.count, fact.group, fact.year)
            before = self.q.count(kind.count, fact.group, max(earlier))
            low, high = ends(fact.interval, False)
            for end, least, most in ((low, 0.0, INFINITY), (high, -INFINITY, 0.0)):
                terms = {now: 1.0, before: -(1 + end / 100)}
                self.system.add(terms, least, most, (fact.id,), "增速为两年数量之比减一")

    def places(self, kind: Places) -> None:
        """Listed cities add to no more than their province; the others find room below the last."""
        facts = self.report.facts
        for year in facts.select(exhibit=kind.cities, measure=kind.measure).years:
            table = facts.select(exhibit=kind.cities, measure=kind.measure, year=year)
            ranked = len(facts.select(exhibit=kind.cities, measure="rank", year=year)) > 0
            last = self.system.declare(("last", kind.measure, kind.cities, year), 0, INFINITY)
            for fact in table:
                count = self.q.count(kind.measure, fact.group, year)
                self.system.add({last: 1.0, count: -1.0}, -INFINITY, 0)
            for province in facts.select(exhibit=kind.provinces, measure=kind.measure, year=year):
                members = cities_of_provinces().get(province.group, frozenset())
                listed = [f.group for f in table if f.group in members]
                if len(members) > 1:
                    self._province(kind.measure, province.group, listed, year)
                    if ranked:
                        self._unlisted(kind.measure, province.group, listed, members, last)

    def _province(self, measure: str, province: str, listed: list[str], year: int) -> None:
        terms = {self.q.count(measure, city, year): 1.0 for city in listed}
        whole = self.q.count(measure, province, year)
        reason = f"{province}所列城市之和不多于全省"
        self.system.add({**terms, whole: -1.0}, -INFINITY, 0, reason=reason)

    def _unlisted(
        self,
        measure: str,
        province: str,
        listed: list[str],
        members: frozenset[str],
        last: Variable,
    ) -> None:
        terms = {self.q.count(measure, city, last[3]): -1.0 for city in listed}
        whole = self.q.count(measure, province, last[3])
        free = float(len(members) - len(listed))
        reason = f"{province}未列的城市都不多于表中末位"
        self.system.add({**terms, whole: 1.0, last: -free}, -INFINITY, 0, reason=reason)
