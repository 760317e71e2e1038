"""The whole-number weights of a pattern, by hand, and which models have none."""

from __future__ import annotations

import numpy as np
import pytest

from smdi.assessments import pattern_weights
from smdi.assessments.pattern_weights import pattern_table
from smdi.assessments.rules import ScoringRule
from smdi.assessments.tailoring import N_PATTERNS, pattern_codes, pattern_parts
from smdi.errors import InputErrors, Problem
from smdi.standards import MaturityModel

from .models import model_of

ALL_BUSINESSES, NO_BUSINESS, PROCESS = 0b01111, 0b00000, 0b10000


def problem_of(model: MaturityModel, pattern: int) -> Problem:
    with pytest.raises(InputErrors) as caught:
        pattern_table(model, pattern)
    (problem,) = caught.value.problems
    return problem


def test_weights_are_whole_numbers_over_the_common_denominator_of_their_column() -> None:
    # Of 技术 数据 weighs 46 and 集成 27, together 73: 46/73 of two items, 27/73 of three.
    cells = {("data", 1): 2, ("integration", 1): 3} | {("data", level): 1 for level in range(2, 6)}
    table = pattern_table(model_of(cells), ALL_BUSINESSES)
    assert table.applicable.tolist() == list(range(9))
    assert table.levels.weights[:, 0].tolist() == [23, 23, 9, 9, 9, 0, 0, 0, 0]
    assert table.levels.full.tolist() == [730, 10, 10, 10, 10]
    assert table.levels.satisfied.tolist() == [584, 8, 8, 8, 8]
    assert np.array_equal(table.levels.weights[5:, 1:], np.eye(4))
    assert not table.levels.weights[:5, 1:].any()


def test_the_domains_have_five_columns_each_and_none_is_full_where_nothing_is_asked() -> None:
    model = model_of({("data", level): 1 for level in range(1, 6)} | {("sales", 2): 1})
    table = pattern_table(model, ALL_BUSINESSES)
    names = [node.id for node in model.domains]
    full = dict(zip(names, table.domains.full.reshape(-1, 5).tolist(), strict=True))
    asked = {name: row for name, row in full.items() if any(row)}
    assert asked == {"data": [10] * 5, "sales": [0, 10, 0, 0, 0]}


@pytest.mark.parametrize(
    ("pattern", "firm"),
    [
        (ALL_BUSINESSES, "a discrete firm"),
        (0b11111, "a process firm"),
        (NO_BUSINESS, "a discrete firm without design, logistics, sales, service"),
        (PROCESS, "a process firm without design, logistics, sales, service"),
        (0b00001, "a discrete firm without logistics, sales, service"),
        (0b01110, "a discrete firm without design"),
    ],
)
def test_a_level_that_asks_nothing_of_a_firm_is_told_with_what_the_firm_is(
    pattern: int, firm: str
) -> None:
    model = model_of({("data", level): 1 for level in (1, 2, 3, 5)})
    problem = problem_of(model, pattern)
    assert (problem.file, problem.column) == ("data/standards/items.csv", "level")
    assert problem.expected == f"at least one item of level 4 for {firm}"


def test_every_level_that_asks_nothing_is_told() -> None:
    with pytest.raises(InputErrors) as caught:
        pattern_table(model_of({("data", 3): 1}), ALL_BUSINESSES)
    assert [problem.expected[:26] for problem in caught.value.problems] == [
        f"at least one item of level {level}"[:26] for level in (1, 2, 4, 5)
    ]


@pytest.mark.parametrize(
    ("pattern", "firm"),
    [
        (ALL_BUSINESSES, "discrete without nothing"),
        (0b11111, "process without nothing"),
        (NO_BUSINESS, "discrete without design, logistics, sales, service"),
        (0b00101, "discrete without logistics, service"),
    ],
)
@pytest.mark.parametrize(("largest", "exact"), [(31, True), (30, False), (29, False)])
def test_ten_times_a_denominator_stays_below_the_largest_exact_number(
    monkeypatch: pytest.MonkeyPatch, pattern: int, firm: str, largest: int, exact: bool
) -> None:
    monkeypatch.setattr(pattern_weights, "LARGEST_EXACT", largest)
    model = model_of({("data", level): 3 for level in range(1, 6)})
    if exact:
        assert pattern_table(model, pattern).levels.full.tolist() == [30] * 5
        return
    problem = problem_of(model, pattern)
    assert (problem.file, problem.column) == ("data/standards/weights.csv", "weight")
    assert problem.value == f"{firm}: 3"
    assert problem.expected == (
        "weights and item counts with a common denominator that keeps scoring exact"
    )


def test_below_the_largest_exact_number_each_has_a_successor_of_its_own() -> None:
    largest = pattern_weights.LARGEST_EXACT
    assert float(largest - 1) + 1 == largest
    assert float(largest) + 1 == float(largest)
    assert float(largest) == float(largest + 1)


def flags(*absent: str) -> dict[str, list[bool]]:
    return {name: [name not in absent] for name in ("design", "logistics", "sales", "service")}


@pytest.mark.parametrize(
    ("process_type", "absent", "code"),
    [
        ("discrete", (), 0b01111), ("process", (), 0b11111), ("discrete", ("design",), 0b01110),
        ("discrete", ("logistics",), 0b01101), ("discrete", ("sales",), 0b01011),
        ("process", ("service",), 0b10111), ("process", ("design", "service"), 0b10110),
        ("discrete", ("design", "logistics", "sales", "service"), 0),
    ],
)  # fmt: skip
def test_a_pattern_is_sixteen_times_the_type_and_a_bit_for_each_business(
    process_type: str, absent: tuple[str, ...], code: int
) -> None:
    found = pattern_codes({"process_type": [process_type], **flags(*absent)})
    assert (found.dtype, found.tolist()) == (np.int64, [code])
    assert pattern_parts(code) == (process_type, frozenset(absent))


@pytest.mark.parametrize(
    ("types", "told"),
    [(["x"], "'x'"), (["discrete", "y", "process", "x"], "'y'"), ([None], "None")],
)
def test_a_type_that_nobody_knows_is_told(types: list[str | None], told: str) -> None:
    frame = {name: cells * len(types) for name, cells in flags().items()}
    with pytest.raises(ValueError, match=rf"^process_type {told}: expected one of \('discrete', "):
        pattern_codes({"process_type": types, **frame})


def test_there_are_thirty_two_patterns() -> None:
    assert N_PATTERNS == 32
    assert len({pattern_parts(code) for code in range(N_PATTERNS)}) == 32


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"satisfied": "nearly"}, "satisfied='nearly': expected one of reaches, exceeds"),
        ({"summation": "loose"}, "summation='loose': expected one of literal, strict"),
    ],
)
def test_a_reading_that_is_none_is_refused_by_its_name(given: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told}$"):
        ScoringRule(**given)


def test_a_level_is_reached_and_all_are_added_unless_it_is_told() -> None:
    assert ScoringRule() == ScoringRule(satisfied="reaches", summation="literal")
