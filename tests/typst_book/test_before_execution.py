"""A page that cannot be printed stops the build of the report before anything is executed."""

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors
from smdi.publishing import build
from smdi.publishing.printing import unprintable

PAGE = "# 题\n\n```{mermaid}\na-->b\n```\n"
EXPECTED = (
    "page.md, row 3: found 'the directive {mermaid} cannot be printed'; "
    "expected draw it as an SVG file and place it with {figure}"
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_page_is_told_with_file_row_and_what_to_use_instead(page):
    (problem,) = unprintable([page])
    assert str(problem).endswith(EXPECTED)


def test_faults_stand_in_the_order_of_their_pages_and_lines_whatever_the_disk_lists_first(tmp_path):
    names = ["c.md", "a.md", "b.md"]
    for name in names:
        (tmp_path / name).write_text(PAGE + PAGE, "utf-8")
    found = unprintable([tmp_path / name for name in names])
    told = [(problem.file.rpartition("/")[2], problem.row) for problem in found]
    assert told == [(name, row) for name in sorted(names) for row in (3, 8)]


def test_only_pages_are_read(tmp_path):
    settings = tmp_path / "settings.yaml"
    settings.write_text(PAGE, "utf-8")
    assert unprintable([settings]) == []


def test_formulas_may_use_the_macros_of_the_settings_and_no_others(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# 题\n\n$\\argmax x$\n\n$\\nomacro x$\n", "utf-8")
    (problem,) = unprintable([page])
    assert problem.row == 5


@pytest.mark.parametrize("stale", ["lint", "site"])
def test_changed_pages_are_checked_before_snakemake_starts(page, tmp_path, monkeypatch, stale):
    started = []
    edition = read_edition("2021")
    monkeypatch.setattr(type(edition), "folder", tmp_path, raising=False)
    monkeypatch.setattr(type(edition), "work", tmp_path / "work", raising=False)
    monkeypatch.setattr(build.chapters, "prose", lambda: [str(page)])
    monkeypatch.setattr(build, "stale_steps", lambda _: ({}, [build.Stale(stale, ("changed",))]))
    monkeypatch.setattr(build, "_run", lambda *_: started.append(True) or 1)
    (tmp_path / "work").mkdir()
    if stale == "lint":
        with pytest.raises(InputErrors, match="mermaid"):
            build.build(edition, "1")
    else:
        build.build(edition, "1")
    assert bool(started) == (stale != "lint")
