"""How each kind of file is read; one that is not here cannot be looked through, and is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from smdi.publishing.gate.content import Content, Text
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.formats import binary, data, font, markup, pdf, png, sheets
from smdi.publishing.gate.release import File

READERS: dict[str, Callable[[File], Content]] = {
    ".html": markup.read_html,
    ".svg": markup.read_svg,
    ".css": markup.read_style,
    ".json": data.read_json,
    ".ipynb": data.read_notebook,
    ".inv": data.read_inventory,
    ".csv": sheets.read_csv,
    ".xlsx": sheets.read_workbook,
    ".pdf": pdf.read,
    ".png": binary.read_png,
    ".woff": font.read,
    ".zip": lambda file: binary.read_archive(file, read),
    **dict.fromkeys((".js", ".md", ".txt", ".yml", ".bib", ".typ"), data.read_text),
}


# What packages bring along, by how each kind begins; others are text.
_BEGINNINGS = {
    ".woff2": (b"wOF2",),
    ".ttf": (b"\x00\x01\x00\x00", b"true"),
    ".png": (b"\x89PNG",),
    ".mo": (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"),
    **dict.fromkeys((".css", ".js", ".map", ".html", ".svg", ".txt", ".po"), ()),
}


def _is_as_named(file: File) -> bool:
    """Tell whether a package's file is of a kind that packages bring, and begins as that does."""
    beginnings = _BEGINNINGS.get(file.suffix)
    if beginnings == ():
        return b"\0" not in file.content
    return beginnings is not None and file.content.startswith(beginnings)


def _of_package(file: File) -> Iterator[str]:
    """Yield what a package's file says: as it is, in the notes of a picture, and packed behind."""
    yield file.content.decode("utf-8", "replace")
    if file.suffix == ".png":
        yield from png.notes(file.content)


def read(file: File) -> Content:
    """Read a file of the release; what cannot be read is a finding of the content."""
    if file.of_package and _is_as_named(file):
        return Content(texts=[Text("", text, "bytes") for text in _of_package(file)])
    reader = READERS.get(file.suffix)
    if reader is None:
        how = f"a release holds {', '.join(READERS)} and what packages bring along"
        return Content(findings=[Finding(file.name, "", "a file that cannot be looked into", how)])
    try:
        return reader(file)
    except Exception as error:
        how = f"{type(error).__name__}: {error}"
        return Content(findings=[Finding(file.name, "", "a file that cannot be read", how)])
