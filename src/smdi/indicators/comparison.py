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

A change over all firms is made of the cells of both years' rates, and so is the standardised one; a
change among the same firms is a cell of its own, `matched`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smdi.indicators.cells import ANSWERED, CHANGE, Cell
from smdi.indicators.firms import Firms
from smdi.indicators.population import Population
from smdi.indicators.precision.noise import difference_error, paired_error, standardised_error
from smdi.indicators.tidy import Row, tidy
from smdi.standards import LEVEL_CLASSES, level_classes_in, practices

RAW = "全部参评企业"
MATCHED = "两年均参评企业"
STANDARDISED = "按基期结构标准化"
CELLS: tuple[tuple[str, ...], ...] = (
    ("division", "size", "province"),
    ("division", "size"),
    ("division",),
    ("size",),
)

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Outcome:
    """What is compared, a number per firm: of those whose `column` has one of `values`, 100 or 0.

    Without values the column itself, in %. Only firms that answered count where `asked`.
    """

    column: str
    values: tuple[str, ...] = ()
    asked: bool = False

    def __call__(self, firms: Firms) -> pd.Series:
        """Return the outcome of each firm, NaN for one that was not asked."""
        if not self.values:
            return firms[self.column]
        if self.asked:
            return 100.0 * firms[self.column]
        return 100.0 * firms[self.column].isin(self.values)

    @property
    def told(self) -> str:
        """Return what of the firms is summed, as a cell names it."""
        return self.column + f"={','.join(sorted(self.values))}" * bool(self.values)

    def cells(self, firms: Firms) -> tuple[Cell, ...] | None:
        """Return the cells of the rate among firms: what it sums, and the firms it is over."""
        if firms.cell is None:
            return None
        base = firms.cell.narrowed({ANSWERED: [self.column]} if self.asked else {})
        if not self.values:
            return base.sum_of(self.column), base
        return base.narrowed({self.column: self.values}), base


@dataclass(frozen=True)
class Change:
    """A change in 百分点 with its base in firms; NaN when nothing can be compared.

    `borrowed` is the part of the baseline firms, 0 to 1, whose cell had no firm this year.
    """

    value: float
    base: int
    borrowed: float = 0.0
    error: float = math.nan


def practice_outcome(practice: str) -> Outcome:
    """Return the outcome of a practice; for the one of kind `ratio` its own percentage."""
    is_ratio = practices().loc[practice, "kind"] == "ratio"
    return Outcome(f"practice_{practice}", () if is_ratio else ("yes",), asked=True)


def level_outcome(name: str) -> Outcome:
    """Return the outcome of being in a class of levels: le1 2 3 ge4, or ge2, ge3, 2_3."""
    return Outcome("level_class", level_classes_in(name))


def practice_comparison(pop: Population, ids: Sequence[str], exhibit: str) -> pd.DataFrame:
    """Compare practices three ways: measures `<id>_change` (百分点), groups the three ways."""
    outcomes = {f"{name}_change": practice_outcome(name) for name in ids}
    return tidy(_three_ways(pop, outcomes), exhibit, pop)


def level_comparison(
    pop: Population, exhibit: str, classes: Sequence[str] = LEVEL_CLASSES
) -> pd.DataFrame:
    """Compare shares of level classes three ways: measures `share_level_*_change` (百分点)."""
    outcomes = {f"share_level_{name}_change": level_outcome(name) for name in classes}
    return tidy(_three_ways(pop, outcomes), exhibit, pop)


def borrowed_share(pop: Population, outcome: Outcome) -> float:
    """Return the part of the baseline firms, in %, whose cell had no firm this year.

    Nothing where the rates of both years may not be seen: it would tell of the same firms.
    """
    rates, _ = _cells(pop, outcome)
    if rates is None or not pop.protection.knows(rates):
        return 0.0
    now, before = outcome(pop.current), outcome(pop.baseline)
    return (
        100
        * standardised(now, before, _cell_codes(pop.current), _cell_codes(pop.baseline)).borrowed
    )


def raw(now: pd.Series, before: pd.Series, ids: pd.Series, ids_before: pd.Series) -> Change:
    """Compare the outcomes of all firms of this year with those of the baseline year."""
    error = difference_error(now, ids, before, ids_before)
    now, before = now.dropna(), before.dropna()
    if now.empty or before.empty:
        return Change(math.nan, len(now))
    return Change(float(now.mean() - before.mean()), len(now), error=error)


def matched(now: pd.Series, before: pd.Series) -> Change:
    """Compare outcomes of the firms that answered in both years; both are in one order."""
    if now.empty:
        return Change(math.nan, 0)
    return Change(float(now.mean() - before.mean()), len(now), error=paired_error(now, before))


