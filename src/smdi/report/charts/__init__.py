"""Builders of the report's charts: a tidy frame in, an Altair chart with its alt text out.

No maths: values come computed, in the printed unit. Colours and type are those of `theme`.
"""

from smdi.report.charts.bars import (
    coverage_bars,
    grouped_bars,
    practice_comparison,
    practice_trend,
    ranked_bars,
)
from smdi.report.charts.labels import measure_label
from smdi.report.charts.levels import level_shares
from smdi.report.charts.ranges import score_ranges

__all__ = [
    "coverage_bars",
    "grouped_bars",
    "level_shares",
    "measure_label",
    "practice_comparison",
    "practice_trend",
    "ranked_bars",
    "score_ranges",
]
