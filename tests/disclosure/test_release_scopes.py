"""Which scopes are decided about together, under which rule, and by what data are known again."""

from __future__ import annotations

import pytest

from smdi import processes
from smdi.disclosure import protection as protecting
from smdi.disclosure import register as registering
from smdi.disclosure import release as releasing
from smdi.disclosure.release import (
    digests,
    extended,
    protect_release,
    protect_scopes,
    protect_together,
    released,
)
from smdi.edition import Disclosure, read_edition
from smdi.indicators.cells import Cell
from smdi.standards import divisions, provinces


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Give editions of a policy; nothing is registered."""
    monkeypatch.setattr(registering, "RELEASES", tmp_path)

    def made(**policy):
        return read_edition("2021").model_copy(update={"disclosure": Disclosure(**policy)})

    return made


@pytest.fixture
def small(firm, assessed):
    """Make a province of one firm of a kind among many, and another province."""
    groups = firm(12), firm(1, process_type="process"), firm(20, region="山东省")
    return lambda **scope: assessed(*groups, firm(30, year=2020), **scope)


LAND = list(provinces().query("in_scope")["name_zh"])
CODES = list(divisions().index)


@pytest.mark.parametrize(
    ("together", "names"),
    [
        ((), []),
        (("nation",), [{}]),
        (("provinces",), [{"province": name} for name in LAND]),
        (("industries",), [{"industry": code} for code in CODES]),
        (
            ("industries", "nation", "provinces"),
            [{}, *({"province": name} for name in LAND), *({"industry": c} for c in CODES)],
        ),
    ],
    ids=["alone", "nation", "provinces", "industries", "all"],
)
def test_scopes_leave_together_as_the_policy_says_and_the_edition_s_own_last(
    small, edition, together, names
) -> None:
    assert (len(LAND), len(CODES)) == (31, 31)
    pop = small(province="江苏省")
    *others, own = released(pop, edition(together=together))
    assert own is pop
    assert [one.scope.given for one in others] == names
    assert {id(one.table) for one in others} <= {id(pop.table)}


def test_editions_that_leave_together_are_decided_about_without_a_scope_of_their_own(
    small, edition
) -> None:
    one = edition(together=("nation",))
    pattern = protect_together(small(province="江苏省"), one)
    assert (pattern.rule, pattern.minimum, pattern.scopes) == ("protected", 5, ("全国",))
    own = protect_release(small(province="江苏省"), one)
    assert own.scopes == ("全国", "江苏省")
    assert own.loss.keys() == {"全国", "江苏省"}


@pytest.mark.parametrize(
    ("rule", "scope", "found"),
    [
        ("as_printed", {}, ("as_printed", ("全国",))),
        ("as_printed", {"province": "江苏省"}, ("protected", ("全国", "江苏省"))),
        ("protected", {}, ("protected", ("全国",))),
        ("protected", {"province": "江苏省"}, ("protected", ("全国", "江苏省"))),
    ],
)
def test_only_the_whole_nation_shows_what_its_report_prints(
    small, edition, rule, scope, found
) -> None:
    pattern = protect_release(small(**scope), edition(rule=rule, together=("nation",)))
    assert (pattern.rule, pattern.scopes) == found
    few = Cell("assessed", 2021, (("process_type", ("process",)),)).id
    assert (few in pattern.shown) is (found[0] == "as_printed")


def test_a_scope_is_decided_about_once(small, edition) -> None:
    one = edition(together=())
    pop = small(province="江苏省")
    nation = protect_scopes([pop.nation], one)
    further = extended(nation, pop, one)
    assert (nation.scopes, further.scopes) == (("全国",), ("江苏省",))
    assert nation.shown < further.shown
    assert extended(further, pop, one) is further
    few = Cell("assessed", 2021, (("process_type", ("process",)), ("province", ("320000",))))
    assert few.id not in further.shown


@pytest.mark.parametrize("most", [62, 63], ids=["many", "few"])
def test_processes_side_by_side_decide_the_same_and_are_started_for_few_records_alone(
    small, edition, monkeypatch, most: int
) -> None:
    started = []
    real = processes._forks
    monkeypatch.setattr(processes, "_forks", lambda *given: started.append(0) or real(*given))
    monkeypatch.setattr(processes, "processors", lambda: 2)
    one = edition(together=("nation",))
    pop = small(province="江苏省")
    assert pop.table.num_rows == 63
    alone = protect_release(pop, one)
    started.clear()
    for module in (releasing, protecting):
        monkeypatch.setattr(module, "MOST_RECORDS", most)
    monkeypatch.setattr(protecting, "MANY", 0)
    monkeypatch.setattr(releasing, "FEWEST", 2)
    assert protect_release(pop, one) == alone
    assert len(started) == (2 if most >= 63 else 0)


GIVEN = {
    "province": {"region": "山东省"}, "industry": {"industry": "3610"}, "level": {"level": 2},
    "type": {"process_type": "process"}, "size": {"size": "large"},
}  # fmt: skip


@pytest.mark.parametrize("what", GIVEN)
def test_data_are_known_by_each_condition_of_each_firm_in_its_year(firm, assessed, what) -> None:
    names = [f"SIM{n:015d}" for n in range(4)]
    before = firm(2, year=2020, ids=names[:2])
    one, two = names[2:3], names[3:]
    plain = digests(assessed(firm(2, ids=names[2:]), before))
    assert digests(assessed(firm(2, ids=names[2:]), before)) == plain
    other = digests(assessed(firm(1, ids=one), firm(1, ids=two, **GIVEN[what]), before))
    both = digests(assessed(firm(2, ids=names[2:], **GIVEN[what]), before))
    assert plain.keys() == {"2020", "2021"}
    assert {len(one) for one in plain.values()} == {64}
    assert {one["2020"] for one in (plain, other, both)} == {plain["2020"]}
    assert len({one["2021"] for one in (plain, other, both)}) == 3
