"""How tightly the other facts hold each fact of 2021; expectations worked out by hand."""

import pytest

from smdi.published import contradictions
from smdi.published.constraints.binding import bindings
from smdi.published.constraints.model import Model
from smdi.published.published_report import PublishedReport


@pytest.fixture(scope="module")
def report(edition):
    return PublishedReport.of(edition)


@pytest.fixture(scope="module")
def given_way(edition):
    return set(contradictions(edition)["fact_id"])


@pytest.fixture(scope="module")
def found(report, given_way):
    return bindings(report, given_way)


def test_the_firms_assessed_are_4893_over_the_share_they_print_as(report, given_way):
    low, high = Model.of(report).range_of_firms(given_way)["全国", 2021]
    # 4893 firms are 30.5 % to 31.5 %, as 69 % stands for 68.5 % to 69.5 %.
    assert low == pytest.approx(4893 / 0.315, abs=1)
    assert high == pytest.approx(4893 / 0.305, abs=1)


def test_all_facts_but_those_that_give_way_can_hold_together(report, given_way):
    assert not list(Model.of(report).conflicts(given_way))
    assert list(Model.of(report).conflicts())


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ("fig-04/share_level_le1/全国/2021", "bound"),
        ("tab-industry-change/share_level_2/纺织业/2021", "bound"),
        ("tab-cities/firms_level_ge2/北京/2021", "bound"),
        ("tab-cities/rank/无锡/2021", "bound"),
        ("text/sme_employees_under/全国/2021", "bound"),
        ("tab-cities/firms_level_ge2/无锡/2021", "loose"),
        ("text/sme_share/全国/2021", "loose"),
        ("tab-sme-classes/sample_threshold/全国/2021", "loose"),
        ("fig-09/coverage_design/中小企业/2021", "free"),
        ("fig-10/model_based_design/装备制造/2021", "free"),
    ],
)
def test_what_the_others_leave_a_fact(found, fact, kind):
    assert found[fact].kind == kind


def test_wuxi_is_bound_by_its_province_from_both_sides(found):
    # 江苏 1233 less the seven other cities listed (546) is 687; five cities not listed hold at
    # most 21 each, so at least 582 are left for 无锡.
    own = found["tab-cities/firms_level_ge2/无锡/2021"]
    assert (own.low, own.high) == (pytest.approx(582), pytest.approx(687))


def test_small_firms_are_what_their_share_of_the_lowest_class_leaves(found):
    own = found["text/sme_share/全国/2021"]
    # At least 95.09 % of 68.5 %; at most that all but 4.91 % of 68.5 % are.
    assert own.low == pytest.approx(0.95085 * 68.5, abs=0.01)
    assert own.high == pytest.approx(100 - (1 - 0.95095) * 68.5, abs=0.01)


def test_small_firms_of_the_lowest_class_are_what_the_other_classes_cannot_hold(found):
    """At least all small firms but those of the other classes, of the firms of the class."""
    own = found["text/sme_share_of_level_le1/全国/2021"]
    others, small = 100 - 68.5, 88.635
    assert own.low == pytest.approx(100 * (small - others) / 68.5, abs=0.02)
    assert own.high == pytest.approx(100)
    assert own.kind == "loose"
