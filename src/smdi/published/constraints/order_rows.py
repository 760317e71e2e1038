"""What order, thresholds, standards and other reports say of the unknowns."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from smdi.published.constraints.expressions import INFINITY, ends
from smdi.published.constraints.quantities import Quantities
from smdi.published.constraints.system import System
from smdi.published.fact_table import Fact
from smdi.published.intervals import printed_interval
from smdi.published.published_report import PublishedReport
from smdi.published.relations import Known, Ranking, Series, Threshold
from smdi.published.vocabulary import TOTALS, published_shares


class OrderRows:
    """Rows of order, and of what is known from elsewhere."""

    def __init__(self, report: PublishedReport, system: System) -> None:
        self.report = report
        self.system = system
        self.q = Quantities(report, system)

    def ranking(self, ranking: Ranking) -> None:
        """Numbers fall with their ranks, or down the rows; soft: the rules on ranks prove more."""
        own = self.report.facts.select(exhibit=ranking.exhibit)
        for year in own.select(measure=ranking.number).years:
            rows = [
                f for f in own.select(measure=ranking.number, year=year) if f.group not in TOTALS
            ]
            places = {f.group: f for f in own.select(measure="rank", year=year)}
            ranked = sorted((f for f in rows if f.group in places), key=_rank_in(places))
            for higher, lower in pairwise(ranked if ranking.rank else rows):
                ties = (places.get(higher.group), places.get(lower.group))
                marks = [rank.id for rank in ties if rank is not None]
                equal = len(marks) == 2 and ties[0].number == ties[1].number  # type: ignore[union-attr]
                terms = {
                    self.q.count(ranking.number, higher.group, year): 1.0,
                    self.q.count(ranking.number, lower.group, year): -1.0,
                }
                most = 0.0 if equal else INFINITY
                self.system.add(terms, 0, most, marks, "名次随数量而定", soft=True)

    def threshold(self, kind: Threshold) -> None:
        """Every row is over the threshold."""
        own = self.report.facts.select(exhibit=kind.exhibit)
        for threshold in own.select(measure=kind.threshold):
            for fact in own.select(measure=kind.number, year=threshold.year):
                count = self.q.count(kind.number, fact.group, fact.year)
                least = float(threshold.number) + 1
                self.system.add({count: 1.0}, least, INFINITY, (threshold.id,), "各行高于门槛")

    def known(self, known: Known) -> None:
        """What a standard fixes ties no unknown: the rule on such numbers holds them to it."""

    def series(self, series: Series) -> None:
        """What other reports print of the same shares in other years than this report's."""
        for variable in list(self.system.limits):
            kind, measure, group, year = variable
            name = measure.removeprefix(series.prefix)
            share = published_shares(year).get(name)
            known = share is not None and year != self.report.year
            if kind == "share" and group == series.group and known:
                low, high = ends(printed_interval(f"{share:g}"), False)
                self.system.add({variable: 1.0}, low, high, reason=f"{year} 年的报告")


def _rank_in(places: dict[str, Fact]) -> Callable[[Fact], tuple[float, int]]:
    return lambda fact: (float(places[fact.group].number), fact.position)
