"""A life lived event by event: every message is held against the content, the records and what its reader did."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.coaching.calendar import week_of
from bot.coaching.journey import Journey, Text
from bot.coaching.language import Language
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Scope
from bot.coaching.rules.card import in_order
from bot.coaching.rules.due import UNCOUNTED
from bot.flows.messages.experiment import WORDINGS
from tests.conftest import World
from tests.content import terms
from tests.driver import BOT, Json
from tests.flows.talk import member_of, run_of
from tests.journey.asked import Place, Thing
from tests.journey.claimed import days_known, days_named, other_weeks, state_of, untrue
from tests.journey.records import records_of
from tests.journey.six import AT_HOME, HALF, PAUSED_UNTIL, Person
from tests.stored import commitment, stored

LATE_IN_THE_DAY = (Kind.REFLECTION, Kind.FOLLOW_UP, Kind.CLOSING, Kind.DAY_OF)
MOST_SHOWN = 6  # own words in one review


class Life:
    """Some weeks, lived event by event."""

    def __init__(self, world: World, people: list[Person]) -> None:
        self.world = world
        self.people = people
        self.terms = {each: terms(world.driver.platform, each) for each in Language}
        self.journey: Journey = world.bot.ports.words.journeys()["twelve-weeks"]
        self.changes: set[str] = set()  # ids of what asks about a change at work
        self.filed: dict[str, int] = {}  # how often words went to each kind of place

    def now(self) -> datetime:
        """Return the time."""
        return self.world.practice.clock.now()

    # --- what people do -----------------------------------------------------------------------------------------

    async def look(self, person: Person) -> None:
        """Check and answer what is new in a person's conversation."""
        if (stands := await self.world.posted(person.name)) == person.stood:
            return
        person.stood = stands
        for message in await self.world.direct(person.name):
            if message["ts"] in person.seen or message["user"] != BOT or message["ephemeral"]:
                continue
            person.seen.add(message["ts"])
            row = await self.world.nudge_shown(message)
            if row is None or row.enrollment is None or row.kind in UNCOUNTED - {Kind.WELCOME}:
                continue
            await self.came(person, row, message)
            for standing in await self.world.direct(person.name):
                if standing["ts"] == message["ts"]:
                    await self.share(person, standing)

    async def came(self, person: Person, row: Nudge, message: Json) -> None:
        """Check a card, type below it, and answer what stands on it."""
        rows = await self.world.rows(person.name)
        card = [row, *in_order(each for each in rows if each.card == row.id and each.id != row.id)]
        promised = {each.id: promise for each in card if (promise := self.promise(each)) is not None}
        card = [replace(each, item=promised[each.id].item) if each.id in promised else each for each in card]
        self.changes |= {name for name, each in promised.items() if each.kind is CommitmentKind.TRANSFER}
        for each in card:
            self.check(person, each, message)
            self.check_day(person, each, message)
            person.got.append((each, self.world.driver.texts(message) if each.id == row.id else ""))
        await self.check_claims(person, card, rows, message)
        person.asked.shown(card, [each.id for each in card if each.id in self.changes], self.now())
        if Kind.KEEP not in [each.kind for each in card] or person.pace > 1:
            await self.type(person)
        presses = len(person.asked.presses)
        for each in card:
            await person.acts(self, person, each, message)
        if len(person.asked.presses) > presses:
            await self.type(person)

    async def press(self, person: Person, row: Nudge, button: str, message: Json | None = None) -> None:
        """Press a button about a message, on it or where it stands by now."""
        if message is None:
            await self.world.click(person.name, button)
        else:
            stands = next(each for each in await self.world.direct(person.name) if each["ts"] == message["ts"])
            await self.world.driver.click(person.name, stands, button)
        person.asked.pressed(row, button, self.now(), is_change=row.id in self.changes)

    async def half(self, person: Person) -> None:
        """Type what is half a command: it is asked about, and nothing is done."""
        halves = HALF[person.language]
        typed, before = halves[person.half_said % len(halves)], records_of(self.world)
        person.half_said += 1
        stood = len(await self.world.direct(person.name))
        await self.world.driver.command(person.name, "dm", typed)
        form = await self.world.driver.modal(person.name)
        assert records_of(self.world) == before, typed
        assert form is not None or len(await self.world.direct(person.name)) > stood, f"{typed} was not answered"
        if form is not None:
            await self.world.driver.close(person.name, form)

    async def share(self, person: Person, message: Json) -> None:
        """Let the words of a message into the channel, where this person does."""
        if person.shares and self.says("words-share-button", person.language) in self.world.driver.labels(message):
            await self.world.driver.click(person.name, message, "words.share")

    # --- where words go -----------------------------------------------------------------------------------------

    async def type(self, person: Person, words: str = "") -> None:
        """Type something, and check where it is filed and what the receipt says."""
        if not person.types:
            return
        self.world.practice.clock.leap(timedelta(seconds=1))  # nobody types at the very moment of a message
        place = person.asked.expected(self.now())
        own = person.words()
        words = f"{AT_HOME} {person.said}" if place.is_home else words or own
        before, plans = self.newest(), records_of(self.world, "plans")
        await self.world.driver.say(person.name, "dm", words)
        receipt = await self.world.latest(person.name)
        about = f"{person.name} typed {words!r} at {self.now()}, {place}:\n{self.world.driver.texts(receipt)}"
        assert records_of(self.world, "plans") == plans, about
        if place.is_home:
            assert self.newest() == before, about
            assert self.says("unkept-keep-button", person.language) in self.world.driver.labels(receipt), about
            return
        found = self.newest()
        assert found != before, about
        assert found[1] == words, about
        if place.among:
            assert (found[4], found[6]) == ("held", "private"), about
            await self.choose(person, place, receipt, about)
            return
        await self.is_there(person, place, receipt, about)
        await self.share(person, receipt)

    async def choose(self, person: Person, place: Place, receipt: Json, about: str) -> None:
        """Say which of several things was meant: each of them is offered."""
        offered = self.world.driver.labels(receipt)
        names = {self.choice(person, each): each for each in place.among}
        assert set(names) <= set(offered), (names, about)
        chosen = place.among[person.said % len(place.among)]
        label = next(name for name, each in names.items() if each is chosen)
        await self.world.driver.click(person.name, receipt, label)
        person.asked.chosen(chosen, self.now())
        where = next(each for each in await self.world.direct(person.name) if each["ts"] == receipt["ts"])
        await self.is_there(person, Place(thing=chosen), where, f"chose {label}: {about}")

    async def is_there(self, person: Person, place: Place, receipt: Json, about: str) -> None:
        """Words stand where they were to go, for whom they are, and the receipt says so."""
        name, text, nudge, item, kind, question, scope, _ = self.newest()
        assert (kind, question, scope) == (place.kind, place.question, person.scope), (kind, question, scope, about)
        thing = place.thing
        told = self.plain(self.world.driver.texts(receipt))
        if thing is not None:
            assert item == thing.item, (item, about)
            assert item or nudge == thing.row, about
            assert self.plain(self.title(person, thing)) in told, (self.title(person, thing), about)
            assert place.question is None or str(place.question) in told, about
        person.told[str(name)] = str(text)
        self.filed[place.kind] = self.filed.get(place.kind, 0) + 1
        if thing is not None:
            person.asked.answered(thing, self.now())

    def newest(self) -> tuple[object, ...]:
        """Return the newest words that are kept."""
        return next(reversed(records_of(self.world, "filed")), ())

    def title(self, person: Person, thing: Thing) -> str:
        """Return what a thing is called where it is spoken of."""
        if thing.item is not None:
            return self.said(self.journey.items[thing.item].theme.title, person.language)
        text = self.journey.texts.get(thing.prompt)
        return self.said(text.title, person.language) if text else self.says("reflection-label", person.language)

    def choice(self, person: Person, thing: Thing) -> str:
        """Return what a thing is called on a button."""
        words, about = self.world.bot.ports.words, self.title(person, thing)
        if thing.kind is Kind.DEBRIEF and thing.waits:
            return words.say("held-debrief", person.language, about=about, number=thing.number + 1)
        return words.say("held-check", person.language, about=about) if thing.kind is Kind.CHECK else about

    # --- what messages say --------------------------------------------------------------------------------------

    def check(self, person: Person, row: Nudge, message: Json) -> None:
        """The message says what the content files say, in the person's language, at the person's hour."""
        shown = self.world.driver.texts(message)
        other = Language.NL if person.language is Language.EN else Language.EN
        for text in self.authored(row):
            states = (text, *text.also)
            stand = [
                self.plain(self.said(each.body, person.language), row.week) in self.plain(shown, row.week)
                for each in states
            ]
            assert any(stand), (row.kind, shown)
            for each in states:
                assert self.plain(self.said(each.body, other), row.week) not in self.plain(shown, row.week)
        if row.card not in (None, row.id):
            return
        sent = person.local(self.world.driver.shown_at(message))
        if row.kind in (Kind.WELCOME, Kind.PULSE) and row.week == 0:
            return
        assert sent.weekday() < 5, (person.name, row.kind, sent)
        hour = time(15, 0) if row.kind in LATE_IN_THE_DAY else time(10, 0)
        is_back = person.paused_on is not None and sent.date() == PAUSED_UNTIL
        assert is_back or (sent.hour, sent.minute) == (hour.hour, hour.minute), (person.name, row.kind, sent)

    def promise(self, row: Nudge) -> Commitment | None:
        """Return the plan or the change whose day a message asks about."""
        return commitment(self.world.bot.ports.store, row.subject or "") if row.kind is Kind.DAY_OF else None

    def check_day(self, person: Person, row: Nudge, message: Json) -> None:
        """A question of the day asks about what was promised; a review is one of the authored ones."""
        shown = self.plain(self.world.driver.texts(message), row.week)
        if row.kind is Kind.DAY_OF:
            promised = self.promise(row)
            assert promised is not None
            bodies = [self.said(self.journey.items[promised.item].day_of.body, person.language)]
            if promised.kind is CommitmentKind.TRANSFER:
                bodies = [self.says(f"transfer-day-{place}", person.language) for place in range(1, WORDINGS + 1)]
                assert promised.scope is Scope.PRIVATE or self.plain(promised.first, row.week) in shown
            assert any(self.plain(body, row.week) in shown for body in bodies)
            assert person.local(row.sent_at or row.due_at).date() == promised.due_on
        if row.kind is Kind.REFLECTION:
            quiet = [self.said(text.body, person.language) for text in self.journey.quiet]
            bodies = [*quiet, *(self.said(text.body, person.language) for text in self.journey.reflections)]
            (body,) = [body for body in bodies if self.plain(body, row.week) in shown]
            assert body not in person.looked_back
            person.looked_back.add(body)
            self.check_review(person, row, shown, is_quiet=body in quiet)

    def check_review(self, person: Person, row: Nudge, shown: str, *, is_quiet: bool) -> None:
        """A review tells all that was written since the one before, at half speed in both weeks; else it is quiet."""
        (made,) = stored(self.world.bot.ports.store, Reflection, nudge=row.id)
        missing = {name: text for name, text in person.told.items() if name not in made.shared}
        assert not missing, f"{person.name} wrote {missing}: {shown}"
        assert is_quiet == (not made.shared and not made.tried), (person.name, shown)
        assert person.types or is_quiet, (person.name, shown)
        if person.scope == "coach" and len(made.shared) <= MOST_SHOWN:
            hidden = [text for text in person.told.values() if self.plain(text) not in shown]
            assert not hidden, f"{person.name} wrote {hidden}: {shown}"
        person.told.clear()

    async def check_claims(self, person: Person, card: Sequence[Nudge], rows: Sequence[Nudge], message: Json) -> None:
        """Nothing is claimed that the records do not hold: no deed, no week, no day."""
        store, told = self.world.bot.ports.store, self.world.driver.texts(message)
        run, member = await run_of(self.world, person.name), await member_of(self.world, person.name)
        assert member is not None
        wrong = list(untrue(told, card, state_of(store, run, card, rows)))
        assert not wrong, (person.name, wrong)
        weeks = {row.week for row in rows if row.sent_at is not None}
        assert not other_weeks(told, weeks), (person.name, other_weeks(told, weeks), told)
        known = days_known(store, member.id, run, rows)
        today = person.local(self.now()).date()
        known |= {person.asked.last_day(self.now()), week_of(today) + timedelta(weeks=1)}  # and the team's next post
        named = days_named(told, person.language, self.now().year)
        assert named <= known, (person.name, named - known, told)
        for row in card:
            assert row.kind is not Kind.DEBRIEF or row.item in person.did, (person.name, row.item, told)
            assert row.kind not in (Kind.UNDONE, Kind.FOLLOW_UP) or row.item not in person.did, (person.name, told)

    def authored(self, row: Nudge) -> list[Text]:
        """Return the authored texts that must stand in a message of this kind."""
        item = self.journey.items.get(row.item or "")
        if item is not None:
            by_kind = {
                Kind.NUDGE: [item.nudge],
                Kind.FOLLOW_UP: [item.follow_up],
                Kind.UNDONE: [item.undone],
                Kind.DAY_OF: [],
                Kind.DEBRIEF: [item.debrief, item.questions[row.question]] if row.question < 4 else [item.debrief],
                Kind.CHECK: [item.check],
            }
            if row.kind in by_kind:
                return by_kind[row.kind]
        if row.kind is Kind.REFLECTION:
            return []  # one of many: check_day
        return [self.journey.texts[row.prompt]]

    def says(self, key: str, language: Language) -> str:
        """Return a phrase."""
        return self.world.bot.ports.words.on(self.world.driver.platform).say(key, language)

    def said(self, body: Mapping[Language, str], language: Language) -> str:
        """Return an authored text with this platform's own terms in it."""
        return re.sub(r"\{ -(\w+) \}", lambda term: self.terms[language][term[1]], body[language])

    @staticmethod
    def plain(text: str, week: int = 0) -> str:
        """Return the words alone: Markdown, line ends and placeholders make no difference."""
        text = re.sub(r"\{\s*\$week\s*\}", str(week), text)
        return re.sub(r"[\s*_`~“”‘’\"'\\>•-]+", "", text).lower()
