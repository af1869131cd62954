"""What a person's records say where a text depends on it: the states that a text in prompts/ declares by `when:`."""

from collections.abc import Collection, Mapping

from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.pulse import PulseAnswer, Wave

# By the file of a text, in its item or in its journey: its states. Whatever is not named here is true in every state.
STATES: Mapping[str, tuple[str, ...]] = {
    "follow-up": ("open", "returned"),  # the nudge is unanswered; and a pause lay between
    "pulse/after": ("first_time", "second_time"),  # the pulse at the end: whether it was answered at the beginning
    "reflections/personal": ("something",),  # the week left something to look back on
    "reflections/personal-quiet": ("nothing",),  # nothing at all happened in it
    "reflections/team": ("something",),
    "reflections/team-quiet": ("nothing",),
}


def after_a_pause(run: Enrollment, root: Nudge | None) -> str:
    """Return whether a pause ended since an experiment was sent."""
    sent = root.sent_at if root else None
    is_back = run.resumed_at is not None and sent is not None and sent < run.resumed_at
    return "returned" if is_back else "open"


def of_pulse(answers: Collection[PulseAnswer]) -> str:
    """Return whether somebody who is asked at the end answered at the beginning."""
    return "second_time" if any(each.wave is Wave.BEFORE for each in answers) else "first_time"
