"""Rankings that templates quote, and the filters that speak of them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from smdi.indicators.tidy import Row, frame, rank
from smdi.report.text.filters import FILTERS
from smdi.report.text.parts import Holds
from smdi.report.text.phrases import comparable
from smdi.report.text.quoting import Exhibit, Ranking, Unsayable, Value
from smdi.report.values import make_number, plain


def ranked(**firms: float) -> Ranking:
    """Rank firms by name, in the order given; NaN is withheld."""
    rows = []
    for place, (name, value) in enumerate(firms.items(), 1):
        rows.append(rank(name, 2021, place))
        rows.append(Row("firms", name, 2021, value, "家", 9, withheld=math.isnan(value)))
    return Ranking.of(frame(rows), "firms", "tab-x", 2021)


def changes(*, withheld: bool = False, **points: float) -> Ranking:
    """Rank changes in percentage points from the largest decrease up."""
    rows = [
        Row("c", name, 2021, value, "百分点", 9, withheld=withheld and math.isnan(value))
        for name, value in points.items()
    ]
    return Ranking.from_lowest(frame(rows), "c", "tab-x", 2021, digits=2)


def say(name: str, *args: object, **options: object) -> str:
    return plain(FILTERS[name](*args, **options))


def state(ask) -> str:
    with pytest.raises(Unsayable) as unsayable:
        ask()
    return unsayable.value.state


def test_an_amount_answers_to_the_fact_of_its_group() -> None:
    made = Ranking.of(
        frame([rank("34 甲", 2021, 1), Row("firms", "34 甲", 2021, 7.0, "家", 7)]),
        "firms", "tab-x", 2021, label=lambda group: group.split()[1],
    )  # fmt: skip
    assert made.names == ("甲",)
    assert made.amounts() == ["⟦=7 家|tab-x/firms/34 甲/2021⟧"]


def test_who_leads_alone_or_is_not_there_is_no_ranking() -> None:
    assert say("leaders", ranked(甲=3, 乙=2), 1) == "甲居首位"
    assert state(lambda: FILTERS["leaders"](ranked(甲=3), 3)) == "single"
    assert state(lambda: FILTERS["leaders"](ranked(), 3)) == "inapplicable"


def test_those_with_a_withheld_number_are_left_out_and_known_to_be_withheld() -> None:
    nan = math.nan
    assert say("amounts", ranked(甲=9, 乙=8, 丁=7, 丙=nan).positive()) == "9 家、8 家和7 家"
    assert state(lambda: ranked(甲=9, 乙=nan).amounts()) == "withheld"
    assert state(lambda: FILTERS["names"](ranked(甲=nan, 乙=nan).positive())) == "withheld"
    assert state(lambda: ranked(甲=nan, 乙=nan).positive().several()) == "withheld"


def test_zeros_alone_are_nothing_to_speak_of() -> None:
    assert state(lambda: ranked(甲=0, 乙=0).positive().several()) == "inapplicable"


def test_changes_lead_with_the_largest_decrease() -> None:
    moved = changes(甲=1.5, 乙=-9.65, 丙=0.001, 丁=math.nan)
    assert moved.names == ("乙", "丙", "甲")
    assert moved.ranks == (1, 2, 3)
    assert say("movements", moved) == "乙下降 9.65 个百分点；丙持平；甲上升 1.50 个百分点"
    assert say("movements", moved.rows(1), of="占比") == "乙占比下降 9.65 个百分点"
    assert say("movements", moved.rows(1), of="占比", named=False) == "占比下降 9.65 个百分点"


def test_a_decrease_that_does_not_print_is_none() -> None:
    moved = changes(甲=-0.004, 乙=-0.005)
    assert moved.falls() == {"乙": True, "甲": False}
    assert moved.negative().names == ("乙",)


def test_changes_are_parted_by_their_size_in_either_direction() -> None:
    moved = changes(甲=-5, 乙=5, 丙=4.99)
    assert set(moved.at_least(5).names) == {"甲", "乙"}
    assert moved.below(5).names == ("丙",)
    assert state(lambda: FILTERS["movements"](moved.at_least(6))) == "inapplicable"


def test_the_size_of_a_change_is_said_without_its_sign() -> None:
    assert FILTERS["sizes"](changes(甲=-4.04)) == "⟦=4.04 个百分点|tab-x/c/甲/2021⟧"


def test_those_behind_the_first_places_are_named_and_none_where_ranks_are_hidden() -> None:
    placed = ranked(甲=9, 乙=8, 丙=8, 丁=7)
    assert placed.after(1).names == ("乙", "丙", "丁")
    assert placed.after(4).names == ()
    hidden = replace(placed, ranks=(1, math.inf, math.inf, math.inf))
    assert hidden.after(1).names == ()


def test_without_a_known_change_it_is_said_why() -> None:
    assert state(lambda: changes(甲=math.nan).several()) == "missing"
    assert state(lambda: changes(甲=math.nan, withheld=True).several()) == "withheld"


def value(number: float | None) -> Value:
    return Value("x", make_number(number, "%", 2))


def test_the_ends_of_several_values_are_named_but_not_of_equals() -> None:
    ends = FILTERS["highest_and_lowest"]
    assert ends({"甲": value(3), "乙": value(1), "丙": value(2)}, 2) == "其中甲最高，乙最低"
    assert ends({"甲": value(3.001), "乙": value(3)}, 2) == "各项持平"
    assert ends({"甲": value(3), "乙": value(3), "丙": value(2)}) == "其中甲和乙并列最高，丙最低"
    assert state(lambda: ends({"甲": value(3), "乙": value(None)})) == "missing"


def compared(*rows: tuple[str, str, float, int], withheld: bool = False) -> Exhibit:
    made = [
        Row(measure, group, 2021, score, "分", base, withheld=withheld and math.isnan(score))
        for measure, group, score, base in rows
    ]
    return Exhibit("fig-x", frame(made), 2021, 2020, "全国")


def test_groups_are_compared_measure_by_measure_as_printed() -> None:
    exhibit = compared(
        ("domain_data", "甲", 1.234, 5), ("domain_data", "乙", 1.231, 7),
        ("domain_sales", "甲", 2.0, 5), ("domain_sales", "乙", 1.0, 7),
        ("domain_design", "甲", math.nan, 0), ("domain_design", "乙", 1.0, 7),
    )  # fmt: skip
    assert FILTERS["higher"](exhibit, "甲", "乙") == {"数据": False, "销售": True}
    assert FILTERS["higher"](exhibit, "甲", "乙").partly
    assert FILTERS["lower"](exhibit, "乙", "甲") == {"数据": False, "销售": True}
    assert FILTERS["higher"](exhibit, "甲", "乙", digits=3) == {"数据": True, "销售": True}


@pytest.mark.parametrize(
    ("score", "base", "withheld", "why"),
    [
        (math.nan, 3, True, "withheld"),
        (math.nan, 0, False, "inapplicable"),
        (math.nan, 7, False, "missing"),
        (1.0, 7, False, "single"),
    ],
)
def test_groups_that_cannot_be_compared_say_why(score, base, withheld, why) -> None:
    rows = ("domain_data", "甲", score, base), ("domain_data", "乙", 1.0, 7)
    assert state(lambda: FILTERS["higher"](compared(*rows, withheld=withheld), "甲", "乙")) == why


def test_the_whole_of_a_claim_stands_behind_its_preposition() -> None:
    def told(*, first: bool, rest: bool) -> str:
        holds = {"甲": first, "乙": rest, "丙": rest}
        return FILTERS["how_many"](holds, "更高", noun="项", denial="不高", within="在")

    assert told(first=True, rest=True) == "在三个项均更高"
    assert told(first=False, rest=False) == "在三个项均不高"
    assert told(first=False, rest=True) == "除甲外，在其余两个项均更高"
    assert told(first=True, rest=False) == "在三个项中，甲更高"


def test_what_is_left_out_for_want_of_a_value_is_not_counted_among_all() -> None:
    def told(*, partly: bool) -> str:
        holds = Holds({"甲": True, "乙": True}, (), partly=partly)
        return FILTERS["how_many"](holds, "更高", noun="能力域")

    assert told(partly=False) == "两个能力域均更高"
    assert told(partly=True) == "两个可比的能力域均更高"
    assert comparable(["domain", "domains"]) == ["可比的domain", "可比的domains"]


def test_the_measures_that_lead_and_lag_most_are_named_where_they_are_clear() -> None:
    leads = frame(
        [
            Row("energy_platform_lead", "企业", 2021, 3.0, "百分点", 50, error=1.0),
            Row("data_sharing_lead", "企业", 2021, 9.0, "百分点", 50, error=6.0),
            Row("remote_operation_lead", "企业", 2021, -4.0, "百分点", 50, error=1.0),
        ]
    )
    rates = replace(compared(("energy_platform", "企业", 40.0, 50)), differences=leads)
    above, below = str(FILTERS["farthest"](rates)).split("，")
    assert above.startswith("高出最多的是") and "3.0 个百分点" in above
    assert below.startswith("低得最多的是") and "4.0 个百分点" in below


def test_what_a_choice_leaves_out_is_not_there_unless_some_values_are_not_known() -> None:
    known, some = ranked(甲=3, 乙=2), ranked(甲=3, 乙=math.nan)
    assert state(lambda: known.rows(0).several()) == "inapplicable"
    assert state(lambda: some.rows(0).several()) == some.lacking == "withheld"
    assert state(lambda: ranked().rows(0).several()) == "inapplicable"
