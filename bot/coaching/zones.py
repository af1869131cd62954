"""What a person typed as a time zone: one zone, or why it is asked again."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class ZoneTrouble(StrEnum):
    """Why no zone follows from what was typed."""

    UNKNOWN = "unknown"
    NEAR = "near"  # nothing is called so, but something almost is
    SHORT = "short"  # an abbreviation: several places share it, and some of them have summer time
    FIXED = "fixed"  # a distance to UTC, which knows no summer time
    SEVERAL = "several"  # places in several zones are called so


@dataclass(frozen=True, kw_only=True)
class TypedZone:
    """What a text says of a zone."""

    zone: str = ""  # the IANA name, as the zone data writes it; empty when it is to be asked again
    trouble: ZoneTrouble | None = None
    among: tuple[str, ...] = ()  # what it can mean, for NEAR and SEVERAL


def plain(name: str) -> str:
    """Return a name in lower case, without accents and marks, its words parted by single spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("_", " ").replace("\u2019", "'"))
    return " ".join("".join(each for each in letters if unicodedata.category(each) not in ("Mn", "Cf")).split())
