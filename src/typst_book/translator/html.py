"""The little HTML that Markdown itself makes, or that a cell's output holds."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

from docutils import nodes

from typst_book import html
from typst_book.translator.base import Base


class Html(Base):
    """Raw nodes; what has no print form is refused, never dropped."""

    def visit_raw(self, node: nodes.raw) -> None:
        formats = node.get("format", "").split()
        if "typst" in formats:
            self.put(node.astext())
        elif "html" in formats:
            self._html(node, html.COMMENT.sub("", node.astext()).strip())
        elif node.astext().strip() != r"\\":
            # Markdown's hard line break comes twice, for HTML and for LaTeX.
            self.refuse(node, f"raw {' '.join(formats)} has no print form")
        raise nodes.SkipNode

    def _html(self, node: nodes.raw, written: str) -> None:
        if not written:
            return
        if unknown := html.what_cannot_be_printed(written):
            self.refuse(node, f"raw html {unknown} has no print form; {html.INSTEAD}")
        if html.BREAK.fullmatch(written):
            self.put("#linebreak()")
        elif html.CHECKBOX.fullmatch(written):
            self.put(f"#checkbox({'true' if 'checked=' in written else 'false'})")
        elif tag := html.TAG.fullmatch(written):
            self._pair(node, tag[2].lower(), closes=bool(tag[1]))
        elif table := html.table_node(written):
            table.parent, table.line = node.parent, node.line
            table.walkabout(self)
        else:
            self.refuse(node, "a picture in HTML needs the extension html_image of MyST")

    def _pair(self, node: nodes.raw, name: str, closes: bool) -> None:
        """Open or close a pair of tags; each must have its other in the same paragraph."""
        depth = 0
        siblings = [child for child in node.parent.children if isinstance(child, nodes.raw)]
        place = siblings.index(node)
        for other in reversed(siblings[:place]) if closes else siblings[place + 1 :]:
            tag = html.TAG.fullmatch(other.astext().strip())
            if tag is None or tag[2].lower() != name or other.get("format") != "html":
                continue
            depth += 1 if bool(tag[1]) == closes else -1
            if depth < 0:
                break
        if depth >= 0:
            self.refuse(
                node, f"raw html {node.astext().strip()} has no other half in its paragraph"
            )
        self.put("]" if closes else f"#{html.PAIRS[name]}[")
