"""What each kind of row says of which firms, as a person would read it off the page."""

from __future__ import annotations

import pytest

from smdi.publishing.gate.attack.cells import cell, name_of
from smdi.publishing.gate.attack.statements import Number, statements_of, whole_numbers
from smdi.publishing.gate.attack.system import system_of
from smdi.publishing.gate.attack.tidy_rows import Row, rows_of

from .test_attack import WITHHELD, csv

JIANGSU = {"province": "江苏省"}
CARS_OF_JIANGSU = {**JIANGSU, "industry": "36"}


def said(row: tuple, given: dict[str, str], exhibit: str = "fig-a1", year: int = 2021) -> list[str]:
    """What a row says: firms, means and withheld groups, each within its bounds."""
    made = statements_of(rows_of(exhibit, csv([row], year)), given)
    firms = [f"{n.low:.5g}–{n.high:.5g} {name_of(n.cell)}" for n in made.numbers]
    means = [f"mean {m.measure} {m.low:g}–{m.high:g} {name_of(m.cell)}" for m in made.means]
    return firms + means + [f"withheld {name_of(group)}" for group, _ in made.withheld]


OF_JIANGSU = "firms=assessed 2021, region=江苏省"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        # Counts: what has no base and is not withheld is a number of the standard.
        (("firms", "江苏省", 46, "家", 46), [f"46–46 {OF_JIANGSU}"]),
        (("firms", "江苏省", 46, "家", 0), []),
        (("firms", "江苏省", WITHHELD, "家", 0), [f"withheld {OF_JIANGSU}"]),
        (
            ("firms_level_ge2", "江苏省", 9, "家", 9),
            ["9–9 firms=assessed 2021, level=ge2, region=江苏省"],
        ),
        (("visits", "江苏省", 9, "家", 9), [f"9–9 count=fig-a1 visits, {OF_JIANGSU}"]),
        (("participants", "江苏省", 46, "家", 46), ["46–46 firms=until 2021, region=江苏省"]),
        (("participants", "江苏省", 46, "家", 0), []),
        (
            ("participants", "江苏省", WITHHELD, "家", 0),
            ["withheld firms=until 2021, region=江苏省"],
        ),
        # 12 are between 249.5 % and 250.5 % more than 3.43 firms; whole numbers are made later.
        (
            ("growth", "江苏省", 250, "%", 12),
            [
                "12–12 firms=until 2021, region=江苏省",
                "3.4237–3.4335 firms=until 2020, region=江苏省",
            ],
        ),
        (("growth", "江苏省", WITHHELD, "%", 12), ["12–12 firms=until 2021, region=江苏省"]),
        (("growth", "江苏省", -99.5, "%", 12), [
            "12–12 firms=until 2021, region=江苏省",
            "2181.8–2666.7 firms=until 2020, region=江苏省",
        ]),
        # All but a few of a million have left, as far as it is told: no end can be put to them.
        (("growth", "江苏省", -99.999, "%", 12), ["12–12 firms=until 2021, region=江苏省"]),
        (("growth", "江苏省", 250, "%", 0), []),
        # Shares: of those below them, within their decimals, neither below none nor above all.
        (
            ("share_level_2", "江苏省", 12.3, "%", 1000),
            [f"1000–1000 {OF_JIANGSU}", "122.5–123.5 firms=assessed 2021, level=2, region=江苏省"],
        ),
        (
            ("share_level_2", "江苏省", 0, "%", 1000),
            [f"1000–1000 {OF_JIANGSU}", "0–5 firms=assessed 2021, level=2, region=江苏省"],
        ),
        (
            ("share_level_2", "江苏省", 100, "%", 1000),
            [f"1000–1000 {OF_JIANGSU}", "995–1000 firms=assessed 2021, level=2, region=江苏省"],
        ),
        (
            ("share_level_2", "江苏省", WITHHELD, "%", 1000),
            [f"1000–1000 {OF_JIANGSU}", "withheld firms=assessed 2021, level=2, region=江苏省"],
        ),
        (("share_level_2", "江苏省", 12.3, "%", 0), []),
        (("share_of_nation", "江苏省", 12.3, "%", 1000), []),
        (
            ("coverage_sales", "江苏省", 50, "%", 10),
            [f"10–10 {OF_JIANGSU}", "4.95–5.05 firms=assessed 2021, has:sales=yes, region=江苏省"],
        ),
        (
            ("sme_share", "江苏省", 50, "%", 10),
            [f"10–10 {OF_JIANGSU}", "4.95–5.05 firms=assessed 2021, region=江苏省, size=sme"],
        ),
        (
            ("sme_share_of_level_le1", "江苏省", 50, "%", 10),
            [
                "10–10 firms=assessed 2021, level=le1, region=江苏省",
                "4.95–5.05 firms=assessed 2021, level=le1, region=江苏省, size=sme",
            ],
        ),
        # Practices: over those that were asked, and a ratio is a mean.
        (
            ("remote_operation", "江苏省", 50, "%", 10),
            [
                "10–10 asked:remote_operation=yes, firms=assessed 2021, region=江苏省",
                "4.95–5.05 asked:remote_operation=yes, firms=assessed 2021, region=江苏省, "
                "uses:remote_operation=yes",
            ],
        ),
        (
            ("equipment_digitalisation_rate", "江苏省", 50, "%", 10),
            [
                "10–10 asked:equipment_digitalisation_rate=yes, firms=assessed 2021, region=江苏省",
                "mean equipment_digitalisation_rate 49.5–50.5 "
                "asked:equipment_digitalisation_rate=yes, firms=assessed 2021, region=江苏省",
            ],
        ),
        # Means: of a business over those that have it.
        (
            ("domain_data", "江苏省", 1.25, "分", 46),
            [f"46–46 {OF_JIANGSU}", f"mean domain_data 1.245–1.255 {OF_JIANGSU}"],
        ),
        (("domain_data", "江苏省", 1.25, "分", 0), [f"mean domain_data 1.245–1.255 {OF_JIANGSU}"]),
        (("domain_data", "江苏省", WITHHELD, "分", 0), [f"withheld {OF_JIANGSU}"]),
        (
            ("domain_sales", "江苏省", 1.25, "分", 46),
            [
                "46–46 firms=assessed 2021, has:sales=yes, region=江苏省",
                "mean domain_sales 1.245–1.255 firms=assessed 2021, has:sales=yes, region=江苏省",
            ],
        ),
        # Of a difference the base alone.
        (("share_level_2_change", "江苏省", 1.5, "百分点", 400), [f"400–400 {OF_JIANGSU}"]),
        (("share_level_2_change", "江苏省", 1.5, "百分点", 0), []),
        (
            ("remote_operation_lead", "江苏省", 1.5, "百分点", 400),
            ["400–400 asked:remote_operation=yes, firms=assessed 2021, region=江苏省"],
        ),
        (("rank", "江苏省", 3, "位", 31), []),
        (("firms", "不知名", 46, "家", 46), []),
        # What is told together is a group that nothing else divides.
        (
            ("firms_rest", "其他省份", 3, "家", 3),
            ["3–3 count=firms_rest, others=fig-a1 2021, all firms"],
        ),
        (("firms_rest", "其他省份", WITHHELD, "家", 0), []),
        (("rank_rest", "其他省份", 3, "位", 3), []),
        (
            ("share_level_2_rest", "其他省份", 50, "%", 10),
            [
                "10–10 others=fig-a1 2021, all firms",
                "4.95–5.05 count=share_level_2_rest, others=fig-a1 2021, all firms",
            ],
        ),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_row_says_how_many_firms_of_which_group(row: tuple, told: list[str]) -> None:
    found = said(row, {})
    assert [one for one in found if "others=" not in one or "_rest" in row[0]][: len(told)] == told
    # Whoever is told together is told beside those listed, of whom there are none here.
    assert len(found) == len(told) or row[0].endswith("_rest")


