"""Starting and joining, as people do it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Command, MessageRef, Press, Submitted
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort, CohortState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import Scope
from bot.flows.participation.join import consented, join
from bot.flows.participation.start import start, started
from bot.practice.faults import Fault
from tests import content
from tests.conftest import CHANNEL, T0, World
from tests.content import NL, said, shown, title, whole
from tests.driver import Refused
from tests.flows.talk import ask, begin, common, direct_text, form_text, member_of, moved, run_of, submitted

DESK = "service-desk"  # a channel without the bot


async def open_start(world: World, who: str, channel: str = CHANNEL) -> None:
    await world.driver.command(who, channel, "start")


async def send_start(world: World, who: str, **values: Any) -> dict[str, str]:
    return await world.fill(who, **{"language": "en", "coaches": ("Marit",), **values})


async def cohort_in(world: World, channel: str = CHANNEL) -> Cohort:
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    cohort = await store.cohort_in(workspace.id, await world.driver.channel("Marit", channel))
    assert cohort is not None
    return cohort


async def consent_of(world: World, who: str, channel: str = CHANNEL) -> Submitted:
    """Return somebody's consent as it would arrive from a card that is no longer open here."""
    cohort = await cohort_in(world, channel)
    return await submitted(world, who, "consent.give", cohort.id, scope="coach", language="en", zone="UTC")


async def said_of(world: World, form: Submitted) -> dict[str, str]:
    """Return the errors a form gets."""
    answer = await world.bot.handle(form)
    return dict(answer.errors) if answer else {}


# --- starting ---------------------------------------------------------------------------------------------------


async def test_a_team_opts_in_and_a_person_is_welcomed(world: World) -> None:
    """From the slash command to the first words in the direct conversation."""
    assert await world.start() == {}
    invitation = await world.latest("Sanne", CHANNEL)
    assert said("cohort-join-button") in world.driver.labels(invitation)
    await world.coach()
    await world.join("Sanne", language="nl")
    assert title("welcome/welcome", NL) in world.driver.texts((await world.direct("Sanne"))[0])


async def test_in_a_direct_conversation_one_is_sent_to_a_channel(world: World) -> None:
    for typed, answer in (
        ("start", shown("start-in-channel")),
        ("starten", shown("start-in-channel", NL)),
        ("join", shown("join-in-channel")),
        ("meedoen", shown("join-in-channel", NL)),
    ):
        assert answer in await ask(world, "Sanne", typed, "dm")
    assert await world.driver.modal("Sanne") is None


@pytest.mark.parametrize(
    ("locale", "asks"),
    [("nl-NL", said("start-journey", NL)), ("en-GB", said("start-journey")), ("fr-FR", said("start-journey"))],
)
async def test_the_start_form_speaks_the_language_of_its_starter(world: World, locale: str, asks: str) -> None:
    await world.driver.profile("Iris", locale=locale)
    await open_start(world, "Iris")
    assert asks in await form_text(world, "Iris")


@pytest.mark.slack("Teams tells the language along")
async def test_where_the_platform_does_not_answer_the_start_form_opens_all_the_same(world: World) -> None:
    await ask(world, "Iris", "settings")  # from now on they are known
    world.line.faults["users.info"] = [Fault(status=500)] * 10
    await open_start(world, "Iris")
    assert said("start-journey") in await form_text(world, "Iris")


