"""The translator of one page, put together from the families of nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from typst_book.structure import chinese_number
from typst_book.translator.base import Problem
from typst_book.translator.blocks import Blocks
from typst_book.translator.figures import Figures
from typst_book.translator.inline import Inline
from typst_book.translator.lists import Lists
from typst_book.translator.references import References
from typst_book.translator.tables import Tables

if TYPE_CHECKING:
    from typst_book.builder import TypstBuilder

__all__ = ["Problem", "TypstTranslator"]


class TypstTranslator(Blocks, Lists, Figures, Tables, References, Inline):
    """One page of the site as the body of a chapter; `title` is set apart.

    `level` is the outline level of the page's heading; the sections of a `numbered` page are
    counted 一、 and （一） when there is more than one of them.
    """

    def __init__(
        self,
        document: nodes.document,
        builder: TypstBuilder,
        docname: str,
        level: int,
        numbered: bool,
    ) -> None:
        super().__init__(document, builder, docname)
        self._level = level
        self._numbered = numbered
        self.footnotes = {
            node_id: note for note in document.findall(nodes.footnote) for node_id in note["ids"]
        }
        self.footnotes_printed: set[str] = set()

    @property
    def base_level(self) -> int:
        """Outline level of the page's own heading."""
        return self._level

    def section_number(self, section: nodes.section) -> str:
        """一、 for sections of the chapter, （一） below them; no number for an only child."""
        if not self._numbered or self.depth > 3:
            return ""
        siblings = [child for child in section.parent.children if isinstance(child, nodes.section)]
        if len(siblings) < 2:
            return ""
        number = chinese_number(siblings.index(section) + 1)
        return f"{number}、" if self.depth == 2 else f"（{number}）"

    def depart_document(self, node: nodes.document) -> None:
        """Nothing may be left over: a title, and every footnote printed."""
        if not self.title:
            self.problem(node, "a page without a title")
        for name in sorted(set(self.footnotes) - self.footnotes_printed):
            self.problem(self.footnotes[name], f"footnote {name!r} is never referred to")

    @property
    def body(self) -> str:
        """Markup of the page below its title."""
        return "".join(self.buffers[0])
