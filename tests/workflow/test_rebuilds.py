"""What a second build does, and what a change makes it do: asked of `snakemake -n`."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest

from smdi.workflow.steps import Step

# A book of its own is built, broken and killed: minutes, so `make test-builds` runs it.
pytestmark = pytest.mark.builds


def test_a_second_run_does_nothing(built) -> None:
    assert built.plan() == "nothing to do\n"


def test_a_touched_file_of_the_same_content_changes_nothing(project) -> None:
    for path in (
        "notebooks/alpha.md",
        "src/smdi/indicators/precision/rounding.py",
        "requirements.lock",
    ):
        (project.root / path).touch()
    assert project.plan() == "nothing to do\n"


def test_a_changed_notebook_runs_its_chapter_alone_and_says_why(project) -> None:
    project.edit("notebooks/alpha.md", "共 ", "一共 ")
    plan = project.plan()
    assert "chapter:alpha: notebooks/alpha.md changed" in plan
    assert project.chapters(plan) == {"alpha"}
    gates = {"gate:values", "gate:book", "gate:site"}
    after = {"reproduction", "lint", "assemble", "site", "pdf", *gates, "publish"}
    assert project.steps(plan) == after


def test_a_changed_library_module_runs_the_chapters_that_reach_it(project) -> None:
    project.edit("src/smdi/indicators/sme.py", '"""Small', '"""The small')
    plan = project.plan()
    assert "src/smdi/indicators/sme.py changed" in plan
    assert project.chapters(plan) == {"alpha"}


def test_changed_standards_run_what_reads_them(project) -> None:
    file = project.root / "data/standards/levels.csv"
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    plan = project.plan()
    assert "data/standards/levels.csv changed" in plan
    assert "score" in project.steps(plan), "an edition is read by the standards' own names"
    assert project.chapters(plan) == {"alpha", "beta"}


def test_a_changed_seed_draws_new_firms_and_says_why(project) -> None:
    project.edit("data/editions/2021.yaml", "seed: 20211231", "seed: 7")
    plan = project.plan()
    assert "simulate: parameters changed: seed" in plan
    assert project.steps(plan) >= {"simulate", "score", "prepare", "publish"}
    assert project.chapters(plan) == {"alpha", "beta"}


@pytest.mark.parametrize(
    "edits",
    [
        {"class_firms: 100": "class_firms: 90"},
        {"scope: {}": "scope: {province: 江苏省}", "\npublished: ": "\npublished: null  # "},
    ],
    ids=["threshold", "scope"],
)
def test_a_changed_threshold_or_scope_runs_the_chapters_but_not_the_scoring(
    project, edits: dict[str, str]
) -> None:
    for old, new in edits.items():
        project.edit("data/editions/2021.yaml", old, new)
    plan = project.plan()
    assert project.chapters(plan) == {"alpha", "beta"}
    assert not project.steps(plan) & {"simulate", "score"}


def test_a_changed_lock_runs_everything(project) -> None:
    file = project.root / "requirements.lock"
    file.write_text(file.read_text("utf-8") + "# another\n", "utf-8")
    expected = {"simulate", "score", "prepare", "reproduction", "assemble", "site", "pdf"}
    assert project.steps(project.plan()) >= expected


def test_a_changed_page_runs_no_chapter(project) -> None:
    project.edit("book/index.md", "# 玩具", "# 玩具之书")
    plan = project.plan()
    assert project.chapters(plan) == set()
    assert project.steps(plan) >= {"assemble", "publish"}


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("site/index.html", "publish"),
        ("report.pdf", "publish"),
        ("numbers.json", "publish"),
        ("work/scores.parquet", "score"),
        ("work/source/index.md", "assemble"),
        ("work/chapters/alpha/numbers.json", "chapter:alpha"),
        ("work/sphinx/html/beta.html", "site"),
        ("work/steps/score.json", "score"),
        ("work/steps/publish.json", "publish"),
    ],
)
@pytest.mark.parametrize("damage", ["deleted", "cut short", "altered"])
def test_whatever_is_damaged_is_made_again_and_said(project, path, step, damage) -> None:
    file = project.root / "_build/2021" / path
    whole = file.read_bytes()
    if damage == "deleted":
        file.unlink()
    elif damage == "cut short":
        file.write_bytes(whole[: len(whole) // 2])
    else:
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert f"{step}: " in project.plan()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def alter(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-9] + b"x" + content[-8:])


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "stray").write_text("x")


def make_dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("/nowhere/at/all")


DAMAGES = {
    "contents": {
        "site/alpha.html": alter,
        "report.pdf": cut,
        "work/scores.parquet": cut,
        "work/chapters/beta/page.ipynb": alter,
        "work/steps/score.json": cut,
        "work/steps/plan.jsonl": cut,
    },
    "kinds": {
        "current": make_dangling,
        "site": make_folder,
        "work/scores.parquet": make_folder,
        "work/source/index.md": make_folder,
        "work/chapters/alpha/numbers.json": make_dangling,
        "work/steps/site.json": make_folder,
    },
    # What Sphinx keeps, and would not write again by itself.
    "pages": {"work/sphinx/html/beta.html": alter, "work/sphinx/doctrees/alpha.doctree": cut},
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_build_ends_in_the_release_of_a_clean_one(project, kind: str) -> None:
    edition = project.root / "_build/2021"
    release = (edition / "current").readlink()
    for path, damage in DAMAGES[kind].items():
        damage(edition / path)
    project.build()
    assert (edition / "current").readlink() == release
    assert project.plan() == "nothing to do\n"
    assert not list((project.work / "steps").glob("*.last.json"))


def test_a_changed_value_reaches_every_page_that_quotes_it_and_no_other(project) -> None:
    html = project.work / "sphinx/html"
    value = "len(chapter.population.current)"
    times = {}
    for number in ("777", "888"):
        # Two builds: the first, in a copied folder, reads every page anew.
        project.edit("notebooks/alpha.md", f"length = {value}", f"length = {number}")
        project.run("scripts/build_edition.py")
        for page in ("index.html", "alpha.html"):
            assert f"{number} 字" in (html / page).read_text("utf-8")
        times[number] = (html / "beta.html").stat().st_mtime_ns
        value = number
    assert times["777"] == times["888"], "a page that quotes nothing new was written again"
    released = json.loads((project.root / "_build/2021/numbers.json").read_text("utf-8"))
    assert released["alpha.length"]["text"] == "888 字"


def test_a_failing_chapter_is_told_in_short_and_leaves_the_release(project) -> None:
    before = (project.root / "_build/2021/site/index.html").read_bytes()
    project.edit("notebooks/beta.md", "length =", "raise ValueError('no firms')\nlength =")
    failed = project.run("scripts/build_edition.py", check=False)
    shown = failed.stdout + failed.stderr
    assert failed.returncode == 1
    assert "notebooks/beta.md, line 17: the cell failed" in shown
    assert "ValueError: no firms" in shown
    assert "_build/2021/work/logs/chapter-beta.log" in shown
    assert "the last release is untouched" in shown
    assert len(shown.splitlines()) < 25
    assert (project.root / "_build/2021/site/index.html").read_bytes() == before


def test_of_steps_that_share_a_job_those_that_are_done_keep_their_records(project) -> None:
    made = [
        Step(
            name,
            outputs=(f"_build/2021/work/{name}.txt",),
            command=("scripts/toy.py", name),
            job="together",
        )
        for name in ("one", "two", "three")
    ]
    work = project.root / "_build/2021/work"
    lines = [f"{json.dumps(asdict(step))}\n" for step in (*made, Step("publish", needs=("two",)))]
    (work / "steps/plan.jsonl").write_text("".join(lines), "utf-8")
    (work / "steps/publish.json").unlink()
    (project.root / "scripts/toy.py").write_text(
        "import sys\nfrom pathlib import Path\n"
        "Path(f'_build/2021/work/{sys.argv[1]}.txt').touch()\nsys.exit(sys.argv[1] == 'two')\n"
    )
    words = ("-m", "snakemake", "--nolock", "--cores", "2", "--config", "edition=2021")
    done = project.run(*words, check=False)
    assert done.returncode == 1
    records = {step.name: (work / f"steps/{step.name}.json").exists() for step in made}
    assert records == {"one": True, "two": False, "three": True}
    assert [path.stem for path in (work / "failures").iterdir()] == ["two"]


def test_an_unknown_number_fails_with_page_and_line_and_leaves_the_release(project) -> None:
    before = (project.root / "_build/2021/site/index.html").read_bytes()
    project.edit("book/index.md", "alpha.length", "alpha.lenght")
    failed = project.run("scripts/build_edition.py", check=False)
    assert failed.returncode == 1
    assert "index.md:3: WARNING: unknown number: alpha.lenght" in failed.stderr
    assert (project.root / "_build/2021/site/index.html").read_bytes() == before


def test_a_typed_number_fails_the_build_with_its_place(project) -> None:
    project.edit("book/index.md", "# 玩具\n", "# 玩具\n\n占比为 69%。\n")
    failed = project.run("scripts/build_edition.py", check=False)
    assert failed.returncode == 1
    assert "book/index.md, row 3: found '69%'" in failed.stderr


def at_work(project) -> list[psutil.Process]:
    """List the processes that work in the project."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            alive = process.status() != psutil.STATUS_ZOMBIE
            if alive and process.cwd() == str(project.root):
                found.append(process)
    return found


