"""How the columns of item scores are found in an export that nobody described: at each bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.assessments.mapping import proposal
from smdi.assessments.mapping.headings import item_ids
from smdi.assessments.mapping.matching import Match
from smdi.assessments.mapping.proposal import Proposal, propose

IDS = item_ids()
WORDS = ["全部满足", "大部分满足", "部分满足", "不满足"]


def proposed(folder: Path, headings: list[str], cells: dict[str, list[str]] | None = None):
    """Propose a mapping for four firms under these headings, each with every way to score."""
    columns = dict.fromkeys(headings, WORDS) | (cells or {})
    lines = [",".join(columns), *(",".join(row) for row in zip(*columns.values(), strict=True))]
    (folder / "export.csv").write_text("\n".join(lines), "utf-8")
    return propose([folder / "export.csv"])


def notes_on_items(made: Proposal) -> list[str]:
    return [note for note in made.notes if note.startswith("items")]


@pytest.mark.parametrize(("fewer", "found"), [(0, True), (1, False)])
def test_items_are_known_by_their_ids_where_half_of_them_are_there(
    tmp_path: Path, fewer: int, found: bool
) -> None:
    count = (len(IDS) + 1) // 2 - fewer
    made = proposed(tmp_path, [f"题 {one}" for one in IDS[:count]])
    assert made.items["layout"] == "wide"
    if found:
        assert made.items["template"] == "题 {item_id}"
        why = f"{count} of {len(IDS)} ids in headings"
        assert made.items_match == Match("", round(count / len(IDS), 2), why)
        assert notes_on_items(made) == [f"items: no column for {one}" for one in IDS[count:][:10]]
        assert made.unused == []
    else:
        assert made.items["template"] == "{item_id}"
        assert made.items_match is None
        assert notes_on_items(made) == [
            "items: no columns of item scores found; name them by a template, or one by one, or "
            "give the long file of items (ITEMS=…)"
        ]
        assert made.unused == [f"题 {one}" for one in IDS[:count]]


def test_items_under_headings_of_different_forms_are_named_one_by_one(tmp_path: Path) -> None:
    headings = [f"题 {one}" if place else f"问 {one}" for place, one in enumerate(IDS)]
    made = proposed(tmp_path, headings)
    assert "template" not in made.items
    assert made.items["columns"] == dict(zip(IDS, headings, strict=True))
    assert made.items_match == Match("", 1.0, f"{len(IDS)} of {len(IDS)} ids in headings")
    assert notes_on_items(made) == []


@pytest.mark.parametrize(("fewer", "found"), [(0, True), (1, False)])
def test_items_without_ids_are_taken_in_order_where_none_lacks(
    tmp_path: Path, fewer: int, found: bool
) -> None:
    headings = [f"第{n}问" for n in range(len(IDS) - fewer)]
    made = proposed(tmp_path, headings)
    if found:
        assert made.items["columns"] == dict(zip(IDS, headings, strict=True))
        assert made.items_match == Match("", 0.3, "as many columns as items, taken in order")
        assert notes_on_items(made) == [
            "items.columns: taken in the order of the catalogue; CHECK each"
        ]
    else:
        assert "columns" not in made.items
        assert made.items_match is None


def test_the_texts_of_scores_and_of_none_go_into_the_mapping(tmp_path: Path) -> None:
    made = proposed(tmp_path, IDS[1:], {IDS[0]: ["完全满足", "大部分满足", "不适用", "不满足"]})
    assert made.items["values"] == dict(zip(WORDS, (10, 8, 5, 0), strict=True))
    assert made.items["not_applicable"] == ["", "不适用"]


def test_what_no_column_is_taken_for_is_named(tmp_path: Path) -> None:
    made = proposed(tmp_path, IDS, {"备考": ["甲", "乙", "丙", "丁"]})
    assert made.unused == ["备考"]
    assert made.files == [str(tmp_path / "export.csv")]
    assert made.not_asked == [""]
    assert (made.firm, made.practices, made.practice_values) == ({}, {}, {})
    assert made.ratio_unit == "percent"


RATIO = "设备数字化率"


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (["0.1", "0.2", "1", "0"], "fraction"),
        (["0.1", "0.2", "1.1", "0"], "percent"),
        (["0", "0", "0", "0"], "percent"),
        (["1", "1", "1", "1"], "fraction"),
        (["10%", "20%", "0.5%", "0%"], "percent"),
        (["0.5", "20%", "", ""], "fraction"),
    ],
)
def test_ratios_that_lie_within_nought_and_one_are_fractions(
    tmp_path: Path, cells: list[str], unit: str
) -> None:
    made = proposed(tmp_path, IDS[:4], {RATIO: cells})
    assert [match.heading for match in made.practices.values()] == [RATIO]
    assert made.ratio_unit == unit
    told = [note for note in made.notes if note.startswith("practices.ratio_unit")]
    assert told == (
        [f"practices.ratio_unit: {RATIO!r} lies within 0 and 1"] if unit == "fraction" else []
    )


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("营业收入（元）", "元"),
        ("营业收入（万元）", "万元"),
        ("主营业务收入（亿元）", "亿元"),
        ("年营业收入(千元)", "千元"),
        ("营业收入[百万元]", "百万元"),
        ("营业收入[千万元]", "千万元"),
    ],
)
def test_the_unit_of_revenue_is_that_of_its_heading(tmp_path: Path, heading: str, unit: str):
    made = proposed(tmp_path, IDS[:4], {heading: ["100", "200", "300", "400"]})
    assert made.firm["revenue"].heading == heading
    assert made.extra["revenue"] == {"unit": unit}
    assert not [note for note in made.notes if note.startswith("columns.revenue:")]


def test_an_item_whose_id_begins_with_that_of_another_is_known_by_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = ["data-1-1", "data-1-10", "data-1-100"]
    monkeypatch.setattr(proposal, "item_ids", lambda: ids)
    headings = [f"题 {one}" for one in ids]
    for order in (headings, headings[::-1]):
        made = proposed(tmp_path, order)
        assert made.items["template"] == "题 {item_id}"
        assert made.items_match == Match("", 1.0, "3 of 3 ids in headings")


@pytest.mark.parametrize("last", [False, True])
def test_of_several_files_that_with_most_columns_of_a_firm_is_proposed_for(
    tmp_path: Path, last: bool
) -> None:
    few = ["省份,说,话,多,列", "江苏省,a,b,c,d", "山东省,e,f,g,h"]
    most = ["省份,城市,年度", "江苏省,无锡市,2021", "山东省,济南市,2021"]
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path, lines in zip(paths, (few, most) if last else (most, few), strict=True):
        path.write_text("\n".join(lines), "utf-8")
    made = propose(paths)
    assert set(made.firm) == {"province", "city", "year"}
    assert made.files == [str(path) for path in paths]


def test_of_files_with_as_many_columns_of_a_firm_the_wider_is_proposed_for(tmp_path: Path) -> None:
    texts = {"a.csv": "省份,甲\n江苏省,a\n山东省,b", "b.csv": "省份,乙,丙\n江苏省,a,b\n山东省,c,d"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    for order in (list(texts), list(texts)[::-1]):
        assert propose([tmp_path / name for name in order]).unused == ["乙", "丙"]
