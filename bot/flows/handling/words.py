"""Presses and forms about a person's own words: read around them, decide, carry out."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, cast

from bot.chat.port import FormErrors, Incoming, Press, Submitted
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.words import W, has_words
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.ownership import kept_open
from bot.flows.ports import Ports

Kinds = type[W] | tuple[type[W], ...]


@dataclass(frozen=True, kw_only=True)
class OwnWords(NudgeContext, Generic[W]):
    """What somebody wrote, with the message it belongs to and all that is decided by, read in one go."""

    words: W
    agenda: Sequence[Nudge]  # of the run, by due time
    next_post: Nudge | None  # that takes what is let into the channel
    is_confirmed: bool  # whether a confirmation of it stands somewhere

    @property
    def is_left(self) -> bool:
        """Whether the run it was written in was left: then it is read and deleted, and not changed."""
        return self.enrollment.state is EnrollmentState.LEFT

    @property
    def is_elsewhere(self) -> bool:
        """Whether its author has moved to another team since: it stays where it was written, and is not changed."""
        return self.words.cohort != self.cohort.id

    @property
    def unchanging(self) -> str:
        """The key of the sentence that says why it is not changed any more; empty when it may be."""
        return "press-left-words" if self.is_left else "press-moved-words" if self.is_elsewhere else ""


async def written(ports: Ports, incoming: Incoming, words_id: str, kind: Kinds[W]) -> OwnWords[W] | None:
    """Return what the person wrote themselves, also when its words are gone; a coach's word is not the coach's own."""
    found = await ports.store.around_words(incoming.workspace, words_id)
    if found is None or not isinstance(found.words, kind):
        return None
    if (found.member.workspace, found.member.external_id) != (incoming.workspace, incoming.person):
        return None
    if isinstance(found.words, Reply) and found.words.kind is ReplyKind.COACH:
        return None
    return OwnWords(
        member=found.member,
        enrollment=found.enrollment,
        cohort=found.cohort,
        journey=ports.words.journeys()[found.cohort.journey],
        nudge=found.nudge,
        who=found.who,
        words=cast(W, found.words),
        agenda=found.agenda,
        next_post=found.next_post,
        is_confirmed=found.is_confirmed,
    )


def by_press(
    decide: Callable[[Given, OwnWords[W], Press], Decision],
    kind: Kinds[W],
    *,
    named_by: Callable[[str], str] = str,
    again: bool = False,
    also_gone: bool = False,
) -> Callable[[Ports, Press], Awaitable[None]]:
    """Return the flow of a button on the person's own words that stand; on others it is refused kindly.

    `named_by` finds their id in the button's value; with `again` what shows them is shown once more. With `also_gone`
    it is about words that were taken back, too.
    """

    async def flow(ports: Ports, press: Press) -> None:
        words_id = named_by(press.value)
        about = await written(ports, press, words_id, kind)
        if about is None or not (also_gone or has_words(about.words)):
            decision = Decision(refuses="press-stale", again=(words_id,) if again else ())
        else:
            decision = decide(ports.given(), about, press)
        await carry_out(ports, press, decision)

    return flow


def by_form(
    decide: Callable[[Given, OwnWords[W], Submitted], Decision], kind: Kinds[W], field: str
) -> Callable[[Ports, Submitted], Awaitable[FormErrors | None]]:
    """Return the flow of a form that changes the person's own words; what refuses it is said at that field."""

    async def flow(ports: Ports, form: Submitted) -> FormErrors | None:
        about = await written(ports, form, form.subject.partition(":")[0], kind)
        if about is None or not has_words(about.words):
            return await kept_open(ports, form, field)
        return await carry_out(ports, form, decide(ports.given(), about, form))

    return flow
