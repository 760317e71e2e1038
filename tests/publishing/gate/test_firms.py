"""Whatever names a firm, or is one's row, is found wherever it stands."""

from __future__ import annotations

import hashlib
import io
import json
import zlib

import pytest
from pypdf.generic import NameObject, TextStringObject
from xlsxwriter import Workbook

from smdi.publishing.gate.content import Content, Table
from smdi.publishing.gate.firms import Firms
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.tables import TableScan

from .conftest import CODES, PERSONS, REVENUES, SCORES, SVG, Release, in_base64, notebook, pdf

CODE = CODES[3]
COMPANY = "苏州某某精密机械有限公司"


def told(release: Release, file: str, how: str, *names: str) -> list[str]:
    """What is found, where; all of it in this file, for this reason."""
    found = release.findings(*names)
    assert {(finding.file, finding.how) for finding in found} == {(file, how)}, found
    return [finding.what for finding in found]


def test_a_release_without_a_leak_may_leave(release: Release) -> None:
    assert release.findings() == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("site/index.html", "<p>江苏省", f"<p>{CODE}"),
        ("site/index.html", "alt=\"江苏省", f"alt=\"{CODE}"),
        ("site/index.html", "<!-- theme", f"<!-- {CODE}"),
        ("site/index.html", "<p>江苏省", f"<p>{CODE[:9]}<b>{CODE[9:]}</b>"),
        ("site/index.html", "<p>江苏省", f"<p>{CODE[:9]}-{CODE[9:]}"),
        ("site/index.html", "<p>江苏省", f"<p>{CODE[:9]}\u200b{CODE[9:]}"),
        ("site/index.html", "<p>江苏省", f"<p>{CODE.lower()}"),
        ("site/index.html", "<p>江苏省", f"<p>&#83;{CODE[1:]}"),
        ("site/index.html", "<p>江苏省", "<p>" + "".join(chr(ord(c) + 0xFEE0) for c in CODE)),
        ("site/index.html", "<body>", f'<body data-firm="{CODE}">'),
        ("site/index.html", "<body>", f'<body data-firm="{in_base64(CODE + "|江苏省")}">'),
        ("site/search-index.js", '"46"', f'"{CODE.lower()}"'),
        ("site/_static/a.js", "somebody", CODE),
        ("site/exhibits/fig-01.csv", "江苏省", CODE),
        ("site/exhibits/fig-01.svg", "<text>46", f"<desc>{CODE}</desc><text>46"),
        ("site/exhibits/fig-01.svg", "<text>", f'<text id="{CODE}">'),
        ("site/notebooks/sme.ipynb", '{}, "outputs"', f'{{"a": "{CODE}"}}, "outputs"'),
        ("site/notebooks/sme.ipynb", "firms = 46", f"firms = '{CODE}'"),
        ("site/notebooks/sme.ipynb", "46 家", CODE),
        ("source/exhibits/fig-01.vl.json", "江苏省".encode("unicode-escape").decode(), CODE),
        ("numbers.json", "46 家", "\\u0053" + CODE[1:]),
    ],
)  # fmt: skip
def test_the_code_of_a_firm_is_found(release: Release, file: str, old: str, new: str) -> None:
    release.plant(file, old, new)
    assert set(told(release, file, "the code of a firm of the edition")) == {repr(CODE)}


def test_a_code_in_the_inventory_of_names_is_found(release: Release) -> None:
    head = b"# Sphinx inventory version 2\n# Project: a\n# Version: \n# compressed\n"
    release.write("site/objects.inv", head + zlib.compress(f"{CODE} std:label -1 a -\n".encode()))
    told(release, "site/objects.inv", "the code of a firm of the edition")


@pytest.mark.parametrize("what", ["/Alt", "/Contents"])
def test_a_code_among_the_strings_of_the_pdf_is_found(release: Release, what: str) -> None:
    value = {NameObject(what): TextStringObject(CODE)}
    release.edit_pdf(lambda writer: writer.pages[0].update(value))
    told(release, "report.pdf", "the code of a firm of the edition")


def test_a_code_on_a_page_of_the_pdf_is_found(release: Release) -> None:
    edition = release.edition
    release.write("report.pdf", pdf(edition.title, edition.publisher, f"企业 {CODE}"))
    told(release, "report.pdf", "the code of a firm of the edition")


def test_a_code_that_the_edition_does_not_have_is_found_by_its_form(release: Release) -> None:
    # The example of GB 32100, and the same with a wrong check character.
    release.write("source/fig-02.csv", "group\n91350100M000100Y42\n")
    assert release.findings() == []
    release.write("source/fig-02.csv", "group\n91350100M000100Y43\n")
    assert told(release, "source/fig-02.csv", "a well-formed credit code")


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256"])
def test_the_plain_digest_of_a_code_is_found(release: Release, kind: str) -> None:
    release.plant("site/index.html", "江苏省 46", hashlib.new(kind, CODE.encode()).hexdigest())
    told(release, "site/index.html", "the digest of a firm's code")


def test_a_masked_code_is_found(release: Release) -> None:
    release.plant("site/index.html", "<p>江苏省", f"<p>{CODE[:6]}********{CODE[-4:]}")
    told(release, "site/index.html", "a masked code")


def test_the_name_of_a_company_is_found_in_alt_text(release: Release) -> None:
    release.plant("site/index.html", 'alt="江苏省 46 家', f'alt="其中{COMPANY}居首')
    assert told(release, "site/index.html", "the name of a company") == [f"'其中{COMPANY}'"]


