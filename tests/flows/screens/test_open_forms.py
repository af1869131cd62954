"""Forms that are open: the last one of its kind counts, and words that are taken back leave a coach's at once."""

import json
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from bot.chat.port import Form, Opening, Press, Sent
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Screen, ScreenKind
from bot.flows.context.person import person_called
from bot.flows.dispatch import receive
from bot.flows.privacy.retention import retain
from bot.flows.screens.paced_task import keep_true
from bot.flows.settings import settings
from bot.flows.settings.changed_fields import carrying
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.content import NL, said
from tests.driver import Driver, Json
from tests.flows.replies.test_typed import replies
from tests.flows.talk import ask, begin, form_text, member_of, openings, submitted, the_log, with_trigger
from tests.flows.test_twice import cut_off
from tests.remembered import remembered
from tests.stored import commitments_of

TUESDAY = "2026-01-13T11:00"
WORDS = "she was never asked"
FAILS = [Fault(status=500)] * 99  # until they are cleared

# --- the last one of its kind


@remembered
async def planning(world: World, **values: str) -> tuple[Json, Json]:
    """Let Sanne open the form of a plan twice, as on two devices; return the older and the newer one."""
    await begin(world, "Sanne", **values)
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    older = await world.form("Sanne")
    await world.click("Sanne", "nudge.plan")
    newer = await world.form("Sanne")
    assert older["id"] != newer["id"]
    return older, newer


async def sent_in(world: World, who: str, form: Json, **values: Any) -> dict[str, str]:
    """Send a form in that somebody opened; return its errors."""
    return await world.driver.submit(who, form, world.driver.fill(form, values))


async def plans(world: World) -> list[str]:
    """Return what Sanne plans to do."""
    member = await member_of(world, "Sanne")
    assert member is not None
    return [plan.second for plan in commitments_of(world.bot.ports.store, member.id)]


async def is_open(world: World, form: Json) -> bool:
    """Tell whether a form still stands there to be sent in, on whatever device."""
    if world.driver.platform == "slack":
        return world.practice.world.view(form["id"]) is not None
    return form["id"] in [each["id"] for each in (await world.driver.state("Sanne"))["modals"]]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", said("form-older")), ("nl", said("form-older", NL))],
)
async def test_an_older_form_is_refused_and_keeps_what_was_typed(world: World, language: str, words: str) -> None:
    older, newer = await planning(world, language=language)
    errors = await sent_in(world, "Sanne", older, first="it rains", second="I call")
    assert list(errors) == ["first"]
    assert words in errors["first"]
    assert await plans(world) == []
    assert await is_open(world, older)
    assert await sent_in(world, "Sanne", newer, first="it snows", second="I ring") == {}
    assert await plans(world) == ["I ring"]


@pytest.mark.teams("what is typed into a view stays with the client")
async def test_an_older_form_shows_what_was_typed_into_it(world: World) -> None:
    older, _ = await planning(world)
    await sent_in(world, "Sanne", older, first="it rains", second="I call")
    (shown,) = [each for each in (await world.driver.state("Sanne"))["modals"] if each["id"] == older["id"]]
    assert "it rains" in world.driver.texts(shown)
    assert await sent_in(world, "Sanne", older, first="it rains", second="I call") != {}


@pytest.mark.teams("a view is gone with the client; what is typed into a card stands in the chat")
async def test_what_was_typed_into_a_form_that_was_refused_goes_when_its_person_is_erased(world: World) -> None:
    older, _ = await planning(world)
    await sent_in(world, "Sanne", older, first="it rains", second="I call")
    await world.driver.command("Sanne", "dm", "forget")
    assert await world.fill("Sanne", agreed=("yes",)) == {}
    await world.settle()
    assert "it rains" not in json.dumps(await world.driver.state("Sanne"))


