import json
import subprocess
import sys

import pytest

from smdi.standards import repository_root

SCRIPT = repository_root() / "scripts" / "audit_published.py"


@pytest.fixture
def run():
    def call(*arguments):
        command = [sys.executable, SCRIPT, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return call


LINES = (
    "tab-cities,firms_level_ge2,重庆,2031,74,家,74,第一章城市表",
    "tab-cities,title_rows,全国,2031,50,个,50,第一章城市表标题",
    "tab-provinces,firms_level_ge2,重庆市,2031,77,家,77,第一章省级表",
)


def test_a_finding_is_printed_with_both_places_and_values(run, facts_file):
    done = run(facts_file(*LINES))
    assert done.returncode == 0
    assert "[same_quantity_printed_twice]" in done.stdout
    for said in ("74 家  第一章城市表", "77 家  第一章省级表", "3 facts"):
        assert said in done.stdout


def test_the_findings_come_as_json_too(run, facts_file):
    (found,) = json.loads(run(facts_file(*LINES), "--json").stdout)
    assert found["followed"] == "tab-provinces/firms_level_ge2/重庆市/2031"
    assert [place["printed"] for place in found["places"]] == ["74", "77"]


def test_a_faulty_file_is_reported_without_a_traceback(run, facts_file):
    done = run(facts_file("fig-4,share,全国,2031,1,%,1,某处"))
    assert done.returncode == 2
    assert "row 2, column exhibit" in done.stderr
    assert "Traceback" not in done.stderr
