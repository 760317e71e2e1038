"""Small and medium firms (中小微: all that are not large), among the firms assessed this year."""

from __future__ import annotations

import pandas as pd

from smdi.indicators.domains import SME
from smdi.indicators.firms import Firms
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, competition_rank, count, rank, setting, share, tidy
from smdi.standards import BUSINESSES, classes, size_classes


def small_firms(pop: Population) -> Firms:
    """Return the small and medium firms assessed this year."""
    return pop.current[pop.current["size"] != "large"]


def sme_shares(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: `sme_share` of all firms, `sme_share_of_level_le1` of those at level <= 1."""
    firms, lowest = pop.current, pop.current[pop.current["level_class"] == "le1"]
    rows = [
        share("sme_share", pop.scope_name, pop.year, _small(firms), len(firms)),
        share("sme_share_of_level_le1", pop.scope_name, pop.year, _small(lowest), len(lowest)),
    ]
    return tidy(rows, "text", pop)


def size_bounds(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: below which persons (人) or revenue (万元) a firm is not large."""
    persons, revenue = (
        size_classes()[column].to_dict()["large"] for column in ("min_employees", "min_revenue")
    )
    rows = [
        setting("sme_employees_under", pop.scope_name, pop.year, persons, "人"),
        setting("sme_revenue_under", pop.scope_name, pop.year, revenue, "万元"),
    ]
    return tidy(rows, "text", pop)


def coverage_sme(pop: Population) -> pd.DataFrame:
    """Exhibit fig-09: `coverage_<business>`, the share of small firms that have the business."""
    firms = small_firms(pop)
    rows = [
        share(f"coverage_{name}", SME, pop.year, int(firms[name].astype("bool").sum()), len(firms))
        for name in BUSINESSES
    ]
    return tidy(rows, "fig-09", pop)


def classes_sme(pop: Population, minimum: int = 100) -> pd.DataFrame:
    """Exhibit tab-sme-classes: `rank` and `firms` of classes with more than `minimum` small firms.

    Groups are `4190 其他未列明制造业`; equals stand in the order of their codes.
    """
    counts = small_firms(pop).counts("industry")
    counts = counts[counts > minimum]
    names, firms_of = classes()["name_zh"].to_dict(), counts.to_dict()
    rows: list[Row] = []
    for code, place in competition_rank(counts).sort_values(kind="stable").items():
        group = f"{code} {names[code]}"
        rows.append(rank(group, pop.year, int(place)))
        rows.append(count("firms", group, pop.year, int(firms_of[code])))
    return tidy(rows, "tab-sme-classes", pop)


def class_threshold(pop: Population, minimum: int = 100) -> pd.DataFrame:
    """Exhibit tab-sme-classes: `sample_threshold`, the firms a class must exceed to be listed."""
    row = setting("sample_threshold", pop.scope_name, pop.year, minimum, "家")
    return tidy([row], "tab-sme-classes", pop)


def class_name(group: str) -> str:
    """Return the name in a group of `classes_sme`, its code left out."""
    return group.partition(" ")[2]


def _small(firms: Firms) -> int:
    return int((firms["size"] != "large").sum())
