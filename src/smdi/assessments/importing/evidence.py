"""What speaks for and against an import as a whole, gathered for the rules of plausibility."""

from __future__ import annotations

import re

import pandas as pd

from smdi.assessments.importing.job import Job
from smdi.assessments.importing.plausibility import Evidence
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.values import squeezed
from smdi.assessments.values.numbers import MONEY_UNITS

_UNIT = re.compile(rf"[(\[:：/]?({'|'.join(MONEY_UNITS)})[)\]]?$")


def unit_in_heading(heading: str) -> str | None:
    """Return the unit of money that a heading ends with: 营业收入（万元）, 营业收入:元."""
    match = _UNIT.search(squeezed(heading))
    return match[1] if match else None


def gathered(job: Job, last: pd.DataFrame | None) -> Evidence:
    """Return the evidence about an import; rejected answers count as read and not as lost."""
    others = job.answers.of_other_firms()
    return Evidence(
        frame=job.profile.frame,
        read=job.read,
        kept=job.read - len(job.answers.superseded),
        last=last,
        rounded=job.rounded,
        other_firms=[
            f"row {job.source.row_shown(int(row))} ({code})"
            for row, code in zip(others["row"], others["credit_code"], strict=True)
        ],
        unit_conflict=_unit_conflict(job.mapping),
        headings=job.names,
        today=job.options.today,
    )


def _unit_conflict(mapping: ImportMapping) -> str | None:
    """Say where the heading of revenue and the mapping give two units."""
    how = mapping.columns["revenue"]
    if how.column is None:
        return None
    unit = unit_in_heading(how.column)
    if unit is None:
        return None
    factor = MONEY_UNITS[unit] / MONEY_UNITS["万元"]
    given = MONEY_UNITS[how.unit] / MONEY_UNITS["万元"] if how.unit else how.factor
    if factor == given:
        return None
    said = f"unit: {how.unit}" if how.unit else f"multiply: {how.multiply:g}"
    return (
        f"the heading {how.column!r} says {unit}, the mapping {said}; for {unit} the mapping says "
        f"unit: {unit} (or multiply: {factor:g})"
    )
