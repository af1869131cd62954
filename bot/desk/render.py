"""How a page is made: templates that escape all they are given, in the words of one language."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.coaching.language import Language
from bot.words.port import Value, Words

HERE = Path(__file__).parent
STATIC = HERE / "static"

# Authored words alone go through this: a tag stays text, and no link or image is made.
_NEVER = ["html_inline", "html_block", "link", "image", "autolink"]
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(_NEVER)


def _markdown(text: str) -> Markup:
    return Markup(_MARKDOWN.render(text))  # noqa: S704 - every sign of the text is escaped but what Markdown is


def _address(path: str, values: Mapping[str, str] | Sequence[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(values)}" if values else path


def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["markdown"] = _markdown
    found.globals["address"] = _address
    return found


_TEMPLATES = _environment()


def page(template: str, words: Words, language: Language, *, status: int = 200, **shown: object) -> HTMLResponse:
    """Return a page by the name of its template, with `say` and `body` to speak by and what it shows."""

    def say(key: str, **values: Value) -> str:
        return words.say(key, language, **values)

    def body(key: str, **values: Value) -> Markup:
        return _markdown(words.body(key, language, **values))

    visitor = shown.pop("visitor", None)
    rendered = _TEMPLATES.get_template(f"{template}.html").render(
        say=say, body=body, language=str(language), visitor=visitor, **shown
    )
    return HTMLResponse(rendered, status_code=status)
