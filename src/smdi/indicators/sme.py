"""Small and medium firms (中小微: all that are not large), among the firms assessed this year."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from smdi.indicators.domains import SMALLER, SME
from smdi.indicators.firms import Firms
from smdi.indicators.levels import class_share
from smdi.indicators.population import Population
from smdi.indicators.tidy import count, setting, share, tidy
from smdi.indicators.tidy.lists import ranked
from smdi.standards import BUSINESSES, classes, size_classes


def small_firms(pop: Population) -> Firms:
    """Return the small and medium firms assessed this year."""
    return pop.current.where(size=SMALLER)


def has_small_firms(pop: Population) -> bool:
    """Tell whether the scope has small and medium firms this year."""
    return len(small_firms(pop)) > 0


def sme_shares(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: `sme_share` of all firms, `sme_share_of_level_le1` of those at level <= 1."""
    rows = [
        share(measure, pop.scope_name, pop.year, firms.where(size=SMALLER), firms)
        for measure, firms in (
            ("sme_share", pop.current),
            ("sme_share_of_level_le1", pop.current.where(level_class="le1")),
        )
    ]
    return tidy(rows, "text", pop)


def sme_low_share(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: `share_level_le1` of the small firms."""
    return tidy([class_share(small_firms(pop), "le1", SME, pop.year)], "text", pop)


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
        share(f"coverage_{name}", SME, pop.year, firms.where(**{name: "yes"}), firms)
        for name in BUSINESSES
    ]
    return tidy(rows, "fig-09", pop)


def classes_sme(pop: Population, minimum: int = 100) -> pd.DataFrame:
    """Exhibit tab-sme-classes: `rank` and `firms` of classes with more than `minimum` small firms.

    Groups are `4190 其他未列明制造业`; equals stand in the order of their codes.
    """
    firms, names = small_firms(pop), classes()["name_zh"].to_dict()
    counts = firms.counts("industry")
    rows = [
        count("firms", f"{code} {names[code]}", pop.year, firms.where(industry=str(code)))
        for code in counts.index[counts > minimum]
    ]
    return tidy(chain(*ranked(rows, pop, len(rows))), "tab-sme-classes", pop)


def class_threshold(pop: Population, minimum: int = 100) -> pd.DataFrame:
    """Exhibit tab-sme-classes: `sample_threshold`, the firms a class must exceed to be listed."""
    row = setting("sample_threshold", pop.scope_name, pop.year, minimum, "家")
    return tidy([row], "tab-sme-classes", pop)


def class_name(group: str) -> str:
    """Return the name in a group of `classes_sme`, its code left out."""
    return group.partition(" ")[2]
