"""A profile being made: a chapter about one province or industry, of a notebook that all share.

    chapter = open_profile(edition=edition, province=province, industry=industry)

Exhibits are called `fig-p1`, `tab-p1` in the notebook, and in the book by the code of what the
profile is about, see `smdi.report.profiles.listing`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from smdi.disclosure.pattern import protected
from smdi.edition import Edition, Scope, read_edition
from smdi.indicators import Population
from smdi.indicators.tidy import setting, tidy
from smdi.report import locations
from smdi.report.chapter import Chapter
from smdi.report.display import Drawing, Sentences
from smdi.report.profiles.listing import NOTEBOOK, Profile
from smdi.report.published_values import facts_of, told_of
from smdi.report.text.language import use_language
from smdi.report.text.notebook_text import NotebookText, read_text
from smdi.report.text.prose import Prose
from smdi.standards import ALL_INDUSTRIES, NATION, use_standards

# An exhibit in the notebook: `fig-p1` in a directive, `fig_p1` in a template.
_OWN = re.compile(r"\b(fig|tab)([-_])p(\d+)\b")


def open_profile(
    *, edition: str = "2021", province: str = "", industry: str = ""
) -> ProfileChapter:
    """Open the profile of a province or an industry; errors are those of `open_chapter`.

    What may be seen in it was decided for all scopes that leave together.
    """
    read = read_edition(edition)
    use_language(read.language)
    use_standards(*read.method.source)
    scope = Scope.of(province=province, industry=industry)
    profile = Profile.of(scope)
    path = locations.needed(read, "population")
    firms = Population.open(path, read.year, read.baseline_year, scope)
    firms = protected(firms, read, locations.needed(read, locations.pattern_of(read)))
    output, draft = locations.chapter_output(read, profile.name, {})
    return ProfileChapter(profile, read, facts_of(read), firms, output, draft=draft)


class ProfileChapter(Chapter):
    """The profile being made."""

    def __init__(
        self,
        profile: Profile,
        edition: Edition,
        facts: pd.DataFrame,
        firms: Population,
        output: Path,
        *,
        draft: bool,
    ) -> None:
        known = facts_about(facts, firms.scope)
        super().__init__(profile.name, edition, facts, firms, {}, output, draft=draft, known=known)
        self._profile = profile
        self._frames: dict[str, pd.DataFrame] = {}

    def show(self, name: str, drawing: Any, frame: pd.DataFrame, **options: Any) -> Drawing:
        """Show an exhibit, and keep its frame."""
        self._frames[name] = frame
        shown = super().show(name, drawing, frame, **options)
        # In the pipeline nobody sees what stands under the cells of so many notebooks.
        return shown if self.draft else Drawing(None, shown.alt)

    def _finished(self, prose: Prose, *names: str) -> Sentences:
        return super()._finished(prose, *names) if self.draft else Sentences({})

    def count_withheld(self) -> None:
        """Register `all_values` of the exhibits so far, `kept_back` of them, and the `minimum`.

        They are about the page and no firm, whatever the firms are.
        """
        frames = self._frames.values()
        numbers = {
            "all_values": (sum(map(len, frames)), "个"),
            "kept_back": (sum(int(frame["withheld"].sum()) for frame in frames), "个"),
            "minimum": (self.edition.disclosure.minimum, "家"),
        }
        for name, (number, unit) in numbers.items():
            row = setting(name, self.population.scope_name, self.edition.year, number, unit)
            self.number(name, number, unit, of=tidy([row], name, self.population))

    def _text(self) -> NotebookText:
        return read_text(locations.notebook_path(NOTEBOOK, self.edition.language))

    def _in_book(self, text: str) -> str:
        mark = self._profile.mark
        return _OWN.sub(lambda own: f"{own[1]}{own[2]}{mark}{own[2]}{own[3]}", text)


def facts_about(facts: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the published facts that hold in a profile: of itself, its cities and the nation.

    What is printed of 全行业 is what a profile calls 全国.
    """
    nation = facts[facts["group"].isin([NATION, ALL_INDUSTRIES])]
    whole = nation.assign(group=NATION)
    return pd.concat([told_of(facts, scope), whole])
