import pytest


def table(*rows, title=None):
    facts = [
        f"tab-cities {measure} {city} 2031 {value} {unit}"
        for rank, city, count in rows
        for measure, value, unit in (("rank", rank, "位"), ("firms_level_ge2", count, "家"))
    ]
    return [*facts, *([f"tab-cities title_rows 全国 2031 {title} 个"] if title else [])]


SHARED = ((1, "无锡", 9), (2, "长沙", 8), (2, "苏州", 8), (4, "深圳", 7))


def test_a_tie_ranked_unevenly_gives_way_to_the_better_rank(findings_of):
    (found,) = findings_of(
        "ranks_follow_from_numbers", *table(*SHARED, (5, "德州", 3), (6, "泰州", 3))
    )
    assert found.severity == "contradiction"
    assert found.contradicted == ("tab-cities/rank/泰州/2031",)
    assert found.followed == "tab-cities/rank/德州/2031"
    assert (found.implied.low, found.implied.high) == (5, 5)


def test_a_tie_that_shares_its_rank_is_no_finding(findings_of):
    assert not findings_of("ranks_follow_from_numbers", *table(*SHARED))


def test_where_no_tie_shares_a_rank_an_uneven_tie_is_only_noticed(findings_of):
    (found,) = findings_of(
        "ranks_follow_from_numbers", *table((1, "无锡", 9), (2, "德州", 3), (3, "泰州", 3))
    )
    assert (found.severity, found.contradicted) == ("notice", ())


def test_a_rank_no_tie_explains_gives_way_to_its_number(findings_of):
    (found,) = findings_of("ranks_follow_from_numbers", *table((1, "无锡", 9), (3, "长沙", 8)))
    assert found.contradicted == ("tab-cities/rank/长沙/2031",)
    assert found.followed == "tab-cities/firms_level_ge2/长沙/2031"


def test_the_rank_after_a_tie_must_skip(findings_of):
    (found,) = findings_of("ranks_follow_from_numbers", *table(*SHARED[:3], (3, "深圳", 7)))
    assert found.contradicted == ("tab-cities/rank/深圳/2031",)


def test_a_row_too_many_is_explained_by_a_tie_at_the_last_place(findings_of):
    (found,) = findings_of("title_names_its_rows", *table(*SHARED[:3], title=2))
    assert (found.severity, found.contradicted) == ("notice", ())
    assert (found.numbers["title"], found.numbers["rows"]) == ("2", 3)


def test_a_row_too_many_without_a_tie_contradicts_the_title(findings_of):
    (found,) = findings_of("title_names_its_rows", *table(*SHARED, title=3))
    assert found.severity == "contradiction"
    assert found.contradicted == ("tab-cities/title_rows/全国/2031",)


def test_a_row_too_few_contradicts_the_title(findings_of):
    (found,) = findings_of("title_names_its_rows", *table(*SHARED, title=5))
    assert found.severity == "contradiction"


def test_a_title_that_names_its_rows_is_no_finding(findings_of):
    assert not findings_of("title_names_its_rows", *table(*SHARED, title=4))


def classes(count):
    return (
        "tab-sme-classes sample_threshold 全国 2031 100 家",
        f"tab-sme-classes firms 金属结构制造 2031 {count} 家",
    )


def test_a_row_that_does_not_pass_the_threshold_is_found(findings_of):
    (found,) = findings_of("rows_pass_the_threshold", *classes(100))
    assert found.followed == "tab-sme-classes/firms/金属结构制造/2031"
    assert found.contradicted == ("tab-sme-classes/sample_threshold/全国/2031",)
    assert found.numbers == {"threshold": "100", "row": "100"}
    assert "门槛为超过 100 家，而金属结构制造仅 100 家。" in found.message_zh


def test_a_row_over_the_threshold_is_not(findings_of):
    assert not findings_of("rows_pass_the_threshold", *classes(101))


def test_an_uneven_tie_is_told_with_what_else_may_be_wrong_where_others_share_a_rank(findings_of):
    (found,) = findings_of(
        "ranks_follow_from_numbers", *table(*SHARED, (5, "德州", 3), (6, "泰州", 3))
    )
    assert found.treatment_zh.startswith("也可能是其中的数量有误")
    (noticed,) = findings_of(
        "ranks_follow_from_numbers", *table((1, "无锡", 9), (2, "德州", 3), (3, "泰州", 3))
    )
    assert not noticed.treatment_zh.startswith("也可能")
    assert found.treatment_zh.endswith(noticed.treatment_zh)


def test_rows_that_differ_from_the_title_are_told_from_the_last_place(findings_of):
    def places(title):
        (found,) = findings_of("title_names_its_rows", *table(*SHARED, title=title))
        return [name.split("/")[2] for name in found.fact_ids]

    assert places(3) == ["全国", "长沙", "苏州", "深圳"]  # the tie at the last place, and beyond
    assert places(5) == ["全国", "深圳"]


@pytest.mark.parametrize(
    ("counts", "blamed"),
    [
        ((9, 8, 7), None),
        ((9, 8, 8), None),
        ((9, 7, 8), ("长沙", "深圳")),  # without 长沙 the rest falls
        ((9, 7, 9), ("长沙", "深圳")),
        ((9, 7, 10), ("深圳", "长沙")),
        ((7, 8, 6), ("无锡", "长沙")),
    ],
)
def test_a_row_that_is_more_than_the_one_before_it_stands_out_of_order(
    findings_of, counts: tuple[int, ...], blamed: tuple[str, str] | None
) -> None:
    rows = zip((1, 2, 3), ("无锡", "长沙", "深圳"), counts, strict=True)
    found = findings_of("rows_stand_in_order", *table(*rows))
    places = [tuple(name.split("/")[2] for name in one.fact_ids) for one in found]
    assert places == ([blamed] if blamed else [])
