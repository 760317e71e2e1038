import re

import pytest

from typst_book.errors import TypstBookError
from typst_book.language import appendix_letter, chinese_number
from typst_book.structure import Part


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_chapters_are_counted_in_chinese(number, words):
    assert chinese_number(number) == words


def test_there_is_no_chapter_nought_and_no_hundredth():
    for number in (0, 100):
        with pytest.raises(ValueError, match="no chapter number"):
            chinese_number(number)


def test_appendices_are_lettered():
    assert [appendix_letter(n) for n in (1, 2, 26)] == ["A", "B", "Z"]


@pytest.mark.parametrize(
    ("kind", "caption", "level"),
    [
        ("body", "上篇", 2), ("back", "附录", 2), ("front", "前言", 1), ("plain", "其他", 1),
        ("body", "", 1), ("back", "", 1), ("front", "", 1),
    ],
)  # fmt: skip
def test_chapters_lie_below_a_part_that_has_a_page_of_its_own(kind, caption, level):
    assert Part(kind, caption).level == level


PAGES = {
    "index": (
        "# 书\n\n```{toctree}\n:caption: 前言\n\none\n```\n\n"
        "```{toctree}\n:caption: 上篇\n\ntwo\nthree\n```\n\n"
        "```{toctree}\n:caption: 附件\n\nfour\nfive\n```\n"
    ),
    **{name: f"# 题{name}\n\n文。\n" for name in ("one", "two", "three", "four", "five")},
}


def test_parts_and_chapters_are_numbered_by_their_kind(build):
    output = build(PAGES, typst_parts={"前言": "front", "附件": "back"})
    text = "\n".join(path.read_text("utf-8") for path in sorted(output.rglob("*.typ")))
    for said in ("第一章", "第二章", "附录 A", "附录 B"):
        assert said.replace(" ", "") in text.replace(" ", "").replace("　", ""), said
    assert "第三章" not in text
    assert "附录C" not in text.replace(" ", "")


def test_a_part_that_is_left_out_is_not_printed(build):
    output = build(PAGES, typst_parts={"附件": "omit"})
    text = "\n".join(path.read_text("utf-8") for path in sorted(output.rglob("*.typ")))
    assert "题two" in text
    assert "题four" not in text


def test_a_kind_of_part_that_there_is_not_is_refused(build):
    with pytest.raises(TypstBookError, match=r"typst_parts: \['middle'\] is none of front, body"):
        build(PAGES, typst_parts={"上篇": "middle"})


def test_sections_of_a_nested_page_stand_below_its_heading_and_bear_no_number(build):
    nested = {**PAGES, "two": PAGES["two"] + "\n## 节\n\n```{toctree}\nbelow\n```\n"}
    nested["below"] = "# 下层\n\n## 下层的节\n\n文。\n"
    output = build(nested, typst_parts={"前言": "front", "附件": "back"})
    text = "\n".join(path.read_text("utf-8") for path in sorted(output.rglob("*.typ")))
    levels = {
        title: int(re.search(rf'#heading\(level: (\d)[^\[]*\)\[[^\]]*#"{title}"', text)[1])
        for title in ("节", "下层", "下层的节")
    }
    assert levels == {"节": 3, "下层": 3, "下层的节": 4}


@pytest.mark.parametrize("columns", [1, 2])
def test_a_grid_has_the_columns_that_it_asks_for(build, columns: int) -> None:
    cards = ":::{grid-item-card} 左\n文。\n:::\n:::{grid-item-card} 右\n文。\n:::\n"
    extensions = ["myst_parser", "sphinx_design", "typst_book"]
    output = build(
        {"index": f"# 题\n\n::::{{grid}} {columns}\n{cards}::::\n"}, extensions=extensions
    )
    source = (output / "source/pages/001.typ").read_text("utf-8")
    assert f"#card-grid({columns}," in source
    for title in "左右":
        assert source.count(title) == 1, "a card's title stands above it and not in it again"
