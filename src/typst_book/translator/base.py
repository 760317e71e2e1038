"""What every family of nodes needs: buffers, names of places, and a list of what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator

from typst_book import markup

if TYPE_CHECKING:
    from typst_book.builder import TypstBuilder


@dataclass(frozen=True)
class Problem:
    """Something on a page that cannot be printed as it is."""

    page: str
    line: int | None
    message: str

    def __str__(self) -> str:
        """`page:line: message`, as compilers write it."""
        return f"{self.page}:{self.line or '?'}: {self.message}"


class Base(SphinxTranslator):
    """Buffers and labels. Children write into the innermost buffer."""

    builder: TypstBuilder

    def __init__(self, document: nodes.document, builder: TypstBuilder, docname: str) -> None:
        super().__init__(document, builder)
        self.docname = docname
        self.buffers: list[list[str]] = [[]]
        self.problems: list[Problem] = []
        self.labels: list[str] = []
        self.wanted: dict[str, int | None] = {}

    # ---- Writing -------------------------------------------------------------------------

    def put(self, markup_text: str) -> None:
        """Write markup at the current place."""
        self.buffers[-1].append(markup_text)

    def put_block(self, markup_text: str) -> None:
        """Write a block of its own, parted from what stands around it."""
        self.put(f"\n\n{markup_text}\n\n")

    def open(self) -> None:
        """Collect what follows apart, until `close`."""
        self.buffers.append([])

    def close(self) -> str:
        """What was written since `open`, without the empty lines around it."""
        return "".join(self.buffers.pop()).strip("\n")

    def render(self, children: Iterable[nodes.Node]) -> str:
        """Markup of some nodes, apart from the place where they stand."""
        self.open()
        for child in children:
            child.walkabout(self)
        return self.close()

    # ---- Places --------------------------------------------------------------------------

    def label(self, node_id: str) -> str:
        """The name of a place in the whole book."""
        return f"{self.docname}#{node_id}"

    def declare(self, node: nodes.Element) -> str | None:
        """Name a node by its first id, anchor the others; the caller labels the first."""
        names = [self.label(node_id) for node_id in dict.fromkeys(node.get("ids", []))]
        fresh = [name for name in names if name not in self.labels]
        self.labels += fresh
        for name in fresh[1:]:
            self.put(markup.call("anchor", markup.string(name)))
        return fresh[0] if fresh else None

    def anchors(self, node: nodes.Element) -> None:
        """Make every id of a node a place that links can lead to."""
        first = self.declare(node)
        if first is not None:
            self.put(markup.call("anchor", markup.string(first)))

    # ---- What cannot be printed ------------------------------------------------------------

    def problem(self, node: nodes.Node, message: str) -> None:
        """Remember what is wrong; the builder reports all problems of the book together."""
        line = node.line
        parent = node.parent
        while line is None and parent is not None:
            line, parent = parent.line, parent.parent
        self.problems.append(Problem(self.docname, line, message))

    def refuse(self, node: nodes.Node, message: str) -> NoReturn:
        """Remember what is wrong and go on after the node."""
        self.problem(node, message)
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> NoReturn:
        """No rule for this node: the build fails in the end, with the page and the node."""
        self.refuse(node, f"unknown node <{type(node).__name__}>: {node.astext()[:40]!r}")

    def inside(self, node: nodes.Node, *kinds: type[nodes.Node]) -> bool:
        """Whether some ancestor is of one of these kinds."""
        parent = node.parent
        while parent is not None:
            if isinstance(parent, kinds):
                return True
            parent = parent.parent
        return False
