"""From the doctree of one page to Typst, one module a family of nodes."""

from typst_book.translator.base import Style
from typst_book.translator.page import TypstTranslator
from typst_book.translator.references import INTERNAL

__all__ = ["INTERNAL", "Style", "TypstTranslator"]
