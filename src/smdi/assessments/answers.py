"""Which answer of a firm counts: the latest of a firm and year, the others reported.

A first pass over an export reads nothing but the keys, so that the second can stream.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from smdi.assessments import credit_codes
from smdi.assessments.converting import Conversion
from smdi.assessments.problems import ProblemLog
from smdi.assessments.sources import Source

KEYS = ("credit_code", "year", "submitted_on")


@dataclass(frozen=True)
class Answers:
    """The answers of an export: every row's key, and which row stands for its firm and year.

    `keys` has columns row (number in the export), credit_code, year, submitted_on, kept_row (the
    row that is kept for this firm and year; the row itself where a key is missing or faulty, since
    its other cells are still to be checked). Rows without any key are not here.
    """

    keys: pd.DataFrame

    @property
    def kept_rows(self) -> NDArray[np.int64]:
        """Row numbers that are kept, ascending."""
        kept = self.keys["row"] == self.keys["kept_row"]
        return self.keys.loc[kept, "row"].to_numpy()

    @property
    def superseded(self) -> pd.DataFrame:
        """The answers that a later one replaces, in the order of the export."""
        return self.keys[self.keys["row"] != self.keys["kept_row"]]

    def superseded_csv(self) -> str:
        """The superseded answers as CSV: row, credit_code, year, submitted_on, kept_row."""
        out = StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("row", *KEYS, "kept_row"))
        writer.writerows(self.superseded[["row", *KEYS, "kept_row"]].itertuples(index=False))
        return out.getvalue()

    def provenance(self, log: ProblemLog, column: str) -> str:
        """`simulated` when every firm is fictional, `import` when none is; anything else is noted.

        Otherwise fictional firms could pass for real ones once they are imported.
        """
        codes = pa.array(self.keys["credit_code"], type=pa.string())
        fictional = credit_codes.is_simulated(codes)
        if fictional.any() and not fictional.all():
            real = ~fictional & self.keys["credit_code"].notna().to_numpy()
            if real.any():
                log.add_rows(
                    fictional,
                    self.keys["row"].to_numpy(),
                    column,
                    lambda index: codes[index].as_py(),
                    "no simulated firm among real ones",
                )
        return "simulated" if fictional.any() else "import"


def read_answers(source: Source, conversions: list[Conversion], log: ProblemLog) -> Answers:
    """Read the keys of all rows; rows of the wrong length are noted in `log`.

    Faulty keys are left null here and noted by the second pass, with the rest of their row.
    """
    keys = [conversion for conversion in conversions if conversion.name in KEYS]
    names = [conversion.source for conversion in keys if conversion.source is not None]
    parts: list[pd.DataFrame] = []
    for table, rows in source.batches(names, log):
        made = {conversion.name: conversion.apply(table)[0].to_pandas() for conversion in keys}
        parts.append(pd.DataFrame({"row": rows, **made}))
    empty = pd.DataFrame(columns=["row", *KEYS])
    frame = pd.concat(parts, ignore_index=True) if parts else empty
    return Answers(_with_kept_row(frame))


def _with_kept_row(frame: pd.DataFrame) -> pd.DataFrame:
    """Add kept_row: the last submitted of a firm and year; of one day, the last in the file."""
    complete = frame.dropna(subset=list(KEYS))
    order = complete.sort_values(["submitted_on", "row"], kind="stable")
    latest = order.groupby(["credit_code", "year"], sort=False)["row"].transform("last")
    frame["kept_row"] = latest.reindex(frame.index).fillna(frame["row"]).astype("int64")
    if frame["year"].notna().any():
        frame["year"] = frame["year"].astype("Int64")
    return frame
