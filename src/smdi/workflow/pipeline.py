"""The steps of an edition, each with all that its result depends on.

Everything is worked out before anything runs, so that a fault in a notebook, a page list or an
edition is an error of the build, told with its place, and never taken for "nothing to do".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from smdi.edition import Edition
from smdi.errors import InputErrors, Problem
from smdi.report.locations import PRODUCTS
from smdi.report.palette import read_palette
from smdi.workflow import chapters
from smdi.workflow.dependencies import built_inputs, depends, files_under, script_inputs
from smdi.workflow.profile_steps import PROTECTED_BY, profile_steps, protects, together_steps
from smdi.workflow.steps import Step, command

SITE = Path("sphinx/html")
# What the gate says of the values that it attacked.
GATE = Path("gate.json")
# What of the book it attacks: data, specifications and descriptions of exhibits, named values.
ATTACKED = ("exhibits/*.csv", "exhibits/*.json", "numbers/*.json", "numbers.json")
# In which files of a part of the release it found nothing, for the next build.
CLEAN = "cache/clean-{}.json"
# What the book shows of a release's parts; the names that readers see.
PARTS = ("site", "report.pdf", "numbers.json", "reproduction.csv", "source")


def steps_of(edition: Edition) -> dict[str, Step]:
    """Return the steps by name, each after those it needs.

    InputErrors names what of the project cannot be read: notebooks, the list of pages, modules.
    """
    read_palette()  # its faults are told here, before a chapter meets them
    work = edition.work
    own = ("--edition", edition.id)
    built = ("reproduction", "assemble", "site", "pdf")
    names = [chapter.name for chapter in chapters.chapters_of(edition)]
    reads = {name: chapters.chapter_reads(name, edition.language) for name in names}
    compared = [name for name in names if "reproduction" not in reads[name]]
    words = chapters.word_files(edition)
    settings = edition.model_dump(mode="json", exclude=chapters.NOT_FOR_CHAPTERS)
    steps = [*_firms(edition), *(together_steps(edition) if edition.shows_profiles_apart else [])]
    steps += [_chapter(edition, name, reads[name], settings) for name in compared]
    steps += [
        Step(
            "reproduction",
            inputs=script_inputs("check_reproduction", _published(edition)),
            needs=tuple(f"chapter:{name}" for name in compared),
            reads=("facts.csv",),
            outputs=(str(work / PRODUCTS["reproduction"]),),
            label="reproduction",
            command=command(
                "check_reproduction",
                *("--edition", edition.id, work / PRODUCTS["reproduction"]),
                *(chapters.chapter_folder(edition, name) / "facts.csv" for name in compared),
            ),
            parameters={"pending": edition.pending_exhibits, "edition": edition.id},
        )
    ]
    others = [name for name in names if name not in compared]
    steps += [_chapter(edition, name, reads[name], settings) for name in others]
    gates = _gates(edition, settings, words)
    profiles = profile_steps(edition, settings)
    steps += profiles
    # An edition of a narrower scope has the prose of the edition that it narrows.
    lint = [] if edition.base else [_lint()]
    steps += [
        *lint,
        Step(
            "assemble",
            inputs=script_inputs(
                "assemble_book", *words, "_config.yml", "_toc.yml", *files_under(Path("book"))
            ),
            needs=(
                *(step.name for step in lint),
                *("prepare", *(f"chapter:{name}" for name in names)),
                *(step.name for step in profiles),
            ),
            outputs=(str(chapters.source_folder(edition)), str(work / "numbers.json")),
            parameters={**settings, "profiles": edition.profiles.model_dump(mode="json")},
            label="book assembled",
            command=command("assemble_book", *own),
        ),
        Step(
            "site",
            inputs=built_inputs("build_site", "smdi.publishing.sphinx_ext", data=tuple(words)),
            needs=("assemble",),
            outputs=(str(work / SITE),),
            label="site",
            command=command("build_site", *own, "--log", work / "logs/site.log"),
        ),
        Step(
            "pdf",
            inputs=built_inputs(
                "build_pdf",
                *("smdi.publishing.sphinx_ext", "typst_book"),
                data=(*words, *files_under(Path("src/typst_book"))),
            ),
            needs=("assemble",),
            outputs=(str(work / "report.pdf"),),
            parameters=settings,
            label="PDF",
            command=command("build_pdf", *own, work / "report.pdf", "--log", work / "logs/pdf.log"),
        ),
        *gates,
        Step(
            "publish",
            inputs=script_inputs("publish_edition"),
            needs=(*built, *(step.name for step in gates)),
            outputs=tuple(str(edition.folder / part) for part in PARTS),
            label="released",
            command=command("publish_edition", *own),
        ),
    ]
    return _run_by_engine(steps)


def _gates(edition: Edition, settings: Mapping[str, object], words: Iterable[str]) -> list[Step]:
    """Return the steps of the gate: over the values, the site, and all else that is released."""
    inputs = script_inputs("gate_edition", _published(edition), *words)
    firms = "prepare" if edition.base else "score"
    needs = {
        "values": ("assemble",),
        "book": (firms, "assemble", "reproduction", "pdf"),
        "site": (firms, "site"),
    }
    keeps = {
        "values": ("--report", edition.work / GATE),
        **{part: ("--clean", edition.work / CLEAN.format(part)) for part in ("book", "site")},
    }
    return [
        Step(
            f"gate:{part}",
            inputs=inputs,
            needs=needs[part],
            reads=ATTACKED if part == "values" else (),
            outputs=(str(edition.work / GATE),) if part == "values" else (),
            parameters=settings,
            label=f"{part} looked through",
            command=command("gate_edition", "--edition", edition.id, "--only", part, *keeps[part]),
        )
        for part in needs
    ]


def shared_steps(edition: Edition) -> dict[str, Step]:
    """Return the steps that make what editions of a narrower scope share, in their order.

    It is the firms, what may be seen of the scopes that leave together, and that the prose may be
    printed.
    """
    return _run_by_engine([*_firms(edition), *together_steps(edition), _lint()])


def _lint() -> Step:
    prose = chapters.prose()
    return Step(
        "lint",
        inputs=script_inputs("lint_prose", *prose),
        label="prose and print",
        command=command("lint_prose", *prose),
    )


def _run_by_engine(steps: Iterable[Step]) -> dict[str, Step]:
    """Return steps by name; what runs them, and with which words, is an input of each."""
    engine = {"Snakefile", *depends(Path("scripts/run_step.py"))}
    return {
        step.name: replace(step, inputs=tuple(sorted({*step.inputs, *engine}))) for step in steps
    }


def _firms(edition: Edition) -> list[Step]:
    work = edition.work
    protect = Step(
        "protect",
        inputs=script_inputs("protect_release"),
        needs=("prepare",),
        outputs=(str(work / PRODUCTS["protection"]),),
        parameters=edition.model_dump(mode="json", include=PROTECTED_BY),
        label="values that may be seen",
        command=protects(edition, PRODUCTS["protection"]),
    )
    if edition.base:
        shared = chapters.shared_firms(edition)
        made = tuple(str(work / path.name) for path in shared)
        share = Step(
            "prepare",
            inputs=script_inputs("share_firms", *map(str, shared)),
            outputs=made,
            label=f"firms of the edition {edition.base}",
            command=command("share_firms", "--edition", edition.id),
        )
        pattern = str(chapters.shared_pattern(edition))
        beside = replace(
            protect,
            inputs=tuple(sorted({*protect.inputs, pattern})),
            command=(*protect.command, "--beside", pattern),
        )
        return [share, beside]
    assessments = str(chapters.assessments_file(edition))
    score = Step(
        "score",
        inputs=script_inputs("score_assessments", *chapters.method_files(edition)),
        outputs=(str(work / chapters.SCORES),),
        parameters={"method": edition.method.model_dump(mode="json")},
        label="scores",
        command=command(
            "score_assessments", assessments, work / chapters.SCORES, "--edition", edition.id
        ),
    )
    prepare = Step(
        "prepare",
        inputs=script_inputs("prepare_population"),
        needs=("score",),
        outputs=(str(work / PRODUCTS["population"]),),
        label="population prepared",
        command=command(
            "prepare_population", work / chapters.SCORES, work / PRODUCTS["population"]
        ),
    )
    if not edition.simulated:
        return [replace(score, inputs=(*score.inputs, assessments)), prepare, protect]
    if not edition.facts_to_keep:
        expected = "targets, the facts that simulated firms keep, or assessments that are given"
        raise InputErrors([Problem(f"edition {edition.id}", None, None, None, expected)])
    simulate = Step(
        "simulate",
        inputs=script_inputs("simulate_assessments", _targets(edition)),
        outputs=(assessments, str(work / PRODUCTS["simulation"])),
        parameters={"seed": edition.seed},
        label="assessments, simulated",
        command=command(
            "simulate_assessments",
            *(assessments, "--seed", edition.seed, "--facts", edition.facts_to_keep),
            *("--report", work / PRODUCTS["simulation"]),
        ),
    )
    return [simulate, replace(score, needs=("simulate",)), prepare, protect]


def _chapter(
    edition: Edition, name: str, reads: tuple[str, ...], settings: Mapping[str, object]
) -> Step:
    simulates = "prepare" if edition.base else "simulate"
    makers = {
        "population": ("prepare", "protect"),
        "protection": ("protect",),
        "together": ("together",) if edition.shows_profiles_apart else (),
        "simulation": (simulates,) if edition.simulated else (),
        "reproduction": ("reproduction",),
    }
    needs = [step for product in reads for step in makers.get(product, ())]
    folder = chapters.chapter_folder(edition, name)
    parameters: Mapping[str, object] = {
        "given": chapters.chapter_parameters(edition, name),
        "edition": settings,
    }
    return Step(
        f"chapter:{name}",
        inputs=tuple(chapters.chapter_inputs(edition, name)),
        needs=tuple(needs),
        outputs=(str(folder),),
        parameters=parameters,
        label=f"chapter {name}",
        command=command(
            "execute_chapter",
            *(name, folder, *chapters.chapter_words(edition, name)),
            *("--products", edition.work, "--edition", edition.id),
            *("--log", edition.work / f"logs/chapter-{name}.log"),
        ),
    )


def _targets(edition: Edition) -> str | None:
    return str(edition.facts_to_keep) if edition.facts_to_keep else None


def _published(edition: Edition) -> str | None:
    return str(edition.published) if edition.published else None
