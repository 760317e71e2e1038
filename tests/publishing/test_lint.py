"""The prose lint finds what is typed, wherever a reader sees it, and passes what is computed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smdi.errors import InputErrors
from smdi.publishing.lint.check import lint
from smdi.workflow.chapters import prose

# A notebook before and behind the prose, so that lines are those of the file.
PAGE = """---
kernelspec:
  name: python3.11
---

# 总体水平

(label-1)=

```{code-cell} python3
:tags: [remove-cell]

share = 69 if "}}" else {"{{": 1}
```

%s

```{code-cell} python3
chapter.close(12)
```
"""

# Every construct in which a reader sees words; %s is where the number is put in.
CONSTRUCTS = {
    "paragraph": "甲%s乙。",
    "second line of a paragraph": "甲\n乙%s丙。",
    "emphasis": "甲**%s**乙",
    "heading": "## 甲%s",
    "underlined heading": "甲%s\n---",
    "list item": "- 甲\n- 乙%s",
    "item in an item": "- 甲\n  - 乙%s",
    "numbered list": "1. 甲%s",
    "quotation": "> 甲%s",
    "table's head": "| 甲%s | 乙 |\n|---|---|\n| 丙 | 丁 |",
    "table's cell": "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n| 戊 | 己%s |",
    "definition": "甲\n: 乙%s",
    "term": "甲%s\n: 乙",
    "footnote": "甲[^a]\n\n[^a]: 乙%s",
    "link": "[甲%s](https://example.org)",
    "link's title": '[甲](https://example.org "乙%s")',
    "link over lines": '[甲%s\n乙](https://example.org "丙")',
    "behind an escape": "甲\n乙\\*%s",
    "behind HTML's code": "<p><code>x</code>甲%s</p>",
    "alt text": "![甲%s](a.png)",
    "picture's title": '![甲](a.png "乙%s")',
    "behind code": "甲`x = 1`乙%s",
    "behind code of two lines": "甲`x =\n1`乙\n丙%s",
    "role": "甲{abbr}`乙%s`",
    "title of a reference": "见{doc}`乙%s <national-levels>`",
    "title of a download": "{download}`乙%s <data.csv>`",
    "HTML": "<div>\n<p>甲\n乙%s</p>\n</div>",
    "HTML in a line": "甲<b>乙%s</b>",
    "HTML's attribute": '甲<img alt="乙%s">',
    "raw HTML": "```{raw} html\n<p>甲%s</p>\n```",
    "indented too far": "甲\n\n    乙%s",
    "admonition": ":::{tip}\n甲%s\n:::",
    "admonition by backticks": "```{note}\n甲%s\n```",
    "admonition's title": ":::{admonition} 甲%s\n乙\n:::",
    "nested admonition": "::::{note}\n甲\n\n:::{tip}\n:class: x\n\n乙%s\n:::\n::::",
    "admonition in a list": "- 甲\n\n  :::{note}\n  乙%s\n  :::",
    "body after a block of options": ":::{note}\n---\nclass: x\n---\n甲%s\n:::",
    "figure's caption": ":::{figure} a1.png\n:name: fig-1\n甲%s\n:::",
    "figure's legend": ":::{figure} a1.png\n甲\n\n乙%s\n:::",
    "figure's alt text": ":::{figure} a1.png\n:width: 50px\n:alt: 甲%s\n:::",
    "alt text in a block of options": ":::{image} a1.png\n---\nalt: 甲%s\n---\n:::",
    "topic": ":::{topic} 甲\n乙%s\n:::",
    "topic's title": ":::{topic} 甲%s\n乙\n:::",
    "rubric": ":::{rubric} 甲%s\n:::",
    "CSV table": ":::{csv-table} 甲\n:header: 乙, 丙\n\n丁, %s\n:::",
    "CSV table's title": ":::{csv-table} 甲%s\n丁, 戊\n:::",
    "CSV table's head": ":::{csv-table} 甲\n:header: 乙, %s\n\n丁, 戊\n:::",
    "list table": ":::{list-table} 甲\n* - 乙\n  - 丙%s\n:::",
    "table directive": ":::{table} 甲%s\n| 乙 |\n|---|\n| 丙 |\n:::",
    "glossary": ":::{glossary}\n甲\n    乙%s\n:::",
    "tab": "::::{tab-set}\n:::{tab-item} 甲%s\n乙\n:::\n::::",
    "card": ":::{card} 甲\n乙\n+++\n丙%s\n:::",
    "dropdown": ":::{dropdown} 甲%s\n乙\n:::",
    "unknown directive": ":::{novelty} 甲\n:shown: 乙%s\n:::",
    "table of contents": ":::{toctree}\n甲%s <chapter-2>\n:::",
    "formula": "甲 $x_1 = %s$ 乙",
    "formula over lines": "$$\nx = y\n+ %s\n$$",
    "labelled formula": "$$\nx = %s\n$$ (eq-1)",
    "formula's directive": ":::{math}\n:label: eq-x\n\nx = %s\n:::",
    "formula's role": "甲{math}`x = %s`乙",
    "exhibit's caption": ":::{exhibit} fig-04\n{{ year }} 年甲%s\n:::",
    "exhibit's note": ":::{exhibit} fig-04\n甲\n\n乙%s\n:::",
    "sentence": "{% sentence low %}\n{{ year }} 年，\n甲%s乙。\n{% endsentence %}",
    "variant": "{% sentence low optional %}\n甲。\n{% missing %}\n乙%s\n{% endsentence %}",
    "condition": "甲{% if low > 50 -%}\n\n乙%s\n{% else %}\n丙\n{% endif %}",
    "behind a comment": "{## 12\n13 ##}\n甲%s",
    "filter's words": '甲{{ low | change("乙%s", "丙") }}',
    "filter's words by name": '甲{{ low | change(\nsame="乙%s") }}',
    "choice": "甲{{ '乙' if low > 50 else '丙%s' }}",
    "caption of code": "```{code-block} python\n:caption: 甲%s\nx = 1\n```",
    "raw template": "{% raw %}甲%s{% endraw %}",
    "looped words": "{% for word in ['甲%s'] %}{{ word }}{% endfor %}",
    "set words": "{% set words = '甲%s' %}",
}
QUANTITIES = ["69 家", "57.98%", "６９", "三成", "四分之三", "一半以上", "数十家", "两倍"]


@pytest.fixture
def check(tmp_path):
    def run(text, allowlist="", page=PAGE, name="page.md"):
        file, allowed = tmp_path / name, tmp_path / "allowlist.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(page.replace("%s", text, 1), "utf-8")
        allowed.write_text(allowlist, "utf-8")
        return lint([file], allowed)

    return run


def found(report):
    return [problem.value for problem in report.problems]


def line_of(text, words):
    """Return the line of a text that holds the words, counted in the plainest way."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


