"""The page around the text."""

from __future__ import annotations

from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """Settle what Jupyter Book sets for extensions that this book does without."""
    app.add_config_value("comments_config", {}, "html")
