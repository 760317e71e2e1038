"""What cannot be told apart in a list is told together: all of a whole that the list has not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smdi.disclosure import register as registering
from smdi.disclosure.release import protect_release
from smdi.edition import Disclosure, Scope, read_edition
from smdi.indicators import industries, participation, rankings
from smdi.indicators.cells import Unprotected, shown_best
from smdi.indicators.tidy import pick
from tests.conftest import REGIONS

MATURE = {"江苏省": 30, "山东省": 20, "北京市": 2, "西藏自治区": 1, "广东省": 12}


@pytest.fixture(autouse=True)
def nothing_registered(tmp_path, monkeypatch):
    monkeypatch.setattr(registering, "RELEASES", tmp_path)


class Hides(Unprotected):
    """A protection that hides the cells of which `hidden` says so."""

    def __init__(self, hidden) -> None:
        self._hidden = hidden

    def ask(self, cells):
        return not any(map(self._hidden, cells))

    def knows(self, cells):
        return self.ask(cells)

    def finest(self, ways):
        return shown_best(ways, self.ask)


def of_a_part(*codes: str):
    """Hide what is about one of some provinces, cities or divisions."""
    return lambda cell: any(len(v) == 1 and v[0] in codes for _, v in cell.where)


@pytest.fixture
def mature(firm, assessed):
    """Firms at level 2, and forty of Jiangsu that are not."""
    return [firm(40), *(firm(firms, level=2, region=name) for name, firms in MATURE.items())]


def rest_of(frame, group: str) -> dict[str, float]:
    rows = frame[frame["group"] == group]
    return dict(zip(rows["measure"], rows["value"], strict=True))


def test_provinces_that_are_withheld_are_told_together(mature, assessed):
    pop = assessed(*mature, minimum=5)
    for frame, measure in (
        (rankings.firms_by_province(pop), "firms_level_ge2"),
        (participation.participants_by_province(pop), "participants"),
    ):
        hidden = set(frame.loc[frame["withheld"] & (frame["measure"] == measure), "group"])
        assert {"北京市", "西藏自治区"} < hidden
        assert "江苏省" not in hidden
        together = {f"{measure}_rest": sum(MATURE.get(name, 0) for name in hidden)}
        assert rest_of(frame, "其他省份") == together


def test_a_list_that_can_be_told_tells_nothing_together(firm, assessed):
    pop = assessed(*(firm(9, level=2, region=name) for name in ("江苏省", "山东省")), minimum=5)
    assert rest_of(rankings.firms_by_province(pop), "其他省份") == {}


def test_nothing_is_told_together_of_a_whole_that_is_withheld(mature, assessed):
    pop = assessed(*mature)
    hides = Hides(lambda cell: of_a_part("540000")(cell) or "province" not in dict(cell.where))
    assert rest_of(rankings.firms_by_province(replace(pop, protection=hides)), "其他省份") == {}


def test_a_list_of_the_first_cities_has_the_others_together_where_it_is_not_full(mature, assessed):
    pop = replace(assessed(*mature), protection=Hides(of_a_part("110100", "320200")))
    short, full = rankings.firms_by_city(pop, 5), rankings.firms_by_city(pop, 2)
    assert short.loc[short["measure"] == "firms_level_ge2", "value"].tolist() == [20, 12, 1]
    assert rest_of(short, "其他城市") == {"firms_level_ge2_rest": 32}
    assert rest_of(full, "其他城市") == {}


def test_industries_that_cannot_be_told_are_told_with_all_that_are_not_listed(firm, assessed):
    """In as few classes of levels as those of the listed industries have."""
    groups = [
        firm(number, industry=code, level=level, year=year)
        for code, numbers in {"3670": (6, 4), "3911": (1, 2), "1320": (3, 6)}.items()
        for level, number in zip((1, 3), numbers, strict=True)
        for year in (2020, 2021)
    ]
    pop = assessed(*groups, firm(8, industry="1320", level=2))
    pop = replace(pop, protection=Hides(of_a_part("39")))
    frame = industries.industry_change(pop, ["36", "39"])
    assert pick(frame, "share_level_le1", "汽车制造业", 2021) == (60, False)
    assert set(frame["group"]) == {"汽车制造业", "其他行业"}
    rest = frame[frame["group"] == "其他行业"].set_index(["measure", "year"])
    assert rest["value"]["share_level_le1_rest", 2021] == 100 * 4 / 20
    assert rest["value"]["share_level_3_rest", 2020] == 100 * 8 / 12
    change = rest["value"]["share_level_2_rest_change", 2021]
    assert change == pytest.approx(100 * 8 / 20)
    assert rest["base"]["share_level_le1_rest", 2021] == 20

    def by_class(cell):
        return cell.year == 2021 and dict(cell.where).get("level_class") == ("2",)

    pop = replace(pop, protection=Hides(lambda c: of_a_part("39")(c) or by_class(c)))
    together = rest_of(industries.industry_change(pop, ["36", "39"]), "其他行业")
    assert {name.removesuffix("_change") for name in together} == {
        "share_level_le1_rest",
        "share_level_ge2_rest",
    }


def test_all_others_are_made_of_the_whole_and_of_those_listed(firm, assessed):
    """Of what is decided already: nobody has decided about all industries but some."""
    groups = [
        firm(9, industry=code, year=year) for code in ("3670", "3911") for year in (2020, 2021)
    ]
    asked = set()

    class Notes(Hides):
        def ask(self, cells):
            asked.update(cells)
            return super().ask(cells)

    pop = replace(assessed(*groups), protection=Notes(of_a_part("39")))
    assert "其他行业" in set(industries.industry_change(pop, ["36", "39"])["group"])
    divided = {dict(cell.where).get("division", ()) for cell in asked}
    assert divided == {(), ("36",), ("39",)}


def test_where_no_industry_can_be_listed_each_is_withheld(firm, assessed):
    pop = assessed(firm(9), firm(9, year=2020))
    pop = replace(pop, protection=Hides(of_a_part("36")))
    frame = industries.industry_change(pop, ["36"])
    assert set(frame["group"]) == {"汽车制造业"}
    assert frame["withheld"].all()


@pytest.mark.parametrize("seed", [2, 4, 5])
def test_what_is_told_together_is_of_enough_firms_or_of_none(firm, assessed, seed):
    """Two of five provinces are drawn with so few firms that one more must be told with them."""
    draw = np.random.default_rng(seed)
    groups = [
        firm(int(draw.integers(0, most + 1)), region=name, industry=code, level=level, year=year)
        for name, most in zip(REGIONS, (12, 8, 3, 1, 1), strict=True)
        for code in ("3670", "3911", "1320")
        for level in (1, 2)
        for year in (2020, 2021)
    ]
    pop = assessed(*groups)
    edition = read_edition("2021").model_copy(
        update={"disclosure": Disclosure(minimum=5, together=("nation", "provinces"))}
    )
    pattern = protect_release(pop, edition)
    numbers = []
    for scope in (Scope(), *(Scope(province=name) for name in MATURE)):
        own = replace(pop, scope=scope, protection=pattern)
        for frame in (
            participation.participants_by_region(own),
            rankings.firms_by_province(own),
            rankings.firms_by_city(own),
            industries.industry_change(own),
        ):
            rest = frame[frame["measure"].str.endswith("_rest") & ~frame["withheld"]]
            shares = rest["unit"] == "%"
            numbers += rest["base"].tolist()
            numbers += (rest["value"] * rest["base"] / 100)[shares].round().tolist()
    assert numbers
    assert [number for number in numbers if 0 < number < 5] == []