def test_the_company_that_publishes_may_be_named(release: Release) -> None:
    release.edition = release.edition.model_copy(update={"publisher": COMPANY})
    release.plant("site/index.html", "江苏省 46", COMPANY)
    release.write("report.pdf", pdf(release.edition.title, COMPANY))
    assert release.findings() == []


def test_a_name_of_a_list_is_found(release: Release) -> None:
    release.plant("site/exhibits/fig-01.csv", "江苏省", "小熊一厂")
    assert told(release, "site/exhibits/fig-01.csv", "a name of the list", "小熊一厂", "") == [
        "'小熊一厂'"
    ]


ROWS = [
    {"a": str(a), "b": a, "c": b, "d": round(c, 4)}
    for a, b, c in zip(PERSONS, REVENUES, SCORES, strict=True)
]
SIDE_BY_SIDE = "persons and revenue of a firm stand in each, side by side"
PER_FIRM = "each is the score of one"


def html_table(rows: list[dict[str, object]]) -> str:
    body = "".join(f"<tr><td>{row['b']}</td><td>{row['c']:,}</td></tr>" for row in rows)
    return f"<table><tr><th>甲</th><th>乙</th></tr>{body}</table>"


def lines(rows: list[dict[str, object]], gap: str) -> str:
    return "".join(f"{row['b']}{gap}{row['c']}\n" for row in rows)


NOTEBOOK, VEGA = "site/notebooks/sme.ipynb", "application/vnd.vega.v5+json"
FORMS = [
    ("site/index.html", html_table),
    ("source/exhibits/fig-01.vl.json", lambda rows: json.dumps({"datasets": {"x": rows}})),
    ("source/a.json", lambda rows: json.dumps([[row["b"], row["c"]] for row in rows])),
    ("source/a.csv", lambda rows: "甲,乙\n" + lines(rows, ",")),
    ("source/a.md", lambda rows: lines(rows, " | ")),
    (NOTEBOOK, lambda rows: notebook({"data": {"text/plain": [lines(rows, "  ")]}})),
    (NOTEBOOK, lambda rows: notebook({"data": {"text/html": html_table(rows)}})),
    (NOTEBOOK, lambda rows: notebook({"data": {VEGA: {"data": [{"values": rows}]}}})),
]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("file", "make"), FORMS)
def test_rows_of_single_firms_are_found(release: Release, file: str, make, number: int) -> None:
    release.write(file, make(ROWS[:number]))
    assert told(release, file, SIDE_BY_SIDE) == [f"{number} rows of single firms"]


def test_a_year_beside_a_count_is_no_revenue_of_a_firm() -> None:
    counts = ("11", "112", "213", "340")
    rows = frozenset((float(count), 2021.0, 0.5) for count in counts)
    scan = TableScan(Firms(frozenset(), rows, frozenset(), frozenset()))

    def found(year: str) -> list[str]:
        rows = [("对象", "年份", "数值"), *(("甲", year, count) for count in counts)]
        table = Table("", (), rows)
        file = File("site/data/a.csv", b"")
        return [one.what for one in scan.findings(file, Content(tables=[table]))]

    assert found("2021") == []
    # The same numbers with a unit are no years.
    assert found("2021 万元") == ["4 rows of single firms"]


@pytest.mark.parametrize(("revenue", "found"), [(100_000, 1), (99_999, 0)])
def test_one_firm_of_a_large_revenue_is_found_by_that_alone(revenue: int, found: int) -> None:
    rows = frozenset({(113.0, float(revenue), 0.5)})
    scan = TableScan(Firms(frozenset(), rows, frozenset(), frozenset()))
    table = Table("", (), [("a", "b"), ("113", f"{revenue} 万元")])
    findings = list(scan.findings(File("site/a.csv", b""), Content(tables=[table])))
    assert len(findings) == found


def test_a_row_of_one_small_firm_is_found_by_its_score(release: Release) -> None:
    release.write("source/a.csv", f"a,b,c\n{PERSONS[5]},{SCORES[5]!r},{REVENUES[5]}\n")
    told(release, "source/a.csv", SIDE_BY_SIDE)


def test_total_scores_alone_are_found(release: Release) -> None:
    values = "\n".join(map(repr, SCORES[:9]))
    release.write("source/a.csv", f"value\n{values}\n")
    told(release, "source/a.csv", PER_FIRM)


@pytest.mark.parametrize("column", ["credit_code", "employees", "企业名称", " Revenue "])
def test_a_column_of_firms_is_found_whatever_it_holds(release: Release, column: str) -> None:
    release.write("source/a.csv", f"group,{column}\n江苏省,1\n")
    told(release, "source/a.csv", "columns of single firms")


def test_a_table_of_as_many_rows_as_there_are_firms_is_found(release: Release) -> None:
    release.write("source/a.csv", "value\n" + "1\n" * len(CODES))
    told(release, "source/a.csv", "as many as there are firms")


def test_a_code_in_a_workbook_is_found(release: Release) -> None:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("a").hide()
        book.add_worksheet("b").write_comment("A1", CODE)
    release.write("site/exhibits/a.xlsx", buffer.getvalue())
    assert repr(CODE) in [finding.what for finding in release.findings()]


def test_a_code_in_a_drawing_within_an_address_is_found(release: Release) -> None:
    drawing = in_base64(SVG.format(f"<text>{CODE}</text>"))
    release.plant("site/index.html", "exhibits/fig-01.svg", f"data:image/svg+xml;base64,{drawing}")
    told(release, "site/index.html", "the code of a firm of the edition")
