"""The order of the book: parts, chapters and their numbers, from the toctrees of the root page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx import addnodes

from typst_book.errors import TypstBookError
from typst_book.language import Language

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

KINDS = ("front", "body", "plain", "back", "omit")


@dataclass(frozen=True)
class Chapter:
    """One page of the site: its name, its printed number and the pages nested below it."""

    docname: str
    number: str = ""
    nested: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Chapters under one caption; without a caption they stand for themselves."""

    kind: str
    caption: str = ""
    number: str = ""
    chapters: tuple[Chapter, ...] = ()

    @property
    def level(self) -> int:
        """Return the outline level of its chapters: 2 below a page of the part's own, else 1."""
        return 2 if self.caption and self.kind in ("body", "back") else 1


@dataclass
class _Counters:
    language: Language
    part: int = 0
    chapter: int = 0
    appendix: int = 0
    seen: set[str] = field(default_factory=set)

    def number_part(self, kind: str, caption: str) -> str:
        if kind != "body" or not caption:
            return ""
        self.part += 1
        return self.language.number("part", self.part)

    def number_chapter(self, kind: str) -> str:
        if kind == "body":
            self.chapter += 1
            return self.language.number("chapter", self.chapter)
        if kind == "back":
            self.appendix += 1
            return self.language.number("appendix", self.appendix)
        return ""


def _entries(toctree: addnodes.toctree, env: BuildEnvironment) -> list[str]:
    return [name for _title, name in toctree["entries"] if name in env.found_docs]


def _nested(docname: str, env: BuildEnvironment, seen: set[str]) -> tuple[str, ...]:
    """Return every page below a page, depth first, but for those already `seen`."""
    below: list[str] = []
    for toctree in env.get_doctree(docname).findall(addnodes.toctree):
        for name in _entries(toctree, env):
            if name not in seen:
                seen.add(name)
                below += [name, *_nested(name, env, seen)]
    return tuple(below)


def book_parts(
    env: BuildEnvironment, root: str, kinds: dict[str, str], root_kind: str, language: Language
) -> list[Part]:
    """Return the parts in the order of the book; `kinds` gives the kind of a part by its caption.

    Raises `TypstBookError` for a kind or a caption that does not exist and for pages in no toctree,
    so that neither a misspelt caption nor a forgotten page passes in silence.
    """
    unknown = {kind for kind in [*kinds.values(), root_kind] if kind not in KINDS}
    if unknown:
        raise TypstBookError(f"typst_parts: {sorted(unknown)} is none of {', '.join(KINDS)}")
    counters = _Counters(language, seen={root})
    parts = [] if root_kind == "omit" else [Part(root_kind, chapters=(Chapter(root),))]
    captions: set[str] = set()
    omitted: set[str] = set() if root_kind != "omit" else {root}
    toctrees = list(env.get_doctree(root).findall(addnodes.toctree))
    has_captions = any(toctree.get("caption") for toctree in toctrees)
    for toctree in toctrees:
        caption = toctree.get("caption") or ""
        # Pages without a caption before the first part lead up to it; later ones stand apart.
        uncaptioned = "body" if not has_captions else "plain" if any(captions) else "front"
        captions.add(caption)
        kind = kinds.get(caption, "body" if caption else uncaptioned)
        chapters = []
        for name in _entries(toctree, env):
            if name in counters.seen:
                continue
            counters.seen.add(name)
            nested = _nested(name, env, counters.seen)
            if kind == "omit":
                omitted |= {name, *nested}
                continue
            chapters.append(Chapter(name, counters.number_chapter(kind), nested))
        if chapters:
            number = counters.number_part(kind, caption)
            parts.append(Part(kind, caption, number, tuple(chapters)))
    _check(set(kinds) - captions, env, counters.seen | omitted)
    return parts


def _check(missing: set[str], env: BuildEnvironment, seen: set[str]) -> None:
    if missing:
        raise TypstBookError(f"typst_parts names captions that the toc lacks: {sorted(missing)}")
    orphans = {name for name in env.found_docs - seen if "orphan" not in env.metadata.get(name, {})}
    if orphans:
        raise TypstBookError(f"pages in no toctree would not be printed: {sorted(orphans)}")
