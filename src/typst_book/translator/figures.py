"""Pictures and figures."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

import re

from docutils import nodes

from typst_book import markup
from typst_book.translator.base import Base


class Figures(Base):
    """A figure's number is in its caption; nothing is counted here."""

    def visit_figure(self, node: nodes.figure) -> None:
        body, caption, legend = "", None, None
        for child in node.children:
            if isinstance(child, nodes.caption):
                caption = self.render(child.children)
            elif isinstance(child, nodes.legend):
                legend = self.render(child.children)
            else:
                body += self.render([child])
        self.put("\n\n")
        name = self.declare(node)
        self.put(
            markup.call(
                "exhibit-figure",
                name=markup.string(name) if name else None,
                caption=f"[{caption}]" if caption else None,
                legend=f"[{legend}]" if legend else None,
            )
            + f"[{body}]\n\n"
        )
        raise nodes.SkipNode

    def visit_image(self, node: nodes.image) -> None:
        """A picture needs words for those who cannot see it; without them the page fails."""
        if not node.get("alt"):
            self.refuse(node, f"the picture {node.get('uri')} has no alternative text")
        self.anchors(node)
        source = markup.string(f"/pictures/{self.builder.images[node['uri']]}")
        described = markup.string(re.sub(r"\s+", " ", node["alt"]).strip())
        in_line = isinstance(node.parent, nodes.TextElement) and len(node.parent.children) > 1
        if in_line:
            self.put(f"#box(image({source}, alt: {described}, height: 1em))")
        else:
            self.put(markup.call("picture", source, described, width=self._width(node)))
        raise nodes.SkipNode

    def _width(self, node: nodes.image) -> str | None:
        found = re.fullmatch(r"([\d.]+)\s*(%|px|pt|cm|mm|em)?", node.get("width", ""))
        if not found:
            return None
        amount, unit = float(found[1]), found[2] or "px"
        return f"{amount * 0.75}pt" if unit == "px" else f"{amount}{unit}"
