"""The placeholder of a chart in a scope where no group has a value to show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import altair as alt
import pandas as pd

from smdi.report import theme
from smdi.report.text.language import words

Builder = Callable[..., alt.LayerChart]


def or_placeholder(builder: Builder) -> Builder:
    """Make a builder return the placeholder for a frame of which no value is seen."""

    @theme.held_by_tests
    @wraps(builder)
    def build(frame: pd.DataFrame, *args: object, **options: object) -> alt.LayerChart:
        if frame["value"].notna().any():
            return builder(frame, *args, **options)
        say = words().charts
        return placeholder(say.all_withheld if frame["withheld"].any() else say.nothing_to_show)

    return build


def placeholder(said: str) -> alt.LayerChart:
    """Return a chart that is a single line of text."""
    # One row without any field: Vega draws a mark for each row.
    base = alt.Chart(alt.InlineData(values=[{}]))
    text = base.mark_text(color=theme.MUTED, fontSize=theme.FONT_SIZE).encode(
        text=alt.TextValue(said)
    )
    description = f"{said}{words().lists.stop}"
    return theme.finish(theme.layered(text), description=description, height=72)
