#!/usr/bin/env python
"""Kill builds and damage what they made, many times: each next build must put it right.

Usage: tests/workflow/kills.py [--toy K,D] [--edition K,D] [--seed N] [--folder F]

`K,D` asks for so many kills and damages of the tests' toy project and of the default edition. After
each, one build must end in the release of a clean build, or fail and say why; no process of the
project may be left, nor a temporary file. Half an hour for the toy, hours for the whole: `make
test-kills`. Prints a row each; the exit status tells whether all were as they must be.

A kill ends, at a random moment, a third of them in the last five seconds of the build: its process
group, the build alone, Snakemake alone, or one job alone. A damage deletes, cuts or alters a file
that is recorded or released.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = (sys.executable, "scripts/build_edition.py")
VICTIMS = ("group", "build", "snakemake", "job")
DAMAGES = ("deleted", "cut", "altered")
SHARED = ("_config.yml", "_toc.yml", "Snakefile", "requirements.lock")
FOLDERS = ("book", "data", "notebooks", "profiles", "scripts", "src")
# A change that every page of the last steps shows, one of a chapter, and one that shows nowhere.
PAGE = ("book/index.md", "\n本版可以复核。\n")
CHAPTERS = {"toy": ("notebooks/alpha.md", "共 ", "一共 ")}
CHAPTERS["edition"] = ("notebooks/sme.md", "# 中小微企业", "# 中小微企业的情况")
DOCSTRING = ("src/smdi/indicators/sme.py", '"""', '""" ')
PARTS = ("site", "report.pdf", "numbers.json", "reproduction.csv", "source")
LAST_SECONDS = 5


class Trial:
    """A project that is built, killed, damaged and built again."""

    def __init__(self, kind: str, root: Path, seed: int) -> None:
        self.kind = kind
        self.root = root
        self.folder = root / "_build/2021"
        self.random = random.Random(f"{kind} {seed}")
        self.environment = {**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONHASHSEED": "0"}
        self.changed = self.commented = False
        self.seconds = {"changed": 0.0, "commented": 0.0, "from nothing": 0.0}
        self.clean: dict[bool, str] = {}

    def prepare(self) -> None:
        """Build both versions of the project from nothing: what every later build must give."""
        for version in (False, True):
            if version:
                self.toggle("changed")
            self.toggle("from nothing")
            start = time.monotonic()
            assert self.build().returncode == 0
            self.seconds["from nothing"] = time.monotonic() - start
            self.clean[version] = self.release()
        for kind in ("changed", "commented"):
            self.toggle(kind)
            start = time.monotonic()
            assert self.is_right(self.build()) == "as a clean build"
            self.seconds[kind] = time.monotonic() - start

    def toggle(self, kind: str) -> None:
        """Give the next build something to do."""
        if kind == "from nothing":
            shutil.rmtree(self.folder, ignore_errors=True)
        elif kind == "commented":
            self.commented = self._swap(*DOCSTRING, back=self.commented)
        else:
            page = self.root / PAGE[0]
            text = page.read_text("utf-8")
            page.write_text(text.replace(PAGE[1], "") if self.changed else text + PAGE[1], "utf-8")
            self.changed = self._swap(*CHAPTERS[self.kind], back=self.changed)

    def _swap(self, path: str, before: str, after: str, *, back: bool) -> bool:
        file = self.root / path
        old, new = (after, before) if back else (before, after)
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        return not back

    def build(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            BUILD, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False
        )

    def release(self) -> str:
        """Return a digest of the release: its name and all that readers see of it."""
        link = self.folder / "current"
        name = link.readlink().name if link.is_symlink() else "none"
        digest = hashlib.sha256(name.encode())
        for part in (*PARTS, "current"):
            path = self.folder / part
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.is_file():
                    digest.update(f"{part} {file.relative_to(path)}".encode() + file.read_bytes())
        return digest.hexdigest()[:16]

    def is_right(self, done: subprocess.CompletedProcess[str]) -> str:
        """Say how a build ended; a text that begins with WRONG is what must not be."""
        left = [str(p.pid) for p in at_work(self.root)]
        left += [str(path) for path in self.folder.rglob("*") if "partial" in path.name]
        left += [str(path) for path in (self.folder / "work/tmp").glob("*")]
        if left:
            return f"WRONG: left {' '.join(left)}"
        if done.returncode == 0:
            if self.release() == self.clean[self.changed]:
                return "as a clean build"
            return f"WRONG: {self.release()} and not {self.clean[self.changed]}"
        shown = done.stderr.strip().splitlines()
        if "Traceback" in done.stderr or not 2 <= len(shown) <= 45:
            return f"WRONG: it fails with {done.stderr[-500:]!r}"
        return f"fails, and says why: {' / '.join(shown[:3])}"

    def kill(self, number: int) -> str:
        """Kill one build, and return the row of what the next one made of it."""
        victim = VICTIMS[number % len(VICTIMS)]
        late = number % 3 == 2
        while True:
            kind = self.random.choice(list(self.seconds))
            self.toggle(kind)
            usual = self.seconds[kind]
            low = max(usual - LAST_SECONDS, 0) if late else 0
            moment = self.random.uniform(low, usual)
            ended, killed = self._build_and_kill(victim, moment)
            if killed:
                break
            # It was faster than its moment: what it made is right, and the next is another.
            assert self.release() == self.clean[self.changed]
            self.seconds[kind] = ended
        deadline = time.monotonic() + 120
        while at_work(self.root) and time.monotonic() < deadline:
            time.sleep(0.2)
        orphans = len(at_work(self.root))
        start = time.monotonic()
        outcome = self.is_right(self.build())
        if orphans:
            outcome = f"WRONG: {orphans} processes outlived the build; {outcome}"
        where = f"{killed} at {moment:.1f} of {usual:.1f} s{' (late)' if late else ''}"
        return f"kill | {kind} | {where} | {time.monotonic() - start:.1f} s | {outcome}"

    def _build_and_kill(self, victim: str, moment: float) -> tuple[float, str]:
        """Return how long the build lived, and what was killed; '' when it ended before that."""
        start = time.monotonic()
        with subprocess.Popen(
            BUILD,
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as build:
            with contextlib.suppress(subprocess.TimeoutExpired):
                build.wait(moment)
            killed = ""
            while build.poll() is None and not killed:
                killed = self._strike(build.pid, victim)
                time.sleep(0.02)
            build.wait()
        return time.monotonic() - start, killed

    def _strike(self, pid: int, victim: str) -> str:
        """Kill the victim and name it; '' when there is none at this moment."""
        with contextlib.suppress(psutil.Error):
            if victim == "group":
                os.killpg(pid, signal.SIGKILL)
                return "process group"
            if victim == "build":
                os.kill(pid, signal.SIGKILL)
                return "build alone"
            below = psutil.Process(pid).children(recursive=True)
            words = {process: " ".join(process.cmdline()) for process in below}
            if victim == "snakemake":
                found = [p for p in below if p.name() == "snakemake"]
            else:
                # Jobs' own processes: the clients, and what the warm server forked for them.
                jobs = ("run_step.py", "smdi.workflow.server.warm")
                found = [p for p in below if any(word in words[p] for word in jobs)]
                found = [p for p in found if p.ppid() != pid]
            if found:
                chosen = self.random.choice(found)
                step = words[chosen].partition("run_step.py")[2].split()
                chosen.kill()
                step = f" ({step[1]})" if len(step) > 1 else ", forked"
                return f"a job alone{step}" if victim == "job" else "Snakemake alone"
        return ""

    def damage(self, number: int) -> str:
        """Damage one file, and return the row of what the next build made of it."""
        how = DAMAGES[number % len(DAMAGES)]
        path = self.random.choice(self._damageable())
        content = path.read_bytes()
        if how == "deleted":
            path.unlink()
        elif how == "cut" and content:
            path.write_bytes(content[: len(content) // 2])
        else:
            at = self.random.randrange(len(content)) if content else 0
            changed = bytes([content[at] ^ 1]) if content else b"x"
            path.write_bytes(content[:at] + changed + content[at + 1 :])
        start = time.monotonic()
        outcome = self.is_right(self.build())
        shown = path.relative_to(self.folder)
        return f"damage | {how} | {shown} | {time.monotonic() - start:.1f} s | {outcome}"

    def _damageable(self) -> list[Path]:
        """List a third each: records, what they record, what is released."""
        records = sorted((self.folder / "work/steps").glob("*.json"))
        made: set[str] = set()
        for record in records:
            content = json.loads(record.read_text("utf-8"))
            made |= set(content["outputs"]) if isinstance(content, dict) else set()
        outputs = [self.root / name for name in sorted(made) if "/work/" in name]
        released = sorted(p for p in (self.folder / "current").resolve().rglob("*") if p.is_file())
        return self.random.choice([records, outputs, released])


def at_work(root: Path) -> list[psutil.Process]:
    """List the living processes whose working folder is the project."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(root):
                found.append(process)
    return found