@pytest.mark.parametrize("construct", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_a_typed_number_is_found_in_every_construct_with_its_line(check, construct):
    report = check(construct.replace("%s", "7788"))
    assert found(report) == ["7788"]
    page = PAGE.replace("%s", construct.replace("%s", "7788"))
    assert report.problems[0].row == line_of(page, "7788")


@pytest.mark.parametrize("construct", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_the_construct_itself_is_none(check, construct):
    assert found(check(construct.replace("%s", ""))) == []


@pytest.mark.parametrize(
    ("prose", "wording"),
    [
        ("目前 69% 的企业处于一级。", "69%"),
        ("占比为 57.98%。", "57.98%"),
        ("差７．１个百分点。", "７．１"),
        ("有①处不同。", "①"),
        ("占½。", "½"),
        ("第Ⅳ类企业。", "Ⅳ"),
        ("近三成企业应用了这一技术。", "三成"),
        ("三成分布在东部。", "三成"),
        ("七成以上的企业。", "七成以上"),
        ("百分之六十的企业没有开展。", "百分之六十"),
        ("百分之六点五的企业。", "百分之六点五"),
        ("三分之一的企业。", "三分之一"),
        ("四分之三。", "四分之三"),
        ("一半以上的企业。", "一半以上"),
        ("半数以上的企业。", "半数以上"),
        ("半数企业处于起步阶段。", "半数"),
        ("企业数量过半。", "过半"),
        ("超过半数已达到。", "半数"),
        ("数量是两倍。", "两倍"),
        ("数量翻两番。", "翻两番"),
        ("提高五个百分点。", "五个百分点"),
        ("近百家企业。", "近百家"),
        ("数十家企业。", "数十家"),
        ("三百余家企业。", "三百余家"),
        ("二十一家企业。", "二十一家"),
        ("三十一个省份。", "三十一个省"),
        ("八个行业均已开展。", "八个行业"),
        ("一百二十项要求。", "一百二十项"),
        ("列前三位。", "前三位"),
        ("12021 年", "12021"),
        ("共 2021 家。", "2021"),
        ("见图 4。", "4"),
        ("GB/T 39116-2020 给出 0.8 分。", "0.8"),
        ("&#54;9 家", "69"),
    ],
)
def test_a_quantity_is_found_in_digits_and_in_words(check, prose, wording):
    assert found(check(prose)) == [wording]


@pytest.mark.parametrize(
    "prose",
    [
        "2021 年，共有{num}`a.firms`家企业，{{ rest }}家没有应答。",
        "2019—2021 年间，2019、2020 和 2021 年；二〇二一年；截至 2021-12-31。",
        "依据 GB/T 39116-2020、GB/T 4754-2017、ISO 9001:2015 与 IEC 62264-1 评估。",
        "工信部联企业〔2011〕300 号文件，截至 2021 年 12 月 31 日。",
        "一级及以下、二级、三级和四级及以上；“十四五”规划；三维模型；第三方；五个等级。",
        "统一成标准；形成长效机制；逐一成为；半导体；一家企业；两处歧义；四个方面；八部门。",
        "一是持续完善；十分重要；千万不可；超大规模；大半导体厂；三成员之一。",
    ],
)
def test_what_is_computed_or_names_something_passes(check, prose):
    assert found(check(prose)) == []


@pytest.mark.parametrize(
    "prose",
    [
        "见{ref}`fig-04`、{doc}`chapter-2`、字段 `level_1`、{code}`x=1`，脚注[^1]。\n\n[^1]: 乙",
        "[平台](https://example.org/2021/09)与 <https://example.org/9>，https://a.cn/9。",
        "<!-- 69% -->",
        "% 69",
        '+++ {"a": 12}',
        "```bash\nmake 12\n```",
        "~~~\n12\n~~~",
        "```{code-block} python3\n:lineno-start: 12\nn = 12\n```",
        "::::{tip}\n```python\nn = 12\n```\n::::",
        ":::{exhibit} fig-04\n:::",
        ":::{figure} 2021/a1.png\n:width: 50%\n:name: fig-9\n:::",
        "::::{grid} 1 2 2 3\n:gutter: 2\n::::",
        '<p class="c3" style="width: 12px"><code>x1</code></p>',
        "<script>x = 12</script>",
        "{## 69 ##}",
        "{{ firms.years[0] }}{{ counts | leaders(3) }}{{ low | change(digits=2) }}",
        '{{ wages | values("fig-19") }}{% if low > 50 and kind == "三成" %}甲{% endif %}',
        '{% include "parts/p1.md" %}',
        "{{ year - 1 }} 年",
        "2. 甲\n3. 乙",
    ],
)
def test_what_no_reader_sees_as_words_passes(check, prose):
    assert found(check(prose)) == []


@pytest.mark.parametrize("formula", ["x_1^{2} + w_{12}", r"\sum_{i=1}^{12} x_i", "1 - p \\ge 0"])
def test_indices_and_the_identities_of_a_formula_are_structure(check, formula):
    assert found(check(f"$${formula}$$")) == []


@pytest.mark.parametrize(
    ("formula", "number"),
    [("S = 0.8", "0.8"), (r"\frac{x}{4}", "4"), ("10^3", "10"), (r"x_{\text{共 12 家}}", "12")],
)
def test_any_other_number_of_a_formula_is_typed(check, formula, number):
    assert found(check(f"甲 ${formula}$")) == [number]


@pytest.mark.parametrize("expression", ["69", "69 | amount('家')", "60 + 9", "'69'"])
def test_a_number_typed_as_a_value_is_found(check, expression):
    assert found(check("共{{ " + expression + " }}。")) == ["69"]


def test_a_template_that_jinja_cannot_read_is_reported_with_its_line(check):
    report = check("甲\n{% sentence %}\n乙")
    assert [problem.row for problem in report.problems] == [line_of(PAGE, "%s") + 1]
    assert "template" in report.problems[0].expected


@pytest.mark.parametrize(
    ("prose", "file"),
    [
        ("```{include} a.md\n:start-line: 2\n```", "a.md"),
        (":::{csv-table} 甲\n:file: a.csv\n:::", "a.csv"),
        (":::{raw} html\n---\nurl: https://example.org\n---\n:::", "https://example.org"),
    ],
)
def test_words_from_a_file_that_is_not_checked_are_refused(check, prose, file):
    assert found(check(prose)) == [file]


def test_a_chinese_string_of_a_code_cell_is_read_and_its_fields_are_values(check):
    code = (
        '```{code-cell} python3\n"""说明 12。"""\nx = 12  # 12 家\ny = f"甲{rate(12)}乙三成"\n```'
    )
    report = check(code)
    assert found(report) == ["三成"]
    assert report.problems[0].row == line_of(PAGE.replace("%s", code), "三成")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("page.md", "---\ntitle: 甲 7788\n---\n\n乙", ["7788"]),
        ("page.md", "---\njupytext: {version: '1.19'}\ntitle: 7788\n---\n", ["7788"]),
        ("_toc.yml", "root: a1\nparts:\n- caption: 甲 7788\n  chapters: [file: b2]\n", ["7788"]),
        ("_config.yml", "a: 12\nb: x-9\nhtml:\n  search: 搜索 7788 项\n", ["7788"]),
        ("language/zh.yaml", "n: 12\nsay: '{n:.1f} 家，高于三成'\n", ["12", "三成"]),
        ("a.html", '<p title="甲 7788">{{ n | f(1) }}</p>\n{% if x > 1 %}{% endif %}', ["7788"]),
    ],
)
def test_the_words_of_settings_languages_and_html_are_read(check, name, text, words):
    report = check("", page=text, name=name)
    assert found(report) == words
    assert report.problems[-1].row == line_of(text, words[-1])


