"""What is refused in one text of a journey: its lengths, its questions, its Markdown, its wording."""

import re
from collections.abc import Iterator

from bot.coaching.language import Language
from bot.words.files.folder import Entry
from bot.words.files.load import Sources
from bot.words.files.problem import Problem
from bot.words.files.rules.forbidden import Where
from bot.words.files.rules.markdown import plain, words
from bot.words.files.rules.part import Part, parts_of, shown

MOST_WORDS = 50  # the title included
MOST_WORDS_OF = {
    "nudge": 60,  # what a phone shows at once
    "short": 30,  # for who was silent twice
    "welcome": 90,  # the first message says who reads along
    "closing": 90,  # without the numbers, which are added
    "kit": None,  # a page
}
MOST_WORDS_IN_TITLE = 8
LONGEST_TITLE = 60
LONGEST_KIT = 6000
LONGEST_BODY = 3000  # what one section of a Slack message holds
ONE_ASK = frozenset({"nudge", "alternative", "follow-up", "undone"})
REMINDERS = frozenset({"follow-up", "undone"})
MOST_EMOJI = 1
_EMOJI = re.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50]|:[a-z0-9_+-]{2,}:")
_NOT_OURS = (
    (re.compile(r"(?m)^[ \t]*#{1,6}[ \t]"), "a heading: only a kit has headings"),
    (re.compile(r"!\["), "an image: Markdown here is paragraphs, bold, italic, lists and links"),
    (re.compile(r"`"), "code: Markdown here is paragraphs, bold, italic, lists and links"),
    (re.compile(r"<[a-zA-Z/!]"), "HTML: Markdown here is paragraphs, bold, italic, lists and links"),
    (re.compile(r"(?m)^[ \t]*\|"), "a table: Markdown here is paragraphs, bold, italic, lists and links"),
)


def text_problems(entry: Entry, language: Language, sources: Sources, *, forgotten: bool) -> Iterator[Problem]:
    """Yield everything that is wrong with a text in a language; `forgotten`: what is typed to its item is not kept."""
    parts = {part.name: part for part in parts_of(entry, language)}
    looks = {name: shown(part, sources.phrases[language]) for name, part in parts.items()}
    if "title" in parts:
        yield from _title(parts["title"], looks["title"])
    if "body" in parts:
        yield from _body(parts["body"], looks)
    where = tuple(_where(entry, forgotten=forgotten))
    for name, part in parts.items():
        for each in looks[name]:
            text = plain(each)
            for rules in (sources.forbidden, sources.wording):
                for position, reason in rules.broken_by(text, language, *where):
                    yield part.at(reason, text[position:])


def most_words(entry: Entry) -> int | None:
    """Return how many words a text may have with its title; None for a page."""
    folder = entry.text.path.split("/", 1)[0]
    return MOST_WORDS_OF.get(entry.role, MOST_WORDS_OF.get(folder, MOST_WORDS))


def _title(title: Part, looks: tuple[str, ...]) -> Iterator[Problem]:
    if (longest := max((len(each) for each in looks), default=0)) > LONGEST_TITLE:
        yield title.at(f"a title of {longest} characters; at most {LONGEST_TITLE}")
    if (most := max((words(each) for each in looks), default=0)) > MOST_WORDS_IN_TITLE:
        yield title.at(f"a title of {most} words; at most {MOST_WORDS_IN_TITLE}")


def _body(body: Part, looks: dict[str, tuple[str, ...]]) -> Iterator[Problem]:
    entry = body.entry
    limit = LONGEST_KIT if entry.role == "kit" else LONGEST_BODY
    if (longest := max((len(each) for each in looks["body"]), default=0)) > limit:
        yield body.at(f"a body of {longest} characters; at most {limit}")
    most = most_words(entry)
    count = sum(max((words(each) for each in texts), default=0) for texts in looks.values())
    if most is not None and count > most:
        yield body.at(f"{count} words with its title; at most {most}")
    if entry.role in ONE_ASK and max((plain(each).count("?") for each in looks["body"]), default=0) > 1:
        yield body.at("more than one question: ask for one thing")
    if sum(max((len(_EMOJI.findall(each)) for each in texts), default=0) for texts in looks.values()) > MOST_EMOJI:
        yield body.at(f"more than {MOST_EMOJI} emoji")
    if entry.text.path.endswith("/transfer/owner") and (name := _name_in(body.source)):
        yield body.at(f"“{name}” looks like a name: an owner is a role", name)
    for pattern, what in _NOT_OURS:
        found = pattern.search(body.source)
        if found and not (entry.role == "kit" and "#" in found[0]):
            yield body.at(what, body.source[found.start() :])


def _name_in(owner: str) -> str:
    """Return the first word with a capital that is neither the first one nor an abbreviation; nothing without one."""
    _, *rest = re.findall(r"[\w’']+", owner)
    return next((word for word in rest if word[0].isupper() and not re.split("[’']", word)[0].isupper()), "")


def _where(entry: Entry, *, forgotten: bool) -> Iterator[Where]:
    if forgotten:
        yield Where.FORGOTTEN
    if entry.role != "kit":  # a page is read when somebody opens it
        yield Where.MESSAGES
    if entry.role in REMINDERS:
        yield Where.REMINDERS
