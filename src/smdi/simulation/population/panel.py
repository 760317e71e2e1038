"""Who answered in which year, and at what level: firms keep about their rank between years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import Floats, Ints, apportion
from smdi.simulation.counts.plan import Plan
from smdi.simulation.population import attributes
from smdi.simulation.population.firms import NOT_ASSESSED
from smdi.simulation.streams import Streams

WITHIN_CLASS_NOISE = 0.5  # how loosely the level inside a published class follows capability


def make_panel(
    firms: pd.DataFrame, plan: Plan, assumptions: Assumptions, streams: Streams
) -> pd.DataFrame:
    """One row a firm and year: firm (position in `firms`), year, level (0…5), capability."""
    years = assumptions.years
    now = np.flatnonzero(firms["level_class"].to_numpy() != NOT_ASSESSED)
    capability = firms["capability"].to_numpy()
    earlier = _drift(capability, assumptions, streams, years.baseline)
    first = _drift(earlier, assumptions, streams, years.first)
    then = _answered_baseline(firms, plan, years.baseline, streams)
    start = _answered_first(firms, then, assumptions, streams)
    classes = {
        years.current: firms["level_class"].to_numpy()[now],
        years.baseline: _rank_by_division(firms, then, earlier, plan, years.baseline),
        years.first: _ranked(first[start], plan.levels[years.first]),
    }
    latent = {years.current: capability, years.baseline: earlier, years.first: first}
    parts = [
        pd.DataFrame(
            {
                "firm": rows,
                "year": year,
                "level": _split(classes[year], latent[year][rows], assumptions, year, streams),
                "capability": latent[year][rows],
            }
        )
        for year, rows in ((years.current, now), (years.baseline, then), (years.first, start))
    ]
    return pd.concat(parts, ignore_index=True)


def _drift(latent: Floats, assumptions: Assumptions, streams: Streams, year: int) -> Floats:
    """Capability a year before: correlated with this year's."""
    kept = assumptions.panel.persistence
    noise = streams("drift", year).standard_normal(len(latent))
    earlier: Floats = kept * latent + np.sqrt(1 - kept**2) * noise
    return earlier


def _answered_baseline(firms: pd.DataFrame, plan: Plan, year: int, streams: Streams) -> Ints:
    """Firms that answered in the baseline year: of each division the planned number."""
    candidates = np.flatnonzero(firms["before"].to_numpy())
    division = firms["division"].to_numpy()[candidates]
    counts = plan.divisions[year].sum(axis=1).to_numpy()
    chosen: Ints = candidates[attributes.choose(division, counts, streams("baseline"))]
    return chosen


def _answered_first(
    firms: pd.DataFrame, then: Ints, assumptions: Assumptions, streams: Streams
) -> Ints:
    """Firms that answered in the first year: all who skipped the next, and some who did not."""
    before = np.flatnonzero(firms["before"].to_numpy())
    only = np.setdiff1d(before, then)
    more = assumptions.assessed[assumptions.years.first] - len(only)
    again = streams("first").choice(then, more, replace=False)
    return np.sort(np.concatenate([only, again]))


def _rank_by_division(
    firms: pd.DataFrame, rows: Ints, latent: Floats, plan: Plan, year: int
) -> Ints:
    division = firms["division"].to_numpy()[rows]
    table = plan.divisions[year].to_numpy()
    classes = np.empty(len(rows), dtype=np.int64)
    for position, counts in enumerate(table):
        own = np.flatnonzero(division == position)
        classes[own] = _ranked(latent[rows[own]], counts)
    return classes


def _ranked(latent: Floats, counts: Ints) -> Ints:
    """Level classes in rising order of the latent, `counts` firms of each."""
    classes = np.empty(len(latent), dtype=np.int64)
    classes[np.argsort(latent, kind="stable")] = np.repeat(np.arange(len(counts)), counts)
    return classes


def _split(
    classes: Ints, latent: Floats, assumptions: Assumptions, year: int, streams: Streams
) -> Ints:
    """Levels 0…5 from the four classes: the lowest of the first are 0, the best of the last 5."""
    noise = streams("split", year).standard_normal(len(latent))
    key = latent + WITHIN_CLASS_NOISE * noise
    levels = classes + 1
    split = assumptions.level_split
    lowest = np.flatnonzero(classes == 0)
    zero, _ = apportion(len(lowest), _parts(split.level_0_of_le1[year]))
    levels[lowest[np.argsort(key[lowest], kind="stable")[:zero]]] = 0
    highest = np.flatnonzero(classes == classes.max())
    five, _ = apportion(len(highest), _parts(split.level_5_of_ge4[year]))
    levels[highest[np.argsort(-key[highest], kind="stable")[:five]]] = 5
    return levels


def _parts(percent: float) -> list[float]:
    return [percent, 100 - percent]
