import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from microsoft_teams.api.activities import MessageActivityInput
from microsoft_teams.cards import AdaptiveCard

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Chart,
    Choice,
    Facts,
    Heading,
    Line,
    Message,
    Note,
    Option,
    Part,
    Quote,
    Row,
    Style,
)
from bot.chat.teams.rendering import render
from bot.coaching.language import Markdown
from bot.practice.teams.cards.check import problems
from tests.chat.both import ANY_PART, DONE, ENDLESS, ITEMS, LONG, PLAN
from tests.chat.teams.rendering.test_markdown import LIVELY, interpreted, seen

Json = dict[str, Any]

LARGEST = 80_000  # bytes


def size(activity: Json) -> int:
    """Return how many bytes of UTF-16 go over the line, as the SDK writes them."""
    whole = MessageActivityInput.model_validate(activity).model_dump(by_alias=True, exclude_none=True)
    return len(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le"))


def card_of(activity: Json) -> Json:
    """Return the card, after Teams' own rules and the SDK's models have looked at it."""
    (attachment,) = activity["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card: Json = attachment["content"]
    assert problems(card) == []
    AdaptiveCard.model_validate(card)
    assert card.get("fallbackText") == (activity["summary"] or None)  # what a client says that shows no such card
    assert "text" not in activity  # beside a card it would become a message of its own
    assert size(activity) <= LARGEST
    return card


def shown(*parts: Part, key: str | None = "n1", fallback: str = "Hello", **where: bool) -> list[Json]:
    body: list[Json] = card_of(render.message(Message(fallback=fallback, parts=parts, key=key), **where))["body"]
    return body


def texts(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False)


def run(text: str, **style: Any) -> Json:
    return {"type": "TextRun", "text": text, **style}


def rich(*runs: Json, **style: Any) -> Json:
    return {"type": "RichTextBlock", "inlines": list(runs), **style}


def execute(button: str, title: str, value: str = "n1", **more: Any) -> Json:
    data = {"pitstop": {"button": button, "value": value, "nudge": "n1"}}
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": button,
        "data": data,
        "fallback": {"type": "Action.Submit", "title": title, "data": data, **more},
        **more,
    }


CASES: list[tuple[Part, list[Json]]] = [
    (
        Heading("Week 3"),
        [
            {
                "type": "TextBlock",
                "text": "Week 3",
                "size": "Medium",
                "weight": "Bolder",
                "wrap": True,
                "style": "heading",
            }
        ],
    ),
    (
        Body(Markdown("**Do** it\n\n- now")),
        [
            {"type": "TextBlock", "text": "**Do** it", "wrap": True},
            {"type": "TextBlock", "text": "- now", "wrap": True},
        ],
    ),
    (
        Note(Markdown("_only you_")),
        [{"type": "TextBlock", "text": "_only you_", "wrap": True, "size": "Small", "isSubtle": True}],
    ),
    # a person's words are text and nothing but text
    (
        Quote("*hi* <at>all</at> https://x.y"),
        [{"type": "Container", "style": "emphasis", "items": [rich(run("*hi* <at>all</at> https://x.y"))]}],
    ),
    (
        Quote("Went well", "Sanne"),
        [
            {
                "type": "Container",
                "style": "emphasis",
                "items": [
                    rich(run("Sanne", size="Small", isSubtle=True, weight="Bolder"), spacing="Small"),
                    rich(run("Went well"), spacing="Small"),
                ],
            }
        ],
    ),
    (Quote(""), [{"type": "Container", "style": "emphasis", "items": [rich(run("…"))]}]),
    (
        Facts((("Next", "*Tuesday*"), ("Then", "Friday"))),
        [
            rich(run("Next", weight="Bolder"), run("  *Tuesday*")),
            rich(run("Then", weight="Bolder"), run("  Friday"), spacing="Small"),
        ],
    ),
    (
        Buttons((PLAN, DONE)),
        [
            {
                "type": "ActionSet",
                "actions": [
                    execute("nudge.plan", "I'll do it", style="positive"),
                    execute("nudge.done", "Done already"),
                ],
            }
        ],
    ),
    (
        Row(Markdown("**Sanne** · reply"), DONE),
        [
            {
                "type": "ColumnSet",
                "columns": [
                    {
                        "type": "Column",
                        "width": "stretch",
                        "verticalContentAlignment": "Center",
                        "items": [{"type": "TextBlock", "text": "**Sanne** · reply", "wrap": True}],
                    },
                    {
                        "type": "Column",
                        "width": "auto",
                        "verticalContentAlignment": "Center",
                        "items": [{"type": "ActionSet", "actions": [execute("nudge.done", "Done already")]}],
                    },
                ],
            }
        ],
    ),
    (
        Choice(id="log.item", label="Item", options=ITEMS, chosen="b"),
        [
            {
                "type": "Input.ChoiceSet",
                "id": "log.item",
                "label": "Item",
                "value": "b",
                "choices": [{"title": "Ask", "value": "a"}, {"title": "Build · slowly", "value": "b"}],
                "style": "compact",
            }
        ],
    ),
]


@pytest.mark.parametrize(("part", "expected"), CASES)
def test_each_part_has_its_elements(part: Part, expected: list[Json]) -> None:
    assert shown(part) == expected


@pytest.mark.parametrize("part", [Body(Markdown("  ")), Choice(id="c", label="C", options=()), Line(), Buttons(())])
def test_what_shows_nothing_leaves_the_fallback(part: Part) -> None:
    assert shown(part) == [rich(run("Hello"))]


def test_a_line_stands_above_what_comes_below_it() -> None:
    body = shown(Line(), Heading("A"), Line(), Line(), Body(Markdown("x")), Line())
    assert [part.get("separator") for part in body] == [None, True]


def test_the_notification_says_the_fallback() -> None:
    assert render.message(Message(fallback="You have a note", parts=()))["summary"] == "You have a note"


def test_the_notification_shows_no_signs_of_markdown() -> None:
    fallback = "Next up: **Tuesday**. `@Pitstop leave` stops it."
    shown = render.message(Message(fallback=fallback, parts=()))
    assert shown["summary"] == "Next up: Tuesday. @Pitstop leave stops it."


def test_the_card_and_every_button_carry_the_key() -> None:
    card = card_of(render.message(Message(fallback="Hi", parts=(Buttons((PLAN, DONE)),), key="n42")))
    assert card["id"] == "n42"
    actions = card["body"][0]["actions"]
    assert [action["data"]["pitstop"]["nudge"] for action in actions] == ["n42", "n42"]


@pytest.mark.parametrize("where", [{}, {"home": True}, {"aside": True}])
def test_a_button_tells_where_it_stood(where: dict[str, bool]) -> None:
    (row,) = shown(Buttons((DONE,)), key=None, **where)
    assert row["actions"][0]["data"] == {"pitstop": {"button": "nudge.done", "value": "n1", **where}}


def test_a_seventh_button_starts_a_row() -> None:
    rows = shown(Buttons(tuple(Button(id=f"b.{n}", label=str(n)) for n in range(7))))
    assert [len(row["actions"]) for row in rows] == [6, 1]


def test_what_stands_in_a_menu_comes_after_the_buttons_of_its_row() -> None:
    (row,) = shown(Buttons((DONE,), more=(PLAN, DONE)))
    assert [action.get("mode") for action in row["actions"]] == [None, "secondary", "secondary"]
    assert [action["fallback"].get("mode") for action in row["actions"]] == [None, "secondary", "secondary"]
    assert row["actions"][1]["data"]["pitstop"]["button"] == PLAN.id
    (alone,) = shown(Buttons((), more=(DONE,)))
    assert [action["mode"] for action in alone["actions"]] == ["secondary"]
    rows = shown(Buttons((DONE,) * 3, more=(PLAN,) * 4))  # more than fit in one row
    assert [len(row["actions"]) for row in rows] == [3, 4]


def test_a_question_stands_before_the_deed() -> None:
    erase = Button(id="me.erase", label="Erase all", value="m", style=Style.DANGER, confirm="Really *all*?")
    (row,) = shown(Buttons((erase,)))
    (asking,) = row["actions"]
    assert (asking["type"], asking["title"], asking["style"]) == ("Action.ShowCard", "Erase all", "destructive")
    assert "data" not in asking
    assert asking["card"]["body"] == [rich(run("Really *all*?"))]
    assert asking["card"]["actions"] == [execute("me.erase", "Erase all", "m", style="destructive")]


def test_two_records_share_no_button() -> None:
    """Shapes are kept: what is about one record must not show up at another's."""
    first, second = (
        shown(Buttons((DONE,))),
        shown(Buttons((Button(id="nudge.done", label="Done already", value="n2"),))),
    )
    assert first[0]["actions"][0]["data"]["pitstop"]["value"] == "n1"
    assert second[0]["actions"][0]["fallback"]["data"]["pitstop"]["value"] == "n2"


def test_a_link_opens_by_itself() -> None:
    (row,) = shown(Buttons((Button(id="desk.open", label="Desk", url="https://x.y/desk"),)))
    assert row["actions"] == [{"type": "Action.OpenUrl", "title": "Desk", "url": "https://x.y/desk"}]


def test_of_two_menus_of_one_name_the_first_is_shown() -> None:
    menu = Choice(id="c", label="C", options=ITEMS)
    assert len(shown(menu, menu)) == 1


# --- lengths


@pytest.mark.parametrize("part", ENDLESS)
def test_no_length_is_refused(part: Part) -> None:
    assert shown(part, Heading("x"), part, fallback=LONG)


def test_a_long_reply_is_cut_with_an_ellipsis() -> None:
    text = shown(Quote("x" * 40_000))[0]["items"][0]["inlines"][0]["text"]
    assert len(text) == 10_000
    assert text.endswith("x…")


def test_a_cut_leaves_no_joiner_behind() -> None:
    text = shown(Quote("x" * 9_997 + "👨\u200d👩\u200d👧"))[0]["items"][0]["inlines"][0]["text"]
    assert text == "x" * 9_997 + "👨…"


def test_quotes_get_shorter_before_anything_is_left_out() -> None:
    body = shown(*[Quote("x" * 10_000, f"person {n}") for n in range(9)], Buttons((DONE,)))
    assert len(body) == 10
    assert "person 8" in texts(body)
    assert "x" * 2_900 in texts(body)


def test_what_is_too_long_is_cut_at_the_end_above_the_buttons() -> None:
    parts = [Body(Markdown(f"part {n} " + "x" * 4_000)) for n in range(30)]
    body = shown(*parts, Buttons((PLAN, DONE)))
    assert "part 0" in texts(body)
    assert "part 29" not in texts(body)
    assert body[-2] == rich(run("…"))
    assert [action["verb"] for action in body[-1]["actions"]] == ["nudge.plan", "nudge.done"]


# --- whatever the words


def people_say(body: list[Json]) -> list[str]:
    """Return the text of each run, in which nothing is interpreted."""
    runs = (run for block in body for item in block.get("items", [block]) for run in item.get("inlines", []))
    return [run["text"] for run in runs]


UNCUT = LIVELY.map(lambda text: text[:100]).filter(seen)


@given(UNCUT, UNCUT)
@settings(max_examples=300, deadline=None)
def test_what_people_write_can_be_read_and_does_nothing(said: str, who: str) -> None:
    body = shown(Quote(said, who), Facts(((who, said),)))
    assert [seen(text) for text in people_say(body)] == [seen(text) for text in (who, said, who, said)]
    assert not any("{{" in text for text in people_say(body))


def test_nobody_is_shown_another_moment_than_was_written() -> None:
    body = shown(Quote("{{DATE(2026-01-01T00:00:00Z,SHORT)}}"), Facts((("{{TIME(x)}}", "{{{"),)))
    assert people_say(body) == ["{\u2060{DATE(2026-01-01T00:00:00Z,SHORT)}}", "{\u2060{TIME(x)}}", "  {\u2060{\u2060{"]


@given(LIVELY)
@settings(max_examples=300, deadline=None)
def test_a_title_and_a_choice_do_nothing_either(said: str) -> None:
    heading, menu = shown(Heading(said), Choice(id="c", label="C", options=(Option(value="v", label=said),)))
    for text in (heading["text"], menu["choices"][0]["title"]):
        assert interpreted(text)[0] <= {"paragraph_open", "inline", "paragraph_close", "text"}


@given(st.lists(ANY_PART | st.builds(Body, LIVELY.map(Markdown)), max_size=70), st.text())
@settings(max_examples=60, deadline=None)
def test_whatever_is_said_teams_takes_it(parts: list[Part], fallback: str) -> None:
    assert shown(*parts, fallback=fallback)


def test_right_to_left_and_emoji_come_through_unchanged() -> None:
    said = "שלום \u202eעולם\u202c مرحبا 👩🏽‍💻🇳🇱"
    assert texts(shown(Quote(said), Facts((("x", said),)))).count(said) == 2


def test_a_chart_is_drawn_and_a_client_that_draws_none_says_it_in_words() -> None:
    tried = Chart("By week", (("Week 2", 5), ("Week 3", 8)))
    activity = render.message(Message(fallback="Hello", parts=(tried,), key="n1"))
    (drawn,) = card_of(activity)["body"]
    assert (drawn["type"], drawn["title"]) == ("Chart.VerticalBar", "By week")
    assert drawn["data"] == [{"x": "Week 2", "y": 5}, {"x": "Week 3", "y": 8}]
    said = card_of(render.message(Message(fallback="Hello", parts=(tried.facts,), key="n1")))["body"]
    assert drawn["fallback"]["items"] == said
