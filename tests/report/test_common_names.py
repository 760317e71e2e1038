"""What every template may quote of an edition and of the firms that a chapter is about."""

from __future__ import annotations

import pytest

from smdi.edition import Edition, read_edition
from smdi.report.context import common_names

NAMES = {"scope", "scope_title", "region", "where", "of_scope", "alike", "kind"}
NAMES |= {"kind_of_firms", "firms_word", "peer_noun"}


def edition(minimum: int = 3, rule: str = "protected") -> Edition:
    read = read_edition("2021")
    changed = read.disclosure.model_copy(update={"minimum": minimum, "rule": rule})
    return read.model_copy(update={"disclosure": changed})


def test_without_firms_there_are_the_years_and_the_fewest_that_a_difference_rests_on() -> None:
    names = common_names(edition(), None)
    assert set(names) == {"year", "baseline", "first_year", "edition", "fewest"}
    assert (names["year"], names["baseline"], names["fewest"]) == (2021, 2020, "30 家")
    assert (names["edition"].id, names["first_year"]) == ("2021", names["edition"].first_year)


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        ({}, {
            "scope": "全国", "scope_title": "全国", "region": "", "where": "全国", "of_scope": "",
            "alike": "", "kind": "", "kind_of_firms": "制造企业", "firms_word": "企业",
            "peer_noun": "",
        }),
        ({"province": "江苏省"}, {
            "scope": "江苏省", "scope_title": "江苏省", "region": "江苏省", "where": "江苏省",
            "of_scope": "江苏省", "alike": "", "kind": "", "kind_of_firms": "制造企业",
            "firms_word": "企业", "peer_noun": "省级行政区",
        }),
        ({"industry": "36"}, {
            "scope": "汽车制造业", "scope_title": "汽车制造业", "region": "", "where": "全国",
            "of_scope": "汽车制造业", "alike": "", "kind": "汽车制造业",
            "kind_of_firms": "汽车制造业企业", "firms_word": "汽车制造业企业",
            "peer_noun": "行业大类",
        }),
        ({"size": "large"}, {
            "scope": "大型", "scope_title": "大型企业", "region": "", "where": "全国",
            "of_scope": "大型", "alike": "大型", "kind": "大型", "kind_of_firms": "大型企业",
            "firms_word": "大型企业", "peer_noun": "规模类型",
        }),
        ({"province": "江苏省", "industry": "36"}, {
            "scope": "江苏省汽车制造业", "scope_title": "江苏省汽车制造业",
            "region": "江苏省", "where": "江苏省", "of_scope": "江苏省汽车制造业",
            "alike": "", "kind": "汽车制造业", "kind_of_firms": "汽车制造业企业",
            "firms_word": "汽车制造业企业", "peer_noun": "省级行政区",
        }),
        ({"province": "江苏省", "size": "large"}, {
            "scope": "江苏省大型", "scope_title": "江苏省大型企业",
            "region": "江苏省", "where": "江苏省", "of_scope": "江苏省大型",
            "alike": "大型", "kind": "大型", "kind_of_firms": "大型企业",
            "firms_word": "大型企业", "peer_noun": "省级行政区",
        }),
    ],
    ids=["nation", "province", "industry", "size", "province-and-industry", "province-and-size"],
)  # fmt: skip
def test_a_scope_is_called_by_its_names(firm, assessed, scope: dict, told: dict) -> None:
    names = common_names(edition(), assessed(firm(40), **scope))
    assert {name: names[name] for name in NAMES} == told


NONE, FEW = "2021 年，{}没有参评的{}。", "2021 年，{}参评的{}不足 3 家，各项数值不予公布。"
NONE_EVER = "截至 2021 年底，{}没有完成自诊断的{}。"
FEW_EVER = "截至 2021 年底，{}完成自诊断的{}不足 3 家，各项数值不予公布。"


@pytest.mark.parametrize(
    ("scope", "called"),
    [
        ({"province": "江苏省"}, ("江苏省", "制造企业")),
        ({"industry": "36"}, ("全国", "汽车制造业企业")),
        ({"province": "江苏省", "industry": "36"}, ("江苏省", "汽车制造业企业")),
    ],
    ids=["province", "industry", "both"],
)
@pytest.mark.parametrize(
    ("number", "now", "ever"),
    [(0, NONE, NONE_EVER), (1, FEW, FEW_EVER), (2, FEW, FEW_EVER), (3, "", "")],
    ids=str,
)
def test_why_nothing_can_be_said_names_where_and_of_which_firms(
    firm, assessed, scope: dict, called: tuple, number: int, now: str, ever: str
) -> None:
    own = firm(number, region="江苏省", industry="3670")
    others = firm(9, year=2020, region="山东省", industry="1310")
    names = common_names(edition(), assessed(own, others, **scope))
    assert (names["too_few"], names["too_few_ever"]) == (now.format(*called), ever.format(*called))


def test_of_the_nation_too_the_firms_assessed_are_counted_apart_from_those_to_date(
    firm, assessed
) -> None:
    names = common_names(edition(), assessed(firm(2), firm(9, year=2020)))
    assert (names["too_few"], names["too_few_ever"]) == (FEW.format("全国", "制造企业"), "")
    names = common_names(edition(), assessed(firm(2)))
    assert names["too_few_ever"] == FEW_EVER.format("全国", "制造企业")


@pytest.mark.parametrize(
    ("rule", "scope", "told"),
    [
        ("protected", {}, True),
        ("as_printed", {}, False),
        ("as_printed", {"province": "江苏省"}, True),
    ],
)
def test_of_the_nation_as_printed_no_number_is_too_few(firm, assessed, rule, scope, told) -> None:
    names = common_names(edition(rule=rule), assessed(firm(2, region="江苏省"), **scope))
    assert bool(names["too_few"]) is bool(names["too_few_ever"]) is told


def test_a_region_in_which_nobody_is_assessed_is_told_as_that(firm, assessed) -> None:
    names = common_names(edition(), assessed(firm(9), province="台湾省"))
    assert names["too_few"] == names["too_few_ever"] == "台湾省不在自诊断的覆盖范围之内。"


def test_what_the_report_judges_is_of_the_nation_alone(firm, assessed) -> None:
    nation = common_names(edition(), assessed(firm(40)))["judged"]
    scope = common_names(edition(), assessed(firm(40), province="江苏省"))["judged"]
    assert nation and all(nation.values())
    assert scope["leading_firms"] == "" and not any(scope.values())
