"""The sources of a tiny book with exhibits and values whose texts would be markup."""

from __future__ import annotations

import json
from pathlib import Path

from smdi.report.chart_html import chart_html

CONF = """
extensions = ["myst_nb", "smdi.publishing.sphinx_ext"]
language = "zh_CN"
html_theme = "basic"
html_math_renderer = "mathml"
html_extra_path = ["extra"]
smartquotes = False
project = "报告<b>一</b>"
author = 'A & "B"'
"""
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&{{ 1 + 1 }}"
CHART = {
    "id": "fig-01",
    "kind": "chart",
    "number": "图 1",
    "title": f"构成{HOSTILE}",
    "alt": f"图{HOSTILE}",
    "simulated": "all",
    "files": {"svg": "fig-01.svg", "png": "fig-01.png", "drawn": "fig-01.html"},
    "note": "注",
    "note_parts": [{"text": "其中 "}, {"text": f"5 家{HOSTILE}", "status": "derived"}],
    "data": ["fig-01.csv", "fig-01.xlsx"],
    "view": {
        "heads": ["对象", f"数值{HOSTILE}"],
        "numeric": [False, True],
        "rows": [[f"第 {n} 行{HOSTILE}", str(n)] for n in range(61)],
    },
    "permalink": "index.html#fig-01",
    "reference": f"引文{HOSTILE}",
    "bibtex": f"@misc{{{HOSTILE}}}",
    "passport": [["指标", f"家数{HOSTILE}"]],
}
TABLE = {
    "id": "tab-01",
    "kind": "table",
    "number": "表 1",
    "title": f"表{HOSTILE}",
    "simulated": "partly",
    "files": {"csv": "tab-01.csv"},
    "note": "",
    "table": {
        "columns": [
            {"name": f"地区{HOSTILE}"},
            {"name": "占比", "unit": "%", "align": "right", "decimals": 1},
            {"name": "说明"},
        ],
        "rows": [
            [f"江苏{HOSTILE}", 2.25, "字" * 16],
            ["山东", None, "字" * 17],
            ["北京", 3.0, ""],
        ],
        "marks": [["", "simulated", ""], ["derived", "", ""], ["", "", "suppressed"]],
    },
}
NUMBERS = {
    "sme.low": {"kind": "number", "text": "69%", "status": "published"},
    "sme.mine": {"kind": "number", "text": "7 家", "status": "simulated"},
    "sme.theirs": {"kind": "number", "text": "8 家", "status": "derived"},
    "sme.said": {
        "kind": "phrase",
        "text": "x",
        "parts": [
            {"text": f"共{HOSTILE} "},
            {"key": "sme.mine"},
            {"text": "强", "status": "derived"},
        ],
    },
}
INDEX = """
首页
====

低 :num:`sme.low` ，模 :num:`sme.mine` ，推 :num:`sme.theirs` ，句 :num:`sme.said` 。

.. exhibit:: fig-01

.. exhibit:: tab-01

见 :ref:`fig-01` 与 :numref:`tab-01` 。

.. data-list::

.. toctree::

   deep/other
"""
OTHER = """
其他
====

见 :ref:`fig-01` 与 :numref:`第 %s <tab-01>` 。

.. image:: 图 片.svg
   :alt: 一

.. figure:: /图 片.svg

   题
"""


def _write(path: Path, text: str) -> None:
    """Write a file that is not so already: what did not change has its old time."""
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def write_book(folder: Path, pages: dict[str, str]) -> None:
    for name in ("exhibits", "numbers", "extra/exhibits", "deep"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write(folder / "conf.py", CONF)
    for name, text in pages.items():
        _write(folder / f"{name}.rst", text)
    for one in (CHART, TABLE):
        _write(folder / f"exhibits/{one['id']}.json", json.dumps(one))
    drawn = chart_html({"wide": "<svg/>"}, CHART["alt"], "fig-01")
    _write(folder / "exhibits/fig-01.html", drawn)
    _write(folder / "extra/exhibits/fig-01.svg", "<svg/>")
    for place in ("", "deep/"):
        _write(folder / f"{place}图 片.svg", "<svg/>")
    _write(folder / "numbers/sme.json", json.dumps(NUMBERS))
    whole = {
        "whole": ["data.zip", "datapackage.json"],
        "exhibits": [
            {"place": "a.html#x", "number": "图 1", "title": HOSTILE, "files": ["fig-01.csv"]}
        ],
        "bibtex": HOSTILE,
        "reference": "引文",
        "fingerprint": "ab" * 32,
        "source": {
            "title": HOSTILE,
            "publisher": HOSTILE,
            "contact": "",
            "edition": "2021",
            "dated": "2021-12-31",
            "address": "",
        },
    }
    _write(folder / "data.json", json.dumps(whole))
