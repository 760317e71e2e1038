"""Pictures whose files have Chinese names, or names with spaces."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote

from docutils import nodes
from docutils.parsers.rst.directives.images import Image
from sphinx.application import Sphinx
from sphinx.directives.patches import Figure
from sphinx.transforms import SphinxTransform


class SpacedImage(Image):
    """The directive `image`, whose argument may hold spaces."""

    def run(self) -> list[nodes.Node]:
        """Quote spaces, which docutils would drop; the transform below reads them back."""
        self.arguments[0] = self.arguments[0].strip().replace(" ", quote(" "))
        return list(super().run())


class SpacedFigure(Figure):
    """The directive `figure`, whose argument may hold spaces."""

    def run(self) -> list[nodes.Node]:
        """Quote spaces, which docutils would drop; the transform below reads them back."""
        self.arguments[0] = self.arguments[0].strip().replace(" ", quote(" "))
        return list(super().run())


class ReadFileNames(SphinxTransform):
    """Turn the quoted address of a picture into the name of its file, where there is one."""

    default_priority = 200

    def apply(self, **kwargs: object) -> None:
        """Change the pictures of the page in place."""
        for node in self.document.findall(nodes.image):
            name = unquote(node["uri"])
            if name == node["uri"] or "://" in name:
                continue
            _, path = self.env.relfn2path(name, self.env.docname)
            if Path(path).is_file():
                node["uri"] = name


def register(app: Sphinx) -> None:
    """Register directives and transform."""
    app.add_directive("image", SpacedImage, override=True)
    app.add_directive("figure", SpacedFigure, override=True)
    app.add_transform(ReadFileNames)
