"""Persons of firms that any number of persons suits: the law in full, from its least to its most.

A firm of next to no revenue is a micro one whatever its persons, so that nothing is drawn again.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.population.employees_revenue import draw_employees_revenue
from smdi.simulation.streams import Streams

ASSUMPTIONS = read_assumptions()
CODES = list(ASSUMPTIONS.divisions)
FIRMS = 40_000
MICRO = 20  # persons from which a firm may be a small one


def drawn(firms: int = FIRMS, years: tuple[int, ...] = (2021,), size: str = "micro", **staff):
    """Draw firms of the first two industries, by turns."""
    known = {
        "most": dict.fromkeys(CODES, 2.0),
        "revenue_per_head": dict.fromkeys(CODES, 1e-9),
        "growth": {"employees": (0.0, 0.0), "revenue": (0.0, 0.0)},
        "head_spread": 0.0,
    }
    ours = ASSUMPTIONS.staff.model_copy(update={**known, **staff})
    assumed = ASSUMPTIONS.model_copy(update={"staff": ours})
    panel = pd.DataFrame(
        {"firm": np.tile(np.arange(firms), len(years)), "year": np.repeat(years, firms)}
    )
    made = pd.DataFrame({"size": size, "division": np.arange(firms) % 2})
    own = draw_employees_revenue(panel, made, assumed, Streams(7))
    return pd.concat([panel, own], axis=1)


def above(x: float, body: float, joint: float, tail: float) -> float:
    """Weight of the firms of at least so many persons, of a law in two pieces without an end."""
    return x**-body if x <= joint else joint**-body * (x / joint) ** -tail


def survival(x: float, fewest: float, rise: float, most: float, law: dict[str, float]) -> float:
    """Part of the firms with at least `x` persons.

    The number of micro firms rises with the power `rise`, that of others falls by the law, and
    where they meet there are as many on both sides.
    """
    start, power = max(MICRO, fewest), rise + 1
    density = law["body"] if start <= law["joint"] else law["tail"]
    end = above(most, **law)
    beyond = (above(x, **law) - end) / (above(start, **law) - end) if x > start else 1.0
    if fewest >= MICRO:
        return beyond
    # Density at the bound, of either side, is the part there times its rise or fall.
    up = power * MICRO**rise / (MICRO**power - fewest**power)
    down = density / MICRO
    part = down / (up + down)
    if x >= MICRO:
        return (1 - part) * beyond
    return 1 - part * (x**power - fewest**power) / (MICRO**power - fewest**power)


LAWS = {
    "as assumed": ({}, 8),
    "that rises steeply": ({"micro_rise": 2.0}, 8),
    "that does not rise": ({"micro_rise": 0.0}, 3),
    "flat up to a joint": ({"body": 0.3, "joint": 100, "tail": 1.5}, 8),
    "without micro firms": ({"body": 0.5, "joint": 200, "tail": 1.2}, 30),
}


@pytest.mark.parametrize("name", LAWS)
def test_persons_are_spread_by_the_law(name: str) -> None:
    changes, fewest = LAWS[name]
    persons = drawn(fewest=fewest, **changes)["employees"].to_numpy()
    staff = ASSUMPTIONS.staff.model_copy(update=changes)
    law = {"body": staff.body, "joint": float(staff.joint), "tail": staff.tail}
    for x in (fewest, 9, 12, 16, 19, 20, 21, 31, 40, 80, 99, 101, 160, 300, 700, 1500):
        if x >= fewest:
            expected = survival(x, fewest, staff.micro_rise, 2000, law)
            error = 4 * np.sqrt(expected * (1 - expected) / FIRMS)
            assert (persons >= x).mean() == pytest.approx(expected, abs=error + 1e-9), x
    assert persons.max() <= 2000


def test_no_firm_has_more_persons_than_its_own_industry_has_at_most() -> None:
    most = dict.fromkeys(CODES, 2.0) | {CODES[0]: 0.03, CODES[1]: 0.5}
    persons = drawn(most=most).groupby(np.arange(FIRMS) % 2)["employees"].max()
    assert persons[0] == 29
    assert 250 < persons[1] < 500


def test_persons_grow_to_those_of_the_last_year() -> None:
    """Without chance each year has so much more than the one before; the last is drawn."""
    growth = {"employees": (np.log(2), 0.0), "revenue": (0.0, 0.0)}
    own = drawn(2000, (2021, 2020, 2019), growth=growth, fewest=8)
    table = own.pivot(index="firm", columns="year", values="employees")
    assert (table[2020] == table[2021] // 2).all()
    assert (table[2019] == table[2020] // 2).all()
    assert table[2021].min() == 8


def test_revenue_is_that_a_head_and_grows_to_the_last_year() -> None:
    heads = dict.fromkeys(CODES, 1.0) | {CODES[0]: 0.01, CODES[1]: 2.0}
    growth = {"employees": (0.0, 0.0), "revenue": (np.log(2), 0.0)}
    most = dict.fromkeys(CODES, 0.1)
    own = drawn(2000, (2021, 2020), revenue_per_head=heads, growth=growth, most=most)
    head = own["firm"].map(lambda firm: (0.01, 2.0)[firm % 2])
    expected = own["employees"] * head / np.where(own["year"] == 2021, 1, 2)
    assert (own["revenue"] == np.maximum(np.floor(expected + 1e-6), 1)).all()


def test_revenue_a_head_spreads_between_firms_and_from_year_to_year() -> None:
    heads = dict.fromkeys(CODES, 50.0)
    growth = {"employees": (0.0, 0.0), "revenue": (0.0, 0.2)}
    most = dict.fromkeys(CODES, 0.019)
    own = drawn(
        8000, (2021, 2020), revenue_per_head=heads, growth=growth, most=most, head_spread=0.6
    )
    head = np.log(own["revenue"] / own["employees"]).to_numpy().reshape(2, -1)
    error = 4 / np.sqrt(8000)
    assert head.mean() == pytest.approx(np.log(50), abs=0.65 * error)
    assert head.std() == pytest.approx(np.hypot(0.6, 0.2), abs=0.65 * error)
    assert (head[0] - head[1]).std() == pytest.approx(0.2 * np.sqrt(2), abs=0.3 * error)


def test_a_size_that_no_firm_of_its_industry_has_is_given_up() -> None:
    """Large firms have forty thousand of revenue, which nobody has who has next to none a head."""
    with pytest.raises(Infeasible) as refused:
        drawn(3, size="large")
    assert str(refused.value) == "3 firms have no persons and revenue of their size class"


def test_persons_and_revenue_are_numbers_of_the_file() -> None:
    own = drawn(5)
    kinds = {name: str(own[name].dtype) for name in ("employees", "revenue")}
    assert kinds == {"employees": "int32", "revenue": "float64"}
