"""Snakemake in a fork that loads it before it is known what there is to do."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from smdi.publishing.snakemake import loading_snakemake

SNAKEFILE = """
rule all:
    shell:
        "echo $SAID by a job; test -e {config[file]}"
"""


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    (tmp_path / "Snakefile").write_text(SNAKEFILE)
    options = ["--snakefile", "--directory", "--cores", "--config"]
    values = [str(tmp_path / "Snakefile"), str(tmp_path), "1", f"file={tmp_path / 'there'}"]
    return [word for pair in zip(options, values, strict=True) for word in pair]


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


@pytest.mark.parametrize(("is_there", "status"), [(True, 0), (False, 1)])
def test_what_jobs_print_is_shown_and_what_snakemake_says_is_logged(
    words, tmp_path: Path, capfd, is_there: bool, status: int
) -> None:
    if is_there:
        (tmp_path / "there").touch()
    environment = {**os.environ, "SAID": "told"}
    with loading_snakemake(environment) as snakemake:
        assert snakemake(words, tmp_path / "logs/said.log") == status
    shown = capfd.readouterr()
    assert shown.out == "told by a job\n"
    assert shown.err == ""
    assert "rule all" in (tmp_path / "logs/said.log").read_text()


def test_one_that_cannot_be_loaded_says_so_in_the_log_where_it_is_wanted(
    words, tmp_path: Path, monkeypatch, capfd
) -> None:
    monkeypatch.setitem(sys.modules, "snakemake", None)
    with loading_snakemake(os.environ) as snakemake:
        assert snakemake(words, tmp_path / "said.log") == 1
    assert "ModuleNotFoundError" in (tmp_path / "said.log").read_text()
    assert capfd.readouterr() == ("", "")


def test_where_nothing_is_to_do_it_ends_with_whoever_loaded_it(capfd) -> None:
    before = children()
    with loading_snakemake(os.environ):
        (child,) = [one for one in children() if one not in before]
        assert child.is_running()
    assert not child.is_running()
    assert capfd.readouterr() == ("", "")


def test_one_that_was_killed_meanwhile_has_failed(words, tmp_path: Path) -> None:
    before = children()
    with loading_snakemake(os.environ) as snakemake:
        (child,) = [one for one in children() if one not in before]
        child.kill()
        while child.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
        (tmp_path / "said.log").write_text("of an earlier build")
        assert snakemake(words, tmp_path / "said.log") == -signal.SIGKILL
    assert (tmp_path / "said.log").read_text() == ""


def test_whoever_is_interrupted_while_it_runs_does_not_wait_for_it(words, tmp_path: Path) -> None:
    begun, done = tmp_path / "begun", tmp_path / "done"
    job = f"touch {begun}; sleep 5; touch {done}"
    (tmp_path / "Snakefile").write_text(f'rule all:\n    shell: "{job}"\n')

    def interrupt(*_: object) -> None:
        if begun.exists():
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise InterruptedError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
    try:
        with pytest.raises(InterruptedError), loading_snakemake(os.environ) as snakemake:
            snakemake(words, tmp_path / "said.log")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not done.exists()
