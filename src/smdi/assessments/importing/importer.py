"""The import of an export, from its files to the file of assessments.

Two passes over the export: the keys first, to keep the latest answer of a firm and year, then all
columns in batches. The output appears whole or not at all. Every answer read is kept, rejected or
superseded; the counts are checked before anything is moved into place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from smdi.assessments.checks import Batch, check_batch
from smdi.assessments.importing.answers import Answers, read_answers
from smdi.assessments.importing.converting import (
    Conversion,
    firm_conversions,
    item_conversions,
    practice_conversions,
)
from smdi.assessments.importing.evidence import gathered
from smdi.assessments.importing.long_items import LongItems, read_long_items
from smdi.assessments.importing.outputs import refuse_unsafe, rows_csv, side_file, write_private
from smdi.assessments.importing.plausibility import Doubt, doubts
from smdi.assessments.importing.profile import Profile
from smdi.assessments.importing.summary import ImportSummary
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.problems import ProblemLog
from smdi.assessments.reading import Source, open_source
from smdi.assessments.schema import ITEM_PREFIX, arrow_schema, item_columns
from smdi.assessments.scorer import NOT_APPLICABLE
from smdi.assessments.store import write_batches
from smdi.assessments.values.numbers import was_rounded
from smdi.errors import InputErrors, Problem

Progress = Callable[[int, int], None]
Rows = NDArray[np.int64]
SAME_FIRM = "the same cells of the firm on each row of an answer"


@dataclass(frozen=True)
class ImportOptions:
    """How strict an import is.

    `most_rejected` rows may be set aside in a quarantine file before the import stops, as a number
    or, below 1, as a share of the answers; doubts named in `confirmed` do not stop it. `last` is a
    file of last year's assessments to compare with. `in_full` keeps every fault for a report.
    """

    most_rejected: float = 0
    confirmed: tuple[str, ...] = ()
    last: Path | None = None
    in_full: bool = False
    today: date = field(default_factory=date.today)


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


@dataclass
class _Import:
    """One import under way."""

    source: Source
    conversions: list[Conversion]
    answers: Answers
    log: ProblemLog
    items: LongItems | None
    items_log: ProblemLog
    options: ImportOptions
    progress: Progress | None
    profile: Profile = field(default_factory=Profile)
    rounded: dict[str, int] = field(default_factory=dict)
    kept: int = 0

    @property
    def malformed(self) -> list[int]:
        """Return the numbers of rows of the wrong length."""
        return [row for row, _, _ in self.source.malformed()]

    @property
    def read(self) -> int:
        """Return how many answers were read, rows of the wrong length among them."""
        return len(self.answers.keys) + len(self.malformed)

    @property
    def rejected(self) -> Rows:
        """Return the numbers of the kept rows that have a fault."""
        spoilt = self.items.kept_rows[self.items.faulty] if self.items else np.empty(0, np.int64)
        return np.union1d(self.log.rows, spoilt)

    @property
    def allowed(self) -> int:
        """Return how many rows may be rejected."""
        most = self.options.most_rejected
        return int(most * self.read) if most < 1 else int(most)

    @property
    def stopped(self) -> bool:
        """Return whether the faults are such that nothing will be written."""
        if self.log and not self.log.of_rows_alone:
            return True
        return bool(self.log or self.items_log) and len(self.rejected) > self.allowed


def import_assessments(
    exports: Path | Sequence[Path],
    mapping: ImportMapping,
    output: Path | None,
    items_file: Path | None = None,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportSummary:
    """Import exports under a mapping; InputErrors with all faults, Doubtful with all doubts.

    Without `output` nothing is written: a check. `items_file` holds the item scores of a long
    layout; without one they are looked for in the exports. Superseded and rejected answers go to
    `<output stem>.superseded.csv` and `.rejected.csv`. `progress(done, total)` is called after each
    batch of the second pass, in rows of the export.
    """
    options = options or ImportOptions()
    if options.most_rejected:
        options = replace(options, in_full=True)
    paths = [exports] if isinstance(exports, Path) else list(exports)
    if output is not None:
        others = [path for path in (items_file, options.last) if path is not None]
        refuse_unsafe(output, [*paths, *others])
    job = _opened(paths, mapping, items_file, options, progress)
    provenance = job.answers.provenance(job.log, job.conversions[0].shown)
    if output is None:
        for _ in _accepted(job, mapping):
            pass
    else:
        write_batches(output, _accepted(job, mapping), arrow_schema(), provenance)
    summary = _summary(job, output, provenance)
    if output is not None:
        _write_sides(job, output)
    return summary


def _opened(
    paths: Sequence[Path],
    mapping: ImportMapping,
    items_file: Path | None,
    options: ImportOptions,
    progress: Progress | None,
) -> _Import:
    """Open the files and read the keys."""
    reading = (mapping.encoding, mapping.delimiter, mapping.sheets)
    conversions = firm_conversions(mapping) + practice_conversions(mapping)
    source = open_source(paths, mapping.headings, *reading)
    long_source = _long_source(paths, mapping, items_file)
    if long_source is None:
        conversions += item_conversions(mapping)
    log = ProblemLog(source.file, source.place, in_full=options.in_full)
    answers = read_answers(source, conversions, merge_repeats=long_source is not None)
    for row, bad, section in source.malformed():
        expected = f"{section.sheet.width} cells, as in the header"
        log.add_problem(row, None, f"{len(bad.cells)} cells", expected)
    items, items_log = None, ProblemLog("items")
    if long_source is not None:
        items_log = ProblemLog(long_source.file, long_source.place, in_full=options.in_full)
        items = read_long_items(long_source, mapping, answers, items_log)
        _note_conflicts(answers, log)
    names = {conversion.name: conversion.shown for conversion in conversions}
    if items is not None:
        shown = mapping.items.long_columns["item_id"]
        names |= {f"{ITEM_PREFIX}{item}": f"{shown} {item}" for item in items.ids}
    return _Import(
        source, conversions, answers, log, items, items_log, options, progress, names=names
    )


def _long_source(
    paths: Sequence[Path], mapping: ImportMapping, items_file: Path | None
) -> Source | None:
    """Open the item scores of a long layout; None for a wide one."""
    if mapping.items.layout == "wide":
        if items_file is not None:
            expected = "layout long in the mapping, as a file of items is given"
            raise InputErrors([Problem(str(items_file), None, None, None, expected)])
        return None
    wanted = list(dict.fromkeys(mapping.items.long_columns.values()))
    reading = (mapping.encoding, mapping.delimiter)
    if items_file is not None:
        return open_source([items_file], wanted, *reading)
    try:
        return open_source(paths, wanted, *reading, mapping.sheets)
    except InputErrors as error:
        expected = "item scores in the export, or a file of them (--items), as the layout is long"
        problem = Problem(str(paths[0]), None, None, None, expected)
        raise InputErrors([problem, *error.problems]) from None


def _note_conflicts(answers: Answers, log: ProblemLog) -> None:
    """Note rows of one answer that say different things of the firm."""
    again = answers.of_one_day()
    for row in again["row"]:
        log.add_problem(int(row), None, None, SAME_FIRM)


def _accepted(job: _Import, mapping: ImportMapping) -> Iterator[pa.Table]:
    """Yield the sound rows in batches; at the end raise what stands against the import.

    The raise comes before the writer has moved its file into place.
    """
    for table in _converted(job):
        if not job.stopped:
            job.kept += table.num_rows
            yield table
    if not job.read:
        expected = "at least one answer below the header"
        raise InputErrors([Problem(job.source.file, None, None, None, expected)])
    if job.stopped:
        listed = [*job.log.listing(), *job.items_log.listing(), *_too_many(job)]
        raise Faulty(listed, [*job.log.problems(), *job.items_log.problems()])
    superseded = len(job.answers.superseded)
    faulty = len(job.rejected)
    if job.kept + faulty + superseded != job.read:
        counts = f"{job.kept} kept, {faulty} rejected, {superseded} superseded of {job.read} read"
        raise AssertionError(f"{counts}: an answer was lost, please report this")
    last = _last_year(job.options.last)
    evidence = gathered(job.source, job.conversions, job.answers, mapping, job.profile.frame, last,
                        job.rounded, job.kept, job.read, job.options.today)  # fmt: skip
    open_doubts = [d for d in doubts(evidence) if d.name not in job.options.confirmed]
    if open_doubts:
        raise Doubtful(job.source.file, open_doubts, list(job.profile.lines(last)))


def _too_many(job: _Import) -> list[Problem]:
    if not job.options.most_rejected or (job.log and not job.log.of_rows_alone):
        return []
    found = f"{len(job.rejected)} rows with faults"
    expected = f"at most {job.allowed} (--max-rejected)"
    return [Problem(job.source.file, None, None, found, expected, count=0)]


def _converted(job: _Import) -> Iterator[pa.Table]:
    named = [name for c in job.conversions for name in c.sources if name is not None]
    names = list(dict.fromkeys(named))
    superseded = job.answers.superseded["row"].to_numpy(dtype=np.int64)
    known_rows = job.answers.keys["row"].to_numpy(dtype=np.int64)
    done, total = 0, len(known_rows)
    schema = pa.schema([column.with_nullable(True) for column in arrow_schema()])
    for raw, rows in job.source.batches(names):
        # Rows set aside or repeated are not among the keys.
        kept = np.isin(rows, known_rows) & ~np.isin(rows, superseded)
        text, numbers = raw.filter(pa.array(kept)), rows[kept]
        table, bad = _convert(job, text, numbers, schema)
        sound = table.filter(pa.array(~bad)) if bad.any() else table
        job.profile.add(sound)
        yield sound
        done += len(rows)
        if job.progress:
            job.progress(min(done, total), total)


def _convert(
    job: _Import, text: pa.Table, rows: Rows, schema: pa.Schema
) -> tuple[pa.Table, NDArray[np.bool_]]:
    """Convert and check a batch; return it and which of its rows have a fault."""
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
        scores = job.items.of(rows)
        columns |= {
            column.name: pa.array(one, type=pa.uint8(), mask=one == NOT_APPLICABLE)
            for column, one in zip(item_columns(), scores.T, strict=True)
        }
    table = pa.table({name: columns[name] for name in schema.names}).cast(schema)
    names = {conversion.name: conversion.shown for conversion in job.conversions}
    check_batch(Batch(table, rows, job.log, names, known, cells))
    bad = np.isin(rows, job.rejected)
    return table, bad


def _count_rounded(job: _Import, conversion: Conversion, text: pa.Table) -> None:
    if conversion.column is None:
        return
    counts = text.column(conversion.column).combine_chunks().value_counts()
    for entry in counts.to_pylist():
        if was_rounded(entry["values"]):
            shown = conversion.column
            job.rounded[shown] = job.rounded.get(shown, 0) + entry["counts"]


def _last_year(path: Path | None) -> pd.DataFrame | None:
    if path is None:
        return None
    from smdi.assessments.importing.profile import KEPT
    from smdi.assessments.store import open_parquet

    with open_parquet(path) as file:
        missing = [name for name in KEPT if name not in file.schema_arrow.names]
        InputErrors.raise_if(
            Problem(str(path), None, name, None, "a column of a file of assessments")
            for name in missing
        )
        frame: pd.DataFrame = file.read(columns=KEPT).to_pandas()
    return frame


def _summary(job: _Import, output: Path | None, provenance: str) -> ImportSummary:
    used = job.source.used
    last = _last_year(job.options.last)
    return ImportSummary(
        output=output,
        superseded_file=side_file(output, "superseded") if output else None,
        rejected_file=side_file(output, "rejected") if output and len(job.rejected) else None,
        rows=job.read,
        kept=job.kept,
        rejected=len(job.rejected),
        how=job.source.how,
        provenance="simulated" if provenance == "simulated" else "import",
        unused_columns=tuple(name for name in job.source.columns if name not in used),
        unread_sheets=tuple(f"{sheet.name!r}" for sheet in job.source.unread),
        set_aside={
            word: [_row_shown(job.source, row) for row in rows]
            for word, rows in job.answers.set_aside.items()
        },
        repeated=job.answers.repeated,
        profile=tuple(job.profile.lines(last)),
        confirmed=job.options.confirmed,
    )


def _row_shown(source: Source, row: int) -> str:
    place = source.place(row, None)
    return f"{place.sheet}!{place.row}" if place.sheet else str(place.row)


def _write_sides(job: _Import, output: Path) -> None:
    """Write the superseded answers, and the rejected ones whole, beside the output."""
    write_private(side_file(output, "superseded"), job.answers.superseded_csv(job.source))
    rejected = side_file(output, "rejected")
    if not len(job.rejected):
        rejected.unlink(missing_ok=True)
        return
    headings: dict[str, None] = {}
    rows = []
    for row, cells in job.source.whole_rows(job.rejected):
        place = job.source.place(row, None)
        headings |= dict.fromkeys(cells)
        faults = job.log.by_row.get(row, [])
        told = "; ".join(f"{fault.column}: {fault.expected}" for fault in faults)
        rows.append(((place.file, place.sheet, place.row, told or "its items"), cells))
    leading = ("file", "sheet", "row", "faults")
    write_private(rejected, rows_csv(list(headings), rows, leading))
