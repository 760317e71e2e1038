"""The role {numref}: the number that a caption bears, since figures here are not counted anew."""

from __future__ import annotations

import re
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

_log = logging.getLogger(__name__)
# 图 4 of "图 4　title"; an exhibit's label is its number alone.
_NUMBER = re.compile(r"([^\s　]+ ?[A-Z]?[\d.]+|[^\s　]+)(?:　|$)")


class NumberOfCaption(SphinxPostTransform):
    """Let {numref} read the number of the caption, before Sphinx would look for its own."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Make each reference one that has its words already."""
        domain = cast(StandardDomain, self.env.get_domain("std"))
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node.get("reftype") != "numref":
                continue
            label = node["reftarget"]
            caption = domain.labels.get(label, ("", "", ""))[2]
            number = _NUMBER.match(caption)
            if label in domain.labels and number is None:
                text = "the caption of %s bears no number that {numref} could name; write {ref}"
                _log.warning(text, label, location=node, type="numref")
            words = node.astext() if node.get("refexplicit") else "%s"
            shown = number[1] if number else label
            words = words.replace("%s", shown).replace("{number}", shown)
            node["reftype"], node["refexplicit"] = "ref", True
            node.children = []
            node += nodes.inline("", words, classes=["std", "std-ref"])


def register(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(NumberOfCaption)
