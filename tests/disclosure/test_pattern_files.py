"""The file of a suppression pattern: what it holds, in which order, and what is no such file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smdi.disclosure.pattern import Pattern, read_pattern, shown_percent, write_pattern
from smdi.disclosure.register import register, seen_already
from smdi.errors import InputErrors
from smdi.indicators.cells import Cell

SHOWN = [
    "assessed/2021/size=large", "assessed/2021", "assessed/2020/city=1", "matched/2021",
    "participants/2020",
]  # fmt: skip
PATTERN = Pattern(
    rule="protected", minimum=7, shown=frozenset(SHOWN), records={"2021": "b", "2020": "a"},
    scopes=("b", "", "a"), loss={"": {"values": 4}},
)  # fmt: skip


def test_a_pattern_is_written_in_order_and_read_as_it_was(tmp_path: Path) -> None:
    write_pattern(tmp_path / "p.json", PATTERN)
    content = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert content == {
        "rule": "protected", "minimum": 7, "records": {"2021": "b", "2020": "a"},
        "scopes": ["", "a", "b"], "loss": {"": {"values": 4}}, "shown": sorted(SHOWN),
    }  # fmt: skip
    assert list(content["records"]) == ["2021", "2020"]
    found = read_pattern(tmp_path / "p.json")
    assert found == Pattern("protected", 7, frozenset(SHOWN), {"2021": "b", "2020": "a"},
                            ("", "a", "b"), {"": {"values": 4}})  # fmt: skip


def test_a_pattern_of_nothing_shows_nothing() -> None:
    pattern = Pattern("protected", 5)
    assert (pattern.shown, pattern.records, pattern.scopes, pattern.loss) == (
        frozenset(), {}, (), {}
    )  # fmt: skip
    assert not pattern.ask([Cell("assessed", 2021)])
    assert pattern.ask([])


@pytest.mark.parametrize(("rule", "decimals"), [("protected", 3), ("as_printed", None)])
def test_a_value_keeps_three_decimals_unless_a_printed_report_is_rebuilt(rule, decimals) -> None:
    assert Pattern(rule, 5).decimals == decimals


def test_a_value_is_seen_where_all_of_its_cells_are() -> None:
    seen, other = Cell("assessed", 2021), Cell("assessed", 2019)
    for asked in (PATTERN.ask, PATTERN.knows):
        assert asked([seen])
        assert not asked([seen, other])
    assert PATTERN.finest([[(other,), (seen,)], [(seen,)], [(seen,)]]) == 1


@pytest.mark.parametrize(
    "content",
    [None, "", "[]", "{}", '{"rule": "x"}', '{"rule": "x", "minimum": "many"}', "\ufffd",
     '{"rule": "x", "minimum": 5, "shown": 3, "records": {}, "scopes": [], "loss": {}}'],
)  # fmt: skip
def test_a_file_that_is_no_pattern_is_told(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "p.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(InputErrors) as caught:
        read_pattern(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.expected) == (str(path), "the suppression pattern of a release")
    assert (problem.row, problem.column) == (None, None)
    assert problem.value


@pytest.mark.parametrize(
    ("primary", "secondary", "percent"), [(0, 0, 100), (1, 1, 50), (4, 0, 0), (0, 3, 25)]
)
def test_what_is_shown_is_what_neither_reason_withholds(primary, secondary, percent) -> None:
    loss = {"values": 4, "primary": primary, "secondary": secondary}
    assert shown_percent(loss) == percent


def test_a_release_is_registered_once_and_again_as_it_was(tmp_path: Path) -> None:
    same = Pattern("protected", 5, frozenset(["assessed/2021"]), {"2021": "b"}, ("a",), {})
    path = register("nation", same, tmp_path)
    assert path == tmp_path / "nation.json"
    before = path.read_bytes()
    assert register("nation", same, tmp_path) == path
    with pytest.raises(InputErrors) as caught:
        register("nation", Pattern("protected", 6), tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.value) == (str(path), "nation")
    assert problem.expected.startswith("a name under which no other release is registered")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("records", "seen"),
    [
        ({"2021": "b", "2020": "a"}, sorted(SHOWN)),
        ({"2021": "b"}, ["assessed/2021", "assessed/2021/size=large"]),
        ({"2020": "a"}, ["assessed/2020/city=1", "participants/2020"]),
        ({"2021": "b", "2020": "x"}, ["assessed/2021", "assessed/2021/size=large"]),
        ({}, []),
    ],
)
def test_what_is_out_of_the_same_records_is_seen_already(tmp_path, records, seen) -> None:
    register("one", PATTERN, tmp_path)
    assert [cell.id for cell in seen_already(records, tmp_path)] == seen


def test_releases_are_looked_at_by_their_names(tmp_path: Path) -> None:
    for name, shown in (("b", "assessed/2021/size=b"), ("a", "assessed/2021/size=a")):
        register(name, Pattern("protected", 5, frozenset([shown]), {"2021": "x"}), tmp_path)
    (tmp_path / "notes.txt").write_text("no release")
    found = [cell.id for cell in seen_already({"2021": "x"}, tmp_path)]
    assert found == ["assessed/2021/size=a", "assessed/2021/size=b"]
