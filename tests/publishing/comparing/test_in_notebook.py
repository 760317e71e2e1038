"""A rerun asked for in a notebook runs the script, and tells what it says when it fails."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from lxml import html

from smdi.publishing.comparing import in_notebook
from smdi.workflow.differences.consequences import About
from smdi.workflow.differences.run import Run, Shown
from smdi.workflow.execution import ChapterFailure

SAYS = "import sys; print('aside'); sys.exit(' '.join(sys.argv[1:]))"


def test_a_rerun_that_fails_tells_what_the_script_said(tmp_path: Path, monkeypatch, capfd) -> None:
    script = tmp_path / "script.py"
    script.write_text(SAYS)
    read, checked = SimpleNamespace(id="2021", language="zh"), {"province": "江苏省", "top": 5}
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(in_notebook, "SCRIPT", script)
    monkeypatch.setattr(
        in_notebook, "checked_request", lambda *words: asked.append(words) or (read, checked)
    )
    with pytest.raises(ChapterFailure) as failed:
        in_notebook.rerun("sme", edition="2021", province="江苏")
    assert str(failed.value) == "--edition 2021 -- sme province=江苏省 top=5"
    assert asked == [("2021", "sme", {"province": "江苏"})]
    assert capfd.readouterr() == ("", ""), "nothing else stands in the notebook"


HOSTILE = "图\"'<img src=x>&"
COLUMNS = ["measure", "group", "year", "value", "unit", "base", "withheld"]


def book(scope: str, share: float, svg: Path) -> Run:
    content = {"id": "fig-04", "kind": "chart", "title": "图", "simulated": "none", "alt": HOSTILE}
    row = ("share_level_2", scope, 2021, share, "%", 100, False)
    shown = Shown("fig-04", "sme", content, pd.DataFrame([row], columns=COLUMNS), svg, None)
    return Run(scope, {"sme": "中小企业"}, {}, {"fig-04": shown})


def test_a_rerun_shows_its_consequences_where_it_was_asked_for(tmp_path, monkeypatch) -> None:
    svg = tmp_path / "a.svg"
    svg.write_text("<svg>图</svg>", "utf-8")
    about = About(
        edition="2021", scope="江苏省", old_scope="全国", parameters={"province": "江苏省"},
        release="r", data="d", code="c", simulated=True, cautions=("code_changed",),
    )  # fmt: skip
    (tmp_path / "consequences.json").write_text(json.dumps({"about": asdict(about)}), "utf-8")
    (tmp_path / "script.py").write_text("")
    read = SimpleNamespace(id="2021", language="zh", folder=tmp_path / "2021")
    asked: list[tuple[object, ...]] = []

    def folder(*given: object) -> Path:
        asked.append(given)
        return tmp_path

    def release(*given: object) -> Run:
        asked.append(given)
        return book("全国", 15.0, svg)

    def chapter(*given: object) -> Run:
        asked.append(given)
        return book("江苏省", 25.0, svg)

    monkeypatch.setattr(in_notebook, "SCRIPT", tmp_path / "script.py")
    monkeypatch.setattr(in_notebook, "checked_request", lambda *_: (read, {"province": "江苏省"}))
    monkeypatch.setattr(in_notebook, "folder_of", folder)
    monkeypatch.setattr(in_notebook, "read_book", release)
    monkeypatch.setattr(in_notebook, "read_chapter", chapter)
    found = in_notebook.rerun("sme", province="江苏")
    assert asked == [
        (read, "sme", {"province": "江苏省"}),
        (tmp_path / "2021/current/source", "全国", ["sme"]),
        (tmp_path / "chapter", "sme", "江苏省"),
    ]
    assert found.consequences.about == about
    assert str(found) == (
        f"江苏省: 0 values, 0 sentences, 1 exhibits differ; {tmp_path}/site/index.html"
    )
    assert found.exhibits["difference"].tolist() == [10.0]
    assert [len(found.values), len(found.sentences), len(found.ranks)] == [0, 0, 0]
    shown = found._repr_mimebundle_()
    assert shown["text/plain"] == str(found)
    tree = html.fromstring(f"<div>{shown['text/html']}</div>")
    pictures = tree.xpath("//img")
    assert [one.get("alt") for one in pictures] == [HOSTILE, HOSTILE]
    for one in pictures:
        kind, _, image = one.get("src").partition(",")
        assert kind == "data:image/svg+xml;base64"
        assert b64decode(image).decode() == "<svg>图</svg>"
    heads = [one.text_content() for one in tree.xpath("//h2")]
    assert len(heads) == 5
    assert all(heads)
