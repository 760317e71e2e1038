"""Of which cells the attack tells: those that are said to be few, and those that nothing says."""

from __future__ import annotations

import pytest

from smdi.publishing.gate.attack.attack import attack
from smdi.publishing.gate.findings import GatePolicy
from smdi.standards import provinces

from .test_attack import AS_PRINTED, POLICY, WITHHELD, release, shares, told

MATURE = "firms=assessed 2021, level=ge2, region="


def of_provinces(last: list[tuple]) -> tuple[str, list[str]]:
    """Tell of 4 000 firms, 298 to 302 of them mature, and of 300 of these in all provinces but one.

    What is told of the last province is given: without its name and measure.
    """
    names = list(provinces().query("in_scope")["name_zh"])
    assert len(names) == 31
    counts = [("firms_level_ge2", name, 10, "家", 10) for name in names[1:]]
    counts += [("firms_level_ge2", names[0], *row) for row in last]
    nation = ("share_level_ge2", "全国", 7.5, "%", 4000)
    return names[0], told(release(fig_04=[nation], tab_provinces=counts))


def test_two_firms_at_most_of_what_is_withheld_are_few() -> None:
    name, found = of_provinces([(WITHHELD, "家", 0)])
    assert found == [f"0 to 2 firms: {MATURE}{name}"]


def test_two_firms_at_most_where_nothing_is_said_may_be_none() -> None:
    assert of_provinces([])[1] == []


@pytest.mark.parametrize(("firms", "found"), [(199, False), (201, True), (399, True)])
def test_a_share_of_none_that_may_be_one_firm_or_two_is_told(firms: int, found: bool) -> None:
    """Half a percent of 199 firms is less than one of them, of 201 and of 399 one."""
    what = told(release(fig_04=[("share_level_ge4", "海南省", 0, "%", firms)]))
    told_of = ["0 to 1 firms: firms=assessed 2021, level=ge4, region=海南省"]
    assert [one for one in what if one.startswith("0")] == (told_of if found else [])


@pytest.mark.parametrize(("width", "found"), [(6, []), (7, ["3 to 9 firms"])])
def test_an_interval_of_the_policy_s_width_is_wide_enough(width: int, found: list[str]) -> None:
    """One in a hundred of 600, as it is printed, are 3 to 9."""
    rows = [("share_level_ge4", "海南省", 1, "%", 600)]
    policy = GatePolicy(minimum=5, width=width, as_printed=False)
    what = told(release(fig_04=rows), policy=policy)
    assert [one.split(":")[0] for one in what] == found


@pytest.mark.parametrize(("minimum", "found"), [(3, []), (4, ["3 to 9 firms"])])
def test_an_interval_that_begins_at_the_minimum_is_of_enough(minimum: int, found) -> None:
    rows = [("share_level_ge4", "海南省", 1, "%", 600)]
    policy = GatePolicy(minimum=minimum, width=20, as_printed=False)
    what = told(release(fig_04=rows), policy=policy)
    assert [one.split(":")[0] for one in what] == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            shares("海南省", 40, 0.0),
            ["all 40 firms: firms=assessed 2021, level=ge2, region=海南省"],
        ),
        (
            [("data_sharing", "海南省", 100.0, "%", 40)],
            ["all 40 firms: asked:data_sharing=yes, firms=assessed 2021, region=海南省,"],
        ),
        ([("coverage_design", "海南省", 100.0, "%", 40)], []),
        (shares("海南省", 40, 87.5), []),
    ],
    ids=["a level", "a practice", "a business", "not all"],
)
def test_what_all_of_a_group_have_is_told_of_levels_and_practices(rows, found) -> None:
    what = [one for one in told(release(fig_04=rows)) if one.startswith("all")]
    assert [one[: len(begins)] for one, begins in zip(what, found, strict=True)] == found
    unanimous = GatePolicy(minimum=5, width=5, as_printed=False, unanimous=True)
    assert told(release(fig_04=rows), policy=unanimous) == []


@pytest.mark.parametrize(
    ("policy", "printed", "exempt"),
    [
        (AS_PRINTED, ("firms_level_ge2", "青海省", 2021), True),
        (POLICY, ("firms_level_ge2", "青海省", 2021), False),
        (AS_PRINTED, ("firms_level_ge3", "青海省", 2021), False),
        (AS_PRINTED, ("firms_level_ge2", "甘肃省", 2021), False),
        (AS_PRINTED, ("firms_level_ge2", "青海省", 2020), False),
    ],
    ids=["printed", "another policy", "another measure", "another group", "another year"],
)
def test_only_what_is_printed_itself_is_exempt(policy, printed, exempt: bool) -> None:
    rows = [("firms_level_ge2", "青海省", 3, "家", 3)]
    lists = attack([release(fig_a1=rows)], policy, frozenset({printed}))
    assert [len(one) for one in lists] == ([0, 1] if exempt else [1, 0])


@pytest.mark.parametrize(("firms", "found"), [(0, []), (1, ["1 firms"]), (4, ["4 firms"]), (5, [])])
def test_what_nothing_says_is_told_from_one_firm_on(firms: int, found: list[str]) -> None:
    """Of 300 firms 200 are at the first level, of whom all but a few are discrete."""
    part = shares("离散型", 290, 100 * (200 - firms) / 290)
    what = told(release(fig_04=shares("全国", 300, 100 * 200 / 300), fig_05=part))
    ends = ": firms=assessed 2021, level=le1, type=process"
    assert [one.removesuffix(ends) for one in what if one.endswith(ends)] == found


@pytest.mark.parametrize("firms", [1, 2])
def test_what_a_single_firm_has_is_what_all_of_its_group_have(firms: int) -> None:
    what = told(release(fig_04=shares("海南省", firms, 100.0)))
    assert f"all {firms} firms: firms=assessed 2021, level=le1, region=海南省" in what


def of_means(*rows: tuple[str, float, int]) -> dict[str, tuple[str, str, str]]:
    """Tell of each mean that is found where it stands and how it was found."""
    given = [("domain_data", group, mean, "分", base) for group, mean, base in rows]
    found, _ = attack([release(fig_08=given)], POLICY)
    means = [one for one in found if one.what.startswith("domain_data")]
    return {one.what.partition(": ")[2]: (one.file, one.place, one.how) for one in means}


def test_a_mean_that_is_shown_is_told_where_it_stands() -> None:
    assert of_means(("江苏省", 1.25, 4)) == {
        "firms=assessed 2021, region=江苏省": (
            "fig-08", "fig-08 domain_data 江苏省 2021", "it is shown",
        )
    }  # fmt: skip


def test_a_mean_that_is_computed_is_told_with_what_it_was_computed_from() -> None:
    exact = (299 * 1.25 + 3.75) / 300
    found = of_means(("中小企业", 1.25, 299), ("全部参评企业", exact, 300))
    file, place, how = found["firms=assessed 2021, size=large"]
    assert (file, how) == ("fig-08", "from fig-08, as wholes less their parts")
    assert place.startswith("fig-08 domain_data ")


def test_means_that_contradict_each_other_do_not_leave() -> None:
    rows = [("domain_data", "中小企业", 4.5, "分", 290), ("domain_data", "全国", 1.25, "分", 300)]
    assert told(release(fig_08=rows))[0].startswith("a contradiction")
