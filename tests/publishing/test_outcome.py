"""What a build tells when it ends: on one screen, with what to do."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.edition import Edition, read_edition
from smdi.publishing import outcome
from smdi.publishing.outcome import (
    Stale,
    advice,
    changed_text,
    failed_editions_text,
    failure_text,
    reasons_text,
    summary,
)

EDITION = read_edition("2021")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Have the edition's folder in a folder of the test's own, on a disk with room."""
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.setattr(outcome.shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))
    (tmp_path / "work/failures").mkdir(parents=True)
    return tmp_path


def failed(folder: Path, name: str, *lines: str) -> Path:
    path = folder / f"work/failures/{name}.json"
    path.write_text(json.dumps({"step": name, "lines": lines}), "utf-8")
    return path


@pytest.mark.parametrize(
    ("stale", "line"),
    [
        (Stale("score", ("a changed",)), "score: a changed"),
        (Stale("score", ("a", "b", "c")), "score: a; b; c"),
        (Stale("score", ("a", "b", "c", "d")), "score: a; b; c; 1 more"),
        (Stale("score", ("a",), ("prepare",)), "score: a"),
        (Stale("score", (), ("prepare", "simulate")), "score: follows prepare, simulate"),
        (Stale("score", (), ("a", "b", "c", "d")), "score: follows a, b, c"),
    ],
)
def test_a_stale_step_is_told_with_three_reasons(stale: Stale, line: str) -> None:
    assert str(stale) == line


def test_steps_that_run_for_the_same_are_told_together_and_the_fourth_is_counted() -> None:
    profiles = [Stale(f"profile:{n}", ("a changed", "b new"), ("score",)) for n in range(3)]
    others = [Stale("site", (), ("score",)), Stale("score", ("c changed",))]
    told = "  profile:0, profile:1, profile:2: a changed; b new\n  score: c changed\n"
    assert reasons_text([*profiles, *others]) == told
    fourth = Stale("pdf", ("a changed", "b new"))
    assert reasons_text([*profiles, fourth]) == (
        "  profile:0, profile:1, profile:2 and 1 more: a changed; b new\n"
    )
    assert reasons_text([]) == ""


def test_a_failure_says_whether_there_is_a_release_left(folder: Path) -> None:
    failed(folder, "score", "a fault")
    assert failure_text(EDITION, "abc").splitlines() == [
        "The build failed; the last release is untouched.", "  step score", "    a fault"
    ]  # fmt: skip
    assert failure_text(EDITION, None).startswith("The build failed; nothing was released.\n")


def test_three_failures_are_told_and_the_others_named(folder: Path) -> None:
    for number in range(5):
        failed(folder, f"chapter-{number}", f"fault {number}")
    lines = failure_text(EDITION, None).splitlines()
    assert [line for line in lines if "fault" in line] == [f"    fault {n}" for n in range(3)]
    assert lines[-1] == f"  failed too, told in {folder}/work/failures: chapter-3, chapter-4"


def test_three_failures_alone_name_no_others(folder: Path) -> None:
    for number in range(3):
        failed(folder, f"chapter-{number}", "fault")
    assert "failed too" not in failure_text(EDITION, None)


@pytest.mark.parametrize(("failures", "most"), [(1, 36), (2, 18), (3, 12)])
def test_long_failures_share_one_screen_and_keep_their_last_lines(
    folder: Path, failures: int, most: int
) -> None:
    for number in range(failures):
        failed(folder, f"chapter-{number}", *(f"line {n}." for n in range(most + 1)))
    lines = [line.strip() for line in failure_text(EDITION, None).splitlines()]
    own = lines[2 : 2 + most]
    assert own[: most - 3] == [f"line {n}." for n in range(most - 3)]
    assert own[most - 3] == f"… all lines are in {folder}/work/failures/chapter-0.json"
    assert own[most - 2 :][:2] == [f"line {most - 1}.", f"line {most}."]


def test_a_failure_that_just_fits_is_told_in_full(folder: Path) -> None:
    failed(folder, "score", *(f"line {n}" for n in range(36)))
    assert "all lines are in" not in failure_text(EDITION, None)


def test_where_no_step_was_started_the_log_of_snakemake_is_told(folder: Path) -> None:
    (folder / "work/logs").mkdir()
    log = folder / "work/logs/snakemake.log"
    log.write_text("\n".join(f"line {n}" for n in range(20)), "utf-8")
    lines = failure_text(EDITION, None).splitlines()
    assert lines[1].startswith("  no step of the Snakefile could be started")
    assert lines[2:-1] == [f"    line {n}" for n in range(5, 20)]
    assert lines[-1] == f"  log: {log}"


def test_an_option_that_snakemake_does_not_know_is_told_without_all_those_it_knows(
    folder: Path,
) -> None:
    (folder / "work/logs").mkdir()
    text = "usage: a\n  many\nsnakemake: error: unrecognized arguments: --x\nand more"
    (folder / "work/logs/snakemake.log").write_text(text, "utf-8")
    told = failure_text(EDITION, None)
    assert "    Snakemake: unrecognized arguments: --x\n    and more\n" in told
    assert "usage" not in told
    assert "profiles/default/config.yaml" in told


