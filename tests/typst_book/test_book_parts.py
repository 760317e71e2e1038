"""The order of a book from its lists of pages: kinds, numbers, pages below pages, what is lost."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx import addnodes

from typst_book.errors import TypstBookError
from typst_book.language import CHINESE, ENGLISH, Language
from typst_book.structure import Chapter, Part, book_parts

Lists = list[tuple[str, str]]
LISTS: Lists = [("前言", "a"), ("上篇", "b c"), ("附件", "d e")]
KINDS = {"前言": "front", "附件": "back"}


def listing(caption: str, names: str) -> addnodes.toctree:
    entries = [(None, name) for name in names.split()]
    return addnodes.toctree("", caption=caption or None, entries=entries)


def parts(
    lists: Lists,
    kinds: dict[str, str] | None = None,
    *,
    below: dict[str, str] | None = None,
    more: str = "",
    orphans: str = "",
    root: str = "front",
    language: Language = CHINESE,
) -> list[Part]:
    """The parts of a book of these lists; `below` are pages listed on others, `more` on none."""
    nested = {page: [("", names)] for page, names in (below or {}).items()}
    shown = {"index": lists, **nested}
    told = " ".join(names for own in shown.values() for _, names in own)
    found = {name for name in f"{told} {more} {orphans}".split() if "/" not in name}
    env = SimpleNamespace(
        found_docs=found | {"index"},
        metadata={name: {"orphan": ""} for name in orphans.split()},
        get_doctree=lambda name: nodes.section("", *(listing(*one) for one in shown.get(name, []))),
    )
    return book_parts(env, "index", kinds or {}, root, language)


def shown(found: list[Part]) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    return [
        (one.kind, one.caption, one.number, [(c.docname, c.number) for c in one.chapters])
        for one in found
    ]


FIRST = ("front", "", "", [("index", "")])


def test_parts_stand_in_the_order_of_their_lists_and_are_numbered_by_kind() -> None:
    assert shown(parts(LISTS, KINDS)) == [
        FIRST,
        ("front", "前言", "", [("a", "")]),
        ("body", "上篇", "第一篇　", [("b", "第一章　"), ("c", "第二章　")]),
        ("back", "附件", "", [("d", "附录A　"), ("e", "附录B　")]),
    ]


def test_chapters_are_counted_on_from_part_to_part() -> None:
    found = parts([("甲", "a b"), ("乙", "c"), ("丙", "d")], {"乙": "plain"})
    assert shown(found)[1:] == [
        ("body", "甲", "第一篇　", [("a", "第一章　"), ("b", "第二章　")]),
        ("plain", "乙", "", [("c", "")]),
        ("body", "丙", "第二篇　", [("d", "第三章　")]),
    ]
    english = parts([("One", "a"), ("Annex", "b")], {"Annex": "back"}, language=ENGLISH)
    assert [one[2:] for one in shown(english)[1:]] == [
        ("Part 1\u2003", [("a", "1\u2003")]), ("", [("b", "A\u2003")]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lists", "kinds"),
    [
        ([("", "a"), ("", "b")], ["body", "body"]),
        ([("", "a"), ("甲", "b"), ("", "c")], ["front", "body", "plain"]),
        ([("甲", "a"), ("", "b")], ["body", "plain"]),
    ],
)
def test_a_list_without_a_caption_leads_up_to_the_first_part_or_stands_apart(lists, kinds) -> None:
    assert [one.kind for one in parts(lists)[1:]] == kinds


def test_pages_below_pages_stand_with_them_each_once_and_depth_first() -> None:
    found = parts([("", "a b")], below={"a": "x z", "x": "y b", "y": "x", "z": "y"})
    assert [one.chapters for one in found[1:]] == [
        (Chapter("a", "第一章　", ("x", "y", "b", "z")),),
    ]


def test_a_link_to_elsewhere_among_the_pages_is_none() -> None:
    found = parts([("", "https://example.org/b a"), ("", "https://example.org/c")])
    assert shown(found)[1:] == [("body", "", "", [("a", "第一章　")])]
    nested = parts([("", "a")], below={"a": "https://example.org/x"})
    assert nested[1].chapters == (Chapter("a", "第一章　"),)


def test_a_part_that_is_left_out_is_not_lost_and_counts_no_chapter() -> None:
    found = parts([("甲", "a"), ("乙", "b")], {"甲": "omit"}, below={"a": "x"})
    assert shown(found) == [FIRST, ("body", "乙", "第一篇　", [("b", "第一章　")])]
    assert shown(parts([("", "a")], root="omit")) == [("body", "", "", [("a", "第一章　")])]


def test_a_page_that_stands_in_two_lists_is_printed_in_the_first() -> None:
    found = parts([("甲", "a index"), ("乙", "a"), ("丙", "a b")])
    assert shown(found)[1:] == [
        ("body", "甲", "第一篇　", [("a", "第一章　")]),
        ("body", "丙", "第二篇　", [("b", "第二章　")]),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kinds": {"上篇": "tail", "附件": "middle"}},
         "typst_parts: ['middle', 'tail'] is none of front, body, plain, back, omit"),
        ({"root": "cover"}, "typst_parts: ['cover'] is none of front, body, plain, back, omit"),
        ({"kinds": {"乙": "back", "丙": "back", "附件": "back"}},
         "typst_parts names captions that the toc lacks: ['丙', '乙']"),
        ({"more": "x w"}, "pages in no toctree would not be printed: ['w', 'x']"),
        # What the settings name comes before what the pages lack.
        ({"kinds": {"乙": "back"}, "more": "x"},
         "typst_parts names captions that the toc lacks: ['乙']"),
    ],
    ids=["kinds", "kind-of-the-root", "captions", "pages", "both"],
)  # fmt: skip
def test_what_is_not_there_or_would_be_lost_is_told_in_order(given: dict, said: str) -> None:
    with pytest.raises(TypstBookError) as caught:
        parts(LISTS, **given)
    assert str(caught.value) == said


def test_a_page_that_says_that_it_stands_alone_is_not_lost() -> None:
    assert len(parts(LISTS, KINDS, orphans="w x")) == 4
