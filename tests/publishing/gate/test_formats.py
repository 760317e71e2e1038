"""Whatever a file of a release holds, wherever in it, the gate reads: texts, numbers, tables."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib

import pytest

from smdi.publishing.gate.formats import read
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.codings import turned

SECRET = "91320200MA1XXXXX0A"


def notebook(**parts: object) -> bytes:
    cell = {"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": [], **parts}
    return json.dumps({"metadata": {}, "cells": [cell]}).encode()


def output(**parts: object) -> bytes:
    return notebook(outputs=[parts])


def packed(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


PLACES = {
    "source/a.md": SECRET.encode(),
    "source/a.ipynb": notebook(source=[f"# {SECRET}"]),
    "source/b.ipynb": notebook(metadata={"a": {"b": SECRET}}),
    "source/c.ipynb": output(output_type="stream", text=["x", SECRET]),
    "source/d.ipynb": output(output_type="error", traceback=[SECRET]),
    "source/e.ipynb": output(data={"text/plain": [SECRET]}),
    "source/f.ipynb": output(data={"text/html": f"<p>{SECRET}</p>"}),
    "source/g.ipynb": output(data={"image/svg+xml": f"<svg><text>{SECRET}</text></svg>"}),
    "source/h.ipynb": output(data={"application/json": {"a": [SECRET]}}),
    "source/i.ipynb": notebook(attachments={"a.txt": {"text/plain": SECRET}}),
    "source/j.ipynb": output(
        data={"image/png": base64.b64encode(SECRET.encode()).decode()}
    ),
    "source/k.ipynb": json.dumps({"metadata": {"x": SECRET}, "cells": []}).encode(),
    "site/a.json": json.dumps({"a": {SECRET: 1}}).encode(),
    "site/b.json": json.dumps([{"a": [None, True, SECRET]}]).encode(),
    "site/c.json": json.dumps({"a": "\\u0039" + SECRET[1:]}).encode(),
    "site/objects.inv": b"a\nb\nc\nd\n" + zlib.compress(SECRET.encode()),
    "site/a.csv": f"a,b\n{SECRET},1\n".encode(),
    "site/a.html": f"<p title='{SECRET}'>x</p>".encode(),
    "site/a.svg": f"<svg xmlns='http://www.w3.org/2000/svg'><desc>{SECRET}</desc></svg>".encode(),
    "site/a.css": f"p::before {{content: '{SECRET}'}}".encode(),
    "site/a.js": f"x = '{SECRET}'".encode(),
    "site/a.zip": packed("a.csv", f"a\n{SECRET}\n".encode()),
}  # fmt: skip


def told(name: str, content: bytes) -> str:
    """All that is read of a file, markup and tables too, as one text."""
    found = read(File(name, content))
    cells = [cell for table in found.tables for row in table.rows for cell in row]
    return "\n".join([*(text.content for text in found.texts), *cells])


@pytest.mark.parametrize("name", PLACES)
def test_a_text_is_found_wherever_it_stands(name: str) -> None:
    assert SECRET in told(name, PLACES[name])


def test_a_text_that_is_parted_over_fields_stands_in_one_piece() -> None:
    parts = {"a": SECRET[:6], "b": {"c": [SECRET[6:12], True, None]}, "d": SECRET[12:]}
    pieces = [text.content for text in read(File("site/a.json", json.dumps(parts).encode())).texts]
    assert any(SECRET in piece for piece in pieces)


def test_places_on_a_map_are_no_text() -> None:
    shape = {"geometry": {"coordinates": [[12345.6, 7]], "type": "Point"}, "arcs": [99999]}
    content = read(File("site/a.json", json.dumps(shape).encode()))
    (spoken,) = [text.content for text in content.texts if text.kind == "spoken"]
    assert "Point" in spoken
    assert "12345.6" not in spoken
    assert "99999" not in spoken


def test_records_are_tables_and_so_are_the_fields_of_one() -> None:
    content = read(File("site/a.json", json.dumps([{"a": 1, "b": "x"}, {"a": 2}]).encode()))
    assert any(table.columns == ("a", "b") for table in content.tables)
    one = read(File("site/b.json", json.dumps({"a": 1, "b": "x", "c": [3]}).encode()))
    assert ["1", "x"] in [list(row) for table in one.tables for row in table.rows]


@pytest.mark.parametrize("text", ["江苏省 4654 15.6\n", "x\n-3 4\ny"])
def test_lines_of_several_numbers_are_rows(text: str) -> None:
    for name in ("source/a.md", "source/a.ipynb"):
        content = text.encode() if name.endswith("md") else output(text=text)
        rows = [list(row) for table in read(File(name, content)).tables for row in table.rows]
        assert rows and all(len(row) == 2 for row in rows)


def test_a_line_of_one_number_is_no_row_and_no_part_of_a_word_is_a_number() -> None:
    content = read(File("source/a.md", "共 5 家\nfig-01 和 v2.0 与 a1b2\n".encode()))
    assert [list(row) for table in content.tables for row in table.rows] == []


def test_a_script_has_no_rows() -> None:
    assert read(File("site/a.js", b"f(1, 2)\n3 4\n")).tables == []


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("application/javascript", "an output application/javascript"),
        ("application/vnd.jupyter.widget-view+json", "an output application/vnd.jupyter.widget"),
        ("application/vnd.bokehjs_exec.v0+json", "an output application/vnd.bokehjs"),
        ("image/png", "a picture image/png"),
        ("text/plain", None),
    ],
)
def test_what_runs_or_is_drawn_in_dots_is_a_finding(kind: str, found: str | None) -> None:
    content = read(File("source/a.ipynb", output(data={kind: ""})))
    assert [one.what.startswith(found or "-") for one in content.findings] == [True] * bool(found)
    if found:
        assert content.findings[0].place == "cell 1"


@pytest.mark.parametrize(
    ("key", "findings"), [("kernelspec", 0), ("jupytext", 0), ("language_info", 0), ("author", 1)]
)
def test_a_notebook_says_of_itself_what_it_needs_alone(key: str, findings: int) -> None:
    text = json.dumps({"metadata": {key: {}}, "cells": []}).encode()
    assert len(read(File("source/a.ipynb", text)).findings) == findings


@pytest.mark.parametrize(
    ("name", "content", "specs"),
    [
        ("site/a.vl.json", {"mark": "bar"}, 1),
        ("site/a.json", {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}, 1),
        ("site/a.json", {"mark": "bar"}, 0),
    ],
)
def test_a_chart_is_known_by_its_name_or_its_schema(name, content, specs: int) -> None:
    assert len(read(File(name, json.dumps(content).encode())).specs) == specs


def test_the_chart_of_an_output_is_a_chart() -> None:
    data = {"application/vnd.vegalite.v5+json": {"mark": "bar"}}
    assert read(File("source/a.ipynb", output(data=data))).specs == [("cell 1", {"mark": "bar"})]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("site/a.exe", b"x", "a file that cannot be looked into"),
        ("site/a", b"x", "a file that cannot be looked into"),
        ("site/a.json", b"{", "a file that cannot be read"),
        ("site/a.md", b"\xff", "a file that cannot be read"),
        ("site/a.zip", b"x", "a file that cannot be read"),
        ("site/a.ipynb", b"{}", "a file that cannot be read"),
    ],
)
def test_what_cannot_be_looked_through_is_a_finding(name: str, content: bytes, found: str) -> None:
    (one,) = read(File(name, content)).findings
    assert (one.file, one.what) == (name, found)


def test_the_keys_of_json_are_words_that_somebody_may_read() -> None:
    seen = read(File("site/a.json", json.dumps({"张家港甲厂": 1}).encode()))
    assert any("张家港甲厂" in text.content for text in seen.texts if text.kind == "spoken")
    values = [text.content for text in seen.texts if text.kind == "bytes"]
    assert values == ["1"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("ab", ["ba"]),
        # What is shorter than a code is none, in whatever digits.
        ("一〇b" * 5 + "二三", ["三二" + "b〇一" * 5]),
        ("一〇b" * 6, ["b〇一" * 6, "10b" * 6]),
        (
            "，一二三四五六七八九〇零ABCDEFG，",
            ["，GFEDCBA零〇九八七六五四三二一，", "12345678900ABCDEFG"],
        ),
    ],
)
def test_a_text_is_read_backwards_too_and_numerals_as_digits(text: str, seen: list[str]) -> None:
    assert list(turned(text)) == seen
