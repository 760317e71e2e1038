"""How narrow what is not said becomes by what is: ends that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from smdi.publishing.gate.attack.bounds import Contradiction, propagated, tightened
from smdi.publishing.gate.attack.cells import cell
from smdi.publishing.gate.attack.system import System

INF = float("inf")


class Sums:
    """A system of sums and orders, its unknowns by name, each from nought to no end."""

    def __init__(self, *orders: str, **sums: str) -> None:
        self.system = System()
        for whole, parts in sums.items():
            self.system.equate(self._cell(whole), [self._cell(part) for part in parts])
        names = dict.fromkeys("".join([*orders, *sums, *sums.values()]))
        self.at = {name: self.system.unknown(self._cell(name)) for name in names}
        for greater, smaller in orders:
            self.system.orders.append((self.at[greater], self.at[smaller]))
        self.low, self.high = np.zeros(len(names)), np.full(len(names), INF)

    @staticmethod
    def _cell(name: str):
        return cell(("name", name))

    def set(self, **ends: tuple[float, float]) -> None:
        for name, (low, high) in ends.items():
            self.low[self.at[name]], self.high[self.at[name]] = low, high

    def passed_on(self, *, whole: bool = True) -> dict[str, tuple[float, float]]:
        propagated(self.system, self.low, self.high, whole=whole)
        return {n: (float(self.low[i]), float(self.high[i])) for n, i in self.at.items()}

    def exact(self, targets: str, width: float) -> dict[str, tuple[float, float]]:
        widths = np.full(len(self.low), width)
        asked = [self.at[name] for name in targets]
        found = tightened(self.system, self.low, self.high, asked, widths)
        names = {i: name for name, i in self.at.items()}
        return {names[i]: (round(low, 6), round(high, 6)) for i, (low, high) in found.items()}


@pytest.mark.parametrize(
    ("given", "name", "ends"),
    [
        ({"a": (1, 2), "b": (3, 4)}, "w", (4, 6)),
        ({"w": (10, 12), "a": (3, 4)}, "b", (6, 9)),
        ({"w": (10, 12)}, "a", (0, 12)),
        # The other part has no upper end, so that this one has no lower one.
        ({"w": (10, 12), "a": (3, INF)}, "b", (0, 9)),
        ({"w": (10, INF), "a": (3, 4)}, "b", (6, INF)),
        ({"a": (0, 0), "b": (0, 0)}, "w", (0, 0)),
    ],
)
def test_an_end_is_passed_along_a_sum(given: dict, name: str, ends: tuple) -> None:
    sums = Sums(w="ab")
    sums.set(**given)
    assert sums.passed_on()[name] == ends


def test_of_two_of_which_one_is_the_greater_each_bounds_the_other() -> None:
    sums = Sums("gs")
    sums.set(g=(0, 7), s=(3, INF))
    assert sums.passed_on() == {"g": (3, 7), "s": (3, 7)}


def test_one_part_without_an_end_keeps_its_own_lower_end_alone() -> None:
    sums = Sums(w="abc")
    sums.set(w=(10, 12), a=(0, INF), b=(1, 2), c=(1, 3))
    assert sums.passed_on()["a"] == (5, 10)
    sums = Sums(w="abc")
    sums.set(w=(10, 12), a=(0, INF), b=(1, INF), c=(1, 3))
    # What b and c are at least leaves a its upper end; b's missing one leaves it no lower.
    assert sums.passed_on()["a"] == (0, 10)


@pytest.mark.parametrize(("width", "found"), [(3.5, True), (3.001, True), (3.0, False)], ids=str)
def test_an_interval_is_told_when_it_is_narrower_than_its_width(width: float, found: bool) -> None:
    """Of two that are six together the smaller is three at most."""
    sums = Sums("ab", w="ab")
    sums.set(w=(6, 6))
    assert sums.exact("b", width) == ({"b": (0, 3)} if found else {})


@pytest.mark.parametrize("width", [5.0, 9.9], ids=str)
def test_what_no_round_of_all_together_sees_wide_is_seen_wide_alone(width: float) -> None:
    """Each of forty parts may be all of a whole of ten, or nothing of it."""
    parts = "".join(map(chr, range(0x4E00, 0x4E28)))
    sums = Sums(w=parts)
    sums.set(w=(10, 10), **dict.fromkeys(parts, (0, 10)))
    assert sums.exact(parts, width) == {}


def test_of_many_that_are_asked_for_only_the_narrow_are_told() -> None:
    parts = "".join(map(chr, range(0x4E00, 0x4E28)))
    sums = Sums(w=f"{parts}n", x="nm")
    sums.set(w=(10, 10), x=(4, 4), m=(3, 4), **dict.fromkeys(parts, (0, 10)))
    assert sums.exact(f"{parts}n", 5.0) == {"n": (0, 1)}


def test_what_has_no_end_is_not_told_however_wide_is_asked_for() -> None:
    assert Sums(w="ab").exact("a", 1e6) == {}


def test_what_stands_in_no_sum_is_not_told() -> None:
    sums = Sums("gs", w="ab")
    sums.set(w=(6, 6), g=(1, 2), s=(1, 2))
    assert sums.exact("a", 7) == {"a": (0, 6)}
    alone = System()
    at = alone.unknown(cell(("name", "a")))
    assert tightened(alone, np.zeros(1), np.ones(1), [at], np.full(1, 9.0)) == {}


def test_sums_that_cannot_all_be_are_a_contradiction_of_one_of_their_cells() -> None:
    sums = Sums("ab", w="ab")
    sums.set(w=(6, 6), a=(0, 2), b=(0, 2))
    with pytest.raises(Contradiction, match=r"\[\('name', '[abw]'\)\]"):
        sums.exact("a", 9)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(4.0000005, 4, 4), (4.5, 5, 4), (3.9999995, 4, 4)],
    ids=["just-over", "between", "just-under"],
)
def test_a_number_of_firms_is_rounded_inwards_but_for_what_arithmetic_adds(
    value: float, low: float, high: float
) -> None:
    sums = Sums("gs")
    sums.set(g=(0, 9), s=(value, 9))
    assert sums.passed_on()["g"] == (low, 9)
    sums = Sums("gs")
    sums.set(g=(0, value), s=(0, 9))
    assert sums.passed_on()["s"] == (0, high)
