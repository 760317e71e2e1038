"""The small site of a comparison, without the builder: what it is given, and what it leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from lxml import html

from smdi.edition import Edition, read_edition
from smdi.publishing.comparing import editions, site
from smdi.report.text.language import words
from smdi.workflow.differences.consequences import About, Consequences
from smdi.workflow.differences.run import Run, Shown

ROOT = Path(__file__).parents[3]
EDITION = read_edition("2021")
HOSTILE = "图\"'<img src=x>&"
ABOUT = About(
    edition="2021", scope="江苏省", old_scope="全国", parameters={"province": "江苏省"},
    release="版本", data="数据", code="代码", simulated=True,
)  # fmt: skip
COLUMNS = ["measure", "group", "year", "value", "unit", "base", "withheld"]
MARKDOWN, CODE = "markdown", "code"


def book(folder: Path, scope: str, value: float, titles: dict[str, str]) -> Run:
    """Make a run of one exhibit, with a drawing."""
    svg = folder / "fig-04.svg"
    folder.mkdir(parents=True, exist_ok=True)
    svg.write_text(f"<svg>{scope}</svg>", "utf-8")
    content = {"id": "fig-04", "kind": "chart", "title": "图", "simulated": "none", "alt": HOSTILE}
    frame = pd.DataFrame([("share_level_2", scope, 2021, value, "%", 100, False)], columns=COLUMNS)
    shown = Shown("fig-04", "sme", content, frame, svg, None)
    return Run(scope, titles, {}, {"fig-04": shown})


def page(*cells: tuple[str, object]) -> dict[str, Any]:
    return {"cells": [{"cell_type": kind, "source": source} for kind, source in cells]}


class Made:
    """An executed chapter, the site that was asked for, and the source that it was built of."""

    def __init__(self, root: Path, titles: dict[str, str]) -> None:
        self.made, self.output = root / "chapter", root / "out"
        old = book(root / "old", "全国", 15.0, titles)
        self.found = Consequences(ABOUT, old, book(root / "new", "江苏省", 25.0, titles))
        self.asked: list[tuple[object, ...]] = []
        self.source: dict[str, bytes] = {}

    def execute(self, cells: dict[str, Any]) -> None:
        files = {"page.ipynb": json.dumps(cells), "sme.ipynb": "own", "numbers.json": '{"a": 1}'}
        shown = ("fig-04.svg", "fig-04.png", "fig-04.csv", "fig-04.json", "fig-04.vl.json")
        files |= {f"exhibits/{name}": name for name in shown}
        for name, text in files.items():
            path = self.made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def build(self, source: Path, work: Path, kind: str, log: Path, code: tuple[str, ...]) -> Path:
        """Stand for the builder: keep what it would read, and leave what it leaves."""
        self.asked.append((source, work, kind, log, code))
        self.source = {
            str(path.relative_to(source)): path.read_bytes()
            for path in source.rglob("*") if path.is_file()
        }  # fmt: skip
        for name in ("html/index.html", "html/.buildinfo", "html/a/.buildinfo", "html/a/b.js"):
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, "utf-8")
        log.write_text("log", "utf-8")
        return work / "html"

    @property
    def toc(self) -> dict[str, Any]:
        return yaml.safe_load(self.source["_toc.yml"])


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(site.assembly, "appearance", lambda one: {"_config.yml": one.id.encode()})

    def made(titles: dict[str, str], cells: dict[str, Any] | None) -> Made:
        made = Made(tmp_path, titles)
        monkeypatch.setattr(site, "build", made.build)
        if cells is not None:
            made.execute(cells)
        site.write_site(made.found, EDITION, made.made, made.output)
        return made

    return made


TITLE = {"sme": "中小企业"}
CELLS = page(
    (CODE, ["# 代码"]),
    (MARKDOWN, ["# 中小企业\n", "\n", "见 {doc}`there`。\n"]),
    (CODE, "{doc}`there`"),
    (MARKDOWN, "# 其他\n\n{num}`a.b`"),
)


def test_a_chapter_stands_beside_its_consequences_with_what_it_wrote(make) -> None:
    made = make(TITLE, CELLS)
    assert made.toc == {"format": "jb-book", "root": "index", "chapters": [{"file": "sme"}]}
    assert made.source["_config.yml"] == b"2021"
    assert made.source["extra/notebooks/sme.ipynb"] == b"own"
    assert made.source["numbers/sme.json"] == b'{"a": 1}'
    shown = {name for name in made.source if "exhibits/" in name}
    assert shown == {
        "extra/exhibits/fig-04.svg", "extra/exhibits/fig-04.png", "extra/exhibits/fig-04.csv",
        "exhibits/fig-04.json", "exhibits/fig-04.vl.json",
    }  # fmt: skip
    assert made.source["extra/exhibits/fig-04.csv"] == b"fig-04.csv"
    assert made.source["exhibits/fig-04.json"] == b"fig-04.json"


def test_the_page_of_a_chapter_says_first_what_it_was_made_with(make) -> None:
    made = make(TITLE, CELLS)
    assert "其他".encode() in made.source["sme.ipynb"], "Chinese is written as it is"
    code, first, same, last = json.loads(made.source["sme.ipynb"])["cells"]
    title, block, text = (part.strip() for part in first["source"].partition("``````{raw} html"))
    assert title == f"# {words().consequences.chapter(chapter='中小企业')}"
    raw, said = text.split("\n``````\n")
    assert html.fromstring(raw).xpath("string(//td)") == "江苏省"
    assert "<style>" in raw
    assert block
    # What is not beside the page is said in words, in texts alone, and their other titles stay.
    assert said.strip() == "见 “there”。"
    assert (code["source"], same["source"]) == (["# 代码"], "{doc}`there`")
    assert last["source"] == "# 其他\n\na.b"


def test_the_title_of_a_chapter_is_its_first_heading_alone(make) -> None:
    made = make(TITLE, page((MARKDOWN, "（前言）\n\n# 中小企业\n\n# 其他\n")))
    (first,) = json.loads(made.source["sme.ipynb"])["cells"]
    headings = [line for line in first["source"].split("\n") if line.startswith("# ")]
    assert headings == [f"# {words().consequences.chapter(chapter='中小企业')}", "# 其他"]


@pytest.mark.parametrize(("titles", "cells"), [(TITLE, None), ({}, CELLS)])
def test_consequences_stand_alone_where_there_is_no_chapter(make, titles, cells) -> None:
    made = make(titles, cells)
    assert made.toc == {"format": "jb-book", "root": "index"}
    assert {name for name in made.source if name.endswith(".ipynb")} == set()


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (TITLE, "中小企业"),
        ({}, None),
        ({"sme": "中小企业", "levels": "水平"}, None),
    ],
    ids=["one", "none", "several"],
)
def test_the_consequences_are_titled_by_the_chapter_where_there_is_one(make, titles, said) -> None:
    made = make(titles, None)
    say = words().consequences
    first, *_ = made.source["index.md"].decode().split("\n")
    assert first == f"# {say.title(chapter=said or say.whole)}"


def test_both_drawings_of_an_exhibit_are_beside_the_page_that_shows_them(make) -> None:
    made = make(TITLE, None)
    index = made.source["index.md"].decode()
    pictures = html.fromstring(f"<div>{index}</div>").xpath("//img")
    sides = {"old": "全国", "new": "江苏省"}
    assert [one.get("src") for one in pictures] == [f"compared/{s}-fig-04.svg" for s in sides]
    assert [(one.get("alt"), one.get("loading")) for one in pictures] == [(HOSTILE, "lazy")] * 2
    for side, scope in sides.items():
        drawn = made.source[f"extra/compared/{side}-fig-04.svg"].decode()
        assert drawn == f"<svg>{scope}</svg>"


def test_the_data_lie_in_the_site_and_beside_it_and_the_page_links_to_all(make) -> None:
    made = make(TITLE, None)
    files = made.found.files()
    assert {"consequences.json", "values.csv", "sentences.csv"} <= files.keys()
    for name, content in files.items():
        assert made.source[f"extra/data/{name}"] == (made.output / name).read_bytes() == content
    index = html.fromstring(f"<div>{made.source['index.md'].decode()}</div>")
    links = [(one.get("href"), one.text) for one in index.xpath("//a[@download]")]
    assert links == [(f"data/{name}", name) for name in files]


def test_a_site_is_all_that_a_build_leaves(make) -> None:
    made = make(TITLE, None)
    out = made.output
    assert made.asked == [(out / "source", out / "sphinx", "html", out / "site.log", ())]
    left = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert left == {"site/index.html", "site/a/b.js", *made.found.files()}


def title_of(path: str) -> str:
    lines = (ROOT / path).read_text("utf-8").split("\n")
    return next(line for line in lines if line.startswith("# ")).removeprefix("# ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{doc}`glossary`", f"“{title_of('book/glossary.md')}”"),
        ("{doc}`trend-energy`", f"“{title_of('notebooks/trend-energy.md')}”"),
        ("{doc}`nowhere`", "“nowhere”"),
        ("{doc}`词表<glossary>`", "词表"),
        ("{doc}`sme`", "{doc}`sme`"),
        ("{ref}`fig-07`", "图 7"),
        ("{ref}`那图<fig-07>`", "那图"),
        ("{ref}`fig-04`", "{ref}`fig-04`"),
    ],
)
def test_a_chapter_names_what_is_not_beside_it_as_the_book_does(make, text: str, said: str) -> None:
    made = make(TITLE, page((MARKDOWN, ["# 中小企业\n"]), (MARKDOWN, text)))
    assert json.loads(made.source["sme.ipynb"])["cells"][1]["source"] == said


def test_only_the_chapters_that_are_about_firms_are_compared(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "2021/current").mkdir(parents=True)
    monkeypatch.setattr(Edition, "folder", property(lambda one: tmp_path / one.id))
    asked: list[tuple[Path, str, list[str]]] = []

    def read(*given: Any) -> None:
        asked.append(given)
        raise LookupError

    monkeypatch.setattr(editions, "read_book", read)
    with pytest.raises(LookupError):
        editions.compare_editions(EDITION, EDITION)
    ((source, scope, names),) = asked
    assert (source, scope) == (tmp_path / "2021/current/source", "全国")
    assert {"participation", "sme", "trend-energy"} <= {*names}
    assert not {"audit", "scoring"} & {*names}, "no firm stands behind them"
