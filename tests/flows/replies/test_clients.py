"""What people type reaches the bot in many shapes: what is missing changes nothing, what is not theirs is not kept."""

import pytest

from bot.coaching.language import Language
from tests.conftest import World
from tests.content import said
from tests.flows.replies.test_typed import TUESDAY, replies
from tests.flows.talk import begin, direct_text

TEAMS = pytest.mark.parametrize("world", ["teams"], indirect=True)
THEIRS = "The budget is cut by half, tell nobody"


async def say(world: World, text: str, **how: object) -> str:
    about = {"as": await world.driver.person("Sanne"), "channel": await world.driver.channel("Sanne", "dm")}
    answer = await world.driver.act("say", **about, text=text, **how)
    return str(answer.get("id") or answer["ts"])


async def do(world: World, deed: str, message: str, **how: object) -> None:
    about = {"as": await world.driver.person("Sanne"), "channel": await world.driver.channel("Sanne", "dm")}
    await world.driver.act(deed, **about, id=message, **how)


async def stored(world: World) -> list[str | None]:
    return [each.text for each in await replies(world, "Sanne")]


@TEAMS
@pytest.mark.parametrize("language", ["en", "nl"])
async def test_an_edit_without_words_changes_nothing_and_one_in_the_copy_alone_is_followed(
    world: World, language: str
) -> None:
    await begin(world, "Sanne", language=language)
    await world.driver.travel(TUESDAY)
    words = await say(world, "It went well on the second day")
    for tells in ("null", "absent", "absent"):
        await do(world, "edit", words, text="It went badly on the third day", tells=tells)
        assert await stored(world) == ["It went well on the second day"]
    await do(world, "edit", words, text="It went well on the third day", tells="copy")
    assert await stored(world) == ["It went well on the third day"]


@TEAMS
@pytest.mark.parametrize("client", ["mobile", "marked", "older"])
async def test_each_client_tells_the_same_words_of_the_same_person(world: World, client: str) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await say(world, "I told @Pitstop about it\nand it went well", client=client)
    assert [" ".join(str(each).split()) for each in await stored(world)] == ["I told about it and it went well"]


@TEAMS
@pytest.mark.parametrize("language", ["en", "nl"])
async def test_who_brings_a_message_back_hears_once_that_its_words_are_gone(world: World, language: str) -> None:
    await begin(world, "Sanne", language=language)
    await world.driver.travel(TUESDAY)
    gone = said("said-undeleted", Language(language))
    words = await say(world, "It went well on the second day")
    await do(world, "delete", words)
    assert gone not in await direct_text(world, "Sanne")
    await do(world, "undelete", words)
    assert await stored(world) == []
    assert (await direct_text(world, "Sanne")).count(gone) == 1
    await world.driver.act("redeliver")
    await world.driver.act("redeliver", fresh_id=True)
    await do(world, "delete", words)
    await do(world, "undelete", words)
    assert await stored(world) == []
    assert (await direct_text(world, "Sanne")).count(gone) == 1


@TEAMS
async def test_a_command_that_was_brought_back_is_nothing_that_was_kept(world: World) -> None:
    await begin(world, "Sanne")
    command = await say(world, "help")
    await do(world, "delete", command)
    await do(world, "undelete", command)
    assert said("said-undeleted") not in await direct_text(world, "Sanne")


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_of_a_forward_the_own_comment_alone_is_kept_and_that_is_said(world: World, language: str) -> None:
    await begin(world, "Sanne", language=language)
    await world.driver.travel(TUESDAY)
    for carried in ("copy", "marked", "message", "reference"):
        if world.driver.platform == "teams" or carried == "copy":
            comment = f"I see it otherwise than they do ({carried})"
            how = {"carried": carried} if world.driver.platform == "teams" else {}
            await say(world, comment, others=THEIRS, **how)
            assert (await stored(world))[0] == comment
            assert said("card-beside-forward", Language(language)) in await world.text("Sanne")
    count = len(await stored(world))
    await say(world, "", others=THEIRS)
    assert len(await stored(world)) == count
    assert said("said-forward", Language(language)) in await direct_text(world, "Sanne")
    assert THEIRS not in str(await stored(world))
