"""`make rerun METHOD=…`: the whole book under another method, and its consequences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from smdi.edition import Edition, read_edition
from smdi.errors import Problem
from smdi.publishing.build import build
from smdi.publishing.comparing.rerun import RERUNS, replaced_whole
from smdi.publishing.comparing.site import write_site
from smdi.report.text.language import use_language
from smdi.standards.scope import scope_name
from smdi.workflow import chapters, rerun
from smdi.workflow.differences.consequences import About, Consequences
from smdi.workflow.differences.run import read_book
from smdi.workflow.editions.what_if import write_what_if
from smdi.workflow.manifest import digest, fingerprint


def rerun_book(
    edition: str, given: Mapping[str, str], faults: list[Problem], cores: str
) -> tuple[Consequences, Path] | None:
    """Build the book under another method; return its consequences and their folder.

    None when the build failed, which has been told then. InputErrors lists what is wrong with the
    settings before anything runs.
    """
    base = read_edition(edition)
    made = write_what_if(base, given, faults)
    if build(made, cores):
        return None
    use_language(base.language)
    names = [
        chapter.name for chapter in chapters.chapters_of(made) if _is_about_firms(made, chapter)
    ]
    scope = scope_name(base.scope.given)
    sources = [one.folder / "current/source" for one in (base, made)]
    old, new = (read_book(source, scope, names) for source in sources)
    about = About(
        edition=base.id,
        scope=scope,
        old_scope=scope,
        parameters=dict(given),
        release=(base.folder / "current").readlink().name,
        data=digest(chapters.assessments_file(base))[: rerun.SHOWN],
        code=fingerprint({name: rerun.code_fingerprint(made, name) for name in names}),
        simulated=base.simulated,
        cautions=tuple(
            sorted({c for name in names for c in rerun.cautions(base, name, old.titles)})
        ),
    )
    found = Consequences(about, old, new)
    folder = base.folder / RERUNS / made.id
    with replaced_whole(folder) as partial:
        write_site(found, base, partial / "chapter", partial)
    return found, folder


def _is_about_firms(edition: Edition, chapter: chapters.Chapter) -> bool:
    return "population" in chapters.chapter_reads(chapter.name, edition.language)
