"""Small releases by hand: the interval of what is withheld, and what goes so that it is wide."""

from __future__ import annotations

import pytest

from smdi.disclosure.columns import Columns
from smdi.disclosure.intervals import Intervals
from smdi.disclosure.membership import Membership
from smdi.edition import Disclosure
from smdi.indicators.cells import Cell

CONDITIONS = {
    "江苏": ("province", ("320000",)),
    "山东": ("province", ("370000",)),
    "discrete": ("process_type", ("discrete",)),
    "process": ("process_type", ("process",)),
    "large": ("size", ("large",)),
    "small": ("size", ("medium", "micro", "small")),
    "le1": ("level_class", ("le1",)),
    "2": ("level_class", ("2",)),
    "3": ("level_class", ("3",)),
    "ge4": ("level_class", ("ge4",)),
    "2_3": ("level_class", ("2", "3")),
    "ge2": ("level_class", ("2", "3", "ge4")),
    "designs": ("design", ("yes",)),
    "no_design": ("design", ("no",)),
    "on_design": ("answered", ("domain_design",)),
    "on_data": ("answered", ("practice_data_sharing",)),
    "shares_data": ("practice_data_sharing", ("yes",)),
}


def cell(words: str) -> Cell:
    """Read a cell: conditions, `2020` for that year, `to_date` for participants; `all` is all."""
    told = words.split()
    kind = "participants" if "to_date" in told else "assessed"
    given = sorted(CONDITIONS[word] for word in told if word in CONDITIONS)
    return Cell(kind, 2020 if "2020" in told else 2021, tuple(given))


def gone(pop, shown: str, hidden: str, policy: Disclosure, fixed: str = "") -> set[str]:
    """Give the names of the cells that must go; names stand between commas."""
    names = [name for part in (shown, fixed, hidden) for name in part.split(", ") if name]
    cells = {name: cell(name) for name in names}
    columns = Columns(Membership(pop), cells.values())
    at = {name: columns.of_cell[one] for name, one in cells.items()}
    found = Intervals(columns, policy).widened(
        {at[name] for name in hidden.split(", ")},
        {at[name] for name in fixed.split(", ") if name},
    )
    return {name for name in names if at[name] in found}


def asks(width: int, minimum: int) -> Disclosure:
    """Ask for an interval of such a width around fewer firms than that, however few these are."""
    return Disclosure.model_construct(minimum=minimum, interval_firms=width, unanimous=True)


D_SMALL, D_LARGE = {}, {"size": "large"}
P_SMALL, P_LARGE = ({"process_type": "process", **one} for one in (D_SMALL, D_LARGE))

