"""The same words as each kind of client hands them on: absent is not empty, and somebody else's are not one's own."""

from typing import Any

import pytest

from bot.chat.port import Command, Edited, Said, Undeleted
from bot.chat.teams.incoming.export_view import export_view
from bot.chat.teams.incoming.parse import echo, parse
from bot.chat.teams.incoming.text_input import typed
from tests.chat.slack.conftest import T0
from tests.chat.teams.incoming.test_parse import BOT, PERSON, Json, changed, in_channel, message

FORWARD = '<blockquote itemtype="http://schema.skype.com/Forward">\n<p>theirs</p>\n</blockquote>'
REPLY = '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><p>Try</p></blockquote>'
COPIED = '<blockquote itemtype="http://schema.org/Message" itemid="2"><p>theirs</p></blockquote>'


def copy(content: str) -> list[Json]:
    return [{"contentType": "text/html", "content": content}]


def both(text: str | None, content: str) -> Json:
    return {"text": text, "attachments": copy(content)}


def xml(text: str) -> Json:
    return {"text": text, "textFormat": "xml"}


NO_COPY = {"text": "Did it", "attachments": [{"contentType": "text/html", "content": None}]}
BESIDE = {"text": "mine", "attachments": [{"contentType": "forwardedMessageReference"}]}
OLD_QUOTE = '<quote author="x"><legacyquote>[1] X: </legacyquote>theirs</quote>'
EMOJI = '<img alt="😄" itemtype="http://schema.skype.com/Emoji"/>'
NEWER_EMOJI = '<emoji id="smile" alt="🙂" title="Smile">Smile</emoji>'

OWN: list[tuple[str, Json, str | None, int]] = [
    ("words alone", {"text": "Did it"}, "Did it", 0),
    ("lines of another age", {"text": "one\r\ntwo\rthree\n"}, "one\ntwo\nthree", 0),
    ("no words, and no copy", {"text": None}, None, 0),
    ("an empty text", {"text": ""}, "", 0),
    ("no words, and a copy of them", both(None, "<p>Did&nbsp;it</p>\n<p>twice</p>"), "Did it\ntwice", 0),
    ("no words, and a copy without any", both(None, "<p>&nbsp;</p>"), None, 0),
    ("an empty text, and a copy of words", both("", "<div>Did it</div>"), "Did it", 0),
    ("a copy that is nothing", NO_COPY, "Did it", 0),
    # somebody else's
    ("a forward with a comment", both("mine\r\n\r\ntheirs", f"<p>mine</p>\n{FORWARD}"), "mine", 1),
    ("a forward, and the comment behind it", both("theirs mine", f"{FORWARD}<p>mine</p>"), "mine", 1),
    ("a forward alone", both("theirs", FORWARD), "", 1),
    (
        "a forward that the words in mark-up do not tell apart",
        {**both("<p>mine</p> theirs", f"<p>mine</p>{FORWARD}"), "textFormat": "xml"},
        "mine",
        1,
    ),
    ("two of them", both("x", f"{FORWARD}mine{FORWARD}"), "mine", 2),
    ("a forward in words that are mark-up", xml(f"<p>mine</p>{FORWARD}"), "mine", 1),
    ("a quote within a quote", xml(f"{REPLY[:-13]}{FORWARD}</blockquote><p>mine</p>"), "mine", 0),
    ("a quote of the same kind within it", xml(f"{COPIED[:-13]}{COPIED}theirs</blockquote>mine"), "mine", 1),
    ("a message that was copied", both("theirs\nmine", f"{COPIED}<p>mine</p>"), "mine", 1),
    ("a quote that never ends", {"text": f"mine{FORWARD[:-13]}", "textFormat": "html"}, "mine", 1),
    ("a quote of an older kind", xml(f"{OLD_QUOTE}mine"), "mine", 0),
    ("what it answers, in the plain words too", both("Try\r\nmine", f"{REPLY}<p>mine</p>"), "mine", 0),
    ("what somebody put into quotes", xml("<blockquote>as I said</blockquote>mine"), "as I said\nmine", 0),
    ("a forward that somebody typed sign by sign", {"text": FORWARD}, FORWARD, 0),
    ("a forward beside a comment", BESIDE, "mine", 1),
    # signs
    ("an emoji that is an image", xml(f"<p>ok {EMOJI}</p>"), "ok 😄", 0),
    ("one that says so by its sign alone", xml("ok <img src='x' alt='🏁'>"), "ok 🏁", 0),
    ("an emoji of a newer kind", xml(f"{NEWER_EMOJI} ok"), "🙂 ok", 0),
    ("a picture is no word", xml('<img alt="image">ok'), "ok", 0),
]


