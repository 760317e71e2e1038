"""The form of indicators: what a row is made of, what may be seen of it, ranks and rounding."""

import math
from dataclasses import dataclass, replace

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smdi.indicators.cells import UNPROTECTED, Cell
from smdi.indicators.precision.rounding import cut, half_up, printed_decimals
from smdi.indicators.tidy import (
    Row,
    competition_rank,
    count,
    difference,
    error_of,
    finest,
    frame,
    in_order,
    mean,
    pick,
    rank,
    setting,
    share,
    tidy,
)
from smdi.indicators.tidy.lists import in_order, place_among, ranked

NATION = Cell("assessed", 2021)


@dataclass(frozen=True)
class Hides:
    """A protection, and what has it, that hides cells by the firms they are about."""

    hidden: frozenset = frozenset()
    decimals: int | None = None
    evidence: None = None

    @property
    def protection(self):
        return self

    def ask(self, cells):
        return not self.hidden & set(cells)

    knows = ask


class All:
    protection, evidence = UNPROTECTED, None


def row(name, value, *, unit="家", measure="firms"):
    """Make a row of one cell, which bears the name of its group."""
    return Row(measure, name, 2021, value, unit, int(value), (Cell("assessed", 2021, of=name),))


def hides(*names):
    return Hides(frozenset(Cell("assessed", 2021, of=name) for name in names))


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        (12.5, 0, "13"),
        (2.675, 2, "2.68"),  # the float below it rounds to 2.67 when taken at its word
        (100 * 107 / 4000, 2, "2.68"),
        (-0.5, 0, "-1"),
        (0.1 + 0.2 - 0.05, 1, "0.3"),  # 0.25 but for the noise of the sum
        (7.98, 0, "8"),
    ],
)
def test_a_tie_rounds_up_and_noise_makes_none(value, digits, printed):
    assert str(half_up(value, digits)) == printed


def test_printed_decimals_are_counted_as_printed():
    assert [printed_decimals(text) for text in ("69", "14.80", "-7.1")] == [0, 2, 1]


def test_a_tie_shares_its_rank_and_the_next_is_skipped():
    ranks = competition_rank(pd.Series({"甲": 64, "乙": 65, "丙": 64, "丁": 62}))
    assert ranks.to_dict() == {"甲": 2, "乙": 1, "丙": 2, "丁": 4}


def test_ranks_come_before_rounding():
    ranks = competition_rank(pd.Series({"甲": 12.34, "乙": 12.31}))
    assert ranks.to_dict() == {"甲": 1, "乙": 2}


def test_a_share_of_nobody_is_missing_and_not_withheld(firm, assessed):
    nobody = assessed(firm(3)).current.where(province="540000")
    made = tidy([share("s", "甲", 2021, nobody, nobody)], "fig-04", All).iloc[0]
    assert (math.isnan(made["value"]), made["withheld"], made["base"]) == (True, False, 0)


def test_a_mean_leaves_out_who_was_not_asked(firm, assessed):
    firms = assessed(firm(5, domain_data=1.0), firm(5), firm(5, domain_data=2.0)).current
    made = mean("m", "甲", 2021, firms, "domain_data", "分")
    assert (made.value, made.base) == (1.5, 10)


def test_a_share_is_made_of_its_part_and_its_base(firm, assessed):
    firms = assessed(firm(3, level=2), firm(1)).current
    made = share("s", "甲", 2021, firms.where(level_class="2"), firms)
    assert [cell.id for cell in made.cells] == ["assessed/2021/level_class=2", "assessed/2021"]
    assert (made.value, made.base) == (75, 4)


def test_the_names_of_cells_can_be_read_again(firm, assessed):
    firms = assessed(firm(1), province="江苏省").current.where(level_class=["3", "2"], design="yes")
    cell = firms.cell.sum_of("domain_data")
    assert cell.id == "assessed/2021/design=yes/level_class=2,3/province=320000/of:domain_data"
    assert Cell.read(cell.id) == cell


def test_conditions_meet_whatever_their_order(firm, assessed):
    pop = assessed(firm(2, design=False), firm(3, practice_data_sharing=True))
    one = pop.current.where(design="yes").where(answered="practice_data_sharing")
    other = pop.current.where(answered="practice_data_sharing", design="yes")
    assert one.cell == other.cell
    assert len(one) == len(other) == 3


def test_a_selection_by_a_mask_has_no_name_and_its_number_is_withheld(firm, assessed):
    pop = assessed(firm(9))
    some = pop.current[pop.current["level"] >= 1]
    made = tidy([count("firms", "甲", 2021, some)], "fig-01", All).iloc[0]
    assert (math.isnan(made["value"]), made["withheld"], made["base"]) == (True, True, 0)


