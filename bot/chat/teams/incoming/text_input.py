"""What a person typed, read back from the form Teams keeps it in, and whether it asks for something."""

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.chat.payload import Json, part, parts, text
from bot.chat.teams.incoming.markup import read as read_marked
from bot.coaching.days.typed import read_day
from bot.coaching.intents import plain
from bot.coaching.language import Language
from bot.coaching.verbs import Verb, read

LONGEST_COMMAND = 6  # words, as in "pause until 3 January, please"
MOST_SIGNS = 200  # of a command
MOST_MENTIONS = 20  # that anybody makes

_MENTION = re.compile(r"<at\b[^<>]*>([^<>]*)</at>", re.IGNORECASE)
_HTML = "text/html"
_MARKUP = frozenset({"xml", "html"})  # in every other format a tag is what somebody typed
_FORWARD = "forwardedMessageReference"
# What somebody answers to stands in front of their words, by its name alone.
_QUOTED = re.compile(r"<quoted\b[^<>]*>(?:\s*</quoted>)?", re.IGNORECASE)
_QUOTES = re.compile(r"<quoted\b[^<>]*\bmessageid=[\"']?([^\"'<>\s/]+)", re.IGNORECASE)
_NAME = re.compile(r"(/?)(?:coach|@?pitstop)\b[:,]?", re.IGNORECASE)  # the bot's own, typed without a mention
# Said in passing, too: words like all others, which are done, and can still turn out to be an answer.
IN_PASSING = frozenset(
    ["stop", "stoppen", "quit", "pause", "hold", "pauze", "pauzeer", "pauzeren", "later", "snooze", "straks"]
)
_WITH_A_DAY = frozenset({Verb.PAUSE, Verb.LATER, Verb.LEAVE, Verb.RESUME})
_HOME = frozenset({"me", "ik", "home", "my page", "mijn pagina"})


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody typed, and what came with it."""

    text: str | None  # their own words alone; None where nothing tells any, which is not the same as none
    forwards: int = 0  # messages of others that came with them
    pictures: int = 0  # in the words


def typed(activity: Json) -> Typed:
    """Return typed text as it was typed, without mentions of us and what it answers to; others are there by name.

    Beside the words Teams sends a copy with their mark-up. It is read where the words are missing, and where it tells
    of words that are somebody else's: in the plain ones those stand as if they had been typed.
    """
    us, forwards = _our_names(activity), _forwarded(activity)
    copy = read_marked(_marked(activity), us)
    pictures = copy.pictures
    given, words = activity.get("text"), text(activity, "text")
    tells_apart = copy.others > 0 or (copy.is_quoting and copy.own.strip() != "")
    if words.strip() and not tells_apart:
        if text(activity, "textFormat") not in _MARKUP:
            return Typed(text=_as_read(_plain(activity, words, us)), forwards=forwards, pictures=pictures)
        copy = read_marked(_QUOTED.sub(" ", words), us)
    own = _as_read(_QUOTED.sub(" ", copy.own))
    known = own if own or isinstance(given, str) else None
    return Typed(text=known, forwards=forwards + copy.others, pictures=pictures)


def said(activity: Json) -> str:
    """Return the words of `typed`, or an empty text."""
    return typed(activity).text or ""


def _plain(activity: Json, words: str, us: Collection[str]) -> str:
    for mention in _mentions_of_us(activity):
        if text(mention, "text"):
            words = words.replace(text(mention, "text"), " ")
    words = _MENTION.sub(lambda found: " " if html.unescape(found[1]) in us else found[1], words)
    return html.unescape(_QUOTED.sub(" ", words))


def _as_read(words: str) -> str:
    """Return words with one kind of line end and of space, and nothing around them."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\u00a0", " ").replace("\0", "").strip()


def _marked(activity: Json) -> str:
    """Return the copy of the words with their mark-up; empty where there is none."""
    marked = (text(each, "content") for each in parts(activity, "attachments") if text(each, "contentType") == _HTML)
    return next(filter(None, marked), "")


def _forwarded(activity: Json) -> int:
    return sum(text(each, "contentType") == _FORWARD for each in parts(activity, "attachments"))


def quotes(activity: Json) -> str | None:
    """Return the id of the message that typed text is an answer to; None when it is an answer to none.

    Teams tells it beside the text, and in it, or in the copy of it with its mark-up.
    """
    beside = (part(each, "quotedReply") for each in parts(activity, "entities") if text(each, "type") == "quotedReply")
    named = next((text(each, "messageId") for each in beside), "")
    if named:
        return named
    words, copy = text(activity, "text"), _marked(activity)
    found = next(filter(None, (_QUOTES.match(each) for each in (words, copy))), None)
    if found:
        return found[1]
    marked = [*([words] if text(activity, "textFormat") in _MARKUP else []), copy]
    return next(filter(None, (read_marked(each).answers for each in marked)), None)


def mentions_us(activity: Json) -> bool:
    """Tell whether the bot is mentioned."""
    return any(True for _ in _mentions_of_us(activity))


def asked(words: str) -> str:
    """Return what a command says after its name, which may be left out."""
    return _NAME.sub("", words, count=1).strip() if _NAME.match(words) else words


def command(words: str, today: date) -> str | None:
    """Return what is asked for in our direct conversation; None for words that are a reply.

    Without the slash only what is exactly a command is one, or a command with nothing but a day behind it: people also
    begin a sentence with "later", "hold" or "pause". `today` is about the day it is there.
    """
    found = _NAME.match(words)
    rest = asked(words)
    if found and (found[1] or not rest):
        return rest
    if not rest or len(rest) > MOST_SIGNS or len(rest.split()) > LONGEST_COMMAND:
        return None
    heard = read(rest)
    if plain(rest) in IN_PASSING and not found:
        return None
    if heard.verb is None or not heard.rest:
        return rest if heard.verb is not None else None
    has_day = heard.verb in _WITH_A_DAY and any(read_day(heard.rest, each, today=today) for each in Language)
    return rest if has_day else None


def asks_home(words: str) -> bool:
    """Tell whether a person asks for their own page."""
    return " ".join(asked(words).casefold().split()).strip(" .!?") in _HOME


def _our_names(activity: Json) -> frozenset[str]:
    """Return what we are called in mentions of us; nothing where there are none."""
    ours = [*_mentions_of_us(activity)]
    shown = (_MENTION.fullmatch(text(each, "text")) for each in ours)
    called = {html.unescape(each[1]).strip() for each in shown if each}
    called |= {text(part(each, "mentioned"), "name").strip() for each in ours}
    called |= {text(part(activity, "recipient"), "name").strip()} if ours else set()
    return frozenset(called - {""})


def _mentions_of_us(activity: Json) -> Iterator[Json]:
    """Yield the mentions of the bot."""
    us = text(part(activity, "recipient"), "id").casefold()
    mentions = (entity for entity in parts(activity, "entities") if text(entity, "type") == "mention")
    for mention in islice(mentions, MOST_MENTIONS):
        if us and text(part(mention, "mentioned"), "id").casefold() == us:
            yield mention
