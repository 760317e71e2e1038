"""Charts say what their frame says: values, order, units, colours, and what is withheld."""

from __future__ import annotations

import re

import pytest

from smdi.report import chart_html, charts, rendering, theme
from smdi.report.charts.frames import number_text, wrap
from smdi.report.exhibits import check_spec
from smdi.standards import divisions
from tests.report.drawings import glyphs
from tests.report.drawings.charts_frames import levels, tidy, together

PRACTICES = ("private_network", "industrial_security", "intelligent_decision")
REGIONS = [("江苏省", 4654.0), ("山东省", 2753.0), ("宁夏回族自治区", 1108.0)]


def participants(values=REGIONS):
    return tidy((("participants", name, 2021, value) for name, value in values), "家")


def practice_rates(second=28.0):
    rates = {"private_network": (18, 11), "industrial_security": (42, second)}
    return tidy(
        (name, group, 2021, value)
        for name, pair in rates.items()
        for group, value in zip(("电子信息", "全行业"), pair, strict=True)
    )


def domain_scores(pairs):
    return tidy(
        (
            (f"domain_{name}", group, 2021, value)
            for name, pair in pairs.items()
            for group, value in zip(("离散型", "流程型"), pair, strict=True)
        ),
        "分",
    )


SHARES = {
    ("全国", 2019): (77, 14, 4, 5),
    ("全国", 2020): (75, 14, 6, 5),
    ("全国", 2021): (69, 15, 7, 9),
}

EVERY_FORM = {
    "ranked": lambda: charts.ranked_bars(participants()),
    "levels": lambda: charts.level_shares(levels(SHARES)),
    "scores": lambda: charts.score_ranges(
        domain_scores({"design": (1.3, 1.1), "data": (0.9, 1.2)})
    ),
    "coverage": lambda: charts.coverage_bars(
        tidy(
            [
                ("coverage_design", "中小企业", 2021, 68.37),
                ("coverage_sales", "中小企业", 2021, 81.08),
            ]
        )
    ),
    "comparison": lambda: charts.practice_comparison(practice_rates()),
    "trend": lambda: charts.practice_trend(
        tidy(
            [
                ("equipment_networking", "全行业", year, value)
                for year, value in ((2020, 23), (2021, 28.78))
            ]
        )
    ),
}


def data_rows(chart):
    """The rows of a chart's only data."""
    spec = rendering.spec(chart)
    (rows,) = spec["datasets"].values()
    return rows


def drawn_texts(chart):
    return glyphs.texts(rendering.svg(chart))


@pytest.mark.parametrize("form", EVERY_FORM)
def test_every_form_says_in_chinese_what_it_shows(form):
    alt = rendering.description(EVERY_FORM[form]())
    assert alt.endswith("。")
    assert "nan" not in alt.lower()
    assert "_" not in alt


@pytest.mark.parametrize("form", EVERY_FORM)
def test_the_axis_of_values_names_its_unit(form):
    unit = {"ranked": "（家）", "scores": "（分）"}.get(form, "（%）")
    assert any(text.endswith(unit) for text in drawn_texts(EVERY_FORM[form]()))


@pytest.mark.parametrize("form", EVERY_FORM)
def test_a_spec_holds_no_more_rows_than_its_frame(form):
    check_spec(form, rendering.spec(EVERY_FORM[form]()), 12)


def test_ranked_bars_keep_the_order_of_the_frame_and_leave_ranks_out():
    frame = tidy([("rank", name, 2021, place) for place, (name, _) in enumerate(REGIONS, 1)], "位")
    texts = drawn_texts(charts.ranked_bars(together(frame, participants())))
    names = [text for text in texts if text.endswith(("省", "自治区"))]
    assert names == ["江苏省", "山东省", "宁夏回族自治区"]
    assert {"4654", "2753", "1108"} <= set(texts)


def test_numbers_of_firms_have_no_separators_on_the_axis():
    assert "4000" in drawn_texts(charts.ranked_bars(participants()))


def test_levels_stand_in_one_order_with_one_colour_each_whatever_the_frame_s_order():
    shuffled = levels(SHARES).iloc[::-1]
    for frame in (levels(SHARES), shuffled):
        spec = rendering.spec(charts.level_shares(frame))
        scale = spec["layer"][0]["encoding"]["color"]["scale"]
        assert scale["domain"][:4] == ["一级及以下", "二级", "三级", "四级及以上"]
        assert tuple(scale["range"][:4]) == theme.LEVEL_COLOURS


