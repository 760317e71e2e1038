"""What a shown whole leaves when its shown parts are taken from it is a secret where it is few."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from smdi.disclosure.primary import Secret
from smdi.disclosure.remainders import Wholes
from smdi.edition import Disclosure
from smdi.indicators.cells import Cell

NATION = Cell("assessed", 2021)
POLICY = Disclosure(minimum=5)


def part(**where: str) -> Cell:
    return NATION.narrowed({name: [value] for name, value in where.items()})


def wholes(**firms: int) -> tuple[Wholes, dict[str, int]]:
    """Columns of the nation (`whole`) and of provinces (their codes), with so many firms each."""
    cells = {
        name: NATION if name == "whole" else part(province=name.removeprefix("p")) for name in firms
    }
    places = {name: place for place, name in enumerate(cells)}
    columns = SimpleNamespace(
        all=[SimpleNamespace(vector=SimpleNamespace(firms=number)) for number in firms.values()],
        of_cell={cells[name]: place for name, place in places.items()},
    )
    return Wholes(columns), places


@pytest.mark.parametrize(("rest", "secret"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_remainder_of_fewer_than_the_width_is_a_secret(rest: int, secret: bool) -> None:
    found, place = wholes(whole=20 + rest, p320000=12, p370000=8, p440000=rest)
    hidden = {place["p440000"]}
    expected = [Secret(place["whole"], (place["p320000"], place["p370000"]))]
    assert list(found.narrow(hidden, POLICY)) == expected * secret


def test_a_wider_interval_makes_more_remainders_secret() -> None:
    found, place = wholes(whole=25, p320000=20, p370000=5)
    hidden = {place["p370000"]}
    assert list(found.narrow(hidden, POLICY)) == []
    wide = Disclosure(minimum=5, interval_firms=6)
    assert len(list(found.narrow(hidden, wide))) == 1


def test_a_whole_that_is_hidden_leaves_nothing() -> None:
    found, place = wholes(whole=24, p320000=12, p370000=8, p440000=4)
    assert list(found.narrow({place["whole"], place["p440000"]}, POLICY)) == []


def test_firms_that_no_list_has_count_as_hidden() -> None:
    found, place = wholes(whole=22, p320000=12, p370000=8)
    assert list(found.narrow(set(), POLICY)) == [Secret(place["whole"], (1, 2))]


def test_parts_without_firms_are_not_named() -> None:
    found, place = wholes(whole=22, p320000=12, p370000=0, p440000=8)
    assert list(found.narrow(set(), POLICY)) == [
        Secret(place["whole"], (place["p320000"], place["p440000"]))
    ]


def test_parts_by_different_columns_and_of_several_values_are_no_parts_of_one_list() -> None:
    both = NATION.narrowed({"province": ["320000", "370000"]})
    cells = [NATION, part(province="320000"), part(size="large"), both]
    firms = [20, 18, 18, 19]
    columns = SimpleNamespace(
        all=[SimpleNamespace(vector=SimpleNamespace(firms=number)) for number in firms],
        of_cell={cell: place for place, cell in enumerate(cells)},
    )
    assert list(Wholes(columns).narrow(set(), POLICY)) == [Secret(0, (1,)), Secret(0, (2,))]
