"""Mappings that are proposed from an export alone, and the template that needs none."""

from __future__ import annotations

import datetime
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from lxml import etree
from python_calamine import CalamineWorkbook

from smdi.assessments import import_assessments
from smdi.assessments.mapping import read_mapping, template_mapping
from smdi.assessments.mapping.headings import FIRM_HEADINGS, practice_headings
from smdi.assessments.mapping.proposal import propose
from smdi.assessments.mapping.template import write_template
from smdi.assessments.mapping.vocabulary import SCORE_SETS, score_set, yes_no_set
from smdi.assessments.mapping.writing import mapping_yaml
from smdi.errors import InputErrors
from smdi.standards import maturity_model, practices, regions


@pytest.fixture
def proposed(tmp_path: Path):
    """Propose a mapping for files of tmp_path; return its file and its text."""

    def go(*names: str, items: str | None = None) -> tuple[Path, str]:
        text = mapping_yaml(
            propose([tmp_path / name for name in names], tmp_path / items if items else None)
        )
        path = tmp_path / "proposed.yaml"
        path.write_text(text, encoding="utf-8")
        return path, text

    return go


@pytest.fixture
def usual(export_of):
    """An export under headings as other offices write them."""

    def make(frame: pd.DataFrame) -> pd.DataFrame:
        export = export_of(frame)
        names = practices()["name_zh"]
        renamed = {f"做法 {name}": zh for name, zh in names.items()}
        renamed |= {"统一社会信用代码": "信用代码", "评估年度": "年度", "提交日期": "填报时间"}
        renamed |= {
            "省份": "所在省份",
            "城市": "所在城市",
            "行业代码": "所属行业",
            "从业人数": "员工人数",
        }
        renamed |= {
            "营业收入（元）": "年营业收入(元)",
            "生产类型": "生产类型",
            "设计": "是否有设计业务",
        }
        renamed |= {"物流": "是否有物流业务", "销售": "是否有销售业务", "服务": "是否有服务业务"}
        return export.rename(columns=renamed)

    return make


def test_an_export_under_usual_headings_imports_by_its_proposal(
    firms, usual, proposed, run, same, tmp_path
):
    frame = firms(30, real=True)
    usual(frame).assign(备注="无").to_csv(tmp_path / "export.csv", index=False)
    path, text = proposed("export.csv")
    run("export.csv", how=path)
    same(frame)
    assert "# Columns not used: 备注" in text


def test_ticks_and_units_and_prefixed_items_are_proposed(
    firms, usual, proposed, run, same, workbook, rows_of
):
    frame = firms(30, real=True)
    # A firm that was not asked is empty, and an empty tick is a no.
    for name in [name for name in frame if name.startswith("practice_")]:
        if str(frame[name].dtype) == "boolean":
            base = practices().loc[name.removeprefix("practice_"), "base"]
            asked = frame[base] if base != "all" else pd.Series(True, frame.index)
            frame[name] = frame[name].fillna(False).where(asked)
    export = usual(frame)
    export.columns = [f"题_{c}" if c.count("-") == 2 else c for c in export.columns]
    export = export.replace({"是": "√", "否": "", "全部满足": "10", "大部分满足": "8"})
    export = export.replace({"部分满足": "5", "不满足": "0"})
    export["年营业收入(元)"] = (frame["revenue"] / 10_000).round(9).map(str)
    export = export.rename(columns={"年营业收入(元)": "营业收入（亿元）"})
    workbook({"导出": [["2021年导出"], [], *rows_of(export)]})
    path, text = proposed("export.xlsx")
    # The title names a year, but each firm has its own.
    assert "stands in the title" not in text
    mapping = read_mapping(path)
    assert mapping.items.template == "题_{item_id}"
    assert mapping.columns["revenue"].unit == "亿元"
    assert mapping.columns["design"].values == {"√": "true", "": "false"}
    run("export.xlsx", how=path)
    same(frame)


