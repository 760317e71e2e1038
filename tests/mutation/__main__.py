"""Edit a seeded sample of lines, one at a time, and count the edits that the tests notice.

    python -m tests.mutation --sample 400 --seed 1      over all of src and scripts
    python -m tests.mutation --known                    the faults of known.yaml
    python -m tests.mutation --base main                over the lines changed since a commit

Works in copies of the tracked files, a copy a worker; the project itself is never edited. An edit
that the tests of `make test` do not notice is a survivor, unless `equivalent.yaml` argues that it
changes nothing. Copies and results stay in `_build/mutants`: called again, a run tries what it has
not tried and what survived; remove `results.jsonl` to begin anew. Exit status 1 when a package
stays under its share.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import json
import math
import queue
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.mutation.operators import Mutant
from tests.mutation.reach import Reach, Selection
from tests.mutation.sampling import changed, known_faults, sampled
from tests.mutation.workers import Worker, outcome_of

ROOT = Path(__file__).parents[2]
IN_ALL, IN_EACH = 0.85, 0.75
SURVIVED = "survived"


def main() -> int:
    """Draw, try, report."""
    options = _options()
    if options.list:
        print(*_chosen(options, ROOT), sep="\n")
        return 0
    copies = [
        Worker.made(ROOT, options.folder / str(i), book=not options.no_book)
        for i in range(options.workers)
    ]
    root = copies[0].root
    reach = Reach(options.folder / "reach.json", root)
    tests = sorted(str(one.relative_to(root)) for one in root.glob("tests/**/test_*.py"))
    if stale := reach.stale(tests):
        print(f"measuring {len(stale)} test files", flush=True)
        reach.add(stale, *copies[0].measured(stale, options.workers))
        for one in stale:
            print(*(f"fails without any edit: {n}" for n in reach.kept[one]["failing"]), sep="\n")
    chosen = _chosen(options, root)
    results = options.folder / "results.jsonl"
    before = _read(results)
    noticed = [one for one in chosen if before.get(one.identity(root), SURVIVED) != SURVIVED]
    said = {one: before[one.identity(root)] for one in noticed}
    # All selections come before the first edit: they read the modules of a copy.
    todo = [
        (one, reach.of(one.file, one.line, options.within)) for one in chosen if one not in said
    ]
    names = {one: one.identity(root) for one, _ in todo}
    with results.open("a", encoding="utf-8") as out:
        for number, (one, outcome) in enumerate(_tried(todo, copies, options), 1):
            print(f"{number}/{len(todo)} {outcome}: {one}", flush=True)
            print(json.dumps([names[one], outcome], ensure_ascii=False), file=out, flush=True)
            said[one] = outcome
    return _report([(one, said[one]) for one in chosen], root)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.mutation")
    parser.add_argument("--sample", type=int, default=400, help="how many edits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--package", help="only this package")
    parser.add_argument("--first", type=int, help="only the first so many of them")
    parser.add_argument("--base", help="only lines changed since this commit")
    parser.add_argument("--known", action="store_true", help="the faults of known.yaml")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, default=300, help="seconds over twice the measured")
    parser.add_argument("--within", type=float, default=math.inf, help="seconds of tests an edit")
    parser.add_argument("--no-book", action="store_true", help="without a build for each survivor")
    parser.add_argument("--folder", type=Path, default=ROOT / "_build/mutants")
    parser.add_argument("--list", action="store_true", help="only say which edits")
    return parser.parse_args()


def _chosen(options: argparse.Namespace, root: Path) -> list[Mutant]:
    if options.known:
        chosen = known_faults(root)
    elif options.base:
        chosen = changed(root, options.base, ROOT)
    else:
        chosen = sampled(root, options.sample, options.seed, options.package)
    return chosen[: options.first]


def _read(results: Path) -> dict[str, str]:
    """Give the last outcome of each edit that was ever tried."""
    lines = results.read_text("utf-8").splitlines() if results.is_file() else []
    return dict(map(json.loads, lines))


def _tried(
    todo: list[tuple[Mutant, Selection]], copies: list[Worker], options: argparse.Namespace
) -> Iterator[tuple[Mutant, str]]:
    free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    for copy in copies:
        free.put(copy)

    def attempt(entry: tuple[Mutant, Selection]) -> tuple[Mutant, str]:
        one, tests = entry
        copy = free.get()
        try:
            return one, outcome_of(copy, one, tests, options.limit, not options.no_book)
        finally:
            free.put(copy)

    with concurrent.futures.ThreadPoolExecutor(len(copies)) as pool:
        yield from pool.map(attempt, todo)


def _report(results: list[tuple[Mutant, str]], root: Path) -> int:
    tally: dict[str, list[bool]] = collections.defaultdict(list)
    for one, outcome in results:
        tally[one.package].append(outcome != SURVIVED)
    for one, outcome in results:
        if outcome == SURVIVED:
            print(f"\nsurvivor: {one.file}:{one.line} ({one.kind})\n{one.diff(root)}")
    print()
    for name, noticed in sorted(tally.items()):
        print(f"{name:14} {sum(noticed):4} of {len(noticed):4} {sum(noticed) / len(noticed):6.1%}")
    shares = [sum(noticed) / len(noticed) for noticed in tally.values()]
    together = sum(map(sum, tally.values())) / max(1, len(results))
    print(f"{'together':14} {together:6.1%}")
    return int(bool(results) and (together < IN_ALL or min(shares) < IN_EACH))


if __name__ == "__main__":
    sys.exit(main())
