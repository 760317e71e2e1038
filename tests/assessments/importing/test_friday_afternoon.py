"""A workbook made by hand, with forty slips, goes in and ends as its clean twin does."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from smdi.assessments import score_file
from smdi.assessments.importing import Doubtful, Faulty
from smdi.assessments.mapping.proposal import propose
from smdi.assessments.mapping.writing import mapping_yaml
from smdi.files import project_root
from smdi.standards import practices

ROOT = project_root(Path(__file__))
FIRMS = 120


@pytest.fixture
def twins(firms, export_of) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The firms of two years, and their export under the headings of an office."""
    now = firms(FIRMS, real=True)
    before = now.assign(year=2020)
    day = datetime.timedelta(days=366)
    before["submitted_on"] = [one - day for one in now["submitted_on"]]
    before.loc[before["submitted_on"] < datetime.date(2020, 1, 1), "submitted_on"] = datetime.date(
        2020, 1, 1
    )
    frame = pd.concat([before, now], ignore_index=True)
    frame["employees"] = frame["employees"].clip(lower=20)
    names = {f"做法 {name}": zh for name, zh in practices()["name_zh"].items()}
    return frame, export_of(frame).rename(columns=names)


def with_mixed_units(export: pd.DataFrame) -> pd.DataFrame:
    """Revenue in three units, percentages with and without sign, days in four forms."""
    mixed = export.astype(object).copy()
    for row in range(len(mixed)):
        yuan = int(mixed.loc[row, "营业收入（元）"])
        forms = [f"{yuan:,}", f"{yuan / 10_000:.4f}万元", f"{yuan / 1e8:.8f}亿元", str(yuan)]
        mixed.loc[row, "营业收入（元）"] = forms[row % 4]
        day = datetime.date.fromisoformat(str(mixed.loc[row, "提交日期"]))
        days = [str(day), f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}",
                f"{day.year}年{day.month}月{day.day}日"]  # fmt: skip
        mixed.loc[row, "提交日期"] = days[row % 4]
        rate = mixed.loc[row, "设备数字化率"]
        if rate and row % 2:
            mixed.loc[row, "设备数字化率"] = f"{rate}%"
        if row % 3 == 0:
            mixed.loc[row, "评估年度"] = f"{mixed.loc[row, '评估年度']}年"
            mixed.loc[row, "从业人数"] = f"{int(mixed.loc[row, '从业人数']):,}人"
    return mixed


SLIPS: list[tuple[str, str]] = [
    ("统一社会信用代码", "9.13205E+17"),
    ("统一社会信用代码", "91320000000000000X"),
    ("统一社会信用代码", ""),
    ("统一社会信用代码", "9132"),
    ("评估年度", "去年"),
    ("评估年度", ""),
    ("评估年度", "1921"),
    ("提交日期", "2021-02-30"),
    ("提交日期", "3/5/2021"),
    ("提交日期", ""),
    ("提交日期", "2031-01-01"),
    ("省份", "江南省"),
    ("省份", ""),
    ("省份", "123456"),
    ("城市", "无名市"),
    ("城市", ""),
    ("行业代码", "C9999"),
    ("行业代码", "餐饮"),
    ("行业代码", ""),
    ("行业代码", "3812稻谷加工"),
    ("生产类型", "混合型"),
    ("生产类型", ""),
    ("从业人数", "许多"),
    ("从业人数", "-5"),
    ("从业人数", "12,5"),
    ("从业人数", "1.5"),
    ("从业人数", ""),
    ("营业收入（元）", "1_000"),
    ("营业收入（元）", "-1"),
    ("营业收入（元）", "100美元"),
    ("营业收入（元）", "1e300"),
    ("营业收入（元）", ""),
    ("设计", "也许"),
    ("设计", ""),
    ("服务", "？"),
    ("data-1-1", "基本满足"),
    ("data-1-1", ""),
    ("data-1-2", "9"),
    ("设备数字化率", "120"),
    ("专用网络环境", "部分"),
]


def sheets_of(export: pd.DataFrame) -> dict[str, list[list[Any]]]:
    """Three sheets under titles and a header of two rows, with notes and totals at the bottom."""
    header = list(export.columns)
    first_item = header.index("organization-1-1")
    groups = [
        "企业基本信息",
        *[""] * (first_item - 1),
        "能力项",
        *[""] * (len(header) - first_item),
    ]
    made: dict[str, list[list[Any]]] = {}
    for place, name in enumerate(("苏南", "苏中", "苏北")):
        part = export.iloc[place::3]
        rows = [[f"{name}自诊断数据"], ["导出时间：2021-12-31"], groups[: len(header)], header]
        rows += part.to_numpy(dtype=object).tolist()
        made[name] = [*rows, [], ["注：数据由企业自行填报"], ["合计", len(part)]]
    return made | {"说明": [["联系人：办公室"]]}


