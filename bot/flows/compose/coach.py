"""Between coach and member."""

from bot.chat.port import Body, Buttons, Facts, Heading, Message, Quote, Style
from bot.coaching.cohort import CoachState
from bot.coaching.language import Language, Markdown
from bot.coaching.member import Member
from bot.coaching.nudge import Nudge
from bot.flows.compose.parts import button, note
from bot.flows.ports import Ports
from bot.flows.scene import Scene


async def word(ports: Ports, scene: Scene) -> Message:
    """Return what the coach wrote, under the nudge it is about."""
    words, language = ports.words, scene.language
    written = await ports.store.reply(scene.nudge.subject or "")
    author = await ports.store.member(written.author) if written else None
    label = words.say("coach-word-label", language, name=author.name if author else "")
    text = written.text if written and written.text else words.say("coach-word-gone", language)
    return Message(fallback=label, parts=(Quote(text, label=label), note(ports, language, "coach-word-note")))


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


def _asked_by(ports: Ports, language: Language, starter: Member | None, coach: Member) -> Markdown:
    if starter is not None and starter.id == coach.id:
        return ports.words.body("coach-ask-self", language)
    return ports.words.body("coach-ask-other", language, name=starter.name if starter else "")
