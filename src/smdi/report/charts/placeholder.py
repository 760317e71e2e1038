"""What stands in a chart's place when no group of the scope has anything to show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import altair as alt
import pandas as pd

from smdi.report import theme

WORDS = "本范围内没有达到展示条件的数据"
Builder = Callable[..., alt.LayerChart]


def or_placeholder(builder: Builder) -> Builder:
    """Let a builder draw only frames with a value, or with one that is withheld and says so."""

    @wraps(builder)
    def drawn(frame: pd.DataFrame, *args: object, **options: object) -> alt.LayerChart:
        if frame["value"].notna().any() or frame["withheld"].any():
            return builder(frame, *args, **options)
        return placeholder()

    return drawn


def placeholder() -> alt.LayerChart:
    """Draw a chart of a single line of words."""
    # One row without any field: Vega draws a mark for each row.
    base = alt.Chart(alt.InlineData(values=[{}]))
    words = base.mark_text(color=theme.MUTED, fontSize=theme.FONT_SIZE).encode(
        text=alt.value(WORDS)
    )
    return theme.finish(theme.layered(words), description=f"{WORDS}。", height=72)
