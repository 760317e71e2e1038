"""What stands on the first page: tiles of values, a map that leads to provinces, the release.

:::{tiles}
label | key of the value | key of what is said below it | page
:::

:::{province-map} fig-01 fig-a1
:::

:::{release-links}
:::

:::{release-facts}
:::
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from smdi.publishing.leading_map import Region, leading_map
from smdi.publishing.sphinx_ext.data_list import list_for_page
from smdi.publishing.sphinx_ext.exhibit import FOLDER
from smdi.publishing.sphinx_ext.marks import SIMULATED
from smdi.publishing.sphinx_ext.numbers import is_said, value_nodes
from smdi.publishing.sphinx_ext.profiles import NAMES, pages_of
from smdi.report.maps.classes import classes_of
from smdi.report.text.language import name_of, words
from smdi.standards import provinces

# In the folder of a release, and as pages of every book.
REPORT, DATA, METHOD = "report.pdf", "data", "scoring"
_log = logging.getLogger(__name__)


class TilesDirective(SphinxDirective):
    """List the values that a reader wants first; one that cannot be said has no tile."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list; an unknown key is a warning that names page and line."""
        tiles = nodes.bullet_list(classes=["tiles"])
        for at, line in enumerate(self.content, self.content_offset + 1):
            label, key, below, page = (part.strip() for part in line.split("|"))
            try:
                if is_said(self.env, key):
                    tiles += self._tile(label, key, below, page)
            except KeyError as missing:
                place = (self.env.docname, at)
                _log.warning("unknown number: %s", missing.args[0], location=place, type="num")
        return [tiles] if len(tiles) else []

    def _tile(self, label: str, key: str, below: str, page: str) -> nodes.list_item:
        name: nodes.Element = nodes.inline("", label, classes=["tile-label"])
        if page in self.env.found_docs:
            told = {"refdoc": self.env.docname, "refdomain": "std", "reftype": "doc"}
            name = addnodes.pending_xref("", name, reftarget=f"/{page}", refexplicit=True, **told)
        value = nodes.inline("", "", *value_nodes(self.env, key), classes=["tile-value"])
        said = nodes.paragraph("", "", name, nodes.Text(" "), value)
        if below and is_said(self.env, below):
            note = nodes.inline("", "", *value_nodes(self.env, below), classes=["tile-note"])
            said += [nodes.Text(" "), note]
        return nodes.list_item("", said)


class ProvinceMapDirective(SphinxDirective):
    """Draw the provinces by the first of some exhibits, and say the values of all of them."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the map for the site alone; nothing where the exhibits are of one province."""
        self.env.note_dependency(str(Path(self.env.srcdir, NAMES)))
        views = [view for name in self.arguments[0].split() if (view := self._view(name))]
        codes = {name_of(str(name)): str(code) for code, name in provinces()["name_zh"].items()}
        values = [
            {codes[row["group"]]: row for row in view if row["group"] in codes} for view in views
        ]
        if not values or len(values[0]) < 2:
            return []
        html = self._html(values, {code: name for name, code in codes.items()})
        return [addnodes.only("", nodes.raw("", html, format="html"), expr="html")]

    def _view(self, name: str) -> list[dict[str, str]]:
        """Return the rows of an exhibit as a reader sees them, by the names of the columns."""
        path = Path(self.env.srcdir, FOLDER, f"{name}.json")
        self.env.note_dependency(str(path))
        if not path.is_file():
            return []
        view = json.loads(path.read_text("utf-8")).get("view")
        if not view:
            return []
        return [view["same"] | dict(zip(view["columns"], row, strict=True)) for row in view["rows"]]

    def _html(self, values: list[dict[str, dict[str, str]]], names: Mapping[str, str]) -> str:
        say, shades, pages = words().home, values[0], pages_of(self.env)
        classes = classes_of([float(row["value"]) for row in shades.values() if row["value"]])
        regions = {}
        for code, row in shades.items():
            look = f"c{classes.of(float(row['value']))}" if row["value"] else "withheld"
            amounts = "；".join(_said(table[code]) for table in values if code in table)
            said = say.known(name=names[code], values=amounts)
            regions[code] = Region(_page(names[code], pages), said, look, _is_simulated(row))
        first = next(iter(shades.values()))
        legend = [("withheld", words().charts.not_published)] if _some_withheld(shades) else []
        legend += [(f"c{at}", label) for at, label in enumerate(classes.labels)]
        if any(region.hatched for region in regions.values()):
            legend.append(("hatched", say.hatched))
        keys = "".join(f'<li class="{look}">{escape(text)}</li>' for look, text in legend)
        hint = escape(say.hint if pages.keys() & names.values() else say.hint_search)
        title = say.legend(measure=first["measure"], unit=first["unit"])
        return (
            f'<div class="leading-map-box">{leading_map(regions, say.map)}'
            f'<p class="map-said" data-hint="{hint}">{hint}</p>'
            f'<p class="map-legend-title">{escape(title)}</p>'
            f'<ul class="map-legend">{keys}</ul></div>\n'
        )