def test_yaml_that_cannot_be_read_is_reported(check):
    report = check("", page="a: [1\nb: 2", name="_toc.yml")
    assert [problem.expected for problem in report.problems] == ["valid YAML"]


@pytest.mark.parametrize("claim", ["显著提高", "高于", "居首", "多数", "少于", "最高", "落后"])
def test_a_claim_without_a_value_is_found(check, claim):
    assert found(check(f"甲{claim}乙。{{num}}`a.change`，丙。")) == [claim]


def test_a_claim_without_a_value_is_found_between_those_with_one(check):
    sentence = "{% sentence s %}\n甲高于{{ low }}。\n{% missing %}\n乙低于丙。\n{% endsentence %}"
    assert found(check(sentence)) == ["低于"]


def test_a_sentence_ends_with_its_template(check):
    two = "{% sentence a %}甲{{ low }}{% endsentence %}{% sentence b %}乙高于丙{% endsentence %}"
    assert found(check(two)) == ["高于"]


@pytest.mark.parametrize(
    "prose",
    [
        "成熟度显著提高，达到{num}`a.share`。",
        "成熟度显著提高，\n达到{{ share }}。",
        "甲，{% if low > 50 %}\n多数企业处于一级。\n{% else %}\n二级及以上已占多数。\n{% endif %}",
        '甲{{ low | change("显著提高", "降低") }}。',
        "多数据源、多数值，不少于下限。",
    ],
)
def test_a_claim_beside_its_value_or_chosen_by_data_is_none(check, prose):
    assert found(check(prose)) == []


