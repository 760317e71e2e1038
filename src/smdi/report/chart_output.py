"""What a cell shows that ends in an Altair chart of its own, without an exhibit around it.

Two forms from the one chart: HTML for the site, and a picture for print. Importing this module
makes it Altair's renderer; Altair's own would call a CDN.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape
from typing import Any

import altair

from smdi.report import rendering, theme
from smdi.report.chart_html import chart_html

NAME = "smdi"


def chart_output(spec: dict[str, Any], **_options: object) -> dict[str, str]:
    """Return the forms of a chart by media type; the picture bears the chart's title as its name.

    The fonts of the report are set where the chart names none: others have no Chinese.
    """
    spec = {key: value for key, value in spec.items() if key != "$schema"}
    given = spec.get("config", {})
    config = {**theme.config(), **given} if "font" not in given else given
    spec["config"] = config
    words = chart_words(spec)
    picture = rendering.spec_svg(spec)
    shown = rendering.prefixed(picture, f"chart-{sha256(picture.encode()).hexdigest()[:8]}")
    if words:
        head, _, rest = picture.partition(">")
        picture = f"{head}><title>{escape(words)}</title>{rest}"
    return {
        "text/html": chart_html({"wide": shown}, words),
        "image/svg+xml": picture,
        "text/plain": words or "chart",
    }


def chart_words(spec: dict[str, Any]) -> str:
    """Return what a chart says of itself: its description, else its title."""
    title = spec.get("title", "")
    text = spec.get("description") or (title.get("text", "") if isinstance(title, dict) else title)
    return "，".join(text) if isinstance(text, list) else str(text)


altair.renderers.register(NAME, chart_output)
altair.renderers.enable(NAME)
