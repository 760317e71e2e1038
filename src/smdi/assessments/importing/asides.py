"""Rows of a sheet that are no answers: notes, totals, and the header printed again."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smdi.assessments.reading.source import LEADING
from smdi.assessments.values import plain, squeezed

CODE_LIKE = r"^\W*[0-9A-Za-z０-９Ａ-Ｚａ-ｚ][0-9A-Za-z０-９Ａ-Ｚａ-ｚ \-]{7,}\W*$"
TOTAL = re.compile(r"(合计|总计|小计|共计|总数|汇总|平均|均值|total|subtotal|sum)([:：（(].*)?")


def asides(
    table: pa.Table, key: str, read: NDArray[np.bool_], header: frozenset[str]
) -> tuple[NDArray[np.bool_], list[str]]:
    """Return which rows are no answers, and a word for each of these: note, total or header.

    `table` holds the first cells (`#0`…) and the column `key` of credit codes; `read` says of which
    rows some cell of a key, region, industry or type can be read. A row with something like a
    credit code is always an answer, and so is one that can be read, unless it is called a total.
    """
    leading = [f"#{place}" for place in range(LEADING)]
    codes = table.column(key).combine_chunks()
    suspects = np.flatnonzero(~np.asarray(pc.match_substring_regex(codes, CODE_LIKE)))
    found = np.zeros(table.num_rows, dtype=bool)
    words = []
    for index in suspects:
        cells = [table.column(name)[int(index)].as_py() for name in dict.fromkeys([*leading, key])]
        word = _word(cells, header)
        if word is None and not read[index]:
            word = "note"
        if word:
            found[index] = True
            words.append(word)
    return found, words


def _word(cells: list[str], header: frozenset[str]) -> str | None:
    filled = [cell for cell in map(plain, cells) if cell]
    if filled and all(squeezed(cell) in header for cell in filled):
        return "header"
    if any(TOTAL.fullmatch(squeezed(cell)) for cell in filled):
        return "total"
    return None
