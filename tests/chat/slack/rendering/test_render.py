import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Chart,
    Choice,
    Facts,
    Form,
    Heading,
    Line,
    Message,
    Note,
    Part,
    Quote,
    Row,
    Style,
)
from bot.chat.slack.rendering import render
from bot.coaching.language import Markdown
from bot.practice.slack.blocks import message_blocks, view_body
from tests.chat.both import ANY_PART, DONE, ENDLESS, ITEMS, PLAN

Json = dict[str, Any]


def shown(*parts: Part, key: str | None = "n1", fallback: str = "Hello") -> render.Rendered:
    """Render, and let the practice Slack, which refuses what Slack refuses, look at it."""
    rendered = render.message(Message(fallback=fallback, parts=parts, key=key))
    message_blocks(rendered.blocks)
    return rendered


def without_ids(blocks: list[Json]) -> list[Json]:
    return [{name: value for name, value in block.items() if name != "block_id"} for block in blocks]


def text_of(blocks: list[Json]) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def weight_of(blocks: list[Json]) -> int:
    """Count as Slack seems to: the texts, and something for each block."""
    texts = re.findall(r'"text": "((?:[^"\\]|\\.)*)"', text_of(blocks))
    return 50 * len(blocks) + sum(map(len, texts))


def plain(text: str, *, emoji: bool = False) -> Json:
    return {"type": "plain_text", "text": text, "emoji": emoji}


def quoted(text: str) -> Json:
    return {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}


def bold(text: str) -> Json:
    return {"type": "text", "text": text, "style": {"bold": True}}


CASES: list[tuple[Part, list[Json]]] = [
    (Heading("Week 3"), [{"type": "header", "text": plain("Week 3", emoji=True)}]),
    (
        Body(Markdown("**Do** it")),
        [{"type": "section", "expand": True, "text": {"type": "mrkdwn", "text": "*Do* it", "verbatim": True}}],
    ),
    (Body(Markdown("  ")), []),
    (
        Note(Markdown("_only you_")),
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "_only you_", "verbatim": True}]}],
    ),
    (Line(), [{"type": "divider"}]),
    # a person's words are text and nothing but text
    (
        Quote("*hi* <!channel> https://x.y :tada:"),
        [{"type": "rich_text", "elements": [quoted("*hi* <!channel> https://x.y :tada:")]}],
    ),
    (
        Quote("Went well", "Sanne"),
        [
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_section", "elements": [bold("Sanne")]},
                    quoted("Went well"),
                ],
            }
        ],
    ),
    (Quote(""), [{"type": "rich_text", "elements": [quoted("…")]}]),
    (
        Facts((("Next", "*Tuesday*"),)),
        [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [bold("Next"), {"type": "text", "text": "  *Tuesday*"}],
                    }
                ],
            }
        ],
    ),
    (
        Buttons((PLAN, DONE)),
        [
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "nudge.plan",
                        "text": plain("I'll do it", emoji=True),
                        "value": "n1",
                        "style": "primary",
                    },
                    {
                        "type": "button",
                        "action_id": "nudge.done",
                        "text": plain("Done already", emoji=True),
                        "value": "n1",
                    },
                ],
            }
        ],
    ),
    (
        Row(Markdown("**Sanne** · reply"), Button(id="log.answer", label="Answer", value="r1")),
        [
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "*Sanne* · reply", "verbatim": True},
                "accessory": {
                    "type": "button",
                    "action_id": "log.answer",
                    "text": plain("Answer", emoji=True),
                    "value": "r1",
                },
            }
        ],
    ),
    (
        Choice(id="log.item", label="Item", options=ITEMS, chosen="b"),
        [
            {
                "type": "section",
                "text": plain("Item"),
                "accessory": {
                    "type": "static_select",
                    "action_id": "log.item",
                    "options": [
                        {"value": "a", "text": plain("Ask")},
                        {"value": "b", "text": plain("Build"), "description": plain("slowly")},
                    ],
                    "initial_option": {
                        "value": "b",
                        "text": plain("Build"),
                        "description": plain("slowly"),
                    },
                },
            }
        ],
    ),
    (Choice(id="log.item", label="Item", options=()), []),  # Slack takes no empty menu
]


@pytest.mark.parametrize(("part", "expected"), CASES)
def test_each_part_has_its_block(part: Part, expected: list[Json]) -> None:
    assert without_ids(shown(part).blocks) == expected


def test_the_key_travels_as_metadata_and_in_every_block() -> None:
    rendered = shown(Heading("Hi"), Body(Markdown("there")), Buttons((PLAN,)), key="n42")
    assert rendered.metadata == {"event_type": "pitstop_nudge", "event_payload": {"nudge": "n42"}}
    assert [block["block_id"] for block in rendered.blocks] == ["n42:0", "n42:1", "n42:2"]


def test_a_message_without_a_key_carries_no_metadata() -> None:
    rendered = shown(Heading("Hi"), key=None)
    assert rendered.metadata is None
    assert rendered.blocks[0]["block_id"] == "-:0"


