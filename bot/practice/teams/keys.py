"""The key that the practice Teams signs with, and how others learn of it."""

import base64
import hashlib
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.practice.teams.world import Json

ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"
BITS = 2048
EXPONENT = 65537
LIFETIME = 3600  # seconds
HASTE = 300  # seconds that a token is good before it was made, for clocks that differ


@dataclass(frozen=True)
class Signer:
    """A key and its name."""

    key: rsa.RSAPrivateKey
    kid: str

    def token(self, client_id: str, service_url: str, **claims: Any) -> str:
        """Return a token as the Bot Framework makes it; a claim given as None is left out."""
        now = int(time.time())  # not practice time: a token is good or over by the machine's own clock
        usual: Json = {
            "serviceurl": service_url,
            "nbf": now - HASTE,
            "exp": now + LIFETIME,
            "iss": ISSUER,
            "aud": client_id,
        }
        said = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode(said, self.key, algorithm=ALGORITHM, headers={"kid": self.kid, "x5t": self.kid})

    def key_set(self) -> Json:
        """Return the public half, as a set of keys."""
        numbers = self.key.public_key().public_numbers()
        return {
            "keys": [
                {
                    "kty": "RSA",
                    "use": "sig",
                    "kid": self.kid,
                    "x5t": self.kid,
                    "n": _number(numbers.n),
                    "e": _number(numbers.e),
                    "endorsements": ["msteams"],
                }
            ]
        }


@cache
def signer() -> Signer:
    """Return this process's own signer; making a key takes a moment, so there is one."""
    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Signer(key, _base64url(hashlib.sha256(public).digest()[:20]))


def metadata(address: str) -> Json:
    """Return what tells a bot who signs, and where the keys are."""
    return {
        "issuer": ISSUER,
        "authorization_endpoint": "https://invalid.botframework.com",
        "jwks_uri": f"{address}/keys",
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
    }


def _number(value: int) -> str:
    return _base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
