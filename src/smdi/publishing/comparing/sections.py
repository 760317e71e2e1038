"""The sections of a page of consequences as HTML.

The same sections make the page of a rerun and what `smdi.rerun` shows in JupyterLab; they differ in
how a drawing is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from smdi.published.vocabulary import measure_name
from smdi.report.charts.labels import measure_label
from smdi.report.exhibits import exhibit_number
from smdi.report.text.language import name_of, words
from smdi.report.values import amount
from smdi.workflow.differences.consequences import About, Consequences
from smdi.workflow.differences.exhibits import RANK, ExhibitChange, RankChange
from smdi.workflow.differences.run import Shown
from smdi.workflow.differences.sentences import SentenceChange
from smdi.workflow.differences.values import ValueChange

TEMPLATE = Path(__file__).with_name("sections.html.jinja")
STYLE = Path(__file__).with_name("sections.css")
ROWS, PLACES = 12, 40
NAMES = ("about", "summary", "values", "sentences", "ranks", "exhibits")
Side = Literal["old", "new"]
# Returns the HTML of a chart or map.
Drawer = Callable[[Shown, Side], str]


@dataclass(frozen=True)
class Section:
    """A section: its heading ('' for none) and its HTML."""

    name: str
    heading: str
    html: str


def sections(found: Consequences, draw: Drawer) -> list[Section]:
    """Return the sections in the order of a page."""
    say = words().consequences
    made = _page(found, draw)
    template = _template().make_module({"say": say, "book": words().book})
    headings = {name: getattr(say, name) for name in NAMES[1:]}
    html = {name: str(getattr(template, name)(made)) for name in NAMES[1:]}
    return [
        Section("about", "", about_html(found.about)),
        *(Section(name, headings[name], html[name]) for name in NAMES[1:]),
    ]


def about_html(about: About) -> str:
    """Return what stands on top of each page: scope, parameters, fingerprints, cautions."""
    say = words().consequences
    template: Any = _template().make_module({"say": say, "book": words().book})
    cautions = [say.cautions[name] for name in about.cautions]
    return str(template.about(facts_of(about), cautions))


def facts_of(about: About) -> list[tuple[str, str]]:
    """Return what was compared with what, as name and text."""
    say, book = words().consequences.about, words().book
    given = {
        name: value for name, value in about.parameters.items() if value != "" and name != "edition"
    }
    parameters = "，".join(f"{name}={value}" for name, value in given.items())
    nature = book.simulated if about.simulated else book.imported
    return [
        (say.scope, name_of(about.scope)),
        (say.parameters, parameters),
        (say.edition, about.edition),
        (say.release, about.release),
        (say.data, about.data),
        (say.code, about.code),
        (say.nature, nature),
    ]


def _page(found: Consequences, draw: Drawer) -> dict[str, Any]:
    say = words().consequences
    counts = found.counts
    return {
        "moved": any(counts[name] for name in ("values", "sentences", "exhibits")),
        "counts": say.counts(**counts),
        "first_sentences": found.first_sentences,
        "first_values": found.first_values,
        "titled": len(found.chapters) > 1,
        "values": _by_chapter(found.values, found.chapters),
        "sentences": _by_chapter(found.sentences, found.chapters),
        "ranks": [_rank(rank) for rank in found.ranks[:PLACES]],
        "more_ranks": _more(len(found.ranks) - PLACES),
        "exhibits": [_exhibit(change, draw) for change in found.exhibits],
    }


def _by_chapter(
    changes: Iterable[ValueChange | SentenceChange], titles: Mapping[str, str]
) -> list[tuple[str, list[Any]]]:
    order = list(titles)
    ordered = sorted(changes, key=lambda change: order.index(change.chapter))
    groups = groupby(ordered, key=lambda change: change.chapter)
    return [(titles[name], list(group)) for name, group in groups]


def _rank(rank: RankChange) -> dict[str, object]:
    say = words().consequences
    if rank.old is None or rank.new is None:
        moved = say.unmoved
    else:
        moved = (say.moved_up if rank.moved < 0 else say.moved_down)(number=abs(rank.moved))

    def place(number: int | None) -> str:
        return say.absent if number is None else say.place(number=number)

    return {
        "group": name_of(rank.group),
        "exhibit": exhibit_number(rank.exhibit),
        "year": rank.year,
        "old": place(rank.old),
        "new": place(rank.new),
        "moved": moved,
    }


def _exhibit(change: ExhibitChange, draw: Drawer) -> dict[str, Any]:
    say = words().consequences
    shown = change.shown
    rows = change.rows[change.rows["measure"] != RANK]
    first = rows.assign(size=rows["difference"].abs()).sort_values("size", ascending=False)[:ROWS]
    both: list[tuple[Side, str, Shown | None]] = [
        ("old", say.old, change.old),
        ("new", say.new, change.new),
    ]
    sides = [
        {
            "name": f"{name}　{one.content['title']}",
            "simulated": one.content["simulated"] != "none",
            "html": Markup(_drawn(one, side, other, draw)),
        }
        for (side, name, one), (_, _, other) in zip(both, reversed(both), strict=True)
        if one is not None
    ]
    if len(sides) == 1:
        sides[0]["name"] = say.only_old if change.new is None else say.only_new
    return {
        "name": change.name,
        "number": shown.number,
        "title": shown.content["title"],
        "sides": sides,
        "rows": [shown_row(row) for row in first.to_dict("records")],
        "more": _more(len(rows) - ROWS),
    }


def rows_html(rows: list[dict[str, object]], old: str, new: str) -> str:
    """Return a table of values of two editions, see `shown_row`."""
    template: Any = _template().make_module({"say": words().consequences, "book": words().book})
    return str(template.rows(rows, old, new))


def shown_row(row: dict[Any, Any]) -> dict[str, object]:
    """Return a row of two values as it is shown: texts in place of numbers, names of measures."""
    texts = dict.fromkeys(("old", "new", "difference", "error"), words().consequences.absent)
    units = {"old": row["unit"], "new": row["unit"], "difference": row["difference_unit"]}
    units["error"] = row["difference_unit"]
    for name, unit in units.items():
        if name in row and not pd.isna(row[name]):
            digits = 0 if float(row[name]).is_integer() and row["unit"] != "%" else 1
            texts[name] = amount(row[name], unit, digits).replace("-", "−")
    if not pd.isna(row["difference"]) and row["difference"] > 0:
        texts["difference"] = f"+{texts['difference']}"
    names = {"measure": _label(row["measure"]), "group": name_of(str(row["group"]))}
    if "exhibit" in row:
        names["exhibit"] = exhibit_number(row["exhibit"])
    return {**row, **names, **texts}


def _label(measure: str) -> str:
    try:
        return measure_label(measure)
    except KeyError:
        return measure_name(measure)


def _drawn(shown: Shown, side: Side, other: Shown | None, draw: Drawer) -> str:
    if shown.content["kind"] != "table":
        return draw(shown, side)
    return _table(shown.content["table"], other.content["table"] if other else None)


def _table(table: Mapping[str, Any], other: Mapping[str, Any] | None) -> str:
    """Return a table; a cell that the other run's row of the same name has otherwise is marked."""
    known = {_name_of_row(row, other): row for row in other["rows"]} if other else {}
    head = "".join(f"<th>{escape(column['name'])}</th>" for column in table["columns"])
    body = []
    for row in table["rows"]:
        beside = known.get(_name_of_row(row, table), row)
        cells = [
            f"<mark>{escape(cell)}</mark>" if cell not in beside[at : at + 1] else escape(cell)
            for at, cell in enumerate(row)
        ]
        body.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return (
        f'<div class="compared-scroll"><table class="compared-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _name_of_row(row: list[str], table: Mapping[str, Any]) -> tuple[str, ...]:
    """Return all words of a row: of several rows of a group none has a name by one of them."""
    columns = zip(row, table["columns"], strict=True)
    return tuple(cell for cell, column in columns if column["align"] != "right")


def _more(number: int) -> str:
    return words().consequences.more(number=number) if number > 0 else ""


@cache
def _template() -> Any:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(TEMPLATE.read_text("utf-8"))
