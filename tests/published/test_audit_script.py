import csv
import importlib.util
import io
import json
import shlex
import subprocess
import sys

import pytest
from lxml import html

from smdi.files import project_root

SCRIPT = project_root() / "scripts" / "audit_published.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("audit_published", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LINES = (
    "tab-cities,firms_level_ge2,重庆,2031,74,家,74,第一章城市表",
    "tab-cities,title_rows,全国,2031,50,个,50,第一章城市表标题",
    "tab-provinces,firms_level_ge2,重庆市,2031,77,家,77,第一章省级表",
)


def test_a_finding_is_printed_with_both_places_and_values(script, facts_file, capsys):
    assert script.main([str(facts_file(*LINES))]) == 0
    printed = capsys.readouterr().out
    assert "[same_quantity_printed_twice]" in printed
    for said in ("74 家  第一章城市表", "77 家  第一章省级表", "3 facts"):
        assert said in printed


def test_the_findings_come_as_json_too(script, facts_file, capsys):
    script.main([str(facts_file(*LINES)), "--json"])
    (found,) = json.loads(capsys.readouterr().out)
    assert found["followed"] == "tab-provinces/firms_level_ge2/重庆市/2031"
    assert [place["printed"] for place in found["places"]] == ["74", "77"]


def test_the_command_reports_a_faulty_file_without_a_traceback(facts_file):
    path = facts_file("fig-4,share,全国,2031,1,%,1,某处")
    done = subprocess.run([sys.executable, SCRIPT, path], capture_output=True, text=True)
    assert done.returncode == 2
    assert "row 2, column exhibit" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_contradicted_place_is_crossed_and_the_followed_one_is_not(script, facts_file, capsys):
    script.main([str(facts_file(*LINES))])
    marks = {
        line.strip()[:1]: line for line in capsys.readouterr().out.splitlines() if "重庆" in line
    }
    assert "tab-cities/firms_level_ge2/重庆/2031" in marks["x"]
    assert "tab-provinces/firms_level_ge2/重庆市/2031" in marks["="]


def test_what_to_check_first_stands_before_the_findings(script, edition_path, capsys):
    script.main([str(edition_path)])
    lines = capsys.readouterr().out.splitlines()
    first, proven = (
        lines.index("Check first:"),
        [i for i, x in enumerate(lines) if "contradiction:" in x],
    )
    notices = [i for i, line in enumerate(lines) if line.startswith("notice:")]
    assert first < min(proven) < min(notices)
    assert max(proven) < min(notices)


def test_the_table_has_a_row_a_place_and_the_page_is_escaped(script, facts_file, tmp_path):
    lines = [*LINES, "tab-x,erp_rate,<b>全国</b>,2031,120,%,120,某页 <script>"]
    lines[3] = lines[3].replace("</b>", "<b>")
    table, page = tmp_path / "a" / "audit.csv", tmp_path / "a" / "audit.html"
    script.main([str(facts_file(*lines)), "--csv", str(table), "--page", str(page)])
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert {row["role"] for row in rows} >= {"followed", "contradicted", "named"}
    assert rows[0]["severity"] in ("contradiction", "conditional")
    document = html.fromstring(page.read_text("utf-8"))
    assert document.xpath("//script") == []
    assert any("<script>" in cell for cell in document.xpath("//td//text()"))
    assert "先核对这些数字" in document.xpath("//h2/text()")[0]


def test_a_reader_that_closes_the_pipe_ends_nothing(edition_path):
    command = f"{shlex.join(map(str, (sys.executable, SCRIPT, edition_path)))} | head -2"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 2


def test_declarations_given_by_name_are_used(script, facts_file, tmp_path, capsys):
    declared = tmp_path / "own.yaml"
    declared.write_text(
        "exhibits: {tab-x: {grids: [{measures: [a], groups: [甲, 乙], unit: 家}]}}\n", "utf-8"
    )
    script.main([str(facts_file("tab-x,a,甲,2031,1,家,1,某处")), "--exhibits", str(declared)])
    assert "乙 2031 年a没有数字" in capsys.readouterr().out
