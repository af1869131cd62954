"""The mark-up in which Teams hands on what somebody typed: their own words in it, and what is not theirs.

Read from its first sign to its last, once, whatever is open or closed in it: what stands in a quote that never ends is
nobody's own.
"""

import html
import re
from collections.abc import Collection
from dataclasses import dataclass, field

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_ALT = re.compile(r"(?<![\w-])alt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_NAMED = re.compile(r"(?<![\w-])itemid\s*=\s*[\"']?([^\"'<>\s/]+)", re.IGNORECASE)
_ENDS_A_LINE = frozenset({"p", "div", "li", "tr", "blockquote", "pre"})
_REPLY = "schema.skype.com/reply"
_OF_OTHERS = ("schema.skype.com/forward", "schema.org/message")
_EMOJI, _MENTION = "schema.skype.com/emoji", "schema.skype.com/mention"
_QUOTE = frozenset({"quote", "legacyquote"})  # as older clients write one


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What a mark-up holds."""

    own: str  # what its author typed
    others: int = 0  # messages of others that stand in it: forwarded, or copied from another conversation
    answers: str = ""  # the message that it is an answer to
    is_quoting: bool = False  # whether any words in it are not its author's
    pictures: int = 0  # that its author put there


@dataclass
class _Reading:
    us: Collection[str]
    kept: list[str] = field(default_factory=list)
    others: int = 0
    answers: str = ""
    is_quoting: bool = False
    pictures: int = 0
    inside: str = ""  # the element whose words are left out, and how deep it is nested in itself
    depth: int = 0
    mention: int | None = None  # where in what is kept somebody's name begins
    mentioned_in: str = ""

    def words(self, words: str) -> None:
        if not self.depth and (words.strip() or "\n" not in words):
            self.kept.append(html.unescape(words))

    def tag(self, name: str, about: str, *, closes: bool) -> None:
        if self.depth:
            if name == self.inside and not about.endswith("/"):
                self.depth += -1 if closes else 1
            return
        if closes:
            self._closed(name)
        else:
            self._opened(name, about)

    def _opened(self, name: str, about: str) -> None:
        said = about.casefold()
        if _REPLY in said or name in _QUOTE or any(kind in said for kind in _OF_OTHERS):
            self._quoted(name, about, is_reply=_REPLY in said or name in _QUOTE)
        elif name == "br":
            self.kept.append("\n")
        elif name == "emoji":
            self.kept.append(_alt(about))
            self._skip(name, about)
        elif name == "img":
            self._picture(about, is_emoji=_EMOJI in said)
        elif name == "at" or _MENTION in said:
            self.mention, self.mentioned_in = len(self.kept), name

    def _closed(self, name: str) -> None:
        if self.mention is not None and name == self.mentioned_in:
            if "".join(self.kept[self.mention :]).strip() in self.us:
                self.kept[self.mention :] = [" "]
            self.mention = None
        elif name in _ENDS_A_LINE:
            self.kept.append("\n")

    def _quoted(self, name: str, about: str, *, is_reply: bool) -> None:
        self.is_quoting = True
        if is_reply:
            named = _NAMED.search(about)
            self.answers = self.answers or (named[1] if named else "")
        else:
            self.others += 1
        self._skip(name, about)

    def _picture(self, about: str, *, is_emoji: bool) -> None:
        shown = _alt(about)
        if is_emoji or (shown and not any(sign.isalnum() for sign in shown)):
            self.kept.append(shown)
        else:
            self.pictures += 1

    def _skip(self, name: str, about: str) -> None:
        if not about.endswith("/"):
            self.inside, self.depth = name, 1


def read(markup: str, us: Collection[str] = ()) -> Marked:
    """Return what a mark-up holds; a mention of us, who go by these names, is nothing that was said."""
    reading, place = _Reading(us), 0
    for found in _TAG.finditer(markup):
        reading.words(markup[place : found.start()])
        reading.tag(found[2].lower(), found[3], closes=bool(found[1]))
        place = found.end()
    reading.words(markup[place:])
    return Marked(
        own="".join(reading.kept),
        others=reading.others,
        answers=reading.answers,
        is_quoting=reading.is_quoting,
        pictures=reading.pictures,
    )


def _alt(about: str) -> str:
    found = _ALT.search(about)
    return html.unescape(found[1] or found[2] or "") if found else ""
