"""A table of an exhibit as docutils nodes, the same for the site and for print."""

from __future__ import annotations

from docutils import nodes

from smdi.report.numbers import digits_text

EMPTY = "—"


def table_node(exhibit: dict, title: list[nodes.Node]) -> nodes.table:
    """Return the table with its title; columns that hold numbers get the class `num`."""
    columns = exhibit["table"]["columns"]
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=1) for _ in columns]
    head, body = nodes.thead(), nodes.tbody()
    head += _row([_heading(column) for column in columns], columns)
    for values in exhibit["table"]["rows"]:
        texts = [_text(value, column) for value, column in zip(values, columns, strict=True)]
        body += _row(texts, columns)
    group += [head, body]
    table = nodes.table("", ids=[exhibit["id"]], classes=["exhibit-rows"])
    table += [nodes.title("", "", *title), group]
    return table


def _row(texts: list[str], columns: list[dict]) -> nodes.row:
    row = nodes.row()
    for text, column in zip(texts, columns, strict=True):
        classes = ["num"] if column.get("align") == "right" else []
        row += nodes.entry("", nodes.paragraph("", text), classes=classes)
    return row


def _heading(column: dict) -> str:
    return f"{column['name']}（{column['unit']}）" if column.get("unit") else column["name"]


def _text(value: object, column: dict) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, str):
        return value
    return digits_text(float(value), column.get("decimals") or 0)
