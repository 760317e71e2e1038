"""Marginals, correlations and tails of the simulated firms, beside what is publicly known.

Nothing here is calibrated: it shows an industry statistician what the assumptions lead to. What is
known, with its source, is in data/simulation.yaml; the other quantities have no public counterpart.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.plan import Plan
from smdi.simulation.counts.targets import Targets
from smdi.simulation.recount import Recount

TAIL = 0.05  # part of the firms that an exponent of the tail is estimated from
TOP = 0.01


def comparison(recount: Recount, assumptions: Assumptions) -> list[dict[str, Any]]:
    """One row a quantity: id, value, and what is known of it with the source, empty where nothing.

    Sizes are of the current year; correlations are by rank.
    """
    year, before = assumptions.years.current, assumptions.years.baseline
    firms = recount.assessed[year]
    persons, revenue = firms["employees"].astype(float), firms["revenue"].astype(float)
    domains = firms[[name for name in firms if str(name).startswith("domain_")]]
    values = {
        "persons_median": persons.median(),
        "persons_largest": persons.max(),
        "persons_tail": hill(persons.to_numpy(), TAIL),
        "revenue_top_share": 100 * revenue.nlargest(int(TOP * len(firms))).sum() / revenue.sum(),
        "revenue_per_head": revenue.sum() / persons.sum(),
        "days_off": 100 * (pd.to_datetime(firms["submitted_on"]).dt.day_of_week >= 5).mean(),
        "size_and_level": _rank_correlation(persons, firms["level"].astype(float)),
        "domains_among_themselves": _mean_correlation(domains),
        "level_between_years": _between_years(recount, year, before),
    }
    known = assumptions.known
    return [
        {
            "id": name,
            "value": round(float(value), 4),
            "known": known[name].value if name in known else None,
            "source": known[name].source if name in known else "",
        }
        for name, value in values.items()
    ]


def hill(sizes: np.ndarray, part: float) -> float:
    """Exponent of the tail by Hill's estimator over the largest part of the sizes."""
    ordered = np.sort(sizes)[::-1]
    count = max(2, int(part * len(ordered)))
    return float(1 / np.mean(np.log(ordered[: count - 1] / ordered[count - 1])))


def participants(plan: Plan, targets: Targets) -> list[dict[str, Any]]:
    """Participants to date by province and planned city, with whether the report prints them.

    A planned city is part of its province, whose number here holds it.
    """
    table = plan.regions
    codes = [str(code) for code in table.index]
    own = dict(zip(codes, table["participants"].astype(int).tolist(), strict=True))
    home = dict(zip(codes, table["province"].astype(str).tolist(), strict=True))
    for code in codes:
        if home[code] != code:
            own[home[code]] += own[code]
    printed = targets.numbers("participants", max(plan.levels))
    return [
        {
            "name": str(name),
            "participants": own[code],
            "printed": str(name) in printed,
        }
        for code, name in zip(codes, table["name"], strict=True)
    ]


def _rank_correlation(a: pd.Series, b: pd.Series) -> float:
    return float(a.corr(b, method="spearman"))


def _mean_correlation(domains: pd.DataFrame) -> float:
    table = domains.corr(method="spearman")
    return float(np.mean([table.loc[a, b] for a, b in combinations(table.columns, 2)]))


def _between_years(recount: Recount, year: int, before: int) -> float:
    now, then = (recount.assessed[y].set_index("credit_code")["level"] for y in (year, before))
    both = pd.concat([now, then], axis=1, keys=("now", "then")).dropna()
    return _rank_correlation(both["now"], both["then"])
