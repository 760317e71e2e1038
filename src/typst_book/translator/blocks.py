"""Sections, paragraphs, admonitions, quotations, code."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from typst_book import markup
from typst_book.translator.base import Base

# A table of up to so many rows is taken to stand on one page.
SHORT = 12
_DASH = re.compile(r"\s*(?:--|–|—)+\s*")


class Blocks(Base):
    """Nodes that stand on lines of their own."""

    depth = 0
    title = ""
    title_text = ""

    def visit_document(self, node: nodes.document) -> None:
        pass

    def depart_document(self, node: nodes.document) -> None:
        pass

    # ---- Sections and their titles -----------------------------------------------------------

    def visit_section(self, node: nodes.section) -> None:
        self.depth += 1
        if self.depth == 1:
            if self.title:
                self.problem(node, "a second title: a page has one heading of the first level")
            self.anchors(node)

    def depart_section(self, node: nodes.section) -> None:
        self.depth -= 1

    def visit_title(self, node: nodes.title) -> None:
        self.open()

    def depart_title(self, node: nodes.title) -> None:
        heading = self.close()
        section = node.parent
        if not isinstance(section, nodes.section):
            self.refuse_title(node)
            return
        if self.depth == 1:
            self.title, self.title_text = heading, node.astext()
            return
        name = self.declare(section)
        level = self.base_level + self.depth - 1
        number = self.section_number(section)
        prefix = markup.text(number)
        call = markup.call("heading", f"level: {level}", "supplement: none")
        label = f" #label({markup.string(name)})" if name else ""
        self.put_block(f"{call}[{prefix}{heading}]{label}")

    def refuse_title(self, node: nodes.title) -> None:
        """Refuse the title of something whose own rule does not print titles."""
        self.problem(node, f"no place for the title of a <{type(node.parent).__name__}>")

    def section_number(self, section: nodes.section) -> str:
        """Return the printed number of a section below the chapter; a subclass decides."""
        return ""

    @property
    def base_level(self) -> int:
        """Return the outline level of the page's own heading."""
        return 1

    def visit_subtitle(self, node: nodes.Element) -> None:
        self.anchors(node)
        self.put("\n\n#rubric[")

    def depart_subtitle(self, node: nodes.Element) -> None:
        self.put("]\n\n")

    visit_rubric, depart_rubric = visit_subtitle, depart_subtitle

    # ---- Paragraphs -------------------------------------------------------------------------

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        self.put("\n\n")
        self.anchors(node)
        if self._leads_to_table(node):
            self.put("#leading[")

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        if self._leads_to_table(node):
            self.put("]")
        self.put("\n\n")

    def _leads_to_table(self, node: nodes.paragraph) -> bool:
        """Tell whether a paragraph of a section stands before a table that no page parts."""
        after = node.next_node(descend=False, siblings=True)
        if isinstance(after, nodes.container) and self.style.table_boxes & {*after["classes"]}:
            after = next(iter(after.findall(nodes.table)), None)
        if not isinstance(node.parent, nodes.section) or not isinstance(after, nodes.table):
            return False
        return len(list(after.findall(nodes.row))) <= SHORT

    visit_compact_paragraph, depart_compact_paragraph = visit_paragraph, depart_paragraph

    def visit_compound(self, node: nodes.Element) -> None:
        """Print what is bound together; a list of pages is none, the book has its contents."""
        if "toctree-wrapper" in node.get("classes", []):
            raise nodes.SkipNode
        self.anchors(node)

    def depart_compound(self, node: nodes.Element) -> None:
        pass

    def visit_centered(self, node: addnodes.centered) -> None:
        self.put_block(markup.call("align", "center") + f"[#strong[{self.render(node.children)}]]")
        raise nodes.SkipNode

    def visit_versionmodified(self, node: addnodes.versionmodified) -> None:
        pass

    def depart_versionmodified(self, node: addnodes.versionmodified) -> None:
        pass

    def visit_transition(self, node: nodes.transition) -> None:
        """Print a break in the thought; the rule above the footnotes of a page is none."""
        if "footnotes" not in node.get("classes", []):
            self.put_block("#asterism()")
        raise nodes.SkipNode

    # ---- Boxes -------------------------------------------------------------------------------

    def _box(self, node: nodes.Element, kind: str, children: list[nodes.Node], title: str) -> None:
        body = self.render(children)
        self.put("\n\n")
        self.anchors(node)
        self.put(markup.call("admonition", markup.string(kind), f"[{title}]") + f"[{body}]\n\n")
        raise nodes.SkipNode

    def visit_admonition(self, node: nodes.Element) -> None:
        """Print a box with a title of its own (`admonition`, `topic`, `sidebar`)."""
        given: list[str] = node.get("classes", [])
        classes = [name for name in given if name in admonitionlabels]
        kind = classes[0] if classes else type(node).__name__
        children = list(node.children)
        title = ""
        if children and isinstance(children[0], nodes.title):
            title = self.render(children.pop(0).children)
        self._box(node, kind, children, title)

    visit_topic = visit_sidebar = visit_admonition

    def _visit_named(self, node: nodes.Element) -> None:
        """Print a box whose title is its kind, in the words of the site."""
        kind = type(node).__name__
        title = markup.text(str(admonitionlabels[kind]))
        self._box(node, kind, list(node.children), title)

    visit_note = visit_tip = visit_hint = visit_important = _visit_named
    visit_warning = visit_caution = visit_danger = visit_error = visit_attention = _visit_named
    visit_seealso = _visit_named

    # ---- Quotations and verse ------------------------------------------------------------------

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        """Print a quotation; a last paragraph that begins with a dash says where it is from."""
        children = list(node.children)
        source = ""
        last = children[-1] if children else None
        if isinstance(last, nodes.attribution) or (
            isinstance(last, nodes.paragraph) and _DASH.match(last.astext())
        ):
            children.pop()
            shown = [child.deepcopy() for child in last.children]
            if shown and isinstance(shown[0], nodes.Text):
                shown[0] = nodes.Text(_DASH.sub("", shown[0].astext()))
            source = self.render(nodes.inline("", "", *shown).children)
        body = self.render(children)
        self.anchors(node)
        self.put_block(
            markup.call("quotation", source=f"[{source}]" if source else None) + f"[{body}]"
        )
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.line_block) -> None:
        self.anchors(node)
        self.put_block(markup.call("line-block", *self._lines(node, 0)))
        raise nodes.SkipNode

    def _lines(self, block: nodes.line_block, depth: int) -> list[str]:
        """Return pairs of depth and content, a block within the block one deeper."""
        lines = []
        for child in block.children:
            if isinstance(child, nodes.line_block):
                lines += self._lines(child, depth + 1)
            elif isinstance(child, nodes.line):
                lines.append(f"({depth}, [{self.render(child.children)}])")
        return lines

    # ---- Code ----------------------------------------------------------------------------------

    def visit_literal_block(self, node: nodes.Element) -> None:
        language = node.get("language", "")
        known = markup.string(language) if language not in ("", "none", "default") else "none"
        options: dict[str, Any] = node.get("highlight_args", {})
        first = options.get("linenostart", 1)
        marked = [line + first - 1 for line in options.get("hl_lines", [])]
        self.put("\n\n")
        self.anchors(node)
        self.put_block(
            markup.call(
                "code-block",
                known,
                markup.string(node.astext()),
                numbers=str(first) if node.get("linenos") else None,
                marked=markup.value(marked) if marked else None,
                printed="true" if "output" in node.get("classes", []) else None,
            )
        )
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    # ---- What carries no words -------------------------------------------------------------------

    def _skip(self, node: nodes.Node) -> None:
        raise nodes.SkipNode

    visit_comment = visit_meta = visit_substitution_definition = _skip
    visit_highlightlang = visit_tabular_col_spec = _skip

    def visit_toctree(self, node: addnodes.toctree) -> None:
        """Print nothing: the book is put together from the toctrees."""
        raise nodes.SkipNode

    def visit_system_message(self, node: nodes.system_message) -> None:
        self.refuse(node, f"message in the page: {node.astext()[:80]!r}")

    def visit_problematic(self, node: nodes.problematic) -> None:
        self.refuse(node, f"markup that could not be read: {node.astext()[:80]!r}")
