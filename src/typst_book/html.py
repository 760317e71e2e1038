"""The HTML that can be printed: tags that Markdown knows, and tables as data frames write them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from docutils import nodes

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-z]+)\s*>", re.IGNORECASE)
CHECKBOX = re.compile(r"<input\b[^>]*type=\"checkbox\"[^>]*>", re.IGNORECASE)
IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
# Tags in pairs, and the functions of the template that do the same.
PAIRS = {
    "s": "strike",
    "del": "strike",
    "u": "underline",
    "ins": "underline",
    "sub": "sub",
    "sup": "super",
    "b": "strong",
    "strong": "strong",
    "i": "emph",
    "em": "emph",
    "mark": "highlight",
    "small": "small",
}
INSTEAD = "write it in Markdown, or put it into an {only} block for html"
_SILENT = {"style", "script"}


def what_cannot_be_printed(html: str) -> str:
    """Return the first tag of some HTML that has no print form, nothing when all of it has one."""
    html = COMMENT.sub("", html).strip()
    tag = TAG.fullmatch(html)
    if not html or BREAK.fullmatch(html) or CHECKBOX.fullmatch(html) or IMAGE.fullmatch(html):
        return ""
    if (tag and tag[2].lower() in PAIRS) or table_node(html):
        return ""
    found = re.search(r"</?[a-z!][\w-]*", html, re.IGNORECASE)
    return f"{found[0]}>" if found else html[:20]


class _Reader(HTMLParser):
    """Rows of the one table; `foreign` is set by anything that stands outside of it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[bool, list[nodes.entry]]] = []
        self.caption = ""
        self.tables = 0
        self.foreign = False
        self._inside: list[str] = []
        self._in_head = False
        self._seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._seen.add(tag)
        if tag == "table":
            self.tables += 1
        elif tag in ("thead", "tbody"):
            self._in_head = tag == "thead"
        elif tag == "tr":
            # Without a thead, rows of heads alone at the top are the head.
            above = all(head for head, _ in self.rows)
            self.rows.append((self._in_head or (above and "thead" not in self._seen), []))
        elif tag in ("td", "th") and self.rows:
            if tag == "td":
                self.rows[-1] = (self._in_head, self.rows[-1][1])
            entry = nodes.entry("", nodes.paragraph())
            for key, name in (("colspan", "morecols"), ("rowspan", "morerows")):
                if (span := int(given.get(key) or 1)) != 1:
                    entry[name] = span - 1
            self.rows[-1][1].append(entry)
        elif tag == "br":
            self._add("\n")  # lines join as those of a paragraph do
            return
        elif tag not in ("div", "caption", "span", "p", *_SILENT):
            self.foreign = True
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = False
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not data.strip() or _SILENT & set(self._inside):
            return
        if "caption" in self._inside:
            self.caption += data
        elif {"td", "th"} & set(self._inside):
            self._add(data)
        elif "p" not in self._inside:
            # A long frame says in a paragraph below how many rows it has.
            self.foreign = True

    def _add(self, words: str) -> None:
        """Write words into the cell that is read, if any."""
        if {"td", "th"} & set(self._inside):
            self.rows[-1][1][-1].children[0].append(nodes.Text(words))  # type: ignore[attr-defined]


def table_node(html: str) -> nodes.table | None:
    """Return the table that some HTML consists of, None when it is anything else."""
    reader = _Reader()
    reader.feed(html)
    if reader.tables != 1 or reader.foreign or not reader.rows:
        return None
    width = sum(entry.get("morecols", 0) + 1 for entry in reader.rows[0][1])
    group = nodes.tgroup(cols=width)
    group += [nodes.colspec(colwidth=1) for _ in range(width)]
    for part, is_head in ((nodes.thead(), True), (nodes.tbody(), False)):
        rows = [nodes.row("", *entries) for head, entries in reader.rows if head is is_head]
        if rows:
            part.extend(rows)
            group.append(part)
    table = nodes.table()
    if reader.caption.strip():
        table += nodes.title("", reader.caption.strip())
    table += group
    return table
