"""The person's own page: where they are, what they said, and everything they can set, take along or wipe."""

from collections.abc import Awaitable, Callable, Sequence

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Facts,
    Form,
    FormErrors,
    FormPart,
    Heading,
    HomeOpened,
    LetIn,
    Line,
    Message,
    Part,
    Press,
    Quote,
    Style,
    Submitted,
)
from bot.coaching.audit import AuditEntry
from bot.coaching.calendar import local_day, local_hour
from bot.coaching.commitment import Commitment, CommitmentKind
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.reply import Scope
from bot.coaching.words import is_shared
from bot.flows.compose.own_words import Above, above_from, own_words
from bot.flows.compose.parts import button, note, promise
from bot.flows.meet import known, language_of
from bot.flows.ports import Ports
from bot.flows.scene import Run, current_run, today
from bot.flows.show import refuse
from bot.flows.start import DEFAULT_ZONE
from bot.flows.tell import open_form
from bot.flows.upcoming import next_words, progress, still

MOST_PLANS = 3
MOST_LOOKS = 40  # looks listed to the person they were at
OPERATOR = "operator"  # the command line's name in the audit
LONGEST_PIECE = 2900  # characters in one part of a form


async def opened(ports: Ports, event: HomeOpened) -> None:
    """Show the page of whoever looks at it."""
    await _show(ports, event, anew=True)


async def let_in(ports: Ports, event: LetIn) -> None:
    """Show their page to whoever let us into a conversation of our own; in a channel nobody asked for anything yet.

    Told of it once more, the page that stands there already is shown as it is now.
    """
    if event.is_direct:
        stands = await ports.store.page_of(event.workspace, event.person)
        await _show(ports, event, anew=not stands)


async def _show(ports: Ports, event: HomeOpened | LetIn, *, anew: bool) -> None:
    member = await known(ports, event)
    if member is None:
        await stranger_view(ports, event.workspace, event.person, anew=anew)
    else:
        await refresh(ports, member, anew=anew)


async def refresh(ports: Ports, member: Member, *, anew: bool = False) -> None:
    """Show a person's page as it is now."""
    fresh = await ports.store.member(member.id)
    if fresh is None:
        await stranger_view(ports, member.workspace, member.external_id, anew=anew)
        return
    run = await current_run(ports, fresh)
    await ports.chat.show_home(fresh.workspace, fresh.external_id, await page(ports, fresh, run), anew=anew)


async def stranger_view(ports: Ports, workspace: str, person: str, *, anew: bool = False) -> None:
    """Show what this is and how to join, in both languages: nobody told us theirs yet."""
    parts = [part for language in Language for part in _about(ports, language)]
    title = ports.words.say("home-title", Language.EN)
    await ports.chat.show_home(workspace, person, Message(fallback=title, parts=tuple(parts)), anew=anew)


async def page(ports: Ports, member: Member, run: Run | None, *, before: Above | None = None) -> Message:
    """Return the page of somebody we know, with their words from the newest on, or older than a moment."""
    language = run.language if run else member.language or Language.EN
    coach = await _coach(ports, member, language)
    own = await own_words(ports, member, run, before)
    if run is not None:
        parts = [*await _journey(ports, run), *coach, *own, *_data(ports, language)]
    elif member.language:
        parts = [*_about(ports, language), *coach, *own, *_data(ports, language)]
    else:
        about = [part for each in Language for part in _about(ports, each)]
        parts = [*about, *coach, *own, *_data(ports, language)]
    return Message(fallback=ports.words.say("home-title", language), parts=tuple(parts))


def _about(ports: Ports, language: Language) -> list[Part]:
    words = ports.words
    return [
        Heading(words.say("home-title", language)),
        Body(words.body("home-about", language)),
        Body(words.body("home-join", language)),
    ]


# --- the journey ------------------------------------------------------------------------------------------------


async def _journey(ports: Ports, run: Run) -> list[Part]:
    words, language = ports.words, run.language
    rows = [(words.say("home-next", language), await next_words(ports, run))]
    paused = run.enrollment.state is EnrollmentState.PAUSED
    if paused and run.enrollment.paused_until:
        day = words.day(run.enrollment.paused_until, language)
        rows.insert(0, (words.say("home-pause", language), words.say("status-paused-until", language, day=day)))
    return [
        Heading(await progress(ports, run)),
        Facts(tuple(rows)),
        *still(ports, run),
        Buttons(_controls(ports, run)),
        *await _plans(ports, run),
    ]


def _controls(ports: Ports, run: Run) -> tuple[Button, ...]:
    language, subject = run.language, run.enrollment.id
    going: tuple[Button, ...]
    if run.enrollment.state is EnrollmentState.PAUSED:
        going = (
            button(ports, language, "resume.now", subject, style=Style.PRIMARY),
            button(ports, language, "pause.open", subject),
        )
    elif run.enrollment.state is EnrollmentState.ACTIVE:
        going = (button(ports, language, "next.open", subject), button(ports, language, "pause.open", subject))
    else:
        going = (button(ports, language, "next.open", subject),)
    return (*going, button(ports, language, "settings.open", ""))


