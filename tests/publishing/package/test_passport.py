"""How an exhibit was computed, line by line: each line whole, and when there is none."""

from __future__ import annotations

import pytest

from smdi.indicators.tidy import Row, frame
from smdi.publishing.package.passport import passport, showing_cell
from smdi.report.charts.frames import records


def lines(*rows: Row, statuses: list[str] | None = None) -> dict[str, str]:
    data = frame(list(rows))
    data = data if statuses is None else data.assign(status=statuses)
    return dict(passport(records(data), "sme", 1, "ab" * 32))


def shares(*bases: tuple[int, int]) -> list[Row]:
    return [Row("share_level_2", str(n), y, 5.0, "%", base) for n, (y, base) in enumerate(bases)]


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (["published", "published", "derived"], "已公布 2，由已公布数值推算 1"),
        (["derived", "published", "derived"], "由已公布数值推算 2，已公布 1"),
        # A row of which nothing is known is none of a kind.
        (["", "published", ""], "已公布 1"),
        (["simulated"] * 3, "模拟 3"),
        (["", "", ""], None),
        (None, None),
    ],
)
def test_values_are_counted_by_what_they_are_known_from(statuses, told: str | None) -> None:
    found = lines(*shares(*[(2021, 9)] * 3), statuses=statuses)
    assert found.get("数据性质") == told


@pytest.mark.parametrize(
    ("bases", "told"),
    [
        ([(2021, 90)], "2021 年 90 家"),
        ([(2021, 90), (2021, 90)], "2021 年 90 家"),
        ([(2021, 1200), (2021, 90)], "2021 年 90—1200 家"),
        ([(2021, 90), (2020, 70), (2020, 80)], "2020 年 70—80 家，2021 年 90 家"),
        ([(2021, 1), (2021, 0)], "2021 年 1 家"),
        ([(2021, 0)], "无"),
    ],
)
def test_the_bases_of_each_year_are_told_from_the_least_to_the_most(bases, told: str) -> None:
    assert lines(*shares(*bases))["基数"] == told


def test_a_number_of_firms_has_no_base() -> None:
    count = Row("participants", "全国", 2021, 5.0, "家", 5)
    assert lines(count)["基数"] == "无"
    assert lines(count, *shares((2021, 90)))["基数"] == "2021 年 90 家"


@pytest.mark.parametrize(
    ("measures", "clauses"),
    [
        (["share_level_2", "share_level_3"], "GB/T 39117-2020（由各项得分计算总分并判定等级）"),
        (["domain_data"], "GB/T 39116-2020（能力域）、GB/T 39117-2020（计分与权重）"),
        (["growth"], "不涉及标准的评分条款"),
        (["data_domain_x"], "不涉及标准的评分条款"),
        (
            ["growth", "share_level_2", "growth"],
            "不涉及标准的评分条款；GB/T 39117-2020（由各项得分计算总分并判定等级）",
        ),
    ],
)
def test_each_clause_that_measures_rest_on_is_named_once(measures, clauses: str) -> None:
    rows = [Row(name, str(n), 2021, 5.0, "%", 9) for n, name in enumerate(measures)]
    assert lines(*rows)["依据"] == clauses


def test_a_measure_without_a_name_is_not_named_by_its_code() -> None:
    rows = [Row(name, "甲", 2021, 5.0, "%", 9) for name in ("share_level_2_3_lead", "days_off")]
    assert lines(*rows)["指标"] == "二级和三级企业合计占比的差距"
    assert "指标" not in lines(rows[1])


def test_each_formula_is_told_once_in_the_order_of_its_first_measure() -> None:
    rows = [
        Row("participants", "甲", 2021, 5.0, "家", 5),
        *shares((2021, 9), (2021, 9)),
        Row("participants", "乙", 2021, 5.0, "家", 5),
    ]
    assert lines(*rows)["算法"] == "符合条件的企业数；符合条件的企业数 ÷ 基数，以百分数表示"


def test_the_lines_stand_in_one_order_and_ranks_are_no_values() -> None:
    found = lines(
        *shares((2021, 9)), Row("rank", "0", 2021, 1.0, "位", 0), statuses=["derived"] * 2
    )
    names = ["指标", "算法", "依据", "基数", "数值", "数据性质", "程序", "指纹"]
    assert list(found) == names
    assert (found["数值"], found["数据性质"], found["指纹"]) == (
        "1 个",
        "由已公布数值推算 1",
        "ab" * 8,
    )


@pytest.mark.parametrize(
    ("source", "shows"),
    [
        ('chapter.show("fig-01", x)', True),
        ('chapter.show(  "fig-01")', True),
        ('chapter.show("fig-011", x)', False),
        ('chapter.shown("fig-01", x)', False),
        ('show("fig-01")', False),
        ("chapter.show(figure)", False),
    ],
)
def test_a_cell_shows_an_exhibit_that_it_names(source: str, shows: bool) -> None:
    assert showing_cell(["", source], "fig-01") == (2 if shows else 0)


def test_of_two_cells_that_show_an_exhibit_the_first_is_named() -> None:
    assert showing_cell(["", *['c.show("fig.1")'] * 2], "fig.1") == 2
    assert showing_cell(['c.show("fig-1")'], "fig.1") == 0
