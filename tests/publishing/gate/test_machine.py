"""Nothing of the machine or of the people who made a release leaves with it."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from smdi.publishing.gate.scans import texts
from smdi.publishing.gate.scans.texts import Machine

from .conftest import CODES, SVG, Release, notebook
from .test_firms import told

INDEX, NOTEBOOK = "site/index.html", "site/notebooks/sme.ipynb"
PATH = "a path of a machine"


@pytest.mark.parametrize(
    "path",
    ["/home/li/report/x.py", "/Users/Li/a", "C:\\Users\\li", "file:///data/a", "/root/.cache/a"],
)
@pytest.mark.parametrize("file", [INDEX, NOTEBOOK, "numbers.json"])
def test_a_path_is_found(release: Release, file: str, path: str) -> None:
    if file == INDEX:
        release.plant(file, "江苏省 46", path)
    elif file == NOTEBOOK:
        release.write(file, notebook({"output_type": "error", "traceback": [f"{path}: x"]}))
    else:
        release.write(file, json.dumps({"a": {"text": path}}))
    assert PATH in {finding.how for finding in release.findings()}


def test_what_a_link_leads_to_is_looked_through_as_it_would_be_published(
    release: Release, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere/deep").mkdir(parents=True)
    (tmp_path / "elsewhere/deep/a.html").write_text(f"<p>{CODES[0]}</p>", "utf-8")
    (release.root / "site/more").symlink_to(tmp_path / "elsewhere")
    assert {finding.file for finding in release.findings()} == {"site/more/deep/a.html"}


@pytest.mark.parametrize("file", [INDEX, "site/_static/a.js"])
def test_the_place_of_the_project_is_found_in_any_file(release: Release, file: str) -> None:
    release.write(file, f"<p>{Path.cwd()}</p>")
    assert "a name of this machine" in {finding.how for finding in release.findings()}


def test_a_place_with_chinese_letters_is_found_in_a_file_of_a_package(
    release: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "报告 (1)"
    place.mkdir()
    monkeypatch.setattr(texts.Path, "home", lambda: place)
    release.write("site/_static/a.js", f'"{place}"')
    assert "a name of this machine" in {finding.how for finding in release.findings()}


def test_the_name_of_who_built_is_found(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts.getpass, "getuser", lambda: "zhangsan")
    release.plant(INDEX, "江苏省 46", "by zhangsan,")
    assert told(release, INDEX, "a name of this machine") == ["'zhangsan'"]


def test_names_that_anybody_has_stand_in_any_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts.getpass, "getuser", lambda: "root")
    monkeypatch.setattr(texts.socket, "gethostname", lambda: "localhost")
    monkeypatch.setattr(texts.Path, "home", lambda: Path("/root"))
    machine = Machine.this()
    assert machine.names == frozenset()
    assert machine.places.isdisjoint({"/", "/root", tempfile.gettempdir()})


def test_a_time_of_day_is_found(release: Release) -> None:
    release.write(NOTEBOOK, notebook(source="# 2026-01-05T08:30:11Z"))
    assert told(release, NOTEBOOK, "a time of day") == ["'2026-01-05T08:30:11'"]


def test_a_time_in_seconds_is_found(release: Release) -> None:
    release.write("numbers.json", '{"made": 1767601811.25}')
    told(release, "numbers.json", "a time in seconds since 1970")


def test_neighbouring_numbers_of_a_drawing_are_no_time(release: Release) -> None:
    """The classes of a map of many firms: 5000—19999 stands before 10000 以下."""
    legend = SVG.format("<g><text>5000—19999</text></g><g><text>10000 以下</text></g>")
    release.write("site/exhibits/fig-01.svg", legend)
    release.plant(INDEX, "<p>江苏省 46", legend + "<p>")
    assert release.findings() == []


@pytest.mark.parametrize("day", ["2026-01-05", "2026 年 1 月 5 日", "2026/1/5"])
def test_a_day_that_is_not_the_edition_s_is_found(release: Release, day: str) -> None:
    release.plant(INDEX, "江苏省 46", f"{day}")
    told(release, INDEX, "a day that is none of the edition's")


@pytest.mark.parametrize("day", ["2021-12-31", "2021 年 12 月 31 日", "2021年"])
def test_the_day_of_the_data_may_be_told(release: Release, day: str) -> None:
    release.plant(INDEX, "江苏省 46", f"截至 {day}")
    assert release.findings() == []


def test_an_address_of_mail_is_found(release: Release) -> None:
    release.plant(INDEX, "江苏省 46", "li.si@example.org")
    told(release, INDEX, "an address of mail")


@pytest.mark.parametrize("key", ["/Author", "/Keywords", "/Company"])
def test_a_note_in_the_metadata_of_the_pdf_is_found(release: Release, key: str) -> None:
    release.edit_pdf(lambda writer: writer.add_metadata({key: "draft by Li"}))
    found = told(release, "report.pdf", "the edition does not say so of itself")
    assert "'draft by Li'" in found


def test_a_note_in_the_packet_of_metadata_is_found(release: Release) -> None:
    def note(writer: object) -> None:
        stream = writer._root_object["/Metadata"].get_object()
        packet = stream.get_data().replace(b"</dc:title>", b"</dc:title><!-- draft by Li -->")
        stream.set_data(packet.replace(b"xmp:CreatorTool>", b"xmp:CreatorTool>Li ", 1))

    release.edit_pdf(note)
    found = told(release, "report.pdf", "the edition does not say so of itself")
    assert any("draft by Li" in what for what in found)
    assert any("'Li Typst" in what for what in found)


def test_what_the_packet_says_of_its_own_form_is_no_note(release: Release) -> None:
    form = (
        b'<x:schemas xmlns:x="http://www.aiim.org/pdfa/ns/extension/">'
        b"<li>PDF/UA Universal Accessibility Schema</li></x:schemas>"
    )

    def say(writer: object) -> None:
        stream = writer._root_object["/Metadata"].get_object()
        stream.set_data(stream.get_data().replace(b"</dc:title>", b"</dc:title>" + form))

    before = release.findings()
    release.edit_pdf(say)
    assert release.findings() == before


def test_a_file_that_the_pdf_carries_along_is_found(release: Release) -> None:
    release.edit_pdf(lambda writer: writer.add_attachment("a.csv", b"a,b\n1,2\n"))
    assert "a file that is carried along" in {finding.what for finding in release.findings()}


def test_a_script_in_the_pdf_is_found(release: Release) -> None:
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    made = DictionaryObject({NameObject(key): value for key, value in action.items()})
    value = {NameObject("/AA"): DictionaryObject({NameObject("/O"): made})}
    release.edit_pdf(lambda writer: writer.pages[0].update(value))
    assert "a script" in {finding.what for finding in release.findings()}


def test_an_earlier_state_behind_the_pdf_is_found(release: Release) -> None:
    writer = pypdf.PdfWriter(release.root / "report.pdf", incremental=True)
    writer.add_blank_page(100, 100)
    buffer = io.BytesIO()
    writer.write(buffer)
    release.write("report.pdf", buffer.getvalue())
    assert "more than one state of the file" in {f.what for f in release.findings()}


def test_a_title_of_the_outline_is_looked_through(release: Release) -> None:
    value = {NameObject("/T"): TextStringObject("see /home/li/notes")}
    release.edit_pdf(lambda writer: writer.pages[0].update(value))
    told(release, "report.pdf", PATH)
