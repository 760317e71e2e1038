"""HTML, SVG and CSS."""

from __future__ import annotations

import base64
import binascii
import json
import re
from urllib.parse import unquote_to_bytes

from lxml import etree

from smdi.publishing.gate.content import Content, Table, Text, tables_in
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.codings import unpacked

# Numbers of a drawing; no word stands in them.
_DRAWN = frozenset({"d", "transform", "points", "viewBox", "clip-path", "fill", "stroke", "style"})
_DATA_ADDRESS = re.compile(r"data:([\w/+.-]*)(?:;[\w=-]+)*?(;base64)?,([^\"')\s]*)")
# What brings another file into an XML file.
_DECLARED = re.compile(r"<\?xml-stylesheet|<!DOCTYPE|<!ENTITY")
_SPEC = "exhibit-spec"


def read_html(file: File) -> Content:
    """Read a page: its own text, what is shown, its scripts' data and its tables."""
    return html_content(file.content.decode("utf-8"), "")


def read_svg(file: File) -> Content:
    """Read a drawing."""
    return svg_content(file.content.decode("utf-8"), "")


def read_style(file: File) -> Content:
    """Read a style sheet."""
    text = Text("", file.content.decode("utf-8"))
    return Content(texts=[text], styles=[text])


def html_content(text: str, place: str) -> Content:
    """Return what a page, or a piece of one, holds."""
    content = Content(texts=[Text(place, text)])
    # As plain elements: lxml.html would look for a class of each in Python.
    root = etree.HTML(text) if text.strip() else None
    if root is None:
        return content
    content.trees.append((place, root))
    content.texts += _texts(root, place)
    for element in root.iter("script", "style", "table"):
        if element.tag == "table":
            content.tables.append(_table(element, place))
        elif element.tag == "style":
            content.styles.append(Text(place, element.text or ""))
        elif element.get("type") == "application/json":
            spec = json.loads(element.text or "null")
            content.tables += tables_in(spec, place)
            content.texts.append(Text(place, json.dumps(spec, ensure_ascii=False)))
            if _SPEC in (element.get("class") or ""):
                content.specs.append((place, spec))
    content.add(_embedded(text, place))
    return content


def svg_content(text: str, place: str) -> Content:
    """Return what a drawing holds."""
    content = Content(texts=[Text(place, text)])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(text.encode(), parser)
    content.findings += [
        Finding("", place, found, "a drawing needs none") for found in _DECLARED.findall(text)
    ]
    content.trees.append((place, root))
    content.texts += _texts(root, place)
    content.styles += [Text(place, found.text or "") for found in root.iter("{*}style")]
    content.add(_embedded(text, place))
    return content


def _texts(root: etree._Element, place: str) -> list[Text]:
    """Return the shown text by pieces and in one, so that no tag parts a word, and attributes."""
    pieces = list(root.itertext(etree.Element, with_tail=True))
    found = [Text(place, "\n".join(pieces), "spoken"), Text(place, "".join(pieces), "bytes")]
    values = [
        value
        for element in root.iter(etree.Element)
        for name, value in element.items()
        if name not in _DRAWN
    ]
    found.append(Text(place, "\n".join(values), "spoken"))
    return found


def _table(table: etree._Element, place: str) -> Table:
    """Read a table; a cell that reaches over rows or columns stands in each of them."""
    rows: list[list[str]] = []
    above: dict[int, tuple[str, int]] = {}
    for row in table.iter("tr"):
        rows.append([])
        for cell in [*row.iter("td", "th"), None]:
            while above.get(len(rows[-1]), ("", 0))[1]:
                text, left = above[len(rows[-1])]
                above[len(rows[-1])] = text, left - 1
                rows[-1].append(text)
            if cell is not None:
                text = " ".join("".join(cell.itertext()).split())
                for _ in range(_span(cell, "colspan")):
                    above[len(rows[-1])] = text, _span(cell, "rowspan") - 1
                    rows[-1].append(text)
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    return Table(place, tuple(head), body)


def _span(cell: etree._Element, name: str) -> int:
    """Return over how many rows or columns a cell reaches; a thousand, as browsers have it."""
    found = cell.get(name, "")
    return min(max(int(found), 1), 1000) if found.isdecimal() else 1


def _embedded(text: str, place: str) -> Content:
    """Read what addresses of data hold: text of SVG or other, in base64 or as it is."""
    content = Content()
    for kind, coded, given in _DATA_ADDRESS.findall(text):
        try:
            data = base64.b64decode(given) if coded else unquote_to_bytes(given)
        except (binascii.Error, ValueError):
            data = given.encode()
        inner = data.decode("utf-8", "replace")
        where = f"{place} data:{kind}".strip()
        if "svg" in kind:
            content.add(svg_content(inner, where))
        else:
            content.texts.append(Text(where, inner))
            content.texts += [Text(where, packed, "bytes") for packed in unpacked(data)]
    return content