def make_project(kind: str, root: Path) -> Path:
    """Copy what a build reads: the toy of the tests, or the project itself."""
    root.mkdir()
    if kind == "toy":
        runpy.run_path(str(HERE / "conftest.py"))["make_project"](root)
        return root
    for name in SHARED:
        shutil.copy2(ROOT / name, root)
    for name in FOLDERS:
        ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, root / name, ignore=ignore)
    return root


def rows(kind: str, asked: str, folder: Path, seed: int) -> Iterator[str]:
    """Yield the row of each kill and damage that is asked for."""
    kills, damages = map(int, asked.split(","))
    if not kills + damages:
        return
    trial = Trial(kind, make_project(kind, folder / kind), seed)
    trial.prepare()
    for number in range(kills):
        yield f"{kind} | {trial.kill(number)}"
    for number in range(damages):
        yield f"{kind} | {trial.damage(number)}"


def main() -> int:
    """Kill and damage as often as asked for; return whether anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--toy", default="80,20", metavar="K,D")
    parser.add_argument("--edition", default="20,10", metavar="K,D")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the projects are put (default: new)")
    options = parser.parse_args()
    wrong = count = 0
    with tempfile.TemporaryDirectory(prefix="kills-", dir=options.folder) as folder:
        for kind in ("toy", "edition"):
            place = Path(folder).resolve()
            for row in rows(kind, getattr(options, kind), place, options.seed):
                count += 1
                wrong += "WRONG" in row
                print(f"{count} | {row}", flush=True)
    print(f"{count} kills and damages, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
