"""The rule that printed shares are shares of a whole number of firms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smdi.published.audit.principles import UNDECIDED
from smdi.published.audit.registry import Finding, Severity, rule
from smdi.published.denominators import Composition, pairs, possible
from smdi.published.fact_table import PROSE, Fact
from smdi.published.published_report import PublishedReport
from smdi.published.relations import Whole
from smdi.published.vocabulary import NATION

# Beyond this many firms two printed decimals fit almost any number, and the search says nothing.
SEARCHED = 3000
TELLING_DECIMALS = 1

Pair = tuple[Composition, Composition]


@dataclass(frozen=True)
class Columns:
    """The shares of one group in two years and the changes between, lowest class first."""

    current: tuple[Fact, ...]
    baseline: tuple[Fact, ...]
    changes: tuple[Fact, ...]

    @property
    def printed(self) -> tuple[list[str], list[str], list[str]]:
        """The numbers as printed, for the search."""
        current, baseline, changes = (
            [fact.printed for fact in column]
            for column in (self.current, self.baseline, self.changes)
        )
        return current, baseline, changes

    @property
    def ids(self) -> tuple[str, ...]:
        """All the facts."""
        return tuple(f.id for f in (*self.current, *self.baseline, *self.changes))


@rule(
    "占比背后的企业数",
    "占比是整数家企业之比。由所印占比可推出最小的企业数；没有任何企业数能得出的占比必有错误，"
    "而企业数过小则意味着占比容易大起大落。",
)
def shares_are_of_whole_numbers(report: PublishedReport) -> Iterator[Finding]:
    """Shares of all classes in two years, and their changes, come from whole numbers of firms.

    Gives for each year the smallest number that fits and whether it lies below the sample the
    report says it asks for. Where none fits, and no shares at all can print as these do, the
    columns contradict themselves.
    """
    facts = report.facts
    threshold = facts.one(exhibit=PROSE, measure="sample_threshold", group=NATION)
    for columns in two_year_columns(report):
        current, baseline, changes = columns.printed
        found = pairs(current, baseline, changes, SEARCHED)
        if found:
            yield _smallest(columns, found, threshold)
        elif possible(current, baseline, changes):
            yield _finding(columns, "notice", f"{SEARCHED} 家以内没有符合的企业数。", {})
        else:
            yield _finding(columns, "contradiction", "没有任何企业数能得出两年占比与差值。", {})


def two_year_columns(report: PublishedReport) -> Iterator[Columns]:
    """Each group whose shares of a whole and their changes are printed for two years."""
    for whole in report.declared.of(Whole):
        for same in report.facts.split("exhibit", "group").values():
            year = same.years[0]
            current = [same.one(measure=m, year=year) for m in whole.measures]
            changes = [same.one(measure=f"{m}_change", year=year) for m in whole.measures]
            baseline = [same.before(fact) if fact else None for fact in current]
            columns = [tuple(f for f in c if f) for c in (current, baseline, changes)]
            if any(len(column) < len(whole.measures) for column in columns):
                continue
            if min(f.decimals for f in (*columns[0], *columns[1])) >= TELLING_DECIMALS:
                yield Columns(*columns)


def _smallest(columns: Columns, found: list[Pair], threshold: Fact | None) -> Finding:
    current, baseline = found[0]
    years = (columns.current[0].year, columns.baseline[0].year)
    message = f"{years[0]} 年至少 {current.n} 家，{years[1]} 年至少 {baseline.n} 家。"
    numbers: dict[str, object] = {"current": current.n, "baseline": baseline.n}
    if threshold is not None and min(current.n, baseline.n) < threshold.number:
        enough = [p for p in found if min(p[0].n, p[1].n) >= threshold.number]
        message += f"低于所称 {threshold.text}的样本门槛"
        if enough:
            message += f"；达到门槛的最小组合为 {enough[0][0].n} 家与 {enough[0][1].n} 家"
            numbers |= {"current_enough": enough[0][0].n, "baseline_enough": enough[0][1].n}
        message += "。"
    return _finding(columns, "notice", message, numbers)


def _finding(
    columns: Columns, severity: Severity, message: str, numbers: dict[str, object]
) -> Finding:
    proven = severity == "contradiction"
    return Finding(
        rule="shares_are_of_whole_numbers",
        severity=severity,
        fact_ids=columns.ids,
        message_zh=f"{columns.current[0].group}：{message}",
        treatment_zh=UNDECIDED if proven else "企业数以同时符合两年占比与差值者为准。",
        numbers=numbers,
    )