async def open_plans(ports: Ports, run: Run) -> Sequence[Commitment]:
    """Return the plans and changes this person still means to carry out, the soonest first.

    One whose day is over without an answer is no plan any more; its question stays in the conversation.
    """
    since = today(ports, run)
    mine = [
        plan
        for plan in await ports.store.commitments_of(run.member.id)
        if plan.is_open and (plan.due_on >= since or plan.kind is CommitmentKind.TRANSFER)
    ]
    return sorted(mine, key=lambda plan: (plan.due_on, plan.id))[:MOST_PLANS]


async def _plans(ports: Ports, run: Run) -> list[Part]:
    parts: list[Part] = []
    for plan in await open_plans(ports, run):
        parts += promise(ports, run, plan)
        if plan.scope is Scope.PRIVATE:
            parts.append(Buttons((button(ports, run.language, "plan.read", plan.id),)))
    if not parts:
        return []
    return [Line(), Heading(ports.words.say("home-plans", run.language)), *parts]


# --- what the person said ---------------------------------------------------------------------------------------


async def turned(ports: Ports, press: Press) -> None:
    """Show older words, or the newest again, on the page where they stand."""
    member = await known(ports, press)
    before = above_from(press.value)
    if member is None or (before is None and press.value):
        await refuse(ports, press)
        return
    run = await current_run(ports, member)
    await ports.chat.show_home(press.workspace, press.person, await page(ports, member, run, before=before))


def whole(text: str) -> tuple[Quote, ...]:
    """Return a text of any length in pieces that each fit."""
    return tuple(Quote(text[start : start + LONGEST_PIECE]) for start in range(0, len(text), LONGEST_PIECE))


async def reply_read(ports: Ports, press: Press) -> None:
    """Show a person their own private note, in a form that only they see."""
    member = await known(ports, press)
    reply = await ports.store.reply(press.value)
    if member is None or reply is None or reply.author != member.id or reply.text is None:
        await refuse(ports, press)
        return
    language = await language_of(ports, press, None, None)
    form = to_read(
        ports,
        language,
        "note",
        *whole(reply.text),
        note(ports, language, "home-read-shared" if is_shared(reply) else "home-read-note"),
    )
    await open_form(ports, press, form)


def to_read(ports: Ports, language: Language, name: str, *parts: FormPart) -> Form:
    """Return a form that only shows something to the person who asked."""
    return Form(
        id=f"{name}.shown",
        title=ports.words.say(f"form-{name}-title", language),
        submit=None,
        close=ports.words.say("form-close", language),
        parts=parts,
    )


# --- the person's data ------------------------------------------------------------------------------------------


def _data(ports: Ports, language: Language) -> list[Part]:
    return [
        Line(),
        Heading(ports.words.say("home-data", language)),
        Body(ports.words.body("home-data-about", language)),
        Buttons(
            (
                button(ports, language, "audit.open", ""),
                button(ports, language, "export.make", ""),
                button(ports, language, "erase.open", "", style=Style.DANGER),
            )
        ),
    ]


async def audit_open(ports: Ports, press: Press) -> None:
    """Show a person who looked at their words, and when."""
    member = await known(ports, press)
    if member is None:
        await refuse(ports, press)
        return
    words, language = ports.words, await language_of(ports, press, None, None)
    run = await current_run(ports, member)
    zone = run.zone if run else member.zone or DEFAULT_ZONE
    rows = []
    for entry in await ports.store.audit_of(member.id, limit=MOST_LOOKS):
        day, hour = words.day(local_day(entry.at, zone), language), local_hour(entry.at, zone)
        rows.append((f"{day} {hour:%H:%M}", await _look(ports, member, entry, language)))
    listed = Facts(tuple(rows)) if rows else Body(words.body("audit-nobody", language))
    form = to_read(ports, language, "audit", Body(words.body("audit-intro", language)), listed)
    await open_form(ports, press, form)


async def _look(ports: Ports, member: Member, entry: AuditEntry, language: Language) -> str:
    words = ports.words
    if entry.actor == member.id:
        return words.say(f"audit-own-{entry.action}", language, count=entry.count)
    actor = await ports.store.member(entry.actor)
    who = actor.name if actor else words.say("audit-operator" if entry.actor == OPERATOR else "audit-gone", language)
    return words.say(f"audit-{entry.action}", language, who=who, count=entry.count)


async def _coach(ports: Ports, member: Member, language: Language) -> list[Part]:
    """Return a button for the log of each cohort this person coaches."""
    cohorts = await ports.store.coached_by(member.id)
    if not cohorts:
        return []
    words = ports.words
    buttons = tuple(
        Button(
            id="log.open",
            label=words.say("log-open-button", language, channel=cohort.channel_name),
            value=cohort.id,
        )
        for cohort in cohorts
    )
    return [
        Line(),
        Heading(words.say("home-coach", language)),
        Body(words.body("home-coach-about", language)),
        Buttons(buttons),
    ]


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "home.older": turned,
    "home.newer": turned,
    "reply.read": reply_read,
    "audit.open": audit_open,
}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {}  # both forms only show
