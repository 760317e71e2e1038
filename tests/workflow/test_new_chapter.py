"""`make chapter` starts a chapter that builds as it stands, or writes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from smdi.disclosure.pattern import write_pattern
from smdi.disclosure.release import protect_release
from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem
from smdi.indicators import Population
from smdi.indicators.prepared import prepare
from smdi.publishing.lint.check import lint
from smdi.workflow.chapters import Chapter, chapter_reads, pages
from smdi.workflow.execution import execute
from smdi.workflow.new_chapter import _free_figure, new_chapter

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("_toc.yml", "_config.yml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("notebooks", "data", "book"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_chapter_is_listed_behind_the_page_that_was_named(project: Path) -> None:
    new_chapter("trend-robots", "机器人应用", "trend-energy")
    listed = pages()
    assert listed[listed.index("trend-energy") + 1] == "trend-robots"
    assert chapter_reads("trend-robots") == ("population",)


def test_its_prose_passes_the_lint(project: Path) -> None:
    notebook = new_chapter("trend-robots", "机器人应用", "trend-energy")
    assert lint([notebook]).problems == ()


def test_it_runs_and_says_its_sentence(project: Path, firm, scores) -> None:
    notebook = new_chapter("trend-robots", "机器人应用", "trend-energy")
    table = pa.Table.from_pandas(scores(firm(75), firm(25, level=2)), preserve_index=False)
    tagged = table.replace_schema_metadata({"smdi.provenance": "simulated"})
    parquet.write_table(tagged, "scores.parquet")
    prepare(Path("scores.parquet"), Path("population.arrow"))
    edition = read_edition("2021")
    alone = edition.disclosure.model_copy(update={"together": ()})
    pop = Population.open(Path("population.arrow"), edition.year, edition.baseline_year)
    found = protect_release(pop, edition.model_copy(update={"disclosure": alone}))
    write_pattern(Path("protection.json"), found)
    execute(notebook, {}, project / "out", project)
    numbers = json.loads((project / "out/numbers.json").read_text("utf-8"))
    said = numbers["trend-robots.overall"]["text"]
    assert said == "2021 年，全国参评企业中处于一级及以下的占 75%。"


def test_its_figure_has_a_number_that_no_other_has(project: Path) -> None:
    taken = "".join(path.read_text("utf-8") for path in Path("notebooks").glob("*.md"))
    text = new_chapter("trend-robots", "机器人应用", "trend-energy").read_text("utf-8")
    figure = text.split("{exhibit} ")[1].split("\n")[0]
    assert figure not in taken


def test_all_faults_are_told_at_once_and_nothing_is_written(project: Path) -> None:
    before = Path("_toc.yml").read_bytes()
    with pytest.raises(InputErrors) as caught:
        new_chapter("Trend Robots", " ", "trend-nothing")
    assert [problem.file for problem in caught.value.problems] == ["NAME", "TITLE", "AFTER"]
    assert Path("_toc.yml").read_bytes() == before
    assert not Chapter("Trend Robots").notebook.exists()


@pytest.mark.parametrize("title", ["机器人{{ 应用 }}", "机器人{#a}", "<b>机器人", "机器人\n应用"])
def test_a_title_is_text_and_no_markup(project: Path, title: str) -> None:
    with pytest.raises(InputErrors, match="TITLE"):
        new_chapter("trend-robots", title, "trend-energy")
    assert not Chapter("trend-robots").notebook.exists()


def test_a_taken_name_is_refused(project: Path) -> None:
    with pytest.raises(InputErrors, match="a name that no page has yet"):
        new_chapter("sme", "中小微企业", "trend-energy")


def test_figures_of_our_own_are_numbered_on_from_one(project: Path) -> None:
    for notebook in (project / "notebooks").rglob("*.md"):
        notebook.unlink()
    assert _free_figure() == "fig-a1"
    (project / "notebooks/a.md").write_text("fig-a1 fig-a3", encoding="utf-8")
    assert _free_figure() == "fig-a4"


def faults(*words: str) -> list[Problem]:
    with pytest.raises(InputErrors) as caught:
        new_chapter(*words)
    return list(caught.value.problems)


def test_each_fault_is_told_whole(project: Path) -> None:
    Path("_toc.yml").write_text("root: index\nchapters:\n  - file: sme\n  - file: audit\n", "utf-8")
    name = "a name of lower-case letters, digits and single hyphens, like trend-equipment"
    title = "the chapter's heading: text on one line, without { } < > ` ⟦ ⟧"
    assert faults("Trend", "a`b", "sm") == [
        Problem("NAME", None, None, "Trend", name),
        Problem("TITLE", None, None, "a`b", title),
        Problem("AFTER", None, None, "sm", "one of the pages: sme, audit"),
    ]


@pytest.mark.parametrize("name", ["sme", "index"])
def test_the_name_of_a_notebook_and_that_of_a_page_are_taken(project: Path, name: str) -> None:
    expected = Problem("NAME", None, None, name, "a name that no page has yet")
    assert faults(name, "机器人应用", "trend-energy") == [expected]


@pytest.mark.parametrize("name", ["a--b", "a-", "-a", "1a", "a_b", "A", "a.b", "", "a\n"])
def test_what_is_no_name_is_refused(project: Path, name: str) -> None:
    (found,) = faults(name, "机器人应用", "trend-energy")
    assert (found.file, found.value) == ("NAME", name)


def test_the_page_is_listed_as_the_one_before_it_and_nothing_else_changes(project: Path) -> None:
    lines = ["root: index", "chapters:", "    - file: sme-more", "    - file: sme  ", "  - file: x"]
    Path("_toc.yml").write_text("\n".join(lines), "utf-8")
    notebook = new_chapter("a1-2b", " 机器人应用 ", "sme")
    assert notebook == Path("notebooks/a1-2b.md")
    listed = Path("_toc.yml").read_text("utf-8").split("\n")
    assert listed == [*lines[:3], "    - file: sme", "    - file: a1-2b", "  - file: x"]
    assert "\n# 机器人应用\n" in notebook.read_text("utf-8")
