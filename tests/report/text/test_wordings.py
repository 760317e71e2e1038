"""Wordings that readers of the report have rejected do not come back."""

from __future__ import annotations

from pathlib import Path

import pytest

# Of each, what says it better.
BETTER = {
    "在不知情的情况下": "不读取校准目标",
    "印出的": "原报告所载",
    "规划级及以下": "一级及以下",
    "口径的含义见总体水平": "口径的含义见“总体水平”一章",
    "40,000 万元": "4 亿元",
    "当年评估企业": "参评企业",
    "参与程度的区域差异": "参与企业数的地区差异",
    "深圳、江苏省": "深圳市、江苏省",
    "项发现": "处疑点",
    "位次": "名次",
    "舍入": "修约",
}
FILES = sorted({*Path("notebooks").rglob("*.md"), *Path("book").rglob("*.md")})


@pytest.mark.parametrize("wording", BETTER)
def test_a_rejected_wording_stands_nowhere_in_the_report(wording: str) -> None:
    texts = [*FILES, Path("data/language/zh.yaml")]
    found = [str(path) for path in texts if wording in path.read_text(encoding="utf-8")]
    assert len(texts) > 30
    assert found == [], f"better: {BETTER[wording]}"
