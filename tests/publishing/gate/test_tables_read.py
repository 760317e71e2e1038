"""Tables wherever they stand, and what of a table is of single firms or would be computed."""

from __future__ import annotations

import pytest

from smdi.publishing.gate.content import Content, Table, plain, tables_in
from smdi.publishing.gate.firms import Firms
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.tables import TIDY, TableScan

NONE_OF: frozenset = frozenset()


@pytest.mark.parametrize(
    ("node", "tables"),
    [
        (
            {"a": {"b": [{"x": 1, "y": None}, {"x": 2, "z": "t"}]}},
            [("a.b", ("x", "y", "z"), [["1", "", ""], ["2", "", "t"]])],
        ),
        ([{"x": [1], "y": {"z": 2}}, "other"], [("", ("x", "y"), [["", ""]])]),
        # Of a map the properties of its places.
        ([{"type": "Feature", "properties": {"n": 3}}], [("", ("n",), [["3"]])]),
        ({"a": [{"coordinates": [[1, 2]], "n": 3}]}, [("a", ("coordinates", "n"), [["", "3"]])]),
        ({"arcs": [[1, 2]], "bbox": [[3, 4]]}, []),
        # Lists of scalars, which may hold lists, and what these hold.
        ({"a": [[1, [2], 3], [4, 5]]}, [("a", (), [["1", "3"], ["4", "5"]])]),
        ([[[1], [2]], [[3], [4]]], [("", (), [["1"], ["2"]]), ("", (), [["3"], ["4"]])]),
        ([[1], [[2]]], [("", (), [["1"], []]), ("", (), [["2"]])]),
        ([[1], 2], []),
        ([1, 2], []),
        ("text", []),
        ([{"a": [{"b": 1}]}], [("", ("a",), [[""]]), ("a", ("b",), [["1"]])]),
    ],
)
def test_lists_of_records_or_of_scalars_are_tables(node: object, tables: list) -> None:
    found = [(one.place, one.columns, [[*row] for row in one.rows]) for one in tables_in(node)]
    assert found == tables


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("&amp;#83;", "S"),  # escaped twice, as by a template and its page
        ("&amp;amp;#83;", "&#83;"),
        ("S\u200bI\u00adM", "SIM"),
        ("ＳＩＭ", "SIM"),
        ("\u0405\u0406\u041c", "SIM"),
        ("企业", "企业"),
    ],
)
def test_a_text_is_read_without_what_hides_its_letters(text: str, seen: str) -> None:
    assert plain(text) == seen


def found(table: Table, name: str = "site/a.json", **firms: frozenset) -> list[str]:
    given = {"codes": NONE_OF, "rows": NONE_OF, "scores": NONE_OF, "numbers": NONE_OF} | firms
    content = Content(tables=[table])
    return [one.what for one in TableScan(Firms(**given)).findings(File(name, b""), content)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [(2000, []), (2001, ["2001 rows"]), (46, ["46 rows"]), (45, []), (3000, ["3000 rows"])],
)
def test_a_table_longer_than_any_of_groups_or_as_long_as_firms_are_many_is_found(
    rows: int, told: list[str]
) -> None:
    assert found(Table("", ("a",), [["甲"]] * rows), numbers=frozenset({46, 3000})) == told


CODE = "91320200MA1XXXXX0A"


@pytest.mark.parametrize(
    ("row", "is_found"),
    [
        ((CODE[:6], CODE[6:]), True),
        ((CODE[6:], "x", CODE[:6]), True),
        ((CODE[12:], CODE[:6], CODE[6:12]), True),
        ((CODE[:3], CODE[3:]), True),
        ((CODE[:2], CODE[2:]), False),  # a part of two letters is none
        ((CODE[:4], CODE[4:8], CODE[8:12], CODE[12:]), False),
        ((CODE[:6], CODE[6:-1]), False),
        ((CODE[:6], CODE[6:], *["123"] * 10), True),  # twelve parts
        ((CODE[:6], CODE[6:], *["123"] * 11), False),
        ((*["x"] * 38, CODE[:6], CODE[6:]), True),  # the fortieth cell is looked at
        ((*["x"] * 39, CODE[:6], CODE[6:]), False),
    ],
)
def test_a_code_is_found_in_two_or_three_cells_of_a_row(row: tuple, is_found: bool) -> None:
    told = found(Table("", (), [row]), codes=frozenset({CODE}))
    assert sorted(set(told)) == ([CODE] if is_found else [])


