"""What the content says, by its key: tests hold no text's own words, so whoever rewrites a text turns none red."""

import re

from bot.coaching.journey import Journey, Text
from bot.coaching.language import Language
from bot.words.files.locate import prompts_folder
from bot.words.files.phrases import UnsayableError
from bot.words.port import Value
from tests.conftest import shipped_words

EN, NL = Language.EN, Language.NL
SLACK = "slack"
WEEKS, TASTER = "twelve-weeks", "taster"
_GAP = re.compile(r"\{(\w+)\}")
_AS_IT_IS = re.compile(r"[\w ,;:.?!’'“”‘%-]+")  # what every platform shows sign by sign, outside of Markdown


def journey(slug: str = WEEKS) -> Journey:
    """Return a shipped journey."""
    return shipped_words().journeys()[slug]


def name(slug: str = WEEKS, language: Language = EN) -> str:
    """Return what a journey is called."""
    return journey(slug).name[language]


def terms(platform: str, language: Language) -> dict[str, str]:
    """Return what a platform calls things, as the driver reads it."""
    text = (prompts_folder() / "platforms" / platform / f"{language}.ftl").read_text(encoding="utf-8")
    return dict(re.findall(r"^-(\w+) = (.+)$", text.replace("@Pitstop", "/coach"), re.MULTILINE))


def title(path: str, language: Language = EN, *, slug: str = WEEKS) -> str:
    """Return the title of a text, such as "people-before-systems/nudge"; its second state is "…/also-1"."""
    return shipped_words().title_of(_text(path, slug), language, week=1)


def some_of(path: str, language: Language = EN, *, slug: str = WEEKS) -> str:
    """Return the longest stretch of a text's body that stands on every screen as it is written."""
    return longest(shipped_words().body_of(_text(path, slug), language, week=1))


def said(key: str, language: Language = EN, platform: str = SLACK, **values: Value) -> str:
    """Return the longest stretch of a phrase that stands on every screen as it is written; see `whole` for values."""
    return longest(_GAP.sub("|", whole(key, language, platform, **values)))


def whole(key: str, language: Language = EN, platform: str = SLACK, **values: Value) -> str:
    """Return all of a phrase, with its Markdown; a value left out leaves a gap, or chooses the usual form."""
    words = shipped_words().on(platform)
    usual = words.phrases_under(key, language)[key]
    gaps: dict[str, Value] = {name: f"{{{name}}}" for name in _GAP.findall(usual)}
    try:
        return words.say(key, language, **{**gaps, **values})
    except UnsayableError:  # which form it takes depends on a value left out
        return _GAP.sub(lambda gap: str(values.get(gap[1], gap[0])), usual)


def shown(key: str, language: Language = EN, platform: str = SLACK, **values: Value) -> str:
    """Return all of a phrase as the drivers tell it: what is **bold** as *bold*, and a command as it is typed."""
    return whole(key, language, platform, **values).replace("**", "*").replace("`", "")


def labels(*keys: str, language: Language = EN) -> list[str]:
    """Return what buttons say."""
    return [whole(key, language) for key in keys]


def longest(markdown: str) -> str:
    """Return the longest stretch of Markdown that stands on every screen as it is written."""
    return max((each.strip() for each in _AS_IT_IS.findall(markdown)), key=len)


def _text(path: str, slug: str) -> Text:
    return journey(slug).texts[path]
