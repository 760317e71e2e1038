"""Doubts about an import that reads well: each stops it until the editor confirms it by name.

No rule here can be sure. A rule looks at the accepted rows as a whole and says what it found and
what would usually be found; the bounds are wide, so that no honest export of any size meets them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from smdi.assessments.importing.profile import ratio_columns
from smdi.assessments.schema import PRACTICE_PREFIX

# Revenue a person in 万元: in manufacturing about 100, in no branch's median outside these.
PER_PERSON = (0.5, 2_000.0)
# With fewer firms a median says nothing.
ENOUGH = 5
LEAST_KEPT = 0.5
MOST_WITHOUT_PERSONS = 0.2
MOST_SMALL = 0.04
LEAST_OF_LAST = 0.5
MOST_CHANGE = 5.0


@dataclass(frozen=True)
class Doubt:
    """One doubt: the name by which it is confirmed, and what was found."""

    name: str
    found: str

    def __str__(self) -> str:
        return f"{self.found}\n    if this is right, confirm it: --confirm {self.name}"


@dataclass(frozen=True)
class Evidence:
    """What the rules look at: the accepted rows, the counts, last year's rows, cells that were odd.

    `rounded` counts cells in scientific notation by heading; `other_firms` counts answers that
    replace one of another region, industry or type; `unit_conflict` says where heading and mapping
    name two units.
    """

    frame: pd.DataFrame
    read: int
    kept: int
    last: pd.DataFrame | None
    rounded: dict[str, int]
    other_firms: list[str]
    unit_conflict: str | None
    headings: dict[str, str]
    today: date


def doubts(evidence: Evidence) -> list[Doubt]:
    """Return every doubt about an import."""
    return [doubt for rule in _RULES for doubt in rule(evidence)]


def _units(evidence: Evidence) -> Iterator[Doubt]:
    if evidence.unit_conflict:
        yield Doubt("revenue-unit", evidence.unit_conflict)
        return
    frame = evidence.frame
    sized = frame[frame["employees"] > 0]
    if len(sized) < ENOUGH:
        return
    per_person = float((sized["revenue"] / sized["employees"]).median())
    low, high = PER_PERSON
    if not low <= per_person <= high:
        many = int((sized["employees"] > sized["revenue"] * 10_000).sum())
        exchanged = "; persons and revenue may be exchanged" if many > len(sized) / 2 else ""
        yield Doubt(
            "revenue-unit",
            f"median revenue a person is {per_person:,.6g} 万元, usually {low:g} to {high:,.0f}: "
            f"the unit of {evidence.headings['revenue']!r} may be another than the mapping says"
            f"{exchanged}",
        )


def _persons(evidence: Evidence) -> Iterator[Doubt]:
    employees = evidence.frame["employees"]
    if not len(employees):
        return
    without = float((employees == 0).mean())
    if without > MOST_WITHOUT_PERSONS:
        yield Doubt("no-persons", f"{without:.0%} of the firms have 0 persons")


def _sameness(evidence: Evidence) -> Iterator[Doubt]:
    frame = evidence.frame
    for name in ("employees", "revenue"):
        if len(frame) >= 2 * ENOUGH and frame[name].nunique() == 1:
            value = frame[name].iloc[0]
            yield Doubt(f"same-{name}", f"every firm has {value:g} in {evidence.headings[name]!r}")


def _years(evidence: Evidence) -> Iterator[Doubt]:
    years = evidence.frame["year"]
    future = years[years > evidence.today.year]
    if len(future):
        yield Doubt(
            "future-year",
            f"{len(future)} assessments of the year {int(future.max())}, which has yet to come",
        )


def _collapse(evidence: Evidence) -> Iterator[Doubt]:
    if evidence.read >= 2 * ENOUGH and evidence.kept < LEAST_KEPT * evidence.read + 1:
        yield Doubt(
            "collapse",
            f"of {evidence.read:,} answers only {evidence.kept:,} firms and years are left: a "
            "constant or a wrong column may stand for the credit code or the year",
        )
    last = evidence.last
    if last is not None and len(last) and len(evidence.frame):
        before = int((last["year"] == last["year"].max()).sum())
        newest = evidence.frame["year"].max()
        now = int((evidence.frame["year"] == newest).sum())
        if now < LEAST_OF_LAST * before:
            yield Doubt(
                "fewer-firms", f"{now:,} assessments of {newest}, {before:,} the year before"
            )


def _mistaken_codes(evidence: Evidence) -> Iterator[Doubt]:
    if evidence.other_firms:
        shown = "; ".join(evidence.other_firms[:5])
        more = len(evidence.other_firms) - 5
        yield Doubt(
            "replaced-firms",
            f"{len(evidence.other_firms)} answers replace one of the same code but another region, "
            f"industry or type, as where a code is mistyped: {shown}"
            + (f" and {more} more" if more > 0 else ""),
        )


def _ratios(evidence: Evidence) -> Iterator[Doubt]:
    for column in ratio_columns():
        values = evidence.frame[column].dropna().astype(float)
        name = column.removeprefix(PRACTICE_PREFIX)
        heading = evidence.headings.get(column, name)
        small = (values > 0) & (values <= 1)
        if len(values) >= ENOUGH and (values <= 1).all() and small.any():
            yield Doubt(
                f"fractions-{name}",
                f"all values of {heading!r} lie between 0 and 1: as percentages they would all be "
                "tiny; if they are fractions, the mapping says so with ratio_unit: fraction",
            )
        elif small.sum() > 1 and small.mean() >= MOST_SMALL and (values > 1).any():
            yield Doubt(
                f"mixed-{name}",
                f"{int(small.sum())} values of {heading!r} lie between 0 and 1, others above: "
                "fractions and percentages may stand side by side",
            )


def _rounded(evidence: Evidence) -> Iterator[Doubt]:
    for heading, count in evidence.rounded.items():
        yield Doubt(
            "rounded-numbers",
            f"{count:,} cells of {heading!r} are in scientific notation, as 1.23457E+09: a "
            "spreadsheet may have dropped digits; export the column again as whole numbers",
        )


def _change(evidence: Evidence) -> Iterator[Doubt]:
    last = evidence.last
    if last is None or len(last) < ENOUGH or len(evidence.frame) < ENOUGH:
        return
    for name in ("employees", "revenue"):
        before, now = float(last[name].median()), float(evidence.frame[name].median())
        if before > 0 and now > 0 and not 1 / MOST_CHANGE <= now / before <= MOST_CHANGE:
            yield Doubt(
                f"changed-{name}", f"median of {name} is {now:,.6g}, last year {before:,.6g}"
            )


Rule = Callable[[Evidence], Iterator[Doubt]]
_RULES: tuple[Rule, ...] = (
    _units, _persons, _sameness, _years, _collapse, _mistaken_codes, _ratios, _rounded, _change,
)  # fmt: skip
