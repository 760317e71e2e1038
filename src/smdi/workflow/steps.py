"""The steps of an edition's build, and whether each is up to date: a fact about digests.

A step is up to date when its record says it was made from exactly the files, parameters and results
of other steps that there are now, and holds exactly the files that it made. The record is written
last. A record that is missing, cut short or at odds with what there is means that the step runs.

    _build/<edition>/work/steps/<step>.json        the record of a step that is up to date
    _build/<edition>/work/steps/<step>.last.json   the same, set aside while that is in question
    _build/<edition>/work/steps/plan.jsonl         a step a line, for the jobs that run them
"""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from smdi.edition import Edition
from smdi.files import files_in, kept_while_untouched, remove, write_json, write_text
from smdi.workflow.manifest import digest, fingerprint

PLAN = "plan.jsonl"
_read_digest = kept_while_untouched(lambda path: digest(path))


@dataclass(frozen=True)
class Step:
    """One step: what it is made from, and what it makes.

    `inputs` and `outputs` are paths as seen from the project; an output may be a folder, and is
    then all that lies in it. `needs` names the steps whose results it reads; `reads` which files
    of these it reads (names, with *), where it does not read all. `command` is the script of the
    step and its arguments, `label` what a build calls it when it is done. Steps of one `job` need
    the same and run one after the other in one process; without it, a step is a job of its own.
    """

    name: str
    inputs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reads: tuple[str, ...] = ()
    label: str = ""
    command: tuple[str, ...] = ()
    job: str = ""


def command(script: str, *words: object) -> tuple[str, ...]:
    """Return the command of a script."""
    return (f"scripts/{script}.py", *map(str, words))


@dataclass(frozen=True)
class State:
    """What there is now of a step: the digests of what it is made from and of what it holds."""

    inputs: dict[str, str]
    needs: dict[str, str]
    parameters: dict[str, Any]
    outputs: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """Return the digest of what the step holds."""
        return fingerprint(self.outputs)


def record_path(edition: Edition, name: str) -> Path:
    """Return the file that says a step is up to date."""
    return edition.work / "steps" / f"{name.replace(':', '-')}.json"


def set_aside(path: Path) -> Path:
    """Return where the record of a step that is in question lies."""
    return path.with_name(f"{path.stem}.last.json")


def last_record(path: Path) -> Path:
    """Return where the last record of a step lies: a build that failed leaves it set aside."""
    return path if path.exists() else set_aside(path)


def write_plan(edition: Edition, steps: Iterable[Step]) -> None:
    """Write all steps for the jobs, which then need not work them out again."""
    lines = "".join(f"{json.dumps(vars(step))}\n" for step in steps)
    write_text(edition.work / "steps" / PLAN, lines)


def read_plan(edition: Edition) -> dict[str, Step]:
    """Read the steps by name, in the order in which they run."""
    steps = map(_step, _plan_lines(edition))
    return {step.name: step for step in steps}


def jobs_of(plan: Mapping[str, Step]) -> list[list[str]]:
    """Return the names of steps that run in one process each, in the order of the plan."""
    jobs: dict[str, list[str]] = {}
    for name, step in plan.items():
        jobs.setdefault(step.job or name, []).append(name)
    return list(jobs.values())


def urgency(plan: Mapping[str, Step]) -> dict[str, int]:
    """Return how many steps follow each one at least, one after the other, until all is made."""
    following = dict.fromkeys(plan, 0)
    for name in reversed([*plan]):
        for needed in plan[name].needs:
            following[needed] = max(following[needed], following[name] + 1)
    return following


def read_step(edition: Edition, name: str) -> Step:
    """Read one step of the plan: each job does, and to read all takes a tenth of a second.

    Raises KeyError for a step that is not in the plan.
    """
    begins = f'{{"name": {json.dumps(name)},'
    for line in _plan_lines(edition):
        if line.startswith(begins):
            return _step(line)
    raise KeyError(name)


def _plan_lines(edition: Edition) -> list[str]:
    return (edition.work / "steps" / PLAN).read_text("utf-8").splitlines()


