"""Where the project lies, and the one way in which its files are written: whole or not at all."""

from __future__ import annotations

import copy
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import yaml

from smdi.errors import InputErrors, Problem
from smdi.strict_yaml import StrictLoader

T = TypeVar("T")

# A folder that has all of these is a checkout of the project.
MARKERS = ("_toc.yml", "data/editions", "notebooks")

LARGEST_YAML = 1 << 20
# Nanoseconds within which a second change of a file may bear the first one's time: ten ticks of the
# slowest of clocks that file systems go by.
SETTLING = 100_000_000


def project_root(start: Path | None = None) -> Path:
    """Return the project's folder: the working directory or the nearest one above it that is one.

    From anywhere else it is the checkout that this library lies in. `start` stands in for the
    working directory.
    """
    return _project_above(str(start.absolute() if start else Path.cwd()))


# By its text, which is asked for at each lookup of the standards, and takes no time to hash.
@cache
def _project_above(here: str) -> Path:
    for folder in (Path(here), *Path(here).parents):
        if all((folder / marker).exists() for marker in MARKERS):
            return folder
    return Path(__file__).resolve().parents[2]


def in_project(path: str | Path) -> Path:
    """Return a path of the project as seen from the working directory.

    In the project's own folder that is the path as it stands; an absolute path stays what it is.
    """
    path = Path(path)
    root = project_root()
    if path.is_absolute() or root == Path.cwd():
        return path
    return Path(os.path.relpath(root / path))


def read_yaml(path: Path) -> Any:
    """Return what a YAML file says; InputErrors names the file and the line of a fault.

    A key given twice, an alias and a date that no calendar has are faults too.
    """

    def fault(expected: str, row: int | None = None) -> InputErrors:
        return InputErrors([Problem(str(path), row, None, None, expected)])

    try:
        if path.stat().st_size > LARGEST_YAML:
            raise fault(f"a file of at most {LARGEST_YAML:,} bytes")
        # A copy for each caller, which may change it: to parse takes a hundred times as long.
        return copy.deepcopy(_parsed(path.read_text("utf-8-sig")))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "the file cannot be read"
        raise fault(f"valid YAML ({reason})", mark.line + 1 if mark else None) from error
    except UnicodeDecodeError as error:
        raise fault(f"text in UTF-8 (byte {error.start} is none)") from error
    except ValueError as error:
        raise fault(f"valid YAML ({error})") from error
    except RecursionError:
        raise fault("valid YAML (of a few levels)") from None
    except OSError as error:
        raise fault(f"a file that can be read ({error.strerror})") from error


@lru_cache(maxsize=32)
def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=StrictLoader)


def read_text(path: Path) -> str:
    """Return the text of an input file; InputErrors when there is none or it is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        expected = f"text in UTF-8 (byte {error.start} is none)"
    except OSError as error:
        expected = f"a file that can be read ({error.strerror})"
    raise InputErrors([Problem(str(path), None, None, None, expected)])


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path` that takes its place at the end, in one rename.

    When the body raises, `path` stays as it was and the temporary file goes. Folders are made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove whatever is at a path: a file, a link (not what it leads to), a folder, or nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes whole or not at all."""
    with written_whole(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: Path, content: str) -> None:
    """Write text as UTF-8, whole or not at all, line ends as they stand."""
    write_bytes(path, content.encode())


def json_bytes(content: object, *, sort_keys: bool = False) -> bytes:
    """Return JSON with Chinese as it is and a newline at the end; ValueError for NaN."""
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False, sort_keys=sort_keys)
    return f"{text}\n".encode()


def write_json(path: Path, content: object) -> None:
    """Write JSON with sorted keys, so that the same content has the same bytes."""
    write_bytes(path, json_bytes(content, sort_keys=True))


def wait_until_settled(path: Path) -> None:
    """Wait until a file that was just written is one that `kept_while_untouched` keeps."""
    with suppress(OSError):
        age = time.time_ns() - path.stat().st_ctime_ns
        if 0 <= age <= SETTLING:
            time.sleep((SETTLING - age + 1) / 1e9)


def files_in(folder: Path) -> Iterator[str]:
    """Yield all files of a folder and of those in it; a link to a folder is passed over.

    A folder that is not there, or that may not be read, has none. The system tells kinds with the
    names: `Path.rglob` asks it for each, which takes ten times as long.
    """
    with suppress(FileNotFoundError, PermissionError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files_in(Path(entry.path))
            elif entry.is_file():
                yield entry.path


def kept_while_untouched(read: Callable[[Path], T], most: int = 0) -> Callable[[Path], T]:
    """Have a reader of a file read again only what was touched since, by the system's account.

    Whoever calls shares what was read. A file that is just being written is read each time. Where
    `most` is given, no more files than that are kept.
    """
    kept: dict[tuple[int, int], tuple[tuple[int, int], T]] = {}

    @wraps(read)
    def kept_or_read(path: Path) -> T:
        try:
            status = path.stat()
        except OSError:
            return read(path)  # which says what is wrong
        file, state = (status.st_dev, status.st_ino), (status.st_size, status.st_ctime_ns)
        if file in kept and kept[file][0] == state:
            return kept[file][1]
        found = read(path)
        if time.time_ns() - status.st_ctime_ns > SETTLING:
            if most and len(kept) >= most:
                kept.clear()
            kept[file] = state, found
        return found

    return kept_or_read
