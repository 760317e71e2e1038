"""Words in a line, formulas, pictures among words."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes

from typst_book import markup, math
from typst_book.translator.base import Base

_FUNCTIONS: dict[type[nodes.Node], str] = {
    nodes.emphasis: "emph",
    nodes.strong: "strong",
    nodes.subscript: "sub",
    nodes.title_reference: "emph",
    addnodes.literal_emphasis: "emph",
    addnodes.literal_strong: "strong",
}


class Inline(Base):
    """Nodes inside a paragraph."""

    footnotes: dict[str, nodes.footnote]
    footnotes_printed: set[str]

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802
        shown = node.astext()
        if "\n" in (shown[:1], shown[-1:]):
            shown = markup.join_lines(shown, *self._neighbours(node))
        if self.page_to_add:
            self.put(markup.text(shown[0]) + self.page_to_add)
            self.page_to_add, shown = "", shown[1:]
        self.put(markup.text(shown))

    @staticmethod
    def _neighbours(node: nodes.Text) -> tuple[str, str]:
        """Return the letters before and after a text, whatever nodes of its block they are in."""
        block: nodes.Element = node.parent
        while isinstance(block, nodes.Inline) and block.parent is not None:
            block = block.parent
        texts = [text for text in block.findall(nodes.Text) if text.astext() or text is node]
        place = next(index for index, text in enumerate(texts) if text is node)
        before = texts[place - 1].astext()[-1:] if place > 0 else ""
        after = texts[place + 1].astext()[:1] if place + 1 < len(texts) else ""
        return before, after

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802
        pass

    def _visit_styled(self, node: nodes.Element) -> None:
        self.anchors(node)
        self.put(f"#{_FUNCTIONS[type(node)]}[")

    def _depart_styled(self, node: nodes.Element) -> None:
        self.put("]")

    visit_emphasis = visit_strong = visit_subscript = visit_title_reference = _visit_styled
    visit_literal_emphasis = visit_literal_strong = _visit_styled
    depart_emphasis = depart_strong = depart_subscript = depart_title_reference = _depart_styled
    depart_literal_emphasis = depart_literal_strong = _depart_styled

    def visit_superscript(self, node: nodes.superscript) -> None:
        marked = self.style.marks & set(node.get("classes", []))
        self.put("#mark[" if marked else "#super[")

    def depart_superscript(self, node: nodes.superscript) -> None:
        self.put("]")

    def visit_inline(self, node: nodes.Element) -> None:
        self.anchors(node)
        if "nowrap" in node.get("classes", []):
            self.put("#box[")

    def depart_inline(self, node: nodes.Element) -> None:
        if "nowrap" in node.get("classes", []):
            self.put("]")

    visit_generated, depart_generated = visit_inline, depart_inline
    visit_term, depart_term = visit_inline, depart_inline

    def visit_abbreviation(self, node: nodes.abbreviation) -> None:
        pass

    def depart_abbreviation(self, node: nodes.abbreviation) -> None:
        """Print in brackets what a hover explains on the site."""
        if node.get("explanation"):
            explained = f"{self.words['open']}{node['explanation']}{self.words['close']}"
            self.put(markup.text(explained))

    def visit_literal(self, node: nodes.literal) -> None:
        self.put(markup.call("raw", markup.string(re.sub(r"\s*\n\s*", " ", node.astext()))))
        raise nodes.SkipNode

    # ---- Footnotes -------------------------------------------------------------------------

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        name = node.get("refid", "")
        footnote = self.footnotes.get(name)
        if footnote is None or not node.astext().isdigit():
            self.refuse(node, f"footnote {node.astext()!r} is not there or has no number")
        number, label = node.astext(), markup.string(self.label(name))
        if name in self.footnotes_printed:
            self.put(markup.call("note-again", number, label))
            raise nodes.SkipNode
        self.footnotes_printed.add(name)
        body = self.render(
            child for child in footnote.children if not isinstance(child, nodes.label)
        )
        self.put(markup.call("note", number, label) + f"[{body}]")
        raise nodes.SkipNode

    def visit_footnote(self, node: nodes.footnote) -> None:
        """Printed where it is first referred to."""
        raise nodes.SkipNode

    # ---- Formulas ----------------------------------------------------------------------------

    def _formula(self, node: nodes.Element, latex: str) -> str:
        try:
            return math.convert(latex)
        except ValueError as error:
            self.refuse(node, f"formula {node.astext()[:60]!r}: {error}")

    def visit_math(self, node: nodes.math) -> None:
        described = markup.string(node.astext().strip())
        self.put(f"#math.equation(alt: {described}, ${self._formula(node, node.astext())}$)")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        latex, tag = math.split_tag(node.astext())
        body = self._formula(node, latex)
        name = self.declare(node)
        number = node.get("number") or tag
        self.put_block(
            markup.call(
                "formula",
                f"$ {body} $",
                number=markup.string(str(number)) if number else None,
                name=markup.string(name) if name else None,
                description=markup.string(node.astext().strip()),
                place=markup.string(f"{self.docname}:{self.line(node) or 0}"),
            )
        )
        raise nodes.SkipNode

    # ---- Marks of the index --------------------------------------------------------------------

    def visit_index(self, node: addnodes.index) -> None:
        """Write a mark for the index at the end; the terms of a glossary get none."""
        if not self.inside(node, addnodes.glossary):
            for kind, words, _target, _main, _key in node["entries"]:
                if kind not in ("single", "pair"):
                    self.problem(node, f"index entries of the kind {kind!r} are not supported")
                    continue
                shown = self.words["comma"].join(part.strip() for part in words.split(";"))
                # GB 18030 has the common characters in the order of their pinyin, after ASCII.
                key = shown.encode("gb18030").hex()
                self.put(markup.call("index-mark", markup.string(shown), markup.string(key)))
        raise nodes.SkipNode
