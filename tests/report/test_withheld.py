"""What the page on confidentiality tells of the loss, from the patterns of the release."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.disclosure.pattern import Pattern, write_pattern
from smdi.edition import Scope, read_edition
from smdi.report import locations
from smdi.report.profiles.withheld import shown_of_profiles, withheld_of_book, withheld_of_profiles

OWN = {"全国": {"values": 100, "primary": 1, "secondary": 2}}
PARTS = {
    "北京市": {"values": 10, "primary": 1, "secondary": 0},
    "上海市": {"values": 10, "primary": 2, "secondary": 2},
    "江苏省": {"values": 10, "primary": 0, "secondary": 0},
    "纺织业": {"values": 8, "primary": 1, "secondary": 1},
    "江苏省纺织业": {"values": 8, "primary": 8, "secondary": 0},
}


@pytest.fixture
def chapter(tmp_path: Path):
    """Give the maker of a chapter that reads patterns with these losses."""

    def make(scope: Scope = Scope(), **losses: Mapping[str, Mapping[str, int]]):  # noqa: B008
        for name, loss in losses.items():
            write_pattern(tmp_path / name, Pattern("protected", 5, loss=loss))
        edition = read_edition("2021").model_copy(update={"scope": scope})
        read = {name: tmp_path / name for name in losses}
        return SimpleNamespace(edition=edition, product=read.get)

    return make


def test_the_book_tells_the_loss_of_its_own_scope(chapter) -> None:
    assert withheld_of_book(chapter(protection=OWN | PARTS)) == OWN["全国"]
    jiangsu = chapter(Scope.of(province="江苏省"), protection=OWN | PARTS)
    assert withheld_of_book(jiangsu) == PARTS["江苏省"]
    assert withheld_of_book(chapter(protection={})) == {}


def test_of_profiles_the_median_is_told_by_kind(chapter) -> None:
    expected = {"province": pytest.approx(90), "industry": pytest.approx(75)}
    assert shown_of_profiles(chapter(protection=OWN, together=PARTS)) == expected
    assert shown_of_profiles(chapter(protection=OWN | PARTS)) == expected


def test_of_all_profiles_the_part_withheld_is_told_by_its_reason(chapter) -> None:
    """Of 38 values four for their own sake and three for that of others; pairs have no profile."""
    expected = {"primary": pytest.approx(400 / 38), "secondary": pytest.approx(300 / 38)}
    assert withheld_of_profiles(chapter(protection=OWN, together=PARTS)) == expected
    assert withheld_of_profiles(chapter(protection=OWN)) == {}


def test_where_no_profile_is_nothing_is_told(chapter) -> None:
    narrow = chapter(Scope.of(province="江苏省"), protection=PARTS)
    assert shown_of_profiles(narrow) == shown_of_profiles(chapter(protection=OWN)) == {}


def test_an_edition_without_profiles_has_nothing_decided_apart(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(locations.PRODUCTS_VARIABLE, str(tmp_path))
    (tmp_path / "together.json").write_text("{}")
    edition = read_edition("2021")
    assert locations.product(edition, "together") == tmp_path / "together.json"
    bare = edition.model_copy(
        update={"profiles": edition.profiles.model_copy(update={"pages": ()})}
    )
    assert locations.product(bare, "together") is None
