"""What the gate need not read again, and what it reads whatever it knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyarrow import Table, parquet

from smdi.edition import read_edition
from smdi.publishing.gate.clean import Clean, circumstances
from smdi.publishing.gate.inspection import Inspection
from smdi.publishing.gate.release import File
from tests.publishing.gate.conftest import CODES, Release

LEAK = f"<p>{CODES[3]}</p></body>"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache/clean-site.json"


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read from now on."""
    names: list[str] = []
    look = Inspection.of

    def of(inspection: Inspection, file: File) -> object:
        names.append(file.name)
        return look(inspection, file)

    monkeypatch.setattr(Inspection, "of", of)
    return names


def test_what_was_clean_is_not_read_again(
    release: Release, kept: Path, read_files: list[str]
) -> None:
    assert release.findings(clean=Clean(kept, "a")) == []
    assert "site/index.html" in read_files
    read_files.clear()
    assert release.findings(clean=Clean(kept, "a")) == []
    assert read_files == []


def test_a_leak_in_a_file_that_was_clean_is_found(release: Release, kept: Path) -> None:
    release.findings(clean=Clean(kept, "a"))
    release.plant("site/index.html", "</body>", LEAK)
    found = release.findings(clean=Clean(kept, "a"))[0]
    assert found.file == "site/index.html"
    assert CODES[3] in found.what


def test_a_clean_content_under_another_name_is_read(
    release: Release, kept: Path, read_files: list[str]
) -> None:
    release.findings(clean=Clean(kept, "a"))
    read_files.clear()
    (release.root / "site/index.html").rename(release.root / "site/other.html")
    release.findings(clean=Clean(kept, "a"))
    assert read_files == ["site/other.html"]


def test_what_was_clean_in_the_book_is_not_read_again_in_the_site(
    release: Release, kept: Path, read_files: list[str]
) -> None:
    release.write("source/data/all.csv", "a,b\n1,2\n")
    release.findings(clean=Clean(kept.with_name("clean-book.json"), "a"))
    read_files.clear()
    (release.root / "source").rename(release.root / "site/extra")
    release.write("site/extra/new.csv", "a,b\n3,4\n")
    release.findings(clean=Clean(kept, "a"))
    assert read_files == ["site/extra/new.csv"]


def test_data_that_become_those_of_an_exhibit_are_read(
    release: Release, kept: Path, read_files: list[str]
) -> None:
    release.write("source/exhibits/tab.csv", "a,b\n1,2\n")
    assert release.findings(clean=Clean(kept.with_name("clean-book.json"), "a")) == []
    release.write("site/exhibits/tab.csv", "a,b\n1,2\n")
    (release.root / "source/exhibits/tab.csv").unlink()
    found = release.findings(clean=Clean(kept, "a"))
    assert [finding.what for finding in found] == ["data that cannot be attacked"]


def test_under_other_circumstances_all_is_read(
    release: Release, kept: Path, read_files: list[str]
) -> None:
    release.findings(clean=Clean(kept, "a"))
    all_files = [*read_files]
    read_files.clear()
    release.findings(clean=Clean(kept, "b"))
    assert read_files == all_files


def test_of_two_files_with_one_leak_the_second_is_found_when_the_first_is_mended(
    release: Release, kept: Path
) -> None:
    page = (release.root / "site/index.html").read_text("utf-8")
    leaking = page.replace("</body>", LEAK)
    release.write("site/index.html", leaking)
    release.write("site/other.html", leaking + "\n")
    assert release.findings(clean=Clean(kept, "a"))
    release.write("site/index.html", page)
    assert "site/other.html" in {f.file for f in release.findings(clean=Clean(kept, "a"))}


@pytest.mark.parametrize("damaged", ["", "[", "3", '{"a": 1}', '[["a"]]'])
def test_a_damaged_list_is_no_knowledge(release: Release, kept: Path, damaged: str) -> None:
    release.findings(clean=Clean(kept, "a"))
    kept.write_text(damaged)
    release.plant("site/index.html", "</body>", LEAK)
    assert release.findings(clean=Clean(kept, "a"))


def test_the_verdict_rests_on_modules_scores_and_settings(tmp_path: Path) -> None:
    edition, inputs = read_edition("2021"), {"src/gate.py": "1"}
    scores, others = tmp_path / "a.parquet", tmp_path / "b.parquet"
    parquet.write_table(Table.from_pydict({"total": [1.0]}), scores)
    parquet.write_table(Table.from_pydict({"total": [2.0]}), others)
    other_edition = edition.model_copy(update={"publisher": "别处"})
    assert circumstances(edition, inputs, scores) == circumstances(edition, {**inputs}, scores)
    different = {
        circumstances(edition, inputs, scores),
        circumstances(edition, {"src/gate.py": "2"}, scores),
        circumstances(edition, inputs, others),
        circumstances(other_edition, inputs, scores),
    }
    assert len(different) == 4


def test_of_many_files_each_finding_is_told_in_their_order(release: Release) -> None:
    for number in range(60):
        text = f"<p>{CODES[number % 12]}</p>" if number % 20 == 7 else f"<p>{40 + number} 家</p>"
        release.write(f"site/page-{number:02d}.html", f"<html lang='zh'><body>{text}</body></html>")
    assert [found.file for found in release.findings()] == [
        "site/page-07.html",
        "site/page-27.html",
        "site/page-47.html",
    ]
