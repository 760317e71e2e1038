from __future__ import annotations

from pathlib import Path

import pytest

from smdi.workflow.dependencies import depends, modules_of
from smdi.workflow.notebooks import named_files

CHAPTERS = sorted(Path("notebooks").glob("*.md"))


def write(folder: Path, code: str) -> Path:
    path = folder / "script.py"
    path.write_text(code, "utf-8")
    return path


def test_a_script_depends_on_itself_and_on_the_lock(tmp_path: Path) -> None:
    path = write(tmp_path, "import json\n")
    assert depends(path) == sorted([str(path), "requirements.lock"])


def test_what_a_module_imports_counts_with_the_packages_around_it(tmp_path: Path) -> None:
    found = depends(write(tmp_path, "from smdi.indicators import levels\n"))
    assert "src/smdi/indicators/levels.py" in found
    assert "src/smdi/indicators/population.py" in found
    assert "src/smdi/indicators/__init__.py" in found


def test_the_data_of_a_package_that_is_reached_counts(tmp_path: Path) -> None:
    found = depends(write(tmp_path, "import smdi.standards\n"))
    assert "data/standards/weights.csv" in found
    assert "data/published/2021.csv" not in found


def test_scoring_does_not_depend_on_the_simulation_or_the_report() -> None:
    reached = modules_of(Path("scripts/score_assessments.py"))
    assert "smdi.assessments.scoring" in reached
    assert not [name for name in reached if name.startswith(("smdi.report", "smdi.simulation"))]


@pytest.mark.parametrize("notebook", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_does_not_depend_on_what_makes_the_site(notebook: Path) -> None:
    reached = modules_of(notebook)
    assert "smdi.report.chapter" in reached
    apart = (
        "smdi.simulation",
        "smdi.publishing.sphinx_ext",
        "smdi.publishing.release",
        "typst_book",
    )
    assert not [name for name in reached if name.startswith(apart)]


def test_a_chapter_depends_on_the_indicators_that_it_computes_and_on_no_other() -> None:
    reached = modules_of(Path("notebooks/sme.md"))
    assert "smdi.indicators.sme" in reached
    assert "smdi.indicators.participation" not in reached
    assert "smdi.indicators.participation" in modules_of(Path("scripts/protect_release.py"))


def test_the_steps_behind_the_chapters_do_not_depend_on_the_charts() -> None:
    for script in ("build_site", "publish_edition", "execute_chapter"):
        reached = modules_of(Path(f"scripts/{script}.py"))
        assert "smdi.report.chapter" not in reached, script


def test_a_file_that_a_notebook_names_is_one_it_depends_on(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.touch()
    cell = f"import pandas as pd\ntable = pd.read_csv({str(own)!r})\nword = 'no file'"
    notebook = tmp_path / "chapter.md"
    notebook.write_text(
        f"---\nkernelspec: {{name: x, display_name: X}}\n---\n\n```{{code-cell}}\n{cell}\n```\n"
    )
    assert named_files(notebook) == [own]
