# The pipeline of one edition: assessments -> scores -> chapters -> book -> site and PDF -> release.
#
# Inputs are computed from the imports (smdi.workflow.dependencies), so that a step reruns for what it
# depends on and for nothing else. What readers see is never an output of a rule, for Snakemake
# deletes outputs before a job: all is made in _build/<edition>/work and published as the last step.
# `snakemake -n` says what would run and why; the defaults are in profiles/default.

import sys
from pathlib import Path

from smdi.report.locations import PRODUCTS
from smdi.workflow import chapters
from smdi.workflow.dependencies import depends, files_under
from smdi.edition import read_edition

edition = read_edition(str(config.get("edition", "2021")))
WORK = str(edition.work)
PYTHON = sys.executable
CHAPTERS = [chapter.name for chapter in chapters.chapters()]
# These compare the other chapters with what was published, so they cannot be compared themselves.
COMPARED = [name for name in CHAPTERS if "reproduction" not in chapters.chapter_reads(name)]




def step(label, command):
    """Run the command, then say so in one line with its time: the progress that `make` shows."""
    return f'SECONDS=0; {command} && echo "  {label}  ${{{{SECONDS}}}} s"'


wildcard_constraints:
    chapter="[a-z0-9-]+",


rule all:
    input:
        f"{WORK}/published.json",
    default_target: True


if edition.simulated:

    rule simulate:
        input:
            depends(Path("scripts/simulate_assessments.py")),
        output:
            assessments=str(chapters.assessments_file(edition)),
            report=f"{WORK}/simulation.json",
        params:
            seed=edition.seed,
            facts=str(edition.published),
        shell:
            step(
                "assessments, simulated",
                "{PYTHON} scripts/simulate_assessments.py {output.assessments} --seed {params.seed}"
                " --facts {params.facts} --report {output.report}",
            )


rule score:
    input:
        depends(Path("scripts/score_assessments.py")),
        assessments=str(chapters.assessments_file(edition)),
    output:
        f"{WORK}/{chapters.SCORES}",
    shell:
        step(
            "scores",
            "{PYTHON} scripts/score_assessments.py {input.assessments} {output}",
        )


rule prepare:
    input:
        depends(Path("scripts/prepare_population.py")),
        scores=f"{WORK}/{chapters.SCORES}",
    output:
        f"{WORK}/{PRODUCTS['population']}",
    shell:
        step(
            "population prepared",
            "{PYTHON} scripts/prepare_population.py {input.scores} {output}",
        )


rule chapter:
    input:
        lambda wildcards: chapters.chapter_inputs(edition, wildcards.chapter),
    output:
        notebook=f"{WORK}/chapters/{{chapter}}/{{chapter}}.ipynb",
        page=f"{WORK}/chapters/{{chapter}}/page.ipynb",
        prose=f"{WORK}/chapters/{{chapter}}/prose.json",
        numbers=f"{WORK}/chapters/{{chapter}}/numbers.json",
        facts=f"{WORK}/chapters/{{chapter}}/facts.csv",
        exhibits=directory(f"{WORK}/chapters/{{chapter}}/exhibits"),
        # Last, with the digests of all the others: what the book is assembled from.
        manifest=f"{WORK}/chapters/{{chapter}}/manifest.json",
    params:
        given=lambda wildcards: chapters.chapter_words(edition, wildcards.chapter),
        settings=chapters.chapter_settings(edition),
        folder=lambda wildcards: str(chapters.chapter_folder(edition, wildcards.chapter)),
    log:
        f"{WORK}/logs/{{chapter}}.log",
    shell:
        step(
            "chapter {wildcards.chapter}",
            "{PYTHON} scripts/execute_chapter.py {wildcards.chapter} {params.folder}"
            " {params.given:q} --products {WORK} --log {log}",
        )


rule reproduction:
    input:
        depends(Path("scripts/check_reproduction.py")),
        facts=expand(f"{WORK}/chapters/{{chapter}}/facts.csv", chapter=COMPARED),
    output:
        f"{WORK}/reproduction.csv",
    params:
        pending=edition.pending_exhibits,
    shell:
        step(
            "reproduction",
            "{PYTHON} scripts/check_reproduction.py --edition {edition.id} {output} {input.facts}",
        )


rule lint:
    input:
        depends(Path("scripts/lint_prose.py")),
        prose=chapters.prose(),
    output:
        touch(f"{WORK}/lint"),
    log:
        f"{WORK}/logs/lint.log",
    shell:
        step(
            "prose: no typed number",
            "{PYTHON} scripts/lint_prose.py {input.prose} 2>{log}"
            " || {{ cat {log} >&2; exit 1; }}",
        )


rule assemble:
    input:
        f"{WORK}/lint",
        depends(Path("scripts/assemble_book.py")),
        "_config.yml",
        "_toc.yml",
        files_under(Path("book")),
        chapters=expand(f"{WORK}/chapters/{{chapter}}/manifest.json", chapter=CHAPTERS),
        # Whether the firms are simulated is written in the file.
        scores=f"{WORK}/{chapters.SCORES}",
    output:
        manifest=f"{WORK}/source.json",
    params:
        settings=chapters.chapter_settings(edition),
    shell:
        step(
            "book assembled",
            "{PYTHON} scripts/assemble_book.py --edition {edition.id} {output.manifest}",
        )


rule site:
    input:
        depends(Path("scripts/build_site.py"), "smdi.publishing.sphinx_ext"),
        source=f"{WORK}/source.json",
    output:
        manifest=f"{WORK}/site.json",
    log:
        f"{WORK}/logs/site.log",
    shell:
        step(
            "site",
            "{PYTHON} scripts/build_site.py --edition {edition.id} {output.manifest} --log {log}",
        )


rule pdf:
    input:
        depends(Path("scripts/build_pdf.py"), "smdi.publishing.sphinx_ext", "typst_book"),
        files_under(Path("src/typst_book")),
        source=f"{WORK}/source.json",
    output:
        f"{WORK}/report.pdf",
    log:
        f"{WORK}/logs/pdf.log",
    shell:
        step(
            "PDF",
            "{PYTHON} scripts/build_pdf.py --edition {edition.id} {output} --log {log}",
        )


rule publish:
    input:
        depends(Path("scripts/publish_edition.py")),
        reproduction=f"{WORK}/reproduction.csv",
        source=f"{WORK}/source.json",
        site=f"{WORK}/site.json",
        pdf=f"{WORK}/report.pdf",
    output:
        f"{WORK}/published.json",
    shell:
        step(
            "released",
            "{PYTHON} scripts/publish_edition.py --edition {edition.id} {output}",
        )
