"""What declared kinds of shares say of the unknowns: wholes, mixtures, classes, parts."""

from __future__ import annotations

from collections.abc import Iterable

from smdi.published.constraints.expressions import INFINITY, united_classes
from smdi.published.constraints.quantities import Quantities
from smdi.published.constraints.system import System, Variable
from smdi.published.fact_table import Fact
from smdi.published.published_report import PublishedReport
from smdi.published.relations import (
    Among,
    CountsOfShares,
    Mixture,
    PartOfClass,
    Whole,
    WholeOfGroups,
)
from smdi.published.vocabulary import named_groups


class ShareRows:
    """Rows of relations between shares."""

    def __init__(self, report: PublishedReport, system: System) -> None:
        self.report = report
        self.system = system
        self.q = Quantities(report, system)

    def whole(self, whole: Whole) -> None:
        """Shares of one group make 100; so do their unions."""
        printed = {
            (f.group, f.year)
            for f in self.report.facts
            if _share_of(f, whole.measures) and whole.exhibit in (None, f.exhibit)
        } | {
            variable[2:]
            for variable in self.system.limits
            if variable[0] == "share" and united_classes(variable[1], whole.measures)
        }
        for group, year in sorted(printed):
            parts = {self.q.share(measure, group, year): 1.0 for measure in whole.measures}
            self.system.add(parts, 100, 100, reason=f"{group} {year} 年各项占比合计为 100%")
            self._unions(whole.measures, group, year)

    def _unions(self, measures: tuple[str, ...], group: str, year: int) -> None:
        for own in [v for v in self.system.limits if v[0] == "share" and v[2:] == (group, year)]:
            parts = united_classes(own[1], measures)
            if parts:
                terms = {self.q.share(part, group, year): -1.0 for part in parts}
                self.system.add({**terms, own: 1.0}, 0, 0, reason="合并的等级为各等级之和")

    def whole_of_groups(self, whole: WholeOfGroups) -> None:
        """Shares of all groups make 100."""
        own = self.report.facts.select(measure=whole.measure)
        for year in own.years:
            parts = {self.q.share(whole.measure, group, year): 1.0 for group in whole.groups}
            self.system.add(parts, 100, 100, reason=f"{year} 年各组占比合计为 100%")

    def mixture(self, mixture: Mixture) -> None:
        """Firms of the parts are those of the whole, class by class."""
        parts = set(named_groups(mixture.parts))
        printed = {
            (f.measure, f.year)
            for f in self.report.facts
            if f.unit == "%"
            and f.group in parts
            and (mixture.measures is None or f.measure in mixture.measures)
        }
        for year in sorted({year for _, year in printed}):
            measures = mixture.measures or tuple(sorted(m for m, y in printed if y == year))
            held = {
                f.group
                for f in self.report.facts.select(year=year)
                if f.group in parts and f.measure in measures and f.unit == "%"
            }
            if not mixture.complete or held == parts:
                for whole in mixture.whole:
                    self._made_of(whole, sorted(held), measures, year, mixture.complete)

    def _made_of(
        self, whole: str, parts: list[str], measures: tuple[str, ...], year: int, complete: bool
    ) -> None:
        least = 0.0 if complete else -INFINITY
        reason = f"{whole}由{'、'.join(parts)}组成"
        firms = {self.q.firms(part, year): 1.0 for part in parts}
        self.system.add({**firms, self.q.firms(whole, year): -1.0}, least, 0, reason=reason)
        for measure in measures:
            own = {self.q.part(measure, part, year): 1.0 for part in parts}
            self.system.add(
                {**own, self.q.part(measure, whole, year): -1.0}, least, 0, reason=reason
            )
        for group in (whole, *parts):
            self.q.all_classes(measures, group, year)

    def counts_of_shares(self, counts: CountsOfShares) -> None:
        """Counts by group are the firms of some classes of the whole."""
        groups = named_groups(counts.groups)
        for year in self.report.facts.select(measure=counts.count).years:
            own = self.report.facts.select(measure=counts.count, year=year)
            if len({fact.group for fact in own} & set(groups)) < len(groups):
                continue
            terms = {self.q.count(counts.count, group, year): 1.0 for group in groups}
            classes = {self.q.part(name, counts.group, year): -1.0 for name in counts.classes}
            reason = f"各地区数量之和为{counts.group}相应等级的企业数"
            self.system.add({**terms, **classes}, 0, 0, reason=reason)
            self.q.all_classes(counts.whole, counts.group, year)

    def part_of_class(self, kind: PartOfClass) -> None:
        """A kind of firm inside a class and outside it fits in both."""
        for year in self.report.facts.select(measure=kind.of_class, group=kind.group).years:
            firms = self.q.firms(kind.group, year)
            of_all = self.q.part(kind.of_all, kind.group, year)
            of_class: Variable = ("part", kind.of_class, kind.group, year)
            self.system.declare(of_class, 0, INFINITY, True)
            inside = self.q.part(kind.class_share, kind.group, year)
            own = {"measure": kind.of_class, "group": kind.group, "year": year}
            for fact in self.report.facts.select(**own):
                self.q.ratio(of_class, inside, fact)
            reason = "某类企业在一个等级之内和之外都不多于该等级之内和之外的企业"
            self.system.add({of_class: 1.0, inside: -1.0}, -INFINITY, 0, reason=reason)
            self.system.add({of_class: 1.0, of_all: -1.0}, -INFINITY, 0, reason=reason)
            rest = {of_all: 1.0, of_class: -1.0, firms: -1.0, inside: 1.0}
            self.system.add(rest, -INFINITY, 0, reason=reason)
            self.q.all_classes(kind.whole, kind.group, year)

    def among(self, kind: Among) -> None:
        """All rows of a table are among the firms of a share."""
        for year in self.report.facts.select(exhibit=kind.exhibit, measure=kind.count).years:
            rows = self.report.facts.select(exhibit=kind.exhibit, measure=kind.count, year=year)
            terms = {self.q.count(kind.count, fact.group, year): 1.0 for fact in rows}
            own = self.q.part(kind.share, kind.group, year)
            reason = "表中各行的企业都在所称的企业之内"
            self.system.add({**terms, own: -1.0}, -INFINITY, 0, reason=reason)


def _share_of(fact: Fact, measures: Iterable[str]) -> bool:
    return fact.unit == "%" and fact.measure in measures
