def counts(city, province, name="重庆"):
    return (
        f"tab-cities firms_level_ge2 {name} 2031 {city} 家",
        "tab-cities title_rows 全国 2031 50 个",
        f"tab-provinces firms_level_ge2 {name}市 2031 {province} 家",
    )


def test_a_municipality_counted_differently_as_city_and_province_is_found(findings_of):
    (found,) = findings_of("same_quantity_printed_twice", *counts(74, 77, "天津"))
    assert found.severity == "contradiction"
    assert found.contradicted == ("tab-cities/firms_level_ge2/天津/2031",)
    assert found.followed == "tab-provinces/firms_level_ge2/天津市/2031"


def test_a_municipality_with_counties_may_have_more_than_its_districts_and_no_less(findings_of):
    (found,) = findings_of("same_quantity_printed_twice", *counts(74, 77))
    assert found.severity == "conditional"
    assert "不含该直辖市所辖的县" in found.unless_zh
    (found,) = findings_of("same_quantity_printed_twice", *counts(78, 77))
    assert found.severity == "contradiction"


def test_the_same_municipality_of_another_year_speaks_for_its_counties_too(findings_of):
    before = [fact.replace("2031", "2030") for fact in counts(60, 63)]
    found = findings_of("same_quantity_printed_twice", *counts(74, 77), *before)
    assert [one.severity for one in found] == ["conditional"] * 2
    for one in found:
        assert "同类 1 处中，1 处与这一读法相符" in one.unless_zh


def test_a_reading_says_how_many_municipalities_without_counties_agree_with_it(findings_of):
    others = *counts(50, 52, "天津")[::2], *counts(9, 9, "上海")[::2]
    found = findings_of("same_quantity_printed_twice", *counts(74, 77), *others)
    assert [one.severity for one in found] == ["conditional", "contradiction"]
    assert "同类 2 处中，1 处与这一读法相符" in found[0].unless_zh


def test_a_municipality_counted_the_same_is_not(findings_of):
    assert not findings_of("same_quantity_printed_twice", *counts(77, 77))


def test_a_city_and_a_province_of_like_name_are_two_things(findings_of):
    assert not findings_of(
        "same_quantity_printed_twice",
        "tab-cities firms_level_ge2 吉林 2031 10 家",
        "tab-provinces firms_level_ge2 吉林省 2031 38 家",
    )


def twice(coarse, fine):
    return (
        f"fig-11 automated_logistics 全行业 2031 {coarse} %",
        f"fig-14 automated_logistics 全行业 2031 {fine} %",
    )


def test_a_rate_is_compared_at_the_coarser_precision(findings_of):
    assert not findings_of("same_quantity_printed_twice", *twice("24", "24.04"))
    assert not findings_of("same_quantity_printed_twice", *twice("24", "23.50"))


def test_of_two_rates_that_differ_the_more_precise_holds(findings_of):
    (found,) = findings_of("same_quantity_printed_twice", *twice("24", "24.61"))
    assert found.followed == "fig-14/automated_logistics/全行业/2031"


def test_prose_gives_way_to_an_exhibit_even_when_more_precise(findings_of):
    (found,) = findings_of(
        "same_quantity_printed_twice",
        "text private_network 全行业 2031 12.25 %",
        "fig-11 private_network 全行业 2031 11 %",
    )
    assert found.contradicted == ("text/private_network/全行业/2031",)


def test_two_bounds_or_two_thresholds_are_no_quantity_twice(findings_of):
    assert not findings_of(
        "same_quantity_printed_twice",
        "text sample_threshold 全国 2031 300 家",
        "tab-sme-classes sample_threshold 全国 2031 100 家",
        "text participants_over 全国 2031 20000 家",
        "fig-01 participants_over 全国 2031 19000 家",
    )


def figure(number, measures, values):
    return [
        f"fig-{number} {measure} 全行业 {year} {value} %"
        for year, row in values.items()
        for measure, value in zip(measures, row, strict=True)
    ]


ROWS = {2030: ("23.00", "8.30"), 2031: ("28.43", "10.42")}
WORK = ("process_visualisation", "advanced_scheduling")
STORE = ("label_based_materials", "demand_based_delivery")


def test_a_figure_that_repeats_another_is_noticed_and_nothing_is_proven(findings_of):
    (found,) = findings_of(
        "exhibits_repeat_each_other", *figure(16, WORK, ROWS), *figure(17, STORE, ROWS)
    )
    assert (found.severity, found.contradicted) == ("notice", ())
    assert len(found.fact_ids) == 8


def test_a_figure_that_differs_by_one_digit_is_no_repeat(findings_of):
    other = {**ROWS, 2031: ("28.43", "10.43")}
    assert not findings_of(
        "exhibits_repeat_each_other", *figure(16, WORK, ROWS), *figure(17, STORE, other)
    )


def test_three_numbers_alike_are_chance(findings_of):
    same = {2031: ("13", "12", "6")}
    names = ("a", "b", "c"), ("d", "e", "f")
    assert not findings_of(
        "exhibits_repeat_each_other", *figure(16, names[0], same), *figure(17, names[1], same)
    )


def test_a_column_padded_with_zeros_is_noticed(findings_of):
    (found,) = findings_of(
        "trailing_zeros",
        *figure(14, ("a", "b", "c"), {2030: ("50.00", "19.00", "8.30")}),
        *figure(14, ("a", "b", "c"), {2031: ("57.98", "24.00", "22.10")}),
    )
    assert {fact_id.rsplit("/")[-1] for fact_id in found.fact_ids} == {"2030"}


def test_whole_numbers_printed_without_decimals_are_not_padded(findings_of):
    assert not findings_of(
        "trailing_zeros", *figure(22, ("a", "b", "c"), {2031: ("20", "30", "10")})
    )


def test_six_numbers_of_which_one_differs_are_noticed_and_five_are_not(findings_of):
    names = tuple("abcdef"), tuple("uvwxyz")
    row, other = ("13", "12", "6", "5", "4", "3"), ("13", "12", "6", "5", "4", "2")
    for count, noticed in ((6, 1), (5, 0)):
        one = figure(16, names[0][-count:], {2031: row[-count:]})
        two = figure(17, names[1][-count:], {2031: other[-count:]})
        found = findings_of("exhibits_repeat_each_other", *one, *two)
        assert len(found) == noticed
    (found,) = findings_of(
        "exhibits_repeat_each_other",
        *figure(16, names[0], {2031: row}),
        *figure(17, names[1], {2031: other}),
    )
    assert found.fact_ids == ("fig-16/f/全行业/2031", "fig-17/z/全行业/2031")


def test_four_numbers_alike_are_a_repeat_but_not_in_other_years_or_of_one_measure(findings_of):
    row = ("13", "12", "6", "5")
    one, two = figure(16, "abcd", {2031: row}), figure(17, "wxyz", {2031: row})
    assert findings_of("exhibits_repeat_each_other", *one, *two)
    assert not findings_of("exhibits_repeat_each_other", *one, *figure(17, "wxyz", {2030: row}))
    assert not findings_of("exhibits_repeat_each_other", *one, *figure(17, "dxyz", {2031: row}))


def test_three_numbers_with_a_last_nought_are_noticed_and_two_are_not(findings_of):
    three = figure(14, "abc", {2030: ("50.0", "19.0", "8.0")})
    (found,) = findings_of("trailing_zeros", *three)
    assert found.numbers == {"columns": 1, "of": 1}
    assert not findings_of("trailing_zeros", *three[:2])
    assert not findings_of("trailing_zeros", *three[:2], "fig-14 c 全行业 2030 8.1 %")
