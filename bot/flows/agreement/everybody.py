"""What all who let a coach read are told or asked, each of them once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reading import ReadGrant
from bot.flows.agenda.reading_news import CHANGED, asked, told
from bot.flows.agreement.context import Granting
from bot.flows.given import Given


def told_everybody(given: Given, granting: Sequence[Granting], prompt: str, subject: str) -> list[Nudge]:
    """Return the news for each person, in the run they began last."""
    newest = {each.run.member.id: each.run for each in sorted(granting, key=lambda each: each.run.enrollment.joined_at)}
    return [told(given, run, prompt, subject) for run in newest.values()]


def asked_again(given: Given, granting: Iterable[Granting], subject: str) -> list[ReadGrant | Nudge]:
    """Return grants that hold until now alone, with the question whether they go on, in every run that has one.

    What holds until a moment already stays as it is: its person was asked then.
    """
    found: list[ReadGrant | Nudge] = []
    for each in granting:
        open_ones = [grant for grant in each.grants if grant.until_at is None]
        if open_ones:
            found += [replace(grant, until_at=given.now) for grant in open_ones]
            found.append(asked(given, each.run, CHANGED, subject))
    return found
