import pytest

from smdi.standards import provinces

NATION = (
    "fig-04 share_level_le1 全国 2031 69 %",
    "fig-04 share_level_2 全国 2031 15 %",
    "fig-04 share_level_3 全国 2031 7 %",
    "fig-04 share_level_ge4 全国 2031 9 %",
)


@pytest.fixture(scope="module")
def names():
    return provinces().query("in_scope")["name_zh"].tolist()


def by_province(names, each):
    return [f"tab-provinces firms_level_ge2 {name} 2031 {each} 家" for name in names]


def test_provinces_that_fall_short_of_the_nations_share_are_two_populations(findings_of, names):
    total = "text participants_over 全国 2031 20000 家"
    (found,) = findings_of("counts_match_share_of_total", *NATION, total, *by_province(names, 150))
    assert (found.severity, found.contradicted) == ("notice", ())
    # 30.5 % is the least that 15 + 7 + 9 can stand for while 69 stands for at most 69.5.
    assert found.numbers["counted"] == 4650
    assert found.numbers["at_least"] == 6101
    assert (found.numbers["base_from"], found.numbers["base_to"]) == (14762, 15245)
    for said in (
        "合计 4650 家",
        "占比 31%",
        "超过 20000 家",
        "至少有 6101 家",
        "14762 至 15245 家",
    ):
        assert said in found.message_zh


HALF = (
    "fig-04 share_level_le1 全国 2031 50 %",
    "fig-04 share_level_2 全国 2031 20 %",
    "fig-04 share_level_3 全国 2031 20 %",
    "fig-04 share_level_ge4 全国 2031 10 %",
)


@pytest.mark.parametrize(("over", "least"), [(399, 198), (400, 199)])
def test_over_a_number_means_at_least_one_more(findings_of, names, over, least):
    # 49.5 % of 400 firms are 198; of 401 they are more than 198.
    total = f"text participants_over 全国 2031 {over} 家"
    (found,) = findings_of("counts_match_share_of_total", *HALF, total, *by_province(names, 1))
    assert found.numbers["at_least"] == least


def test_provinces_that_reach_the_nations_share_are_no_finding(findings_of, names):
    total = "text participants_over 全国 2031 20000 家"
    assert not findings_of("counts_match_share_of_total", *NATION, total, *by_province(names, 200))


def test_a_table_of_some_provinces_is_not_held_against_the_nation(findings_of, names):
    total = "text participants_over 全国 2031 20000 家"
    assert not findings_of(
        "counts_match_share_of_total", *NATION, total, *by_province(names[:30], 1)
    )


def participation(names, total):
    return (
        f"text participants_over 全国 2031 {total} 家",
        f"fig-01 participants {names[0]} 2031 1000 家",
        f"fig-01 participants_over {names[1]} 2031 500 家",
        f"fig-01 participants_over {names[2]} 2031 300 家",
    )


def test_bounds_read_as_classes_that_miss_the_total_are_noticed(findings_of, names):
    # 1000 exactly, at most 1000 and 500 for the bounds, 300 for each of the 28 not named.
    most = 1000 + 1000 + 500 + 28 * 300
    (found,) = findings_of("bounds_leave_room_for_the_total", *participation(names, most))
    assert found.numbers == {"at_most": 10900, "total_over": 10900, "unnamed": 28}


def test_bounds_that_leave_room_are_not(findings_of, names):
    found = findings_of("bounds_leave_room_for_the_total", *participation(names, 10899))
    assert not found


def ningxia(province, *cities, last=20):
    listed = [f"tab-cities firms_level_ge2 {city} 2031 {n} 家" for city, n in cities]
    return (
        f"tab-provinces firms_level_ge2 宁夏回族自治区 2031 {province} 家",
        *listed,
        f"tab-cities firms_level_ge2 大连 2031 {last} 家",
        "tab-cities rank 大连 2031 50 位",
    )


def test_cities_with_more_firms_than_their_province_are_found(findings_of):
    (found,) = findings_of("cities_fit_their_province", *ningxia(80, ("吴忠", 44), ("银川", 40)))
    assert found.severity == "contradiction"
    assert found.numbers["left"] == -4


def test_a_province_whose_rest_finds_no_room_is_found(findings_of):
    # 宁夏 has five cities; the three not listed hold at most 20 each.
    (found,) = findings_of("cities_fit_their_province", *ningxia(145, ("吴忠", 44), ("银川", 40)))
    assert (found.numbers["left"], found.numbers["room"]) == (61, 60)


