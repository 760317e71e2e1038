"""The data of a book in full: every key that readers and programs take from it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from hashlib import sha256

import pandas as pd
import pytest

from smdi.edition import read_edition
from smdi.indicators.tidy import Row, frame
from smdi.publishing.package.citing import Source
from smdi.publishing.package.descriptor import codebook, descriptor
from smdi.publishing.package.making import archive, package, place_of
from smdi.publishing.package.passport import passport
from smdi.publishing.package.release import view_of, with_data
from smdi.publishing.package.tables import COLUMNS, csv_of, data_table, quantity, tidy_rows
from smdi.report.charts.frames import records
from smdi.standards import practices

DAY = date(2021, 12, 31)
NOWHERE = Source("报告", "编制单位", 2021, DAY, "2021", "ab" * 32)
DESCRIBED = {"id": "fig-01", "kind": "chart", "number": "图 1", "title": "企业数", "note": "说明。"}
COUNT = Row("participants", "江苏省", 2021, 4654.0, "家", 4654)


def table_of(*rows: Row, known: str = "", digits: int = 1, **described: object):
    data = frame(list(rows)).assign(status="simulated", base_status="simulated", known=known)
    return data_table({**DESCRIBED, "digits": digits, **described}, records(data), "2021")


def test_a_descriptor_says_all_of_a_release_and_of_each_file() -> None:
    share = Row("share_level_2", "江苏省", 2021, 15.648, "%", 4654)
    told = descriptor(NOWHERE, [table_of(COUNT, share), table_of(share, id="tab-02")], "data/")
    resources = told.pop("resources")
    assert told == {
        "profile": "tabular-data-package",
        "name": "smdi-2021",
        "id": "ab" * 32,
        "title": "报告",
        "version": "2021",
        "created": "2021-12-31T00:00:00Z",
        "homepage": "index.html",
        "description": "全书图表的数据，每行一个数值，连同单位、基数、数据性质和版次。",
        "licenses": [{"name": "other-open", "title": "引用数据须注明出处"}],
        "sources": [{"title": NOWHERE.line()}],
        "contributors": [{"title": "编制单位", "role": "publisher"}],
        "codebook": [
            {"code": "participants", "name": "参与自诊断企业数", "unit": "家"},
            {"code": "share_level_2", "name": "二级", "unit": "%"},
        ],
    }
    assert [one["path"] for one in resources] == ["data/fig-01.csv", "data/tab-02.csv"]
    schema = resources[0].pop("schema")
    assert resources[0] == {
        "profile": "tabular-data-resource", "name": "fig-01", "path": "data/fig-01.csv",
        "title": "图 1 企业数", "description": "说明。", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8",
    }  # fmt: skip
    assert schema["missingValues"] == [""]
    numbers = {"年份": "integer", "数值": "number", "名次": "integer", "基数": "integer"}
    fields = {field["name"]: field for field in schema["fields"]}
    assert {name: field["type"] for name, field in fields.items()} == {
        name: numbers.get(name, "string") for name in fields
    }
    assert {name for name, field in fields.items() if "constraints" in field} == {
        "数据性质", "基数性质",
    }  # fmt: skip
    assert fields["数据性质"]["constraints"]["enum"][:2] == ["", "已公布"]


def test_a_measure_stands_in_the_codebook_once_for_each_unit() -> None:
    other = Row("participants", "江苏省", 2021, 4.0, "%", 4654)
    told = codebook([table_of(COUNT), table_of(other, COUNT)])
    assert [(one["code"], one["unit"]) for one in told] == [
        ("participants", "家"), ("participants", "%"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "known", "digits", "cells"),
    [
        (COUNT, "", 2, ("4654", "家", "4654", "模拟", "模拟")),
        (Row("x", "江苏省", 2021, 15.65, "%", 90), "", 1, ("15.7", "%", "90", "模拟", "模拟")),
        (Row("x", "江苏省", 2021, 15.65, "%", 90), "16", 1, ("16", "%", "90", "模拟", "模拟")),
        (Row("x", "江苏省", 2021, 15.65, "%", 90), "17", 1, ("15.7", "%", "90", "模拟", "模拟")),
        (Row("x", "江苏省", 2021, 15.65, "%", 90), "15.65", 1,
         ("15.7", "%", "90", "模拟", "模拟")),
        (Row("x", "江苏省", 2021, 15.65, "%", 0), "", 0, ("16", "%", "", "模拟", "")),
        (Row("x", "江苏省", 2021, float("nan"), "%", 0, withheld=True), "", 0,
         ("", "%", "", "未公布", "")),
    ],
)  # fmt: skip
def test_a_value_has_the_decimals_with_which_the_page_shows_it(row, known, digits, cells) -> None:
    (told,) = table_of(row, known=known, digits=digits).rows
    places = [COLUMNS.index(name) for name in ("value", "unit", "base", "status", "base_status")]
    assert tuple(told[at] for at in places) == cells


def test_a_place_in_a_ranking_is_of_its_group_and_year() -> None:
    rows = [
        Row("rank", "江苏省", 2021, 2.0, "位", 0),
        Row("rank", "山东省", 2020, float("nan"), "位", 0, withheld=True),
        *(
            Row("participants", name, year, 5.0, "家", 5)
            for name, year in (("江苏省", 2021), ("江苏省", 2020), ("山东省", 2020), ("甲", 0))
        ),
    ]
    table = table_of(*rows)
    at, year = COLUMNS.index("rank"), COLUMNS.index("year")
    assert [(row[at], row[year]) for row in table.rows] == [
        ("2", "2021"), ("", "2020"), ("", "2020"), ("", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        ("share_level_2_change", "二级的变化"), ("share_level_2_increase", "二级的提高"),
        ("share_level_2_decrease", "二级的下降"), ("share_level_2_lead", "二级的差距"),
        ("participants_rest", "参与自诊断企业数（未单独列出的合计）"),
        ("firms_level_ge2", "达到二级及以上企业数"),
        ("share_level_2_rest_change", "二级（未单独列出的合计）的变化"), ("x_change", "x_change"),
    ],
)  # fmt: skip
def test_a_measure_is_named_by_what_it_is_made_of(measure: str, name: str) -> None:
    assert quantity(measure) == name


def test_tables_below_one_another_have_one_head_and_a_mark_for_excel() -> None:
    made = csv_of([table_of(COUNT), table_of(COUNT, id="fig-02", number="图 2")])
    assert made.startswith(b"\xef\xbb\xbf")
    head, *rows = made.decode("utf-8-sig").splitlines()
    assert head.startswith("图表,指标,") and [row[:3] for row in rows] == ["图 1", "图 2"]


def test_a_view_leaves_out_what_is_the_same_in_all_rows_but_for_value_unit_and_status() -> None:
    rows = [Row("participants", name, 2021, 5.0, "家", 5) for name in ("江苏省", "山东省")]
    view = view_of(table_of(*rows))
    assert view["columns"] == ["group", "value", "unit", "status"]
    assert view["heads"] == ["对象", "数值", "单位", "数据性质"]
    assert view["numeric"] == [False, True, False, False]
    assert view["rows"] == [["江苏省", "5", "家", "模拟"], ["山东省", "5", "家", "模拟"]]
    assert set(view["same"]) == set(COLUMNS) - {"group"}
    assert view["same"]["year"] == "2021"


def test_notes_say_of_what_release_and_exhibit_a_file_is() -> None:
    table = table_of(COUNT, page="sme", notes="x")
    files = package([table, table_of(id="fig-09")], NOWHERE)
    assert "fig-09.csv" not in files  # it has no row
    sheets = pd.read_excel(
        io.BytesIO(files["fig-01.xlsx"]), sheet_name="说明", header=None, engine="calamine"
    )
    notes = [tuple(line) for line in sheets.itertuples(index=False)]
    about = [
        ("题名", "报告"), ("版次", "2021"), ("数据截止", "2021-12-31"), ("数据指纹", "ab" * 32),
        ("出处", "sme.html#fig-01"), ("引用", NOWHERE.line("图 1 企业数", "sme.html#fig-01")),
        ("许可", "引用数据须注明出处"),
    ]  # fmt: skip
    assert notes[:9] == [("图表", "图 1 企业数"), ("图表说明", "说明。"), *about]
    assert len(notes) == 2 + 8 + 12
    whole = pd.read_excel(
        io.BytesIO(files["smdi-2021.xlsx"]), sheet_name="说明", header=None, engine="calamine"
    )
    said = [tuple(line) for line in whole.itertuples(index=False)]
    assert said[:4] == about[:4] and said[4] == ("出处", "index.html")
    assert said[-1] == ("participants", "参与自诊断企业数（家）")
    with zipfile.ZipFile(io.BytesIO(files["smdi-2021.zip"])) as opened:
        assert opened.read("README.txt").decode().splitlines()[0] == "题名：报告"


def test_an_archive_has_its_members_in_order_packed_and_open_to_all() -> None:
    made = archive({"b": b"2" * 999, "a": b"1"}, date(2020, 2, 29))
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        found = {info.filename: info for info in opened.infolist()}
    assert [*found] == ["a", "b"]
    assert found["b"].compress_type == zipfile.ZIP_DEFLATED and found["b"].compress_size < 99
    assert {info.external_attr >> 16 for info in found.values()} == {0o644}
    assert {info.date_time for info in found.values()} == {(2020, 2, 29, 0, 0, 0)}


@pytest.mark.parametrize(
    ("described", "place"), [({"page": "a", "id": "b"}, "a.html#b"), ({"page": "", "id": "b"}, "")]
)
def test_an_exhibit_stands_at_its_anchor_of_a_page_or_nowhere(described, place: str) -> None:
    assert place_of(described) == place
    assert NOWHERE.permalink(place) == (place or "index.html")


def test_an_entry_of_bibtex_has_each_of_its_fields() -> None:
    assert NOWHERE.bibtex() == (
        "@misc{smdi-2021,\n  title = {报告},\n  author = {{编制单位}},\n  year = {2021},\n"
        "  date = {2021-12-31},\n  version = {2021, abababababab},\n  url = {index.html}\n}"
    )
    assert "title = {报告: 图 1}" in NOWHERE.bibtex("图 1", "a.html", "fig-01")
    edition = read_edition("2021").model_copy(update={"address": "https://a.example/b/"})
    made = Source.of(edition, "题", "cd")
    assert made == Source(
        "题", edition.publisher, 2021, edition.data_date, "2021", "cd", "https://a.example/b",
        edition.contact,
    )  # fmt: skip


@pytest.mark.parametrize(("many", "named"), [(8, 8), (9, 8)])
def test_a_passport_names_eight_measures_and_tells_the_number_of_all_values(many, named) -> None:
    measures = ["no_name", *practices().index[:many]]
    rows = [Row(measure, "全国", 2021, 5.0, "%", 100) for measure in measures]
    told = records(frame([*rows, Row("rank", "全国", 2021, 1.0, "位", 0)]))
    lines = dict(passport(told, "sme", 2, "ef" * 32))
    names = [quantity(measure) for measure in measures[1:][:named]]
    assert lines["指标"] == "、".join(names) + "…" * (many > 8)
    assert lines["数值"] == f"{many + 1} 个"
    assert lines["基数"] == "2021 年 100 家"
    assert lines["依据"] == "不涉及标准的评分条款"
    assert lines["指纹"] == "ef" * 8
    assert "数据性质" not in lines
    told = records(frame([Row("domain_data", "甲", 2021, 1.0, "分", 9)]))
    domain = dict(passport(told, "sme", 2, "ab"))
    assert domain["依据"] == "GB/T 39116-2020（能力域）、GB/T 39117-2020（计分与权重）"


def notebook(text: str, code: str) -> bytes:
    cells = [{"cell_type": "markdown", "source": [text]}, {"cell_type": "code", "source": [code]}]
    return json.dumps({"cells": cells}).encode()


def test_the_files_of_a_book_tell_readers_of_each_exhibit_in_the_book_s_order() -> None:
    csv_text = (
        "measure,group,year,value,unit,base,withheld\nparticipants,江苏省,2021,9,家,9,False\n"
    )
    content = csv_text.encode("utf-8-sig")
    wanted: dict[str, bytes] = {
        "sme.ipynb": notebook(":::{exhibit} fig-a7\n:::", 'chapter.show("fig-a7", x)'),
        "trend.ipynb": notebook(":::{exhibit} fig-a3\n:::", 'chapter.show("fig-a3", x)'),
    }
    for name in ("fig-a3", "fig-a7", "fig-a1"):
        described = {**DESCRIBED, "id": name, "number": "?", "digits": 0}
        wanted[f"exhibits/{name}.json"] = json.dumps(described).encode()
        wanted[f"exhibits/{name}.csv"] = content
    edition = read_edition("2021")
    pages = {"fig-a7": "sme", "fig-a3": "trend", "fig-a1": "trend"}
    made = with_data(wanted, pages, edition, "题")
    listed = json.loads(made["data.json"])
    # Placed ones by their places, and one that no text places behind them.
    assert [
        (one["id"], one["number"], one["place"], one["files"]) for one in listed["exhibits"]
    ] == [
        (name, f"图 A{at}", f"{page}.html#{name}", [f"{name}.csv", f"{name}.xlsx"])
        for at, (name, page) in enumerate(
            (("fig-a7", "sme"), ("fig-a3", "trend"), ("fig-a1", "trend")), 1
        )
    ]
    assert listed["whole"] == ["smdi-2021.xlsx", "smdi-2021.zip", "datapackage.json"]
    assert listed["source"] == {
        "title": "题", "publisher": edition.publisher, "contact": edition.contact,
        "edition": "2021", "dated": "2021-12-31", "address": edition.address.rstrip("/"),
    }  # fmt: skip
    one = json.loads(made["exhibits/fig-a3.json"])
    source = Source.of(edition, "题", sha256(content).hexdigest())
    assert one["permalink"] == source.permalink("trend.html#fig-a3")
    assert one["reference"] == source.line("图 A2 企业数", "trend.html#fig-a3")
    assert one["bibtex"] == source.bibtex("图 A2 企业数", "trend.html#fig-a3", "fig-a3")
    assert one["view"]["rows"] == [["9", "家", "模拟"]] or one["view"]["columns"]
    assert dict(map(tuple, one["passport"]))["程序"] == "trend.ipynb 第 1 个代码单元"
    assert set(made) > set(wanted) and "extra/data/fig-a7.xlsx" in made
    told = [(row["group"], row["value"]) for row in tidy_rows(content)]
    assert told == [("江苏省", 9)]
