"""Words that the book adds to the pages, and how it counts, in the language of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from typst_book.errors import TypstBookError

_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Return 一 … 九十九; raise `ValueError` for a number beyond these."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is no chapter number")
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[units] if units else "")


def appendix_letter(number: int) -> str:
    """Return A … Z; raise `ValueError` for a number beyond these."""
    if not 1 <= number <= 26:
        raise ValueError(f"{number} is no appendix number")
    return chr(ord("A") + number - 1)


@dataclass(frozen=True)
class Language:
    """`words` go to the template; the patterns number parts, chapters, appendices and sections."""

    code: str
    region: str | None
    words: Mapping[str, str]
    patterns: Mapping[str, str]
    numeral: Callable[[int], str]

    def number(self, kind: str, count: int) -> str:
        """Return the number of a `part`, `chapter`, `appendix`, `section` or `subsection`."""
        numeral = appendix_letter if kind == "appendix" else self.numeral
        return self.patterns[kind].format(numeral(count))

    def settings(self) -> dict[str, Any]:
        """Return what the template reads, as a dict of Typst values."""
        return {"code": self.code, "region": self.region, "words": dict(self.words)}


CHINESE = Language(
    "zh",
    "cn",
    {
        "contents": "目录",
        "figures": "图目录",
        "tables": "表目录",
        "index": "索引",
        "imprint": "版本说明",
        "continued": "续",
        "page": "第 {} 页",
        "web-page": "网页版：",
        "open": "（",
        "close": "）",
        "comma": "，",
        "list-comma": "、",
        "attribution": "——",
    },
    {
        "part": "第{}篇　",
        "chapter": "第{}章　",
        "appendix": "附录{}　",
        "section": "{}、",
        "subsection": "（{}）",
    },
    chinese_number,
)
ENGLISH = Language(
    "en",
    None,
    {
        "contents": "Contents",
        "figures": "Figures",
        "tables": "Tables",
        "index": "Index",
        "imprint": "Imprint",
        "continued": "Continued: ",
        "page": "page {}",
        "web-page": "On the web: ",
        "open": " (",
        "close": ")",
        "comma": ", ",
        "list-comma": ", ",
        "attribution": "— ",
    },
    {
        "part": "Part {}\u2003",
        "chapter": "{}\u2003",
        "appendix": "{}\u2003",
        "section": "{}. ",
        "subsection": "({}) ",
    },
    str,
)


def language(code: str | None, words: Mapping[str, str]) -> Language:
    """Return Chinese for `zh…`, else English, with some words replaced.

    Raises `TypstBookError` for a word that the book does not use.
    """
    base = CHINESE if (code or "en").startswith("zh") else ENGLISH
    unknown = sorted(set(words) - set(base.words))
    if unknown:
        raise TypstBookError(f"typst_words: {unknown} is none of {', '.join(base.words)}")
    return replace(base, words={**base.words, **words})
