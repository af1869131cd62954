"""The ordered prompts: what a journey is made of. Read from prompts/journeys, never written in code."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind


class Slot(StrEnum):
    """Which moment of a person's week."""

    JOIN = "join"  # at once, when the person opts in
    FIRST = "first"  # the person's first day and hour (Tuesday 10:00)
    SECOND = "second"  # the second (Thursday 15:00)


@dataclass(frozen=True, kw_only=True)
class Text:
    """One authored text in every language; title and body are Fluent patterns with named placeholders."""

    path: str  # within the journey, e.g. "ask-your-partner/nudge"
    title: Mapping[Language, str]  # empty string when the text has none
    body: Mapping[Language, str]  # Markdown
    when: frozenset[str] = frozenset()  # the states in which it is true; none: always
    also: tuple["Text", ...] = ()  # for the states in which it is not
    again: tuple["Text", ...] = ()  # further wordings, for when it comes to the same person once more

    def in_state(self, state: str) -> "Text":
        """Return the text that is true in a state: this one, or another of the same file."""
        return next((each for each in (self, *self.also) if state in each.when), self)

    def told(self, times: int) -> "Text":
        """Return the wording for somebody who was sent it so many times before; the first one after the last."""
        wordings = (self, *self.again)
        return wordings[times % len(wordings)]


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Another way to do an item's experiment that stands on its own."""

    fits: str  # whom it is for: no_partner, no_car, no_money, no_time, remote, no_travel
    text: Text


@dataclass(frozen=True, kw_only=True)
class Item:
    """One of the pieces of advice, with everything said around it."""

    slug: str
    keeps_words: bool  # False: only done, later or not for me is stored; typed words are answered and forgotten
    theme: Text  # title: its name; body: one sentence for the team's "next week"
    nudge: Text
    short: Text | None  # the same in a few words, under the same title
    alternatives: tuple[Alternative, ...]
    not_for_me: Text  # the warm reply
    plan: Text  # asks for the if-then plan
    plan_if: Text  # body: an example of the "if"
    plan_then: Text  # body: an example of the "then I"
    day_of: Text
    follow_up: Text
    undone: Text  # the one question about what was not done, with a smaller step in it
    debrief: Text  # opens the debrief
    questions: tuple[Text, ...]  # the four questions
    transfer: Text  # asks for one change, one owner, one date
    transfer_change: Text  # body: an example of the change
    transfer_owner: Text  # body: an example of the owner
    check: Text  # four weeks later
    kit: Text | None  # title and a page of Markdown


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing planned for every member: in which journey week, at which moment."""

    week: int
    slot: Slot
    kind: Kind
    item: str | None = None  # which item it belongs to
    prompt: str  # path of the text; for an item's own texts "<item>/<kind>"


@dataclass(frozen=True, kw_only=True)
class Journey:
    """An ordered set of steps with all their words."""

    slug: str
    name: Mapping[Language, str]
    about: Mapping[Language, str]  # one sentence, shown where the journey is chosen
    weeks: int  # the last week in which something is asked of everyone
    steps: tuple[Step, ...]
    items: Mapping[str, Item]
    texts: Mapping[str, Text]  # every text by its path
    reflections: tuple[Text, ...]  # personal; one per week at least, so that none comes twice
    quiet: tuple[Text, ...]  # personal, for a week without a word
    team_reflections: tuple[Text, ...]
    team_quiet: tuple[Text, ...]
    past: tuple[Step, ...] = ()  # of items that its author took away or renamed since people walked them
    is_offered: bool = True  # False: its author took it away, and who walks it goes on

    def last_week(self, item: str) -> int:
        """Return the last week in which an item has a step, also one that it had before; raises ValueError for none."""
        return max(step.week for step in (*self.steps, *self.past) if step.item == item)

    def item_in_week(self, week: int) -> Item | None:
        """Return the item that journey week is about."""
        for step in self.steps:
            if step.week == week and step.item:
                return self.items[step.item]
        return None
