"""`datapackage.json`: what the files hold, for programs (Frictionless Data Package, version 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smdi.publishing.package.citing import Source
from smdi.publishing.package.tables import COLUMNS, DataTable, quantity
from smdi.report.text.language import words

_TYPES = {"year": "integer", "value": "number", "rank": "integer", "base": "integer"}


def descriptor(source: Source, tables: Sequence[DataTable], folder: str = "") -> dict[str, Any]:
    """Return the descriptor of a release's data with its codebook; paths begin with `folder`."""
    say = words().package
    return {
        "profile": "tabular-data-package",
        "name": f"smdi-{source.edition}",
        "id": source.fingerprint,
        "title": source.title,
        "version": source.edition,
        "created": f"{source.dated.isoformat()}T00:00:00Z",
        "homepage": source.permalink(),
        "description": say.description,
        "licenses": [{"name": "other-open", "title": say.data_licence}],
        "sources": [{"title": source.line()}],
        "contributors": [{"title": source.publisher, "role": "publisher"}],
        "codebook": codebook(tables),
        "resources": [_resource(table, folder) for table in tables],
    }


def codebook(tables: Sequence[DataTable]) -> list[dict[str, str]]:
    """Return code, name and unit of each measure, in the order of their first use."""
    at, unit = COLUMNS.index("code"), COLUMNS.index("unit")
    found = dict.fromkeys((row[at], row[unit]) for table in tables for row in table.rows)
    return [{"code": code, "name": quantity(code), "unit": own} for code, own in found]


def _resource(table: DataTable, folder: str) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{folder}{table.name}.csv",
        "title": table.title,
        "description": str(table.described["note"]),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(name) for name in COLUMNS], "missingValues": [""]},
    }


def _field(name: str) -> dict[str, Any]:
    say = words().package
    made: dict[str, Any] = {
        "name": say.columns[name],
        "type": _TYPES.get(name, "string"),
        "description": say.meanings[name],
    }
    if name in ("status", "base_status"):
        made["constraints"] = {"enum": ["", *words().exhibits.statuses.values()]}
    return made
