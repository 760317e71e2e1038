"""Validate a whole file of assessments and report everything that is wrong with it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from smdi.assessments import credit_codes
from smdi.assessments.checks import Batch, check_batch
from smdi.assessments.problems import ProblemLog
from smdi.assessments.schema import arrow_schema, columns
from smdi.assessments.store import (
    PROVENANCE_EXPECTED,
    PROVENANCES,
    ROW_GROUP,
    open_parquet,
    provenance_tag,
)

KEY = ("credit_code", "year")


@dataclass(frozen=True)
class Summary:
    """What a valid file holds: rows, distinct firms, rows by year, and where they come from."""

    file: str
    rows: int
    firms: int
    rows_by_year: dict[int, int]
    provenance: str

    def __str__(self) -> str:
        years = ", ".join(f"{year}: {rows}" for year, rows in self.rows_by_year.items())
        return (
            f"{self.file}: {self.rows} assessments of {self.firms} firms ({years}), "
            f"provenance {self.provenance}"
        )


def validate(path: Path, progress: Callable[[int, int], None] | None = None) -> Summary:
    """Check a Parquet file of assessments; InputErrors with all its faults, or what it holds.

    Streams over the file; only firm codes and years are kept, to find duplicates.
    `progress(done, total)` is called after each batch.
    """
    log = ProblemLog(str(path))
    with open_parquet(path) as file:
        provenance = _check_provenance(file, log)
        usable = _check_columns(file.schema_arrow, log)
        schema = pa.schema([field for field in arrow_schema() if field.name in usable])
        keys: list[pa.Table] = []
        done, total = 0, file.metadata.num_rows
        for raw in file.iter_batches(batch_size=ROW_GROUP, columns=schema.names):
            table = _conformed(raw, schema)
            rows = done + 1 + np.arange(table.num_rows)
            batch = Batch(table, rows, log)
            check_batch(batch)
            _check_origin(batch, provenance)
            if batch.has(*KEY):
                keys.append(table.select(KEY))
            done += table.num_rows
            if progress:
                progress(done, total)
    key_table = pa.concat_tables(keys) if keys else None
    if key_table is not None:
        _check_duplicates(key_table, log)
    log.raise_if_any()
    return _summary(path, key_table, provenance or "")


def _check_provenance(file: pq.ParquetFile, log: ProblemLog) -> str | None:
    found = provenance_tag(file.schema_arrow)
    if found in PROVENANCES:
        return found
    log.add(None, None, found, PROVENANCE_EXPECTED)
    return None


def _check_columns(found: pa.Schema, log: ProblemLog) -> set[str]:
    """Note unknown, missing, repeated and wrongly typed columns; return those that can be read."""
    usable: set[str] = set()
    counts = Counter(found.names)
    wanted = {column.name: column for column in columns()}
    for name, count in counts.items():
        if name not in wanted:
            log.add(None, name, None, "no such column: it is not in the schema")
        elif count > 1:
            log.add(None, name, f"{count} times", "the column once")
        elif _plain(found.field(name).type) != wanted[name].type:
            expected = f"type {wanted[name].type}: {wanted[name].meaning}"
            log.add(None, name, str(found.field(name).type), expected)
        else:
            usable.add(name)
    for name, column in wanted.items():
        if name not in counts:
            log.add(None, name, None, f"this column, it is missing: {column.meaning}")
    return usable


def _plain(kind: pa.DataType) -> pa.DataType:
    """Return the type without the ways of storing text that mean the same."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    return kind


def _conformed(batch: pa.RecordBatch, schema: pa.Schema) -> pa.Table:
    """Return the batch in the schema's types, nulls admitted: they are reported, not raised."""
    relaxed = pa.schema([field.with_nullable(True) for field in schema])
    return pa.Table.from_batches([batch]).select(schema.names).cast(relaxed)


def _check_origin(batch: Batch, provenance: str | None) -> None:
    """Note firms that are simulated in an import, or real in a simulation."""
    if provenance is None or not batch.has("credit_code"):
        return
    codes = batch.table.column("credit_code").combine_chunks()
    fictional = credit_codes.is_simulated(codes)
    if provenance == "import":
        batch.report(fictional, "credit_code", "no simulated firm in a file of provenance import")
    else:
        real = ~fictional & codes.is_valid().to_numpy(zero_copy_only=False)
        batch.report(real, "credit_code", "simulated firms only in a file of provenance simulated")


def _check_duplicates(keys: pa.Table, log: ProblemLog) -> None:
    codes = keys.column("credit_code").combine_chunks().dictionary_encode().indices
    packed = pc.add(pc.multiply(codes.cast(pa.int64()), 10_000), keys.column("year").cast("int64"))
    values = packed.to_pandas()
    duplicated = (values.duplicated() & values.notna()).to_numpy()
    if duplicated.any():
        rows = np.arange(1, len(values) + 1)
        log.add_rows(
            duplicated,
            rows,
            "credit_code, year",
            lambda index: " ".join(str(keys.column(name)[index]) for name in KEY),
            "one row for a firm and year",
        )


def _summary(path: Path, keys: pa.Table | None, provenance: str) -> Summary:
    if keys is None or not keys.num_rows:
        return Summary(str(path), 0, 0, {}, provenance)
    counts = keys.column("year").value_counts().to_pylist()
    return Summary(
        file=str(path),
        rows=keys.num_rows,
        firms=pc.count_distinct(keys.column("credit_code")).as_py(),
        rows_by_year={c["values"]: c["counts"] for c in sorted(counts, key=lambda c: c["values"])},
        provenance=provenance,
    )