def test_segments_of_a_bar_rise_from_left_to_right_whatever_the_frame_s_order():
    frame = levels({("全国", 2021): (69, 15, 7, 9)})
    drawing = rendering.svg(charts.level_shares(frame.iloc[::-1]))
    found = re.findall(r'd="M([\d.]+),[\d.]+h[\d.]+v[^"]*" fill="(#\w+)"', drawing)
    bars = [(float(at), colour) for at, colour in found if colour in theme.LEVEL_COLOURS]
    assert [colour for _, colour in sorted(bars)][:4] == list(theme.LEVEL_COLOURS)
    texts = re.findall(r'translate\(([\d.]+),[\d.]+\)"[^>]*>([\d.]+%)<', drawing)
    assert [text for _, text in sorted((float(at), text) for at, text in texts)] == [
        "69.0%", "15.0%", "7.0%", "9.0%"
    ]  # fmt: skip


def test_years_go_from_the_oldest_to_the_newest():
    texts = drawn_texts(charts.level_shares(levels(SHARES).iloc[::-1]))
    assert [text for text in texts if text.endswith("年")] == ["2019年", "2020年", "2021年"]


def test_bars_of_groups_and_years_are_named_by_both():
    frame = levels({("纺织业", 2020): (78, 10, 5, 7), ("纺织业", 2021): (74, 12, 5, 9),
                    ("汽车制造业", 2021): (54, 22, 14, 10)})  # fmt: skip
    texts = drawn_texts(charts.level_shares(frame))
    assert "纺织业（2020年）" in texts


def test_a_withheld_class_ends_its_bar_as_not_published():
    frame = levels({("纺织业", 2021): (70, None, None, 20)})
    chart = charts.level_shares(frame)
    rows = data_rows(chart)
    assert [(row["series"], row["value"]) for row in rows][-1] == ("未公布", 10)
    assert sum(row["value"] for row in rows) == 100
    assert "未公布" in rendering.description(chart)


def test_other_measures_of_the_frame_are_not_drawn_as_levels():
    leads = tidy([("share_level_ge4_lead", "离散型", 2021, 2.7)], "百分点")
    frame = together(levels({("离散型", 2021): (67.1, 15.6, 7.3, 10)}), leads)
    rows = data_rows(charts.level_shares(frame))
    assert len(rows) == 4


def test_a_withheld_rate_is_said_and_draws_no_bar():
    texts = drawn_texts(charts.practice_comparison(practice_rates(second=None)))
    assert "未公布" in texts
    assert "42%" in texts


def test_a_missing_value_is_a_dash_and_no_secret():
    texts = drawn_texts(charts.practice_comparison(practice_rates(second=float("nan"))))
    assert "—" in texts
    assert "未公布" not in texts


def test_the_later_year_is_the_darker_one():
    assert theme.contrast(theme.BEFORE_AND_NOW[1], theme.PAPER) > 2 * theme.contrast(
        theme.BEFORE_AND_NOW[0], theme.PAPER
    )


def test_scores_stand_beside_their_points_the_lower_left_the_higher_right():
    rows = data_rows(charts.score_ranges(domain_scores({"design": (1.3, 1.1)})))
    sides = {row["series"]: row["side"] for row in rows}
    assert sides == {"离散型": "right", "流程型": "left"}


def test_a_domain_without_one_score_says_which():
    chart = charts.score_ranges(domain_scores({"design": (None, 1.1), "data": (0.9, 1.6)}))
    assert "离散型未公布" in drawn_texts(chart)


def test_a_domain_without_any_score_says_so_once():
    chart = charts.score_ranges(domain_scores({"design": (None, None), "data": (0.9, 1.6)}))
    assert drawn_texts(chart).count("未公布") == 1
    assert "离散型未公布" not in drawn_texts(chart)


@pytest.mark.parametrize(
    ("score", "ticks"), [(0.957, ("0.6", "1.4")), (0.2, ("0.0", "1.0")), (3.0, ("2.6", "3.4"))]
)
def test_a_single_score_stands_on_a_scale_of_several_numbers(score, ticks):
    chart = charts.score_ranges(domain_scores({"design": (score, None), "data": (None, None)}))
    assert set(ticks) <= set(drawn_texts(chart))


@pytest.mark.parametrize("withheld", [True, False])
def test_a_chart_without_any_value_is_a_line_that_says_why(withheld):
    frame = domain_scores({"design": (None, None), "data": (None, None)}).assign(withheld=withheld)
    texts = drawn_texts(charts.score_ranges(frame))
    assert len(texts) == 1
    assert ("不予公布" in texts[0]) == withheld


def test_a_chart_has_one_unit():
    mixed = together(participants(), tidy([("participants", "北京市", 2021, 5.0)], "%"))
    with pytest.raises(ValueError, match="one unit"):
        charts.ranked_bars(mixed)


