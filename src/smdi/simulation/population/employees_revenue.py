"""Persons, revenue and the day of the answer: what a firm states beside its answers.

Persons follow a power law in two pieces: above the joint Zipf's law of firm sizes (Axtell 2001,
Science 293, 1818: exponent about 1.06), below it a flatter one, as the printed share of large firms
is far above that of a whole economy; among micro firms numbers rise with size, as few of them take
part. No firm exceeds the largest employers of its industry. Revenue is persons times revenue a
head, lognormal around the industry's own. Both are drawn again until persons and revenue together
put the firm in its size class in every year, so that classes are exact, tails are long and nothing
is clipped to a bound.
The numbers are in data/simulation.yaml, each with its public source or marked as assumed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from smdi.simulation.assumptions import Assumptions, Staff
from smdi.simulation.counts.integers import Floats, Infeasible, Ints
from smdi.simulation.streams import Streams
from smdi.standards import size_classes

ROUNDS = 400  # draws before a firm's size class is given up
FIRST_DAY, LAST_DAY = "-01-04", "-12-28"


def draw_employees_revenue(
    panel: pd.DataFrame, firms: pd.DataFrame, assumptions: Assumptions, streams: Streams
) -> pd.DataFrame:
    """Columns employees (persons), revenue (万元), submitted_on (date), a row a firm-year."""
    years = sorted(panel["year"].unique())
    paths = _paths(firms, assumptions, len(years), streams)
    firm = panel["firm"].to_numpy()
    place = np.searchsorted(years, panel["year"].to_numpy())
    result = pd.DataFrame(
        {
            "employees": paths[0][firm, place],
            "revenue": paths[1][firm, place].astype(float),
            "submitted_on": _days(panel, assumptions.staff, streams),
        }
    )
    return result.astype({"employees": "int32", "revenue": "float64"})


def _paths(
    firms: pd.DataFrame, assumptions: Assumptions, years: int, streams: Streams
) -> tuple[Ints, Ints]:
    """Persons and revenue of every firm in every year, both inside its size class throughout."""
    staff = assumptions.staff
    generator = streams("employees-revenue")
    head = _by_division(staff.revenue_per_head, firms, assumptions)
    most = 1000 * _by_division(staff.most, firms, assumptions)
    bounds = size_classes().iloc[::-1]
    size = np.array([list(bounds.index).index(name) for name in firms["size"]])
    floor = np.maximum(bounds["min_employees"].to_numpy(dtype=float)[size], staff.fewest)
    persons = np.zeros((len(firms), years), dtype=np.int64)
    revenue = np.zeros((len(firms), years), dtype=np.int64)
    waiting = np.arange(len(firms))
    for _ in range(ROUNDS):
        ends = floor[waiting], most[waiting], float(bounds["min_employees"].iloc[1])
        own = _draw(ends, head[waiting], staff, years, generator)
        fits = (_classes(*own, bounds) == size[waiting, None]).all(axis=1)
        persons[waiting[fits]], revenue[waiting[fits]] = own[0][fits], own[1][fits]
        waiting = waiting[~fits]
        if not len(waiting):
            return persons, revenue
    raise Infeasible(f"{len(waiting)} firms have no persons and revenue of their size class")


def _by_division(
    known: Mapping[str, float], firms: pd.DataFrame, assumptions: Assumptions
) -> Floats:
    """What is known of each firm's industry."""
    values = np.array([known[code] for code in assumptions.divisions], dtype=float)
    own: Floats = values[firms["division"].to_numpy()]
    return own


