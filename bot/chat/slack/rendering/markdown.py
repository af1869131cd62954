"""Our Markdown as Slack's mrkdwn, in which nothing but our own formatting has an effect."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.chat.slack.rendering.text import escape

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["html_inline", "html_block"])
_MARKS = {"strong_open": "*", "strong_close": "*", "em_open": "_", "em_close": "_"}
# mrkdwn has no escape for its marks, so a literal one that could start or end formatting becomes its double.
_DOUBLES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_BOUNDARY = "\u200b"  # lets a mark stand inside a word, and keeps ">" from starting a quote
_SPACES = {"softbreak": " ", "hardbreak": "\n"}
_BULLETS = ("•", "◦", "▪")
_LINKED = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def mrkdwn(markdown: str) -> str:
    """Return Markdown as mrkdwn, its paragraphs parted by an empty line."""
    return "\n\n".join(_blocks(_MARKDOWN.parse(markdown)))


def unmarked(markdown: str) -> str:
    """Return the words of Markdown alone, for what shows no mark-up: a notification, a list of conversations."""
    inline = (token.children or [] for token in _MARKDOWN.parse(markdown) if token.type == "inline")
    return "\n".join("".join(_SPACES.get(token.type, token.content) for token in tokens) for tokens in inline)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield each top-level block as mrkdwn."""
    start = 0
    depth = 0
    for end, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            text = _block(tokens[start : end + 1])
            if text:
                yield text
            start = end + 1


def _block(tokens: Sequence[Token]) -> str:
    kind = tokens[0].type
    if kind in {"bullet_list_open", "ordered_list_open"}:
        return "\n".join(_items(tokens, 0))
    if kind == "blockquote_open":
        inner = "\n\n".join(_blocks(tokens[1:-1]))
        return "\n".join(f"> {line}" for line in inner.split("\n"))
    if kind in {"fence", "code_block"}:
        return f"```\n{escape(tokens[0].content.rstrip())}\n```"
    if kind == "hr":
        return "—"
    text = _inline(tokens[1].children or []) if len(tokens) > 1 else ""
    return f"*{text.replace('*', '')}*" if kind == "heading_open" and text else text


def _items(tokens: Sequence[Token], depth: int) -> Iterator[str]:
    """Yield a list's lines, nested lists indented below their item."""
    number = int(tokens[0].attrGet("start") or 1)
    numbered = tokens[0].type == "ordered_list_open"
    for item in _children(tokens):
        mark = f"{number}." if numbered else _BULLETS[min(depth, len(_BULLETS) - 1)]
        number += 1
        lead = f"{'    ' * depth}{mark} "
        for part in _children(item):
            if part[0].type in {"bullet_list_open", "ordered_list_open"}:
                yield from _items(part, depth + 1)
            else:
                yield lead + _block(part)
                lead = " " * len(lead)


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
        if token.type in {"text", "image"}:
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
        return self._out

    def _mark(self, mark: str, *, opening: bool) -> None:
        self._write()
        if opening and self._out[-1:].isalnum():
            self._out += _BOUNDARY
        self._out += mark
        self._closed = not opening

    def _element(self, token: Token) -> None:
        if token.type == "hardbreak":
            self._out += "\n"
        elif token.type == "code_inline":
            self._out += f"`{escape(token.content)}`"
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
    target = escape(address).replace("|", "%7C")
    shown = text.replace("|", "¦").replace("\n", " ")
    return f"<{target}>" if shown in {"", target} else f"<{target}|{shown}>"


def _inert(text: str, *, at_line_start: bool) -> str:
    """Return plain text as mrkdwn that shows exactly these characters, or doubles of the marks among them."""
    shown = "".join(_DOUBLES[c] if c in _DOUBLES and _could_format(text, at) else c for at, c in enumerate(text))
    quoted = at_line_start and shown.lstrip().startswith(">")
    return (_BOUNDARY if quoted else "") + escape(shown)


def _could_format(text: str, at: int) -> bool:
    before = text[at - 1 : at] if at else ""
    after = text[at + 1 : at + 2]
    return not (before.isalnum() and after.isalnum()) and not (before.isspace() and after.isspace())
