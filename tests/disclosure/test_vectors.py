"""What a cell sums, to which systems it belongs, and which firms are in it, worked out by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from smdi.disclosure.catalogue import Asked, Recorder, cells_of
from smdi.disclosure.columns import families, outcome_of, parents, unit_of, wholes
from smdi.disclosure.membership import Membership
from smdi.disclosure.pattern import Pattern, read_pattern, shown_percent, write_pattern
from smdi.indicators.cells import CHANGE, Cell

NOW = Cell("assessed", 2021)
DATA = "practice_data_sharing"
RATE = "practice_equipment_digitalisation_rate"
JIANGSU = NOW.narrowed({"province": ["320000"]})


@pytest.mark.parametrize(
    ("cell", "unit", "systems"),
    [
        (NOW, "", {"counts"}),
        (JIANGSU.narrowed({"level_class": ["2"]}), "", {"counts"}),
        (NOW.sum_of("domain_data"), "domain_data", {"domain_data"}),
        (NOW.narrowed({"answered": [DATA]}), "", {"counts", DATA}),
        (NOW.narrowed({"answered": ["domain_data"]}), "", {"counts"}),
        (NOW.narrowed({"answered": [DATA], DATA: ["yes"]}), "", {DATA}),
        (NOW.sum_of(f"{CHANGE}{DATA}=yes"), "", {DATA}),
        (NOW.sum_of(f"{CHANGE}level_class=2"), "", {"counts"}),
        (NOW.sum_of(f"{CHANGE}{RATE}"), RATE, {RATE}),
    ],
)
def test_a_cell_counts_firms_or_sums_a_column(cell: Cell, unit: str, systems: set[str]) -> None:
    assert unit_of(cell) == unit
    assert families(cell) == systems


def test_the_outcomes_of_a_cell_are_its_levels_businesses_and_practices() -> None:
    cell = JIANGSU.narrowed({"level_class": ["2"], "design": ["yes"], DATA: ["no"], "size": ["x"]})
    assert {name for name, _ in outcome_of(cell)} == {"level_class", "design", DATA}
    assert outcome_of(JIANGSU) == ()


def where(*cells: Cell) -> set[str]:
    return {"/".join(f"{name}={','.join(v)}" for name, v in cell.where) for cell in cells}


@pytest.mark.parametrize(
    ("classes", "wider"),
    [
        (("2",), {"2,3", "2,3,ge4"}), (("3",), {"2,3", "2,3,ge4", "3,ge4"}), (("le1",), set()),
        (("3", "ge4"), {"2,3,ge4"}), (("2", "3", "ge4"), set()),
    ],
)  # fmt: skip
def test_a_cell_is_of_wholes_without_one_of_its_conditions_or_with_more_levels(
    classes, wider: set[str]
) -> None:
    cell = JIANGSU.narrowed({"level_class": classes})
    assert where(*parents(cell)) == {"province=320000", f"level_class={','.join(classes)}"}
    found = {name.removesuffix("/province=320000") for name in where(*wholes(cell))}
    assert found == {
        "province=320000", *(f"level_class={v}" for v in (*wider, ",".join(classes))),
    }  # fmt: skip
    assert len(wholes(cell)) == 2 + len(wider)
    assert wholes(JIANGSU) == parents(JIANGSU) == [NOW]


YES, NO = {DATA: True}, {DATA: False}


@pytest.fixture
def members(firm, assessed) -> Membership:
    """A and B of both years, C of the first, D of this; A moved, and does what it did not."""
    return Membership(
        assessed(
            firm(ids=["A"], year=2020, region="山东省", level=1, domain_data=1.0, **NO),
            firm(ids=["B"], year=2020, level=2, domain_data=2.0, **YES),
            firm(ids=["C"], year=2020, level=2, **YES),
            firm(ids=["A"], level=3, domain_data=3.0, **YES),
            firm(ids=["B"], level=2, domain_data=2.5, **NO),
            firm(ids=["D"], level=2, **{DATA: None}),
        )
    )


def told(members: Membership, cell: Cell) -> dict[int, int]:
    vector = members.vector(cell)
    assert vector.firms == len(vector.units)
    return dict(zip(vector.units.tolist(), vector.signs.tolist(), strict=True))


A, B, C, D = range(4)
# The records stand by year and firm: A B C of 2020 are 0 1 2, A B D of 2021 are 3 4 5.
BEFORE, TO_DATE = Cell("assessed", 2020), Cell("participants", 2021)
MATCHED = Cell("matched", 2021)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (NOW, {A: 1, B: 1, D: 1}),
        (BEFORE, {A: 1, B: 1, C: 1}),
        (TO_DATE, {A: 1, B: 1, C: 1, D: 1}),
        (Cell("participants", 2020), {A: 1, B: 1, C: 1}),
        (JIANGSU, {A: 1, B: 1, D: 1}),
        (BEFORE.narrowed({"province": ["320000"]}), {B: 1, C: 1}),
        (TO_DATE.narrowed({"province": ["370000"]}), {}),
        (NOW.narrowed({"answered": [DATA]}), {A: 1, B: 1}),
        (NOW.narrowed({DATA: ["yes"], "level_class": ["3"]}), {A: 1}),
        (NOW.narrowed({DATA: ["no"]}), {B: 1}),
        (NOW.sum_of("domain_data"), {3: 1, 4: 1, 5: 1}),
        (MATCHED, {A: 1, B: 1}),
        (MATCHED.narrowed({"province": ["320000"]}), {B: 1}),
        # Who does it now less who did before: A began, B ended.
        (MATCHED.sum_of(f"{CHANGE}{DATA}=yes"), {A: 1, B: -1}),
        (MATCHED.sum_of(f"{CHANGE}level_class=2"), {}),
        (MATCHED.sum_of(f"{CHANGE}level_class=2,3"), {A: 1}),
        (MATCHED.sum_of(f"{CHANGE}domain_data"), {3: 1, 4: 1, 0: -1, 1: -1}),
    ],
)
def test_a_cell_is_its_firms_and_how_often_it_counts_each(members, cell: Cell, expected) -> None:
    assert told(members, cell) == expected


def test_what_units_meet_and_a_column_are_told_by_record(members) -> None:
    conditions = [("level_class", ("3",)), (DATA, ("yes",)), ("province", ("320000",))]
    found = members.meet(NOW, conditions, [B, A, D])
    assert found.tolist() == [[False, True, False], [False, True, False], [True, True, True]]
    assert members.values("domain_data").tolist() == [1, 2, 0, 3, 2.5, 0]
    assert members.rates(MATCHED.sum_of(f"{CHANGE}{DATA}=yes")) == (1, 1)
    assert members.rates(MATCHED.sum_of(f"{CHANGE}level_class=2,3")) == (2, 1)
    assert members.records == 6 and np.issubdtype(members.vector(NOW).units.dtype, np.int32)


ONE, OTHER, WHOLE = ((Cell("assessed", year),) for year in (2019, 2020, 2021))


def test_what_is_asked_is_remembered_once_in_its_order() -> None:
    recorder = Recorder()
    assert recorder.ask(iter(OTHER)) and recorder.ask(ONE) and recorder.ask(OTHER)
    assert recorder.knows(WHOLE) and recorder.decimals is None
    assert recorder.finest([[ONE, OTHER], [WHOLE]]) == recorder.finest([[ONE, OTHER], [WHOLE]]) == 0
    assert list(recorder.asked) == [OTHER, ONE]
    assert list(recorder.choices) == [((ONE, OTHER), (WHOLE,))]
    asked = Asked([ONE], [((ONE, OTHER), (WHOLE,))])
    assert list(asked) == [ONE, ONE, OTHER, WHOLE]
    assert asked.finest == {ONE, OTHER}
    assert cells_of(asked) == [ONE[0], OTHER[0], WHOLE[0]]


PATTERN = Pattern(
    "protected", 7, frozenset({NOW.id, JIANGSU.id}), {"2021": "ab"}, ("江苏省", "全国"), {"a": 1}
)


def test_a_pattern_is_read_as_it_was_written_and_its_lists_stand_in_order(tmp_path) -> None:
    path = tmp_path / "p.json"
    write_pattern(path, PATTERN)
    content = json.loads(path.read_text("utf-8"))
    assert content["shown"] == sorted(PATTERN.shown)
    assert content["scopes"] == ["全国", "江苏省"]
    assert read_pattern(path) == Pattern(
        "protected", 7, PATTERN.shown, {"2021": "ab"}, ("全国", "江苏省"), {"a": 1}
    )
    assert (PATTERN.decimals, Pattern("as_printed", 5).decimals) == (3, None)


def test_a_pattern_shows_what_is_made_of_what_it_lists_alone() -> None:
    assert PATTERN.ask([NOW, JIANGSU]) and PATTERN.knows([NOW]) and PATTERN.ask([])
    assert not PATTERN.ask([NOW, BEFORE]) and not PATTERN.knows([BEFORE])
    # Of two ways the one of which more is shown, the first where equal.
    assert PATTERN.finest([[(NOW,), (BEFORE,)], [(JIANGSU,)]]) == 1
    assert PATTERN.finest([[(NOW,)], [(JIANGSU,)]]) == 0
    assert PATTERN.finest([[(NOW, BEFORE)], [(BEFORE,)]]) == 0


def test_the_part_that_is_shown_is_what_neither_reason_withholds() -> None:
    assert shown_percent({"values": 200, "primary": 30, "secondary": 20}) == 75
