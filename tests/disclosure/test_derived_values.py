"""What is derived from a suppressed value goes with it, in every scope and at the limit."""

import pytest

from smdi.indicators import comparison, industries, levels, practices
from smdi.indicators.comparison import MATCHED, RAW, STANDARDISED

YES, NO = {"practice_data_sharing": True}, {"practice_data_sharing": False}


def withheld(frame, measure):
    return frame.loc[frame["measure"] == measure, "withheld"].tolist()


@pytest.mark.parametrize(("before", "suppressed"), [(4, True), (5, False)])
@pytest.mark.parametrize("scope", [{}, {"province": "江苏省"}, {"industry": "36"}])
def test_a_change_of_levels_goes_with_either_year(firm, assessed, before, suppressed, scope):
    pop = assessed(
        firm(10, level=1),
        firm(10, level=3),
        firm(20, level=1, year=2020),
        firm(before, level=3, year=2020),
        firm(9, level=3, year=2020, region="山东省", industry="1711"),
        minimum=5,
        **(scope or {"industry": "36"}),
    )
    changes = levels.level_changes(pop)
    for measure in ("share_level_le1_decrease", "share_level_ge3_increase"):
        assert withheld(changes, measure) == [suppressed]
    change = industries.industry_change(pop, ["36"])
    assert withheld(change, "share_level_le1_change") == [suppressed]
    assert withheld(industries.industry_decreases(pop, ["36"]), "share_level_le1_decrease") == [
        suppressed
    ]


@pytest.mark.parametrize(("few", "suppressed"), [(4, True), (5, False)])
def test_a_lead_goes_with_either_type(firm, assessed, few, suppressed):
    pop = assessed(
        firm(20, level=1),
        firm(few, level=4),
        firm(20, level=1, process_type="process"),
        firm(20, level=4, process_type="process"),
        minimum=5,
    )
    frame = levels.level_shares_by_type(pop)
    assert withheld(frame, "share_level_ge4_lead") == [suppressed]
    assert withheld(frame, "share_level_le1_lead") == [suppressed]


@pytest.mark.parametrize(("few", "suppressed"), [(4, True), (5, False)])
def test_an_increase_of_a_practice_goes_with_either_year(firm, assessed, few, suppressed):
    pop = assessed(
        firm(20, **YES), firm(20, **NO), firm(few, year=2020, **YES), firm(20, year=2020, **NO),
        minimum=5,
    )  # fmt: skip
    increase = practices.practice_increase(pop, "data_sharing")
    change = practices.practice_changes(pop, ["data_sharing"], "fig-20")
    assert increase["withheld"].tolist() == change["withheld"].tolist() == [suppressed]


def three_ways(pop):
    frame = comparison.practice_comparison(pop, ["data_sharing"], "tab-a2")
    return dict(zip(frame["group"], frame["withheld"], strict=True))


@pytest.mark.parametrize(("few", "suppressed"), [(4, True), (5, False)])
def test_a_comparison_goes_with_either_year_among_the_same_firms(firm, assessed, few, suppressed):
    twice = [f"T{number}" for number in range(2 * few)]
    pop = assessed(
        firm(ids=twice[:few], year=2020, **YES),
        firm(ids=twice[few:], year=2020, **NO),
        firm(20, year=2020, **YES),
        firm(20, year=2020, **NO),
        firm(ids=twice[:few], **NO),
        firm(ids=twice[few:], **YES),
        firm(20, **YES),
        firm(20, **NO),
        minimum=5,
    )
    assert three_ways(pop) == {RAW: False, MATCHED: suppressed, STANDARDISED: False}


@pytest.mark.parametrize("year", [2020, 2021])
@pytest.mark.parametrize(("answers", "others"), [(YES, NO), (NO, YES)])
@pytest.mark.parametrize(("few", "suppressed"), [(4, True), (5, False)])
def test_a_comparison_goes_with_few_firms_behind_either_rate(
    firm, assessed, year, answers, others, few, suppressed
):
    pop = assessed(
        firm(few, year=year, **answers),
        firm(20, year=year, **others),
        *(firm(20, year=4041 - year, **answer) for answer in (YES, NO)),
        minimum=5,
    )
    ways = three_ways(pop)
    assert (ways[RAW], ways[STANDARDISED]) == (suppressed, suppressed)


def test_the_four_classes_of_levels_are_parts_of_a_whole(firm, assessed):
    pop = assessed(*(firm(n, level=level) for n, level in ((60, 1), (30, 2), (8, 3), (2, 4))),
                   minimum=5)  # fmt: skip
    assert levels.national_level_shares(pop)["withheld"].tolist() == [False, False, True, True]
