"""How Jupyter Book is run over a book: with what, into which folders, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smdi.publishing import jupyter_book
from smdi.publishing.jupyter_book import BuildFailure, build


class Sphinx:
    """Stands for Sphinx: keeps what it was asked, prints what it is told to, makes one file."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[Path, ...], dict[str, Any]]] = []
        self.says: list[str] = []
        self.failed = 0
        self.kept: list[list[str]] = []

    def __call__(self, source: Path, result: Path, **options: Any) -> int:
        self.asked.append(((source, result), options))
        work = result.parent
        self.kept.append(sorted(path.name for path in work.rglob("*") if path.is_file()))
        print(*self.says, sep="\n")
        result.mkdir(parents=True, exist_ok=True)
        (result / "index.html").write_text("made", "utf-8")
        return self.failed


@pytest.fixture
def sphinx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sphinx:
    made = Sphinx()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(jupyter_book, "build_sphinx", made)
    files = {
        "_config.yml": "title: x",
        "_toc_print.yml": "root: index",
        "_static/deep/a.css": "a {}",
        "_templates/deep/layout.html": "<p>",
        "_typst/logo.svg": "<svg/>",
        "references.bib": "@misc{a}",
        "numbers/edition.json": '{"a": 1}',
        "numbers/sme.json": '{"a": 1}',
        "profiles.json": "{}",
        "extra/notes.txt": "n",
        "index.md": "# 首页\n\n正文\n",
        "sme.ipynb": '{\n "source": [\n  "# 章",\n  "文"\n ]\n}',
        "exhibits/fig-01.json": '{"number": "图 1", "title": "甲"}',
        "exhibits/plain.json": '{"title": "甲"}',
    }
    for name, text in files.items():
        write(f"source/{name}", text)
    write("code.py", "x = 1")
    return made


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def run(**given: Any) -> Path:
    options = {"code": ["code.py"], **given}
    return build(Path("source"), Path("work/sphinx"), "html", Path("logs/deep/site.log"), **options)


def told(**given: Any) -> list[str]:
    with pytest.raises(BuildFailure) as caught:
        run(**given)
    return str(caught.value).splitlines()


def test_sphinx_is_asked_for_warnings_as_errors_and_broken_references(
    sphinx: Sphinx, tmp_path: Path
) -> None:
    assert run() == Path("work/sphinx/html")
    folders, options = sphinx.asked[0]
    assert folders == (tmp_path / "source", tmp_path / "work/sphinx/html")
    assert options == {
        "noconfig": True,
        "path_config": tmp_path / "source/_config.yml",
        "confoverrides": {
            "external_toc_path": str(tmp_path / "source/_toc.yml"),
            "latex_individualpages": False,
            "nitpicky": True,
        },
        "doctreedir": tmp_path / "work/sphinx/doctrees",
        "builder": "html",
        "warningiserror": True,
        "keep_going": True,
    }


def test_settings_go_over_those_of_the_book_and_another_list_of_pages_may_be_read(
    sphinx: Sphinx, tmp_path: Path
) -> None:
    run(settings={"typst_x": 1, "nitpicky": False}, contents="_toc_print.yml")
    assert sphinx.asked[0][1]["confoverrides"] == {
        "typst_x": 1,
        "external_toc_path": str(tmp_path / "source/_toc_print.yml"),
        "latex_individualpages": False,
        "nitpicky": True,
    }


def test_what_sphinx_prints_is_in_the_log_alone_in_a_folder_that_is_made(
    sphinx: Sphinx, capfd: pytest.CaptureFixture[str]
) -> None:
    sphinx.says = ["一 reading", "二"]
    run()
    assert Path("logs/deep/site.log").read_text("utf-8") == "一 reading\n二\n"
    assert capfd.readouterr() == ("", "")


