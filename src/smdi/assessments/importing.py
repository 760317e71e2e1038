"""Bring an editor's export into the schema of assessments, or say everything that is wrong with it.

Two passes over the file: the keys first, to keep the latest answer of a firm and year, then all
columns in batches. The output appears whole or not at all; a fault anywhere leaves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from smdi.assessments.answers import Answers, read_answers
from smdi.assessments.checks import Batch, check_batch
from smdi.assessments.converting import (
    Conversion,
    firm_conversions,
    item_conversions,
    practice_conversions,
)
from smdi.assessments.long_items import read_long_items
from smdi.assessments.mapping import ImportMapping, read_mapping
from smdi.assessments.problems import ProblemLog
from smdi.assessments.schema import arrow_schema, item_columns
from smdi.assessments.scorer import NOT_APPLICABLE
from smdi.assessments.sources import Source, open_source
from smdi.assessments.store import write_batches
from smdi.errors import InputErrors, Problem
from smdi.files import written_whole

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportSummary:
    """What an import made: files, counts, and what of the export was not used."""

    output: Path
    superseded_file: Path
    rows: int
    kept: int
    encoding: str
    provenance: str
    unused_columns: tuple[str, ...]

    @property
    def superseded(self) -> int:
        """How many answers a later one of the same firm and year replaced."""
        return self.rows - self.kept

    def __str__(self) -> str:
        lines = [
            f"{self.output}: {self.kept} assessments, provenance {self.provenance}",
            f"  read {self.rows} answers ({self.encoding})",
            f"  {self.superseded} replaced by a later answer of the same firm and year, "
            f"listed in {self.superseded_file}",
        ]
        if self.unused_columns:
            lines.append(f"  columns not used: {', '.join(self.unused_columns)}")
        return "\n".join(lines)


@dataclass
class _Job:
    """One import under way."""

    source: Source
    conversions: list[Conversion]
    log: ProblemLog
    answers: Answers
    items: NDArray[np.uint8] | None
    progress: Progress | None
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {conversion.name: conversion.shown for conversion in self.conversions}


def import_assessments(
    export: Path,
    mapping_file: Path,
    output: Path,
    items_file: Path | None = None,
    progress: Progress | None = None,
) -> ImportSummary:
    """Import an export (CSV or Parquet) under a mapping; InputErrors with all faults.

    `items_file` is the long file of item scores, which the mapping's `items.layout: long` asks for.
    The superseded answers go to `<output stem>.superseded.csv` beside the output.
    `progress(done, total)` is called after each batch of the second pass, in rows of the export.
    """
    mapping = read_mapping(mapping_file)
    source = open_source(export, mapping.encoding, mapping.delimiter)
    conversions = firm_conversions(mapping) + practice_conversions(mapping)
    if mapping.items.layout == "wide":
        conversions += item_conversions(mapping)
    long_source = _long_source(mapping, items_file, mapping_file)
    _require_columns(source, [c.source for c in conversions if c.source is not None])
    log = ProblemLog(str(export))
    answers = read_answers(source, conversions, log)
    provenance = answers.provenance(log, mapping.columns["credit_code"].column or "credit_code")
    items, long_log = None, ProblemLog(str(items_file))
    if long_source is not None:
        items = read_long_items(long_source, mapping, answers, long_log)

    job = _Job(source, conversions, log, answers, items, progress)
    side = output.with_name(f"{output.stem}.superseded.csv")
    kept = write_batches(output, _checked(job, long_log), arrow_schema(), provenance)
    _write_text(side, answers.superseded_csv())
    used = {conversion.source for conversion in conversions}
    unused = tuple(name for name in source.columns if name not in used)
    rows = len(answers.keys)
    return ImportSummary(output, side, rows, kept, source.encoding, provenance, unused)


def _checked(job: _Job, long_log: ProblemLog) -> Iterator[pa.Table]:
    """Converted batches; once there is a fault none any more, and at the end all are raised.

    The raise comes before the writer has moved its file into place.
    """
    for table in _converted(job):
        if not job.log and not long_log:
            yield table
    if not len(job.answers.keys):
        job.log.add(None, None, None, "at least one answer below the header")
    InputErrors.raise_if([*job.log.listing(), *long_log.listing()])


def _converted(job: _Job) -> Iterator[pa.Table]:
    names = [c.source for c in job.conversions if c.source is not None]
    kept_rows = job.answers.kept_rows
    superseded = job.answers.superseded["row"].to_numpy()
    done = 0
    total = len(job.answers.keys)
    for raw, rows in job.source.batches(names):
        kept = np.isin(rows, superseded, assume_unique=True, invert=True)
        text, numbers = raw.filter(pa.array(kept)), rows[kept]
        columns: dict[str, pa.Array] = {}
        known: dict[str, NDArray[np.bool_]] = {}
        for conversion in job.conversions:
            columns[conversion.name], bad = conversion.apply(text)
            _note(job, conversion, bad, text, numbers)
            known[conversion.name] = bad
        if job.items is not None:
            # A row without any key has no place among the kept ones; it is a fault by itself.
            scores = np.full((len(numbers), job.items.shape[1]), NOT_APPLICABLE, dtype=np.uint8)
            placed = np.isin(numbers, kept_rows)
            scores[placed] = job.items[np.searchsorted(kept_rows, numbers[placed])]
            columns |= _item_columns(scores)
        relaxed = [column.with_nullable(True) for column in arrow_schema()]
        table = pa.table({column.name: columns[column.name] for column in relaxed}).cast(
            pa.schema(relaxed)
        )
        check_batch(Batch(table, numbers, job.log, job.names, known))
        yield table
        done += len(rows)
        if job.progress:
            job.progress(done, total)


def _note(
    job: _Job,
    conversion: Conversion,
    bad: NDArray[np.bool_],
    text: pa.Table,
    rows: NDArray[np.int64],
) -> None:
    if not bad.any():
        return
    cells = None if conversion.source is None else text.column(conversion.source)
    job.log.add_rows(
        bad,
        rows,
        conversion.shown,
        lambda index: conversion.constant if cells is None else cells[index].as_py(),
        conversion.expected,
    )


def _item_columns(matrix: NDArray[np.uint8]) -> dict[str, pa.Array]:
    return {
        column.name: pa.array(scores, type=pa.uint8(), mask=scores == NOT_APPLICABLE)
        for column, scores in zip(item_columns(), matrix.T, strict=True)
    }


def _long_source(
    mapping: ImportMapping, items_file: Path | None, mapping_file: Path
) -> Source | None:
    """The long file of items when the mapping asks for one; a mismatch of the two is a fault."""
    if mapping.items.layout == "wide":
        if items_file is not None:
            expected = "layout long in the mapping, as a file of items is given"
            raise InputErrors([Problem(str(mapping_file), None, "items.layout", "wide", expected)])
        return None
    if items_file is None:
        expected = "a file of item scores beside the export (--items), as the layout is long"
        raise InputErrors([Problem(str(mapping_file), None, "items.layout", "long", expected)])
    source = open_source(items_file, mapping.encoding, mapping.delimiter)
    _require_columns(source, list(mapping.items.long_columns.values()))
    return source


def _require_columns(source: Source, names: list[str]) -> None:
    """Every mapped column is in the export, once."""
    counts = Counter(source.columns)
    row = None if source.encoding == "parquet" else 1
    faults = [
        Problem(str(source.path), row, name, None, "this column, which the mapping names")
        if not counts[name]
        else Problem(str(source.path), row, name, f"{counts[name]} times", "the column once")
        for name in dict.fromkeys(names)
        if counts[name] != 1
    ]
    log = ProblemLog(str(source.path))
    log.extend(faults)
    log.raise_if_any()


def _write_text(path: Path, text: str) -> None:
    with written_whole(path) as temporary:
        temporary.touch(mode=0o600)
        temporary.write_text(text, encoding="utf-8")
