"""The line to Teams: the registration's secret, and the keys that Teams signs with."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, bad, good


def registration(*, has_token: bool, has_keys: bool) -> Iterator[Finding]:
    """Yield what there is to say of a registration with Teams."""
    if has_token:
        yield good("teams", "Microsoft gives a token for the registration.")
    else:
        yield bad(
            "teams",
            "Microsoft gives no token for the registration: nothing can be sent.",
            "See that login.microsoftonline.com can be reached, then that TEAMS_CLIENT_ID and TEAMS_TENANT_ID are "
            "those of the registration, and that TEAMS_CLIENT_SECRET has not expired: entra.microsoft.com → App "
            "registrations → your app → Certificates & secrets. A new secret goes into .env; start anew.",
        )
    if has_keys:
        yield good("teams keys", "The keys that Teams signs with can be read.")
    else:
        yield bad(
            "teams keys",
            "The keys that Teams signs with cannot be read: nothing that comes in is believed.",
            "See that login.botframework.com can be reached, by the proxy if there is one.",
        )
