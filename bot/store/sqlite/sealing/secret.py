"""The operator's secrets, by which the keystore is wrapped; in practice one of its own, made by itself."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from bot.store.port import Unusable
from bot.store.sqlite.file.location import OWNER_ONLY, flush, give

MISSING = (
    "PITSTOP_SECRET_KEY is missing: people's words are encrypted under it. "
    "`python -m bot keys new` prints one; keep it where the database is not."
)


def fresh_secret() -> str:
    """Return a new secret, as an operator keeps it."""
    return secrets.token_urlsafe(32)


def secrets_for(given: Sequence[str] | None, own: Path) -> list[str]:
    """Return the secrets to open a keystore by, the one in use first; raises Unusable.

    `given` are the operator's, which may be none. Who needs none (None: practice) gets one of its own, made the first
    time and kept in the file `own`; a keystore that began with it opens for an operator's secret beside it.
    """
    kept = own.read_text("utf-8").strip() if own.is_file() else ""
    known = [*(given or ()), *([kept] if kept else [])]
    if known:
        return known
    if given is not None:
        raise Unusable(MISSING)
    return [_made(own)]


def _made(own: Path) -> str:
    secret = fresh_secret()
    partial = own.with_name(f"{own.name}.new")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{secret}\n")
    give(partial, own.parent)
    flush(partial)
    partial.replace(own)
    flush(own.parent)
    return secret
