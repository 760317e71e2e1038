"""A scope: the part of the country or of manufacturing that something is about.

A scope is a mapping of dimensions to values, and empty for the whole nation. It has one form in
which it is kept, compared and named: regions by their full names, a division by its code, the rest
by their ids. What people write (江苏, 320000, 计算机电子, 大型) is understood by `understood`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from rapidfuzz import fuzz, process

from smdi.errors import InputErrors, Problem
from smdi.standards.loading import Source, current_source, load_standards
from smdi.standards.lookups import cities, divisions, provinces, regions, sectors, size_classes
from smdi.standards.rows import DivisionRow, RegionRow
from smdi.standards.terms import ALL_INDUSTRIES, NATION

# In the order in which a name lists them.
DIMENSIONS = ("province", "city", "size", "type", "sector", "industry")
# How many of them a scope may narrow at once.
MOST = 2
TYPES = {"discrete": "离散型", "process": "流程型"}
Scoped = Mapping[str, str]

_NEAR_ENOUGH = 50
_WORD = re.compile(r"(\w+)\s*=\s*(.*?)\s*(?=(?:[\s,;，；]\s*\w+\s*=)|$)", re.DOTALL)


def understood(given: Mapping[str, object], file: str = "scope") -> dict[str, str]:
    """Return a scope in its one form; InputErrors lists everything that is wrong with it.

    Dimensions without a value are left out, and so is one that another implies: the province of a
    city, the sector of an industry. A municipality is a province. `file` names what was read.
    """
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for name, value in given.items():
        text = "" if value is None else str(value).strip()
        if name not in DIMENSIONS:
            near = _nearest(name, DIMENSIONS)
            expected = "a dimension of a scope: " + ", ".join(DIMENSIONS)
            problems.append(Problem(file, None, name, None, expected, nearest=near))
        elif text:
            known = _known(name)
            if (key := _plain(text)) in known:
                found[name] = known[key]
            else:
                problems.append(_unknown(file, name, text))
    problems += _contradictions(file, found)
    InputErrors.raise_if(problems)
    if city := found.get("city"):
        found.pop("province", None)
        if cities().loc[city_code(city), "municipality"]:
            found["province"] = found.pop("city")
    if "industry" in found:
        found.pop("sector", None)
    found = {name: found[name] for name in DIMENSIONS if name in found}
    if len(found) > MOST:
        expected = f"at most {MOST} of the dimensions " + ", ".join(DIMENSIONS)
        raise InputErrors([Problem(file, None, None, ", ".join(found), expected)])
    return found


def parsed(text: str, file: str = "scope") -> dict[str, str]:
    """Read a scope written as `province=江苏省 industry=39`; InputErrors lists what is wrong."""
    words = [(match[1], match[2]) for match in _WORD.finditer(text.strip())]
    names = [name for name, _ in words]
    problems = [
        Problem(file, None, name, None, "each dimension once")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if rest := _WORD.sub("", text.strip()).strip(" ,;，；"):
        expected = "dimension=value, as province=江苏省 or industry=39"
        problems.append(Problem(file, None, None, rest, expected))
    try:
        scope = understood(dict(words), file)
    except InputErrors as errors:
        problems += errors.problems
    InputErrors.raise_if(problems)
    return scope


def scope_name(scope: Scoped) -> str:
    """Name a scope by itself: 全国, 江苏省, 汽车制造业, 江苏省汽车制造业, 大型企业."""
    return region_name(scope) + kind_name(scope) or NATION


def region_name(scope: Scoped) -> str:
    """Return the province or the city of a scope, '' for the whole nation."""
    return scope.get("city") or scope.get("province", "")


def kind_name(scope: Scoped) -> str:
    """Name the firms of a scope whatever their region: 汽车制造业, 大型装备制造企业, ''."""
    attribute = kind_attribute(scope)
    if "size" in scope or "type" in scope:
        return f"{attribute}企业"
    return f"{attribute}领域" if "sector" in scope else attribute


def kind_attribute(scope: Scoped) -> str:
    """Return what stands before 企业 for the firms of a scope: 汽车制造业, 大型装备制造, ''."""
    return "".join(value_name(name, scope[name]) for name in DIMENSIONS[2:] if name in scope)


def value_name(dimension: str, value: str) -> str:
    """Return how the value of a dimension is called: 江苏省, 汽车制造业, 大型, 离散型, 装备制造."""
    names: dict[str, Callable[[str], str]] = {
        "industry": division_name,
        "sector": lambda key: str(sectors()["name_zh"].to_dict()[key]),
        "size": lambda key: str(size_classes()["name_zh"].to_dict()[key]),
        "type": TYPES.__getitem__,
    }
    return names[dimension](value) if dimension in names else value


def scope_code(scope: Scoped) -> str:
    """Write a scope for names of files: 320000, 320000-39, 320500-large, '' for the nation."""
    return "-".join(
        region_code(scope[name]) if name in DIMENSIONS[:2] else scope[name]
        for name in DIMENSIONS
        if name in scope
    )


def scope_of_code(text: str, file: str = "scope") -> dict[str, str]:
    """Return the scope that `scope_code` writes as this; InputErrors when there is none."""
    given: dict[str, str] = {}
    problems = []
    for part in filter(None, text.split("-")):
        name = next((name for name in DIMENSIONS if part in _codes(name)), None)
        if name is None or name in given:
            expected = "codes of a scope, as 320000, 39, equipment, large, discrete"
            problems.append(Problem(file, None, None, part, expected))
        else:
            given[name] = part
    InputErrors.raise_if(problems)
    return understood(given, file)


def industry_name(industry: str) -> str:
    """Return 全行业, or the name of a division."""
    return division_name(industry) if industry else ALL_INDUSTRIES


def division_name(code: str) -> str:
    """Return the full name of a division as GB/T 4754 prints it (KeyError when there is none)."""
    return _division_names(current_source())[code]


def province_code(name: str) -> str:
    """Return the code of a province by its full name (KeyError when there is none)."""
    return _codes_by_name(current_source(), of_provinces=True)[name]


def city_code(name: str) -> str:
    """Return the code of a city by its full name (KeyError when there is none)."""
    return _codes_by_name(current_source(), of_provinces=False)[name]


@cache
def _division_names(_source: Source) -> dict[str, str]:
    return {row.code: row.name_zh for row in load_standards()[DivisionRow]}


@cache
def _codes_by_name(_source: Source, *, of_provinces: bool) -> dict[str, str]:
    rows = load_standards()[RegionRow]
    return {row.name_zh: row.code for row in rows if (row.kind == "province") == of_provinces}


def region_code(name: str) -> str:
    """Return the code of a province or a city by its full name; a municipality's is the former."""
    try:
        return province_code(name)
    except KeyError:
        return city_code(name)


