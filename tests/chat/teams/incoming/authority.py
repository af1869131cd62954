"""An issuer of tokens of the tests' own: real keys, and a real endpoint that publishes them."""

import base64
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from jwt.algorithms import RSAAlgorithm
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

CLIENT = "c1d2e3f4-0000-4000-8000-000000000002"
TENANT = "7e9a0000-0000-4000-8000-000000000001"
SERVICE = "http://127.0.0.1:9/connector/"
ISSUER = "https://api.botframework.com"

OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def published(key: RSAPrivateKey = OURS, kid: str = "k1", **changes: Any) -> dict[str, Any]:
    """Return a key as an issuer publishes it."""
    own = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**own, "kid": kid, "use": "sig", "endorsements": ["msteams", "skype"], **changes}


def claimed(**changes: Any) -> dict[str, Any]:
    """Return what a token of Teams says; a change to None takes a claim away."""
    now = int(time.time())
    plain = {"iss": ISSUER, "aud": CLIENT, "exp": now + 3600, "nbf": now, "serviceurl": SERVICE}
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def token(key: Any = OURS, *, kid: Any = "k1", alg: str = "RS256", **changes: Any) -> str:
    """Return a signed token."""
    return jwt.encode(claimed(**changes), key, algorithm=alg, headers={"kid": kid} if kid else {})


def forged(header: dict[str, Any] | str, said: dict[str, Any] | str, signature: bytes = b"x") -> str:
    """Return a token put together by hand."""
    pieces = [part if isinstance(part, str) else json.dumps(part) for part in (header, said)]
    return ".".join(
        base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in [*map(str.encode, pieces), signature]
    )


class Authority:
    """Publishes keys, and counts how often it is asked for them."""

    def __init__(self) -> None:
        self.keys: Any = {"keys": [published()]}
        self.metadata: dict[str, Any] = {}
        self.asked: list[str] = []
        self.status = 200
        self.app = Starlette(routes=[Route("/openid", self._metadata), Route("/keys", self._keys)])

    async def _metadata(self, request: Request) -> Response:
        self.asked.append("metadata")
        address = str(request.url_for("_keys"))
        said = {"issuer": ISSUER, "jwks_uri": address, "id_token_signing_alg_values_supported": ["RS256"]}
        return JSONResponse({**said, **self.metadata}, self.status, {"Location": address})

    async def _keys(self, _: Request) -> Response:
        self.asked.append("keys")
        return JSONResponse(self.keys)
