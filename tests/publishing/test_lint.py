"""The prose lint finds what is typed and passes what is computed."""

import subprocess
import sys

import pytest

from smdi.errors import InputErrors
from smdi.publishing.lint import lint
from smdi.publishing.prose import prose_of

PAGE = """---
title: 第 3 页
---

# 总体水平

(label-1)=

```{code-cell} python3
:tags: [remove-cell]

share = 69
```

%s

:::{exhibit} fig-04
:::

:::{note}
:class: note-2

说明文字。
:::
"""


@pytest.fixture
def check(tmp_path):
    def run(prose, allowlist=""):
        page, allowed = tmp_path / "page.md", tmp_path / "allowlist.yaml"
        page.write_text(PAGE % prose, "utf-8")
        allowed.write_text(allowlist, "utf-8")
        return lint([page], allowed)

    return run


@pytest.mark.parametrize(
    "prose",
    [
        "2021 年，共有{num}`a.firms`家企业。",
        "2019—2021 年间，依据 GB/T 39116-2020 与 GB/T 4754-2017 评估。",
        "工信部联企业〔2011〕300 号文件，截至 2021 年 12 月。",
        "见{ref}`fig-04`，公式为 $S=0.8$，字段 `level_1`，脚注[^1]。",
        "[平台](https://example.org/2021/09)提供数据。",
        "一级及以下、二级、三级和四级及以上；“十四五”规划；三维模型；形成长效机制。",
        "<!-- 69% -->",
    ],
)
def test_what_is_computed_named_or_no_prose_passes(check, prose):
    assert check(prose).problems == ()


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("目前 69% 的企业处于一级。", "69%"),
        ("共有 4654 家企业。", "4654"),
        ("占比为 57.98%。", "57.98%"),
        ("提高了７．１个百分点。", "７．１"),
        ("近三成企业应用了这一技术。", "三成"),
        ("百分之六十的企业没有开展。", "百分之六十"),
        ("半数企业处于起步阶段。", "半数"),
        ("数量增加了两倍。", "两倍"),
    ],
)
def test_a_typed_quantity_is_found_with_its_line(check, prose, found):
    problems = check(prose).problems
    assert [problem.value.strip() for problem in problems] == [found]
    assert problems[0].row == 15


def test_prose_inside_an_admonition_is_read(check):
    assert check("文字。\n\n:::{tip}\n共 12 家。\n:::").problems[0].value.strip() == "12"


def test_code_inside_an_admonition_is_not(check):
    assert check("::::{tip}\n```python\nn = 12\n```\n::::").problems == ()


def test_a_claim_of_direction_without_a_value_is_a_warning(check):
    report = check("成熟度显著提高。{num}`a.change`，高于全国。")
    assert report.problems == ()
    assert [warning.value for warning in report.warnings] == ["显著提高"]


def test_a_claim_beside_its_value_is_none(check):
    assert check("成熟度显著提高，达到{num}`a.share`。").warnings == ()


def test_a_reviewed_exception_excuses_its_text_alone(check):
    allowed = "- {text: 得分 0.8 分, reason: bound of the standard}\n"
    assert check("得分 0.8 分即为满足。", allowed).problems == ()
    assert [p.value for p in check("得分 0.8 分，共 9 家。", allowed).problems] == ["9 "]


def test_an_exception_that_excuses_nothing_is_reported(check):
    report = check("文字。", "- {text: 得分 0.8 分, reason: bound of the standard}\n")
    assert [warning.value for warning in report.warnings] == ["得分 0.8 分"]


def test_an_exception_without_a_reason_is_refused(check):
    with pytest.raises(InputErrors, match="keys text and reason"):
        check("文字。", "- {text: 得分 0.8 分}\n")


def test_every_line_keeps_its_place():
    page = PAGE % "甲\n乙{num}`a.b`丙"
    lines = prose_of(page).split("\n")
    assert [page.split("\n").index("甲"), lines.index("甲")] == [14, 14]
    assert lines[15].startswith("乙")
    assert "说明文字。" in lines[page.split("\n").index("说明文字。")]


def test_the_script_lists_all_places_and_fails(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("共 12 家。\n\n又有 13 家，高于全国。\n", "utf-8")
    command = [sys.executable, "scripts/lint_prose.py", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "2 problems in the input" in done.stderr
    assert "row 3: found '13 '" in done.stderr
    assert "warning:" in done.stderr
    assert "Traceback" not in done.stderr
