"""Level classes by division, in the current and the baseline year.

Where the report prints a division's four shares in both years, the whole numbers behind them are
inferred; the other divisions share what the nation has left, so that the printed order of the
leading divisions holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts import printed_divisions
from smdi.simulation.counts.integers import Floats, Infeasible, Ints, apportion, fill_table
from smdi.simulation.counts.targets import Targets
from smdi.standards import LEVEL_CLASSES, NATION

MARGIN = 0.002  # shares that stand in an order keep at least this distance


@dataclass(frozen=True)
class Order:
    """Divisions that lead, best first, those that stand below them all, and those left out.

    The report states the order in words; where printed shares deny it, they are followed, and the
    divisions that break the order are left out of it.
    """

    leading: tuple[str, ...]
    below: tuple[str, ...]
    left_out: frozenset[str]


@dataclass(frozen=True)
class Divisions:
    """Tables of division (index, code) × level class by year (current, baseline), and the order."""

    tables: dict[int, pd.DataFrame]
    order: Order


def division_levels(
    targets: Targets,
    assumptions: Assumptions,
    levels: dict[int, Ints],
    divisions: pd.DataFrame,
    classes: pd.DataFrame,
) -> Divisions:
    """Firms by division and level class, and the order of the leading divisions that can hold."""
    current, baseline = assumptions.years.current, assumptions.years.baseline
    limits = printed_divisions.class_limits(targets, assumptions, classes)
    known = printed_divisions.inferred_counts(targets, assumptions, divisions, limits)
    now = {code: pair[0] for code, pair in known.items()}
    then = {code: pair[1] for code, pair in known.items()}
    firms = _firms(assumptions, now, levels[current], 0, limits)
    threshold = targets.numbers("sample_threshold", current, "text")[NATION]
    order = leading_order(assumptions.orders.leading_divisions, now, firms, threshold)
    ge2 = _level_ge2(assumptions, firms, now, int(levels[current][1:].sum()), order)
    table = _current(firms, ge2, now, levels[current])
    before = _firms(assumptions, then, levels[baseline], 1)
    tables = {current: table, baseline: _baseline(before, table, then, levels[baseline])}
    return Divisions(tables, order)


def _firms(
    assumptions: Assumptions,
    known: dict[str, Ints],
    levels: Ints,
    position: int,
    limits: dict[str, tuple[int, int]] | None = None,
) -> pd.Series:
    """Firms by division: the known ones, and the rest near the preferences, within the limits."""
    codes = list(assumptions.divisions)
    others = [code for code in codes if code not in known]
    preferred = np.array([assumptions.divisions[code].firms[position] for code in others])
    rest = int(levels.sum()) - sum(int(counts.sum()) for counts in known.values())
    ends = [(limits or {}).get(code, (0, rest)) for code in others]
    least = np.array([max(low, 1) for low, _ in ends])
    most = np.maximum(np.array([high for _, high in ends]), least)
    if rest < least.sum():
        raise Infeasible(f"{rest} firms are left for divisions that need {least.sum()}")
    above = np.maximum(preferred - least, 0.01)
    shared = least + apportion(rest - int(least.sum()), above, most - least)
    firms = dict(zip(others, shared.tolist(), strict=True))
    firms |= {code: int(counts.sum()) for code, counts in known.items()}
    return pd.Series(firms).loc[codes]


def _level_ge2(
    assumptions: Assumptions, firms: pd.Series, known: dict[str, Ints], total: int, leading: Order
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
    order = _order_rows(leading, firms) / n
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


def leading_order(
    stated: Sequence[str], known: Mapping[str, Ints], firms: pd.Series, threshold: int
) -> Order:
    """The stated order as far as the printed shares allow it.

    Of the divisions with printed shares the longest part that stands in falling order is kept;
    one that is not among the leading but printed higher than the last of them is left out too.
    """
    share = {code: counts[1:].sum() / counts.sum() for code, counts in known.items()}
    enough = [code for code in stated if firms[code] >= threshold]
    printed = [code for code in enough if code in share]
    falling: list[list[str]] = [[]]
    for code in printed:
        falling += [
            [*own, code] for own in falling if not own or share[own[-1]] > share[code] + MARGIN
        ]
    kept = set(sorted(falling, key=_length)[-1])
    leading = tuple(code for code in enough if code not in share or code in kept)
    floor = min((share[code] for code in leading if code in share), default=1.0)
    others = [str(c) for c in firms.index if c not in enough and firms[c] >= threshold]
    below = tuple(c for c in others if share.get(c, 0.0) < floor - len(leading) * MARGIN)
    return Order(leading, below, frozenset({*others, *enough} - {*leading, *below}))


def _length(codes: list[str]) -> int:
    return len(codes)


def _order_rows(order: Order, firms: pd.Series) -> Floats:
    """One row a comparison: +1 at the division that must lead, -1 at the one below it."""
    place = {str(code): i for i, code in enumerate(firms.index)}
    pairs = list(pairwise(order.leading))
    pairs += [(order.leading[-1], code) for code in order.below if order.leading]
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
    seed = strength[:, None] ** np.array([0.0, 0.25, 0.35])
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
    table = fill_table(now.loc[others], firms[others], rest)
    rows = {code: table[i].tolist() for i, code in enumerate(others)}
    rows |= {code: counts.tolist() for code, counts in known.items()}
    return _frame(rows, firms.index)


def _frame(rows: dict[str, list[int]], index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(LEVEL_CLASSES)).loc[index]
