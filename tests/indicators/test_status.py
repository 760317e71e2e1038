"""What a value is known from: print, a consequence of print, or the firms alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from smdi.indicators import comparison, levels, rankings
from smdi.indicators.precision.status import ALL_FIRMS, Evidence, of_all, reads_as
from smdi.published import read_facts

FACTS = Path("data/published/2021.csv")
# Read in the printed report: place, value as it is shown, status.
READ = [
    (("share_level_le1", "全国", 2021), 68.96, 0, "published"),
    (("share_level_le1", "全国", 2020), 74.97, 0, "derived"),  # 69 and a fall of 6
    (("share_level_ge2", "全国", 2021), 31.04, 0, "derived"),  # 100 - 69
    (("share_level_le1_change", ALL_FIRMS, 2021), -5.97, 1, "derived"),  # a fall of 6
    (("share_level_le1_change", ALL_FIRMS, 2021), -5.94, 1, "simulated"),  # shown as -5.9
    (("share_level_le1", "离散型", 2021), 67.12, 1, "published"),
    (("share_level_le1_lead", "离散型", 2021), -5.11, 1, "derived"),  # 67.1 - 72.2
    (("share_level_2", "离散型", 2021), 15.6, 1, "simulated"),
    (("share_level_ge2", "通用设备制造业", 2021), 35.65, 0, "derived"),
    (("participants", "江苏省", 2021), 4654, 0, "published"),
    (("participants", "北京市", 2021), 1016, 0, "simulated"),  # more than 500
    (("equipment_digitalisation_rate", "全行业", 2021), 57.98, 2, "published"),
    (("automated_logistics", "全行业", 2021), 24.04, 0, "published"),
    (("automated_logistics", "全行业", 2021), 24.04, 2, "published"),  # in another figure
    (("automated_logistics", "电子信息", 2021), 37.2, 0, "published"),
    (("automated_logistics", "电子信息", 2021), 37.2, 1, "simulated"),  # 37 says no 37.2
    (("sme_employees_under", "全国", 2021), 1000, 0, "published"),
    (("share_level_le1", "全国", 2021), float("nan"), 0, "missing"),
]


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return read_facts(FACTS)


@pytest.mark.parametrize(("place", "value", "digits", "status"), READ)
def test_a_value_is_known_from_what_the_report_prints(facts, place, value, digits, status) -> None:
    if "通用设备制造业" in place:
        low = facts.loc["tab-industry-change/share_level_le1/通用设备制造业/2021", "printed"]
        value = float(100 - Decimal(low))
    assert Evidence(facts, simulated=True).status(*place, value, digits) == status


def test_of_real_firms_nothing_is_simulated(facts) -> None:
    evidence = Evidence(facts, simulated=False)
    assert evidence.status("share_level_2", "离散型", 2021, 15.6, 1) == "computed"
    elsewhere = Evidence(facts[:0], simulated=True)
    assert elsewhere.status("participants", "江苏省", 2021, 4654, 0) == "simulated"


def test_what_a_standard_stipulates_is_simulated_nowhere(facts) -> None:
    elsewhere = Evidence(facts[:0], simulated=True)
    assert elsewhere.status("sme_employees_under", "海南省", 2021, 1000, 0) == "computed"
    assert elsewhere.status("sample_threshold", "海南省", 2021, 300, 0) == "computed"


def test_a_number_with_more_decimals_than_are_known_says_more() -> None:
    assert reads_as(24.04, "24", 0) and not reads_as(24.04, "24", 2) and reads_as(24.0, "24", 2)
    assert reads_as(8.49, "8.4", 0) and not reads_as(8.49, "8.4", 1) and reads_as(8.49, "8.4")


def test_what_is_derived_of_changes_is_what_the_report_itself_prints_of_them(facts) -> None:
    """Its table prints both shares and their difference, which is off by a last digit at most."""
    change = facts["measure"].str.endswith("_change")
    without = Evidence(facts[~change & (facts["exhibit"] == "tab-industry-change")], simulated=True)
    printed = facts[change]
    columns = printed[["measure", "group", "year", "value"]].to_numpy()
    unlike = {
        name for name, key in zip(printed.index, columns, strict=True) if not follows(without, *key)
    }
    assert len(printed) == 32
    assert unlike == set()
    assert not any(follows(without, *key, off=0.03) for key in columns[:20])


def follows(evidence: Evidence, measure: str, group: str, year: int, value: float, off: float = 0):
    return evidence.told(measure, group, year, value + off)[0] == "derived"


def test_each_row_and_each_base_of_an_indicator_bears_its_status(firm, assessed, facts) -> None:
    pop = assessed(firm(69, level=0), firm(15, level=2), firm(16, level=5), provenance="simulated")
    pop = pop.__class__(**{**vars_of(pop), "evidence": Evidence(facts, simulated=True)})
    rows = levels.national_level_shares(pop).set_index("measure")
    rows = rows[rows["year"] == 2021]
    assert rows["status"].to_dict() == {
        "share_level_le1": "published",
        "share_level_2": "published",
        "share_level_3": "simulated",
        "share_level_ge4": "simulated",
    }
    assert set(rows["base_status"]) == {"simulated"}
    assert rows.loc["share_level_le1", "known"] == "69"


def test_a_withheld_value_is_suppressed_and_its_base_says_nothing(firm, assessed, facts) -> None:
    pop = assessed(firm(40, level=1), firm(3, level=4), minimum=5)
    pop = pop.__class__(**{**vars_of(pop), "evidence": Evidence(facts, simulated=True)})
    rows = levels.national_level_shares(pop).set_index("measure")
    assert rows.loc["share_level_ge4", ["status", "known"]].tolist() == ["suppressed", ""]


def test_what_is_made_of_known_values_is_derived_and_of_others_not() -> None:
    frame = pd.DataFrame({"value": [1.0, 2.0], "status": ["published", "derived"]})
    assert of_all(frame) == "derived"
    assert of_all(frame.assign(status=["published", "simulated"])) == "simulated"
    assert of_all(frame.drop(columns="status")) is None


def vars_of(pop) -> dict:
    return {name: getattr(pop, name) for name in pop.__dataclass_fields__ if name != "wholes"}


def test_the_names_of_all_firms_are_the_same_everywhere() -> None:
    assert ALL_FIRMS == comparison.RAW
    assert rankings.MEASURE == "firms_level_ge2"


def printed(**numbers: str) -> Evidence:
    """Evidence of what is printed of 甲: each name is a measure and its year."""
    rows = [
        (name.rpartition("_")[0], "甲", int(name.rpartition("_")[2]), number)
        for name, number in numbers.items()
    ]
    columns = ["measure", "group", "year", "printed"]
    return Evidence(pd.DataFrame(rows, columns=columns), simulated=True)


@pytest.mark.parametrize(
    ("evidence", "measure", "year", "value", "known"),
    [
        # A change is since the newest year before of which the quantity is known.
        (printed(a_2021="30", a_2020="20", a_2019="5"), "a_change", 2021, 10.0, "10"),
        (printed(a_2021="30", a_2020="20", a_2019="5"), "a_change", 2021, 25.0, ""),
        (printed(a_2021="30", a_2019="5", b_2020="1"), "a_change", 2021, 25.0, "25"),
        (printed(a_2021="30", a_2020="20"), "a_decrease", 2021, -10.0, "-10"),
        (printed(a_2021="30", a_2020="20"), "a_increase", 2021, 10.0, "10"),
        # One name of a change tells the others, and with a value that of the year before.
        (printed(a_decrease_2021="4"), "a_change", 2021, -4.0, "-4"),
        (printed(a_increase_2021="4"), "a_decrease", 2021, -4.0, "-4"),
        (printed(a_2021="30", a_decrease_2021="4"), "a", 2020, 34.0, "34"),
        (printed(a_2021="30", a_increase_2021="4"), "a", 2020, 26.0, "26"),
        (printed(a_2021="30", a_increase_2021="4"), "a", 2019, 26.0, ""),
        # The rest of a whole, and the sum of classes.
        (printed(share_level_le1_2021="69"), "share_level_ge2", 2021, 31.0, "31"),
        (printed(share_level_3_2021="9", share_level_ge4_2021="7.5"), "share_level_ge3",
         2021, 16.5, "16.5"),
        (printed(share_level_3_2021="9"), "share_level_ge3", 2021, 9.0, ""),
        (printed(share_level_le1_2021="69", share_level_2_2021="15"), "share_level_ge3",
         2021, 16.0, "16"),
        (printed(share_level_le1_2021="69"), "share_level_none", 2021, 31.0, ""),
        # Of several prints the most telling; a statement is no value.
        (printed(**{"a_2021": "30", "a_over_2021": "5"}), "a_over", 2021, 5.0, ""),
    ],
)  # fmt: skip
def test_a_value_follows_from_what_is_printed(evidence, measure, year, value, known) -> None:
    status, number = evidence.told(measure, "甲", year, value)
    assert (status, number) == (("derived", known) if known else ("simulated", ""))


@pytest.mark.parametrize(
    ("written", "status"),
    [("7.19", "published"), ("-7.19", "published"), ("7.2", "published"), ("7.1", "simulated"),
     ("7.190", "published"), ("7.191", "simulated")],
)  # fmt: skip
def test_an_amount_is_known_whatever_its_sign(written: str, status: str) -> None:
    evidence = printed(a_change_2021="-7.19")
    assert evidence.of_amount("a_change", "甲", 2021, written) == status
    fall = evidence.of_amount("a_decrease", "甲", 2021, written)
    assert fall == ("derived" if status == "published" else status)
