"""A table of an exhibit as docutils nodes, the same for the site and for print.

Every row has a head, and what neighbouring rows share stands once: in a cell that reaches down
over them, or in a line above them. Rows that belong together are a body of their own, so that
their head (`scope="rowgroup"`) ends where they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, Protocol

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from smdi.publishing.sphinx_ext.marks import SIMULATED, marked
from smdi.report.text.language import words
from smdi.report.values import digits_text

EMPTY = "—"
# A cell of more characters than this is a sentence, not a name.
SENTENCE = 16
# Fewer rows are seen at a glance: there is nothing to sort, and no row to look for.
FEWEST_SORTED, FEWEST_FILTERED = 6, 13


@dataclass(frozen=True)
class Body:
    """Rows from `start` to before `end` that belong together, perhaps below a line of words."""

    start: int
    end: int
    line: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Grid:
    """The texts of a table, what its columns say of them, and what each cell bears."""

    columns: Sequence[dict[str, Any]]
    texts: Sequence[Sequence[str]]
    marks: Sequence[Sequence[str]]
    classes: Sequence[list[str]]
    bars: Sequence[Sequence[float | None]]

    def is_joined(self, column: int) -> bool:
        """Tell whether what neighbouring rows repeat in a column stands once."""
        return bool(self.columns[column].get("joined"))

    @property
    def naming(self) -> int | None:
        """Return the column that says what a row is about; None where joined ones do."""
        places = range(len(self.columns))
        named = [at for at in places if self.columns[at].get("names")]
        if not named and not any(map(self.is_joined, places)):
            named = [at for at in places if self.columns[at].get("align") != "right"] or [0]
        return named[0] if named else None

    def repeats(self, row: int, column: int) -> bool:
        """Tell whether a row has in a column, and in joined ones before, what the row above has."""
        before = (at for at in range(column + 1) if at == column or self.is_joined(at))
        return all(self.texts[row][at] == self.texts[row - 1][at] for at in before)

    def reach(self, row: int, column: int, body: Body) -> int:
        """Return over how many rows a cell reaches; 0 where one above reaches over it."""
        if not self.is_joined(column):
            return 1
        if row > body.start and self.repeats(row, column):
            return 0
        after = range(row + 1, body.end)
        end = next((at for at in after if not self.repeats(at, column)), body.end)
        return end - row


def table_node(exhibit: dict[str, Any], title: list[nodes.Node]) -> nodes.table:
    """Return the table with its title; columns that hold numbers get the class `num`."""
    given = exhibit["table"]
    columns = given["columns"]
    grid = _grid(given)
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=1) for _ in columns]
    heads = (
        Cell("", *_heading(column), classes=list(own), scope="col")
        for column, own in zip(columns, grid.classes, strict=True)
    )
    group += nodes.thead("", nodes.row("", *heads))
    bodies = _bodies(given, grid)
    group += [_body(body, grid, "row" if given.get("groups") else "rowgroup") for body in bodies]
    sorted_ = not given.get("groups") and len(grid.texts) >= FEWEST_SORTED
    classes = ["exhibit-rows", *(["sortable"] if sorted_ else [])]
    table = nodes.table("", ids=[exhibit["id"]], classes=classes)
    table += [nodes.title("", "", *title), group]
    return table


def filter_html(exhibit: dict[str, Any]) -> str:
    """Return the field that looks for rows, hidden until a script serves it; '' for a few rows."""
    if len(exhibit["table"]["rows"]) < FEWEST_FILTERED:
        return ""
    say = words().tables
    said = escape(say.filtered(shown="{shown}", all="{all}"))
    return (
        f'<p class="table-filter" hidden><label>{escape(say.filter)} <input type="search"'
        f' autocomplete="off"></label> <output data-said="{said}"></output></p>\n'
    )


def _grid(given: dict[str, Any]) -> Grid:
    columns = given["columns"]
    texts = [
        [_text(value, column) for value, column in zip(values, columns, strict=True)]
        for values in given["rows"]
    ]
    transposed = [[row[at] for row in texts] for at in range(len(columns))]
    classes = [_classes(column, own) for column, own in zip(columns, transposed, strict=True)]
    marks = given.get("marks") or [[""] * len(columns)] * len(texts)
    return Grid(columns, texts, marks, classes, _bars(columns, texts))


def _bars(
    columns: Sequence[dict[str, Any]], texts: Sequence[Sequence[str]]
) -> list[list[float | None]]:
    """Return how long each cell's bar is, in percent of the longest of its unit; None: no bar."""
    barred = [str(column["unit"]) if column.get("bars") else None for column in columns]
    numbers = [
        [(unit, _number(text)) for unit, text in zip(barred, row, strict=True)] for row in texts
    ]
    longest = {
        unit: max((one or 0.0 for row in numbers for own, one in row if own == unit), default=0.0)
        for unit in barred
        if unit is not None
    }
    return [
        [
            100 * one / longest[unit] if unit in longest and one and longest[unit] else None
            for unit, one in row
        ]
        for row in numbers
    ]


