"""The one place that encrypts: AES-256-GCM with a random nonce, and what is derived from a secret."""

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = b"\x01"  # stands before what is sealed, so that another way can be told from this one
NONCE = 12  # bytes
KEY = 32  # bytes
SHORTEST = len(FORMAT) + NONCE + 16  # of nothing sealed: what is shorter was cut


class Broken(Exception):
    """What is sealed was changed, cut, moved from elsewhere, or made with another key."""


class Cipher:
    """Seals and opens with one key."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 32 bytes."""
        self._aead = AESGCM(key)

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """Return what only this key opens, and only where the same is said about it."""
        nonce = os.urandom(NONCE)
        return FORMAT + nonce + self._aead.encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """Return what was sealed; raises Broken."""
        if len(sealed) < SHORTEST or sealed[:1] != FORMAT:
            raise Broken
        try:
            return self._aead.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], about)
        except InvalidTag:
            raise Broken from None


def fresh_key() -> bytes:
    """Return a new random key."""
    return os.urandom(KEY)


def of_both(*keys: bytes) -> bytes:
    """Return the key of a text that belongs to several people: without each of theirs nobody has it."""
    return sha256(b"pitstop words of several\0" + b"".join(keys)).digest()


def derived(secret: str, salt: bytes) -> bytes:
    """Return the key that an operator's secret stands for, in one keystore."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=b"pitstop keystore").derive(secret.encode())


def digest(key: bytes, told: bytes, size: int) -> bytes:
    """Return the first bytes of a keyed hash: the same for the same, and nothing to whoever lacks the key."""
    return hmac.digest(key, told, sha256)[:size]
