"""Item scores in a row for each firm, year and item."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from smdi.assessments.importing.answers import Answers
from smdi.assessments.importing.converting import (
    Conversion,
    firm_conversions,
    score_conversion,
)
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.problems import ProblemLog
from smdi.assessments.reading import Source
from smdi.assessments.scorer import NOT_APPLICABLE
from smdi.assessments.values import CellError
from smdi.assessments.values.texts import canonical, nearest_of
from smdi.standards import maturity_model

Matrix = NDArray[np.uint8]
Rows = NDArray[np.int64]
ELSEWHERE, UNKNOWN = -2, -1
ITEM = "the id of an item of the catalogue"
ONCE = "one row for a firm, year and item (map submitted_on where firms answer again)"


class LongItems:
    """The scores of the kept answers, uint8 (kept rows, n_items), 255 where none is given.

    `faulty` marks the answers that a fault in their items spoils.
    """

    def __init__(self, answers: Answers, dated: bool) -> None:
        self.ids: list[str] = maturity_model().items["item_id"].tolist()
        self.kept_rows = answers.kept_rows
        self.scores: Matrix = np.full(
            (len(self.kept_rows), len(self.ids)), NOT_APPLICABLE, dtype=np.uint8
        )
        self.faulty = np.zeros(len(self.kept_rows), dtype=bool)
        self._target = _Target(answers, dated)

    def of(self, rows: Rows) -> Matrix:
        """Return the scores of answers by row number; rows that are not kept have none."""
        scores = np.full((len(rows), len(self.ids)), NOT_APPLICABLE, dtype=np.uint8)
        placed = np.isin(rows, self.kept_rows)
        scores[placed] = self.scores[np.searchsorted(self.kept_rows, rows[placed])]
        return scores

    def places(self, made: Mapping[str, pa.Array]) -> Rows:
        """Return the place of each key among the kept answers, UNKNOWN or ELSEWHERE."""
        return self._target.places(made)

    def spoil(self, places: Rows) -> None:
        """Mark the answers at these places as faulty."""
        self.faulty[places[places >= 0]] = True

    def fill(self, places: Rows, columns: Rows, scores: Matrix, good: NDArray[np.bool_]) -> Rows:
        """Write scores to their cells; return which of them were written before."""
        cells = np.where(good, places * len(self.ids) + columns, -1 - np.arange(len(good)))
        again = pd.Series(cells).duplicated().to_numpy(copy=True)
        again[good] |= self.scores[places[good], columns[good]] != NOT_APPLICABLE
        fresh = good & ~again
        self.scores[places[fresh], columns[fresh]] = scores[fresh]
        return np.flatnonzero(again)


def read_long_items(
    source: Source, mapping: ImportMapping, answers: Answers, log: ProblemLog
) -> LongItems:
    """Read the scores of the kept answers.

    Rows of superseded answers are passed over, which only a file with `submitted_on` can tell
    apart; noted are rows of firms that are not in the export, unknown items, texts that are no
    score, and a second row for the same firm, year and item.
    """
    names = mapping.items.long_columns
    items = LongItems(answers, "submitted_on" in names)
    conversions = _conversions(mapping, items.ids)
    for table, rows in source.batches(list(names.values())):
        made: dict[str, pa.Array] = {}
        good = np.ones(len(rows), dtype=bool)
        for name, conversion in conversions.items():
            converted = conversion.apply(table)
            made[name], bad = converted.values, converted.bad
            converted.log(log, rows, conversion.shown, conversion.cells(table))
            if name != "score":
                absent = made[name].is_null().to_numpy(zero_copy_only=False) & ~bad
                log.add_rows(absent, rows, conversion.shown, lambda _: "(empty)", "a value")
                bad = bad | absent
            good &= ~bad
        places = items.places(made)
        items.spoil(places[~good])
        shown = conversions["credit_code"]
        log.add_rows(good & (places == UNKNOWN), rows, shown.shown, shown.cells(table),
                     "a firm and year of the export")  # fmt: skip
        scored = good & (places >= 0) & made["score"].is_valid().to_numpy(zero_copy_only=False)
        columns = np.asarray(made["item_id"].fill_null(0))
        scores = np.asarray(made["score"].fill_null(0)).astype(np.uint8)
        again = np.zeros(len(rows), dtype=bool)
        again[items.fill(places, columns, scores, scored)] = True
        log.add_rows(again, rows, names["item_id"], conversions["item_id"].cells(table), ONCE)
        items.spoil(places[again])
    return items


class _Target:
    """Finds the row of the matrix that a key of the long file belongs to."""

    def __init__(self, answers: Answers, dated: bool) -> None:
        self._columns = ["credit_code", "year", *(["submitted_on"] if dated else [])]
        kept = answers.keys[answers.keys["row"] == answers.keys["kept_row"]]
        self._kept = self._index(kept)
        self._first = ~self._kept.duplicated()
        self._unique = self._kept[self._first]
        self._at = np.flatnonzero(self._first)
        self._superseded = self._index(answers.superseded) if dated else pd.Index([])

    def places(self, made: Mapping[str, pa.Array]) -> Rows:
        """Return the row of the matrix, UNKNOWN, or ELSEWHERE for a superseded answer."""
        keys = self._index(pd.DataFrame({name: made[name].to_pandas() for name in self._columns}))
        found = self._unique.get_indexer(keys)
        places = np.where(found >= 0, self._at[found] if len(self._at) else UNKNOWN, UNKNOWN)
        places[(found < 0) & keys.isin(self._superseded)] = ELSEWHERE
        return places.astype(np.int64)

    def _index(self, frame: pd.DataFrame) -> pd.Index:
        parts = (
            frame[name].astype("Int64") if name == "year" else frame[name] for name in self._columns
        )
        return pd.Index(
            reduce(lambda one, other: one + " " + other, (p.astype(str) for p in parts))
        )


def _conversions(mapping: ImportMapping, items: list[str]) -> dict[str, Conversion]:
    names = mapping.items.long_columns
    firm = {conversion.name: conversion for conversion in firm_conversions(mapping)}
    position = {canonical(item): place for place, item in enumerate(items)}
    template = mapping.items.template

    def place_of(text: str) -> int | None:
        key = canonical(text)
        if not key:
            return None
        found = position.get(key, by_template.get(key))
        if found is None:
            raise CellError(ITEM, lambda: nearest_of(text, items))
        return found

    by_template = {
        canonical(template.replace("{item_id}", item)): place for place, item in enumerate(items)
    }
    conversions: dict[str, Conversion] = {
        name: Conversion(name, firm[name].type, (source,), firm[name].convert)
        for name, source in names.items()
        if name in firm
    }
    conversions["item_id"] = Conversion("item_id", pa.int64(), (names["item_id"],), place_of)
    conversions["score"] = Conversion(
        "score", pa.uint8(), (names["score"],), score_conversion(mapping)
    )
    return conversions
