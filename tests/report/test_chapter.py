"""A chapter: what it registers, how values that cannot be said are handled, what it writes."""

import json
import math

import altair as alt
import pandas as pd
import pytest

from smdi.edition import read_edition
from smdi.indicators import levels
from smdi.published import read_facts
from smdi.report import theme
from smdi.report.chapter import Chapter
from smdi.report.exhibits import FirmLevelData

HEADER = "exhibit,measure,group,year,value,unit,printed,where\n"
FACTS = (
    HEADER
    + "fig-04,share_level_le1,全国,2021,69,%,69,图4\n"
    + "text,participants_over,全国,2021,90,家,90,前言\n"
    + "text,share_level_le1_decrease,全国,2021,6,百分点,6,正文\n"
)


@pytest.fixture
def opened(firm, assessed, tmp_path):
    """Open a chapter on 100 firms, 69 of them at level one or below."""
    (tmp_path / "facts.csv").write_text(FACTS, "utf-8")
    facts = read_facts(tmp_path / "facts.csv")
    groups = [firm(69, level=0), firm(15, level=2), firm(7, level=3), firm(9, level=5)]

    def make(**options):
        settings = {"provenance": "simulated", "minimum_cell": 5, **options}
        pop = assessed(*groups, firm(100, year=2020), **settings)
        return Chapter("levels", read_edition("2021"), facts, pop, tmp_path / "out")

    return make


def written(chapter):
    chapter.close()
    return json.loads((chapter.output / "numbers.json").read_text("utf-8"))


def chart(frame):
    # Charts of the book write what is missing as null; JSON knows no NaN.
    rows = [{"group": g, "value": v} for g, v in zip(frame["group"], frame["value"], strict=True)]
    rows = [row | ({"value": None} if math.isnan(row["value"]) else {}) for row in rows]
    base = alt.Chart(alt.InlineData(values=rows))
    return theme.finish(base.mark_bar(), description="条形图。", height=80)


def test_a_number_that_the_report_prints_bears_no_mark(opened):
    chapter = opened()
    shares = levels.national_level_shares(chapter.population)
    chapter.take("low", "fig-04", shares, "share_level_le1", digits=0)
    chapter.take("second", "fig-04", shares, "share_level_2", digits=0)
    records = written(chapter)
    assert records["levels.low"]["text"] == "69%"
    assert (records["levels.low"]["published"], records["levels.low"]["simulated"]) == (True, False)
    assert records["levels.second"]["simulated"]


def test_a_number_that_moved_from_the_printed_one_bears_the_mark(opened):
    chapter = opened()
    chapter.number("low", 70.2, "%", fact=("fig-04", "share_level_le1", "全国", 2021))
    assert written(chapter)["levels.low"]["simulated"]


def test_a_bound_does_not_print_the_number_but_is_answered_by_it(opened):
    chapter = opened()
    chapter.number("firms", 100, "家", fact=("text", "participants_over", "全国", 2021))
    assert written(chapter)["levels.firms"]["simulated"]
    rows = pd.read_csv(chapter.output / "facts.csv")
    assert rows[["exhibit", "measure", "value"]].to_numpy().tolist() == [
        ["text", "participants", 100.0]
    ]


def test_a_real_import_bears_no_mark(opened):
    chapter = opened(provenance="import")
    chapter.number("firms", 100, "家")
    assert not written(chapter)["levels.firms"]["simulated"]


def test_in_a_province_nothing_is_published_and_nothing_compared(opened):
    chapter = opened(province="江苏省")
    chapter.number("low", 69.0, "%", fact=("fig-04", "share_level_le1", "全国", 2021))
    records = written(chapter)
    assert records["levels.low"]["fact"] is None
    assert records["levels.low"]["simulated"]
    assert pd.read_csv(chapter.output / "facts.csv").empty


def test_a_sentence_keeps_the_marks_of_its_numbers(opened):
    chapter = opened()
    low = chapter.number("low", 69.0, "%", fact=("fig-04", "share_level_le1", "全国", 2021))
    chapter.sentence("said", f"{low}的企业，较上年下降⟦=5.9 个百分点⟧。")
    record = written(chapter)["levels.said"]
    assert record["text"] == "69% 的企业，较上年下降 5.9 个百分点。"
    assert {"key": "levels.low"} in record["parts"]
    assert {"text": "5.9 个百分点", "simulated": True} in record["parts"]
    assert record["simulated"]


def test_an_amount_with_its_fact_bears_no_mark(opened):
    chapter = opened()
    fact = "text/share_level_le1_decrease/全国/2021"
    chapter.phrase("same", f"⟦=6 个百分点|{fact}⟧")
    chapter.phrase("other", f"⟦=5 个百分点|{fact}⟧")
    records = written(chapter)
    assert not records["levels.same"]["simulated"]
    assert records["levels.other"]["simulated"]


