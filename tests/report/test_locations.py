"""Where a chapter reads and writes: a person's draft, or the pipeline's folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors
from smdi.report import locations, open_chapter


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    """Run as a person does: the pipeline's variables are not set."""
    monkeypatch.delenv(locations.OUTPUT_VARIABLE, raising=False)
    monkeypatch.delenv(locations.PRODUCTS_VARIABLE, raising=False)


@pytest.fixture
def edition():
    return read_edition("2021")


def folder(edition, **given):
    return locations.chapter_output(edition, "levels", given)[0]


def test_a_notebook_run_by_hand_writes_to_a_draft_of_the_edition(edition):
    output, draft = locations.chapter_output(edition, "levels", {})
    assert output == Path("_build/2021/drafts/levels")
    assert draft


def test_each_set_of_parameters_has_a_draft_of_its_own(edition):
    one = folder(edition, province="江苏省")
    other = folder(edition, province="江苏省", industry="36")
    third = folder(edition, province="江苏", industry="省36")
    assert len({folder(edition), one, other, third}) == 4
    assert "江苏省" in one.name
    assert {path.parent for path in (one, other, third)} == {Path("_build/2021/drafts")}


def test_parameters_that_differ_only_in_what_a_name_leaves_out_differ_in_their_draft(edition):
    assert folder(edition, province="江苏省") != folder(edition, province="江/苏省")
    assert folder(edition, note="长" * 99) != folder(edition, note="长" * 98 + "短")


def test_the_order_of_parameters_makes_no_other_draft(edition):
    first = folder(edition, province="江苏省", industry="36")
    assert first == folder(edition, industry="36", province="江苏省")


def test_no_parameter_leads_out_of_the_drafts_or_to_a_name_too_long(edition):
    output = folder(edition, province="../../../etc" + "长" * 300)
    assert output.parent == Path("_build/2021/drafts")
    assert ".." not in output.name
    assert len(output.name.encode()) < 255


def test_only_the_pipeline_names_the_edition_s_folder(edition, monkeypatch, tmp_path):
    monkeypatch.setenv(locations.OUTPUT_VARIABLE, str(tmp_path))
    assert locations.chapter_output(edition, "levels", {"industry": "36"}) == (tmp_path, False)


def test_a_chapter_that_is_not_about_firms_has_one_draft_whatever_the_scope(monkeypatch):
    chapter = open_chapter("audit", reads=())
    assert chapter.output == Path("_build/2021/drafts/audit")
    scoped = read_edition("2021").model_copy(
        update={"scope": type(chapter.edition.scope)(province="江苏省")}
    )
    monkeypatch.setattr("smdi.report.chapter.read_edition", lambda edition: scoped)
    assert open_chapter("audit", reads=()).output == chapter.output


def test_a_product_comes_from_the_edition_or_from_where_the_pipeline_says(
    edition, monkeypatch, tmp_path
):
    (tmp_path / "population.arrow").touch()
    here = edition.model_copy(update={"id": str(tmp_path)})
    (here.work).mkdir()
    (here.work / "population.arrow").touch()
    assert locations.product(here, "population") == here.work / "population.arrow"
    monkeypatch.setenv(locations.PRODUCTS_VARIABLE, str(tmp_path))
    assert locations.product(here, "population") == tmp_path / "population.arrow"


def test_a_product_that_is_not_made_yet_is_asked_for_with_its_command(
    edition, monkeypatch, tmp_path
):
    monkeypatch.setenv(locations.PRODUCTS_VARIABLE, str(tmp_path))
    with pytest.raises(InputErrors, match="make book EDITION=2021") as report:
        locations.product(edition, "population")
    assert report.value.problems[0].file == str(tmp_path / "population.arrow")


def test_given_assessments_have_no_simulation_even_where_a_file_of_one_lies(
    edition, monkeypatch, tmp_path
):
    (tmp_path / "simulation.json").touch()
    monkeypatch.setenv(locations.PRODUCTS_VARIABLE, str(tmp_path))
    assert locations.product(edition, "simulation") == tmp_path / "simulation.json"
    given = edition.model_copy(update={"assessments": Path("given.parquet")})
    assert locations.product(given, "simulation") is None


def test_an_unknown_product_is_refused_by_name(edition):
    with pytest.raises(ValueError, match="weather"):
        locations.product(edition, "weather")


def test_another_language_has_a_folder_of_notebooks():
    assert locations.notebook_path("audit") == Path("notebooks/audit.md")
    assert locations.notebook_path("audit", "en") == Path("notebooks/en/audit.md")
