"""The finished prose of a chapter: its templates rendered with what the chapter has registered.

In a Markdown cell a named value or sentence becomes the role {num}, so that site and PDF print it
with its mark; a caption or note becomes plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    TemplateError,
    UndefinedError,
)

from smdi.errors import InputErrors, Problem
from smdi.report.text.filters import FILTERS
from smdi.report.text.language import Language
from smdi.report.text.notebook_text import (
    NotebookText,
    Sections,
    Template,
    exhibits_in,
    join_lines,
)
from smdi.report.text.parts import set_off
from smdi.report.text.quoting import Sentence, Unsayable, Value
from smdi.report.text.templates import (
    HANDLER,
    Body,
    Handler,
    compiled,
    expression,
    included,
    make_environment,
    place_of,
)
from smdi.report.values import plain

_SENTENCE = re.compile(r"\{%-?\s*sentence\s+(\w+)")
# The place of a caption, which goes to the exhibit itself.
_EMPTY_DIRECTIVE = re.compile(r"^([:`]{3,}\{exhibit\}.*)\n\s*\n([:`]{3,})$", re.MULTILINE)
# What a template can be wrong in, beside names that are not there yet.
_FAULTS = (TemplateError, Unsayable, LookupError, TypeError, ValueError, AttributeError)
_KEY = re.compile(r"⟦([a-z][a-z0-9_]*)⟧")


class Register(Protocol):
    """What keeps the finished sentences of a chapter."""

    name: str

    def sentence(self, name: str, text: str, otherwise: Mapping[str, str]) -> object:
        """Register a sentence; `otherwise` has the text for each state of UNSAID."""

    def unsayable(self, text: str) -> str:
        """Return the state that keeps a text from being said, '' when nothing does."""

    def phrase(self, name: str, text: str) -> object:
        """Register a text that is printed as it stands."""

    def text(self, name: str) -> str:
        """Return how a registered value or sentence reads."""


class Prose:
    """Renders the templates of one notebook; InputErrors lists all that cannot be compiled.

    `renamed` gives what is rendered the names that exhibits have in the book: many pages of one
    notebook call them otherwise, and share its templates.
    """

    def __init__(
        self,
        text: NotebookText,
        register: Register,
        language: Language,
        loader: BaseLoader | None = None,
        renamed: Callable[[str], str] = str,
    ) -> None:
        self.text = text
        self._renamed = renamed
        self._register = register
        self._otherwise: Mapping[str, str] = language.otherwise.model_dump()
        self._line_joint = language.line_joint
        self._environment = _environment(loader)
        # The exhibits of sections that were left out, and what was said already in a paragraph.
        self.left_out: set[str] = set()
        self._told: set[str] = set()
        self._sources = self._read_sources()
        self._sentences = {
            name: Sentence(name) for source in self._sources for name in _SENTENCE.findall(source)
        }

    def cells(self, context: Mapping[str, Any]) -> list[str]:
        """Return the finished Markdown cells; InputErrors names the line of what is wrong."""
        rendered: list[str] = []
        problems: list[Problem] = []
        sections = Sections(self._condition(context))
        self.left_out = set()
        for number, cell in enumerate(self.text.cells):
            self._told = set()
            try:
                kept, left_out = self._parted(sections, cell)
                made = self._render(kept, context)
            except InputErrors as errors:
                problems += errors.problems
            else:
                rendered.append(self._with_roles(made, number))
                self.left_out |= exhibits_in(left_out)
                for name in _SENTENCE.findall(left_out):
                    self._register.phrase(name, "")
        InputErrors.raise_if(problems)
        return rendered

    def _condition(self, context: Mapping[str, Any]) -> Callable[[str], bool]:
        """Return what tells whether a condition holds; none does on what cannot be said."""

        def holds(words: str) -> bool:
            try:
                return bool(expression(self._environment, words)(**context))
            except Unsayable:
                return False

        return holds

    def _parted(self, sections: Sections, cell: Template) -> tuple[Template, str]:
        try:
            return sections.parted(cell)
        except _FAULTS as error:
            raise InputErrors([self._problem(cell, error)]) from error

    def sentences(self, context: Mapping[str, Any]) -> list[str]:
        """Register the sentences whose values are known by now; return their names in order.

        InputErrors names the line of what is wrong in one of them.
        """
        names: list[str] = []
        sections = Sections(self._condition(context))
        context = {**self._sentences, **context, HANDLER: self._collecting(names)}
        for cell in self.text.cells:
            self._told = set()
            try:
                kept, _ = sections.parted(cell)
                compiled(self._environment, kept.source).template.render(context)
            except UndefinedError:
                continue
            except _FAULTS as error:
                raise InputErrors([self._problem(cell, error)]) from error
        return names

    def plain(self, template: Template, context: Mapping[str, Any]) -> str:
        """Return a caption or note as text."""
        made = self._render(template, context)
        return plain(_KEY.sub(self._said, made)).strip()

    def _said(self, found: re.Match[str]) -> str:
        said = self._register.text(found[1])
        return set_off(said, said, found)

    def quoted(self) -> set[str]:
        """Return every name that a template of the notebook, or a part it includes, quotes."""
        return {
            name for source in self._sources for name in compiled(self._environment, source).names
        }

    def _read_sources(self) -> list[str]:
        """Compile the templates of the notebook and the parts that they include."""
        waiting = [(self.text.path, template) for template in self.text.templates]
        sources: list[str] = []
        problems: list[Problem] = []
        while waiting:
            path, template = waiting.pop(0)
            sources.append(template.source)
            try:
                for include in compiled(self._environment, template.source).includes:
                    file, text = included(self._environment, include)
                    waiting.append((file, Template(text, 1)))
            except TemplateError as error:
                problems.append(self._problem(template, error, path))
        InputErrors.raise_if(problems)
        return sources

    def _render(self, template: Template, context: Mapping[str, Any]) -> str:
        try:
            found = compiled(self._environment, template.source).template
            made = found.render({**self._sentences, **context, HANDLER: self._sentence})
        except _FAULTS as error:
            raise InputErrors([self._problem(template, error)]) from error
        return self._renamed(made)

    def _problem(self, template: Template, error: Exception, path: Path | None = None) -> Problem:
        """Say where a template is wrong; `path` is its file, if it is not the notebook."""
        file, line = place_of(error)
        if file is None:
            file, line = str(path or self.text.path), template.line + line - 1
        known = "a template whose values, filters, sentences and parts exist"
        # Jinja's own text of a syntax error names the line of the cell, not of the file.
        value = error.message if isinstance(error, TemplateError) else str(error)
        return Problem(file, line, None, value, known)

    def _sentence(
        self, name: str, options: frozenset[str], body: Body, variants: Mapping[str, Body]
    ) -> str:
        otherwise = dict.fromkeys(self._otherwise, "") if "optional" in options else self._otherwise
        said = {state: self._attempt(variant) for state, variant in variants.items()}
        known = {state: text for state, text in said.items() if not self._register.unsayable(text)}
        made = self._attempt(body)
        state = self._register.unsayable(made)
        if state and state not in known and "optional" not in options:
            # Once in a paragraph is enough for what is said of any value that lacks.
            otherwise = {**otherwise, state: "" if state in self._told else otherwise[state]}
            self._told.add(state)
        self._register.sentence(name, made, {**otherwise, **known})
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
            except (UndefinedError, KeyError):  # a value, or a sentence, that is not there yet
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
            if not mark.startswith(("=", "?", "!")):
                key = mark if "." in mark else f"{self._register.name}.{mark}"
                said = "" if "." in mark else self._register.text(mark)
                return set_off(f"{{num}}`{key}`", said, match)
            counter += 1
            name = f"text_{cell}_{counter}"
            self._register.phrase(name, match[0])
            return f"{{num}}`{self._register.name}.{name}`"

        page = _EMPTY_DIRECTIVE.sub(r"\1\n\2", re.sub(r"⟦([^⟦⟧]*)⟧", role, text))
        return join_lines(page, self._line_joint)


def compile_ahead(text: NotebookText) -> None:
    """Compile the templates of a notebook, for all that this process, or a fork, will render."""
    environment = _environment(parts_in(text.path.parent))

    def holds(words: str) -> bool:
        expression(environment, words)
        return False  # as on most pages, which have ground for all sections

    sections = Sections(holds)
    kept = [sections.parted(cell)[0] for cell in text.cells]
    for template in (*text.templates, *kept):
        compiled(environment, template.source)


@cache
def parts_in(folder: Path) -> FileSystemLoader:
    """Return what finds the parts that notebooks of a folder include; one for all that ask."""
    return FileSystemLoader(folder)


@lru_cache(maxsize=8)
def _environment(loader: BaseLoader | None) -> Environment:
    return make_environment(FILTERS, _finalize, loader)


def _finalize(value: object) -> str:
    if isinstance(value, Value | Sentence):
        return str(value)
    if isinstance(value, float):
        raise TypeError(f"{value!r}: a number is quoted by name or through the filter `amount`")
    return str(value)
