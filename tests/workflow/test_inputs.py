"""Every tracked file that decides what a book says is an input of some step of its build."""

from __future__ import annotations

import subprocess

import pytest

from smdi.edition import read_edition
from smdi.workflow.pipeline import steps_of

READ = ("_config.yml", "_toc.yml", "Snakefile", "book", "data", "notebooks", "requirements.lock")
READ += ("scripts", "src")
# What no result depends on, with the reason; a folder stands for what is in it.
OTHERWISE = {
    "data/editions/2021.yaml": "its values are parameters of the steps",
    "data/import-mapping.example.yaml": "an example to copy",
    "data/schemas/": "for editors' programs",
    "src/smdi/assessments/importing/reporting.py": "exports are imported before a build",
    "src/smdi/assessments/mapping/": "the same",
    "src/smdi/assessments/reading/": "the same",
    "src/smdi/published/workbench.py": "for those who transcribe",
    "src/smdi/published/transcription.py": "for those who transcribe",
    "src/smdi/publishing/build.py": "the driver, which is read at every build",
    "src/smdi/publishing/in_order.py": "the same",
    "src/smdi/publishing/snakemake.py": "the same",
    "src/smdi/publishing/fonts.py": "the same; the fonts themselves are the lock's",
    "src/smdi/publishing/outcome.py": "the same",
    "src/smdi/publishing/lint/notebook_code.py": "for make check",
    "src/smdi/publishing/serving.py": "for make serve",
    "src/smdi/py.typed": "for type checkers",
    "src/smdi/report/glyphs.py": "for the tests of fonts",
    "src/smdi/report/maps/boundary_layers.py": "makes data/boundaries",
    "src/smdi/workflow/environment.py": "for environment.yml",
    "src/smdi/workflow/new_chapter.py": "for make chapter",
    "src/smdi/publishing/comparing/": "for reruns beside the edition",
    "src/smdi/publishing/many/": "for make editions",
    "src/smdi/workflow/differences/": "the same",
    "src/smdi/workflow/editions/": "for the driver and for make edition",
    "src/smdi/workflow/rerun.py": "the same",
    "src/smdi/workflow/server/starting.py": "for the driver",
}
# Scripts that are no steps: the driver and the commands of editors.
COMMANDS = {"audit_published", "build_edition", "check_notebooks", "export_environment"}
COMMANDS |= {"measure_disclosure", "register_release"}
COMMANDS |= {"export_schemas", "import_assessments", "lock_dependencies", "make_template"}
COMMANDS |= {"new_chapter", "open_lab", "prepare_boundaries", "propose_mapping", "rerun_chapter"}
COMMANDS |= {"build_editions"}
COMMANDS |= {"compare_editions", "measure_sensitivity", "new_edition", "serve", "transcribe_table"}


@pytest.fixture(scope="module")
def inputs() -> set[str]:
    # An edition of a narrower scope takes its firms from another.
    steps = [
        step for name in ("2021", "2021-320000") for step in steps_of(read_edition(name)).values()
    ]
    return {path for step in steps for path in step.inputs}


def test_what_a_book_is_made_from_is_an_input_of_a_step(inputs) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *READ], capture_output=True, text=True, check=True
    )
    tracked = {path for path in listed.stdout.split("\0") if path}
    tracked -= {f"scripts/{name}.py" for name in COMMANDS}
    assert {path for path in tracked - inputs if not path.startswith((*OTHERWISE,))} == set()


def test_every_step_depends_on_what_runs_it() -> None:
    engine = {"Snakefile", "scripts/run_step.py", "src/smdi/workflow/jobs.py"}
    for step in steps_of(read_edition("2021")).values():
        assert engine <= set(step.inputs), step.name
