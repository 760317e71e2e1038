"""Change since the baseline year, three ways, because the firms that answer are not the same.

raw            mean of this year's firms minus mean of the baseline year's firms
matched        the same difference among firms that answered in both years
standardised   this year's firms weighted to the baseline year's mix, minus the baseline year's
               mean (direct standardisation)

The mix is industry (division) × size × region (province). A cell of the baseline year that has no
firm this year borrows the mean of the finest wider cell that has one: division × size, then
division, then size, then all firms; `borrowed` tells for which part of the baseline firms.
An outcome is a number per firm in %: 100 or 0 for a share, NaN for a firm that was not asked;
each outcome has its own base.

A change is withheld where either year's rate among the same firms would be (see `tidy`): beside a
rate that is shown it would tell the one that is not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from smdi.indicators.levels import CLASSES
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, tidy
from smdi.standards import practices

RAW = "全部参评企业"
MATCHED = "两年均参评企业"
STANDARDISED = "按基期结构标准化"
CELLS: tuple[tuple[str, ...], ...] = (
    ("division", "size", "province"),
    ("division", "size"),
    ("division",),
    ("size",),
)

Outcome = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Change:
    """A change in 百分点 with its base in firms; NaN when nothing can be compared."""

    value: float
    base: int
    borrowed: float = 0.0


def practice_outcome(practice: str) -> Outcome:
    """Return the outcome of a practice; for the one of kind `ratio` its own percentage."""
    scale = 1.0 if practices().loc[practice, "kind"] == "ratio" else 100.0
    return lambda firms: scale * firms[f"practice_{practice}"]


def level_outcome(name: str) -> Outcome:
    """Return the outcome of being in a class of levels: le1 2 3 ge4, or ge2, ge3."""
    members = {"ge2": ["2", "3", "ge4"], "ge3": ["3", "ge4"]}.get(name, [name])
    return lambda firms: 100.0 * firms["level_class"].isin(members)


def raw(current: pd.DataFrame, baseline: pd.DataFrame, outcome: Outcome) -> Change:
    """Compare all firms of this year with all firms of the baseline year."""
    now, before = outcome(current).dropna(), outcome(baseline).dropna()
    if now.empty or before.empty:
        return Change(math.nan, len(now))
    return Change(float(now.mean() - before.mean()), len(now))


def matched(current: pd.DataFrame, baseline: pd.DataFrame, outcome: Outcome) -> Change:
    """Compare the firms that answered in both years with themselves."""
    pair = _paired(current, baseline, outcome)
    if pair.empty:
        return Change(math.nan, 0)
    return Change(float(pair["now"].mean() - pair["before"].mean()), len(pair))


def standardised(current: pd.DataFrame, baseline: pd.DataFrame, outcome: Outcome) -> Change:
    """Compare as if this year's firms had the baseline year's mix; see the module's head."""
    now = _with_outcome(current, outcome)
    before = _with_outcome(baseline, outcome)
    if now.empty or before.empty:
        return Change(math.nan, len(now))
    expected, borrowed = _expected(now, before)
    return Change(
        float(expected.mean() - before["outcome"].mean()), len(now), float(borrowed.mean())
    )


def practice_comparison(pop: Population, ids: Sequence[str], exhibit: str) -> pd.DataFrame:
    """Compare practices three ways: measures `<id>_change` (百分点), groups the three ways."""
    rows = [row for name in ids for row in _three(pop, f"{name}_change", practice_outcome(name))]
    return tidy(rows, exhibit, pop)


def level_comparison(
    pop: Population, exhibit: str, classes: Sequence[str] = CLASSES
) -> pd.DataFrame:
    """Compare shares of level classes three ways: measures `share_level_*_change` (百分点)."""
    rows = [
        row
        for name in classes
        for row in _three(pop, f"share_level_{name}_change", level_outcome(name))
    ]
    return tidy(rows, exhibit, pop)


def borrowed_share(pop: Population, outcome: Outcome) -> float:
    """Return the part of the baseline firms, in %, whose cell had no firm this year."""
    return 100 * standardised(pop.current, pop.baseline, outcome).borrowed


def _three(pop: Population, measure: str, outcome: Outcome) -> list[Row]:
    ways = ((RAW, raw), (MATCHED, matched), (STANDARDISED, standardised))
    rows = []
    for group, way in ways:
        change = way(pop.current, pop.baseline, outcome)
        row = Row(measure, group, pop.year, change.value, "百分点", change.base)
        few = _tells_of_few(pop, outcome, same_firms=group == MATCHED)
        rows.append(row.hidden(pop.minimum_cell) if few else row)
    return rows


def _paired(current: pd.DataFrame, baseline: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """Return now and before of the firms that answered in both years, by credit code."""
    return pd.concat(
        {
            name: pd.Series(outcome(firms).to_numpy(), index=firms["credit_code"].to_numpy())
            for name, firms in (("now", current), ("before", baseline))
        },
        axis=1,
        join="inner",
    ).dropna()


def _tells_of_few(pop: Population, outcome: Outcome, same_firms: bool) -> bool:
    """Tell whether a rate of either year has too few firms behind it or behind what it leaves."""
    if same_firms:
        pair = _paired(pop.current, pop.baseline, outcome)
        rates = [pair["now"], pair["before"]]
    else:
        rates = [outcome(pop.current).dropna(), outcome(pop.baseline).dropna()]
    cells = [len(values) for values in rates]
    for values in rates:
        if values.isin([0, 100]).all():
            yes = int((values == 100).sum())
            cells += [yes, len(values) - yes]
    return any(0 < cell < pop.minimum_cell for cell in cells)


def _with_outcome(firms: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    columns = firms[list(CELLS[0])].astype("str")
    return columns.assign(outcome=outcome(firms)).dropna(subset=["outcome"])


def _expected(now: pd.DataFrame, before: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return, per baseline firm, this year's mean of its cell, and whether it is borrowed."""
    expected = pd.Series(math.nan, index=before.index)
    borrowed = pd.Series(False, index=before.index)
    for depth, cell in enumerate(CELLS):
        means = now.groupby(list(cell))["outcome"].mean().rename("mean").reset_index()
        found = before[list(cell)].merge(means, how="left", on=list(cell))["mean"].to_numpy()
        fills = expected.isna() & pd.Series(~pd.isna(found), index=before.index)
        expected = expected.where(~fills, found)
        borrowed |= fills & (depth > 0)
    return expected.fillna(float(now["outcome"].mean())), borrowed | expected.isna()