@pytest.mark.parametrize("victim", ["group", "driver", "snakemake", "warm"])
def test_a_killed_build_leaves_the_release_and_nothing_else(project, victim: str) -> None:
    edition = project.root / "_build/2021"
    before = (edition / "site/index.html").read_bytes()
    release = (edition / "current").readlink()
    project.edit("book/index.md", "# 玩具", "# 新的一版")
    command = [sys.executable, "scripts/build_edition.py"]
    with subprocess.Popen(
        command, cwd=project.root, env=project.environment, start_new_session=True
    ) as build:
        # In the middle of the site: after the book was assembled anew, before the release.
        deadline = time.monotonic() + 120
        while not _assembled(project) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert _assembled(project)
        if victim == "group":
            os.killpg(build.pid, signal.SIGKILL)
        elif victim == "driver":
            build.kill()
        else:
            children = psutil.Process(build.pid).children()
            next(p for p in children if victim in f"{p.name()} {p.cmdline()}").kill()
        status = build.wait(60)
    while at_work(project) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert at_work(project) == []
    if victim == "warm" and status == 0:
        # Killed between two steps: the next one has run without it, and the build has ended well.
        assert "新的一版" in (edition / "site/index.html").read_text("utf-8")
    else:
        assert status != 0
        assert (edition / "site/index.html").read_bytes() == before
    project.edit("book/index.md", "# 新的一版", "# 玩具")
    project.build()
    assert (edition / "current").readlink() == release
    assert not list(edition.rglob(".*partial*"))


