"""Whose certificates we believe on the line to Teams: read once, for it takes as long as fifty calls."""

import ssl
from functools import cache

import httpx


@cache
def trust() -> ssl.SSLContext:
    """Return what each connection of this process is checked against."""
    return httpx.create_ssl_context()
