"""A tiny book's first page: tiles, the map of provinces, links to the release and its facts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from smdi.report.text.language import words

CONF = 'extensions = ["own_home"]\nlanguage = "zh_CN"\nhtml_theme = "basic"\n'
OWN = "from smdi.publishing.sphinx_ext.home import register as setup\n"
HOSTILE = "<b>&甲"
PAGE = """首页
====

.. tiles::

   企业数 | sme.count | sme.since | levels
   占比 | sme.share | | nowhere
   不公布 | sme.few | sme.since | levels
   不知何章 | regions.count | | levels

.. province-map:: fig-01 fig-a1

.. release-links::

.. release-facts::

.. toctree::
   :hidden:

   levels
   data
"""
RECORDS = {
    "sme.count": {"kind": "number", "text": "90", "state": "value"},
    "sme.share": {"kind": "number", "text": "88%", "state": "value"},
    "sme.few": {"kind": "number", "text": "（未公布）", "state": "withheld"},
    "sme.since": {"kind": "phrase", "text": "较上年多", "parts": [{"text": "较上年多"}]},
}
RELEASE = {
    "fingerprint": "0123456789abcdef",
    "reference": f"编制单位. {HOSTILE}.",
    "source": {"edition": "2021", "dated": "2021-12-31", "publisher": HOSTILE, "contact": ""},
}
COLUMNS = ["group", "value", "unit", "status"]


def view(measure: str, *rows: tuple[str, str, str, str]) -> str:
    same = {"measure": measure, "year": "2021"}
    return json.dumps({"view": {"columns": COLUMNS, "rows": [list(r) for r in rows], "same": same}})


FIG_01 = view(
    "参与企业数",
    ("江苏省", "900", "家", "已公布"),
    ("山东省", "90", "家", "模拟"),
    ("西藏自治区", "", "家", "未公布"),
    ("东部", "7", "家", "已公布"),
)
FIG_A1 = view("二级及以上企业数", ("江苏省", "7", "家", "模拟"), ("山东省", "8", "家", "已公布"))
Build = Callable[..., Any]
Files = dict[str, str | None]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build the book with files of its source changed (None: left out), and give its first page."""
    (tmp_path / "own_home.py").write_text(OWN, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    def run(page: str = PAGE, files: Files | None = None, warned: str = "") -> Any:
        source, made = tmp_path / "source", tmp_path / "made"
        given = {
            "conf.py": CONF,
            "index.rst": page,
            "levels.rst": "等级\n====\n",
            "data.rst": "数据\n====\n",
            "numbers/sme.json": json.dumps(RECORDS),
            "exhibits/fig-01.json": FIG_01,
            "exhibits/fig-a1.json": FIG_A1,
            "profiles.json": json.dumps({"江苏省": "province-320000"}),
            "data.json": json.dumps(RELEASE),
            **(files or {}),
        }
        for name, text in given.items():
            if text is not None:
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                (source / name).write_text(text, "utf-8")
        told = io.StringIO()
        with docutils_namespace():
            app = Sphinx(
                source, source, made, tmp_path / "trees", "html", status=None, warning=told
            )
            app.build()
        assert warned in told.getvalue()
        assert bool(told.getvalue()) is bool(warned)
        return html.fromstring((made / "index.html").read_text("utf-8"))

    return run


@pytest.fixture
def page(build: Build) -> Any:
    return build()


def tiles(page: Any) -> list[Any]:
    return page.xpath("//ul[contains(@class, 'tiles')]/li")


def test_a_value_that_can_be_said_has_a_tile_and_no_other(page) -> None:
    said = [" ".join(tile.text_content().split()) for tile in tiles(page)]
    assert said == ["企业数 90 较上年多", "占比 88%"]


def test_a_tile_leads_to_its_page_where_the_book_has_it(page) -> None:
    assert [tile.xpath(".//a/@href") for tile in tiles(page)] == [["levels.html"], []]


def test_an_unknown_value_of_a_chapter_is_told_with_its_line(build) -> None:
    told = "index.rst:7: WARNING: unknown number: sme.shore"
    assert len(tiles(build(PAGE.replace("sme.share", "sme.shore"), warned=told))) == 1


def test_without_a_value_to_say_there_is_no_list(build) -> None:
    page = build(PAGE.replace("sme.count", "sme.few").replace("sme.share", "sme.few"))
    assert page.xpath("//ul[contains(@class, 'tiles')]") == []


def regions(page: Any) -> dict[str, tuple[str, str]]:
    """What is said of each province that leads somewhere: where to, and its look."""
    return {
        link.findtext("title"): (link.get("href"), link.get("class"))
        for link in page.xpath("//*[local-name()='svg']//a")
    }


def test_regions_say_the_values_of_all_exhibits_and_are_shaded_by_the_first(page) -> None:
    found = regions(page)
    assert set(found) == {
        "山东省：参与企业数 90 家（模拟）；二级及以上企业数 8 家",
        "江苏省：参与企业数 900 家；二级及以上企业数 7 家（模拟）",
        "西藏自治区：参与企业数 未公布",
    }
    looks = {said[:2]: look for said, (_, look) in found.items()}
    assert looks["西藏"] == "withheld"
    assert looks["山东"] < looks["江苏"], "more firms, a later class"


def test_a_region_leads_to_its_profile_or_to_what_is_found_of_it(page) -> None:
    places = {said[:2]: to for said, (to, _) in regions(page).items()}
    assert places["江苏"] == "province-320000.html"
    assert places["山东"] == "search.html?q=山东省"


def legend(page: Any) -> list[tuple[str, str]]:
    keys = page.xpath("//ul[@class='map-legend']/li")
    return [(key.get("class"), key.text) for key in keys]


def test_the_legend_has_what_the_map_shows(page, build) -> None:
    assert len(page.xpath("//*[local-name()='use'][@class='hatched']")) == 1
    first, *classes, last = legend(page)
    assert first == ("withheld", words().charts.not_published)
    assert [look for look, _ in classes] == [f"c{at}" for at in range(len(classes))]
    assert last == ("hatched", words().home.hatched)
    (title,) = page.xpath("//p[@class='map-legend-title']")
    assert title.text == "各地区的颜色表示参与企业数（家）"


def test_the_legend_has_no_key_for_what_no_region_is(build) -> None:
    known = view("家数", ("江苏省", "9", "家", "已公布"), ("山东省", "8", "家", "已公布"))
    page = build(files={"exhibits/fig-01.json": known})
    assert {look[0] for look, _ in legend(page)} == {"c"}


def test_the_hint_of_the_map_stands_below_it_and_is_kept(page) -> None:
    (said,) = page.xpath("//p[@class='map-said']")
    assert said.text == said.get("data-hint") == words().home.hint


def test_where_no_region_has_a_page_the_hint_names_the_search(build) -> None:
    (said,) = build(files={"profiles.json": "{}"}).xpath("//p[@class='map-said']")
    assert said.text == said.get("data-hint") == words().home.hint_search


ONE = view("家数", ("江苏省", "9", "家", "已公布"))


@pytest.mark.parametrize(
    "first", [None, ONE, json.dumps({"view": None})], ids=["absent", "of one province", "a table"]
)
def test_without_two_provinces_there_is_no_map(build, first: str | None) -> None:
    page = build(files={"exhibits/fig-01.json": first, "exhibits/fig-a1.json": None})
    assert regions(page) == {}
    assert not page.xpath("//*[@class='leading-map-box']")


def test_the_first_exhibit_that_is_there_shades_the_map(build) -> None:
    page = build(files={"exhibits/fig-01.json": None})
    assert set(regions(page)) == {
        "江苏省：二级及以上企业数 7 家（模拟）",
        "山东省：二级及以上企业数 8 家",
    }


def test_the_release_is_led_to_and_pages_that_the_book_lacks_are_not(page) -> None:
    links = [(a.get("href"), a.text) for a in page.xpath("//p[@class='release-links']/a")]
    assert links == [("report.pdf", words().home.report), ("data.html", words().home.data)]


def facts(page: Any) -> dict[str, str]:
    (shown,) = page.xpath("//dl[contains(@class, 'release-facts')]")
    names = [name.text_content().strip().rstrip(":") for name in shown.findall("dt")]
    return dict(
        zip(names, (one.text_content().strip() for one in shown.findall("dd")), strict=True)
    )


def test_a_release_says_which_it_is_and_who_answers_for_it(page, build) -> None:
    say = words().home
    told = {
        say.edition: "2021",
        say.dated: "2021-12-31",
        say.fingerprint: "0123456789ab",
        say.publisher: HOSTILE,
        say.cite: f"编制单位. {HOSTILE}.",
    }
    assert facts(page) == told
    reached = RELEASE | {"source": RELEASE["source"] | {"contact": "a@b"}}
    again = build(files={"data.json": json.dumps(reached)})
    assert facts(again) == told | {say.contact: "a@b"}


def test_a_rerun_has_no_release_to_speak_of(build) -> None:
    page = build(files={"data.json": None})
    assert page.xpath("//p[@class='release-links']") == []
    assert page.xpath("//dl") == []
