"""What the edits of `make mutants` are, each on a line of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation.operators import mutants
from tests.mutation.sampling import known_faults

EDITS = [
    ("a < b", ["a <= b"]),
    ("a >= b", ["a > b"]),
    ("a == b", ["a != b"]),
    ("a in b", ["a not in b"]),
    ("a and b", ["a or b"]),
    ("not a", ["(a)"]),
    ("a + b", ["a - b"]),
    ("a // b", ["a / b"]),
    ("f'{a}' + b", []),
    ("x = 5", ["x = 6"]),
    ("x = True", ["x = False"]),
    ("escape(a)", ["(a)", "pass"]),
    ("x = sorted(a)", ["x = (a)"]),
    ("x = max(a)", ["x = min(a)"]),
    ("f(a)", ["pass"]),
    ("x = f(a, b)", ["x = f(b, a)"]),
    ("x = f(a, a)", []),
    ("x = max(a, b)", ["x = min(a, b)"]),
    ("x = f(a, key=b)", ["x = f(a)"]),
    ("x = isinstance(a, b)", []),
    ("x = zip(a, b, strict=True)", ["x = zip(b, a, strict=True)"]),
    ("x = f(first=a, last=b)", ["x = f(last=b)", "x = f(first=a)"]),
    ("if a: raise b", ["if False: raise b"]),
    ("if a: b = c", []),
    ("x = [a for a in b if a]", ["x = [a for a in b if True]"]),
    ("x: Literal[5] = a", []),
]


@pytest.mark.parametrize(("line", "edited"), EDITS, ids=[line for line, _ in EDITS])
def test_a_line_is_edited_in_each_of_these_ways(
    line: str, edited: list[str], tmp_path: Path
) -> None:
    source = f"# 报告\n{line}\n".encode()
    (tmp_path / "module.py").write_bytes(source)
    made = [one.applied(source).decode().splitlines() for one in mutants(tmp_path, "module.py")]
    assert {tuple(lines) for lines in made} == {("# 报告", one) for one in edited}


def test_an_edit_names_its_package(tmp_path: Path) -> None:
    files = {
        "src/smdi/report/charts/bars.py": "report",
        "src/smdi/files.py": "smdi",
        "src/typst_book/builder.py": "typst_book",
        "scripts/serve.py": "scripts",
    }
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("x = 5\n")
    assert {file: mutants(tmp_path, file)[0].package for file in files} == files


def test_each_known_fault_has_its_place_in_the_code() -> None:
    assert all(one.before != one.after for one in known_faults(Path()))
