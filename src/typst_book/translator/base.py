"""What every family of nodes needs: buffers, names of places, and a list of what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.docutils import SphinxTranslator

from typst_book import markup
from typst_book.errors import Problem
from typst_book.language import Language
from typst_book.measures import Measures

# Places and empty lines before a text: an empty line would begin a paragraph of its own.
_LEADING = re.compile(r"\A(?:\s|(/\*@[^*]*\*/))+")


@dataclass(frozen=True)
class Style:
    """What decides how any page is printed: language, measures, and classes with a meaning."""

    language: Language
    measures: Measures
    marks: frozenset[str]
    table_boxes: frozenset[str]


class Base(SphinxTranslator):
    """Buffers and labels. Children write into the innermost buffer."""

    def __init__(
        self, document: nodes.document, builder: Builder, style: Style, docname: str
    ) -> None:
        super().__init__(document, builder)
        self.style = style
        self.words = style.language.words
        self.docname = docname
        self.buffers: list[list[str]] = [[]]
        self.problems: list[Problem] = []
        self.labels: list[str] = []
        self.wanted: dict[str, int | None] = {}
        # What names the page of a reference in quotation marks, to be put behind them.
        self.page_to_add = ""

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
        """Return what was written since `open`, without the empty lines around it."""
        return _LEADING.sub(r"\1", "".join(self.buffers.pop())).strip("\n")

    def render(self, children: Iterable[nodes.Node]) -> str:
        """Return the markup of some nodes, apart from the place where they stand."""
        self.open()
        for child in children:
            child.walkabout(self)
        return self.close()

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Write where a block comes from, so that a complaint of Typst finds its way back."""
        if isinstance(node, nodes.Body | nodes.title) and node.line is not None:
            self.put(f"/*@{self.docname.replace('*', '')}:{node.line}*/")
        super().dispatch_visit(node)

    # ---- Places --------------------------------------------------------------------------

    def label(self, node_id: str) -> str:
        """Return the name of a place in the whole book."""
        return f"{self.docname}#{node_id}"

    def declare(self, node: nodes.Element) -> str | None:
        """Name a node by its first id, anchor the others; the caller labels the first."""
        ids: list[str] = node.get("ids", [])
        names = [self.label(node_id) for node_id in dict.fromkeys(ids)]
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

    def caption_number(self, node: nodes.Element) -> str:
        """Return what Sphinx puts before a caption where the project lets it count (`numfig`)."""
        env = self.builder.env
        kind = env.get_domain("std").get_enumerable_node_type(node)
        counted = env.toc_fignumbers.get(self.docname, {}).get(kind or "", {})
        ids: list[str] = node.get("ids", [])
        numbers = [counted[node_id] for node_id in ids if node_id in counted]
        if not self.config.numfig or kind is None or not numbers:
            return ""
        number = ".".join(map(str, numbers[0]))
        return markup.text(self.config.numfig_format[kind] % number + "\u2002")

    # ---- What cannot be printed ------------------------------------------------------------

    def problem(self, node: nodes.Node, message: str) -> None:
        """Remember what is wrong; the builder reports all problems of the book together."""
        self.problems.append(Problem(self.docname, self.line(node), message))

    def line(self, node: nodes.Node) -> int | None:
        """Return the line of the source that a node, or what it stands in, comes from."""
        found: nodes.Node | None = node
        while found is not None and found.line is None:
            found = found.parent
        return found.line if found is not None else None

    def refuse(self, node: nodes.Node, message: str) -> NoReturn:
        """Remember what is wrong and go on after the node."""
        self.problem(node, message)
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> NoReturn:
        """Refuse a node that has no rule."""
        self.refuse(node, f"unknown node <{type(node).__name__}>: {node.astext()[:40]!r}")

    def inside(self, node: nodes.Node, *kinds: type[nodes.Node]) -> bool:
        """Return whether some ancestor is of one of these kinds."""
        parent = node.parent
        while parent is not None:
            if isinstance(parent, kinds):
                return True
            parent = parent.parent
        return False
