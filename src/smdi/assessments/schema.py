"""The columns of an assessments file and of the scores made of it.

One row per firm and year, wide. Item and practice columns follow from the standards, so a change of
the catalogue changes the schema here and nowhere else. No public layout of the platform's export is
known; this one is our own, and `importing` maps an export onto it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from smdi.assessments.pattern_weights import LEVELS
from smdi.standards import BUSINESSES, MaturityModel, maturity_model, practices

ITEM_PREFIX = "item_"
PRACTICE_PREFIX = "practice_"
DOMAIN_PREFIX = "domain_"


@dataclass(frozen=True)
class Column:
    """One column: its name, Arrow type, whether a value may be absent, and what it holds."""

    name: str
    type: pa.DataType
    nullable: bool
    meaning: str

    @property
    def field(self) -> pa.Field:
        """Return the column as a field of an Arrow schema."""
        return pa.field(self.name, self.type, nullable=self.nullable)


FIRM_COLUMNS = (
    Column("credit_code", pa.string(), False, "unified social credit code, 18 of [0-9A-Z]"),
    Column("year", pa.int16(), False, "year of the assessment"),
    Column("submitted_on", pa.date32(), False, "day of the answer"),
    Column("province", pa.string(), False, "GB/T 2260 code of the province"),
    Column("city", pa.string(), False, "GB/T 2260 code of the city (a municipality's own row)"),
    Column("industry", pa.string(), False, "GB/T 4754-2017 four-digit class"),
    Column("process_type", pa.string(), False, "discrete or process"),
    Column("employees", pa.int32(), False, "persons"),
    Column("revenue", pa.float64(), False, "yearly revenue, 万元"),
    *(Column(name, pa.bool_(), False, f"the business {name} exists") for name in BUSINESSES),
)


def item_columns(model: MaturityModel | None = None) -> list[Column]:
    """Return one column an item, in the model's order: tenths, null where not applicable."""
    model = model or maturity_model()
    return [
        Column(ITEM_PREFIX + item, pa.uint8(), True, "score in tenths: 10, 8, 5 or 0")
        for item in model.items["item_id"]
    ]


def practice_columns(catalogue: pd.DataFrame | None = None) -> list[Column]:
    """Return one column a practice, in the catalogue's order; null where the firm was not asked."""
    catalogue = practices() if catalogue is None else catalogue
    return [
        Column(
            f"{PRACTICE_PREFIX}{name}", pa.float64(), True, "share of the equipment in %, 0 to 100"
        )
        if kind == "ratio"
        else Column(f"{PRACTICE_PREFIX}{name}", pa.bool_(), True, "the practice is in use")
        for name, kind in catalogue["kind"].items()
    ]


def columns(
    model: MaturityModel | None = None, catalogue: pd.DataFrame | None = None
) -> list[Column]:
    """Return all columns of an assessments file, in order."""
    return [*FIRM_COLUMNS, *item_columns(model), *practice_columns(catalogue)]


def score_columns(
    model: MaturityModel | None = None, catalogue: pd.DataFrame | None = None
) -> list[Column]:
    """Return all columns of a scores file, in order: all but the items, then what scoring adds."""
    model = model or maturity_model()
    return [
        *FIRM_COLUMNS,
        *practice_columns(catalogue),
        Column("size", pa.string(), False, "large, medium, small or micro"),
        Column("division", pa.string(), False, "GB/T 4754-2017 two-digit division"),
        Column("level", pa.int8(), False, "maturity level 0 to 5"),
        Column("level_class", pa.string(), False, "le1, 2, 3 or ge4"),
        Column("total", pa.float64(), False, "total score, 0 to 5"),
        *(
            Column(f"level_score_{level}", pa.float64(), False, f"score of level {level}, 0 to 1")
            for level in LEVELS
        ),
        *(
            Column(DOMAIN_PREFIX + domain.id, pa.float64(), True, "score of the domain, 0 to 5")
            for domain in model.domains
        ),
    ]


def arrow_schema(of: Iterable[Column] | None = None) -> pa.Schema:
    """Return the Arrow schema of columns (default: those of an assessments file)."""
    return pa.schema([column.field for column in (columns() if of is None else of)])
