"""Public holidays of a country, from the `holidays` library."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays

# A menu holds a hundred options at most; these are offered, others can be asked for in an issue.
COUNTRIES = (
    *("NL", "BE", "DE", "LU", "FR", "AT", "CH", "GB", "IE", "DK", "SE", "NO", "FI", "IS", "EE", "LV", "LT", "PL"),
    *("CZ", "SK", "HU", "SI", "HR", "RO", "BG", "GR", "CY", "MT", "IT", "ES", "PT", "US", "CA", "MX", "BR", "AR"),
    *("CL", "CO", "PE", "IN", "SG", "MY", "ID", "PH", "TH", "VN", "JP", "KR", "CN", "HK", "TW", "AU", "NZ", "ZA"),
    *("KE", "NG", "GH", "EG", "MA", "TN", "TR", "IL", "AE", "SA", "UA", "RS", "AL", "MK"),
)


def holidays_in(country: str | None, years: Iterable[int]) -> frozenset[date]:
    """Return the public holidays of a place, as "NL" or "GB-ENG", in these years; none for an unknown one."""
    return _holidays_in(country, tuple(sorted(set(years)))) if country else frozenset()


@lru_cache(maxsize=1024)
def _holidays_in(country: str, years: tuple[int, ...]) -> frozenset[date]:
    try:
        code, _, region = country.partition("-")
        found = holidays.country_holidays(code, subdiv=region or None, years=years)
    except NotImplementedError:
        return frozenset()
    return frozenset(found)
