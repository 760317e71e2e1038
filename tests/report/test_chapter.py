"""A chapter: what it registers, how values that cannot be said are handled, what it writes."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors
from smdi.indicators import levels
from smdi.report import locations, open_chapter
from smdi.report.context import common_names
from tests.report.drawings.charts_frames import bars

FIG_04 = ":::{exhibit} fig-04\n构成\n\n说明。\n:::\n"


def written(chapter):
    chapter.close()
    return json.loads((chapter.output / "numbers.json").read_text("utf-8"))


def prose(chapter):
    return "\n".join(json.loads((chapter.output / "prose.json").read_text("utf-8")))


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
    assert {"text": "5.9 个百分点", "status": "simulated", "simulated": True} in record["parts"]
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
        (3.0, True, "相应数值涉及的企业数低于公布下限，或可由此推算，此处不予公布。"),
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
        chapter.show("fig-04", bars(shares), shares)
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


def test_a_second_run_writes_the_same_bytes_and_clears_what_is_no_longer_shown(opened):
    seen = []
    for _ in range(2):
        chapter = opened(FIG_04 + "\n{{ low }}")
        shares = levels.national_level_shares(chapter.population)
        chapter.show("fig-04", bars(shares), shares)
        chapter.values("fig-04", shares, digits=0, low="share_level_le1")
        chapter.close()
        seen.append({p: p.read_bytes() for p in chapter.output.rglob("*") if p.is_file()})
        (chapter.output / "exhibits" / "fig-99.csv").write_text("old")
    assert seen[0] == seen[1]
    opened().close()
    assert list((chapter.output / "exhibits").iterdir()) == []


def test_a_chapter_that_does_not_read_the_population_has_no_firms_to_ask_for(tmp_path, monkeypatch):
    monkeypatch.setenv(locations.OUTPUT_VARIABLE, str(tmp_path))
    chapter = open_chapter("audit", reads=())
    chapter.number("findings", 7, "项")
    assert not chapter.simulated
    with pytest.raises(ValueError, match="does not read the population"):
        _ = chapter.population


def test_a_chapter_gets_only_the_products_that_it_says_it_reads(tmp_path, monkeypatch):
    (tmp_path / "reproduction.csv").touch()
    monkeypatch.setenv(locations.PRODUCTS_VARIABLE, str(tmp_path))
    chapter = open_chapter("reproduction", reads=("reproduction",))
    assert chapter.product("reproduction") == tmp_path / "reproduction.csv"
    with pytest.raises(ValueError, match="simulation"):
        chapter.product("simulation")


def test_rows_that_are_not_shown_are_held_against_what_is_published(opened):
    chapter = opened()
    row = {"measure": "participants", "group": "全国", "year": 2021, "value": 91.0}
    frame = pd.DataFrame([{**row, "unit": "家", "base": 91}])
    chapter.reproduce("text", frame)
    written(chapter)
    rows = pd.read_csv(chapter.output / "facts.csv")
    assert rows[["exhibit", "measure", "value"]].to_numpy().tolist() == [
        ["text", "participants", 91.0]
    ]


def test_a_value_of_the_scope_is_known_from_what_is_published(opened):
    chapter = opened()
    frame = levels.national_level_shares(chapter.population)
    known = frame[(frame["measure"] == "share_level_le1") & (frame["year"] == 2021)]
    assert known["status"].tolist() == ["published"]


@pytest.mark.parametrize(
    ("firms", "said"), [(0, "没有"), (4, "不足 5 家"), (5, "")], ids=["none", "few", "enough"]
)
def test_a_scope_is_too_small_below_the_minimum(firm, assessed, firms: int, said: str) -> None:
    edition = read_edition("2021")
    policy = edition.disclosure.model_copy(update={"minimum": 5})
    pop = assessed(firm(firms), firm(9, region="山东省"), province="江苏省")
    names = common_names(edition.model_copy(update={"disclosure": policy}), pop)
    for name in ("too_few", "too_few_ever"):
        assert said in names[name]
        assert bool(names[name]) is bool(said)
    assert ("2021 年" in names["too_few"]) is bool(said)
    assert ("截至" in names["too_few_ever"]) is bool(said), "participants are those to date"
    assert "截至" not in names["too_few"]


def test_a_frame_is_quoted_by_the_name_of_its_exhibit(opened):
    chapter = opened(":::{exhibit} fig-04\n{{ fig_04 | span }}的构成\n:::\n")
    shares = levels.national_level_shares(chapter.population)
    chapter.show("fig-04", bars(shares), shares)
    chapter.close()
    exhibit = json.loads((chapter.output / "exhibits/fig-04.json").read_text("utf-8"))
    assert exhibit["title"] == "2020 年与 2021 年的构成"


def test_a_value_of_a_frame_comes_with_its_standard_error(opened):
    chapter = opened("{{ low }}")
    shares = levels.national_level_shares(chapter.population).assign(error=0.5)
    chapter.values("fig-04", shares, low="share_level_le1")
    assert written(chapter)["levels.low"]["error"] == 0.5
