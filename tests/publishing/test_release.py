from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from smdi.publishing import release
from smdi.publishing.release import current_release, publish
from smdi.workflow.pipeline import PARTS


def make_parts(folder: Path, text: str, pages: int = 3) -> dict[str, Path]:
    """Parts of an edition that all hold the same text."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "site").mkdir(parents=True)
    for page in range(pages):
        (folder / f"site/{page}.html").write_text(text)
    (folder / "source").mkdir()
    (folder / "source/_toc.yml").write_text(text)
    for name in ("report.pdf", "numbers.json", "reproduction.csv"):
        (folder / name).write_text(text)
    return {name: folder / name for name in PARTS}


def shown(edition: Path) -> set[str]:
    """All that readers of the edition see; one text means one whole release."""
    files = [edition / "report.pdf", edition / "numbers.json", edition / "reproduction.csv"]
    files += (edition / "site").glob("*.html")
    return {file.read_text() for file in files}


def test_a_first_release_is_seen_whole(tmp_path: Path) -> None:
    publish(tmp_path / "2021", make_parts(tmp_path / "work", "first"))
    assert shown(tmp_path / "2021") == {"first"}


def test_a_new_release_takes_the_place_of_the_old_in_every_part(tmp_path: Path) -> None:
    for text in ("first", "second"):
        publish(tmp_path / "2021", make_parts(tmp_path / "work", text))
    assert shown(tmp_path / "2021") == {"second"}


def test_the_same_content_is_the_same_release(tmp_path: Path) -> None:
    marks = {publish(tmp_path / "2021", make_parts(tmp_path / "work", "same")) for _ in range(2)}
    assert len(marks) == 1
    assert len(list((tmp_path / "2021/releases").iterdir())) == 1


def test_the_last_release_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    marks = [
        publish(tmp_path / "2021", make_parts(tmp_path / "work", text)) for text in ("a", "b", "c")
    ]
    kept = {path.name for path in (tmp_path / "2021/releases").iterdir()}
    assert kept == set(marks[1:])


def test_a_file_that_the_last_release_has_too_is_not_written_again(tmp_path: Path) -> None:
    parts = make_parts(tmp_path / "work", "first")
    publish(tmp_path / "2021", parts)
    before = file_numbers(tmp_path / "2021")
    (tmp_path / "work/site/1.html").write_text("other")
    publish(tmp_path / "2021", parts)
    now = file_numbers(tmp_path / "2021")
    assert {name for name in now if now[name] != before[name]} == {"site/1.html"}


def file_numbers(edition: Path) -> dict[str, int]:
    """By which numbers the file system knows the files of the current release."""
    folder = edition / "current"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in files}


def test_what_is_written_into_the_work_folder_reaches_no_release(tmp_path: Path) -> None:
    parts = make_parts(tmp_path / "work", "good")
    page = tmp_path / "work/site/1.html"
    for how in ("copied", "linked"):
        (tmp_path / "work/site/2.html").write_text(how)
        publish(tmp_path / "2021", parts)
        page.write_text("torn")
        assert (tmp_path / "2021/site/1.html").read_text() == "good"
        page.write_text("good")


def test_a_file_that_was_altered_in_the_last_release_is_right_in_the_new_one(
    tmp_path: Path,
) -> None:
    publish(tmp_path / "2021", make_parts(tmp_path / "work", "same"))
    altered = tmp_path / "2021/site/1.html"
    altered.write_text("evil")
    publish(tmp_path / "2021", make_parts(tmp_path / "work", "same"))
    assert shown(tmp_path / "2021") == {"same"}


def test_a_file_of_which_others_may_read_more_is_no_longer_the_last_one(tmp_path: Path) -> None:
    parts = make_parts(tmp_path / "work", "same")
    parts["report.pdf"].chmod(0o600)
    publish(tmp_path / "2021", parts)
    parts["report.pdf"].chmod(0o644)
    (tmp_path / "work/site/1.html").write_text("other")
    publish(tmp_path / "2021", parts)
    assert (tmp_path / "2021/report.pdf").stat().st_mode & 0o777 == 0o644


def test_where_the_file_system_has_no_links_files_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    for text in ("first", "first", "second"):
        publish(tmp_path / "2021", make_parts(tmp_path / "work", text))
        assert shown(tmp_path / "2021") == {text}


def test_a_full_disk_leaves_the_last_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path / "2021", make_parts(tmp_path / "work", "good"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    parts = make_parts(tmp_path / "work", "new")
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copy2", full)
        with pytest.raises(OSError, match="No space"):
            publish(tmp_path / "2021", parts)
    assert shown(tmp_path / "2021") == {"good"}
    publish(tmp_path / "2021", parts)
    assert shown(tmp_path / "2021") == {"new"}
    assert not list((tmp_path / "2021/releases").glob(".partial*"))


@pytest.mark.parametrize("link", ["current", "site"])
def test_a_link_is_never_taken_away_before_the_new_one_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: str
) -> None:
    edition = tmp_path / "2021"
    publish(edition, make_parts(tmp_path / "work", "good"))
    if link == "site":
        (edition / link).unlink()
        (edition / link).symlink_to("releases")
    parts = make_parts(tmp_path / "work", "new")
    rename = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if Path(target).name == link:
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="Input/output"):
        publish(edition, parts)
    assert (edition / link).is_symlink()
    assert (edition / "report.pdf").read_text() == ("good" if link == "current" else "new")


def test_a_damaged_release_of_the_same_content_is_replaced(tmp_path: Path) -> None:
    parts = make_parts(tmp_path / "work", "good")
    publish(tmp_path / "2021", parts)
    (tmp_path / "2021/site/1.html").write_text("damaged")
    publish(tmp_path / "2021", parts)
    assert shown(tmp_path / "2021") == {"good"}


def test_what_a_killed_build_left_unfinished_is_cleared(tmp_path: Path) -> None:
    edition = tmp_path / "2021"
    mark = publish(edition, make_parts(tmp_path / "work", "good"))
    (edition / "releases/.partial-1/site").mkdir(parents=True)
    (edition / "work/source").mkdir(parents=True)
    (edition / "work/source/.index.md.7.partial").touch()
    (edition / "work/source/index.md").touch()
    release.clear_leftovers(edition)
    assert [path.name for path in (edition / "releases").iterdir()] == [mark]
    assert [path.name for path in (edition / "work/source").iterdir()] == ["index.md"]


def test_a_release_names_no_place_of_this_machine(tmp_path: Path) -> None:
    parts = make_parts(tmp_path / "work", "good")
    (parts["site"] / ".buildinfo").write_text(str(tmp_path))
    publish(tmp_path / "2021", parts)
    assert not (tmp_path / "2021/site/.buildinfo").exists()


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_whenever_a_build_is_killed_one_whole_release_is_seen(tmp_path: Path, delay: float) -> None:
    edition = tmp_path / "2021"
    publish(edition, make_parts(tmp_path / "old", "old"))
    before = current_release(edition)
    parts = make_parts(tmp_path / "new", "new", pages=800)
    code = (
        "from pathlib import Path; import sys; from smdi.publishing.release import publish\n"
        "from smdi.workflow.pipeline import PARTS\n"
        "print('go', flush=True)\n"
        "publish(Path(sys.argv[1]), {name: Path(sys.argv[2]) / name for name in PARTS})"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(edition), str(tmp_path / "new")], stdout=subprocess.PIPE
    ) as build:
        build.stdout.readline()
        time.sleep(delay)
        os.kill(build.pid, signal.SIGKILL)
    assert len(shown(edition)) == 1
    assert (current_release(edition) == before) == (shown(edition) == {"old"})
    publish(edition, parts)
    assert shown(edition) == {"new"}


@pytest.mark.parametrize("name", ["site", "report.pdf", "current"])
def test_what_somebody_put_in_place_of_a_link_is_replaced(tmp_path: Path, name: str) -> None:
    edition = tmp_path / "2021"
    parts = make_parts(tmp_path / "work", "good")
    publish(edition, parts)
    (edition / name).unlink()
    (edition / name).mkdir()
    (edition / name / "index.html").write_text("own")
    publish(edition, parts)
    assert shown(edition) == {"good"}


def test_a_stray_file_among_the_releases_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "2021/releases").mkdir(parents=True)
    (tmp_path / "2021/releases/notes.txt").touch()
    mark = publish(tmp_path / "2021", make_parts(tmp_path / "work", "good"))
    assert [path.name for path in (tmp_path / "2021/releases").iterdir()] == [mark]


def test_the_site_has_the_report_to_download_where_both_are_released(tmp_path: Path) -> None:
    parts = make_parts(tmp_path / "work", "text")
    publish(tmp_path / "2021", parts)
    assert (tmp_path / "2021/site/report.pdf").read_text() == "text"
    for alone in ("site", "report.pdf"):
        publish(tmp_path / alone, {alone: parts[alone]})
        assert not (tmp_path / alone / "site/report.pdf").exists()


@pytest.mark.parametrize("number", [1, os.getpid()], ids=["another", "this process"])
def test_what_a_killed_build_left_is_gone_before_anything_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Its number may be that of this process again."""
    edition, copy = tmp_path / "2021", release._copy
    left = edition / f"releases/.partial-{number}/left.html"
    left.parent.mkdir(parents=True)
    left.touch()
    seen: list[bool] = []
    monkeypatch.setattr(release, "_copy", lambda *paths: seen.append(left.exists()) or copy(*paths))
    mark = publish(edition, make_parts(tmp_path / "work", "text"))
    assert seen and not any(seen)
    assert [path.name for path in (edition / "releases").iterdir()] == [mark]
    assert not list(edition.rglob("left.html"))


def test_a_release_that_could_not_be_copied_leaves_nothing_and_the_old_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, copy = tmp_path / "2021", release._copy
    mark = publish(edition, make_parts(tmp_path / "work", "first"))
    parts = make_parts(tmp_path / "work", "second")
    copied: list[Path] = []

    def full(path: Path, target: Path, last: Path) -> None:
        if copied:
            raise OSError(28, "No space left on device")
        copied.append(target)
        copy(path, target, last)

    monkeypatch.setattr(release, "_copy", full)
    with pytest.raises(OSError, match="No space"):
        publish(edition, parts)
    assert copied
    assert [path.name for path in (edition / "releases").iterdir()] == [mark]
    assert shown(edition) == {"first"}
