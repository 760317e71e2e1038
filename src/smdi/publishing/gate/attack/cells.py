"""Groups of firms under public conditions, and how the values of a condition divide a group.

A cell is a set of pairs (condition, value); a condition that is not in it is not asked for. All
conditions and values are public: the code lists, the levels, the businesses, the years.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from smdi.standards import BUSINESSES
from smdi.standards.lookups import classes, divisions, provinces, regions, sectors
from smdi.standards.terms import LEVEL_CLASSES, SECTORS

Cell = frozenset[tuple[str, str]]
# The whole that parts divide: a value of the condition, '' for the group without the condition.
Partition = tuple[str, tuple[str, ...]]

YES, NO, REST = "yes", "no", "rest"
MATURE = "ge2"
SMALL_FIRMS = ("medium", "small", "micro")
SME, LARGE = "sme", "large"
TYPES = MappingProxyType({"离散型": "discrete", "流程型": "process"})
ALL_FIRMS = "全部参评企业"


def cell(*conditions: tuple[str, str]) -> Cell:
    """Return the group of firms that meets all conditions."""
    return frozenset(conditions)


def value_in(group: Cell, condition: str) -> str:
    """Return the value of a condition in a cell, '' when it is not asked for."""
    return next((value for name, value in group if name == condition), "")


def with_value(group: Cell, condition: str, value: str) -> Cell:
    """Return the cell with another value of a condition; '' takes the condition out."""
    others = frozenset(pair for pair in group if pair[0] != condition)
    return others | {(condition, value)} if value else others


def both(scope: Cell, group: Cell) -> Cell | None:
    """Return the firms that are in both cells; None where there can be none."""
    found = scope
    for condition, value in group:
        known = value_in(scope, condition)
        if not known or _within(condition, value, known):
            found = with_value(found, condition, value)
        elif not _within(condition, known, value):
            return None
    return found


def _within(condition: str, value: str, whole: str) -> bool:
    """Tell whether a value is a whole's own, or that of a part of it."""
    if value == whole:
        return True
    parts = (part for outer, inner in partitions(condition) if outer == whole for part in inner)
    return any(_within(condition, value, part) for part in parts)


def partitions(condition: str) -> tuple[Partition, ...]:
    """Return how the values of a condition divide a whole."""
    if condition.startswith(("has:", "uses:", "asked:")):
        return (("", (YES, NO)),)
    return _partitions().get(condition, ())


@cache
def _partitions() -> dict[str, tuple[Partition, ...]]:
    land = provinces()
    names = land.loc[land["in_scope"], "name_zh"].to_dict()
    table = regions()
    cities = {
        name: tuple(table.index[table["parent"] == code])
        for code, name in names.items()
        if not land.loc[code, "municipality"]
    }
    division, industry = divisions(), classes()
    by_sector = {
        sector: tuple(division.index[division["sector"] == sector])
        for sector in (*SECTORS, "")
        if (division["sector"] == sector).any()
    }
    return {
        "region": (("", tuple(names.values())), *cities.items()),
        "industry": (
            ("", tuple(division.index)),
            ("", tuple(sector or REST for sector in by_sector)),
            *((sector or REST, codes) for sector, codes in by_sector.items()),
            *(
                (code, tuple(industry.index[industry["division"] == code]))
                for code in division.index
            ),
        ),
        "panel": (("", ("both", "one")),),
        "type": (("", tuple(TYPES.values())),),
        "size": (("", (LARGE, SME)), (SME, SMALL_FIRMS)),
        "level": (
            ("", (LEVEL_CLASSES[0], MATURE)),
            (MATURE, LEVEL_CLASSES[1:]),
            (MATURE, ("2", "ge3")),
            (MATURE, ("2_3", "ge4")),
            ("ge3", ("3", "ge4")),
            ("2_3", ("2", "3")),
        ),
    }


@cache
def groups() -> dict[str, Cell]:
    """Return what the names of groups mean: regions, industries, sectors, types, sizes."""
    land, table, division = provinces(), regions(), divisions()
    found: dict[str, Cell] = {ALL_FIRMS: cell()}
    for code, row in table.iterrows():
        if row["kind"] == "province":
            found[row["name_zh"]] = cell(("region", row["name_zh"]))
            continue
        # A municipality is a province, and its one city the whole of it.
        whole = land["municipality"].get(row["parent"], False)
        region = land.loc[row["parent"], "name_zh"] if whole else str(code)
        for name in (row["name_zh"], row["short_zh"]):
            found.setdefault(name, cell(("region", region)))
    for code, name in division["name_zh"].items():
        found[name] = cell(("industry", str(code)))
    for sector, name in sectors()["name_zh"].items():
        found[name] = cell(("industry", str(sector)))
    for name, kind in TYPES.items():
        found[name] = cell(("type", kind))
    found |= {"中小企业": cell(("size", SME)), "两年均参评企业": cell(("panel", "both"))}
    return found


def meaning(group: str) -> Cell | None:
    """Return the cell that a name stands for; None for one that names no group of firms."""
    if group[:4].isdigit() and group[4:5] == " ":
        return cell(("industry", group[:4]))
    return groups().get(group)


def name_of(group: Cell) -> str:
    """Return a cell in words, its conditions in a fixed order."""
    return ", ".join(f"{name}={value}" for name, value in sorted(group)) or "all firms"


def year_of(group: Cell) -> int:
    """Return the year of a cell, 0 where it has none."""
    found = value_in(group, "firms").rpartition(" ")[2]
    return int(found) if found.isdigit() else 0


def domain_condition(domain: str) -> str:
    """Return the condition under which a domain is scored: its business, '' for most."""
    return f"has:{domain}" if domain in BUSINESSES else ""


def parts_of(group: Cell) -> Iterator[tuple[Cell, str, tuple[Cell, ...]]]:
    """Yield (whole, condition, its parts) for each partition of which the cell is a part."""
    used = any(condition.startswith("uses:") for condition, _ in group)
    for condition, value in group:
        if used and condition.startswith("asked:"):
            continue  # only who was asked can answer
        for whole, parts in partitions(condition):
            if value in parts:
                others = group - {(condition, value)}
                cells = tuple(others | {(condition, part)} for part in parts)
                yield with_value(group, condition, whole), condition, cells
