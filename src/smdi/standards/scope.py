"""A scope: the nation, a province, an industry (a division of GB/T 4754), or both at once."""

from __future__ import annotations

from smdi.errors import InputErrors, Problem
from smdi.standards.lookups import divisions, provinces
from smdi.standards.terms import ALL_INDUSTRIES, NATION


def check_scope(province: str, industry: str | int) -> tuple[str, str]:
    """Return a scope as full name of a province and code of a division, '' for all.

    A code may come as a number, as `papermill -p industry 39` gives it. Raises InputErrors for a
    province or an industry that is none.
    """
    industry = str(industry)
    problems = []
    names = list(provinces()["name_zh"])
    if province and province not in names:
        expected = "'' or one of " + "、".join(names)
        problems.append(Problem("scope", None, "province", province, expected))
    codes = list(divisions().index)
    if industry and industry not in codes:
        expected = "'' or one of " + "、".join(codes)
        problems.append(Problem("scope", None, "industry", industry, expected))
    InputErrors.raise_if(problems)
    return province, industry


def scope_name(province: str, industry: str) -> str:
    """Return 全国, 江苏省, 汽车制造业 or 江苏省汽车制造业."""
    return f"{province}{division_name(industry) if industry else ''}" or NATION


def industry_name(industry: str) -> str:
    """Return 全行业, or the name of a division."""
    return division_name(industry) if industry else ALL_INDUSTRIES


def division_name(code: str) -> str:
    """Return the full name of a division as GB/T 4754 prints it (KeyError when there is none)."""
    return str(divisions()["name_zh"].to_dict()[code])


def province_code(name: str) -> str:
    """Return the code of a province by its full name (KeyError when there is none)."""
    table = provinces()
    code: str = dict(zip(table["name_zh"], table.index, strict=True))[name]
    return code
