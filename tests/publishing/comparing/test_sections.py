"""The sections of a comparison as a reader sees them, with texts that would be markup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from lxml import html

from smdi.publishing.comparing.sections import Section, rows_html, sections, shown_row
from smdi.workflow.differences.consequences import About, Consequences
from smdi.workflow.differences.run import Run, Shown

HOSTILE = "</script><img src=x onerror=alert(1)>\"'&"
COLUMNS = ["measure", "group", "year", "value", "unit", "base", "withheld"]
ABOUT = About(
    edition="2021",
    scope="江苏省",
    old_scope="全国",
    parameters={"province": "江苏省", "city": "", "edition": "2021", "minimum": 0, "size": "large"},
    release="版本",
    data="数据",
    code="代码",
    simulated=True,
    cautions=("code_changed", "not_published"),
)


def number(value: float | None, text: str) -> dict[str, Any]:
    state = "missing" if value is None else "value"
    made = {"kind": "number", "value": value, "unit": "%", "digits": 0, "text": text}
    return made | {"state": state, "simulated": value == 66}


def phrase(text: str) -> dict[str, Any]:
    return {"kind": "phrase", "text": text, "simulated": False, "parts": [{"text": text}]}


def exhibit(name: str, rows: list[tuple[object, ...]], **given: object) -> Shown:
    content = {"id": name, "kind": "chart", "title": f"图{HOSTILE}", "simulated": "none", **given}
    return Shown(name, "levels", content, pd.DataFrame(rows, columns=COLUMNS), None, None)


def shares(*values: float, group: str = "全国") -> list[tuple[object, ...]]:
    names = [group, *(f"组{n}" for n in range(len(values) - 1))]
    rows = zip(names, values, strict=True)
    return [("share_level_2", name, 2021, value, "%", 100, False) for name, value in rows]


def ranks(*places: int) -> list[tuple[object, ...]]:
    return [("rank", f"城{n}", 2021, float(p), "位", 0, False) for n, p in enumerate(places)]


def run(scope: str, shown: list[Shown], **records: dict[str, Any]) -> Run:
    named = {f"levels.{name}": record for name, record in records.items()}
    return Run(scope, {"levels": f"水平{HOSTILE}"}, named, {one.name: one for one in shown})


def made(old: Run, new: Run) -> dict[str, Section]:
    def draw(shown: Shown, side: str) -> str:
        return f'<p class="drawn">{side} {shown.name}</p>'

    found = sections(Consequences(ABOUT, old, new), draw)
    assert [one.name for one in found] == [
        "about", "summary", "values", "sentences", "ranks", "exhibits"
    ]  # fmt: skip
    return {one.name: one for one in found}


def cells(section: Section, part: str = "tbody") -> list[list[str]]:
    tree = html.fromstring(f"<div>{section.html}</div>")
    return [[cell.text_content() for cell in row] for row in tree.xpath(f"//{part}/tr")]


def text(section: Section) -> str:
    return " ".join(html.fromstring(f"<div>{section.html}</div>").text_content().split())


@pytest.fixture(scope="module")
def compared() -> dict[str, Section]:
    old = run(
        "全国",
        [exhibit("fig-04", shares(69, *range(1, 14))), exhibit("tab-cities", ranks(1, 2, 3))],
        low=number(69, "69%"),
        gone=number(5, "5%"),
        said=phrase(f"原句{HOSTILE}，占比较高。"),
    )
    later = [exhibit("fig-04", shares(66, *(n + n / 10 for n in range(1, 14)), group="江苏省"))]
    later += [exhibit("tab-cities", ranks(3, 2, 1))]
    new = run(
        "江苏省",
        later,
        low=number(66, "66%"),
        born=number(None, "（数据缺失）"),
        said=phrase(f"原句{HOSTILE}，占比较低。"),
    )
    return made(old, new)


def test_no_text_becomes_markup(compared) -> None:
    for section in compared.values():
        tree = html.fromstring(f"<div>{section.html}</div>")
        assert tree.xpath("//img | //script") == []


def test_what_was_compared_stands_first_without_what_is_not_given(compared) -> None:
    rows = cells(compared["about"])
    assert compared["about"].heading == ""
    assert [row[1] for row in rows[:6]] == [
        "江苏省", "province=江苏省，minimum=0，size=large", "2021", "版本", "数据", "代码"
    ]  # fmt: skip
    tree = html.fromstring(f"<div>{compared['about'].html}</div>")
    assert len(tree.xpath("//p[@class='compared-caution']")) == 2
    assert len({row[0] for row in rows}) == 7


def test_the_nature_of_the_firms_is_told(compared) -> None:
    old = run("全国", [], low=number(69, "69%"))
    real = sections(Consequences(replace(ABOUT, simulated=False), old, old), lambda *_: "")[0]
    simulated = cells(compared["about"])[6][1]
    assert simulated != cells(real)[6][1]
    assert "模拟" in simulated


def test_values_stand_with_both_texts_and_the_mark_of_what_is_simulated(compared) -> None:
    rows = {row[0]: row[1:] for row in cells(compared["values"])}
    assert rows["levels.low"] == ["69%", "66%模", "−3 个百分点"]
    assert rows["levels.gone"][0] == "5%"
    assert rows["levels.gone"][1] == "—"
    assert rows["levels.born"][0] == "—"


def test_a_sentence_shows_what_went_and_what_came(compared) -> None:
    tree = html.fromstring(compared["sentences"].html)
    assert tree.xpath("//del") and tree.xpath("//ins")
    assert HOSTILE in text(compared["sentences"])


def test_places_are_told_with_how_far_they_moved(compared) -> None:
    rows = {row[0]: row[1:] for row in cells(compared["ranks"])}
    assert set(rows) == {"城0", "城2"}
    assert rows["城0"][3] != rows["城2"][3]
    assert "1" in rows["城0"][2] and "3" in rows["城0"][3]
    assert "2" in rows["城0"][4]
    assert (rows["城0"][4], rows["城2"][4]) == ("下降 2 位", "上升 2 位")


def test_an_exhibit_shows_both_sides_and_its_largest_differences_first(compared) -> None:
    section = compared["exhibits"]
    tree = html.fromstring(f"<div>{section.html}</div>")
    (first, second) = tree.xpath("//section")
    assert first.get("id") == "compared-fig-04"
    drawn = [one.text_content() for one in first.xpath(".//p[@class='drawn']")]
    assert drawn == ["old fig-04", "new fig-04"]
    assert first.find("h3").text_content() == f"图 4　图{HOSTILE}"
    rows = [[cell.text_content() for cell in row] for row in first.xpath(".//tbody/tr")]
    assert len(rows) == 12
    assert rows[0][1:] == ["江苏省", "2021", "69.0%", "66.0%", "−3.0 个百分点"]
    assert rows[1][1:] == ["组12", "2021", "13.0%", "14.3%", "+1.3 个百分点"]
    assert "2" in first.xpath("./p")[-1].text_content()
    # Places are told above.
    assert [r for r in second.xpath(".//tbody/tr") if "位" in r.text_content()] == []


def test_without_any_change_each_section_says_so() -> None:
    same = run("全国", [exhibit("fig-04", shares(69.0))], low=number(69, "69%"))
    found = made(same, same)
    told = {text(found[name]) for name in ("values", "sentences", "ranks", "exhibits")}
    assert len(told) == 1
    assert told != {""}
    assert text(found["summary"]) not in ("", *told)


def test_twelve_rows_of_an_exhibit_are_all_shown() -> None:
    old = run("全国", [exhibit("fig-04", shares(*range(1, 13)))])
    new = run("全国", [exhibit("fig-04", shares(*range(2, 14)))])
    tree = html.fromstring(f"<div>{made(old, new)['exhibits'].html}</div>")
    assert len(tree.xpath("//tbody/tr")) == 12
    assert tree.xpath("//section/p") == []


@pytest.mark.parametrize(("count", "more"), [(40, False), (41, True)])
def test_forty_places_are_shown_and_more_are_counted(count: int, more: bool) -> None:
    old = run("全国", [exhibit("tab-cities", ranks(*range(1, count + 1)))])
    new = run("全国", [exhibit("tab-cities", ranks(*range(2, count + 2)))])
    tree = html.fromstring(f"<div>{made(old, new)['ranks'].html}</div>")
    assert len(tree.xpath("//tbody/tr")) == 40
    assert bool(tree.xpath("./p")) == more


def test_an_exhibit_of_one_side_says_which() -> None:
    one = exhibit("fig-04", shares(69.0))
    gone, born = (
        made(run("全国", [one]), run("全国", [])),
        made(run("全国", []), run("全国", [one])),
    )
    told = []
    for found in (gone, born):
        tree = html.fromstring(f"<div>{found['exhibits'].html}</div>")
        (side,) = tree.xpath("//p[@class='compared-side']")
        told.append(side.text_content())
    assert told[0] != told[1]
    assert HOSTILE not in "".join(told)


def test_a_cell_that_reads_otherwise_is_marked_in_its_row() -> None:
    def table(value: float, *rows: list[str]) -> Shown:
        columns = [{"name": "城市<b>", "align": "left"}, {"name": "家", "align": "right"}]
        content = {"columns": columns, "rows": list(rows)}
        return exhibit("tab-cities", shares(value), kind="table", table=content)

    old = run("全国", [table(1.0, ["苏州", "1"], ["广州<b>", "2"], ["无锡", "3"])])
    new = run("全国", [table(2.0, ["广州<b>", "2"], ["苏州", "12"], ["深圳", "7"])])
    tree = html.fromstring(f"<div>{made(old, new)['exhibits'].html}</div>")
    first, second = tree.xpath("//div[@class='compared-pair']/div")
    assert [one.text_content() for one in first.xpath(".//mark")] == ["1"]
    assert [one.text_content() for one in second.xpath(".//mark")] == ["12"]
    assert [one.text_content() for one in second.xpath(".//th")] == ["城市<b>", "家"]
    assert [one.text_content() for one in second.xpath(".//td")][:2] == ["广州<b>", "2"]


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ((2.0, 1.5, -0.5, "%"), ("2.0%", "1.5%", "−0.5 个百分点")),
        ((4654.0, 5000.0, 346.0, "家"), ("4654 家", "5000 家", "+346 家")),
        ((5.0, 5.0, 0.0, "家"), ("5 家", "5 家", "0 家")),
        ((2.0, 2.4, 0.4, "%"), ("2.0%", "2.4%", "+0.4 个百分点")),
        ((2.5, None, None, "级"), ("2.5 级", "—", "—")),
    ],
)  # fmt: skip
def test_a_row_is_shown_with_its_units_and_signs(given, texts) -> None:
    row = dict(zip(("old", "new", "difference", "unit"), given, strict=True))
    row["difference_unit"] = "百分点" if row["unit"] == "%" else row["unit"]
    shown = shown_row({"measure": "share_level_2", "group": "全国", **row})
    assert (
        tuple(
            str(shown[name]).replace(" 百分点", " 个百分点")
            for name in ("old", "new", "difference")
        )
        == texts
    )
    assert shown["error"] == "—"


def test_rows_of_one_group_are_told_apart_by_all_their_words() -> None:
    def table(value: float, *shown: str) -> Shown:
        columns = [{"name": name, "align": "left"} for name in ("行业", "等级")]
        columns.append({"name": "%", "align": "right"})
        names = (("纺织业", "一级"), ("纺织业", "二级"), ("汽车制造业", "二级"))
        rows = [[*name, number] for name, number in zip(names, shown, strict=True)]
        content = {"columns": columns, "rows": rows}
        return exhibit("tab-a1", shares(value), kind="table", table=content)

    old, new = run("全国", [table(1.0, "1", "2", "3")]), run("全国", [table(2.0, "1", "4", "3")])
    tree = html.fromstring(f"<div>{made(old, new)['exhibits'].html}</div>")
    assert [one.text_content() for one in tree.xpath("//mark")] == ["2", "4"]


def test_a_table_of_two_editions_bears_their_names() -> None:
    row = {
        "exhibit": "fig-04", "measure": "share_level_2", "group": "全国<b>", "year": 2022,
        "old": 1.0, "new": 2.0, "difference": 1.0, "error": 0.25,
        "unit": "%", "difference_unit": "百分点",
    }  # fmt: skip
    tree = html.fromstring(rows_html([shown_row(row)], "2021<b>", "2022"))
    heads = [one.text_content() for one in tree.xpath("//th")]
    assert heads[4:6] == ["2021<b>", "2022"]
    found = [one.text_content() for one in tree.xpath("//td")]
    assert found[0] == "图 4"
    assert found[2:6] == ["全国<b>", "2022", "1.0%", "2.0%"]
    assert found[7].startswith("0.2") or found[7].startswith("0.3")
