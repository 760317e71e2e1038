"""The code of a notebook is held to ruff's lint and format, by the lines of its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.errors import InputErrors
from smdi.publishing.lint import notebook_code
from smdi.publishing.lint.notebook_code import faults, mend

NOTEBOOK = """---
kernelspec: {name: python3, display_name: Python 3, language: python}
---

# 标题

```{code-cell} python3
:tags: [remove-cell]

import math
rate = 1
```

正文一段。

```{code-cell} python3
rate
print( rates)
```
"""


def notebook(folder: Path, text: str = NOTEBOOK) -> Path:
    path = folder / "notebook.md"
    path.write_text(text, "utf-8")
    return path


def test_each_fault_is_told_with_the_line_of_the_notebook(tmp_path: Path) -> None:
    found = faults(notebook(tmp_path))
    line = {text: number for number, text in enumerate(NOTEBOOK.splitlines(), 1)}
    assert {(p.row, p.expected.rpartition("(")[2]) for p in found} == {
        (line["import math"], "I001)"),
        (line["import math"], "F401)"),
        (line["rate"], "B018)"),
        (line["print( rates)"], "F821)"),
        (line["rate = 1"], "unformatted)"),
    }


def test_code_that_is_no_python_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as told:
        faults(notebook(tmp_path, NOTEBOOK.replace("print( rates)", "print(rate")))
    assert [p.row for p in told.value.problems] == [18]


def test_a_bare_expression_at_the_end_of_a_cell_and_display_are_no_faults(tmp_path: Path) -> None:
    text = NOTEBOOK.replace("import math\n", "").replace(
        "rate\nprint( rates)", "display(rate)\nrate"
    )
    assert faults(notebook(tmp_path, text)) == []


def test_mending_changes_the_code_and_leaves_the_prose(tmp_path: Path) -> None:
    path = notebook(tmp_path, NOTEBOOK.replace("rate\nprint( rates)", "print( rate)"))
    mend(path)
    assert path.read_text("utf-8") == NOTEBOOK.replace("import math\n", "").replace(
        "rate\nprint( rates)", "print(rate)"
    )


def test_what_ruff_says_of_its_own_failure_is_told_in_its_words(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(notebook_code, "CONFIG", tmp_path / "没有.toml")
    with pytest.raises(ChildProcessError, match=r"^ruff check failed: .*没有\.toml"):
        faults(notebook(tmp_path))