ALLOWED = "- {text: 得分 0.8 分, reason: bound of the standard}\n"


def test_a_reviewed_exception_excuses_its_text_alone(check):
    assert found(check("得分 0.8 分即为满足。", ALLOWED)) == []
    assert found(check("得分 0.8 分，共 9 家。", ALLOWED)) == ["9"]
    assert found(check("权重 0.8。", ALLOWED)) == ["0.8"]
    assert found(check("权重 0.8，得分 0.8 分。", ALLOWED)) == ["0.8"]


def test_a_reviewed_exception_holds_across_the_lines_of_a_paragraph(check):
    assert found(check("甲\n得分 \n0.8 分", "- {text: 得分0.8 分, reason: bound}\n")) == []
    assert found(check("at level\n9 of it", "- {text: level 9 of, reason: bound}\n")) == []


def test_an_exception_that_excuses_nothing_is_reported(check):
    assert [warning.value for warning in check("文字。", ALLOWED).warnings] == ["得分 0.8 分"]
    named = "- {text: 编制 9 章, reason: none}\n- {text: 编制文字, reason: none}\n"
    report = check("编制 9 章与编制文字。", named)
    assert [(w.value, w.row) for w in report.warnings] == [("编制文字", 2)]


def test_an_exception_for_other_files_is_not_asked_for(check):
    assert check("文字。", "- {text: 甲 9, reason: none, files: other.md}\n").warnings == ()


