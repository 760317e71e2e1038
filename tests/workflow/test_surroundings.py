"""A build among other builds, limits, signals and an unusual machine: it works, or says why not."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.builds

ALPHA = "notebooks/alpha.md"
UNTOUCHED = "the last release, if there is one, is untouched"


def change(project) -> None:
    """Give the build all steps from a chapter on to do."""
    project.edit(ALPHA, "共 ", "一共 ")


def cell(project, line: str) -> None:
    project.edit(ALPHA, "length =", f"{line}\nlength =")


def start(project, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "scripts/build_edition.py"],
        cwd=project.root,
        env=project.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def wait_for_jobs(project, build: subprocess.Popen[str]) -> None:
    """Wait until Snakemake runs; the toy's build has seconds to go then."""
    log = project.work / "logs/snakemake.log"
    deadline = time.monotonic() + 120
    while not (project.work / "warm").exists() or not log.is_file():
        assert time.monotonic() < deadline
        assert build.poll() is None
        time.sleep(0.02)


def failed(project, before: Callable[[], None] | None = None) -> str:
    """Build, and return what is said of the failure; the release stays, nothing else is left."""
    release = (project.root / "_build/2021/current").readlink()
    with start(project, preexec_fn=before) as build:
        said = build.communicate(timeout=300)[1]
    assert build.returncode not in (0, None)
    assert "Traceback" not in said
    assert 2 <= len(said.splitlines()) <= 45
    assert (project.root / "_build/2021/current").readlink() == release
    assert leftovers(project) == []
    return said


def leftovers(project) -> list[Path]:
    edition = project.root / "_build/2021"
    hidden = [path for path in edition.rglob(".*") if path.name not in (".lock", ".jobs")]
    known = [path for path in hidden if path.name not in (".buildinfo", ".doctrees")]
    return [*known, *(p for p in (project.work / "tmp", project.work / "warm") if p.exists())]


def test_a_build_leaves_nothing_in_the_temporary_folder_and_needs_no_home(
    project, tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    project.environment |= {"TMPDIR": str(tmp_path / "temporary"), "HOME": "/proc/nowhere"}
    cell(project, "import tempfile; tempfile.mkdtemp()")
    project.build()
    assert list((tmp_path / "temporary").iterdir()) == []
    assert leftovers(project) == []


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_told_to_end_says_so_and_leaves_nothing(project, sent: signal.Signals):
    release = (project.root / "_build/2021/current").readlink()
    change(project)
    # A shell that starts the tests in the background leaves SIGINT ignored.
    with start(project, preexec_fn=lambda: signal.signal(sent, signal.SIG_DFL)) as build:
        wait_for_jobs(project, build)
        build.send_signal(sent)
        said = build.communicate(timeout=60)[1]
    assert build.returncode == 128 + sent
    assert f"Interrupted by {sent.name}; {UNTOUCHED}" in said
    assert (project.root / "_build/2021/current").readlink() == release
    assert leftovers(project) == []


def test_a_second_build_at_once_is_refused_and_the_first_ends_well(project) -> None:
    change(project)
    with start(project) as first:
        wait_for_jobs(project, first)
        second = project.build(check=False)
        first.communicate(timeout=300)
    assert first.returncode == 0
    assert second.returncode == 2
    assert "expected no other build of this edition at the same time" in second.stderr


@pytest.mark.parametrize("blocks", [200_000, 2_000])
def test_a_limit_of_a_files_size_is_told(project, blocks: int) -> None:
    """The greater one stops the release, the smaller one the first files of a build."""
    change(project)
    said = failed(project, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (blocks, blocks)))
    assert "File too large" in said
    assert "raise the limit of a file's size (ulimit -f), and build again" in said


def test_a_full_disk_is_told(project) -> None:
    cell(project, "open('/dev/full', 'w', buffering=1).write('firm\\n')")
    said = failed(project)
    assert f"{ALPHA}, line 17: the cell failed" in said
    assert "[Errno 28] No space left on device" in said
    assert "the disk that holds _build/2021 is full: make room, and build again" in said


