"""The solver's three answers, on systems small enough to solve by hand."""

import math
from itertools import pairwise
from types import SimpleNamespace

import pytest

from smdi.published.constraints.shares_rows import ShareRows
from smdi.published.constraints.system import System
from smdi.published.relations import Whole

A, B, N = (("count", name, "", 2031) for name in "abn")


def shares(*limits):
    """Shares x1 … xk within limits, each marked with a fact of its own, that make up 100."""
    system = System()
    names = [system.declare(("share", str(i), "", 2031), 0, 100) for i in range(len(limits))]
    for name, (low, high) in zip(names, limits, strict=True):
        system.add({name: 1.0}, low, high, [f"fact {name[1]}"])
    system.add(dict.fromkeys(names, 1.0), 100, 100, reason="the whole")
    return system, names


def test_shares_that_can_make_a_whole_are_no_conflict():
    system, _ = shares((59.5, 60.4), (39.5, 40.4))
    assert system.is_feasible()
    assert system.conflict() is None


def test_shares_that_cannot_are_one_minimal_set_with_its_reason():
    system, _ = shares((59.5, 60.4), (39.0, 39.4))
    assert system.conflict() == {"fact 0", "fact 1"}
    assert system.reasons(frozenset({"fact 0", "fact 1"})) == ("the whole",)


def test_a_fact_that_is_not_needed_for_the_conflict_is_not_in_it():
    system, names = shares((59.5, 60.4), (39.0, 39.4))
    system.add({names[0]: 1.0}, 10, 90, ["idle"])
    system.add({names[1]: 1.0}, 41, 42, ["rival"])
    found = system.conflicts()
    assert {"fact 1", "rival"} in found
    assert not any("idle" in conflict for conflict in found)
    for conflict in found:
        for fact in conflict:
            assert system.is_feasible(system.facts - (conflict - {fact}))
        assert not system.is_feasible(system.facts - conflict)


def test_leaving_a_fact_out_frees_the_rest():
    system, _ = shares((59.5, 60.4), (39.0, 39.4))
    assert system.is_feasible(["fact 1"])


def test_the_span_is_what_the_others_leave():
    system, names = shares((59.5, 60.4), (0, 100))
    low, high = system.span({names[1]: 1.0}, ["fact 1"])
    assert (low, high) == (pytest.approx(39.6), pytest.approx(40.5))


def test_a_span_without_an_end_is_infinite():
    system = System()
    system.declare(A, 0, math.inf, whole=True)
    system.add({A: 1.0}, 7, math.inf, ["more than six"])
    assert system.span({A: 1.0}) == (7, math.inf)


def test_whole_numbers_are_whole():
    # 2a = b and b = 5: no whole a, though a = 2.5 would do.
    system = System()
    system.declare(A, 0, math.inf, whole=True)
    system.declare(B, 0, math.inf, whole=True)
    system.add({A: 2.0, B: -1.0}, 0, 0, ["double"])
    system.add({B: 1.0}, 5, 5, ["five"])
    assert system.conflict() == {"double", "five"}


def test_parts_without_a_common_variable_are_solved_apart():
    system = System()
    for name in (A, B, N):
        system.declare(name, 0, 10)
    system.add({A: 1.0, B: 1.0}, 3, 3, ["sum"])
    system.add({N: 1.0}, 1, 1, ["one"])
    assert sorted(len(part.limits) for part in system.components()) == [1, 2]


def test_a_soft_row_narrows_a_span_and_proves_nothing():
    system = System()
    system.declare(A, 0, 10)
    system.add({A: 1.0}, 5, 5, ["five"])
    system.add({A: 1.0}, 1, 4, ["order"], soft=True)
    assert system.is_feasible()
    assert system.span({A: 1.0}, ["five"]) == (1, 4)
    assert system.span({A: 1.0}, ["five", "order"]) == (0, 10)


@pytest.mark.parametrize(
    ("printed", "rows"), [("share_level_ge3", 2), ("share_level_2", 0), ("share_smes", 0)]
)
def test_a_union_of_classes_makes_a_whole_of_them_and_another_share_none(printed: str, rows: int):
    system = System()
    system.declare(("share", printed, "全国", 2021), 0, 100)
    levels = tuple(f"share_level_{name}" for name in ("le2", "3", "ge4"))
    shares = ShareRows(SimpleNamespace(facts=()), system)
    shares.whole(Whole(measures=levels))
    assert len(system.rows) == rows


