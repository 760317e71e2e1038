"""Pages as they are assembled from what the chapters say."""

from __future__ import annotations

from smdi.publishing.assembly import without_empty_items

PAGE = "# 首页\n\n- {num}`a.summary`\n- {num}`b.summary`\n- {num}`c.summary`\n\n正文\n"


def test_an_item_of_which_nothing_can_be_said_is_left_out() -> None:
    said = {"a.summary": {"text": "甲。"}, "b.summary": {"text": ""}, "c.summary": {"text": "丙。"}}
    assert "b.summary" not in without_empty_items(PAGE, said)
    assert "a.summary" in without_empty_items(PAGE, said)


def test_what_several_items_say_alike_is_said_once() -> None:
    said = {f"{name}.summary": {"text": "此处不予公布。"} for name in "abc"}
    made = without_empty_items(PAGE, said)
    assert made.count("{num}") == 1
    assert made.endswith("\n正文\n")
