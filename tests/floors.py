"""Hold the branches that the tests reach to the floor of each package (`make coverage`).

    python -m tests.floors < _build/coverage.json

The floors stand in `pyproject.toml`, in % of lines and branches together; a package without one
fails.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.mutation.operators import package_of


def shares(report: dict[str, Any]) -> dict[str, float]:
    """Give for each package the part in % of its lines and branches that were reached."""
    reached: dict[str, int] = defaultdict(int)
    there: dict[str, int] = defaultdict(int)
    for file, own in report["files"].items():
        told, package = own["summary"], package_of(file)
        reached[package] += told["covered_lines"] + told["covered_branches"]
        there[package] += told["num_statements"] + told["num_branches"]
    return {name: 100 * reached[name] / there[name] for name in sorted(there) if there[name]}


def faults(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """List the packages below their floor, or without one."""
    told = [f"{name} has no floor" for name in found.keys() - floors.keys()]
    told += [f"{name} is not there" for name in floors.keys() - found.keys()]
    for name in found.keys() & floors.keys():
        if found[name] < floors[name]:
            told.append(f"{name}: {found[name]:.1f} % are reached, below {floors[name]} %")
    return sorted(told)


def main() -> int:
    """Print the share of each package, and fail where one is at fault."""
    found = shares(json.load(sys.stdin))
    settings = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    floors = settings["tool"]["coverage_floors"]
    for name, share in found.items():
        print(f"{name:14} {share:5.1f} %  floor {floors.get(name, '-')}")
    told = faults(found, floors)
    print("\n".join(told))
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
