"""A chapter: what a notebook registers — exhibits, numbers, sentences — and how it is written.

    chapter = open_chapter("national-levels", edition="2021", scores=…, output=…)
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", charts.level_shares(shares), shares, title="…", note="…")
    low = chapter.take("low_share", "fig-04", shares, "share_level_le1", digits=0)
    chapter.sentence("overall", f"目前{low}的企业处于一级及以下水平，⟦low_change⟧")
    chapter.close()

Nothing is written before `close`, which writes each file whole: numbers.json (see
`smdi.report.values`), facts.csv (computed rows, for reproduction) and exhibits/ (see
`smdi.report.exhibits`). The same inputs give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from smdi.edition import EDITIONS, Edition, read_edition
from smdi.indicators import Population, tidy
from smdi.published import read_facts
from smdi.report import exhibits
from smdi.report import values as numbers
from smdi.report.published_values import Fact, Ledger, no_facts

OTHERWISE = {
    "missing": "本期缺少相应数据，此处不作表述。",
    "withheld": "相应数值涉及的企业数低于公布下限，此处不予公布。",
}


def open_chapter(
    name: str,
    *,
    edition: str,
    output: str | Path,
    scores: str | Path = "",
    province: str = "",
    industry: str = "",
    editions: Path = EDITIONS,
) -> Chapter:
    """Open a chapter; InputErrors for an edition, facts file, scores or scope that is not right.

    Without `scores` (chapters about other chapters) `chapter.population` must not be asked for.
    """
    read = read_edition(edition, editions)
    facts = read_facts(read.published) if read.published else no_facts()
    whole = not province and not industry
    population = None
    if scores:
        population = Population.read(
            scores,
            read.year,
            read.baseline_year,
            province,
            industry,
            minimum_cell=read.thresholds.minimum_cell,
            published=frozenset(facts.index) if whole else frozenset(),
        )
    return Chapter(name, read, facts, population, Path(output))


class Chapter:
    """One chapter being made; see the module's head. Keys are given without the chapter's name."""

    def __init__(
        self,
        name: str,
        edition: Edition,
        facts: pd.DataFrame,
        population: Population | None,
        output: Path,
    ) -> None:
        self.name = name
        self.edition = edition
        self.published_facts = facts
        self.output = output
        self._population = population
        self._ledger = Ledger(facts, applies=population is None or population.is_whole)
        self._records: dict[str, dict[str, object]] = {}
        self._silent: dict[str, str] = {}
        self._files: dict[str, bytes] = {}

    @property
    def population(self) -> Population:
        """The firms of the chapter's scope."""
        if self._population is None:
            raise ValueError(f"chapter {self.name} was opened without scores")
        return self._population

    @property
    def simulated(self) -> bool:
        """Whether the firms are simulated: then what is not published bears a mark."""
        return self._population is not None and self._population.provenance == "simulated"

    # -- numbers and sentences -------------------------------------------------------------

    def number(
        self,
        name: str,
        value: float | None,
        unit: str = "",
        digits: int = 0,
        *,
        fact: Fact | None = None,
        withheld: bool = False,
    ) -> str:
        """Register a number; return its mark ⟦name⟧ for use in a sentence.

        `fact` is the (exhibit, measure, group, year) it answers to; it becomes a computed row for
        reproduction. In a scope that is not the whole nation the fact does not apply.
        """
        identifier = self._ledger.identify(fact)
        known = numbers.state_of(value, withheld) == "value"
        if fact is not None and known:
            self._ledger.add_number(fact, float(value), unit)
        made = numbers.make_number(
            value,
            unit,
            digits,
            withheld=withheld,
            fact=identifier,
            published=known and self._ledger.prints(identifier, float(value)),
            simulated_data=self.simulated,
        )
        return self._register(name, made.record(), "" if known else made.state)

    def take(
        self,
        name: str,
        exhibit: str,
        frame: pd.DataFrame,
        measure: str,
        group: str | None = None,
        year: int | None = None,
        digits: int = 1,
    ) -> str:
        """Register a value of a tidy frame under a name, with its unit, fact and withholding.

        `group` defaults to the scope's name, `year` to the edition's. Returns the mark ⟦name⟧.
        """
        group = self.population.scope_name if group is None else group
        year = self.edition.year if year is None else year
        value, withheld = tidy.pick(frame, measure, group, year)
        units = frame.loc[frame["measure"] == measure, "unit"]
        unit = str(units.iloc[0]) if len(units) else ""
        fact = (exhibit, measure, group, year)
        return self.number(name, value, unit, digits, fact=fact, withheld=withheld)

    def phrase(self, name: str, text: str) -> str:
        """Register words, a clause or sentences with marks; return the mark ⟦name⟧.

        KeyError when a key of the text is not registered yet, ValueError for a mark that is wrong.
        """
        parts = numbers.parse(text, self.name, self.simulated, self._ledger.prints_amount)
        record = numbers.phrase_record(parts, self._records)
        return self._register(name, record, self._silence(text, parts))

    def sentence(self, name: str, text: str, otherwise: str | Mapping[str, str] = OTHERWISE) -> str:
        """Register a sentence that is replaced as a whole when one of its values cannot be said.

        `otherwise` is the sentence then, or one for each state, missing and withheld.
        """
        parts = numbers.parse(text, self.name, self.simulated, self._ledger.prints_amount)
        numbers.phrase_record(parts, self._records)
        silence = self._silence(text, parts)
        if silence:
            text = otherwise if isinstance(otherwise, str) else otherwise[silence]
        return self.phrase(name, text)

    def text(self, name: str) -> str:
        """Return how a registered number or phrase reads, without marks."""
        return str(self._records[f"{self.name}.{name}"]["text"])

    def said(self, name: str) -> bool:
        """Tell whether a registered number or phrase has all its values."""
        return not self._silent[f"{self.name}.{name}"]

    # -- exhibits and computed rows --------------------------------------------------------

    def compute(self, exhibit: str, frame: pd.DataFrame) -> None:
        """Contribute computed rows to reproduction without showing them (exhibit `text`, say)."""
        exhibits.check_tidy(exhibit, frame)
        self._ledger.add(exhibit, frame)

    def show(
        self,
        name: str,
        drawing: Any,
        frame: pd.DataFrame,
        *,
        title: str,
        note: str = "",
        alt: str | None = None,
        form: exhibits.Kind | None = None,
        source: str = "",
    ) -> None:
        """Show a chart, map or table of a tidy frame; its rows count for reproduction.

        `title` is the caption without its number, `note` the author's words before source and
        base, `alt` the text for those who do not see it (default: the builder's), `source` where
        the values come from when it is not the firms.
        """
        if f"{name}.json" in self._files:
            raise ValueError(f"{name} is shown twice in chapter {self.name}")
        exhibits.check_tidy(name, frame)
        simulated = self._ledger.simulated_part(name, frame) if self.simulated else "none"
        minimum = self.edition.thresholds.minimum_cell
        made = exhibits.make_exhibit(
            name,
            drawing,
            frame,
            title=title,
            note=exhibits.note_text(frame, self.simulated, simulated, minimum, note, source),
            alt=alt,
            form=form,
            simulated=simulated,
        )
        self._files |= made
        self._ledger.add(name, frame)

    def close(self) -> None:
        """Write everything; what an earlier run left in the folder of exhibits goes."""
        folder = self.output / "exhibits"
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.iterdir():
            if stale.name not in self._files:
                stale.unlink()
        for file, content in sorted(self._files.items()):
            _write(folder / file, content)
        _write(self.output / "facts.csv", self._ledger.csv())
        _write(
            self.output / "numbers.json", exhibits.json_bytes(dict(sorted(self._records.items())))
        )

    # -- inside ------------------------------------------------------------------------------

    def _register(self, name: str, record: dict[str, object], silence: str) -> str:
        key = f"{self.name}.{name}"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise ValueError(f"{name!r}: a name is lower-case letters, digits and _")
        if self._records.setdefault(key, record) != record:
            raise ValueError(f"{key} is registered twice, with different values")
        self._silent[key] = silence
        return f"⟦{name}⟧"

    def _silence(self, text: str, parts: Sequence[numbers.Part]) -> str:
        """Return '' when all values can be said, else the state that keeps them back."""
        states = [self._silent[part.key] for part in parts if part.key is not None]
        states += [mark[1:] for mark in numbers.marks(text) if mark.startswith("?")]
        return "withheld" if "withheld" in states else "missing" if "missing" in states else ""


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)
