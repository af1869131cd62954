"""Our Markdown as the part of it that Teams' cards show, in which nothing but our own formatting has an effect.

Cards know bold, italic, lists and links. What an escape does there differs from client to client, so nothing is
escaped: a mark that could format becomes its double, and what means something together is parted by an invisible sign.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.chat.teams.rendering.text import clean

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["html_inline", "html_block"])
_MARKS = {"strong_open": "**", "strong_close": "**", "em_open": "_", "em_close": "_"}
_DOUBLES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_BOUNDARY = "\u200b"  # lets a mark stand inside a word
_JOINED = "\u2060"  # shows nothing, and parts what would have a meaning together
_BULLET = "◦"  # before what is deeper in a list: cards know one level
_LINKED = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_UNSAFE = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "*": "%2A", "_": "%5F", "~": "%7E"}
# Begins a list, a heading, a quote, a line, a table or a fence.
_LINE_START = re.compile(r"(?:[-+*#>=|:~`]|[0-9]+[.)])")
# Behind each of these something would come to life: a link, a tag, an entity, an escape, a function, an address.
_ALIVE = re.compile(
    r"\](?=[(\[:])|<(?=[A-Za-z/!?])|&(?=[#A-Za-z0-9])|\\(?=[!-/:-@\[-`{-~]|$)|\{(?=\{)|:(?=//)|(?<=\w)@(?=\w)"
    r"|\bwww(?=\.)|\b(?:mailto|tel)(?=:)",
    re.IGNORECASE,
)


def blocks(markdown: str) -> list[str]:
    """Return each paragraph or list of a Markdown text as a text of its own."""
    return list(_blocks(_MARKDOWN.parse(clean(markdown))))


def inert(text: str) -> str:
    """Return plain text as Markdown that shows these characters, or doubles of the marks among them."""
    lines = clean(text).split("\n")
    return "\n".join(_inert(line.rstrip(), at_line_start=True) for line in lines)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield each top-level block."""
    start = 0
    depth = 0
    for end, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield from (text for text in _block(tokens[start : end + 1]) if text)
            start = end + 1


def _block(tokens: Sequence[Token]) -> Iterator[str]:
    kind = tokens[0].type
    if kind in {"bullet_list_open", "ordered_list_open"}:
        yield "\n".join(_items(tokens, 0))
    elif kind == "blockquote_open":
        yield from (f"▏ {text}" for text in _blocks(tokens[1:-1]))
    elif kind in {"fence", "code_block"}:
        yield from (inert(line) for line in tokens[0].content.splitlines())
    elif kind == "hr":
        yield "—"
    else:
        text = _inline(tokens[1].children or []) if len(tokens) > 1 else ""
        yield f"**{text.replace('**', '')}**" if kind == "heading_open" and text else text


def _items(tokens: Sequence[Token], depth: int) -> Iterator[str]:
    """Yield a list's lines, those of nested lists below their item."""
    number = int(tokens[0].attrGet("start") or 1)
    numbered = tokens[0].type == "ordered_list_open" and depth == 0
    for item in _children(tokens):
        mark = f"{number}." if numbered else "-"
        number += 1
        words: list[str] = []
        below: list[str] = []
        for part in _children(item):
            if part[0].type in {"bullet_list_open", "ordered_list_open"}:
                below += _items(part, depth + 1)
            else:
                words += _block(part)
        yield " ".join((mark, *([_BULLET] if depth else []), " ".join(words).replace("\n", " "))).rstrip()
        yield from below


def _children(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield what stands directly inside the element that the tokens open and close."""
    start = 1
    depth = 0
    for end in range(1, len(tokens) - 1):
        depth += tokens[end].nesting
        if depth == 0:
            yield tokens[start : end + 1]
            start = end + 1


def _inline(tokens: Sequence[Token]) -> str:
    line = _Line()
    for token in tokens:
        line.add(token)
    return line.end()


class _Line:
    """One paragraph in the making."""

    def __init__(self) -> None:
        self._out = ""
        self._words = ""  # plain text not yet written
        self._closed = False  # a mark was just closed
        self._link = ("", 0)  # where the open link leads, and where it starts

    def add(self, token: Token) -> None:
        if token.type in {"text", "image", "code_inline"}:
            self._words += token.content
        elif token.type == "softbreak":
            self._words += " "
        elif token.type in _MARKS:
            self._mark(_MARKS[token.type], opening=token.nesting > 0)
        else:
            self._write()
            self._element(token)

    def end(self) -> str:
        self._write()
        return self._out.strip()

    def _mark(self, mark: str, *, opening: bool) -> None:
        self._write()
        if opening and self._out[-1:].isalnum():
            self._out += _BOUNDARY
        self._out += mark
        self._closed = not opening

    def _element(self, token: Token) -> None:
        if token.type == "hardbreak":
            self._out += "\n\n"  # a single one is a space
        elif token.type == "link_open":
            self._link = (str(token.attrGet("href") or ""), len(self._out))
        elif token.type == "link_close":
            address, start = self._link
            self._out = self._out[:start] + _link(address, self._out[start:])

    def _write(self) -> None:
        if not self._words:
            return
        if self._closed and self._words[0].isalnum():
            self._out += _BOUNDARY
        self._out += _inert(self._words, at_line_start=not self._out or self._out.endswith("\n"))
        self._words, self._closed = "", False


def _link(address: str, text: str) -> str:
    if not _LINKED.match(address):
        return text
    target = "".join(_UNSAFE.get(c, c) for c in address)
    shown = text.replace("[", "❲").replace("]", "❳").replace("\n", " ")
    return f"[{shown or target}]({target})"


def _inert(text: str, *, at_line_start: bool) -> str:
    shown = "".join(_DOUBLES[c] if c in _DOUBLES and _could_format(text, at) else c for at, c in enumerate(text))
    shown = _ALIVE.sub(lambda found: found[0] + _JOINED, shown)
    if at_line_start:
        shown = shown.lstrip()
        if _LINE_START.match(shown):
            return _JOINED + shown
    return shown


def _could_format(text: str, at: int) -> bool:
    mark = text[at]
    before = text[at - 1 : at] if at else ""
    after = text[at + 1 : at + 2]
    if mark in "*_" and before.isspace() and after.isspace():
        return False
    return not (mark == "_" and before.isalnum() and after.isalnum())
