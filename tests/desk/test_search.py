"""Looking for words in the log at the desk: who finds what, where the words stand, and how long."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.records.audit import Action
from bot.coaching.records.reply import Scope
from bot.coaching.records.session import IDLE, MOST_SEARCHES, Search, Session
from bot.coaching.words import taken_back
from bot.flows.desk.entry import recognized
from bot.flows.desk.phrase import LONGEST
from bot.flows.desk.search import MOST_FOUND, MOST_LOOKED, Refused, look_for
from bot.flows.privacy.retention import retain
from bot.store.port import Conflict
from tests.conftest import World
from tests.content import said
from tests.desk.browsing import Browser, Shown, at_the_desk, looks, share
from tests.flows.talk import begin, member_of, run_of
from tests.runtime.posting import Amid
from tests.stored import stored

pytestmark = pytest.mark.slack("a page is the same for both platforms")

SEARCH = "/desk/log/search"
WORD = "zeppelin"
THAT_DAY = "Monday 12 January"


async def find(mine: Browser, words: str, query: str = "") -> Shown:
    """Look for words in a part of the log."""
    return await mine.post(f"{SEARCH}{query}", words=words)


def link(shown: Shown, what: str, *, where: str = "/desk/log?") -> str:
    """Return the address to which a link of a page leads, by its beginning and a part of it."""
    return next(each for each in shown.links if each.startswith(where) and what in each)


async def test_a_word_is_found_marked_and_noted_and_stands_in_no_address(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await begin(world, "Sanne", "Grace")
    await share(world, "Sanne", "A <b>Zéppelin</b> & more", "nothing of it")
    await share(world, "Grace", f"{WORD} apart", scope=Scope.PRIVATE)
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/log")
        seen = len(await looks(world, "Sanne"))
        shown = await find(coach, f"  {WORD}  ")
        assert shown.quotes == ["A &lt;b&gt;<mark>Zéppelin</mark>&lt;/b&gt; &amp; more"]
        assert said("desk-search-found", count=1) in shown.words
        assert said("desk-search-all") in shown.words
        assert f'value="{WORD}"' in shown.text, "it can be changed and sent in again"
        assert (await looks(world, "Sanne"))[0] == (Action.SEARCH, 1)
        assert len(await looks(world, "Sanne")) == seen + 1
        assert await looks(world, "Grace") == []
        assert [each for each in shown.links if WORD in each.casefold()] == []
        title = shown.text.partition("<title>")[2].partition("</title>")[0]
        assert WORD not in title.casefold(), "a browser keeps titles"
        assert shown.headers["Referrer-Policy"] == "no-referrer"
        assert shown.headers["Cache-Control"] == "no-store"
    assert WORD not in caplog.text.casefold()
    async with at_the_desk(world, "Sanne") as mine:
        assert said("audit-search", who="Marit", count=1) in (await mine.get("/desk/me/looks")).words


async def test_a_name_is_found_and_the_filters_hold(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await share(world, "Sanne", "hers", f"a {WORD}")
    await share(world, "Grace", f"another {WORD}")
    grace = await member_of(world, "Grace")
    assert grace is not None
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/log")
        shown = await find(coach, "SANNE")
        assert shown.quotes == [f"a {WORD}", "hers"]
        assert shown.text.count("<mark>Sanne</mark>") == 2
        assert (await find(coach, WORD, f"?person={grace.id}")).quotes == [f"another <mark>{WORD}</mark>"]
        narrow = await find(coach, "hers", f"?person={grace.id}&week=1")
        assert narrow.quotes == []
        assert said("desk-search-none-narrow") in narrow.words
        everywhere = next(each for each in narrow.links if "search=" in each and "person=" not in each)
        assert (await coach.get(everywhere)).quotes == ["<mark>hers</mark>"]
        again = await coach.get("/desk/log")
        assert f"another {WORD}" in again.text, "the log itself is not narrowed by it"
        assert (await coach.get(link(again, "search="))).status == 200, "what was looked for is a click away"


async def test_a_search_stays_while_one_reads_and_answers(world: World) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", f"a {WORD}", "nothing of it")
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/log")
        found = await find(coach, WORD, "?week=1")
        opened = link(found, "", where="/desk/line/")
        shown = await coach.get(opened)
        assert f"<mark>{WORD}</mark>" in shown.text
        back = link(shown, "#line-")
        assert (await coach.get(back.partition("#")[0])).quotes == found.quotes
        answered = await coach.post(opened, text="Well done")
        assert said("desk-answer-sent") in answered.words
        assert link(answered, "#line-") == back
        assert (await coach.get(f"{SEARCH}?week=1")).status == 200, "an address that one comes back to leads on"


async def test_it_stops_at_fifty_says_how_far_it_looked_and_goes_on(world: World) -> None:
    await begin(world, "Sanne")
    count = MOST_FOUND + 7
    await share(world, "Sanne", *(f"{WORD} {number}" for number in range(count)))
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/me")
        first = await find(coach, WORD)
        assert len(first.quotes) == MOST_FOUND
        assert said("desk-search-until", day=THAT_DAY) in first.words
        second = await coach.get(link(first, "before="))
        assert len(second.quotes) == count - MOST_FOUND
        assert set(first.quotes).isdisjoint(second.quotes)
        assert said("desk-search-all") in second.words
        assert (await coach.get(link(second, "search="))).quotes == first.quotes
        counts = [MOST_FOUND, count - MOST_FOUND, MOST_FOUND]
        assert await looks(world, "Sanne") == [(Action.SEARCH, each) for each in counts]


async def test_a_long_log_is_looked_through_page_by_page(world: World) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", WORD, *(f"number {number}" for number in range(MOST_LOOKED)))
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/me")
        first = await find(coach, WORD)
        assert first.quotes == []
        assert said("desk-search-found", count=0) in first.words
        assert said("desk-search-until", day=THAT_DAY) in first.words
        assert await looks(world, "Sanne") == [], "nothing was shown"
        second = await coach.get(link(first, "before="))
        assert second.quotes == [f"<mark>{WORD}</mark>"]


async def test_the_file_holds_what_is_found_and_nothing_else(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    long = f"{WORD} " + "x" * 2000
    await share(world, "Sanne", long, "nothing of it")
    await share(world, "Grace", f"a {WORD}")
    grace = await member_of(world, "Grace")
    assert grace is not None
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/me")
        found = await find(coach, WORD)
        assert max(map(len, found.quotes)) < 600, "a page shows where it stands"
        told = json.loads((await coach.get(link(found, "", where="/desk/log.json"))).text)
        assert [each["text"] for each in told] == [f"a {WORD}", long]
        sheet = await coach.get(link(found, "", where="/desk/log.csv"))
        assert (WORD in sheet.text, "nothing of it" in sheet.text) == (True, False)
        assert WORD not in sheet.headers["Content-Disposition"]
        narrowed = await find(coach, WORD, f"?person={grace.id}&kind=typed&unanswered=yes")
        told = json.loads((await coach.get(link(narrowed, "", where="/desk/log.json"))).text)
        assert [each["text"] for each in told] == [f"a {WORD}"]
        assert (await looks(world, "Sanne"))[0] == (Action.DOWNLOAD, 1)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("", 422, "desk-search-empty"),
        (" \n\t", 422, "desk-search-empty"),
        ("\u202e\u200f", 422, "desk-search-empty"),
        ("x" * 40_000, 422, "desk-search-long"),
        ("👩‍💻" * 20_000, 413, "desk-large-title"),
        ("👩‍💻", 200, "desk-search-found"),
        ("%", 200, "desk-search-found"),
        ("_", 200, "desk-search-found"),
        ("<script>alert(1)</script>", 200, "desk-search-found"),
        ("\u202eevil\u202c", 200, "desk-search-found"),
        ("{{ 7 * 7 }} {$name} &amp;", 200, "desk-search-found"),
        ("' OR 1=1 --", 200, "desk-search-found"),
    ],
    ids=lambda each: ascii(each)[:30],
)
async def test_odd_words_are_no_error(world: World, words: str, status: int, told: str) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", "hay")
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/log")
        shown = await find(coach, words, "?week=1&person=nobody&kind=typed")
        assert shown.status == status
        assert said(told, most=LONGEST, count=0) in shown.words
        assert len(shown.text) < 20_000, "as much comes back as a phrase may have"
        assert "kind=typed" in shown.text or status == 413, "what it was narrowed by stays"
        assert "<script>alert" not in shown.text
        assert "49" not in shown.quotes


async def test_who_reads_nothing_finds_nothing(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await share(world, "Sanne", WORD)
    ports, run = world.bot.ports, await run_of(world, "Sanne")
    async with at_the_desk(world, "Grace") as mine, at_the_desk(world, "Marit") as coach:
        assert (await find(mine, WORD)).status == 404
        assert (await mine.get(SEARCH)).status == 404
        await coach.get("/desk/log")
        foreign = await coach.post(SEARCH, words=WORD, headers={"Origin": "https://example.com"})
        assert foreign.status == 403
        assert (await coach.post(SEARCH, words=WORD, csrf_token="x" * 64)).status == 403
        assert (await find(coach, WORD, "?cohort=other")).status == 404
        await coach.get("/desk/log")
        found = await find(coach, WORD)
        assert len(found.quotes) == 1
        page, file = (link(found, "", where=where).partition("?")[2] for where in ("/desk/line", "/desk/log.json"))
        assert page == file, "the file is the view"
        async with at_the_desk(world, "Marit") as elsewhere:
            shown = await elsewhere.get(f"/desk/log?{page}")
            assert said("desk-search-forgotten") in shown.words, "another session knows nothing of it"
            assert "<mark>" not in shown.text
        gate = await ports.store.gate(run.workspace)
        assert gate is not None
        await ports.save(replace(gate, closed_at=ports.now, closed_by=run.member))
        for shut in (await coach.get(f"/desk/log?{page}"), await coach.get(f"/desk/log.json?{file}")):
            assert said("desk-shut-title") in shut.words
            assert WORD not in shut.text


async def test_what_was_looked_for_goes_with_the_session_and_with_the_person(world: World) -> None:
    await begin(world, "Sanne")
    (first,) = await share(world, "Sanne", WORD)
    ports = world.bot.ports

    def kept() -> list[str]:
        return [each.words for session in stored(ports.store, Session) for each in session.searches]

    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/log")
        for number in range(MOST_SEARCHES):
            await find(coach, f"{WORD} {number}")
        found = await find(coach, WORD)
        assert kept() == [WORD, *(f"{WORD} {number}" for number in reversed(range(1, MOST_SEARCHES)))]
        view = link(found, "", where="/desk/line").partition("?")[2]
        fresh = await ports.store.reply(first.workspace, first.id)
        assert fresh is not None
        await ports.save(taken_back(fresh, ports.now), withdraws=True)
        assert (await coach.get(f"/desk/log?{view}")).quotes == [], "what was taken back is found no more"
        await coach.post("/desk/out")
        assert kept() == []
        assert (await find(coach, WORD)).status == 403
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/log")
        await find(coach, WORD)
        await world.passes(IDLE + timedelta(minutes=2))
        assert (await find(coach, WORD)).status == 403, "the session is over"
        await retain(ports)
        assert kept() == [], "and nothing is kept of it"
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/log")
        await find(coach, WORD)
        marit = await member_of(world, "Marit")
        assert marit is not None
        await ports.store.erase(marit.workspace, marit.id, at=ports.now, audit_id="gone")
        assert kept() == []


async def test_two_tabs_look_for_two_things(world: World) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", "a needle", "some hay")
    async with at_the_desk(world, "Marit") as coach:
        await coach.get("/desk/log")
        one, two = await find(coach, "needle"), await find(coach, "hay")
        again = await coach.get(link(one, "", where="/desk/log.json").replace(".json", ""))
        assert again.quotes == one.quotes != two.quotes
        await world.passes(timedelta(minutes=2))  # the first request after it writes the session, too
        assert (await find(coach, "needle")).quotes == one.quotes


async def test_a_session_that_ends_or_changes_at_the_same_moment_keeps_nothing(world: World) -> None:
    await begin(world, "Sanne")
    async with at_the_desk(world, "Marit") as coach:
        ports = world.bot.ports
        visitor = await recognized(ports, coach.cookie)
        assert visitor is not None

        async def refused(*_: object, **__: object) -> None:
            raise Conflict

        busy: Any = Amid(ports.store, save=refused)
        again = said("desk-search-again")
        assert await look_for(replace(ports, store=busy), visitor, WORD) == Refused(told=again, typed=WORD)
        assert isinstance(await look_for(ports, visitor, WORD), Search)
        assert isinstance(await look_for(ports, visitor, "more"), Search), "what was written meanwhile is read again"
        (session,) = [each for each in stored(ports.store, Session) if each.searches]
        assert [each.words for each in session.searches] == ["more", WORD]
        await ports.save(session.ended(ports.now))
        assert await look_for(ports, visitor, WORD) == Refused(told=again, typed=WORD)
        assert not [each for each in stored(ports.store, Session) if each.searches]
