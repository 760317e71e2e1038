"""Pages as they are assembled from what the chapters say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from smdi.edition import Edition, Scope, read_edition
from smdi.edition_parts import Profiles
from smdi.errors import InputErrors
from smdi.publishing import assembly
from smdi.publishing.assembly import without_empty_items
from smdi.report.text.language import words

PAGE = "# 首页\n\n- {num}`a.summary`\n- {num}`b.summary`\n- {num}`c.summary`\n\n正文\n"


def test_an_item_of_which_nothing_can_be_said_is_left_out() -> None:
    said = {"a.summary": {"text": "甲。"}, "b.summary": {"text": ""}, "c.summary": {"text": "丙。"}}
    assert "b.summary" not in without_empty_items(PAGE, said)
    assert "a.summary" in without_empty_items(PAGE, said)


def test_that_numbers_are_withheld_is_no_item_beside_others() -> None:
    withheld = words().otherwise.withheld
    said = {"a.summary": {"text": withheld}, "b.summary": {"text": "乙。"}}
    said |= {"c.summary": {"text": withheld}}
    made = without_empty_items(PAGE, said)
    assert made == "# 首页\n\n- {num}`b.summary`\n\n正文\n"


def test_that_all_numbers_of_a_list_are_withheld_is_said_once() -> None:
    said = {f"{name}.summary": {"text": words().otherwise.withheld} for name in "abc"}
    assert without_empty_items(PAGE, said) == "# 首页\n\n- {num}`a.summary`\n\n正文\n"


def test_what_several_items_say_alike_is_said_once() -> None:
    said = {f"{name}.summary": {"text": "甲居首位。"} for name in "abc"}
    assert without_empty_items(PAGE, said).count("{num}") == 1


def test_the_line_that_announces_a_list_goes_with_its_last_item() -> None:
    page = "前文。\n\n变化如下。\n\n- {num}`a.summary`\n- {num}`b.summary`\n\n## 后文\n"
    said = {"a.summary": {"text": ""}, "b.summary": {"text": ""}}
    assert without_empty_items(page, said).split() == ["前文。", "##", "后文"]


def test_one_list_does_not_speak_for_another() -> None:
    withheld = words().otherwise.withheld
    said = {"a.summary": {"text": "甲。"}, "d.summary": {"text": withheld}}
    page = "- {num}`a.summary`\n\n变化如下。\n\n- {num}`d.summary`\n"
    assert without_empty_items(page, said) == page


COLUMNS = "measure,group,year,value,unit,base,withheld"
CHAPTERS = ("national-levels", "sme")
INDEX = """# 首页

:::{only} simulated
模拟。
:::
:::{only} imported
真实。
:::
::::{only} published
已刊。
::::
:::{only} unpublished
未刊。
:::
:::{only} drawn
抽取。
:::

- {num}`sme.summary`
"""


def exhibit(name: str) -> dict[str, object]:
    return {
        "id": name, "kind": "chart", "number": "图 1", "title": "题", "alt": "图", "note": "",
        "simulated": "all", "digits": 0,
        "files": {"svg": f"{name}.svg", "png": f"{name}.png", "csv": f"{name}.csv"},
    }  # fmt: skip


def write_chapter(folder: Path, name: str, exhibit_name: str) -> None:
    (folder / "exhibits").mkdir(parents=True)
    cell = {
        "cell_type": "markdown",
        "metadata": {},
        "source": f":::{{exhibit}} {exhibit_name}\n:::",
    }
    page = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (folder / "page.ipynb").write_text(page, "utf-8")
    (folder / f"{name}.ipynb").write_text('{"cells": [], "own": 1}', "utf-8")
    said = {f"{name}.summary": {"kind": "phrase", "text": "", "parts": []}}
    (folder / "numbers.json").write_text(json.dumps(said), "utf-8")
    shown = folder / "exhibits"
    (shown / f"{exhibit_name}.json").write_text(json.dumps(exhibit(exhibit_name)), "utf-8")
    row = "share_level_2,全国,2021,50.0,%,9,False"
    (shown / f"{exhibit_name}.csv").write_text(f"{COLUMNS}\n{row}\n", "utf-8-sig")
    for kind in ("vl.json", "html"):
        (shown / f"{exhibit_name}.{kind}").write_text("{}", "utf-8")
    for kind in ("svg", "png"):
        (shown / f"{exhibit_name}.{kind}").write_text(kind, "utf-8")


@pytest.fixture
def edition(monkeypatch, tmp_path: Path) -> Edition:
    """Have an edition of two executed chapters and a page, in a folder of the test's own."""
    for number, name in enumerate(CHAPTERS, 1):
        write_chapter(tmp_path / "chapters" / name, name, f"fig-0{number}")
    (tmp_path / "index.md").write_text(INDEX, "utf-8")
    (tmp_path / "style.css").write_text("body {}", "utf-8")
    pages = {"index.md": tmp_path / "index.md", "_static/own.css": tmp_path / "style.css"}
    own = assembly.chapters
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.setattr(own, "chapters_of", lambda _: [own.Chapter(n) for n in CHAPTERS])
    monkeypatch.setattr(own, "chapter_folder", lambda _, name: tmp_path / "chapters" / name)
    monkeypatch.setattr(own, "page_files", lambda _: pages)
    monkeypatch.setattr(assembly, "provenance", lambda _: "simulated")
    return read_edition("2021").model_copy(update={"profiles": Profiles()})


