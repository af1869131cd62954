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

WITH_WORDS = frozenset({ScreenKind.FORM, ScreenKind.LOG})

Shown = TypeVar("Shown", bound=Outcome | Opening | None)


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
    *,
    ref: MessageRef | None = None,
) -> Screen:
    """Return a page of the log that is to show a coach these texts, in place of a message where there is one.

    Of the logs that a coach has open the last one counts; to have the others told so, save it with `log_key`.
    """
    screen = given.new_id()
    made = _new(
        given,
        coach,
        screen=screen,
        kind=ScreenKind.LOG,
        about=cohort.id,
        detail=cohort.id,
        subjects={screen, cohort.id, log_key(coach.workspace, coach.external_id), *texts, *people},
        digest=digest_of(texts, people),
    )
    return replace(made, conversation=ref.conversation, message=ref.message) if ref else made


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
    known = await ports.store.screen(screen.id)  # there already when this was cut off before
    if known is None:
        await ports.save(screen, also=(_key(screen),) if screen.kind is ScreenKind.LOG else ())
        known = next((each for each in ports.held if each.id == screen.id), screen)
    ports.held[:] = [each for each in ports.held if each.id != screen.id]
    outcome = await show()
    if outcome is None or outcome is Opening.OUT_OF_REACH or isinstance(outcome, RetryAfter | Undeliverable):
        await ports.store.drop_screen(screen.id)  # it surely does not stand there
    else:
        await _noted(ports, known, outcome)
    return outcome


async def _noted(ports: Ports, screen: Screen, outcome: Outcome | Opening) -> None:
    ref = outcome.ref if isinstance(outcome, Sent) and outcome.ref.conversation else None
    counts = isinstance(outcome, Sent)  # one of which nobody knows whether it stands makes no other an older one
    step = Step(
        state=ScreenState.CURRENT,
        digest=screen.digest,
        conversation=ref.conversation if ref else None,
        message=ref.message if ref else None,
        subjects=None if counts else tuple(each for each in screen.subjects if each != _key(screen)),
    )
    held = await ports.store.settle_screen(screen, step, at=ports.now)
    if held is not None:
        ports.held.append(held)
    elif await _digest_now(ports, screen) != screen.digest:  # changed before anybody knew of the screen
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
