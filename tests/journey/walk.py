"""Random deeds of several people in a world in which anything may fail or die."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from bot.practice.teams.clients import Carried, Client, Edit
from tests.conftest import CHANNEL, World
from tests.content import said
from tests.driver import BOT, Json, Refused
from tests.journey.forms import is_overtaken, open_forms
from tests.journey.records import records_of
from tests.journey.troubled import PEOPLE, TOKEN, Troubled

COACH = "Marit"
TYPED = ("text", "first", "second")  # fields that take words
OPENERS = ("nudge.plan", "nudge.plan_change", "nudge.later", "reply.change", "plan.change", "debrief.write")
NOT_PRESSED = ("erase.open", "erase.", "export.make", "cohort.", "coach.")  # apart, or without words
SHARES = 0.4
LEFT_OPEN = 0.2
FORWARDS = 0.15
THEIRS = "What somebody else wrote"


class Walk(Troubled):
    """One life, in which a random person does a random deed."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.taken: dict[str, list[str]] = {}  # messages that somebody deleted, and may bring back
        self.seen: list[tuple[str, str, str, Json]] = []  # person, conversation, message, button
        self.steps: tuple[tuple[Callable[[str], Awaitable[None]], int], ...] = (
            (self.say, 6),
            (self.edit, 3),
            (self.delete, 2),
            (self.edit_without_words, 1),
            (self.bring_back, 1),
            (self.press, 12),
            (self.press_what_was, 4),
            (self.send_what_was, 4),
            (self.open_page, 2),
            (self.press_page, 4),
            (self.command, 2),
            (self.read_log, 2),
            (self.wait, 6),
            (self.erase, 1),
        )

    async def go(self, deeds: int) -> None:
        """Do so many random deeds."""
        self.deaths, self.troubles = self.most
        self.channels = {await self.world.driver.channel(COACH, CHANNEL)}
        steps, weights = zip(*self.steps, strict=True)
        for _ in range(deeds):
            self.trouble()
            self.close_window()
            (step,) = self.chance.choices(steps, weights)
            who = self.chance.choice([name for name in PEOPLE if name not in self.erased])
            self.books.figures["deeds"] += 1
            await step(who)
            await self.look(who)

    async def say(self, who: str) -> None:
        words, how = self.words(who), self.handed_on()
        source = await self.world.driver.say_with(who, "dm", words, **how)
        self.books.source[TOKEN.findall(words)[0]] = source
        if any(THEIRS in str(record) for record in records_of(self.world)):
            self.books.wrong.append(f"somebody else's words were kept, {how}")

    def handed_on(self) -> dict[str, str]:
        """Return how a client hands words on, now and then with somebody else's; there is more to choose in Teams."""
        is_many, forwards = self.world.driver.platform == "teams", self.fate.random() < FORWARDS
        how = {"client": self.fate.choice(list(Client)).value} if is_many else {}
        if forwards and is_many:
            how["carried"] = self.fate.choice(list(Carried)).value
        return how | ({"others": THEIRS} if forwards else {})

    async def edit_without_words(self, who: str) -> None:
        """Let news of a change come that tells no words: nothing changes."""
        if (token := self.own(who)) is None or self.world.driver.platform != "teams":
            return
        tells = self.fate.choice((Edit.NULL, Edit.ABSENT)).value
        await self.world.driver.do_with(who, "dm", "edit", self.books.source[token], text=token, tells=tells)

    async def bring_back(self, who: str) -> None:
        """Bring back a message that was deleted: its words stay gone."""
        if self.taken.get(who) and self.world.driver.platform == "teams":
            await self.world.driver.do_with(who, "dm", "undelete", self.taken[who].pop())

    def own(self, who: str) -> str | None:
        books = self.books
        mine = [token for token in books.source if books.author[token] == who and token not in books.gone]
        return self.chance.choice(mine[-4:]) if mine else None

    async def edit(self, who: str) -> None:
        if (token := self.own(who)) is None:
            return
        words = self.words(who)
        source = self.books.source.pop(token)
        self.books.gone.add(token)
        self.books.source[TOKEN.findall(words)[0]] = source
        self.books.replaced[token] = TOKEN.findall(words)[0]
        self.world.practice.clock.leap(timedelta(seconds=1))  # two changes of one moment are one change
        await self.world.driver.edit(who, "dm", source, words)

    async def delete(self, who: str) -> None:
        if (token := self.own(who)) is None:
            return
        self.books.gone.add(token)
        source = self.books.source.pop(token)
        await self.world.driver.delete(who, "dm", source)
        self.taken.setdefault(who, []).append(source)

    async def press(self, who: str) -> None:
        messages = [each for each in await self.world.direct(who) if each["user"] == BOT][-8:]
        self.chance.shuffle(messages)
        for message in messages:
            if names := self.names(message):
                shares = (
                    [name for name in names if name == said("words-share-button")]
                    if self.chance.random() < SHARES
                    else []
                )
                await self.click(who, message, self.chance.choice(shares or names))
                return

    async def press_page(self, who: str) -> None:
        page = await self.world.driver.home(who)
        if page is not None and (names := self.names(page)):
            await self.click(who, page, self.chance.choice(names))

    def names(self, where: Json) -> list[str]:
        """Return what can be pressed on a message, by label."""
        found = {
            label: self.world.driver.button(where, label)["action_id"] for label in self.world.driver.labels(where)
        }
        return [label for label, name in found.items() if not name.startswith(NOT_PRESSED)]

    async def click(self, who: str, where: Json, label: str) -> None:
        try:
            await self.world.driver.click(who, where, label)
        except (Refused, StopIteration):  # gone since it was looked at
            self.books.figures["pressed too late"] += 1
        await self.fill(who)

    async def fill(self, who: str) -> None:
        """Fill the form in that is open, or put it away."""
        driver = self.world.driver
        form = await driver.modal(who)
        if form is None:
            return
        fields = [(name.rpartition(".")[2], name) for name in driver.fields(form)]
        if self.fate.random() < LEFT_OPEN:
            self.books.figures["forms left open"] += 1
            return
        if not {short for short, _ in fields} & {*TYPED, "until", "when", "day"} or self.chance.random() < 0.2:
            await self.away(who, form)
            return
        values: dict[str, Any] = {name: self.words(who) for short, name in fields if short in TYPED}
        values |= {name: self.chance.choice(("private", "coach")) for short, name in fields if short == "scope"}
        # A plan that was dropped since stays as it is: what is sent in becomes another one.
        dropped = {token for (told,) in records_of(self.world, "dropped") for token in TOKEN.findall(str(told))}
        before = {
            token: TOKEN.findall(typed)[0]
            for each, typed in values.items()
            for token in TOKEN.findall(driver.preset(form, each) or "")
            if token not in dropped
        }
        values |= {name: ("yes",) for short, name in fields if short == "share" and self.chance.random() < 0.3}
        try:
            errors = await driver.submit(who, form, driver.fill(form, values))
        except Refused:
            errors = {"": "refused"}
        if errors:
            self.books.figures["forms refused"] += 1
            self.books.in_doubt |= before
            self.books.refused |= {token for each in values.values() for token in TOKEN.findall(str(each))}
            if (open_still := await driver.modal(who)) is not None:
                await self.away(who, open_still)
        else:
            self.books.gone |= before.keys()
            self.books.replaced |= before

    async def away(self, who: str, form: Json) -> None:
        try:
            await self.world.driver.close(who, form)
        except (Refused, StopIteration):
            self.books.figures["forms that stay"] += 1

    async def look(self, who: str) -> None:
        """Remember what could be pressed, for when it can be no more."""
        driver = self.world.driver
        for message in (await self.world.direct(who))[-6:]:
            if message["user"] == BOT and not message["ephemeral"]:
                found = [driver.button(message, label) for label in self.names(message)]
                known = [(who, message["channel"], message["ts"], each) for each in found]
                self.seen += [each for each in known if each not in self.seen]

    async def press_what_was(self, who: str) -> None:
        """Press a button that is not there any more: nothing changes, and it is shown how it stands."""
        driver = self.world.driver
        standing = {each["ts"]: each for each in await self.world.direct(who)}
        mine = [
            (standing[message], button)
            for person, _, message, button in self.seen
            if person == who and message in standing and not any(has(self, each, button) for each in standing.values())
        ]
        if not mine:
            return
        message, button = self.chance.choice(mine)
        figures = self.books.figures
        before, others = records_of(self.world), figures["kills"] + figures["overtaken"]
        await driver.press(who, **button, channel=message["channel"], ts=message["ts"])
        after = records_of(self.world)
        self.books.figures["presses on what was"] += 1
        # Taken back, or about these very words, who reads, or a way out: that is obeyed wherever it is pressed.
        name = button["action_id"]
        is_obeyed = name.endswith(".delete") or name.startswith(("words.", "intent.", "reading."))
        if before != after and not is_obeyed and figures["kills"] + figures["overtaken"] == others:
            self.books.wrong.append(f"{button['action_id']} {before - after} -> {after - before}")
        if (form := await driver.modal(who)) is not None:
            await self.away(who, form)

    async def send_what_was(self, who: str) -> None:
        """Send in a form of which one of its kind was opened later: it is refused, and changes nothing."""
        driver, figures = self.world.driver, self.books.figures
        older = [form for form in await open_forms(self.world, who) if is_overtaken(self.world, form)]
        if not older:
            await self.open_twice(who)
            older = [form for form in await open_forms(self.world, who) if is_overtaken(self.world, form)]
        if not older:
            return
        form = self.chance.choice(older)
        before, others = records_of(self.world), figures["overtaken"]
        names = driver.fields(form.where)
        values = {name: self.words(who) for name in names if name.rpartition(".")[2] in TYPED}
        try:
            errors = await driver.submit(who, form.where, driver.fill(form.where, values))
        except Refused:
            errors = {"": "gone"}
        self.books.refused |= {token for typed in values.values() for token in TOKEN.findall(typed)}
        after = records_of(self.world)
        figures["forms sent in too late"] += 1
        if not errors or (before != after and figures["overtaken"] == others):
            self.books.wrong.append(f"an older {form.kind} {errors} {before - after} -> {after - before}")

    async def open_twice(self, who: str) -> None:
        """Open the same form two times, as on two devices."""
        driver = self.world.driver
        openers = [
            (message, label)
            for message in (await self.world.direct(who))[-8:]
            if message["user"] == BOT
            for label in self.names(message)
            if driver.button(message, label)["action_id"] in OPENERS
        ]
        where = self.chance.choice(openers) if openers else None
        for _ in range(2):
            if where is None:
                await driver.command(who, "dm", "settings")
                continue
            with suppress(Refused, StopIteration):  # the message is another one by now
                await driver.click(who, *where)

    async def open_page(self, who: str) -> None:
        await self.world.driver.open_home(who)

    async def command(self, who: str) -> None:
        typed = self.chance.choice(("pause until 2026-02-01", "resume", "status", "next", "later", "help"))
        await self.world.driver.command(who, "dm", typed)
        if typed.startswith("pause"):
            with suppress(Refused, LookupError):  # who is in no journey is asked nothing
                await self.world.click(who, "pause.until")
        await self.fill(who)

    async def read_log(self, who: str) -> None:
        del who
        await self.world.driver.command(COACH, "dm", "log")
        message = await self.world.driver.last(COACH, "dm")
        if message is not None and (names := [each for each in self.names(message) if "log" not in each.lower()]):
            await self.click(COACH, message, self.chance.choice(names))

    async def wait(self, who: str) -> None:
        del who
        await self.tick()
        hours = self.chance.choice((0.02, 0.7, 5, 20, 48, 72, 120))
        await self.world.passes(timedelta(hours=hours))

    async def erase(self, who: str) -> None:
        """Wipe one of the people, once: the others go on."""
        if self.erased:
            return
        driver = self.world.driver
        await driver.command(who, "dm", "forget")
        asking = [form.where for form in await open_forms(self.world, who) if form.kind == "erase.yes"]
        if not asking:  # it was cut off, or refused: another form may lie there
            self.books.figures["not asked whether to erase"] += 1
            return
        if await driver.submit(who, asking[-1], driver.fill(asking[-1], {"agreed": ("yes",)})) == {}:
            self.erased.add(who)
            self.books.figures["erased"] += 1


def has(walk: Walk, message: Json, button: Json) -> bool:
    """Whether a message has this very button."""
    driver = walk.world.driver
    now = [driver.button(message, label) for label in driver.labels(message)]
    return any((each["action_id"], each["value"]) == (button["action_id"], button["value"]) for each in now)
