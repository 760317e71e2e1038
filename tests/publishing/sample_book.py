"""The sources of a small book that holds one of each thing that the extension writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from smdi.report.chart_html import chart_html
from smdi.report.tables import city_ranking, industry_change, plain
from smdi.report.tables.table import Cell, Column, number_column
from tests.report.drawings.chart_samples import D, P, table
from tests.report.drawings.charts_frames import together

CONF = """
extensions = ["myst_nb", "smdi.publishing.sphinx_ext"]
language = "zh_CN"
html_theme = "basic"
html_math_renderer = "mathml"
html_permalinks = False
math_macros = {"share": "\\\\operatorname{share}"}
smartquotes = False
numfig = False
project = "样书"
"""
INDEX = """
首页
====

全国企业 :num:`sme.low` 为一级及以下，:num:`sme.said` ；共
:num:`sme.mine` 。这一段足够长，可以说明本页讲了什么。

.. tiles::

   一级及以下 | sme.low | sme.said | charts
   模拟的家数 | sme.mine | | none
   不予公布 | sme.hidden | sme.low | charts
   别的章节 | other.low | | charts

.. province-map:: fig-01 fig-a1

.. release-links::

.. release-facts::

.. toctree::

   charts
   tables
   data
   words
   province-320000
"""
CHARTS = """
图
==

.. exhibit:: fig-01

见 :ref:`fig-01` 、 :numref:`fig-04` 与 :numref:`第 %s 张 <tab-cities>` ，
又见 :numref:`手工图号 <drawn>` 与 :numref:`drawn` 。

.. exhibit:: fig-04

.. exhibit:: fig-a1

.. exhibit:: fig-320000-1

.. _drawn:

.. figure:: 图 片.svg
   :alt: 一张图

   图 A9　手画的图
"""
TABLES = """
表
==

.. exhibit:: tab-cities

.. exhibit:: tab-industry-change

.. exhibit:: tab-a1

.. exhibit:: tab-a2

======  ====
甲      乙
======  ====
一      二
======  ====
"""
DATA = """
数据
====

.. data-list::
"""
WORDS = """
公式
====

行内 :math:`\\share x_i < 1` 与

.. math::
   :label: one

   \\begin{aligned} a &= \\text{甲 & 乙} \\\\ b &\\sim \\max_S c \\end{aligned}

见 :eq:`one` 。

.. math::

   x \\cdot y \\tag{甲}
"""
PROVINCE = """
江苏省
======

.. exhibit:: tab-a3

