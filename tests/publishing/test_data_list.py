"""The list of a release's files: each leads to its file, and hostile names stay names."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from lxml import html

from smdi.publishing.sphinx_ext.data_list import DataListDirective

HOSTILE = 'a"><b>&'


@pytest.fixture
def run(tmp_path):
    seen: list[str] = []
    env = SimpleNamespace(srcdir=str(tmp_path), note_dependency=seen.append)

    def go(given: dict[str, object] | None):
        if given is not None:
            (tmp_path / "data.json").write_text(json.dumps(given), "utf-8")
        made = DataListDirective.run(SimpleNamespace(env=env))
        assert seen == [str(tmp_path / "data.json")], "a change of the list makes the page anew"
        return made

    return go


def test_a_rerun_has_no_list(run) -> None:
    assert run(None) == []


def test_every_file_is_linked_under_its_kind_and_nothing_of_it_is_read_as_html(run) -> None:
    exhibit = {"place": f"a.html#{HOSTILE}", "number": HOSTILE, "title": HOSTILE}
    files = ["fig-01.csv", f"x.{HOSTILE}", "datapackage.json"]
    given = {
        "whole": ["all.zip", *files[1:]],
        "exhibits": [exhibit | {"files": files}],
        "reference": "编制单位. 报告",
        "bibtex": HOSTILE,
    }
    block, cited = run(given)
    assert (block["expr"], cited.astext()) == ("html", "编制单位. 报告")
    page = html.fromstring(block.astext())
    assert page.xpath("//b") == []
    links = [(one.get("href"), one.text_content()) for one in page.xpath("//a[@download]")]
    kinds = {"fig-01.csv": "CSV", "all.zip": "ZIP", "datapackage.json": "datapackage.json"}
    kinds[f"x.{HOSTILE}"] = HOSTILE.upper()
    assert links == [(f"data/{file}", kinds[file]) for file in [*given["whole"], *files]]
    (place,) = page.xpath("//th[@scope='row']/a")
    assert (place.get("href"), place.text_content()) == (f"a.html#{HOSTILE}", HOSTILE)
    assert page.xpath("//tbody/tr/td[1]")[0].text_content() == HOSTILE
    assert page.xpath("//pre")[0].text_content() == HOSTILE
