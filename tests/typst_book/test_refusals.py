"""Whatever cannot be printed fails the build, with the page and the cause."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.application import Sphinx

from typst_book.errors import Problem, TypstBookError

TEMPLATE = Path(__file__).parents[2] / "src" / "typst_book" / "template"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


def refusal(build, text, **more):
    with pytest.raises(TypstBookError) as caught:
        build({"index": text}, **more)
    return str(caught.value)


def test_an_unknown_node_names_page_line_and_node(build):
    message = refusal(build, "# 题\n\n文。\n\n```{py:function} f(x)\n```\n")
    assert "index:5: unknown node <desc>" in message


def test_all_refusals_of_a_book_are_reported_together(build):
    message = refusal(build, "# 题\n\n$\\nomacro$\n\n```{raw} html\n<b>x</b>\n```\n")
    assert "2 things cannot be printed" in message


def test_html_outside_of_an_only_block_is_not_dropped_in_silence(build):
    assert "raw html" in refusal(build, "# 题\n\n```{raw} html\n<b>x</b>\n```\n")


@pytest.mark.parametrize(
    "text",
    ["一段 $\\nomacro$。", "一段\n$\\nomacro$。", "一段 **甲 $\\nomacro$**。", "- 项 $\\nomacro$"],
)
def test_what_has_no_line_of_its_own_is_told_by_the_line_of_its_paragraph(build, text: str):
    assert "index:5: " in refusal(build, f"# 题\n\n文。\n\n{text}\n")


@pytest.mark.parametrize("format", ["latex", "latex pdf"])
def test_what_is_written_for_another_printer_is_not_dropped_in_silence(build, format: str):
    message = refusal(build, f"# 题\n\n文。\n\n```{{raw}} {format}\n\\newpage\n```\n")
    assert f"index:5: raw {format} has no print form" in message


def test_a_picture_without_words_for_those_who_cannot_see_it_is_refused(build):
    message = refusal(build, "# 题\n\n![](p.svg)\n", files={"p.svg": SVG.format("")})
    assert "no alternative text" in message


def test_a_picture_in_a_font_that_is_not_there_is_refused(build):
    text = SVG.format('<text font-family="Kai">字</text>')
    assert "Kai" in refusal(build, "# 题\n\n![字](p.svg)\n", files={"p.svg": text})


def test_a_character_that_no_font_has_fails_with_its_page_and_line(build):
    message = refusal(build, "# 题\n\n文。\n\n- 项\n- 字\U00013000。\n")
    assert "index:6: Typst says: " in message and "could not be displayed" in message


def test_an_error_of_typst_names_page_and_line_of_the_source(build):
    message = refusal(build, "# 题\n\n文。\n\n```{raw} typst\n#nothing-there()\n```\n")
    assert "index:5: Typst says: unknown variable: nothing-there" in message


def test_a_formula_wider_than_the_page_is_refused_with_its_line(build):
    terms = " + ".join(f"w_{{{n}}} x_{{{n}}}" for n in range(40))
    message = refusal(build, f"# 题\n\n文。\n\n$$\n{terms}\n$$\n")
    assert "index:5: a formula wider than the page" in message


def test_a_font_that_the_theme_names_and_nobody_has_is_refused(build):
    theme = (TEMPLATE / "theme.typ").read_text("utf-8").replace('"Noto Serif SC"', '"No Such Font"')
    message = refusal(build, "# 题\n\n文。\n", files={"own/theme.typ": theme}, typst_template="own")
    assert "unknown font family: no such font" in message


def test_a_layout_that_does_not_settle_is_refused(build):
    restless = '#context { let n = state("n", 0); n.update(n.final() + 1) }'
    text = f"# 题\n\n文。\n\n```{{raw}} typst\n{restless}\n```\n"
    assert "converge" in refusal(build, text)


def test_a_character_that_no_font_has_fails_inside_a_picture_too(build):
    text = SVG.format('<text y="8" font-family="Noto Sans SC">\U00013000</text>')
    message = refusal(build, "# 题\n\n![字](p.svg)\n", files={"p.svg": text})
    assert "could not be displayed" in message


def test_a_formula_that_cannot_be_set_is_refused(build):
    assert "nomacro is not supported" in refusal(build, "# 题\n\n$\\nomacro$\n")


def test_a_page_without_a_title_is_refused(build):
    assert "without a title" in refusal(build, "文。\n")


def test_a_page_in_no_toctree_is_refused(build):
    with pytest.raises(TypstBookError, match="lost"):
        build({"index": "# 题\n", "lost": "# 失\n"}, warningiserror=False)


def test_a_part_that_the_contents_lack_is_refused(build):
    assert "附录" in refusal(build, "# 题\n", typst_parts={"附录": "back"})


def test_a_font_package_that_is_not_installed_is_refused(build):
    assert "no_such_fonts" in refusal(build, "# 题\n", typst_font_packages=["no_such_fonts"])


def test_a_file_for_the_archive_without_a_date_is_refused(build):
    message = refusal(build, "# 题\n\n文。\n", typst_date="", typst_standards=["ua-1", "a-2a"])
    assert "typst_date is missing" in message


def test_another_file_may_have_no_date(build):
    build({"index": "# 题\n\n文。\n"}, typst_date="", typst_standards=["ua-1"])


@pytest.mark.parametrize("date", ["2021", "2021-13-01", "31.12.2021"])
def test_a_date_that_is_none_is_refused(build, date: str):
    message = refusal(build, "# 题\n\n文。\n", typst_date=date)
    assert f"typst_date: '{date}' is no date of the form 2021-12-31" in message


def test_an_index_entry_of_another_kind_is_refused(build):
    message = refusal(build, "# 题\n\n```{index} see: 甲; 乙\n```\n\n文。\n")
    assert "index entries of the kind 'see' are not supported" in message


def test_a_footnote_under_a_sign_is_refused(build):
    index = "# 题\n\n```{toctree}\nother\n```\n"
    other = {"other.rst": "题\n==\n\n文 [*]_\n\n.. [*] 注\n"}
    both = {".md": "markdown", ".rst": "restructuredtext"}
    with pytest.raises(TypstBookError, match="has no number"):
        build({"index": index}, other, source_suffix=both)


@pytest.fixture
def put(monkeypatch) -> Callable[[type[nodes.Element], nodes.Node], list[str]]:
    """Give the maker of what no page can write: the extensions of which one puts it there."""

    def extensions(into: type[nodes.Element], strange: nodes.Node) -> list[str]:
        def add(_: Sphinx, document: nodes.document) -> None:
            for node in document.findall(into):
                node += strange.deepcopy()

        extension = SimpleNamespace(setup=lambda app: app.connect("doctree-read", add) and None)
        monkeypatch.setitem(sys.modules, "strange", extension)
        return ["myst_parser", "typst_book", "strange"]

    return extensions


def test_what_has_no_place_in_a_table_is_named_and_not_dropped(build, put):
    message = refusal(
        build,
        "# 题\n\n| 名 |\n| --- |\n| 甲 |\n",
        extensions=put(nodes.table, nodes.paragraph("", "亦")),
        warningiserror=False,
    )
    assert "<paragraph> inside a table" in message


def test_a_link_that_leads_nowhere_is_refused_with_its_words(build, put):
    extensions = put(nodes.paragraph, nodes.reference("", "那里"))
    message = refusal(build, "# 题\n\n见。\n", extensions=extensions)
    assert "index:3: a reference that leads nowhere: '那里'" in message, "the paragraph's line"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (None, "页:?: 因"),
        (7, "页:7: 因"),
        (9999, "页:9999: 因"),
        (10003, "页: cell 1, line 3: 因"),
        (120000, "页: cell 12, line 0: 因"),
    ],
)
def test_a_line_of_a_notebook_is_told_by_its_cell(line: int | None, told: str) -> None:
    assert str(Problem("页", line, "因")) == told
