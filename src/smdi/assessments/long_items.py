"""Item scores that come in a file of their own, one row for a firm, year and item."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from smdi.assessments.answers import Answers
from smdi.assessments.converting import Conversion, firm_conversions, score_conversion
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.problems import ProblemLog
from smdi.assessments.scorer import NOT_APPLICABLE
from smdi.assessments.sources import Source
from smdi.standards import maturity_model

Matrix = NDArray[np.uint8]
ELSEWHERE, UNKNOWN = -2, -1


def read_long_items(
    source: Source, mapping: ImportMapping, answers: Answers, log: ProblemLog
) -> Matrix:
    """The scores of the kept answers as uint8 (kept rows, n_items), 255 where none is given.

    Rows of superseded answers are passed over, which only a file with `submitted_on` can tell
    apart; noted are rows of firms that are not in the export, unknown items, texts that are no
    score, and a second row for the same firm, year and item.
    """
    items = maturity_model().items["item_id"].tolist()
    names = mapping.items.long_columns
    conversions = _conversions(mapping, items)
    target = _Target(answers, "submitted_on" in names)
    matrix = np.full((len(answers.kept_rows), len(items)), NOT_APPLICABLE, dtype=np.uint8)
    for table, rows in source.batches(list(names.values()), log):
        made: dict[str, pa.Array] = {}
        good = np.ones(len(rows), dtype=bool)
        for name, conversion in conversions.items():
            made[name], bad = conversion.apply(table)
            if name != "score":
                bad |= made[name].is_null().to_numpy(zero_copy_only=False)
            _note(log, bad, rows, table, conversion.shown, conversion.expected)
            good &= ~bad
        places = target.places(made)
        unknown = good & (places == UNKNOWN)
        shown = conversions["credit_code"].shown
        _note(log, unknown, rows, table, shown, "a firm and year of the export")
        _fill(matrix, made, good & (places >= 0), places, (log, rows, names["item_id"]))
    return matrix


def _fill(
    matrix: Matrix,
    made: dict[str, pa.Array],
    good: NDArray[np.bool_],
    places: NDArray[np.int64],
    report: tuple[ProblemLog, NDArray[np.int64], str],
) -> None:
    """Write scores to their cells; a cell written twice is a fault."""
    good = good & made["score"].is_valid().to_numpy(zero_copy_only=False)
    columns = np.asarray(made["item_id"].fill_null(0))
    scores = np.asarray(made["score"].fill_null(0)).astype(np.uint8)
    cells = np.where(good, places * matrix.shape[1] + columns, -1 - np.arange(len(good)))
    again = pd.Series(cells).duplicated().to_numpy(copy=True)
    again[good] |= matrix[places[good], columns[good]] != NOT_APPLICABLE
    log, rows, shown = report
    item_ids = maturity_model().items["item_id"].tolist()
    expected = "one row for a firm, year and item (map submitted_on where firms answer again)"
    log.add_rows(again, rows, shown, lambda index: item_ids[columns[index]], expected)
    fresh = good & ~again
    matrix[places[fresh], columns[fresh]] = scores[fresh]


class _Target:
    """Finds the row of the matrix that a key of the long file belongs to."""

    def __init__(self, answers: Answers, dated: bool) -> None:
        self._columns = ["credit_code", "year", *(["submitted_on"] if dated else [])]
        kept = answers.keys[answers.keys["row"] == answers.keys["kept_row"]]
        self._kept = self._index(kept)
        self._superseded = self._index(answers.superseded) if dated else pd.Index([])

    def places(self, made: dict[str, pa.Array]) -> NDArray[np.int64]:
        """Row of the matrix, UNKNOWN, or ELSEWHERE for an answer that is superseded."""
        keys = self._index(pd.DataFrame({name: made[name].to_pandas() for name in self._columns}))
        places = self._kept.get_indexer(keys).astype(np.int64)
        missing = places < 0
        places[missing & keys.isin(self._superseded)] = ELSEWHERE
        return places

    def _index(self, frame: pd.DataFrame) -> pd.Index:
        parts = [
            frame[name].astype("Int64").astype("str") if name == "year" else frame[name].astype(str)
            for name in self._columns
        ]
        joined = parts[0].str.cat(parts[1:], sep=" ")
        return pd.Index(joined)


def _conversions(mapping: ImportMapping, items: list[str]) -> dict[str, Conversion]:
    names = mapping.items.long_columns
    firm = {conversion.name: conversion for conversion in firm_conversions(mapping)}
    position = {item: place for place, item in enumerate(items)}

    def place_of(text: str) -> int:
        if text not in position:
            raise ValueError(text)
        return position[text]

    convert_score, expected = score_conversion(mapping)
    conversions = {
        name: Conversion(name, firm[name].type, source, firm[name].convert, firm[name].expected)
        for name, source in names.items()
        if name in firm
    }
    conversions["item_id"] = Conversion(
        "item_id", pa.int64(), names["item_id"], place_of, "the id of an item of the catalogue"
    )
    conversions["score"] = Conversion("score", pa.uint8(), names["score"], convert_score, expected)
    return conversions


def _note(
    log: ProblemLog,
    bad: NDArray[np.bool_],
    rows: NDArray[np.int64],
    table: pa.Table,
    column: str,
    expected: str,
) -> None:
    if bad.any():
        cells = table.column(column)
        log.add_rows(bad, rows, column, lambda index: cells[index].as_py(), expected)
