"""What is out already is seen: later releases of the same data are protected beside it."""

from dataclasses import replace

import pytest

from smdi.disclosure import register as registering
from smdi.disclosure.pattern import Pattern, read_pattern, write_pattern
from smdi.disclosure.register import register, seen_already
from smdi.disclosure.release import digests, extended, protect_release, protect_together
from smdi.edition import Disclosure, Scope, read_edition
from smdi.errors import InputErrors
from smdi.indicators import levels

ALONE = Disclosure(together=())
NATION = "assessed/2021/level_class=ge4"
JIANGSU = "assessed/2021/level_class=ge4/province=320000"
SHANDONG = "assessed/2021/level_class=ge4/province=370000"


@pytest.fixture
def edition():
    return read_edition("2021").model_copy(update={"disclosure": ALONE})


@pytest.fixture
def nation(firm, assessed):
    """Two provinces, 20 firms at the fourth level of which 3 are in one of them."""
    return assessed(
        *(firm(40, level=level) for level in (1, 2, 3)),
        firm(17, level=4),
        *(firm(30, level=level, region="山东省") for level in (1, 2, 3)),
        firm(3, level=4, region="山东省"),
    )


@pytest.fixture
def releases(tmp_path, monkeypatch):
    """Keep a register of the test's own."""
    monkeypatch.setattr(registering, "RELEASES", tmp_path)
    monkeypatch.setattr(registering, "in_project", lambda path: path)
    return tmp_path


def test_a_province_after_the_nation_keeps_what_it_would_give_away(nation, edition, releases):
    first = protect_release(nation, edition)
    assert NATION in first.shown
    register("nation", first)
    jiangsu = protect_release(replace(nation, scope=Scope.of(province="江苏省")), edition)
    assert JIANGSU not in jiangsu.shown


def test_without_the_nation_the_same_province_is_shown(nation, edition, releases):
    jiangsu = protect_release(replace(nation, scope=Scope.of(province="江苏省")), edition)
    assert JIANGSU in jiangsu.shown


def test_other_data_are_no_part_of_what_is_out(nation, firm, assessed, edition, releases):
    register("nation", protect_release(nation, edition))
    other = assessed(firm(9, level=2))
    assert list(seen_already(digests(other))) == []
    assert NATION in {cell.id for cell in seen_already(digests(nation))}


def test_a_rerun_in_a_scope_of_its_own_is_judged_beside_the_release(nation, edition, releases):
    pattern = protect_release(nation, edition)
    shandong = replace(nation, scope=Scope.of(province="山东省"))
    rerun = extended(pattern, shandong, edition)
    assert pattern.shown <= rerun.shown
    assert SHANDONG not in rerun.shown
    frame = levels.national_level_shares(replace(shandong, protection=rerun))
    hidden = frame[frame["withheld"]]["measure"].tolist()
    assert "share_level_ge4" in hidden and len(hidden) > 1


def test_a_release_is_registered_once_under_its_name(nation, edition, releases):
    pattern = protect_release(nation, edition)
    register("nation", pattern)
    register("nation", pattern)
    with pytest.raises(InputErrors, match="what is out stays out"):
        register("nation", replace(pattern, shown=frozenset()))


def test_a_register_holds_no_number_of_firms(nation, edition, releases):
    pattern = protect_release(nation, edition)
    path = register("nation", replace(pattern, loss={}))
    content = path.read_text("utf-8")
    assert '"value"' not in content
    assert read_pattern(path).shown == pattern.shown


def test_a_file_that_is_no_pattern_is_told(tmp_path):
    (tmp_path / "x.json").write_text("{}", "utf-8")
    with pytest.raises(InputErrors, match="suppression pattern"):
        read_pattern(tmp_path / "x.json")


def test_what_a_pattern_does_not_list_is_withheld(tmp_path, nation):
    write_pattern(tmp_path / "p.json", Pattern("protected", 5))
    seen = replace(nation, protection=read_pattern(tmp_path / "p.json"))
    assert levels.national_level_shares(seen)["withheld"].all()


def test_what_leaves_together_is_decided_once_for_the_editions_of_all_its_scopes(nation, releases):
    provinces = {"disclosure": Disclosure(rule="as_printed", together=("provinces",))}
    together = protect_together(nation, read_edition("2021").model_copy(update=provinces))
    assert len(together.scopes) == 31
    for name in ("2021-320000", "2021-370000"):
        narrower = read_edition(name).model_copy(update=provinces)
        own = replace(nation, scope=narrower.scope)
        assert extended(together, own, narrower) == protect_release(own, narrower) == together
    city = replace(nation, scope=Scope.of(city="苏州市"))
    assert extended(together, city, read_edition("2021-320500")).shown > together.shown


def test_what_is_out_of_the_same_records_is_told_in_the_order_of_names(tmp_path):
    """Participants are all who answered up to their year, and matched firms answered in two."""
    now = [f"assessed/2021/province={code}0000" for code in range(11, 16)]
    before, to_date, both = "assessed/2020", "participants/2020", "matched/2021"
    for name, shown in (("b", [*reversed(now), before]), ("a", [to_date, both])):
        records = {"2019": "x", "2020": "y", "2021": "z"}
        register(name, Pattern("protected", 5, frozenset(shown), records), tmp_path)

    def seen(**records: str) -> list[str]:
        told = {name.removeprefix("y"): digest for name, digest in records.items()}
        return [cell.id for cell in seen_already(told, tmp_path)]

    assert seen(y2019="x", y2020="y", y2021="z") == [both, to_date, before, *now]
    assert seen(y2021="z") == now
    assert seen(y2020="y", y2021="other") == [before]
    assert seen(y2019="x", y2020="y") == [to_date, before]
    assert seen(y2019="other", y2020="y", y2021="z") == [before, *now]
    assert seen() == []
