"""Screens that show a coach other people's words: known before they stand, replaced when the words are not theirs.

Such a screen is never shown anew by itself: that a coach reads it is noted. It stays as it was opened, or goes.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import TypeVar

from bot.chat.port import (
    Blame,
    Body,
    Button,
    Buttons,
    Form,
    Message,
    MessageRef,
    Opening,
    Outcome,
    RetryAfter,
    Sent,
    Undeliverable,
)
from bot.coaching.cohort import Cohort
from bot.coaching.commitment import Commitment
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.reply import Reply
from bot.coaching.screen import Screen, ScreenKind, ScreenState, Step, log_key
from bot.flows import forms
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.screens.follow import after_delete, after_update
from bot.flows.tell import patiently

WITH_WORDS = frozenset({ScreenKind.FORM, ScreenKind.LOG})

Shown = TypeVar("Shown", bound=Outcome | Opening)


def form_to_coach(given: Given, coach: Member, record: Reply | Commitment) -> Screen:
    """Return a form that is to show a coach one text, under the id that its opening is to have."""
    text = f"{record.first}\n{record.second}" if isinstance(record, Commitment) else record.text or ""
    screen = given.new_id()
    return _new(
        given,
        coach,
        screen=screen,
        kind=ScreenKind.FORM,
        about=record.id,
        detail=record.cohort,
        subjects=(screen, record.id, record.cohort),
        digest=digest_of({record.id: text}),
    )


def log_to_coach(
    given: Given,
    coach: Member,
    cohort: Cohort,
    texts: Mapping[str, str],
    people: Collection[str],
) -> Screen:
    """Return a page of the log that is to show a coach these texts.

    Of the logs that a coach has open the last one counts; to have the others told so, save it with `log_key`.
    """
    screen = given.new_id()
    return _new(
        given,
        coach,
        screen=screen,
        kind=ScreenKind.LOG,
        about=cohort.id,
        detail=cohort.id,
        subjects={screen, cohort.id, log_key(coach.workspace, coach.external_id), *texts, *people},
        digest=digest_of(texts, people),
    )


def _new(
    given: Given,
    coach: Member,
    *,
    screen: str,
    kind: ScreenKind,
    about: str,
    detail: str,
    subjects: Collection[str],
    digest: str,
) -> Screen:
    hold = given.hold
    return Screen(
        id=screen,
        workspace=coach.workspace,
        kind=kind,
        about=about,
        person=coach.external_id,
        detail=detail,
        subjects=tuple(sorted(subjects)),
        state=ScreenState.SENDING,
        digest=digest,
        due=hold.at,
        holder=hold.holder,
        lease_until=hold.until if hold.holder else None,
        look_since=hold.at,
    )


def digest_of(texts: Mapping[str, str], people: Collection[str] = ()) -> str:
    """Return a name for texts by id and for the people who are offered beside them; none of the words is in it."""
    said = repr((sorted(texts.items()), sorted(people)))
    return blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()


async def stand(ports: Ports, screen: Screen, show: Callable[[], Awaitable[Shown]]) -> Shown:
    """Know a screen, show it, and note where it stands; what changed since its words were read is held."""
    before = await ports.store.screen(screen.id)  # there already when this was cut off before
    known = before or screen
    if before is None:
        await ports.save(screen, also=(_key(screen),) if screen.kind is ScreenKind.LOG else ())
        known = next((each for each in ports.held if each.id == screen.id), screen)
    ports.held[:] = [each for each in ports.held if each.id != screen.id]
    outcome = await show()
    is_refused = outcome is Opening.OUT_OF_REACH or isinstance(outcome, RetryAfter | Undeliverable)
    if is_refused and before is None:
        await ports.store.drop_screen(screen.id)  # it surely does not stand there
    else:
        await _noted(ports, known, screen, outcome)
    return outcome


async def put_in_view(ports: Ports, screen: Screen, before: str, form: Form) -> Outcome:
    """Show a log in the view of the one before it."""
    outcome = await stand(
        ports, screen, lambda: patiently(lambda: ports.chat.close_form(screen.workspace, before, None, form))
    )
    await _taken(ports, screen, before, outcome)
    return outcome


async def put_as_message(ports: Ports, screen: Screen, ref: MessageRef, shown: Message) -> Outcome:
    """Show a log as a message that stands there already."""
    there = await ports.store.screen_at(ref.workspace, ref.conversation, ref.message)
    placed = replace(screen, conversation=ref.conversation, message=ref.message)
    outcome = await stand(ports, placed, lambda: patiently(lambda: ports.chat.update(ref, shown)))
    await _taken(ports, placed, there.id if there else "", outcome)
    return outcome


async def _taken(ports: Ports, screen: Screen, before: str, outcome: Outcome) -> None:
    """Let go of the log whose place another one has taken."""
    if before and before != screen.id and isinstance(outcome, Sent):
        ports.held[:] = [each for each in ports.held if each.id != before]
        await ports.store.drop_screen(before)


async def _noted(ports: Ports, known: Screen, screen: Screen, outcome: Outcome | Opening) -> None:
    """Note where a screen stands; `known` is what is known of it, also from before this was cut off."""
    ref = outcome.ref if isinstance(outcome, Sent) and outcome.ref.conversation else None
    counts = isinstance(outcome, Sent)  # one of which nobody knows whether it stands makes no other an older one
    shows = {*known.subjects, *screen.subjects} - (set() if counts else {_key(screen)})
    is_sure = known.digest == screen.digest  # else what it shows may be what was read before this was cut off
    step = Step(
        state=ScreenState.CURRENT,
        digest=screen.digest if is_sure else "",
        conversation=ref.conversation if ref else None,
        message=ref.message if ref else None,
        subjects=tuple(sorted(shows)),
    )
    held = await ports.store.settle_screen(known, step, at=ports.now)
    if held is not None:
        ports.held.append(held)
    elif not is_sure or await _digest_now(ports, screen) != screen.digest:  # changed before anybody knew of the screen
        ports.held.extend(await ports.store.mark_screens({screen.id}, ports.hold, withdraws=True))


async def brought_up_to_date(ports: Ports, screen: Screen) -> Step:
    """Leave a screen as it is while its coach may read all of it; else show a notice instead."""
    now = ports.now
    if screen.state is ScreenState.CLOSING:
        return await _taken_away(ports, screen)
    latest = await _latest(ports, screen)
    if latest.id != screen.id and screen.message and latest.message == screen.message:
        return Step(state=ScreenState.CLOSED)  # its place is taken
    if latest.id == screen.id and await _digest_now(ports, screen) == screen.digest:
        return Step(state=ScreenState.CURRENT, digest=screen.digest)
    outcome = await _replaced(ports, screen, is_latest=latest.id == screen.id)
    if isinstance(outcome, Undeliverable) and outcome.blame is Blame.MESSAGE and screen.message:
        return after_delete(screen, await ports.chat.delete(_ref(screen)), now, chance=ports.chance())
    if isinstance(outcome, Sent):
        return Step(state=ScreenState.CLOSED)
    return after_update(screen, outcome, now, digest="", subjects=(), chance=ports.chance())


async def _latest(ports: Ports, screen: Screen) -> Screen:
    """Return the log that counts where this one does not any more; else the screen itself."""
    if screen.kind is not ScreenKind.LOG or _key(screen) not in screen.subjects:
        return screen
    return next(reversed(await ports.store.screens_showing([_key(screen)])), screen)


async def _digest_now(ports: Ports, screen: Screen) -> str | None:
    """Return the digest of what its coach may read now of what a screen shows; None for who coaches no more."""
    coach = await ports.store.member_of(screen.workspace, screen.person)
    texts = await ports.store.readable(coach.id, screen.detail, screen.subjects) if coach else None
    if coach is None or texts is None:
        return None
    if screen.kind is ScreenKind.FORM:
        return digest_of(texts)
    choices = await ports.store.log_choices(coach.id, screen.detail)
    return digest_of(texts, [each for each in screen.subjects if each in choices.people])


async def _taken_away(ports: Ports, screen: Screen) -> Step:
    """Take a screen away whose person is gone; of one that is known nowhere there is nothing to take away."""
    if screen.message:
        outcome = await ports.chat.delete(_ref(screen))
    elif ports.chat.has_views(screen.workspace):
        notice = forms.notice(ports, Language.EN)
        outcome = await ports.chat.close_form(screen.workspace, screen.id, None, notice)
    else:
        return Step(state=ScreenState.CLOSED)
    return after_delete(screen, outcome, ports.now, chance=ports.chance())


async def _replaced(ports: Ports, screen: Screen, *, is_latest: bool) -> Outcome:
    """Show a notice instead of a screen, and below it the way back where there is one."""
    coach = await ports.store.member_of(screen.workspace, screen.person)
    cohort = await ports.store.cohort(screen.detail)
    language = (coach.language if coach else None) or (cohort.language if cohort else Language.EN)
    reads = coach is not None and await ports.store.readable(coach.id, screen.detail, ()) is not None
    if screen.kind is ScreenKind.FORM or cohort is None or not reads:
        notice = forms.notice(ports, language)
    else:
        label = ports.words.say("log-open-button", language, channel=cohort.channel_name)
        back = Buttons((Button(id="log.open", label=label, value=cohort.id),))
        notice = forms.notice(ports, language, back, key="log-outdated" if is_latest else "log-moved")
    if screen.kind is ScreenKind.LOG and screen.message:
        shown = tuple(each for each in notice.parts if isinstance(each, Body | Buttons))
        return await ports.chat.update(_ref(screen), Message(fallback=notice.title, parts=shown))
    # A view keeps its id, by which it is found when its button is pressed.
    ref = _ref(screen) if screen.message else None
    return await ports.chat.close_form(screen.workspace, screen.id, ref, replace(notice, opening=screen.id))


def _key(screen: Screen) -> str:
    return log_key(screen.workspace, screen.person)


def _ref(screen: Screen) -> MessageRef:
    return MessageRef(workspace=screen.workspace, conversation=screen.conversation, message=screen.message)
