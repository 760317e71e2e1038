"""All files of a release's data, by their names in the site's folder `data`.

<id>.csv <id>.xlsx         the data of an exhibit
datapackage.json           what they hold, with the codebook
<edition>.xlsx             all exhibits in one workbook
<edition>.zip              all of it in one file
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date

from smdi.files import json_bytes
from smdi.publishing.package.citing import Source
from smdi.publishing.package.descriptor import codebook, descriptor
from smdi.publishing.package.tables import COLUMNS, DataTable, heads
from smdi.publishing.package.workbook import workbook
from smdi.report.text.language import words

DESCRIPTOR = "datapackage.json"


def package(tables: Iterable[DataTable], source: Source) -> dict[str, bytes]:
    """Return the files; the same tables and source give the same bytes."""
    given = [table for table in tables if table.rows]
    files: dict[str, bytes] = {}
    for table in given:
        files[f"{table.name}.csv"] = table.csv()
    files[DESCRIPTOR] = json_bytes(descriptor(source, given))
    everything = [*_about(source), *_meanings(), *_measures(given)]
    files[f"{whole_name(source)}.xlsx"] = workbook(everything, given, source.dated)
    text = "\n".join(f"{name}：{said}" for name, said in _about(source)) + "\n"
    zipped = archive({**files, "README.txt": text.encode()}, source.dated)
    for table in given:
        notes = [*_about(source, table), *_meanings()]
        files[f"{table.name}.xlsx"] = workbook(notes, [table], source.dated)
    return {**files, f"{whole_name(source)}.zip": zipped}


def whole_name(source: Source) -> str:
    """Return the name of the files that hold all of a release."""
    return f"smdi-{source.edition}"


def archive(files: Mapping[str, bytes], made: date) -> bytes:
    """Return a ZIP archive whose members bear one date, in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archived.writestr(info, content)
    return out.getvalue()


def _about(source: Source, table: DataTable | None = None) -> list[tuple[str, str]]:
    say, what, place = words().package, "", ""
    lines = []
    if table is not None:
        what, place = table.title, place_of(table.described)
        lines = [(say.label_exhibit, what), (say.label_note, str(table.described["note"]))]
    return [
        *lines,
        (say.label_title, source.title),
        (say.label_edition, source.edition),
        (say.label_dated, source.dated.isoformat()),
        (say.label_fingerprint, source.fingerprint),
        (say.label_permalink, source.permalink(place)),
        (say.label_citation, source.line(what, place)),
        (say.label_licence, say.data_licence),
        (say.label_statuses, say.statuses_note),
    ]


def place_of(described: Mapping[str, object]) -> str:
    """Return where an exhibit stands in the site: its page, and its anchor there."""
    return f"{described['page']}.html#{described['id']}" if described.get("page") else ""


def _meanings() -> list[tuple[str, str]]:
    meanings = words().package.meanings
    return list(zip(heads(), (meanings[name] for name in COLUMNS), strict=True))


def _measures(tables: list[DataTable]) -> list[tuple[str, str]]:
    with_unit = words().charts.with_unit
    return [
        (entry["code"], with_unit(name=entry["name"], unit=entry["unit"] or "—"))
        for entry in codebook(tables)
    ]