@pytest.mark.parametrize(
    ("value", "withheld", "said"),
    [
        (float("nan"), False, "本期缺少相应数据，此处不作表述。"),
        (3.0, True, "相应数值涉及的企业数低于公布下限，此处不予公布。"),
    ],
)
def test_a_sentence_whose_value_cannot_be_said_is_replaced_whole(opened, value, withheld, said):
    chapter = opened()
    number = chapter.number("low", value, "%", withheld=withheld)
    chapter.phrase("clause", f"占{number}")
    chapter.sentence("said", "一级及以下的企业⟦clause⟧，居首位。")
    assert chapter.text("said") == said
    assert not chapter.said("low")
    assert chapter.said("said")


def test_withheld_beats_missing_and_an_author_may_word_it(opened):
    chapter = opened()
    chapter.number("one", None, "%")
    chapter.number("two", 1.0, "%", withheld=True)
    chapter.sentence("said", "⟦one⟧⟦two⟧", {"missing": "无。", "withheld": "不公布。"})
    chapter.sentence("empty", "⟦one⟧", "")
    assert (chapter.text("said"), chapter.text("empty")) == ("不公布。", "")


def test_an_unregistered_key_and_a_second_meaning_are_refused(opened):
    chapter = opened()
    chapter.number("low", 69.0, "%")
    with pytest.raises(KeyError, match=r"levels\.high"):
        chapter.phrase("said", "⟦high⟧")
    with pytest.raises(ValueError, match="registered twice"):
        chapter.number("low", 70.0, "%")
    with pytest.raises(ValueError, match="lower-case"):
        chapter.number("Low", 1.0)


def test_an_exhibit_is_written_with_its_drawing_its_data_and_its_note(opened):
    chapter = opened()
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", chart(shares), shares, title="构成", note="说明。")
    chapter.close()
    folder = chapter.output / "exhibits"
    exhibit = json.loads((folder / "fig-04.json").read_text("utf-8"))
    assert sorted(path.name for path in folder.iterdir()) == [
        "fig-04.csv", "fig-04.json", "fig-04.svg", "fig-04.vl.json",
    ]  # fmt: skip
    assert (exhibit["number"], exhibit["kind"], exhibit["alt"]) == ("图 4", "chart", "条形图。")
    assert exhibit["simulated"] == "partly"
    assert exhibit["note"].startswith("说明。数据来源：依据公开数值校准的模拟企业数据")
    assert "基数：2020 年 100 家，2021 年 100 家" in exhibit["note"]
    assert (folder / "fig-04.csv").read_text("utf-8-sig").startswith("measure,group,year,value")
    rows = pd.read_csv(chapter.output / "facts.csv")
    assert set(rows["exhibit"]) == {"fig-04"}


def test_what_is_withheld_is_counted_in_the_note_and_empty_in_the_data(firm, assessed, tmp_path):
    pop = assessed(firm(40, level=1), firm(3, level=4), minimum_cell=5)
    facts = read_facts("data/published/2021.csv").iloc[:0]
    chapter = Chapter("levels", read_edition("2021"), facts, pop, tmp_path)
    shares = levels.national_level_shares(pop)
    chapter.show("fig-04", chart(shares), shares, title="构成")
    chapter.close()
    note = json.loads((tmp_path / "exhibits" / "fig-04.json").read_text("utf-8"))["note"]
    data = pd.read_csv(tmp_path / "exhibits" / "fig-04.csv", encoding="utf-8-sig")
    assert "其中 2 个数值涉及企业不足 5 家" in note
    assert data["value"].isna().sum() == 2


def test_rows_of_firms_reach_no_exhibit(opened):
    chapter = opened()
    shares = levels.national_level_shares(chapter.population)
    with pytest.raises(FirmLevelData, match="credit_code"):
        chapter.show("fig-04", chart(shares), shares.assign(credit_code="A"), title="构成")
    rows = [{"credit_code": "SIM1", "value": 1.0}]
    leaky = alt.Chart(alt.InlineData(values=rows)).mark_bar()
    with pytest.raises(FirmLevelData, match="credit_code"):
        chapter.show("fig-04", theme.finish(leaky, description="图。"), shares, title="构成")
    many = alt.Chart(alt.InlineData(values=[{"value": n} for n in range(500)])).mark_bar()
    with pytest.raises(FirmLevelData, match="500 rows"):
        chapter.show("fig-04", theme.finish(many, description="图。"), shares, title="构成")


def test_a_second_run_writes_the_same_bytes_and_clears_what_is_no_longer_shown(opened):
    seen = []
    for _ in range(2):
        chapter = opened()
        shares = levels.national_level_shares(chapter.population)
        chapter.show("fig-04", chart(shares), shares, title="构成")
        chapter.take("low", "fig-04", shares, "share_level_le1", digits=0)
        chapter.close()
        seen.append({p: p.read_bytes() for p in chapter.output.rglob("*") if p.is_file()})
        (chapter.output / "exhibits" / "fig-99.csv").write_text("old")
    assert seen[0] == seen[1]
    opened().close()
    assert list((chapter.output / "exhibits").iterdir()) == []


def test_a_chapter_without_scores_has_no_firms_to_ask_for(tmp_path):
    facts = read_facts("data/published/2021.csv")
    chapter = Chapter("audit", read_edition("2021"), facts, None, tmp_path)
    chapter.number("findings", 7, "项")
    assert not chapter.simulated
    with pytest.raises(ValueError, match="without scores"):
        _ = chapter.population
