"""A disk in memory, where there is one: what a test writes is of no use after it, and no power is cut here."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has names of its own, for this user alone
ENOUGH = 1 << 30  # bytes: some containers have a twentieth of it


def write_to_memory() -> None:
    """Let all temporary files of this process, and of those it starts, be in memory; nothing changes without one."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
