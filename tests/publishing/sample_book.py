"""The sources of a small book that holds one of each thing that the extension writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from smdi.report.chart_html import chart_html
from smdi.report.exhibits import exhibit_number
from tests.report.drawings.table_samples import SAMPLES

CONF = '''
extensions = ["myst_nb", "smdi.publishing.sphinx_ext"]
language = "zh_CN"
html_theme = "basic"
html_math_renderer = "mathml"
html_permalinks = False
math_macros = {"share": "\\\\operatorname{share}"}
smartquotes = False
numfig = False
project = "样书"


def menu(app, page, template, context, doctree):
    """Give the page a menu, as themes do."""
    from bs4 import BeautifulSoup

    folded = "<nav><details><summary></summary></details></nav>"
    context["generate_toctree_html"] = lambda: BeautifulSoup(folded, "html.parser")


def with_menu(app, page, template, context, doctree):
    """Show the menu as it is once the extension was at it."""
    context["body"] = context.get("body", "") + str(context["generate_toctree_html"]())


def setup(app):
    app.connect("html-page-context", menu, priority=100)
    app.connect("html-page-context", with_menu, priority=950)
'''
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
ON_PROVINCE = "tab-a3"
TABLES = f"""
表
==

{"长" * 120}

EXHIBITS

======  ====
甲      乙
======  ====
一      二
======  ====
"""
TABLES = TABLES.replace(
    "EXHIBITS", "\n\n".join(f".. exhibit:: {name}" for name in SAMPLES if name != ON_PROVINCE)
)
DATA = """
数据
====

.. data-list::
"""
# A page describes itself by its first paragraph of thirty letters, cut after a hundred and twenty.
WORDS = f"""
公式
====

{"短" * 29}

{"长" * 121}

行内 :math:`\\share x_i < 1` 与

.. math::
   :label: one

   \\begin{{aligned}} a &= \\text{{甲 & 乙}} \\\\ b &\\sim \\max_S c \\end{{aligned}}

见 :eq:`one` 。

.. math::

   x \\cdot y \\tag{{甲}}
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
    """Return the tables, one of which is wholly simulated."""
    return [
        {"id": name, "kind": "table", "number": exhibit_number(name), "title": "一张表",
         "alt": "", "simulated": "all" if name == "tab-a1" else "partly",
         "files": {"csv": f"{name}.csv"}, "note": "注。", "table": draw().record(),
         "data": [f"{name}.csv"]}
        for name, draw in SAMPLES.items()
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
