"""Where firms are: participants and assessed firms by region, and levels by region and city.

A region is a province, or one of the five cities under separate state planning, which stand among
the regions of the growth ranking; the province is then its remainder.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor

import numpy as np
import pandas as pd

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import Infeasible, Ints, apportion, fill_table
from smdi.simulation.counts.participants import least_participants, participants, planned_city
from smdi.simulation.counts.targets import Targets
from smdi.simulation.streams import Streams
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

    A city that the report leaves out stays below the smallest that it prints, if it prints any. A
    municipality's city is the municipality.
    """
    printed = targets.numbers("firms_level_ge2", year, "tab-cities")
    cap = min(printed.values()) - 1 if printed else int(ge2.max())
    generator = streams("cities")
    result: dict[str, int] = {}
    for province, total in ge2.items():
        own = cities[(cities["parent"] == province) & (cities["kind"] == "prefecture")]
        if len(own) == 1:
            result[str(own.index[0])] = int(total)
            continue
        named = {str(code): name for code, name in own["short_zh"].items()}
        known = {code: printed[name] for code, name in named.items() if name in printed}
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
    assessed: int,
    streams: Streams,
) -> pd.DataFrame:
    """One row a region (index: its code) with whole numbers of firms, `assessed` of them in all.

    Columns: name, province, participants (to date), before (a year earlier), new, returning,
    not_returning, assessed (in the current year), ge2.
    """
    high = {str(code): int(n) for code, n in pd.concat([ge2, city_ge2]).items()}
    rows = _participants(targets, assumptions, high, regions, streams)
    table = pd.DataFrame(rows).set_index("code")
    planned = table.index[table.index != table["province"]]
    table["ge2"] = [high[str(code)] for code in table.index]
    columns = ["participants", "before", "ge2"]
    for city in planned:
        table.loc[table.index == table.at[city, "province"], columns] -= table.loc[city, columns]
    table["new"] = table["participants"] - table["before"]
    table["returning"] = _returning(table, assumptions, assessed)
    table["not_returning"] = table["before"] - table["returning"]
    table["assessed"] = table["new"] + table["returning"]
    short = table.index[(table[["new", "returning", "not_returning"]] < 0).any(axis=1)]
    if len(short):
        names = "、".join(table.loc[short, "name"])
        raise Infeasible(f"{names}: fewer participants than a part of them")
    return table


def _participants(
    targets: Targets,
    assumptions: Assumptions,
    ge2: dict[str, int],
    regions: pd.DataFrame,
    streams: Streams,
) -> list[dict[str, object]]:
    provinces = regions[(regions["kind"] == "province") & regions["in_scope"]]
    planned = regions[regions["separately_planned"]]
    code_of = {str(name): str(code) for code, name in provinces["name_zh"].items()}
    code_of |= {str(name): str(code) for code, name in planned["short_zh"].items()}
    ratio, growth = assumptions.assessed_per_level_ge2, assumptions.growth
    least = {name: least_participants(ge2[code], ratio) for name, code in code_of.items()}
    home = {str(planned.at[c, "short_zh"]): str(planned.at[c, "parent"]) for c in planned.index}
    name_of = {code: name for name, code in code_of.items()}
    for city, parent in home.items():
        # A province grows by at least what its planned city grows by.
        needed = ceil(least[city] / _most_of_province(growth, city, name_of[parent])) + 1
        least[name_of[parent]] = max(least[name_of[parent]], needed)
    counts = {name: ge2[code] for name, code in code_of.items() if name not in home}
    totals = participants(targets, assumptions, counts, least, streams)
    for city, parent in home.items():
        province = name_of[parent]
        rest = least_participants(ge2[parent] - ge2[code_of[city]], ratio)
        most = floor(totals[province] * _most_of_province(growth, city, province))
        limits = least[city], min(totals[province] - rest, most)
        part = max(ge2[code_of[city]], 1) / max(ge2[parent], 1)
        chance = float(streams("participants", city).random())
        spread = assumptions.participation.city_spread
        totals[city] = planned_city(part, limits, totals[province], spread, chance)
    return [
        {
            "code": code_of[name],
            "name": name,
            "province": home.get(name, code_of[name]),
            "participants": total,
            "before": round(total / (1 + growth[name] / 100)),
        }
        for name, total in totals.items()
    ]


def _most_of_province(growth: Mapping[str, float], city: str, province: str) -> float:
    """The largest part of a province that its city can be for both to grow as they do."""
    new = {name: growth[name] / (100 + growth[name]) for name in (city, province)}
    return min(new[province] / new[city], 0.95)


def _returning(table: pd.DataFrame, assumptions: Assumptions, assessed: int) -> Ints:
    """Firms that come back: a common share, more where many stand at level 2 or above."""
    total = assessed - int(table["new"].sum())
    least = np.ceil(table["ge2"] * assumptions.assessed_per_level_ge2) - table["new"]
    floor = least.clip(lower=0, upper=table["before"]).to_numpy(dtype=np.int64)
    room = table["before"].to_numpy() - floor
    if not floor.sum() <= total <= table["before"].sum():
        raise Infeasible(f"{assessed} firms assessed, of whom {total} would have to come back")
    share = (total - floor.sum()) / room.sum()
    common = np.clip(table["before"] * share - floor, 0.01, room)
    back: Ints = floor + apportion(total - int(floor.sum()), common, room)
    return back


def levels_by_region(table: pd.DataFrame, levels: Ints) -> pd.DataFrame:
    """Firms by region and level class in the current year."""
    ge2 = table["ge2"].to_numpy()
    upper = fill_table(np.ones((len(ge2), 3)), ge2, levels[1:])
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
        totals = region_levels.loc[str(region)].to_numpy()
        weights = (ge2 + 2.0) ** 0.8 * generator.lognormal(0.0, 0.35, len(own))
        low = apportion(int(totals[0]), weights)
        upper = fill_table(np.ones((len(own), 3)), ge2, totals[1:])
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
