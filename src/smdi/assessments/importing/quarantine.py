"""What an import leaves out, beside its output: superseded answers, and rejected rows whole."""

from __future__ import annotations

from pathlib import Path

from smdi.assessments.importing.job import Job
from smdi.assessments.importing.outputs import rows_csv, side_file, write_private

LEADING = ("file", "sheet", "row", "faults")


def write_sides(job: Job, output: Path) -> None:
    """Write the superseded and the rejected answers beside the output; an old list goes."""
    write_private(side_file(output, "superseded"), job.answers.superseded_csv(job.source))
    rejected = side_file(output, "rejected")
    if len(job.rejected):
        write_private(rejected, _rejected_csv(job))
    else:
        rejected.unlink(missing_ok=True)


def _rejected_csv(job: Job) -> str:
    """Return the rejected rows as CSV: where they stand, their faults, and all of their cells."""
    headings: dict[str, None] = {}
    rows = []
    for row, cells in job.source.whole_rows(job.rejected):
        headings |= dict.fromkeys(cells)
        place = job.source.place(row, None)
        faults = job.log.by_row.get(row, [])
        told = "; ".join(f"{fault.column or 'row'}: {fault.expected}" for fault in faults)
        rows.append(((place.file, place.sheet, place.row, told or "faults of its items"), cells))
    return rows_csv(list(headings), rows, LEADING)
