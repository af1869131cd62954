"""Coming in to the desk: by a link, once; and being out again."""

import asyncio
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.records.member import MemberState
from bot.coaching.records.session import IDLE, LINK_LASTS, LONGEST, Session, SignIn
from bot.flows.desk.link import MOST_LINKS
from bot.flows.desk.tokens import hashed
from tests.conftest import CHANNEL, World
from tests.desk.browsing import at_the_desk, browser, link
from tests.flows.talk import begin, member_of
from tests.stored import stored

slack = pytest.mark.slack("a page is the same for both platforms")


async def test_a_link_lets_its_person_in_once(world: World) -> None:
    await begin(world, "Sanne")
    token = await link(world, "Sanne", "dm")
    async with browser(world) as mine, browser(world) as other:
        for _ in range(2):  # a link preview, and the person; looking uses up nothing
            shown = await mine.get(f"/desk/in/{token}")
            assert shown.status == 200
        assert shown.hidden["token"] == token
        assert mine.cookie == ""
        shown = await mine.post("/desk/in", token=token)
        assert (shown.status, "Sanne" in shown.words) == (200, True)
        # It is a bearer's link: whoever comes first is in. Who comes second, its person or not, finds it used.
        assert (await other.post("/desk/in", token=token)).status == 410
        assert (await other.get(f"/desk/in/{token}")).status == 410
        assert other.cookie == ""
        assert (await mine.get("/desk/me")).status == 200
    kept = json.dumps(
        [vars(each) for kind in (SignIn, Session) for each in stored(world.bot.ports.store, kind)], default=str
    )
    assert token not in kept
    assert mine.cookie not in kept


@slack
async def test_a_link_is_good_for_ten_minutes(world: World) -> None:
    await begin(world, "Sanne")
    token = await link(world, "Sanne")
    await world.passes(LINK_LASTS)
    async with browser(world) as mine:
        assert (await mine.get(f"/desk/in/{token}")).status == 410
        assert (await mine.post("/desk/in", token=token)).status == 410
        assert (await mine.get("/desk/me")).status == 403


@slack
async def test_a_few_links_may_be_open_at_a_time(world: World) -> None:
    await begin(world, "Sanne")
    tokens = {await link(world, "Sanne") for _ in range(MOST_LINKS)}
    assert len(tokens) == MOST_LINKS
    await world.driver.command("Sanne", CHANNEL, "desk")
    assert world.says("desk-link-many") in await world.text("Sanne", CHANNEL)


async def test_a_stranger_is_told_how_to_join_and_leaves_no_trace(world: World) -> None:
    await world.driver.command("Iris", CHANNEL, "desk")
    assert "Join a journey first" in await world.text("Iris", CHANNEL)
    assert await member_of(world, "Iris") is None


@slack
@pytest.mark.parametrize(
    "headers",
    [
        {},  # no browser: nothing says where it comes from
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},  # a frame in a sandbox
        {"Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-site"},  # another name below the same domain
    ],
    ids=str,
)
async def test_a_form_of_another_page_is_refused(world: World, headers: dict[str, str]) -> None:
    await begin(world, "Sanne")
    token = await link(world, "Sanne")
    async with browser(world) as mine:
        assert (await mine.post("/desk/in", headers=headers, token=token)).status == 403
        assert (await mine.post("/desk/in", token=token)).status == 200, "the link is as good as before"
        assert (await mine.post("/desk/out", headers=headers)).status == 403
        assert (await mine.get("/desk/me")).status == 200