.. profile-data::
"""
PAGES = {
    "index": INDEX, "charts": CHARTS, "tables": TABLES, "data": DATA, "words": WORDS,
    "province-320000": PROVINCE,
}  # fmt: skip
REGIONS = (
    '<svg><path data-told="地区：江苏省；企业数：4654；数值性质：公布" d="M0,0h9"/>'
    '<path data-told="地区：山东省；企业数：9" d="M1,1h9"/></svg>'
)
CITED = {"reference": "某某研究院. 样书[R]. 2021.", "bibtex": "@misc{a,\n  title = {样书}\n}"}
NUMBERS = {
    "sme.low": {"kind": "number", "text": "69%", "status": "published"},
    "sme.mine": {"kind": "number", "text": "7 家", "status": "simulated"},
    "sme.hidden": {"kind": "number", "text": "未公布", "state": "withheld"},
    "sme.said": {
        "kind": "phrase",
        "text": "比上年减少 6 个百分点",
        "parts": [{"text": "比上年减少 "}, {"text": "6 个百分点", "status": "derived"}],
    },
}
DATA_LIST = {
    "whole": ["data.xlsx", "data.zip", "datapackage.json"],
    "exhibits": [
        {"place": "charts.html#fig-01", "number": "图 1", "title": "企 <业>", "files": ["a.csv"]},
        {"place": "a.html?b=1&c", "number": "表 1", "title": "城市", "files": ["a.csv", "a.xlsx"]},
    ],
    **CITED,
    "fingerprint": "0123456789abcdef" * 4,
    "source": {"title": "样书", "publisher": "某某研究院", "contact": "report@example.org",
               "edition": "2021", "dated": "2021-12-31", "address": ""},
}  # fmt: skip


def view(measure: str, unit: str, rows: list[list[str]]) -> dict[str, Any]:
    """Return the values of an exhibit as the page of a map reads them, and its table view."""
    same = {"measure": measure, "unit": unit, "year": "2021"}
    shown = {"heads": ["对象", f"{measure}（{unit}）", "数值性质"], "numeric": [False, True, False]}
    return {"same": same, "columns": ["group", "value", "status"], "rows": rows, **shown}


def exhibits() -> list[dict[str, Any]]:
    """Return the descriptions of all exhibits, as chapters and the assembly leave them."""
    drawn = {"svg": "a.svg", "drawn": "a.html"}
    known = [["江苏省", "4654", "公布"], ["山东省", "9", "模拟"], ["全国", "5000", "公布"]]
    firms = view("企业数", "家", [*known, ["西藏自治区", "", "未公布"]])
    level = view(
        "二级及以上企业数", "家", [["江苏省", "1233", "公布"], ["西藏自治区", "2", "公布"]]
    )
    return [
        {"id": "fig-01", "kind": "map", "number": "图 1", "title": "企业数", "alt": "地图。",
         "simulated": "partly", "files": {**drawn, "png": "a.png"}, "note": "x",
         "note_parts": [{"text": "其中 "}, {"text": "5 家", "status": "simulated"}, {"text": "。"}],
         "data": ["fig-01.csv", "fig-01.xlsx"], "view": firms, "permalink": "charts.html#fig-01",
         "passport": [["指标", "企业数"], ["单位", "家"]], **CITED},
        {"id": "fig-04", "kind": "chart", "number": "图 4", "title": "构成", "alt": "条形图。",
         "simulated": "all", "files": {**drawn, "csv": "fig-04.csv"}, "note": "注一句。"},
        {"id": "fig-a1", "kind": "chart", "number": "图 A1", "title": "占比", "alt": "图。",
         "simulated": "none", "files": drawn, "note": "", "data": [], "view": level,
         "permalink": "https://example.org/charts.html#fig-a1"},
        {"id": "fig-320000-1", "kind": "chart", "number": "图 320000-1", "title": "江苏 & 全国",
         "alt": "图。", "simulated": "none", "files": drawn, "note": "", "data": ["p.csv"]},
        *tables(),
    ]  # fmt: skip


def tables() -> list[dict[str, Any]]:
    """Return the tables: ranked, joined, in groups with sums, long, of a profile."""
    counts = {"无锡": (630.0, P), "苏州": (248.0,), "常州": (248.0, D), "长沙": (253.0,),
              "德州": (64.0, P), "拉萨": (None,)}  # fmt: skip
    ranks = {"无锡": 1.0, "长沙": 2.0, "苏州": 3.0, "常州": 3.0, "德州": 5.0, "拉萨": None}
    ranking = [("rank", name, 2021, ranks[name], D) for name in ranks]
    firms = [("firms_level_ge2", name, 2021, *value) for name, value in counts.items()]
    cities = table("家", firms)
    places = table("位", ranking)
    shares = [("share_level_le1", "纺织业", 2021, 60.0, P),
              ("share_level_le1", "纺织业", 2020, 65.5),
              ("share_level_2", "纺织业", 2021, None), ("share_level_2", "纺织业", 2020, 20.0),
              ("share_level_le1", "汽车制造业", 2021, 50.0)]  # fmt: skip
    change = table("百分点", [("share_level_le1_change", "纺织业", 2021, -5.5, D),
                           ("share_level_2_change", "纺织业", 2021, None)])  # fmt: skip
    columns = [Column("rule", "规则"), Column("found", "发现"), number_column("n", "项数", "项")]
    groups = [("以文为准", 2), ("以表为准", 1)]
    rows = [["甲", "句" * 17, 3], ["甲", "短", 4], ["乙", "—", Cell("5", "simulated")]]
    grouped = plain(columns, [*rows, ["合计", "", 12]], "表。", groups=groups, totals=1)
    long = plain(columns[::2], [[f"规则{n}", n] for n in range(13)], "长表。")
    led = plain([Column("a", "地区"), Column("b", "行业", names=True)],
                [["江苏省", "纺织业"], ["山东省", "汽车制造业"]], "表。")  # fmt: skip
    made = {
        "tab-cities": (city_ranking(together(cities, places)), "表 2", "partly"),
        "tab-industry-change": (
            industry_change(together(table("%", shares), change)),
            "表 3",
            "partly",
        ),
        "tab-a1": (grouped, "表 A1", "all"),
        "tab-a2": (long, "表 A2", "none"),
        "tab-a3": (led, "表 A3", "none"),
    }
    return [
        {"id": name, "kind": "table", "number": number, "title": "一张表", "alt": one.alt,
         "simulated": state, "files": {"csv": f"{name}.csv"}, "note": "注。",
         "table": one.record(), "data": [f"{name}.csv"]}
        for name, (one, number, state) in made.items()
    ]  # fmt: skip


def write_sources(folder: Path) -> None:
    """Write the book's configuration, pages, exhibits, values and lists into a folder."""
    given = {"conf.py": CONF, **{f"{name}.rst": text for name, text in PAGES.items()}}
    given |= {f"exhibits/{one['id']}.json": json.dumps(one) for one in exhibits()}
    given["exhibits/a.html"] = chart_html({"wide": REGIONS, "narrow": "<svg/>"}, "一张图", "fig-01")
    given |= {"extra/exhibits/a.svg": "<svg/>", "图 片.svg": "<svg/>"}
    given["numbers/sme.json"] = json.dumps(NUMBERS)
    given["data.json"] = json.dumps(DATA_LIST)
    given["profiles.json"] = json.dumps({"江苏省": "province-320000", "纺织业": "charts"})
    given["profiles/province-320000.json"] = json.dumps({"data": "profiles/320000.xlsx", **CITED})
    for name, text in given.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
