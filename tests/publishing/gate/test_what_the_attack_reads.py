"""The step that attacks the values names all files of the book that it reads."""

from __future__ import annotations

import fnmatch
import json
import subprocess
import sys

from smdi.edition import read_edition
from smdi.workflow.pipeline import ATTACKED

# Its words are those of the step.
SCRIPT = """
import json, runpy, sys
opened = set()
sys.addaudithook(lambda event, given: event == "open" and opened.add(str(given[0])))
sys.argv[1:] = ["--edition", "2021", "--only", "values"]
try:
    runpy.run_path("scripts/gate_edition.py", run_name="__main__")
except SystemExit as ended:
    assert not ended.code
print(json.dumps(sorted(opened)))
"""


def test_all_that_the_attack_opens_of_a_book_is_named_by_its_step() -> None:
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=300
    )
    work = str(read_edition("2021").work)
    opened = {path for path in json.loads(made.stdout.splitlines()[-1]) if work in path}
    named = [set(fnmatch.filter(opened, f"*/{pattern}")) for pattern in ATTACKED]
    assert all(named), "each kind is read"
    assert opened == set().union(*named)
