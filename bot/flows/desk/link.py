"""`/coach desk`: a link that lets its person in to the desk, once and within ten minutes."""

from collections.abc import Awaitable, Callable, Sequence

from bot.chat.port import Body, Button, Buttons, Command, Message, Note, Press, Style
from bot.coaching.language import Language
from bot.coaching.records.session import LINK_LASTS, SignIn
from bot.coaching.verbs import Verb
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext, person_of
from bot.flows.desk.tokens import hashed, new_token
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports

MOST_LINKS = 5  # that are open at a time
ENTRANCE = "/desk/in"


async def desk(ports: Ports, command: Command, _rest: str) -> None:
    """Hand a link to the person who asks; whoever opens it first comes in as that person."""
    about = await person_of(ports, command)
    links = await ports.store.sign_ins_of(command.workspace, about.member.id) if about.member else ()
    token = new_token(command.workspace)
    decision = handed_out(ports.given(), about, command, links, address=ports.public_url, token=token)
    await carry_out(ports, command, decision)


def handed_out(
    given: Given, about: PersonContext, command: Command, links: Sequence[SignIn], *, address: str, token: str
) -> Decision:
    """Return a link to the desk at this address; `links` are those of the person that nobody used."""
    words, language, member = given.words, about.language(command), about.member
    if not address:
        return Decision(says=line(words, language, "desk-link-nowhere"))
    if member is None:
        return Decision(says=line(words, language, "desk-link-stranger"))
    if sum(each.is_open(given.now) for each in links) >= MOST_LINKS:
        return Decision(says=line(words, language, "desk-link-many"))
    ends_at = given.now + LINK_LASTS
    link = SignIn(id=hashed(token), workspace=member.workspace, member=member.id, made_at=given.now, ends_at=ends_at)
    return Decision(records=[link], says=_message(given, language, f"{address}{ENTRANCE}/{token}"))


def _message(given: Given, language: Language, address: str) -> Message:
    words = given.words
    into = Button(id="desk.open", label=words.say("desk-open-button", language), url=address, style=Style.PRIMARY)
    return Message(
        fallback=words.say("desk-link", language),
        parts=(
            Body(words.body("desk-link", language)),
            Buttons((into,)),
            Note(words.body("desk-link-note", language)),
        ),
    )


async def followed(_ports: Ports, _press: Press) -> None:
    """Do nothing: Slack tells of the press that opened the link."""


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.DESK: desk}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"desk.open": followed}