def test_a_withheld_count_does_not_show_itself_as_its_base():
    made = tidy([row("甲", 40), row("乙", 9)], "fig-01", hides("甲"))
    assert made["withheld"].tolist() == [True, False]
    assert made["base"].tolist() == [0, 9]


def test_the_base_of_a_withheld_share_is_shown_where_it_may_be(firm, assessed):
    firms = assessed(firm(3, level=2), firm(6)).current
    part = firms.where(level_class="2")
    some = share("s", "甲", 2021, part, firms)
    hidden = tidy([some], "fig-04", Hides(frozenset([part.cell]))).iloc[0]
    assert (hidden["withheld"], hidden["base"]) == (True, 9)
    both = tidy([some], "fig-04", Hides(frozenset([part.cell, firms.cell]))).iloc[0]
    assert (both["withheld"], both["base"]) == (True, 0)


def test_each_kind_of_row_says_what_it_is_of_whom_and_what_it_is_made_of(firm, assessed):
    firms = assessed(firm(3, level=2, domain_data=1.0), firm(1)).current
    part = firms.where(level_class="2")
    asked = firms.cell.narrowed({"answered": ["domain_data"]})
    made = {
        share("s", "甲", 2021, part, firms): (75.0, "%", 4, (part.cell, firms.cell)),
        count("n", "甲", 2021, part): (3.0, "家", 3, (part.cell,)),
        mean("m", "甲", 2021, firms, "domain_data", "分"): (
            1.0, "分", 3, (asked.sum_of("domain_data"), asked),
        ),
        setting("t", "甲", 2021, 5, "分"): (5.0, "分", 0, ()),
    }  # fmt: skip
    assert [one.measure for one in made] == ["s", "n", "m", "t"]
    for one, expected in made.items():
        assert (one.group, one.year) == ("甲", 2021)
        assert (one.value, one.unit, one.base, one.cells) == expected
    masked = firms[firms["level"] >= 1]
    for one in (share("s", "甲", 2021, part, masked), mean("m", "甲", 2021, masked, "level", "级")):
        assert one.cells is None, "nobody knows what it is made of"


def test_a_difference_is_made_of_both_terms_the_subtrahend_first():
    now, before = row("甲", 40), row("乙", 30)
    assert difference("d", now, before).cells == (*before.cells, *now.cells)
    nobody = Row("firms", "丙", 2021, 3.0, "家", 3)
    for terms in ((now, nobody), (nobody, before), (nobody, nobody)):
        assert difference("d", *terms).cells is None


def test_a_threshold_tells_of_no_firm():
    made = tidy([setting("sample_threshold", "全国", 2021, 3, "家")], "text", hides("甲"))
    assert made["value"].tolist() == [3]


def test_what_tells_of_no_firm_has_no_base_and_cells_that_nothing_hides():
    threshold, place = setting("threshold", "全国", 2021, 300, "家"), rank("江苏省", 2021, 2)
    assert (threshold.base, threshold.cells) == (0, ())
    assert (place.base, place.cells, place.unit) == (0, None, "位")


def test_a_difference_goes_with_either_term():
    now, before = row("甲", 40), row("乙", 30)
    assert difference("d", now, before).value == 10
    for name in ("甲", "乙"):
        assert tidy([difference("d", now, before)], "text", hides(name))["withheld"].all()


def test_a_row_that_is_not_there_is_missing_and_not_withheld():
    value, withheld = pick(tidy([row("甲", 9)], "fig-01", All), "firms", "乙", 2021)
    assert math.isnan(value)
    assert withheld is False


def test_a_rank_is_hidden_from_the_first_that_is_withheld():
    """甲 9, 乙 7, 丙 5, 丁 3 with 丙 withheld: a fourth place would tell that it lies between."""
    rows = [row("丁", 3), row("丙", 5), row("乙", 7), row("甲", 9)]
    found = ranked(rows, hides("丙"))
    assert [(own.group, place.value) for place, own in found[:2]] == [("甲", 1), ("乙", 2)]
    assert [(own.group, place.withheld) for place, own in found[2:]] == [("丁", True), ("丙", True)]


def test_those_withheld_come_last_in_the_order_in_which_they_were_given():
    rows = [row("甲", 1), row("乙", 4), row("丙", 9), row("丁", 2)]
    for protection in (hides("乙", "甲", "丁"),):
        assert [own.group for _, own in ranked(rows, protection)] == ["丙", "甲", "乙", "丁"]
        assert [own.group for own in in_order(rows, protection)] == ["丙", "甲", "乙", "丁"]


def test_equals_are_hidden_with_the_tie_they_are_in():
    rows = [row("甲", 9), row("乙", 9), row("丙", 5)]
    found = ranked(rows, hides("乙"))
    assert [place.withheld for place, _ in found] == [True, True, True]


