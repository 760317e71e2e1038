"""Assessments of 2022 made from those of 2021: the same firms and answers, other shares of levels.

A firm keeps its answers, hence its level; how many firms of each level class answer in 2022 is set
by the nation's shares of that year, which data/standards has. Firms that stand for several get
codes of their own.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from smdi.assessments.credit_codes import check_character
from smdi.assessments.schema import arrow_schema, columns
from smdi.assessments.store import Provenance, write_table
from smdi.standards import BUSINESSES, maturity_model

SHARES = {"le1": 63, "2": 21, "3": 12, "ge4": 4}
SINCE = 2020
# So many columns describe the firm.
FIRM = 13


def make(assessments: Path, scores: Path, firms: int, years: int = SINCE) -> pa.Table:
    """Return assessments of the years from `years` on and of 2022, of which there are `firms`."""
    table = pq.read_table(assessments)
    level = pq.read_table(scores, columns=["level_class"])["level_class"].to_numpy()
    year = table["year"].to_numpy()
    random = np.random.default_rng(2022)
    chosen = []
    for name, share in SHARES.items():
        there = np.flatnonzero((year == 2021) & (level == name))
        number = firms * share // 100
        chosen += [*random.permutation(there)[:number]]
        chosen += [*random.choice(there, max(number - len(there), 0))]
    made = table.take(pa.array(sorted(chosen)))
    codes = pd.Series(made["credit_code"].to_pylist())
    again = codes.duplicated()
    codes[again] = [f"SIM2022{number:011d}" for number in range(int(again.sum()))]
    days = [day + datetime.timedelta(days=364) for day in made["submitted_on"].to_pylist()]
    schema = table.schema
    new = {
        "credit_code": pa.array(codes, schema.field("credit_code").type),
        "year": pa.array([2022] * len(codes), schema.field("year").type),
        "submitted_on": pa.array(days, schema.field("submitted_on").type),
    }
    for name, column in new.items():
        made = made.set_column(schema.get_field_index(name), name, column)
    before = table.filter(pa.array((year >= years) & (year < 2022)))
    return pa.concat_tables([before, made.cast(schema)])


def sampled(table: pa.Table, part: int) -> pa.Table:
    """Return the assessments of one firm of so many, all years of it."""
    codes = pd.Series(table["credit_code"].to_pylist())
    kept = pd.util.hash_pandas_object(codes, index=False) % part == 0
    return table.filter(pa.array(kept))


def with_real_codes(table: pa.Table) -> pa.Table:
    """Give each firm a code of the real shape, as an export has them."""
    codes = pd.Series(table["credit_code"].to_pylist())
    number = codes.rank(method="dense").astype(int)
    first = [f"91320500MA{one:07d}" for one in number]
    real = pa.array([text + check_character(text) for text in first])
    return table.set_column(0, "credit_code", real)


def write(path: Path, table: pa.Table, provenance: Provenance) -> None:
    schema = arrow_schema(columns(maturity_model()))
    write_table(path, table.cast(schema), schema, provenance)


def write_export(folder: Path, table: pa.Table) -> tuple[Path, Path]:
    """Write assessments as a text table, and the mapping by which it is read."""
    export, mapping = folder / "export.csv", folder / "mapping.yaml"
    csv.write_csv(table, export)
    truth = {"true": True, "false": False}
    practices = [name for name in table.column_names if name.startswith("practice_")]
    content = {
        "columns": {
            name: {"column": name, **({"values": truth} if name in BUSINESSES else {})}
            for name in table.column_names[:FIRM]
        },
        "items": {
            "layout": "wide",
            "template": "item_{item_id}",
            "values": {str(tenths): tenths for tenths in (10, 8, 5, 0)},
            "not_applicable": [""],
        },
        "practices": {
            "columns": {name.removeprefix("practice_"): name for name in practices},
            "values": truth,
            "not_asked": [""],
        },
    }
    content["columns"]["process_type"]["values"] = {"discrete": "discrete", "process": "process"}
    content["columns"]["revenue"]["unit"] = "万元"
    # JSON is YAML too, and has no aliases.
    mapping.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    return export, mapping
