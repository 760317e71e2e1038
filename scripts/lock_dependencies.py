"""Take the newest versions that pyproject.toml allows: requirements.lock, then environment.yml."""

from __future__ import annotations

import shutil
import subprocess
import sys

from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.workflow.environment import ENVIRONMENT, LOCK, PROJECT, environment_yaml

COMPILE = "pip compile --upgrade --universal --generate-hashes --no-annotate --python-version 3.11"


@reports_input_errors
def main() -> int:
    """Resolve with uv, which alone can lock for all Pythons at once."""
    if shutil.which("uv") is None:
        raise InputErrors([Problem("uv", None, None, None, "uv on the PATH: pip install uv")])
    command = ["uv", *COMPILE.split(), "--group", "test", str(PROJECT), "-o", str(LOCK)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        return 1
    ENVIRONMENT.write_text(environment_yaml(), "utf-8")
    print(f"{LOCK} and {ENVIRONMENT} are new; `make book` will install them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