def test_a_long_file_is_proposed_as_one(firms, export_of, proposed, run, same, tmp_path):
    frame = firms(12, real=True)
    wide = export_of(frame)
    items = [name.removeprefix("item_") for name in frame.columns if name.startswith("item_")]
    wide.drop(columns=items).to_csv(tmp_path / "export.csv", index=False)
    keys = ["统一社会信用代码", "评估年度"]
    long = wide.melt(keys, items, "条目编号", "评分")
    long.to_csv(tmp_path / "items.csv", index=False)
    path, _ = proposed("export.csv", items="items.csv")
    mapping = read_mapping(path)
    assert mapping.items.layout == "long"
    assert mapping.items.long_columns["item_id"] == "条目编号"
    practice = {f"practice_{name}" for name in mapping.practices.columns}
    run("export.csv", how=path, items=tmp_path / "items.csv")
    same(
        frame.assign(**{n: None for n in frame if n.startswith("practice_") and n not in practice})
    )


def test_the_unit_of_revenue_is_guessed_from_the_values_and_marked(
    firms, usual, proposed, tmp_path
):
    export = usual(firms(30, real=True)).rename(columns={"年营业收入(元)": "年营业收入"})
    export.to_csv(tmp_path / "export.csv", index=False)
    path, text = proposed("export.csv")
    assert read_mapping(path).columns["revenue"].unit == "元"
    assert "# CHECK columns.revenue: unit 元 is a guess" in text


@pytest.mark.parametrize(
    ("per_person", "unit"),
    [(30_000, "元"), (29_999, "千元"), (30_000_000, "元"), (30_000_001, "万元")],
)
def test_a_person_makes_thirty_thousand_to_thirty_million_yuan(
    firms, usual, proposed, tmp_path, per_person: int, unit: str
):
    export = usual(firms(3, real=True)).rename(columns={"年营业收入(元)": "年营业收入"})
    export["年营业收入"] = export["员工人数"].astype(int) * per_person
    export.to_csv(tmp_path / "export.csv", index=False)
    path, text = proposed("export.csv")
    assert read_mapping(path).columns["revenue"].unit == unit
    assert ("nothing tells the unit" in text) is (unit == "万元")


@pytest.mark.parametrize(
    ("revenue", "persons"),
    [("未填", "100"), ("900000000", ""), ("0", "100"), ("900000000", "0"), ("-9", "100")],
)
def test_a_firm_without_revenue_or_persons_says_nothing_of_the_unit(
    firms, usual, proposed, tmp_path, revenue: str, persons: str
):
    """Two of five firms have 100 000 a head; nothing is known of the others."""
    export = usual(firms(5, real=True)).rename(columns={"年营业收入(元)": "年营业收入"})
    export["员工人数"], export["年营业收入"] = "1,000", "100,000,000"
    export.loc[2:, ["年营业收入", "员工人数"]] = revenue, persons
    export.to_csv(tmp_path / "export.csv", index=False)
    path, text = proposed("export.csv")
    assert read_mapping(path).columns["revenue"].unit == "元"
    assert "# CHECK columns.revenue: unit 元 is a guess" in text


def test_a_column_of_words_beside_the_scores_hides_no_score(firms, usual, proposed, tmp_path):
    export = usual(firms(10, real=True)).replace("全部满足", "1")
    export = export.replace({"大部分满足": "0.8", "部分满足": "0.5", "不满足": "0"})
    export.assign(备注=[f"备注{n}" for n in range(10)]).to_csv(tmp_path / "export.csv", index=False)
    path, _ = proposed("export.csv")
    assert read_mapping(path).items.values == {"1": 10, "0.8": 8, "0.5": 5, "0": 0}


def test_items_in_no_known_order_are_taken_in_that_of_the_catalogue_and_marked(
    firms, usual, proposed, run, same, tmp_path
):
    frame = firms(10, real=True)
    export = usual(frame)
    items = [name for name in export.columns if name.count("-") == 2]
    export = export.rename(columns={item: f"第{n}题" for n, item in enumerate(items, start=1)})
    export.to_csv(tmp_path / "export.csv", index=False)
    path, text = proposed("export.csv")
    run("export.csv", how=path)
    same(frame)
    assert "CHECK 30% (as many columns as items" in text


