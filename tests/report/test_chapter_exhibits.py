"""The exhibits of a chapter: captions, notes, files, and no row of a single firm."""

from __future__ import annotations

import json

import altair as alt
import pandas as pd
import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors
from smdi.indicators import levels
from smdi.published import read_facts
from smdi.report import theme
from smdi.report.chapter import Chapter
from smdi.report.exhibits import FirmLevelData
from tests.report.drawings.charts_frames import bars

FIG_04 = ":::{exhibit} fig-04\n构成\n\n说明。\n:::\n"


def test_an_exhibit_is_written_with_its_drawing_its_data_and_its_note(opened):
    chapter = opened(FIG_04)
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", bars(shares), shares)
    chapter.close()
    folder = chapter.output / "exhibits"
    exhibit = json.loads((folder / "fig-04.json").read_text("utf-8"))
    assert sorted(path.name for path in folder.iterdir()) == [
        "fig-04.csv", "fig-04.html", "fig-04.json", "fig-04.png", "fig-04.svg", "fig-04.vl.json",
    ]  # fmt: skip
    assert (exhibit["number"], exhibit["kind"], exhibit["alt"]) == (
        "图 4",
        "chart",
        "条形图。其中部分数值为模拟结果。",
    )
    assert (exhibit["title"], exhibit["simulated"]) == ("构成", "partly")
    assert exhibit["note"].startswith("说明。数据来源：依据公开数值校准的模拟企业数据")
    assert "基数：2020 年 100 家，2021 年 100 家" in exhibit["note"]
    assert (folder / "fig-04.csv").read_text("utf-8-sig").startswith("measure,group,year,value")
    rows = pd.read_csv(chapter.output / "facts.csv")
    assert set(rows["exhibit"]) == {"fig-04"}


def test_a_caption_quotes_values_as_plain_text(opened):
    chapter = opened(":::{exhibit} fig-04\n{{ year }} 年{{ scope }}的{{ low }}\n:::\n")
    shares = levels.national_level_shares(chapter.population)
    chapter.number("low", 69.0, "%")
    chapter.show("fig-04", bars(shares), shares)
    chapter.close()
    exhibit = json.loads((chapter.output / "exhibits" / "fig-04.json").read_text("utf-8"))
    assert exhibit["title"] == "2021 年全国的 69%"


def test_an_exhibit_without_a_caption_is_reported(opened):
    chapter = opened()
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", bars(shares), shares)
    with pytest.raises(InputErrors, match="fig-04"):
        chapter.close()


def test_a_directive_of_an_exhibit_that_no_cell_shows_is_reported(opened):
    chapter = opened(FIG_04)
    with pytest.raises(InputErrors, match=r"found 'fig-04'.*before `chapter\.close\(\)`"):
        chapter.close()


def test_an_exhibit_may_be_shown_only_once(opened):
    chapter = opened(FIG_04)
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", bars(shares), shares)
    with pytest.raises(ValueError, match="shown twice"):
        chapter.show("fig-04", bars(shares), shares)


def test_what_is_withheld_is_counted_in_the_note_and_empty_in_the_data(
    firm, assessed, tmp_path, notebook
):
    pop = assessed(firm(40, level=1), firm(3, level=4), minimum=5)
    facts = read_facts("data/published/2021.csv").iloc[:0]
    notebook(FIG_04)
    edition = read_edition("2021")
    chapter = Chapter("levels", edition, facts, pop, {}, tmp_path / "out", draft=False)
    shares = levels.national_level_shares(pop)
    chapter.show("fig-04", bars(shares), shares)
    chapter.close()
    folder = tmp_path / "out" / "exhibits"
    note = json.loads((folder / "fig-04.json").read_text("utf-8"))["note"]
    data = pd.read_csv(folder / "fig-04.csv", encoding="utf-8-sig")
    # Three firms above level one: neither how many they are nor in which class may be told.
    assert "其中 4 个数值涉及企业不足 5 家" in note
    assert data["value"].isna().sum() == 4


def test_rows_of_firms_reach_no_exhibit(opened):
    chapter = opened()
    shares = levels.national_level_shares(chapter.population)
    with pytest.raises(FirmLevelData, match="credit_code"):
        chapter.show("fig-04", bars(shares), shares.assign(credit_code="A"))
    rows = [{"credit_code": "SIM1", "value": 1.0}]
    leaky = alt.Chart(alt.InlineData(values=rows)).mark_bar()
    with pytest.raises(FirmLevelData, match="credit_code"):
        chapter.show("fig-04", theme.finish(leaky, description="图。"), shares)
    many = alt.Chart(alt.InlineData(values=[{"value": n} for n in range(500)])).mark_bar()
    with pytest.raises(FirmLevelData, match="500 rows"):
        chapter.show("fig-04", theme.finish(many, description="图。"), shares)
