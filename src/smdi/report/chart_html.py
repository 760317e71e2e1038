"""The block of a page in which a chart stands: its picture, and the spec the site draws from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any


def chart_html(spec: Mapping[str, Any], picture: str, words: str, exhibit: str = "") -> str:
    """Return the block; `picture` is the address of the drawing, `words` its alt text.

    `exhibit` is the exhibit's id, '' for a chart that a cell shows outside of any.
    """
    # "</script" would end the script element, "<!--<script" would keep it from ending.
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<div class="exhibit-chart" data-exhibit="{escape(exhibit)}">\n'
        f'<img class="exhibit-picture" src="{escape(picture)}" alt="{escape(words)}">\n'
        f'<script type="application/json" class="exhibit-spec">{text}</script>\n</div>\n'
    )
