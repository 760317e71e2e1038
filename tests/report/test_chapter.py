"""A chapter: what it registers, how values that cannot be said are handled, what it writes."""

from __future__ import annotations

import json
import math

import altair as alt
import pandas as pd
import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors
from smdi.indicators import levels
from smdi.published import read_facts
from smdi.report import locations, open_chapter, theme
from smdi.report.chapter import Chapter
from smdi.report.exhibits import FirmLevelData

HEADER = "exhibit,measure,group,year,value,unit,printed,where\n"
FACTS = (
    HEADER
    + "fig-04,share_level_le1,全国,2021,69,%,69,图4\n"
    + "text,participants_over,全国,2021,90,家,90,前言\n"
    + "text,share_level_le1_decrease,全国,2021,6,百分点,6,正文\n"
)
FIG_04 = ":::{exhibit} fig-04\n构成\n\n说明。\n:::\n"


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Let every chapter have a notebook of this prose; return a function that changes it."""
    path = tmp_path / "chapter.md"
    monkeypatch.setattr(locations, "notebook_path", lambda name, language="zh": path)

    def write(prose: str) -> None:
        path.write_text(f"# 标题\n\n{prose}", "utf-8")

    write("")
    return write


@pytest.fixture
def opened(firm, assessed, tmp_path, notebook):
    """Open a chapter on 100 firms, 69 of them at level one or below, with this prose."""
    (tmp_path / "facts.csv").write_text(FACTS, "utf-8")
    facts = read_facts(tmp_path / "facts.csv")
    groups = [firm(69, level=0), firm(15, level=2), firm(7, level=3), firm(9, level=5)]

    def make(prose="", draft=False, **options):
        settings = {"provenance": "simulated", "minimum_cell": 5, **options}
        pop = assessed(*groups, firm(100, year=2020), **settings)
        notebook(prose)
        edition = read_edition("2021")
        return Chapter("levels", edition, facts, pop, {}, tmp_path / "out", draft=draft)

    return make


def written(chapter):
    chapter.close()
    return json.loads((chapter.output / "numbers.json").read_text("utf-8"))


def prose(chapter):
    return "\n".join(json.loads((chapter.output / "prose.json").read_text("utf-8")))


def chart(frame):
    # Charts of the book write what is missing as null; JSON knows no NaN.
    rows = [{"group": g, "value": v} for g, v in zip(frame["group"], frame["value"], strict=True)]
    rows = [row | ({"value": None} if math.isnan(row["value"]) else {}) for row in rows]
    base = alt.Chart(alt.InlineData(values=rows))
    return theme.finish(base.mark_bar(), description="条形图。", height=80)


def test_a_number_that_the_report_prints_bears_no_mark(opened):
    chapter = opened("{{ low }}和{{ second }}")
    shares = levels.national_level_shares(chapter.population)
    chapter.values("fig-04", shares, digits=0, low="share_level_le1", second="share_level_2")
    records = written(chapter)
    assert records["levels.low"]["text"] == "69%"
    assert (records["levels.low"]["published"], records["levels.low"]["simulated"]) == (True, False)
    assert records["levels.second"]["simulated"]


def test_a_number_that_moved_from_the_printed_one_bears_the_mark(opened):
    chapter = opened("{{ low }}")
    chapter.number("low", 70.2, "%", fact=("fig-04", "share_level_le1", "全国", 2021))
    assert written(chapter)["levels.low"]["simulated"]


def test_a_bound_does_not_print_the_number_but_is_answered_by_it(opened):
    chapter = opened("{{ number }}")
    chapter.number("number", 100, "家", fact=("text", "participants_over", "全国", 2021))
    assert written(chapter)["levels.number"]["simulated"]
    rows = pd.read_csv(chapter.output / "facts.csv")
    assert rows[["exhibit", "measure", "value"]].to_numpy().tolist() == [
        ["text", "participants", 100.0]
    ]


def test_a_real_import_bears_no_mark(opened):
    chapter = opened("{{ number }}", provenance="import")
    chapter.number("number", 100, "家")
    assert not written(chapter)["levels.number"]["simulated"]


def test_in_a_province_nothing_is_published_and_nothing_compared(opened):
    chapter = opened("{{ low }}", province="江苏省")
    chapter.number("low", 69.0, "%", fact=("fig-04", "share_level_le1", "全国", 2021))
    records = written(chapter)
    assert records["levels.low"]["fact"] is None
    assert records["levels.low"]["simulated"]
    assert pd.read_csv(chapter.output / "facts.csv").empty


def test_whole_numbers_of_one_unit_are_registered_together(opened):
    chapter = opened("{{ found }}与{{ lost }}")
    chapter.counts("项", found=3, lost=None)
    records = written(chapter)
    assert records["levels.found"]["text"] == "3 项"
    assert records["levels.lost"]["state"] == "missing"


def test_a_sentence_keeps_the_marks_of_its_numbers(opened):
    text = "{{ low }}的企业，较上年下降{{ fall | amount('百分点', 1) }}。"
    chapter = opened(f"{{% sentence said %}}\n{text}\n{{% endsentence %}}")
    chapter.number("low", 69.0, "%", fact=("fig-04", "share_level_le1", "全国", 2021))
    chapter.define(fall=5.9)
    record = written(chapter)["levels.said"]
    assert record["text"] == "69% 的企业，较上年下降 5.9 个百分点。"
    assert {"key": "levels.low"} in record["parts"]
    assert {"text": "5.9 个百分点", "simulated": True} in record["parts"]
    assert record["simulated"]
    assert prose(chapter).endswith("{num}`levels.said`")


def test_an_amount_with_its_fact_bears_no_mark(opened):
    fact = "text/share_level_le1_decrease/全国/2021"
    chapter = opened(
        "".join(
            f"{{% sentence {name} %}}{{{{ {value} | amount('百分点', 0, '{fact}') }}}}"
            "{% endsentence %}"
            for name, value in (("same", 6), ("other", 5))
        )
    )
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
    chapter = opened("{% sentence said %}一级及以下的企业占{{ low }}，居首位。{% endsentence %}")
    chapter.number("low", value, "%", withheld=withheld)
    assert written(chapter)["levels.said"]["text"] == said


def test_withheld_beats_missing_and_an_author_may_word_it(opened):
    chapter = opened(
        "{% sentence said %}{{ one }}{{ two }}{% withheld %}不公布。{% missing %}无。"
        "{% endsentence %}{% sentence empty optional %}{{ one }}{% endsentence %}"
    )
    chapter.number("one", None, "%")
    chapter.number("two", 1.0, "%", withheld=True)
    records = written(chapter)
    assert records["levels.said"]["text"] == "不公布。"
    assert records["levels.empty"]["text"] == ""


def test_a_hidden_sentence_is_registered_and_prints_nothing(opened):
    chapter = opened("{% sentence summary hidden %}共{{ number }}。{% endsentence %}")
    chapter.number("number", 3, "家")
    assert written(chapter)["levels.summary"]["text"] == "共 3 家。"
    assert "summary" not in prose(chapter)


def test_an_unknown_name_is_reported_with_its_file_and_line(opened, tmp_path):
    chapter = opened("第一行\n\n占{{ high }}。")
    with pytest.raises(InputErrors) as report:
        chapter.close()
    (problem,) = report.value.problems
    assert (problem.file, problem.row) == (str(tmp_path / "chapter.md"), 5)
    assert "high" in str(problem.value)
    assert not chapter.output.exists()


def test_a_second_meaning_and_a_wrong_name_are_refused(opened):
    chapter = opened()
    chapter.number("low", 69.0, "%")
    with pytest.raises(ValueError, match="registered twice"):
        chapter.number("low", 70.0, "%")
    with pytest.raises(ValueError, match="lower-case"):
        chapter.number("Low", 1.0)


def test_in_a_draft_a_cell_may_run_again_with_another_value(opened):
    chapter = opened("{{ low }}", draft=True)
    for value in (69.0, 70.0):
        chapter.number("low", value, "%")
        shares = levels.national_level_shares(chapter.population)
        chapter.show("fig-04", chart(shares), shares)
    chapter = opened(FIG_04 + "\n{{ low }}", draft=True)
    chapter.number("low", 70.0, "%")
    assert written(chapter)["levels.low"]["text"] == "70%"


def test_a_number_that_no_sentence_quotes_is_refused_but_in_a_draft(opened):
    chapter = opened()
    chapter.number("idle", 1.0, "%")
    with pytest.raises(InputErrors, match="idle"):
        chapter.close()
    draft = opened(draft=True)
    draft.number("idle", 1.0, "%")
    assert "levels.idle" in written(draft)


def test_what_is_said_are_the_sentences_that_can_be_by_now_each_once(opened):
    chapter = opened(
        "{% sentence first %}共{{ one }}。{% endsentence %}\n\n"
        "{% sentence second %}又{{ two }}。{% endsentence %}"
    )
    chapter.number("one", 1, "家")
    assert chapter.say().texts == {"first": "共 1 家。"}
    chapter.number("two", 2, "家")
    assert chapter.say().texts == {"second": "又 2 家。"}
    assert chapter.say("first").texts == {"first": "共 1 家。"}
    with pytest.raises(KeyError, match="third"):
        chapter.say("third")


def test_a_changed_sentence_is_said_anew_without_opening_the_chapter_again(opened, notebook):
    chapter = opened("{% sentence said %}共{{ number }}。{% endsentence %}", draft=True)
    chapter.number("number", 3, "家")
    chapter.say()
    notebook("{% sentence said %}合计{{ number }}。{% endsentence %}")
    assert chapter.say("said").texts == {"said": "合计 3 家。"}


def test_an_exhibit_is_written_with_its_drawing_its_data_and_its_note(opened):
    chapter = opened(FIG_04)
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", chart(shares), shares)
    chapter.close()
    folder = chapter.output / "exhibits"
    exhibit = json.loads((folder / "fig-04.json").read_text("utf-8"))
    assert sorted(path.name for path in folder.iterdir()) == [
        "fig-04.csv", "fig-04.json", "fig-04.svg", "fig-04.vl.json",
    ]  # fmt: skip
    assert (exhibit["number"], exhibit["kind"], exhibit["alt"]) == ("图 4", "chart", "条形图。")
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
    chapter.show("fig-04", chart(shares), shares)
    chapter.close()
    exhibit = json.loads((chapter.output / "exhibits" / "fig-04.json").read_text("utf-8"))
    assert exhibit["title"] == "2021 年全国的69%"


def test_an_exhibit_without_a_caption_is_reported(opened):
    chapter = opened()
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", chart(shares), shares)
    with pytest.raises(InputErrors, match="fig-04"):
        chapter.close()


def test_an_exhibit_may_be_shown_only_once(opened):
    chapter = opened(FIG_04)
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", chart(shares), shares)
    with pytest.raises(ValueError, match="shown twice"):
        chapter.show("fig-04", chart(shares), shares)


def test_what_is_withheld_is_counted_in_the_note_and_empty_in_the_data(
    firm, assessed, tmp_path, notebook
):
    pop = assessed(firm(40, level=1), firm(3, level=4), minimum_cell=5)
    facts = read_facts("data/published/2021.csv").iloc[:0]
    notebook(FIG_04)
    edition = read_edition("2021")
    chapter = Chapter("levels", edition, facts, pop, {}, tmp_path / "out", draft=False)
    shares = levels.national_level_shares(pop)
    chapter.show("fig-04", chart(shares), shares)
    chapter.close()
    folder = tmp_path / "out" / "exhibits"
    note = json.loads((folder / "fig-04.json").read_text("utf-8"))["note"]
    data = pd.read_csv(folder / "fig-04.csv", encoding="utf-8-sig")
    assert "其中 2 个数值涉及企业不足 5 家" in note
    assert data["value"].isna().sum() == 2


def test_rows_of_firms_reach_no_exhibit(opened):
    chapter = opened()
    shares = levels.national_level_shares(chapter.population)
    with pytest.raises(FirmLevelData, match="credit_code"):
        chapter.show("fig-04", chart(shares), shares.assign(credit_code="A"))
    rows = [{"credit_code": "SIM1", "value": 1.0}]
    leaky = alt.Chart(alt.InlineData(values=rows)).mark_bar()
    with pytest.raises(FirmLevelData, match="credit_code"):
        chapter.show("fig-04", theme.finish(leaky, description="图。"), shares)
    many = alt.Chart(alt.InlineData(values=[{"value": n} for n in range(500)])).mark_bar()
    with pytest.raises(FirmLevelData, match="500 rows"):
        chapter.show("fig-04", theme.finish(many, description="图。"), shares)


def test_a_second_run_writes_the_same_bytes_and_clears_what_is_no_longer_shown(opened):
    seen = []
    for _ in range(2):
        chapter = opened(FIG_04 + "\n{{ low }}")
        shares = levels.national_level_shares(chapter.population)
        chapter.show("fig-04", chart(shares), shares)
        chapter.values("fig-04", shares, digits=0, low="share_level_le1")
        chapter.close()
        seen.append({p: p.read_bytes() for p in chapter.output.rglob("*") if p.is_file()})
        (chapter.output / "exhibits" / "fig-99.csv").write_text("old")
    assert seen[0] == seen[1]
    opened().close()
    assert list((chapter.output / "exhibits").iterdir()) == []


def test_a_chapter_without_scores_has_no_firms_to_ask_for(tmp_path, monkeypatch):
    monkeypatch.setenv(locations.OUTPUT_VARIABLE, str(tmp_path))
    chapter = open_chapter("audit", reads=())
    chapter.number("findings", 7, "项")
    assert not chapter.simulated
    with pytest.raises(ValueError, match="does not read scores"):
        _ = chapter.population


def test_a_chapter_gets_only_the_products_that_it_says_it_reads(tmp_path, monkeypatch):
    (tmp_path / "reproduction.csv").touch()
    monkeypatch.setenv(locations.PRODUCTS_VARIABLE, str(tmp_path))
    chapter = open_chapter("reproduction", reads=("reproduction",))
    assert chapter.product("reproduction") == tmp_path / "reproduction.csv"
    with pytest.raises(ValueError, match="simulation"):
        chapter.product("simulation")
