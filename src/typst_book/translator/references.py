"""Links within the book and out of it."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from typst_book import markup
from typst_book.translator.base import Base

# Where the page of a target would only get in the way.
_NO_PAGE = (nodes.title, nodes.caption, nodes.legend, nodes.entry, nodes.term, nodes.footnote)
INTERNAL = "%"


class References(Base):
    """References say on paper what a click says on the site."""

    def _target(self, node: nodes.Element) -> str | None:
        """Return the name of the place in the book, or None for a link to the web."""
        if "refid" in node:
            return self.label(node["refid"])
        address = node.get("refuri", "")
        if not address.startswith(INTERNAL):
            return None
        docname, _, node_id = address[len(INTERNAL) :].partition("#")
        return f"{docname}#{node_id}"

    def visit_reference(self, node: nodes.reference) -> None:
        target = self._target(node)
        body = self.render(node.children)
        if target is not None:
            self.wanted.setdefault(target, node.line)
            where = self._where(node)
            if where and self._is_quoted(node):
                self.page_to_add = markup.call("page-of", markup.string(target), where=where)
                where = None
            call = markup.call("reference", markup.string(target), where=where)
        else:
            address = node.get("refuri", "")
            if not address:
                self.refuse(node, f"a reference that leads nowhere: {node.astext()!r}")
            bare = address.removeprefix("mailto:")
            # The end of an address says as much as all of it: a page of the site beside the book.
            shown = "false" if bare.endswith(node.astext().strip()) else None
            call = markup.call("weblink", markup.string(address), shown=shown)
        self.put(f"{call}[{body}]")
        raise nodes.SkipNode

    def visit_number_reference(self, node: addnodes.number_reference) -> None:
        self.visit_reference(node)

    @staticmethod
    def _is_quoted(node: nodes.Element) -> bool:
        """Tell whether quotation marks stand around a reference: its page comes after them."""
        before, after = node.previous_sibling(), node.next_node(descend=False, siblings=True)
        if not isinstance(before, nodes.Text) or not isinstance(after, nodes.Text):
            return False
        return before.astext()[-1:] == "“" and after.astext()[:1] == "”"

    def _where(self, node: nodes.Element) -> str | None:
        """Return how the page is added: in brackets, after a comma within them, or not at all."""
        is_term = any(
            "std-term" in child.get("classes", []) for child in node.findall(nodes.Element)
        )
        if is_term or self.inside(node, *_NO_PAGE):
            return None
        paragraph = node.parent
        while paragraph is not None and not isinstance(paragraph, nodes.paragraph):
            paragraph = paragraph.parent
        if paragraph is None:
            return None
        before = ""
        for child in paragraph.findall():
            if child is node:
                break
            if isinstance(child, nodes.Text):
                before += child.astext()
        opened = sum(before.count(sign) for sign in "（(") - sum(before.count(s) for s in "）)")
        return markup.string("comma" if opened > 0 else "brackets")

    def visit_target(self, node: nodes.target) -> None:
        self.anchors(node)

    def depart_target(self, node: nodes.target) -> None:
        pass

    def visit_download_reference(self, node: addnodes.download_reference) -> None:
        """Print the words of a link to a file of the site, and the file's name to look for."""
        name = str(node.get("reftarget", "")).rsplit("/", 1)[-1]
        self.put(self.render(node.children))
        if name and name not in node.astext():
            self.put(
                markup.text(self.words["open"])
                + markup.call("raw", markup.string(name))
                + markup.text(self.words["close"])
            )
        raise nodes.SkipNode

    def visit_pending_xref(self, node: addnodes.pending_xref) -> None:
        self.refuse(node, f"unresolved reference to {node.get('reftarget')!r}")