@slack
async def test_a_form_without_its_sessions_seal_is_refused(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    async with at_the_desk(world, "Sanne") as mine, at_the_desk(world, "Grace") as other:
        foreign = other.csrf_token
        assert foreign != mine.csrf_token
        for wrong in ("", foreign, "é" * 64):
            assert (await mine.post("/desk/out", csrf_token=wrong)).status == 403
        assert (await mine.get("/desk/me")).status == 200


@slack
async def test_signing_out_ends_one_session_and_everywhere_ends_all(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    waiting = await link(world, "Sanne")
    async with (
        at_the_desk(world, "Sanne") as one,
        at_the_desk(world, "Sanne") as two,
        at_the_desk(world, "Grace") as her,
    ):
        kept = one.cookie
        assert "signed out" in (await one.post("/desk/out")).words
        assert one.cookie == ""
        assert (await one.get("/desk/me", Cookie=f"pitstop={kept}")).status == 403, "the cookie itself lets nobody in"
        assert (await two.get("/desk/me")).status == 200
        assert "everywhere" in (await two.post("/desk/out", everywhere="yes")).words
        assert (await two.get("/desk/me")).status == 403
        assert (await two.post("/desk/in", token=waiting)).status == 410
        assert (await her.get("/desk/me")).status == 200, "of others nothing ended"


@slack
async def test_a_session_ends_by_itself(world: World) -> None:
    await begin(world, "Sanne")
    async with at_the_desk(world, "Sanne") as mine:
        spent = timedelta()
        while spent + IDLE / 2 < LONGEST:
            await world.passes(IDLE / 2)
            spent += IDLE / 2
            assert (await mine.get("/desk/me")).status == 200
        await world.passes(IDLE / 2)
        assert (await mine.get("/desk/me")).status == 403, "eight hours"
    async with at_the_desk(world, "Sanne") as mine:
        await world.passes(IDLE)
        assert (await mine.get("/desk/me")).status == 403, "idle for too long"
    await world.passes(timedelta(hours=9))
    assert stored(world.bot.ports.store, Session) == []
    assert stored(world.bot.ports.store, SignIn) == []


@slack
async def test_whoever_is_switched_off_or_erased_is_out_at_once(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    async with at_the_desk(world, "Sanne") as mine, at_the_desk(world, "Grace") as her:
        sanne, grace = await member_of(world, "Sanne"), await member_of(world, "Grace")
        assert sanne is not None
        assert grace is not None
        await world.bot.ports.save(replace(sanne, state=MemberState.DEACTIVATED))
        assert (await mine.get("/desk/me")).status == 403
        waiting = await link(world, "Grace")
        ports = world.bot.ports
        await ports.store.erase(grace.workspace, grace.id, at=ports.now, audit_id="gone")
        assert (await her.get("/desk/me")).status == 403
        assert (await her.post("/desk/in", token=waiting)).status == 410
        assert [each.member for each in stored(ports.store, Session)] == [sanne.id]


@slack
@pytest.mark.parametrize("token", ["", "x", "w.abc", "../../etc", "w." + "0" * 64, "w." + "0" * 5000, "é.", "%00"])
async def test_what_is_no_token_of_ours_opens_nothing(world: World, token: str) -> None:
    async with browser(world) as mine:
        assert (await mine.post("/desk/in", token=token)).status == 410
        assert (await mine.get("/desk", Cookie=f"pitstop={token.encode('ascii', 'ignore').decode()}")).status == 403


@slack
async def test_every_answer_says_that_nothing_is_kept_framed_or_run(world: World) -> None:
    await begin(world, "Sanne")
    async with at_the_desk(world, "Sanne") as mine, browser(world) as stranger:
        paths = ["/desk/me", "/desk/me/looks", "/desk/log", "/desk/nothing", "/desk/me/export.json", "/desk/static/x"]
        for shown in [
            *[await mine.get(path) for path in paths],
            await stranger.get("/desk"),
            await mine.post("/desk/me"),
        ]:
            policy = shown.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none';")
            assert "unsafe" not in policy
            assert shown.headers["Cache-Control"] == "no-store"
            assert shown.headers["Referrer-Policy"] == "no-referrer"
            assert not re.search(r"<script(?! src=\"/desk/static/)", shown.text)
            assert " style=" not in shown.text
            assert len(shown.text) < 60_000
        style = await stranger.get("/desk/static/desk.css")
        assert (style.status, style.headers["Cache-Control"]) == (200, "no-cache")


@slack
async def test_who_asks_without_end_waits_and_nobody_else(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    async with (
        at_the_desk(world, "Sanne") as mine,
        at_the_desk(world, "Sanne") as again,
        at_the_desk(world, "Grace") as her,
    ):
        statuses = {(await mine.get("/desk/nothing")).status for _ in range(130)}
        assert statuses == {404, 429}
        assert (await again.get("/desk/me")).status == 429, "another browser is no way around"
        assert (await her.get("/desk/me")).status == 200, "behind the same address"


@slack
async def test_practice_lets_people_be_picked_and_only_from_its_own_page(world: World) -> None:
    await world.start()
    async with browser(world) as mine:
        assert "Nobody takes part yet" in (await mine.get("/practice/desk")).words, "who is asked to coach does not"
        await world.coach()
        await world.join("Sanne")
        shown = await mine.get("/practice/desk")
        assert "Marit coach" in " ".join(shown.words.split())
        assert "Sanne" in shown.words
        assert "Iris" not in shown.words, "who takes part in nothing is nobody to pick"
        person = await member_of(world, "Sanne")
        assert person is not None
        foreign = {"Origin": "https://evil.example"}
        assert (await mine.post("/practice/desk", headers=foreign, person=person.id)).status == 403
        assert mine.cookie == ""
        assert "Whose desk?" in (await mine.post("/practice/desk", person="nobody")).words
        assert "Everything about you" in (await mine.post("/practice/desk", person=person.id)).words
        assert hashed(mine.cookie) in [each.id for each in stored(world.bot.ports.store, Session)]


@slack
async def test_of_several_who_press_at_once_one_comes_in(world: World) -> None:
    await begin(world, "Sanne")
    token = await link(world, "Sanne")
    async with browser(world) as one, browser(world) as two, browser(world) as three:
        answers = await asyncio.gather(*(each.post("/desk/in", token=token) for each in (one, two, three)))
        assert sorted(each.status for each in answers) == [200, 410, 410]


@slack
async def test_a_form_that_is_none_of_ours_brings_nothing(world: World) -> None:
    await begin(world, "Sanne")
    token = await link(world, "Sanne")
    here = {"Origin": world.url}
    async with browser(world) as mine:
        assert (await mine.post("/desk/in", token=token, more="x" * 100_000)).status == 413
        assert (
            await mine.post("/desk/in", **{f"field{number}": "x" for number in range(50)}, token=token)
        ).status == 410
        async with mine.session.post(f"{world.url}/desk/in", json={"token": token}, headers=here) as answer:
            assert answer.status == 410
        async with mine.session.post(f"{world.url}/desk/in", data=b"token=\xff", headers=here) as answer:
            assert answer.status == 410
        assert (await mine.post("/desk/in", token=token)).status == 200