@pytest.mark.parametrize(
    ("group", "given", "firms"),
    [
        ("全国", {}, ""),
        ("全国", CARS_OF_JIANGSU, ""),
        ("江苏省汽车制造业", CARS_OF_JIANGSU, ", industry=36, region=江苏省"),
        ("汽车制造业", CARS_OF_JIANGSU, ", industry=36, region=江苏省"),
        ("全行业", CARS_OF_JIANGSU, ", region=江苏省"),
        ("离散型", CARS_OF_JIANGSU, ", industry=36, region=江苏省, type=discrete"),
        ("3612 汽车整车制造", {"industry": "36"}, ", industry=3612"),
        ("3612汽车整车制造", {"industry": "36"}, None),
        ("361 汽车整车制造", {"industry": "36"}, None),
        ("山东省", JIANGSU, None),
        ("无锡", JIANGSU, ", region=320200"),
        ("无锡市", {"city": "无锡市"}, ", region=320200"),
        ("装备制造领域", {"sector": "equipment"}, ", industry=equipment"),
        ("全部参评企业", {"type": "discrete"}, ", type=discrete"),
        ("江苏省", {}, ", region=江苏省"),
        ("北京市", {}, ", region=北京市"),
        ("北京", {}, ", region=北京市"),
        ("中小企业", {}, ", size=sme"),
        ("两年均参评企业", {}, ", panel=both"),
        ("流程型", {}, ", type=process"),
    ],
)
def test_a_group_is_read_within_the_scope_of_its_release(group, given, firms: str | None) -> None:
    expected = [] if firms is None else [f"7–7 firms=assessed 2021{firms}"]
    assert said(("firms", group, 7, "家", 7), given) == expected


