"""The address at which people's browsers are to reach us."""

import urllib.error
import urllib.request

from bot.doctor.finding import Finding, attention, good

PATIENCE = 5.0  # seconds


def address(public_url: str) -> Finding:
    """Return whether something of ours answers there; asks it, and waits for seconds."""
    if not public_url:
        told = "PITSTOP_PUBLIC_URL is not set: there is no desk, and chat is complete without it."
        return good("address", told)
    try:
        with urllib.request.urlopen(f"{public_url}/healthz", timeout=PATIENCE) as answer:  # noqa: S310 - http(s) alone
            is_ours = answer.status == 200  # noqa: PLR2004
    except (urllib.error.URLError, OSError, ValueError):
        is_ours = False
    if is_ours:
        return good("address", f"{public_url} answers.")
    told = f"Nothing answered at {public_url}/healthz, so links to the desk lead nowhere."
    return attention("address", told, "Start Pitstop, then see that the proxy leads there and its certificate is good.")