CHANGES: dict[str, Callable[[], object]] = {
    "a file that decides how pages look": lambda: write("code.py", "x = 2"),
    "the settings": lambda: write("source/_config.yml", "title: y"),
    "the list of pages": lambda: write("source/_toc_print.yml", "root: other"),
    "a style": lambda: write("source/_static/deep/a.css", "b {}"),
    "a template": lambda: write("source/_templates/deep/layout.html", "<b>"),
    "a file of the PDF": lambda: write("source/_typst/logo.svg", "<svg></svg>"),
    "the references": lambda: write("source/references.bib", "@misc{b}"),
    "a value of the edition": lambda: write("source/numbers/edition.json", '{"a": 2}'),
    "the profiles": lambda: write("source/profiles.json", '{"a": 1}'),
    "a file to fetch": lambda: write("source/extra/notes.txt", "m"),
    "a new page": lambda: write("source/new.md", "文\n"),
    "the number of an exhibit": lambda: write(
        "source/exhibits/fig-01.json", '{"number": "图 2", "title": "甲"}'
    ),
    "what the last build made": lambda: write("work/sphinx/html/index.html", "other"),
    "a file in the folder": lambda: write("work/sphinx/stray.txt", ""),
    "no record of the last build": lambda: Path("work/sphinx/state").unlink(),
    "a record that cannot be read": lambda: write("work/sphinx/state", "{"),
    "a record of something else": lambda: write("work/sphinx/state", "[1]"),
}
NO_CHANGES: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "the text of a page": lambda: write("source/index.md", "# 首页\n\n另文\n"),
    "a heading": lambda: write("source/index.md", "# 首 页\n\n正文\n"),
    "the text of a notebook": lambda: write("source/sme.ipynb", '{\n  "# 章",\n  "他"\n}'),
    "the title of an exhibit": lambda: write(
        "source/exhibits/fig-01.json", '{"number": "图 1", "title": "乙"}'
    ),
    "an exhibit without a number": lambda: write("source/exhibits/plain.json", '{"title": "乙"}'),
    "a value of a chapter": lambda: write("source/numbers/sme.json", '{"a": 2}'),
    "another file": lambda: write("other.py", "x = 2"),
}


@pytest.mark.parametrize("change", [*CHANGES, *NO_CHANGES])
def test_pages_are_read_again_when_something_changed_that_all_show(
    sphinx: Sphinx, change: str
) -> None:
    run()
    {**CHANGES, **NO_CHANGES}[change]()
    run()
    assert sphinx.kept == [[], [] if change in CHANGES else ["index.html"]]


def test_a_build_that_is_killed_leaves_no_record(sphinx: Sphinx) -> None:
    run()
    sphinx.failed = 1
    told()
    assert not Path("work/sphinx").exists()
    sphinx.failed = 0
    run()
    assert sphinx.kept == [[], ["index.html"], []]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("{here}/a.md:3: WARNING: x", "a.md:3: WARNING: x"),
        ("\x1b[31m{here}/a.md: ERROR: x\x1b[39;49;00m", "a.md: ERROR: x"),
        ("CRITICAL: x", "CRITICAL: x"),
        ("Theme error:\nin the page a\nReason: x", "Theme error: in the page a Reason: x"),
        ("ValueError: x", "ValueError: x"),
        ("Handler <function f> failed", "Handler <function f> failed"),
    ],
    ids=["warning", "coloured", "critical", "error", "exception", "handler"],
)
def test_a_complaint_is_told_with_its_page_and_the_log(
    sphinx: Sphinx, tmp_path: Path, line: str, shown: str
) -> None:
    sphinx.failed = 1
    sphinx.says = ["reading", line.format(here=tmp_path / "source"), "warnings: none"]
    assert told() == [shown, "log: logs/deep/site.log"]


@pytest.mark.parametrize(("many", "more"), [(19, 0), (20, 0), (21, 1), (25, 5)], ids=str)
def test_twenty_complaints_are_told_and_how_many_more_there_are(
    sphinx: Sphinx, many: int, more: int
) -> None:
    sphinx.failed = 1
    sphinx.says = [f"WARNING: {n}" for n in range(many)]
    shown = [f"WARNING: {n}" for n in range(min(many, 20))]
    assert told() == [*shown, *[f"… {more} more"] * bool(more), "log: logs/deep/site.log"]


def test_without_a_complaint_the_last_twelve_lines_are_told(sphinx: Sphinx) -> None:
    sphinx.failed = 1
    sphinx.says = [f"line {n}" for n in range(14)]
    assert told() == [*(f"line {n}" for n in range(2, 14)), "log: logs/deep/site.log"]


def test_what_a_builder_refuses_is_told_behind_the_complaints_to_its_thirtieth_line(
    sphinx: Sphinx,
) -> None:
    sphinx.failed = 1
    refused = ["The PDF: refused", *(f"- {n}" for n in range(40))]
    sphinx.says = ["not The PDF: x", "WARNING: a", *refused]
    found = told(own_report="The PDF:")
    assert found == ["WARNING: a", *refused[:30], "log: logs/deep/site.log"]
    assert told() == ["WARNING: a", "log: logs/deep/site.log"]
