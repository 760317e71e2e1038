"""The report as a PDF: the assembled book through the builder `typst`, with the edition's facts.

It reads the pages itself, so that it can run beside the site's build: neither waits for the other,
and neither can touch the other's doctrees.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from smdi.edition import Edition
from smdi.files import written_whole
from smdi.publishing.assembly import PRINTED, provenance, title_of
from smdi.publishing.jupyter_book import build
from smdi.publishing.styles import TYPST_TEMPLATE
from smdi.report.text.language import name_of, scope_name, use_language, words
from smdi.workflow.chapters import source_folder
from smdi.workflow.manifest import digests, fingerprint

STANDARDS = ("GB/T 39116-2020", "GB/T 39117-2020")
NAME = "report.pdf"
# The part of `_toc.yml` that is printed as appendices.
BACK = "方法与数据"
# The part that is printed behind them, where the edition has its profiles printed.
ANNEX = "地区与行业"


def settings(edition: Edition, mark: str, simulated: bool) -> dict[str, Any]:
    """Return the builder's configuration for one edition; `mark` stands for its inputs."""
    say = words().book
    day = edition.data_date
    label = say.labels
    title = title_of(edition)
    named = [label.edition, say.edition(year=edition.year)]
    scoped = [label.scope, scope_name(edition.scope.given)]
    dated = [label.until, say.date(year=day.year, month=day.month, day=day.day)]
    return {
        "typst_output": NAME,
        "typst_title": title,
        "typst_subtitle": say.subtitle,
        "typst_author": edition.publisher,
        "typst_date": day.isoformat(),
        "typst_keywords": [*say.keywords, *STANDARDS, say.year(year=edition.year)],
        "typst_standards": ["a-2a", "ua-1"],
        "typst_cover": [named, scoped, dated],
        "typst_cover_mark": say.cover_mark if simulated else "",
        "typst_imprint": [
            [label.title, title],
            named,
            scoped,
            [label.publisher, edition.publisher],
            dated,
            [label.nature, say.simulated if simulated else say.imported],
            [label.inputs, mark],
            [label.site, "site/index.html"],
            [label.licence, say.licence],
            [label.maps, say.maps],
            [label.fonts, say.fonts],
        ],
        # The page that opens the site sums the report up; the title is on the cover.
        "typst_root_title": say.summary,
        "typst_parts": {name_of(part): "back" for part in _back(edition)},
        "typst_page_names": True,
        "typst_marks": ["simulated", "derived"],
        "typst_table_boxes": ["exhibit-table"],
        "typst_template": TYPST_TEMPLATE,
    }


def _back(edition: Edition) -> list[str]:
    """Return the parts that are printed as appendices."""
    has_annex = edition.profiles.printed and edition.profile_pages
    return [BACK, ANNEX] if has_annex else [BACK]


def build_pdf(edition: Edition, output: Path, log: Path, code: Sequence[str]) -> None:
    """Write the PDF whole or not at all; BuildFailure names what cannot be printed."""
    use_language(edition.language)
    source = source_folder(edition)
    overrides = settings(edition, fingerprint(digests(source)), provenance(edition) == "simulated")
    work = edition.work / "sphinx-pdf"
    made = build(
        *(source, work, "typst", log),
        code=code,
        settings=overrides,
        own_report="Typst book:",
        contents=PRINTED,
    )
    with written_whole(output) as temporary:
        shutil.copyfile(made / NAME, temporary)
