"""What the book says of itself: the facts of cover, imprint and file, from the configuration."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from typst_book.errors import TypstBookError

if TYPE_CHECKING:
    from sphinx.config import Config


def parse_date(text: str) -> date | None:
    """The date of the data, the only date of the file; raises `TypstBookError` when it is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise TypstBookError(f"typst_date: {text!r} is no date of the form 2021-12-31") from error


def chinese_date(day: date | None) -> str:
    """2021年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _rows(*pairs: tuple[str, str]) -> list[list[str]]:
    return [[label, value] for label, value in pairs if value]


def book_facts(config: Config) -> dict[str, Any]:
    """What the template prints and the file carries, as `book()` of `book.typ` takes it."""
    day = parse_date(config.typst_date)
    if day is None and any(standard.startswith("a-") for standard in config.typst_standards):
        raise TypstBookError("typst_date is missing: a PDF/A must bear a date, that of its data")
    title = config.typst_title or config.project
    simulated = "模拟数据，非企业实报" if config.typst_simulated else "企业自诊断数据"
    imprint = [
        *_rows(
            ("书名", title),
            ("版次", config.typst_edition),
            ("范围", config.typst_scope),
            ("编制发布", config.typst_publisher),
            ("数据截止", chinese_date(day)),
            ("数据性质", simulated),
            ("输入指纹", config.typst_fingerprint),
            ("网页版", config.typst_site_name),
            ("许可", config.typst_licence),
            ("地图", config.typst_map_approval),
        ),
        *[[str(label), str(value)] for label, value in config.typst_imprint],
    ]
    return {
        "title": title,
        "short-title": config.typst_short_title or title,
        "subtitle": config.typst_subtitle,
        "publisher": config.typst_publisher,
        "description": config.typst_description or config.typst_subtitle,
        "keywords": list(config.typst_keywords),
        "date": day,
        "simulated": bool(config.typst_simulated),
        "cover": _rows(
            ("版次", config.typst_edition),
            ("范围", config.typst_scope),
            ("数据截止", chinese_date(day)),
        ),
        "imprint": imprint,
    }
