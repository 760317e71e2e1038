# The pipeline of one edition: assessments -> scores -> chapters -> book -> site and PDF -> release.
#
# `make book` works out beforehand which steps there are, each with its command and what it needs
# (smdi.workflow.pipeline), and which are up to date (smdi.workflow.steps): a step's record is here
# when it is, and lacks when it is not. Snakemake makes the records that lack, in order and side by
# side, on this machine or on a cluster's nodes. All is made in _build/<edition>/work and published
# as the last step; `make plan` says what would run, and why.

import re
import shlex
import sys

from smdi.edition import read_edition
from smdi.workflow.steps import read_plan, record_path

edition = read_edition(str(config.get("edition", "2021")))
plan = read_plan(edition)


def record(name):
    """Return the file that says a step is up to date."""
    return str(record_path(edition, name))


def told_before(name):
    """Return what a step waits for only so that its failure is told first.

    Facts that cannot hold together are told before any chapter runs.
    """
    waits = name.startswith("chapter:") and "simulate" in plan
    return ancient([record("simulate")] if waits else [])


def command(name):
    """Return the command of a step; what it says of a failure is shown when all has ended."""
    words = [sys.executable, "scripts/run_step.py", edition.id, name]
    return shlex.join(words).replace("{", "{{").replace("}", "}}")


rule all:
    default_target: True
    input:
        record("publish"),


for step in plan.values():

    rule:
        name:
            re.sub("[^a-z0-9]", "_", step.name)
        input:
            [record(needed) for needed in step.needs],
            told_before(step.name),
        output:
            record(step.name),
        params:
            command=command(step.name),
        shell:
            "{params.command}"
