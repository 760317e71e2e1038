"""`make compare`: what two editions say otherwise, as a page, as CSV and as JSON.

_build/compare/<A>-<B>/site/index.html
_build/compare/<A>-<B>/comparison.csv, comparison.json
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from smdi.edition import BUILD, Edition
from smdi.errors import InputErrors, Problem
from smdi.files import in_project, json_bytes
from smdi.publishing.comparing.rerun import replaced_whole
from smdi.publishing.comparing.sections import STYLE, rows_html, shown_row
from smdi.publishing.comparing.site import build_site, contents_of_one, downloads, raw
from smdi.report.text.language import use_language, words
from smdi.standards.scope import scope_name
from smdi.workflow import chapters
from smdi.workflow.differences import editions
from smdi.workflow.differences.run import Run, read_book

FOLDER = "compare"
# Of each kind so many rows stand on the page; the CSV has all.
SHOWN = 25


def compare_editions(old: Edition, new: Edition) -> tuple[pd.DataFrame, Path]:
    """Compare the releases of two editions; return the rows and the folder of page and data."""
    InputErrors.raise_if(
        Problem(str(edition.folder), None, None, None, f"a release: make book EDITION={edition.id}")
        for edition in (old, new)
        if not (edition.folder / "current").exists()
    )
    use_language(new.language)
    rows = editions.compare(_run(old), old.year, _run(new), new.year)
    folder = in_project(BUILD) / FOLDER / f"{old.id}-{new.id}"
    with replaced_whole(folder) as partial:
        pages = {"index.md": _page(rows, old, new), "_toc.yml": contents_of_one()}
        build_site(new, pages, _data(rows, old, new), partial)
    return rows, folder


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many rows there are of each kind."""
    found = rows["kind"].value_counts()
    return {kind: int(found.get(kind, 0)) for kind in editions.KINDS}


def _run(edition: Edition) -> Run:
    """Read the chapters of a release that are about the firms."""
    names = [
        chapter.name
        for chapter in chapters.chapters_of(edition)
        if "population" in chapters.chapter_reads(chapter.name, edition.language)
    ]
    scope = scope_name(edition.scope.given)
    return read_book(edition.folder / "current/source", scope, names)


def _data(rows: pd.DataFrame, old: Edition, new: Edition) -> dict[str, bytes]:
    records = rows.astype(object).where(rows.notna(), None).to_dict("records")
    content = {"old": old.id, "new": new.id, "counts": counts(rows), "rows": records}
    text = rows.to_csv(index=False, lineterminator="\n")
    return {"comparison.csv": text.encode("utf-8-sig"), "comparison.json": json_bytes(content)}


def _page(rows: pd.DataFrame, old: Edition, new: Edition) -> bytes:
    say = words().consequences
    lines = [
        f"# {say.editions.title(old=old.id, new=new.id)}",
        raw(f"<style>{STYLE.read_text('utf-8')}</style>"),
        say.editions.counts(**counts(rows)),
        say.editions.rule(errors=editions.ERRORS),
    ]
    for kind in editions.KINDS:
        own = rows[rows["kind"] == kind]
        if kind == "moved":
            own = own.loc[(own["difference"].abs() / own["error"]).sort_values().index[::-1]]
        lines.append(f"## {getattr(say.editions, kind)}")
        if own.empty:
            lines.append(say.no_change)
            continue
        # A value that is gone has the year of the edition that had it.
        own = own.assign(year=own["new_year"].fillna(own["old_year"]))
        shown: list[dict[Any, Any]] = own[:SHOWN].to_dict("records")
        lines.append(raw(rows_html([shown_row(row) for row in shown], old.id, new.id)))
        if len(own) > SHOWN:
            lines.append(say.more(number=len(own) - SHOWN))
    lines += [f"## {say.files}", downloads(["comparison.csv", "comparison.json"])]
    return ("\n\n".join(lines) + "\n").encode()
