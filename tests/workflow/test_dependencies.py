from __future__ import annotations

import runpy
from pathlib import Path

import grimp
import pytest

from smdi.errors import InputErrors
from smdi.workflow.dependencies import depends, files_under, modules_of, script_inputs
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


def test_the_files_of_a_folder_are_those_that_are_seen_in_their_order(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.md", "a/B.md", ".hidden", ".git/c", "a/__pycache__/x.pyc", "_a.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).touch()
    found = [str(Path(path).relative_to(tmp_path)) for path in files_under(tmp_path)]
    assert found == ["_a.css", "a/B.md", "a/z.md", "b.md"]
    assert files_under(tmp_path / "b.md") == [str(tmp_path / "b.md")]
    assert files_under(tmp_path / "a/__pycache__/x.pyc") == files_under(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("code", "reached"),
    [
        ("import smdi.report", False),
        ("from smdi import report", False),
        ("from smdi.report import open_chapter", True),
        ("from smdi.report import charts", False),
        ("import smdi.report.chapter", True),
        ("from smdi.report.chapter import Chapter as C", True),
        ("def f():\n    import smdi.report.chapter", True),
        ("import smdi.report.chapters", False),
        ("from . import chapter", False),
        ("import json", False),
    ],
)
def test_what_a_package_loads_for_those_who_ask_is_reached_by_those(
    tmp_path, code, reached
) -> None:
    assert ("smdi.report.chapter" in modules_of(write(tmp_path, f"{code}\n"))) is reached


def test_what_only_reruns_come_to_is_not_reached(tmp_path: Path) -> None:
    reached = modules_of(write(tmp_path, "import smdi.disclosure.pattern\n"))
    assert "smdi.disclosure.pattern" in reached
    assert "smdi.disclosure.release" not in reached


def test_modules_that_are_loaded_by_name_count_as_if_they_were_imported(tmp_path: Path) -> None:
    path = write(tmp_path, "import json\n")
    found = set(depends(path, "typst_book.language")) - {str(path), "requirements.lock"}
    assert {"src/typst_book/language.py", "src/typst_book/errors.py"} <= found
    assert not [name for name in found if name.startswith("src/smdi")]


@pytest.mark.parametrize(
    ("script", "data"),
    [
        ("import smdi.report.palette", {"data/theme.yaml"}),
        ("import smdi.publishing.lint.check", {"data/prose-allowlist.yaml"}),
        ("import smdi.simulation", {"data/simulation.yaml"}),
        ("import smdi.published.facts", {"data/published/2021.csv"}),
    ],
)
def test_a_module_of_a_package_reads_the_data_of_the_package(tmp_path, script, data) -> None:
    assert data <= set(depends(write(tmp_path, f"{script}\n")))


def test_a_script_that_is_no_python_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "import json\nx = (\n")
    with pytest.raises(InputErrors) as caught:
        depends(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, str(problem.value).strip()) == (str(path), 2, "x = (")
    assert problem.expected == "Python ('(' was never closed)"


def test_what_a_script_depends_on_comes_once_beside_further_files() -> None:
    own = depends(Path("scripts/export_environment.py"))
    assert own == sorted(set(own))
    given = script_inputs("export_environment", None, "b.txt", "", own[0])
    assert sorted(given) == sorted([*own, "b.txt"])


def test_the_graph_of_imports_leaves_no_file_and_no_import_of_type_checkers(monkeypatch) -> None:
    asked: list[tuple] = []
    build = grimp.build_graph
    monkeypatch.setattr(
        grimp,
        "build_graph",
        lambda *names, **how: asked.append((names, how)) or build("smdi", **how),
    )
    fresh = runpy.run_path("src/smdi/workflow/dependencies.py")
    fresh["modules_of"](Path("scripts/export_environment.py"))
    how = {"cache_dir": None, "exclude_type_checking_imports": True}
    assert asked == [(("smdi", "typst_book"), how)]
