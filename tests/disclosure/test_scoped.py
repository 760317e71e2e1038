"""An edition of a part of a nation whose report is printed says nothing of few firms by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from smdi.disclosure import register as registering
from smdi.disclosure.release import protect_release
from smdi.edition import Disclosure, Scope, read_edition
from smdi.indicators import Population, levels, participation, rankings
from smdi.indicators.cells import Cell

TIBET = {"province": ("540000",)}
GE2, LE1 = ("2", "3", "ge4"), ("le1",)


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Give the edition of Tibet, whose nation is printed; nothing is registered."""
    monkeypatch.setattr(registering, "RELEASES", tmp_path)
    policy = Disclosure(rule="as_printed", together=())
    update = {"disclosure": policy, "scope": Scope.of(province="西藏自治区"), "base": "2021"}
    return read_edition("2021").model_copy(update={**update, "published": None})


@pytest.fixture
def tibet(firm, assessed) -> Population:
    """Make nine firms at the first level and one at the second, among many of another province."""
    return assessed(
        *(firm(40, level=level) for level in (1, 2, 3, 4)),
        firm(9, level=1, region="西藏自治区"),
        firm(1, level=2, region="西藏自治区"),
        province="西藏自治区",
    )


@pytest.fixture
def seen(tibet, edition) -> Population:
    return replace(tibet, protection=protect_release(tibet, edition))


def test_what_is_printed_of_one_firm_is_not_said_again(seen):
    printed = Cell("assessed", 2021).narrowed({**TIBET, "level_class": GE2})
    assert not seen.protection.ask([printed])
    counts = rankings.firms_by_province(seen)
    assert counts["withheld"].all()


def test_other_names_of_what_is_printed_are_withheld_too(seen, tibet):
    """The one firm at level 2 or above is that at level 2, and that of its city."""
    city = str(tibet.current.where(level_class="2").counts("city").index[0])
    for narrower in ({"level_class": ("2",)}, {"level_class": GE2, "city": (city,)}):
        assert not seen.protection.ask([Cell("assessed", 2021).narrowed({**TIBET, **narrower})])


def test_what_leaves_the_printed_few_of_all_is_withheld(seen):
    assert not seen.protection.ask([Cell("assessed", 2021).narrowed({**TIBET, "level_class": LE1})])


def test_the_levels_without_firms_tell_nothing_of_the_one_firm(seen):
    shares = levels.national_level_shares(seen)
    assert shares.loc[shares["year"] == 2021, "withheld"].all()


def test_what_is_of_enough_firms_is_shown(seen):
    participants = participation.overview(seen)
    assert participants.set_index("measure")["value"]["participants"] == 10


@pytest.mark.parametrize(("rule", "lost"), [("as_printed", False), ("protected", True)])
def test_the_loss_counts_only_what_is_withheld(tibet, edition, rule, lost):
    """A printed report shows few firms too: its own edition withholds nothing."""
    policy = {"disclosure": Disclosure(rule=rule, together=()), "scope": Scope()}
    whole = edition.model_copy(update={**policy, "base": "", "published": Path("facts.csv")})
    nation = tibet.nation
    loss = protect_release(nation, whole).loss[nation.scope_name]
    assert loss["values"] > 0
    assert bool(loss["primary"]) == bool(loss["primary"] + loss["secondary"]) == lost