def test_a_menu_with_another_choice_is_another_block() -> None:
    """Slack keeps what was picked as long as the block keeps its name."""
    before = shown(Choice(id="c", label="C", options=ITEMS, chosen="a")).blocks[0]["block_id"]
    after = shown(Choice(id="c", label="C", options=ITEMS, chosen="b")).blocks[0]["block_id"]
    assert before != after


@pytest.mark.parametrize(
    ("fallback", "text"),
    [
        ("**Week 3** · type `/coach next`", "Week 3 · type /coach next"),
        ("*One*\n\nand [two](https://example.com)", "One\nand two"),
        ("a_b and 2 * 3", "a_b and 2 * 3"),
    ],
)
def test_the_fallback_has_no_mark_up(fallback: str, text: str) -> None:
    assert shown(fallback=fallback).text == text


def test_the_fallback_cannot_call_the_channel() -> None:
    assert shown(fallback="<!channel> & co").text == "&lt;!channel&gt; &amp; co"


def test_the_fallback_is_short_also_when_all_of_it_is_escaped() -> None:
    assert len(shown(fallback="&" * 40_000).text) <= 4_000


def test_buttons_of_one_name_in_a_row_are_told_apart() -> None:
    scopes = [Button(id="reply.scope", label=scope, value=scope) for scope in ("private", "coach", "team")]
    row = shown(Buttons(tuple(scopes))).blocks[0]["elements"]
    assert [button["action_id"] for button in row] == ["reply.scope", "reply.scope#2", "reply.scope#3"]


def test_a_sixth_button_starts_a_row() -> None:
    blocks = shown(Buttons(tuple(Button(id=f"b.{n}", label=str(n)) for n in range(6)))).blocks
    assert [len(block["elements"]) for block in blocks] == [5, 1]


@pytest.mark.parametrize(("count", "rows"), [(3, [4]), (5, [5, 1]), (0, [1])])
def test_a_menu_stands_at_the_end_of_a_row_and_says_what_was_chosen(count: int, rows: list[int]) -> None:
    buttons = tuple(Button(id=f"b.{n}", label=str(n)) for n in range(count))
    more = (Button(id="intent.stop", label="Stop", value="r1"), Button(id="intent.pause", label="Pause", value="r1"))
    blocks = shown(Buttons(buttons, more=more)).blocks
    assert [len(block["elements"]) for block in blocks] == rows
    menu = blocks[-1]["elements"][-1]
    assert (menu["type"], menu["action_id"]) == ("overflow", "more")
    assert [(each["text"]["text"], each["value"]) for each in menu["options"]] == [
        ("Stop", "intent.stop r1"),
        ("Pause", "intent.pause r1"),
    ]


@pytest.mark.parametrize(("deny", "expected"), [("Rather not", "Rather not"), ("", "✕")])
def test_a_question_has_two_answers(deny: str, expected: str) -> None:
    erase = Button(id="me.erase", label="Erase all", style=Style.DANGER, confirm="Really?", deny=deny)
    confirm = shown(Buttons((erase,))).blocks[0]["elements"][0]["confirm"]
    assert confirm["text"]["text"] == "Really?"
    assert confirm["confirm"]["text"] == "Erase all"
    assert confirm["deny"]["text"] == expected
    assert confirm["style"] == "danger"


# --- lengths


@pytest.mark.parametrize("part", ENDLESS)
def test_no_length_is_refused(part: Part) -> None:
    rendered = shown(part)
    assert len(rendered.blocks) <= 50
    view_body(render.home(Message(fallback="Hi", parts=(part,))), kind="home")


def test_a_long_reply_is_cut_with_an_ellipsis() -> None:
    text = shown(Quote("x" * 40_000)).blocks[0]["elements"][0]["elements"][0]["text"]
    assert len(text) == 3_000
    assert text.endswith("x…")


def test_a_cut_leaves_no_joiner_behind() -> None:
    family = "👨\u200d👩\u200d👧"
    text = shown(Quote("x" * 2_997 + family)).blocks[0]["elements"][0]["elements"][0]["text"]
    assert text == "x" * 2_997 + "👨…"


def test_quotes_get_shorter_before_anything_is_left_out() -> None:
    quotes = [Quote("x" * 3_000, f"person {n}") for n in range(9)]
    blocks = shown(*quotes, Buttons((DONE,))).blocks
    assert len(blocks) == 10
    assert "person 8" in text_of(blocks)
    assert weight_of(blocks) <= 12_000


def test_what_is_too_long_is_cut_at_the_end_above_the_buttons() -> None:
    parts = [Body(Markdown(f"part {n} " + "x" * 2_000)) for n in range(30)]
    blocks = shown(*parts, Buttons((PLAN, DONE))).blocks
    assert weight_of(blocks) <= 12_000
    assert "part 0" in text_of(blocks)
    assert "part 29" not in text_of(blocks)
    assert blocks[-2]["elements"][0]["text"] == "…"
    assert [button["action_id"] for button in blocks[-1]["elements"]] == ["nudge.plan", "nudge.done"]


