"""What of a page cannot be printed is told from its source, with its line, and nothing else is."""

from __future__ import annotations

import pytest

from typst_book.sources import Project, check_source

PROJECT = Project(
    extensions=frozenset({"colon_fence", "dollarmath"}),
    directives=frozenset({"own"}),
    roles=frozenset({"num"}),
    macros={"firms": r"\alpha"},
)


def told(text: str) -> list[tuple[int | None, str]]:
    return [(one.line, one.message) for one in check_source("页", text, PROJECT)]


@pytest.mark.parametrize(
    "text",
    [
        "{num}`a`、{ref}`b`、{math}`x`、$\\firms$",
        "```{own} x\n{nothing}`a`\n```",  # a directive of the project reads its body itself
        "```{code-block} python\n{nothing}`a`\n```",
        "```python\n{nothing}`a`\n```",
        ":::{note}\n文。\n:::",
        "```{only} html\n```{raw} html\n<b>x</b>\n```\n```",
        "```{raw} typst\n#x\n```",
        "![说明](图.svg)",
        "```{figure} 图.PNG\n:alt: 说明\n\n题\n```",
        "```{figure} 图.jpg\n---\nalt: 说明\nwidth: 5cm\n---\n题\n```",
        "```{figure} 图.jpg\n---\nwidth: 5cm\nalt: 说明\n---\n题\n```",
        "```{math}\nx = \\firms\n```",
        "$$\nx = 1\n$$",
        "行<br>行",
    ],
)
def test_what_can_be_printed_is_no_problem(text: str) -> None:
    assert told(f"# 题\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("一{nothing}`a`", 3, "role {nothing}"),
        ("一\n二{nothing}`a`", 4, "role {nothing}"),
        ("```{nothing}\nx\n```", 3, "directive {nothing}"),
        (":::{nothing}\nx\n:::", 3, "directive {nothing}"),
        ("```mermaid\na\n```", 3, "mermaid"),
        ("```{note}\n一\n\n{nothing}`a`\n```", 6, "role {nothing}"),
        ("```{note}\n:class: x\n\n{nothing}`a`\n```", 6, "role {nothing}"),
        ("```{note}\n---\nclass: x\n---\n{nothing}`a`\n```", 7, "role {nothing}"),
        ("```{raw} html\n<b>x</b>\n```", 3, "raw html has no print form"),
        ("```{only} latex\n{nothing}`a`\n```", 4, "role {nothing}"),
        ("![](图.svg)", 3, "no alternative text"),
        ("![说](https://x.org/a.svg)", 3, "would be fetched from outside"),
        ("![说](图.gif)", 3, "of a kind that cannot be printed"),
        ("```{figure} 图.svg\n\n题\n```", 3, "no alternative text"),
        ("```{figure} 图.svg\n---\nwidth: 5cm\n---\n题\n```", 3, "no alternative text"),
        ("```{figure} 图.svg\n---\n---\nalt: 说明\n\n---\n```", 3, "no alternative text"),
        ("$\\nomacro$", 3, "nomacro"),
        ("{math}`\\nomacro`", 3, "nomacro"),
        ("```{math}\n\\nomacro\n```", 3, "nomacro"),
        ("$$\n\\firmsless\n$$", 3, "firmsless"),
        ("<video src='x'>", 3, "video"),
        ("一<video src='x'>二", 3, "video"),
    ],
)
def test_what_cannot_be_printed_is_told_with_its_line(text: str, line: int, said: str) -> None:
    found = told(f"# 题\n\n{text}\n")
    assert [at for at, _ in found] == [line], found
    assert said in found[0][1]


@pytest.mark.parametrize("letters", [51, 52, 80], ids=str)
def test_of_a_formula_that_cannot_be_set_the_first_sixty_letters_are_told(letters: int) -> None:
    latex = "\\nomacro " + "x" * letters
    ((_, said),) = told(f"# 题\n\n$$\n{latex}\n$$\n")
    assert said.startswith(f"formula {latex[:60]!r}: ")
    assert len(latex[:60]) == 60
