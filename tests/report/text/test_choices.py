"""Values compared as numbers, and what a choice of a ranking keeps of each of its groups."""

from __future__ import annotations

import pytest

from smdi.report.text.quoting import Ranking, Unsayable

from .test_each_phrase import ranking, value


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [(1, 2, "lt le"), (2, 1, "gt ge"), (2, 2, "le ge"), (2, 2.5, "lt le")],
)
def test_values_are_compared_as_their_numbers(one: float, other: float, holds: str) -> None:
    for reference in (other, value(other)):
        told = {
            "lt": value(one) < reference, "le": value(one) <= reference,
            "gt": value(one) > reference, "ge": value(one) >= reference,
        }  # fmt: skip
        assert {name for name, true in told.items() if true} == set(holds.split())
    with pytest.raises(Unsayable):
        _ = value(None) < other
    assert (value(None).is_known, value(0).is_known, float(value(2))) == (False, True, 2)


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        (ranking().first(1), "甲"), (ranking().first(2), "甲乙丙"), (ranking().after(1), "乙丙"),
        (ranking().after(2), ""), (ranking().rows(2), "甲乙"), (ranking().rows(0), ""),
        (ranking().positive(), "乙丙"), (ranking().negative(), "甲"),
        (ranking().beyond_noise(), "甲丙"), (ranking().within_noise(), "乙"),
        (ranking().at_least(2), "甲乙"), (ranking().at_least(2.1), "甲"),
        (ranking().below(2), "丙"), (ranking().below(2.1), "乙丙"),
        (ranking(values=(0.0, 2.0, -0.4)).positive(), "乙"),
        (ranking(values=(0.5, 0.0, 1.0)).positive(), "甲丙"),
        (ranking(values=(-0.5, -0.4, 0.0)).negative(), "甲"),
        (ranking(values=(-3.0, -3.0, -3.0)).negative(), "甲丙"),  # 乙 is inside its noise
    ],
)  # fmt: skip
def test_a_choice_of_a_ranking_keeps_all_of_each_that_it_keeps(chosen: Ranking, names) -> None:
    assert "".join(chosen.names) == names
    at = ["甲乙丙".index(name) for name in names]
    assert chosen.groups == tuple("abc"[place] for place in at)
    assert (
        len({len(chosen), *(len(getattr(chosen, n)) for n in ("ranks", "clear", "statuses"))}) == 1
    )
    assert chosen.fact_ids() == [f"x/m/{'abc'[place]}/2021" for place in at]
