"""`make editions BY=province`: an edition of each province (or industry), and one site of all.

_build/<edition>-by-<dimension>/site/index.html      the landing page
_build/<edition>-by-<dimension>/site/<id>/           the site of each edition, as it was released
_build/<edition>-by-<dimension>/jobs/<id>.log        what the build of an edition said
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from smdi.edition import BUILD, Edition, read_edition, scoped_id
from smdi.errors import InputErrors, Problem
from smdi.files import in_project, remove
from smdi.publishing.build import environment_of, make_shared
from smdi.publishing.comparing.rerun import replaced_whole
from smdi.publishing.many.landing import write_landing
from smdi.publishing.snakemake import loading_snakemake
from smdi.standards import divisions, provinces
from smdi.standards.scope import understood
from smdi.workflow.guard import sole_build
from smdi.workflow.server.starting import warm_server

SNAKEFILE = Path("editions.smk")
BY = ("province", "industry")
# In the folder of many editions: what each said, and what Snakemake did.
JOBS, LOG = "jobs", "snakemake.log"


def scopes(by: str, only: Sequence[str] = ()) -> list[str]:
    """Return the values of a dimension that editions are made of; `only` some of them, as written.

    InputErrors for a dimension that has no editions, and for a value that it has not.
    """
    if by not in BY:
        raise InputErrors([Problem("command line", None, "BY", by or None, " or ".join(BY))])
    if only:
        return [understood({by: text}, "ONLY")[by] for text in only]
    if by == "industry":
        return [str(code) for code in divisions().index]
    table = provinces()
    return [str(name) for name in table["name_zh"][table["in_scope"]]]


def folder_of(base: Edition, by: str) -> Path:
    """Return where the site of many editions lies."""
    return in_project(BUILD) / f"{base.id}-by-{by}"


def build_many(
    base: Edition, by: str, values: Sequence[str], cores: str, options: Sequence[str] = ()
) -> tuple[list[Edition], list[Edition]]:
    """Build the editions as jobs of Snakemake; return those that are released, and the others.

    `options` go to Snakemake: an executor, say. The site of all has those that are released.
    """
    made = [read_edition(scoped_id(base.id, {by: value})) for value in values]
    folder = folder_of(base, by)
    jobs, said = folder / JOBS, folder / LOG
    with sole_build(folder):
        for left in (jobs, said):
            remove(left)
        if make_shared(base, cores, (), warm=True):
            return [], made
        jobs.mkdir()
        ids = ",".join(edition.id for edition in made)
        words = ["--snakefile", str(SNAKEFILE), "--nolock", "--keep-going", "--cores", cores]
        words += ["--config", f"ids={ids}", f"done={jobs}"]
        environment = environment_of(base)
        # Each build has a folder of its own for temporary files.
        del environment["TMPDIR"]
        # A cluster's jobs run on other machines.
        server = contextlib.nullcontext() if options else warm_server(folder, environment, base.id)
        with server, loading_snakemake(environment) as snakemake:
            snakemake([*words, *options], said)
    done = [edition for edition in made if (jobs / edition.id).exists()]
    if done:
        with replaced_whole(folder / "site") as partial:
            for edition in done:
                site = edition.folder / "current/site"
                # The files of a release are never written again: links in place of 31 copies.
                shutil.copytree(site.resolve(), partial / edition.id, copy_function=os.link)
            write_landing(base, by, done, partial)
    return done, [edition for edition in made if edition not in done]