def test_a_book_has_its_pages_chapters_exhibits_and_numbers_in_their_places(edition) -> None:
    folder = assembly.assemble(edition)
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for number, name in enumerate(CHAPTERS, 1):
        assert {f"{name}.ipynb", f"numbers/{name}.json", f"extra/notebooks/{name}.ipynb"} <= made
        assert {f"exhibits/fig-0{number}.{kind}" for kind in ("json", "csv", "html")} <= made
        assert {f"extra/exhibits/fig-0{number}.{kind}" for kind in ("svg", "png")} <= made
        assert f"extra/data/fig-0{number}.csv" in made
        assert f"exhibits/fig-0{number}.svg" not in made
    assert {"_config.yml", "_toc.yml", "index.md", "_static/own.css", "data.json"} <= made
    own = json.loads((folder / "extra/notebooks/sme.ipynb").read_text("utf-8"))
    assert own["own"] == 1


def test_the_page_of_an_exhibit_is_that_of_its_chapter(edition) -> None:
    folder = assembly.assemble(edition)
    for number, name in enumerate(CHAPTERS, 1):
        made = json.loads((folder / f"exhibits/fig-0{number}.json").read_text("utf-8"))
        assert (made["page"], made["permalink"].rpartition("/")[2]) == (
            name, f"{name}.html#fig-0{number}"
        )  # fmt: skip


def test_an_exhibit_that_prose_only_speaks_of_is_none_of_the_book_s(edition, tmp_path) -> None:
    path = tmp_path / "chapters/sme/page.ipynb"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(":::{exhibit} fig-02", "`{exhibit} fig-99`\\n" * 2 + ":::{exhibit} fig-02")
    )
    listed = json.loads((assembly.assemble(edition) / "data.json").read_text("utf-8"))
    assert [one["id"] for one in listed["exhibits"]] == ["fig-01", "fig-02"]


def test_a_page_keeps_the_parts_that_there_is_ground_for(edition) -> None:
    text = (assembly.assemble(edition) / "index.md").read_text("utf-8")
    assert [word for word in ("模拟", "真实", "已刊", "未刊", "抽取") if word in text] == [
        "模拟", "已刊", "抽取"
    ]  # fmt: skip
    assert "only" not in text
    assert "sme.summary" not in text  # of which nothing can be said


def test_the_values_of_all_chapters_and_of_the_edition_are_released(edition) -> None:
    assembly.assemble(edition)
    numbers = json.loads((edition.work / "numbers.json").read_text("utf-8"))
    assert {"sme.summary", "national-levels.summary", "edition.title"} <= set(numbers)
    texts = {name.removeprefix("edition."): one["text"] for name, one in numbers.items()}
    assert texts["year"] == "2021 "
    assert texts["baseline_year"] == "2020 "
    assert texts["publisher"] == edition.publisher
    assert texts["data_date"] == "2021 年 12 月 31 日"
    simulated = words().book.simulated_note
    assert texts["provenance_note"] == simulated != words().book.imported_note


def test_the_data_of_an_edition_may_end_on_any_day(edition) -> None:
    other = edition.model_copy(update={"data_date": date(2022, 3, 7)})
    made = assembly.edition_numbers(other, simulated=False)
    assert made["edition.data_date"]["text"] == "2022 年 3 月 7 日"
    assert made["edition.provenance_note"]["text"] == words().book.imported_note
    folder = assembly.assemble(other)
    config = yaml.safe_load((folder / "_config.yml").read_text("utf-8"))
    assert config["copyright"] == "2022"
    assert (config["title"], config["author"]) == (edition.title, edition.publisher)


