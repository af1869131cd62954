"""The token that Teams puts on each request: what it must hold, and by whose key it is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from bot.chat.payload import Json, parts, text, texts

LEEWAY = 5 * 60  # seconds that two clocks may differ
LONGEST = 8 * 1024  # characters

_ALGORITHMS = ["RS256"]
_LEAST_BITS = 2048
_REQUIRED = ["exp", "iss", "aud"]
# Whatever PyJWT falls over in what strangers write; its own errors are PyJWTError.
_UNREADABLE = (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError)


@dataclass(frozen=True)
class Key:
    """A key that Teams signs with, and the channels it may speak for; for any when none is named."""

    public: RSAPublicKey
    endorsements: frozenset[str]


@dataclass(frozen=True)
class KeySet:
    """The keys of one issuer, by their id."""

    issuer: str
    keys: Mapping[str, Key]


@dataclass(frozen=True)
class Claims:
    """What a token that holds says."""

    service_url: str
    endorsements: frozenset[str]


def key_set(metadata: Json, published: Json) -> KeySet:
    """Return the usable keys among those published; raises ValueError when there are none, or nobody's."""
    keys = {text(each, "kid"): key for each in parts(published, "keys") if (key := _key(each)) and text(each, "kid")}
    if not keys or not text(metadata, "issuer"):
        raise ValueError("no issuer, or no keys")
    return KeySet(text(metadata, "issuer"), keys)


def key_id(token: str, *, audience: str) -> str | None:
    """Return which key a token says it is signed with; None unless it looks like one for us that has not expired.

    Nothing is proved by it. It spares looking for the key of what could not hold anyway.
    """
    if len(token) > LONGEST or _said(token, audience) is None:
        return None
    try:
        header = jwt.get_unverified_header(token)
    except _UNREADABLE:
        return None
    return text(header, "kid") or None if header.get("alg") in _ALGORITHMS else None


def claims(token: str, key: Key, *, issuer: str, audience: str) -> Claims | None:
    """Return what a token says; None unless this key of this issuer signed it, for us, and for now."""
    said = _said(token, audience, key=key, issuer=issuer)
    return None if said is None else Claims(service_url=text(said, "serviceurl"), endorsements=key.endorsements)


def _said(token: str, audience: str, *, key: Key | None = None, issuer: str | None = None) -> dict[str, Any] | None:
    """Return a token's claims when they are in order; without a key whoever wrote them."""
    try:
        return jwt.decode(
            token,
            key.public if key else "",
            algorithms=_ALGORITHMS,
            audience=audience,
            issuer=issuer,
            leeway=LEEWAY,
            options={
                "verify_signature": key is not None,
                "verify_exp": True,
                "verify_nbf": True,
                "verify_iat": True,
                "verify_aud": True,
                "verify_iss": key is not None,
                "strict_aud": True,
                "require": _REQUIRED,
            },
        )
    except _UNREADABLE:
        return None


def _key(published: Json) -> Key | None:
    if text(published, "kty") != "RSA" or text(published, "use") not in {"", "sig"}:
        return None
    try:
        public = RSAAlgorithm.from_jwk(dict(published))
    except _UNREADABLE:
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size < _LEAST_BITS:
        return None
    return Key(public, frozenset(texts(published, "endorsements")))