@pytest.mark.parametrize(("changes", "own", "others"), [each[1:] for each in OWN], ids=[each[0] for each in OWN])
def test_only_what_somebody_typed_is_theirs(changes: Json, own: str | None, others: int) -> None:
    found = typed(message(**changes))
    assert (found.text, found.forwards) == (own, others)


@pytest.mark.parametrize("own", [each for each in OWN if each[2]], ids=[each[0] for each in OWN if each[2]])
def test_an_edit_is_read_as_the_words_are(own: tuple[str, Json, str, int]) -> None:
    edit = parse(changed("editMessage", **own[1]), workspace="w1", at=T0)
    assert isinstance(edit, Edited)
    assert edit.text == own[2]


def absent(event: str) -> Json:
    activity = changed(event)
    del activity["text"], activity["textFormat"]
    return activity


@pytest.mark.parametrize(
    "brought",
    [
        changed("editMessage", text=None),
        absent("editMessage"),
        changed("editMessage", text=None, attachments=copy("<p></p>")),
    ],
)
def test_an_edit_that_tells_no_words_is_none(brought: Json) -> None:
    assert parse(brought, workspace="w1", at=T0) is None


def test_what_was_brought_back_tells_no_words() -> None:
    for brought in (changed("undeleteMessage"), absent("undeleteMessage")):
        assert isinstance(parse(brought, workspace="w1", at=T0), Undeleted)
    assert export_view('{"type": "message"}') == {"did": "other"}


def test_words_that_only_the_copy_tells_sound_like_themselves_alone() -> None:
    first, second = (message(text=None, attachments=copy(f"<p>{word}</p>")) for word in ("one", "two"))
    assert echo(first) == echo({**first, "id": "f:9"})
    assert echo(first) != echo(second)


MENTIONED: list[tuple[str, str, Json]] = [
    ("by its text", "<at>Pitstop</at> all", {"text": "<at>Pitstop</at>"}),
    ("numbered", '<at id="0">Pitstop</at> all', {"text": "<at>Pitstop</at>"}),
    ("numbered on both sides", '<at id="0">Pitstop</at> all', {"text": '<at id="0">Pitstop</at>'}),
    ("without its text", "<at>Pitstop</at> all", {}),
    ("without text and name", "<at>Pitstop</at> all", {"mentioned": {"id": BOT}}),
    ("by an id in capitals", "<at>Pitstop</at> all", {"mentioned": {"id": BOT.upper(), "name": "Pitstop"}}),
]


@pytest.mark.parametrize(("words", "about"), [each[1:] for each in MENTIONED], ids=[each[0] for each in MENTIONED])
@pytest.mark.parametrize("kind", ["plain", "xml"])
def test_a_mention_of_us_is_known_however_it_is_told(words: str, about: Json, kind: str) -> None:
    mention = {"type": "mention", "mentioned": {"id": BOT, "name": "Pitstop"}, **about}
    command = parse(in_channel(words, entities=[mention], textFormat=kind), workspace="w1", at=T0)
    assert isinstance(command, Command)
    assert command.text == "all"
    told = parse(message(text=f"I told {words}", entities=[mention], textFormat=kind), workspace="w1", at=T0)
    assert isinstance(told, Said)
    assert told.text.split() == ["I", "told", "all"]


def test_somebody_is_the_same_in_capitals() -> None:
    sender: dict[str, Any] = {"id": "29:1abc", "aadObjectId": PERSON.upper()}
    said = parse(message(**{"from": sender}), workspace="w1", at=T0)
    assert said is not None
    assert said.person == PERSON
