"""A plan of some firms in two regions and two industries, small enough to count by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd

from smdi.simulation.counts.division_levels import Order
from smdi.simulation.counts.plan import Plan
from smdi.standards import BUSINESSES, LEVEL_CLASSES, NATION

YEARS = SimpleNamespace(current=2021, baseline=2020, first=2019)
REGIONS, CODES = ["310000", "440000"], ["13", "36"]
CITIES = {"310000": ["310100"], "440000": ["440100", "440600"]}


def by_level(rows: list[list[int]], names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=names, columns=list(LEVEL_CLASSES))


def small_plan(times: int = 1) -> Plan:
    """Plan 100 firms, or so many times as many: 60 in the one region and 40 in the other."""
    regions = pd.DataFrame(
        {"name": ["上海市", "广东省"], "province": REGIONS, "participants": [90, 50],
         "before": [55, 25], "new": [35, 25], "returning": [25, 15], "not_returning": [30, 10],
         "assessed": [60, 40], "ge2": [20, 20]},
        index=REGIONS,
    )  # fmt: skip
    numbers = [name for name in regions if name not in ("name", "province")]
    regions[numbers] *= times
    places = by_level([[40, 12, 5, 3], [20, 8, 7, 5]], REGIONS) * times
    return Plan(
        levels={2020: np.array([9, 9, 9, 9]), 2021: np.array([60, 20, 12, 8]) * times},
        divisions={
            2020: by_level([[20, 4, 2, 1], [15, 4, 2, 2]], CODES) * times,
            2021: by_level([[36, 9, 3, 2], [24, 11, 9, 6]], CODES) * times,
        },
        types=np.array([[30, 10, 6, 4], [30, 10, 6, 4]]) * times,
        large=np.array([4, 6, 6, 8]) * times,
        regions=regions,
        region_levels=places,
        city_levels={
            "310000": by_level([[40, 12, 5, 3]], CITIES["310000"]) * times,
            "440000": by_level([[20, 8, 7, 4], [0, 0, 0, 1]], CITIES["440000"]) * times,
        },
        before=pd.Series([46, 34], index=CODES) * times,
        returning_by_division=pd.Series([22, 18], index=CODES) * times,
        affinity=np.array([[4.0, 1.0], [1.0, 4.0]]),
        order=Order((), (), frozenset()),
    )


def assumed(**size: object) -> SimpleNamespace:
    """Assume of sizes what is given, beside what is assumed anyway."""
    below = {"medium": 30.0, "small": 50.0, "micro": 20.0}
    sizes = {"below_large": below, "rise": 0.0, "odds_rise": 0.0, "highest_micro": 3}
    return SimpleNamespace(
        years=YEARS,
        divisions={
            "13": SimpleNamespace(discrete=20.0, large=1.0),
            "36": SimpleNamespace(discrete=90.0, large=4.0),
        },
        size=SimpleNamespace(**{**sizes, **size}),
        businesses=SimpleNamespace(rise=1.0, large=dict.fromkeys(BUSINESSES, 60.0)),
    )


def facts(threshold: int = 10_000, **printed: int) -> SimpleNamespace:
    """Print a threshold and so many small firms of some classes; a quarter have each business."""
    numbers = {
        "firms": {f"{code.strip('_')} 某业": count for code, count in printed.items()},
        "sample_threshold": {NATION: threshold},
    }
    return SimpleNamespace(
        numbers=lambda measure, year, exhibit: dict(numbers[measure]),
        require=lambda measure, group, year: SimpleNamespace(count=lambda base: base // 4),
    )