def test_the_classes_of_small_firms_are_over_small_firms_alone() -> None:
    (found,) = said(("firms", "江苏省", 7, "家", 7), {}, exhibit="tab-sme-classes")
    assert found == f"7–7 {OF_JIANGSU}, size=sme"


@pytest.mark.parametrize("measure", ["firms", "firms_rest"])
def test_a_row_of_no_year_says_nothing(measure: str) -> None:
    assert said((measure, "江苏省", 7, "家", 7), {}, year=0) == []


@pytest.mark.parametrize(
    ("low", "high", "whole"),
    [(3.4, 4.6, (4, 4)), (3, 4, (3, 4)), (3 + 1e-9, 4 - 1e-9, (3, 4)), (3.001, 3.999, (4, 3))],
)
def test_a_number_of_firms_is_whole_but_for_the_rounding_of_doubles(low, high, whole) -> None:
    source = Row("fig-a1", "firms", "江苏省", 2021, 3.0, "家", 3, False, 0)
    assert whole_numbers(Number(frozenset(), low, high, source)) == whole


@pytest.mark.parametrize(
    ("decimals", "off"),
    [(0, 0.5), (1, 0.05), (2, 0.005), (3, 0.001), (4, 0.0001), (6, 1e-6), (7, 0.0), (14, 0.0)],
)
def test_a_rounded_value_is_off_by_half_its_last_digit_and_a_cut_one_by_a_whole(
    decimals: int, off: float
) -> None:
    row = Row("fig-a1", "share_level_2", "江苏省", 2021, 3.0, "%", 300, False, decimals)
    assert row.error == pytest.approx(off)


@pytest.mark.parametrize("missing", ["measure", "group", "year", "value", "unit", "base"])
def test_what_is_no_tidy_frame_has_no_rows(missing: str) -> None:
    text = csv([("firms", "江苏省", 46, "家", 46)])
    assert len(rows_of("fig-a1", text)) == 1
    assert rows_of("fig-a1", text.replace(missing, "other")) == []
    assert rows_of("fig-a1", text.splitlines()[0]) == []


def test_a_row_without_year_or_base_has_none() -> None:
    (row,) = rows_of("fig-a1", "measure,group,year,value,unit,base\nfirms,江苏省,,46,家,\n")
    assert (row.year, row.base, row.withheld) == (0, 0, False)


def test_participants_to_date_are_as_many_as_before_and_as_those_assessed_at_least() -> None:
    until, before, assessed, other = (
        cell(("firms", firms), ("region", region))
        for firms, region in (
            ("until 2021", "江苏省"),
            ("until 2020", "江苏省"),
            ("assessed 2021", "江苏省"),
            ("until 2019", "山东省"),
        )
    )
    made = system_of([assessed, until, before, other])
    named = {(made.cells[greater], made.cells[smaller]) for greater, smaller in made.orders}
    of_jiangsu = {pair for pair in named if pair[0] in (until, before, assessed)}
    assert of_jiangsu == {(until, before), (until, assessed)}
    assert not {pair for pair in named if other in pair}
    assert len(made.equations) == len(set(made.equations))
