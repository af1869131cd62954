import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.chat.teams.incoming.token import Claims, claims, key_id, key_set
from tests.chat.teams.incoming.authority import CLIENT, ISSUER, OTHER, OURS, SERVICE, claimed, forged, published, token

KEYS = key_set({"issuer": ISSUER}, {"keys": [published(), published(OTHER, "k2", endorsements=None)]})


def soon(seconds: float) -> int:
    """Return a moment so many seconds from now; collecting all tests may take longer than two clocks may differ."""
    return int(time.time() + seconds)


PEM = OURS.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
HEADER = {"alg": "RS256", "kid": "k1", "typ": "JWT"}


def proved(given: str) -> Claims | None:
    """Return what a token says once the key that it names has proved it."""
    key = KEYS.keys.get(key_id(given, audience=CLIENT) or "")
    return claims(given, key, issuer=ISSUER, audience=CLIENT) if key else None


def hmac_by_the_public_key() -> str:
    """Return a token that a reader who trusts the header takes for signed: our public key is no secret."""
    signing = forged({**HEADER, "alg": "HS256"}, claimed()).rpartition(".")[0]
    signature = jwt.get_algorithm_by_name("HS256").sign(signing.encode(), PEM)
    return forged({**HEADER, "alg": "HS256"}, claimed(), signature)


def with_another_payload() -> str:
    head, _, signature = token().split(".")
    return ".".join([head, forged(HEADER, claimed(serviceurl="https://evil.example")).split(".")[1], signature])


WRONG: list[tuple[str, Callable[[], str]]] = [
    ("nothing", lambda: ""),
    ("no token", lambda: "x"),
    ("two dots", lambda: ".."),
    ("nobody signed it", lambda: forged({**HEADER, "alg": "none"}, claimed(), b"")),
    ("nobody signed it, in capitals", lambda: forged({**HEADER, "alg": "NONE"}, claimed(), b"")),
    ("a signature out of thin air", lambda: forged(HEADER, claimed(), b"\0" * 256)),
    ("the public key as a secret", hmac_by_the_public_key),
    ("another kind of RSA", lambda: token(alg="PS256")),
    ("a longer digest", lambda: token(alg="RS512")),
    ("another key under our name", lambda: token(OTHER)),
    ("an unknown key", lambda: token(kid="k9")),
    ("no name of a key", lambda: token(kid=None)),
    ("a name that is a list", lambda: forged({**HEADER, "kid": ["k1"]}, claimed())),
    ("a key it brings along", lambda: forged({**HEADER, "kid": "k9", "jwk": published(OTHER)}, claimed())),
    ("a header nobody knows must be understood", lambda: forged({**HEADER, "crit": ["exp"], "exp": 1}, claimed())),
    ("no payload of its own", lambda: forged({**HEADER, "b64": False, "crit": ["b64"]}, claimed())),
    ("other words than were signed", with_another_payload),
    ("expired", lambda: token(exp=soon(-301))),
    ("without an end", lambda: token(exp=None)),
    ("an end in words", lambda: token(exp="tomorrow")),
    ("an end that is a list", lambda: token(exp=[soon(60)])),
    ("an end beyond all clocks", lambda: token(exp=float("-inf"))),
    ("no number", lambda: token(exp=float("nan"))),
    ("not yet good", lambda: token(nbf=soon(360))),
    ("from the future", lambda: token(iat=soon(360))),
    ("nobody's", lambda: token(aud=None)),
    ("another bot's", lambda: token(aud="another")),
    ("ours among others'", lambda: token(aud=["another", CLIENT])),
    ("ours as an address", lambda: token(aud=f"api://{CLIENT}")),
    ("from nobody", lambda: token(iss=None)),
    ("from somebody else", lambda: token(iss="https://sts.windows.net/t1/")),
    ("from a part of the issuer", lambda: token(iss="https://api")),
    ("from a list", lambda: forged(HEADER, claimed(iss=[ISSUER]))),
    ("a payload that is a list", lambda: forged(HEADER, "[1]")),
    ("a payload that is no JSON", lambda: forged(HEADER, "{")),
    ("a header that is a list", lambda: forged("[]", claimed())),
    ("a header deeper than can be read", lambda: forged("[" * 4_000, claimed())),
    ("a payload deeper than can be read", lambda: forged(HEADER, "[" * 4_000)),
    ("half a sign", lambda: forged(HEADER, '{"aud": "\\ud800"}')),
    ("longer than any", lambda: token(more="x" * 8_192)),
]


