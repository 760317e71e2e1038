"""The project's root is found from anywhere, and a file is written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from smdi import files
from smdi.errors import InputErrors
from smdi.files import (
    LARGEST_YAML,
    files_in,
    in_project,
    json_bytes,
    kept_while_untouched,
    project_root,
    read_text,
    read_yaml,
    remove,
    wait_until_settled,
    write_json,
    write_text,
    written_whole,
)

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture
def project(tmp_path):
    """Make another project than the checkout, with a folder two levels down."""
    root = tmp_path.resolve() / "other"
    for folder in ("data/editions", "notebooks/deep"):
        (root / folder).mkdir(parents=True)
    (root / "_toc.yml").touch()
    return root


def test_the_root_is_found_from_any_folder_of_the_project(project, monkeypatch):
    for folder in (project, project / "notebooks", project / "notebooks" / "deep"):
        monkeypatch.chdir(folder)
        assert project_root() == project
        assert in_project("data/editions").resolve() == project / "data" / "editions"


def test_outside_of_a_project_the_root_is_the_library_s_checkout(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert project_root() == CHECKOUT
    assert in_project("_toc.yml").resolve() == CHECKOUT / "_toc.yml"


def test_a_folder_that_only_looks_like_a_project_is_none(project, tmp_path):
    (project / "_toc.yml").unlink()
    assert project_root(project) == CHECKOUT


def test_in_the_root_paths_stay_as_they_stand_and_absolute_ones_everywhere(project, monkeypatch):
    monkeypatch.chdir(project)
    assert in_project("data/editions") == Path("data/editions")
    monkeypatch.chdir(project / "notebooks")
    assert in_project("data/editions") == Path("../data/editions")
    assert in_project(project / "data") == project / "data"


def test_a_file_takes_the_place_of_the_old_one_when_it_is_finished(tmp_path):
    path = tmp_path / "new" / "folder" / "file.txt"
    with written_whole(path) as temporary:
        temporary.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert list(path.parent.iterdir()) == [path]


def test_the_old_file_stays_when_writing_the_new_one_fails(tmp_path):
    path = tmp_path / "file.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), written_whole(path) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_left_over_when_the_rename_fails(tmp_path):
    occupied = tmp_path / "file.txt"
    (occupied / "inside").mkdir(parents=True)
    with pytest.raises(OSError), written_whole(occupied) as temporary:
        temporary.write_text("new")
    assert list(tmp_path.iterdir()) == [occupied]
    assert (occupied / "inside").is_dir()


def test_the_old_file_stays_when_the_rename_fails(tmp_path, monkeypatch):
    path = tmp_path / "file.txt"
    path.write_text("old")

    def fail(self, target):
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"), written_whole(path) as temporary:
        temporary.write_text("new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_json_reads_as_chinese_has_no_nan_and_the_same_bytes_whatever_the_order(tmp_path):
    write_json(tmp_path / "one.json", {"b": 1, "a": "甲"})
    write_json(tmp_path / "two.json", {"a": "甲", "b": 1})
    text = (tmp_path / "one.json").read_bytes()
    assert text == (tmp_path / "two.json").read_bytes()
    assert "甲" in text.decode()
    assert json.loads(text) == {"a": "甲", "b": 1}
    with pytest.raises(ValueError, match="JSON"):
        json_bytes({"value": float("nan")})


def test_an_alias_of_a_single_value_is_read(tmp_path: Path) -> None:
    path = tmp_path / "theme.yaml"
    path.write_text("deep: &deep '#173a5e'\nlevels: ['#dde3ea', *deep]\n", "utf-8")
    assert read_yaml(path)["levels"] == ["#dde3ea", "#173a5e"]


@pytest.mark.parametrize("value", ["[1, 2]", "{one: 1}"])
def test_an_alias_that_could_swell_a_file_is_refused_with_its_line(
    tmp_path: Path, value: str
) -> None:
    path = tmp_path / "bomb.yaml"
    path.write_text(f"one: &one {value}\ntwo: [*one, *one]\n", "utf-8")
    with pytest.raises(InputErrors, match=r"row 2.*an alias"):
        read_yaml(path)


FAULTS = {
    "a bracket that is not closed": (b"a: 1\nb: [\n", "row 3; expected valid YAML"),
    "a key given twice": (b"a: 1\nb: 2\na: 3\n", "row 3; expected valid YAML"),
    "no date of a calendar": (b"day: 2021-02-30\n", "expected valid YAML (day is out of range"),
    "no text": (b"a: \xff\n", "expected text in UTF-8 (byte 3 is none)"),
    "too deep": (b"[" * 5000, "expected valid YAML (of a few levels)"),
    "too large": (b"#" * (LARGEST_YAML + 1), "expected a file of at most 1,048,576 bytes"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_of_yaml_is_told_with_its_place(tmp_path: Path, case: str) -> None:
    content, told = FAULTS[case]
    (tmp_path / "a.yaml").write_bytes(content)
    with pytest.raises(InputErrors) as raised:
        read_yaml(tmp_path / "a.yaml")
    assert told in str(raised.value)
    assert str(raised.value).startswith(f"{tmp_path}/a.yaml")


def test_the_largest_yaml_is_read_and_so_is_one_saved_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n" + b"#" * (LARGEST_YAML - 5))
    assert read_yaml(path) == {"a": 1}
    path.write_text("甲: 1\n", "utf-8-sig")
    assert read_yaml(path) == {"甲": 1}


@pytest.mark.parametrize("read", [read_yaml, read_text])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, read) -> None:
    with pytest.raises(InputErrors, match=r"none; expected a file that can be read \(No such file"):
        read(tmp_path / "none")


def test_text_that_is_none_is_told_with_its_byte(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("报告".encode() + b"\xfe")
    with pytest.raises(InputErrors, match=r"a\.md; expected text in UTF-8 \(byte 6 is none\)"):
        read_text(tmp_path / "a.md")


def test_line_ends_are_written_as_they_stand(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "报\r\n告\n")
    assert (tmp_path / "a.txt").read_bytes() == "报\r\n告\n".encode()


def test_whatever_is_there_is_removed_but_not_what_a_link_leads_to(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    (tmp_path / "folder/deep").mkdir(parents=True)
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(kept)
    (tmp_path / "broken").symlink_to(tmp_path / "none")
    for name in ("folder", "file", "link", "broken", "nothing"):
        remove(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (kept / "file").exists()


def test_the_files_of_a_folder_are_found_at_any_depth_and_behind_no_link_to_a_folder(
    tmp_path: Path,
) -> None:
    for name in ("a/one", "a/b/.two", "elsewhere/three"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "a/empty").mkdir()
    (tmp_path / "a/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "a/file").symlink_to(tmp_path / "elsewhere/three")
    (tmp_path / "a/nowhere").symlink_to(tmp_path / "gone")
    found = sorted(files_in(tmp_path / "a"))
    assert found == [str(tmp_path / "a" / name) for name in ("b/.two", "file", "one")]
    assert sorted(files_in(tmp_path / "a/linked")) == [str(tmp_path / "a/linked/three")]
    assert list(files_in(tmp_path / "gone")) == []


def test_json_keeps_its_order_unless_it_is_written_as_a_file(tmp_path: Path) -> None:
    content = {"b": [1], "a": "报"}
    assert json_bytes(content).decode() == '{\n "b": [\n  1\n ],\n "a": "报"\n}\n'
    write_json(tmp_path / "a.json", content)
    assert (tmp_path / "a.json").read_bytes() == json_bytes(content, sort_keys=True)
    assert json_bytes(content, sort_keys=True).startswith(b'{\n "a"')


def test_a_caller_that_changes_what_it_read_changes_nothing_for_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("levels: [1, 2]\nnames: {甲: [乙]}\n", "utf-8")
    whole = {"levels": [1, 2], "names": {"甲": ["乙"]}}
    first = read_yaml(path)
    first["levels"].append(3)
    first["names"]["甲"].clear()
    del first["names"]
    assert read_yaml(path) == whole
    assert read_yaml(path) == whole


def test_a_file_that_has_changed_is_read_anew_and_one_like_another_as_it_is(tmp_path: Path) -> None:
    one, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    for path, text in ((one, "a: 1"), (other, "a: 1"), (one, "a: 2")):
        path.write_text(text, "utf-8")
        assert read_yaml(path) == {"a": int(text[-1])}
    assert read_yaml(other) == {"a": 1}


def test_a_fault_is_told_with_the_file_that_has_it_though_another_had_it_first(tmp_path) -> None:
    for name in ("a.yaml", "b.yaml", "a.yaml"):
        (tmp_path / name).write_text("a: 1\na: 2\n", "utf-8")
        with pytest.raises(InputErrors) as raised:
            read_yaml(tmp_path / name)
        assert str(raised.value).startswith(f"{tmp_path}/{name}, row 2; ")


@pytest.fixture
def reads() -> list[Path]:
    return []


@pytest.fixture
def kept_text(reads: list[Path]) -> Callable[[Path], str]:
    """A reader that notes each file that it reads."""

    @kept_while_untouched
    def read(path: Path) -> str:
        reads.append(path)
        return path.read_text("utf-8")

    return read


def test_a_file_that_nobody_touched_is_read_once(kept_text, reads, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "SETTLING", 0)
    (tmp_path / "a").write_text("1")
    monkeypatch.chdir(tmp_path)
    assert [kept_text(tmp_path / "a"), kept_text(Path("a"))] == ["1", "1"]
    assert len(reads) == 1


def test_another_file_in_its_place_is_read(kept_text, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "SETTLING", 0)
    for name in "ab":
        (tmp_path / name).write_text(name)
    assert kept_text(tmp_path / "a") == "a"
    (tmp_path / "b").replace(tmp_path / "a")
    assert kept_text(tmp_path / "a") == "b"


def test_a_file_that_is_just_being_written_is_read_each_time(kept_text, reads, tmp_path) -> None:
    (tmp_path / "a").write_text("1")
    assert [kept_text(tmp_path / "a"), kept_text(tmp_path / "a")] == ["1", "1"]
    assert len(reads) == 2


def test_a_file_that_is_waited_for_is_kept(kept_text, reads, tmp_path) -> None:
    (tmp_path / "a").write_text("1")
    wait_until_settled(tmp_path / "a")
    assert [kept_text(tmp_path / "a"), kept_text(tmp_path / "a")] == ["1", "1"]
    assert len(reads) == 1


def test_a_file_that_is_not_there_or_is_of_tomorrow_is_not_waited_for(tmp_path) -> None:
    wait_until_settled(tmp_path / "none")
    slept: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.time, "sleep", slept.append)
        patch.setattr(files.time, "time_ns", lambda: 0)
        (tmp_path / "a").touch()
        wait_until_settled(tmp_path / "a")
    assert slept == []


def test_no_more_files_are_kept_than_is_said(reads, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "SETTLING", 0)
    read = kept_while_untouched(reads.append, most=2)
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.touch()
    for path in (*paths[:2], *paths[:2], paths[2], paths[2], paths[0]):
        read(path)
    assert reads == [*paths, paths[0]]


def test_a_file_that_is_gone_is_no_file_whatever_was_kept(kept_text, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "SETTLING", 0)
    (tmp_path / "a").write_text("1")
    kept_text(tmp_path / "a")
    (tmp_path / "a").unlink()
    with pytest.raises(FileNotFoundError):
        kept_text(tmp_path / "a")
