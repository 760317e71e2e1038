"""Which answer of a firm counts: the latest of a firm and year, the others reported.

A first pass over an export reads the keys and what tells firms apart, so that the second can
stream.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from io import StringIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smdi.assessments import credit_codes
from smdi.assessments.importing.asides import asides
from smdi.assessments.importing.converting import Conversion
from smdi.assessments.problems import ProblemLog
from smdi.assessments.reading import Source
from smdi.assessments.store import Provenance
from smdi.assessments.values import squeezed

KEYS = ["credit_code", "year", "submitted_on"]
IDENTITY = ["province", "city", "industry", "process_type"]


@dataclass(frozen=True)
class Answers:
    """The answers of an export: every row's key, and which row stands for its firm and year.

    `keys` has columns row (number in the source), credit_code, year, submitted_on, identity (equal
    where province, city, industry and process type are) and kept_row (the row kept for this firm
    and year; the row itself where a key is missing or faulty, since its other cells are still to be
    checked). Rows without any key are not here. `set_aside` counts notes, totals and repeated
    headers by word and row; `repeated` counts rows that only repeat another in every mapped cell.
    """

    keys: pd.DataFrame
    set_aside: dict[str, list[int]] = field(default_factory=dict)
    repeated: int = 0

    @property
    def kept_rows(self) -> NDArray[np.int64]:
        """Return the row numbers that are kept, ascending."""
        kept = self.keys["row"] == self.keys["kept_row"]
        return self.keys.loc[kept, "row"].to_numpy(dtype=np.int64)

    @property
    def rows_aside(self) -> NDArray[np.int64]:
        """Return the numbers of the rows that are no answers."""
        return np.array([row for rows in self.set_aside.values() for row in rows], dtype=np.int64)

    @property
    def superseded(self) -> pd.DataFrame:
        """Return the answers that a later one replaces, in the order of the export."""
        return self.keys[self.keys["row"] != self.keys["kept_row"]]

    def of_one_day(self) -> pd.DataFrame:
        """Return superseded answers submitted on the same day as the one that is kept."""
        superseded = self.superseded
        days = self.keys.set_index("row")["submitted_on"]
        kept = days.reindex(superseded["kept_row"]).to_numpy()
        same: pd.DataFrame = superseded[superseded["submitted_on"].to_numpy() == kept]
        return same

    def of_other_firms(self) -> pd.DataFrame:
        """Return superseded answers whose region, industry or type is not that of the kept one.

        A mistyped code of one firm that happens to be that of another looks so.
        """
        superseded = self.superseded
        identity = self.keys.set_index("row")["identity"]
        kept = identity.reindex(superseded["kept_row"]).to_numpy()
        others: pd.DataFrame = superseded[superseded["identity"].to_numpy() != kept]
        return others

    def superseded_csv(self, source: Source) -> str:
        """Return the superseded answers as CSV: file, sheet, row, keys, kept_row."""
        out = StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("file", "sheet", "row", *KEYS, "kept_row"))
        for record in self.superseded.to_dict("records"):
            place = source.place(int(record["row"]), None)
            kept = source.place(int(record["kept_row"]), None)
            key = (record[name] for name in KEYS)
            writer.writerow((place.file, place.sheet, place.row, *key, kept.row))
        return out.getvalue()

    def provenance(self, log: ProblemLog, column: str) -> Provenance:
        """Return `simulated` when every firm is fictional, `import` otherwise.

        Fictional firms among real ones are noted: they could pass for real ones once imported.
        """
        codes = pa.array(self.keys["credit_code"], type=pa.string())
        fictional = credit_codes.is_simulated(codes)
        real = ~fictional & self.keys["credit_code"].notna().to_numpy()
        if fictional.any() and real.any():
            log.add_rows(
                fictional,
                self.keys["row"].to_numpy(dtype=np.int64),
                column,
                lambda index: codes[index].as_py(),
                "no simulated firm among real ones",
            )
        return "simulated" if fictional.any() and not real.any() else "import"


def read_answers(source: Source, conversions: list[Conversion], *, merge_repeats: bool) -> Answers:
    """Read the keys of all rows.

    Faulty keys are left null here and noted by the second pass, with the rest of their row. With
    `merge_repeats` rows that repeat another in all columns of `conversions` are one answer with it,
    as where each item of a firm has a row.
    """
    by_name = {conversion.name: conversion for conversion in conversions}
    read = conversions if merge_repeats else [by_name[name] for name in (*KEYS, *IDENTITY)]
    names = list(dict.fromkeys(name for c in read for name in c.sources if name is not None))
    key = by_name["credit_code"].shown
    header = frozenset(squeezed(name) for name in source.columns)
    telling = [name for name in (*KEYS, *IDENTITY) if by_name[name].column is not None]
    parts: list[pd.DataFrame] = []
    set_aside: dict[str, list[int]] = {}
    for raw, numbers in source.batches(names, leading=True):
        converted = {name: by_name[name].apply(raw).values for name in (*KEYS, *IDENTITY)}
        legible = np.zeros(raw.num_rows, dtype=bool)
        for name in telling:
            if name != "credit_code":
                legible |= converted[name].is_valid().to_numpy(zero_copy_only=False)
        aside, words = asides(raw, key, legible, header)
        for word, row in zip(words, numbers[aside], strict=True):
            set_aside.setdefault(word, []).append(int(row))
        keep = pa.array(~aside)
        table, rows = raw.filter(keep), numbers[~aside]
        made = {name: converted[name].filter(keep).to_pandas() for name in KEYS}
        identity = _signature(pa.table({name: converted[name].filter(keep) for name in IDENTITY}))
        whole = _signature(table.select(names)) if merge_repeats else identity
        part = {"row": rows, **made, "identity": identity, "whole": whole}
        parts.append(pd.DataFrame(part))
    empty = pd.DataFrame(columns=["row", *KEYS, "identity", "whole"])
    frame = pd.concat(parts, ignore_index=True) if parts else empty
    once, repeated = _without_repeats(frame, merge_repeats)
    return Answers(_with_kept_row(once), set_aside, repeated)


def _signature(table: pa.Table) -> NDArray[np.uint64]:
    """Return a number a row that is equal where all cells of the rows are."""
    total = np.zeros(table.num_rows, dtype=np.uint64)
    for column in table.columns:
        encoded = pc.fill_null(column.combine_chunks(), "").dictionary_encode()
        texts = np.array([squeezed(text) for text in encoded.dictionary.to_pylist()], dtype=object)
        hashed = pd.util.hash_array(texts) if len(texts) else np.zeros(0, np.uint64)
        total = total * np.uint64(1_000_003) + hashed[np.asarray(encoded.indices)]
    return total


def _without_repeats(frame: pd.DataFrame, merge: bool) -> tuple[pd.DataFrame, int]:
    """Drop rows that repeat an earlier one; their keys must be whole."""
    if not merge:
        return frame, 0
    complete = frame[KEYS].notna().all(axis="columns")
    again = frame.duplicated([*KEYS, "whole"]) & complete
    return frame[~again].reset_index(drop=True), int(again.sum())


def _with_kept_row(frame: pd.DataFrame) -> pd.DataFrame:
    """Add kept_row: the last submitted of a firm and year; of one day, the last in the file."""
    complete = frame.dropna(subset=KEYS)
    order = complete.sort_values(["submitted_on", "row"], kind="stable")
    latest = order.groupby(["credit_code", "year"], sort=False)["row"].transform("last")
    frame["kept_row"] = latest.reindex(frame.index).fillna(frame["row"]).astype("int64")
    if frame["year"].notna().any():
        frame["year"] = frame["year"].astype("Int64")
    return frame
