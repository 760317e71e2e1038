"""Editions as jobs of Slurm: the Snakefile of this machine, a job an edition, the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.slurm.cluster import one_node

pytestmark = pytest.mark.slurm

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-slurm/bin/python"
COPIED = ("src", "data", "notebooks", "book", "scripts", "profiles", "docs")
FILES = ("Snakefile", "editions.smk", "_config.yml", "_toc.yml", "requirements.lock")
IDS = ("2021-540000", "2021-630000")
# This Slurm keeps no accounts: what became of a job is asked of squeue.
WITHOUT_ACCOUNTS = ("--slurm-status-command", "squeue")
WITHOUT_ACCOUNTS += ("--slurm-init-seconds-before-status-checks", "5")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project beside the release of 2021, whose firms its editions share."""
    root = tmp_path_factory.mktemp("project")
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, root / name)
    (root / "_build").mkdir()
    (root / "_build/2021").symlink_to(ROOT / "_build/2021")
    return root


def build(root: Path, *options: str) -> dict[str, str]:
    """Build the editions; return the fingerprints of their releases."""
    command = [str(PYTHON), "scripts/build_editions.py", "--by", "province"]
    command += ["--only", "西藏自治区 青海省", *options]
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    log = root / "_build/2021-by-province/snakemake.log"
    assert done.returncode == 0, done.stdout + done.stderr + log.read_text("utf-8")
    assert "2 of 2 editions" in done.stdout
    return {name: (root / f"_build/{name}/current").readlink().name for name in IDS}


def test_editions_built_by_slurm_are_those_built_here_to_the_byte(
    project: Path, tmp_path: Path
) -> None:
    here = build(project)
    for name in IDS:
        shutil.rmtree(project / f"_build/{name}")
    with one_node(tmp_path):
        there = build(project, "--", "--profile", "profiles/slurm", *WITHOUT_ACCOUNTS)
    assert there == here
    log = (project / "_build/2021-by-province/snakemake.log").read_text("utf-8")
    assert log.count("has been submitted with SLURM jobid") == len(IDS)
    assert (project / "_build/2021-by-province/site/2021-540000/index.html").is_file()
