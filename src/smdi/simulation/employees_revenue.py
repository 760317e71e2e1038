"""Persons, revenue and the day of the answer: what a firm states beside its answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smdi.simulation.integers import Floats
from smdi.simulation.streams import Streams
from smdi.standards import size_classes

# A size class is the lower of two grades: how often the grade by persons, or by revenue, is higher.
HIGHER_BY_PERSONS, HIGHER_BY_REVENUE = 0.15, 0.35
LARGEST = 12.0  # how far the largest class reaches, and a higher grade, as a multiple of its bound
SMALLEST = {"employees": 3.0, "revenue": 20.0}  # a firm that answers has at least this much
GROWTH = {"employees": (0.01, 0.06), "revenue": (0.07, 0.12)}  # yearly drift and spread, of the log
FIRST_DAY, DAYS = "-01-04", 350


@dataclass(frozen=True)
class _Range:
    low: Floats
    high: Floats

    def at(self, place: Floats) -> Floats:
        """Values between the ends, evenly on the logarithmic scale for even places 0…1."""
        return self.low * (self.high / self.low) ** place


def draw_employees_revenue(
    panel: pd.DataFrame, firms: pd.DataFrame, streams: Streams
) -> pd.DataFrame:
    """Columns employees (persons), revenue (万元), submitted_on (date), a row a firm-year.

    Persons and revenue stay in the firm's size class through all its years.
    """
    generator = streams("employees_revenue")
    size = firms["size"].to_numpy(dtype=object)
    draw = generator.random(len(firms))
    above = {
        "employees": draw < HIGHER_BY_PERSONS,
        "revenue": draw > 1 - HIGHER_BY_REVENUE,
    }
    firm = panel["firm"].to_numpy()
    years = panel["year"].to_numpy() - panel["year"].min()
    result = {}
    for column in ("employees", "revenue"):
        span = _ranges(size, column, above[column])
        place = generator.beta(1.1, 2.2, len(firms))
        drift, spread = GROWTH[column]
        change = drift * years + spread * generator.standard_normal(len(panel))
        value = span.at(place)[firm] * np.exp(change)
        whole = np.floor(np.clip(value, span.low[firm], span.high[firm] * 0.999))
        result[column] = np.maximum(whole, np.ceil(span.low[firm]))
    result["submitted_on"] = _days(panel, streams)
    return pd.DataFrame(result).astype({"employees": "int32", "revenue": "float64"})


def _ranges(size: np.ndarray, column: str, above: np.ndarray) -> _Range:
    """The lowest and highest value each firm may have: its class, or beyond it where `above`."""
    bounds = size_classes()[f"min_{column}"].astype(float).iloc[::-1]
    ends = [*bounds.iloc[1:], bounds.iloc[-1] * LARGEST]
    low = {name: max(bound, SMALLEST[column]) for name, bound in bounds.items()}
    high = dict(zip(bounds.index, ends, strict=True))
    lows = np.array([low[name] for name in size])
    highs = np.array([high[name] for name in size])
    beyond = above & (size != bounds.index[-1])
    return _Range(np.where(beyond, highs, lows), np.where(beyond, 3 * highs, highs))


def _days(panel: pd.DataFrame, streams: Streams) -> np.ndarray:
    """Days within the year, more of them in its second half."""
    place = streams("days").beta(2.0, 1.5, len(panel))
    start = np.array([f"{year}{FIRST_DAY}" for year in panel["year"]], dtype="datetime64[D]")
    return start + (place * DAYS).astype("timedelta64[D]")
