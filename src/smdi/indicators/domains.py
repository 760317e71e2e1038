"""Mean scores (0 to 5) of the twelve domains, over the firms that have the domain's business."""

from __future__ import annotations

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.levels import TYPES
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, mean, tidy
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


def domain_means(firms: Firms, group: str, year: int) -> list[Row]:
    """Return the mean score of every domain, in the order of the model."""
    return [
        mean(f"domain_{domain.id}", group, year, firms, f"domain_{domain.id}", "分")
        for domain in maturity_model().domains
    ]
