"""Mean scores (0 to 5) of the twelve domains, over the firms that have the domain's business."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.levels import TYPES
from smdi.indicators.population import Population
from smdi.indicators.precision.noise import difference_error
from smdi.indicators.tidy import Row, difference, mean, tidy
from smdi.standards import SIZE_CLASSES, maturity_model

SME = "中小企业"
SMALLER = tuple(size for size in SIZE_CLASSES if size != "large")


def domain_scores_by_type(pop: Population) -> pd.DataFrame:
    """Exhibit fig-06: measures `domain_<id>` (分), groups 离散型 and 流程型."""
    rows = [
        row
        for kind, name in TYPES
        for row in domain_means(pop.current.where(process_type=kind), name, pop.year)
    ]
    return tidy(rows, "fig-06", pop)


def domain_scores_sme(pop: Population) -> pd.DataFrame:
    """Exhibit fig-08: measures `domain_<id>` (分), groups 中小企业 and all firms of the scope."""
    rows = domain_means(pop.current.where(size=SMALLER), SME, pop.year)
    rows += domain_means(pop.current, pop.scope_name, pop.year)
    return tidy(rows, "fig-08", pop)


def domain_scores_beside_nation(pop: Population) -> pd.DataFrame:
    """Measures `domain_<id>` (分) of a profile, groups the scope and 全国."""
    sides = (pop, pop.nation)
    rows = [row for side in sides for row in domain_means(side.current, side.scope_name, pop.year)]
    return tidy(rows, "text", pop)


def nation_leads(pop: Population) -> pd.DataFrame:
    """Signed `domain_<id>_lead` (分) of the scope over the nation."""
    groups = [pop.scope_name, pop.nation.scope_name]
    return tidy(_leads(pop, pop.current, pop.nation.current, groups), "text", pop)


def type_leads(pop: Population) -> pd.DataFrame:
    """Signed `domain_<id>_lead` (分) of discrete over process firms."""
    discrete, process = (pop.current.where(process_type=kind) for kind, _ in TYPES)
    return tidy(_leads(pop, discrete, process, [name for _, name in TYPES]), "fig-06", pop)


def sme_leads(pop: Population) -> pd.DataFrame:
    """Signed `domain_<id>_lead` (分) of small firms over all."""
    smaller = pop.current.where(size=SMALLER)
    return tidy(_leads(pop, smaller, pop.current, [SME, pop.scope_name]), "fig-08", pop)


def _leads(pop: Population, own: Firms, others: Firms, groups: Sequence[str]) -> list[Row]:
    sides = [
        domain_means(firms, group, pop.year)
        for firms, group in zip((own, others), groups, strict=True)
    ]
    rows = []
    for mine, theirs in zip(*sides, strict=True):
        columns = own[mine.measure], others[mine.measure]
        error = difference_error(columns[0], own["firm"], columns[1], others["firm"])
        rows.append(difference(f"{mine.measure}_lead", mine, theirs, "分", error))
    return rows


def domain_means(firms: Firms, group: str, year: int) -> list[Row]:
    """Return the mean score of every domain, in the order of the model."""
    return [
        mean(f"domain_{domain.id}", group, year, firms, f"domain_{domain.id}", "分")
        for domain in maturity_model().domains
    ]
