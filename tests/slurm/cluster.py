"""A Slurm of one node on loopback, from Debian's packages, for as long as a test wants it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

CONFIGURATION = Path("/etc/slurm/slurm.conf")
KEY = Path("/etc/munge/munge.key")
PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch")
NEEDED = "the test needs Debian's Slurm: apt-get install slurm-wlm munge, as root"
CONF = """ClusterName=loopback
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MinJobAge=600
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SlurmctldPort=16817
SlurmdPort=16818
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


@contextlib.contextmanager
def one_node(folder: Path) -> Iterator[None]:
    """Run it, its state in a folder; what was there of a configuration is put back."""
    os.environ["PATH"] += ":/usr/sbin"
    assert all(map(shutil.which, PROGRAMS)), NEEDED
    assert os.geteuid() == 0, NEEDED
    before = CONFIGURATION.read_bytes() if CONFIGURATION.exists() else None
    for name in ("state", "spool"):
        (folder / name).mkdir()
    host = socket.gethostname().partition(".")[0]
    # Jobs have no SLURM_CONF: where it is, is settled.
    CONFIGURATION.parent.mkdir(exist_ok=True)
    CONFIGURATION.write_text(CONF.format(host=host, folder=folder, cores=os.cpu_count()))
    munge = _munge(folder)
    try:
        _run("slurmctld")
        _run("slurmd")
        _wait("idle", folder)
        yield
    finally:
        _end(folder / "slurmd.pid")
        _end(folder / "slurmctld.pid")
        _end(munge)
        CONFIGURATION.unlink()
        if before is not None:
            CONFIGURATION.write_bytes(before)


def _munge(folder: Path) -> Path:
    """Start munged as its own user; return its file of the process's number."""
    run = Path("/run/munge")
    run.mkdir(exist_ok=True)
    shutil.chown(run, "munge", "munge")
    if not KEY.exists():
        KEY.write_bytes(os.urandom(128))
        KEY.chmod(0o400)
        shutil.chown(KEY, "munge", "munge")
    _run("runuser", "-u", "munge", "--", "munged", "--force")
    return run / "munged.pid"


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _wait(state: str, folder: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while state not in (told := _run("sinfo", "--noheader", "--format=%T")):
        assert time.monotonic() < end, told + (folder / "slurmctld.log").read_text()
        time.sleep(0.5)


def _end(file: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        number = int(file.read_text())
        os.kill(number, 15)
        end = time.monotonic() + 20
        while Path(f"/proc/{number}").exists() and time.monotonic() < end:
            time.sleep(0.2)
