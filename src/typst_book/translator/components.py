"""Cards, grids, tab sets and drop-downs of `sphinx_design`, and the cells of notebooks."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

import re
from collections.abc import Callable

from docutils import nodes

from typst_book import markup
from typst_book.translator.base import Base

_COLUMNS = re.compile(r"sd-row-cols-(?:md-)?(\d+)$")
_MOST_COLUMNS = 3


class Components(Base):
    """Containers by what they are made for; any other prints what it holds."""

    def visit_container(self, node: nodes.container) -> None:
        kind = node.get("design_component", "")
        if printed := self._parts().get(kind):
            self.put("\n\n")
            self.anchors(node)
            printed(node)
            raise nodes.SkipNode
        if "literal-block-wrapper" in node.get("classes", []):
            self._captioned_code(node)
            raise nodes.SkipNode
        if self._hidden(node):
            raise nodes.SkipNode
        self.visit_other_container(node)

    def _parts(self) -> dict[str, Callable[[nodes.container], None]]:
        return {
            "card": self._card,
            "card-header": self._card_edge,
            "card-footer": self._card_edge,
            "tab-item": self._titled,
            "dropdown": self._titled,
            "grid-row": self._grid_row,
        }

    def visit_other_container(self, node: nodes.container) -> None:
        """Print what a container without a meaning of its own holds."""
        self.anchors(node)

    def depart_container(self, node: nodes.container) -> None:
        pass

    def _card(self, node: nodes.container) -> None:
        """Print a card: its title, and what it holds in order."""
        title = ""
        for found in list(node.findall(nodes.container)):
            if found.get("design_component") == "card-title":
                title = self.render(found.children)
                found.parent.remove(found)
        self.put_block(markup.call("card", f"[{title}]") + f"[{self.render(node.children)}]")

    def _card_edge(self, node: nodes.container) -> None:
        self.put_block(f"#card-edge[{self.render(node.children)}]")

    def _titled(self, node: nodes.container) -> None:
        """Print a tab or a drop-down open, below its label."""
        children = list(node.children)
        title = ""
        if children and isinstance(children[0], nodes.rubric):
            self.anchors(children[0])
            title = self.render(children.pop(0).children)
        self.put_block(markup.call("card", f"[{title}]") + f"[{self.render(children)}]")

    def _grid_row(self, node: nodes.container) -> None:
        classes: list[str] = node.get("classes", [])
        found = [_COLUMNS.match(name) for name in classes]
        columns = max((int(match[1]) for match in found if match), default=1)
        items = [f"[{self.render([child])}]" for child in node.children]
        count = str(max(1, min(columns, _MOST_COLUMNS)))
        self.put_block(markup.call("card-grid", count, *items))

    def visit_PassthroughTextElement(self, node: nodes.TextElement) -> None:  # noqa: N802
        pass

    def depart_PassthroughTextElement(self, node: nodes.TextElement) -> None:  # noqa: N802
        pass

    def _captioned_code(self, node: nodes.container) -> None:
        caption = next((c for c in node.children if isinstance(c, nodes.caption)), None)
        block = next(node.findall(nodes.literal_block))
        block["ids"] = [*node.get("ids", []), *block.get("ids", [])]
        if caption is not None:
            words = self.caption_number(node) + self.render(caption.children)
            self.put_block(markup.call("code-caption", f"[{words}]"))
        block.walkabout(self)

    @staticmethod
    def _hidden(node: nodes.container) -> bool:
        """Return whether the page shows this part of a cell only after a click."""
        cell = node if "hide_mode" in node else node.parent
        hidden = cell.get("hide_mode", "") if isinstance(cell, nodes.Element) else ""
        part = node.get("nb_element", "")
        return bool(hidden) and (
            (part == "cell_code_source" and hidden in ("input", "all"))
            or (part == "cell_code_output" and hidden in ("output", "all"))
        )
