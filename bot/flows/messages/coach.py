"""Between coach and member."""

from bot.chat.port import Body, Buttons, Facts, Heading, Message, Quote, Style
from bot.coaching.language import Language, Markdown
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Scope
from bot.flows.context.given import Given
from bot.flows.context.nudge import at_home
from bot.flows.context.pending import standing
from bot.flows.messages.parts import button, note
from bot.flows.messages.shown import Shown
from bot.store.port.shown import ShownToCoach


def word(given: Given, scene: Shown) -> Message:
    """Return what the coach wrote, under the nudge it is about, and how to answer."""
    words, language, written = given.words, scene.language, scene.word
    name = scene.author.name if scene.author else ""
    label = words.say("coach-word-label", language, name=name)
    text = written.text if written and written.text else words.say("coach-word-gone", language)
    if scene.role is None or scene.role.state is not CoachState.ACTIVE:
        return Message(fallback=label, parts=(Quote(text, label=label), note(given, language, "word-no-coach")))
    open_key = "coach-word-note" if standing(given, scene).is_pending else "coach-word-note-over"
    key = "coach-word-note-home" if at_home(given, scene) else open_key
    answer = Buttons((button(given, language, "word.answer", scene.nudge.id),))
    return Message(fallback=label, parts=(Quote(text, label=label), answer, note(given, language, key, name=name)))


def heard(given: Given, about: ShownToCoach) -> Message:
    """Return that somebody answered the coach, without what they said."""
    language = about.member.language or about.cohort.language
    reply, author = about.answer, about.author
    if reply is None or author is None or not reply.text or reply.scope is not Scope.COACH:
        gone = given.words.say("coach-heard-gone", language)
        return Message(fallback=gone, parts=(note(given, language, "coach-heard-gone"),))
    told = given.words.body("coach-heard", language, name=author.name)
    read = button(given, language, "heard.read", reply.id)
    fallback = given.words.say("coach-heard", language, name=author.name)
    return Message(fallback=fallback, parts=(Body(told), Buttons((read,))))


def ask(given: Given, about: ShownToCoach) -> Message:
    """Return the question whether somebody wants to be the coach."""
    words, cohort = given.words, about.cohort
    language = about.member.language or cohort.language or Language.EN
    state = about.role.state if about.role else CoachState.DECLINED
    journey = words.journeys()[cohort.journey]
    title = words.say("coach-ask-heading", language)
    head = (
        Heading(title),
        Body(_asked_by(given, language, about.starter, about.member)),
        Body(words.body("coach-ask-body", language)),
        Facts(
            (
                (words.say("coach-ask-channel", language), cohort.channel_name),
                (words.say("coach-ask-journey", language), journey.name[language]),
            )
        ),
    )
    if state is not CoachState.INVITED:
        return Message(fallback=title, parts=(*head, note(given, language, f"coach-{state}-said")))
    buttons = (
        button(given, language, "coach.accept", cohort.id, style=Style.PRIMARY),
        button(given, language, "coach.decline", cohort.id),
    )
    return Message(fallback=title, parts=(*head, Buttons(buttons)))


def _asked_by(given: Given, language: Language, starter: Member | None, coach: Member) -> Markdown:
    if starter is not None and starter.id == coach.id:
        return given.words.body("coach-ask-self", language)
    return given.words.body("coach-ask-other", language, name=starter.name if starter else "")
