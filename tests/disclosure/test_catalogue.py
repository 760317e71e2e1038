"""The catalogue knows every value that the chapters of the built edition ask for."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from smdi.disclosure import catalogue
from smdi.disclosure.catalogue import Catalogue, Recorder
from smdi.edition import read_edition
from smdi.edition_parts import Ranks
from smdi.report.profiles import opening
from smdi.report.profiles.listing import is_profile
from smdi.workflow.notebooks import code_of, declared

CHAPTERS = Path("_build/2021/work/chapters")


def test_the_edition_that_shows_what_is_printed_withholds_nothing():
    """What no one has judged is withheld: a chapter that asks for more would show it here."""
    files = [
        path for path in sorted(CHAPTERS.glob("*/exhibits/*.csv")) if not is_profile(path.parts[-3])
    ]
    assert len(files) > 30
    hidden = [path.name for path in files if pd.read_csv(path)["withheld"].any()]
    assert hidden == []


@pytest.mark.parametrize("about", [{"province": "江苏省"}, {"industry": "36"}])
def test_a_profile_asks_for_no_cell_that_is_not_decided_with_all_others(
    about, monkeypatch, tmp_path
):
    recorder = Recorder()
    seen = []

    def recorded(firms, *_):
        seen.append(firms)
        return replace(firms, protection=recorder)

    monkeypatch.setattr(opening, "protected", recorded)
    monkeypatch.setenv("SMDI_CHAPTER_OUTPUT", str(tmp_path))
    monkeypatch.setenv("SMDI_PRODUCTS", str(CHAPTERS.parent))
    notebook = Path("notebooks/profile.md")
    given = {**declared(notebook), "province": "", **about}
    code = code_of(notebook)
    for name, value in given.items():
        code = re.sub(rf"^{name} = .*$", f"{name} = {value!r}", code, count=1, flags=re.M)
    monkeypatch.setattr(opening.ProfileChapter, "show", lambda *_, **__: None)
    exec(code.replace("chapter.close()", ""), {"display": lambda *_: None})
    firms = seen[0]
    whole = Catalogue(firms, read_edition("2021"))
    known = {
        cell for scoped in (firms, firms.nation) for value in whole.of(scoped) for cell in value
    }
    asked = {cell for value in recorder.asked for cell in value}
    assert len(asked) > 60
    assert sorted(cell.id for cell in asked - known) == []


def test_ten_places_more_than_a_list_shows_are_decided(monkeypatch, firm, assessed):
    """A list of the first places passes over those withheld."""
    edition = read_edition("2021")
    ranks = Ranks(participants=11, growth=22, industries=33, cities=44)
    seen: dict[str, int] = {}

    def watch(module: object, name: str) -> None:
        given = getattr(module, name)

        def watched(pop, top, *more):
            seen[name] = top
            return given(pop, top, *more)

        monkeypatch.setattr(module, name, watched)

    watch(catalogue.participation, "top_regions")
    watch(catalogue.participation, "fastest_growing_regions")
    watch(catalogue.rankings, "firms_by_city")
    watch(catalogue.industries, "leading_industries")
    pop = assessed(firm(9), firm(9, year=2020))
    catalogue.Catalogue(pop, edition.model_copy(update={"ranks": ranks})).of(pop)
    assert seen == {
        "top_regions": 21,
        "fastest_growing_regions": 32,
        "leading_industries": 43,
        "firms_by_city": 54,
    }