def test_a_folder_that_cannot_be_written_is_told(project) -> None:
    edition = project.root / "data/editions/2021.yaml"
    (project.root / "data/editions/2022.yaml").write_text(edition.read_text("utf-8"), "utf-8")
    (project.root / "_build/2022").symlink_to("/proc/self")
    done = project.build("--edition", "2022", check=False)
    assert done.returncode == 1
    assert UNTOUCHED in done.stderr
    assert "_build/2022/.lock" in done.stderr
    assert len(done.stderr.splitlines()) == 3


def test_a_chapter_that_hangs_is_ended_and_told(project) -> None:
    project.edit("data/editions/2021.yaml", "chapter_seconds: 600", "chapter_seconds: 4")
    cell(project, "while True: pass")
    said = failed(project)
    assert f"{ALPHA}, line 17: the cell is still running after 4 s" in said
    assert "mend the cell, or raise limits.chapter_seconds in the edition" in said


def test_a_changed_limit_runs_no_chapter(project) -> None:
    project.edit("data/editions/2021.yaml", "chapter_seconds: 600", "chapter_seconds: 500")
    assert project.plan() == "nothing to do\n"


@pytest.mark.parametrize(
    ("profile", "fault"),
    [
        ("cores: [", "Couldn't parse config file"),
        ("nonsense: 3", "unrecognized arguments: --nonsense=3"),
        ("executor: nowhere", "invalid choice: 'nowhere'"),
    ],
)
def test_a_broken_profile_is_told_in_snakemakes_words(project, profile: str, fault: str) -> None:
    change(project)
    (project.root / "profiles/default/config.yaml").write_text(profile, "utf-8")
    said = failed(project)
    assert f"Snakemake: {'argument' if 'executor' in profile else fault}" in said
    assert fault in said
    assert "see profiles/default/config.yaml" in said
    assert len(said.splitlines()) < 12


def test_fonts_that_are_missing_are_told_before_anything_runs(project) -> None:
    change(project)
    shadow = project.root / "shadow"
    for package in ("pylopdf_fonts_zh_cn", "manimgx_fonts_cjk"):
        (shadow / package).mkdir(parents=True)
        (shadow / package / "__init__.py").touch()
    path = project.environment["PYTHONPATH"]
    project.environment["PYTHONPATH"] = f"{shadow}{os.pathsep}{path}"
    said = failed(project)
    assert said.startswith("3 problems in the input:\n")
    assert "manimgx_fonts_cjk: found 'NotoSansCJK-VF.otf.ttc'; expected this font" in said


def test_code_that_changes_while_a_build_runs_is_not_taken_for_what_was_loaded(project) -> None:
    """The warm server has loaded the module before the firms are drawn, the chapter runs after."""
    project.edit("data/editions/2021.yaml", "seed: 20211231", "seed: 7")
    line = "Path('src/smdi/indicators/sme.py').write_text('raise RuntimeError(\"new\")')"
    project.edit(
        "scripts/simulate_assessments.py", "Path(sys.argv[1])", f"{line}\nPath(sys.argv[1])"
    )
    said = failed(project)
    assert "step chapter:alpha" in said
    assert "RuntimeError: new" in said


def test_a_clone_with_other_settings_and_path_releases_the_same_bytes(built, tmp_path) -> None:
    root = tmp_path / "另 一个"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("_build", ".snakemake"))
    clone = type(built)(root)
    clone.environment |= {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C"}
    clone.environment |= {"PYTHONHASHSEED": "7"}
    with start(clone, preexec_fn=lambda: os.umask(0o077)) as build:
        said = build.communicate(timeout=600)[1]
    assert build.returncode == 0, said
    first, second = (project.root / "_build/2021/current" for project in (built, clone))
    assert first.readlink() == second.readlink()
    assert content(first) == content(second)


def content(release: Path) -> dict[str, bytes]:
    return {str(p.relative_to(release)): p.read_bytes() for p in release.rglob("*") if p.is_file()}
