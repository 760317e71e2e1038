"""The catalogue knows every value that the chapters of the built edition ask for."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from smdi.disclosure.catalogue import Catalogue, Recorder
from smdi.edition import read_edition
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
    catalogue = Catalogue(firms, read_edition("2021"))
    known = {
        cell for scoped in (firms, firms.nation) for value in catalogue.of(scoped) for cell in value
    }
    asked = {cell for value in recorder.asked for cell in value}
    assert len(asked) > 60
    assert sorted(cell.id for cell in asked - known) == []
