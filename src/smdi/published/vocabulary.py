"""Names that facts, declarations and rules share: wholes, groups of the standards, measures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from smdi.standards import (
    cities,
    classes,
    divisions,
    level_classes,
    national_level_shares,
    practices,
    provinces,
    sectors,
    size_classes,
)

NATION = "全国"
# Names of a whole, whatever a report counts: the row or column at the foot of a table.
TOTALS = ("全国", "全行业", "合计", "总计", "全部", "总体", "全体", "总数")
# Those that say of themselves that they are the sum of the rows above.
SUMS = ("合计", "总计", "总数")
PROCESS_TYPES_ZH = ("离散型", "流程型")
SHARE = "share_level_"
FIRMS_FROM_LEVEL = re.compile(r"firms_level_ge([1-5])")
SHARE_FROM_LEVEL = re.compile(r"share_level_ge([1-5])")
SUFFIX_NAMES = {
    "_from": "的下端",
    "_to": "的上端",
    "_change": "的变动",
    "_increase": "的升幅",
    "_decrease": "的降幅",
    "_growth": "的增速",
    "_over": "的下限",
    "_under": "的上限",
}
LEVEL_NUMERALS = "零一二三四五"


@cache
def share_measures() -> tuple[str, ...]:
    """The measures of the level classes' shares, lowest class first; together one whole."""
    return tuple(f"{SHARE}{level}" for level in level_classes().index)


def minus(number: object) -> str:
    """A number with a proper minus sign."""
    return str(number).replace("-", "−")


@cache
def _measure_names() -> dict[str, str]:
    shares = {f"{SHARE}{c}": f"{name}占比" for c, name in level_classes()["name_zh"].items()}
    practice = dict(practices()["name_zh"])
    return {"participants": "自诊断企业数"} | shares | practice


def measure_name(measure: str) -> str:
    """What a measure is called in Chinese; its id where nothing names it."""
    for suffix, name in SUFFIX_NAMES.items():
        if measure.endswith(suffix):
            return measure_name(measure.removesuffix(suffix)) + name
    united = SHARE_FROM_LEVEL.fullmatch(measure)
    if united and measure not in _measure_names():
        return f"{LEVEL_NUMERALS[int(united[1])]}级及以上占比"
    level = FIRMS_FROM_LEVEL.fullmatch(measure)
    if level:
        return f"{LEVEL_NUMERALS[int(level[1])]}级及以上企业数"
    return _measure_names().get(measure, measure)


@cache
def classes_from(level: int) -> tuple[str, ...]:
    """The share measures of the classes that lie wholly at `level` or above."""
    table = level_classes()
    return tuple(f"{SHARE}{c}" for c in table.index[table["lowest_level"] >= level])


@cache
def province_names() -> frozenset[str]:
    """Full names of the provincial units."""
    return frozenset(provinces()["name_zh"])


@cache
def regions_assessed() -> int:
    """How many provincial units the self-assessment runs in."""
    return int(provinces()["in_scope"].sum())


@cache
def cities_of_provinces() -> dict[str, frozenset[str]]:
    """Short names of the cities by full name of their province."""
    names = provinces()["name_zh"]
    table = cities()
    by_parent = table["short_zh"].groupby(table["parent"])
    return {names[parent]: frozenset(short) for parent, short in by_parent}


@cache
def _municipalities() -> dict[str, str]:
    table = provinces()
    return dict(table.loc[table["municipality"], ["short_zh", "name_zh"]].itertuples(index=False))


def place(group: str) -> str:
    """One name for a place that is city and province at once (重庆, 重庆市); others unchanged."""
    return _municipalities().get(group, group)


@cache
def lists_of_names() -> dict[str, tuple[str, ...]]:
    """Lists of the standards by name, as declarations quote them with "@"."""
    region = provinces()
    return {
        "provinces": tuple(region.loc[region["in_scope"], "name_zh"]),
        "cities": tuple(cities()["short_zh"]),
        "divisions": tuple(divisions()["name_zh"]),
        "sectors": tuple(sectors()["name_zh"]),
        "classes": tuple(f"{code} {name}" for code, name in classes()["name_zh"].items()),
    }


def named_groups(groups: Iterable[str]) -> tuple[str, ...]:
    """Groups with the lists written out; KeyError where the standards have no such list."""
    return tuple(
        name
        for group in groups
        for name in (lists_of_names()[group[1:]] if group.startswith("@") else (group,))
    )


@cache
def number_of_the_standards(table: str, row: str | None, column: str | None) -> int:
    """A cell of the size classes, or how many divisions or provinces assessed there are."""
    if table == "size_classes":
        cell: Any = size_classes().at[str(row), str(column)]
        return int(cell)
    return len(divisions()) if table == "divisions" else regions_assessed()


@cache
def published_shares(year: int) -> dict[str, float]:
    """The nation's share in % of each level class, as reports of any year print it."""
    table = national_level_shares()
    own = table[table["year"] == year]
    return {str(k): float(v) for k, v in zip(own["level_class"], own["share"], strict=True)}


@cache
def _units_of_municipalities() -> dict[str, int]:
    table = cities()
    own = table[table["municipality"]]
    units = own["parent"].value_counts()
    return {
        str(name): int(units[parent])
        for name, parent in zip(own["short_zh"], own["parent"], strict=True)
    }


def units_of_city(city: str) -> int:
    """How many prefectural units GB/T 2260 has for a municipality of this name (0: none)."""
    return _units_of_municipalities().get(city, 0)
