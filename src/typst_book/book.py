"""The Typst files of the book, put together from its translated pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from typst_book import markup
from typst_book.structure import Chapter, Part


@dataclass(frozen=True)
class Page:
    """One page of the project in Typst markup: its heading and what stands below it."""

    title: str
    body: str


def page_levels(parts: list[Part]) -> dict[str, tuple[int, bool]]:
    """Return the outline level of each page's heading, and whether its sections are numbered."""
    levels = {}
    for part in parts:
        for chapter in part.chapters:
            levels[chapter.docname] = (part.level, part.kind == "body")
            levels |= dict.fromkeys(chapter.nested, (part.level + 1, False))
    return levels


def chapter_source(chapter: Chapter, level: int, pages: Mapping[str, Page]) -> str:
    """Return the file of a chapter: its page and those nested below it, in order."""
    body = pages[chapter.docname].body
    for docname in chapter.nested:
        page, label = pages[docname], markup.string(f"{docname}#")
        body += f"\n\n#heading(level: {level + 1}, supplement: none)[{page.title}]"
        body += f" #label({label})\n\n{page.body}"
    return f'#import "/template/elements.typ": *\n\n{body}\n'


def part_source(
    part: Part, pages: Mapping[str, Page], files: Mapping[str, str], web: Mapping[str, str]
) -> str:
    """Return the lines of a part: a page of its own when it has one, then its chapters.

    `files` names the file of each chapter, `web` its page on the web, where that is to be shown.
    """
    lines = [_part_page(part, pages)] if part.level == 2 else []
    for chapter in part.chapters:
        name = chapter.docname
        call = markup.call(
            "chapter",
            title=f"[{_title(chapter, pages)}]",
            label=markup.string(f"{name}#"),
            base=str(part.level),
            web=markup.string(web[name]) if name in web else None,
        )
        lines.append(f"{call}[#include {markup.string('/pages/' + files[name])}]")
    return "\n".join(lines) + "\n"


def main_source(facts: Mapping[str, Any], depth: int, front: str, body: str) -> str:
    """Return the file that Typst compiles."""
    return (
        '#import "/template/book.typ": *\n\n'
        f"#show: book.with({markup.value(facts)}, depth: {depth}, front: [\n{front}])\n\n{body}"
    )


def _title(chapter: Chapter, pages: Mapping[str, Page]) -> str:
    return markup.text(chapter.number) + pages[chapter.docname].title


def _part_page(part: Part, pages: Mapping[str, Page]) -> str:
    rows = "".join(
        f"(label: {markup.string(f'{chapter.docname}#')}, title: [{_title(chapter, pages)}]), "
        for chapter in part.chapters
    )
    return markup.call(
        "part-page",
        f"[{markup.text(part.number + part.caption)}]",
        markup.string(f"part:{part.caption}"),
        f"({rows})",
    )
