"""The Sphinx builder: pages to Typst files, Typst files to one PDF."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from sphinx.builders import Builder
from sphinx.util import logging

from typst_book import markup
from typst_book.compiling import compile_pdf
from typst_book.errors import TypstBookError
from typst_book.fonts import known_fonts
from typst_book.frontmatter import book_facts
from typst_book.images import unknown_families
from typst_book.structure import Chapter, Part, book_parts
from typst_book.translator import Problem, TypstTranslator
from typst_book.translator.references import INTERNAL

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
        """Fonts are looked up before a page is read, so that a missing one fails at once."""
        self.fonts = known_fonts(self.config.typst_font_packages)
        self.problems: list[Problem] = []
        self.labels: set[str] = set()
        self.wanted: dict[str, tuple[str, int | None]] = {}

    def get_outdated_docs(self) -> Iterator[str]:
        """Every page."""
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """A mark that the translator turns into the name of a place in the book."""
        return INTERNAL + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """The book is one file; nothing is relative in it."""
        return self.get_target_uri(to, typ)

    # ---- Writing ----------------------------------------------------------------------------

    def write(
        self,
        build_docnames: Iterable[str] | None,
        updated_docnames: Iterable[str],
        method: str = "update",
    ) -> None:
        """Write all of the book, then compile it."""
        facts = book_facts(self.config)
        parts = book_parts(
            self.env, self.config.root_doc, self.config.typst_parts, self.config.typst_root
        )
        source = Path(self.outdir) / "source"
        shutil.rmtree(source, ignore_errors=True)
        source.mkdir(parents=True)
        self._copy_template(source)
        front = "".join(self._part(part, source) for part in parts if part.kind == "front")
        body = "".join(self._part(part, source) for part in parts if part.kind != "front")
        self._copy_pictures(source)
        self._check()
        main = source / "book.typ"
        main.write_text(self._main(facts, front, body), encoding="utf-8")
        pdf = compile_pdf(main, self.fonts, list(self.config.typst_standards))
        target = Path(self.outdir) / self.config.typst_output
        target.write_bytes(pdf)
        logger.info("%s: %.1f MB", target.name, len(pdf) / 1e6)

    def finish(self) -> None:
        """Nothing is left to do."""

    def _main(self, facts: dict, front: str, body: str) -> str:
        depth = self.config.typst_contents_depth
        return (
            '#import "/template/book.typ": *\n\n'
            f"#show: book.with({markup.value(facts)}, depth: {depth}, front: [\n{front}])\n\n{body}"
        )

    def _part(self, part: Part, source: Path) -> str:
        """A part page, when the part has a caption, and its chapters."""
        level = 2 if part.caption and part.kind in ("body", "back") else 1
        chapters = [self._chapter(chapter, part, level, source) for chapter in part.chapters]
        lines = []
        if level == 2:
            listed = [{"label": f"{c.docname}#", "title": title} for c, title, _ in chapters]
            rows = "".join(
                f"(label: {markup.string(row['label'])}, title: [{row['title']}]), "
                for row in listed
            )
            lines.append(
                markup.call(
                    "part-page",
                    f"[{self._numbered(part.number, markup.text(part.caption))}]",
                    markup.string(f"part:{part.caption}"),
                    f"({rows})",
                )
            )
        lines += [text for _, _, text in chapters]
        return "\n".join(lines) + "\n"

    @staticmethod
    def _numbered(number: str, title: str) -> str:
        return (markup.call("number", markup.string(number)) if number else "") + title

    def _chapter(
        self, chapter: Chapter, part: Part, level: int, source: Path
    ) -> tuple[Chapter, str, str]:
        """Write a page and those nested below it; returns title and the line that includes it."""
        title, body = self._page(chapter.docname, level, numbered=part.kind == "body")
        if chapter.docname == self.config.root_doc and self.config.typst_root_title:
            title = markup.text(self.config.typst_root_title)
        title = self._numbered(chapter.number, title)
        for docname in chapter.nested:
            nested_title, nested_body = self._page(docname, level + 1, numbered=False)
            label = markup.string(f"{docname}#")
            body += f"\n\n#heading(level: {level + 1}, supplement: none)[{nested_title}]"
            body += f" #label({label})\n\n{nested_body}"
        name = chapter.docname.replace("/", "-") + ".typ"
        path = source / "pages" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'#import "/template/elements.typ": *\n\n{body}\n', encoding="utf-8")
        call = markup.call(
            "chapter",
            title=f"[{title}]",
            label=markup.string(f"{chapter.docname}#"),
            base=str(level),
            web=markup.string(chapter.docname + ".html"),
        )
        return chapter, title, f"{call}[#include {markup.string('/pages/' + name)}]"

    def _page(self, docname: str, level: int, numbered: bool) -> tuple[str, str]:
        """Title and body of one page, its problems and places remembered."""
        doctree = self.env.get_and_resolve_doctree(docname, self)
        self.post_process_images(doctree)
        translator = self.create_translator(doctree, self, docname, level, numbered)
        doctree.walkabout(translator)
        self.problems += translator.problems
        self.labels |= {f"{docname}#", *translator.labels}
        for label, line in translator.wanted.items():
            self.wanted.setdefault(label, (docname, line))
        return translator.title, translator.body

    def _check(self) -> None:
        """Raise every problem of the book at once, references that lead nowhere included."""
        dangling = [
            Problem(page, line, f"reference to {label!r}, which is not in the book")
            for label, (page, line) in self.wanted.items()
            if label not in self.labels
        ]
        problems = sorted(map(str, [*self.problems, *dangling]))
        if problems:
            raise TypstBookError(
                f"{len(problems)} things cannot be printed:\n" + "\n".join(problems)
            )

    # ---- Files beside the pages -----------------------------------------------------------------

    def _copy_template(self, source: Path) -> None:
        """The package's template; files of the editor's own folder take the place of its files."""
        target = source / "template"
        with resources.as_file(resources.files("typst_book") / "template") as template:
            shutil.copytree(template, target, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        if self.config.typst_template:
            own = Path(self.srcdir) / self.config.typst_template
            if not own.is_dir():
                raise TypstBookError(f"typst_template: {self.config.typst_template} is no folder")
            shutil.copytree(own, target, dirs_exist_ok=True)

    def picture(self, uri: str, translator: TypstTranslator) -> str:
        """Path of a picture inside the book's source."""
        return f"pictures/{self.images[uri]}"

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