def test_a_list_of_the_first_passes_over_those_withheld():
    rows = [row("甲", 9), row("乙", 7), row("丙", 5), row("丁", 3)]
    assert [own.group for _, own in ranked(rows, hides("乙"), top=2)] == ["甲", "丙"]
    assert [own.group for _, own in ranked(rows, All, top=2)] == ["甲", "乙"]


def test_a_place_among_others_is_hidden_where_one_before_it_is():
    rows = [row("甲", 9), row("乙", 7), row("丙", 5)]
    for hidden, expected in ((("甲",), True), (("丙",), False)):
        made = tidy([place for place, _ in place_among(rows, "乙")], "t", hides(*hidden))
        assert made["withheld"].tolist() == [expected]


def test_a_place_among_others_is_that_among_those_with_a_value():
    rows = [row("甲", 5), replace(row("戊", 1), value=math.nan), row("乙", 9), row("丙", 9)]
    for group, place, cells in (("甲", 3, "甲乙丙"), ("乙", 1, "乙丙"), ("丙", 1, "乙丙")):
        ((found, own),) = place_among(rows, group)
        assert (found.value, found.group, own.group) == (place, group, group)
        assert {cell.of for cell in found.cells} == set(cells), "equals stand before it too"
    assert place_among(rows, "戊") == place_among(rows, "己") == place_among([], "甲") == []


def test_a_rank_behind_what_nobody_knows_the_cells_of_is_hidden():
    unknown = Row("firms", "乙", 2021, 7.0, "家", 7)
    found = ranked([row("甲", 9), unknown, row("丙", 5)], All)
    assert [(own.group, own.withheld) for _, own in found] == [
        ("甲", False), ("丙", False), ("乙", True)
    ]  # fmt: skip
    assert [place.withheld for place, _ in found] == [False, True, True]
    ((place, _),) = place_among([row("甲", 3), unknown], "甲")
    assert place.cells is None


def test_a_ranking_of_nothing_known_is_empty():
    assert ranked([], All) == []
    assert ranked([replace(row("甲", 1), value=math.nan)], All) == []


def test_a_protected_value_has_no_more_decimals_than_it_keeps():
    made = tidy([row("甲", 100 / 7, unit="%")], "t", Hides(decimals=3))
    assert made["value"].tolist() == [14.286]


def test_the_error_of_a_protected_value_has_two_digits():
    """With more, the firms that answered twice could be counted."""
    made = Row("share_change", "甲", 2021, 1.23456, "百分点", 9, (NATION,), error=0.12345)
    shown = tidy([made], "t", Hides(decimals=3)).iloc[0]
    assert (shown["value"], shown["error"]) == (1.234, 0.12)
    whole = tidy([made], "t", All).iloc[0]
    assert (whole["value"], whole["error"]) == (1.23456, 0.12345)
    assert math.isnan(row("甲", 5.0).rounded(3).error)


@given(st.integers(-2000, 2000), st.integers(1, 700), st.integers(0, 2))
@example(number=46, base=219, digits=2)
def test_a_value_cut_to_three_decimals_prints_as_itself(number, base, digits):
    value = 100 * number / base
    assert half_up(cut(value, 3), digits) == half_up(value, digits)


def test_a_difference_has_the_unit_that_it_is_given_and_the_error():
    high, low = (Row("share", "甲", 2021, value, "%", 9) for value in (60.0, 45.5))
    made = difference("share_lead", high, low)
    assert (made.value, made.unit, made.measure, made.base) == (14.5, "百分点", "share_lead", 9)
    other = difference("score_lead", high, low, unit="分", error=0.5)
    assert (other.unit, other.error) == ("分", 0.5)
    assert math.isnan(made.error)


class Nothing:
    """A protection that lets nothing be seen."""

    decimals = None

    def ask(self, cells):
        return False

    def knows(self, cells):
        return False


def test_a_row_that_tells_nothing_of_firms_or_is_withheld_already_is_not_judged():
    threshold = Row("minimum", "全国", 2021, 300.0, "家", 0, ())
    hidden = Row("share", "全国", 2021, math.nan, "%", 7, (NATION,), withheld=True)
    assert threshold.judged(Nothing()) is threshold
    assert hidden.judged(Nothing()) is hidden
    judged = Row("share", "全国", 2021, 5.0, "%", 7, (NATION,), error=1.0).judged(Nothing())
    assert (judged.withheld, judged.base) == (True, 0)
    assert math.isnan(judged.value)
    assert math.isnan(judged.error)
    assert Row("share", "全国", 2021, 5.0, "%", 7).judged(Nothing()).withheld


