"""Where firms are: participants and assessed firms by region, and levels by region and city.

A region is a province, or one of the five cities under separate state planning, which stand among
the regions of the growth ranking; the province is then its remainder.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from smdi.simulation.assumptions import Assumptions, Region
from smdi.simulation.integers import Infeasible, Ints, apportion, fill_table
from smdi.simulation.streams import Streams
from smdi.simulation.targets import Targets
from smdi.standards import LEVEL_CLASSES


def level_ge2_by_province(targets: Targets, year: int, provinces: pd.DataFrame) -> pd.Series:
    """Printed firms at level 2 or above by province code."""
    printed = targets.numbers("firms_level_ge2", year, "tab-provinces")
    code = {name: code for code, name in provinces["name_zh"].items()}
    return pd.Series({code[name]: count for name, count in printed.items()}).sort_index()


def level_ge2_by_city(
    targets: Targets, year: int, ge2: pd.Series, cities: pd.DataFrame, streams: Streams
) -> pd.Series:
    """Firms at level 2 or above by city code: printed, or what the province has left.

    A city that the report leaves out stays below the smallest that it prints. A municipality's
    city is the municipality.
    """
    printed = targets.numbers("firms_level_ge2", year, "tab-cities")
    cap = min(printed.values()) - 1
    generator = streams("cities")
    result: dict[str, int] = {}
    for province, total in ge2.items():
        own = cities[(cities["parent"] == province) & (cities["kind"] == "prefecture")]
        if len(own) == 1:
            result[str(own.index[0])] = int(total)
            continue
        known = {code: printed[name] for code, name in own["short_zh"].items() if name in printed}
        others = [code for code in own.index if code not in known]
        weights = generator.lognormal(0.0, 0.6, len(others))
        rest = int(total) - sum(known.values())
        counts = apportion(rest, weights, np.full(len(others), cap))
        result |= known | dict(zip(others, counts.tolist(), strict=True))
    return pd.Series(result)


def regions_table(
    targets: Targets,
    assumptions: Assumptions,
    ge2: pd.Series,
    city_ge2: pd.Series,
    regions: pd.DataFrame,
) -> pd.DataFrame:
    """One row a region (index: its code) with whole numbers of firms.

    Columns: name, province, participants (to date), before (a year earlier), new, returning,
    not_returning, assessed (in the current year), ge2.
    """
    table = pd.DataFrame(_participants(targets, assumptions, regions)).set_index("code")
    planned = table.index[table.index != table["province"]]
    table["ge2"] = pd.concat([ge2, city_ge2[planned]])
    for city in planned:
        province = table.at[city, "province"]
        columns = ["participants", "before", "ge2"]
        table.loc[province, columns] -= table.loc[city, columns]
    table["new"] = table["participants"] - table["before"]
    table["returning"] = _returning(table, assumptions)
    table["not_returning"] = table["before"] - table["returning"]
    table["assessed"] = table["new"] + table["returning"]
    if (table[["new", "returning", "not_returning"]] < 0).any(axis=None):
        raise Infeasible("a region has fewer firms than a part of it; see participants and growth")
    return table


def _participants(targets: Targets, assumptions: Assumptions, regions: pd.DataFrame) -> list[dict]:
    year = assumptions.years.current
    printed = targets.numbers("participants", year, "fig-01")
    provinces = regions[regions["kind"] == "province"]
    code_of = {name: code for code, name in provinces["name_zh"].items()}
    planned = regions[regions["separately_planned"]]
    code_of |= {name: code for code, name in planned["short_zh"].items()}
    rows = []
    for name, region in [*assumptions.provinces.items(), *assumptions.planned_cities.items()]:
        code = code_of[name]
        total = printed.get(name, region.participants)
        if total is None:
            raise Infeasible(f"{name}: participants neither printed nor assumed")
        rows.append(
            {
                "code": code,
                "name": name,
                "province": planned["parent"].get(code, code),
                "participants": int(total),
                "before": _before(int(total), region),
            }
        )
    return rows


def _before(total: int, region: Region) -> int:
    return round(total / (1 + region.growth / 100))


def _returning(table: pd.DataFrame, assumptions: Assumptions) -> Ints:
    """Firms that come back: a common share, more where many stand at level 2 or above."""
    total = assumptions.assessed[assumptions.years.current] - int(table["new"].sum())
    least = np.ceil(table["ge2"] * assumptions.assessed_per_level_ge2) - table["new"]
    floor = least.clip(lower=0, upper=table["before"]).to_numpy(dtype=np.int64)
    room = table["before"].to_numpy() - floor
    share = (total - floor.sum()) / room.sum()
    common = np.clip(table["before"] * share - floor, 0.01, room)
    return floor + apportion(total - int(floor.sum()), common, room)


def levels_by_region(table: pd.DataFrame, levels: Ints) -> pd.DataFrame:
    """Firms by region and level class in the current year."""
    ge2 = table["ge2"].to_numpy()
    upper = fill_table(np.outer(ge2, levels[1:]), ge2, levels[1:])
    counts = np.column_stack([table["assessed"].to_numpy() - ge2, upper])
    return pd.DataFrame(counts, index=table.index, columns=list(LEVEL_CLASSES))


def levels_by_city(
    table: pd.DataFrame,
    region_levels: pd.DataFrame,
    city_ge2: pd.Series,
    cities: pd.DataFrame,
    streams: Streams,
) -> dict[str, pd.DataFrame]:
    """Firms by city and level class, for each region: the region's total divided by city."""
    generator = streams("city-levels")
    result = {}
    for region, row in table.iterrows():
        own = cities_of(str(region), str(row["province"]), table, cities)
        ge2 = city_ge2[own].to_numpy()
        totals = region_levels.loc[region].to_numpy()
        weights = (ge2 + 2.0) ** 0.8 * generator.lognormal(0.0, 0.35, len(own))
        low = apportion(int(totals[0]), weights)
        upper = fill_table(np.outer(ge2 + 1e-9, totals[1:] + 1e-9), ge2, totals[1:])
        result[str(region)] = pd.DataFrame(
            np.column_stack([low, upper]), index=own, columns=list(LEVEL_CLASSES)
        )
    return result


def cities_of(region: str, province: str, table: pd.DataFrame, cities: pd.DataFrame) -> list[str]:
    """Prefectures of a region: the planned city alone, or the province without it."""
    if region != province:
        return [region]
    own = cities.index[(cities["parent"] == province) & (cities["kind"] == "prefecture")]
    return [code for code in own if code not in table.index]
