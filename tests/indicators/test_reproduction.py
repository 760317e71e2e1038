"""Statuses of published facts against computed rows."""

import pandas as pd
import pytest

from smdi.errors import InputErrors
from smdi.indicators.reproduction import COMPUTED_COLUMNS, reproduce, summary

NONE = pd.DataFrame({"fact_id": [], "partner_id": []}, dtype="str")


def facts(*rows):
    columns = ["exhibit", "measure", "group", "year", "printed"]
    frame = pd.DataFrame(rows, columns=columns)
    frame.index = pd.Index(
        ["/".join(str(part) for part in row[:4]) for row in rows], name="fact_id"
    )
    return frame


def computed(*rows):
    return pd.DataFrame([[*row, "%", 100] for row in rows], columns=COMPUTED_COLUMNS)


def status(fact, *rows, contradictions=NONE, pending=()):
    return reproduce(facts(fact), computed(*rows), contradictions, pending).iloc[0]


SHARE = ("fig-04", "share_level_le1", "全国", 2021)


@pytest.mark.parametrize(
    ("value", "printed", "expected"),
    [
        (68.5, "69", "reproduced"),
        (68.499, "69", "differs"),
        (69.4999, "69", "reproduced"),
        (14.795, "14.80", "reproduced"),
        (14.79, "14.80", "differs"),
        (-7.194, "-7.19", "reproduced"),
        (-7.195, "-7.19", "differs"),
    ],
)
def test_a_fact_is_reproduced_to_its_last_printed_digit(value, printed, expected):
    assert status((*SHARE, printed), (*SHARE, value))["status"] == expected


def test_the_computed_number_is_shown_with_the_printed_decimals():
    assert status((*SHARE, "69.10"), (*SHARE, 69.0961))["computed"] == "69.10"


@pytest.mark.parametrize(("value", "expected"), [(501, "reproduced"), (500, "differs")])
def test_more_than_means_more_than(value, expected):
    fact = ("fig-01", "participants_over", "北京市", 2021, "500")
    row = ("fig-01", "participants", "北京市", 2021, value)
    assert status(fact, row)["status"] == expected


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (6.4, "differs", "reproduced"),
        (6.5, "reproduced", "reproduced"),
        (9.49, "reproduced", "reproduced"),
        (9.65, "reproduced", "differs"),
    ],
)
def test_ends_of_a_range_hold_at_the_printed_precision(value, low, high):
    row = ("text", "share_level_le1_decrease", "纺织业", 2021, value)
    for end, printed, expected in (("from", "7", low), ("to", "9", high)):
        fact = ("text", f"share_level_le1_decrease_{end}", "纺织业", 2021, printed)
        assert status(fact, row)["status"] == expected


@pytest.mark.parametrize(
    ("ranks", "title", "expected"),
    [
        ([1, 2, 3], "3", "reproduced"),
        ([1, 2, 3, 3], "3", "reproduced"),
        ([1, 2], "3", "differs"),
        ([1, 2, 3, 4], "3", "differs"),
    ],
)
def test_a_title_counts_ranks_so_that_a_tie_may_lengthen_the_list(ranks, title, expected):
    rows = [("tab-cities", "rank", f"市{n}", 2021, rank) for n, rank in enumerate(ranks)]
    fact = ("tab-cities", "title_rows", "全国", 2021, title)
    assert status(fact, *rows)["status"] == expected


def test_nothing_computed_differs():
    found = status((*SHARE, "69"))
    assert (found["status"], found["computed"]) == ("differs", "")


def test_nothing_computed_is_pending_where_its_exhibit_is():
    assert status((*SHARE, "69"), pending=["fig-04"])["status"] == "pending"
    assert status((*SHARE, "69"), pending=["fig-05"])["status"] == "differs"


def test_pending_excuses_no_wrong_number():
    assert status((*SHARE, "69"), (*SHARE, 60.0), pending=["fig-04"])["status"] == "differs"


CONTRADICTION = pd.DataFrame(
    {"fact_id": ["fig-04/share_level_le1/全国/2021"], "partner_id": ["text/other/全国/2021"]}
)


def test_a_contradicted_fact_names_its_partner():
    found = status((*SHARE, "69"), (*SHARE, 60.0), contradictions=CONTRADICTION)
    assert (found["status"], found["partner"]) == ("contradicted", "text/other/全国/2021")


IMPLYING = CONTRADICTION.assign(severity="claim", implied_low="59.5", implied_high="60.5")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (60.0, "contradicted"),
        (59.5, "contradicted"),
        (59.4, "differs"),
        (60.6, "differs"),
        (-7.0, "differs"),
    ],
)
def test_a_contradicted_fact_follows_the_value_its_partner_implies(value, expected):
    found = status((*SHARE, "69"), (*SHARE, value), contradictions=IMPLYING)
    assert found["status"] == expected
    assert found["grade"] == ("claim" if expected == "contradicted" else "")


def test_the_end_of_a_range_is_checked_on_the_value_it_speaks_of():
    fact = ("text", "share_level_le1_decrease_to", "纺织业", 2021, "9")
    implying = IMPLYING.assign(fact_id="/".join(map(str, fact[:4])), implied_low="9.645")
    implying = implying.assign(implied_high="9.655")
    for value, expected in ((9.65, "contradicted"), (88.8, "differs")):
        row = ("text", "share_level_le1_decrease", "纺织业", 2021, value)
        assert status(fact, row, contradictions=implying)["status"] == expected


def test_each_fact_says_how_the_others_bind_it():
    frame = reproduce(
        facts((*SHARE, "69")),
        computed((*SHARE, 69.0)),
        NONE,
        bindings={"/".join(map(str, SHARE)): "bound"},
    )
    assert frame["binding"].tolist() == ["bound"]


def test_a_fact_that_is_reproduced_is_never_called_contradicted():
    found = status((*SHARE, "60"), (*SHARE, 60.0), contradictions=CONTRADICTION)
    assert (found["status"], found["partner"]) == ("reproduced", "")


def test_a_contradiction_excuses_no_missing_number():
    assert status((*SHARE, "69"), contradictions=CONTRADICTION)["status"] == "differs"


def test_a_missing_value_is_no_computed_value():
    assert status((*SHARE, "69"), (*SHARE, float("nan")))["computed"] == ""


def test_two_chapters_that_disagree_are_refused():
    with pytest.raises(InputErrors, match="one value for fig-04/share_level_le1"):
        status((*SHARE, "69"), (*SHARE, 69.0), (*SHARE, 69.1))


def test_the_summary_counts_every_status_of_every_exhibit():
    frame = reproduce(
        facts((*SHARE, "69"), ("fig-05", "share_level_le1", "离散型", 2021, "67.1")),
        computed((*SHARE, 69.0)),
        NONE,
    )
    counts = summary(frame)
    assert counts.loc["fig-04"].tolist() == [1, 0, 0, 0]
    assert counts.loc["fig-05", "differs"] == 1
