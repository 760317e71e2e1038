"""The plan: every whole number that the population has to keep, before a firm is made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smdi.published.vocabulary import PROCESS_TYPES_ZH
from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts import division_levels, geography, level_counts
from smdi.simulation.counts.integers import Infeasible, Ints, apportion, fill_table
from smdi.simulation.counts.targets import Targets
from smdi.simulation.streams import Streams
from smdi.standards import (
    LEVEL_CLASSES,
    NATION,
    cities,
    classes,
    divisions,
    national_level_shares,
    provinces,
    regions,
)

SPECIALITY_SPREAD = 0.35  # log-spread of regional specialisation that is nobody's speciality


@dataclass(frozen=True)
class Plan:
    """Whole numbers of firms.

    `levels` by year; `divisions` (division × level class) for the current and baseline year;
    `types` (discrete, process × level class) and `large` (level class) of the current year;
    `regions` see `geography.regions_table`; `region_levels`, `city_levels` of the current year;
    `before` participants by division a year earlier, `returning_by_division` those who come back;
    `affinity` pattern of region × division; `order` of the leading divisions.
    """

    levels: dict[int, Ints]
    divisions: dict[int, pd.DataFrame]
    types: Ints
    large: Ints
    regions: pd.DataFrame
    region_levels: pd.DataFrame
    city_levels: dict[str, pd.DataFrame]
    before: pd.Series
    returning_by_division: pd.Series
    affinity: np.ndarray
    order: division_levels.Order

    def cells(self, name: str) -> Ints:
        """Firms of a level class by region and division in the current year."""
        year = max(self.divisions)
        rows, columns = self.region_levels[name], self.divisions[year][name]
        return fill_table(self.affinity, rows, columns)


def make_plan(targets: Targets, assumptions: Assumptions, streams: Streams) -> Plan:
    """Work out all tables; raises Infeasible where facts and assumptions cannot hold together."""
    years = assumptions.years
    ge2 = geography.level_ge2_by_province(targets, years.current, provinces())
    city_ge2 = geography.level_ge2_by_city(targets, years.current, ge2, cities(), streams)
    nation = _nation(targets, assumptions, int(ge2.sum()))
    now = nation.levels[years.current]
    region = geography.regions_table(
        targets, assumptions, ge2, city_ge2, regions(), int(now.sum()), streams
    )
    region_levels = geography.levels_by_region(region, now)
    industries = division_levels.division_levels(
        targets, assumptions, nation.levels, divisions(), classes()
    )
    by_division = industries.tables
    before, returning = _panel_by_division(region, by_division, assumptions)
    return Plan(
        levels=nation.levels,
        divisions=by_division,
        types=nation.types,
        large=nation.large,
        regions=region,
        region_levels=region_levels,
        city_levels=geography.levels_by_city(region, region_levels, city_ge2, cities(), streams),
        before=before,
        returning_by_division=returning,
        affinity=_affinity(region, list(by_division[years.current].index), assumptions, streams),
        order=industries.order,
    )


@dataclass(frozen=True)
class Nation:
    """Firms of the nation by level class: by year, by process type, and the large ones."""

    levels: dict[int, Ints]
    types: Ints
    large: Ints


def _nation(targets: Targets, assumptions: Assumptions, ge2: int) -> Nation:
    """The number of firms nearest the assumed one for which all national tables print right."""
    year = assumptions.years.current
    unlimited = (1.0, float("inf"))
    firms = targets.firms.get((NATION, year), unlimited)
    discrete = targets.firms.get((PROCESS_TYPES_ZH[0], year), unlimited)
    wanted = sum(own.firms[0] * own.discrete / 100 for own in assumptions.divisions.values())
    share = wanted / sum(own.firms[0] for own in assumptions.divisions.values())
    reason = f"no number of firms from {firms[0]:.0f} to {firms[1]:.0f} prints the nation's shares"
    for levels in level_counts.national_levels(
        targets, assumptions, ge2, national_level_shares(), firms
    ):
        now = levels[year]
        try:
            types = level_counts.levels_by_type(targets, now, share * now.sum(), year, discrete)
            large = level_counts.large_by_level(targets, assumptions, now, year)
        except (Infeasible, ValueError) as error:
            reason = str(error)
            continue
        return Nation(levels, types, large)
    raise Infeasible(reason)


def _panel_by_division(
    region: pd.DataFrame, by_division: dict[int, pd.DataFrame], assumptions: Assumptions
) -> tuple[pd.Series, pd.Series]:
    """Participants a year before, and those of them who answer again, by division."""
    years = assumptions.years
    now = by_division[years.current][list(LEVEL_CLASSES)].sum(axis=1)
    baseline = by_division[years.baseline][list(LEVEL_CLASSES)].sum(axis=1)
    silent = int(region["before"].sum()) - int(baseline.sum())
    before = baseline + apportion(silent, baseline)
    back = apportion(int(region["returning"].sum()), before, np.minimum(before, now))
    return before, pd.Series(back, index=before.index)


def _affinity(
    region: pd.DataFrame, codes: list[str], assumptions: Assumptions, streams: Streams
) -> np.ndarray:
    spread = SPECIALITY_SPREAD * streams("affinity").standard_normal((len(region), len(codes)))
    pattern = pd.DataFrame(np.exp(spread), index=region["name"], columns=codes)
    for name, weights in assumptions.specialities.items():
        for code, weight in weights.items():
            pattern.loc[pattern.index == name, code] = weight
    return pattern.to_numpy()
