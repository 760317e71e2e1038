"""What can be computed from exhibits, alone or together, is found; what is well hidden is not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from smdi.edition import Disclosure, read_edition
from smdi.publishing.gate.attack.attack import attack
from smdi.publishing.gate.attack.bounds import propagated, tightened
from smdi.publishing.gate.attack.cells import cell
from smdi.publishing.gate.attack.release import Data, data_of
from smdi.publishing.gate.attack.system import System, system_of
from smdi.publishing.gate.attack.tidy_rows import rows_of
from smdi.publishing.gate.findings import GatePolicy
from smdi.publishing.gate.inspection import attacked
from smdi.standards import provinces

POLICY = GatePolicy(minimum=5, width=5, as_printed=False)
AS_PRINTED = GatePolicy(minimum=5, width=5, as_printed=True)
WITHHELD = None


def csv(rows: Iterable[tuple[str, str, object, str, int]], year: int = 2021) -> str:
    """Rows of measure, group, value, unit and base; a value None is withheld."""
    lines = ["measure,group,year,value,unit,base,withheld"]
    for measure, group, value, unit, base in rows:
        shown = "" if value is None else value
        lines.append(f"{measure},{group},{year},{shown},{unit},{base},{value is None}")
    return "\n".join(lines) + "\n"


def release(scope: dict[str, str] | None = None, **exhibits: list) -> Data:
    made = {name.replace("_", "-"): rows for name, rows in exhibits.items()}
    return Data(scope or {}, {name: rows_of(name, csv(rows)) for name, rows in made.items()})


def told(*releases: Data, policy: GatePolicy = POLICY) -> list[str]:
    return [finding.what for finding in attack(releases, policy)[0]]


def shares(group: str, base: int, le1: float, **others: float) -> list:
    """The share of level <= 1 and others, of 14 digits or as given."""
    named = {"share_level_le1": le1} | {f"share_level_{key}": v for key, v in others.items()}
    return [(measure, group, value, "%", base) for measure, value in named.items()]


@pytest.mark.parametrize(("firms", "found"), [(1, True), (4, True), (5, False), (0, False)])
def test_a_count_below_the_minimum_is_found(firms: int, found: bool) -> None:
    data = release(fig_01=[("participants", "江苏省", float(firms), "家", firms)])
    assert bool(told(data)) == found


def test_a_finding_names_exhibit_cell_and_how_it_was_found() -> None:
    rows = [("participants", "江苏省", 3.0, "家", 3)]
    (finding,), _ = attack([release(fig_01=rows)], POLICY)
    assert (finding.file, finding.place) == ("fig-01", "fig-01 participants 江苏省 2021")
    assert finding.what == "3 firms: firms=until 2021, region=江苏省"
    assert finding.how == "it is shown"


def test_a_whole_less_one_part_is_computed() -> None:
    data = release(
        fig_04=shares("全国", 300, 100 * 200 / 300),
        fig_05=shares("离散型", 290, 100 * 197 / 290),
    )
    assert "3 firms: firms=assessed 2021, level=le1, type=process" in told(data)


def test_shares_of_few_digits_leave_room() -> None:
    data = release(fig_04=shares("全国", 9000, 66.7), fig_05=shares("离散型", 8000, 67.9))
    assert told(data) == []


def test_a_share_beside_its_base_tells_its_numerator() -> None:
    assert told(release(fig_04=shares("全国", 1237, 100 * 3 / 1237))) != []


def test_a_share_tells_those_it_leaves() -> None:
    assert any("level=ge2" in what for what in told(release(fig_04=shares("全国", 400, 99.5))))


def test_a_withheld_share_is_told_by_a_base_elsewhere() -> None:
    data = release(
        fig_09=[("coverage_logistics", "中小企业", WITHHELD, "%", 400)],
        fig_08=[("domain_logistics", "中小企业", 1.2, "分", 397)],
    )
    assert told(data) == ["3 firms: firms=assessed 2021, has:logistics=no, size=sme"]


def test_a_share_of_all_tells_the_level_of_every_firm() -> None:
    assert [what[:13] for what in told(release(fig_04=shares("全国", 40, 100.0)))] == [
        "all 40 firms:"
    ]


def test_a_level_that_all_of_those_above_have_tells_of_nobody() -> None:
    """That the five at level 2 or above are all at level 2 says their level to nobody else."""
    shown = shares("全国", 21, 100 * 16 / 21, **{"2": 100 * 5 / 21, "3": 0.0, "ge4": 0.0})
    assert told(release(fig_04=shown)) == []


@pytest.mark.parametrize(("together", "part", "left"), [("ge3", "3", "ge4"), ("2_3", "2", "3")])
def test_levels_told_together_less_one_of_them_tell_the_other(
    together: str, part: str, left: str
) -> None:
    data = release(
        fig_04=shares("全国", 400, 60.0, **{together: 100 * 33 / 400}),
        fig_05=shares("全国", 400, 60.0, **{part: 100 * 30 / 400}),
    )
    assert f"3 firms: firms=assessed 2021, level={left}" in told(data)


def test_one_withheld_province_is_the_total_less_those_shown() -> None:
    names = list(provinces().query("in_scope")["name_zh"])
    counts = [("firms_level_ge2", name, 10.0, "家", 10) for name in names[1:]]
    hidden = [("firms_level_ge2", names[0], WITHHELD, "家", 0)]
    data = release(fig_04=shares("全国", 1000, 69.7), tab_provinces=counts + hidden)
    assert told(data) == [f"3 firms: firms=assessed 2021, level=ge2, region={names[0]}"]
    two = [("firms_level_ge2", names[1], WITHHELD, "家", 0)]
    hidden_well = release(
        fig_04=shares("全国", 1000, 69.6), tab_provinces=counts[1:] + hidden + two
    )
    assert told(hidden_well) == []


def test_the_cities_that_are_not_listed_are_the_province_less_those_that_are() -> None:
    data = release(
        tab_provinces=[("firms_level_ge2", "江苏省", 20.0, "家", 20)],
        tab_cities=[("firms_level_ge2", "无锡", 18.0, "家", 18)],
    )
    assert told(data) == [
        "2 firms: firms=assessed 2021, level=ge2, region=none of 1 that are shown (0)"
    ]


def test_what_is_told_together_is_a_number_like_another() -> None:
    few = [
        ("firms_level_ge2", "江苏省", 20.0, "家", 20),
        ("firms_level_ge2_rest", "其他省份", 3.0, "家", 3),
    ]
    assert any(found.startswith("3 firms: ") for found in told(release(tab_provinces=few)))


@pytest.mark.parametrize("unit", ["家", "%"])
def test_what_is_told_together_and_what_is_listed_is_the_whole(unit: str) -> None:
    """Another exhibit lists all provinces but one, which are 300 of its 303 firms."""
    names = list(provinces().query("in_scope")["name_zh"])
    counts = [("firms_level_ge2", name, 10.0, "家", 10) for name in names[1:]]
    together = {
        "家": [("firms_level_ge2_rest", "其他省份", 203.0, "家", 203), *counts[:10]],
        "%": [
            ("share_level_ge2_rest", "其他行业", 10.15, "%", 2000),
            ("share_level_ge2", "汽车制造业", 10.0, "%", 1000),
        ],
    }
    (found,) = told(release(fig_a1=counts, tab_others=together[unit]))
    assert found.startswith("3 firms: firms=assessed 2021, level=ge2, region=none of 30")


def test_shares_of_the_whole_are_not_taken_from_other_classes_of_levels() -> None:
    """One industry is listed in four classes, one and all others in two."""
    apart = shares("汽车制造业", 100, 40.0, **{"2": 30.0, "3": 20.0, "ge4": 10.0})
    two = shares("纺织业", 100, 50.0, ge2=50.0)
    others = [("share_level_le1_rest", "其他行业", 50.0, "%", 200)]
    others += [("share_level_ge2_rest", "其他行业", 50.0, "%", 200)]
    whole = shares("全国", 400, 47.5, ge2=52.5)
    assert told(release(fig_04=whole, tab_industry_change=[*apart, *two, *others])) == []


def test_what_a_part_tells_together_is_no_part_of_what_the_whole_does() -> None:
    """They are other units: the nation's other cities need not have all of an industry's."""
    nation = [
        ("firms_level_ge2", "无锡", 90.0, "家", 90),
        ("firms_level_ge2_rest", "其他城市", 20.0, "家", 20),
    ]
    industry = [("firms_level_ge2_rest", "其他城市", 30.0, "家", 30)]
    data = [release(tab_a=nation), release({"industry": "36"}, tab_a=industry)]
    assert told(*data) == []


def test_a_growth_tells_the_number_of_the_year_before() -> None:
    data = release(fig_03=[("growth", "江苏省", 300.0, "%", 12)])
    assert told(data) == ["3 firms: firms=until 2020, region=江苏省"]


@pytest.mark.parametrize("growth", [WITHHELD, -100.0])
def test_a_growth_that_is_withheld_or_of_no_firm_left_tells_nothing(growth) -> None:
    assert told(release(fig_03=[("growth", "江苏省", growth, "%", 12)])) == []


def test_the_mean_of_one_firm_is_the_whole_less_the_others() -> None:
    exact = (299 * 1.25 + 3.75) / 300
    data = release(
        fig_08=[
            ("domain_data", "中小企业", 1.25, "分", 299),
            ("domain_data", "全部参评企业", exact, "分", 300),
        ]
    )
    assert "domain_data 3.750 of 1 firms: firms=assessed 2021, size=large" in told(data)


def test_rounded_means_tell_nothing_of_one_firm_among_many() -> None:
    data = release(
        fig_08=[
            ("domain_data", "中小企业", 1.25, "分", 299),
            ("domain_data", "全部参评企业", 1.26, "分", 300),
        ]
    )
    assert not any(what.startswith("domain") for what in told(data))


def all_but_one(firms: int, others: float = 1.25, one: float = 3.75) -> Data:
    """The mean of all firms and that of all but one of them, to two decimals."""
    whole = round((others * (firms - 1) + one) / firms, 2)
    rows = [("中小企业", others, firms - 1), ("全部参评企业", whole, firms)]
    return release(fig_08=[("domain_data", name, mean, "分", base) for name, mean, base in rows])


@pytest.mark.parametrize(("others", "one"), [(1.25, 3.75), (0.25, 0.75)])
@pytest.mark.parametrize(("firms", "found"), [(20, True), (40, False)])
def test_a_mean_of_one_firm_is_told_within_a_tenth_of_the_scale(
    firms: int, found: bool, others: float, one: float
) -> None:
    """Two decimals leave it a hundredth for each firm of the whole and of the others."""
    what = told(all_but_one(firms, others, one))
    assert any(text.startswith("domain") for text in what) is found
    assert not any("contradiction" in text for text in what)


def test_a_mean_whose_base_is_withheld_is_over_any_number_of_the_whole_s_firms() -> None:
    rows = [
        ("domain_data", "中小企业", 3.0, "分", 0),
        ("domain_data", "全部参评企业", 1.25, "分", 300),
    ]
    assert told(release(fig_08=rows)) == []


# What one policy lets pass and another does not.
SEVEN = release(fig_01=[("firms", "汽车制造业", 7.0, "家", 7)])
ALL = release(fig_04=shares("汽车制造业", 40, 100.0))
# One in a hundred of 600 as it is printed: from 3 to 9 firms.
BETWEEN = release(fig_04=[("share_level_ge4", "汽车制造业", 1, "%", 600)])


@pytest.mark.parametrize("strict_first", [True, False])
@pytest.mark.parametrize(
    ("loose", "strict", "data"),
    [
        ({"minimum": 5}, {"minimum": 8}, SEVEN),
        ({"interval_firms": 5}, {"interval_firms": 9}, BETWEEN),
        ({"interval_percent": 10}, {"interval_percent": 20}, all_but_one(40)),
        ({"unanimous": True}, {"unanimous": False}, ALL),
    ],
)
def test_what_is_told_together_keeps_to_the_strictest_of_all_editions(
    loose, strict, data, strict_first: bool
) -> None:
    edition = read_edition("2021")
    one, other = (
        edition.model_copy(update={"disclosure": Disclosure(**own)}) for own in (loose, strict)
    )

    def found(*editions) -> list[str]:
        said = [finding.what for finding in attacked(editions, [data])[0]]
        return [what for what in said if what.startswith(("7 ", "3 to 9", "domain", "all 40"))]

    assert found(one) == []
    assert found(other)
    assert found(*((other, one) if strict_first else (one, other))) == found(other)


def test_the_firms_of_a_scope_are_told_by_the_scopes_within_it() -> None:
    nation = release(fig_07=shares("汽车制造业", 100, 60.0))
    province = release(
        {"province": "江苏省", "industry": "36"},
        fig_04=shares("江苏省汽车制造业", 98, 100 * 58 / 98),
    )
    assert told(nation) == told(province) == []
    rest = "firms=assessed 2021, industry=36"
    assert any(what.startswith(f"2 firms: {rest}") for what in told(nation, province))


def test_who_was_new_is_told_by_the_base_of_a_matched_panel() -> None:
    data = release(
        tab_a1=[
            ("share_level_2_change", "全部参评企业", 1.0, "百分点", 400),
            ("share_level_2_change", "两年均参评企业", 1.0, "百分点", 398),
        ]
    )
    assert told(data) == ["2 firms: firms=assessed 2021, panel=one"]


@pytest.mark.parametrize(
    ("measure", "other", "year"),
    [("change", "江苏省", 2020), ("decrease", "江苏省", 2020), ("lead", "山东省", 2021)],
)
def test_a_difference_tells_its_withheld_term(measure: str, other: str, year: int) -> None:
    """60 firms, 3 of them at the level: 12 % now, 7 points more than what is withheld."""
    sign = -1 if measure == "decrease" else 1
    rows = csv([("share_level_ge4", "江苏省", 12.0, "%", 100)])
    rows += f"share_level_ge4_{measure},江苏省,2021,{sign * 7.0},百分点,100,False\n"
    hidden = f"share_level_ge4,{other},{year},,%,60,True\n"
    data = Data({}, {"fig-a1": rows_of("fig-a1", rows + hidden)})
    assert any(what.startswith("3 firms:") for what in told(data)), told(data)
    assert told(Data({}, {"fig-a1": rows_of("fig-a1", csv([]) + hidden)})) == []


def test_what_the_report_prints_is_exempt_and_told_apart() -> None:
    rows = [
        ("firms_level_ge2", "青海省", 3.0, "家", 3),
        ("firms_level_ge2", "甘肃省", 4.0, "家", 4),
    ]
    printed = frozenset({("firms_level_ge2", "青海省", 2021)})
    found, exempt = attack([release(fig_a1=rows)], AS_PRINTED, printed)
    assert [finding.place for finding in found] == ["fig-a1 firms_level_ge2 甘肃省 2021"]
    assert [finding.place for finding in exempt] == ["fig-a1 firms_level_ge2 青海省 2021"]
    assert len(attack([release(fig_a1=rows)], POLICY, printed)[0]) == 2


def test_data_that_contradict_themselves_do_not_leave() -> None:
    data = release(fig_01=[("participants", "江苏省", 30.0, "家", 30)],
                   fig_02=[("participants", "江苏省", 40.0, "家", 40)])  # fmt: skip
    assert told(data)[0].startswith("a contradiction")


def triangle(low: list[float], high: list[float]) -> System:
    """Three wholes, each of two of the same three parts: none can be found from one equation."""
    made = System()
    for name in "abcxyz":
        made.unknown(cell(("name", name)))
    named = {name: cell(("name", name)) for name in "abcxyz"}
    for whole, parts in (("x", "ab"), ("y", "bc"), ("z", "ac")):
        made.equate(named[whole], [named[part] for part in parts])
    return made


def test_what_only_all_equations_together_tell_is_found() -> None:
    low = np.array([0, 0, 0, 7, 9, 8.0])
    high = np.array([np.inf] * 3 + [7, 9, 8.0])
    system = triangle([], [])
    propagated(system, low, high, whole=True)
    assert high[0] - low[0] >= 5
    found = tightened(system, low, high, [0, 1, 2], np.full(6, 5.0))
    assert {at: round(ends[0], 6) for at, ends in found.items()} == {0: 3, 1: 4, 2: 5}


def test_an_interval_that_is_wide_enough_is_let_be() -> None:
    low, high = np.zeros(6), np.array([np.inf] * 3 + [20, 30, 25.0])
    low[3:] = [10, 20, 15]
    assert tightened(triangle([], []), low, high, [0, 1, 2], np.full(6, 5.0)) == {}


@pytest.mark.parametrize(("least", "ends"), [(4, None), (6, (0, 4))])
def test_who_is_at_least_as_many_as_others_leaves_so_many_fewer_of_the_whole(least, ends) -> None:
    """Ten are a and b, and a has as many as c at least."""
    system = System()
    named = {name: cell(("name", name)) for name in "wabc"}
    system.equate(named["w"], [named["a"], named["b"]])
    system.orders.append((system.position[named["a"]], system.unknown(named["c"])))
    low, high = np.array([10.0, 0, 0, least]), np.array([10, 10, 10, np.inf])
    b = system.position[named["b"]]
    found = tightened(system, low, high, [b], np.full(4, 5.0))
    assert {at: tuple(np.round(both, 6)) for at, both in found.items()} == (
        {b: ends} if ends else {}
    )


def test_exhibits_are_read_from_the_source_or_else_from_the_site_in_their_order(tmp_path) -> None:
    text = csv([("participants", "江苏省", 9, "家", 9)])
    parts = {name: tmp_path / name for name in ("site", "source")}
    for name, exhibits in (("site", ("fig-02", "fig-01", "fig-03")), ("source", ("fig-04",))):
        (parts[name] / "exhibits").mkdir(parents=True)
        for exhibit in exhibits:
            (parts[name] / f"exhibits/{exhibit}.csv").write_text(text, "utf-8")
    edition = read_edition("2021")
    assert list(data_of(edition, parts).exhibits) == ["fig-04"]
    alone = {"site": parts["site"], "source": tmp_path / "nowhere"}
    assert list(data_of(edition, alone).exhibits) == ["fig-01", "fig-02", "fig-03"]


@pytest.mark.parametrize(
    ("written", "decimals"), [("46.0", 0), ("46", 0), ("4.60", 1), ("4.062", 3), ("1e-05", 7)]
)
def test_the_decimals_of_a_column_are_those_that_say_something(written: str, decimals: int) -> None:
    (row,) = rows_of("fig-01", csv([("participants", "江苏省", written, "家", 9)]))
    assert row.decimals == decimals


def test_a_column_of_zeros_has_the_decimals_of_what_is_told_beside_it_in_its_unit() -> None:
    told = csv([
        ("share_level_le1", "海南省", 41.275, "%", 400),
        ("share_level_3", "海南省", 0.0, "%", 400),
        ("firms", "海南省", 400, "家", 400),
    ])  # fmt: skip
    assert [row.decimals for row in rows_of("fig-01", told)] == [3, 3, 0]


def test_none_among_many_are_not_taken_for_few() -> None:
    """With its own digits alone a share of 0 of 400 firms could be 0.4 %: one firm."""
    assert told(release(fig_04=shares("海南省", 400, 41.25, **{"3": 0.0}))) == []


@pytest.mark.parametrize(
    ("whole", "found"), [(cell(("region", "江苏省"), ("level", "2"), ("type", "discrete")), 3)]
)
def test_a_system_holds_all_wholes_of_what_is_shown(whole, found: int) -> None:
    made = system_of([whole])
    assert cell(("region", "江苏省")) in made.position
    assert len(made.equations) > found
