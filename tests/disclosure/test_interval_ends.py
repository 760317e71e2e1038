"""From which number an end of an interval follows, where all others that bound it are seen anyhow.

The upper end and the lower one of a number follow from others: what goes tells which was looked at.
"""

from __future__ import annotations

import pytest

from .test_interval_table import D_LARGE, D_SMALL, P_LARGE, P_SMALL, asks, gone

THERE, ELSEWHERE = {"region": "山东省"}, {"region": "广东省"}
LEVEL_2 = {"level": 2}
NONE = "discrete large 3"
# Of 20 firms 5 are in 山东, so that 15 at most are in 江苏, and 12 at least, at the first level:
# beside 9 discrete ones of 江苏 there are 3 to 6 others.
PROVINCE = (
    [(9, {}), (3, P_SMALL), (1, {**LEVEL_2, **P_SMALL}), (5, THERE), (2, ELSEWHERE)],
    "江苏 process, 江苏", 4, 4,
)  # fmt: skip
# Of 13 firms in 江苏 8 at least are discrete, which are small, and 10 at most, as 3 of 13 discrete
# ones are in 山东: 3 to 5 are others.
KIND = (
    [(8, D_SMALL), (1, D_LARGE), (4, P_SMALL), (3, THERE), (1, ELSEWHERE)],
    "江苏 process, 江苏 discrete", 3, 4,
)  # fmt: skip
# Of 20 firms 3 at least are of the one kind, and 13 small ones of the other: up to 4 large ones.
PARTS = (
    [(13, D_SMALL), (2, D_LARGE), (3, P_SMALL), (2, P_LARGE)],
    "discrete large, discrete, process", 5, 1,
)  # fmt: skip
# From 3 small ones to these and 2 large ones. That 10 of the other kind are at the first level,
# and 5 of all above it, bounds these others from above, which tells nothing of the few. (That large
# ones of the other kind are asked for, of whom there is none, divides the large ones by kind.)
ASIDE = (
    [(10, D_SMALL), (1, {**LEVEL_2, **D_LARGE}), (3, {**LEVEL_2, **P_SMALL}),
     (1, {**LEVEL_2, **P_LARGE})],
    "process", 3, 4,
)  # fmt: skip


@pytest.mark.parametrize(
    ("release", "shown", "fixed", "goes"),
    [
        (PROVINCE, "江苏 le1", "all, 山东, 江苏 discrete", "江苏 le1"),
        (PROVINCE, "山东", "all, 江苏 le1, 江苏 discrete", "山东"),
        (PROVINCE, "江苏 discrete", "all, 江苏 le1, 山东", "江苏 discrete"),
        (PROVINCE, "", "all, 江苏 le1, 山东, 江苏 discrete", ""),
        (KIND, "山东 discrete", "江苏, discrete, 江苏 discrete small", "山东 discrete"),
        (KIND, "江苏 discrete small", "江苏, discrete, 山东 discrete", "江苏 discrete small"),
        (KIND, "江苏", "discrete, 江苏 discrete small, 山东 discrete", "江苏"),
        # The number of the nation stays, whatever it tells of a part.
        (KIND, "discrete", "江苏, 江苏 discrete small, 山东 discrete", ""),
        (PARTS, "process small", "all, discrete small", "process small"),
        (PARTS, "all", "discrete small, process small", "all"),
        (PARTS, "discrete small", "all, process small", "discrete small"),
        (ASIDE, "discrete le1, ge2", "process small, large", ""),
        (ASIDE, "discrete le1, ge2, large", "process small", "large"),
        (ASIDE, "discrete le1, ge2, process small", "large", "process small"),
    ],
    ids=[
        "lower end of a whole", "upper end of a whole", "the other part", "all are seen",
        "upper end of the other part", "lower end of the other part", "the whole", "the nation",
        "lower end of a part of the rest", "the whole of the whole", "its own other part",
        "ends that do not meet", "upper ends of the parts", "lower ends of the parts",
    ],
)  # fmt: skip
def test_there_goes_what_the_end_of_an_interval_follows_from(
    firm, assessed, release, shown: str, fixed: str, goes: str
) -> None:
    groups, hidden, width, minimum = release
    pop = assessed(*(firm(number, **given) for number, given in groups))
    found = gone(pop, shown, hidden, asks(width, minimum), f"{NONE}, {fixed}")
    assert found == set(filter(None, [goes]))


@pytest.mark.parametrize(
    ("release", "shown"),
    [
        (PROVINCE, "all, 山东, 江苏 le1, 江苏 discrete"),
        (KIND, "江苏, discrete, 江苏 discrete small, 山东 discrete"),
        (PARTS, "all, discrete small, process small"),
        (ASIDE, "process small, large"),
    ],
    ids=["a province", "a kind", "parts", "aside"],
)
def test_an_interval_of_one_firm_less_room_is_wide_enough(firm, assessed, release, shown) -> None:
    groups, hidden, width, minimum = release
    pop = assessed(*(firm(number, **given) for number, given in groups))
    assert gone(pop, f"{NONE}, {shown}", hidden, asks(width, minimum))
    assert gone(pop, f"{NONE}, {shown}", hidden, asks(width - 1, minimum)) == set()
