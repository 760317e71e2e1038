"""Chapters run from their notebooks' own cells, on whatever scores a test gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import jupytext
import pytest


class Ran:
    """What a chapter wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = json.loads((folder / "numbers.json").read_text("utf-8"))

    def says(self, key: str) -> str:
        return self.numbers[key]["text"]

    def exhibit(self, name: str) -> dict:
        return json.loads((self.folder / "exhibits" / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def run_chapter(tmp_path_factory) -> Callable[..., Ran]:
    """Run a chapter's cells in order, its parameters overridden; return what it wrote.

    `files` are the texts of other products of the pipeline, by their names.
    """

    def run(
        name: str,
        scores: Path | None = None,
        files: Mapping[str, str] | None = None,
        **parameters: str,
    ) -> Ran:
        folder = tmp_path_factory.mktemp(name)
        products = folder / "products"
        products.mkdir()
        if scores is not None:
            (products / "population.arrow").symlink_to(Path(scores).absolute())
        for file, content in (files or {}).items():
            (products / file).write_text(content, "utf-8")
        namespace: dict[str, object] = {}
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SMDI_CHAPTER_OUTPUT", str(folder))
            patch.setenv("SMDI_PRODUCTS", str(products))
            for cell in jupytext.read(f"notebooks/{name}.md").cells:
                if cell.cell_type != "code":
                    continue
                exec(compile(cell.source, name, "exec"), namespace)
                if "parameters" in cell.metadata.get("tags", []):
                    namespace |= parameters
        return Ran(folder)

    return run