class ReleaseLinksDirective(SphinxDirective):
    """Lead to the whole report, all data and the method; nothing in a rerun, which has neither."""

    def run(self) -> list[nodes.Node]:
        """Return the links for the site alone."""
        if list_for_page(self.env) is None:
            return []
        say = words().home
        links = [(REPORT, say.report), (f"{DATA}.html", say.data), (f"{METHOD}.html", say.method)]
        kept = [(to, text) for to, text in links if to == REPORT or to[:-5] in self.env.found_docs]
        inner = "".join(f'<a href="{to}">{escape(text)}</a>' for to, text in kept)
        html = nodes.raw("", f'<p class="release-links">{inner}</p>\n', format="html")
        return [addnodes.only("", html, expr="html")]


class ReleaseFactsDirective(SphinxDirective):
    """Say which release this is, who answers for it and how it is cited."""

    def run(self) -> list[nodes.Node]:
        """Return a list of what is known; nothing in a rerun."""
        given = list_for_page(self.env)
        return [] if given is None else [_field_list(_facts(given))]


def _facts(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    say, source = words().home, given["source"]
    yield say.edition, source["edition"]
    yield say.dated, source["dated"]
    yield say.fingerprint, given["fingerprint"][:12]
    yield say.publisher, source["publisher"]
    if source["contact"]:
        yield say.contact, source["contact"]
    yield say.cite, given["reference"]


def _field_list(lines: Iterator[tuple[str, str]]) -> nodes.field_list:
    made = nodes.field_list(classes=["release-facts"])
    for name, text in lines:
        body = nodes.field_body("", nodes.paragraph("", text))
        made += nodes.field("", nodes.field_name("", name), body)
    return made


def _page(name: str, pages: Mapping[str, str]) -> str:
    """Return where a reader learns more of a province: its page, where it has one."""
    return f"{pages[name]}.html" if name in pages else f"search.html?q={name}"


def _said(row: Mapping[str, str]) -> str:
    say = words().home
    amount = f"{row['value']} {row['unit']}" if row["value"] else words().charts.not_published
    said = say.value(measure=row["measure"], amount=amount)
    return say.status(value=said, status=row["status"]) if _is_simulated(row) else said


def _is_simulated(row: Mapping[str, str]) -> bool:
    return bool(row["value"]) and row["status"] == words().exhibits.statuses[SIMULATED]


def _some_withheld(rows: Mapping[str, Mapping[str, str]]) -> bool:
    return any(not row["value"] for row in rows.values())


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("tiles", TilesDirective)
    app.add_directive("province-map", ProvinceMapDirective)
    app.add_directive("release-links", ReleaseLinksDirective)
    app.add_directive("release-facts", ReleaseFactsDirective)