def test_what_a_build_killed_at_its_very_end_left_is_cleared_by_the_next(project) -> None:
    edition = project.root / "_build/2021"
    left = [project.work / "tmp/snakemake1", edition / "work/.half.json.partial"]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.touch()
    plan = project.work / "steps/plan.jsonl"
    whole = plan.read_bytes()
    cut(plan)
    assert "(unchanged" in project.build().stdout
    assert not [path for path in left if path.exists()]
    assert plan.read_bytes() == whole


def test_a_deleted_site_is_brought_back(project) -> None:
    shutil.rmtree(project.root / "_build/2021/releases")
    project.run("scripts/build_edition.py")
    assert (project.root / "_build/2021/site/index.html").is_file()


def test_all_faults_of_an_edition_are_told_without_a_traceback(project) -> None:
    project.edit("data/editions/2021.yaml", "year: 2021\nbaseline_year: 2020", "yaer: 2021")
    failed = project.run("scripts/build_edition.py", check=False)
    assert failed.returncode == 2
    assert "3 problems in the input" in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("words", [["province=江淮省"], ["regoin=江苏省"]])
def test_a_rerun_with_wrong_parameters_is_refused_before_it_runs(project, words) -> None:
    failed = project.run("scripts/rerun_chapter.py", "alpha", *words, check=False)
    assert failed.returncode == 2
    assert "江苏省" in failed.stderr
    assert not (project.root / "_build/2021/reruns").exists()


