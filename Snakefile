# The pipeline of one edition: assessments -> scores -> chapters -> book -> site and PDF -> release.
#
# `make book` works out beforehand which steps are up to date (smdi.workflow.steps): a step's record
# is here when it is, and lacks when it is not. Snakemake makes the records that lack, in order and
# side by side, on this machine or on a cluster's nodes. All is made in _build/<edition>/work and
# published as the last step; `make plan` says what would run, and why.

import shlex
import sys
from pathlib import Path

from smdi.edition import read_edition
from smdi.report.locations import PRODUCTS
from smdi.workflow import chapters
from smdi.workflow.jobs import log_path
from smdi.workflow.pipeline import GATE
from smdi.workflow.steps import read_plan, record_path

edition = read_edition(str(config.get("edition", "2021")))
plan = read_plan(edition)
WORK = str(edition.work)
CHAPTERS = [name.partition(":")[2] for name in plan if name.startswith("chapter:")]


def record(name):
    """Return the file that says a step is up to date."""
    return str(record_path(edition, name))


def records(name):
    """Return the records of the steps that a step needs."""
    return [record(needed) for needed in plan[name].needs]


def run(name, label, script, *words):
    """Return the command of a step; what it says of a failure is shown when all has ended."""
    command = [sys.executable, "scripts/run_step.py", edition.id, name, label]
    command += [f"scripts/{script}.py", *map(str, words)]
    return shlex.join(command).replace("{", "{{").replace("}", "}}")


def run_chapter(wildcards):
    """Return the command of a chapter."""
    name = wildcards.chapter
    words = [name, chapters.chapter_folder(edition, name), *chapters.chapter_words(edition, name)]
    words += ["--products", WORK, "--edition", edition.id]
    words += ["--log", log_path(edition, f"chapter:{name}")]
    return run(f"chapter:{name}", f"chapter {name}", "execute_chapter", *words)


wildcard_constraints:
    chapter="[a-z0-9-]+",


rule all:
    default_target: True
    input:
        record("publish"),


if "simulate" in plan:

    rule simulate:
        output:
            record("simulate"),
        params:
            command=run(
                "simulate",
                "assessments, simulated",
                "simulate_assessments",
                chapters.assessments_file(edition),
                *("--seed", edition.seed, "--facts", edition.facts_to_keep),
                *("--report", f"{WORK}/{PRODUCTS['simulation']}"),
            ),
        shell:
            "{params.command}"


if "score" in plan:

    rule score:
        input:
            records("score"),
        output:
            record("score"),
        params:
            command=run(
                "score",
                "scores",
                "score_assessments",
                *(chapters.assessments_file(edition), f"{WORK}/{chapters.SCORES}"),
                *("--edition", edition.id),
            ),
        shell:
            "{params.command}"

    rule prepare:
        input:
            records("prepare"),
        output:
            record("prepare"),
        params:
            command=run(
                "prepare",
                "population prepared",
                "prepare_population",
                *(f"{WORK}/{chapters.SCORES}", f"{WORK}/{PRODUCTS['population']}"),
            ),
        shell:
            "{params.command}"

else:

    rule share:
        output:
            record("prepare"),
        params:
            command=run(
                "prepare",
                f"firms of the edition {edition.base}",
                "share_firms",
                *("--edition", edition.id),
            ),
        shell:
            "{params.command}"


rule protect:
    input:
        records("protect"),
    output:
        record("protect"),
    params:
        command=run(
            "protect",
            "values that may be seen",
            "protect_release",
            *(f"{WORK}/{PRODUCTS['population']}", f"{WORK}/{PRODUCTS['protection']}"),
            *("--edition", edition.id),
            *(("--beside", chapters.shared_pattern(edition)) if edition.base else ()),
        ),
    shell:
        "{params.command}"


if "together" in plan:

    rule together:
        input:
            records("together"),
        output:
            record("together"),
        params:
            command=run(
                "together",
                "values that editions of narrower scopes may show",
                "protect_release",
                *(f"{WORK}/{PRODUCTS['population']}", f"{WORK}/{chapters.TOGETHER}"),
                *("--edition", edition.id, "--together"),
            ),
        shell:
            "{params.command}"


rule chapter:
    input:
        lambda wildcards: records(f"chapter:{wildcards.chapter}"),
        # Facts that cannot hold together are told before any chapter runs.
        ancient([record("simulate")] if "simulate" in plan else []),
    output:
        record("chapter:{chapter}"),
    params:
        command=run_chapter,
    shell:
        "{params.command}"


rule reproduction:
    input:
        records("reproduction"),
    output:
        record("reproduction"),
    params:
        command=run(
            "reproduction",
            "reproduction",
            "check_reproduction",
            *("--edition", edition.id, f"{WORK}/{PRODUCTS['reproduction']}"),
            *(
                chapters.chapter_folder(edition, name.partition(":")[2]) / "facts.csv"
                for name in plan["reproduction"].needs
            ),
        ),
    shell:
        "{params.command}"


rule lint:
    output:
        record("lint"),
    params:
        command=run("lint", "prose and print", "lint_prose", *chapters.prose()),
    shell:
        "{params.command}"


rule assemble:
    input:
        records("assemble"),
    output:
        record("assemble"),
    params:
        command=run("assemble", "book assembled", "assemble_book", "--edition", edition.id),
    shell:
        "{params.command}"


rule site:
    input:
        records("site"),
    output:
        record("site"),
    params:
        command=run(
            "site",
            "site",
            "build_site",
            *("--edition", edition.id, "--log", f"{WORK}/logs/site.log"),
        ),
    shell:
        "{params.command}"


rule pdf:
    input:
        records("pdf"),
    output:
        record("pdf"),
    params:
        command=run(
            "pdf",
            "PDF",
            "build_pdf",
            *("--edition", edition.id, f"{WORK}/report.pdf", "--log", f"{WORK}/logs/pdf.log"),
        ),
    shell:
        "{params.command}"


rule gate:
    input:
        records("gate"),
    output:
        record("gate"),
    params:
        command=run(
            "gate",
            "looked through",
            "gate_edition",
            *("--edition", edition.id, "--report", f"{WORK}/{GATE}"),
        ),
    shell:
        "{params.command}"


rule publish:
    input:
        records("publish"),
    output:
        record("publish"),
    params:
        command=run("publish", "released", "publish_edition", "--edition", edition.id),
    shell:
        "{params.command}"
