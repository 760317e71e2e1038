"""The transcript of 2021 against truths that do not come from it.

Counts by exhibit are what each exhibit of the report holds, counted on the printed page.
"""

from decimal import Decimal

from smdi.standards import cities, classes, divisions, practices, provinces, sectors

RANKED = 2  # a count and a rank in each row
COUNTED = {
    "text": 3 + 2 + 1 + 2 + 2 + (4 * 2 + 2 * 2 + 2) + 1,
    "fig-01": 3 + 3 + 3,
    "fig-02": 1,
    "fig-03": 1,
    "fig-04": 4,
    "tab-provinces": 31 * RANKED,
    "tab-cities": 51 * RANKED + 1,
    "fig-05": 2 + 2,
    "fig-07": 1,
    "tab-industry-change": 8 * 4 * 3,
    "fig-09": 4,
    "tab-sme-classes": 16 + 1,
    "fig-10": 3 * 2,
    "fig-11": 5 * 2,
    "fig-12": 4 * 2,
    "fig-13": 3 + 1,
    "fig-14": 3 * 2,
    "fig-15": 3 * 2,
    "fig-16": 3 * 2,
    "fig-17": 3 * 2,
    "fig-18": 2 + 3,
    "fig-19": 2,
    "fig-20": 4,
    "fig-21": 3 * 2,
    "fig-22": 3,
    "fig-23": 3,
}


def test_every_exhibit_has_the_facts_counted_on_the_page(edition):
    assert edition["exhibit"].value_counts().to_dict() == COUNTED
    assert len(edition) == 402


def test_the_provinces_counts_add_to_4893(edition):
    rows = edition.query("exhibit == 'tab-provinces' and measure == 'firms_level_ge2'")
    assert rows["value"].sum() == 4893


def test_all_31_provinces_are_ranked_once(edition):
    ranked = edition.query("exhibit == 'tab-provinces' and measure == 'rank'")
    in_scope = provinces().query("in_scope")["name_zh"]
    assert sorted(ranked["group"]) == sorted(in_scope)
    assert ranked["value"].tolist() == list(range(1, 32))


def test_the_cities_counts_fall_down_the_table(edition):
    rows = edition.query("exhibit == 'tab-cities' and measure == 'firms_level_ge2'")
    assert rows["value"].is_monotonic_decreasing
    assert (len(rows), rows["value"].iloc[0], rows["value"].iloc[-1]) == (51, 630, 21)


def test_three_municipalities_count_the_same_as_city_and_as_province(edition):
    for city in ("北京", "上海", "天津"):
        as_city = edition.loc[f"tab-cities/firms_level_ge2/{city}/2021", "value"]
        as_province = edition.loc[f"tab-provinces/firms_level_ge2/{city}市/2021", "value"]
        assert as_city == as_province


def test_the_nations_shares_add_to_one_hundred(edition):
    assert edition.query("exhibit == 'fig-04'")["value"].sum() == 100


def test_every_column_of_industry_shares_adds_to_one_hundred_within_rounding(edition):
    rows = edition.query("exhibit == 'tab-industry-change' and unit == '%'")
    sums = rows["printed"].map(Decimal).groupby([rows["group"], rows["year"]]).sum()
    assert len(sums) == 16
    assert all(abs(total - 100) <= Decimal("0.02") for total in sums)


def test_every_printed_change_is_within_a_unit_of_its_terms(edition):
    changes = edition[edition["measure"].str.endswith("_change")]
    assert len(changes) == 32
    for fact in changes.itertuples():
        stem = fact.measure.removesuffix("_change")
        now, before = (
            Decimal(edition.loc[f"{fact.exhibit}/{stem}/{fact.group}/{year}", "printed"])
            for year in (2021, 2020)
        )
        assert abs(now - before - Decimal(fact.printed)) <= Decimal("0.01")


def test_groups_carry_the_names_of_the_standards(edition):
    known = {
        "fig-01": provinces()["name_zh"],
        "tab-provinces": provinces()["name_zh"],
        "tab-cities": [*cities()["short_zh"], "全国"],
        "tab-industry-change": divisions()["name_zh"],
        "tab-sme-classes": [*(classes().index + " " + classes()["name_zh"]), "全国"],
    }
    for exhibit, names in known.items():
        groups = set(edition.query("exhibit == @exhibit")["group"])
        assert groups <= set(names), exhibit


def test_practices_are_those_of_the_standards_each_transcribed_somewhere(edition):
    rows = edition[edition["exhibit"].str.fullmatch(r"fig-(1\d|2\d)")]
    assert set(rows["measure"]) == set(practices().index)
    assert set(rows["group"]) == {*sectors()["name_zh"], "全行业"}


def test_no_place_quotes_a_sentence(edition):
    assert not edition["where"].str.contains("[。“”]").any()
