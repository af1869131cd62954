"""A member's answer to the question whether somebody may read: yes from now on, earlier texts too, or no."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.port import Press
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.rules.who_reads import WhoReads
from bot.flows.context.acting_on_nudge import by_press_on, outdated
from bot.flows.context.decision import Decision
from bot.flows.context.given import Given
from bot.flows.context.nudge import PressContext, press_context_of
from bot.flows.messages.reading import asked_about
from bot.flows.ports import Ports
from bot.flows.reading.grants import let, taken_back
from bot.store.port import Record

YES, EARLIER, NO = "reading.yes", "reading.earlier", "reading.no"


@dataclass(frozen=True, kw_only=True)
class AskedContext(PressContext):
    """The question on a member's screen, with whom they let read by now."""

    who: WhoReads


async def asked_context_of(ports: Ports, workspace: str, nudge: str) -> AskedContext | None:
    """Return a question about reading with what it is decided by; None for one that is not there."""
    about = await press_context_of(ports, workspace, nudge)
    if about is None:
        return None
    who = await ports.store.who_reads(workspace, about.member.id, about.nudge.cohort)
    return AskedContext(**vars(about), who=who)


def answered(given: Given, about: AskedContext, press: Press) -> Decision:
    """Return what a member lets a coach read from now on; a no ends all that they let them read before.

    What was answered already is left as it is: but a no counts at any time.
    """
    row, asked = about.nudge, asked_about(about.nudge, about.who)
    if row.cohort != about.cohort.id:
        return outdated(about)
    if not asked:
        return Decision(refuses="reading-coach-gone", again=(row.id,))
    if row.answer is not None and press.button != NO:
        is_same = _is_so(about, press.button, [person.id for _, person in asked])
        return Decision(again=(row.id,)) if is_same else outdated(about)
    records: list[Record] = []
    for _, person in asked:
        if press.button == NO:
            records += taken_back(given, about.who.granted_to(person.id))
        else:
            records += let(given, about.member, about.cohort, person, about.who, earlier=press.button == EARLIER)
    answer = Answer.SKIPPED if press.button == NO else Answer.DONE
    if row.answer is not answer:
        records.append(replace(row, answer=answer, answered_at=given.now))
    return Decision(records=records, withdraws=_ends(records), again=() if records else (row.id,))


def _is_so(about: AskedContext, button: str, coaches: Sequence[str]) -> bool:
    """Whether a press asks for what stands: it was a double one."""
    found = [about.who.whole(each) for each in coaches]
    return all(each is not None and each.includes_earlier == (button == EARLIER) for each in found)


def _ends(records: Sequence[Record]) -> bool:
    return any(getattr(each, "ended_at", None) is not None for each in records)


def asked_again(_given: Given, about: AskedContext, _press: Press) -> Decision:
    """Return the question open once more; until it is answered all stays as it is."""
    row = about.nudge
    if row.answer is None:
        return Decision(again=(row.id,))
    return Decision(records=[replace(row, answer=None, answered_at=None)])


PRESSES = {
    **dict.fromkeys((YES, EARLIER, NO), by_press_on(asked_context_of, answered, Kind.READING_ASK)),
    "reading.change": by_press_on(asked_context_of, asked_again, Kind.READING_ASK),
}
