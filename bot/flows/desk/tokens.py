"""Tokens of links and sessions: where they come from, and under what they are kept."""

import hashlib
import re
import secrets

_TOKEN = re.compile(r"([0-9a-z]{1,64})\.[0-9a-f]{64}", re.ASCII)  # our workspace id, and 256 bits that nobody guesses


def new_token(workspace: str) -> str:
    """Return a token that nobody else has; it names the workspace, so that each look-up does."""
    return f"{workspace}.{secrets.token_hex(32)}"


def workspace_of(token: str) -> str:
    """Return the workspace that a token names; empty for what is no token of ours."""
    found = _TOKEN.fullmatch(token)
    return found[1] if found else ""


def hashed(token: str, *, of: str = "") -> str:
    """Return under what a token is kept, or with `of` another secret that follows from it alone."""
    return hashlib.sha256(f"{of}:{token}".encode()).hexdigest()
