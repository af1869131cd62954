"""Screens that show a coach other people's words, and forms with words: replaced when those may not stand any more.

Such a screen is never shown anew by itself: that a coach reads it is noted, and what is typed into a form stays. It
stands as it was opened, or goes.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.chat.port import (
    Blame,
    Body,
    Button,
    Buttons,
    Form,
    Message,
    MessageRef,
    Outcome,
    Sent,
    Undeliverable,
)
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState, Step, log_key
from bot.coaching.rules.reading import may_look
from bot.flows.context.nudge import current_participation
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.screens import open_forms
from bot.flows.screens.outcome import after_delete, after_update
from bot.flows.screens.with_words import digest_now, digest_of, is_own, key_of, opening, stand
from bot.flows.short_pause import patiently

WITH_WORDS = frozenset({ScreenKind.FORM, ScreenKind.LOG})


def form_to_coach(given: Given, coach: Member, record: Reply | Commitment) -> Screen:
    """Return a form that is to show a coach one text, under the id that its opening is to have."""
    text = f"{record.first}\n{record.second}" if isinstance(record, Commitment) else record.text or ""
    screen = given.new_id()
    return opening(
        given,
        coach.workspace,
        coach.external_id,
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
    return opening(
        given,
        coach.workspace,
        coach.external_id,
        screen=screen,
        kind=ScreenKind.LOG,
        about=cohort.id,
        detail=cohort.id,
        subjects={screen, cohort.id, log_key(coach.workspace, coach.external_id), *texts, *people},
        digest=digest_of(texts, people),
    )


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
        await ports.store.drop_screen(screen.workspace, before)


async def brought_up_to_date(ports: Ports, screen: Screen) -> Step:
    """Leave a screen as it is while all of it may stand there; else show a notice instead."""
    now = ports.now
    if screen.state is ScreenState.CLOSING:
        return await _taken_away(ports, screen)
    latest = await _latest(ports, screen)
    if latest.id != screen.id and screen.message and latest.message == screen.message:
        return Step(state=ScreenState.CLOSED)  # its place is taken
    if latest.id == screen.id and await digest_now(ports, screen) == screen.digest:
        return Step(state=ScreenState.CURRENT, digest=screen.digest)
    outcome = await _replaced(ports, screen, is_latest=latest.id == screen.id)
    if isinstance(outcome, Undeliverable) and outcome.blame is Blame.MESSAGE and screen.message:
        return after_delete(screen, await ports.chat.delete(_ref(screen)), now, chance=ports.chance())
    if isinstance(outcome, Sent):
        return Step(state=ScreenState.CLOSED)
    return after_update(screen, outcome, now, digest="", subjects=(), chance=ports.chance())


async def _latest(ports: Ports, screen: Screen) -> Screen:
    """Return the log that counts where this one does not any more; else the screen itself."""
    if screen.kind is not ScreenKind.LOG or key_of(screen) not in screen.subjects:
        return screen
    return next(reversed(await ports.store.screens_showing(screen.workspace, [key_of(screen)])), screen)


async def _taken_away(ports: Ports, screen: Screen) -> Step:
    """Take a screen away whose person is gone; of one that is known nowhere there is nothing to take away."""
    if screen.message:
        outcome = await ports.chat.delete(_ref(screen))
    elif ports.chat.has_views(screen.workspace):
        notice = open_forms.notice(ports, Language.EN)
        outcome = await ports.chat.close_form(screen.workspace, screen.id, None, notice)
    else:
        return Step(state=ScreenState.CLOSED)
    return after_delete(screen, outcome, ports.now, chance=ports.chance())


async def _replaced(ports: Ports, screen: Screen, *, is_latest: bool) -> Outcome:
    """Show a notice instead of a screen, and below it the way back where there is one."""
    coach = await ports.store.member_of(screen.workspace, screen.person)
    cohort = await ports.store.cohort(screen.workspace, screen.detail)
    language = await _language(ports, coach, cohort)
    viewer = await ports.store.viewer(coach.workspace, coach.id, ports.now) if coach else None
    reads = viewer is not None and may_look(viewer, screen.detail)
    if is_own(screen):
        notice = open_forms.notice(ports, language, key="form-own-closed")
    elif screen.kind is ScreenKind.FORM or cohort is None or not reads:
        notice = open_forms.notice(ports, language)
    else:
        label = ports.words.say("log-open-button", language, channel=cohort.channel_name)
        back = Buttons((Button(id="log.open", label=label, value=cohort.id),))
        notice = open_forms.notice(ports, language, back, key="log-outdated" if is_latest else "log-moved")
    if screen.kind is ScreenKind.LOG and screen.message:
        shown = tuple(each for each in notice.parts if isinstance(each, Body | Buttons))
        return await ports.chat.update(_ref(screen), Message(fallback=notice.title, parts=shown))
    # A view keeps its id, by which it is found when its button is pressed.
    ref = _ref(screen) if screen.message else None
    return await ports.chat.close_form(screen.workspace, screen.id, ref, replace(notice, opening=screen.id))


async def _language(ports: Ports, member: Member | None, cohort: Cohort | None) -> Language:
    """Return the language in which a person is told, the cohort's until we know better."""
    if member is not None and member.language is None and cohort is None:
        run = await current_participation(ports, member)
        coached = await ports.store.coached_by(member.workspace, member.id)
        cohort = run.cohort if run else next(iter(coached), None)
    return (member.language if member else None) or (cohort.language if cohort else Language.EN)


def _ref(screen: Screen) -> MessageRef:
    return MessageRef(workspace=screen.workspace, conversation=screen.conversation, message=screen.message)