@pytest.mark.teams("only there it is known where a form stands")
async def test_a_form_that_was_refused_and_is_taken_then_is_known_no_more(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.later")
    form = await world.form("Sanne")
    assert await sent_in(world, "Sanne", form, when="pick", day="2025-01-01") != {}
    ports = world.bot.ports
    workspace = (await submitted(world, "Sanne", "later.set", "")).workspace
    known = [await ports.store.screen(workspace, each) for each in await openings(world, "Sanne")]
    assert [each.message for each in known if each is not None] == [form["id"]]
    assert await sent_in(world, "Sanne", form, when="tomorrow") == {}
    assert [await ports.store.screen(workspace, each.id) for each in known if each is not None] == [None]


async def test_an_older_form_stays_refused_when_the_newer_one_was_sent_in(world: World) -> None:
    older, newer = await planning(world)
    assert await sent_in(world, "Sanne", newer, first="it snows", second="I ring") == {}
    assert world.says("form-older") in (await sent_in(world, "Sanne", older, first="a", second="b"))["first"]


async def test_a_form_without_a_field_filled_in_is_refused_too(world: World) -> None:
    await planning(world)
    older, _ = await openings(world, "Sanne")
    (row,) = [row for row in await world.rows("Sanne") if row.sent_at and row.kind == "nudge"]
    form = replace(await submitted(world, "Sanne", "plan.make", row.id), opening=older, at=world.bot.ports.clock.now())
    refused = await world.bot.handle(form)
    assert refused is not None
    assert list(refused.errors) == ["first"]


async def test_forms_of_another_kind_and_of_others_make_none_older(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await world.driver.travel(TUESDAY)
    await world.driver.command("Sanne", CHANNEL, "settings")
    form = await world.form("Sanne")
    await world.driver.command("Grace", CHANNEL, "settings")
    await world.click("Sanne", "nudge.plan")
    assert await sent_in(world, "Sanne", form, first_time="11:30") == {}


async def test_a_form_that_is_opened_after_another_was_sent_in_does_not_refuse_that(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Sanne", CHANNEL, "settings")
    before = world.bot.ports.clock.now()
    await world.driver.travel("2026-01-12T12:00")
    await world.driver.command("Sanne", CHANNEL, "settings")
    older, _ = (await openings(world, "Sanne"))[-2:]
    form = await submitted(world, "Sanne", "settings.save", "", language="nl", zone="Europe/Amsterdam")
    for attempt in (1, 2):  # also when it was cut off, and waited
        assert await world.bot.handle(replace(form, opening=older, at=before, attempt=attempt)) is None
    late = await world.bot.handle(replace(form, opening=older, at=world.bot.ports.clock.now(), attempt=2))
    assert late is not None


async def test_a_form_sent_in_twice_is_handled_as_without_an_opening(world: World) -> None:
    _, newer = await planning(world)
    assert await sent_in(world, "Sanne", newer, first="it snows", second="I ring") == {}
    (row,) = [row for row in await world.rows("Sanne") if row.sent_at and row.kind == "nudge"]
    again = await submitted(world, "Sanne", "plan.make", row.id, first="it snows", second="I ring")
    again = replace(again, at=world.bot.ports.clock.now())
    opening = (await openings(world, "Sanne"))[-1]
    told = await world.bot.handle(again)
    for known in (opening, "nobody-knows-it"):
        assert await world.bot.handle(replace(again, opening=known)) == told


async def test_a_form_that_did_not_open_makes_no_other_older(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    form = await world.form("Sanne")
    gone = Fault(status=200, body=b'{"ok": false, "error": "expired_trigger_id"}')
    world.line.faults.update({"views.open": [gone], "chat.postMessage": [Fault(status=500)]})
    await world.click("Sanne", "nudge.plan")
    world.line.faults.clear()
    assert await sent_in(world, "Sanne", form, first="it rains", second="I call") == {}


async def test_of_a_coachs_answers_the_form_opened_last_counts(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.do("Sanne", f"say {WORDS}")
    await ask(world, "Marit", "log", "dm")
    log = await the_log(world)
    await world.driver.click("Marit", log, "log.answer")
    older = await world.form("Marit")
    await world.driver.click("Marit", log, "log.answer")
    assert world.says("form-older") in (await sent_in(world, "Marit", older, text="I hear you"))["text"]
    assert await world.fill("Marit", text="I do hear you") == {}
    await world.settle()
    assert "I do hear you" in await world.text("Sanne")


async def test_a_form_that_only_shows_what_is_ones_own_is_not_kept(world: World) -> None:
    await begin(world, "Sanne")
    before = await openings(world, "Sanne")
    await world.driver.open_home("Sanne")
    home = await world.driver.home("Sanne")
    assert home is not None
    await world.driver.click("Sanne", home, "audit.open")
    assert await openings(world, "Sanne") == before


# --- a coach's forms


@remembered
async def reading(world: World, button: str = "log.answer") -> Reply:
    """Let Sanne share words with her coach, who opens a form that shows them; return the words' record."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.do("Sanne", f"say {WORDS}{', not at all' * 60}")
    await ask(world, "Marit", "log", "dm")
    await world.click("Marit", button)
    assert WORDS in await form_text(world, "Marit")
    (reply,) = await replies(world, "Sanne")
    return reply


async def before_marit(world: World) -> str:
    """Return all that stands in the forms the coach has open; in Teams, in everything that stands in their chat."""
    seen = await Driver.state(world.driver, await world.driver.person("Marit"))
    return json.dumps(seen["modals"] if world.driver.platform == "slack" else seen["messages"], ensure_ascii=False)


async def take_back(world: World, how: str) -> None:
    """Let Sanne narrow, delete, edit, or erase what she said."""
    spoken = next(each for each in await world.direct("Sanne") if WORDS in world.driver.texts(each))
    if how == "narrow":
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", scope="private") == {}
    elif how == "reword":
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", text="we talked") == {}
    elif how == "delete":
        await world.driver.delete("Sanne", "dm", spoken["ts"])
    elif how == "edit":
        await world.driver.edit("Sanne", "dm", spoken["ts"], "we talked")
    else:
        await world.driver.command("Sanne", "dm", "forget")
        assert await world.fill("Sanne", agreed=("yes",)) == {}
    await world.settle()


@pytest.mark.parametrize("button", ["log.answer", "log.read"])
@pytest.mark.parametrize("how", ["narrow", "reword", "delete", "edit", "erase"])
async def test_words_that_are_taken_back_leave_a_coachs_form_at_once(world: World, how: str, button: str) -> None:
    await reading(world, button)
    await take_back(world, how)
    seen = await before_marit(world)
    assert WORDS not in seen
    assert world.says("form-closed") in seen


async def test_a_coach_is_told_in_their_language(world: World) -> None:
    await reading(world)
    await world.driver.command("Marit", CHANNEL, "settings")
    assert await world.fill("Marit", language="nl") == {}
    await ask(world, "Marit", "log", "dm")
    await world.click("Marit", "log.answer")
    await take_back(world, "narrow")
    assert said("form-closed", NL) in await before_marit(world)


async def test_a_form_of_somebody_who_is_gone_is_closed_in_english(world: World) -> None:
    await reading(world)
    (form,) = await with_words(world)
    stranger = replace(form, id="other", person="U0NOBODY", version=0)
    await world.bot.ports.store.save(stranger)
    await take_back(world, "narrow")
    assert WORDS not in await before_marit(world)
    assert await with_words(world) == []


async def test_a_form_stays_while_something_else_changes(world: World) -> None:
    await reading(world)
    await world.do("Sanne", "say something else")
    await take_back_the_other(world)
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne") == {}
    assert WORDS in await form_text(world, "Marit")
    assert await world.fill("Marit", text="I hear you") == {}
    await take_back(world, "delete")
    assert world.says("form-closed") not in await before_marit(world), "nothing of it is left to close"


async def take_back_the_other(world: World) -> None:
    """Let Sanne delete what she said last."""
    spoken = next(each for each in await world.direct("Sanne") if "something else" in world.driver.texts(each))
    await world.driver.delete("Sanne", "dm", spoken["ts"])


async def test_a_change_that_was_cut_off_closes_the_form_when_it_is_handled_again(world: World) -> None:
    await reading(world)
    (reply,) = await replies(world, "Sanne")
    form = await submitted(
        world, "Sanne", "reply.changed", f"{reply.id}:0:", text="we talked", scope="coach", nudge=reply.nudge
    )
    assert await cut_off(world, form) is None
    assert WORDS not in await before_marit(world)


async def stands_in(world: World, form: Json) -> str:
    """Return what stands where a form of the coach was opened, on whatever device."""
    if world.driver.platform == "slack":
        view = world.practice.world.view(form["id"])
        return json.dumps(view.body if view else {}, ensure_ascii=False)
    seen = await Driver.state(world.driver, await world.driver.person("Marit"))
    posts = [post for posts in seen["messages"].values() for post in posts if post["id"] == form["id"]]
    return json.dumps(posts, ensure_ascii=False)


async def with_words(world: World) -> list[Screen]:
    """Return what is known of the forms that show a coach what Sanne shared."""
    member = await member_of(world, "Sanne")
    assert member is not None
    spoken = await world.bot.ports.store.replies_of(member.workspace, member.id, limit=9)
    return [
        each
        for each in await world.bot.ports.store.screens_showing(member.workspace, [reply.id for reply in spoken])
        if each.kind is ScreenKind.FORM
    ]


def updates(world: World) -> int:
    """Return how often something was shown anew, or was to be."""
    return sum(method in ("views.update", "update") for method, _ in world.line.calls)


async def test_a_form_that_cannot_be_closed_harms_nothing_and_is_closed_later(world: World) -> None:
    await reading(world)
    form = await world.form("Marit")
    world.line.faults["views.update"] = list(FAILS)
    await take_back(world, "delete")
    assert (await replies(world, "Sanne")) == []
    assert WORDS in await stands_in(world, form)
    world.line.faults.clear()
    await world.passes(timedelta(minutes=5))
    assert WORDS not in await stands_in(world, form)
    before = updates(world)
    await world.passes(timedelta(minutes=5))
    assert updates(world) == before, "it is closed, and not tried again"


async def test_an_answer_to_words_that_went_is_refused_without_them_and_shows_what_was_typed(world: World) -> None:
    await reading(world)
    form = await world.form("Marit")
    world.line.faults["views.update"] = list(FAILS)
    await take_back(world, "delete")
    await sent_in(world, "Marit", form, text="I hear you, I do")
    seen = await stands_in(world, form)
    assert WORDS not in seen
    assert "I hear you, I do" in seen
    assert world.says("form-closed-typed") in seen
    await world.settle()
    assert "I hear you, I do" not in "".join(map(world.driver.texts, await world.direct("Sanne")))


@pytest.mark.teams("a card that is closed can still be answered by a client that did not hear of it")
async def test_a_card_that_is_answered_after_it_was_closed_does_not_bring_the_words_back(world: World) -> None:
    await reading(world)
    form = await world.form("Marit")
    data, marit = form["card"]["actions"][0]["data"], await world.driver.person("Marit")
    await take_back(world, "narrow")
    where = {"as": marit, "channel": form["place"], "id": form["id"]}
    late = {"data": data, "verb": "log.write", "inputs": {"text": "I hear you"}, "forged": True}
    await world.driver.act("press", **where, **late)
    seen = await before_marit(world)
    assert WORDS not in seen
    assert "I hear you" in seen


@pytest.mark.parametrize("how", ["narrow", "delete", "erase", "leave"])
async def test_an_answer_is_refused_after(world: World, how: str) -> None:
    reply = await reading(world)
    opening = (await openings(world, "Marit"))[-1]
    if how == "leave":
        await ask(world, "Sanne", "leave")
    else:
        await take_back(world, how)
    for text in ("too late", " "):
        form = await submitted(world, "Marit", "log.write", reply.id, text=text)
        refused = await world.bot.handle(replace(form, opening=opening, at=world.bot.ports.clock.now()))
        assert refused is not None
        assert said("log-gone") in refused.errors["text"]
        assert refused.instead is not None, "also what a person shared before they left is shared no more"
    assert "too late" not in "".join(map(world.driver.texts, await world.direct("Sanne")))


async def test_a_coach_who_is_erased_keeps_no_words_on_the_screen(world: World) -> None:
    await reading(world)
    form = await world.form("Marit")
    await world.driver.command("Marit", "dm", "forget")
    assert await world.fill("Marit", agreed=("yes",)) == {}
    await world.settle()
    assert WORDS not in await stands_in(world, form)
    assert await with_words(world) == []


@pytest.mark.teams("a view does not stay open for three months")
async def test_words_that_fade_leave_a_coachs_card(world: World) -> None:
    await reading(world)
    await ask(world, "Sanne", "leave")
    await world.driver.travel("2026-04-16T12:00")
    await retain(world.bot.ports)
    await keep_true(world.bot.ports)
    seen = await before_marit(world)
    assert world.says("form-closed") in seen
    assert '"form": "log.write"' not in seen


class LateErasure:
    """A store in which a coach opens a form right before somebody is erased."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.bot.ports.store, name)

    async def erase(self, workspace: str, member: str, **how: Any) -> int:
        """Let the coach be faster."""
        await self._world.click("Marit", "log.answer")
        assert WORDS in await form_text(self._world, "Marit")
        return await self._world.bot.ports.store.erase(workspace, member, **how)


async def test_a_form_that_opens_while_somebody_is_erased_does_not_keep_their_words(world: World) -> None:
    await reading(world)
    form = await submitted(world, "Sanne", "erase.yes", "", agreed=("yes",))
    store: Any = LateErasure(world)
    await world.driver.close("Marit", await world.form("Marit"))
    await receive(replace(world.bot.ports, store=store), form)
    assert WORDS not in await forms_of_marit(world)


async def forms_of_marit(world: World) -> str:
    """Return the forms a coach has open."""
    return json.dumps((await world.driver.state("Marit"))["modals"], ensure_ascii=False)


class Meanwhile:
    """A chat during whose opening of a form something else happens."""

    def __init__(self, world: World, reply: Reply, **changes: Any) -> None:
        self._world, self._changed = world, replace(reply, **changes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.bot.ports.chat, name)

    async def open_form(self, workspace: str, trigger: str, form: Form, *, on_top: bool = False) -> Sent | Opening:
        """Open it, and let the words change before that is known."""
        opened = await self._world.bot.ports.chat.open_form(workspace, trigger, form, on_top=on_top)
        await self._world.bot.ports.store.save(self._changed)
        return opened


@pytest.mark.parametrize("changes", [{"scope": "private"}, {"text": "we talked"}, {"item": None}])
async def test_words_that_change_while_the_form_opens_do_not_stay_in_it(world: World, changes: dict[str, Any]) -> None:
    reply = await reading(world)
    await world.driver.close("Marit", await world.form("Marit"))
    press = Press(**await with_trigger(world, "Marit"), button="log.answer", value=reply.id, ref=None)
    chat: Any = Meanwhile(world, reply, **changes)
    await receive(replace(world.bot.ports, chat=chat), press)
    seen = await before_marit(world)
    assert (world.says("form-closed") in seen) == ("item" not in changes)


# --- settings


async def set_in_between(world: World, who: str) -> None:
    """Let hours, country and scope become others than those that an open form was filled from."""
    store = world.bot.ports.store
    member = await member_of(world, who)
    assert member is not None
    run = (await store.enrollments_of(member.workspace, member.id))[0]
    hours = replace(member.hours, first_day=2, first_time=time(9, 15), workdays=(0, 1, 2, 3))
    await store.save(
        replace(member, hours=hours, country="NL", language="nl", zone="Europe/London", zone_confirmed=True),
        replace(run, scope="private"),
    )


async def told(world: World, who: str) -> tuple[object, ...]:
    """Return somebody's settings."""
    member = await member_of(world, who)
    assert member is not None
    run = (await world.bot.ports.store.enrollments_of(member.workspace, member.id))[0]
    hours = member.hours
    days = (hours.first_day, hours.first_time, hours.second_day, hours.workdays)
    return (member.language, member.zone, member.country, run.scope, *days)


async def test_an_older_settings_form_saved_unchanged_sets_nothing_back(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Sanne", CHANNEL, "settings")
    await set_in_between(world, "Sanne")
    before = await told(world, "Sanne")
    assert before == ("nl", "Europe/London", "NL", "private", 2, time(9, 15), 3, (0, 1, 2, 3))
    assert await world.fill("Sanne") == {}
    assert await told(world, "Sanne") == before


async def test_of_an_older_settings_form_only_what_was_changed_counts(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Sanne", CHANNEL, "settings")
    await set_in_between(world, "Sanne")
    assert await world.fill("Sanne", second_day="4", country="DE", region="Berlin", workdays=("1", "2", "3", "4")) == {}
    assert await told(world, "Sanne") == ("nl", "Europe/London", "DE-BE", "private", 2, time(9, 15), 4, (1, 2, 3, 4))


async def test_what_comes_together_from_form_and_record_is_checked(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Sanne", CHANNEL, "settings")
    await set_in_between(world, "Sanne")
    assert list(await world.fill("Sanne", second_day="2")) == ["second_day"]


async def test_a_zone_learned_while_the_settings_were_open_stays(world: World) -> None:
    await world.driver.command("Iris", CHANNEL, "settings")
    iris = await member_of(world, "Iris")
    assert iris is not None
    assert not iris.zone_confirmed
    await world.driver.profile("Iris", tz="Asia/Tokyo")
    if world.driver.platform == "teams":  # which tells it with what people do
        await world.driver.say("Iris", "dm", "hello")
    form = await world.form("Iris")
    assert await sent_in(world, "Iris", form, language="nl") == {}
    iris = await member_of(world, "Iris")
    assert iris is not None
    assert (iris.language, iris.zone, iris.zone_confirmed) == ("nl", "Asia/Tokyo", False)
    await world.driver.command("Iris", CHANNEL, "settings")
    assert await world.fill("Iris") == {}
    iris = await member_of(world, "Iris")
    assert iris is not None
    assert (iris.zone, iris.zone_confirmed) == ("Asia/Tokyo", True)


async def test_a_settings_form_of_before_the_journey_leaves_its_hours_alone(world: World) -> None:
    await begin(world)
    await world.driver.command("Sanne", CHANNEL, "settings")
    form = await world.form("Sanne")
    await world.join("Sanne")
    before = await told(world, "Sanne")
    assert await sent_in(world, "Sanne", form, language="en") == {}
    assert await told(world, "Sanne") == before


async def test_no_day_to_work_on_is_an_error_still(world: World) -> None:
    await begin(world, "Sanne")
    form = await submitted(world, "Sanne", "settings.save", 'n:{"workdays":["0"]}', language="en", zone="UTC")
    refused = await world.bot.handle(form)
    assert refused is not None
    assert list(refused.errors) == ["workdays"]


async def test_a_country_that_the_form_cannot_show_stays(world: World) -> None:
    await begin(world, "Sanne")
    member = await member_of(world, "Sanne")
    assert member is not None
    await world.bot.ports.store.save(replace(member, country="DE", language="en"))
    ports = replace(world.bot.ports, countries=("NL",))
    member = await member_of(world, "Sanne")
    assert member is not None
    about = await person_called(ports, member.workspace, member.id)
    shown = settings.field_values(ports.given(), member, about.course)
    assert shown["country"] == "none"
    form = await submitted(world, "Sanne", "settings.save", carrying("", shown), **shown)
    assert await settings.FORMS["settings.save"](ports, form) is None
    assert (await told(world, "Sanne"))[2] == "DE"
