"""The passages of a MyST page or notebook, read from the tokens of MyST's own parser.

Everything is read but what `exemptions` lists. Lines are those of the file, inside directives,
cells and templates too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from smdi.files import in_project
from smdi.publishing.lint import exemptions
from smdi.publishing.lint.html import html_passages
from smdi.publishing.lint.inline import inline_passages, title_of
from smdi.publishing.lint.passages import Passage, passage
from smdi.publishing.lint.settings import code_passages, setting_passages
from smdi.publishing.lint.templates import typed_in_templates, without_templates

CONFIG = "_config.yml"
_DIRECTIVE = re.compile(r"\{(?P<name>[^}\s]+)\}\s*(?P<argument>.*)", re.DOTALL)
_OPTION = re.compile(r"\s*:(?P<name>[\w-]+):(?P<value>.*)")
# Directives whose body is not MyST: rows of a table, terms and lines, read as they stand.
_PLAIN_BODIES = {"csv-table", "eval-rst", "glossary", "parsed-literal", "productionlist"}


def page_passages(source: str) -> Iterator[Passage]:
    """Yield what a reader reads of a page, in no promised order.

    Raises jinja2.TemplateSyntaxError, yaml.YAMLError.
    """
    lines = source.splitlines()
    for token in _parser().parse(source):
        first, last = token.map or (0, 0)
        if token.type == "front_matter":
            yield from setting_passages(token.content, first=2)
        elif token.type == "fence" and token.level == 0 and token.info.startswith("{code-cell}"):
            yield from code_passages(token.content, first + 2)
        else:
            continue
        # Neither is a template, and braces mean other things there.
        lines[first:last] = [""] * (last - first)
    prose = "\n".join(lines)
    yield from typed_in_templates(prose)
    yield from _blocks(without_templates(prose), 1)


def _blocks(text: str, first: int) -> Iterator[Passage]:
    """Yield the passages of MyST text that begins on line `first`."""
    for token in _parser().parse(text):
        yield from _block(token, first + (token.map or (0, 0))[0])


def _block(token: Token, line: int) -> Iterator[Passage]:
    """Yield the passages of one token that begins on `line`."""
    directive = _DIRECTIVE.fullmatch(token.info.strip())
    if token.type in ("fence", "colon_fence") and directive:
        yield from _directive(directive["name"], directive["argument"], token.content, line)
    elif token.type in exemptions.TOKENS:
        return
    elif token.type == "colon_fence":
        yield from _blocks(token.content, line + 1)
    elif token.type == "inline":
        yield from inline_passages(token.children or [], token.content, line)
    elif token.type == "html_block":
        yield from html_passages(token.content, line)
    elif token.type.startswith(("math", "amsmath")):
        yield passage([(token.content, line)], "formula")
    elif token.content:
        # Indented code among these: here it is a paragraph that went too far to the right.
        yield passage([(token.content, line)])


def _directive(name: str, argument: str, content: str, line: int) -> Iterator[Passage]:
    """Yield the passages of a directive: argument, options and body."""
    if name == "math":
        # Argument, options (a label) and body in one: a label is no number by itself.
        options, body = _options(content.split("\n"))
        yield passage([(argument, line), (body, line + 1 + len(options))], "formula")
        return
    if name in exemptions.FROM_ELSEWHERE:
        yield passage([(argument, line)], "elsewhere")
    if name not in exemptions.ARGUMENTS:
        yield from _inline(argument, line)
    options, body = _options(content.split("\n"))
    for number, option in enumerate(options, start=line + 1):
        key, _, value = option.strip(" :").partition(":")
        if key in exemptions.FROM_ELSEWHERE:
            yield passage([(value.strip(), number)], "elsewhere")
        elif key not in exemptions.OPTIONS:
            yield passage([(value or key, number)])
    yield from _body(name, argument, body, line + 1 + len(options))


def _body(name: str, argument: str, body: str, first: int) -> Iterator[Passage]:
    if name == "toctree":
        for number, entry in enumerate(body.split("\n"), start=first):
            yield passage([(title_of(entry), number)])
    elif name in exemptions.BODIES:
        return
    elif name == "raw" and "html" in argument:
        yield from html_passages(body, first)
    elif name in _PLAIN_BODIES:
        for number, row in enumerate(body.split("\n"), start=first):
            yield from _inline(row.strip(), number)
    else:
        yield from _blocks(body, first)


def _options(lines: Sequence[str]) -> tuple[list[str], str]:
    """Split a directive's content into lines of options, and its body.

    Lines of a block between `---` are written as `:key: value`, the rulers as an empty option.
    """
    end = next((at for at, line in enumerate(lines) if not _OPTION.fullmatch(line)), len(lines))
    if not lines[0].startswith("---"):
        return list(lines[:end]), "\n".join(lines[end:])
    end = next((at for at, line in enumerate(lines[1:], 1) if line.startswith("---")), len(lines))
    options = [re.sub(r"^\s*([\w-]+):", r":\1:", line) for line in lines[1:end]]
    return [":name:", *options, ":name:"][: end + 1], "\n".join(lines[end + 1 :])


def _inline(text: str, line: int) -> Iterator[Passage]:
    for token in _parser().parseInline(text):
        yield from inline_passages(token.children or [], token.content, line)


@cache
def _parser() -> MarkdownIt:
    """Return MyST's parser with the extensions that the book turns on."""
    config = in_project(CONFIG)
    content = yaml.safe_load(config.read_text("utf-8")) if config.is_file() else {}
    extensions = (content.get("parse") or {}).get("myst_enable_extensions") or []
    return create_md_parser(MdParserConfig(enable_extensions=set(extensions)), RendererHTML)
