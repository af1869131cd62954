from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.chat.port import (
    Command,
    Deleted,
    Edited,
    HomeOpened,
    Incoming,
    MessageRef,
    Origin,
    Person,
    PersonChanged,
    Press,
    Removed,
    Said,
    Submitted,
)
from bot.chat.slack.incoming.parse import parse, person, teams
from bot.chat.slack.incoming.words import said
from tests.chat.slack.conftest import T0

Json = dict[str, Any]


def event(inner: Json, **outer: Any) -> Json:
    return {
        "type": "event_callback",
        "token": "gone",
        "team_id": "T1",
        "context_team_id": "T1",
        "api_app_id": "A1",
        "event_id": "Ev1",
        "event_time": 1_790_000_000,
        "authorizations": [{"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True}],
        "is_ext_shared_channel": False,
        "event": inner,
        **outer,
    }


def message(**changes: Any) -> Json:
    return {
        "type": "message",
        "user": "U1",
        "ts": "1790000000.000100",
        "client_msg_id": "c1",
        "text": "Did it",
        "team": "T1",
        "blocks": [],
        "channel": "D1",
        "event_ts": "1790000000.000100",
        "channel_type": "im",
        **changes,
    }


def changed(now: Json, before: Json, **changes: Any) -> Json:
    outer = {"subtype": "message_changed", "message": now, "previous_message": before, "hidden": True}
    return event(message(text=None, user=None, **outer, **changes))


def press(**changes: Any) -> Json:
    return {
        "type": "block_actions",
        "user": {"id": "U1", "username": "sanne", "name": "sanne", "team_id": "T1"},
        "api_app_id": "A1",
        "container": {
            "type": "message",
            "message_ts": "1790000000.000200",
            "channel_id": "D1",
            "is_ephemeral": False,
        },
        "trigger_id": "11.22.33",
        "team": {"id": "T1", "domain": "acme"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "D1", "name": "directmessage"},
        "message": {"ts": "1790000000.000200", "blocks": []},
        "state": {"values": {}},
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
        "actions": [
            {
                "action_id": "nudge.done",
                "block_id": "n1:2",
                "text": {"type": "plain_text", "text": "Done"},
                "value": "n1",
                "type": "button",
                "action_ts": "1790000001.1",
            }
        ],
        **changes,
    }


COMMAND = {
    "token": "gone",
    "team_id": "T1",
    "team_domain": "acme",
    "channel_id": "C1",
    "channel_name": "it-managers",
    "user_id": "U1",
    "user_name": "sanne",
    "command": "/coach",
    "text": " pause until 3 Jan ",
    "api_app_id": "A1",
    "is_enterprise_install": "false",
    "response_url": "https://hooks.slack.com/commands/T1/2/y",
    "trigger_id": "1.2.3",
}

VIEW = {
    "type": "view_submission",
    "team": {"id": "T1", "domain": "acme"},
    "user": {"id": "U1", "team_id": "T1"},
    "trigger_id": "4.5.6",
    "view": {
        "id": "V1",
        "team_id": "T1",
        "type": "modal",
        "callback_id": "plan.make",
        "private_metadata": "n1",
        "state": {
            "values": {
                "if": {"if": {"type": "plain_text_input", "value": " When <I> see & hear "}},
                "empty": {"empty": {"type": "plain_text_input", "value": None}},
                "blank": {"blank": {"type": "plain_text_input", "value": "  "}},
                "on": {"on": {"type": "datepicker", "selected_date": "2026-12-01"}},
                "never": {"never": {"type": "datepicker", "selected_date": None}},
                "at": {"at": {"type": "timepicker", "selected_time": "10:00"}},
                "scope": {"scope": {"type": "radio_buttons", "selected_option": {"value": "coach"}}},
                "unset": {"unset": {"type": "radio_buttons", "selected_option": None}},
                "zone": {"zone": {"type": "static_select", "selected_option": {"value": "Europe/Amsterdam"}}},
                "days": {"days": {"type": "checkboxes", "selected_options": [{"value": "1"}, {"value": "3"}]}},
                "none": {"none": {"type": "checkboxes", "selected_options": []}},
                "more": {"more": {"type": "multi_static_select", "selected_options": [{"value": "9"}]}},
                "coaches": {"coaches": {"type": "multi_users_select", "selected_users": ["U2", "U3"]}},
            }
        },
    },
    "response_urls": [],
}

USER = {
    "id": "U1",
    "name": "sanne",
    "real_name": "Sanne de Wit",
    "deleted": False,
    "tz": "Europe/Amsterdam",
    "is_bot": False,
    "profile": {"display_name": "Sanne", "real_name": "Sanne de Wit"},
}

COMMON = {"workspace": "w1", "person": "U1", "at": T0}
BY_EVENT = {**COMMON, "event_id": "Ev1"}
MESSAGE = {"conversation": "D1", "message": "1790000000.000100"}
SAID = {**COMMON, **MESSAGE, "event_id": "said:D1:1790000000.000100", "thread": None}
EDITED = {**COMMON, **MESSAGE, "said_at": datetime(2026, 9, 21, 14, 13, 20, 100, tzinfo=UTC)}
DELETED = Deleted(**COMMON, **MESSAGE, event_id="deleted:D1:1790000000.000100")
OLD, NEW = message(), message(text="Did it twice", edited={"user": "U1", "ts": "1790000100.0"})
REF = MessageRef(workspace="w1", conversation="D1", message="1790000000.000200")

CASES: list[tuple[str, Json, Incoming | None]] = [
    (
        "a command",
        COMMAND,
        Command(
            **COMMON,
            event_id="trigger:1.2.3",
            conversation="C1",
            conversation_name="#it-managers",
            text="pause until 3 Jan",
            trigger="1.2.3",
            is_direct=False,
            aside="https://hooks.slack.com/commands/T1/2/y",
        ),
    ),
    (
        "a command in a DM, with signs that Slack escapes",
        {**COMMAND, "channel_id": "D9", "channel_name": "directmessage", "text": "a &lt; b"},
        Command(
            **COMMON,
            event_id="trigger:1.2.3",
            conversation="D9",
            conversation_name="#directmessage",
            text="a < b",
            trigger="1.2.3",
            is_direct=True,
            aside="https://hooks.slack.com/commands/T1/2/y",
        ),
    ),
    (
        "a button of a message, with the menus beside it",
        press(
            state={
                "values": {
                    "n1:1": {"log.item": {"type": "static_select", "selected_option": {"value": "ask"}}},
                    "n1:3": {"log.week": {"type": "static_select", "selected_option": None}},
                    "n1:4": {"log.people": {"type": "multi_users_select", "selected_users": ["U2"]}},
                }
            }
        ),
        Press(
            **COMMON,
            event_id="trigger:11.22.33",
            button="nudge.done",
            value="n1",
            inputs={"log.item": "ask"},
            trigger="11.22.33",
            ref=REF,
            route="https://hooks.slack.com/actions/T1/1/x",
        ),
    ),
    (
        "a button of a modal, with the menus in it",
        press(
            container={"type": "view", "view_id": "V1"},
            view={
                "id": "V1",
                "type": "modal",
                "external_id": "o1",
                "state": {
                    "values": {"log.week:2": {"log.week": {"type": "static_select", "selected_option": {"value": "3"}}}}
                },
            },
        ),
        Press(
            **COMMON,
            event_id="trigger:11.22.33",
            button="nudge.done",
            value="n1",
            inputs={"log.week": "3"},
            trigger="11.22.33",
            ref=None,
            opening="o1",
        ),
    ),
    (
        "the second button of one name in a row",
        press(actions=[{"type": "button", "action_id": "reply.scope#2", "value": "coach"}]),
        Press(
            **COMMON,
            event_id="trigger:11.22.33",
            button="reply.scope",
            value="coach",
            trigger="11.22.33",
            ref=REF,
            route="https://hooks.slack.com/actions/T1/1/x",
        ),
    ),
    (
        "a button that nobody knows",
        press(actions=[{"type": "button", "action_id": "what.ever"}]),
        Press(
            **COMMON,
            event_id="trigger:11.22.33",
            button="what.ever",
            value="",
            trigger="11.22.33",
            ref=REF,
            route="https://hooks.slack.com/actions/T1/1/x",
        ),
    ),
    (
        "a button of an ephemeral message, which only its response_url can change",
        press(
            container={
                "type": "message",
                "message_ts": "1790000000.000200",
                "channel_id": "C1",
                "is_ephemeral": True,
            },
            message=None,
        ),
        Press(
            **COMMON,
            event_id="trigger:11.22.33",
            button="nudge.done",
            value="n1",
            trigger="11.22.33",
            ref=MessageRef(
                workspace="w1",
                conversation="C1",
                message="1790000000.000200",
                aside="https://hooks.slack.com/actions/T1/1/x",
            ),
        ),
    ),
    (
        "a button on App Home, its menus in the view",
        press(
            container={"type": "view", "view_id": "V1"},
            channel=None,
            message=None,
            view={
                "id": "V1",
                "type": "home",
                "state": {"values": {"b": {"me.hour": {"type": "timepicker", "selected_time": "09:30"}}}},
            },
        ),
        Press(
            **COMMON,
            event_id="trigger:11.22.33",
            button="nudge.done",
            value="n1",
            inputs={"me.hour": "09:30"},
            trigger="11.22.33",
            ref=None,
            at_home=True,
        ),
    ),
    (
        "a choice in a menu is read with the next button",
        press(actions=[{"type": "static_select", "action_id": "log.item", "selected_option": {"value": "a"}}]),
        None,
    ),
    (
        "a button that only opens an address",
        press(
            message={
                "ts": "1",
                "blocks": [
                    {
                        "block_id": "n1:2",
                        "type": "actions",
                        "elements": [{"action_id": "nudge.done", "url": "https://x.y"}],
                    }
                ],
            }
        ),
        None,
    ),
    ("no action at all", press(actions=[]), None),
    *(
        (
            f"chosen from a menu: {value!r}",
            press(actions=[{"type": "overflow", "action_id": "more", "selected_option": {"value": value}}]),
            Press(
                **COMMON,
                event_id="trigger:11.22.33",
                button=button,
                value=about,
                trigger="11.22.33",
                ref=REF,
                route="https://hooks.slack.com/actions/T1/1/x",
            ),
        )
        for value, button, about in (("intent.stop r1", "intent.stop", "r1"), ("what ever it is", "what", "ever it is"))
    ),
    (
        "a form",
        VIEW,
        Submitted(
            **COMMON,
            event_id="view:V1:ca0909f215b1dd130d7e60b92949ecfd",
            form="plan.make",
            subject="n1",
            values={
                "if": "When <I> see & hear",
                "on": "2026-12-01",
                "at": "10:00",
                "scope": "coach",
                "zone": "Europe/Amsterdam",
                "days": ("1", "3"),
                "more": ("9",),
                "coaches": ("U2", "U3"),
            },
            trigger="4.5.6",
        ),
    ),
    ("a form that was closed", {**VIEW, "type": "view_closed"}, None),
    ("words", event(message()), Said(**SAID, text="Did it")),
    (
        "words in a thread",
        event(message(thread_ts="1780000000.000001")),
        Said(**{**SAID, "thread": "1780000000.000001"}, text="Did it"),
    ),
    (
        "words in a thread, shown in the conversation too",
        event(message(subtype="thread_broadcast", thread_ts="1780000000.000001")),
        Said(**{**SAID, "thread": "1780000000.000001"}, text="Did it"),
    ),
    (
        "the first message of a thread is not in it",
        event(message(thread_ts="1790000000.000100")),
        Said(**SAID, text="Did it"),
    ),
    (
        "files without words",
        event(message(subtype="file_share", text="", files=[{"id": "F1"}, {"id": "F2"}])),
        Said(**SAID, text="", files=2),
    ),
    ("words about oneself", event(message(subtype="me_message")), Said(**SAID, text="Did it")),
    (
        "signs that Slack escapes",
        event(message(text="a &lt; b &amp;&amp; c &gt; d &amp;lt; &lt;@U2&gt;")),
        Said(**SAID, text="a < b && c > d &lt; <@U2>"),
    ),
    (
        "a message that was forwarded, with a word about it and without",
        event(message(text="look", attachments=[{"is_share": True, "text": "of somebody else"}])),
        Said(**SAID, text="look", forwards=1),
    ),
    (
        "a picture that moves, and the preview of a link",
        event(
            message(
                text="",
                attachments=[{"image_url": "https://a.example/1.gif"}, {"image_url": "x", "from_url": "y"}],
                blocks=[{"type": "image", "image_url": "https://a.example/2.gif"}],
            )
        ),
        Said(**SAID, text="", files=2),
    ),
    (
        "emoji as people see them, a custom one by its name",
        event(
            message(
                text=":tada: :wave::skin-tone-3: :party-parrot:",
                blocks=[
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [
                                    {"type": "emoji", "name": "tada", "unicode": "1f389"},
                                    {
                                        "type": "emoji",
                                        "name": "wave",
                                        "unicode": "1f44b-1f3fc",
                                        "skin_tone": 3,
                                    },
                                    {"type": "emoji", "name": "party-parrot"},
                                ],
                            }
                        ],
                    }
                ],
            )
        ),
        Said(**SAID, text="🎉 👋🏼 :party-parrot:"),
    ),
    ("40,000 signs", event(message(text="שלום" * 10_000)), Said(**SAID, text="שלום" * 10_000)),
    ("our own words", event(message(bot_id="B1", user="UBOT")), None),
    ("another bot's words", event(message(subtype="bot_message", bot_id="B2")), None),
    ("Slack's own words", event(message(user="USLACKBOT")), None),
    ("somebody joined", event(message(subtype="channel_join")), None),
    ("nobody's words", event(message(user=None)), None),
    ("words in a channel", event(message(channel="C1", channel_type="channel")), None),
    (
        "words that were changed",
        changed(NEW, OLD),
        Edited(
            **{**EDITED, "at": datetime(2026, 9, 21, 14, 15, tzinfo=UTC)},
            event_id="edited:D1:1790000000.000100:1790000100.0",
            text="Did it twice",
        ),
    ),
    (
        "words that were changed, nobody says when",
        changed({**NEW, "edited": {"ts": "soon"}}, OLD),
        Edited(**EDITED, event_id="edited:D1:1790000000.000100:soon", text="Did it twice"),
    ),
    (
        "words in a thread that were changed",
        changed({**NEW, "thread_ts": "1780000000.000001", "edited": None}, OLD),
        Edited(
            **EDITED,
            event_id="edited:D1:1790000000.000100:1790000000.000100",
            text="Did it twice",
            thread="1780000000.000001",
        ),
    ),
    (
        "words that were changed, of no moment",
        changed({**NEW, "ts": "then"}, OLD),
        Edited(
            **{**EDITED, "at": datetime(2026, 9, 21, 14, 15, tzinfo=UTC), "message": "then", "said_at": None},
            event_id="edited:D1:then:1790000100.0",
            text="Did it twice",
        ),
    ),
    ("a link got its preview", changed({**OLD, "attachments": [{"from_url": "https://x.y"}]}, OLD), None),
    ("a thread got an answer", changed({**OLD, "reply_count": 1}, OLD), None),
    ("we changed our own message", changed({**NEW, "bot_id": "B1"}, {**OLD, "bot_id": "B1"}), None),
    (
        "words that were taken back",
        event(
            message(
                text=None, user=None, subtype="message_deleted", deleted_ts="1790000000.000100", previous_message=OLD
            )
        ),
        DELETED,
    ),
    (
        "words that were taken back, and had answers",
        changed({**OLD, "subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}, OLD),
        DELETED,
    ),
    (
        "we took our own message away",
        event(
            message(subtype="message_deleted", deleted_ts="1", previous_message={**OLD, "bot_id": "B1"}),
        ),
        None,
    ),
    (
        "somebody looks at the Home",
        event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "view": {"id": "V"}}),
        HomeOpened(**BY_EVENT),
    ),
    (
        "somebody looks at the messages",
        event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"}),
        None,
    ),
    (
        "a person changed",
        event({"type": "user_change", "user": USER}),
        PersonChanged(
            **BY_EVENT,
            known=Person(
                external_id="U1",
                name="Sanne",
                zone="Europe/Amsterdam",
                is_bot=False,
                deactivated=False,
                is_admin=False,
            ),
        ),
    ),
    (
        "a person left",
        event({"type": "user_change", "user": {"id": "U1", "name": "sanne", "deleted": True}}),
        PersonChanged(
            **BY_EVENT,
            known=Person(external_id="U1", name="sanne", zone=None, is_bot=False, deactivated=True, is_admin=False),
        ),
    ),
    ("uninstalled", event({"type": "app_uninstalled"}), Removed(**{**BY_EVENT, "person": ""})),
    (
        "our token was revoked",
        event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}}),
        Removed(**{**BY_EVENT, "person": ""}),
    ),
    (
        "somebody's own token was revoked",
        event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}),
        None,
    ),
    ("an event we never asked for", event({"type": "reaction_added", "user": "U1"}), None),
    ("a kind we do not know", {"type": "shortcut", "callback_id": "x"}, None),
    ("nothing", {}, None),
]


