"""The numbers printed in a published edition, and the audit of them."""

from smdi.published.audit import Finding, audit, contradictions
from smdi.published.facts import (
    bounds,
    decimals,
    fact_id,
    half_unit,
    lower_bounds,
    read_facts,
)

__all__ = [
    "Finding",
    "audit",
    "bounds",
    "contradictions",
    "decimals",
    "fact_id",
    "half_unit",
    "lower_bounds",
    "read_facts",
]