@pytest.mark.parametrize("made", [case[1] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_token_that_is_wrong_in_one_place_does_not_hold(made: Callable[[], str]) -> None:
    assert proved(made()) is None


@pytest.mark.parametrize("differ", [{}, {"exp": -200}, {"nbf": 200}, {"iat": 200}, {"exp": 9e9}], ids=str)
def test_a_token_holds_within_the_difference_of_two_clocks(differ: dict[str, float]) -> None:
    said = proved(token(**{name: soon(seconds) for name, seconds in differ.items()}))
    assert said == Claims(service_url=SERVICE, endorsements=frozenset({"msteams", "skype"}))


@pytest.mark.parametrize("changes", [{"nbf": None}, {"appid": "x", "more": [1]}], ids=str)
def test_a_token_may_leave_away_or_add_what_is_not_needed(changes: dict[str, Any]) -> None:
    assert proved(token(**changes)) is not None


def test_a_key_without_endorsements_speaks_for_all() -> None:
    said = proved(token(OTHER, kid="k2"))
    assert said == Claims(service_url=SERVICE, endorsements=frozenset())


@pytest.mark.parametrize(
    "made",
    [lambda: forged({**HEADER, "alg": "none"}, claimed(), b""), hmac_by_the_public_key, lambda: token(alg="PS256")],
    ids=range(3),
)
def test_a_key_proves_nothing_in_another_way_than_its_own(made: Callable[[], str]) -> None:
    assert claims(made(), KEYS.keys["k1"], issuer=ISSUER, audience=CLIENT) is None


def test_a_token_holds_by_its_own_key_and_issuer_only() -> None:
    assert claims(token(), KEYS.keys["k2"], issuer=ISSUER, audience=CLIENT) is None
    assert claims(token(), KEYS.keys["k1"], issuer="https://another.example", audience=CLIENT) is None


@pytest.mark.parametrize("service", [None, 7, ["x"]])
def test_a_token_without_a_service_url_says_none(service: Any) -> None:
    said = proved(token(serviceurl=service))
    assert said is not None
    assert said.service_url == ""


@pytest.mark.parametrize(
    ("header", "changes"),
    [
        ({"alg": "none"}, {}),
        ({"alg": "HS256"}, {}),
        ({"kid": None}, {}),
        ({}, {"aud": "another"}),
        ({}, {"exp": 1}),
        ({}, {"exp": None}),
        ({}, {"iss": None}),
    ],
)
def test_no_key_is_looked_for_to_a_token_that_could_not_hold(header: dict[str, Any], changes: dict[str, Any]) -> None:
    assert key_id(forged({**HEADER, **header}, claimed(**changes)), audience=CLIENT) is None


def test_the_key_of_a_token_that_could_hold_is_told() -> None:
    assert key_id(forged({**HEADER, "kid": "k9"}, claimed()), audience=CLIENT) == "k9"


SMALL = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - that is the point
CURVE = jwt.algorithms.ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key(), as_dict=True)


def test_only_keys_good_for_signatures_are_taken() -> None:
    among = [
        published(),
        published(SMALL, "small"),
        published(OTHER, "for secrets", use="enc"),
        published(OTHER, ""),
        published(OTHER, "broken", n="!"),
        published(OTHER, "no number", n=7),
        {**CURVE, "kid": "curve"},
        {"kty": "oct", "k": "aHVzaA", "kid": "shared"},
        "k1",
        None,
    ]
    assert list(key_set({"issuer": ISSUER}, {"keys": among}).keys) == ["k1"]


@pytest.mark.parametrize(
    ("metadata", "keys"),
    [
        ({}, {"keys": [published()]}),
        ({"issuer": ["x"]}, {"keys": [published()]}),
        ({"issuer": ISSUER}, {}),
        ({"issuer": ISSUER}, {"keys": {"k1": published()}}),
        ({"issuer": ISSUER}, {"keys": [published(SMALL, "small")]}),
    ],
)
def test_keys_of_nobody_and_no_keys_are_refused(metadata: dict[str, Any], keys: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no issuer"):
        key_set(metadata, keys)
