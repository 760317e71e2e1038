"""A table of an exhibit as docutils nodes, the same for the site and for print."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from smdi.publishing.sphinx_ext.marks import marked
from smdi.report.text.language import words
from smdi.report.values import digits_text

EMPTY = "—"
# A cell of more characters than this is a sentence, not a name.
SENTENCE = 16


def table_node(exhibit: dict, title: list[nodes.Node]) -> nodes.table:
    """Return the table with its title; columns that hold numbers get the class `num`."""
    columns = exhibit["table"]["columns"]
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=1) for _ in columns]
    head, body = nodes.thead(), nodes.tbody()
    rows = [
        [_text(value, column) for value, column in zip(values, columns, strict=True)]
        for values in exhibit["table"]["rows"]
    ]
    classes = [
        _classes(column, cells)
        for column, cells in zip(columns, _transposed(rows, columns), strict=True)
    ]
    head += _row([_heading(column) for column in columns], classes)
    unmarked = [""] * len(columns)
    marks = exhibit["table"].get("marks") or [unmarked] * len(rows)
    for texts, own in zip(rows, marks, strict=True):
        body += _row(texts, classes, own)
    group += [head, body]
    table = nodes.table("", ids=[exhibit["id"]], classes=["exhibit-rows"])
    table += [nodes.title("", "", *title), group]
    return table


def _transposed(rows: list[list[str]], columns: list[dict]) -> list[list[str]]:
    return [[row[place] for row in rows] for place in range(len(columns))]


def _classes(column: dict, cells: list[str]) -> list[str]:
    """`num` sets figures under one another; `words` lets sentences break into lines."""
    if column.get("align") == "right":
        return ["num"]
    return ["words"] if any(len(cell) > SENTENCE for cell in cells) else []


def _row(texts: list[str], classes: list[list[str]], marks: list[str] | None = None) -> nodes.row:
    row = nodes.row()
    for text, own, mark in zip(texts, classes, marks or [""] * len(texts), strict=True):
        paragraph = nodes.paragraph("", "", *marked(text, mark))
        row += nodes.entry("", paragraph, classes=list(own))
    return row


def _heading(column: dict[str, Any]) -> str:
    name, unit = str(column["name"]), column.get("unit")
    return words().book.heading(name=name, unit=unit) if unit else name


def _text(value: str | float | None, column: dict[str, Any]) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, str):
        return value
    return digits_text(float(value), column.get("decimals") or 0)
