"""Nobody but disclosure control decides what may be seen, and nothing goes round it."""

import ast
from pathlib import Path

import pytest

from smdi.workflow.notebooks import code_of

# What of a population holds firms, from which a number could be counted without being judged.
FIRMS = {"current", "baseline", "participants", "assessed_in", "participants_until", "table"}
# Who may say a number of which no cell is made: thresholds, and how many kinds there are.
SETTERS = {"overview", "size_bounds", "class_threshold", "sample_threshold", "place_among_peers"}


@pytest.mark.parametrize("path", sorted(Path("notebooks").glob("*.md")), ids=lambda path: path.stem)
def test_a_notebook_counts_no_firms(path):
    found = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(code_of(path)))
        if isinstance(node, ast.Attribute)
        and node.attr in FIRMS
        and not ast.unparse(node).endswith("ranks.participants")
    ]
    assert found == []


def test_only_thresholds_are_told_without_cells():
    callers = set()
    for path in Path("src/smdi/indicators").glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
                if any(ast.unparse(call.func) == "setting" for call in calls):
                    callers.add(function.name)
    assert callers == SETTERS


def test_no_module_of_indicators_or_report_compares_with_the_minimum():
    """The one place that reads the minimum to decide is the policy's own."""
    found = [
        path.as_posix()
        for folder in ("indicators", "report")
        for path in Path("src/smdi", folder).rglob("*.py")
        if "minimum_cell" in path.read_text("utf-8") or "disclosure.minimum <" in path.read_text()
    ]
    assert found == []
