"""The passages of one inline token: running text, and what stands in it but is read apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from smdi.publishing.lint import exemptions
from smdi.publishing.lint.html import html_passages
from smdi.publishing.lint.passages import GAP, VALUE, Passage, passage

_TITLED = re.compile(r"(?P<title>.*?)\s*<[^<>]+>\s*", re.DOTALL)


def inline_passages(children: Sequence[Token], source: str, first: int) -> Iterator[Passage]:
    """Yield the running text of an inline token, then formulas, alt texts and titles in it.

    `source` is the text the children were read from; `first` the line it begins on.
    """
    reader = _Reader(source, first)
    reader.read(children)
    yield passage(reader.text)
    yield from reader.apart


def title_of(text: str) -> str:
    """Return the title of `title <key>`, and GAP for a key alone."""
    titled = _TITLED.fullmatch(text)
    return titled["title"] if titled else GAP


class _Reader:
    """Walks through the children; `_at` is the place in the source that it has come to."""

    def __init__(self, source: str, first: int) -> None:
        self.text: list[tuple[str, int]] = []
        self.apart: list[Passage] = []
        self._source, self._first, self._at = source, first, 0

    def read(self, children: Sequence[Token]) -> None:
        """Read tokens in their order."""
        for token in children:
            self._token(token)

    def _token(self, token: Token) -> None:
        if token.type in ("softbreak", "hardbreak"):
            self._at = self._source.find("\n", self._at) + 1 or self._at
            return
        line = self._line(token.content)
        if token.type in exemptions.TOKENS:
            self.text.append((GAP, line))
        elif token.type == "myst_role":
            self._role(token.meta["name"], token.content, line)
        elif token.type.startswith("math"):
            self._apart(passage([(token.content, line)], "formula"))
        elif token.type == "html_inline":
            self.apart += html_passages(token.content, line)
        elif token.type == "image":
            inner = _Reader(token.content, line)
            inner.read(token.children or [])
            self._apart(passage(inner.text))
            self.apart += inner.apart
        elif token.content:
            self.text.append((token.content, line))
        for name in exemptions.PRINTED_ATTRIBUTES & set(token.attrs):
            words, at = str(token.attrs[name]), self._at
            self.apart.append(passage([(words, self._line(words))]))
            self._at = at  # the title of a link stands behind its text

    def _role(self, name: str, content: str, line: int) -> None:
        if name in exemptions.VALUES:
            self.text.append((VALUE, line))
        elif name in exemptions.CODE_ROLES:
            self.text.append((GAP, line))
        elif name in exemptions.KEYS:
            self.text.append((title_of(content), line))
        elif name == "math":
            self._apart(passage([(content, line)], "formula"))
        else:
            self.text.append((content, line))

    def _apart(self, found: Passage) -> None:
        self.apart.append(found)
        self.text.append((GAP, found.line(0)))

    def _line(self, content: str) -> int:
        """Return the line of the next place where the content stands in the source."""
        found = self._source.find(content, self._at) if content else -1
        if found >= 0:
            line = self._first + self._source.count("\n", 0, found)
            self._at = found + len(content)
            return line
        # Escapes and entities stand there in another form, on the line come to.
        return self._first + self._source.count("\n", 0, self._at)
