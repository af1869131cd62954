"""Between coach and member."""

from bot.chat.port import Body, Buttons, Facts, Heading, Message, Quote, Style
from bot.coaching.cohort import CoachState
from bot.coaching.language import Language, Markdown
from bot.coaching.member import Member
from bot.coaching.nudge import Nudge
from bot.coaching.reply import Scope
from bot.flows.compose.parts import button, note
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.scene import Scene, at_home


async def word(ports: Ports, scene: Scene) -> Message:
    """Return what the coach wrote, under the nudge it is about, and how to answer."""
    words, language = ports.words, scene.language
    written = await ports.store.reply(scene.nudge.subject or "")
    author = await ports.store.member(written.author) if written else None
    name = author.name if author else ""
    label = words.say("coach-word-label", language, name=name)
    text = written.text if written and written.text else words.say("coach-word-gone", language)
    role = await ports.store.coach(scene.cohort.id, author.id) if author else None
    if role is None or role.state is not CoachState.ACTIVE:
        return Message(fallback=label, parts=(Quote(text, label=label), note(ports, language, "word-no-coach")))
    key = "coach-word-note-home" if await at_home(ports, scene) else "coach-word-note"
    answer = Buttons((button(ports, language, "word.answer", scene.nudge.id),))
    return Message(fallback=label, parts=(Quote(text, label=label), answer, note(ports, language, key, name=name)))


async def heard(ports: Ports, row: Nudge) -> Message:
    """Return that somebody answered the coach, without what they said."""
    member = await ports.store.member(row.member or "")
    cohort = await ports.store.cohort(row.cohort)
    assert member is not None, "foreign keys hold"
    assert cohort is not None, "foreign keys hold"
    language = member.language or cohort.language
    reply = await ports.store.reply(row.subject or "")
    author = await ports.store.member(reply.author) if reply and reply.text and reply.scope is Scope.COACH else None
    if reply is None or author is None:
        gone = ports.words.say("coach-heard-gone", language)
        return Message(fallback=gone, parts=(note(ports, language, "coach-heard-gone"),))
    told = ports.words.body("coach-heard", language, name=author.name)
    read = button(ports, language, "heard.read", reply.id)
    fallback = ports.words.say("coach-heard", language, name=author.name)
    return Message(fallback=fallback, parts=(Body(told), Buttons((read,))))


async def ask(ports: Ports, row: Nudge) -> Message:
    """Return the question whether somebody wants to be the coach."""
    words = ports.words
    member = await ports.store.member(row.member or "")
    cohort = await ports.store.cohort(row.cohort)
    assert member is not None, "foreign keys hold"
    assert cohort is not None, "foreign keys hold"
    language = member.language or cohort.language or Language.EN
    starter = await ports.store.member(cohort.started_by)
    role = await ports.store.coach(cohort.id, member.id)
    state = role.state if role else CoachState.DECLINED
    journey = ports.words.journeys()[cohort.journey]
    title = words.say("coach-ask-heading", language)
    head = (
        Heading(title),
        Body(_asked_by(ports, language, starter, member)),
        Body(words.body("coach-ask-body", language)),
        Facts(
            (
                (words.say("coach-ask-channel", language), cohort.channel_name),
                (words.say("coach-ask-journey", language), journey.name[language]),
            )
        ),
    )
    if state is not CoachState.INVITED:
        return Message(fallback=title, parts=(*head, note(ports, language, f"coach-{state}-said")))
    buttons = (
        button(ports, language, "coach.accept", cohort.id, style=Style.PRIMARY),
        button(ports, language, "coach.decline", cohort.id),
    )
    return Message(fallback=title, parts=(*head, Buttons(buttons)))


def _asked_by(given: Given, language: Language, starter: Member | None, coach: Member) -> Markdown:
    if starter is not None and starter.id == coach.id:
        return given.words.body("coach-ask-self", language)
    return given.words.body("coach-ask-other", language, name=starter.name if starter else "")
