"""Rows of a prepared population, looked at like a data frame; a column is read when asked for."""

from __future__ import annotations

from typing import overload

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

Mask = pd.Series | NDArray[np.bool_]


class Firms:
    """A selection of firms.

    `firms["size"]` is a column, `firms[firms["size"] != "large"]` a narrower selection,
    `len(firms)` their number. Columns are those of `smdi.indicators.prepared`, practices as float
    (1, 0, NaN for a firm that was not asked).
    """

    def __init__(self, table: pa.Table, rows: NDArray[np.intp] | None = None) -> None:
        self._table = table
        self._rows = rows
        self._columns: dict[str, pd.Series] = {}

    def __len__(self) -> int:
        return int(self._table.num_rows) if self._rows is None else len(self._rows)

    def __contains__(self, column: str) -> bool:
        return column in self._table.column_names

    @overload
    def __getitem__(self, key: str) -> pd.Series: ...
    @overload
    def __getitem__(self, key: Mask) -> Firms: ...
    def __getitem__(self, key: str | Mask) -> pd.Series | Firms:
        if isinstance(key, str):
            if key not in self._columns:
                self._columns[key] = self._read(key)
            return self._columns[key]
        chosen = np.flatnonzero(np.asarray(key, dtype=bool))
        return Firms(self._table, chosen if self._rows is None else self._rows[chosen])

    def counts(self, column: str) -> pd.Series:
        """Count the firms of each code that some firm has, in the order of the codes."""
        counts = self[column].value_counts()
        counts.index = counts.index.astype("str")
        return counts[counts > 0].sort_index()

    def _read(self, name: str) -> pd.Series:
        column = self._table.column(name)
        if self._rows is not None:
            column = column.take(pa.array(self._rows))
        if name.startswith("practice_"):
            if pa.types.is_boolean(column.type):
                column = column.cast(pa.uint8())
            column = column.cast(pa.float64())
        series: pd.Series = column.to_pandas()
        return series