def test_a_rerun_has_a_folder_of_its_own_and_lists_the_differences(project) -> None:
    original = project.work / "chapters/alpha/numbers.json"
    before = original.read_bytes()
    done = project.run("scripts/rerun_chapter.py", "alpha", "province=山东省")
    assert re.search(r"alpha\.length  \d+ 字 -> 0 字", done.stdout)
    assert original.read_bytes() == before
    assert len(list((project.root / "_build/2021/reruns").iterdir())) == 1


def _assembled(project) -> bool:
    page = project.work / "source/index.md"
    return "新的一版" in page.read_text("utf-8") and not (project.work / "steps/site.json").exists()


def test_a_scope_given_to_the_build_makes_an_edition_of_its_own_from_the_same_firms(
    project,
) -> None:
    made = project.work / "scores.parquet"
    before = made.stat().st_mtime_ns
    done = project.build("--scope", "province=江苏")
    scoped = project.root / "_build/2021-320000"
    assert "Edition 2021-320000 is up to date (new" in done.stdout
    assert (scoped / "site/index.html").is_file()
    assert (scoped / "work/population.arrow").resolve() == project.work / "population.arrow"
    assert made.stat().st_mtime_ns == before
    again = project.run("scripts/build_edition.py", "--plan", "--scope", "province=江苏省")
    assert again.stdout == "nothing to do\n"
    # Other firms are other firms for the narrower edition, too.
    project.edit("data/editions/2021.yaml", "seed: 20211231", "seed: 7")
    told = project.build("--scope", "province=江苏")
    assert "bringing up to date what its scopes share" in told.stdout


@pytest.mark.parametrize(
    ("page", "heading"), [("book/index.md", "# 玩具\n"), ("notebooks/alpha.md", "# alpha\n")]
)
def test_a_changed_heading_reaches_all_pages_and_gives_the_release_of_a_clean_build(
    project, page: str, heading: str
) -> None:
    folder = project.root / "_build/2021"
    # The last of three neither refers to the first nor lies beside it.
    (project.root / "book/far.md").write_text("# 远\n\n文。\n", "utf-8")
    project.edit("_toc.yml", "  - file: beta\n", "  - file: beta\n  - file: far\n")
    project.build()
    project.edit(page, heading, "# 另一题\n")
    project.build()
    release = (folder / "current").readlink()
    assert "另一题" in (folder / "site/far.html").read_text("utf-8")
    shutil.rmtree(folder)
    project.build()
    assert (folder / "current").readlink() == release


def test_a_build_in_order_is_that_of_snakemake_to_the_byte(project) -> None:
    folder = project.root / "_build/2021-320000"
    project.build("--scope", "province=江苏")
    release = (folder / "current").readlink()
    shutil.rmtree(folder)
    done = project.build("--scope", "province=江苏", "--in-order")
    assert (folder / "current").readlink() == release
    assert not (folder / "work/logs/snakemake.log").exists()
    assert "chapter alpha" in done.stdout


def test_a_step_that_fails_in_order_is_told_and_those_that_need_it_do_not_run(project) -> None:
    project.build("--scope", "province=江苏", "--in-order")
    release = (project.root / "_build/2021-320000/current").readlink()
    project.edit("notebooks/alpha.md", "chapter.close()", "1 / 0")
    done = project.build("--scope", "province=江苏", "--in-order", check=False)
    assert done.returncode == 1
    assert "step chapter:alpha" in done.stderr and "ZeroDivisionError" in done.stderr
    assert "book assembled" not in done.stdout
    assert (project.root / "_build/2021-320000/current").readlink() == release


def test_a_scope_that_is_none_is_refused_before_anything_runs(project) -> None:
    done = project.build("--scope", "province=江南 siz=大", check=False)
    assert done.returncode == 2
    assert "2 problems" in done.stderr
    assert "nearest is" in done.stderr
    assert not list((project.root / "_build").glob("2021-*"))
