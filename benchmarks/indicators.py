#!/usr/bin/env python
"""Measure every indicator on many firms: seconds of each, and peak memory in all.

Usage: benchmarks/indicators.py SCORES [COPIES]. The scores file (of an edition that was built) is
copied COPIES times (50) under other credit codes, prepared, and each indicator computed from it as
a chapter does. Not a test: it says nothing about right or wrong.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from smdi.indicators import (
    Population,
    comparison,
    domains,
    industries,
    levels,
    participation,
    practices,
    rankings,
    sme,
)
from smdi.indicators.prepared import prepare

PRACTICES = ["data_sharing", "digital_design_tools", "equipment_digitalisation_rate"]

INDICATORS: dict[str, Callable[[Population], object]] = {
    "national_level_shares": levels.national_level_shares,
    "level_changes": levels.level_changes,
    "level_shares_by_type": levels.level_shares_by_type,
    "domain_scores_by_type": domains.domain_scores_by_type,
    "domain_scores_sme": domains.domain_scores_sme,
    "leading_industries": industries.leading_industries,
    "industry_change": industries.industry_change,
    "industry_decreases": industries.industry_decreases,
    "overview": participation.overview,
    "participants_by_province": participation.participants_by_province,
    "top_regions": participation.top_regions,
    "fastest_growing_regions": participation.fastest_growing_regions,
    "firms_by_province": rankings.firms_by_province,
    "firms_by_city": rankings.firms_by_city,
    "sme_shares": sme.sme_shares,
    "coverage_sme": sme.coverage_sme,
    "classes_sme": sme.classes_sme,
    "sector_practices": lambda pop: practices.sector_practices(
        pop, "equipment", PRACTICES, "fig-10"
    ),
    "practice_trend": lambda pop: practices.practice_trend(pop, PRACTICES, "fig-14"),
    "practice_comparison": lambda pop: comparison.practice_comparison(pop, PRACTICES, "tab-a2"),
    "level_comparison": lambda pop: comparison.level_comparison(pop, "tab-a1"),
}


def copied(scores: Path, copies: int, output: Path) -> None:
    """Write the firms of a scores file many times over, each under a credit code of its own."""
    table = pq.read_table(scores)
    column = table.schema.get_field_index("credit_code")
    with pq.ParquetWriter(output, table.schema, compression="zstd") as writer:
        for number in range(copies):
            rest = pc.utf8_slice_codeunits(table["credit_code"], 4)
            codes = pc.binary_join_element_wise(pa.scalar(f"{number:04d}"), rest, "")
            writer.write_table(table.set_column(column, table.schema.field(column), codes))


def timed(name: str, run: Callable[[], object]) -> object:
    """Run, and print the seconds that it took."""
    start = time.perf_counter()
    result = run()
    print(f"{name:26s}{time.perf_counter() - start:8.3f} s")
    return result


def main(scores: Path, copies: int) -> None:
    """Prepare and compute."""
    with tempfile.TemporaryDirectory() as folder:
        many, prepared = Path(folder, "scores.parquet"), Path(folder, "population.arrow")
        copied(scores, copies, many)
        rows = timed("prepare", partial(prepare, many, prepared))
        pop = Population.open(prepared, 2021, 2020)
        print(f"{rows} assessments, {len(pop.current)} of them of the year")
        for name, indicator in INDICATORS.items():
            timed(name, partial(indicator, pop))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 50)
