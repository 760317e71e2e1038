"""A heading that changed shows on other pages too: in their menus, and where they refer to it.

Pages that refer to its page are written again. In the menu of every other page the title alone is
replaced, which takes a hundredth of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment


class _Headings(NamedTuple):
    """A page's title as text, and all headings, the title too, as markup."""

    title: str
    all: str


class Headings:
    """What the pages that are read again were headed before."""

    def __init__(self) -> None:
        self._before: dict[str, _Headings] = {}

    def keep(self, app: Sphinx, env: BuildEnvironment, pages: Sequence[str]) -> None:
        """Keep the headings of the pages that are to be read."""
        self._before = {page: _headings(env, page) for page in pages if page in env.tocs}

    def follow(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """Mend the menus of pages that were not read; return those that must be written again."""
        changed = [page for page, before in self._before.items() if _headings(env, page) != before]
        if not changed or not isinstance(app.builder, StandaloneHTMLBuilder):
            return set()
        others = env.found_docs - {*self._before}
        return {page for page in others if not self._mend(app.builder, page, changed)}

    def _mend(self, builder: StandaloneHTMLBuilder, page: str, changed: Sequence[str]) -> bool:
        """Put new titles into a page's menu; tell whether the page shows no more of them."""
        path = Path(builder.get_outfilename(page))
        if not path.is_file():
            return False
        text = was = path.read_text("utf-8")
        for other in changed:
            link = f'href="{escape(builder.get_relative_uri(page, other))}'
            title = builder.env.titles[other]
            names = (self._before[other].title, title.astext())
            old, new = (f'{link}">{name}</a>' for name in names)
            if not _is_plain(title) or text.count(link) != 1 or old not in text:
                return False
            text = text.replace(old, new)
        if text != was:
            path.write_text(text, "utf-8")
        return True


def _headings(env: BuildEnvironment, page: str) -> _Headings:
    return _Headings(env.titles[page].astext(), str(env.tocs[page]))


def _is_plain(title: nodes.Element) -> bool:
    """Tell whether a title is written in HTML as it stands."""
    text = title.astext()
    is_text = all(isinstance(part, nodes.Text) for part in title.children)
    return is_text and text.isprintable() and escape(text) == text and "@" not in text


def register(app: Sphinx) -> None:
    """Follow the headings of a site that is built again."""
    headings = Headings()
    app.connect("env-before-read-docs", headings.keep)
    app.connect("env-get-updated", headings.follow)
