"""Nothing in a release runs that is not the book's, fetches from outside, or is computed."""

from __future__ import annotations

import io
import json

import pytest
from xlsxwriter import Workbook

from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.formats.markup import html_content

from .conftest import SPEC, SVG, Release, notebook
from .test_firms import told

INDEX, DRAWING, CSV = "site/index.html", "site/exhibits/fig-01.svg", "site/exhibits/fig-01.csv"
OUTSIDE = "fetched from outside"


@pytest.mark.parametrize(
    "element",
    [
        "<script src='https://a.example/x.js'></script>",
        "<link rel=preconnect href=//a.example>",
        "<img src='https://a.example/x.png'>",
        "<img srcset='a.png 1x, https://a.example/x.png 2x'>",
        "<a href='#a' ping='https://a.example/'>a</a>",
        "<form action='https://a.example/'></form>",
        "<video poster='//a.example/x.png'></video>",
        "<table background='https://a.example/x.png'>",
        "<p style='background:url(https://a.example/x.png)'>",
        "<style>@import 'https://a.example/x.css';</style>",
        "<style>@font-face{src:url(//a.example/x)}</style>",
        "<svg><image xlink:href='https://a.example/x.png'/></svg>",
    ],
)
def test_what_would_be_fetched_from_outside_is_found(release: Release, element: str) -> None:
    release.plant(INDEX, "<p>", f"{element}<p>")
    told(release, INDEX, OUTSIDE)


@pytest.mark.parametrize(
    ("element", "how"),
    [
        ("<img src=x onerror=alert(1)>", "a handler of events"),
        ("<a href='javascript:alert(1)'>a</a>", "an address that runs, or of this machine"),
        ("<script>alert(1)</script>", "a script that is not the book's"),
        ("<script type=module>import '//a.example/'</script>", "a script that is not the book's"),
        ("<iframe src='a.html'></iframe>", "a live element"),
        ("<base href='/a/'>", "a live element"),
        ("<meta http-equiv=Refresh content='0;url=a.html'>", "a page that leads elsewhere"),
    ],
)  # fmt: skip
def test_what_runs_is_found(release: Release, element: str, how: str) -> None:
    release.plant(INDEX, "<p>", f"{element}<p>")
    told(release, INDEX, how)


@pytest.mark.parametrize("inner", ["<script>a()</script>", "<g onload='a()'/>", "<foreignObject/>"])
def test_a_drawing_runs_nothing(release: Release, inner: str) -> None:
    release.write(DRAWING, SVG.format(inner))
    assert {finding.file for finding in release.findings()} == {DRAWING}


def test_a_drawing_fetches_nothing(release: Release) -> None:
    release.write(DRAWING, SVG.format('<image xlink:href="http://a.example/x.png"/>'))
    told(release, DRAWING, OUTSIDE)


def test_a_chart_fetches_no_data(release: Release) -> None:
    spec = {**SPEC, "data": {"url": "firms.csv"}}
    release.write("source/exhibits/fig-01.vl.json", json.dumps(spec))
    told(release, "source/exhibits/fig-01.vl.json", "a chart fetches nothing")


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/javascript"])
def test_an_output_of_a_notebook_runs_nothing(release: Release, kind: str) -> None:
    content = SVG.format("<script>a()</script>")
    release.write("site/notebooks/sme.ipynb", notebook({"data": {kind: [content]}}))
    assert {finding.file for finding in release.findings()} == {"site/notebooks/sme.ipynb"}


def test_a_setting_that_became_markup_is_found(release: Release) -> None:
    release.edition = release.edition.model_copy(update={"title": "甲<b>乙</b>"})
    release.plant(INDEX, "江苏省 46", "甲<b>乙</b>")
    assert "a setting that became markup" in {finding.how for finding in release.findings()}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", " =1", "=HYPERLINK(0)", "＝1+1"]
)
def test_a_cell_that_a_spreadsheet_would_compute_is_found(release: Release, cell: str) -> None:
    release.plant(CSV, "江苏省", cell)
    found = release.findings()
    assert [(f.file, f.place, f.how) for f in found] == [
        (CSV, "row 2, column 2", "a spreadsheet would compute it")
    ]


@pytest.mark.parametrize(
    "cell", ["-1.5", "+3", "-1.5e-07", "-", "—", "−2.1", "-5.9 个百分点", "-3%"]
)
def test_a_negative_number_is_no_formula(release: Release, cell: str) -> None:
    release.plant(CSV, "46.0", cell)
    assert release.findings() == []


@pytest.mark.parametrize("text", ["=1+1", "@a"])
def test_a_formula_in_a_workbook_is_found(release: Release, text: str) -> None:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": True}) as book:
        book.add_worksheet().write("B2", text)
    release.write("site/exhibits/a.xlsx", buffer.getvalue())
    found = {f.what for f in release.findings() if "sheet1" in f.place}
    assert {text, repr(text)} & found


@pytest.mark.parametrize("name", ["a.7z", "scores.parquet", "a.pkl", ".hidden", "a.jpg"])
def test_a_file_that_cannot_be_looked_into_is_found(release: Release, name: str) -> None:
    release.write(f"site/exhibits/{name}", b"PK")
    expected = (f"site/exhibits/{name}", "a file that cannot be looked into")
    assert [(f.file, f.what) for f in release.findings()] == [expected]


def test_a_file_that_is_damaged_is_found(release: Release) -> None:
    release.write("numbers.json", '{"a": ')
    assert [(f.file, f.what) for f in release.findings()] == [
        ("numbers.json", "a file that cannot be read")
    ]


def test_a_finding_names_file_place_and_how_it_was_found() -> None:
    finding = Finding("site/a.csv", "row 2", "'=1'", "a spreadsheet would compute it")
    assert str(finding) == "site/a.csv, row 2: '=1' (a spreadsheet would compute it)"


def test_a_cell_that_reaches_over_others_is_read_in_each_of_them() -> None:
    rows = (
        "<tr><th>行业</th><th>等级</th><th>占比</th></tr>"
        "<tr><th rowspan=2>纺织业</th><th>一级</th><td>1</td></tr><tr><th>二级</th><td>2</td></tr>"
        "<tr><th colspan=3>合计</th></tr>"
    )
    (table,) = html_content(f"<table>{rows}</table>", "").tables
    assert table.columns == ("行业", "等级", "占比")
    assert table.rows == [["纺织业", "一级", "1"], ["纺织业", "二级", "2"], ["合计"] * 3]
