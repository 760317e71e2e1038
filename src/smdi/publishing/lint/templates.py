"""The templates of a page: what is computed becomes a mark, what is typed in them is read.

`{{ … }}` becomes VALUE, and so does the head of a condition, since data decide whether its words
are said. Strings that an expression may print (`change("提高", "降低")`) are passages of their own;
so is a number that is printed as it is typed (`{{ 69 | amount("家") }}`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from smdi.publishing.lint.passages import BREAK, GAP, VALUE, Passage, passage
from smdi.report.text.states import UNSAID
from smdi.report.text.templates import make_environment

_MARKS = {
    **dict.fromkeys(("if", "elif", "else"), VALUE),
    **dict.fromkeys(("sentence", "endsentence", "omit", "endomit", *UNSAID), BREAK),
}
_KEY = re.compile(r"[A-Za-z][\w.-]*")


def without_templates(source: str) -> str:
    """Return the page with marks in place of templates, each line where it was.

    Raises jinja2.TemplateSyntaxError.
    """
    text, line, opened = "", 1, False
    for number, kind, value in _environment().lex(source):
        if kind == "data":
            # Whitespace that a tag eats (`-%}`) is lost here, but not its lines.
            text += "\n" * (number - line) + value
            line = number + value.count("\n")
        elif kind == "variable_begin":
            text, line = text + "\n" * (number - line) + VALUE, number
        elif kind == "block_begin":
            opened = True
        elif kind == "name" and opened:
            text, line = text + "\n" * (number - line) + _MARKS.get(value, GAP), number
            opened = False
    return text


def typed_in_templates(source: str) -> Iterator[Passage]:
    """Yield what the templates print as it is typed. Raises jinja2.TemplateSyntaxError."""
    tree = _environment().parse(source)
    for output in tree.find_all(nodes.Output):
        for expression in output.nodes:
            yield from _printed(expression)
    for assignment in tree.find_all(nodes.Assign):
        yield from _printed(assignment.node)
    for loop in tree.find_all(nodes.For):
        yield from _printed(loop.iter)
    for block in tree.find_all(nodes.With):
        for value in block.values:
            yield from _printed(value)
    for macro in tree.find_all(nodes.Macro):
        for value in macro.defaults:
            yield from _printed(value)


def _printed(expression: nodes.Node, whole: bool = True) -> Iterator[Passage]:
    """Yield the constants that an expression may print; `whole`: also its bare numbers."""
    if isinstance(expression, nodes.Const):
        words = isinstance(expression.value, str) and (whole or not _is_key(expression.value))
        number = whole and isinstance(expression.value, int | float)
        if (words or number) and not isinstance(expression.value, bool):
            yield passage([(str(expression.value), expression.lineno)], "chosen")
    elif isinstance(expression, nodes.Filter | nodes.Call):
        if expression.node is not None:
            yield from _printed(expression.node, whole)
        for argument in [*expression.args, *(word.value for word in expression.kwargs)]:
            yield from _printed(argument, whole=False)
    elif isinstance(expression, nodes.CondExpr):
        yield from _printed(expression.expr1, whole)
        if expression.expr2 is not None:
            yield from _printed(expression.expr2, whole)
    elif isinstance(expression, nodes.Getitem | nodes.Getattr):
        yield from _printed(expression.node, whole)
    elif isinstance(expression, nodes.BinExpr | nodes.UnaryExpr):
        yield from _printed_operation(expression, whole)
    elif not isinstance(expression, nodes.Compare | nodes.Test | nodes.TemplateData):
        for child in expression.iter_child_nodes():
            yield from _printed(child, whole)


def _printed_operation(
    expression: nodes.BinExpr | nodes.UnaryExpr, whole: bool
) -> Iterator[Passage]:
    """Yield the result where all of it is typed (`60 + 9`), else the strings in it."""
    try:
        result = expression.as_const()
    except nodes.Impossible:
        choice = isinstance(expression, nodes.And | nodes.Or)
        for child in expression.iter_child_nodes():
            yield from _printed(child, whole=whole and choice)
    else:
        if whole:
            yield passage([(str(result), expression.lineno)], "chosen")


def _is_key(text: str) -> bool:
    return bool(_KEY.fullmatch(text))


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return make_environment({}, str)
