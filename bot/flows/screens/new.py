"""Screens that are new: a message to be posted, or one that takes the place of what stands there."""

from dataclasses import replace

from bot.chat.port import Incoming, MessageRef, Press
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState, base_subjects, reader_subjects
from bot.flows.given import Given

LONG_ONES = 3  # confirmations that somebody gets in full, before they are short


def receipt(
    given: Given, reply: Reply, member: Member, conversation: str, *, thread: str | None = None, detail: str = ""
) -> Screen:
    """Return the confirmation of a reply as a message to be posted, saved with the reply.

    Who handles what came in posts it at once, once it is saved; else the clock does. `detail` is what of it is in no
    record: that it is short, and what came with the words and is not kept.
    """
    hold = given.hold
    return Screen(
        id=reply.id,
        workspace=reply.workspace,
        kind=ScreenKind.RECEIPT,
        about=reply.id,
        person=member.external_id,
        conversation=conversation,
        thread=thread,
        detail=detail,
        subjects=_shown_in_receipt(reply),
        state=ScreenState.SENDING if hold.holder else ScreenState.WANTED,
        due=hold.at,
        holder=hold.holder,
        lease_until=hold.until if hold.holder else None,
        look_since=hold.at,
    )


def _shown_in_receipt(reply: Reply) -> tuple[str, ...]:
    """Return what a confirmation shows when it is new: the reply, and who reads it."""
    is_shared = reply.scope is Scope.COACH and reply.answers is None
    readers = reader_subjects(reply.workspace, reply.member, reply.cohort) if is_shared else ()
    return (reply.id, reply.nudge, *readers)


def receipt_at(given: Given, reply: Reply, member: Member, ref: MessageRef, *, detail: str = "") -> Screen:
    """Return the confirmation of a reply in place of a message that offered to keep it."""
    subjects = _shown_in_receipt(reply)
    return _at(given, ScreenKind.RECEIPT, reply.id, reply.id, member.external_id, ref, subjects, detail=detail)


def notice_at(given: Given, screen: str, member: Member, ref: MessageRef, key: str) -> Screen:
    """Return one authored line in place of a message."""
    return _at(given, ScreenKind.NOTICE, screen, member.id, member.external_id, ref, (screen,), detail=key)


def copy_at(given: Given, row: Nudge, person: str, ref: MessageRef) -> Screen:
    """Return a second copy of a nudge, which was sent twice after a doubt."""
    return _at(given, ScreenKind.NUDGE, f"{row.id}/{ref.message}", row.id, person, ref, base_subjects(row))


def page_anew(given: Given, event: Incoming, member: Member | None, before: Screen | None) -> list[Screen]:
    """Return a person's own page as they ask for it; where it is a message, a new one, and a line in place of the old.

    One page stands at a time: an older one would be scrolled to and pressed.
    """
    page = _page(given, event, member)
    if before is None:
        return [page]
    if not before.message:
        return [_held(given, replace(page, id=before.id, version=before.version, changed=before.changed + 1))]
    moved = replace(before, kind=ScreenKind.NOTICE, detail="home-moved", digest="")
    return [_held(given, replace(moved, state=ScreenState.STALE, changed=before.changed + 1)), page]


def page_turned(given: Given, press: Press, member: Member, before: Screen | None) -> Screen:
    """Return a person's own page, turned to their words below the place that was pressed, or to the newest."""
    if before is None:
        return replace(_page(given, press, member), detail=press.value)
    turned = replace(before, detail=press.value, digest="", state=ScreenState.STALE, changed=before.changed + 1)
    return _held(given, turned)


def _page(given: Given, event: Incoming, member: Member | None) -> Screen:
    screen_id = given.new_id()
    new = Screen(
        id=screen_id,
        workspace=event.workspace,
        kind=ScreenKind.PAGE,
        about=member.id if member else "",
        person=event.person,
        subjects=(member.id if member else screen_id,),
        state=ScreenState.STALE,
    )
    return _held(given, new)


def _held(given: Given, screen: Screen) -> Screen:
    """Return a screen that is to be shown at once, by whoever handles what came in; else by the clock."""
    hold = given.hold
    return replace(screen, due=hold.at, holder=hold.holder, lease_until=hold.until if hold.holder else None, attempt=0)


def _at(
    given: Given,
    kind: ScreenKind,
    screen: str,
    about: str,
    person: str,
    ref: MessageRef,
    subjects: tuple[str, ...],
    *,
    detail: str = "",
) -> Screen:
    new = Screen(
        id=screen,
        workspace=ref.workspace,
        kind=kind,
        about=about,
        person=person,
        conversation=ref.conversation,
        message=ref.message,
        detail=detail,
        subjects=subjects,
        state=ScreenState.STALE,
    )
    return _held(given, new)
