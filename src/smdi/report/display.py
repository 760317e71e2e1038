"""What a notebook shows under a cell: the drawing of an exhibit, or finished sentences.

Static forms, so that a notebook reads alike in JupyterLab, in nbconvert and offline; the site draws
its charts from the exhibit's files.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from smdi.report import chart_output as chart_output  # a chart of its own is shown by it
from smdi.report.tables.table import Table
from smdi.report.text.language import words


class Drawing:
    """A chart or map as SVG, a table as rows; Jupyter asks for the form it can show.

    Without a drawing it is its text alone.
    """

    def __init__(self, drawing: Table | bytes | None, alt: str) -> None:
        self.drawing = drawing
        self.alt = alt

    def _repr_mimebundle_(self, **_options: object) -> dict[str, str]:
        if self.drawing is None:
            return {"text/plain": self.alt}
        if isinstance(self.drawing, Table):
            return {"text/html": table_html(self.drawing), "text/plain": self.alt}
        return {"image/svg+xml": self.drawing.decode(), "text/plain": self.alt}


class Sentences:
    """Finished sentences by name, as they will stand in the text."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)

    def _repr_mimebundle_(self, **_options: object) -> dict[str, str]:
        return {"text/markdown": "\n\n".join(self.texts.values()), "text/plain": str(self)}

    def __str__(self) -> str:
        return "\n".join(f"{name}: {text}" for name, text in self.texts.items())


def table_html(table: Table) -> str:
    """Return a table as HTML without styles of its own."""
    say = words().charts
    heads = [say.with_unit(name=c.name, unit=c.unit) if c.unit else c.name for c in table.columns]
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
