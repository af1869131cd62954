"""One prompt scheduled for one member, or one post for one cohort."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class Kind(StrEnum):
    """What the message asks or tells."""

    WELCOME = "welcome"  # week 0: I am a bot, who reads what, your hours; once after joining
    PULSE = "pulse"  # the eight questions, before and after
    NUDGE = "nudge"  # an item's experiment
    FOLLOW_UP = "follow_up"  # done, moved or not for me: only when the nudge has no plan yet or it is overdue
    UNDONE = "undone"  # an experiment that nobody did by its second week: smaller, another one, or let go?
    DAY_OF = "day_of"  # on the planned day: done, moved, dropped
    DEBRIEF = "debrief"  # the four questions, then the transfer: only after an experiment was done
    CHECK = "check"  # four weeks after a transfer: did a customer notice?
    REFLECTION = "reflection"  # the personal look back
    KEEP = "keep"  # week 11: the one habit to keep
    CLOSING = "closing"  # week 12: before and after
    BOOSTER = "booster"  # weeks 16 and 24
    SILENCE = "silence"  # nothing was heard for three weeks: one line, then nothing until the person is back
    BACK = "back"  # they are: one line, and what comes next
    READING_ASK = "reading_ask"  # may this coach read what you share? Asked for a press: silence is no
    READING_NEWS = "reading_news"  # who reads what you share has changed: told once
    COACH_WORD = "coach_word"  # your coach writes
    COACH_ASK = "coach_ask"  # will you be the coach of this cohort?
    COACH_HEARD = "coach_heard"  # to the coach: somebody answered what you wrote
    COACH_DIGEST = "coach_digest"  # to the coach: the week of all their teams, once a week
    COACH_WANTED = "coach_wanted"  # to each coach: somebody would like a word; who takes it?
    INVITATION = "invitation"  # in the channel: who wants to join?
    TEAM_REFLECTION = "team_reflection"  # Monday, in the channel
    TEAM_SHARE = "team_share"  # what people chose to share, in the thread of a team reflection
    TEAM_CLOSING = "team_closing"  # the Monday after week 12


ABOUT_READING = frozenset({Kind.READING_ASK, Kind.READING_NEWS})
# The prompt of the news that a coach left words out of the team's post; its subject is the id of the words.
LEFT_OUT = "reading/left-out"


class NudgeState(StrEnum):
    """Where the message is on its way to the person (facts: delivery)."""

    PLANNED = "planned"  # on the agenda; may still move with the person's settings
    READY = "ready"  # due, and every condition was checked again
    SENDING = "sending"  # claimed under a fence, committed before any call
    UNCERTAIN = "uncertain"  # the call went out, the answer was lost
    SENT = "sent"
    DEAD = "dead"  # refused for good, or too many attempts
    EXPIRED = "expired"  # its window closed
    CANCELLED = "cancelled"  # opt-out, pause, a changed journey, or nothing to say


# Where nothing more happens by itself.
FINAL = frozenset({NudgeState.SENT, NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED})

# What may follow on what; the store refuses everything else. UNCERTAIN after PLANNED or READY: brought back with a
# backup, it may have been sent since. SENT after PLANNED: it stands below another message, and came with it.
TRANSITIONS: dict[NudgeState, frozenset[NudgeState]] = {
    NudgeState.PLANNED: frozenset(
        {NudgeState.READY, NudgeState.CANCELLED, NudgeState.EXPIRED, NudgeState.UNCERTAIN, NudgeState.SENT}
    ),
    # Back to PLANNED: the person paused, and the message waits for the end of it. SENT: it is to go out once more after
    # a doubt, and a button of the first one was pressed.
    NudgeState.READY: frozenset(
        {
            NudgeState.SENDING,
            NudgeState.EXPIRED,
            NudgeState.CANCELLED,
            NudgeState.PLANNED,
            NudgeState.SENT,
            NudgeState.UNCERTAIN,
        }
    ),
    # CANCELLED, EXPIRED and PLANNED: found unwanted, late or paused at the last moment, before the call.
    NudgeState.SENDING: frozenset(
        {
            NudgeState.SENT,
            NudgeState.READY,
            NudgeState.DEAD,
            NudgeState.UNCERTAIN,
            NudgeState.CANCELLED,
            NudgeState.EXPIRED,
            NudgeState.PLANNED,
        }
    ),
    # PLANNED: brought back with a backup, and not sent since.
    NudgeState.UNCERTAIN: frozenset({NudgeState.SENT, NudgeState.READY, NudgeState.EXPIRED, NudgeState.PLANNED}),
    NudgeState.SENT: frozenset(),
    NudgeState.DEAD: frozenset(),
    NudgeState.EXPIRED: frozenset({NudgeState.SENT}),  # let go in doubt, and a button of it was pressed
    NudgeState.CANCELLED: frozenset({NudgeState.PLANNED}),  # who left goes on where they were
}


AFTER = "after-"  # begins the occurrence of a nudge that comes back on the day a person put it off to
DONE = "done-"  # begins the occurrence of the debrief of an experiment that was done
AGAIN = "join-again"  # the occurrence of what comes at joining, to who has begun this journey before
RESUME = "resume-"  # begins the occurrence of a debrief that goes on another day


class Answer(StrEnum):
    """What the person did with a nudge."""

    PLANNED = "planned"  # I'll do it: a commitment exists
    DONE = "done"
    LATER = "later"  # snoozed: it comes back on another day
    NOT_FOR_ME = "not_for_me"  # looking at, or settled on none of, the alternatives
    NOTICED = "noticed"  # check: a customer noticed
    UNNOTICED = "unnoticed"  # check: not yet
    ALLOWED = "allowed"  # a coach may read
    REFUSED = "refused"  # they may not
    SKIPPED = "skipped"  # a debrief, transfer or pulse left unanswered on purpose


class Manner(StrEnum):
    """How an experiment comes, where it does not come as written."""

    SHORT = "short"  # after two without an answer
    OTHERS = "others"  # after two that were not for them: an alternative first


@dataclass(frozen=True, kw_only=True)
class Nudge:
    """One message the bot starts by itself, from agenda to answer.

    `member` is None for a post in a cohort's channel. The key (member or cohort, prompt, occurrence) is unique.
    """

    id: str
    workspace: str
    cohort: str
    enrollment: str | None = None
    member: str | None = None
    kind: Kind
    prompt: str  # path of the text within the journey, e.g. "ask-your-partner/nudge"
    occurrence: str  # what tells two of the same prompt apart: a week, a commitment, a date
    item: str | None = None
    week: int
    subject: str | None = None  # id of the commitment, reply or earlier nudge this one is about
    card: str | None = None  # id of the message below which it stands; its own where others stand below it
    # the agenda
    local_date: date
    meant_for: date | None = (
        None  # the day settled for this one alone, whatever moves it meanwhile; None: the journey's
    )
    local_time: time
    zone: str
    due_at: datetime
    expires_at: datetime
    # delivery
    state: NudgeState = NudgeState.PLANNED
    attempt: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    not_before: datetime | None = None
    look_since: datetime | None = None  # first look whether it stands there since then: a backup may not know
    sent_at: datetime | None = None
    reason: str | None = None  # why it died, expired or was cancelled
    # the answer
    asked_at: datetime | None = None  # when a press or an answer let it ask for words again; None: when it was sent
    answer: Answer | None = None
    answered_at: datetime | None = None
    alternative: int | None = None  # which alternative is shown, counted from 0
    manner: Manner | None = None  # settled when it comes; its person may have it as written after all
    question: int = 0  # debrief: questions answered or skipped so far, 0–4; check, coach's word: whether words came
    version: int = 0

    @property
    def is_promised(self) -> bool:
        """Whether the person asked for it on its day: a plan's day, a nudge put off, a debrief to go on with."""
        return self.kind is Kind.DAY_OF or self.occurrence.startswith((AFTER, RESUME))
