"""How the audit's checkpoints are signed, by the installation's secret key."""

import hmac
from collections.abc import Callable, Sequence
from hashlib import sha256

from bot.store.port.audit import Checkpoint

FOR = b"pitstop audit checkpoint"  # a key that is used for something else as well signs nothing of that by this


def signer(keys: Sequence[str]) -> Callable[[Checkpoint], str] | None:
    """Return what signs a checkpoint with the newest key; None without any."""
    return (lambda checkpoint: _signature(keys[0], checkpoint)) if keys else None


def is_signed_by(keys: Sequence[str]) -> Callable[[Checkpoint], bool | None]:
    """Return what tells whether one of the keys signed a checkpoint; without keys it cannot tell (None)."""

    def is_signed(checkpoint: Checkpoint) -> bool | None:
        if not keys:
            return None
        return any(hmac.compare_digest(_signature(key, checkpoint), checkpoint.signature) for key in keys)

    return is_signed


def _signature(key: str, about: Checkpoint) -> str:
    told = f"{about.workspace}\n{about.until_seq}\n{about.rows}\n{about.hash}\n{about.made_at.isoformat()}"
    return hmac.digest(hmac.digest(key.encode(), FOR, sha256), told.encode(), sha256).hex()
