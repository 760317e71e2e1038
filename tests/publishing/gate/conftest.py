"""A small release that may leave, of an edition of a few firms, to plant leaks in."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
import typst
from pyarrow import Table, parquet

from smdi.edition import Edition, read_edition
from smdi.publishing.gate.clean import Clean
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.inspection import inspect

CODES = [f"SIM32010000000{row:04d}" for row in range(12)]
PERSONS = [1200, *range(31, 42)]
REVENUES = [250_000.0, *(1000.0 + 17 * row for row in range(11))]
SCORES = [1.2345, *(0.9871 + 0.1013 * row for row in range(11))]

CSV = "﻿measure,group,year,value,unit,base,withheld\nfirms,江苏省,2021,46.0,家,46,False\n"
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "mark": "bar",
    "datasets": {"a": [{"group": "江苏省", "value": 46.0}]},
}
PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>报告</title>
<script>DOCUMENTATION_OPTIONS.pagename = 'index';</script><script src="_static/a.js"></script>
</head><body><p>江苏省 46 家</p><a href="https://www.example.org/">标准全文</a>
<img src="exhibits/fig-01.svg" alt="江苏省 46 家"><!-- theme -->
<script type="application/json" class="exhibit-spec">{spec}</script></body></html>"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def notebook(*outputs: dict[str, object], source: str = "firms = 46") -> str:
    cell = {"cell_type": "code", "source": [source], "metadata": {}, "outputs": list(outputs)}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}, ensure_ascii=False)


def pdf(title: str, author: str, body: str = "江苏省 46 家") -> bytes:
    text = f"""#set document(title: "{title}", author: "{author}",
        date: datetime(year: 2021, month: 12, day: 31))
        #set text(lang: "zh", region: "cn")
        {body}"""
    return bytes(typst.compile(text.encode()))


class Release:
    """The parts of a release in a folder, and what the gate finds in them."""

    def __init__(self, root: Path, edition: Edition, scores: Path) -> None:
        self.root, self.edition, self.scores = root, edition, scores

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def plant(self, name: str, old: str, new: str) -> None:
        """Put something into a file of the release in place of what is there."""
        text = (self.root / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def edit_pdf(self, change: Callable[[pypdf.PdfWriter], object]) -> None:
        """Change the PDF; its own metadata stay."""
        writer = pypdf.PdfWriter(clone_from=self.root / "report.pdf")
        change(writer)
        buffer = io.BytesIO()
        writer.write(buffer)
        self.write("report.pdf", buffer.getvalue())

    def findings(self, *names: str, clean: Clean | None = None) -> list[Finding]:
        parts = {path.name: path for path in sorted(self.root.iterdir())}
        return inspect(self.edition, parts, self.scores, names, clean)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    edition = read_edition("2021")
    return pdf(edition.title, edition.publisher)


@pytest.fixture
def release(tmp_path: Path, report: bytes) -> Release:
    scores = tmp_path / "scores.parquet"
    columns = {"credit_code": CODES, "year": [2021] * 12, "employees": PERSONS}
    parquet.write_table(
        Table.from_pydict({**columns, "revenue": REVENUES, "total": SCORES}), scores
    )
    made = Release(tmp_path / "parts", read_edition("2021"), scores)
    made.write("site/index.html", PAGE.replace("{spec}", json.dumps(SPEC)))
    made.write("site/search-index.js", 'Search.setIndex({"terms": {"46": 0, "江苏": [0, 2]}})')
    made.write("site/_static/a.js", 'const home = "/home/somebody"; fetch("https://a.example")')
    made.write("site/exhibits/fig-01.csv", CSV)
    made.write("site/exhibits/fig-01.svg", SVG.format('<path d="M12,34L5.5,6"/><text>46</text>'))
    made.write("site/notebooks/sme.ipynb", notebook({"output_type": "stream", "text": ["46 家"]}))
    made.write("source/exhibits/fig-01.vl.json", json.dumps(SPEC))
    made.write("numbers.json", '{"sme.firms": {"kind": "number", "value": 46.0, "text": "46 家"}}')
    made.write("reproduction.csv", CSV)
    made.write("report.pdf", report)
    return made


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
