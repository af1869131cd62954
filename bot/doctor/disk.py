"""The file, the disk under it, its copies, and the time zones that stand in it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, attention, bad, good, size, span
from bot.store.open import Inside, Outside

LARGE_LOG = 256 * 1024 * 1024  # bytes: somebody reads without end, and keeps it from shrinking
FRESH = timedelta(hours=36)  # a copy is made each night
LAST_NIGHTS = timedelta(days=4)  # nobody makes copies any more
_BROKEN = ("damaged", "not a database")  # of which a backup is the remedy


def disk(found: Outside) -> Iterator[Finding]:
    """Yield what there is to say of a file as it lies there."""
    yield _space(found)
    if not found.is_there:
        yield good("file", "There is none yet. It is made by the first start, or by python -m bot migrate.")
        return
    if not found.is_writable:
        yield bad("permissions", "This user cannot write the file and its folder.", "Make its user their owner.")
    if not found.is_private:
        told = "Other users of this machine can read the file."
        yield attention("permissions", told, "Run chmod 600 on the database file.")
    if found.log_size > LARGE_LOG:
        yield attention(
            "log",
            f"The write-ahead log has grown to {size(found.log_size)}.",
            "A program reads the file without end. Stop it, then restart Pitstop.",
        )


def damaged(why: str, found: Outside | None) -> Finding:
    """Return what to do with a file that cannot be used."""
    if not any(sign in why for sign in _BROKEN):  # what it says holds its own remedy
        return bad("file", why, "")
    if found is None or not found.copies:
        return bad("file", why, "There is no backup beside it.")
    return bad("file", why, f"The newest backup: python -m bot restore {found.copies[0]}")


def content(found: Inside, weight: int) -> Finding:
    """Return what there is to say of a file that is whole."""
    if found.is_strange:
        return bad("file", "It holds another program's data.", "Point PITSTOP_DATABASE_URL at another file.")
    if found.unknown:
        return bad(
            "file",
            f"A newer Pitstop wrote it ({found.unknown[-1]}).",
            "Install that version, or restore a backup made before it.",
        )
    if found.pending:
        return attention(
            "file",
            f"An older Pitstop wrote it; {', '.join(found.pending)} is still to come.",
            "Start Pitstop, or run python -m bot migrate. A copy is kept first.",
        )
    return good("file", f"It is whole, {size(weight)}.")


def beside(found: Inside) -> Iterator[Finding]:
    """Yield what belongs beside the file and is not there."""
    for place, holds in found.lost:
        yield bad(
            "companions",
            f"{place} is missing, or of another database: {holds}.",
            "Put it back from where your copies are kept. If it is lost, python -m bot migrate begins a new one; "
            "whoever was erased comes back then with a copy from before.",
        )


def zones(lived_in: tuple[str, ...], version: str, computed_by: str | None, is_zone: Callable[[str], bool]) -> Finding:
    """Return what there is to say of the time zones."""
    strange = sorted(zone for zone in lived_in if not is_zone(zone))
    if strange:
        return bad(
            "zones",
            f"Zone data {version} does not know {', '.join(strange)}.",
            "Install a newer tzdata package. Until then these people cannot be planned for.",
        )
    if computed_by not in (None, version):
        return attention(
            "zones",
            f"The agenda was computed with zone data {computed_by}, and {version} is installed.",
            "Restart Pitstop: it computes anew what has not been sent.",
        )
    return good("zones", f"Zone data {version} knows every zone that people live in.")


def copies(found: Outside, now: datetime, *, practice: bool = False) -> Finding:
    """Return what there is to say of the backups."""
    if practice:
        return good("backups", "A practice workspace needs none.")
    if found.newest_at is None:
        return attention("backups", "There is none.", "Run python -m bot backup. Pitstop makes one each night.")
    age = now - found.newest_at
    told = f"The newest is {span(age)} old; {len(found.copies)} are kept."
    if age > LAST_NIGHTS:
        return bad(
            "backups", told, "Run python -m bot backup and read what it says: the nightly one does not come about."
        )
    if age > FRESH:
        return attention("backups", told, "Run python -m bot backup. Pitstop makes one each night while it runs.")
    return good("backups", told)


def _space(found: Outside) -> Finding:
    told = f"{size(found.free)} are free on its disk."
    if found.free < found.reserve:
        return bad(
            "disk", told, "Make room at once: when nothing can be written, nothing is taken in and nothing is sent."
        )
    if found.free < found.reserve + 2 * found.size:
        return attention("disk", told, "Make room: a backup needs as much again as the file, and an upgrade too.")
    return good("disk", told)
