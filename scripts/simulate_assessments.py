"""Simulate firm-level assessments that keep every published fact that can be kept.

    simulate_assessments.py OUTPUT [--facts data/published/2021.csv] [--seed N] [--report R.json]

The same seed gives the same bytes. Exit status 1 when a fact or a stated order is missed (nothing
is written to OUTPUT then), 2 when the facts or the assumptions are faulty.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.errors import reports_input_errors
from smdi.simulation.simulate import failures, simulate, stopwatch, write


@reports_input_errors
def main(arguments: list[str] | None = None) -> int:
    """Simulate, check, write."""
    options = _parser().parse_args(arguments)
    progress = stopwatch(lambda line: print(line, file=sys.stderr, flush=True))
    simulation = simulate(options.facts, options.seed, progress=progress)
    missed = failures(simulation.calibration)
    if missed:
        print(f"{len(missed)} targets missed:", *missed, sep="\n  ", file=sys.stderr)
        return 1
    write(simulation, options.output, options.report)
    summary = ", ".join(f"{n} {name}" for name, n in simulation.calibration["summary"].items())
    progress(f"{options.output}: {simulation.table.num_rows} assessments; facts: {summary}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path, help="the Parquet file to write")
    parser.add_argument("--facts", type=Path, default=Path("data/published/2021.csv"))
    parser.add_argument("--seed", type=int, help="default: that of data/simulation.yaml")
    parser.add_argument("--report", type=Path, help="write the calibration record as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
