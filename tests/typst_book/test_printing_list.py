"""docs/printing.md says what a page can print; the book of features holds it to that."""

import re
from functools import cache

import pytest
import yaml

from tests.typst_book.features import PAGES, ROOT, cells
from typst_book.sources import Project, check_source

LIST = (ROOT / "docs" / "printing.md").read_text("utf-8")
SPAN = re.compile(r"(`+) ?(.+?) ?\1(?!`)")
DIRECTIVE = re.compile(r"\{[a-z:-]+\}(?: [^`]*)?")


def rows(heading: str) -> list[tuple[str, list[str]]]:
    """What the table under a heading names, and how that is written."""
    table = LIST.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line.split("|")[1:4] for line in table.splitlines() if line.startswith("| ")]
    return [
        (what.strip(), [code for _, code in SPAN.findall(written)])
        for what, written, _print in lines[2:]
    ]


@cache
def sections() -> dict[str, str]:
    """The book of features by its headings."""
    found = {}
    pages = [path.read_text("utf-8") for path in PAGES.glob("*.md")]
    notebook = "\n".join(f"\n{cell.source}" for cell in cells().cells)
    for text in [*pages, notebook]:
        parts = re.split(r"^## (.+)$", text, flags=re.M)
        found |= dict(zip(parts[1::2], parts[2::2], strict=True))
    return found


@pytest.fixture(scope="module")
def project() -> Project:
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    return Project(
        extensions=frozenset(config["parse"]["myst_enable_extensions"]),
        macros=config["sphinx"]["config"]["math_macros"],
    )


def test_the_list_and_the_book_of_features_name_the_same():
    assert [what for what, _ in rows("Printed")] and (
        {what for what, _ in rows("Printed")} == set(sections())
    )


@pytest.mark.parametrize(("what", "written"), rows("Printed"))
def test_each_form_that_the_list_gives_stands_in_the_book_of_features(what, written):
    assert written
    assert [code for code in written if code not in sections()[what]] == []


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda path: path.stem)
def test_nothing_of_the_book_of_features_is_refused_in_its_source(page, project):
    assert check_source(page.name, page.read_text("utf-8"), project) == []


REFUSED = [code for _what, written in rows("Refused") for code in written]


@pytest.mark.parametrize("code", REFUSED)
def test_each_form_that_the_list_refuses_is_refused_in_its_source(code, project):
    text = f"```{code} x\n```" if DIRECTIVE.fullmatch(code) else code
    (first, *_rest) = check_source("page", f"# 题\n\n文。\n\n{text}\n", project)
    assert first.line == 5


def test_a_refusal_says_what_to_use_instead(project):
    (problem,) = check_source("page", "# 题\n\n```{mermaid}\na-->b\n```\n", project)
    assert str(problem) == (
        "page:3: the directive {mermaid} cannot be printed; "
        "draw it as an SVG file and place it with {figure}"
    )


def test_what_stands_inside_a_directive_is_checked_at_its_own_line(project):
    text = "# 题\n\n:::{note}\n:class: a\n\n一。\n二。$\\nomacro$\n:::\n"
    (problem,) = check_source("page", text, project)
    assert problem.line == 7


def test_what_is_for_the_site_alone_is_not_checked(project):
    text = "# 题\n\n:::{only} html\n```{youtube} x\n```\n:::\n"
    assert check_source("page", text, project) == []