def test_too_many_blocks_are_cut_above_the_buttons() -> None:
    blocks = shown(*[Line() for _ in range(60)], Choice(id="c", label="C", options=ITEMS), Buttons((DONE,))).blocks
    assert len(blocks) == 50
    assert [block["type"] for block in blocks[-3:]] == ["context", "section", "actions"]


def test_a_home_has_room_for_twice_as_many() -> None:
    view = render.home(Message(fallback="Hi", parts=tuple(Line() for _ in range(100))))
    assert len(view["blocks"]) == 100
    assert len(render.home(Message(fallback="Hi", parts=tuple(Line() for _ in range(101))))["blocks"]) == 100


def test_an_empty_home_shows_its_fallback() -> None:
    assert render.home(Message(fallback="Hi", parts=()))["blocks"][0]["text"]["text"] == "Hi"


def test_right_to_left_and_emoji_come_through_unchanged() -> None:
    said = "שלום עולם مرحبا 👩🏽‍💻🇳🇱"
    assert said in text_of(shown(Quote(said), Facts((("x", said),))).blocks)


@given(st.lists(ANY_PART, max_size=70), st.text())
@settings(max_examples=60, deadline=None)
def test_whatever_is_said_slack_takes_it(parts: list[Part], fallback: str) -> None:
    rendered = shown(*parts, fallback=fallback)
    assert rendered.text
    view_body(render.home(Message(fallback=fallback, parts=tuple(parts))), kind="home")


@pytest.mark.parametrize(
    ("message", "carried"),
    [
        ({"metadata": {"event_type": "pitstop_nudge", "event_payload": {"nudge": "n1"}}}, True),
        ({"blocks": [{"block_id": "n1:3"}]}, True),
        ({"metadata": {"event_type": "other", "event_payload": {"nudge": "n1"}}}, False),
        ({"blocks": [{"block_id": "n11:0"}, {}]}, False),  # another key that begins like it
        ({"metadata": None, "blocks": None}, False),
        ({}, False),
    ],
)
def test_a_message_is_known_by_its_key(message: Json, carried: bool) -> None:
    assert render.carries(message, "n1") is carried


def test_a_form_holds_buttons_and_menus_whose_choice_is_not_kept_when_another_is_shown() -> None:
    def blocks_of(chosen: str) -> list[Json]:
        menu = Choice(id="log.item", label="Item", options=ITEMS, chosen=chosen)
        parts = (Body(Markdown("Read")), menu, Buttons((PLAN, DONE)))
        form = Form(id="log.page", opening="o1", title="Log", submit=None, close="Close", parts=parts)
        shown_ = view_body(render.modal(form), kind="modal")["blocks"]
        assert isinstance(shown_, list)
        return shown_

    first, second = blocks_of("a"), blocks_of("b")
    assert [block["type"] for block in first] == ["section", "section", "actions"]
    assert first[1]["accessory"]["initial_option"]["value"] == "a"
    assert [button["action_id"] for button in first[2]["elements"]] == ["nudge.plan", "nudge.done"]
    assert first[1]["block_id"] != second[1]["block_id"]


@given(st.lists(ANY_PART, max_size=20))
@settings(max_examples=30, deadline=None)
def test_whatever_a_view_shows_slack_takes_it(parts: list[Part]) -> None:
    menus = [part.id for part in parts if isinstance(part, Choice)]
    shown_ = tuple(part for part in parts if not isinstance(part, Choice) or menus.count(part.id) == 1)
    view_body(
        render.modal(Form(id="f", opening="o", title="T", submit=None, close="C", parts=(Line(), *shown_))),
        kind="modal",
    )


TRIED = Chart("By week", (("Week 2", 5), ("Week 3", 8)))


def test_a_chart_is_drawn_and_stands_as_words_in_the_text() -> None:
    rendered = shown(TRIED)
    assert rendered.text == "Hello\nBy week: Week 2: 5, Week 3: 8"
    (block,) = without_ids(rendered.blocks)
    assert (block["type"], block["title"]) == ("data_visualization", TRIED.title)
    assert block["chart"]["axis_config"] == {"categories": ["Week 2", "Week 3"]}
    (series,) = block["chart"]["series"]
    assert series["data"] == [{"label": "Week 2", "value": 5}, {"label": "Week 3", "value": 8}]


def test_where_nothing_is_drawn_a_chart_is_said_as_facts() -> None:
    said = Message(fallback="Hello", parts=(Heading("A"), TRIED.facts), key="n1")
    drawn = Message(fallback="Hello", parts=(Heading("A"), TRIED), key="n1")
    assert render.in_words(drawn) == said == render.in_words(said)
    assert render.home(drawn) == render.home(said)
