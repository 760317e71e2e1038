"""Pages about single provinces and industries are attacked with the book, exempt from nothing."""

from __future__ import annotations

import pytest

from smdi.edition import read_edition
from smdi.publishing.gate.attack.attack import attack
from smdi.publishing.gate.attack.release import Data, apart, numbers_in_print
from smdi.publishing.gate.attack.rows import few_in_words
from smdi.publishing.gate.attack.tidy_rows import rows_of
from smdi.publishing.gate.findings import policy_of

from .conftest import Release
from .test_attack import AS_PRINTED, POLICY, csv


def released(tmp_path, **exhibits: list) -> list[Data]:
    """The data of a release, parted by what they are about."""
    rows = {
        name.replace("_", "-"): rows_of(name.replace("_", "-"), csv(told))
        for name, told in exhibits.items()
    }
    (tmp_path / "numbers").mkdir(exist_ok=True)
    for page in ("province-320000", "industry-36"):
        (tmp_path / f"numbers/{page}.json").write_text("{}", "utf-8")
    return apart(Data({}, rows, "2021"), tmp_path)


def test_exhibits_are_parted_by_the_province_or_industry_that_they_are_about(tmp_path) -> None:
    share = [("share_level_le1", "全国", 60.0, "%", 100)]
    parted = released(tmp_path, fig_01=share, fig_320000_1=share, tab_c36_2=share, tab_c36_3=share)
    assert [data.scope for data in parted] == [{}, {"industry": "36"}, {"province": "江苏省"}]
    assert [sorted(data.exhibits) for data in parted] == [
        ["fig-01"],
        ["tab-c36-2", "tab-c36-3"],
        ["fig-320000-1"],
    ]


def test_what_a_page_leaves_of_a_number_in_the_book_is_found(tmp_path) -> None:
    book = [("firms_level_ge2", "江苏省", 46, "家", 46)]
    page = [("firms", "离散型", 60, "家", 60), ("share_level_ge2", "离散型", 75.0, "%", 60)]
    harmless = released(tmp_path, tab_a1=book, tab_320000_1=page[:1])
    found, _ = attack(harmless, POLICY)
    assert found == []
    # 45 of the 46 are discrete: one is not.
    found, _ = attack(released(tmp_path, tab_a1=book, tab_320000_1=page), POLICY)
    assert [one for one in found if one.what.startswith("1 firms")]


@pytest.mark.parametrize(
    ("page", "is_exempt"), [("index", True), ("province-320000", False), ("industry-36", False)]
)
def test_a_small_number_in_print_is_exempt_in_the_book_and_not_on_such_a_page(
    release: Release, page: str, is_exempt: bool
) -> None:
    edition = read_edition("2021")
    policy = policy_of(edition)
    printed = min(numbers_in_print(edition, policy))
    assert 0 < printed < policy.minimum
    text = (release.root / "site/index.html").read_text("utf-8").replace("46 家", f"{printed} 家")
    release.write(f"site/{page}.html", text)
    said = [one for one in release.findings() if "few firms, in words" in one.how]
    assert (said == []) is is_exempt


def test_the_makers_of_furniture_are_no_number_of_firms() -> None:
    assert list(few_in_words("2 家具制造业，3 家企业", AS_PRINTED, frozenset())) == ["3 家"]