@pytest.mark.parametrize(("payload", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_slack_sends_is_understood(payload: Json, expected: Incoming | None) -> None:
    assert parse(payload, workspace="w1", at=T0) == expected


def typed(words: str, **changes: Any) -> Json:
    values = {"text": {"text": {"type": "plain_text_input", "value": words}}}
    return {**VIEW, **changes, "view": {**VIEW["view"], "state": {"values": values}}}


@pytest.mark.parametrize(
    ("once", "again", "same"),
    [
        (event(message()), event(message(), event_id="Ev2", event_time=1_790_000_300), True),  # two events of one deed
        (event(message()), event(message(ts="1790000000.000101")), False),
        (event(message()), event(message(channel="D2")), False),
        (changed(NEW, OLD), changed(NEW, OLD, event_ts="1790000100.000200"), True),
        (changed(NEW, OLD), changed({**NEW, "edited": {"ts": "1790000101.0"}}, OLD), False),
        (changed(NEW, OLD), event(message()), False),
        (COMMAND, {**COMMAND, "trigger_id": "1.2.4"}, False),
        ({**COMMAND, "trigger_id": ""}, {**COMMAND, "trigger_id": ""}, True),  # Slack always gives one
        ({**COMMAND, "trigger_id": ""}, {**COMMAND, "trigger_id": "", "text": "x"}, False),
        (typed("a"), typed("a", trigger_id="4.5.7"), True),  # sent in twice
        (typed("a"), typed("b"), False),  # with words that were changed after the first time
        (typed("a"), {**typed("a"), "view": {**typed("a")["view"], "id": "V2"}}, False),
        (event({"type": "app_uninstalled"}), event({"type": "app_uninstalled"}, event_id="Ev2"), False),
        (event({"type": "app_uninstalled"}, event_id=None), event({"type": "app_uninstalled"}, event_id=None), True),
    ],
)
def test_what_happened_has_one_name_however_often_it_is_brought(once: Json, again: Json, same: bool) -> None:
    first, second = (parse(payload, workspace="w1", at=T0) for payload in (once, again))
    assert first is not None
    assert second is not None
    assert (first.event_id == second.event_id) is same


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (COMMAND, ["T1"]),
        (event(message()), ["T1"]),
        (press(), ["T1"]),
        # Enterprise Grid, installed for the whole organization
        (press(team=None, enterprise={"id": "E1"}), ["T1", "E1"]),
        ({**COMMAND, "team_id": "", "enterprise_id": "E1"}, ["E1"]),
        (
            event(message(), authorizations=[{"team_id": None, "enterprise_id": "E1"}], team_id="T2"),
            ["T2", "E1"],
        ),
        # a form opened in another workspace than ours, through a shared channel
        ({**VIEW, "view": {"app_installed_team_id": "T7"}}, ["T7", "T1"]),
        ({}, []),
    ],
)
def test_where_it_happened_is_found(payload: Json, expected: list[str]) -> None:
    assert list(teams(payload)) == expected


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("<https://x.y/?a=1&amp;b=2>", "https://x.y/?a=1&b=2"),
        ("<http://x.y|x.y>", "x.y"),  # Slack made the link
        ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("<https://x.y|the page>", "the page (https://x.y)"),
        ("&lt;https://x.y&gt;", "<https://x.y>"),  # typed with the brackets
        ("=cmd()\0", "=cmd()"),
    ],
)
def test_text_is_as_it_was_typed(kept: str, typed: str) -> None:
    assert said(kept) == typed


