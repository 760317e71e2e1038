"""What of a page in MyST Markdown cannot be printed, found before anything is executed or built.

The builder itself refuses the same and more; this reads the source alone, so that an editor need
not wait for the notebooks to hear of a diagram that has no print form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from typst_book import html, math
from typst_book.errors import Problem

_BODIES = """
    admonition attention caution danger error hint important note tip warning seealso topic sidebar
    margin epigraph highlights pull-quote compound container class rubric centered hlist glossary
    list-table table figure only card card-header card-footer grid grid-item grid-item-card tab-set
    tab-item dropdown div versionadded versionchanged deprecated tableofcontents
"""
_VERBATIM = """
    code code-block sourcecode literalinclude parsed-literal code-cell math csv-table eval-rst image
    toctree bibliography index raw line-block highlight include
"""
DIRECTIVES = frozenset((_BODIES + _VERBATIM).split())
_ROLES = """
    ref numref doc term eq cite cite:p cite:t cite:ps cite:ts download abbr sub subscript sup
    superscript math code literal emphasis strong kbd guilabel menuselection file samp command
    program envvar option dfn index any footcite title-reference
"""
ROLES = frozenset(_ROLES.split())
_DIAGRAM = "draw it as an SVG file and place it with {figure}"
_SITE_ONLY = "paper cannot show it; link to it, or put it into an {only} block for html"
INSTEAD = {
    **dict.fromkeys(("mermaid", "graphviz", "digraph", "graph", "uml", "plantuml"), _DIAGRAM),
    **dict.fromkeys(
        ("video", "audio", "iframe", "youtube", "button-link", "button-ref"), _SITE_ONLY
    ),
    "tab-set-code": "{tab-set} with {tab-item}",
    "figure-md": "{figure} with its caption",
    "bdg": "the word itself, or **bold**",
}
PICTURES = (".svg", ".png", ".jpg", ".jpeg")
_NAME = re.compile(r"\{([^}\s]+)\}\s*(.*)")
_OPTION = re.compile(r":([\w-]+):\s*(.*)")


@dataclass(frozen=True)
class Project:
    """What a project adds: MyST's extensions, directives, roles, and macros of formulas."""

    extensions: Set[str] = frozenset()
    directives: Set[str] = frozenset()
    roles: Set[str] = frozenset()
    macros: Mapping[str, str] = field(default_factory=dict)


def check_source(page: str, text: str, project: Project) -> list[Problem]:
    """Return what of a page cannot be printed, each with its line and what to use instead."""
    return [Problem(page, line, message) for line, message in _found(text, 0, project)]


def _found(text: str, offset: int, project: Project) -> Iterator[tuple[int, str]]:
    config = MdParserConfig(enable_extensions=set(project.extensions))
    for token in create_md_parser(config, RendererHTML).parse(text):
        line = offset + (token.map[0] if token.map else 0) + 1
        yield from _block(token, line, project)
        for child in token.children or ():
            yield from ((line, message) for message in _inline(child, project))
            if child.type in ("softbreak", "hardbreak"):
                line += 1


def _block(token: Token, line: int, project: Project) -> Iterator[tuple[int, str]]:
    if token.type in ("fence", "colon_fence"):
        yield from _fence(token, line, project)
    elif token.type == "html_block":
        if unknown := html.what_cannot_be_printed(token.content):
            yield line, f"HTML {unknown} has no print form; {html.INSTEAD}"
    elif token.type in ("math_block", "math_block_label", "amsmath"):
        yield from ((line, message) for message in _formula(token.content, project))


def _inline(token: Token, project: Project) -> Iterator[str]:
    if token.type == "myst_role":
        name = str(token.meta["name"])
        if name not in ROLES | project.roles:
            yield _unknown("role", name)
        elif name == "math":
            yield from _formula(token.content, project)
    elif token.type == "html_inline":
        if unknown := html.what_cannot_be_printed(token.content):
            yield f"HTML {unknown} has no print form; {html.INSTEAD}"
    elif token.type in ("math_inline", "math_inline_double"):
        yield from _formula(token.content, project)
    elif token.type == "image":
        yield from _picture(str(token.attrGet("src") or ""), token.content)


def _fence(token: Token, line: int, project: Project) -> Iterator[tuple[int, str]]:
    found = _NAME.match(token.info.strip())
    if found is None:
        if token.info.strip() in INSTEAD:
            yield line, _unknown("directive", token.info.strip())
        return
    name, argument = found[1], found[2].strip()
    if name not in DIRECTIVES | project.directives:
        yield line, _unknown("directive", name)
        return
    options, body, skipped = _split(token.content)
    if name == "only" and argument == "html":
        return
    if name == "raw" and argument != "typst":
        yield line, f"raw {argument} has no print form; {html.INSTEAD}"
    elif name == "math":
        yield from ((line, message) for message in _formula(body, project))
    elif name in ("image", "figure"):
        yield from ((line, message) for message in _picture(argument, options.get("alt", "")))
    if name not in _VERBATIM.split() and name not in project.directives:
        yield from _found(body, line + skipped, project)


def _split(content: str) -> tuple[dict[str, str], str, int]:
    """Return the options of a directive, its body, and how many lines stand before the body."""
    lines = content.splitlines()
    options, count = {}, 0
    if lines and lines[0].strip() == "---":
        closed = [at for at, text in enumerate(lines[1:], 1) if text.strip() == "---"]
        count = closed[0] + 1 if closed else 0
        given = (re.match(r"([\w-]+):\s*(.*)", text) for text in lines[1:count])
    else:
        while count < len(lines) and _OPTION.match(lines[count]):
            count += 1
        given = (_OPTION.match(text) for text in lines[:count])
    options = {match[1]: match[2].strip() for match in given if match}
    return options, "\n".join(lines[count:]), count


def _picture(address: str, alt: str) -> Iterator[str]:
    if "://" in address:
        yield f"the picture {address} would be fetched from outside; keep a copy beside the page"
    elif not address.lower().endswith(PICTURES):
        yield f"the picture {address} is of a kind that cannot be printed; SVG, PNG and JPEG can"
    if not alt.strip():
        yield f"the picture {address} has no alternative text"


def _formula(latex: str, project: Project) -> Iterator[str]:
    for name, meaning in project.macros.items():
        # As pieces and not by re.sub, to which a backslash of the meaning would mean something.
        latex = meaning.join(re.split(rf"\\{name}(?![A-Za-z])", latex))
    try:
        math.convert(math.split_tag(latex)[0])
    except ValueError as error:
        yield f"formula {latex.strip()[:60]!r}: {error}"


def _unknown(kind: str, name: str) -> str:
    key = name.partition("-")[0] if name.startswith("bdg") else name
    instead = f"; {INSTEAD[key]}" if key in INSTEAD else "; docs/printing.md lists what can"
    return f"the {kind} {{{name}}} cannot be printed{instead}"
