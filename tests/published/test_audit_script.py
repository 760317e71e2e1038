import importlib.util
import json
import subprocess
import sys

import pytest

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
