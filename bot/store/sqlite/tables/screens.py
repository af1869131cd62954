"""What stands before people, and the guarded moves between its states."""

import json
import sqlite3
from collections.abc import Awaitable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from bot.coaching.records.screen import Asks, Hold, Screen, ScreenState, Step
from bot.store.sqlite.queries import Part, changed, rows
from bot.store.sqlite.rows import TABLES, moment
from bot.store.sqlite.sealing.ring import ring_of


class Screens(Part):
    """Screens, from wanted to closed."""

    async def screen(self, workspace: str, screen: str) -> Screen | None:
        """Return a screen by id."""
        return self._one(Screen, "screen", workspace=workspace, screen=screen)

    async def screen_at(self, workspace: str, conversation: str, message: str) -> Screen | None:
        """Return the screen that is this message."""
        return self._one(Screen, "screen_at", workspace=workspace, conversation=conversation, message=message)

    async def screens_showing(self, workspace: str, subjects: Collection[str]) -> Sequence[Screen]:
        """Return the screens that show one of these subjects."""
        return self._all(Screen, "screens_showing", workspace=workspace, subjects=json.dumps(list(subjects)))

    async def held_screens(self, workspace: str, holder: str) -> Sequence[Screen]:
        """Return what a holder was to bring up to date when it was cut off."""
        return self._all(Screen, "held_screens", workspace=workspace, holder=holder)

    async def mark_screens(
        self, workspace: str, subjects: Collection[str], hold: Hold, *, withdraws: bool = False, forced: bool = False
    ) -> Sequence[Screen]:
        """Mark what shows these subjects as stale; return what the holder holds of it."""
        return await self._writer.write(
            lambda connection: mark(connection, workspace, subjects, hold, withdraws=withdraws, forced=forced)
        )

    async def page_screen(self, workspace: str, person: str) -> Screen | None:
        """Return a person's own page, as far as it stands."""
        return self._one(Screen, "page_screen", workspace=workspace, person=person)

    async def drop_page(self, workspace: str, person: str) -> None:
        """Forget a person's own page: the conversation in which it stood is not there any more."""
        values = {"workspace": workspace, "person": person}
        await self._writer.write(lambda connection: changed(connection, "drop_page", **values))

    async def screens_due(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces in which something is due."""
        return [row["workspace"] for row in self._reading.rows("screens_due", now=moment(now))]

    async def claim_screens(self, hold: Hold, *, room: Mapping[str, int], limit: int) -> Sequence[Screen]:
        """Let a holder have what is due and nobody holds: withdrawals first, the longest waiting first."""
        waiting = {workspace: min(room.get(workspace, limit), limit) for workspace in await self.screens_due(hold.at)}
        waiting = {workspace: most for workspace, most in waiting.items() if most > 0}

        def work(connection: sqlite3.Connection) -> list[Screen]:
            values = {"now": moment(hold.at), "until": moment(hold.until), "holder": hold.holder}
            claimed = [
                row
                for workspace, most in waiting.items()
                for row in rows(connection, "claim_screens", workspace=workspace, limit=most, **values)
            ]
            return list(map(TABLES[Screen].record, claimed))

        found = await self._writer.write(work) if waiting else []
        return sorted(found, key=lambda screen: (not screen.is_withdrawal, screen.due or hold.at, screen.id))

    def settle_screen(
        self, screen: Screen, step: Step, *, at: datetime, lets_go: bool = False
    ) -> Awaitable[Screen | None]:
        """Move a screen on, if its holder still holds it; return it when it is to be shown once more.

        It is on its way once this returns. With `lets_go` it is nobody's then: to be shown once more, it is due.
        """
        return self._writer.write(lambda connection: _settle(connection, screen, step, at, lets_go=lets_go))

    async def place_screen(self, screen: Screen, conversation: str, message: str) -> bool:
        """Note where a screen stands before it is shown there; False when its holder does not hold it any more."""
        values = {"holder": screen.holder, "conversation": conversation, "message": message}
        values |= {"workspace": screen.workspace, "screen": screen.id}
        return await self._writer.write(lambda connection: changed(connection, "place_screen", **values) == 1)

    async def drop_screen(self, workspace: str, screen: str) -> None:
        """Forget a screen, whoever holds it."""
        await self._writer.write(
            lambda connection: changed(connection, "drop_screen", workspace=workspace, screen=screen)
        )

    async def ask(self, screen: Screen, asks: Asks | None, hold: Hold) -> Sequence[Screen]:
        """Let a screen ask the questions of a form, or none, and mark it; return what the holder holds of it."""
        values = {"screen": screen.id, "asks": json.dumps(TABLES[Screen].codecs["asks"].plain(asks))}

        def work(connection: sqlite3.Connection) -> list[Screen]:
            changed(connection, "keep_asks", workspace=screen.workspace, **values)
            return mark(connection, screen.workspace, {screen.about}, hold)

        return await self._writer.write(work)

    async def asking_screens(self, workspace: str, person: str) -> Sequence[Screen]:
        """Return the screens before a person that ask the questions of a form."""
        return self._all(Screen, "asking_screens", workspace=workspace, person=person)

    async def keep_route(self, workspace: str, screen: str, route: str, until: datetime) -> None:
        """Remember where a press on a screen can be answered, until then."""

        def keep(connection: sqlite3.Connection) -> None:
            for row in rows(connection, "screen", workspace=workspace, screen=screen):
                told = {"workspace": workspace, "id": screen, "person": row["person"], "route": route}
                sealed = TABLES[Screen].closed(told, ring_of(connection))["route"]
                values = {"screen": screen, "route": sealed, "until": moment(until)}
                changed(connection, "keep_route", workspace=workspace, **values)

        await self._writer.write(keep)


def mark(
    connection: sqlite3.Connection,
    workspace: str,
    subjects: Collection[str],
    hold: Hold,
    *,
    withdraws: bool = False,
    forced: bool = False,
    pages: bool = False,
) -> list[Screen]:
    """Mark what shows these subjects, inside the transaction that changes them; return what is held of it."""
    marked = rows(
        connection,
        "mark_screens",
        workspace=workspace,
        subjects=json.dumps(sorted(subjects)),
        withdraws=withdraws,
        forced=forced,
        pages=pages or withdraws or forced,
        now=moment(hold.at),
        until=moment(hold.until),
        holder=hold.holder,
    )
    return [TABLES[Screen].record(row) for row in marked if hold.holder and row["holder"] == hold.holder]


def keep_subjects(connection: sqlite3.Connection, screens: Iterable[Screen]) -> None:
    """Note what new screens show, so that they are marked when it changes."""
    for screen in screens:
        changed(
            connection,
            "keep_subjects",
            workspace=screen.workspace,
            screen=screen.id,
            subjects=json.dumps(screen.subjects),
        )


def _settle(
    connection: sqlite3.Connection, screen: Screen, step: Step, at: datetime, *, lets_go: bool
) -> Screen | None:
    if step.state is ScreenState.CLOSED:
        changed(connection, "forget_screen", workspace=screen.workspace, screen=screen.id, holder=screen.holder)
        return None
    is_moved = step.subjects is not None and set(step.subjects) != set(screen.subjects)
    subjects = json.dumps(step.subjects) if is_moved else None
    settled = rows(
        connection,
        "settle_screen",
        workspace=screen.workspace,
        screen=screen.id,
        holder=screen.holder,
        changed=screen.changed,
        to=str(step.state),
        due=None if step.due is None else moment(step.due),
        at=moment(at),
        digest=step.digest,
        reason=step.reason,
        conversation=step.conversation,
        message=step.message,
        is_failure=step.is_failure,
        subjects=subjects,
        lets_go=lets_go,
    )
    if settled and is_moved:
        changed(connection, "forget_subjects", workspace=screen.workspace, screen=screen.id)
        changed(connection, "keep_subjects", workspace=screen.workspace, screen=screen.id, subjects=subjects)
    return next((TABLES[Screen].record(row) for row in settled if row["holder"] == screen.holder), None)
