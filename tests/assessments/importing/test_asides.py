"""Which rows of an export are no answers: totals, notes, and the header printed again."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from smdi.assessments.importing.asides import asides

CASES = [
    # A row that looks like a credit code is an answer, whatever else stands in it.
    (["913205000000001", "合计", ""], False, None),
    (["ABCDEFGH", "", ""], False, None),
    (["“９１３２ ０５-00”", "", ""], False, None),
    (["ABCDEFG", "", ""], False, "note"),
    (["ABCDEFG", "", ""], True, None),
    # A total is one even where its row can be read.
    (["合计", "5", ""], True, "total"),
    (["", "小计", ""], False, "total"),
    (["", "", "总计（家）"], False, "total"),
    (["Total:", "", ""], False, "total"),
    (["共计：5", "", ""], False, "total"),
    (["合计数", "", ""], False, "note"),
    # The header again: all that stands in the first cells.
    (["甲", "乙", ""], True, "header"),
    ([" 甲 ", "", ""], False, "header"),
    (["甲", "丙", ""], False, "note"),
    (["甲", "丙", ""], True, None),
    (["", "", ""], False, "note"),
    (["", "", ""], True, None),
]


def found(rows: list[list[str]], read: list[bool]) -> tuple[list[bool], list[str]]:
    columns = {f"#{place}": [row[place] for row in rows] for place in range(3)}
    table = pa.table({**columns, "代码": columns["#0"]})
    aside, words = asides(table, "代码", np.array(read), frozenset({"甲", "乙"}))
    assert aside.dtype == bool
    return aside.tolist(), words


@pytest.mark.parametrize(("cells", "read", "word"), CASES)
def test_a_row_is_an_answer_or_is_told_what_it_is(cells, read: bool, word: str | None) -> None:
    assert found([cells], [read]) == ([word is not None], [word] if word else [])


def test_words_come_in_the_order_of_their_rows() -> None:
    cells, read, words = zip(*CASES, strict=True)
    aside, told = found(list(cells), list(read))
    assert aside == [word is not None for word in words]
    assert told == [word for word in words if word]


def test_a_total_is_found_in_the_column_of_codes_wherever_that_stands() -> None:
    rows = {"#0": ["1"], "#1": [""], "#2": [""], "代码": ["合计"]}
    aside, words = asides(pa.table(rows), "代码", np.array([True]), frozenset())
    assert (aside.tolist(), words) == ([True], ["total"])
