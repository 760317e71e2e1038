"""The Sphinx builder: pages to Typst files, Typst files to one PDF."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import cast

from sphinx.builders import Builder
from sphinx.util import logging

from typst_book import markup
from typst_book.book import Page, chapter_source, main_source, page_levels, part_source
from typst_book.compiling import compile_pdf, known_fonts
from typst_book.errors import Problem, TypstBookError, raise_all
from typst_book.frontmatter import book_facts
from typst_book.images import unknown_families
from typst_book.language import language
from typst_book.measures import read_measures
from typst_book.structure import Part, book_parts
from typst_book.translator import INTERNAL, Style, TypstTranslator

logger = logging.getLogger(__name__)


class TypstBuilder(Builder):
    """`sphinx-build -b typst`: one PDF of the whole book.

    The pages are resolved one by one, so the doctrees may be shared with the HTML builder; every
    page is written anew each time, since numbers and page references go across pages.
    """

    name = "typst"
    format = "typst"
    epilog = "The book is in %(outdir)s."
    allow_parallel = False
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012
    default_translator_class = TypstTranslator

    def init(self) -> None:
        """Look fonts and words up before a page is read, so that a missing one fails at once."""
        self.fonts = known_fonts(self.config.typst_font_packages)
        self.language = language(self.config.language, self.config.typst_words)
        self.problems: list[Problem] = []
        self.labels: set[str] = set()
        self.wanted: dict[str, tuple[str, int | None]] = {}

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield every page."""
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return a mark that the translator turns into the name of a place in the book."""
        return INTERNAL + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the same: the book is one file, nothing is relative in it."""
        return self.get_target_uri(to, typ)

    def write(
        self,
        build_docnames: Iterable[str] | None,
        updated_docnames: Iterable[str],
        method: str = "update",
    ) -> None:
        """Write all of the book, then compile it; raise `TypstBookError` for what is wrong."""
        config = self.config
        facts = book_facts(config)
        parts = book_parts(
            self.env, config.root_doc, config.typst_parts, config.typst_root, self.language
        )
        source = Path(self.outdir) / "source"
        shutil.rmtree(source, ignore_errors=True)
        self._copy_template(source)
        pages = self._pages(parts, source)
        self._copy_pictures(source)
        self._check()
        main = source / "book.typ"
        front, body = self._parts(parts, pages, source)
        main.write_text(main_source(facts, config.typst_contents_depth, front, body), "utf-8")
        pdf = compile_pdf(main, self.fonts, config.typst_standards)
        target = Path(self.outdir) / config.typst_output
        target.write_bytes(pdf)
        logger.info("%s: %.1f MB", target.name, len(pdf) / 1e6)

    def finish(self) -> None:
        """Nothing is left to do."""

    # ---- Pages ----------------------------------------------------------------------------------

    def _pages(self, parts: list[Part], source: Path) -> dict[str, Page]:
        self.style = Style(
            self.language,
            read_measures(source, self.fonts),
            frozenset(self.config.typst_marks),
            frozenset(self.config.typst_table_boxes),
        )
        return {
            docname: self._page(docname, level, numbered)
            for docname, (level, numbered) in page_levels(parts).items()
        }

    def _page(self, docname: str, level: int, numbered: bool) -> Page:
        """Translate a page; remember its problems, its places and the places it refers to."""
        doctree = self.env.get_and_resolve_doctree(docname, self)
        self.post_process_images(doctree)
        made = self.create_translator(doctree, self, self.style, docname, level, numbered)
        translator = cast(TypstTranslator, made)
        doctree.walkabout(translator)
        self.problems += translator.problems
        self.labels |= {f"{docname}#", *translator.labels}
        for label, line in translator.wanted.items():
            self.wanted.setdefault(label, (docname, line))
        title = translator.title
        if docname == self.config.root_doc and self.config.typst_root_title:
            title = markup.text(self.config.typst_root_title)
        return Page(title, translator.body)

    def _parts(self, parts: list[Part], pages: dict[str, Page], source: Path) -> tuple[str, str]:
        """Write a file a chapter; return the lines of the front matter and those of the rest."""
        folder = source / "pages"
        folder.mkdir()
        files: dict[str, str] = {}
        for part in parts:
            for chapter in part.chapters:
                files[chapter.docname] = f"{len(files) + 1:03}.typ"
                path = folder / files[chapter.docname]
                path.write_text(chapter_source(chapter, part.level, pages), "utf-8")
        suffix = self.config.html_file_suffix or ".html"
        web = {name: name + suffix for name in files} if self.config.typst_page_names else {}
        lines = [(part.kind, part_source(part, pages, files, web)) for part in parts]
        front = "".join(text for kind, text in lines if kind == "front")
        return front, "".join(text for kind, text in lines if kind != "front")

    def _check(self) -> None:
        """Raise every problem of the book at once, references that lead nowhere included."""
        dangling = [
            Problem(page, line, f"reference to {label!r}, which is not in the book")
            for label, (page, line) in self.wanted.items()
            if label not in self.labels
        ]
        raise_all([*self.problems, *dangling])

    # ---- Files beside the pages -----------------------------------------------------------------

    def _copy_template(self, source: Path) -> None:
        """Copy the package's template, the files of `typst_template` in place of its own."""
        target = source / "template"
        with resources.as_file(resources.files("typst_book") / "template") as template:
            shutil.copytree(template, target)
        if self.config.typst_template:
            own = Path(self.srcdir) / self.config.typst_template
            if not own.is_dir():
                raise TypstBookError(f"typst_template: {self.config.typst_template} is no folder")
            shutil.copytree(own, target, dirs_exist_ok=True)
        words = markup.value(self.language.settings())
        (target / "settings.typ").write_text(f"#let language = {words}\n", "utf-8")

    def _copy_pictures(self, source: Path) -> None:
        known = set(self.fonts.families())
        for uri, name in sorted(self.images.items()):
            original = Path(self.srcdir) / uri
            target = source / "pictures" / name
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(original, target)
            if original.suffix != ".svg":
                continue
            try:
                missing = unknown_families(original, known)
            except ValueError as error:
                self.problems.append(Problem(uri, None, str(error)))
                continue
            if missing:
                fonts = ", ".join(sorted(missing))
                self.problems.append(
                    Problem(uri, None, f"asks for fonts that are not there: {fonts}")
                )
