"""Every change of a file outside a chapter's folder is refused, also where the system cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import json, os, shutil, sys, tempfile
from pathlib import Path
from smdi.workflow.kernel import confinement

def lacks(places):
    raise OSError("no Landlock here")

confinement.landlock = lacks
root = Path(sys.argv[1])
confinement.confine(root / "own", root / "own/tmp")
inside, outside = root / "own", root / "other"

def seen(folder):
    return os.open(folder, os.O_RDONLY)

tries = {
    "write": lambda at: (at / "new").open("w").close(),
    "append": lambda at: (at / "file").open("a").close(),
    "change": lambda at: (at / "file").open("r+").close(),
    "remove": lambda at: os.remove(at / "gone"),
    "rename": lambda at: os.rename(at / "moved", at / "there"),
    "rename into": lambda at: os.rename(inside / "mine", at / "mine2"),
    "rename out of": lambda at: os.rename(at / "theirs", inside / "theirs2"),
    "rmdir": lambda at: os.rmdir(at / "empty"),
    "mkdir": lambda at: os.mkdir(at / "made"),
    "truncate": lambda at: os.truncate(at / "file", 0),
    "chmod": lambda at: os.chmod(at / "file", 0o600),
    "link": lambda at: os.link(inside / "file", at / "linked"),
    "symlink": lambda at: os.symlink("file", at / "symlinked"),
    "rmtree": lambda at: shutil.rmtree(at / "tree"),
    "climb": lambda at: (inside / ".." / at.name / "climbed").open("w").close(),
    "bytes": lambda at: open(os.fsencode(at / "bytes"), "w").close(),
    "remove seen from": lambda at: os.remove("gone2", dir_fd=seen(at)),
    "rename seen from": lambda at: os.rename(
        "moved2", "there2", src_dir_fd=seen(at), dst_dir_fd=seen(at)
    ),
    "rename into seen from": lambda at: os.rename(
        "mine2", "mine3", src_dir_fd=seen(inside), dst_dir_fd=seen(at)
    ),
    "rmdir seen from": lambda at: os.rmdir("empty2", dir_fd=seen(at)),
    "mkdir seen from the first": lambda at: os.mkdir("made3", dir_fd=os.dup2(seen(at), 0)),
    "mkdir seen from": lambda at: os.mkdir("made2", dir_fd=seen(at)),
    "chmod seen from": lambda at: os.chmod("file", 0o600, dir_fd=seen(at)),
    "link seen from": lambda at: os.link(inside / "file", "linked2", dst_dir_fd=seen(at)),
    "symlink seen from": lambda at: os.symlink("file", "symlinked2", dir_fd=seen(at)),
}
found = {}
for name, act in tries.items():
    for place in (inside, outside):
        try:
            act(place)
            found[f"{name} {place.name}"] = "done"
        except PermissionError as error:
            found[f"{name} {place.name}"] = str(error)
reads = (outside / "file").read_text()
found["temporary"] = tempfile.gettempdir()
found["bytecode"] = sys.dont_write_bytecode
found["read"] = reads
json.dump(found, sys.stdout)
"""
NAMES = (
    "write", "append", "change", "remove", "rename", "rename into", "rename out of", "rmdir",
    "mkdir", "truncate", "chmod", "link", "symlink", "rmtree", "climb", "bytes",
    "remove seen from", "rename seen from", "rename into seen from", "rmdir seen from",
    "mkdir seen from the first", "mkdir seen from", "chmod seen from", "link seen from",
    "symlink seen from",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    root = tmp_path_factory.mktemp("confined").resolve()
    # A name that begins alike is another folder.
    for name in ("own", "other"):
        for kept in ("file", "gone", "moved", "mine", "theirs", "gone2", "moved2", "mine2"):
            (root / name).mkdir(exist_ok=True)
            (root / name / kept).write_text(kept)
        (root / name / "empty").mkdir()
        (root / name / "empty2").mkdir()
        (root / name / "tree/deep").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(root)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "root": str(root)}


@pytest.mark.parametrize("name", NAMES)
def test_a_change_outside_is_refused_and_one_inside_is_made(found, name: str) -> None:
    told = str(found[f"{name} other"])
    assert told.startswith("a chapter writes to its own folder alone, not to "), told
    assert f"{found['root']}/other" in told
    assert found[f"{name} own"] == "done"


def test_what_lies_outside_may_be_read(found) -> None:
    assert found["read"] == "file"


def test_temporary_files_go_to_the_chapters_folder_and_nothing_is_compiled(found) -> None:
    assert found["temporary"] == f"{found['root']}/own/tmp"
    assert found["bytecode"] is True


def test_a_folder_whose_name_begins_alike_is_another(tmp_path: Path) -> None:
    for name in ("own", "own-too"):
        (tmp_path / name).mkdir()
    code = (
        "import sys; from pathlib import Path; from smdi.workflow.kernel import confinement\n"
        "confinement.landlock = lambda places: None\n"
        "root = Path(sys.argv[1]).resolve(); confinement.confine(root / 'own', root / 'own/tmp')\n"
        "(root / 'own-too/x').touch()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert "PermissionError: a chapter writes to its own folder alone" in done.stderr