FULL = [payload for _, payload, _ in CASES if payload]
WRONG = (None, 7, 1.5, True, "", "x", [], [None], ["x"], [[]], {}, {"id": 7}, {"x": {"y": 7}})


def spoiled(payload: Any, at: int, value: Any) -> Any:
    """Return the payload with the value in one of its places."""
    if isinstance(payload, dict) and payload:
        name = sorted(payload)[at % len(payload)]
        return {**payload, name: spoiled(payload[name], at // 7, value)}
    if isinstance(payload, list) and payload:
        return [spoiled(payload[0], at // 7, value), *payload[1:]]
    return value


def everywhere(payload: Any, value: Any) -> Iterator[Any]:
    """Yield the payload with the value in each of its places."""
    yield value
    if isinstance(payload, dict):
        for name, inner in payload.items():
            yield from ({**payload, name: changed} for changed in everywhere(inner, value))
    elif isinstance(payload, list):
        for index, inner in enumerate(payload):
            yield from ([*payload[:index], changed, *payload[index + 1 :]] for changed in everywhere(inner, value))


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_nothing_that_is_out_of_shape_breaks_us(value: Any) -> None:
    for payload in FULL:
        for broken in everywhere(payload, value):
            if isinstance(broken, dict):
                list(teams(broken))
                parse(broken, workspace="w1", at=T0)


MEMBER_OF = {"id": "U1", "team_id": "T1"}
IN_ORG = {"enterprise_user": {"enterprise_id": "E1", "teams": ["T1", "T2"]}}


@pytest.mark.parametrize(
    ("told", "is_one"),
    [
        ({}, False),
        ({"is_admin": True}, True),
        ({"is_owner": True}, True),
        ({"is_primary_owner": True}, True),
        ({"is_admin": "true"}, False),  # no such answer: no right
        ({"is_admin": False, "is_owner": False, "is_primary_owner": False}, False),
    ],
)
def test_who_is_an_admin(told: dict[str, Any], *, is_one: bool) -> None:
    assert person(MEMBER_OF | told, "T1").is_admin is is_one


@pytest.mark.parametrize(
    ("told", "team", "origin"),
    [
        ({}, "T1", Origin.INSIDE),
        ({"is_restricted": True}, "T1", Origin.GUEST),
        ({"is_ultra_restricted": True}, "T1", Origin.GUEST),
        ({"is_stranger": True}, "T1", Origin.ELSEWHERE),
        ({"team_id": "T9"}, "T1", Origin.ELSEWHERE),  # of another workspace, in a channel that both share
        ({"team_id": "T9", "is_restricted": True}, "T1", Origin.ELSEWHERE),
        ({"team_id": "T2", **IN_ORG}, "T1", Origin.INSIDE),  # of another workspace of the same organization
        ({"team_id": "T2", **IN_ORG}, "E1", Origin.INSIDE),  # the app is installed for the organization
        ({"team_id": "T2", "enterprise_user": {"teams": "T1"}}, "T1", Origin.ELSEWHERE),  # not a list
        ({"team_id": ""}, "T1", Origin.INSIDE),  # nothing is told
        ({"team_id": "T9"}, "", Origin.INSIDE),  # nobody knows whose workspace it is
    ],
)
def test_who_is_from_outside(told: dict[str, Any], team: str, origin: Origin) -> None:
    assert person(MEMBER_OF | told, team).origin is origin


@pytest.mark.parametrize(
    "inner",
    [
        message(user="UBOT", subtype="file_share", files=[{"id": "F1"}]),
        message(subtype="message_changed", message=message(user="UBOT"), previous_message=message(text="before")),
        message(subtype="message_deleted", deleted_ts="1.1", previous_message=message(user="UBOT")),
    ],
)
def test_what_the_bot_did_itself_is_known_by_its_person_too(inner: Json) -> None:
    """A file of its own comes without a bot's id."""
    assert parse(event(inner), workspace="w1", at=T0) is None
    others = [{"team_id": "T1", "user_id": "U9", "is_bot": False}]  # a person whose token we might have
    assert parse(event(inner, authorizations=others), workspace="w1", at=T0) is not None


@pytest.mark.parametrize("words", [None, 7])
def test_news_of_a_change_that_tells_no_words_is_none(words: Any) -> None:
    assert parse(changed(message(text=words), message(text="Did it")), workspace="w1", at=T0) is None
    bare = {name: value for name, value in message().items() if name != "text"}
    assert parse(changed(bare, message(text="Did it")), workspace="w1", at=T0) is None
