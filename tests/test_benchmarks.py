"""What a benchmark and the trials of kills change is there to be changed."""

from __future__ import annotations

import runpy
from pathlib import Path


def test_a_benchmark_changes_a_sentence_and_a_heading_that_stand_in_their_chapter() -> None:
    made = runpy.run_path("benchmarks/edition.py")
    text = Path("notebooks/sme.md").read_text("utf-8")
    for old, new in (made["SENTENCE"], made["HEADING"]):
        assert old in text
        assert new not in text


def test_a_trial_changes_a_page_a_chapter_and_a_docstring_that_stand() -> None:
    made = runpy.run_path("tests/workflow/kills.py")
    for path, old, *_ in (made["CHAPTERS"]["edition"], made["DOCSTRING"]):
        assert old in Path(path).read_text("utf-8")
    assert Path(made["PAGE"][0]).is_file()


def test_the_pages_that_are_weighed_are_pages_of_the_book() -> None:
    made = runpy.run_path("benchmarks/pages.py")
    pages = {path.stem for folder in ("book", "notebooks") for path in Path(folder).glob("*.md")}
    assert {Path(name).stem for name in made["PAGES"]} <= pages
