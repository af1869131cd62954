"""A member's answer to the question whether somebody may read: yes from now on, earlier texts too, or no."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.port import Press
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.reading import ReadGrant
from bot.coaching.rules.who_reads import WhoReads
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import PressContext
from bot.flows.given import Given
from bot.flows.handling.nudge import by_press, outdated
from bot.flows.messages.reading import asked_about
from bot.flows.reading.grants import let, taken_back
from bot.store.port import Record

YES, EARLIER, NO = "reading.yes", "reading.earlier", "reading.no"


def answered(given: Given, about: PressContext, press: Press) -> Decision:
    """Return what a member lets a coach read from now on; a no ends all that they let them read before.

    What was answered already is left as it is: but a no counts at any time.
    """
    row, who = about.nudge, about.who or WhoReads()
    asked = asked_about(row, who)
    if row.cohort != about.cohort.id:
        return outdated(about)
    if not asked:
        return Decision(refuses="reading-coach-gone", again=(row.id,))
    if row.answer is not None and press.button != NO:
        is_same = _is_so(who, press.button, [person.id for _, person in asked])
        return Decision(again=(row.id,)) if is_same else outdated(about)
    records: list[Record] = []
    for _, person in asked:
        if press.button == NO:
            records += taken_back(given, who.granted_to(person.id))
        else:
            records += let(given, about.member, about.cohort, person, who, earlier=press.button == EARLIER)
    answer = Answer.REFUSED if press.button == NO else Answer.ALLOWED
    if row.answer is not answer:
        records.append(replace(row, answer=answer, answered_at=given.now))
    return Decision(records=records, withdraws=_ends(records), again=() if records else (row.id,))


def _is_so(who: WhoReads, button: str, coaches: Sequence[str]) -> bool:
    """Whether a press asks for what stands: it was a double one."""
    found = [who.whole(each) for each in coaches]
    return all(each is not None and each.includes_earlier == (button == EARLIER) for each in found)


def _ends(records: Sequence[Record]) -> bool:
    return any(isinstance(each, ReadGrant) and each.ended_at is not None for each in records)


def asked_again(_given: Given, about: PressContext, _press: Press) -> Decision:
    """Return the question open once more; until it is answered all stays as it is."""
    row = about.nudge
    if row.answer is None:
        return Decision(again=(row.id,))
    return Decision(records=[replace(row, answer=None, answered_at=None)])


PRESSES = {
    **dict.fromkeys((YES, EARLIER, NO), by_press(answered, Kind.READING_ASK)),
    "reading.change": by_press(asked_again, Kind.READING_ASK),
}