def test_a_measure_without_a_name_is_reported_with_the_way_out():
    with pytest.raises(KeyError, match=r"wormholes.*labels"):
        charts.grouped_bars(tidy([("wormholes", "全行业", 2021, 1.0)]))
    labelled = charts.grouped_bars(
        tidy([("wormholes", "全行业", 2021, 1.0)]), labels={"wormholes": "虫洞"}
    )
    assert "虫洞" in drawn_texts(labelled)


def test_every_practice_domain_and_level_has_a_chinese_name():
    for frame in (practice_rates(), domain_scores({"design": (1, 2)}), levels(SHARES)):
        for measure in frame["measure"].unique():
            assert not charts.measure_label(measure).isascii()


@pytest.mark.parametrize("name", divisions()["name_zh"])
def test_names_of_industries_wrap_into_lines_that_begin_with_no_mark(name):
    lines = wrap(name).split("\n")
    assert "".join(lines) == name
    assert all(3 <= len(line) <= 14 for line in lines)
    assert not any(line[0] in "、，）" for line in lines)


def test_a_chart_of_no_data_says_so():
    assert "没有" in rendering.description(charts.ranked_bars(participants([])))


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.125, 2, "0.13"), (-7.19, 2, "−7.19"), (-0.001, 1, "0.0"), (28.7799, 2, "28.78")],
)
def test_numbers_round_halves_up_and_have_a_true_minus(value, digits, text):
    assert number_text(value, digits) == text


def trend(now, before):
    return tidy(
        (name, "全国", year, value)
        for name, pair in zip(PRACTICES, zip(now, before, strict=True), strict=False)
        for year, value in zip((2021, 2020), pair, strict=True)
    )


def test_bars_bear_the_name_of_their_series_where_it_fits_and_no_legend_then():
    named = rendering.svg(charts.practice_trend(trend((60, 20), (50, 19))))
    assert glyphs.texts(named).count("2021年") == 1
    assert "role-legend" not in named


def test_names_stand_in_the_first_bars_that_have_room_for_all_of_them():
    rows = rendering.spec(charts.practice_trend(trend((60, 50), (4, 45))))
    told = [row for data in rows["datasets"].values() for row in data if "within" in row]
    assert {row["value"] for row in told} == {50, 45}


def test_scores_bear_the_names_of_both_groups_beside_points_and_no_legend_then():
    scores = {"data": (1.3, 1.7), "design": (1.2, 1.8)}
    drawn = rendering.svg(charts.score_ranges(domain_scores(scores)))
    assert "role-legend" not in drawn
    assert {one for one in glyphs.texts(drawn) if one.endswith("型")} == {"流程型", "离散型"}


@pytest.mark.parametrize(
    "scores",
    [
        {"data": (1.3, 1.301), "design": (1.9, 1.901)},  # no two points apart
        {"data": (1.3, 1.3), "design": (1.9, 1.9)},  # alike
        {"data": (1.3, None), "design": (None, 1.9)},
    ],
)
def test_a_legend_tells_groups_apart_where_no_points_have_room_for_names(scores):
    assert "role-legend" in rendering.svg(charts.score_ranges(domain_scores(scores)))


@pytest.mark.parametrize(("letters", "columns"), [(16, 2), (19, 1)])
def test_a_legend_of_a_narrow_box_has_a_line_for_each_of_long_names(letters, columns):
    rows = [("domain_security", name, 2021, 1.3) for name in ("业" * letters, "全国")]
    spec = rendering.spec(charts.score_ranges(tidy(rows, "分")))
    assert chart_html.narrowed(spec)["config"]["legend"]["columns"] == columns


def test_a_legend_cuts_the_name_of_no_industry_in_either_box():
    longest = max(divisions()["name_zh"], key=len)
    rows = [("domain_security", name, 2021, 1.3) for name in (longest, "全国")]
    spec = rendering.spec(charts.score_ranges(tidy(rows, "分")))
    for box in (spec, chart_html.narrowed(spec)):
        assert longest in glyphs.texts(rendering.spec_svg(box))


def test_a_legend_tells_series_apart_where_no_bar_has_room():
    drawn = rendering.svg(charts.practice_trend(trend((60, 3), (4, 2))))
    assert "role-legend" in drawn


def test_a_single_series_has_no_legend():
    only = tidy([(name, "全国", 2021, 20.0) for name in PRACTICES])
    for chart in (charts.practice_trend(only), charts.score_ranges(only)):
        assert "role-legend" not in rendering.svg(chart)
