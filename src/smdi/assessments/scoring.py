"""From a file or frame of assessments to one of scores, in batches.

A million firms stream through in row groups; memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smdi.assessments.pattern_weights import LEVELS
from smdi.assessments.rules import ScoringRule
from smdi.assessments.schema import (
    DOMAIN_PREFIX,
    FIRM_COLUMNS,
    arrow_schema,
    columns,
    item_columns,
    practice_columns,
    score_columns,
)
from smdi.assessments.scorer import NOT_APPLICABLE, Scorer
from smdi.assessments.store import (
    ROW_GROUP,
    iter_batches,
    open_parquet,
    read_provenance,
    write_batches,
)
from smdi.assessments.tailoring import pattern_codes
from smdi.errors import InputErrors, Problem
from smdi.standards import BUSINESSES, level_class, size_class

NULLABLE_TYPES = {
    pa.bool_(): pd.BooleanDtype(),
    pa.uint8(): pd.UInt8Dtype(),
    pa.float64(): pd.Float64Dtype(),
}
Tabular: TypeAlias = pa.Table | pa.RecordBatch


def item_matrix(table: Tabular, names: list[str]) -> NDArray[np.uint8]:
    """Return the item columns of a table as uint8 (n, n_items), 255 for null."""
    matrix = np.empty((table.num_rows, len(names)), dtype=np.uint8)
    for index, name in enumerate(names):
        filled = pc.fill_null(table.column(name), NOT_APPLICABLE)
        matrix[:, index] = filled.to_numpy() if isinstance(filled, pa.ChunkedArray) else (
            filled.to_numpy(zero_copy_only=False)
        )  # fmt: skip
    return matrix


def patterns_of(table: Tabular) -> NDArray[np.int64]:
    """Return the tailoring pattern of each row of a table of assessments."""
    names = ("process_type", *BUSINESSES)
    return pattern_codes({name: np.asarray(table.column(name).to_pylist()) for name in names})


def score_table(table: Tabular, scorer: Scorer) -> pa.Table:
    """Score a table of assessments (see `schema.columns`) into one of scores (`score_columns`)."""
    items = item_matrix(table, [column.name for column in item_columns(scorer.model)])
    scores = scorer.score(items, patterns_of(table))
    kept = [column.name for column in (*FIRM_COLUMNS, *practice_columns())]
    made: dict[str, object] = {name: table.column(name) for name in kept}
    level = pd.Series(scores.level)
    made["size"] = size_class(_series(table, "employees"), _series(table, "revenue")).to_numpy()
    made["division"] = pc.utf8_slice_codeunits(table.column("industry"), 0, 2)
    made["level"] = scores.level
    made["level_class"] = level_class(level).to_numpy()
    made["total"] = scores.total
    for index, number in enumerate(LEVELS):
        made[f"level_score_{number}"] = scores.level_scores[:, index]
    assert scores.domain_scores is not None
    for index, domain in enumerate(scorer.domain_ids):
        made[DOMAIN_PREFIX + domain] = pa.array(scores.domain_scores[:, index], from_pandas=True)
    schema = arrow_schema(score_columns(scorer.model))
    return pa.table({field.name: made[field.name] for field in schema}).cast(schema)


def score_frame(
    frame: pd.DataFrame, rule: ScoringRule | None = None, scorer: Scorer | None = None
) -> pd.DataFrame:
    """Score a frame with the columns of an assessments file; nullable dtypes where null may stand.

    Give a `scorer` instead of a rule to score many frames without preparing the weights again.
    """
    scorer = scorer or Scorer(rule=rule)
    schema = arrow_schema(columns(scorer.model))
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    result: pd.DataFrame = score_table(table, scorer).to_pandas(types_mapper=NULLABLE_TYPES.get)
    return result.set_axis(frame.index, axis="index")


def score_file(
    assessments: Path,
    scores: Path,
    rule: ScoringRule | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Score a Parquet file of assessments into one of scores; return the number of firms.

    The provenance goes along. Raises InputErrors when columns are missing or an item that applies
    has no score (run `validate` first for a full report). `progress(done, total)` is called after
    each batch.
    """
    scorer = Scorer(rule=rule)
    schema = arrow_schema(columns(scorer.model))
    provenance = read_provenance(assessments)
    with open_parquet(assessments) as file:
        total = file.metadata.num_rows
        present = set(file.schema_arrow.names)
    InputErrors.raise_if(
        Problem(str(assessments), None, name, None, "this column; it is missing")
        for name in schema.names
        if name not in present
    )

    def scored() -> Iterator[pa.Table]:
        done = 0
        for batch in iter_batches(assessments, schema.names, ROW_GROUP):
            yield _scored_batch(batch, scorer, str(assessments), done)
            done += batch.num_rows
            if progress:
                progress(done, total)

    return write_batches(scores, scored(), arrow_schema(score_columns(scorer.model)), provenance)


def _scored_batch(batch: pa.RecordBatch, scorer: Scorer, file: str, done: int) -> pa.Table:
    try:
        return score_table(batch, scorer)
    except ValueError as error:
        expected = "assessments that pass the validation"
        raise InputErrors(
            [Problem(file, f"{done + 1} or later", None, str(error), expected)]
        ) from error


def _series(table: Tabular, name: str) -> pd.Series:
    return pd.Series(np.asarray(table.column(name)), name=name)