def _draw(
    ends: tuple[Floats, Floats, float],
    head: Floats,
    staff: Staff,
    years: int,
    generator: np.random.Generator,
) -> tuple[Ints, Ints]:
    """Persons from the floor to the most, revenue by the head, with yearly growth.

    `ends`: floor and most of each firm, and the bound of micro firms.
    """
    floor, most, micro = ends
    first = _power_law(np.maximum(floor, micro), most, staff, generator)
    below = generator.random(len(floor)) < _part_below(floor, micro, staff)
    first = np.where(below, _rising(floor, micro, staff, generator), first)
    shape = (len(floor), years)
    steps = np.cumsum(
        staff.growth["employees"][0]
        + staff.growth["employees"][1] * generator.standard_normal(shape),
        axis=1,
    )
    persons = np.floor(first[:, None] * np.exp(steps - steps[:, -1:])).astype(np.int64)
    per_head = head * np.exp(staff.head_spread * generator.standard_normal(len(head)))
    drift = staff.growth["revenue"][0] * np.arange(1 - years, 1)
    noise = staff.growth["revenue"][1] * generator.standard_normal(shape)
    revenue = np.floor(persons * per_head[:, None] * np.exp(drift + noise)).astype(np.int64)
    return np.maximum(persons, 1), np.maximum(revenue, 1)


def _part_below(floor: Floats, micro: float, staff: Staff) -> Floats:
    """The part of the firms below the bound of micro firms, for the law to be continuous there."""
    rise = 1 + staff.micro_rise
    below = micro * np.maximum(1 - (floor / micro) ** rise, 0) / rise
    part: Floats = below / (below + micro / staff.body)
    return part


def _rising(floor: Floats, micro: float, staff: Staff, generator: np.random.Generator) -> Floats:
    """Persons of micro firms, whose number rises as x^rise from the floor to the bound."""
    rise = 1 + staff.micro_rise
    start = np.minimum(floor, micro) ** rise
    persons: Floats = (start + generator.random(len(floor)) * (micro**rise - start)) ** (1 / rise)
    return persons


def _power_law(floor: Floats, most: Floats, staff: Staff, generator: np.random.Generator) -> Floats:
    """Persons from the floor to the most, as many above each number as the two pieces say."""
    end, start = _above(most, staff), _above(floor, staff)
    level = end + (start - end) * (1 - generator.random(len(floor)))
    joint = float(staff.joint)
    at_joint = joint**-staff.body
    body = level ** (-1 / staff.body)
    tail = joint * (level / at_joint) ** (-1 / staff.tail)
    persons: Floats = np.where(level > at_joint, body, tail)
    return persons


def _above(persons: Floats, staff: Staff) -> Floats:
    """Weight of all firms above: it falls as x^-body up to the joint and as x^-tail beyond."""
    joint = float(staff.joint)
    beyond = joint**-staff.body * (persons / joint) ** -staff.tail
    above: Floats = np.where(persons < joint, persons**-staff.body, beyond)
    return above


def _classes(persons: Ints, revenue: Ints, bounds: pd.DataFrame) -> Ints:
    """Size classes from the smallest (0) up: the lower of the grades by persons and revenue."""
    grades = [
        np.searchsorted(bounds[column].to_numpy(dtype=float), values, side="right") - 1
        for column, values in (("min_employees", persons), ("min_revenue", revenue))
    ]
    return np.minimum(*grades)


def _days(panel: pd.DataFrame, staff: Staff, streams: Streams) -> np.ndarray:
    """Days of the year: working days mostly, few on weekends and holidays, more after midsummer."""
    result = np.empty(len(panel), dtype="datetime64[D]")
    holidays = np.array(staff.holidays, dtype="datetime64[D]")
    for year in sorted(panel["year"].unique()):
        days = np.arange(f"{year}{FIRST_DAY}", f"{year}{LAST_DAY}", dtype="datetime64[D]")
        place = (np.arange(len(days)) + 0.5) / len(days)
        weight = place * (1 - place) ** 0.5
        weekend = (days.astype(int) + 3) % 7 >= 5
        weight = np.where(weekend | np.isin(days, holidays), weight * staff.day_off, weight)
        rows = np.flatnonzero(panel["year"].to_numpy() == year)
        chosen = streams("days", int(year)).choice(len(days), len(rows), p=weight / weight.sum())
        result[rows] = days[chosen]
    return result
