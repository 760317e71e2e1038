#!/usr/bin/env python
"""Measure builds of the edition, each against another command of the same run, as ratios.

Usage: benchmarks/edition.py [all | small | million | editions]

    whole     the edition from nothing, against `jupyter-book build` that executes the same
              notebooks, each profile's too, to HTML alone
    book      the same without profiles of provinces and industries, on both sides
    sentence  one sentence of one chapter changed, against the whole
    heading   its heading changed, which every page shows in its menu, against the whole
    nothing   a build with nothing to do
    million   an edition of a million assessments, against DuckDB's scan and grouping of its file
    editions  one edition of a province, the median of all 31, which are built side by side

All runs happen in a copy of the project, with this Python; peak memory is the sum over all
processes of a build (proportional set size, sampled). Not a test: it takes minutes, and it says
nothing about right or wrong.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psutil
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

from smdi.edition import read_edition
from smdi.publishing.profiles import with_profiles
from smdi.report.profiles.listing import NOTEBOOK, profiles_of

ROOT = Path(__file__).parents[1]
COPIED = ("_config.yml", "_toc.yml", "Snakefile", "editions.smk", "requirements.lock")
FOLDERS = ("book", "data", "notebooks", "profiles", "scripts", "src")
BUILD = ("scripts/build_edition.py", "--edition")
JUPYTER_BOOK = ("-c", "from jupyter_book.cli.main import main; main()", "build")
COPIES = 30
SENTENCE = ("中小微企业的业务覆盖占比", "中小微型企业的业务覆盖占比")
HEADING = ("# 中小微企业", "# 中小微企业的情况")
# To ask for the memory of all processes of a build takes 0.05 s, and holds them up; where the peak
# is what counts, they are asked often.
SELDOM, OFTEN = 2.0, 0.3


@dataclass(frozen=True)
class Run:
    """What a command took: seconds on the wall, and the peak of its processes' memory in MB."""

    seconds: float
    memory: float


