"""Where a chapter's process may write: its own folder and the devices, and nowhere else.

Two guards, as neither sees all. Python's audit hook sees what Python does and says it best.
Landlock (Linux 5.13 and newer) is the system's own: it holds C libraries too, and programs that a
cell starts. On a system without it, what a C library writes elsewhere is noticed when the build
ends, if it touched something that the build reads or made.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

DEVICES = "/dev"
TOLD = "a chapter writes to its own folder alone"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Audit events of changes to files: the places of each path, and of the folder that it is seen from,
# among their arguments.
_CHANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "os.mkdir": ((0, 2),),
    "os.truncate": ((0, 2),),
    "os.chmod": ((0, 2),),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "shutil.rmtree": ((0, 1),),
}
# linux/landlock.h; the numbers of these calls are the same on every architecture.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_GET_VERSION, _BENEATH, _NO_NEW_PRIVILEGES = 1, 1, 38
_WRITE_FILE, _REMOVE_AND_MAKE = 1 << 1, sum(1 << bit for bit in range(4, 13))
# Rights that later versions of Landlock brought: to move between folders, and to cut files.
_LATER = {2: 1 << 13, 3: 1 << 14}


def confine(folder: Path, temporary: Path) -> None:
    """Refuse, from now on, every change to a file outside `folder`; it holds for children too.

    Temporary files go to `temporary`, a folder in it.
    """
    sys.dont_write_bytecode = True
    temporary.mkdir(parents=True)
    os.environ["TMPDIR"] = str(temporary.absolute())
    tempfile.tempdir = None
    places = [os.path.realpath(folder), DEVICES]
    with contextlib.suppress(OSError):  # a system without it
        landlock(places)
    watched = {"open", *_CHANGES}

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        # Of thousands of events a few are changes to files.
        if event in watched:
            _audit(event, arguments, places)

    sys.addaudithook(hook)


def _audit(event: str, arguments: tuple[Any, ...], places: list[str]) -> None:
    if event == "open":
        path, _, flags = arguments
        changed = [(path, None)] if flags and flags & _WRITES else []
    else:
        at = dict(enumerate(arguments))
        changed = [(at[path], at.get(folder)) for path, folder in _CHANGES[event]]
    for path, folder in changed:
        if not isinstance(path, str | bytes | os.PathLike):
            continue
        real = os.path.realpath(_seen_from(folder) / os.fsdecode(path))
        if not any(real == place or real.startswith(place + os.sep) for place in places):
            raise PermissionError(f"{TOLD}, not to {real}")


def _seen_from(folder: object) -> Path:
    """Return the folder of a descriptor; that of the process where none, or nothing is told."""
    if isinstance(folder, int) and folder >= 0:
        with contextlib.suppress(OSError):
            return Path(f"/proc/self/fd/{folder}").readlink()
    return Path()


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled", ctypes.c_uint64),)


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def landlock(places: list[str]) -> None:
    """Let the system refuse this process and its children every write outside some folders.

    OSError where the system cannot.
    """
    if sys.platform != "linux":
        raise OSError("Landlock is a part of Linux")
    version = _call(_CREATE, None, 0, _GET_VERSION)
    rights = _WRITE_FILE | _REMOVE_AND_MAKE
    rights |= sum(right for since, right in _LATER.items() if version >= since)
    asked = _Ruleset(rights)
    ruleset = _call(_CREATE, ctypes.byref(asked), ctypes.sizeof(asked), 0)
    try:
        for place in places:
            descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
            rule = _Beneath(rights, descriptor)
            try:
                _call(_ADD, ruleset, _BENEATH, ctypes.byref(rule), 0)
            finally:
                os.close(descriptor)
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        _call(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _call(number: int, *arguments: Any) -> int:
    """Make a system call that the C library has no name for; OSError when it fails."""
    result = int(ctypes.CDLL(None, use_errno=True).syscall(number, *arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
