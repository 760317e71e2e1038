"""CSV and Excel workbooks."""

from __future__ import annotations

import csv
import io
import zipfile

from lxml import etree

from smdi.publishing.gate.content import Content, Table, Text
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.codings import unpacked

# Parts of a workbook that fetch, run or say who made it.
_LIVE_PARTS = ("vbaProject", "externalLinks/", "connections.xml", "activeX/", "embeddings/")


def read_csv(file: File) -> Content:
    """Read a CSV file with its header."""
    text = file.content.decode("utf-8-sig")
    columns, *rows = csv.reader(io.StringIO(text)) if text.strip() else [[]]
    return Content(texts=[Text("", text, "spoken")], tables=[Table("", tuple(columns), rows)])


def read_workbook(file: File) -> Content:
    """Read a workbook: the texts of all its parts, its sheets, and what in it is live."""
    content = Content()
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        shared: list[str] = []
        names = archive.namelist()
        for name in sorted(names, key=lambda name: "sharedStrings" not in name):
            data = archive.read(name)
            if any(live in name for live in _LIVE_PARTS):
                content.findings.append(Finding(file.name, name, "a live part", "it runs, fetches"))
            if not name.endswith((".xml", ".rels")):
                content.texts += [Text(name, text, "bytes") for text in unpacked(data)]
                continue
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
            content.texts.append(Text(name, "\n".join(root.itertext()), "spoken"))
            if name.endswith(".rels"):
                for relation in root:
                    relation.attrib.pop("Type", None)  # a name, which nothing fetches
            content.trees.append((name, root))
            if "sharedStrings" in name:
                shared = ["".join(found.itertext("{*}t")) for found in root.iter("{*}si")]
            for found in root.iter("{*}f"):
                how = "a formula is computed where it is opened"
                content.findings.append(Finding(file.name, name, f"={found.text}", how))
            if "worksheets/" in name:
                content.tables.append(Table(name, (), _cells(root, shared)))
    return content


def _cells(sheet: etree._Element, shared: list[str]) -> list[list[str]]:
    rows = []
    for row in sheet.iter("{*}row"):
        cells = []
        for cell in row.iter("{*}c"):
            value = "".join(cell.itertext("{*}v", "{*}t"))
            cells.append(shared[int(value)] if cell.get("t") == "s" and value else value)
        rows.append(cells)
    return rows
