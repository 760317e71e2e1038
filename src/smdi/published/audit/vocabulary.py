"""Names the rules share with the facts file: measures of level shares, wholes and their parts."""

from __future__ import annotations

import re
from functools import cache

from smdi.standards import cities, level_classes, practices, provinces

NATION = "全国"
PROCESS_TYPES_ZH = ("离散型", "流程型")
SHARE = "share_level_"
FIRMS_FROM_LEVEL = re.compile(r"firms_level_ge([1-5])")
LEVEL_NUMERALS = "零一二三四五"


@cache
def share_measures() -> tuple[str, ...]:
    """The measures of the level classes' shares, lowest class first; together one whole."""
    return tuple(SHARE + level for level in level_classes().index)


def minus(number: object) -> str:
    """A number with a proper minus sign."""
    return str(number).replace("-", "−")


@cache
def _measure_names() -> dict[str, str]:
    shares = {SHARE + c: f"{name}占比" for c, name in level_classes()["name_zh"].items()}
    practice = dict(practices()["name_zh"])
    return {"participants": "自诊断企业数量"} | shares | practice


def measure_name(measure: str) -> str:
    """What a measure is called in Chinese; its id where nothing names it."""
    level = FIRMS_FROM_LEVEL.fullmatch(measure)
    if level:
        return f"{LEVEL_NUMERALS[int(level[1])]}级及以上企业数量"
    return _measure_names().get(measure, measure)


@cache
def classes_from(level: int) -> tuple[str, ...]:
    """The share measures of the classes that lie wholly at `level` or above."""
    table = level_classes()
    return tuple(SHARE + c for c in table.index[table["lowest_level"] >= level])


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
