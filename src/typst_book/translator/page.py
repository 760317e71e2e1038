"""The translator of one page, put together from the families of nodes."""

from __future__ import annotations

from docutils import nodes
from sphinx.builders import Builder

from typst_book.translator.base import Style
from typst_book.translator.blocks import Blocks
from typst_book.translator.components import Components
from typst_book.translator.figures import Figures
from typst_book.translator.html import Html
from typst_book.translator.inline import Inline
from typst_book.translator.lists import Lists
from typst_book.translator.references import References
from typst_book.translator.tables import Tables


class TypstTranslator(Blocks, Lists, Figures, Tables, Components, References, Inline, Html):
    """One page of the site as the body of a chapter; `title` is set apart.

    `level` is the outline level of the page's heading. The sections of a `numbered` page are
    counted, two levels deep, also one that stands alone.
    """

    def __init__(
        self,
        document: nodes.document,
        builder: Builder,
        style: Style,
        docname: str,
        level: int,
        numbered: bool,
    ) -> None:
        super().__init__(document, builder, style, docname)
        self._level = level
        self._numbered = numbered
        self.footnotes = {
            node_id: note for note in document.findall(nodes.footnote) for node_id in note["ids"]
        }
        self.footnotes_printed: set[str] = set()

    @property
    def base_level(self) -> int:
        """Return the outline level of the page's own heading."""
        return self._level

    def section_number(self, section: nodes.section) -> str:
        """Return the number of a section; none below subsections."""
        if not self._numbered or self.depth > 3:
            return ""
        siblings = [child for child in section.parent.children if isinstance(child, nodes.section)]
        kind = "section" if self.depth == 2 else "subsection"
        return self.style.language.number(kind, siblings.index(section) + 1)

    def depart_document(self, node: nodes.document) -> None:
        """Refuse a page without a title and footnotes that nothing refers to."""
        if not self.title:
            self.problem(node, "a page without a title")
        for name in sorted(set(self.footnotes) - self.footnotes_printed):
            self.problem(self.footnotes[name], f"footnote {name!r} is never referred to")

    @property
    def body(self) -> str:
        """Return the markup of the page below its title."""
        return "".join(self.buffers[0])