def _step(line: str) -> Step:
    told = json.loads(line).items()
    fields: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in told}
    return Step(**fields)


def state_of(step: Step, results: Mapping[str, Mapping[str, str]]) -> State:
    """Return what there is now of a step; `results` are the outputs of the steps it needs."""
    inputs = {path: _digest(path) for path in step.inputs}
    needs = {name: _result(results.get(name, {}), step.reads) for name in step.needs}
    # As JSON has it, so that a record compares equal to what it was written from.
    given = {**step.parameters, **({"command": step.command} if step.command else {})}
    parameters = json.loads(json.dumps(given))
    return State(inputs, needs, parameters, outputs_of(step))


def _result(outputs: Mapping[str, str], reads: tuple[str, ...]) -> str:
    """Return one digest for what a step reads of another's outputs; '' where there is nothing."""
    patterns = [f"*/{name}" for name in reads] or ["*"]
    read = {path for pattern in patterns for path in fnmatch.filter(outputs, pattern)}
    return fingerprint({path: outputs[path] for path in read}) if read else ""


def outputs_of(step: Step) -> dict[str, str]:
    """Return the digests of all files that a step holds now; links are followed."""
    found: dict[str, str] = {}
    for output in step.outputs:
        path = Path(output)
        files = sorted(files_in(path)) if path.is_dir() else [output]
        found |= {file: _digest(file) for file in files}
        if path.is_dir() and not files:
            found[output] = "empty"
    return found


def inputs_of(step: Step) -> dict[str, str]:
    """Return the digests of the files that a step is made from, as they are now."""
    return {path: _digest_now(path) for path in step.inputs}


def write_record(path: Path, state: State) -> None:
    """Say that a step is up to date; a record that was in question is none any more."""
    write_json(path, {**vars(state), "fingerprint": state.fingerprint})
    remove(set_aside(path))


def departures(path: Path, state: State) -> list[str]:
    """List, in words, how a step's record departs from what there is now; none: up to date."""
    recorded = read_record(path)
    if recorded is None:
        return ["not made yet" if not path.exists() else "its record cannot be read"]
    found = list(_differences(recorded["inputs"], state.inputs, "changed", "new", "gone"))
    found += list(_differences(recorded["outputs"], state.outputs, "altered", "added", "missing"))
    found += [
        f"step {name} gave another result"
        for name in state.needs
        if recorded["needs"].get(name) != state.needs[name]
    ]
    if recorded["parameters"] != state.parameters:
        before, now = recorded["parameters"], state.parameters
        names = [name for name in {**before, **now} if before.get(name) != now.get(name)]
        # A command repeats what has changed in it.
        names = sorted({*names} - {"command"}) or names
        found.append(f"parameters changed: {', '.join(names)}")
    if recorded["fingerprint"] != fingerprint(recorded["outputs"]):
        found.append("its record cannot be read")
    return found


def read_record(path: Path) -> dict[str, Any] | None:
    """Read a record; None where there is none or it is not one."""
    try:
        content = json.loads(path.read_text("utf-8"))
        kinds = {"inputs": dict, "needs": dict, "parameters": dict, "outputs": dict}
        whole = all(isinstance(content[key], kind) for key, kind in kinds.items())
        return content if whole and isinstance(content["fingerprint"], str) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _differences(
    before: Mapping[str, str], now: Mapping[str, str], changed: str, new: str, gone: str
) -> Iterable[str]:
    for name in sorted({**before, **now}):
        if name not in now or now[name] == "missing" != before.get(name):
            yield f"{name} {gone}"
        elif name not in before:
            yield f"{name} {new}"
        elif before[name] != now[name]:
            yield f"{name} {changed}"


@cache
def _digest(path: str) -> str:
    return _digest_now(path)


def _digest_now(path: str) -> str:
    try:
        return _read_digest(Path(path))
    except OSError:
        return "missing"


def forget_digests() -> None:
    """Look at files afresh from now on; within one look at the project each is seen once.

    One that was not touched meanwhile, by the system's own account of it, is not read again.
    """
    _digest.cache_clear()
