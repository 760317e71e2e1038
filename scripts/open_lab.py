"""Open the notebooks in JupyterLab: text notebooks by a click, run by the book's own Python.

Words behind `--` go to JupyterLab as they are: `open_lab.py -- --no-browser --port 8889`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from smdi.files import project_root, write_json

PROGRAM = Path(".venv-lab/bin/jupyter-lab")
# Where JupyterLab looks for its kernel and its settings.
FOLDER = Path("_build/lab")
VIEWER = "Jupytext Notebook"


def main() -> None:
    """Write the settings, then become JupyterLab."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    words = parser.parse_args().words
    root = project_root()
    folder = root / FOLDER
    write_settings(folder, Path(sys.executable))
    command = [str(root / PROGRAM), f"--ServerApp.root_dir={root}"]
    command += ["--LabApp.default_url=/lab/tree/notebooks"]
    command += [f"--LabApp.app_settings_dir={folder / 'settings'}"]
    command += [f"--LabApp.user_settings_dir={folder / 'user'}"]
    os.execve(command[0], [*command, *words], {**os.environ, "JUPYTER_PATH": str(folder)})


def write_settings(folder: Path, python: Path) -> None:
    """Make the kernel `python3` the given Python, and Markdown open as a notebook."""
    kernel = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
    }
    overrides = {
        "@jupyterlab/docmanager-extension:plugin": {
            "defaultViewers": {"markdown": VIEWER, "myst": VIEWER}
        },
        # Nothing here asks the network.
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        },
    }
    write_json(folder / "kernels/python3/kernel.json", kernel)
    write_json(folder / "settings/overrides.json", overrides)


if __name__ == "__main__":
    main()
