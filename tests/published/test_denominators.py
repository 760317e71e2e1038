from itertools import product

from smdi.published.denominators import candidates, pairs, possible

HALVES = ("50.00", "50.00")


def test_one_firm_in_three_is_found():
    found = candidates(("33.33", "66.67"), 10)
    assert [(c.n, c.counts) for c in found] == [(3, (1, 2)), (6, (2, 4)), (9, (3, 6))]


def test_agrees_with_trying_every_division():
    shares, n_max = ("61", "22", "17"), 40
    expected = []
    for n in range(1, n_max + 1):
        for a, b in product(range(n + 1), repeat=2):
            counts = (a, b, n - a - b)
            near = (abs(100 * k / n - int(s)) < 0.5 for k, s in zip(counts, shares, strict=True))
            if min(counts) >= 0 and all(near):
                expected.append((n, counts))
    assert [(c.n, c.counts) for c in candidates(shares, n_max)] == expected
    assert expected


def test_a_share_between_two_printed_values_is_no_candidate():
    # 1 of 8 is 12.5 %, printed 12 or 13 by the way of rounding.
    assert all(c.n != 8 for c in candidates(("13", "87"), 8))


def test_a_tie_at_either_end_of_a_printed_share_is_no_candidate():
    # 5 of 8 are 62.5 % and 3 of 8 are 37.5 %: the upper end of 62 and 37, the lower of 63 and 38.
    for shares in (("62", "38"), ("63", "37"), ("62", "37"), ("63", "38")):
        assert all(c.n != 8 for c in candidates(shares, 8))


def test_a_change_at_a_tie_is_no_pair():
    # From 1 of 2 to 5 of 8 is a change of 12.5 points.
    for change in ("12", "13"):
        found = pairs(("62.50", "37.50"), HALVES, (change, f"-{change}"), 8)
        assert all((a.n, b.n) != (8, 2) for a, b in found)
    assert any(
        (a.n, b.n) == (8, 2) for a, b in pairs(("62.50", "37.50"), HALVES, ("12.5", "-12.5"), 8)
    )


def test_shares_that_no_division_gives_have_no_candidate():
    assert candidates(("50.00", "49.00"), 200) == []


def test_a_share_of_nought_is_no_firm_at_all():
    assert candidates(("0.00", "100.00"), 1)[0].counts == (0, 1)


def test_the_car_makers_of_2021_are_1032_or_a_multiple_at_first():
    found = candidates(("53.49", "22.58", "13.47", "10.47"), 2100)
    assert [c.n for c in found] == [1032, 2064]
    assert found[0].counts == (552, 233, 139, 108)


def test_printed_changes_rule_out_numbers_that_fit_one_year_alone():
    alone = {c.n for c in candidates(("73.95", "12.17", "5.32", "8.56"), 600)}
    found = pairs(
        ("73.95", "12.17", "5.32", "8.56"),
        ("77.92", "10.42", "4.58", "7.08"),
        ("-3.96", "1.75", "0.74", "1.47"),
        600,
    )
    assert alone == {526}
    assert (found[0][0].n, found[0][1].n) == (526, 240)


def test_changes_at_odds_with_the_shares_leave_no_pair():
    assert pairs(HALVES, HALVES, ("1.00", "-1.00"), 50) == []
    assert not possible(HALVES, HALVES, ("1.00", "-1.00"))


def test_changes_within_rounding_are_possible():
    assert possible(("33.33", "66.67"), HALVES, ("-16.66", "16.66"))
    assert not possible(("33.33", "66.67"), HALVES, ("-16.60", "16.66"))
