"""Each row of "Where do I change X" in CONTRIBUTING.md: its files suffice, and no other is needed.

Every test makes the change in a copy of the project and looks for a cheap effect of it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smdi.files import write_text

COPIED = ("src", "data", "notebooks", "book", "scripts", "_toc.yml", "_config.yml", "Snakefile")
ROW = re.compile(r"^\| (?P<change>[^|]+?) \| (?P<files>`[^|]+`) \|$", re.MULTILINE)
ROWS = {
    row["change"]: re.findall(r"`([^`]+)`", row["files"])
    for row in ROW.finditer(Path("CONTRIBUTING.md").read_text("utf-8"))
}
PRODUCTS = Path("_build/2021/work").absolute()


# A reader of JSON lines, as an engineer would write one.
LINES = '''"""Exports as JSON lines: an object a row."""

import json

import numpy as np
import pyarrow as pa

from smdi.assessments.reading.sheets import ParquetSheet, as_text


class LinesSheet(ParquetSheet):
    """JSON lines as a sheet."""

    def batches(self, columns, after):
        """Yield all rows at once."""
        rows = [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]
        names = self.head[0]
        values = {str(at): as_text(pa.array([row[names[at]] for row in rows])) for at in columns}
        yield pa.table(values), np.arange(2, 2 + len(rows))


def open_lines(path):
    """Open a file of JSON lines."""
    first = json.loads(path.read_text("utf-8").splitlines()[0])
    return LinesSheet(path, "", [list(first)], "lines")
'''


class Copy:
    """A copy of the project in which one change of the table is made."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.touched: set[str] = set()
        for name in COPIED:
            if Path(name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__", ".*")
                shutil.copytree(name, root / name, ignore=ignored)
            else:
                shutil.copy2(name, root / name)

    def write(self, name: str, text: str) -> None:
        self.touched.add(name)
        write_text(self.root / name, text)

    def add(self, name: str, text: str) -> None:
        self.write(name, (self.root / name).read_text("utf-8") + text)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def run(self, *words: str | Path) -> str:
        """Run Python in the copy, with its library; return what it prints."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "src")}
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def says(self, expression: str, *imports: str) -> str:
        return self.run("-c", "\n".join([*imports, f"print({expression})"]))

    def execute(self, chapter: str, edition: str = "2021") -> Path:
        """Execute a chapter on the firms of the default edition; return what it wrote."""
        words = [chapter, "out", f"edition={edition}", "--products", PRODUCTS]
        self.run("scripts/execute_chapter.py", *words, "--edition", edition)
        return self.root / "out"


@pytest.fixture
def change(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Copy]:
    """Give a copy; at the end, hold the files that were touched to the row of the table."""
    row = ROWS[request.node.get_closest_marker("row").args[0]]
    copy = Copy(tmp_path / "project")
    yield copy
    patterns = [re.compile(re.sub(r"<\w+>", r"[^/]+", re.escape(name))) for name in row]
    for pattern in patterns:
        assert any(pattern.fullmatch(name) for name in copy.touched), pattern
    for name in copy.touched:
        assert any(pattern.fullmatch(name) for pattern in patterns), name


def test_the_table_has_its_thirteen_rows_and_each_is_tested_here() -> None:
    tested = re.findall(r'^@pytest\.mark\.row\("(.+)"\)$', Path(__file__).read_text(), re.MULTILINE)
    assert len(ROWS) == 13
    assert sorted(tested) == sorted(ROWS)


@pytest.mark.row("a chart type")
def test_a_chart_type_is_a_module_and_its_name(change: Copy) -> None:
    module = '''"""Values as dots."""

import altair as alt
import pandas as pd

from smdi.report import theme


def dots(frame: pd.DataFrame) -> alt.Chart:
    """Draw one dot a group."""
    marks = alt.Chart(frame).mark_circle(color=theme.STRONG).encode(x="value:Q", y="group:N")
    return theme.finish(marks, description="散点。", height=80)
'''
    change.write("src/smdi/report/charts/dots.py", module)
    change.edit(
        "src/smdi/report/charts/__init__.py",
        "from smdi.report.charts.labels",
        "from smdi.report.charts.dots import dots as dots\nfrom smdi.report.charts.labels",
    )
    frame = "pd.DataFrame({'value': [3], 'group': ['江苏省']})"
    imports = ("import pandas as pd", "from smdi.report import charts, rendering")
    assert "江苏省" in change.says(f"rendering.svg(charts.dots({frame}), prefix='x')", *imports)


@pytest.mark.row("an exhibit in a chapter")
def test_an_exhibit_is_a_cell_and_a_caption_in_the_notebook(change: Copy) -> None:
    cell = """
```{code-cell} python3
:tags: [remove-cell]

chapter.show("fig-a99", charts.level_shares(shares), shares)
```

:::{exhibit} fig-a99
{{ year }} 年的又一幅图
:::

## 变化的来源
"""
    change.edit("notebooks/national-levels.md", "\n## 变化的来源\n", cell)
    out = change.execute("national-levels")
    assert json.loads((out / "exhibits/fig-a99.json").read_text())["title"] == "2021 年的又一幅图"
    assert (out / "exhibits/fig-a99.svg").is_file()


@pytest.mark.row("all profiles")
def test_what_all_profiles_say_is_a_sentence_of_their_notebook(change: Copy) -> None:
    change.edit("notebooks/profile.md", "按应用比例计，", "就应用比例而言，")
    made = json.loads((change.execute("profile") / "numbers.json").read_text("utf-8"))
    assert made["province-320000.practices"]["text"].startswith("就应用比例而言，")


@pytest.mark.row("level bounds")
def test_a_bound_of_the_levels_is_a_cell_of_the_standard(change: Copy) -> None:
    imports = (
        "import numpy as np",
        "from smdi.assessments import Scorer",
        "scorer = Scorer()",
        "items = np.zeros((1, len(scorer.model.items)), dtype=np.uint8)",
        "items[:, (scorer.model.items['level'] == 1).to_numpy()] = 8",
    )
    level = "scorer.levels(items, np.array([15]))[0]"
    before = change.says(level, *imports)
    change.edit("data/standards/levels.csv", "1,规划级,Planning,0.8", "1,规划级,Planning,0.9")
    assert (before, change.says(level, *imports)) == ("1", "0")


@pytest.mark.row("a province's spelling")
def test_a_province_may_be_spelt_as_the_list_of_aliases_has_it(change: Copy) -> None:
    change.add("data/standards/region_aliases.csv", "苏省,320000,usual,an export of ours,assumed\n")
    imports = ("from smdi.assessments.values.regions import province_of",)
    assert change.says("province_of('苏省')", *imports) == "320000"


@pytest.mark.row("an audit rule")
def test_an_audit_rule_is_a_function_beside_the_others(change: Copy) -> None:
    rule = '''

@rule("首个数值", "示例。")
def first_fact(report: PublishedReport) -> Iterator[Finding]:
    """Find the first fact."""
    yield Finding("first_fact", "notice", report.facts.ids[:1], "第一个数值。", "")
'''
    change.add("src/smdi/published/audit/counts.py", rule)
    assert "first_fact" in change.run("scripts/audit_published.py", "data/published/2021.csv")


@pytest.mark.row("the PDF's margin")
def test_the_margin_of_the_pdf_is_a_line_of_its_theme(change: Copy) -> None:
    change.edit("src/typst_book/template/theme.typ", "margin-top = 27mm", "margin-top = 41mm")
    template = change.root / "src/typst_book/template"
    (template / "settings.typ").write_text("#let language = (words: (:))\n")
    (template / "page.typ").write_text('#import "theme.typ": *\n#metadata(margin-top.mm()) <top>\n')
    query = f"typst.query({str(template / 'page.typ')!r}, '<top>', field='value', one=True)"
    assert float(change.says(query, "import typst")) == pytest.approx(41)


@pytest.mark.row("the site's colour")
def test_the_colour_of_site_charts_and_pdf_is_one_line(change: Copy) -> None:
    change.edit("data/theme.yaml", '&accent "#1f6f9f"', '&accent "#12865a"')
    imports = (
        "from smdi.publishing.styles import css, typst",
        "from smdi.report import theme",
        "from smdi.report.palette import read_palette",
    )
    made = change.says("css(read_palette()), typst(read_palette()), theme.STRONG", *imports)
    assert made.count("#12865a") >= 4
    assert "#1f6f9f" not in made


@pytest.mark.row("a parameter for all chapters")
def test_a_parameter_for_all_chapters_is_a_field_of_the_edition(change: Copy) -> None:
    change.edit(
        "src/smdi/edition_parts.py",
        "    cities: int = Field(50, ge=1)\n",
        "    cities: int = Field(50, ge=1)\n    sectors: int = Field(4, ge=1)\n",
    )
    change.edit("data/editions/2021.yaml", "  cities: 50\n", "  cities: 50\n  sectors: 3\n")
    out = change.execute("national-levels")
    assert out.is_dir()
    imports = ("from smdi.edition import read_edition",)
    assert change.says("read_edition('2021').ranks.sectors", *imports) == "3"


@pytest.mark.row("a new import format")
def test_a_format_of_exports_is_a_kind_of_file_and_a_sheet(change: Copy) -> None:
    folder = "src/smdi/assessments/reading"
    change.edit(f"{folder}/kinds.py", '"parquet", "text"]', '"parquet", "text", "lines"]')
    found = "    for magic, found, expected in _FOREIGN:\n"
    change.edit(
        f"{folder}/kinds.py", found, f'    if head[:1] == b"{{":\n        return "lines"\n{found}'
    )
    change.edit(
        f"{folder}/source.py",
        '    if kind == "text":\n',
        '    if kind == "lines":\n'
        "        from smdi.assessments.reading.lines import open_lines\n\n"
        "        return [open_lines(path)]\n"
        '    if kind == "text":\n',
    )
    change.write(f"{folder}/lines.py", LINES)
    (change.root / "export.jsonl").write_text('{"省份": "江苏省", "年度": 2021}\n', "utf-8")
    imports = (
        "from pathlib import Path",
        "from smdi.assessments.reading.source import open_sheets",
        "sheet = open_sheets(Path('export.jsonl'))[0]",
        "table, rows = next(sheet.batches([0, 1], 0))",
    )
    read = change.says("sheet.head, table.to_pylist()", *imports)
    assert read == "[['省份', '年度']] [{'0': '江苏省', '1': '2021'}]"


@pytest.mark.row("a disclosure rule")
def test_a_disclosure_rule_is_a_condition_on_a_cell(change: Copy) -> None:
    imports = (
        "from smdi.disclosure.primary import few",
        "from smdi.edition import Disclosure",
    )
    before = change.says("few(100, Disclosure())", *imports)
    change.edit(
        "src/smdi/disclosure/primary.py",
        "    return 0 < firms < policy.minimum\n",
        "    return 0 < firms < policy.minimum or firms == 100\n",
    )
    assert (before, change.says("few(100, Disclosure())", *imports)) == ("False", "True")


@pytest.mark.row("warm kernels")
def test_what_a_warm_kernel_has_loaded_is_a_line_of_the_server(change: Copy) -> None:
    change.edit(
        "src/smdi/workflow/server/warm.py", '    "pandas",\n', '    "pandas",\n    "colorsys",\n'
    )
    program = """
from smdi.workflow.server import warm
loaded = []
warm.importlib.import_module = loaded.append
warm.os.fork = lambda: 1  # the drawer
warm.warm_up("address")
print("colorsys" in loaded)
"""
    assert change.run("-c", program) == "True"


@pytest.mark.row("another language")
def test_another_language_is_a_set_of_markdown_and_an_edition_of_it(change: Copy) -> None:
    words = Path("data/language/zh.yaml").read_text("utf-8")
    change.write("data/language/fr.yaml", words.replace('line_joint: ""', 'line_joint: " "'))
    edition = Path("data/editions/2021.yaml").read_text("utf-8")
    change.write("data/editions/french.yaml", f"{edition}\nlanguage: fr\n")
    text = Path("notebooks/national-levels.md").read_text("utf-8")
    sentence = re.compile(r"(\{% sentence reading %\}\n).*?(\{% endsentence %\})", re.DOTALL)
    french = "En {{ year }},\n{{ low_share }} des entreprises sont au plus au niveau 1.\n"
    text, count = sentence.subn(rf"\g<1>{french}\g<2>", text)
    assert count == 1
    change.write("notebooks/fr/national-levels.md", text.replace('"2021"', '"french"'))
    for part in re.findall(r'include "(parts/[^"]+)"', text):
        change.write(f"notebooks/fr/{part}", Path("notebooks", part).read_text("utf-8"))
    (change.root / "_build/french").mkdir(parents=True)
    (change.root / "_build/french/work").symlink_to(PRODUCTS)
    program = """
from pathlib import Path
from smdi.workflow.notebooks import code_of
exec(code_of(Path("notebooks/fr/national-levels.md")), {"display": repr})
"""
    change.run("-c", program)
    numbers = change.root / "_build/french/drafts/national-levels/numbers.json"
    said = json.loads(numbers.read_text("utf-8"))["national-levels.reading"]["text"]
    assert re.fullmatch(r"En 2021, 69.*% des entreprises sont au plus au niveau 1\.", said)