def test_an_exception_without_a_reason_is_refused(check):
    with pytest.raises(InputErrors, match="keys text and reason"):
        check("文字。", "- {text: 得分 0.8 分}\n")


def test_all_kinds_of_prose_of_the_book_are_listed():
    listed = set(prose())
    wanted = {"_toc.yml", "_config.yml", "book/index.md", "notebooks/national-levels.md"}
    assert {*wanted, "data/language/zh.yaml", "book/_templates/author.html"} <= listed
    assert listed >= {str(path) for path in Path("notebooks").rglob("*.md")}


def test_prose_is_listed_by_name_whatever_the_disk_lists_first(monkeypatch):
    own = Path.glob
    monkeypatch.setattr(Path, "glob", lambda *given: reversed(list(own(*given))))
    assert prose() == sorted(prose())


def test_the_script_lists_all_places_and_fails(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("共 12 家。\n\n又有 13 家，高于全国。\n", "utf-8")
    command = [sys.executable, "scripts/lint_prose.py", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "3 problems in the input" in done.stderr
    assert "row 3: found '13'" in done.stderr
    assert "row 3: found '高于'" in done.stderr
    assert "Traceback" not in done.stderr


PAGES = {path: Path(path).read_text("utf-8") for path in prose() if path.endswith(".md")}
UNREAD = re.compile(
    r"^```.*?^```[ ]*$|\A---.*?^---$|\{\{.*?\}\}|\{%.*?%\}|`[^`]*`", re.DOTALL | re.MULTILINE
)
PLACES = {
    path: [
        match.end()
        for match in re.finditer(
            "[一-鿿，。；]", UNREAD.sub(lambda unread: " " * len(unread[0]), text)
        )
    ]
    for path, text in PAGES.items()
}

BLOCKS = re.compile(UNREAD.pattern + r"|^:::.*?^:::$|\{% sentence.*?endsentence %\}", UNREAD.flags)
GAPS = {
    path: [
        match.end()
        for match in re.finditer(
            r"\n\n|\n\Z", BLOCKS.sub(lambda block: block[0].replace("\n", "x"), text)
        )
    ]
    for path, text in PAGES.items()
}


def problems_in(folder, path, text):
    """Lint a real page in another wording, under its own exceptions."""
    page = folder / path
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, "utf-8")
    return {(problem.row, problem.value) for problem in lint([page], folder / "none").problems}


quantities = st.sampled_from(QUANTITIES) | st.integers(2, 10**7).map(lambda n: f"{n} 家")


@settings(max_examples=150, deadline=None)
@given(data=st.data(), quantity=quantities)
def test_a_number_put_anywhere_into_the_prose_of_a_real_page_is_found(
    tmp_path_factory, data, quantity
):
    path = data.draw(st.sampled_from(sorted(path for path in PAGES if PLACES[path])))
    at = data.draw(st.sampled_from(PLACES[path]))
    text = f"{PAGES[path][:at]}（{quantity}，）{PAGES[path][at:]}"
    digits = quantity.removesuffix(" 家")
    line = text.count("\n", 0, at) + 1
    assert (line, digits) in problems_in(tmp_path_factory.mktemp("page"), path, text)


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    construct=st.sampled_from(sorted(CONSTRUCTS.values())),
    # Longer than the numbers that constructs have of their own, which it is not to be taken for.
    number=st.integers(100, 10**7),
)
def test_a_number_in_any_construct_at_any_gap_of_a_real_page_is_found(
    tmp_path_factory, data, construct, number
):
    path = data.draw(st.sampled_from(sorted(PAGES)))
    blocks = re.compile(
        UNREAD.pattern + r"|^:::.*?^:::$|\{% sentence.*?endsentence %\}", UNREAD.flags
    )
    outside = blocks.sub(lambda block: block[0].replace("\n", "x"), PAGES[path])
    gaps = [match.end() for match in re.finditer(r"\n\n", outside)]
    at = data.draw(st.sampled_from([*gaps, len(outside)]))
    put = construct.replace("%s", str(number))
    before = PAGES[path][:at].rstrip("\n") + "\n\n"
    text = before + put + "\n\n" + PAGES[path][at:]
    line = before.count("\n") + line_of(put, str(number))
    assert (line, str(number)) in problems_in(tmp_path_factory.mktemp("page"), path, text)
