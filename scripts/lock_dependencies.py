"""Take the newest versions that pyproject.toml allows: the locks, then environment.yml."""

from __future__ import annotations

import shutil
import subprocess
import sys

from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.workflow.environment import (
    ENVIRONMENT,
    LAB_LOCK,
    LOCK,
    PROJECT,
    SLURM_LOCK,
    environment_yaml,
)

COMPILE = "pip compile --upgrade --universal --generate-hashes --no-annotate --python-version 3.11"


@reports_input_errors
def main() -> int:
    """Resolve with uv, which alone can lock for all Pythons at once."""
    if shutil.which("uv") is None:
        raise InputErrors([Problem("uv", None, None, None, "uv on the PATH: pip install uv")])
    locks = {
        LOCK: ["--group", "test", str(PROJECT)],
        LAB_LOCK: ["--group", "lab"],
        # The same versions as a build elsewhere has.
        SLURM_LOCK: ["--group", "slurm", "--constraint", str(LOCK), str(PROJECT)],
    }
    for lock, what in locks.items():
        command = ["uv", *COMPILE.split(), *what, "-o", str(lock)]
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            return 1
    ENVIRONMENT.write_text(environment_yaml(), "utf-8")
    print(f"{', '.join(map(str, locks))} and {ENVIRONMENT} are new; `make book` will install them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
