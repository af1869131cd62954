"""Screens with words that stand where they were asked for: known before they stand, and noted once they do."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import TypeVar

from bot.chat.port import Command, Form, MessageRef, Opening, Outcome, Press, RetryAfter, Sent, Undeliverable
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState, Step, log_key
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.short_pause import patiently

Shown = TypeVar("Shown", bound=Outcome | Opening)


def form_to_author(given: Given, incoming: Command | Press, shows: Collection[str]) -> Screen:
    """Return a form that is to show a person words of their own, under the id that its opening is to have.

    What is typed into it stays when they change meanwhile: it is put away when they are taken back.
    """
    screen = given.new_id()
    return opening(
        given,
        incoming.workspace,
        incoming.person,
        screen=screen,
        kind=ScreenKind.FORM,
        about=next(iter(shows)),
        detail="",
        subjects=(screen, *shows),
        digest=digest_of(dict.fromkeys(shows, "")),
    )


def is_own(screen: Screen) -> bool:
    """Whether a screen shows its person words of their own, and nobody else's."""
    return screen.kind is ScreenKind.FORM and not screen.detail


def opening(
    given: Given,
    workspace: str,
    person: str,
    *,
    screen: str,
    kind: ScreenKind,
    about: str,
    detail: str,
    subjects: Collection[str],
    digest: str,
) -> Screen:
    """Return a screen with words that is about to stand before somebody."""
    hold = given.hold
    return Screen(
        id=screen,
        workspace=workspace,
        kind=kind,
        about=about,
        person=person,
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
    before = await ports.store.screen(screen.workspace, screen.id)  # there already when this was cut off before
    known = before or screen
    if before is None:
        await ports.save(screen, also=(key_of(screen),) if screen.kind is ScreenKind.LOG else ())
        known = next((each for each in ports.held if each.id == screen.id), screen)
    ports.held[:] = [each for each in ports.held if each.id != screen.id]
    outcome = await show()
    is_refused = outcome in (Opening.OUT_OF_REACH, Opening.ASKED) or isinstance(outcome, RetryAfter | Undeliverable)
    if is_refused and before is None:
        await ports.store.drop_screen(screen.workspace, screen.id)  # it surely does not stand there
    else:
        await _noted(ports, known, screen, outcome)
    return outcome


async def fill(
    ports: Ports, screen: Screen, form: Form, post: Callable[[], Awaitable[Sent | Opening]]
) -> Sent | Opening:
    """Show a form that is a message: posted with its title alone, and filled once it is known where it stands.

    Where nothing can be looked up, a copy that is lost holds no words.
    """
    known = await ports.store.screen(screen.workspace, screen.id)
    if known is not None and known.message:  # posted before this was cut off
        ref = MessageRef(workspace=known.workspace, conversation=known.conversation, message=known.message)
    else:
        posted = await post()
        if not isinstance(posted, Sent):
            return posted
        ref = posted.ref
    placed = replace(screen, conversation=ref.conversation, message=ref.message)
    outcome = await stand(ports, placed, lambda: patiently(lambda: ports.chat.fill_form(ref, form)))
    return outcome if isinstance(outcome, Sent) else Opening.TOO_LATE


async def _noted(ports: Ports, known: Screen, screen: Screen, outcome: Outcome | Opening) -> None:
    """Note where a screen stands; `known` is what is known of it, also from before this was cut off."""
    ref = outcome.ref if isinstance(outcome, Sent) and outcome.ref.conversation else None
    counts = isinstance(outcome, Sent)  # one of which nobody knows whether it stands makes no other an older one
    shows = {*known.subjects, *screen.subjects} - (set() if counts else {key_of(screen)})
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
    elif not is_sure or await digest_now(ports, screen) != screen.digest:  # changed before anybody knew of the screen
        ports.held.extend(await ports.store.mark_screens(screen.workspace, {screen.id}, ports.hold, withdraws=True))


async def digest_now(ports: Ports, screen: Screen) -> str | None:
    """Return the digest of what may be read now of what a screen shows; None for who coaches no more."""
    if is_own(screen):
        return digest_of({each.id: "" for each in await ports.store.words_with(screen.workspace, screen.subjects)})
    coach = await ports.store.member_of(screen.workspace, screen.person)
    if coach is None:
        return None
    texts = await ports.store.readable(coach.workspace, coach.id, screen.detail, screen.subjects, ports.now)
    if texts is None:
        return None
    if screen.kind is ScreenKind.FORM:
        return digest_of(texts)
    choices = await ports.store.log_choices(coach.workspace, coach.id, screen.detail, ports.now)
    return digest_of(texts, [each for each in screen.subjects if each in choices.people])


def key_of(screen: Screen) -> str:
    """Return the subject under which a coach's logs are told of each other."""
    return log_key(screen.workspace, screen.person)