def corrected(export: pd.DataFrame, slipped: dict[int, tuple[str, str]]) -> pd.DataFrame:
    """Put right what the report names, cell by cell."""
    mended = export.copy()
    for row, (column, right) in slipped.items():
        mended.loc[row, column] = right
    return mended


def test_forty_slips_are_said_corrected_and_gone(twins, run, same, workbook, tmp_path):
    assert len(SLIPS) == 40
    frame, export = twins
    mixed = with_mixed_units(export)
    slipped = mixed.copy()
    right: dict[int, tuple[str, str]] = {}
    rows = iter(range(3, len(mixed)))
    for column, wrong in SLIPS:
        row = next(n for n in rows if column.count("-") != 2 or mixed.loc[n, column])
        right[row] = column, mixed.loc[row, column]
        slipped.loc[row, column] = wrong
    path = workbook(sheets_of(slipped), name="friday.xlsx")

    (tmp_path / "proposed.yaml").write_text(mapping_yaml(propose([path])), "utf-8")
    how = tmp_path / "proposed.yaml"
    with pytest.raises(Faulty) as caught:
        run("friday.xlsx", how=how, check=True, in_full=True)
    told = {(p.sheet, p.row) for p in caught.value.every}
    assert told == {(("苏南", "苏中", "苏北")[row % 3], row // 3 + 5) for row in right}
    # Each slip is told with the cell as it stands.
    shown = {(p.column, p.value) for p in caught.value.every}
    assert {(column, wrong or "(empty)") for column, wrong in SLIPS} <= shown

    workbook(sheets_of(corrected(slipped, right)), name="friday.xlsx")
    summary = run("friday.xlsx", how=how)
    order = [row for place in range(3) for row in range(place, len(frame), 3)]
    same(frame.iloc[order])
    assert summary.unread_sheets == ("'说明'",)
    assert {word: len(rows) for word, rows in summary.set_aside.items()} == {"note": 3, "total": 3}


def test_the_corrected_workbook_scores_as_its_clean_twin(twins, run, stored, workbook, tmp_path):
    frame, export = twins
    path = workbook(sheets_of(with_mixed_units(export)), name="friday.xlsx")
    (tmp_path / "proposed.yaml").write_text(mapping_yaml(propose([path])), "utf-8")
    run("friday.xlsx", how=tmp_path / "proposed.yaml")
    clean = stored(frame, provenance="import", name="clean.parquet")
    tables = []
    for name in ("out.parquet", clean.name):
        score_file(tmp_path / name, tmp_path / f"scores-{name}")
        table = pq.read_table(tmp_path / f"scores-{name}").to_pandas()
        tables.append(table.sort_values(["credit_code", "year"], ignore_index=True))
    pd.testing.assert_frame_equal(*tables)


def test_a_doubt_about_the_workbook_stands_before_anything_is_written(
    twins, run, workbook, tmp_path
):
    _, export = twins
    path = workbook(sheets_of(export.assign(从业人数="50")), name="friday.xlsx")
    (tmp_path / "proposed.yaml").write_text(mapping_yaml(propose([path])), "utf-8")
    with pytest.raises(Doubtful):
        run("friday.xlsx", how=tmp_path / "proposed.yaml")
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.builds
def test_both_end_as_editions_of_the_same_numbers(twins, run, stored, workbook, tmp_path):
    frame, export = twins
    path = workbook(sheets_of(with_mixed_units(export)), name="friday.xlsx")
    (tmp_path / "proposed.yaml").write_text(mapping_yaml(propose([path])), "utf-8")
    run("friday.xlsx", how=tmp_path / "proposed.yaml")
    clean = stored(frame, provenance="import", name="clean.parquet")
    project = tmp_path / "project"
    left = shutil.ignore_patterns(
        "_build", ".git", ".venv*", ".snakemake", "__pycache__", ".*_cache"
    )
    shutil.copytree(ROOT, project, ignore=left)
    (project / ".venv").symlink_to(ROOT / ".venv")
    found = {}
    for name, source in (("friday", tmp_path / "out.parquet"), ("clean", clean)):
        edition = (project / "data/editions/2021.yaml").read_text("utf-8")
        edition = edition.replace("assessments: null", f"assessments: {source}")
        edition = edition.replace("published: data/published/2021.csv", "published: null")
        # The export is of two years.
        edition = edition.replace("first_year: 2019", "first_year: 2020")
        (project / f"data/editions/{name}.yaml").write_text(edition, "utf-8")
        done = subprocess.run(
            [sys.executable, "scripts/build_edition.py", "--edition", name],
            cwd=project, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(project / "src")},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        found[name] = json.loads((project / f"_build/{name}/numbers.json").read_text("utf-8"))
    assert found["friday"] == found["clean"]
    assert len(found["friday"]) > 50
