"""An edition 2022, made as the README says, with no code touched: simulated, and imported.

The simulated firms follow the nation's shares of levels in 2022: 63, 21, 12 and 4 percent. The
imported ones come from an export through the importer.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import next_years_firms

pytestmark = pytest.mark.builds

ROOT = Path(__file__).parents[3]
COPIED = ("src", "data", "notebooks", "book", "scripts", "profiles", "docs")
FILES = ("Snakefile", "_config.yml", "_toc.yml", "requirements.lock", "pyproject.toml")
WORK = ROOT / "_build/2021/work"
TAGS = re.compile(r"<script.*?</script>|<style.*?</style>|<[^>]+>", re.DOTALL)
FACTS = """exhibit,measure,group,year,value,unit,printed,where
fig-04,share_level_le1,全国,2022,63,%,63,图4
fig-04,share_level_2,全国,2022,21,%,21,图4
fig-04,share_level_3,全国,2022,12,%,12,图4
fig-04,share_level_ge4,全国,2022,4,%,4,图4
"""


class Editor:
    """A person at work in a copy of the project, beside the release of 2021."""

    def __init__(self, root: Path) -> None:
        self.root = root
        ignored = shutil.ignore_patterns("__pycache__", "2022*")
        for name in COPIED:
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        for name in FILES:
            shutil.copy2(ROOT / name, root / name)
        (root / "_build").mkdir()
        (root / "_build/2021").symlink_to(ROOT / "_build/2021")

    def run(self, script: str, *words: str, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, f"scripts/{script}.py", *words],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def text(self, page: str) -> str:
        html = (self.root / f"_build/2022/site/{page}.html").read_text("utf-8")
        return TAGS.sub("", html)

    def pages(self) -> set[str]:
        return {path.stem for path in (self.root / "_build/2022/site").glob("*.html")}


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Editor:
    assert WORK.is_dir(), "run `make book` first"
    editor = Editor(tmp_path_factory.mktemp("simulated"))
    firms = next_years_firms.make(WORK / "assessments.parquet", WORK / "scores.parquet", 16000)
    next_years_firms.write(editor.root / "answers.parquet", firms, "simulated")
    editor.run("new_edition", "2022", "--assessments", "answers.parquet")
    editor.run("build_edition", "--edition", "2022")
    return editor


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Editor:
    editor = Editor(tmp_path_factory.mktemp("imported"))
    firms = next_years_firms.make(WORK / "assessments.parquet", WORK / "scores.parquet", 16000)
    few = next_years_firms.with_real_codes(next_years_firms.sampled(firms, 5))
    export, mapping = next_years_firms.write_export(editor.root, few)
    output = ("--output", "private/assessments-2022.parquet")
    editor.run("import_assessments", export.name, "--mapping", mapping.name, *output)
    editor.run("new_edition", "2022")
    editor.run("build_edition", "--edition", "2022")
    return editor


def test_the_level_shares_are_those_of_2022(simulated: Editor) -> None:
    numbers = json.loads((simulated.root / "_build/2022/numbers.json").read_text("utf-8"))
    names = ("low_share", "second_share", "third_share", "high_share")
    assert [numbers[f"national-levels.{name}"]["text"] for name in names] == [
        *("63%", "21%", "12%", "4%")
    ]


def test_three_years_are_shown(simulated: Editor) -> None:
    rows = (simulated.root / "_build/2022/source/exhibits/fig-04.csv").read_text("utf-8-sig")
    assert {row["year"] for row in csv.DictReader(rows.splitlines())} == {"2020", "2021", "2022"}
    assert "2020—2022 年全国企业的成熟度等级构成" in simulated.text("national-levels")


def test_chapters_without_ground_are_in_no_contents(simulated: Editor, imported: Editor) -> None:
    for editor in (simulated, imported):
        assert {"reproduction", "audit", "simulation"} & editor.pages() == set()
        assert {"data", "scoring", "national-levels"} <= editor.pages()


def test_no_page_names_the_year_of_the_last_edition_as_its_own(simulated: Editor) -> None:
    assert "截至 2022 年底" in simulated.text("preface")
    for page in simulated.pages():
        assert "截至 2021 年底" not in simulated.text(page)


def test_what_is_simulated_is_said_to_be(simulated: Editor) -> None:
    assert "模拟数据" in simulated.text("index")
    assert "模拟数据" in simulated.text("data")


def test_the_two_editions_compare(simulated: Editor) -> None:
    told = simulated.run("compare_editions", "2021", "2022")
    folder = simulated.root / "_build/compare/2021-2022"
    assert str(folder.relative_to(simulated.root)) in told
    rows = list(csv.DictReader((folder / "comparison.csv").read_text("utf-8-sig").splitlines()))
    (row,) = [r for r in rows if r["exhibit"] == "fig-04" and "ge4" in r["measure"]]
    assert (row["kind"], float(row["old"]), float(row["new"])) == ("moved", 9.0, 4.0)
    assert not [r for r in rows if r["exhibit"] == "fig-04" and r["kind"] == "restated"]
    assert "2021 年版与 2022 年版的对照" in (folder / "site/index.html").read_text("utf-8")


def test_once_it_is_in_print_the_build_holds_itself_to_it(simulated: Editor) -> None:
    (simulated.root / "data/published/2022.csv").write_text(FACTS, "utf-8")
    simulated.run("audit_published", "data/published/2022.csv")
    path = simulated.root / "data/editions/2022.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("published: null", "published: data/published/2022.csv"), "utf-8")
    told = simulated.run("build_edition", "--edition", "2022")
    assert "4 reproduced, 0 contradicted, 0 differs" in told
    assert {"reproduction", "audit"} <= simulated.pages()


def test_no_page_of_imported_data_speaks_of_simulation(imported: Editor) -> None:
    for page in imported.pages():
        assert "模拟" not in imported.text(page), page
    reader = pypdf.PdfReader(imported.root / "_build/2022/report.pdf")
    assert "模拟" not in "".join(page.extract_text() for page in reader.pages)
    assert "企业自诊断" in imported.text("data")


def test_no_sentence_of_imported_data_lacks_its_numbers(imported: Editor) -> None:
    numbers = json.loads((imported.root / "_build/2022/numbers.json").read_text("utf-8"))
    assert [key for key, record in numbers.items() if "本期缺少" in record["text"]] == []


def test_a_baseline_without_data_is_refused_before_anything_runs(imported: Editor) -> None:
    path = imported.root / "data/editions/2022.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("baseline_year: 2021", "baseline_year: 2019").replace(
            "first_year: 2020", "first_year: 2019"
        ),
        "utf-8",
    )
    try:
        told = imported.run("build_edition", "--edition", "2022", status=2)
    finally:
        path.write_text(text, "utf-8")
    assert "baseline_year: found 2019" in told
    assert "first_year: found 2019" in told