async def test_a_form_that_cannot_be_right_says_so_at_the_field_and_stays_open(world: World) -> None:
    await open_start(world, "Marit")
    form = await world.form("Marit")
    assert set(await world.driver.submit("Marit", form, world.driver.fill(form, {}))) == {"language"}  # not guessed
    wrong = [
        ({"second_day": "1"}, {"second_day": said("second-not-after-first")}),
        ({"second_day": "0"}, {"second_day": said("second-not-after-first")}),
        ({"first_time": "07:59"}, {"first_time": said("hour-quiet")}),
        ({"second_time": "18:00"}, {"second_time": said("hour-quiet")}),
        ({"zone": "Amsterdm"}, {"zone": said("zone-near", among="Amsterdam")}),
        ({"zone": "qqqqqq"}, {"zone": said("zone-unknown")}),
        ({"coaches": ("Marit", "pitstop")}, {"coaches": said("start-coach-gone")}),
        ({"first_time": "23:00", "zone": "here"}, {"first_time": said("hour-quiet"), "zone": said("zone-unknown")}),
        ({"language": "nl", "second_day": "0"}, {"second_day": said("second-not-after-first", NL)}),
    ]
    for values, expected in wrong:
        errors = await send_start(world, "Marit", **values)
        assert set(errors) == set(expected), values
        for field, words in expected.items():
            assert words in errors[field]
    await world.driver.profile("Robin", deleted=True)
    assert said("start-coach-gone") in (await send_start(world, "Marit", coaches=("Robin",)))["coaches"]
    assert await world.driver.messages("Iris", CHANNEL) == []  # nothing was said meanwhile
    assert await send_start(world, "Marit") == {}
    assert await world.driver.modal("Marit") is None


@pytest.mark.slack("who is not in the team cannot be asked for there")
@pytest.mark.parametrize("channel", [DESK, "leads"])
async def test_where_the_bot_is_not_the_form_says_how_to_invite_it(world: World, channel: str) -> None:
    await open_start(world, "Marit", channel)
    assert said("start-invite-me") in (await send_start(world, "Marit"))["journey"]
    await world.driver.let_in(channel)
    assert await send_start(world, "Marit") == {}
    await world.settle()
    assert said("invitation-heading") in await world.text("Sanne", channel)


@pytest.mark.slack("a channel of Teams that is archived is not told from one that is gone")
async def test_in_an_archived_channel_no_journey_begins(world: World) -> None:
    await open_start(world, "Marit")
    await world.driver.act("archive", channel=await world.driver.channel("Marit", CHANNEL))
    assert said("start-archived") in (await send_start(world, "Marit"))["journey"]


async def test_a_second_start_in_a_channel_offers_to_join_the_first(world: World) -> None:
    await open_start(world, "Grace")  # opened before, sent in after
    await world.start()
    first = await cohort_in(world)
    await open_start(world, "Sanne")
    assert said("start-already") in await world.text("Sanne", CHANNEL)
    assert await send_start(world, "Grace", journey="taster") == {}
    aside = world.driver.whispers_in(CHANNEL)
    assert said("start-already") in await world.text("Grace", aside)
    assert await cohort_in(world) == first
    await world.click("Grace", "cohort.join", aside)
    assert said("form-consent-title") in await form_text(world, "Grace")
    await world.settle()
    invitations = [each for each in await world.driver.messages("Iris", CHANNEL) if not each["ephemeral"]]
    assert len(invitations) == 1


async def test_a_taster_at_half_speed_is_what_was_asked_for(world: World) -> None:
    await world.start(journey="taster", pace="2", language="nl", country="NL", reflection_day="4", coaches=())
    cohort = await cohort_in(world)
    assert (cohort.journey, cohort.pace, cohort.language, cohort.country) == ("taster", 2, Language.NL, "NL")
    invitation = await world.text("Iris", CHANNEL)
    for words in (
        said("invitation-heading", NL),
        content.name(content.TASTER, content.NL),
        "  4",
        "dinsdag 10:00",
        "maandag 12 januari",
        said("invitation-no-coach", NL),
    ):
        assert words in invitation
    assert {
        row.local_date.weekday()
        for row in await world.bot.ports.store.posts_of(cohort.workspace, cohort.id)
        if row.week
    } == {4}


