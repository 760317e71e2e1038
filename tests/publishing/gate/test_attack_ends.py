"""Where an attack ends: at which width, in which part of a system, and in which files it looks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from smdi.edition import Edition, read_edition
from smdi.errors import InputErrors
from smdi.publishing.gate.attack import release as releases
from smdi.publishing.gate.attack.attack import attack
from smdi.publishing.gate.attack.bounds import Contradiction, propagated, tightened
from smdi.publishing.gate.attack.cells import cell
from smdi.publishing.gate.attack.release import Data, built, data_of, reruns, shown_by_itself
from smdi.publishing.gate.attack.system import System

from .test_attack import AS_PRINTED, POLICY, all_but_one, csv, release, shares, told


@pytest.mark.parametrize(("firms", "found"), [(25, True), (26, False)])
def test_a_mean_of_one_firm_is_told_when_it_is_known_to_less_than_half_a_point(
    firms: int, found: bool
) -> None:
    """Two decimals of n and n - 1 firms leave (2n - 1) hundredths of five points: 0.49, 0.51."""
    assert any(what.startswith("domain_data") for what in told(all_but_one(firms))) is found


def test_a_mean_of_two_firms_is_told_as_theirs() -> None:
    exact = (298 * 1.25 + 2 * 3.75) / 300
    rows = [("中小企业", 1.25, 298), ("全部参评企业", exact, 300)]
    data = release(fig_08=[("domain_data", name, mean, "分", base) for name, mean, base in rows])
    assert "domain_data 3.750 of 2 firms: firms=assessed 2021, size=large" in told(data)


@pytest.mark.parametrize(("base", "found"), [(4, True), (5, False)])
def test_a_mean_that_is_shown_of_fewer_firms_than_the_least_is_found(
    base: int, found: bool
) -> None:
    what = told(release(fig_08=[("domain_data", "江苏省", 1.25, "分", base)]))
    assert any(text.startswith("domain_data") for text in what) is found


def test_what_is_computed_names_the_exhibits_it_is_computed_from_and_no_other() -> None:
    data = release(
        fig_05=shares("离散型", 290, 100 * 197 / 290),
        fig_04=shares("全国", 300, 100 * 200 / 300),
        fig_09=shares("江苏省", 100, 50.0),
    )
    found, _ = attack([data], POLICY)
    (one,) = [one for one in found if one.what.endswith("level=le1, type=process")]
    assert one.how == "from fig-04, fig-05, as wholes less their parts"
    assert one.file in {"fig-04", "fig-05"}


def test_a_number_in_print_is_exempt_wherever_else_it_is_told() -> None:
    rows = [("firms_level_ge2", "青海省", 3, "家", 3), ("share_level_ge2", "青海省", 3, "%", 100)]
    printed = frozenset({("firms_level_ge2", "青海省", 2021)})
    found, exempt = attack([release(fig_a1=rows)], AS_PRINTED, printed)
    assert found == []
    assert [one.what for one in exempt] == [
        "3 firms: firms=assessed 2021, level=ge2, region=青海省"
    ]


def system_of_sums(**sums: str) -> tuple[System, dict[str, int]]:
    """Each whole is the sum of its parts, one letter each; and where each letter stands."""
    made = System()
    for whole, parts in sums.items():
        made.equate(cell(("name", whole)), [cell(("name", part)) for part in parts])
    return made, {name: made.unknown(cell(("name", name))) for name in sums | dict.fromkeys("abcd")}


def test_what_one_equation_tells_is_passed_to_those_before_it() -> None:
    system, at = system_of_sums(w="ab", b="cd")
    low, high = np.zeros(5), np.full(5, np.inf)
    for name, firms in (("w", 10), ("c", 3), ("d", 4)):
        low[at[name]] = high[at[name]] = firms
    propagated(system, low, high, whole=True)
    assert (low[at["a"]], high[at["a"]]) == (3, 3)


@pytest.mark.parametrize(("whole", "ends"), [(True, (7, 9)), (False, (6.5, 9.5))])
def test_a_number_of_firms_is_whole_and_a_sum_of_scores_need_not_be(whole: bool, ends) -> None:
    system, at = system_of_sums(w="ab")
    low, high = np.zeros(3), np.full(3, np.inf)
    low[at["w"]], high[at["w"]] = 10.0, 12.5
    low[at["b"]], high[at["b"]] = 3.0, 3.5
    propagated(system, low, high, whole=whole)
    assert (low[at["a"]], high[at["a"]]) == ends


@pytest.mark.parametrize(("over", "refused"), [(0.0, False), (1e-3, False), (0.01, True)])
def test_bounds_that_cross_by_more_than_rounding_contradict_themselves(over, refused) -> None:
    system, at = system_of_sums(w="ab")
    low, high = np.zeros(3), np.array([10.0] * 3)
    low[at["a"]], high[at["a"]] = 5 + over, 5
    if refused:
        with pytest.raises(Contradiction, match=r"\[\('name', 'a'\)\]"):
            propagated(system, low, high, whole=False)
    else:
        propagated(system, low, high, whole=False)


def test_each_part_of_a_system_is_solved_by_itself() -> None:
    """Two sums that have nothing in common, each with an order of its own."""
    system, at = system_of_sums(w="ab", x="cd")
    for greater, smaller in ("ab", "cd"):
        system.orders.append((at[greater], at[smaller]))
    low, high = np.zeros(6), np.full(6, np.inf)
    for name in "wx":
        low[at[name]] = high[at[name]] = 6
    wide = np.full(6, 5.0)
    found = tightened(system, low, high, [at["b"], at["d"]], wide)
    assert {place: tuple(np.round(ends, 6)) for place, ends in found.items()} == {
        at["b"]: (0, 3),
        at["d"]: (0, 3),
    }


def written(folder: Path, files: dict[str, object]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, "utf-8")
    return folder


def test_a_release_is_read_with_words_specs_and_numbers_each_by_its_exhibit(tmp_path) -> None:
    text = csv([("participants", "江苏省", 9, "家", 9)])
    written(tmp_path, {
        "source/exhibits/fig-02.csv": text,
        "source/exhibits/fig-02.json": {"alt": "words"},
        "source/exhibits/fig-02.vl.json": {"datasets": {}},
        "source/exhibits/tab-01.json": "{ no JSON",
        "numbers.json": {"sme.firms": {"value": 9}},
    })  # fmt: skip
    parts = {name: tmp_path / name for name in ("site", "source", "numbers.json")}
    data = data_of(read_edition("2021"), parts)
    assert (data.described, data.specs, data.numbers, data.name, data.scope) == (
        {"fig-02": {"alt": "words"}, "tab-01": {}},
        {"fig-02": {"datasets": {}}},
        {"sme.firms": {"value": 9}},
        "2021",
        {},
    )
    assert data_of(read_edition("2021"), {"source": tmp_path / "source"}).numbers == {}


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.setattr(releases, "source_folder", lambda _: tmp_path / "source")
    return read_edition("2021")


def test_an_edition_that_was_not_built_cannot_be_attacked(edition: Edition) -> None:
    with pytest.raises(InputErrors, match="a build of it: make book EDITION=2021"):
        built(edition)


def test_reruns_are_read_in_their_order_each_in_the_scope_of_its_parameters(
    edition: Edition, tmp_path: Path
) -> None:
    text = csv([("participants", "全国", 9, "家", 9)])
    about = {"province": "江苏省", "industry": "", "minimum": 3}
    for name in ("c", "a", "b"):
        folder = written(tmp_path / "reruns" / name, {"site/exhibits/fig-02.csv": text})
        if name != "b":  # that one is not finished
            written(folder, {"consequences.json": {"about": {"parameters": about}}})
    assert [(data.name, data.scope, [*data.exhibits]) for data in reruns(edition)] == [
        (name, {"province": "江苏省"}, ["fig-02"]) for name in ("a", "c")
    ]


@pytest.mark.parametrize("simulated", [True, False])
def test_the_greatest_of_firms_is_what_one_has_unless_there_are_none(simulated: bool) -> None:
    assessments = None if simulated else Path("data/assessments.parquet")
    edition = read_edition("2021").model_copy(update={"assessments": assessments})
    rows = [
        ("largest_employees", "江苏省", 3200, "人", 900),
        ("lowest", "江苏省", 1, "人", 900),
        ("employees_highest", "江苏省", None, "人", 900),
        ("flowestimate", "江苏省", 7, "人", 900),
    ]
    data = Data({}, release(fig_a1=rows).exhibits)
    found = [one for one in shown_by_itself(data, edition, POLICY) if "one firm" in one.how]
    assert [one.what for one in found] == ([] if simulated else ["3200.0", "1.0"])
