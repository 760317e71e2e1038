"""Tables of the report, ready for page and print."""

from smdi.report.tables.rankings import (
    city_ranking,
    comparison,
    industry_change,
    province_ranking,
    sme_classes,
)
from smdi.report.tables.table import Column, Table, plain

__all__ = [
    "Column",
    "Table",
    "city_ranking",
    "comparison",
    "industry_change",
    "plain",
    "province_ranking",
    "sme_classes",
]