BOUNDED = {
    "the rest of a whole": (
        [(13, D_SMALL), (3, P_SMALL)],
        "all, discrete", "process", (3, 3),
    ),
    "the rest of a whole whose other part is known to have some": (
        [(12, D_SMALL), (1, D_LARGE), (3, P_SMALL)],
        "all, discrete small", "process, discrete", (0, 4),
    ),
    "one firm at most": (
        [(12, D_SMALL), (1, P_SMALL)],
        "all, discrete small", "process", (0, 1),
    ),
    "the sum of all parts": (
        [(2, D_SMALL), (2, D_LARGE), (9, P_SMALL)],
        "discrete small, discrete large", "discrete", (4, 4),
    ),
    "between its own part and what part of the other leaves of the whole": (
        [(13, D_SMALL), (2, D_LARGE), (3, P_SMALL), (2, P_LARGE)],
        "all, discrete small, process small", "process, discrete", (3, 7),
    ),
    "a level among those from the second on": (
        [(5, {"level": 1}), (6, {"level": 2}), (3, {"level": 3}), (1, {"level": 4})],
        "ge2, 2", "3", (0, 4),
    ),
    "a level less than two together": (
        [(5, {"level": 1}), (6, {"level": 2}), (3, {"level": 3}), (5, {"level": 4})],
        "2_3, 2", "3", (3, 3),
    ),
    "a province beside some that no table has": (
        [(12, {}), (3, {"region": "山东省"}), (5, {"region": "广东省"})],
        "all, 江苏", "山东", (0, 8),
    ),
    "a province where there is no other": (
        [(12, {}), (8, {"region": "山东省"})],
        "all, 江苏", "山东", (8, 8),
    ),
    "those assessed are not more than took part to date": (
        [(10, D_SMALL), (1, P_SMALL), (1, {"year": 2020})],
        "to_date, discrete", "process, all", (0, 2),
    ),
    "those who took part to date are not fewer than were assessed, nor more than a year later": (
        [(17, {"year": 2020}), (2, {"year": 2020, **P_SMALL}), (1, {"year": 2019, **P_SMALL}),
         (2, D_SMALL)],
        "2020, to_date, to_date discrete 2020", "to_date process 2020, to_date 2020", (2, 5),
    ),
    "nothing is known of a part where the whole is unknown": (
        [(12, D_SMALL), (3, P_SMALL)],
        "discrete", "process", (0, None),
    ),
    "a whole with a part that has no end has none": (
        [(12, D_SMALL), (3, D_LARGE)],
        "discrete small", "discrete", (12, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOUNDED)
def test_the_interval_of_a_number_is_what_can_be_worked_out_by_hand(firm, assessed, name) -> None:
    groups, shown, hidden, (low, high) = BOUNDED[name]
    pop = assessed(*(firm(number, **given) for number, given in groups))
    if high is None:
        assert gone(pop, shown, hidden, asks(width=1000, minimum=low + 1)) == set()
        return
    room = high - low
    assert gone(pop, shown, hidden, asks(width=room, minimum=low + 1)) == set()
    assert gone(pop, shown, hidden, asks(width=room + 1, minimum=low + 1))
    assert gone(pop, shown, hidden, asks(width=room + 1, minimum=low)) == set()


LEVEL_3 = {"level": 3}
BY_STEPS = [(12, LEVEL_3), (1, {"level": 3, **D_LARGE}), (3, {"level": 3, **P_SMALL})]
GOES = {
    "of equally few firms those of an outcome": (
        [(1, D_SMALL), (2, LEVEL_3), (1, D_LARGE)],
        "discrete, discrete large, discrete small le1, discrete small ge2",
        "discrete small", "", "discrete small le1",
    ),
    "of equally few firms those of a narrower scope": (
        [(2, P_SMALL), (2, {"region": "山东省", **P_SMALL}), (20, D_SMALL)],
        "all, discrete, 江苏 process, 山东 process", "process", "", "江苏 process",
    ),
    "a part before a total of fewer firms": (
        [(1, {}), (2, {"region": "山东省"}), (2, {"region": "山东省", **P_SMALL})],
        "all, 江苏, 山东 discrete", "山东", "all, 山东 process", "山东 discrete",
    ),
    "a total where the other numbers are seen anyhow": (
        [(1, {}), (2, {"region": "山东省"}), (2, {"region": "山东省", **P_SMALL})],
        "all, 江苏", "山东", "山东 discrete, 山东 process", "江苏",
    ),
    "no number of no firm": (
        [(9, {}), (3, {"level": 2}), (1, {"level": 3})],
        "2, 3, ge4", "ge2", "", "3",
    ),
    "the part that bounds a number from below before the whole": (
        [(13, D_SMALL), (2, D_LARGE), (3, P_SMALL), (2, P_LARGE)],
        "all, discrete small, process small", "discrete, process", "", "process small",
    ),
    "the part of another part where its own is seen anyhow": (
        [(13, D_SMALL), (2, D_LARGE), (3, P_SMALL), (2, P_LARGE)],
        "all, discrete small", "discrete, process", "process small", "discrete small",
    ),
    "the whole where its parts are seen anyhow": (
        [(13, D_SMALL), (2, D_LARGE), (3, P_SMALL), (2, P_LARGE)],
        "all", "discrete, process", "discrete small, process small", "all",
    ),
    "one number for two that it bounds": (
        [(25, D_SMALL), (3, LEVEL_3), (2, D_LARGE)],
        "discrete, discrete small, discrete small le1",
        "discrete small ge2, discrete large", "", "discrete small",
    ),
    "a number for each of two that have none in common": (
        [
            (12, {}), (2, P_SMALL),
            (13, {"region": "山东省"}), (3, {"region": "山东省", **P_SMALL}),
        ],
        "江苏, 山东, 江苏 discrete, 山东 discrete", "江苏 process, 山东 process", "",
        "江苏 discrete, 山东 discrete",
    ),
    "both names of one number": (
        [(13, {}), (3, {"design": False})],
        "all, designs, on_design", "no_design", "", "designs, on_design",
    ),
    "no number one of whose names is seen anyhow": (
        [(13, {}), (3, {"design": False})],
        "all, designs", "no_design", "on_design", "all",
    ),
    "nothing where one name of a number is seen": (
        [(13, {}), (3, {"design": False})],
        "all, on_design", "designs", "", "",
    ),
    "nothing that only tells again what is seen anyhow": (
        [(12, D_SMALL), (1, {"level": 2, **D_LARGE}), (3, {"level": 2, **P_SMALL})],
        "le1, ge2", "process, discrete", "all, discrete small", "",
    ),
    "what bounds a number over two others": (
        BY_STEPS, "江苏 discrete small", "process, discrete", "all", "江苏 discrete small",
    ),
    "what bounds a number over three others": (
        BY_STEPS, "江苏 discrete small ge2", "process, discrete", "all", "江苏 discrete small ge2",
    ),
    "nothing further off": (
        BY_STEPS, "江苏 discrete small 3", "process, discrete", "all", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GOES)
def test_there_goes(firm, assessed, name) -> None:
    groups, shown, hidden, fixed, goes = GOES[name]
    pop = assessed(*(firm(number, **given) for number, given in groups))
    # Of what nobody asks for, fewer than this are known nowhere.
    policy = Disclosure(minimum=6, interval_firms=5, unanimous=True)
    assert gone(pop, shown, hidden, policy, fixed) == set(filter(None, goes.split(", ")))


def test_a_total_that_has_the_name_of_an_outcome_too_is_missed_like_a_total(firm, assessed) -> None:
    """The two with a design, whom the number of those asked about it names as well, stay."""
    without = {"design": False}
    pop = assessed(firm(2), firm(4, **without), firm(3, **without, **P_SMALL))
    shown = "all, designs, on_design, no_design discrete, no_design process"
    assert gone(pop, shown, "no_design", asks(width=1, minimum=8)) == {"no_design process"}


@pytest.mark.parametrize(
    ("scope", "few", "goes"),
    [
        # Where nobody asks for the others, the number of the nation stays.
        ("", 3, False),
        ("江苏", 1, True),
        ("江苏", 3, True),
        ("江苏", 0, False),
    ],
)
def test_a_few_firms_that_nobody_asks_for_are_hidden_in_a_part_of_the_nation(
    firm, assessed, scope: str, few: int, goes: bool
) -> None:
    pop = assessed(firm(13), firm(few, **P_SMALL), firm(9, region="山东省"))
    whole, part = f"{scope} all", f"{scope} discrete"
    found = gone(pop, f"{whole}, {part}", "山东", Disclosure(), fixed="")
    assert found == ({part} if goes else set())


@pytest.mark.parametrize(
    ("silent", "shown", "goes"),
    [(0, "on_data large, on_data small", True), (1, "all, on_data large", False)],
)
def test_a_practice_of_as_many_as_were_asked_goes_and_not_of_one_fewer(
    firm, assessed, silent: int, shown: str, goes: bool
) -> None:
    """All twelve were asked; or thirteen may have been, of whom one may do without."""
    shares = {"practice_data_sharing": True}
    pop = assessed(firm(6, **shares), firm(6, size="large", **shares), firm(silent))
    found = gone(pop, f"{shown}, on_data shares_data", "on_data", Disclosure())
    assert found == ({"on_data shares_data"} if goes else set())


@pytest.mark.parametrize(
    ("firms", "level", "goes"), [(12, "le1", True), (12, "ge2", False), (0, "le1", False)]
)
def test_a_level_of_all_firms_goes_and_not_that_of_none(firm, assessed, firms, level, goes) -> None:
    pop = assessed(firm(firms), firm(9, region="山东省"))
    found = gone(pop, f"江苏, 江苏 {level}", "山东", Disclosure())
    assert found == ({"江苏 le1"} if goes else set())
