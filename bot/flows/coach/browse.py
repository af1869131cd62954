"""The coach's log: reading what was shared, page by page."""

from collections.abc import Awaitable, Callable, Sequence

from bot.chat.port import Body, Buttons, Choice, Command, FormErrors, Message, Option, Press, Style, Submitted
from bot.coaching.language import Language
from bot.coaching.records.cohort import CoachState, Cohort
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reading import Gate
from bot.coaching.verbs import Verb, read
from bot.flows.coach import answer
from bot.flows.coach.log import show_log
from bot.flows.coach.page import ALL, MOST_OPTIONS, Page, page_from
from bot.flows.context.identify import known, language_of
from bot.flows.given import Given
from bot.flows.handling.ownership import refuse
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import tell
from bot.store.port.readers import LogFilter


async def log(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach log`: for active coaches, what was shared with them."""
    member = await known(ports, command)
    language = await language_of(ports, command, command.conversation, read(command.text).language)
    cohorts = await ports.store.coached_by(member.workspace, member.id) if member else ()
    if member is None or not cohorts:
        key = "log-invited" if member and await _is_invited(ports, member) else "log-not-coach"
        await tell(ports, command, line(ports.words, language, key))
        return
    if await _is_shut(ports, command, language):
        return
    here = [cohort for cohort in cohorts if cohort.channel == command.conversation]
    if len(cohorts) > 1 and not here:
        await tell(ports, command, _which_cohort(ports, language, tuple(cohorts)))
        return
    cohort = (here or cohorts)[0]
    await show_log(ports, command, member, cohort, Page(cohort=cohort.id), language)


async def _is_invited(ports: Ports, member: Member) -> bool:
    for row in await ports.store.sent_to(member.workspace, member.id, limit=50):
        if row.kind is Kind.COACH_ASK:
            role = await ports.store.coach(row.workspace, row.cohort, member.id)
            if role is not None and role.state is CoachState.INVITED:
                return True
    return False


def _which_cohort(given: Given, language: Language, cohorts: tuple[Cohort, ...]) -> Message:
    words = given.words
    options = tuple(Option(cohort.id, cohort.channel_name) for cohort in cohorts[:MOST_OPTIONS])
    told = words.say("log-which", language)
    label = words.say("log-cohort", language)
    return Message(
        fallback=told,
        parts=(
            Body(words.body("log-which", language)),
            Choice(id="log.cohort", label=label, options=options, chosen=options[0].value),
            Buttons((button(given, language, "log.show", "", style=Style.PRIMARY),)),
        ),
    )


async def log_open(ports: Ports, press: Press) -> None:
    """The log button on a coach's Home."""
    await _turn(ports, press, Page(cohort=press.value))


async def log_show(ports: Ports, press: Press) -> None:
    """Show what the menus above the log were set to."""
    here = page_from(press.value)
    cohort = press.inputs.get("log.cohort") or (here.cohort if here else "")
    week, person = _chosen(press, "log.week"), _chosen(press, "log.person")
    which = LogFilter(
        people=(person,) if person else (),
        item=_chosen(press, "log.item"),
        week=int(week) if week and week.isdecimal() else None,
    )
    since = here.since if here and here.cohort == cohort else None
    await _turn(ports, press, Page(cohort=cohort, which=which, since=since))


async def log_turn(ports: Ports, press: Press) -> None:
    """Newer or older lines."""
    page = page_from(press.value)
    if page is None:
        await refuse(ports, press)
        return
    await _turn(ports, press, page)


async def _turn(ports: Ports, press: Press, page: Page) -> None:
    member = await known(ports, press)
    cohort = await answer.coached(ports, member, page.cohort)
    if member is None or cohort is None:
        await refuse(ports, press)
        return
    language = await language_of(ports, press, None, None)
    if not await _is_shut(ports, press, language):
        await show_log(ports, press, member, cohort, page, language, in_place=True)


async def _is_shut(ports: Ports, incoming: Command | Press, language: Language) -> bool:
    """Whether nobody may read in this workspace; then who asks is told so."""
    key = why_shut(await ports.store.gates(incoming.workspace))
    if key:
        await tell(ports, incoming, line(ports.words, language, key))
    return bool(key)


def why_shut(gates: Sequence[Gate]) -> str:
    """Return the key of why no coach reads in a workspace, by all the gates recorded there; empty while one is open."""
    if any(each.closed_at is None for each in gates):
        return ""
    return "log-stopped" if gates else "log-shut"


def _chosen(press: Press, name: str) -> str | None:
    value = press.inputs.get(name, ALL)
    return None if value == ALL else value


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.LOG: log}


async def heard_read(ports: Ports, press: Press) -> None:
    """Show a coach the log of the person who answered them."""
    reply = await ports.store.reply(press.workspace, press.value)
    if reply is None:
        await refuse(ports, press, "log-gone")
        return
    member = await known(ports, press)
    cohort = await answer.coached(ports, member, reply.cohort)
    if member is None or cohort is None:
        await refuse(ports, press)
        return
    language = await language_of(ports, press, None, None)
    page = Page(cohort=cohort.id, which=LogFilter(people=(reply.member,)))
    if not await _is_shut(ports, press, language):
        await show_log(ports, press, member, cohort, page, language)


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "heard.read": heard_read,
    "log.open": log_open,
    "log.show": log_show,
    "log.newer": log_turn,
    "log.older": log_turn,
    **answer.PRESSES,
}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {**answer.FORMS}
