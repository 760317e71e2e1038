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
NOTE = re.compile(
    r"(注|备注|说明|附注|填表|填报|制表|审核|数据来源|来源|统计口径|联系|打印|导出|单位|\*|※|★|note)"
    r".*", re.DOTALL
)  # fmt: skip


def asides(
    table: pa.Table, key: str, keys: list[str], header: frozenset[str]
) -> tuple[NDArray[np.bool_], list[str]]:
    """Return which rows are no answers, and a word for each of these: note, total or header.

    `table` holds the first cells (`#0`…) and the columns `keys`; `key` is the column of credit
    codes. A row with something like a credit code is always an answer.
    """
    leading = [f"#{place}" for place in range(LEADING)]
    codes = table.column(key)
    # Notes and totals stand in rows whose credit code is empty, or is the note itself.
    suspects = np.flatnonzero(~np.asarray(pc.match_substring_regex(codes, CODE_LIKE)))
    found = np.zeros(table.num_rows, dtype=bool)
    words = []
    for index in suspects:
        cells = [table.column(name)[int(index)].as_py() for name in dict.fromkeys([*leading, key])]
        others = [table.column(name)[int(index)].as_py() for name in keys if name != key]
        word = _word(cells, others, header)
        if word:
            found[index] = True
            words.append(word)
    return found, words


def _word(cells: list[str], others: list[str], header: frozenset[str]) -> str | None:
    filled = [cell for cell in map(plain, cells) if cell]
    if not filled:
        return None
    if all(squeezed(cell) in header for cell in filled):
        return "header"
    if any(TOTAL.fullmatch(squeezed(cell)) for cell in filled):
        return "total"
    if NOTE.fullmatch(squeezed(filled[0])) and not any(map(plain, others)):
        return "note"
    return None
