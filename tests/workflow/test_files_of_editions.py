"""Where an edition has its results, words, standards and firms, and what of them it shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.edition import Edition, read_edition
from smdi.workflow import chapters

NATION, PROVINCE = (read_edition(name) for name in ("2021", "2021-320000"))
WORK, WIDER = "_build/2021-320000/work", "_build/2021/work"


def with_method(**files: Path) -> Edition:
    method = NATION.method.model_copy(update=files)
    return NATION.model_copy(update={"method": method})


@pytest.mark.parametrize(
    ("language", "files"),
    [("zh", ["data/language/zh.yaml"]), ("en", ["data/language/en.yaml", "data/language/zh.yaml"])],
)
def test_an_edition_is_said_in_its_words_and_those_of_the_project(language: str, files) -> None:
    edition = NATION.model_copy(update={"language": language})
    assert chapters.word_files(edition) == files


def test_standards_of_an_edition_s_own_are_inputs_of_its_chapters(tmp_path: Path) -> None:
    weights = tmp_path / "own.csv"
    folder = tmp_path / "standards"
    folder.mkdir()
    for name in ("b.csv", "a.csv", ".hidden"):
        (folder / name).touch()
    own = [str(folder / name) for name in ("a.csv", "b.csv")]
    assert chapters.method_files(NATION) == []
    assert chapters.method_files(with_method(weights=weights)) == [str(weights)]
    assert chapters.method_files(with_method(standards=folder)) == own
    both = with_method(weights=weights, standards=folder)
    assert chapters.method_files(both) == [str(weights), *own]
    assert {str(weights), *own} <= set(chapters.chapter_inputs(both, "sme"))


def test_a_narrower_edition_takes_firms_from_the_wider_one() -> None:
    assert str(chapters.work_of_base(PROVINCE)) == WIDER
    drawn = [f"{WIDER}/{n}" for n in ("scores.parquet", "population.arrow", "simulation.json")]
    assert list(map(str, chapters.shared_firms(PROVINCE))) == drawn
    given = PROVINCE.model_copy(update={"assessments": Path("private/a.parquet")})
    assert list(map(str, chapters.shared_firms(given))) == drawn[:2]


@pytest.mark.parametrize(
    ("rule", "pattern"), [("as_printed", "together.json"), ("protected", "protection.json")]
)
def test_what_may_be_seen_was_decided_for_all_that_leave_together(rule: str, pattern: str) -> None:
    disclosure = PROVINCE.disclosure.model_copy(update={"rule": rule})
    edition = PROVINCE.model_copy(update={"disclosure": disclosure})
    assert str(chapters.shared_pattern(edition)) == f"{WIDER}/{pattern}"


def test_results_lie_in_the_folder_of_the_edition() -> None:
    assert str(chapters.source_folder(PROVINCE)) == f"{WORK}/source"
    assert str(chapters.chapter_folder(PROVINCE, "sme")) == f"{WORK}/chapters/sme"
    assert str(chapters.assessments_file(PROVINCE)) == f"{WORK}/assessments.parquet"
    given = PROVINCE.model_copy(update={"assessments": Path("private/a.parquet")})
    assert str(chapters.assessments_file(given)) == "private/a.parquet"


@pytest.mark.parametrize(
    ("language", "folder", "notebook"),
    [("zh", "book", "notebooks/sme.md"), ("en", "book/en", "notebooks/en/sme.md")],
)
def test_each_language_has_its_pages_and_notebooks(language, folder: str, notebook: str) -> None:
    assert str(chapters.page_folder(language)) == folder
    assert str(chapters.Chapter("sme", language).notebook) == notebook


def test_a_chapter_is_made_from_its_notebook_script_parts_words_and_what_they_reach() -> None:
    files = chapters.chapter_inputs(NATION, "sme")
    assert files == sorted(set(files))
    wanted = {"notebooks/sme.md", "scripts/execute_chapter.py", "data/language/zh.yaml"}
    wanted |= {"src/smdi/indicators/sme.py", "src/smdi/workflow/execution.py", "requirements.lock"}
    wanted |= {str(path) for path in chapters.parts_of(Path("notebooks/sme.md"))}
    assert wanted <= set(files)
