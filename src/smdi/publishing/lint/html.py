"""The words of HTML: text and the attributes that are shown or read aloud."""

from __future__ import annotations

from html.parser import HTMLParser

from smdi.publishing.lint.exemptions import HTML_CODE, PRINTED_ATTRIBUTES
from smdi.publishing.lint.passages import Passage, passage


class _Reader(HTMLParser):
    """Collects text and printed attributes, each with the line it begins on."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self.text: list[tuple[str, int]] = []
        self.attributes: list[Passage] = []
        self._before = first - 1
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in HTML_CODE
        line = self._before + self.getpos()[0]
        for name, value in attrs:
            if name in PRINTED_ATTRIBUTES and value:
                self.attributes.append(passage([(value, line)]))

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in HTML_CODE

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.text.append((data, self._before + self.getpos()[0]))


def html_passages(content: str, first: int) -> list[Passage]:
    """Return the words of HTML that begins on line `first`; comments are none."""
    reader = _Reader(first)
    reader.feed(content)
    reader.close()
    return [passage(reader.text), *reader.attributes]
