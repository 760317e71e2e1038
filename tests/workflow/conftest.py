"""A toy project: the real Snakefile, library and scripts, with two quick chapters.

What other packages do (simulation, scoring, PDF) is replaced by scripts of a few lines, so that the
tests are about the pipeline.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("Snakefile", "_config.yml", "requirements.lock", "profiles", "src", "book", "data")
SCRIPTS = ("build_edition", "run_step", "execute_chapter", "assemble_book", "build_site")
SCRIPTS += ("publish_edition", "rerun_chapter", "lint_prose", "prepare_population", "share_firms")

# As many firms as the seed has letters, so that a chapter can count what it was made from.
SIMULATE = """
Path(sys.argv[1]).write_text(f"firms drawn from {sys.argv[3]}")
Path(sys.argv[7]).write_text("{}")
"""
SCORE = """
import datetime
import pyarrow as pa
from pyarrow import parquet

number = len(Path(sys.argv[1]).read_text())
same = {
    "year": 2021, "submitted_on": datetime.date(2021, 6, 1), "province": "320000",
    "city": "320200", "industry": "3670", "division": "36", "process_type": "discrete",
    "employees": 100, "revenue": 5000.0, "size": "small", "level": 1, "level_class": "le1",
    "total": 1.0, "design": True, "logistics": True, "sales": True, "service": True,
}
rows = [{"credit_code": f"SIM{row:015d}", **same} for row in range(number)]
table = pa.Table.from_pylist(rows).replace_schema_metadata({"smdi.provenance": "simulated"})
parquet.write_table(table, sys.argv[2])
"""
STUBS = {
    "simulate_assessments": SIMULATE,
    "score_assessments": SCORE,
    # The toy's firms have no domains to protect, and its chapters show none of their values.
    "protect_release": (
        "import json\n"
        "pattern = {'rule': 'none', 'minimum': 0, 'shown': [], 'records': {}, 'loss': {}}\n"
        "pattern['scopes'] = ['全国', '江苏省', '山东省']\n"
        "Path(sys.argv[2]).write_text(json.dumps(pattern))"
    ),
    # The PDF of the toy is none that could be looked into.
    "gate_edition": "'--report' in sys.argv and Path(sys.argv[-1]).write_text('{}')",
    "build_pdf": "Path(sys.argv[3]).write_bytes(b'%PDF')",
    "check_reproduction": (
        "Path(sys.argv[3]).write_text(''.join(Path(p).read_text() for p in sys.argv[4:]))"
    ),
}

NOTEBOOK = """---
kernelspec: {{name: python3, display_name: Python 3, language: python}}
---

# {title}

```{{code-cell}} python
:tags: [parameters, remove-cell]

edition = "2021"
province = ""
```

```{{code-cell}} python
:tags: [remove-cell]

from smdi.report import open_chapter
{imports}
chapter = open_chapter("{name}", edition=edition, province=province)
length = len(chapter.population.current)
chapter.number("length", length, "字")
chapter.close()
```

共 {{{{ length }}}}。
"""


class Project:
    """A copy of the project in a folder of its own, and how to run things in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work = root / "_build/2021/work"
        self.environment = {**os.environ, "PYTHONPATH": str(root / "src")}
        self.environment["XDG_CACHE_HOME"] = str(root / ".snakemake/cache")

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        done = subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def build(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run("scripts/build_edition.py", *words, check=check)

    def plan(self) -> str:
        """Say what a build would run, and why."""
        return self.run("scripts/build_edition.py", "--plan").stdout

    @staticmethod
    def steps(plan: str) -> set[str]:
        """The steps that a plan would run, chapters aside."""
        return set(re.findall(r"^(?!chapter:)([\w:]+): ", plan, re.MULTILINE))

    @staticmethod
    def chapters(plan: str) -> set[str]:
        """The chapters that a plan would run."""
        return set(re.findall(r"^chapter:(\S+): ", plan, re.MULTILINE))

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")


def make_project(root: Path) -> Project:
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=ignore)
        else:
            shutil.copy2(source, root / name)
    (root / "scripts").mkdir()
    for name in SCRIPTS:
        shutil.copy2(ROOT / "scripts" / f"{name}.py", root / "scripts")
    for name, body in STUBS.items():
        text = f"import sys\nfrom pathlib import Path\n\n{body}\n"
        (root / "scripts" / f"{name}.py").write_text(text, "utf-8")
    for page in (root / "book").rglob("*.md"):
        page.unlink()
    (root / "book/index.md").write_text("# 玩具\n\n{num}`alpha.length`\n", "utf-8")
    toc = "format: jb-book\nroot: index\nchapters:\n  - file: alpha\n  - file: beta\n"
    (root / "_toc.yml").write_text(toc, "utf-8")
    (root / "notebooks").mkdir()
    imports = {"alpha": "from smdi.indicators import sme", "beta": "import smdi.standards"}
    for name, line in imports.items():
        text = NOTEBOOK.format(name=name, title=name, imports=line)
        (root / f"notebooks/{name}.md").write_text(text, "utf-8")
    project = Project(root)
    # Two chapters are the whole of it: there are no pages of single provinces.
    project.edit("data/editions/2021.yaml", "pages: [provinces, industries]", "pages: []")
    return project


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A toy project that has been built once; copy it with `project` before changing anything."""
    project = make_project(tmp_path_factory.mktemp("toy"))
    project.build()
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A built toy project of the test's own. Times of files are kept."""
    root = tmp_path / "project"
    shutil.copytree(built.root, root, symlinks=True)
    return Project(root)