def values_of(dimension: str) -> dict[str, str]:
    """Return the values that a dimension may have, with what each is called."""
    if dimension == "province":
        return {str(name): str(name) for name in provinces()["name_zh"]}
    if dimension == "city":
        return {str(name): str(name) for name in cities()["name_zh"]}
    if dimension == "type":
        return dict(TYPES)
    tables = {"industry": divisions, "sector": sectors, "size": size_classes}
    return {str(key): str(name) for key, name in tables[dimension]()["name_zh"].items()}


def _contradictions(file: str, scope: Mapping[str, str]) -> list[Problem]:
    """Find a city outside the province, and an industry outside the sector."""
    problems = []
    if {"province", "city"} <= set(scope):
        parent = regions()["parent"].to_dict()[city_code(scope["city"])]
        if parent != province_code(scope["province"]):
            expected = f"a city of {scope['province']}; it lies in {_name_of_code(parent)}"
            problems.append(Problem(file, None, "city", scope["city"], expected))
    if {"sector", "industry"} <= set(scope):
        sector = divisions()["sector"].to_dict()[scope["industry"]]
        if sector != scope["sector"]:
            called = value_name("sector", scope["sector"])
            expected = f"an industry of {called}"
            found = f"{scope['industry']} {division_name(scope['industry'])}"
            problems.append(Problem(file, None, "industry", found, expected))
    return problems


def _name_of_code(code: str) -> str:
    return str(regions()["name_zh"].to_dict()[code])


@cache
def _known(dimension: str) -> dict[str, str]:
    """Return every way of writing a value of a dimension -> the value."""
    known = {_plain(code): value for code, value in _codes(dimension).items()}
    for value, name in values_of(dimension).items():
        known |= {_plain(value): value, _plain(name): value, _plain(f"{value} {name}"): value}
        for suffix in ("企业", "制造业", "制造", "工业", "业"):
            if dimension not in ("province", "city"):
                known.setdefault(_plain(f"{name}{suffix}"), value)
    for value, short in _short_names(dimension):
        known.setdefault(_plain(short), value)
    return known


def _short_names(dimension: str) -> Iterable[tuple[str, str]]:
    tables = {"province": provinces, "city": cities}
    if dimension in tables:
        table = tables[dimension]()
        return list(zip(table["name_zh"].astype(str), table["short_zh"].astype(str), strict=True))
    if dimension == "industry":
        return [(str(code), str(short)) for code, short in divisions()["short_zh"].items()]
    return [(value, name.removesuffix("型")) for value, name in values_of(dimension).items()]


@cache
def _codes(dimension: str) -> dict[str, str]:
    """Return the code of each value -> the value."""
    if dimension == "province":
        return {str(code): str(name) for code, name in provinces()["name_zh"].items()}
    if dimension == "city":
        return {str(code): str(name) for code, name in cities()["name_zh"].items()}
    return {value: value for value in values_of(dimension)}


def _unknown(file: str, dimension: str, text: str) -> Problem:
    shown = {
        value: name if name == value else f"{value} {name}"
        for value, name in values_of(dimension).items()
    }
    near = _nearest(_plain(text), _known(dimension))
    nearest = None if near is None else shown[_known(dimension)[near]]
    expected = f"a city of GB/T 2260 ({len(shown)} of them)"
    if dimension != "city":
        expected = "one of " + "、".join(shown.values())
    return Problem(file, None, dimension, text, expected, nearest=nearest)


def _nearest(text: str, known: Iterable[str]) -> str | None:
    found = process.extractOne(text, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return None if found is None else str(found[0])


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()
