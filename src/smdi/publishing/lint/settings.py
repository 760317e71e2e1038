"""The words in YAML and code: front matter, `_toc.yml`, `_config.yml`, languages, code cells."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

import yaml

from smdi.publishing.lint.exemptions import PRINTED_SETTINGS, SETTINGS
from smdi.publishing.lint.passages import VALUE, Passage, passage

CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_FIELD = re.compile(r"\{[^{}]*\}")
_BEFORE_A_STATEMENT = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
_NO_CODE = {tokenize.NL, tokenize.COMMENT}
_F_STRING = re.compile(r"[bBuUrR]*[fF]")
# From Python 3.12 on the words of an f-string are tokens of their own.
_STRINGS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}


def setting_passages(text: str, first: int = 1) -> Iterator[Passage]:
    """Yield the titles, and every Chinese text, of settings that begin on line `first`."""
    for keys, value, line in _scalars(text, first):
        if any(key in SETTINGS for key in keys):
            continue
        if PRINTED_SETTINGS & set(keys) or CHINESE.search(value):
            yield passage([(value, line)])


def language_passages(text: str) -> Iterator[Passage]:
    """Yield every text of a language's file; `{…}` in it is a value.

    The data choose among these words, so they make no claim by themselves.
    """
    for _, value, line in _scalars(text, 1):
        yield passage([(_without_fields(value), line)], "chosen")


def code_passages(code: str, first: int) -> Iterator[Passage]:
    """Yield the Chinese strings of a code cell that begins on line `first`; no docstrings.

    Code that Python cannot read yields what comes before the fault: the build says what is wrong.
    """
    before = tokenize.ENCODING
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            words = token.type in _STRINGS and CHINESE.search(token.string)
            if words and before not in _BEFORE_A_STATEMENT:
                text = token.string
                if _F_STRING.match(text):
                    text = _without_fields(text)
                yield passage([(text, first + token.start[0] - 1)], "chosen")
            if token.type not in _NO_CODE:
                before = token.type
    except (tokenize.TokenError, SyntaxError):
        return


def _without_fields(text: str) -> str:
    """Return the text with VALUE in place of each `{…}`, from the innermost outwards."""
    while (changed := _FIELD.sub(VALUE, text)) != text:
        text = changed
    return text


def _scalars(text: str, first: int) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield keys, value and line of every string of a YAML text."""

    def walk(node: yaml.Node, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, int]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield from walk(value, (*keys, str(key.value)))
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item, keys)
        elif isinstance(node, yaml.ScalarNode):
            raw = text[node.start_mark.index : node.end_mark.index]
            # Folding takes away the lines that a place is told by.
            yield keys, raw if "\n" in raw else node.value, first + node.start_mark.line

    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    if tree is not None:
        yield from walk(tree, ())