def test_what_cannot_be_placed_is_said_and_left_to_the_editor(firms, usual, proposed, tmp_path):
    export = usual(firms(10, real=True)).drop(columns=["年度", "生产类型"])
    text = "2021年度自诊断结果\n" + export.to_csv(index=False)
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    path, text = proposed("export.csv")
    assert "  year: {constant: 2021}  # CHECK from the title" in text
    assert "# CHECK columns.process_type (生产类型): no column found; write it yourself" in text
    with pytest.raises(InputErrors, match="lacks process_type"):
        read_mapping(path)


def test_a_proposal_of_no_table_is_refused(proposed, tmp_path):
    (tmp_path / "export.csv").write_text("1,2,3\n4,5,6\n", encoding="utf-8")
    with pytest.raises(InputErrors, match="a row of headings"):
        proposed("export.csv")


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["是", "否"], {"是": True, "否": False}),
        (["√", ""], {"√": True, "": False}),
        (["√", "×", ""], {"√": True, "×": False}),
        (["有", "无"], {"有": True, "无": False}),
        (["Y", "N", "N/A"], {"Y": True, "N": False}),
        (["1", "0"], {"1": True, "0": False}),
        (["是", "也许"], None),
        ([""], None),
    ],
)
def test_the_words_for_yes_and_no_are_known(texts: list[str], values):
    assert yes_no_set(texts) == values


@pytest.mark.parametrize(
    ("texts", "tenths"),
    [
        (["全部满足", "不满足", "不适用"], 10),
        (["1", "0.8", "0"], 10),
        (["1.0", "0.5", "0.0", ""], 10),
        (["10", "8", "5", "0"], None),
        (["100", "80", "0"], None),
        (["1", "0"], None),
        (["好", "坏"], None),
    ],
)
def test_the_ways_to_write_a_score_are_known(texts: list[str], tenths):
    found = score_set(texts)
    if tenths is not None:
        assert found[texts[0].removesuffix(".0")] == tenths
    else:
        assert found is None or set(found) >= set(texts)


def test_every_way_to_write_scores_has_all_four_of_them_from_the_highest_down():
    assert len(SCORE_SETS) > 5
    for words in SCORE_SETS:
        assert list(words.values()) == [10, 8, 5, 0]
        assert score_set([*words, "不适用", ""]) == words


def test_a_filled_template_imports_without_a_mapping(firms, run, same, tmp_path):
    frame = firms(7, real=True)
    write_template(tmp_path / "template.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "template.xlsx")
    header = book.get_sheet_by_index(0).to_python()[0]
    names = regions()["name_zh"]
    scores = {score.tenths: score.name_zh for score in maturity_model().item_scores}
    kinds = practices()["kind"]
    with xlsxwriter.Workbook(str(tmp_path / "filled.xlsx")) as filled:
        sheet = filled.add_worksheet("自诊断数据")
        day = filled.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, header)
        for line, row in enumerate(frame.to_dict("records"), start=1):
            cells = [row["credit_code"], row["year"], None, names[row["province"]]]
            cells += [names[row["city"]], row["industry"]]
            cells += [{"discrete": "离散型", "process": "流程型"}[row["process_type"]]]
            cells += [row["employees"], row["revenue"]]
            cells += ["是" if row[b] else "否" for b in ("design", "logistics", "sales", "service")]
            cells += [
                "不适用" if pd.isna(row[f"item_{item}"]) else scores[row[f"item_{item}"]]
                for item in maturity_model().items["item_id"]
            ]
            for name, kind in kinds.items():
                value = row[f"practice_{name}"]
                known = {True: "是", False: "否"}
                cells.append(None if pd.isna(value) else value if kind == "ratio" else known[value])
            sheet.write_row(line, 0, cells)
            submitted = datetime.datetime.combine(row["submitted_on"], datetime.time())
            sheet.write_datetime(line, 2, submitted, day)
    import_assessments(tmp_path / "filled.xlsx", template_mapping(), tmp_path / "out.parquet")
    same(frame)


