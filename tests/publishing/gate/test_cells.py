"""The gate's own reading of groups of firms: which lie within which, what two have in common."""

from __future__ import annotations

import pytest

from smdi.publishing.gate.attack.cells import both, cell, value_in, with_value

JIANGSU, SHANDONG, NANJING = ("region", "江苏省"), ("region", "山东省"), ("region", "320100")
MATURE, FOURTH, FIRST = ("level", "ge2"), ("level", "ge4"), ("level", "le1")
SMALL, MICRO, LARGE = ("size", "sme"), ("size", "micro"), ("size", "large")


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ((JIANGSU,), (NANJING,), (NANJING,)),  # a part of a whole
        ((MATURE,), (FOURTH,), (FOURTH,)),
        ((SMALL,), (MICRO,), (MICRO,)),
        ((JIANGSU,), (JIANGSU,), (JIANGSU,)),
        ((), (JIANGSU, MATURE), (JIANGSU, MATURE)),
        ((JIANGSU, FOURTH), (NANJING, MATURE), (NANJING, FOURTH)),
        ((JIANGSU,), (SMALL,), (JIANGSU, SMALL)),
    ],
)
def test_what_two_groups_have_in_common_is_the_narrower_of_each_condition(
    one, other, common
) -> None:
    assert both(cell(*one), cell(*other)) == both(cell(*other), cell(*one)) == cell(*common)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((JIANGSU,), (SHANDONG,)),
        ((SHANDONG,), (NANJING,)),
        ((FIRST,), (FOURTH,)),
        ((LARGE,), (MICRO,)),
        ((JIANGSU, FIRST), (JIANGSU, MATURE)),
    ],
)
def test_groups_that_exclude_each_other_have_nothing_in_common(one, other) -> None:
    assert both(cell(*one), cell(*other)) is both(cell(*other), cell(*one)) is None


def test_a_condition_is_read_exchanged_and_taken_out() -> None:
    group = cell(JIANGSU, MATURE)
    assert (value_in(group, "level"), value_in(group, "size")) == ("ge2", "")
    assert with_value(group, "level", "ge4") == cell(JIANGSU, FOURTH)
    assert with_value(group, "level", "") == cell(JIANGSU)
    assert with_value(group, "size", "sme") == cell(JIANGSU, MATURE, SMALL)
