"""The site fetches nothing from outside: HTML of a page or cell that would fails the build."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

_log = logging.getLogger(__name__)
_ADDRESS = r"(?:https?:)?//[^\s\"'()<>]+"
# A link that a reader follows is none of these.
_FETCHED = re.compile(
    rf"<(?:script|img|iframe|video|audio|source|embed|link)\b[^>]*?(?:src|href)=[\"']?({_ADDRESS})"
    rf"|(?:import|from)\s*\(?[\"']({_ADDRESS})|url\([\"']?({_ADDRESS})"
    rf"|[\"'](https?://(?:cdn|unpkg)[^\"']*)",
    re.IGNORECASE,
)


class RefuseAddresses(SphinxPostTransform):
    """Name each address that raw HTML of a page, or of a cell's output, would fetch."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Look through the raw nodes of the page."""
        text = "%s would be fetched from outside; keep a copy in the book, or link to it"
        for node in self.document.findall(nodes.raw):
            for found in _FETCHED.finditer(node.astext()):
                address = next(group for group in found.groups() if group)
                _log.warning(text, address, location=node, type="outside")
        for image in self.document.findall(nodes.image):
            if "://" in image["uri"]:
                _log.warning(text, image["uri"], location=image, type="outside")


def register(app: Sphinx) -> None:
    """Register the check."""
    app.add_post_transform(RefuseAddresses)
