"""The prose of a chapter's notebook: its Markdown cells, and the captions in their directives.

An exhibit's directive holds its caption, then its note, both templates:

    :::{exhibit} fig-04
    {{ year }} 年{{ scope }}企业的成熟度等级构成

    得分为平均值
    :::
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from smdi.errors import InputErrors, Problem

_EXHIBIT = re.compile(
    r"^(?P<fence>:{3,}|`{3,})\{exhibit\}[ \t]+(?P<id>\S+)[ \t]*\n(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)

# A line that begins a block of its own, and so is never continued by the next.
_BLOCK = re.compile(r"\s*(?:#|:::|```|~~~|\||%|\(\w[\w-]*\)=)")


@dataclass(frozen=True)
class Template:
    """A piece of the notebook as it stands there; `line` is the 1-based line of its first."""

    source: str
    line: int


@dataclass
class Sections:
    """Reads the cells of a notebook in order, and leaves out sections that have no ground.

    `holds` tells whether the condition of a block `omit` does. A section ends at the next heading
    of its level or of a higher one.
    """

    holds: Callable[[str], bool]
    _level: int = 0
    _omitted: int = 0

    def parted(self, cell: Template) -> tuple[Template, str]:
        """Return what is kept of a cell, each line where it was, and what is left out."""
        kept, left_out = "", ""
        for match in _PARTS.finditer(cell.source):
            part, level = match[0], len(match["heading"] or "")
            if level and level <= self._omitted:
                self._omitted = 0
            if level and not self._omitted:
                self._level = level
            if self._omitted:
                left_out += part
                kept += "\n" * part.count("\n")
            elif match["condition"] is None:
                kept += part
            elif self.holds(match["condition"]):
                kept += match["why"]
                self._omitted = self._level
            else:
                kept += "\n" * part.count("\n")
        return Template(kept, cell.line), left_out


_PARTS = re.compile(
    r"\{%-?\s*omit\s+(?P<condition>.*?)\s*-?%\}(?P<why>.*?)\{%-?\s*endomit\s*-?%\}"
    r"|^(?P<heading>#{1,6})(?=\s)|.[^{#]*",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Caption:
    """What stands in an exhibit's directive."""

    title: Template
    note: Template


@dataclass(frozen=True)
class NotebookText:
    """The Markdown cells in their order, the directives of exhibits emptied, and the captions."""

    path: Path
    cells: tuple[Template, ...]
    captions: dict[str, Caption]

    @property
    def templates(self) -> list[Template]:
        """Return everything that may quote a value."""
        captions = [part for c in self.captions.values() for part in (c.title, c.note)]
        return [*self.cells, *captions]


def exhibits_in(source: str) -> set[str]:
    """Return the ids of the exhibits whose directives stand in a piece of a cell."""
    return {match["id"] for match in _EXHIBIT.finditer(source)}


@lru_cache(maxsize=64)
def parsed(text: str) -> NotebookNode:
    """Return the cells of a MyST notebook; raises what jupytext, nbformat and YAML do.

    Who asks for the same text is given the same object: copy it before you change it.
    """
    return jupytext.reads(text, fmt="md:myst")


def read_text(path: Path) -> NotebookText:
    """Read the prose of a MyST notebook.

    InputErrors when an exhibit stands in it twice.
    """
    whole = path.read_text("utf-8")
    cells, captions, problems = [], {}, []
    position = 0
    for cell in parsed(whole).cells:
        start = whole.find(cell.source, position)
        position = max(start, 0) + len(cell.source)
        if cell.cell_type != "markdown":
            continue
        line = whole.count("\n", 0, max(start, 0)) + 1
        for match in _EXHIBIT.finditer(cell.source):
            name = match["id"]
            first = line + cell.source.count("\n", 0, match.start("body"))
            if name in captions:
                expected = "one directive an exhibit"
                problems.append(Problem(str(path), first - 1, None, name, expected))
            captions[name] = _caption(match["body"], first)
        cells.append(Template(_EXHIBIT.sub(_emptied, cell.source), line))
    InputErrors.raise_if(problems)
    return NotebookText(path, tuple(cells), captions)


def _caption(body: str, line: int) -> Caption:
    """Split a directive's body at its first blank line."""
    title, gap, note = body.strip("\n").partition("\n\n")
    lines = title.count("\n") + gap.count("\n")
    return Caption(Template(title.strip(), line), Template(note.strip(), line + lines))


def _emptied(match: re.Match[str]) -> str:
    # As many lines as before, so that places in the cell stay those of the file.
    blank = "\n" * match["body"].count("\n")
    return f"{match['fence']}{{exhibit}} {match['id']}\n{blank}{match['fence']}"


def join_lines(text: str, joint: str) -> str:
    """Join the lines of a paragraph that break between Chinese, where a page would set a space."""
    lines: list[str] = []
    for line in text.split("\n"):
        before = lines[-1] if lines else ""
        meets = before[-1:] > "\x7f" or before.endswith("`")
        begins = line[:1] > "\x7f" or line.startswith("{num}`")
        if meets and begins and not _BLOCK.match(before):
            lines[-1] = f"{before}{joint}{line}"
        else:
            lines.append(line)
    return "\n".join(lines)
