"""The import of an export, from its files to the file of assessments.

Two passes over the export: the keys first, to keep the latest answer of a firm and year, then all
columns in batches. The output appears whole or not at all. Every answer read is kept, rejected or
superseded; the counts are checked before anything is moved into place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smdi.assessments.checks import Batch, check_batch
from smdi.assessments.importing.converting import Conversion, without_business
from smdi.assessments.importing.evidence import gathered
from smdi.assessments.importing.job import STRAY, ImportOptions, Job, Progress, Rows, opened
from smdi.assessments.importing.outputs import refuse_unsafe, side_file
from smdi.assessments.importing.plausibility import Doubt, doubts
from smdi.assessments.importing.profile import last_year
from smdi.assessments.importing.quarantine import write_sides
from smdi.assessments.importing.summary import ImportSummary
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.schema import arrow_schema, item_columns
from smdi.assessments.scorer import NOT_APPLICABLE
from smdi.assessments.store import Provenance, write_batches
from smdi.assessments.values.numbers import was_rounded
from smdi.errors import InputErrors, Problem


class Faulty(InputErrors):
    """An import with faults: those to print, and all that were kept for a report."""

    def __init__(self, listed: Sequence[Problem], every: Sequence[Problem]) -> None:
        self.every = tuple(every)
        super().__init__(listed)


class Doubtful(InputErrors):
    """An import that reads well and looks wrong: doubts that nobody has confirmed."""

    def __init__(self, file: str, found: Sequence[Doubt], profile: Sequence[str]) -> None:
        self.doubts = tuple(found)
        self.profile = tuple(profile)
        super().__init__(
            Problem(file, None, None, None, f"this to be confirmed: {doubt}") for doubt in found
        )


def import_assessments(
    exports: Path | Sequence[Path],
    mapping: ImportMapping,
    output: Path | None,
    items_file: Path | None = None,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportSummary:
    """Import exports under a mapping; Faulty with all faults, Doubtful with all doubts.

    Without `output` nothing is written: a check. `items_file` holds the item scores of a long
    layout; without one they are looked for in the exports. Superseded and rejected answers go to
    `<output stem>.superseded.csv` and `.rejected.csv`. `progress(done, total)` is called after each
    batch of the second pass, in rows of the export. A file that cannot be read raises InputErrors.
    """
    options = options or ImportOptions()
    if options.most_rejected:
        options = replace(options, in_full=True)
    paths = [exports] if isinstance(exports, Path) else list(exports)
    if output is not None:
        others = [path for path in (items_file, options.last) if path is not None]
        refuse_unsafe(output, [*paths, *others])
    last = last_year(options.last)
    job = opened(paths, mapping, items_file, options)
    provenance = job.answers.provenance(job.log, job.conversions[0].shown)
    accepted = _accepted(job, last, progress)
    if output is None:
        for _ in accepted:
            pass
    else:
        write_batches(output, accepted, arrow_schema(), provenance)
        write_sides(job, output)
    return _summary(job, output, provenance, last)


def _accepted(job: Job, last: pd.DataFrame | None, progress: Progress | None) -> Iterator[pa.Table]:
    """Yield the sound rows in batches; at the end raise what stands against the import.

    The raise comes before the writer has moved its file into place.
    """
    for table in _converted(job, progress):
        if not job.stopped:
            job.kept += table.num_rows
            yield table
    if not job.read:
        expected = "at least one answer below the header"
        raise InputErrors([Problem(job.source.file, None, None, None, expected)])
    if job.stopped:
        listed = [*job.log.listing(), *job.items_log.listing(), *_too_many(job)]
        raise Faulty(listed, [*job.log.problems(), *job.items_log.problems()])
    _check_counts(job)
    evidence = gathered(job, last)
    found = [doubt for doubt in doubts(evidence) if doubt.name not in job.options.confirmed]
    if found:
        raise Doubtful(job.source.file, found, list(job.profile.lines(last)))


def _check_counts(job: Job) -> None:
    superseded, rejected = len(job.answers.superseded), len(job.rejected)
    if job.kept + rejected + superseded != job.read:
        counts = f"{job.kept} kept, {rejected} rejected, {superseded} superseded of {job.read} read"
        raise AssertionError(f"{counts}: an answer was lost, please report this")


def _too_many(job: Job) -> list[Problem]:
    if not job.options.most_rejected or (job.log and not job.log.of_rows_alone):
        return []
    found = f"{len(job.rejected)} rows with faults"
    expected = f"at most {job.allowed} (--max-rejected)"
    return [Problem(job.source.file, None, None, found, expected, count=0)]


def _converted(job: Job, progress: Progress | None) -> Iterator[pa.Table]:
    """Yield the converted rows that count and have no fault, and take them into the profile."""
    named = (name for c in job.conversions for name in c.sources if name is not None)
    superseded = job.answers.superseded["row"].to_numpy(dtype=np.int64)
    # Rows set aside or repeated are not among the keys.
    known = job.answers.keys["row"].to_numpy(dtype=np.int64)
    schema = pa.schema([column.with_nullable(True) for column in arrow_schema()])
    done = 0
    for raw, rows in job.source.batches(list(dict.fromkeys(named))):
        counts = np.isin(rows, known) & ~np.isin(rows, superseded)
        if job.items is None:
            stray = ~np.isin(rows, known) & ~np.isin(rows, job.answers.rows_aside)
            if stray.any():
                _note_strays(job, raw.filter(pa.array(stray)), rows[stray])
        text, numbers = raw.filter(pa.array(counts)), rows[counts]
        table = _convert(job, text, numbers, schema)
        bad = np.isin(numbers, job.rejected)
        sound = table.filter(pa.array(~bad)) if bad.any() else table
        job.profile.add(sound)
        yield sound
        done += len(numbers)
        if progress:
            progress(done, len(known) - len(superseded))


def _note_strays(job: Job, text: pa.Table, rows: Rows) -> None:
    """Note rows without a firm; those of which no cell can be read are set aside as notes."""
    legible = np.zeros(len(rows), dtype=bool)
    for conversion in job.conversions:
        if conversion.column is not None:
            filled = pc.not_equal(pc.utf8_trim_whitespace(text.column(conversion.column)), "")
            valid = conversion.apply(text).values.is_valid()
            legible |= np.asarray(pc.and_(filled.combine_chunks(), valid))
    job.strays += int(legible.sum())
    job.log.add_rows(legible, rows, job.conversions[0].shown, lambda _: "(empty)", STRAY)
    job.answers.set_aside.setdefault("note", []).extend(int(row) for row in rows[~legible])


def _convert(job: Job, text: pa.Table, rows: Rows, schema: pa.Schema) -> pa.Table:
    """Convert and check a batch; its faults go to the log."""
    columns: dict[str, pa.Array] = {}
    known: dict[str, NDArray[np.bool_]] = {}
    cells: dict[str, Callable[[int], object]] = {}
    for conversion in job.conversions:
        made = conversion.apply(text)
        columns[conversion.name], known[conversion.name] = made.values, made.bad
        cells[conversion.name] = conversion.cells(text)
        made.log(job.log, rows, conversion.shown, cells[conversion.name])
        if conversion.name in ("employees", "revenue"):
            _count_rounded(job, conversion, text)
    if job.items is not None:
        columns |= {
            column.name: pa.array(scores, type=pa.uint8(), mask=scores == NOT_APPLICABLE)
            for column, scores in zip(item_columns(), job.items.of(rows).T, strict=True)
        }
    columns |= without_business(columns, text, job.mapping)
    table = pa.table({name: columns[name] for name in schema.names}).cast(schema)
    check_batch(Batch(table, rows, job.log, job.names, known, cells))
    return table


def _count_rounded(job: Job, conversion: Conversion, text: pa.Table) -> None:
    heading = conversion.column
    if heading is None:
        return
    for entry in text.column(heading).combine_chunks().value_counts().to_pylist():
        if was_rounded(entry["values"]):
            job.rounded[heading] = job.rounded.get(heading, 0) + entry["counts"]


def _summary(
    job: Job, output: Path | None, provenance: Provenance, last: pd.DataFrame | None
) -> ImportSummary:
    used = job.source.used
    rejected = len(job.rejected)
    return ImportSummary(
        output=output,
        superseded_file=side_file(output, "superseded") if output else None,
        rejected_file=side_file(output, "rejected") if output and rejected else None,
        rows=job.read,
        kept=job.kept,
        rejected=rejected,
        how=job.source.how,
        provenance=provenance,
        unused_columns=tuple(name for name in job.source.columns if name not in used),
        unread_sheets=tuple(f"{sheet.name!r}" for sheet in job.source.unread),
        set_aside={
            word: [job.source.row_shown(row) for row in rows]
            for word, rows in job.answers.set_aside.items()
        },
        repeated=job.answers.repeated,
        profile=tuple(job.profile.lines(last)),
        confirmed=job.options.confirmed,
    )