def main() -> None:
    """Measure what is asked for and print a row each."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "all"
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = Path(folder, "project")
        project.mkdir()
        copy_project(project)
        if asked in ("all", "small"):
            small(project, run(project, *BUILD, "2021"))
        if asked in ("all", "million"):
            million(project)
        if asked in ("all", "editions"):
            editions(project)


def small(project: Path, whole: Run) -> None:
    """Print the rows about the edition as it stands."""
    nothing = run(project, *BUILD, "2021")
    notebook = project / "notebooks/sme.md"
    text = notebook.read_text("utf-8")
    changed = []
    for old, new in (SENTENCE, HEADING):
        assert old in text
        text = text.replace(old, new, 1)
        notebook.write_text(text, "utf-8")
        changed.append(run(project, *BUILD, "2021"))
    book = run(project, *JUPYTER_BOOK, str(executing_book(project, profiles=True)))
    alone = run(project, *BUILD, edition_without_profiles(project))
    book_alone = run(project, *JUPYTER_BOOK, str(executing_book(project, profiles=False)))
    row("whole edition, from nothing", whole, "jupyter-book executing to HTML", book)
    row("the book without profiles", alone, "jupyter-book executing to HTML", book_alone)
    row("one changed sentence", changed[0], "whole edition", whole)
    row("one changed heading", changed[1], "whole edition", whole)
    row("nothing changed", nothing, "whole edition", whole)


def edition_without_profiles(project: Path) -> str:
    """Write an edition that has the chapters alone; return its id."""
    edition = yaml.safe_load((project / "data/editions/2021.yaml").read_text("utf-8"))
    edition["profiles"] = {"pages": []}
    (project / "data/editions/alone.yaml").write_text(yaml.safe_dump(edition), "utf-8")
    return "alone"


def million(project: Path) -> None:
    """Print the row about a million assessments."""
    simulated = project / "simulated.parquet"
    words = ("--seed", "20211231", "--facts", "data/published/2021.csv")
    report = ("--report", str(project / "simulation.json"))
    run(project, "scripts/simulate_assessments.py", str(simulated), *words, *report)
    source = pq.read_table(simulated)
    target = project / "million.parquet"
    # A number for each firm: the years of one stay together, and each copy has firms of its own.
    firms = source["credit_code"].combine_chunks().dictionary_encode().indices
    digits = pc.utf8_lpad(pc.cast(firms, pa.string()), 13, "0")
    with pq.ParquetWriter(target, source.schema, compression="zstd") as writer:
        for number in range(COPIES):
            copied = pc.binary_join_element_wise(pa.scalar(f"SIM{number:02d}"), digits, "")
            copied = copied.cast(source.schema.field("credit_code").type)
            at = source.column_names.index("credit_code")
            writer.write_table(source.set_column(at, source.schema.field(at), copied))
    edition = yaml.safe_load((project / "data/editions/2021.yaml").read_text("utf-8"))
    edition |= {"assessments": target.name, "published": None, "targets": None}
    (project / "data/editions/million.yaml").write_text(yaml.safe_dump(edition), "utf-8")
    built = run(project, *BUILD, "million", every=OFTEN)
    start = time.monotonic()
    duckdb.sql(
        "select province, industry, year, count(*), avg(employees), avg(revenue) "
        f"from read_parquet('{target}') group by all"
    ).fetchall()
    scanned = Run(time.monotonic() - start, 0)
    row(f"{COPIES * source.num_rows:,} assessments", built, "DuckDB, scan and group", scanned)


def editions(project: Path) -> None:
    """Print how long an edition of a province takes where as many are built as there are cores."""
    cores = os.cpu_count() or 1
    words = ("--edition", "2021", "--by", "province", "--cores", str(cores))
    built = run(project, "scripts/build_editions.py", *words)
    logs = (project / "_build/2021-by-province/jobs").glob("*.log")
    told = [re.search(r"\(new, (\d+) s\)", log.read_text("utf-8")) for log in logs]
    seconds = [int(one[1]) / cores for one in told if one]
    each = f"{statistics.median(seconds):.1f} s an edition (median of {len(seconds)})"
    print(f"{each}, {built.seconds:.0f} s in all, {built.memory:,.0f} MB at most", flush=True)


def executing_book(project: Path, *, profiles: bool) -> Path:
    """Make the same book for Jupyter Book to execute by itself; return its folder.

    With `profiles`, each is a notebook with its own parameters, below the page that lists it.
    """
    book = project / ("executing" if profiles else "executing-alone")
    shutil.copytree(project / "book", book)
    shutil.copytree(project / "notebooks", book, dirs_exist_ok=True)
    notebook = book / f"{NOTEBOOK}.md"
    text = notebook.read_text("utf-8")
    notebook.unlink()
    toc = yaml.safe_load((project / "_toc.yml").read_text("utf-8"))
    listed = profiles_of(read_edition("2021")) if profiles else []
    for profile in listed:
        scope = {name: getattr(profile.scope, name) for name in ("province", "industry")}
        own = text
        for name, value in scope.items():
            own, count = re.subn(
                rf'^{name} = ".*"$', f'{name} = "{value}"', own, flags=re.MULTILINE
            )
            assert count == 1
        (book / f"{profile.name}.md").write_text(own, "utf-8")
    (book / "_toc.yml").write_text(
        yaml.safe_dump(with_profiles(toc, listed, last=False), allow_unicode=True), "utf-8"
    )
    config = yaml.safe_load((project / "_config.yml").read_text("utf-8"))
    config["execute"] = {"execute_notebooks": "force", "timeout": 600}
    (book / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    return book


def copy_project(project: Path) -> None:
    """Copy what a build reads."""
    for name in COPIED:
        shutil.copy2(ROOT / name, project)
    for name in FOLDERS:
        ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, project / name, ignore=ignore)


def run(project: Path, *words: str, every: float = SELDOM) -> Run:
    """Run a command of this Python in the project, and measure it; its end must be good.

    Its memory is looked at every so many seconds.
    """
    environment = {**os.environ, "PYTHONPATH": str(project / "src"), "PYTHONHASHSEED": "0"}
    start = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        peaks: list[float] = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, peaks, every), daemon=True)
        watcher.start()
        said = process.communicate()[0]
    seconds = time.monotonic() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{said[-3000:]}")
    return Run(seconds, peaks[0] / 1e6)


def row(name: str, measured: Run, other_name: str, other: Run) -> None:
    """Print what was measured beside what it is held against."""
    ratio = measured.seconds / other.seconds
    memory = f"{measured.memory:,.0f} MB at most" if measured.memory else ""
    print(
        f"{name:32} {measured.seconds:7.1f} s  {memory:18}"
        f"{ratio:8.3f} of {other_name} ({other.seconds:.1f} s)",
        flush=True,
    )


def _watch(pid: int, peaks: list[float], every: float) -> None:
    while True:
        try:
            parent = psutil.Process(pid)
            peaks[0] = max(peaks[0], _memory([parent, *parent.children(recursive=True)]))
        except psutil.Error:
            return
        time.sleep(every)


def _memory(processes: Sequence[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total


if __name__ == "__main__":
    main()
