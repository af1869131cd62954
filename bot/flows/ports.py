"""The ports a flow works with."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.chat.port import Chat
from bot.coaching.clock import Clock
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.screen import Asks, Hold, Screen
from bot.coaching.rules.delivery import LEASE, SETTLE
from bot.flows.given import Holidays, Moment
from bot.store.port import Record, Store
from bot.store.port.audit import Checkpoint
from bot.store.port.words import Confirmed
from bot.words.port import Words

Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Everything outside that a flow may touch."""

    store: Store
    chat: Chat
    words: Words
    clock: Clock
    holidays: Holidays
    countries: tuple[str, ...]
    new_id: Callable[[], str]
    chance: Callable[[], float]  # uniform in [0, 1): jitter
    operator: str  # who runs this bot, as the consent card names it; empty: the workspace
    lease: timedelta = LEASE
    settle: timedelta = SETTLE
    admins: frozenset[str] = frozenset()  # the platform's ids of who is an admin, where it does not tell by itself
    signs: Callable[[Checkpoint], str] | None = None  # what stands in place of the oldest looks; None: they all stay
    zones_version: str = ""  # which edition of the time zones' rules is in use; empty: nobody knows
    platform_of: Callable[[str], str] | None = None  # by our workspace id; None where there is one platform only

    public_url: str = ""  # where people reach us by a browser, without a slash at its end; empty: nowhere

    holder: str = ""  # who brings up to date at once what a save marks; empty: the clock does
    held: list[Screen] = field(default_factory=list)  # what is to be brought up to date by it
    confirms: dict[str, Confirmed] = field(default_factory=dict)  # by screen, what a receipt shows that was just saved
    unheard: list[str] = field(default_factory=list)  # sentences for who pressed where our own chat cannot be opened
    typed: dict[str, Values] = field(default_factory=dict)  # by screen, what was filled in and refused: stored nowhere

    @property
    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        return self.clock.now()

    @property
    def looks_back(self) -> Callable[[str], bool]:
        """Tells whether in a workspace messages can be read again."""
        return self.chat.looks_back

    def given(self) -> Moment:
        """Return what a decision may use, as it is at this moment."""
        return Moment(
            now=self.clock.now(),
            words=self.words,
            holidays=self.holidays,
            countries=self.countries,
            new_id=self.new_id,
            operator=self.operator,
            looks_back=self.chat.looks_back,
            hold=self.hold,
        )

    @property
    def hold(self) -> Hold:
        """The hold on what is marked at this moment."""
        now = self.clock.now()
        return Hold(holder=self.holder, at=now, until=now + self.lease)

    async def save(
        self,
        *records: Record,
        withdraws: bool = False,
        pages: bool = False,
        also: Collection[str] = (),
        unless: str = "",
    ) -> None:
        """Write all the records or none, and hold what shows them; with `withdraws` words went; raises Conflict.

        With `pages` their people's own pages are shown again too, as when somebody changes their own settings. `unless`
        is an id: once it was noted, there is a Conflict.
        """
        pages = pages or (self.holder != "" and any(isinstance(record, Member | Enrollment) for record in records))
        held = await self.store.save(
            *records, hold=self.hold, withdraws=withdraws, pages=pages, also=also, unless=unless
        )
        self.held.extend(held)

    async def again(self, workspace: str, *subjects: str) -> None:
        """Have what shows these in a workspace shown once more, whatever it showed last; nothing was changed."""
        self.held.extend(await self.store.mark_screens(workspace, subjects, self.hold, forced=True))

    async def ask(self, screen: Screen, asks: Asks | None) -> None:
        """Let a screen ask the questions of a form, or none any more, and hold it."""
        self.held.extend(await self.store.ask(screen, asks, self.hold))

    def at(self, workspace: str, **changes: Any) -> "Ports":
        """Return the same ports, so changed, with the words as they are said in a workspace."""
        words = self.words if self.platform_of is None else self.words.on(self.platform_of(workspace))
        return replace(self, words=words, **changes)
