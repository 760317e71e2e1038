"""The template workbook: one sheet to fill in, with drop-downs, that imports without a mapping."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from smdi.assessments.mapping.headings import FIRM_HEADINGS, item_ids, practice_headings
from smdi.assessments.mapping.model import ImportMapping
from smdi.files import written_whole
from smdi.standards import BUSINESSES, classes, maturity_model, practices, provinces, regions

SHEET, LISTS, NOTES = "自诊断数据", "选项", "填表说明"
ROWS = 5_000
TYPES = {"离散型": "discrete", "流程型": "process"}
YES_NO = {"是": True, "否": False}
NOT_APPLICABLE = "不适用"
HELP: dict[str, str] = {
    "credit_code": "18 位统一社会信用代码，以文本填写",
    "year": "四位年份",
    "submitted_on": "年-月-日",
    "province": "省级行政区全称",
    "city": "地级行政区全称；直辖市填本市名称",
    "industry": "《国民经济行业分类》（GB/T 4754）制造业四位代码",
    "process_type": "离散型或流程型",
    "employees": "单位：人",
    "revenue": "年营业收入，单位：万元",
    **dict.fromkeys(BUSINESSES, "是或否；填否的，相应能力项填“不适用”"),
}


@cache
def score_names() -> dict[str, int]:
    """Return the names of the item scores and their tenths."""
    return {score.name_zh: score.tenths for score in maturity_model().item_scores}


@cache
def template_mapping() -> ImportMapping:
    """Return the mapping of the template's own headings."""
    columns: dict[str, Any] = {name: {"column": head} for name, head in FIRM_HEADINGS.items()}
    columns["revenue"]["unit"] = "万元"
    content = {
        "columns": columns,
        "items": {
            "values": score_names(),
            "not_applicable": ["", NOT_APPLICABLE],
        },
        "practices": {"columns": practice_headings(), "values": YES_NO},
    }
    return ImportMapping.model_validate(content)


def write_template(path: Path) -> None:
    """Write the workbook: the sheet to fill in, what to fill in, and the lists behind it."""
    headings = [*FIRM_HEADINGS.values(), *item_ids(), *practice_headings().values()]
    with (
        written_whole(path) as temporary,
        xlsxwriter.Workbook(str(temporary), {"in_memory": True}) as book,
    ):
        sheet = book.add_worksheet(SHEET)
        notes, lists = book.add_worksheet(NOTES), book.add_worksheet(LISTS)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        as_text, as_day = book.add_format({"num_format": "@"}), book.add_format(
            {"num_format": "yyyy-mm-dd"})  # fmt: skip
        sheet.write_row(0, 0, headings, bold)
        sheet.set_column(0, len(headings) - 1, 14)
        places = {name: place for place, name in enumerate(FIRM_HEADINGS)}
        sheet.set_column(places["credit_code"], places["credit_code"], 22, as_text)
        sheet.set_column(places["submitted_on"], places["submitted_on"], 14, as_day)
        sheet.set_column(places["industry"], places["industry"], 12, as_text)
        sheet.freeze_panes(1, 1)
        _add_lists(sheet, lists, headings)
        _add_notes(notes, bold)
        lists.hide()


def _add_lists(sheet: Worksheet, lists: Worksheet, headings: list[str]) -> None:
    """Write the lists and the drop-downs that offer them."""
    cities = regions()
    cities = cities[(cities["kind"] != "province") & cities["in_scope"]]
    scope = provinces()
    firm = len(FIRM_HEADINGS)
    last_item = firm + len(item_ids())
    shares = practices()["kind"] == "share"
    kinds: list[tuple[list[str], list[int]]] = [
        (list(scope.loc[scope["in_scope"], "name_zh"]), [3]),
        (list(cities["name_zh"]), [4]),
        (list(classes().index), [5]),
        (list(TYPES), [6]),
        (list(YES_NO), [*range(9, firm), *(last_item + n for n, s in enumerate(shares) if s)]),
        ([*score_names(), NOT_APPLICABLE], list(range(firm, last_item))),
    ]
    for column, (values, targets) in enumerate(kinds):
        lists.write_column(0, column, values)
        letter = xl_col_to_name(column)
        choice = {
            "validate": "list",
            "source": f"={LISTS}!${letter}$1:${letter}${len(values)}",
            "error_title": "不在列表中",
            "error_message": "请从下拉列表中选择",
        }
        for first, last in _runs(targets):
            sheet.data_validation(1, first, ROWS, last, choice)


def _add_notes(notes: Worksheet, bold: Any) -> None:
    notes.set_column(0, 0, 24)
    notes.set_column(1, 1, 80)
    notes.write_row(0, 0, ("列", "填写要求"), bold)
    rows = [(heading, HELP[name]) for name, heading in FIRM_HEADINGS.items()]
    rows += [
        ("能力项各列", f"{'、'.join(score_names())}；企业没有相应业务或类型的，填{NOT_APPLICABLE}"),
        ("实践各列", "是或否；未作答的留空；比例填百分数，如 63.2"),
        ("其他", "每家企业每个年度一行；同一年度多次填报的，以提交日期最晚者为准"),
    ]
    for line, row in enumerate(rows, start=1):
        notes.write_row(line, 0, row)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Join neighbouring columns to runs: first and last of each."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
