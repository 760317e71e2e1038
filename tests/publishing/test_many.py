"""Editions of many scopes: which there are, and the page before them."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors
from smdi.publishing.many import landing, run
from smdi.publishing.many.run import scopes
from smdi.workflow.guard import sole_build


def test_there_is_an_edition_of_each_province_assessed_and_of_each_division() -> None:
    assert len(scopes("province")) == 31
    assert "台湾省" not in scopes("province")
    assert len(scopes("industry")) == 31
    assert {"13", "43"} <= set(scopes("industry"))


def test_some_can_be_named_as_people_write_them() -> None:
    assert scopes("province", ["江苏", "西藏自治区"]) == ["江苏省", "西藏自治区"]
    assert scopes("industry", ["汽车"]) == ["36"]


@pytest.mark.parametrize("by", ["", "city", "provinces"])
def test_a_dimension_without_editions_is_refused(by: str) -> None:
    with pytest.raises(InputErrors, match="province or industry"):
        scopes(by)


def test_a_value_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputErrors, match="江苏省"):
        scopes("province", ["江苏州省"])


def test_the_landing_page_leads_to_each_edition_by_list_and_map(
    tmp_path: Path, monkeypatch
) -> None:
    said = [["2021-320000", "江苏省", "sme", "中小企业", "江苏省有</script>企业。"]]
    monkeypatch.setattr(landing, "_sentences", lambda editions: said)
    editions = [read_edition("2021-320000"), read_edition("2021-540000")]
    landing.write_landing(read_edition("2021"), "province", editions, tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")
    for edition in editions:
        assert page.count(f'href="{edition.id}/index.html"') == 2
    assert re.findall(r"<title>([^<]+)</title><path", page) == ["江苏省", "西藏自治区"]
    assert "http" not in page
    script = (tmp_path / "search.js").read_text("utf-8")
    assert json.loads(script.removeprefix("window.SENTENCES=").rstrip(";\n")) == said


def test_the_site_of_all_has_the_editions_that_were_released(tmp_path: Path, monkeypatch) -> None:
    """Two of three jobs end well; the third is told apart."""
    base, names = read_edition("2021"), ("江苏省", "山东省", "西藏自治区")
    made = {name: f"2021-{code}" for name, code in zip(names, (32, 37, 54), strict=True)}
    editions = [SimpleNamespace(id=one, folder=tmp_path / "built" / one) for one in made.values()]
    released = iter(editions)
    monkeypatch.setattr(run, "read_edition", lambda _: next(released))
    monkeypatch.setattr(run, "folder_of", lambda *_: tmp_path / "all")
    monkeypatch.setattr(run, "make_shared", lambda *_, **__: 0)
    monkeypatch.setattr(run, "environment_of", lambda _: {"TMPDIR": "x", "OF_ALL": "1"})
    monkeypatch.setattr(run, "warm_server", lambda *_: contextlib.nullcontext())
    left = tmp_path / "all/jobs/2021-99"
    left.parent.mkdir(parents=True)
    left.touch()
    asked: list[list[str]] = []

    def snakemake(words: list[str], log: Path) -> int:
        assert log == tmp_path / "all/snakemake.log"
        assert not left.exists()
        asked.append(words)
        for edition in editions[:2]:
            (tmp_path / "all/jobs" / edition.id).touch()
            page = edition.folder / "releases/a/site/index.html"
            page.parent.mkdir(parents=True)
            page.write_text(edition.id)
            (edition.folder / "current").symlink_to("releases/a")
        return 1

    def loading(environment: dict[str, str]) -> object:
        assert environment == {"OF_ALL": "1"}, "each build has its own folder for temporary files"
        return contextlib.nullcontext(snakemake)

    monkeypatch.setattr(run, "loading_snakemake", loading)
    monkeypatch.setattr(run, "write_landing", lambda b, by, done, to: (to / "index.html").touch())
    done, others = run.build_many(base, "province", names, "3", ["--executor", "slurm"])
    assert (done, others) == (editions[:2], editions[2:])
    site = tmp_path / "all/site"
    assert sorted(path.name for path in site.iterdir()) == [
        *sorted(one.id for one in done),
        "index.html",
    ]
    for edition in done:
        page = site / edition.id / "index.html"
        assert page.samefile(edition.folder / "current/site/index.html"), "a link, not a copy"
    (command,) = asked
    assert command[-2:] == ["--executor", "slurm"]
    assert command[command.index("--cores") + 1] == "3"
    assert f"ids={','.join(one.id for one in editions)}" in command


def test_where_the_firms_fail_no_edition_is_tried(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(run, "make_shared", lambda *_, **__: 1)
    monkeypatch.setattr(run, "folder_of", lambda *_: tmp_path)
    (tmp_path / "jobs").mkdir()
    (tmp_path / "snakemake.log").touch()
    monkeypatch.setattr(run, "loading_snakemake", None)
    done, others = run.build_many(read_edition("2021"), "province", ["江苏省"], "1")
    assert (done, [edition.id for edition in others]) == ([], ["2021-320000"])
    left = [name for name in ("jobs", "snakemake.log") if (tmp_path / name).exists()]
    assert left == [], "what an earlier run said is none of this one's"


def test_a_second_run_beside_one_is_refused_and_touches_nothing(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(run, "folder_of", lambda *_: tmp_path)
    monkeypatch.setattr(run, "make_shared", None)
    mark = tmp_path / "jobs/2021-320000"
    mark.parent.mkdir()
    mark.touch()
    with sole_build(tmp_path), pytest.raises(InputErrors, match="no other build"):
        run.build_many(read_edition("2021"), "province", ["江苏省"], "1")
    assert mark.exists()
