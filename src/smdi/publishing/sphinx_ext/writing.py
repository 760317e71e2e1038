"""Pages of a large book are written side by side; Sphinx does it, and to the same bytes.

They are read one after the other: an extension does not say that it may be done otherwise.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from smdi.processes import processors

# Fewer pages are written as soon by one process.
FEWEST = 50


def _share(app: Sphinx, env: BuildEnvironment) -> None:
    if len(env.found_docs) >= FEWEST:
        # One more: Sphinx counts the process that hands out the pages.
        app.parallel = processors() + 1


def register(app: Sphinx) -> None:
    """Let Sphinx write side by side what it has read."""
    app.connect("env-updated", _share)
