"""What pages show of a page that changed: its title in their menus, and what they refer to.

Those that refer to it are written again. In the menu of every other page the title alone is
replaced, which takes a hundredth of the time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

_ENTRY = '<li class="toctree-l[^"]*"><a class="reference internal" href="{}">{}</a>'


class _Shown(NamedTuple):
    """What others may show of a page.

    `title` is its own in a menu's entry, where that is plain text; `headings` are all as markup,
    `targets` labels, terms and equations with what a reference to them says.
    """

    title: str | None
    headings: str
    targets: tuple[str, ...]


class Referrers:
    """What others showed of the pages that are read again."""

    def __init__(self) -> None:
        self._before: dict[str, _Shown] = {}
        self._common: tuple[str, ...] = ()

    def keep(self, app: Sphinx, env: BuildEnvironment, pages: Sequence[str]) -> None:
        """Keep what others show of the pages that are to be read."""
        if isinstance(app.builder, StandaloneHTMLBuilder):
            self._before = _shown(env, [page for page in pages if page in env.tocs])
            self._common = _common(env)

    def follow(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """Mend the menus of pages that were not read; return those that must be written again."""
        if not isinstance(app.builder, StandaloneHTMLBuilder):
            return set()
        others = env.found_docs - {*self._before}
        if _common(env) != self._common:
            return others
        now = _shown(env, [*self._before])
        titles = {
            page: (before.title, now[page].title)
            for page, before in self._before.items()
            if before != now[page]
        }
        return {page for page in others if not _mend(app.builder, page, titles)}


def _mend(
    builder: StandaloneHTMLBuilder, page: str, titles: Mapping[str, tuple[str | None, str | None]]
) -> bool:
    """Put new titles into a page's menu; tell whether it shows nothing else of their pages."""
    path = Path(builder.get_outfilename(page))
    if not path.is_file():
        return False
    # As it stands: a carriage return may be a letter of it.
    text = was = path.read_bytes().decode()
    for other, (old, new) in titles.items():
        uri = escape(builder.get_relative_uri(page, other))
        entry = re.search(_ENTRY.format(re.escape(uri), re.escape(old or "")), text)
        if old is None or new is None or entry is None or text.count(f'href="{uri}') != 1:
            return False
        text = text.replace(entry[0], entry[0].replace(f">{old}<", f">{new}<"))
    if text != was:
        path.write_bytes(text.encode())
    return True


def _shown(env: BuildEnvironment, pages: Sequence[str]) -> dict[str, _Shown]:
    entries = (entry for toctree in _toctrees(env) for entry in toctree["entries"])
    named = {page for name, page in entries if name}
    targets = _targets(env)

    def title(page: str) -> str | None:
        found = env.titles[page]
        # A page of several titles has as many entries in a menu.
        is_own = page not in named and len(env.tocs[page].children) == 1
        return found.astext() if is_own and _is_plain(found) else None

    return {
        page: _Shown(title(page), str(env.tocs[page]), tuple(sorted(targets[page])))
        for page in pages
    }


def _targets(env: BuildEnvironment) -> defaultdict[str, list[str]]:
    """Return what may be referred to, by page: all domains keep it in tables, page first."""
    targets: defaultdict[str, list[str]] = defaultdict(list)
    for domain, tables in env.domaindata.items():
        for table in tables.values():
            for key, target in table.items() if isinstance(table, dict) else ():
                if isinstance(target, tuple) and target:
                    targets[target[0]].append(f"{domain} {key} {target}")
    return targets


def _common(env: BuildEnvironment) -> tuple[str, ...]:
    """Return what any page may show: the lists of pages, and how works are cited."""
    lists = map(str, _toctrees(env))
    cited = env.domaindata.get("cite", {}).get("citations", [])
    works = [f"{one.citation_id} {one.key} {one.formatted_entry.label}" for one in cited]
    return (*lists, *works)


def _toctrees(env: BuildEnvironment) -> Iterator[addnodes.toctree]:
    for _, contents in sorted(env.tocs.items()):
        yield from contents.findall(addnodes.toctree)


def _is_plain(title: nodes.Element) -> bool:
    """Tell whether a title is written in HTML as it stands."""
    text = title.astext()
    is_text = all(isinstance(part, nodes.Text) for part in title.children)
    return is_text and text.isprintable() and escape(text) == text and "@" not in text


def register(app: Sphinx) -> None:
    """Have pages of a site that is built again follow those that changed."""
    referrers = Referrers()
    app.connect("env-before-read-docs", referrers.keep)
    app.connect("env-get-updated", referrers.follow)
