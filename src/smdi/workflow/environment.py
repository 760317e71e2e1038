"""The packages of the project: what pyproject.toml asks for and what requirements.lock settles."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.markers import Marker

PROJECT = Path("pyproject.toml")
LOCK = Path("requirements.lock")
# JupyterLab, which only `make lab` brings: no build and no test of the book needs it.
LAB_LOCK = Path("requirements-lab.lock")
SLURM_LOCK = Path("requirements-slurm.lock")
ENVIRONMENT = Path("environment.yml")
# Conda brings this Python; the packages come from PyPI.
PYTHON = "3.11"
HEAD = """\
# Made by scripts/export_environment.py from pyproject.toml and requirements.lock: edit those.
# The versions are those that `make book` installs; here conda brings Python, and pip the packages,
# which have no builds of these versions in conda's channels.
"""


def direct_dependencies(project: Path = PROJECT) -> list[str]:
    """List the names that pyproject.toml asks for, those of the tests too."""
    content = tomllib.loads(project.read_text("utf-8"))
    asked = content["project"]["dependencies"] + content["dependency-groups"]["test"]
    return sorted(normal(re.split(r"[<>=!~;\[ ]", text)[0]) for text in asked)


def locked_versions(lock: Path = LOCK, python: str = PYTHON) -> dict[str, str]:
    """Return the version that the lock has of each package for a Python (some differ by it)."""
    versions: dict[str, str] = {}
    place = {"python_version": python, "python_full_version": f"{python}.0"}
    pinned = r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))?(?: \\)?$"
    for name, version, marker in re.findall(pinned, lock.read_text("utf-8"), re.MULTILINE):
        if not marker or Marker(marker).evaluate(place):
            versions[normal(name)] = version
    return versions


def normal(name: str) -> str:
    """Return a package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def environment_yaml() -> str:
    """Return the text of environment.yml."""
    locked = locked_versions()
    pinned = [f"      - {name}=={locked[name]}" for name in direct_dependencies()]
    lines = ["name: smdi", "channels: [conda-forge]", "dependencies:"]
    lines += [f"  - python={PYTHON}", "  - pip", "  - pip:", *pinned]
    return HEAD + "\n".join(lines) + "\n"