def test_without_a_log_there_is_its_name(folder: Path) -> None:
    assert failure_text(EDITION, None).endswith(f"  log: {folder}/work/logs/snakemake.log")


@pytest.mark.parametrize(("free", "full"), [(4_999_999, True), (5_000_000, False)])
def test_a_disk_without_room_is_told(folder: Path, monkeypatch, free: int, full: bool) -> None:
    monkeypatch.setattr(outcome.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    failed(folder, "score", "a fault")
    assert ("is full: make room, and build again" in failure_text(EDITION, None)) == full


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left", "is full: make room, and build again"),
        ("OSError(122, 'Disk quota exceeded')", "is full: make room, and build again"),
        ("[Errno 27] File too large", "raise the limit of a file's size (ulimit -f)"),
        ("[ERRNO 24] Too many open files", "raise the limit of open files (ulimit -n)"),
        ("[Errno 23] x", "raise the limit of open files (ulimit -n)"),
        ("[Errno 30] Read-only", "a build must be able to write to"),
        ("[Errno 13] x", "a build must be able to write to"),
        ("[errno 1, x", "a build must be able to write to"),
    ],
)
def test_an_error_of_the_system_is_told_with_what_to_do(folder, said: str, told: str) -> None:
    assert told in advice(said, EDITION)
    failed(folder, "score", said)
    assert told in failure_text(EDITION, None).splitlines()[-1]


@pytest.mark.parametrize("said", ["", "[Errno 2] No such file", "28 firms", "error 28"])
def test_other_words_are_told_without_advice(folder, said: str) -> None:
    assert advice(said, EDITION) == ""


def of_many(folder: Path, *, started: tuple[str, ...], said: str = "", asked: bool = True) -> str:
    """Tell how of 2021-11, 2021-12 and 2021-13 none was built; some were started."""
    jobs = folder / "jobs"
    jobs.mkdir(parents=True)
    for one in started:
        (jobs / f"{one}.log").write_text("\n".join(f"{one} line {at}" for at in range(20)))
    if asked:
        (folder / "snakemake.log").write_text(said)
    told = failed_editions_text(jobs, ["2021-11", "2021-12", "2021-13"], folder / "snakemake.log")
    return told.replace(str(folder), "F")


def test_of_many_editions_the_first_that_failed_is_told_and_the_others_named(tmp_path) -> None:
    told = of_many(tmp_path, started=("2021-12", "2021-13")).splitlines()
    assert told[0] == "edition 2021-12 failed: F/jobs/2021-12.log"
    assert told[1:-1] == [f"    2021-12 line {at}" for at in range(5, 20)]
    assert told[-1] == "  failed too, told in F/jobs: 2021-11, 2021-13"


def test_where_none_of_many_editions_was_started_snakemakes_words_are_told(tmp_path) -> None:
    told = of_many(tmp_path, started=(), said="usage: x\n__main__.py: error: no such option --a")
    assert told.splitlines()[0] == "none was built of 2021-11, 2021-12, 2021-13"
    assert "    Snakemake: no such option --a\n  log: F/snakemake.log" in told
    assert "usage" not in told


def test_where_snakemake_was_not_asked_or_none_failed_there_is_nothing_to_tell(tmp_path) -> None:
    assert of_many(tmp_path, started=(), asked=False) == ""
    (tmp_path / "snakemake.log").touch()
    assert failed_editions_text(tmp_path, [], tmp_path / "snakemake.log") == ""


def test_what_changed_meanwhile_is_told_with_its_reasons(folder: Path) -> None:
    stale = [Stale("score", ("a changed",)), Stale("site", (), ("score",))]
    assert changed_text(stale).splitlines() == [
        "The build ended, but something changed meanwhile, by itself or by somebody else:",
        "  score: a changed",
        "  see that it is right, and build again",
    ]


@pytest.mark.parametrize(("before", "state"), [("abc", "unchanged"), ("abd", "new"), (None, "new")])
def test_an_edition_that_is_up_to_date_is_told_with_its_parts(
    folder: Path, before: str | None, state: str
) -> None:
    (folder / "releases/abc").mkdir(parents=True)
    (folder / "current").symlink_to("releases/abc")
    (folder / "site").mkdir()
    (folder / "site/a.html").write_bytes(b"x" * 60_000)
    (folder / "site/b.html").write_bytes(b"x" * 40_000)
    (folder / "report.pdf").write_bytes(b"x" * 99_999)
    for name in ("numbers.json", "reproduction.csv", "source"):
        (folder / name).touch()
    lines = summary(EDITION, before, 1.6).splitlines()
    assert lines[0] == f"Edition 2021 is up to date ({state}, 2 s):"
    assert [line.split() for line in lines[1:4]] == [
        [f"{folder}/site/index.html", "0.1", "MB"],
        [f"{folder}/report.pdf", "100.0", "kB"],
        [f"{folder}/numbers.json", "0.0", "kB"],
    ]
