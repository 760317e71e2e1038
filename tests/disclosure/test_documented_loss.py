"""What the documentation says of the loss is what the release loses."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.proofs
def test_the_table_of_the_loss_is_what_the_script_measures():
    """Takes the built edition 2021 and some minutes."""
    command = [sys.executable, "scripts/measure_disclosure.py", "3", "5", "10"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    documented = Path("docs/disclosure.md").read_text("utf-8")
    assert printed.count("\n") == 5
    assert printed in documented
