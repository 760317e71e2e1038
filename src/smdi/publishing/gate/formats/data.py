"""JSON, notebooks, the inventory of names and plain text."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from smdi.publishing.gate.content import DRAWN, Content, Table, Text, tables_in
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.formats.markup import html_content, svg_content
from smdi.publishing.gate.release import File

_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_VEGA = "https://vega.github.io/schema/"
# What a notebook may say of itself.
_OF_NOTEBOOKS = frozenset({"jupytext", "kernelspec", "language_info"})
# What runs in a reader's notebook when it is opened.
_LIVE = ("application/javascript", "application/vnd.jupyter.widget", "application/vnd.bokehjs")


def read_text(file: File) -> Content:
    """Read a text as it is, and the rows of numbers in it."""
    text = file.content.decode("utf-8")
    tables = [] if file.suffix == ".js" else list(_printed_rows(text, ""))
    return Content(
        texts=[Text("", text, "spoken" if file.suffix == ".md" else "code")], tables=tables
    )


def read_json(file: File) -> Content:
    """Read JSON: its text, its strings as they are meant, and its lists of records."""
    text = file.content.decode("utf-8")
    node = json.loads(text)
    content = Content(texts=[Text("", text), Text("", "\n".join(_strings(node)), "spoken")])
    content.add(_fields(node, ""))
    if _VEGA in text or file.name.endswith(".vl.json"):
        content.specs.append(("", node))
    return content


def read_inventory(file: File) -> Content:
    """Read Sphinx's list of names: four lines of text, the rest compressed."""
    *head, body = file.content.split(b"\n", 4)
    return Content(texts=[Text("", b"\n".join([*head, zlib.decompress(body)]).decode("utf-8"))])


def read_notebook(file: File) -> Content:
    """Read a notebook: sources, every form of every output, and what it says of itself."""
    text = file.content.decode("utf-8")
    node = json.loads(text)
    content = Content(texts=[Text("", text), Text("notebook", _joined(node.get("metadata", {})))])
    for key in sorted(node.get("metadata", {}).keys() - _OF_NOTEBOOKS):
        content.findings.append(Finding(file.name, "metadata", key, "a notebook needs none"))
    for position, cell in enumerate(node["cells"], start=1):
        place = f"cell {position}"
        source = "".join(cell.get("source", ""))
        content.texts += [
            Text(place, source, "spoken"),
            Text(place, _joined(cell.get("metadata", {}))),
        ]
        content.tables += _printed_rows(source, place)
        for name, attached in cell.get("attachments", {}).items():
            content.add(_bundle(attached, f"{place} {name}", file))
        for output in cell.get("outputs", ()):
            printed = "".join(output.get("text", "")) + "\n".join(output.get("traceback", ()))
            content.texts.append(Text(place, printed, "spoken"))
            content.tables += _printed_rows(printed, place)
            content.add(_bundle(output.get("data", {}), place, file))
    return content


def _bundle(data: Mapping[str, Any], place: str, file: File) -> Content:
    """Read the forms of one output or attachment by their types."""
    content = Content()
    for kind, value in data.items():
        given = "".join(value) if isinstance(value, list) else value
        if kind.startswith(_LIVE):
            content.findings.append(Finding(file.name, place, f"an output {kind}", "it runs"))
        if kind == "text/html":
            content.add(html_content(given, place))
        elif kind == "image/svg+xml":
            content.add(svg_content(given, place))
        elif kind.startswith("image/"):
            content.findings.append(picture(file.name, place, kind))
            content.texts.append(Text(place, base64.b64decode(given).decode("latin-1"), "bytes"))
        elif isinstance(given, str):
            content.texts.append(Text(place, given, "spoken"))
            content.tables += _printed_rows(given, place)
        else:
            content.texts.append(Text(place, _joined(given)))
            content.add(_fields(given, place))
            if "vega" in kind:
                content.specs.append((place, given))
    return content


def picture(file: str, place: str, kind: str) -> Finding:
    """Return the finding of a picture made of dots."""
    return Finding(file, place, f"a picture {kind}", "nobody can look up what is drawn in it")


def _fields(node: object, place: str) -> Content:
    """Return the tables of what was read from JSON, and its values without names between them.

    What is parted over several fields stands in one piece there, or in the cells of one row.
    """
    content = Content([Text(place, "".join(_strings(node, keys=False)), "bytes")])
    content.tables += tables_in(node, place)
    if isinstance(node, Mapping):
        scalars = [str(v) for v in node.values() if not isinstance(v, Mapping | list)]
        content.tables.append(Table(place, (), [scalars]))
    return content


def _joined(node: object) -> str:
    return "\n".join(_strings(node))


def _strings(node: object, *, keys: bool = True) -> list[str]:
    """List all texts and numbers in what was read from JSON, and the keys before their values."""
    found: list[str] = []
    _add_strings(found, node, keys)
    return found


def _add_strings(found: list[str], node: object, keys: bool) -> None:
    # JSON has no mapping but this: to ask for any takes longer than all else.
    if isinstance(node, dict):
        for key, value in node.items():
            if keys:
                found.append(str(key))
            if key not in DRAWN:
                _add_strings(found, value, keys)
    elif isinstance(node, list):
        for value in node:
            _add_strings(found, value, keys)
    elif node is not None and not isinstance(node, bool):
        found.append(str(node))


def _printed_rows(text: str, place: str) -> Iterator[Table]:
    """Yield the numbers of lines as rows: a frame that was printed is a table too."""
    rows = [numbers for line in text.splitlines() if len(numbers := _NUMBER.findall(line)) > 1]
    if rows:
        yield Table(place, (), rows)
