"""Exports as an editor gets them, made of valid firms, and the import of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
import xlsxwriter
import yaml

from smdi.assessments import ImportOptions, ImportSummary, import_assessments
from smdi.assessments.mapping import read_mapping
from smdi.errors import InputErrors, Problem
from smdi.standards import practices, regions

NAMES = {
    "credit_code": "统一社会信用代码",
    "year": "评估年度",
    "submitted_on": "提交日期",
    "province": "省份",
    "city": "城市",
    "industry": "行业代码",
    "process_type": "生产类型",
    "employees": "从业人数",
    "revenue": "营业收入（元）",
    "design": "设计",
    "logistics": "物流",
    "sales": "销售",
    "service": "服务",
}
SCORES = {10: "全部满足", 8: "大部分满足", 5: "部分满足", 0: "不满足"}
BUSINESSES = ("设计", "物流", "销售", "服务")


def exported(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as an editor would have it: texts, Chinese names, yuan."""
    names = regions()["name_zh"]
    out = pd.DataFrame({shown: frame[name].astype(str) for name, shown in NAMES.items()})
    out["省份"], out["城市"] = frame["province"].map(names), frame["city"].map(names)
    out["行业代码"] = "C" + frame["industry"]
    out["生产类型"] = frame["process_type"].map({"discrete": "离散型", "process": "流程型"})
    out["营业收入（元）"] = (frame["revenue"] * 10_000).round().astype("int64").astype(str)
    for business in BUSINESSES:
        out[business] = out[business].map({"True": "是", "False": "否"})
    extra = {}
    for name in frame.columns:
        if name.startswith("item_"):
            extra[name.removeprefix("item_")] = frame[name].map(SCORES).fillna("")
        elif name.startswith("practice_"):
            texts = frame[name].astype(object).map({True: "是", False: "否"})
            if frame[name].dtype == "Float64":
                texts = frame[name].astype(object).map(str, na_action="ignore")
            extra[f"做法 {name.removeprefix('practice_')}"] = texts.fillna("")
    return pd.concat([out, pd.DataFrame(extra)], axis="columns")


@pytest.fixture(scope="session")
def export_of() -> Callable[[pd.DataFrame], pd.DataFrame]:
    return exported


@pytest.fixture(scope="session")
def long_layout() -> Callable[..., dict[str, Any]]:
    """The part `items` of a mapping of a long file."""

    def make(**extra: str) -> dict[str, Any]:
        columns = {"credit_code": "统一社会信用代码", "year": "评估年度"}
        columns |= {"item_id": "题号", "score": "得分"} | extra
        return {"layout": "long", "long_columns": columns}

    return make


@pytest.fixture
def mapping(tmp_path: Path) -> Callable[..., Path]:
    """Write the mapping of the test exports, changed by `items`, `top` and columns."""

    def write(items: dict | None = None, top: dict | None = None, **columns: dict) -> Path:
        how: dict[str, Any] = {name: {"column": shown} for name, shown in NAMES.items()}
        how["process_type"]["values"] = {"离散型": "discrete", "流程型": "process"}
        how["revenue"]["multiply"] = 0.0001
        for business in ("design", "logistics", "sales", "service"):
            how[business]["values"] = {"是": True, "否": False}
        content = {
            "columns": how | columns,
            "items": {"values": {text: score for score, text in SCORES.items()}} | (items or {}),
            "practices": {"columns": {name: f"做法 {name}" for name in practices().index}},
        } | (top or {})
        path = tmp_path / "mapping.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(tmp_path: Path, mapping: Callable[..., Path]) -> Callable[..., ImportSummary]:
    """Import files in tmp_path to out.parquet, under the usual mapping unless one is given."""

    def go(
        *files: str | Path, how: Path | None = None, items: Path | None = None, **options: Any
    ) -> ImportSummary:
        check = options.pop("check", False)
        return import_assessments(
            [tmp_path / file for file in files],
            read_mapping(how or mapping()),
            None if check else tmp_path / "out.parquet",
            items,
            ImportOptions(**options),
        )

    return go


@pytest.fixture
def faults(run: Callable[..., ImportSummary]) -> Callable[..., list[Problem]]:
    """The problems that an import ends with."""

    def go(*files: str | Path, **options: Any) -> list[Problem]:
        with pytest.raises(InputErrors) as caught:
            run(*files, **options)
        return list(caught.value.problems)

    return go


@pytest.fixture
def imported(tmp_path: Path) -> Callable[[], pd.DataFrame]:
    """The rows of out.parquet."""
    return lambda: pq.read_table(tmp_path / "out.parquet").to_pandas()


@pytest.fixture
def same(tmp_path: Path, stored: Callable[..., Path]) -> Callable[[pd.DataFrame], None]:
    """Assert that out.parquet holds exactly these firms, to the byte."""

    def check(frame: pd.DataFrame) -> None:
        right = stored(frame, provenance="import", name="right.parquet")
        assert (tmp_path / "out.parquet").read_bytes() == right.read_bytes()

    return check


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write an .xlsx of sheets of rows; `merged` lists ranges of the first sheet."""

    def write(
        sheets: dict[str, Iterable[Sequence[Any]]], name: str = "export.xlsx", **options: Any
    ) -> Path:
        merged = options.pop("merged", [])
        with xlsxwriter.Workbook(str(tmp_path / name), options) as book:
            days = book.add_format({"num_format": "yyyy-mm-dd"})
            for number, (title, rows) in enumerate(sheets.items()):
                sheet = book.add_worksheet(title)
                for ranges in merged if number == 0 else []:
                    sheet.merge_range(*ranges)
                for line, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        if hasattr(cell, "year"):
                            sheet.write_datetime(line, place, cell, days)
                        elif cell is not None and cell != "":
                            sheet.write(line, place, cell)
        return tmp_path / name

    return write


@pytest.fixture(scope="session")
def rows_of() -> Callable[[pd.DataFrame], list[list[Any]]]:
    """Header and rows of a frame of texts."""
    return lambda frame: [list(frame.columns), *frame.to_numpy(dtype=object).tolist()]


@pytest.fixture
def ods(tmp_path: Path) -> Callable[..., Path]:
    """Write an .ods of one sheet of texts."""

    def write(rows: Iterable[Sequence[str]], name: str = "export.ods") -> Path:
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        body = "".join(
            f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>"
            for row in rows
        )
        space = "urn:oasis:names:tc:opendocument:xmlns:"
        content = (
            f'<?xml version="1.0"?><office:document-content xmlns:office="{space}office:1.0" '
            f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="表">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", content)
            archive.writestr(
                "META-INF/manifest.xml",
                f'<manifest:manifest xmlns:manifest="{space}manifest:1.0"/>',
            )
        return tmp_path / name

    return write
