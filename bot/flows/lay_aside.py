"""The log where it stays in a coach's conversation: one at a time, and none that shows words which were taken back."""

from bot.chat.port import Button, Buttons, Message, MessageRef, Outcome, Sent
from bot.coaching.cohort import Cohort
from bot.coaching.member import Member
from bot.flows.ports import Ports
from bot.flows.tell import line


async def shown(ports: Ports, coach: Member, cohort: Cohort, outcome: Outcome | None) -> None:
    """Note where a coach reads the log, and lay the one before it aside; what fades by itself needs neither."""
    if not isinstance(outcome, Sent) or outcome.ref.aside is None or not outcome.ref.message:
        return
    before = await _standing(ports, coach.id)
    if before is not None and before[1] != outcome.ref.aside:
        await _put(ports, coach, before[0], before[1], "log-moved")
    await ports.store.set_mark(_name(coach.id), f"{cohort.id}|{outcome.ref.aside}")


async def outdated(ports: Ports, cohort: str) -> None:
    """Lay the log aside where the coaches of a cohort have it open: it may show words that are not theirs any more."""
    for role in await ports.store.coaches(cohort):
        standing = await _standing(ports, role.member)
        coach = await ports.store.member(role.member) if standing else None
        if standing is None or coach is None or standing[0] != cohort:
            continue
        if await _put(ports, coach, *standing, "log-outdated"):
            await ports.store.set_mark(_name(coach.id), "")


async def _put(ports: Ports, coach: Member, cohort: str, aside: str, key: str) -> bool:
    """Show a line instead of the log, with the way back to it; return whether the platform took it."""
    about = await ports.store.cohort(cohort)
    if about is None:
        return True
    language = coach.language or about.language
    told = line(ports.words, language, key)
    label = ports.words.say("log-open-button", language, channel=about.channel_name)
    message = Message(
        fallback=told.fallback, parts=(*told.parts, Buttons((Button(id="log.open", label=label, value=cohort),)))
    )
    conversation, _, name = aside.partition(" ")
    ref = MessageRef(workspace=coach.workspace, conversation=conversation, message=name, aside=aside)
    return isinstance(await ports.chat.update(ref, message), Sent)


async def _standing(ports: Ports, coach: str) -> tuple[str, str] | None:
    """Return the cohort whose log a coach has open, and where."""
    cohort, _, aside = (await ports.store.mark(_name(coach)) or "").partition("|")
    return (cohort, aside) if aside else None


def _name(coach: str) -> str:
    return f"log:{coach}"
