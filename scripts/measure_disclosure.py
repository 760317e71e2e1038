#!/usr/bin/env python
"""Measure which part of the values is shown at several minima, as docs/disclosure.md has it."""

from __future__ import annotations

import argparse
import statistics

from smdi.disclosure.pattern import shown_percent
from smdi.disclosure.release import protect_release
from smdi.edition import Disclosure, read_edition
from smdi.errors import reports_input_errors
from smdi.indicators import Population
from smdi.report.locations import needed
from smdi.standards import provinces


@reports_input_errors
def main() -> None:
    """Print the table: the nation, the median province and the median industry.

    And what of a median province would be shown if nothing went for the sake of others, and what
    part of it is told together with others.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("minima", type=int, nargs="*", default=[3, 5, 10])
    options = parser.parse_args()
    edition = read_edition(options.edition)
    pop = Population.open(needed(edition, "population"), edition.year, edition.baseline_year)
    names = set(provinces()["name_zh"])
    print("| minimum | nation | a province | at most | together | an industry |")
    print("| --- | --- | --- | --- | --- | --- |")
    for minimum in options.minima:
        policy = {"disclosure": Disclosure(minimum=minimum)}
        loss = protect_release(pop, edition.model_copy(update=policy)).loss
        shown = {scope: shown_percent(own) for scope, own in loss.items()}
        nation = shown.pop(pop.scope_name)
        province = statistics.median(value for scope, value in shown.items() if scope in names)
        industry = statistics.median(value for scope, value in shown.items() if scope not in names)
        most = statistics.median(
            shown_percent({**own, "secondary": 0}) for scope, own in loss.items() if scope in names
        )
        together = statistics.median(
            100 * own["together"] / (own["values"] + own["together"])
            for scope, own in loss.items()
            if scope in names
        )
        told = (f"{value:.1f}" for value in (nation, province, most, together, industry))
        print(f"| {minimum} | {' | '.join(told)} |", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
