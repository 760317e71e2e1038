"""What was approved is told from what is otherwise now, down to the element and the attribute."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.approving import Approved, differences, written

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg"><g a="1"><text x="{}" fill="{}">{}</text></g></svg>'
)
KEPT = DRAWING.format("M1.234,5", "#112233", "甲 <tspan>乙</tspan>")


def told(*values: str) -> list[str]:
    return differences(".svg", written(".svg", KEPT), DRAWING.format(*values))


def test_the_last_decimals_of_a_number_tell_no_difference() -> None:
    assert told("M1.2341,5", "#112233", "甲 <tspan>乙</tspan>") == []
    assert told("M1.2339999,5.00", "#112233", "甲 <tspan>乙</tspan>") == []


@pytest.mark.parametrize(
    ("values", "place"),
    [
        (("M1.254,5", "#112233", "甲 <tspan>乙</tspan>"), "svg/g[1]/text[1] @x is 'M1.254,5'"),
        (("M1.234,4", "#112233", "甲 <tspan>乙</tspan>"), "svg/g[1]/text[1] @x is 'M1.234,4'"),
        (("L1.234,5", "#112233", "甲 <tspan>乙</tspan>"), "svg/g[1]/text[1] @x is 'L1.234,5'"),
        (("M1.234", "#112233", "甲 <tspan>乙</tspan>"), "svg/g[1]/text[1] @x is 'M1.234'"),
        (("M1.234,5", "#112234", "甲 <tspan>乙</tspan>"), "svg/g[1]/text[1] @fill is '#112234'"),
        (("M1.234,5", "#112233", "丙 <tspan>乙</tspan>"), "svg/g[1]/text[1] text is '丙 '"),
        (("M1.234,5", "#112233", "甲<tspan>乙</tspan>"), "svg/g[1]/text[1] text is '甲'"),
        (("M1.234,5", "#112233", "甲 <tspan>丙</tspan>"), "svg/g[1]/text[1]/tspan[1] text is '丙'"),
        (("M1.234,5", "#112233", "甲 <tspan>乙</tspan>丁"), "text after svg/g[1]/text[1]/tspan[1]"),
        (("M1.234,5", "#112233", "甲 "), "svg/g[1]/text[1]: has nothing where ['tspan']"),
        (("M1.234,5", "#112233", "甲 <a>乙</a>"), "svg/g[1]/text[1]/tspan[1]: <"),
    ],
)
def test_a_difference_is_told_with_its_element_and_attribute(values, place: str) -> None:
    (line,) = told(*values)
    assert line.startswith(place)


def test_an_attribute_that_comes_or_goes_is_told() -> None:
    assert differences(".svg", "<svg a='1'/>", "<svg b='1'/>") == [
        "svg @a is None, approved '1'",
        "svg @b is '1', approved None",
    ]


def test_a_page_is_read_element_by_element_and_a_blank_between_words_counts() -> None:
    page = '<p class="a"><b>甲</b> <i>乙</i></p><pre> x\n y</pre><br><div><p>丙</p></div>'
    kept = written(".html", page)
    assert differences(".html", kept, page) == []
    assert kept.splitlines()[0] == '<p class="a"><b>甲</b> <i>乙</i></p>'
    assert differences(".html", kept, page.replace("</b> <i>", "</b><i>"))
    assert differences(".html", kept, page.replace(" x\n y", " x\n  y"))
    assert differences(".html", kept, page.replace("丙", "丁")) == [
        "page/div[4]/p[1] text is '丁', approved '丙'"
    ]


def test_other_text_is_compared_line_by_line() -> None:
    assert written(".typ", "= 题\n\n文 1.234\n") == "= 题\n\n文 1.234\n"
    assert differences(".typ", "一\n二\n三\n", "一\n二\n三\n") == []
    assert differences(".typ", "一\n二\n三\n", "一\n两\n三\n")[-4:] == [" 一", "-二", "+两", " 三"]


def test_what_differs_fails_with_the_way_to_approve_of_it_and_is_kept_only_then(
    tmp_path: Path,
) -> None:
    folder, scratch = tmp_path / "approved", tmp_path / "scratch"
    scratch.mkdir()

    def approved(*, approve: bool) -> Approved:
        return Approved(folder, approve=approve, test="tests/test_a.py::test_b", scratch=scratch)

    with pytest.raises(AssertionError, match="nothing was approved yet"):
        approved(approve=False).holds("a.svg", KEPT)
    assert not folder.exists()
    approved(approve=True).holds("a.svg", KEPT)
    approved(approve=False).holds("a.svg", KEPT)
    other = KEPT.replace("甲", "丙")
    with pytest.raises(AssertionError) as failed:
        approved(approve=False).holds("a.svg", other)
    said = str(failed.value)
    assert "svg/g[1]/text[1] text is '丙 ', approved '甲 '" in said
    assert f"Look at {scratch / 'a.svg'}" in said
    assert 'pytest -n0 --approve "tests/test_a.py::test_b"' in said
    assert (scratch / "a.svg").read_text("utf-8") == written(".svg", other)
    assert "甲" in (folder / "a.svg").read_text("utf-8")
    approved(approve=True).holds("a.svg", other)
    approved(approve=False).holds("a.svg", other)


def test_of_many_differences_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg>" + '<g a="1"/>' * 20 + "</svg>", "utf-8")
    held = Approved(tmp_path, approve=False, test="t", scratch=tmp_path)
    with pytest.raises(AssertionError, match="… and 8 more"):
        held.holds("a.svg", "<svg>" + '<g a="2"/>' * 20 + "</svg>")


def test_the_option_keeps_what_is_otherwise(request: pytest.FixtureRequest, approved) -> None:
    assert approved.approve is bool(request.config.getoption("--approve"))
    assert approved.folder == Path(__file__).parent / "approved"
    assert approved.test == request.node.nodeid
