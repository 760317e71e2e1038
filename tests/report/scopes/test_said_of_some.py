"""What chapters say, and do not say, of scopes in which readers found them wrong."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.report.scopes.running import Said, run

NINGXIA = ("province", "宁夏回族自治区")


@cache
def said(chapter: str, scope: tuple[str, str]) -> Said:
    return run(chapter, dict([scope]))


def read(chapter: str, scope: tuple[str, str]) -> str:
    """Return a chapter's prose as a reader reads it."""
    told = said(chapter, scope)
    pages = "\n\n".join(told.cells).replace("\n", "")
    return re.sub(r"\{num\}`([^`]+)`", lambda key: told.numbers[key[1]]["text"], pages)


@pytest.mark.parametrize(
    ("chapter", "scope", "text"),
    [
        ("industries", NINGXIA, "；汽车的这一占比反而上升 33.09 个百分点。"),
    ],
)
def test_it_is_said(chapter: str, scope: tuple[str, str], text: str) -> None:
    assert text in read(chapter, scope)
