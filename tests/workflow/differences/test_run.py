"""A run is read from the folders in which it left its results, one chapter or a whole book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smdi.workflow.differences.run import Run, read_book, read_chapter
from smdi.workflow.differences.values import ValueChange, value_changes

ROW = "measure,group,year,value,unit,base,withheld\nshare,NA,2021,{},%,9,False\n"


def page(*texts: str) -> str:
    cells = [{"cell_type": "markdown", "source": [text]} for text in texts]
    cells.insert(1, {"cell_type": "code", "source": "# no title\n:::{exhibit} fig-99"})
    return json.dumps({"cells": cells})


def described(kind: str) -> str:
    files = {"csv": f"{kind}.csv"}
    if kind != "tab-a1":
        files |= {"svg": f"{kind}.svg", "spec": f"{kind}.vl.json"}
    return json.dumps({"id": kind, "files": files})


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    """A chapter with two exhibits in its prose, the table before the figure."""
    (tmp_path / "exhibits").mkdir()
    text = page("# 总体水平\n", ":::{exhibit} tab-a1\n:::\n\n::::{exhibit} fig-04\n::::\n# 二")
    (tmp_path / "page.ipynb").write_text(text, "utf-8")
    (tmp_path / "numbers.json").write_text('{"levels.low": {"kind": "number"}}', "utf-8")
    for name in ("tab-a1", "fig-04", "fig-99"):
        (tmp_path / f"exhibits/{name}.json").write_text(described(name), "utf-8")
        (tmp_path / f"exhibits/{name}.csv").write_text(ROW.format(""), "utf-8-sig")
    return tmp_path


def test_a_chapter_has_the_exhibits_that_its_prose_places_in_order(chapter: Path) -> None:
    run = read_chapter(chapter, "levels", "江苏省")
    assert (run.scope, run.titles) == ("江苏省", {"levels": "总体水平"})
    assert list(run.records) == ["levels.low"]
    assert list(run.exhibits) == ["tab-a1", "fig-04"]
    table, figure = run.exhibits.values()
    assert (table.svg, table.spec, table.number) == (None, None, "表 A1")
    assert figure.svg == chapter / "exhibits/fig-04.svg"
    assert figure.spec == chapter / "exhibits/fig-04.vl.json"
    assert figure.chapter == "levels"


def test_a_value_that_is_not_there_is_missing_and_a_group_may_read_na(chapter: Path) -> None:
    frame = read_chapter(chapter, "levels", "全国").exhibits["fig-04"].frame
    assert frame["value"].isna().all()
    assert frame["group"].tolist() == ["NA"]


def test_a_page_without_a_title_goes_by_its_name(chapter: Path) -> None:
    (chapter / "page.ipynb").write_text(page("文。", "文。"), "utf-8")
    assert read_chapter(chapter, "levels", "全国").titles == {"levels": "levels"}


@pytest.fixture
def source(chapter: Path, tmp_path: Path) -> Path:
    """An assembled book of that chapter, its pictures where readers fetch them."""
    made = tmp_path / "book"
    (made / "numbers").mkdir(parents=True)
    (made / "exhibits").mkdir()
    (made / "extra/exhibits").mkdir(parents=True)
    (made / "levels.ipynb").write_bytes((chapter / "page.ipynb").read_bytes())
    (made / "numbers/levels.json").write_bytes((chapter / "numbers.json").read_bytes())
    for name in ("tab-a1", "fig-04"):
        (made / f"exhibits/{name}.json").write_text(described(name), "utf-8")
    (made / "exhibits/tab-a1.csv").write_text(ROW.format("1.5"), "utf-8")
    (made / "extra/exhibits/fig-04.csv").write_text(ROW.format("2.5"), "utf-8")
    (made / "other.ipynb").write_text(page("# 另", ""), "utf-8")  # without numbers: no chapter
    return made


@pytest.mark.parametrize("names", [None, ["levels", "other", "none"]])
def test_a_book_has_the_chapters_that_are_there(source: Path, names: list[str] | None) -> None:
    run = read_book(source, "全国", names)
    assert run.titles == {"levels": "总体水平"}
    assert run.exhibits["fig-04"].svg == source / "extra/exhibits/fig-04.svg"
    assert run.exhibits["fig-04"].spec == source / "exhibits/fig-04.vl.json"
    assert run.exhibits["fig-04"].frame["value"].tolist() == [2.5]
    assert run.exhibits["tab-a1"].frame["value"].tolist() == [1.5]


def test_only_the_chapters_that_are_named_are_read(source: Path) -> None:
    assert read_book(source, "全国", ["other"]).titles == {}


# -- how much a change of a value weighs ----------------------------------------------------------


def change(old: float | None, new: float | None, unit: str) -> ValueChange:
    def record(value: float | None) -> dict:
        made = {"kind": "number", "value": value, "unit": unit, "digits": 1, "state": "value"}
        return {"k.v": made | {"text": str(value), "simulated": False}}

    sides = [Run("全国", {}, record(value), {}) for value in (old, new)]
    (made,) = value_changes(*sides)
    return made


@pytest.mark.parametrize(
    ("old", "new", "unit", "weight"),
    [
        (69.0, 66.5, "%", 2.5),
        (1.0, -2.0, "百分点", 3.0),
        (200.0, 150.0, "家", 25.0),
        (0.5, 0.6, "家", 20.0),
        (-200.0, -150.0, "家", 25.0),
        (0.0, 5.0, "家", 100.0),
        (10.0, 500.0, "家", 100.0),
        (None, 5.0, "家", 100.0),
        (5.0, None, "家", 100.0),
    ],
)
def test_a_change_weighs_its_points_or_its_part_of_the_number(old, new, unit, weight) -> None:
    assert change(old, new, unit).weight == pytest.approx(weight)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [(2.0, 3.5, "+1.5 家"), (3.5, 2.0, "−1.5 家"), (None, 2.0, "")],
)
def test_a_difference_bears_its_sign(old, new, text: str) -> None:
    assert change(old, new, "家").difference_text == text
