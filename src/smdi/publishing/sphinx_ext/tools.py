"""What stands under an exhibit on the site: its data, its picture, how to cite it, how it was made.

Each is a `details` of its own, so that it opens without script and by the keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from smdi.report.text.language import words

# Most rows of a table view; the rest is in the files.
MOST_ROWS = 60


def tools_html(exhibit: Mapping[str, Any], root: str) -> str:
    """Return the block; `root` leads from the page to the site's root.

    An exhibit of a rerun has its data in one CSV file, and nothing to cite.
    """
    say, name = words().package, str(exhibit["id"])
    if "data" not in exhibit:
        csv = f"{root}exhibits/{exhibit['files']['csv']}"
        said = escape(words().book.download)
        return f'<p class="exhibit-data"><a href="{escape(csv)}" download>{said}</a></p>\n'
    panels = []
    if exhibit["data"]:
        links = [(_kind(file), f"{root}data/{file}") for file in exhibit["data"]]
        panels.append((say.panel_data, _links(links) + _view(exhibit)))
    if "svg" in exhibit["files"]:
        files = exhibit["files"]
        kinds = [kind for kind in ("svg", "png") if kind in files]
        links = [(kind.upper(), f"{root}exhibits/{files[kind]}") for kind in kinds]
        panels.append((say.panel_picture, _links(links)))
    # A profile is cited as a whole, and its exhibits have no passports.
    if "reference" in exhibit:
        panels.append((say.panel_cite, cited_html(exhibit)))
    if exhibit.get("passport"):
        panels.append((say.panel_made, _lines(exhibit["passport"])))
    inner = "".join(
        f'<details name="tools-{name}"><summary>{escape(title)}</summary>'
        f'<div class="exhibit-panel">{content}</div></details>\n'
        for title, content in panels
    )
    label = escape(f"{exhibit['number']} {exhibit['title']}", quote=True)
    return f'<div class="exhibit-tools" role="group" aria-label="{label}">\n{inner}</div>\n'


def cited_html(cited: Mapping[str, Any]) -> str:
    """Return how something is cited: its reference and its entry of BibTeX."""
    line, entry = escape(cited["reference"]), escape(cited["bibtex"])
    return f'<p>{line}</p><pre tabindex="0">{entry}</pre>'


def _kind(file: str) -> str:
    return file.rpartition(".")[2].upper()


def _links(links: Iterable[tuple[str, str]]) -> str:
    made = (f'<a href="{escape(to)}" download>{escape(text)}</a>' for text, to in links)
    return f'<p class="exhibit-files">{" ".join(made)}</p>'


def _lines(lines: Sequence[Sequence[str]]) -> str:
    inner = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in lines)
    return f'<dl class="passport">{inner}</dl>'


def _view(exhibit: Mapping[str, Any]) -> str:
    """Return the values of a chart as a table, for those who do not see it or want the numbers."""
    view = exhibit.get("view")
    if not view:
        return ""
    numeric = view["numeric"]
    head = "".join(
        f'<th scope="col"{_class(number)}>{escape(text)}</th>'
        for text, number in zip(view["heads"], numeric, strict=True)
    )
    rows = "".join(f"<tr>{_cells(row, numeric)}</tr>" for row in view["rows"][:MOST_ROWS])
    title = escape(f"{exhibit['number']} {exhibit['title']}", quote=True)
    return (
        f'<div class="exhibit-view" tabindex="0" role="region" aria-label="{title}">'
        f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cells(row: Sequence[str], numeric: Sequence[bool]) -> str:
    first, *rest = zip(row, numeric, strict=True)
    cells = "".join(f"<td{_class(number)}>{escape(text)}</td>" for text, number in rest)
    return f'<th scope="row">{escape(first[0])}</th>{cells}'


def _class(number: bool) -> str:
    return ' class="num"' if number else ""
