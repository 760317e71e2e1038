"""The finished prose of a chapter: its templates rendered with what the chapter has registered.

In a Markdown cell a named value or sentence becomes the role {num}, so that site and PDF print it
with its mark; a caption or note becomes plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from jinja2 import BaseLoader, Environment, TemplateError, UndefinedError
from jinja2.meta import find_referenced_templates

from smdi.errors import InputErrors, Problem
from smdi.report.text.filters import FILTERS
from smdi.report.text.language import Language
from smdi.report.text.notebook_text import NotebookText, Template
from smdi.report.text.quoting import Sentence, Unsayable, Value
from smdi.report.text.templates import (
    HANDLER,
    VARIANTS,
    Body,
    Handler,
    make_environment,
    names_in,
)
from smdi.report.values import plain

UNSAID = tuple(f"⟦?{state}⟧" for state in VARIANTS)
# A line that begins a block of its own, and so is never continued by the next.
_BLOCK = re.compile(r"\s*(?:#|:::|```|~~~|\||%|\(\w[\w-]*\)=)")
_SENTENCE = re.compile(r"\{%-?\s*sentence\s+(\w+)")
# The place of a caption, which goes to the exhibit itself.
_EMPTY_DIRECTIVE = re.compile(r"^([:`]{3,}\{exhibit\}.*)\n\s*\n([:`]{3,})$", re.MULTILINE)
_KEY = re.compile(r"⟦([a-z][a-z0-9_]*)⟧")


class Register(Protocol):
    """What keeps the finished sentences of a chapter."""

    name: str

    def sentence(self, name: str, text: str, otherwise: Mapping[str, str]) -> object:
        """Register a sentence; `otherwise` has the text for each state of VARIANTS."""

    def phrase(self, name: str, text: str) -> object:
        """Register a text that is printed as it stands."""

    def text(self, name: str) -> str:
        """Return how a registered value or sentence reads."""


class Prose:
    """Renders the templates of one notebook."""

    def __init__(
        self,
        text: NotebookText,
        register: Register,
        language: Language,
        loader: BaseLoader | None = None,
    ) -> None:
        self.text = text
        self._register = register
        self._otherwise: Mapping[str, str] = language.otherwise.model_dump()
        self._line_joint = language.line_joint
        self._environment = make_environment(FILTERS, _finalize, loader)
        self._sentences = {
            name: Sentence(name) for source in self._sources() for name in _SENTENCE.findall(source)
        }

    def cells(self, context: Mapping[str, Any]) -> list[str]:
        """Return the finished Markdown cells; InputErrors names the line of what is wrong."""
        rendered, problems = [], []
        for number, cell in enumerate(self.text.cells):
            try:
                made = self._render(cell, context)
            except InputErrors as errors:
                problems += errors.problems
            else:
                rendered.append(self._with_roles(made, number))
        InputErrors.raise_if(problems)
        return rendered

    def sentences(self, context: Mapping[str, Any]) -> list[str]:
        """Register the sentences whose values are known by now; return their names in order."""
        names: list[str] = []
        context = {**self._sentences, **context, HANDLER: self._collecting(names)}
        for cell in self.text.cells:
            try:
                self._environment.from_string(cell.source).render(context)
            except UndefinedError:
                continue
        return names

    def plain(self, template: Template, context: Mapping[str, Any]) -> str:
        """Return a caption or note as text."""
        made = self._render(template, context)
        return plain(_KEY.sub(lambda match: self._register.text(match[1]), made)).strip()

    def quoted(self) -> set[str]:
        """Return every name that a template of the notebook, or a part it includes, quotes."""
        return {name for source in self._sources() for name in names_in(self._environment, source)}

    def _sources(self) -> Iterator[str]:
        """Yield the templates of the notebook and the parts that they include."""
        waiting = [template.source for template in self.text.templates]
        while waiting:
            source = waiting.pop()
            yield source
            for part in find_referenced_templates(self._environment.parse(source)):
                waiting.append(_source(self._environment, str(part)))

    def _render(self, template: Template, context: Mapping[str, Any]) -> str:
        try:
            made = self._environment.from_string(template.source)
            return made.render({**self._sentences, **context, HANDLER: self._sentence})
        except (
            TemplateError,
            Unsayable,
            LookupError,
            TypeError,
            ValueError,
            AttributeError,
        ) as error:
            raise InputErrors([self._problem(template, error)]) from error

    def _problem(self, template: Template, error: Exception) -> Problem:
        line = template.line + _line_in_template(error) - 1
        known = "a template whose values, filters and sentences exist"
        return Problem(str(self.text.path), line, None, str(error), known)

    def _sentence(
        self, name: str, options: frozenset[str], body: Body, variants: Mapping[str, Body]
    ) -> str:
        otherwise = dict.fromkeys(VARIANTS, "") if "optional" in options else self._otherwise
        said = {state: self._attempt(variant) for state, variant in variants.items()}
        known = {state: text for state, text in said.items() if text not in UNSAID}
        self._register.sentence(name, self._attempt(body), {**otherwise, **known})
        return "" if "hidden" in options else f"⟦{name}⟧"

    def _attempt(self, body: Body) -> str:
        """Return the sentence on one line, or the mark of the state in which it cannot be said."""
        try:
            lines = [line.strip() for line in body().splitlines()]
        except Unsayable as unsayable:
            return f"⟦?{unsayable.state}⟧"
        return self._line_joint.join(line for line in lines if line)

    def _collecting(self, names: list[str]) -> Handler:
        def collect(
            name: str, options: frozenset[str], body: Body, variants: Mapping[str, Body]
        ) -> str:
            try:
                made = self._sentence(name, options, body, variants)
            except UndefinedError:
                return ""
            names.append(name)
            return made

        return collect

    def _with_roles(self, text: str, cell: int) -> str:
        """Turn marks into roles, amounts into phrases of their own, and join broken lines."""
        counter = 0

        def role(match: re.Match[str]) -> str:
            nonlocal counter
            mark = match[1]
            if not mark.startswith(("=", "?")):
                key = mark if "." in mark else f"{self._register.name}.{mark}"
                return f"{{num}}`{key}`"
            counter += 1
            name = f"text_{cell}_{counter}"
            self._register.phrase(name, match[0])
            return f"{{num}}`{self._register.name}.{name}`"

        page = _EMPTY_DIRECTIVE.sub(r"\1\n\2", re.sub(r"⟦([^⟦⟧]*)⟧", role, text))
        return join_lines(page, self._line_joint)


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


def _finalize(value: object) -> str:
    if isinstance(value, Value | Sentence):
        return str(value)
    if isinstance(value, float):
        raise TypeError(f"{value!r}: a number is quoted by name or through the filter `amount`")
    return str(value)


def _line_in_template(error: BaseException) -> int:
    """Return the line of the template at which the error came up."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return int(line or 1)


def _source(environment: Environment, name: str) -> str:
    if environment.loader is None:
        raise LookupError(name)
    return environment.loader.get_source(environment, name)[0]
