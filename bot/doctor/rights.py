"""Who may read what stands beside the process: the file with the secrets, the folder with the words."""

import stat
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.finding import Finding, attention, bad, good

_READ = stat.S_IRGRP | stat.S_IROTH
_WRITE = stat.S_IWGRP | stat.S_IWOTH


def secrets(env: Path) -> Iterator[Finding]:
    """Yield who may read the file with the secrets; nothing where there is none."""
    if not env.is_file():
        return
    mode = env.stat().st_mode
    if mode & (_READ | _WRITE):
        told = f"Other users of this machine can read {env.name}, which holds the secrets."
        yield attention("secrets", told, f"Run chmod 600 {env.absolute()}.")
    else:
        yield good("secrets", f"Nobody but its owner can read {env.name}.")


def folder(place: Path) -> Iterator[Finding]:
    """Yield whether others may put files into a database's folder; nothing where it is not there yet."""
    if place.is_dir() and place.stat().st_mode & stat.S_IWOTH and not place.stat().st_mode & stat.S_ISVTX:
        told = f"Every user of this machine can replace files in {place.absolute()}."
        yield bad("folder", told, f"Run chmod go-w {place.absolute()}.")
