"""A faulty file is reported in full: file, row, column, what was found, what was expected."""

import pytest

from smdi.errors import InputErrors
from smdi.standards import maturity_model, regions, repository_root


def _problems():
    with pytest.raises(InputErrors) as caught:
        maturity_model()
    return caught.value.problems


def _with(column, **values):
    """Change `column` of the rows whose id or code is a key of `values`."""

    def rule(rows):
        for row in rows:
            key = row.get("item_id") or row.get("code") or row.get("id")
            if key in values:
                row[column] = values[key]
        return rows

    return rule


def test_the_copy_alone_is_faultless(edit):
    edit("weights.csv", lambda rows: rows)
    assert len(maturity_model().subdomains) == 20


def test_every_fault_of_every_file_is_told_at_once(edit):
    edit("domains.csv", _with("parent", skills="people"))
    edit("divisions.csv", _with("usual_type", **{"36": "离散"}))
    edit("regions.csv", _with("short_zh", **{"320200": "苏州"}))
    edit("items.csv", lambda rows: [*rows, rows[0]])
    edit("size_classes.csv", _with("min_employees", medium="many"))
    told = {(one.file.rsplit("/")[-1], one.row, one.column, one.value) for one in _problems()}
    assert {
        ("domains.csv", 3, "parent", "people"),
        ("divisions.csv", 25, "usual_type", "离散"),
        ("items.csv", 203, "item_id", "organization-1-1"),
        ("size_classes.csv", 3, "min_employees", "many"),
    } <= told
    assert ("regions.csv", "short_zh", "苏州") in {(one[0], *one[2:]) for one in told}


def test_weights_that_do_not_sum_to_100_name_their_group(edit):
    def rule(rows):
        rows[0]["weight"] = "7"
        return rows

    edit("weights.csv", rule)
    (problem,) = _problems()
    assert problem.file == "data/standards/weights.csv"
    assert problem.value == 101
    assert "discrete elements" in problem.expected


def test_a_domain_without_weight_for_one_type_is_told(edit):
    edit("weights.csv", lambda rows: [row for row in rows if "service" not in row.values()])
    expected = [problem.expected for problem in _problems()]
    assert "a weight for the process domain service" in expected
    assert "a weight for the discrete domain service" in expected


def test_an_element_without_an_item_at_a_level_is_told(edit):
    edit(
        "items.csv",
        lambda rows: [
            row
            for row in rows
            if (row["subdomain"], row["level"]) not in {("organization", "4"), ("skills", "4")}
        ],
    )
    assert {problem.expected for problem in _problems()} == {
        f"an item for {kind} firms in element personnel at level 4"
        for kind in ("discrete", "process")
    }


def test_a_missing_division_and_a_class_without_division_are_both_told(edit):
    edit("divisions.csv", lambda rows: [row for row in rows if row["code"] != "42"])
    problems = _problems()
    assert "a row for division 42" in [problem.expected for problem in problems]
    orphans = [one for one in problems if one.file.endswith("classes.csv") and one.value == "42"]
    assert [one.column for one in orphans] == ["division", "division"]


def test_shares_of_a_year_that_do_not_sum_to_100_are_told(edit):
    edit("national_level_shares.csv", lambda rows: rows[:-1])
    (problem,) = _problems()
    assert "2022" in problem.expected


def test_a_missing_file_is_told_without_a_flood_of_consequences(edit):
    edit("items.csv", lambda rows: rows)
    (repository_root() / "data" / "standards" / "weights.csv").unlink()
    (problem,) = _problems()
    assert problem.expected == "the file to exist"


def test_wrong_columns_are_told_with_those_expected(edit):
    edit("sectors.csv", lambda rows: rows)
    path = repository_root() / "data" / "standards" / "sectors.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("name_zh", "name"), encoding="utf-8")
    (problem,) = _problems()
    assert problem.expected == "columns id,name_zh,source,confidence"


def test_an_unknown_confidence_is_refused(edit):
    edit("elements.csv", _with("confidence", technology="certain"))
    assert ("confidence", "certain") in {(one.column, one.value) for one in _problems()}


def test_every_loader_refuses_faulty_standards(edit):
    edit("practices.csv", _with("base", remote_operation="production"))
    with pytest.raises(InputErrors):
        regions()
