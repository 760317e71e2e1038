"""What the PDF says of itself, and that it is written whole."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from smdi.edition import Edition, Scope, read_edition
from smdi.publishing import pdf
from smdi.report.text.language import words

EDITION = read_edition("2021")


def test_cover_and_imprint_name_edition_scope_and_date() -> None:
    other = EDITION.model_copy(update={"data_date": date(2022, 3, 7), "year": 2022})
    made = pdf.settings(other, "标记", simulated=False)
    label = words().book.labels
    assert made["typst_date"] == "2022-03-07"
    cover = dict(made["typst_cover"])
    assert list(cover) == [label.edition, label.scope, label.until]
    assert "2022" in cover[label.edition]
    assert cover[label.scope] == "全国"
    assert cover[label.until] == "2022 年 3 月 7 日" or cover[label.until] == "2022年3月7日"
    imprint = dict(made["typst_imprint"])
    assert imprint | cover == imprint
    assert imprint[label.title] == made["typst_title"] == EDITION.title
    assert imprint[label.publisher] == made["typst_author"] == EDITION.publisher
    assert imprint[label.inputs] == "标记"
    assert imprint[label.site] == "site/index.html"
    assert (imprint[label.licence], imprint[label.maps]) == (
        words().book.licence,
        words().book.maps,
    )
    assert imprint[label.fonts] == words().book.fonts
    assert list(imprint) == list(dict(made["typst_imprint"]))
    assert len(imprint) == 11


@pytest.mark.parametrize("simulated", [True, False])
def test_simulated_data_are_told_on_cover_and_imprint(simulated: bool) -> None:
    say = words().book
    made = pdf.settings(EDITION, "", simulated)
    assert made["typst_cover_mark"] == (say.cover_mark if simulated else "")
    nature = dict(made["typst_imprint"])[say.labels.nature]
    assert nature == (say.simulated if simulated else say.imported)
    assert say.simulated != say.imported


def test_the_file_keeps_to_the_standards_of_archives_and_of_access() -> None:
    made = pdf.settings(EDITION, "", simulated=True)
    assert made["typst_standards"] == ["a-2a", "ua-1"]
    assert {"GB/T 39116-2020", "GB/T 39117-2020"} <= set(made["typst_keywords"])
    assert any("2021" in word for word in made["typst_keywords"])
    assert made["typst_parts"] == {"方法与数据": "back"}
    assert made["typst_page_names"] is True
    assert made["typst_marks"] == ["simulated", "derived"]


def test_a_narrower_scope_stands_on_the_cover_and_in_the_title() -> None:
    narrow = EDITION.model_copy(update={"scope": Scope.of(province="江苏")})
    made = pdf.settings(narrow, "", simulated=True)
    assert dict(made["typst_cover"])[words().book.labels.scope] == "江苏省"
    assert "江苏省" in made["typst_title"]


@pytest.fixture
def built(monkeypatch, tmp_path: Path) -> dict[str, object]:
    """Have a builder that makes a file, and what it was asked."""
    asked: dict[str, object] = {}

    def build(source: Path, work: Path, builder: str, log: Path, **given: object) -> Path:
        asked.update(given, source=source, work=work, builder=builder, log=log)
        work.mkdir(parents=True, exist_ok=True)
        (work / "report.pdf").write_text("new")
        return work

    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.setattr(pdf, "build", build)
    source = tmp_path / "work/source"
    source.mkdir(parents=True)
    (source / "index.md").write_text("一")
    return asked


@pytest.mark.parametrize(("nature", "mark"), [("simulated", True), ("import", False)])
def test_the_pdf_is_built_beside_the_site_with_the_facts_of_its_firms(
    built, monkeypatch, tmp_path: Path, nature: str, mark: bool
) -> None:
    monkeypatch.setattr(pdf, "provenance", lambda _: nature)
    pdf.build_pdf(EDITION, tmp_path / "out/report.pdf", tmp_path / "log", ("code",))
    assert (tmp_path / "out/report.pdf").read_text() == "new"
    assert built["source"] == tmp_path / "work/source"
    assert built["work"] != tmp_path / "work/sphinx"
    assert (built["builder"], built["log"], built["code"]) == ("typst", tmp_path / "log", ("code",))
    assert bool(built["settings"]["typst_cover_mark"]) == mark
    assert built["own_report"] == "Typst book:", "or what it refuses is not listed"


def test_the_imprint_changes_with_the_pages(built, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "provenance", lambda _: "import")
    marks = []
    for text in ("一", "二", "一"):
        (tmp_path / "work/source/index.md").write_text(text)
        pdf.build_pdf(EDITION, tmp_path / "report.pdf", tmp_path / "log", ())
        marks.append(dict(built["settings"]["typst_imprint"])[words().book.labels.inputs])
    assert marks[0] == marks[2] != marks[1]


def test_a_pdf_that_cannot_be_copied_leaves_the_old_one(built, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "provenance", lambda _: "import")
    output = tmp_path / "report.pdf"
    output.write_text("old")

    def half(source: Path, target: Path) -> None:
        Path(target).write_text("ne")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", half)
    with pytest.raises(OSError, match="No space"):
        pdf.build_pdf(EDITION, output, tmp_path / "log", ())
    assert output.read_text() == "old"