def standardised(
    now: pd.Series,
    before: pd.Series,
    cells_now: list[Codes],
    cells_before: list[Codes],
    ids: pd.Series | None = None,
    ids_before: pd.Series | None = None,
) -> Change:
    """Compare as if this year's firms had the baseline year's mix; see the module's head.

    `cells_now` and `cells_before` give each firm's cell, from the finest division to the coarsest;
    `ids` number the firms, without which there is no standard error.
    """
    asked_now, asked_before = now.notna().to_numpy(), before.notna().to_numpy()
    now, before = now[asked_now], before[asked_before]
    if now.empty or before.empty:
        return Change(math.nan, len(now))
    expected = np.full(len(before), math.nan)
    weights = np.zeros(len(now))
    borrowed = np.zeros(len(before), dtype=bool)
    for depth, (cell_now, cell_before) in enumerate(zip(cells_now, cells_before, strict=True)):
        means = now.groupby(cell_now[asked_now]).mean()
        found = means.reindex(cell_before[asked_before]).to_numpy()
        fills = np.isnan(expected) & ~np.isnan(found)
        expected[fills] = found[fills]
        weights += _weights(cell_now[asked_now], cell_before[asked_before][fills], len(before))
        borrowed[fills] = depth > 0
    borrowed |= np.isnan(expected)
    weights += np.isnan(expected).mean() / len(now)
    expected[np.isnan(expected)] = float(now.mean())
    change = pd.Series(expected).mean() - before.mean()
    error = math.nan
    if ids is not None and ids_before is not None:
        gains = expected - before.to_numpy()
        wider = cells_now[1][asked_now]
        numbers, numbers_before = ids[asked_now], ids_before[asked_before]
        error = standardised_error(now, numbers, wider, weights, gains, numbers_before)
    return Change(float(change), len(now), float(borrowed.mean()), error)


def _weights(cells_now: Codes, cells_before: Codes, firms_before: int) -> NDArray[np.float64]:
    """Return what each firm of this year adds to the mean expected of those baseline firms."""
    most = int(max(cells_now.max(initial=0), cells_before.max(initial=0))) + 1
    sizes = np.bincount(cells_now, minlength=most)
    wanted = np.bincount(cells_before, minlength=most)
    weights: NDArray[np.float64] = (wanted / np.maximum(sizes, 1) / firms_before)[cells_now]
    return weights


def _three_ways(pop: Population, outcomes: dict[str, Outcome]) -> list[Row]:
    cells_now, cells_before = _cell_codes(pop.current), _cell_codes(pop.baseline)
    both, both_before = _answered_twice(pop)
    ids, ids_before = pop.current["firm"], pop.baseline["firm"]
    rows = []
    for measure, outcome in outcomes.items():
        now, before = outcome(pop.current), outcome(pop.baseline)
        same_now, same_before = _known_in_both(now.iloc[both], before.iloc[both_before])
        rates, matches = _cells(pop, outcome)
        for group, change, cells in (
            (RAW, raw(now, before, ids, ids_before), rates),
            (MATCHED, matched(same_now, same_before), matches),
            (
                STANDARDISED,
                standardised(now, before, cells_now, cells_before, ids, ids_before),
                rates,
            ),
        ):
            made = (measure, group, pop.year, change.value, "百分点", change.base, cells)
            rows.append(Row(*made, error=change.error))
    return rows


def _cells(pop: Population, outcome: Outcome) -> tuple[tuple[Cell, ...] | None, ...]:
    """Return the cells of a change among all firms and of that among the same firms."""
    now, before = outcome.cells(pop.current), outcome.cells(pop.baseline)
    if now is None or before is None:
        return None, None
    same = replace(now[-1], kind="matched")
    return (*before, *now), (same.sum_of(f"{CHANGE}{outcome.told}"), same)


def _known_in_both(now: pd.Series, before: pd.Series) -> tuple[pd.Series, pd.Series]:
    known = now.notna().to_numpy() & before.notna().to_numpy()
    return now[known], before[known]


def _answered_twice(pop: Population) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where the firms that answered in both years stand, this year and before."""
    _, now, before = np.intersect1d(
        pop.current["firm"].to_numpy(),
        pop.baseline["firm"].to_numpy(),
        assume_unique=True,
        return_indices=True,
    )
    return now, before


def _cell_codes(firms: Firms) -> list[Codes]:
    """Number each firm's cell, from the finest division to the coarsest.

    All selections of one population share their categories, so the numbers of two agree.
    """
    cells = []
    for columns in CELLS:
        code = np.zeros(len(firms), dtype=np.int64)
        for column in columns:
            categories = firms[column].cat
            code = code * len(categories.categories) + categories.codes.to_numpy()
        cells.append(code)
    return cells
