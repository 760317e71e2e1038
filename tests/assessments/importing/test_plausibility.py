"""Each doubt about an import at its limit, just under and just over: its name, what it says."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from smdi.assessments.importing.plausibility import Doubt, Evidence, doubts
from smdi.assessments.importing.profile import ratio_columns

RATIO = ratio_columns()[0]
NAME = RATIO.removeprefix("practice_")


def sound(firms: int = 20, **columns: object) -> pd.DataFrame:
    """Firms of 100 to 119 persons with about 100 万元 a head, of which nothing is doubtful."""
    frame = pd.DataFrame(
        {
            "year": 2021,
            "employees": [100 + n for n in range(firms)],
            "revenue": [10_000.0 + 7 * n for n in range(firms)],
            **{name: [50.0] * firms for name in ratio_columns()},
        }
    )
    return frame.assign(**columns)


def found(frame: pd.DataFrame, **given: object) -> dict[str, str]:
    evidence = {
        "read": len(frame), "kept": len(frame), "last": None, "rounded": {}, "other_firms": [],
        "unit_conflict": None, "headings": {"revenue": "营业收入", "employees": "从业人数"},
        "today": date(2021, 12, 31), **given,
    }  # fmt: skip
    return {doubt.name: doubt.found for doubt in doubts(Evidence(frame, **evidence))}


def test_of_a_sound_export_nothing_is_doubted() -> None:
    assert found(sound()) == {}
    assert found(sound(0)) == {}


def test_a_doubt_says_how_it_is_confirmed() -> None:
    assert str(Doubt("no-persons", "x")) == (
        "x\n    if this is right, confirm it: --confirm no-persons"
    )


@pytest.mark.parametrize(
    ("per_person", "doubted"),
    [(0.49, True), (0.5, False), (2_000.0, False), (2_000.1, True), (100.0, False)],
)
def test_revenue_a_person_has_bounds(per_person: float, doubted: bool) -> None:
    frame = sound()
    frame["revenue"] = frame["employees"] * per_person
    told = found(frame)
    assert ("revenue-unit" in told) == doubted
    if doubted:
        assert "usually 0.5 to 2,000" in told["revenue-unit"]
        assert "'营业收入'" in told["revenue-unit"]
        assert "may be exchanged" not in told["revenue-unit"]


def test_a_median_of_few_firms_says_nothing() -> None:
    for firms, doubted in ((4, False), (5, True)):
        frame = sound(firms)
        frame["revenue"] = frame["employees"] * 9_000.0
        assert ("revenue-unit" in found(frame)) == doubted


def test_firms_without_persons_do_not_count_for_revenue_a_person() -> None:
    frame = sound(9).assign(revenue=[900_000.0 * 100] * 9)
    frame.loc[:4, "employees"] = 0
    assert "revenue-unit" not in found(frame)


def test_persons_and_revenue_that_are_exchanged_are_told() -> None:
    frame = sound()
    frame["revenue"] = frame["employees"] / 20_000
    assert "persons and revenue may be exchanged" in found(frame)["revenue-unit"]


def test_units_in_conflict_are_told_alone() -> None:
    frame = sound()
    frame["revenue"] = frame["employees"] * 9_000.0
    assert found(frame, unit_conflict="元 and 万元") == {"revenue-unit": "元 and 万元"}


@pytest.mark.parametrize(("without", "doubted"), [(0, False), (4, False), (5, True)])
def test_one_firm_in_five_may_be_without_persons(without: int, doubted: bool) -> None:
    frame = sound(20)
    frame.loc[: without - 1, "employees"] = 0
    if without == 0:
        frame = sound(20)
    told = found(frame)
    assert ("no-persons" in told) == doubted
    if doubted:
        assert told["no-persons"] == "25% of the firms have 0 persons"


@pytest.mark.parametrize("name", ["employees", "revenue"])
@pytest.mark.parametrize(("firms", "doubted"), [(9, False), (10, True)])
def test_ten_firms_alike_are_doubted(name: str, firms: int, doubted: bool) -> None:
    value = 100 if name == "employees" else 10_000.0
    told = found(sound(firms, **{name: value}))
    assert (f"same-{name}" in told) == doubted
    if doubted:
        heading = {"employees": "从业人数", "revenue": "营业收入"}[name]
        assert told[f"same-{name}"] == f"every firm has {value:g} in '{heading}'"


@pytest.mark.parametrize(("year", "doubted"), [(2021, False), (2022, True)])
def test_a_year_that_has_yet_to_come_is_doubted(year: int, doubted: bool) -> None:
    frame = sound()
    frame.loc[0, "year"] = year
    told = found(frame)
    assert ("future-year" in told) == doubted
    if doubted:
        assert told["future-year"].startswith("1 assessments of the year 2022")


@pytest.mark.parametrize(
    ("read", "kept", "doubted"),
    [(20, 10, True), (20, 11, False), (20, 9, True), (10, 5, True), (9, 1, False), (10, 6, False)],
)
def test_half_of_the_answers_may_be_superseded(read: int, kept: int, doubted: bool) -> None:
    told = found(sound(kept), read=read, kept=kept)
    assert ("collapse" in told) == doubted


@pytest.mark.parametrize(("now", "doubted"), [(10, False), (9, True), (11, False)])
def test_half_as_many_firms_as_last_year_are_enough(now: int, doubted: bool) -> None:
    last = pd.concat([sound(20).assign(year=2020), sound(90).assign(year=2019)])
    told = found(sound(now), last=last)
    assert ("fewer-firms" in told) == doubted
    if doubted:
        assert told["fewer-firms"] == "9 assessments of 2021, 20 the year before"


def test_answers_that_replace_another_firm_s_are_told_five_at_most() -> None:
    assert "replaced-firms" not in found(sound(), other_firms=[])
    told = found(sound(), other_firms=[f"行 {n}" for n in range(5)])["replaced-firms"]
    assert told.startswith("5 answers")
    assert told.endswith("行 0; 行 1; 行 2; 行 3; 行 4")
    more = found(sound(), other_firms=[f"行 {n}" for n in range(7)])["replaced-firms"]
    assert more.endswith("行 4 and 2 more")


@pytest.mark.parametrize(
    ("values", "doubt"),
    [
        ([0.5] * 5, f"fractions-{NAME}"),
        ([0.5] * 4, None),
        ([1.0] * 5, f"fractions-{NAME}"),
        ([0.0] * 5, None),
        ([0.0] * 4 + [0.5], f"fractions-{NAME}"),
        ([0.5] * 4 + [1.1], f"mixed-{NAME}"),
        ([0.5, 0.5] + [50.0] * 48, f"mixed-{NAME}"),
        ([0.5, 0.5] + [50.0] * 49, None),
        ([0.5] + [50.0] * 9, None),
        ([50.0] * 10, None),
    ],
)
def test_fractions_among_percentages_are_doubted(values: list[float], doubt: str | None) -> None:
    frame = sound(len(values), **{RATIO: values})
    told = {name: said for name, said in found(frame, headings={
        "revenue": "营业收入", "employees": "从业人数", RATIO: "数字化率"
    }).items() if NAME in name}  # fmt: skip
    assert set(told) == ({doubt} if doubt else set())
    assert all("'数字化率'" in said for said in told.values())


def test_cells_in_scientific_notation_are_doubted() -> None:
    told = found(sound(), rounded={"营业收入": 1234})
    assert told["rounded-numbers"].startswith("1,234 cells of '营业收入' are in scientific")


@pytest.mark.parametrize("name", ["employees", "revenue"])
@pytest.mark.parametrize(
    ("times", "doubted"), [(5.0, False), (5.01, True), (0.2, False), (0.199, True), (1.0, False)]
)
def test_a_median_may_change_fivefold(name: str, times: float, doubted: bool) -> None:
    now = sound(21)
    last = now.assign(**{name: now[name] / times}, year=2020)
    told = found(now, last=last)
    assert (f"changed-{name}" in told) == doubted
    assert len(told) == doubted


def test_a_median_of_few_is_not_compared() -> None:
    now = sound(21)
    for firms in (4, 5):
        last = now.head(firms).assign(employees=1, year=2020)
        assert ("changed-employees" in found(now, last=last)) == (firms == 5)


@pytest.mark.parametrize(("many", "told"), [(0, False), (10, False), (11, True), (20, True)])
def test_more_than_half_of_the_firms_speak_for_an_exchange(many: int, told: bool) -> None:
    frame = sound()
    frame["revenue"] = [0.005 if n < many else 0.1 * (100 + n) for n in range(20)]
    assert ("may be exchanged" in found(frame)["revenue-unit"]) is told


@pytest.mark.parametrize(
    ("ratios", "mixed"),
    [
        ([0.5, 50.0, 60.0], False),  # one alone may be as it is
        ([0.5, 0.5, 50.0], True),
        ([0.5, 0.5, 1.0], False),  # none stands above
        ([0.0, 0.0, 50.0], False),
        ([0.5, 0.5, 1.01], True),
    ],
)
def test_some_small_ratios_among_larger_are_a_doubt(ratios: list[float], mixed: bool) -> None:
    frame = sound(3, **{RATIO: ratios})
    assert (f"mixed-{NAME}" in found(frame)) is mixed
