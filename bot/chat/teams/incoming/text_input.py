"""What a person typed, read back from the form Teams keeps it in, and whether it asks for something."""

import html
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from bot.chat.payload import Json, part, parts, text
from bot.coaching.days.typed import read_day
from bot.coaching.intents import plain
from bot.coaching.language import Language
from bot.coaching.verbs import Verb, read

LONGEST_COMMAND = 6  # words, as in "pause until 3 January, please"
MOST_SIGNS = 200  # of a command
MOST_MENTIONS = 20  # that anybody makes

_MENTION = re.compile(r"<at\b[^<>]*>([^<>]*)</at>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HTML = "text/html"
_MARKUP = frozenset({"xml", "html"})  # in every other format a tag is what somebody typed
# What somebody answers to stands in front of their words: by its name alone, or as the words themselves.
_QUOTED = re.compile(r"<quoted\b[^<>]*>(?:\s*</quoted>)?", re.IGNORECASE)
_QUOTES = re.compile(r"<quoted\b[^<>]*\bmessageid=[\"']?([^\"'<>\s/]+)", re.IGNORECASE)
_CITES = re.compile(r"\s*<blockquote\b[^<>]*\bitemid=[\"']?([^\"'<>\s/]+)", re.IGNORECASE)
_CITED = re.compile(r"\s*<blockquote\b[^<>]*schema\.skype\.com/Reply[^<>]*>.*?</blockquote>", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"(/?)(?:coach|@?pitstop)\b[:,]?", re.IGNORECASE)  # the bot's own, typed without a mention
# Said in passing, too: words like all others, which are done, and can still turn out to be an answer.
IN_PASSING = frozenset(
    ["stop", "stoppen", "quit", "pause", "hold", "pauze", "pauzeer", "pauzeren", "later", "snooze", "straks"]
)
_WITH_A_DAY = frozenset({Verb.PAUSE, Verb.LATER, Verb.LEAVE, Verb.RESUME})
_HOME = frozenset({"me", "ik", "home", "my page", "mijn pagina"})


def said(activity: Json) -> str:
    """Return typed text as it was typed, without mentions of us and what it answers to; others are there by name."""
    words = text(activity, "text")
    for mention in _mentions_of_us(activity):
        words = words.replace(mention, " ")
    words = _QUOTED.sub(" ", _MENTION.sub(r"\1", words))
    if text(activity, "textFormat") in _MARKUP:
        cited = _CITED.match(words)
        words = words[cited.end() :] if cited else words
        words = _TAG.sub("", _BREAK.sub("\n", words))
    return html.unescape(words).replace("\u00a0", " ").replace("\0", "").strip()


def quotes(activity: Json) -> str | None:
    """Return the id of the message that typed text is an answer to; None when it is an answer to none.

    Teams tells it beside the text, and in it, or in the copy of it with its mark-up.
    """
    beside = (part(each, "quotedReply") for each in parts(activity, "entities") if text(each, "type") == "quotedReply")
    named = next((text(each, "messageId") for each in beside), "")
    if named:
        return named
    marked = (text(each, "content") for each in parts(activity, "attachments") if text(each, "contentType") == _HTML)
    texts = [text(activity, "text"), *marked]
    found = next(filter(None, (pattern.match(each) for pattern in (_QUOTES, _CITES) for each in texts)), None)
    return found[1] if found else None


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


def _mentions_of_us(activity: Json) -> Iterator[str]:
    """Yield the mentions of the bot, as they stand in the text."""
    us = text(part(activity, "recipient"), "id")
    mentions = (entity for entity in parts(activity, "entities") if text(entity, "type") == "mention")
    for mention in islice(mentions, MOST_MENTIONS):
        if text(mention, "text") and us and text(part(mention, "mentioned"), "id") == us:
            yield text(mention, "text")
