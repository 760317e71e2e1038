"""The files of a profile's page, its place among the pages, and the fonts and parts of a book."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from smdi.edition import Edition, Scope, read_edition
from smdi.publishing import fonts, profiles, release
from smdi.publishing.fonts import missing_fonts
from smdi.publishing.package.citing import Source
from smdi.publishing.profiles import (
    lists_of,
    profile_files,
    with_profiles,
    without_idle_lists,
)
from smdi.report.profiles.listing import Profile

JIANGSU = Profile.of(Scope(province="江苏省"))
CSV = "measure,group,year,value,unit,base,withheld\nparticipants,江苏省,2021,9,家,9,False\n"


def exhibit(name: str, kind: str, number: str, *files: str) -> dict[str, str]:
    """The files of an exhibit as a chapter leaves them."""
    named = {"csv": f"{name}.csv", **{key: f"{name}.{key}" for key in files}}
    described = {"id": name, "kind": kind, "number": number, "title": "题", "note": "", "digits": 0}
    made = {f"{name}.json": json.dumps(described | {"files": named}), f"{name}.csv": CSV}
    return made | {f"{name}.{key}": key for key in files}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files of a profile of a chart and a table."""
    folder = tmp_path / "province-320000"
    (folder / "exhibits").mkdir(parents=True)
    texts = {
        **exhibit("tab-320000-1", "table", "表 1"),
        **exhibit("fig-320000-1", "chart", "图 1", "svg", "spec", "drawn"),
        "fig-320000-1.vl.json": "{}",
    }
    for name, text in texts.items():
        (folder / f"exhibits/{name}").write_text(text, "utf-8")
    (folder / "prose.json").write_text(json.dumps(["# 江苏省", "文。"]), "utf-8")
    (folder / "numbers.json").write_text('{"a": 1}', "utf-8")
    monkeypatch.setattr(profiles, "chapter_folder", lambda _, name: tmp_path / name)
    return profile_files(read_edition("2021"), JIANGSU, "报告")


def test_a_profile_has_its_page_its_numbers_its_exhibits_and_one_file_of_data(made) -> None:
    assert set(made) == {
        "province-320000.md", "numbers/province-320000.json", "profiles/province-320000.json",
        "extra/data/province-320000.csv",
        "exhibits/tab-320000-1.json", "exhibits/tab-320000-1.csv",
        "exhibits/fig-320000-1.json", "exhibits/fig-320000-1.csv",
        "exhibits/fig-320000-1.spec", "exhibits/fig-320000-1.drawn",
        "extra/exhibits/fig-320000-1.svg",
    }  # fmt: skip
    assert made["province-320000.md"].decode() == "# 江苏省\n\n文。\n\n:::{profile-data}\n:::\n"
    assert made["numbers/province-320000.json"] == b'{"a": 1}'
    assert made["extra/exhibits/fig-320000-1.svg"] == b"svg"
    data = made["extra/data/province-320000.csv"]
    rows = data.decode("utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["图表", "图 1", "表 1"]
    source = Source.of(read_edition("2021"), "报告", sha256(data).hexdigest())
    assert json.loads(made["profiles/province-320000.json"]) == {
        "data": "province-320000.csv",
        "reference": source.line("江苏省", "province-320000.html"),
        "bibtex": source.bibtex("江苏省", "province-320000.html", "province-320000"),
    }
    chart, table = (
        json.loads(made[f"exhibits/{name}.json"]) for name in ("fig-320000-1", "tab-320000-1")
    )
    for one in (chart, table):
        assert (one["data"], one["page"]) == (["province-320000.csv"], "province-320000")
    assert table["view"] is None
    assert chart["view"]["columns"] == ["value", "unit", "status"]


def industry(code: str) -> Profile:
    return Profile.of(Scope(industry=code))


def test_industries_stand_by_their_sectors_in_the_order_of_these_and_of_codes() -> None:
    """41 is of no sector of the report, 17 and 13 are consumer goods, 39 electronics."""
    page = b"# x\n\n:::{profiles}\n:::\n"
    codes = ("41", "17", "39", "36", "13")
    text = lists_of([industry(one) for one in codes], {"divisions.md": page})["divisions.md"]
    lines = text.decode().splitlines()
    assert [line for line in lines if line.startswith("## ")] == [
        "## 装备制造", "## 电子信息", "## 消费品", "## 其他行业",
    ]  # fmt: skip
    linked = [line.partition("](")[2].partition(".md")[0] for line in lines if "](" in line]
    assert linked == [f"industry-{code}" for code in ("36", "39", "13", "17", "41")]
    row = next(line for line in lines if "industry-36" in line)
    assert [part.strip() for part in row.split("|")[2:5]] == [
        f"{{num}}`industry-36.{name}`" for name in ("participants", "assessed", "mature")
    ]


def test_without_profiles_there_are_neither_lists_nor_names() -> None:
    assert lists_of([], {}) == {}
    pages = {name: Path(name) for name in ("index.md", "provinces.md", "divisions.md")}
    assert [*without_idle_lists(pages, [])] == ["index.md"]
    assert [*without_idle_lists(pages, [JIANGSU])] == ["index.md", "provinces.md"]


TOC = {
    "root": "index",
    "parts": [
        {"caption": "甲", "chapters": [{"file": "a"}]},
        {"caption": "乙", "chapters": [{"file": "provinces"}, {"file": "divisions"}]},
        {"caption": "丙", "chapters": [{"file": "c"}]},
    ],
}


@pytest.mark.parametrize(("last", "order"), [(False, "甲乙丙"), (True, "甲丙乙")])
def test_profiles_stand_below_the_page_that_lists_them(last: bool, order: str) -> None:
    made = with_profiles(TOC, [JIANGSU], last=last)
    assert "".join(part["caption"] for part in made["parts"]) == order
    (part,) = [part for part in made["parts"] if part["caption"] == "乙"]
    assert part["chapters"] == [{"file": "provinces", "sections": [{"file": "province-320000"}]}]
    assert made["root"] == "index"
    assert "".join(part["caption"] for part in with_profiles(TOC, [], last=last)["parts"]) == "甲丙"
    bare = {"root": "index", "chapters": [{"file": "a"}]}
    assert with_profiles(bare, [JIANGSU], last=last) == bare


def test_every_font_of_the_book_is_there_and_one_that_is_not_is_named(monkeypatch) -> None:
    assert missing_fonts() == []
    monkeypatch.setattr(
        fonts, "FONTS", {"no_such_package": ("a.otf",), "smdi": ("b.otf", "files.py")}
    )
    found = missing_fonts()
    assert [(one.file, one.value) for one in found] == [
        ("no_such_package", "a.otf"),
        ("smdi", "b.otf"),
    ]
    assert {one.expected for one in found} == {"this font: delete .venv, and `make book` brings it"}


def test_the_parts_of_a_release_lie_in_the_work_of_its_edition(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    work = read_edition("2021").work
    assert work.parent == tmp_path
    assert release.parts_of(read_edition("2021")) == {
        "site": work / "sphinx/html",
        "report.pdf": work / "report.pdf",
        "numbers.json": work / "numbers.json",
        "reproduction.csv": work / "reproduction.csv",
        "source": work / "source",
    }
