"""Provinces and cities by code or name, with their usual, former and county-level names.

Names other than those of `regions.csv` stand in `data/standards/region_aliases.csv`: a row gives a
name and the code of the province or city that it means today.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from smdi.assessments.values.texts import CellError, nearest_of, squeezed
from smdi.files import in_project
from smdi.standards import provinces, regions

ALIASES = "data/standards/region_aliases.csv"
PROVINCE = "a province of GB/T 2260, by code or name"
CITY = "a city of GB/T 2260, by code or name"
_CODE = re.compile(r"(\d{6})(?:\d{6})?(?:\.0+)?")
# 江苏省/苏州市, 江苏省-苏州市: what may stand between province and city in one cell.
_SEPARATORS = re.compile(r"[-_/|,，、>·.]+")
_PARTS = ("区", "县", "旗", "市", "镇", "乡", "街道")
_SUFFIXES = ("省", "市", "县", "区", "地区", "盟")
Names = dict[str, str]


@cache
def _aliases() -> list[tuple[str, str]]:
    with in_project(ALIASES).open(encoding="utf-8", newline="") as stream:
        return [(squeezed(row["name_zh"]), row["code"]) for row in csv.DictReader(stream)]


@cache
def _provinces() -> Names:
    """Return province codes by full, short and other usual names."""
    table = regions()
    table = table[table["kind"] == "province"]
    names = {name: code for name, code in _aliases() if code in table.index}
    for column in ("short_zh", "name_zh"):
        names |= {squeezed(name): str(code) for code, name in table[column].items()}
    return names


@cache
def _cities() -> dict[str, Names]:
    """Return, for each province, city codes by name; what two cities share is left out.

    Current names come before others, so that no former name takes the place of one of today.
    """
    table = regions()
    table = table[table["kind"] != "province"]
    parents = {str(code): str(parent) for code, parent in table["parent"].items()}
    found: dict[str, Names] = {province: {} for province in parents.values()}
    for column in ("name_zh", "short_zh"):
        for code, name in table[column].items():
            found[parents[str(code)]].setdefault(squeezed(str(name)), str(code))
    others: dict[tuple[str, str], set[str]] = {}
    for name, code in _aliases():
        if code in parents:
            for form in {name, _stem(name)}:
                others.setdefault((parents[code], form), set()).add(code)
    for (province, name), codes in others.items():
        if len(codes) == 1:
            found[province].setdefault(name, next(iter(codes)))
    return found


def _stem(name: str) -> str:
    """Return a name without its suffix where two characters are left: 昆山市, 昆山."""
    suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), "")
    stem = name.removesuffix(suffix)
    return stem if len(stem) > 1 else name


def province_of(text: str) -> str | None:
    """Return the code of the province a text names or begins with, None for an empty text."""
    key = squeezed(text)
    if not key:
        return None
    if match := _CODE.fullmatch(key):
        return _province_by_code(match[1])
    if re.fullmatch(r"\d{2}", key) and f"{key}0000" in _provinces().values():
        return f"{key}0000"
    leading, rest = _leading_province(key)
    if leading is None or (rest and city_within(leading, rest) is None):
        raise CellError(PROVINCE, lambda: nearest_of(key, _full_names()))
    return leading


def city_of(province: str, text: str) -> str | None:
    """Return the code of the city a text names within the province of another text.

    None for an empty text. Where the province is missing or unknown, a name that one city of the
    nation has is enough, so that a fault of the province is not told a second time here.
    """
    key = squeezed(text)
    if not key:
        return None
    if match := _CODE.fullmatch(key):
        return _city_by_code(match[1])
    try:
        given = province_of(province)
    except CellError:
        given = None
    leading, rest = _leading_province(key)
    if leading is not None and rest:
        code = city_within(leading, rest)
        if code is not None:
            return code
    if given is not None:
        code = city_within(given, key)
        if code is not None:
            return code
    elsewhere = {found for parent in _cities() if (found := city_within(parent, key))}
    if len(elsewhere) == 1:
        # In another province than the row says: `check_region` tells so.
        return elsewhere.pop()
    known = _cities()[given] if given in _cities() else _all_cities()
    raise CellError(CITY, lambda: nearest_of(key, known))


def city_within(province: str, key: str) -> str | None:
    """Return the code of the city or county that a squeezed name means in a province.

    Of a name that goes on (苏州市昆山市) the longest beginning counts, unless the rest lies
    elsewhere.
    """
    names = _cities().get(province, {})
    key = _SEPARATORS.sub("", key)
    if key in names:
        return names[key]
    for end in range(len(key) - 1, 1, -1):
        code, rest = names.get(key[:end]), key[end:]
        # A part that no list knows is a development zone or a town of the city: 苏州市工业园区.
        if code is not None and names.get(rest, code) == code and rest.endswith(_PARTS):
            return code
    return None


def _province_by_code(code: str) -> str:
    """Return the province with this code, or that of the city or county with it."""
    province = f"{code[:2]}0000"
    if province not in _provinces().values():
        raise CellError(PROVINCE)
    if code != province:
        try:
            _city_by_code(code)
        except CellError:
            raise CellError(PROVINCE) from None
    return province


def _city_by_code(code: str) -> str:
    candidates = [code, f"{code[:4]}00"]
    # The codes of a municipality, of its districts (01) and of its counties (02) mean one city.
    if f"{code[:2]}0000" in _municipalities() and code[2:4] in ("00", "02"):
        candidates.append(f"{code[:2]}0100")
    for candidate in candidates:
        if candidate in _all_codes():
            return candidate
    raise CellError(CITY)


def _leading_province(key: str) -> tuple[str | None, str]:
    """Return the province a name begins with, the longest that does, and the rest."""
    names = _provinces()
    for end in range(len(key), 1, -1):
        if key[:end] in names:
            return names[key[:end]], _SEPARATORS.sub("", key[end:])
    return None, key


@cache
def _municipalities() -> frozenset[str]:
    table = provinces()
    return frozenset(str(code) for code in table.index[table["municipality"]])


@cache
def _full_names() -> list[str]:
    table = regions()
    return [str(name) for name in table.loc[table["kind"] == "province", "name_zh"]]


@cache
def _all_cities() -> list[str]:
    table = regions()
    return [str(name) for name in table.loc[table["kind"] != "province", "name_zh"]]


@cache
def _all_codes() -> frozenset[str]:
    table = regions()
    return frozenset(str(code) for code in table.index[table["kind"] != "province"])
