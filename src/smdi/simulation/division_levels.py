"""Level classes by division, in the current and the baseline year.

Where the report prints a division's four shares in both years, the whole numbers behind them are
inferred; the other divisions share what the nation has left, so that the printed order of the
leading divisions holds.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp

from smdi.published import denominators
from smdi.simulation.assumptions import Assumptions
from smdi.simulation.integers import Infeasible, Ints, apportion, fill_table
from smdi.simulation.targets import Targets
from smdi.standards import LEVEL_CLASSES, NATION

MARGIN = 0.002  # shares that stand in an order keep at least this distance


def division_levels(
    targets: Targets, assumptions: Assumptions, levels: dict[int, Ints], divisions: pd.DataFrame
) -> dict[int, pd.DataFrame]:
    """Firms by division (index, code) and level class (columns), by year (current, baseline)."""
    current, baseline = assumptions.years.current, assumptions.years.baseline
    known = inferred_counts(targets, assumptions, divisions)
    now = {code: pair[0] for code, pair in known.items()}
    then = {code: pair[1] for code, pair in known.items()}
    firms = _firms(assumptions, now, levels[current], 0)
    threshold = targets.numbers("sample_threshold", current, "text")[NATION]
    ge2 = _level_ge2(assumptions, firms, now, int(levels[current][1:].sum()), threshold)
    table = _current(firms, ge2, now, levels[current])
    before = _firms(assumptions, then, levels[baseline], 1)
    return {current: table, baseline: _baseline(before, table, then, levels[baseline])}


def inferred_counts(
    targets: Targets, assumptions: Assumptions, divisions: pd.DataFrame
) -> dict[str, tuple[Ints, Ints]]:
    """Whole numbers behind the printed shares (current, baseline), nearest the firms preferred."""
    current, baseline = assumptions.years.current, assumptions.years.baseline
    known = {}
    for code, name in divisions["name_zh"].items():
        now, then = targets.shares(name, current), targets.shares(name, baseline)
        if now is None or then is None:
            continue
        changes = [
            targets.printed(f"share_level_{c}_change", name, current)[0] for c in LEVEL_CLASSES
        ]
        preferred = assumptions.divisions[code].firms
        pairs = denominators.pairs(now, then, changes, int(1.02 * max(preferred)) + 1)
        if not pairs:
            raise Infeasible(f"{name}: no numbers of firms print its shares and changes")
        best = min(pairs, key=lambda p: abs(p[0].n - preferred[0]) + abs(p[1].n - preferred[1]))
        known[code] = np.array(best[0].counts), np.array(best[1].counts)
    return known


def _firms(
    assumptions: Assumptions, known: dict[str, Ints], levels: Ints, position: int
) -> pd.Series:
    """Firms by division: the known ones, and the rest in proportion to the preferences."""
    codes = list(assumptions.divisions)
    others = [code for code in codes if code not in known]
    preferred = [assumptions.divisions[code].firms[position] for code in others]
    rest = int(levels.sum()) - sum(int(counts.sum()) for counts in known.values())
    firms = dict(zip(others, apportion(rest, preferred).tolist(), strict=True))
    firms |= {code: int(counts.sum()) for code, counts in known.items()}
    return pd.Series(firms).loc[codes]


def _level_ge2(
    assumptions: Assumptions, firms: pd.Series, known: dict[str, Ints], total: int, threshold: int
) -> pd.Series:
    """Firms at level 2 or above by division, near the preferred shares and in the printed order.

    A small mixed-integer programme: least change to the preferences such that the sum is the
    nation's, and the leading divisions (among those with enough firms) stand in their order above
    the rest.
    """
    size, n = len(firms), firms.to_numpy(dtype=float)
    preferred = np.array(
        [
            known[code][1:].sum() if code in known else _share(assumptions, code) * firms[code]
            for code in firms.index
        ]
    )
    fixed = np.array([code in known for code in firms.index])
    order = _order_rows(assumptions, firms, threshold) / n
    eye, nothing = np.eye(size), np.zeros_like(order)
    constraints = [
        LinearConstraint(np.hstack([eye, -eye]), -np.inf, preferred),
        LinearConstraint(np.hstack([eye, eye]), preferred, np.inf),
        LinearConstraint(np.repeat([[1.0, 0.0]], size, axis=1), total, total),
        LinearConstraint(np.hstack([order, nothing]), MARGIN, np.inf),
    ]
    result = milp(
        np.concatenate([np.zeros(size), 1 / np.sqrt(n)]),
        constraints=constraints,
        integrality=np.repeat([1, 0], size),
        bounds=(
            np.concatenate([np.where(fixed, preferred, 1), np.zeros(size)]),
            np.concatenate([np.where(fixed, preferred, n - 1), np.full(size, np.inf)]),
        ),
    )
    if not result.success:
        raise Infeasible(f"divisions cannot stand in the printed order: {result.message}")
    return pd.Series(np.rint(result.x[:size]).astype(np.int64), index=firms.index)


def _share(assumptions: Assumptions, code: str) -> float:
    share = assumptions.divisions[code].level_ge2
    if share is None:
        raise Infeasible(f"division {code}: neither printed nor assumed at level 2 or above")
    return share / 100


def _order_rows(assumptions: Assumptions, firms: pd.Series, threshold: int) -> np.ndarray:
    """One row a comparison: +1 at the division that must lead, -1 at the one below it."""
    place = {code: i for i, code in enumerate(firms.index)}
    leading = assumptions.orders.leading_divisions
    small = [code for code in leading if firms[code] < threshold]
    if small:
        raise Infeasible(f"leading divisions with fewer than {threshold} firms: {small}")
    below = [code for code in firms.index if code not in leading and firms[code] >= threshold]
    pairs = list(pairwise(leading))
    pairs += [(leading[-1], code) for code in below]
    rows = np.zeros((len(pairs), len(firms)))
    for row, (upper, lower) in zip(rows, pairs, strict=True):
        row[place[upper]], row[place[lower]] = 1, -1
    return rows


def _current(
    firms: pd.Series, ge2: pd.Series, known: dict[str, Ints], levels: Ints
) -> pd.DataFrame:
    """Divide the firms at level 2 or above into the three classes, the known divisions as known."""
    others = [code for code in firms.index if code not in known]
    rest = levels[1:] - sum(counts[1:] for counts in known.values())
    # The higher a division's share at level 2 or above, the more of it stands high.
    strength = (ge2 / firms)[others].to_numpy()
    seed = np.outer(ge2[others], rest) * (strength[:, None] ** np.array([0.0, 0.25, 0.35]))
    upper = fill_table(seed, ge2[others], rest)
    rows = {code: [firms[code] - ge2[code], *upper[i]] for i, code in enumerate(others)}
    rows |= {code: counts.tolist() for code, counts in known.items()}
    return _frame(rows, firms.index)


def _baseline(
    firms: pd.Series, now: pd.DataFrame, known: dict[str, Ints], levels: Ints
) -> pd.DataFrame:
    """A year before, the other divisions have the pattern of now at the nation's levels of then."""
    others = [code for code in firms.index if code not in known]
    rest = levels - sum(known.values())
    seed = now.loc[others].to_numpy() / now.loc[others].sum(axis=1).to_numpy()[:, None]
    table = fill_table(seed * firms[others].to_numpy()[:, None], firms[others], rest)
    rows = {code: table[i].tolist() for i, code in enumerate(others)}
    rows |= {code: counts.tolist() for code, counts in known.items()}
    return _frame(rows, firms.index)


def _frame(rows: dict[str, list[int]], index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(LEVEL_CLASSES)).loc[index]
