"""What a page says of itself in its head, to search engines and to those who link to it.

Each page has a description, its first paragraph; the first page describes the data as a Dataset of
schema.org, from the list of the release.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from smdi.publishing.sphinx_ext.data_list import read_list
from smdi.publishing.sphinx_ext.marks import DERIVED, SIMULATED
from smdi.report.text.language import words

# Search engines show about so many characters of a description.
LONGEST = 120
# A line below the title says too little.
SHORTEST = 30
_BLANK = re.compile(r"\s+")


def description(document: nodes.document) -> str:
    """Return the first paragraph of a page, cut at the end of a sentence where there is one."""
    texts = [_plain(node) for node in document.findall(nodes.paragraph) if _is_prose(node)]
    text = next((found for found in texts if len(found) >= SHORTEST), "".join(texts[:1]))
    if len(text) <= LONGEST:
        return text
    cut = text[:LONGEST]
    end = max(cut.rfind("。"), cut.rfind(". "))
    return cut[: end + 1] if end > 0 else f"{cut[:-1]}…"


def dataset(given: dict[str, Any], told: str) -> dict[str, Any]:
    """Describe a release as schema.org has it; addresses are relative where the site's is unknown.

    `given` is the list of the release (`smdi.publishing.package.release`).
    """
    source, say = given["source"], words()
    address = f"{source['address']}/" if source["address"] else ""
    files = [
        {
            "@type": "DataDownload",
            "contentUrl": f"{address}data/{file}",
            "encodingFormat": file.rpartition(".")[2],
        }
        for file in given["whole"]
    ]
    organisation = {"@type": "Organization", "name": source["publisher"]}
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": source["title"],
        "description": told,
        "inLanguage": say.book.sphinx.replace("_", "-"),
        "version": f"{source['edition']}, {given['fingerprint'][:12]}",
        "dateModified": source["dated"],
        "keywords": say.book.keywords,
        "license": say.package.data_licence,
        "creator": organisation,
        "publisher": organisation,
        "isAccessibleForFree": True,
        "distribution": files,
    }
    return described | ({"url": address} if address else {})


def _is_prose(node: nodes.Element) -> bool:
    """Tell whether a paragraph is the page's own: neither in a box, a table nor an exhibit."""
    return isinstance(node.parent, nodes.section | nodes.document)


def _plain(node: nodes.Element) -> str:
    """Return the text of a paragraph, what its marks say in brackets."""
    read = node.deepcopy()
    for mark in list(read.findall(nodes.superscript)):
        for status in {SIMULATED, DERIVED} & {*mark["classes"]}:
            told = words().home.status(value="", status=words().exhibits.statuses[status])
            mark.parent.replace(mark, nodes.Text(told))
    return _BLANK.sub(" ", read.astext()).strip()


def _add(
    app: Sphinx, page: str, template: str, context: dict[str, Any], document: nodes.document | None
) -> None:
    if document is None:
        return
    told = description(document)
    head = f'<meta name="description" content="{escape(told)}">\n' if told else ""
    if page == app.config.root_doc and (given := read_list(Path(app.srcdir))):
        made = json.dumps(dataset(given, told), ensure_ascii=False)
        # Whatever a setting says, it does not end the script.
        safe = made.replace("<", "\\u003c")
        head += f'<script type="application/ld+json">{safe}</script>\n'
    context["metatags"] = context.get("metatags", "") + head


def register(app: Sphinx) -> None:
    """Add to the head of each page."""
    app.connect("html-page-context", _add)
