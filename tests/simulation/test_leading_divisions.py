"""The stated order of the leading divisions, as far as printed shares allow it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smdi.simulation.counts.division_levels import Order, _order_rows, leading_order

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


def test_where_no_division_leads_none_stands_below() -> None:
    assert _order_rows(Order((), ("38", "13"), frozenset()), FIRMS).shape == (0, 4)
