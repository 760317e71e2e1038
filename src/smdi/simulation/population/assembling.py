"""The assessments as an Arrow table in the schema that an editor's real export has too."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from smdi.assessments.schema import (
    ITEM_PREFIX,
    PRACTICE_PREFIX,
    arrow_schema,
    columns,
    practice_columns,
)
from smdi.assessments.scorer import NOT_APPLICABLE, Scorer
from smdi.standards import BUSINESSES

FIRM_ATTRIBUTES = ("credit_code", "province", "city", "industry", "process_type", *BUSINESSES)


def assemble(
    panel: pd.DataFrame,
    firms: pd.DataFrame,
    employees_revenue: pd.DataFrame,
    items: np.ndarray,
    practices: pd.DataFrame,
    scorer: Scorer,
) -> pa.Table:
    """One row a firm-year, ordered by year and credit code, so that order tells nothing else."""
    firm = panel["firm"].to_numpy()
    codes = firms["credit_code"].to_numpy()[firm]
    order = np.lexsort((codes, panel["year"].to_numpy()))
    made: dict[str, pa.Array] = {"year": pa.array(panel["year"].to_numpy()[order], pa.int16())}
    for name in FIRM_ATTRIBUTES:
        made[name] = pa.array(firms[name].to_numpy()[firm[order]])
    for name in employees_revenue.columns:
        made[name] = pa.array(employees_revenue[name].to_numpy()[order])
    for index, name in enumerate(scorer.item_ids):
        values = items[order, index]
        made[ITEM_PREFIX + name] = pa.array(values, mask=values == NOT_APPLICABLE)
    for column in practice_columns():
        values = practices[column.name.removeprefix(PRACTICE_PREFIX)].to_numpy()[order]
        made[column.name] = _practice(values, column.type)
    schema = arrow_schema(columns(scorer.model))
    return pa.table({field.name: made[field.name] for field in schema}).cast(schema)


def _practice(values: np.ndarray, kind: pa.DataType) -> pa.Array:
    absent = np.isnan(values)
    if pa.types.is_boolean(kind):
        return pa.array(np.where(absent, 0, values) == 1, mask=absent)
    return pa.array(values, mask=absent)
