"""Tiny populations of scored firms, a row a firm, made from what a test says of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.indicators import Population

FIRM = {
    "year": 2021,
    "submitted_on": datetime.date(2021, 6, 1),
    "province": "320000",
    "city": "320200",
    "industry": "3670",
    "process_type": "discrete",
    "employees": 100,
    "revenue": 5000.0,
    "design": True,
    "logistics": True,
    "sales": True,
    "service": True,
    "size": "small",
    "level": 0,
    "practice_private_network": False,
}
CLASSES = {0: "le1", 1: "le1", 2: "2", 3: "3", 4: "ge4", 5: "ge4"}

Populate = Callable[..., Population]


@pytest.fixture
def population() -> Populate:
    """Make a population of firms given as mappings; what a mapping leaves out is FIRM's."""

    def make(firms: Sequence[Mapping], **settings: object) -> Population:
        rows = [{"credit_code": f"SIM{n:015d}", **FIRM, **firm} for n, firm in enumerate(firms)]
        frame = pd.DataFrame(rows)
        frame["division"] = frame["industry"].str[:2]
        frame["level_class"] = frame["level"].map(CLASSES)
        return Population.of(frame, 2021, 2020, **settings)

    return make


@pytest.fixture
def scores_file(scores: Callable[..., pd.DataFrame], tmp_path: Path) -> Callable[..., Path]:
    """Write a scores file of groups of firms; `more` columns have one value for all."""

    def write(
        *groups: list[dict[str, object]],
        provenance: str | None = "simulated",
        more: Mapping[str, object] | None = None,
    ) -> Path:
        table = pa.Table.from_pandas(scores(*groups).assign(**(more or {})), preserve_index=False)
        metadata = None if provenance is None else {"smdi.provenance": provenance}
        pq.write_table(table.replace_schema_metadata(metadata), tmp_path / "scores.parquet")
        return tmp_path / "scores.parquet"

    return write