async def test_the_invitation_tells_everything_but_who_joined(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    told = await world.text("Iris", CHANNEL)
    for words in (content.name(), "Tuesday 10:00", "Marit", said("invitation-note")):
        assert words in told
    for name in ("Sanne", "Grace", "Iris", "Arjun", "Robin"):
        assert name not in told


async def test_a_start_form_of_nobody_changes_nothing(world: World) -> None:
    await world.start()
    form = await submitted(world, "pitstop", "cohort.start", "C0LEADS|leads", language="en")
    assert await started(world.bot.ports, form) is None


async def test_an_account_that_is_no_person_starts_and_joins_nothing(world: World) -> None:
    """Slack lets a bot or a switched-off account through now and then; practice does not, so it is made up here."""
    await world.start()
    await world.driver.command("Iris", CHANNEL, "help")  # leaves an address to answer to
    channel = await world.driver.channel("Iris", CHANNEL)
    cohort = await cohort_in(world)
    ref = MessageRef(workspace=cohort.workspace, conversation=channel, message="1.0")
    press = {**await common(world, "Iris"), "button": "cohort.join", "value": cohort.id, "ref": ref}
    await world.driver.profile("Iris", deleted=True)
    await join(world.bot.ports, Press(**press))
    await world.driver.profile("Iris", deleted=False)
    await join(world.bot.ports, Press(**{**press, "person": "U0PITSTOP"}))
    typed = {"conversation": channel, "conversation_name": CHANNEL, "text": "start", "is_direct": False}
    command = {**await common(world, "Iris"), **typed, "aside": "", "person": "U0PITSTOP"}
    await start(world.bot.ports, Command(**command), "")
    await world.settle()
    assert await member_of(world, "Iris") is None
    assert await member_of(world, "pitstop") is None


# --- joining ----------------------------------------------------------------------------------------------------


async def test_people_join_by_button_and_by_command_and_twice_changes_nothing(world: World) -> None:
    await begin(world, "Sanne", "Arjun")
    await world.click("Grace", "cohort.join", CHANNEL)
    assert await world.fill("Grace", scope="coach", language="en") == {}
    await world.settle()
    for who in ("Sanne", "Arjun", "Grace"):
        assert (await run_of(world, who)).state is EnrollmentState.ACTIVE
        assert content.title("welcome/welcome") in world.driver.texts((await world.direct(who))[0])
    assert said("join-already") in await ask(world, "Grace", "join")
    await world.click("Grace", "cohort.join", CHANNEL)
    assert said("join-already") in await world.text("Grace", CHANNEL)
    assert await world.driver.modal("Grace") is None
    assert len(await world.rows("Grace", Kind.WELCOME)) == 1


async def test_two_consents_of_one_person_are_one(world: World) -> None:
    await world.start()
    await world.driver.command("Sanne", CHANNEL, "join")
    assert await world.fill("Sanne", scope="private", language="nl") == {}
    second = await consent_of(world, "Sanne")  # the card on another screen
    assert await said_of(world, second) == {"scope": said("join-already", NL)}
    assert (await run_of(world, "Sanne")).scope is Scope.PRIVATE
    await world.settle()
    assert len(await world.direct("Sanne")) == 1  # welcome and pulse


async def test_the_consent_names_operator_readers_retention_and_exits_and_preselects_nothing(world: World) -> None:
    await begin(world)
    await world.driver.command("Sanne", CHANNEL, "join")
    form = await world.form("Sanne")
    told = world.driver.texts(form)
    for words in (
        said("consent-bot"),
        shown("consent-operator", platform=world.driver.platform, operator="Practice"),
        said("consent-operator", platform=world.driver.platform),
        said("consent-readers"),
        said("consent-retention"),
        whole("help-leave-usage"),
        said("consent-exits"),
    ):
        assert words in told
    assert said("scope-private-about") in told
    presets = {name: world.driver.preset(form, name) for name in ("scope", "language", "zone")}
    told_along = "en" if world.driver.platform == "teams" else None  # the language of their Teams
    assert presets == {"scope": None, "language": told_along, "zone": "Europe/Amsterdam"}
    missing = {"scope"} if told_along else {"scope", "language"}
    assert set(await world.driver.submit("Sanne", form, world.driver.fill(form, {}))) == missing


async def test_the_operator_is_named_when_the_setting_names_one(world: World) -> None:
    world.bot.ports = replace(world.bot.ports, operator="Team Werkplek")
    await world.start(coaches=())
    await world.driver.command("Sanne", CHANNEL, "join")
    told = await form_text(world, "Sanne")
    assert shown("consent-operator", platform=world.driver.platform, operator="Team Werkplek") in told
    assert said("invitation-no-coach") in told


async def test_whoever_asks_in_dutch_reads_the_consent_in_dutch(world: World) -> None:
    await world.start()
    await world.driver.command("Sanne", CHANNEL, "doe mee")
    told = await form_text(world, "Sanne")
    for words in (
        said("form-consent-title", NL),
        content.said("consent-bot", content.NL),
        said("consent-operator", NL, world.driver.platform),
        said("consent-retention", NL),
        said("consent-scope", NL),
        said("consent-zone", NL),
    ):
        assert words in told
    assert await world.fill("Sanne", scope="private", language="nl") == {}
    await world.settle()
    assert content.title("welcome/welcome", content.NL) in world.driver.texts((await world.direct("Sanne"))[0])
    await world.driver.command("Grace", CHANNEL, "join")
    assert said("consent-bot") in await form_text(world, "Grace")


async def test_a_zone_that_is_unsure_is_asked_again_in_the_language_chosen_and_a_city_is_one(world: World) -> None:
    await world.start()
    await world.driver.command("Robin", CHANNEL, "join")
    for zone, answer in (
        ("New Yrok", said("zone-near", among="New York")),
        ("Mars/Olympus", said("zone-unknown")),
        ("CET", said("zone-short")),
        ("GMT+1", said("zone-fixed")),
        ("Valencia", "Europe/Madrid"),
        ("   ", ""),
    ):
        errors = await world.fill("Robin", scope="coach", language="en", zone=zone)
        assert set(errors) == {"zone"}
        assert answer in errors["zone"]
    assert (
        whole("zone-near", NL, among="Europe/Amsterdam")
        in (await world.fill("Robin", scope="coach", language="nl", zone="Europe/Amstrdam"))["zone"]
    )
    assert await world.fill("Robin", scope="coach", language="nl", zone="tokio") == {}
    member = await member_of(world, "Robin")
    assert member is not None
    assert member.zone == "Asia/Tokyo"


async def test_the_opt_in_is_kept_with_scope_language_and_the_wording_that_was_read(world: World) -> None:
    await begin(world, "Sanne", scope="coach", language="nl")
    member = await member_of(world, "Sanne")
    assert member is not None
    (opt_in,) = (await world.bot.ports.store.export(member.workspace, member.id))["opt_in"]
    assert (opt_in["scope"], opt_in["language"]) == ("coach", "nl")
    assert opt_in["wording"] == world.bot.ports.words.wording()
    assert str(opt_in["at"]).startswith("2026-01-12")


async def test_a_zone_typed_by_the_person_stands_and_one_left_as_it_was_follows_them(world: World) -> None:
    await begin(world, "Sanne")
    await world.join("Grace", zone="Europe/Lisbon")
    for who, zone in (("Sanne", "Asia/Tokyo"), ("Grace", "Europe/Lisbon")):
        await moved(world, who, "Asia/Tokyo")
        member = await member_of(world, who)
        assert member is not None
        assert member.zone == zone


async def test_whoever_joins_for_the_first_time_starts_with_the_hours_of_the_channel(world: World) -> None:
    """Also who had told us a language before."""
    await world.driver.command("Grace", CHANNEL, "settings")
    assert await world.fill("Grace", language="en", zone="America/New_York") == {}
    await world.start(first_day="2", first_time="09:00", country="NL")
    await world.join("Grace")
    member = await member_of(world, "Grace")
    assert member is not None
    assert (member.hours.first_day, f"{member.hours.first_time:%H:%M}", member.country) == (2, "09:00", "NL")
    assert member.hours != Hours()


async def test_where_no_journey_runs_one_hears_how_to_begin_one(world: World) -> None:
    for channel in (CHANNEL, DESK):
        told = await ask(world, "Sanne", "join", channel)
        assert shown("join-nothing-here") in told
    assert shown("join-nothing-here", NL) in await ask(world, "Iris", "meedoen")


async def test_a_journey_that_ended_takes_nobody_in(world: World) -> None:
    await world.start()
    await world.driver.command("Sanne", CHANNEL, "join")
    await world.bot.ports.store.save(replace(await cohort_in(world), state=CohortState.ENDED))
    assert said("join-ended") in (await world.fill("Sanne", scope="coach", language="en"))["scope"]
    await world.click("Grace", "cohort.join", CHANNEL)
    assert shown("join-ended") in await world.text("Grace", CHANNEL)
    assert said("join-nothing-here") in await ask(world, "Grace", "join")
    assert await world.start() == {}  # and a new one can begin


async def test_one_journey_at_a_time(world: World) -> None:
    await begin(world)
    await world.driver.let_in(DESK)
    await world.start(channel=DESK)
    await world.join("Sanne")
    desk = await consent_of(world, "Sanne", DESK)  # a card that was open on another screen
    assert said("join-elsewhere") in (await said_of(world, desk))["scope"]
    assert said("join-moving", there=world.driver.named(CHANNEL), week=1) in await ask(world, "Sanne", "join", DESK)
    await world.click("Sanne", "join.stay", DESK)
    assert said("join-stayed") in await world.text("Sanne", DESK)
    assert (await run_of(world, "Sanne")).cohort == (await cohort_in(world)).id


async def test_who_left_can_join_again_and_starts_anew(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await world.driver.travel("2026-01-13T10:00")
    await world.driver.command("Sanne", CHANNEL, "leave")
    first = await run_of(world, "Sanne")
    assert said("join-second", NL) in await ask(world, "Sanne", "join")
    await world.click("Sanne", "join.anew", CHANNEL)
    form = await world.form("Sanne")
    assert world.driver.preset(form, "language") == "nl"  # it is known now
    assert set(await world.driver.submit("Sanne", form, world.driver.fill(form, {}))) == {"scope"}
    assert await world.fill("Sanne", scope="private") == {}
    await world.settle()
    second = await run_of(world, "Sanne")
    assert (first.state, second.state) == (EnrollmentState.LEFT, EnrollmentState.ACTIVE)
    assert second.scope is Scope.PRIVATE
    await world.driver.travel("2026-01-20T10:00")
    nudges = await world.rows("Sanne", Kind.NUDGE)
    assert [row.state for row in nudges][:2] == [NudgeState.SENT, NudgeState.PLANNED]
    assert str(nudges[0].local_date) == "2026-01-20"  # this week's Tuesday was over


async def test_a_button_or_form_of_another_workspace_opens_nothing(world: World) -> None:
    await begin(world)
    cohort = await cohort_in(world)
    for value, workspace in ((cohort.id, "elsewhere"), ("unknown", cohort.workspace)):
        press = {**await common(world, "Sanne"), "workspace": workspace, "button": "cohort.join", "value": value}
        await join(world.bot.ports, Press(**press, ref=None))
        form = await submitted(world, "Sanne", "consent.give", value, scope="coach", language="en", zone="UTC")
        assert await consented(world.bot.ports, replace(form, workspace=workspace)) is not None
    assert await world.driver.modal("Sanne") is None
    assert await member_of(world, "Sanne") is None


async def test_a_consent_sent_in_twice_is_gone_the_second_time(world: World) -> None:
    await world.start()
    await world.driver.command("Sanne", CHANNEL, "join")
    form = await world.form("Sanne")
    state = world.driver.fill(form, {"scope": "coach", "language": "en"})
    assert await world.driver.submit("Sanne", form, state) == {}
    with pytest.raises(Refused, match="view_not_found"):
        await world.driver.submit("Sanne", form, state)
    assert (await run_of(world, "Sanne")).joined_at >= T0


async def test_the_welcome_names_the_scopes_there_are(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T11:00")
    told = await direct_text(world, "Sanne")
    assert content.some_of("welcome/welcome") in told
    assert "or the team" not in told