SCORES = [1.0005 + number / 1000 for number in range(9)]


@pytest.mark.parametrize(
    ("known", "others", "is_found"),
    [(8, 0, True), (7, 0, False), (8, 7, True), (8, 8, False)],
)
def test_eight_scores_of_firms_among_no_more_other_long_numbers_are_found(
    known: int, others: int, is_found: bool
) -> None:
    values = [*SCORES[:known], *(3.1234 + number for number in range(others))]
    # Numbers of two decimals are no scores, however many.
    rows = [[f"甲{at}", repr(value), "12.25"] for at, value in enumerate(values)] + [["", "5.5"]]
    # So long that it is not read on its side too.
    rows += [["乙", "1"]] * 40
    told = found(Table("", (), rows), scores=frozenset(SCORES))
    assert told == ([f"{known} total scores of single firms"] if is_found else [])


ROWS = frozenset({(113.0, 2480.0, 1.2345), (217.0, 5310.0, 2.3456), (331.0, 7790.0, 0.3456)})
PAIRS = [("113", "2,480"), ("217 人", "5310 万元"), ("331", "7790")]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (PAIRS, 3),
        (PAIRS[:2], 0),  # two may be chance
        ([("2480", "113", "1.2345")], 1),  # its score makes one certain
        ([("113", "2480", "1.2344")], 0),
        # Beside two firms of which none is certain stands the score of one, or of none.
        ([("113", "2480", "217", "5310", "1.2345")], 1),
        ([("113", "2480", "217", "5310", "1.2344")], 0),
        ([("113", "x" * 9, "y", "2480", "1.2345")], 1),
        ([("113",), ("2480",), ("1.2345",)], 1),  # a table that stands on its side
        ([("113",), ("2480",), *[("0",)] * 37, ("1.2345",)], 1),  # forty rows at most
        ([("113",), ("2480",), *[("0",)] * 38, ("1.2345",)], 0),
        ([("1e999", "113", "2480", "1.2345")], 1),
        ([*PAIRS[:2], *PAIRS[:2]], 0),
    ],
)
def test_rows_of_persons_and_revenue_are_found_when_chance_cannot_have_made_them(
    rows: list, told: int
) -> None:
    expected = [f"{told} rows of single firms"] if told else []
    assert found(Table("", (), rows), rows=ROWS) == expected


@pytest.mark.parametrize(
    ("name", "is_looked_at"),
    [
        ("site/_static/jquery.json", False),  # a package brought it
        ("site/_static/map.js", True),  # it is the book's own
        ("site/static/a.json", True),
        ("source/_static/a.json", True),
    ],
)
def test_tables_of_packages_are_not_looked_at(name: str, is_looked_at: bool) -> None:
    assert found(Table("", ("credit_code",), [["=1"]]), name) == (
        ["columns credit_code"] if is_looked_at else []
    )


@pytest.mark.parametrize(
    ("cell", "computed"),
    [
        ("=1+1", True), ("+A1", True), ("-A1", True), ("@SUM(A1)", True), ("＝1", True),
        (" =1", True), ("\u00a0=1", True), ("\tx", True), ("-2+3", True),
        ("-3.5", False), ("+3.5%", False), ("-1,234", False), ("-", False), ("--", False),
        ("-3 家", False), ("-3.5 个百分点", False), ("1e-05", False), ("-.5", False),
        ("江苏省", False), ("1=1", False), ("", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_a_cell_that_a_spreadsheet_would_compute_is_found(cell, computed, suffix: str) -> None:
    table = Table("", ("a", "b"), [["x", "y"], ["z", cell]])
    scan = TableScan(Firms(NONE_OF, NONE_OF, NONE_OF, NONE_OF))
    told = list(scan.findings(File(f"source/a.{suffix}", b""), Content(tables=[table])))
    expected = [("row 3, column 2", "a spreadsheet would compute it")]
    assert [(one.place, one.how) for one in told] == (
        expected if computed and suffix != "json" else []
    )


@pytest.mark.parametrize("missing", [None, *sorted(TIDY)])
def test_the_data_of_an_exhibit_have_the_columns_that_the_attack_reads(missing) -> None:
    table = Table("", tuple(sorted(TIDY - {missing})), [])
    told = found(table, "site/exhibits/fig-01.csv")
    assert told == (["data that cannot be attacked"] if missing else [])
    assert found(table, "site/data/a.csv") == found(table, "source/exhibits/fig-01.json") == []