def test_what_is_right_already_is_not_touched_and_what_is_not_wanted_goes(edition) -> None:
    folder = assembly.assemble(edition)
    (folder / "stray/deep").mkdir(parents=True)
    (folder / "stray/deep/old.md").touch()
    (folder / "index.md").write_text("other", "utf-8")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assembly.assemble(edition)
    assert not (folder / "stray").exists()
    assert "模拟" in (folder / "index.md").read_text("utf-8")
    touched = {p for p, time in before.items() if p.exists() and p.stat().st_mtime_ns != time}
    assert touched == {folder / "index.md"}


def test_two_chapters_may_not_make_one_exhibit(edition, tmp_path: Path) -> None:
    shown = tmp_path / "chapters/sme/exhibits"
    (shown / "fig-01.csv").write_text("x", "utf-8")
    with pytest.raises(InputErrors) as raised:
        assembly.assemble(edition)
    (problem,) = raised.value.problems
    assert (problem.file, problem.value) == ("chapter sme", "exhibits/fig-01.csv")


@pytest.mark.parametrize(
    ("scope", "title"),
    [
        ({}, "报告"),
        ({"province": "江苏省"}, "江苏省报告"),
    ],
)
def test_the_title_names_the_scope_once(scope: dict[str, str], title: str) -> None:
    narrowed = read_edition("2021").model_copy(update={"scope": Scope.of(**scope), "title": "报告"})
    said = assembly.title_of(narrowed)
    assert said.count("江苏省") == bool(scope)
    named = narrowed.model_copy(update={"title": "江苏省的报告"})
    assert assembly.title_of(named) == "江苏省的报告"


def test_the_contents_list_the_pages_that_there_is_ground_for() -> None:
    edition = read_edition("2021")
    listed = assembly.contents(edition).decode()
    assert "- file: simulation" in listed
    narrow = read_edition("2021-320000")
    there = {chapter.name for chapter in assembly.chapters.chapters_of(narrow)}
    made = assembly.contents(narrow).decode()
    for chapter in assembly.chapters.chapters():
        assert (f"- file: {chapter.name}\n" in made) == (chapter.name in there), chapter.name
    assert "caption: " in made


def view(edition: Edition, tmp_path: Path, *rows: str) -> dict:
    """What a reader sees under a chart of these rows."""
    path = tmp_path / "chapters/sme/exhibits/fig-02.csv"
    path.write_text("\n".join([f"{COLUMNS},status", *rows, ""]), "utf-8-sig")
    folder = assembly.assemble(edition)
    made = json.loads((folder / "exhibits/fig-02.json").read_text("utf-8"))
    return made["view"]


def test_the_table_under_a_chart_has_the_columns_in_which_its_rows_differ(
    edition, tmp_path
) -> None:
    one = "share_level_2,全国,2021,50.0,%,9,False,published"
    found = view(edition, tmp_path, one)
    assert found["columns"] == ["value", "unit", "status"]
    assert found["numeric"] == [True, False, False]
    groups = view(edition, tmp_path, one, one.replace("全国", "江苏省"))
    assert groups["columns"] == ["group", "value", "unit", "status"]
    assert [row[0] for row in groups["rows"]] == ["全国", "江苏省"]
    years = view(edition, tmp_path, one, one.replace("2021", "2020"))
    assert years["columns"][0] == "year"
    assert years["numeric"][0] is True
    assert years["same"]["group"] == "全国"
    assert "group" not in groups["same"]


def test_settings_and_the_list_of_pages_keep_the_order_and_letters_of_the_project_s_files() -> None:
    edition = read_edition("2021")
    made = assembly.contents(edition).decode()
    assert list(yaml.safe_load(made)) == list(yaml.safe_load(Path("_toc.yml").read_text("utf-8")))
    assert "- caption: 发展现状\n  chapters:\n  - file: participation\n" in made
    config = assembly.appearance(edition)["_config.yml"].decode()
    own = Path("_config.yml").read_text("utf-8")
    assert list(yaml.safe_load(config)) == list(yaml.safe_load(own))
    assert config.startswith(f"title: {edition.title}\nauthor: {edition.publisher}\ncopyright: ")
