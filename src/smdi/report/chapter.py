"""A chapter: what a notebook registers — values, exhibits, sentences — and how it is written.

    chapter = open_chapter("national-levels", edition=edition, province=province, industry=industry)
    shares = levels.national_level_shares(chapter.population)
    chapter.values("fig-04", shares, digits=0, low_share="share_level_le1")
    display(chapter.show("fig-04", charts.level_shares(shares), shares))
    chapter.close()

The sentences, and the captions of exhibits, are templates in the notebook's Markdown (see
`smdi.report.text`). Nothing is written before `close`, which writes each file whole: numbers.json
(see `smdi.report.values`), facts.csv (computed rows, for reproduction), prose.json (the finished
Markdown cells) and exhibits/ (see `smdi.report.exhibits`). The same inputs give the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from smdi.disclosure.pattern import protected
from smdi.edition import Edition, Scope, read_edition
from smdi.errors import InputErrors, Problem
from smdi.files import json_bytes, write_bytes
from smdi.indicators import Population, tidy
from smdi.indicators.precision import status as statuses
from smdi.report import exhibits, locations
from smdi.report.captions import Shown, captioned, check_shown
from smdi.report.context import common_names
from smdi.report.display import Drawing, Sentences
from smdi.report.published_values import Fact, PublishedValues, facts_of, told_of
from smdi.report.records import Records
from smdi.report.text.language import use_language, words
from smdi.report.text.notebook_text import NotebookText, read_text
from smdi.report.text.prose import Prose, parts_in
from smdi.report.text.quoting import Exhibit, Value
from smdi.standards import use_standards


def open_chapter(
    name: str,
    *,
    edition: str = "2021",
    reads: tuple[str, ...] = ("population",),
    **scope: str | int,
) -> Chapter:
    """Open a chapter; InputErrors for an edition, facts, firms or scope that is not right.

    `scope` gives dimensions of `smdi.edition.Scope`, as province="江苏省"; where none is given, or
    only what the edition's own scope has too, it is the edition's. `reads` names the products of
    the pipeline that the chapter may ask for, see `locations.PRODUCTS`. The results go to a draft
    folder unless the pipeline runs the notebook.
    """
    read = read_edition(edition)
    use_language(read.language)
    use_standards(*read.method.source)
    own = read.scope
    seen = Scope.of(**scope)
    if seen.given.items() <= own.given.items():
        seen = own
    facts, known = facts_of(read), None
    products = {product: locations.product(read, product) for product in reads}
    population = None
    if firms := products.get("population"):
        population = Population.open(firms, read.year, read.baseline_year, seen)
        population = protected(population, read, locations.needed(read, "protection"))
        if not population.is_whole:
            known = told_of(facts_of(read_edition(read.base or read.id)), population.scope)
    # A chapter that is not about the firms has no scope, whatever the edition's is.
    given = seen.given if population and seen != own else {}
    output, draft = locations.chapter_output(read, name, given)
    return Chapter(name, read, facts, population, products, output, draft=draft, known=known)


class Chapter:
    """One chapter being made; see the module's head. Names are given without the chapter's."""

    def __init__(
        self,
        name: str,
        edition: Edition,
        facts: pd.DataFrame,
        population: Population | None,
        products: Mapping[str, Path | None],
        output: Path,
        *,
        draft: bool,
        known: pd.DataFrame | None = None,
    ) -> None:
        self.name = name
        self.edition = edition
        self.published_facts = facts
        self.output = output
        self.draft = draft
        self._population = population
        self._products = products
        self._published = PublishedValues(facts, known=known, simulated=self.simulated)
        if population is not None:
            self._population = replace(population, evidence=self._published.evidence)
        # In a draft a cell may run again after a change; in the pipeline a second value is a fault.
        self._records = Records(name, self._published, may_change=draft)
        self._shown: dict[str, Shown] = {}
        self._said: set[str] = set()
        self._context: dict[str, Any] = common_names(self.edition, self._population)
        self._numbers: set[str] = set()

    @property
    def population(self) -> Population:
        """The firms of the chapter's scope."""
        if self._population is None:
            raise ValueError(f"chapter {self.name} does not read the population")
        return self._population

    @property
    def simulated(self) -> bool:
        """Whether the firms are simulated: then what is not published bears a mark."""
        return self._population is not None and self._population.provenance == "simulated"

    def product(self, name: str) -> Path | None:
        """Return a product that the chapter said it reads; None where the edition has none."""
        if name not in self._products:
            raise ValueError(f'chapter {self.name} does not read "{name}": name it in `reads`')
        return self._products[name]

    # -- what templates may quote ------------------------------------------------------------

    def define(self, **objects: object) -> None:
        """Give templates objects under these names: a ranking, a mapping, a plain word."""
        self._context |= objects

    def number(
        self,
        name: str,
        value: float | None,
        unit: str = "",
        digits: int = 0,
        *,
        fact: Fact | None = None,
        withheld: bool = False,
        error: float = math.nan,
        of: pd.DataFrame | None = None,
    ) -> Value:
        """Register a number under a name that templates quote.

        `of` is the tidy frame it is made of: what is known of all of its values is known of it.
        `error` is the standard error of a difference. `fact` is the (exhibit, measure, group, year)
        that it answers to, in the whole nation; it becomes a computed row for reproduction.
        """
        status = None if of is None else statuses.of_all(of)
        record = self._records.number(
            name, value, unit, digits, fact=fact, withheld=withheld, error=error, status=status
        )
        quoted = Value(name, record)
        self.define(**{name: quoted})
        self._numbers.add(name)
        return quoted

    def counts(self, unit: str, /, **numbers: int | None) -> None:
        """Register whole numbers of one unit by their names; None where there is none."""
        for name, number in numbers.items():
            self.number(name, number, unit)

    def values(
        self,
        exhibit: str,
        frame: pd.DataFrame,
        *,
        digits: int = 1,
        group: str | None = None,
        year: int | None = None,
        **names: str,
    ) -> None:
        """Register values of a tidy frame: `low_share="share_level_le1"`, a name a measure.

        Unit, base, withholding, standard error and published fact come with the value. `group`
        defaults to the scope's name, `year` to the edition's.
        """
        group = self.population.scope_name if group is None else group
        year = self.edition.year if year is None else year
        for name, measure in names.items():
            value, withheld = tidy.pick(frame, measure, group, year)
            rows = frame[frame["measure"] == measure]
            unit = str(rows["unit"].iloc[0]) if len(rows) else ""
            self._published.add(exhibit, rows[(rows["group"] == group) & (rows["year"] == year)])
            fact = (exhibit, measure, group, year)
            error = tidy.error_of(frame, measure, group, year)
            self.number(name, value, unit, digits, fact=fact, withheld=withheld, error=error)

    # -- exhibits and computed rows ----------------------------------------------------------

    def show(
        self,
        name: str,
        drawing: Any,
        frame: pd.DataFrame,
        *,
        alt: str | None = None,
        form: exhibits.Kind | None = None,
        source: str = "",
        differences: pd.DataFrame | None = None,
    ) -> Drawing:
        """Show a chart, map or table of a tidy frame; its rows count for reproduction.

        Caption and note stand in the exhibit's directive. `alt` is the text for those who do not
        see it (default: the builder's), `source` where the values come from when not from firms.
        Templates quote the frame as `fig_04`; `differences`, with errors, are what they speak of.
        """
        if name in self._shown and not self.draft:
            raise ValueError(f"{name} is shown twice in chapter {self.name}")
        exhibit = self._in_book(name)
        exhibits.check_tidy(exhibit, frame)
        simulated = self._published.simulated_part(exhibit, frame) if self.simulated else "none"
        content, files = exhibits.make_exhibit(
            exhibit, drawing, frame, simulated=simulated, alt=alt, form=form
        )
        minimum = self.edition.disclosure.minimum
        drawn = exhibits.drawn_as(str(content["kind"]), drawing)
        note = exhibits.NoteParts(frame, self.simulated, simulated, minimum, source, drawn)
        self._shown[name] = Shown(content, files, note)
        self._published.add(exhibit, frame)
        self.define(**{name.replace("-", "_"): self._quotable(exhibit, frame, differences)})
        return Drawing(files.get(f"{exhibit}.svg", drawing), str(content["alt"]))

    def reproduce(self, exhibit: str, frame: pd.DataFrame) -> None:
        """Contribute computed rows to reproduction without showing them (exhibit `text`, say)."""
        self._published.add(exhibit, frame)

    # -- sentences ---------------------------------------------------------------------------

    def say(self, *names: str) -> Sentences:
        """Return finished sentences; without names, what can be said by now and was not before."""
        return self._finished(self._prose(), *names)

    def _finished(self, prose: Prose, *names: str) -> Sentences:
        finished = prose.sentences(self._context)
        wanted = names or [name for name in finished if name not in self._said]
        self._said |= set(finished)
        unknown = [name for name in wanted if name not in finished]
        if unknown:
            raise KeyError(f"no sentence can be said yet under {', '.join(unknown)}")
        return Sentences({name: self._records.text(name) for name in wanted})

    def close(self) -> Sentences:
        """Finish the prose and write everything; what an earlier run left of exhibits goes.

        Returns the sentences not said yet; InputErrors lists every fault of the notebook's text.
        """
        prose = self._prose()
        cells = prose.cells(self._context)
        files: dict[str, bytes] = {}
        for name, shown in self._shown.items():
            if name in prose.left_out:
                continue
            described = captioned(name, shown, prose, self._context)
            files |= shown.files | {f"{self._in_book(name)}.json": json_bytes(described)}
        if not self.draft:
            check_shown(prose, self._shown)
        self._check_quoted(prose)
        folder = self.output / "exhibits"
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.iterdir():
            if stale.name not in files:
                stale.unlink()
        for file, content in sorted(files.items()):
            write_bytes(folder / file, content)
        write_bytes(self.output / "facts.csv", self._published.csv())
        write_bytes(self.output / "prose.json", json_bytes(cells))
        write_bytes(self.output / "numbers.json", json_bytes(self._records.as_json()))
        return self._finished(prose)

    # -- inside ------------------------------------------------------------------------------

    def _quotable(
        self, name: str, frame: pd.DataFrame, differences: pd.DataFrame | None
    ) -> Exhibit:
        names = common_names(self.edition, self._population)
        own = {k: names.get(k, "") for k in ("year", "baseline", "scope", "region", "alike")}
        return Exhibit(name, frame, **own, differences=differences)

    def _prose(self) -> Prose:
        """Read the notebook afresh, so that in JupyterLab a saved change is seen at once."""
        text = self._text()
        return Prose(text, self._records, words(), parts_in(text.path.parent), self._in_book)

    def _in_book(self, text: str) -> str:
        """Return a text with the notebook's exhibits called as in the book."""
        return text

    def _text(self) -> NotebookText:
        return read_text(locations.notebook_path(self.name, self.edition.language))

    def _check_quoted(self, prose: Prose) -> None:
        """Refuse a number that no template quotes: it would be computed for nobody."""
        expected, path = "a sentence that quotes it", str(prose.text.path)
        idle = [] if self.draft else sorted(self._numbers - prose.quoted())
        InputErrors.raise_if(Problem(path, None, None, name, expected) for name in idle)