def two_conflicts(size: int) -> System:
    """Facts of which the last can be exchanged for another: either way they ask for too much."""
    system = System()
    *shared, last, other = [
        system.declare(("count", name, "", 2031), 0, math.inf)
        for name in [*(f"f{place}" for place in range(size)), "g"]
    ]
    for name in (*shared, last, other):
        system.add({name: 1.0}, 1, math.inf, [name[1]])
    for end in (last, other):
        system.add(dict.fromkeys((*shared, end), 1.0), -math.inf, size - 0.5, reason="too much")
    return system


@pytest.mark.parametrize(
    ("size", "limit", "found"), [(3, 5, 2), (3, 2, 2), (3, 1, 1), (7, 2, 2), (8, 2, 1), (8, 3, 2)]
)
def test_conflicts_are_sought_up_to_a_limit_and_four_times_as_often(size, limit, found) -> None:
    """The second shows when the last fact of the first is left out, after each of the others."""
    conflicts = two_conflicts(size).conflicts(limit=limit)
    shared = {f"f{place}" for place in range(size - 1)}
    every = [shared | {f"f{size - 1}"}, shared | {"g"}]
    assert len(conflicts) == found
    assert all(own in every for own in conflicts)
    assert len(set(conflicts)) == found


def test_a_conflict_of_whole_numbers_is_told_of_few_facts_alone() -> None:
    """Twelve halves make no odd number of whole ones; of thirteen nothing is trusted."""
    for parts, told in ((10, 1), (11, 1), (12, 0)):
        system = System()
        names = [
            system.declare(("count", f"x{place:02}", "", 2031), 0, 9, whole=True)
            for place in range(parts + 1)
        ]
        for first, second in pairwise(names):
            system.add({first: 1.0, second: -1.0}, 0, 0, [f"same {second[1]}"])
        system.add({names[0]: 1.0, names[-1]: 1.0}, 5, 5, ["odd"])
        assert [len(own) for own in system.conflicts()] == [parts + 1] * told


def test_a_variable_alone_is_bound_by_its_rows_whatever_their_sign() -> None:
    for low, high, can in ((-6, -4, True), (-4, -2, False), (-5, -5, True), (-5.5, -5.25, False)):
        system = System()
        system.declare(A, 0, math.inf, whole=True)
        system.add({A: 1.0}, 5, 6, ["five or six"])
        system.add({A: -1.0}, low, high, ["less than nought"])
        assert system.is_feasible() is can
    assert system.is_feasible(["five or six"], whole=False)
    assert not system.is_feasible(["five or six"])
    assert system.is_feasible(whole=False)


def test_a_variable_without_its_limits_given_twice_keeps_the_first() -> None:
    system = System()
    system.declare(A, 0, 4)
    assert system.declare(A, 1, 9, whole=True) == A
    assert system.limits == {A: (0, 4)}
    assert system.integers == {A}


def test_reasons_are_told_once_and_in_the_order_of_their_rows() -> None:
    system = System()
    names = [system.declare(name, 0, 10) for name in (A, B, N)]
    system.add({names[0]: 1.0}, 4, 10, ["a"])
    system.add({names[0]: 1.0, names[1]: -1.0}, -math.inf, 0, reason="second")
    system.add({names[1]: 1.0, names[2]: -1.0}, -math.inf, 0, reason="first")
    system.add({names[2]: 1.0}, 0, 3, ["c"])
    system.add({names[2]: 1.0}, 0, 9, ["idle"], reason="third")
    assert system.conflict() == {"a", "c"}
    assert set(system.reasons(frozenset({"a", "c"}))) == {"second", "first"}


def test_a_term_that_weighs_nothing_is_in_no_row() -> None:
    system = System()
    system.add({system.declare(A, 0, 1): 0.0, system.declare(B, 0, 1): 2.0}, 0, 1)
    assert system.rows[0].terms == ((B, 2.0),)
    assert [set(part.limits) for part in system.components()] == [{A}, {B}]


def test_of_many_facts_half_at_a_time_are_left_out_as_not_needed() -> None:
    """The later half holds alone and so is left out, though its first contradicts the third."""
    system = System()
    system.declare(A, -math.inf, math.inf)
    spans = [(0, 1), (2, 3), (20, 30), (0, 10), (0, 10), (0, 10)]
    for number, (low, high) in enumerate(spans):
        system.add({A: 1.0}, low, high, [f"fact {number}"])
    assert system.conflict() == {"fact 1", "fact 2"}
    assert system.conflict(["fact 2"]) == {"fact 0", "fact 1"}
    assert system.conflict(["fact 1"]) == {"fact 0", "fact 2"}
    assert system.conflict(["fact 0", "fact 1"]) == {"fact 2", "fact 3"}
    assert system.conflict(["fact 2", "fact 1"]) is None
