"""Editions of many scopes: which there are, and the page before them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors
from smdi.publishing.many import landing
from smdi.publishing.many.run import scopes


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
