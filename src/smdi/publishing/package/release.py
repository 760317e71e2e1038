"""The data of an assembled book: what readers learn of each exhibit, and the package's files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from smdi.edition import Edition
from smdi.files import json_bytes
from smdi.publishing.package.citing import Source
from smdi.publishing.package.making import DESCRIPTOR, package, place_of, whole_name
from smdi.publishing.package.numbering import in_order, own_numbers
from smdi.publishing.package.passport import passport, showing_cell
from smdi.publishing.package.tables import COLUMNS, DataTable, data_table, tidy_rows
from smdi.report.text.language import words
from smdi.workflow.manifest import fingerprint

EXHIBITS, PUBLIC, LIST = "exhibits", "extra/data", "data.json"
# What of a row a reader sees under a chart, where it is not the same in all rows.
VIEWED = ("measure", "group", "year", "value", "unit", "rank", "base", "status")
ALWAYS = ("value", "unit", "status")


def with_data(
    wanted: Mapping[str, bytes], pages: Mapping[str, str], edition: Edition, title: str
) -> dict[str, bytes]:
    """Return the files of a book with the reader's data of its exhibits.

    `wanted` holds `exhibits/<id>.json` and `.csv`, and the notebooks; `pages` says in which chapter
    each exhibit was made, chapters in the order of the book. Added are the files of `extra/data`,
    what each exhibit says of its data, and `data.json`, which lists all.
    """
    made = dict(wanted)
    tables = []
    texts = (_text(wanted[f"{page}.ipynb"]) for page in dict.fromkeys(pages.values()))
    ordered = [name for name in in_order(texts) if name in pages]
    ordered += sorted(set(pages) - set(ordered))  # on a page that is no chapter
    numbers = own_numbers(ordered)
    for name in ordered:
        described = json.loads(wanted[f"{EXHIBITS}/{name}.json"]) | {"page": pages[name]}
        described["number"] = numbers.get(name, described["number"])
        content = wanted[f"{EXHIBITS}/{name}.csv"]
        tidy = tidy_rows(content)
        table = data_table(described, tidy, edition.id)
        mark = sha256(content).hexdigest()
        cells = _code(wanted[f"{pages[name]}.ipynb"])
        described |= _for_readers(table, Source.of(edition, title, mark))
        made_in = passport(tidy, pages[name], showing_cell(cells, name), mark)
        described["passport"] = [list(line) for line in made_in] if table.rows else []
        made[f"{EXHIBITS}/{name}.json"] = json_bytes(described)
        tables.append(DataTable(name, described, table.rows))
    data = {name: content for name, content in wanted.items() if name.endswith(".csv")}
    mark = fingerprint({name: sha256(content).hexdigest() for name, content in data.items()})
    source = Source.of(edition, title, mark)
    for name, content in package(tables, source).items():
        made[f"{PUBLIC}/{name}"] = content
    made[LIST] = json_bytes(_list(tables, source))
    return made


def _for_readers(table: DataTable, source: Source) -> dict[str, Any]:
    place = place_of(table.described)
    return {
        "data": [f"{table.name}.csv", f"{table.name}.xlsx"] if table.rows else [],
        "view": view_of(table) if table.described["kind"] != "table" else None,
        "permalink": source.permalink(place),
        "reference": source.line(table.title, place),
        "bibtex": source.bibtex(table.title, place, table.name),
    }


def view_of(table: DataTable) -> dict[str, Any]:
    """Return heads and rows of what a reader sees under a chart, and what is the same in all."""
    found = {name: {row[at] for row in table.rows} for at, name in enumerate(COLUMNS)}
    kept = [
        at
        for at, name in enumerate(COLUMNS)
        if name in VIEWED and (name in ALWAYS or len(found[name]) > 1)
    ]
    return {
        "heads": [words().package.columns[COLUMNS[at]] for at in kept],
        "columns": [COLUMNS[at] for at in kept],
        "same": {name: min(values) for name, values in found.items() if len(values) == 1},
        "numeric": [COLUMNS[at] in ("year", "value", "rank", "base") for at in kept],
        "rows": [[row[at] for at in kept] for row in table.rows],
    }


def _list(tables: list[DataTable], source: Source) -> dict[str, Any]:
    whole = whole_name(source)
    return {
        "whole": [f"{whole}.xlsx", f"{whole}.zip", DESCRIPTOR],
        "fingerprint": source.fingerprint,
        "reference": source.line(),
        "bibtex": source.bibtex(),
        "source": {
            "title": source.title,
            "publisher": source.publisher,
            "contact": source.contact,
            "edition": source.edition,
            "dated": source.dated.isoformat(),
            "address": source.address,
        },
        "exhibits": [
            {
                "id": table.name,
                "number": table.described["number"],
                "title": table.described["title"],
                "place": place_of(table.described),
                "files": table.described["data"],
            }
            for table in tables
            if table.rows
        ],
    }


def _code(notebook: bytes) -> list[str]:
    """Return the cells of code of a notebook."""
    return _cells(notebook, "code")


def _text(notebook: bytes) -> str:
    return "\n\n".join(_cells(notebook, "markdown"))


def _cells(notebook: bytes, kind: str) -> list[str]:
    cells = json.loads(notebook)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]
