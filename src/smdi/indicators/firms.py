"""Rows of a prepared population, looked at like a data frame; a column is read when asked for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, overload

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from smdi.indicators.cells import ANSWERED, Cell

Mask = pd.Series | NDArray[np.bool_]
Flags = NDArray[np.bool_]


class Columns:
    """The columns of a table as arrays, each read once for all selections of its rows."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self._codes: dict[str, tuple[NDArray[np.intp], dict[str, int]]] = {}
        self._flags: dict[str, tuple[Flags, Flags]] = {}

    def codes(self, column: str) -> tuple[NDArray[np.intp], dict[str, int]]:
        """Return the code of each row of a dictionary-encoded column, and that of each value."""
        if column not in self._codes:
            encoded = self.table.column(column).combine_chunks()
            categories = {str(value): n for n, value in enumerate(encoded.dictionary.to_pylist())}
            codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            self._codes[column] = codes.astype(np.intp), categories
        return self._codes[column]

    def flags(self, column: str) -> tuple[Flags, Flags]:
        """Return of each row whether a column says yes, and whether it says anything."""
        if column not in self._flags:
            values = self.table.column(column)
            known = values.is_valid().to_numpy()
            if pa.types.is_boolean(values.type):
                met = values.fill_null(False).to_numpy()
            else:
                numbers = values.cast(pa.float64()).fill_null(math.nan).to_numpy()
                met, known = numbers == 1, ~np.isnan(numbers)
            self._flags[column] = met, known
        return self._flags[column]


class Firms:
    """A selection of firms.

    `firms["size"]` is a column, `firms.where(province="320000")` a narrower selection,
    `len(firms)` their number. Columns are those of `smdi.indicators.prepared`, practices as float
    (1, 0, NaN for a firm that was not asked). `cell` names the selection; one by a mask,
    `firms[mask]`, has no name, and nothing that is counted in it can be shown.
    """

    def __init__(
        self,
        table: pa.Table | Columns,
        rows: NDArray[np.intp] | None = None,
        cell: Cell | None = None,
    ) -> None:
        self._all = table if isinstance(table, Columns) else Columns(table)
        self._rows = rows
        self._read: dict[str, pd.Series] = {}
        self.cell = cell

    def __len__(self) -> int:
        return int(self._all.table.num_rows) if self._rows is None else len(self._rows)

    def __contains__(self, column: str) -> bool:
        return column in self._all.table.column_names

    @overload
    def __getitem__(self, key: str) -> pd.Series: ...
    @overload
    def __getitem__(self, key: Mask) -> Firms: ...
    def __getitem__(self, key: str | Mask) -> pd.Series | Firms:
        if isinstance(key, str):
            if key not in self._read:
                self._read[key] = self._series(key)
            return self._read[key]
        return self._selected(np.asarray(key, dtype=bool), None)

    def read_ahead(self) -> None:
        """Read all columns, for forks of this process."""
        for name in self._all.table.column_names:
            self[name]
            kind = self._all.table.schema.field(name).type
            if pa.types.is_dictionary(kind):
                self._all.codes(name)
            elif name.startswith("practice_") or pa.types.is_boolean(kind):
                self._all.flags(name)

    def where(self, **conditions: str | Iterable[str]) -> Firms:
        """Return the firms whose columns have one of the values; flags read `yes` and `no`.

        `answered="practice_data_sharing"` selects those that have a value in that column.
        """
        listed = _listed(conditions)
        return self._selected(self._meet(listed), self.cell and self.cell.narrowed(listed))

    def meet_all(self, **conditions: str | Iterable[str]) -> Flags:
        """Tell of each firm whether it is among those that `where` returns."""
        return self._meet(_listed(conditions))

    def meet(self, cell: Cell) -> Flags:
        """Tell of each firm whether it meets the conditions of a cell."""
        return self._meet(dict(cell.where))

    def named(self, cell: Cell) -> Firms:
        """Return the same firms under a name."""
        return Firms(self._all, self._rows, cell)

    def counts(self, column: str) -> pd.Series:
        """Count the firms of each code that some firm has, in the order of the codes."""
        codes, categories = self._all.codes(column)
        found = np.bincount(self._of_these(codes) + 1, minlength=len(categories) + 1)[1:]
        counts = pd.Series(found, index=pd.Index(list(categories), dtype="str"))
        return counts[counts > 0].sort_index()

    def _meet(self, conditions: dict[str, tuple[str, ...]]) -> Flags:
        chosen = np.ones(len(self), dtype=bool)
        for column, values in conditions.items():
            chosen &= self._meets(column, values)
        return chosen

    def _meets(self, column: str, values: tuple[str, ...]) -> Flags:
        if column == ANSWERED:
            answered: Flags = np.logical_and.reduce([self._all.flags(name)[1] for name in values])
            return self._of_these(answered)
        if pa.types.is_dictionary(self._all.table.schema.field(column).type):
            codes, categories = self._all.codes(column)
            wanted = np.zeros(len(categories) + 1, dtype=bool)
            wanted[[categories[value] for value in values if value in categories]] = True
            chosen: Flags = wanted[self._of_these(codes)]
            return chosen
        met, known = (self._of_these(flags) for flags in self._all.flags(column))
        both: Flags = known & (met & ("yes" in values) | ~met & ("no" in values))
        return both

    def _selected(self, chosen: Flags, cell: Cell | None) -> Firms:
        rows = np.flatnonzero(chosen)
        return Firms(self._all, rows if self._rows is None else self._rows[rows], cell)

    def _of_these(self, values: NDArray[Any]) -> NDArray[Any]:
        return values if self._rows is None else values[self._rows]

    def _series(self, name: str) -> pd.Series:
        column = self._all.table.column(name)
        if self._rows is not None:
            column = column.take(pa.array(self._rows))
        if name.startswith("practice_"):
            if pa.types.is_boolean(column.type):
                column = column.cast(pa.uint8())
            column = column.cast(pa.float64())
        series: pd.Series = column.to_pandas()
        return series


def _listed(conditions: Mapping[str, str | Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {
        column: (values,) if isinstance(values, str) else tuple(values)
        for column, values in conditions.items()
    }
