"""From the doctree of one page to Typst, one module a family of nodes."""

from typst_book.translator.core import Problem, TypstTranslator

__all__ = ["Problem", "TypstTranslator"]
