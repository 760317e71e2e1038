"""The stated order of the leading divisions, as far as printed shares allow it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.counts.division_levels import Order, _order_rows, leading_order
from smdi.simulation.recount import Recount
from smdi.standards import divisions

FIRMS = pd.Series({"39": 100, "36": 100, "38": 100, "13": 100})


def known(**shares: int) -> dict[str, np.ndarray]:
    """Counts by level class of divisions of 100 firms, of their shares at level 2 or above."""
    return {code.strip("_"): np.array([100 - share, share]) for code, share in shares.items()}


def test_divisions_without_a_printed_share_keep_their_stated_place() -> None:
    order = leading_order(["39", "38", "36"], known(_39=60, _36=50), FIRMS, 100)
    assert order.leading == ("39", "38", "36")


def test_a_division_printed_out_of_the_stated_order_is_left_out() -> None:
    shares = known(_39=60, _36=40, _38=50)
    order = leading_order(["39", "36", "38"], shares, FIRMS, 100)
    assert "39" in order.leading
    assert len(order.leading) == 2
    assert order.left_out == {"36", "38"} - set(order.leading)


def test_a_division_leads_only_where_it_has_enough_firms() -> None:
    order = leading_order(["39", "36"], known(_39=60), FIRMS.replace(100, 99), 100)
    assert order == Order((), (), frozenset())


def test_the_last_of_the_leading_stands_above_each_of_the_others() -> None:
    rows = _order_rows(Order(("39", "36"), ("38", "13"), frozenset()), FIRMS)
    assert rows.tolist() == [[1, -1, 0, 0], [0, 1, -1, 0], [0, 1, 0, -1]]


def test_small_firms_of_a_class_are_counted_and_of_one_without_any_there_are_none() -> None:
    sizes = ["large", "medium", "small", "micro"]
    firms = pd.DataFrame(
        {"size": sizes, "industry": ["1311", "1311", "1311", "1312"], "year": 2021}
    )
    recount = Recount(firms.assign(credit_code=firms.index), read_assumptions())
    found = [
        recount.value("tab-sme-classes", "firms", f"{code} 某业", 2021)
        for code in ("1311", "1312", "1313")
    ]
    assert found == [2, 1, 0]
    assert recount.sme_classes_over(2021, 1) == {"1311"}
    assert recount.sme_classes_over(2021, 0) == {"1311", "1312"}


def test_where_no_division_leads_none_stands_below() -> None:
    assert _order_rows(Order((), ("38", "13"), frozenset()), FIRMS).shape == (0, 4)


def test_among_the_firms_divisions_of_one_share_stand_in_the_order_of_their_codes() -> None:
    """Of each division ten firms: five of every third stand at level 2, of the others two."""
    codes = list(divisions().index)
    best = codes[::3]
    firms = pd.DataFrame(
        [
            (code, "2" if n < (5 if code in best else 2) else "le1")
            for code in codes
            for n in range(10)
        ],
        columns=["division", "level_class"],
    ).assign(year=2021)
    few = pd.DataFrame({"division": ["99"], "level_class": ["2"], "year": [2021]})
    firms = pd.concat([firms, few], ignore_index=True)
    firms["credit_code"] = firms.index
    shuffled = firms.sample(frac=1, random_state=3)
    found = Recount(shuffled, read_assumptions()).leading_divisions(10)
    assert found == best + [code for code in codes if code not in best]
    assert Recount(shuffled, read_assumptions()).leading_divisions(1)[0] == "99"
    assert Recount(shuffled, read_assumptions()).leading_divisions(11) == []


def test_where_no_share_is_printed_all_others_with_enough_firms_stand_below() -> None:
    firms = pd.Series({"39": 100, "36": 99, "38": 100, "13": 101})
    order = leading_order(["39"], {}, firms, 100)
    assert order == Order(("39",), ("38", "13"), frozenset())


def test_a_division_printed_less_than_a_margin_for_each_leader_below_the_last_is_left_out() -> None:
    """Two lead, the last with 50 %: below it stand those under 49.6 %, two margins of 0.2."""
    firms = pd.Series(dict.fromkeys(("39", "36", "38", "13", "14"), 1000))
    counts = {
        code: np.array([1000 - share, share])
        for code, share in (("39", 600), ("36", 500), ("38", 495), ("13", 496), ("14", 501))
    }
    order = leading_order(["39", "36"], counts, firms, 1000)
    assert order == Order(("39", "36"), ("38",), frozenset({"13", "14"}))


def test_divisions_printed_less_than_a_margin_apart_are_in_no_order() -> None:
    firms = pd.Series({"39": 1000, "36": 1000})
    for share, kept in ((503, 2), (502, 1), (500, 1)):
        counts = {"39": np.array([1000 - share, share]), "36": np.array([500, 500])}
        assert len(leading_order(["39", "36"], counts, firms, 1000).leading) == kept


def test_of_parts_of_the_order_that_are_equally_long_the_last_is_kept() -> None:
    """The second and the third stand in the stated order, and so do the first and the third."""
    order = leading_order(["36", "39", "38"], known(_36=55, _39=60, _38=50), FIRMS, 100)
    assert order == Order(("39", "38"), ("13",), frozenset({"36"}))
