"""The report as a PDF: the assembled book through the builder `typst`, with the edition's facts.

It reads the pages itself, so that it can run beside the site's build: neither waits for the other,
and neither can touch the other's doctrees.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from smdi.edition import Edition
from smdi.files import written_whole
from smdi.publishing.assembly import provenance
from smdi.publishing.jupyter_book import build
from smdi.publishing.styles import TYPST_TEMPLATE
from smdi.workflow.chapters import source_folder
from smdi.workflow.manifest import digests, fingerprint

SUBTITLE = "基于《智能制造能力成熟度模型》国家标准的应用分析"
LICENCE = "本书的程序依 MIT 许可使用；引用图表请注明出处"
MAP_NOTE = "界线经简化，仅供统计示意，不作划界依据；公开出版前须依法送审并标注审图号"
FONTS = "思源宋体、思源黑体（Noto CJK）与 Libertinus Serif，以 Typst 排版"
KEYWORDS = ("智能制造", "能力成熟度", "GB/T 39116-2020", "GB/T 39117-2020")
NAME = "report.pdf"
# The part of `_toc.yml` that is printed as appendices.
BACK = "方法与数据"


def settings(edition: Edition, mark: str, simulated: bool) -> dict[str, Any]:
    """Return the builder's configuration for one edition; `mark` stands for its inputs."""
    scope = edition.scope.province or "全国"
    if edition.scope.industry:
        scope = f"{scope}，{edition.scope.industry}"
    day = edition.data_date
    named = ["版次", f"{edition.year}年版"]
    scoped = ["范围", scope]
    dated = ["数据截止", f"{day.year}年{day.month}月{day.day}日"]
    return {
        "typst_output": NAME,
        "typst_title": edition.title,
        "typst_subtitle": SUBTITLE,
        "typst_author": edition.publisher,
        "typst_date": day.isoformat(),
        "typst_keywords": [*KEYWORDS, f"{edition.year}年"],
        "typst_standards": ["a-2a", "ua-1"],
        "typst_cover": [named, scoped, dated],
        "typst_cover_mark": "模拟数据" if simulated else "",
        "typst_imprint": [
            ["书名", edition.title],
            named,
            scoped,
            ["编制发布", edition.publisher],
            dated,
            ["数据性质", "模拟数据，非企业实报" if simulated else "企业自诊断数据"],
            ["输入指纹", mark],
            ["网页版", "site/index.html"],
            ["许可", LICENCE],
            ["地图", MAP_NOTE],
            ["字体与排版", FONTS],
        ],
        # The page that opens the site sums the report up; the title is on the cover.
        "typst_root_title": "摘要",
        "typst_parts": {BACK: "back"},
        "typst_page_names": True,
        "typst_marks": ["simulated"],
        "typst_table_boxes": ["exhibit-table"],
        "typst_template": TYPST_TEMPLATE,
    }


def build_pdf(edition: Edition, output: Path, log: Path, code: Sequence[str]) -> None:
    """Write the PDF whole or not at all; BuildFailure names what cannot be printed."""
    source = source_folder(edition)
    overrides = settings(edition, fingerprint(digests(source)), provenance(edition) == "simulated")
    work = edition.work / "sphinx-pdf"
    made = build(
        source, work, "typst", log, code=code, settings=overrides, own_report="Typst book:"
    )
    with written_whole(output) as temporary:
        shutil.copyfile(made / NAME, temporary)
