"""Valid random firms, and files of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from smdi.assessments import BUSINESSES, Scorer, arrow_schema, pattern_codes, write_table
from smdi.assessments.credit_codes import check_character
from smdi.assessments.schema import item_columns, practice_columns
from smdi.standards import cities, classes, practices

Firms = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    return Scorer()


@pytest.fixture(scope="session")
def firms(scorer: Scorer) -> Firms:
    """Make `count` valid assessments of 2021, of simulated firms unless `real` codes are wanted."""

    def make(count: int, seed: int = 1, *, real: bool = False) -> pd.DataFrame:
        rng = np.random.default_rng(seed)
        city = cities().iloc[rng.integers(0, len(cities()), count)]
        frame = pd.DataFrame(
            {
                "credit_code": [_code(number, real) for number in range(count)],
                "year": 2021,
                "submitted_on": [
                    datetime.date(2021, 1, 1) + datetime.timedelta(days=int(day))
                    for day in rng.integers(0, 365, count)
                ],
                "province": city["parent"].to_numpy(),
                "city": city.index.to_numpy(),
                "industry": classes().index.to_numpy()[rng.integers(0, len(classes()), count)],
                "process_type": rng.choice(["discrete", "process"], count),
                "employees": rng.integers(0, 3000, count),
                "revenue": rng.integers(0, 8_000_000, count) / 100,
            }
        )
        for business in BUSINESSES:
            frame[business] = rng.random(count) < 0.7
        answers = [_items(frame, scorer, rng), _practices(frame, rng)]
        return pd.concat([frame, *answers], axis="columns")

    return make


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., Path]:
    """Write a frame as a file of assessments."""

    def write(
        frame: pd.DataFrame, provenance: str = "simulated", name: str = "assessments.parquet"
    ) -> Path:
        table = pa.Table.from_pandas(frame, schema=arrow_schema(), preserve_index=False)
        write_table(tmp_path / name, table, arrow_schema(), provenance)
        return tmp_path / name

    return write


def _code(number: int, real: bool) -> str:
    if not real:
        return f"SIM{number:015d}"
    first = f"91320000{number:09d}"
    return first + check_character(first)


def _items(frame: pd.DataFrame, scorer: Scorer, rng: np.random.Generator) -> pd.DataFrame:
    """Items from an ability that falls with the level, so that all levels occur."""
    levels = scorer.model.items["level"].to_numpy()
    ability = rng.uniform(-1, 6, len(frame))[:, None] - levels + rng.normal(0, 1, (1, len(levels)))
    draw = ability + rng.normal(0, 1, (len(frame), len(levels)))
    scores = np.select([draw > 0.3, draw > -0.3, draw > -1], [10, 8, 5], default=0)
    answers = pd.DataFrame(scores, columns=[column.name for column in item_columns()])
    return answers.astype("UInt8").mask(~scorer.applicable(pattern_codes(frame)))


def _practices(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    base = practices()["base"].to_numpy()
    made = {}
    for column, business in zip(practice_columns(), base, strict=True):
        if column.type == pa.bool_():
            values = pd.Series(rng.random(len(frame)) < 0.4, dtype="boolean")
        else:
            values = pd.Series(rng.integers(0, 10_001, len(frame)) / 100, dtype="Float64")
        asked = rng.random(len(frame)) < 0.95
        if business != "all":
            asked &= frame[business].to_numpy()
        made[column.name] = values.mask(~asked)
    return pd.DataFrame(made)