def test_a_province_that_its_cities_can_fill_is_not(findings_of):
    assert not findings_of("cities_fit_their_province", *ningxia(144, ("吴忠", 44), ("银川", 40)))


def test_ranks_of_another_exhibit_do_not_make_a_list_one_of_the_largest(findings_of):
    ranked = ningxia(145, ("吴忠", 44), ("银川", 40))
    facts = [fact for fact in ranked if " rank " not in fact]
    assert len(facts) < len(ranked)
    assert not findings_of("cities_fit_their_province", *facts)
    elsewhere = "tab-other rank 吴忠 2031 1 位"
    assert not findings_of("cities_fit_their_province", *facts, elsewhere)


def parts(of_class, of_all):
    return (
        *NATION,
        f"text sme_share_of_level_le1 全国 2031 {of_class} %",
        f"text sme_share 全国 2031 {of_all} %",
    )


def test_a_part_greater_than_its_whole_is_found(findings_of):
    (found,) = findings_of("parts_fit_their_whole", *parts("95.09", "60.00"))
    assert found.severity == "contradiction"


def test_a_remainder_greater_than_its_whole_is_found(findings_of):
    assert findings_of("parts_fit_their_whole", *parts("50.00", "80.00"))


def test_a_part_that_fits_is_not(findings_of):
    assert not findings_of("parts_fit_their_whole", *parts("95.09", "88.64"))


PROVINCE = "fig-01 firms_level_ge2 江苏省 2031 10 家"


@pytest.mark.parametrize(
    "table",
    [
        ("tab-cities firms_level_ge2 苏州 2031 50 家",),  # one row is no table
        ("tab-cities firms_level_ge2 苏州 2031 50 %", "tab-cities firms_level_ge2 无锡 2031 9 %"),
        ("fig-01 firms_level_ge2 苏州 2031 50 家", "fig-01 firms_level_ge2 无锡 2031 9 家"),
    ],
)
def test_cities_are_held_against_a_province_of_another_exhibit_alone(findings_of, table):
    assert not findings_of("cities_fit_their_province", PROVINCE, *table)


def test_a_municipality_has_no_cities_to_fit(findings_of):
    assert not findings_of(
        "cities_fit_their_province",
        "fig-01 firms_level_ge2 北京市 2031 900 家",
        "tab-cities firms_level_ge2 北京 2031 50 家",
        "tab-cities firms_level_ge2 无锡 2031 9 家",
    )


def test_without_a_total_a_share_is_of_the_sum_of_its_groups(findings_of):
    counts = [f"tab-x firms {name} 2031 {n} 家" for name, n in (("东", 50), ("西", 30), ("南", 20))]
    shares = [f"tab-x part {name} 2031 {n} %" for name, n in (("东", 50), ("西", 30), ("南", 25))]
    (found,) = findings_of("shares_follow_from_counts", *counts, *shares)
    assert found.contradicted == ("tab-x/part/南/2031",)
    assert found.numbers["computed"] == "20.0000"


def test_what_is_declared_no_part_of_the_whole_does_not_count_to_it(found_under):
    """The coast lies in the east and the west; shares are of these two."""
    declared = {
        "relations": [
            {"kind": "share_of_counts", "share": "part", "count": "firms", "groups": ["东", "西"]}
        ]
    }
    counts = [
        f"tab-x firms {name} 2031 {n} 家" for name, n in (("东", 60), ("西", 40), ("沿海", 50))
    ]
    counts += [count.replace("2031", "2030") for count in counts]  # of another whole
    shares = [f"tab-x part {name} 2031 {n} %" for name, n in (("东", 60), ("西", 45), ("沿海", 50))]
    (found,) = found_under("shares_follow_from_counts", declared, *counts, *shares)
    assert found.contradicted == ("tab-x/part/西/2031",)
    assert found.numbers == {"computed": "40.0000", "printed": "45"}
    # Where a total is printed, the shares are of that.
    total = "tab-x firms 合计 2031 200 家"
    found = found_under("shares_follow_from_counts", declared, *counts, total, *shares)
    assert [one.numbers["computed"] for one in found] == ["30.0000", "20.0000", "25.0000"]
