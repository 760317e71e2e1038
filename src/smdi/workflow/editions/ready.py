"""Whether an edition was found to fit its data, and nothing that this rests on has changed since.

To ask loads pandas and reads all facts; most builds follow the change of a notebook.
"""

from __future__ import annotations

from pathlib import Path

from smdi.edition import Edition
from smdi.errors import Problem
from smdi.workflow import steps
from smdi.workflow.dependencies import depends
from smdi.workflow.steps import Step

READINESS = Path("src/smdi/workflow/editions/readiness.py")


def faults(edition: Edition) -> list[Problem]:
    """List all in which an edition departs from its data, as `readiness.faults` does."""
    record = steps.record_path(edition, "ready")
    state = steps.state_of(_asked(edition), {})
    if not steps.departures(record, state):
        return []
    from smdi.workflow.editions import readiness

    found = readiness.faults(edition)
    # A look at what a build would do leaves nothing where there was none.
    if not found and record.parent.is_dir():
        steps.write_record(record, state)
    return found


def _asked(edition: Edition) -> Step:
    """Return what the answer rests on, as that of a step."""
    given = (edition.assessments, edition.targets, edition.published)
    files = (str(file) for file in given if file)
    return Step(
        "ready",
        inputs=(*depends(READINESS), *files),
        parameters=edition.model_dump(mode="json"),
    )
