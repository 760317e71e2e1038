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
from smdi.workflow.steps import jobs_of, read_plan, record_path, urgency

edition = read_edition(str(config.get("edition", "2021")))
plan = read_plan(edition)
# The site, say, takes longest at the end: a job that others wait for begins before one that ends.
following = urgency(plan)


def record(name):
    """Return the file that says a step is up to date."""
    return str(record_path(edition, name))


def told_before(name):
    """Return what a job waits for only so that its failure is told first.

    Facts that cannot hold together are told before any chapter runs.
    """
    waits = name.startswith("chapter:") and "simulate" in plan
    return ancient([record("simulate")] if waits else [])


def command(names):
    """Return the command of a job; what it says of a failure is shown when all has ended."""
    words = [sys.executable, "scripts/run_step.py", edition.id, *names]
    return shlex.join(words).replace("{", "{{").replace("}", "}}")


rule all:
    default_target: True
    input:
        record("publish"),


for names in jobs_of(plan):

    rule:
        name:
            re.sub("[^a-z0-9]", "_", names[0])
        input:
            [record(needed) for needed in plan[names[0]].needs],
            told_before(names[0]),
        output:
            [record(name) for name in names],
        priority: max(following[name] for name in names)
        params:
            command=command(names),
        shell:
            "{params.command}"
