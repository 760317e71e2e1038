"""Take the newest versions that pyproject.toml allows: both locks, then environment.yml."""

from __future__ import annotations

import shutil
import subprocess
import sys

from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.workflow.environment import ENVIRONMENT, LAB_LOCK, LOCK, PROJECT, environment_yaml

COMPILE = "pip compile --upgrade --universal --generate-hashes --no-annotate --python-version 3.11"


@reports_input_errors
def main() -> int:
    """Resolve with uv, which alone can lock for all Pythons at once."""
    if shutil.which("uv") is None:
        raise InputErrors([Problem("uv", None, None, None, "uv on the PATH: pip install uv")])
    for what, lock in ((["--group", "test", str(PROJECT)], LOCK), (["--group", "lab"], LAB_LOCK)):
        command = ["uv", *COMPILE.split(), *what, "-o", str(lock)]
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            return 1
    ENVIRONMENT.write_text(environment_yaml(), "utf-8")
    print(f"{LOCK}, {LAB_LOCK} and {ENVIRONMENT} are new; `make book` will install them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
