"""Edit a seeded sample of lines, one at a time, and count the edits that the tests notice.

    python -m tests.mutation --sample 400 --seed 1            over all of src and scripts
    python -m tests.mutation --known                    the faults of known.yaml
    python -m tests.mutation --base main                      over the lines changed since a commit

Works in copies of the tracked files, a copy a worker; the project itself is never edited. An edit
that the tests of `make test` do not notice is a survivor, unless `equivalent.yaml` argues that it
changes nothing. Exit status 1 when a package stays under its share.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tests.mutation.operators import Mutant, mutants
from tests.mutation.reach import Reach, read_reach, tests_of
from tests.mutation.workers import Worker, outcome_of

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
KNOWN = Path(__file__).with_name("known.yaml")
IN_ALL, IN_EACH = 0.85, 0.75


def main() -> int:
    """Draw, try, report."""
    options = _options()
    if options.known:
        chosen = known_faults()
    else:
        chosen = _changed(options.base) if options.base else _sampled(options)
    if options.list:
        print(*chosen, sep="\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [Worker.made(ROOT, Path(folder) / str(i)) for i in range(options.workers)]
        reach = read_reach(options.reach or copies[0].measured_reach(), ROOT)
        results = _tried(chosen, copies, reach, options)
    return _report(results)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.mutation")
    parser.add_argument("--sample", type=int, default=400, help="how many edits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--package", help="only this package")
    parser.add_argument("--base", help="only lines changed since this commit")
    parser.add_argument("--known", action="store_true", help="the faults of known.yaml")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=int, default=300, help="seconds for the tests of one edit")
    parser.add_argument("--reach", type=Path, help="a coverage database with contexts")
    parser.add_argument("--results", type=Path, help="where to write the results as JSON lines")
    parser.add_argument("--list", action="store_true", help="only say which edits")
    return parser.parse_args()


def _all() -> list[Mutant]:
    files = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("scripts/*.py")])
    equivalent = {(e["file"], e["before"], e["after"]) for e in _equivalents()}
    found = [one for file in files for one in mutants(ROOT, str(file.relative_to(ROOT)))]
    return [one for one in found if (one.file, one.before, one.after) not in equivalent]


def _equivalents() -> list[dict[str, str]]:
    return list(yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or [])


def known_faults() -> list[Mutant]:
    """Give the faults of `known.yaml`; ValueError for one whose place is not the only one."""
    found = []
    for entry in yaml.safe_load(KNOWN.read_text(encoding="utf-8")):
        source = (ROOT / entry["file"]).read_text(encoding="utf-8")
        if source.count(entry["before"]) != 1:
            raise ValueError(f"{entry['file']}: {entry['before']!r} does not stand there once")
        start = len(source[: source.index(entry["before"])].encode())
        end = start + len(entry["before"].encode())
        line = source[: source.index(entry["before"])].count("\n") + 1
        edit = entry["before"], entry["after"]
        found.append(Mutant(entry["file"], line, entry["what"], start, end, *edit))
    return found


def _sampled(options: argparse.Namespace) -> list[Mutant]:
    """Draw edits of every package: half by its size, half alike, so that small ones are judged."""
    groups = collections.defaultdict(list)
    for one in _all():
        if options.package in (None, one.package):
            groups[one.package].append(one)
    total = sum(map(len, groups.values()))
    draw = random.Random(options.seed)
    chosen = []
    for name in sorted(groups):
        share = 0.5 / len(groups) + 0.5 * len(groups[name]) / total
        chosen += draw.sample(groups[name], min(round(options.sample * share), len(groups[name])))
    return chosen


def _changed(base: str) -> list[Mutant]:
    """Give the edits of the lines that differ from a commit."""
    command = ["git", "diff", "--unified=0", base, "--", "src", "scripts"]
    diff = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    lines: dict[str, set[int]] = collections.defaultdict(set)
    file = ""
    for row in diff.splitlines():
        if row.startswith("+++ "):
            file = row.removeprefix("+++ b/")
        elif place := re.match(r"@@ .* \+(\d+)(?:,(\d+))? @@", row):
            first, count = int(place[1]), int(place[2] or 1)
            lines[file].update(range(first, first + count))
    return [one for one in _all() if one.line in lines[one.file]]


def _tried(
    chosen: list[Mutant], copies: list[Worker], reach: Reach, options: argparse.Namespace
) -> list[tuple[Mutant, str]]:
    free = list(copies)
    results = []
    out = options.results.open("a", encoding="utf-8") if options.results else None

    def attempt(one: Mutant) -> tuple[Mutant, str]:
        copy = free.pop()
        try:
            return one, outcome_of(copy, one, tests_of(reach, one.file, one.line), options.limit)
        finally:
            free.append(copy)

    with concurrent.futures.ThreadPoolExecutor(len(copies)) as pool:
        for number, (one, outcome) in enumerate(pool.map(attempt, chosen), 1):
            print(f"{number}/{len(chosen)} {outcome}: {one}", flush=True)
            results.append((one, outcome))
            if out:
                print(json.dumps({"outcome": outcome, **vars(one)}), file=out, flush=True)
    return results


def _report(results: list[tuple[Mutant, str]]) -> int:
    tally: dict[str, list[bool]] = collections.defaultdict(list)
    for one, outcome in results:
        tally[one.package].append(outcome != "survived")
    for one, outcome in results:
        if outcome == "survived":
            print(f"survivor: {one}")
    for name, noticed in sorted(tally.items()):
        print(f"{name:14} {sum(noticed):4} of {len(noticed):4} {sum(noticed) / len(noticed):6.1%}")
    shares = [sum(noticed) / len(noticed) for noticed in tally.values()]
    together = sum(map(sum, tally.values())) / max(1, len(results))
    print(f"{'together':14} {together:6.1%}")
    return int(bool(results) and (together < IN_ALL or min(shares) < IN_EACH))


if __name__ == "__main__":
    sys.exit(main())
