"""Tables: cells gathered first, then laid out by the rules of `typst_book.tables`."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

import re
from dataclasses import replace

from docutils import nodes

from typst_book import markup
from typst_book.tables import (
    Alignment,
    Cell,
    Grid,
    Layout,
    alignment,
    group_rows,
    is_number,
    is_numeric_column,
    layout,
)
from typst_book.translator.base import Base

_SHORT = 9.0  # em: a column of texts up to this is centred, a wider one starts at the left


def _printed(entry: nodes.Element) -> str:
    """Return about what is printed of a cell: links with their address, formulas without LaTeX."""
    parts = []
    for text in entry.findall(nodes.Text):
        shown, parent = text.astext(), text.parent
        if isinstance(parent, nodes.math | nodes.math_block):
            shown = re.sub(r"\\[A-Za-z]+|[{}^_&\s]", "", shown)
        address = parent.get("refuri", "") if isinstance(parent, nodes.reference) else ""
        if "://" in address and address != shown:
            shown += f"（{address}）"
        parts.append(shown)
    return "".join(parts) if len(entry.children) < 2 else " ".join(parts)


def _unbroken(entry: nodes.Element) -> list[nodes.inline]:
    return [part for part in entry.findall(nodes.inline) if "nowrap" in part["classes"]]


class Tables(Base):
    """Long tables, wide tables, columns of numbers."""

    def visit_table(self, node: nodes.table) -> None:
        caption, words, grids, notes = None, "", [], ""
        for child in node.children:
            if isinstance(child, nodes.title):
                caption = self.caption_number(node) + self.render(child.children)
                words = child.astext()
            elif isinstance(child, nodes.tgroup):
                grids.append(self._grid(child))
            elif isinstance(child, nodes.legend):
                notes = self.render(child.children)
            else:
                self.problem(child, f"<{type(child).__name__}> inside a table")
        if len(grids) != 1:
            self.refuse(node, f"a table with {len(grids)} groups of columns")
        try:
            self._print(
                node, grids[0], caption, notes, layout(grids[0], self.style.measures, words)
            )
        except ValueError as error:
            self.refuse(node, str(error))
        raise nodes.SkipNode

    def visit_other_container(self, node: nodes.container) -> None:
        """Print a table and its notes as one where a class of the container says so."""
        self.anchors(node)
        tables = [child for child in node.children if isinstance(child, nodes.table)]
        if self.style.table_boxes & set(node.get("classes", [])) and len(tables) == 1:
            others = [child for child in node.children if child is not tables[0]]
            legend = nodes.legend("", *(other.deepcopy() for other in others))
            tables[0] += legend
            tables[0].walkabout(self)
            raise nodes.SkipNode

    def _print(
        self, node: nodes.table, grid: Grid, caption: str | None, notes: str, plan: Layout
    ) -> None:
        name = self.declare(node)
        widths = ", ".join(f"{wide:.2f}pt" for wide in plan.widths)
        self.put_block(
            markup.call(
                "book-table",
                name=markup.string(name) if name else None,
                caption=f"[{caption}]" if caption else None,
                columns=f"({widths},)",
                width=f"{plan.width:.2f}pt",
                size=markup.string(plan.size),
                turned=markup.value(plan.turned),
                long=markup.value(plan.long),
                head=self._rows(grid.head, {}, []),
                head_rows=str(len(grid.head)) if grid.head else None,
                body=self._rows(self._started(grid.body, name), *self._columns(grid)),
                notes=f"[{notes}]" if notes else None,
            )
        )

    @staticmethod
    def _started(rows: list[list[Cell]], name: str | None) -> list[list[Cell]]:
        """Mark the first cell, so that the head knows on which page the table starts."""
        if name is None or not rows or not rows[0]:
            return rows
        first = rows[0][0]
        mark = markup.call("table-start", markup.string(name))
        marked = replace(first, markup=mark + first.markup)
        return [[marked, *rows[0][1:]], *rows[1:]]

    def _columns(self, grid: Grid) -> tuple[dict[int, Alignment], list[bool]]:
        """Return the alignment of columns of numbers, and which of text start at the left."""
        numbers: dict[int, Alignment] = {}
        left = []
        for index in range(grid.columns):
            cells = grid.column(grid.body, index)
            if is_numeric_column(cells):
                numbers[index] = alignment(cells)
            left.append(max((markup.width(c.text) for c in cells), default=0.0) > _SHORT)
        return numbers, left

    def _rows(
        self,
        rows: list[list[Cell]],
        numbers: dict[int, Alignment],
        left: list[bool],
    ) -> str:
        """Return rows as arguments; a cell that reaches down shifts the columns of those below."""
        printed: list[str] = []
        grouped = any(row[0].rows > 1 for row in rows if row)
        reach: dict[int, int] = {}
        for row in rows:
            column = 0
            if len(row) == 1 and row[0].columns > 1:
                line = markup.call("group-head", str(row[0].columns), f"[{row[0].markup}]")
                printed.append(line.removeprefix("#"))
                continue
            if grouped and not reach.get(0) and printed:
                printed.append("group-line")
            for cell in row:
                while reach.get(column, 0) > 0:
                    reach[column] -= 1
                    column += 1
                printed.append(self._cell(cell, numbers.get(column), left[column : column + 1]))
                for covered in range(column, column + cell.columns):
                    reach[covered] = cell.rows - 1
                column += cell.columns
            for rest in [key for key in reach if key >= column]:
                reach[rest] = max(reach[rest] - 1, 0)
        return "(" + "\n  ".join(f"{cell}," for cell in printed) + ")"

    def _cell(self, cell: Cell, column: Alignment | None, left: list[bool]) -> str:
        inner = cell.markup + cell.mark
        if column is not None and is_number(cell.number):
            room = (column.whole, column.fraction, column.missing(cell.number))
            mark = f"[{cell.mark}]" if cell.mark else None
            inner = markup.call("num", f"[{cell.markup}]", *map(markup.string, room), mark=mark)
        named = {
            "colspan": str(cell.columns) if cell.columns > 1 else None,
            "rowspan": str(cell.rows) if cell.rows > 1 else None,
            "align": "left + horizon" if any(left) and cell.columns == 1 else None,
        }
        if not any(named.values()):
            return f"[{inner}]"
        return markup.call("table.cell", **named).removeprefix("#") + f"[{inner}]"

    def _grid(self, group: nodes.tgroup) -> Grid:
        specs = [child for child in group.children if isinstance(child, nodes.colspec)]
        grid = Grid(len(specs))
        for part, rows in ((nodes.thead, grid.head), (nodes.tbody, grid.body)):
            for section in group.findall(part):
                rows += [self._read_row(row) for row in section.findall(nodes.row)]
        grid.body = group_rows(grid.body)
        return grid

    def _read_row(self, row: nodes.Element) -> list[Cell]:
        return [self._read_cell(entry) for entry in row.findall(nodes.entry)]

    def _read_cell(self, entry: nodes.entry) -> Cell:
        children = list(entry.children)
        last = children[-1] if children else None
        marked = isinstance(last, nodes.superscript) and self.style.marks & {*last["classes"]}
        marks = [children.pop()] if marked else []
        return Cell(
            markup=self.render(children),
            text=_printed(entry),
            columns=entry.get("morecols", 0) + 1,
            rows=entry.get("morerows", 0) + 1,
            numeric="num" in entry.get("classes", []),
            unbroken=max((part.astext() for part in _unbroken(entry)), key=len, default=""),
            mark=self.render(marks),
            marked="".join(mark.astext() for mark in marks),
        )