class Printed:
    """Evidence of numbers that are printed, and a population that has it."""

    protection, otherwise = UNPROTECTED, "simulated"

    def __init__(self, **printed):
        self.printed = printed

    @property
    def evidence(self):
        return self

    def told(self, measure, group, year, value):
        known = self.printed.get(group) if measure != "rank" else self.printed.get("rank")
        return ("published", known) if known else ("simulated", "")


@pytest.mark.parametrize(
    ("printed", "statuses"),
    [
        ({"甲": "9", "乙": "7"}, ["derived", "published", "derived", "published"]),
        ({"甲": "9"}, ["simulated", "published", "simulated", "simulated"]),
        ({}, ["simulated"] * 4),
        ({"甲": "9", "乙": "7", "rank": "1"}, ["published"] * 4),
    ],
)
def test_a_rank_follows_from_values_that_are_all_known(printed, statuses):
    rows = [one for pair in ranked([row("甲", 9), row("乙", 7)], All) for one in pair]
    made = tidy(rows, "fig-02", Printed(**printed))
    assert made["status"].tolist() == statuses
    assert made["known"].tolist()[1::2] == [printed.get("甲", ""), printed.get("乙", "")]


def test_a_base_is_known_as_its_value_where_it_is_the_value_and_else_from_the_firms():
    rows = [
        row("甲", 9),
        row("乙", 7, unit="%", measure="share"),
        setting("t", "丙", 2021, 3, "家"),
    ]
    made = tidy(rows, "fig-02", Printed(甲="9", 乙="7"))
    assert made["base_status"].tolist() == ["published", "simulated", ""]
    assert made["status"].tolist() == ["published", "published", "computed"]


class OnlyKnown(Nothing):
    """A protection that lets no value be seen, though all of its cells are known."""

    def knows(self, cells):
        return True


def test_a_rank_is_shown_where_its_cells_are_known_and_a_value_where_they_may_be_seen():
    place = rank("甲", 2021, 2, (NATION,))
    assert place.judged(OnlyKnown()) is place
    assert place.judged(Nothing()).withheld
    told = Row("share", "甲", 2021, 5.0, "%", 7, (NATION,)).judged(OnlyKnown())
    assert (told.withheld, told.base) == (True, 7)
    counted = Row("firms", "甲", 2021, 7.0, "家", 7, (NATION,)).judged(OnlyKnown())
    assert (counted.withheld, counted.base) == (True, 0)


class Chooses(Nothing):
    """A protection that shows the last of several ways best."""

    def __init__(self):
        self.asked = []

    @property
    def protection(self):
        return self

    def finest(self, ways):
        self.asked.append(ways)
        return len(ways) - 1


def test_of_several_ways_to_tell_the_same_the_protection_chooses_by_their_cells():
    fine, wide = [row("甲", 1), row("乙", 2)], [row("丙", 3)]
    source = Chooses()
    assert finest([fine, wide], source) is wide
    assert source.asked == [[[own.cells for own in way] for way in (fine, wide)]]
    assert finest([wide], source) is wide


def test_where_a_cell_of_any_way_has_no_name_the_finest_is_told_and_judged_alone():
    fine, wide, unknown = [row("甲", 1)], [row("乙", 2)], Row("firms", "丙", 2021, 3.0, "家", 3)
    for ways in ([fine, [*wide, unknown]], [[*fine, unknown], wide], [[unknown], [unknown]]):
        source = Chooses()
        assert finest(ways, source) is ways[0]
        assert source.asked == []


def test_a_frame_has_errors_where_one_of_its_rows_has_and_each_is_found_by_its_row():
    rows = [
        Row(measure, group, year, value, "%", 9, (), error=error)
        for measure, group, year, value, error in (
            ("a", "甲", 2021, 1.0, math.nan),
            ("a", "乙", 2021, 2.0, 0.2),
            ("a", "乙", 2020, 3.0, 0.3),
            ("b", "乙", 2021, 4.0, 0.4),
        )
    ]
    made = frame(rows)
    assert error_of(made, "a", "乙", 2021) == 0.2
    assert error_of(made, "a", "乙", 2020) == 0.3
    assert error_of(made, "b", "乙", 2021) == 0.4
    assert [pick(made, "a", "乙", year) for year in (2021, 2020)] == [(2.0, False), (3.0, False)]
    assert pick(made, "b", "乙", 2021) == (4.0, False)
    for absent in (("a", "甲", 2021), ("c", "甲", 2021), ("a", "丙", 2021), ("a", "甲", 2019)):
        assert math.isnan(error_of(made, *absent))
    bare = frame(rows[:1])
    assert "error" not in bare and "error" in made
    assert math.isnan(error_of(bare, "a", "甲", 2021))
