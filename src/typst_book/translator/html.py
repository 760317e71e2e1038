"""The little HTML that Markdown itself makes, or that a cell's output holds."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

import re

from docutils import nodes

from typst_book.html_tables import table_node
from typst_book.translator.base import Base

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z]+)\s*>", re.IGNORECASE)
_CHECKBOX = re.compile(r"<input\b[^>]*type=\"checkbox\"[^>]*>", re.IGNORECASE)
# Tags in pairs, and the functions of Typst that do the same.
_PAIRS = {
    "s": "strike",
    "del": "strike",
    "u": "underline",
    "ins": "underline",
    "sub": "sub",
    "sup": "super",
    "b": "strong",
    "strong": "strong",
    "i": "emph",
    "em": "emph",
    "mark": "highlight",
    "small": "small",
}


class Html(Base):
    """Raw nodes; what has no print form is refused, never dropped."""

    def visit_raw(self, node: nodes.raw) -> None:
        formats = node.get("format", "").split()
        if "typst" in formats:
            self.put(node.astext())
        elif "html" in formats:
            self._html(node, _COMMENT.sub("", node.astext()).strip())
        elif node.astext().strip() != r"\\":
            # Markdown's hard line break comes twice, for HTML and for LaTeX.
            self.refuse(node, f"raw {' '.join(formats)} has no print form")
        raise nodes.SkipNode

    def _html(self, node: nodes.raw, html: str) -> None:
        if not html:
            return
        if _BREAK.fullmatch(html):
            self.put("#linebreak()")
        elif _CHECKBOX.fullmatch(html):
            self.put(f"#checkbox({'true' if 'checked=' in html else 'false'})")
        elif tag := _TAG.fullmatch(html):
            self._pair(node, tag[2].lower(), closes=bool(tag[1]))
        elif table := table_node(html):
            table.parent, table.line = node.parent, node.line
            table.walkabout(self)
        else:
            found = re.search(r"<([a-z!][\w-]*)", html, re.IGNORECASE)
            self.refuse(
                node,
                f"raw html <{found[1] if found else html[:20]}> has no print form; write it in "
                "Markdown, or put it into an {only} block for html",
            )

    def _pair(self, node: nodes.raw, name: str, closes: bool) -> None:
        """Open or close a pair of tags; each must have its other in the same paragraph."""
        depth = 0
        siblings = [child for child in node.parent.children if isinstance(child, nodes.raw)]
        place = siblings.index(node)
        for other in reversed(siblings[:place]) if closes else siblings[place + 1 :]:
            tag = _TAG.fullmatch(other.astext().strip())
            if tag is None or tag[2].lower() != name or other.get("format") != "html":
                continue
            depth += 1 if bool(tag[1]) == closes else -1
            if depth < 0:
                break
        if depth >= 0 or name not in _PAIRS:
            self.refuse(node, f"raw html {node.astext().strip()} has no print form")
        self.put("]" if closes else f"#{_PAIRS[name]}[")
