"""An item whose id begins another's is not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.assessments.mapping import proposal

IDS = ["a-1-1", "a-1-10", "a-1-2"]


@pytest.mark.parametrize("order", [IDS, IDS[::-1]], ids=["rising", "falling"])
def test_a_heading_names_the_longest_id_in_it(monkeypatch, tmp_path: Path, order) -> None:
    monkeypatch.setattr(proposal, "item_ids", lambda: order)
    heads = ["统一社会信用代码", "评估年度", *(f"题{name}" for name in IDS)]
    rows = [
        ["x", "2021", "全部满足", "不满足", "部分满足"],
        ["y", "2021", "不满足", "全部满足", "不满足"],
    ]
    text = "\n".join(",".join(row) for row in [heads, *rows])
    (tmp_path / "export.csv").write_text(text, "utf-8")
    made = proposal.propose([tmp_path / "export.csv"])
    assert made.items["template"] == "题{item_id}"
    assert made.items_match is not None
    assert made.items_match.why == "3 of 3 ids in headings"