def _number(text: str) -> float | None:
    try:
        return max(float(text.replace(",", "").replace("−", "-")), 0.0)
    except ValueError:
        return None


def _bodies(given: dict[str, Any], grid: Grid) -> Iterator[Body]:
    end = len(grid.texts)
    rest = end - given.get("totals", 0)
    if groups := given.get("groups"):
        start = 0
        for line, rows in groups:
            yield Body(start, start + rows, line)
            start += rows
    else:
        joined = [at for at in range(len(grid.columns)) if grid.is_joined(at)]
        starts = [
            at for at in range(rest) if not at or (joined and not grid.repeats(at, joined[0]))
        ]
        yield from (Body(start, until) for start, until in pairwise([*starts, rest]))
    if rest < end:
        yield Body(rest, end, kind="totals")


def _body(body: Body, grid: Grid, scope: str) -> nodes.tbody:
    """Return the rows of a body; `scope` is that of the first cell that reaches over some."""
    made = nodes.tbody("", classes=[body.kind] if body.kind else [])
    if body.line:
        across = {"morecols": len(grid.columns) - 1, "scope": "rowgroup", "classes": ["group"]}
        made += nodes.row("", Cell("", nodes.Text(body.line), **across))
    for row in range(body.start, body.end):
        cells = []
        for column in range(len(grid.columns)):
            if reach := grid.reach(row, column, body):
                cells.append(_cell(grid, row, column, reach, scope if column == 0 else "row"))
        made += nodes.row("", *cells)
    return made


def _cell(grid: Grid, row: int, column: int, reach: int, scope: str) -> Cell:
    mark, bar = grid.marks[row][column], grid.bars[row][column]
    cell = Cell("", *marked(grid.texts[row][column], mark), classes=list(grid.classes[column]))
    if reach > 1:
        cell["morerows"] = reach - 1
    if grid.is_joined(column):
        cell["scope"] = scope
    elif column == grid.naming:
        cell["scope"] = "row"
    if bar is not None:
        cell["bar"] = bar
        cell["classes"] += ["bar", *(["hollow"] if mark == SIMULATED else [])]
    return cell


def _classes(column: dict[str, Any], cells: list[str]) -> list[str]:
    """`num` sets figures under one another; `words` lets sentences break into lines."""
    if column.get("align") == "right":
        return ["num"]
    return ["words"] if any(len(cell) > SENTENCE for cell in cells) else []


def _heading(column: dict[str, Any]) -> list[nodes.Node]:
    """Return a column's name with its unit, which no line may part."""
    name, unit = str(column["name"]), column.get("unit")
    if not unit:
        return [nodes.Text(name)]
    before, _, after = words().book.heading(name=name, unit=unit).partition(name)
    return [nodes.Text(before + name), nodes.inline("", after, classes=["nowrap"])]


def _text(value: str | float | None, column: dict[str, Any]) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, str):
        return value
    return digits_text(float(value), column.get("decimals") or 0)


class Cell(nodes.entry):
    """A cell that says more in HTML: of what it is a head (`scope`), how long its `bar` is."""


class Writer(Protocol):
    """What writes HTML, as far as a cell needs it."""

    body: list[str]

    def starttag(self, node: nodes.Element, tagname: str, suffix: str, **attributes: Any) -> str:
        """Return a tag with the classes of its node."""


def _open_cell(writer: Writer, node: Cell) -> None:
    given = {"scope": node.get("scope", "")}
    for name, more in (("rowspan", "morerows"), ("colspan", "morecols")):
        given[name] = str(node[more] + 1) if more in node else ""
    given["style"] = f"--bar:{node['bar']:.3g}%" if "bar" in node else ""
    told = {name: value for name, value in given.items() if value}
    writer.body.append(writer.starttag(node, _tag(node), "", **told))


def _close_cell(writer: Writer, node: Cell) -> None:
    writer.body.append(f"</{_tag(node)}>\n")


def _tag(node: Cell) -> str:
    return "th" if "scope" in node else "td"


class NameHeads(SphinxPostTransform):
    """Let the heads of plain tables too say in HTML that they are those of columns."""

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Put a cell that says so in the place of each head."""
        entries = [
            one for head in self.document.findall(nodes.thead) for one in head.findall(nodes.entry)
        ]
        for entry in entries:
            if not isinstance(entry, Cell):
                cell = Cell("", *entry.children, **entry.attributes)
                entry.replace_self(cell)
                cell["scope"] = "col"


def register(app: Sphinx) -> None:
    """Let HTML say what cells are."""
    app.add_node(Cell, html=(_open_cell, _close_cell))
    app.add_post_transform(NameHeads)
