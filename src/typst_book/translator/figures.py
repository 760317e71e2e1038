"""Pictures and figures."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes

from typst_book import markup
from typst_book.images import svg_title
from typst_book.translator.base import Base

_NO_ALT = (
    "the picture {} has no alternative text; give it `:alt:`, or a cell's output "
    "`mystnb: {{image: {{alt: …}}}}` in the cell's metadata"
)
_UNITS = {"px": (0.75, "pt"), "pc": (12.0, "pt"), "ex": (0.5, "em")}


class Figures(Base):
    """Numbers of figures come with their captions, or from Sphinx."""

    def visit_figure(self, node: nodes.figure) -> None:
        body, caption, legend = "", None, None
        for child in node.children:
            if isinstance(child, nodes.caption):
                caption = self.caption_number(node) + self.render(child.children)
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
                side=node.get("align") if node.get("align") in ("left", "right") else None,
            )
            + f"[{body}]\n\n"
        )
        raise nodes.SkipNode

    def visit_image(self, node: nodes.image) -> None:
        """Print a picture; refuse one without words for those who cannot see it."""
        uri = node["uri"]
        alt = node.get("alt") or svg_title(Path(self.builder.srcdir) / uri)
        if not alt:
            self.refuse(node, _NO_ALT.format(uri))
        if uri not in self.builder.images:
            self.refuse(node, f"the picture {uri} is of a kind that cannot be printed")
        self.anchors(node)
        source = markup.string(f"/pictures/{self.builder.images[uri]}")
        described = markup.string(re.sub(r"\s+", " ", alt).strip())
        in_line = isinstance(node.parent, nodes.TextElement) and len(node.parent.children) > 1
        width, height = self._length(node, "width"), self._length(node, "height")
        if in_line:
            size = f"width: {width}" if width else f"height: {height or '1em'}"
            self.put(f"#box(image({source}, alt: {described}, {size}))")
        else:
            scale = f"{node['scale']}%" if "scale" in node else None
            shown = markup.call(
                "picture", source, described, width=width, height=height, scale=scale
            )
            side = node.get("align") if node.get("align") in ("left", "center", "right") else None
            self.put(f"#align({side})[{shown}]" if side else shown)
        raise nodes.SkipNode

    def _length(self, node: nodes.image, side: str) -> str | None:
        """Return a length of Typst; a number without a unit counts pixels of 1/96 inch."""
        given = str(node.get(side, "")).strip()
        if not given:
            return None
        found = re.fullmatch(r"([\d.]+)\s*(%|px|pt|pc|cm|mm|in|em|ex)?", given)
        if not found or float(found[1]) == 0:
            self.refuse(node, f"{side} {given!r} of a picture is no length")
        amount, unit = float(found[1]), found[2] or "px"
        factor, known = _UNITS.get(unit, (1.0, unit))
        return f"{amount * factor:g}{known}"
