"""A person the bot knows, and the hours that person keeps."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.coaching.language import Language

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


class MemberState(StrEnum):
    """Whether this person can be reached."""

    ACTIVE = "active"
    DEACTIVATED = "deactivated"  # the account is gone or switched off: nothing is sent


class Origin(StrEnum):
    """Whether somebody belongs to the organization whose workspace it is."""

    INSIDE = "inside"
    GUEST = "guest"  # let into some channels of it
    ELSEWHERE = "elsewhere"  # of another one, in a channel that both share


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When a person wants to hear from us, in their own local time."""

    first_day: int = TUESDAY  # weekday of the week's first moment, Monday is 0
    first_time: time = time(10, 0)
    second_day: int = THURSDAY
    second_time: time = time(15, 0)
    workdays: tuple[int, ...] = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
    quiet_from: time = time(18, 0)
    quiet_until: time = time(8, 0)


@dataclass(frozen=True, kw_only=True)
class DigestTime:
    """When a coach wants the week's digest, on their own clock."""

    day: int  # weekday, Monday is 0
    hour: time = time(10, 0)
    is_off: bool = False  # none is sent until they switch it on again


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person in a workspace: an enrolled manager, a coach, or both."""

    id: str
    workspace: str
    external_id: str  # the person's id on the platform
    name: str
    language: Language | None = None  # asked, never guessed; None until answered
    zone: str | None = None  # IANA name; None until the platform or the person told us
    zone_confirmed: bool = False
    country: str | None = None  # ISO 3166 code for public holidays, as "NL" or "GB-ENG"; None observes none
    hours: Hours = Hours()
    digest: DigestTime | None = None  # None until they coach somebody
    direct: str | None = None  # the conversation of the two of us
    state: MemberState = MemberState.ACTIVE
    met_at: datetime | None = None  # when we got to know them; None: before that was noted
    heard_at: datetime | None = None  # when they last did anything here, noted once an hour; None: nothing yet
    typed_at: datetime | None = None  # when they last typed something to us, kept or not
    origin: Origin = Origin.INSIDE  # as the platform told when they were met, or since
    adapts: bool = True  # whether experiments may come shorter, or otherwise, after what they did with the last ones
    version: int = 0
