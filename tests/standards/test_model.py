"""The maturity model, against the numbers of GB/T 39116-2020 and GB/T 39117-2020."""

import pytest

from smdi.standards import PROCESS_TYPES, maturity_model

M = maturity_model()


def test_the_model_has_4_elements_12_domains_20_subdomains():
    assert (len(M.elements), len(M.domains), len(M.subdomains)) == (4, 12, 20)
    assert [node.name_zh for node in M.elements] == ["人员", "技术", "资源", "制造"]


def test_production_holds_seven_subdomains_in_the_order_of_the_standard():
    names = [node.name_zh for node in M.subdomains if node.parent == "production"]
    assert names == [
        "采购",
        "计划与调度",
        "生产作业",
        "设备管理",
        "仓储配送",
        "安全环保",
        "能源管理",
    ]


def test_level_bounds_are_the_printed_ones_in_exact_tenths():
    assert [level.lower_bound_tenths for level in M.levels] == [0, 8, 18, 28, 38, 48]
    assert M.satisfied_tenths == 8


def test_item_scores_are_the_four_answers():
    assert {score.name_zh: score.tenths for score in M.item_scores} == {
        "全部满足": 10,
        "大部分满足": 8,
        "部分满足": 5,
        "不满足": 0,
    }


@pytest.mark.parametrize(
    ("process_type", "elements", "manufacturing"),
    [
        ("discrete", [6, 11, 6, 77], [13, 48, 13, 13, 13]),
        ("process", [6, 11, 15, 68], [4, 63, 15, 15, 3]),
    ],
)
def test_weights_of_a_process_type_are_those_recommended(process_type, elements, manufacturing):
    weights = M.weights(process_type)
    assert list(weights.elements.values()) == elements
    domains = ("design", "production", "logistics", "sales", "service")
    assert [weights.domains[domain] for domain in domains] == manufacturing
    assert [weights.domains[domain] for domain in ("organization", "skills")] == [50, 50]
    assert [weights.domains[domain] for domain in ("data", "integration", "security")] == [
        46,
        27,
        27,
    ]
    assert [weights.domains[domain] for domain in ("equipment", "network")] == [67, 33]


@pytest.mark.parametrize("process_type", PROCESS_TYPES)
def test_weights_of_the_children_of_a_node_sum_to_100(process_type):
    weights = M.weights(process_type)
    assert sum(weights.elements.values()) == 100
    for nodes, parents, of in (
        (M.domains, M.elements, weights.domains),
        (M.subdomains, M.domains, weights.subdomains),
    ):
        for parent in parents:
            assert sum(of.get(node.id, 0) for node in nodes if node.parent == parent.id) == 100


def test_process_firms_have_neither_product_design_nor_product_service():
    discrete, process = (set(M.weights(kind).subdomains) for kind in ("discrete", "process"))
    assert discrete - process == {"product_design", "product_service"}
    assert M.weights("discrete").subdomains["product_design"] == 50
    assert M.weights("process").subdomains["process_design"] == 100


def test_the_catalogue_has_about_200_items_at_most_three_a_cell():
    cells = M.items.groupby(["subdomain", "level"]).size()
    assert 190 <= len(M.items) <= 210
    assert cells.between(1, 3).all()
    assert M.items["item_id"].is_unique
    assert "operation-3-2" in M.items["item_id"].to_list()


def test_some_cells_are_empty_yet_every_domain_has_items_at_every_level_for_both_types():
    filled = set(zip(M.items["subdomain"], M.items["level"], strict=True))
    assert ("energy", 1) not in filled
    assert ("procurement", 5) not in filled
    for process_type in PROCESS_TYPES:
        known = M.items[M.items["subdomain"].isin(list(M.weights(process_type).subdomains))]
        assert known.groupby("domain")["level"].nunique().eq(5).all()
        assert known["domain"].nunique() == 12


def test_items_carry_the_domain_of_their_subdomain():
    domain_of = {node.id: node.parent for node in M.subdomains}
    assert M.items["domain"].to_list() == [domain_of[one] for one in M.items["subdomain"]]


def test_levels_have_numbers_names_and_rising_bounds():
    levels = maturity_model().levels
    assert [level.level for level in levels] == [0, 1, 2, 3, 4, 5]
    names = [level.name_zh for level in levels]
    assert names == ["未达一级", "规划级", "规范级", "集成级", "优化级", "引领级"]
    assert [level.lower_bound_tenths for level in levels] == [0, 8, 18, 28, 38, 48]
