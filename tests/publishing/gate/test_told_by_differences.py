"""Rows that a reader makes of others: the other term of a difference, the whole of a list."""

from __future__ import annotations

import pytest

from smdi.publishing.gate.attack.differences import other_terms
from smdi.publishing.gate.attack.others import wholes_told
from smdi.publishing.gate.attack.tidy_rows import Row, rows_of

HEAD = "measure,group,year,value,unit,base,withheld\n"
SHOWN = "share_level_3,江苏省,2021,12.25,%,100,False"
BEFORE = "share_level_3,江苏省,2020,,%,60,True"
NEIGHBOUR = "share_level_3,山东省,2021,,%,40,True"


def rows(*lines: str) -> list[Row]:
    return rows_of("fig-a1", HEAD + "\n".join(lines) + "\n")


def difference(kind: str, value: object, group: str = "江苏省", year: int = 2021) -> str:
    return f"share_level_3_{kind},{group},{year},{value},百分点,100,False"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([SHOWN, BEFORE, difference("change", 2.25)], [("江苏省", 2020, 10.0, 1)]),
        ([SHOWN, BEFORE, difference("increase", 2.25)], [("江苏省", 2020, 10.0, 1)]),
        ([SHOWN, BEFORE, difference("decrease", 2.25)], [("江苏省", 2020, 14.5, 1)]),
        ([SHOWN, NEIGHBOUR, difference("lead", 2.25)], [("山东省", 2021, 10.0, 1)]),
        # The less certain of the two counts, and never less than a whole number.
        ([SHOWN, BEFORE, difference("change", 2.5)], [("江苏省", 2020, 9.75, 0)]),
        ([SHOWN, BEFORE, difference("change", 2.125)], [("江苏省", 2020, 10.125, 1)]),
        ([SHOWN, BEFORE, difference("change", 2)], [("江苏省", 2020, 10.25, 0)]),
        # A change is of the same group, a lead of the same year.
        ([SHOWN, NEIGHBOUR, difference("change", 2.25)], []),
        ([SHOWN, BEFORE, difference("lead", 2.25)], []),
        # Each is known only where the other term is, and of two withheld ones neither.
        ([SHOWN, BEFORE, difference("change", "")], []),
        ([SHOWN.replace("12.25", ""), BEFORE, difference("change", 2.25)], []),
        ([BEFORE, difference("change", 2.25)], []),
        ([SHOWN, BEFORE, BEFORE.replace("2020", "2019"), difference("change", 2.25)], []),
        # Of another measure, with a value, or of no firms: no term.
        ([SHOWN, BEFORE.replace("level_3", "level_2"), difference("change", 2.25)], []),
        ([SHOWN.replace("level_3", "level_2"), BEFORE, difference("change", 2.25)], []),
        ([SHOWN, BEFORE.replace("60,True", "0,True"), difference("change", 2.25)], []),
        ([SHOWN, BEFORE.replace("60,True", "60,False"), difference("change", 2.25)], []),
        ([SHOWN, BEFORE.replace(",,", ",10.5,"), difference("change", 2.25)], []),
        ([SHOWN, BEFORE, "share_level_3_change_of,江苏省,2021,2.25,百分点,100,False"], []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_a_difference_tells_the_term_that_is_withheld(lines, told, turned: bool) -> None:
    found = list(other_terms(rows(*(lines[::-1] if turned else lines))))
    assert [(row.group, row.year, row.value, row.decimals) for row in found] == told
    assert {(row.measure, row.withheld) for row in found} <= {("share_level_3", False)}


def count(group: str, value: object, year: int = 2021, unit: str = "家", base: int = 0) -> str:
    return f"firms,{group},{year},{value},{unit},{base or value or 0},{value == ''}"


OTHERS = "firms_rest,其他省份,2021,5,家,5,False"
OTHER_SHARES = "share_level_2_rest,其他行业,2021,50,%,40,False"


def share(group: str, value: object, base: int, measure: str = "share_level_2") -> str:
    return f"{measure},{group},2021,{value},%,{base},{value == ''}"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([OTHERS, count("江苏省", 20), count("山东省", 30)], [("firms", 55.0, 55)]),
        ([OTHERS], [("firms", 5.0, 5)]),
        # Of another year, in another unit, of another measure, or withheld.
        ([OTHERS, count("江苏省", 20), count("江苏省", 30, year=2020)], [("firms", 25.0, 25)]),
        ([OTHERS, count("江苏省", 20, unit="个")], [("firms", 5.0, 5)]),
        ([OTHERS, count("江苏省", 20).replace("firms", "visits")], [("firms", 5.0, 5)]),
        ([OTHERS, count("江苏省", "")], [("firms", 5.0, 5)]),
        ([OTHERS.replace(",5,家", ",,家")], []),
        ([OTHERS.replace("家", "分")], []),
        ([count("江苏省", 20)], []),
        # A share of a whole weighs the parts by their firms: (50 x 40 + 20 x 60) / 100.
        ([OTHER_SHARES, share("纺织业", 20, 60)], [("share_level_2", 32.0, 100)]),
        ([OTHER_SHARES, share("纺织业", 20, 60), share("汽车", 80, 100)],
         [("share_level_2", 56.0, 200)]),
        ([OTHER_SHARES.replace(",40,", ",0,")], []),
        # Where one is told in other classes of levels, what is listed is not all.
        ([OTHER_SHARES, share("纺织业", 20, 60), share("汽车", 80, 100, "share_level_3")], []),
        ([OTHER_SHARES, share("纺织业", 20, 60), share("纺织业", 80, 60, "share_level_3")],
         [("share_level_2", 32.0, 100)]),
    ],
)  # fmt: skip
def test_those_listed_and_all_others_are_the_whole(lines: list[str], told) -> None:
    found = list(wholes_told(rows(*lines), "全国"))
    assert [(row.measure, row.value, row.base) for row in found] == told
    assert {row.group for row in found} <= {"全国"}
