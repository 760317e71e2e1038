import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from smdi.errors import InputErrors
from smdi.published import audit, contradictions, read_facts
from smdi.published.audit.outside import numbers_of_the_standards
from smdi.published.declarations import Declarations, read_declarations
from smdi.published.fact_table import Facts
from smdi.published.published_report import (
    PublishedReport,
    best_fitting,
    declarations_for,
    likeness,
)
from smdi.published.relations import Relation


@pytest.fixture
def declared(edition_path):
    return declarations_for(edition_path)


def test_every_fact_of_2021_stands_in_a_declared_cell(edition):
    assert not [f for f in audit(edition) if f.rule in ("grids_are_full", "units_are_alike")]


def test_a_file_without_declarations_beside_it_takes_those_that_fit(edition, declared):
    assert PublishedReport.of(edition).declared.source == declared.source
    assert likeness(declared, Facts.of(edition)) == 1


def test_another_report_takes_none(facts_file, edition_path):
    lines = [f"tab-x,firms,{name},2031,5,家,5,某处" for name in ("甲", "乙", "丙")]
    facts = Facts.of(read_facts(facts_file(*lines)))
    assert best_fitting(facts, [declarations_for(edition_path)]) is None


def test_all_faults_of_a_declaration_are_reported_at_once(tmp_path):
    path = tmp_path / "x.exhibits.yaml"
    path.write_text("relations: [{kind: whole, measures: [a]}, {kind: nonsense}]\nmore: 1\n")
    with pytest.raises(InputErrors) as caught:
        read_declarations(path)
    assert {p.column.split(".")[0] for p in caught.value.problems} == {"relations", "more"}
    assert len(caught.value.problems) == 3


def test_a_file_that_is_no_yaml_is_one_problem(tmp_path):
    path = tmp_path / "x.exhibits.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(InputErrors, match="row 1; expected valid YAML"):
        read_declarations(path)


def test_a_key_given_twice_is_refused(tmp_path):
    path = tmp_path / "x.exhibits.yaml"
    path.write_text("title: a\ntitle: b\n", encoding="utf-8")
    with pytest.raises(InputErrors, match="the key 'title' a second time"):
        read_declarations(path)


def test_a_list_of_the_file_stands_for_its_names(tmp_path):
    path = tmp_path / "x.exhibits.yaml"
    grid = "exhibits: {tab-a: {grids: [{measures: [a], groups: ['@own', 丙]}]}}"
    path.write_text(f"lists: {{own: [甲, 乙]}}\n{grid}", encoding="utf-8")
    assert read_declarations(path).exhibits["tab-a"].grids[0].groups == ("甲", "乙", "丙")


def test_a_list_that_nobody_knows_is_told_with_the_known_ones(tmp_path):
    path = tmp_path / "x.exhibits.yaml"
    path.write_text("exhibits: {tab-a: {grids: [{measures: [a], groups: ['@owm']}]}}", "utf-8")
    with pytest.raises(InputErrors, match=r"no such list; known: @provinces"):
        read_declarations(path)


WUXI, JIANGSU = "tab-cities/firms_level_ge2/无锡/2021", "tab-provinces/firms_level_ge2/江苏省/2021"


@pytest.fixture
def too_many(edition):
    frame = edition.copy()
    frame.loc[WUXI, ["value", "printed"]] = [830.0, "830"]
    return frame


def deciding(declared, fact):
    content = declared.model_dump() | {"yields": [{"fact": fact, "why": "原件误植"}]}
    return type(declared).model_validate(content)


def test_an_open_contradiction_leaves_every_fact_standing(too_many, declared):
    assert not {WUXI, JIANGSU} & set(contradictions(too_many, declared)["fact_id"])


def test_the_editor_says_which_fact_gives_way_and_what_is_left_of_it(too_many, declared):
    table = contradictions(too_many, deciding(declared, WUXI)).set_index("fact_id")
    assert table.loc[WUXI, "partner_id"] == JIANGSU
    assert float(table.loc[WUXI, "implied_high"]) == 687
    said = [f for f in audit(too_many, deciding(declared, WUXI)) if WUXI in f.contradicted]
    assert any("原件误植" in f.treatment_zh for f in said)


def test_a_decision_about_a_fact_that_the_report_does_not_have_is_refused(edition, declared):
    with pytest.raises(InputErrors, match="tab-cities/firms/无锡/2021"):
        audit(edition, deciding(declared, "tab-cities/firms/无锡/2021"))


def test_a_decision_about_a_fact_that_nothing_contradicts_is_refused(edition, declared):
    with pytest.raises(InputErrors, match="a fact that a finding of the audit contradicts"):
        audit(edition, deciding(declared, WUXI))


def test_the_shipped_file_is_plain_yaml_without_printed_numbers(edition_path, edition):
    path = edition_path.with_name("2021.exhibits.yaml")
    text = path.read_text("utf-8")
    assert yaml.safe_load(text)["title"]
    telling = [p for p in edition["printed"] if "." in p]
    assert len(telling) > 100
    assert not [printed for printed in telling if printed in text]


@pytest.mark.parametrize(
    ("given", "name", "least"),
    [
        ({"kind": "whole"}, "measures", 2),
        ({"kind": "whole_of_groups", "measure": "a"}, "groups", 2),
        ({"kind": "total", "measure": "a", "total": "全国"}, "parts", 1),
        ({"kind": "sum_of_measures", "total": "a"}, "parts", 2),
        ({"kind": "mixture", "whole": ["全国"]}, "parts", 1),
    ],
)
def test_a_relation_has_as_many_parts_as_it_takes(given, name: str, least: int):
    parts = TypeAdapter(Relation)
    made = parts.validate_python({**given, name: [f"n{n}" for n in range(least)]})
    assert len(getattr(made, name)) == least
    with pytest.raises(ValidationError):
        parts.validate_python({**given, name: [f"n{n}" for n in range(least - 1)]})


@pytest.mark.parametrize(("rows", "refused"), [(0, True), (-1, True), (1, False)])
def test_an_exhibit_has_a_row_at_least(tmp_path, rows: int, refused: bool):
    path = tmp_path / "x.exhibits.yaml"
    path.write_text(f"exhibits: {{tab-x: {{rows: {rows}}}}}\n", encoding="utf-8")
    if not refused:
        assert read_declarations(path).exhibits["tab-x"].rows == rows
        return
    with pytest.raises(InputErrors) as caught:
        read_declarations(path)
    (problem,) = caught.value.problems
    assert (problem.column, problem.value) == ("exhibits.tab-x.rows", rows)


def test_a_number_of_the_standards_is_held_to_them_for_its_own_group_alone(facts_file):
    known = {"kind": "known", "measure": "sme_employees_under", "group": "全国"}
    known |= {"table": "size_classes", "row": "large", "column": "min_employees"}
    declared = Declarations.model_validate({"exhibits": {}, "relations": [known]})

    def found(*printed: tuple[str, int]) -> list[tuple[str, dict[str, str]]]:
        lines = [f"text,sme_employees_under,{group},2031,{n},人,{n},某处" for group, n in printed]
        report = PublishedReport.of(read_facts(facts_file(*lines)), declared)
        return [(one.fact_ids[0], one.numbers) for one in numbers_of_the_standards(report)]

    assert found(("全国", 1000), ("某省", 900)) == []
    told = {"printed": "999", "standard": "1000"}
    assert found(("全国", 999)) == [("text/sme_employees_under/全国/2031", told)]
