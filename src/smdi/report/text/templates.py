"""Sentences as templates of the prose: Jinja, sandboxed, and strict about unknown names.

    {% sentence low %}{{ year }} 年，{{ scope }}有{{ low_share }}的企业处于一级及以下。
    {% withheld %}…{% missing %}…{% inapplicable %}…{% single %}…{% endsentence %}

A sentence has a name, under which it is registered, and may have a variant for each state of a
value that cannot be said; where it has none it takes the language's. Words behind the name:
`hidden` registers the sentence for other pages and prints nothing in its place, `optional` leaves
it out where it cannot be said.

    ## 城市
    {% omit by_city | length == 0 %}{{ scope }}没有可比的城市。{% endomit %}

Where the condition holds, its text takes the place of all that follows in the section, also in
later cells (see `smdi.report.text.prose`); elsewhere it is nothing.

Comments are written `{## … ##}`, since `{#name}` is an anchor in MyST.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import (
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.ext import Extension
from jinja2.loaders import BaseLoader
from jinja2.meta import find_undeclared_variables
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from smdi.report.text.states import UNSAID

Body = Callable[[], str]
HANDLER = "__sentence_handler__"
OPTIONS = ("hidden", "optional")
_TEMPLATE = "<template>"  # the file name that Jinja gives to a template made from a string


class Handler(Protocol):
    """What takes a sentence of a template and returns what stands in its place."""

    def __call__(
        self, name: str, options: frozenset[str], body: Body, variants: Mapping[str, Body]
    ) -> str:
        """Register the sentence; `options` are the words of OPTIONS behind its name."""


class SentenceExtension(Extension):
    """The block `{% sentence name [hidden] [optional] %} … {% endsentence %}` with its variants."""

    tags = {"sentence"}  # noqa: RUF012 - an instance variable to Jinja, by its annotation

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Turn the block into calls: one for each variant, the last for the sentence itself."""
        line = next(parser.stream).lineno
        name = parser.stream.expect("name").value
        options = frozenset(word for word in OPTIONS if parser.stream.skip_if(f"name:{word}"))
        ends = (*(f"name:{state}" for state in UNSAID), "name:endsentence")
        body = parser.parse_statements(ends)
        variants: list[nodes.Node] = []
        while parser.stream.current.value != "endsentence":
            state = next(parser.stream).value
            content = parser.parse_statements(ends)
            variants.append(self._call("_variant", (name, state), content, line))
        next(parser.stream)
        return [*variants, self._call("_finish", (name, options), body, line)]

    def _call(
        self, method: str, given: tuple[object, ...], body: list[nodes.Node], line: int
    ) -> nodes.CallBlock:
        values: list[nodes.Expr] = [nodes.ContextReference(), *map(nodes.Const, given)]
        call = self.call_method(method, values, lineno=line)
        return nodes.CallBlock(call, [], [], body, lineno=line)

    def _variant(self, context: Context, name: str, state: str, caller: Body) -> str:
        _variants(context).setdefault(name, {})[state] = caller
        return ""

    def _finish(self, context: Context, name: str, options: frozenset[str], caller: Body) -> str:
        handler: Handler = context[HANDLER]
        return handler(name, options, caller, _variants(context).pop(name, {}))


class OmitExtension(Extension):
    """The block `{% omit condition %}why{% endomit %}`; the prose leaves out what follows it."""

    tags = {"omit"}  # noqa: RUF012 - an instance variable to Jinja, by its annotation

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the block as a condition, which it is to whatever stands before it."""
        line = next(parser.stream).lineno
        condition = parser.parse_expression()
        body = parser.parse_statements(("name:endomit",), drop_needle=True)
        return nodes.If(condition, body, [], [], lineno=line)


def _variants(context: Context) -> dict[str, dict[str, Body]]:
    store: dict[str, dict[str, Body]] = context.vars.setdefault("__variants__", {})
    return store


def make_environment(
    filters: Mapping[str, Callable[..., Any]],
    finalize: Callable[[object], str],
    loader: BaseLoader | None = None,
) -> ImmutableSandboxedEnvironment:
    """Return the environment of a chapter's templates.

    `finalize` turns what `{{ … }}` yields into text; `loader` finds included parts.
    """
    environment = ImmutableSandboxedEnvironment(
        extensions=[SentenceExtension, OmitExtension],
        undefined=StrictUndefined,
        finalize=finalize,
        loader=loader,
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
    )
    environment.filters.update(filters)
    return environment


@dataclass(frozen=True)
class Compiled:
    """A compiled template, the names that it quotes and the parts that it includes."""

    template: Template
    names: frozenset[str]
    includes: tuple[nodes.Include, ...]


@lru_cache(maxsize=4096)
def compiled(environment: Environment, source: str) -> Compiled:
    """Compile a template, once for all that ask for the same text; TemplateSyntaxError."""
    parsed = environment.parse(source)
    includes, names = tuple(parsed.find_all(nodes.Include)), find_undeclared_variables(parsed)
    return Compiled(environment.from_string(parsed), frozenset(names), includes)


@lru_cache(maxsize=1024)
def expression(environment: Environment, words: str) -> Callable[..., Any]:
    """Compile a condition, once for all that ask for the same words; TemplateSyntaxError."""
    return environment.compile_expression(words, undefined_to_none=False)


def included(environment: Environment, include: nodes.Include) -> tuple[Path, str]:
    """Return the file and the text of an included part; TemplateSyntaxError when there is none."""
    name = str(include.template.as_const())
    try:
        if environment.loader is None:
            raise TemplateNotFound(name)
        source, file, _ = environment.loader.get_source(environment, name)
    except TemplateNotFound as error:
        raise TemplateSyntaxError(f"there is no part {name}", include.lineno) from error
    return Path(file or name), source


def place_of(error: BaseException) -> tuple[str | None, int]:
    """Return the included part, if it is one, and the line at which the error came up in it."""
    file, line = None, getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name == _TEMPLATE or name.endswith(".md"):
            file, line = None if name == _TEMPLATE else name, trace.tb_lineno
        trace = trace.tb_next
    return file, int(line or 1)
