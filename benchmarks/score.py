#!/usr/bin/env python
"""Measure validation and scoring of a million firms: seconds and peak memory of each step.

Usage: benchmarks/score.py [FIRMS] [FOLDER]. Each step runs in a process of its own, so that its
peak memory is its own. Not a test: it takes minutes and says nothing about right or wrong.
"""

from __future__ import annotations

import datetime
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from smdi.assessments import (
    BUSINESSES,
    NOT_APPLICABLE,
    Scorer,
    arrow_schema,
    pattern_codes,
    score_file,
    validate,
    write_batches,
)
from smdi.assessments.schema import item_columns, practice_columns
from smdi.standards import cities, classes, practices

BATCH = 20_000


def firm_batches(count: int) -> Iterator[pa.Table]:
    """Valid random assessments of 2021, in batches."""
    scorer = Scorer()
    for start in range(0, count, BATCH):
        yield _batch(scorer, start, min(BATCH, count - start))


def _batch(scorer: Scorer, start: int, size: int) -> pa.Table:
    rng = np.random.default_rng(start)
    city = cities().iloc[rng.integers(0, len(cities()), size)]
    made: dict[str, object] = {
        "credit_code": [f"SIM{start + number:015d}" for number in range(size)],
        "year": np.full(size, 2021, dtype=np.int16),
        "submitted_on": [datetime.date(2021, 6, 1)] * size,
        "province": city["parent"].to_numpy(),
        "city": city.index.to_numpy(),
        "industry": classes().index.to_numpy()[rng.integers(0, len(classes()), size)],
        "process_type": rng.choice(["discrete", "process"], size),
        "employees": rng.integers(0, 3000, size, dtype=np.int32),
        "revenue": rng.uniform(0, 80_000, size),
    }
    made |= {business: rng.random(size) < 0.7 for business in BUSINESSES}
    absent = ~scorer.applicable(pattern_codes(made))
    scores = rng.choice(np.array([10, 8, 5, 0], dtype=np.uint8), absent.shape)
    scores[absent] = NOT_APPLICABLE
    for place, column in enumerate(item_columns()):
        made[column.name] = pa.array(scores[:, place], mask=absent[:, place])
    for column, base in zip(practice_columns(), practices()["base"], strict=True):
        values = rng.random(size)
        values = values < 0.4 if column.type == pa.bool_() else values * 100
        unasked = ~np.asarray(made[base]) if base != "all" else None
        made[column.name] = pa.array(values, mask=unasked)
    return pa.table(made)


def _measured(step: Callable[[], object], name: str) -> None:
    start = time.perf_counter()
    step()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{name:10} {seconds:7.1f} s   peak {peak:5.2f} GiB", flush=True)


def _make(count: int, folder: Path) -> None:
    path = folder / "assessments.parquet"
    _measured(
        lambda: write_batches(path, firm_batches(count), arrow_schema(), "simulated"), "write"
    )


def _validate(folder: Path) -> None:
    _measured(lambda: validate(folder / "assessments.parquet"), "validate")


def _score(folder: Path) -> None:
    files = folder / "assessments.parquet", folder / "scores.parquet"
    _measured(lambda: score_file(*files), "score")


def main() -> None:
    """Run the steps one after the other."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as name:
        folder = Path(name)
        context = multiprocessing.get_context("spawn")
        for target, arguments in (
            (_make, (count, folder)),
            (_validate, (folder,)),
            (_score, (folder,)),
        ):
            process = context.Process(target=target, args=arguments)
            process.start()
            process.join()
            if process.exitcode:
                raise SystemExit(process.exitcode)
        for file in sorted(folder.iterdir()):
            print(f"{file.name}: {file.stat().st_size / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