def test_the_template_offers_lists_and_says_what_to_fill_in(tmp_path):
    write_template(tmp_path / "template.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "template.xlsx")
    assert book.sheet_names == ["自诊断数据", "填表说明", "选项"]
    sheet = zipfile.ZipFile(tmp_path / "template.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 8
    lists = book.get_sheet_by_name("选项").to_python()
    columns = list(zip(*lists, strict=True))
    assert "江苏省" in columns[0]
    assert "苏州市" in columns[1]
    assert {"全部满足", "不适用"} <= set(columns[5])


def test_codes_of_the_template_are_texts_and_days_are_days_each_with_its_width(tmp_path):
    """A spreadsheet would take a code for a number, which has no more than fifteen digits."""
    write_template(tmp_path / "template.xlsx")
    with zipfile.ZipFile(tmp_path / "template.xlsx") as parts:
        styles = etree.fromstring(parts.read("xl/styles.xml"))
        sheet = etree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    forms = {one.get("numFmtId"): one.get("formatCode") for one in styles.iterfind(".//{*}numFmt")}
    forms |= {"0": "", "49": "@"}  # those that every workbook has
    used = [forms[one.get("numFmtId")] for one in styles.find("{*}cellXfs")]
    found = {}
    for column in sheet.iterfind(".//{*}cols/{*}col"):
        wide = int(float(column.get("width")))
        for place in range(int(column.get("min")), int(column.get("max")) + 1):
            found[place] = (wide, used[int(column.get("style", 0))])
    columns = [*FIRM_HEADINGS, *maturity_model().items["item_id"], *practice_headings()]
    own = {"credit_code": (22, "@"), "submitted_on": (14, "yyyy-mm-dd"), "industry": (12, "@")}
    assert found == {place: own.get(name, (14, "")) for place, name in enumerate(columns, 1)}


def test_each_column_of_the_template_offers_its_own_list(tmp_path):
    write_template(tmp_path / "template.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "template.xlsx")
    headings = book.get_sheet_by_index(0).to_python()[0]
    lists = list(zip(*book.get_sheet_by_index(2).to_python(), strict=True))
    with zipfile.ZipFile(tmp_path / "template.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    offered: dict[str, tuple[str, ...]] = {}
    for places, source in re.findall(
        r'<dataValidation [^>]*sqref="([^"]+)"[^>]*><formula1>([^<]+)</formula1>', sheet
    ):
        letters = re.match(r"[^!]+!\$([A-Z]+)\$1:\$([A-Z]+)\$(\d+)", source)
        values = lists[column_of(letters[1])][: int(letters[3])]
        first, _, last = places.partition(":")
        ends = [column_of(re.match("[A-Z]+", one)[0]) for one in (first, last or first)]
        assert re.search(r"\d+", first)[0] == "2", "below the headings"
        for at in range(ends[0], ends[1] + 1):
            offered[headings[at]] = values
    names, model = regions(), maturity_model()
    assert offered[FIRM_HEADINGS["province"]] == tuple(
        names[(names["kind"] == "province") & names["in_scope"]]["name_zh"]
    )
    assert "无锡市" in offered[FIRM_HEADINGS["city"]]
    assert "江苏省" not in offered[FIRM_HEADINGS["city"]]
    assert "3670" in offered[FIRM_HEADINGS["industry"]]
    assert offered[FIRM_HEADINGS["process_type"]] == ("离散型", "流程型")
    for business in ("design", "logistics", "sales", "service"):
        assert offered[FIRM_HEADINGS[business]] == ("是", "否")
    for item in model.items["item_id"]:
        assert offered[item] == (*(score.name_zh for score in model.item_scores), "不适用")
    shares = practices()["kind"] == "share"
    for name, heading in practice_headings().items():
        assert offered.get(heading) == (("是", "否") if shares[name] else None)
    free = ("credit_code", "year", "submitted_on", "employees", "revenue")
    assert not {FIRM_HEADINGS[name] for name in free} & offered.keys()


def column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
