"""A whole journey on the screen, as one kind of person gets it: to read aloud, and to review."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from bot.chat.port import Body, Buttons, Choice, Facts, Form, Heading, Line, Note, Part, Quote, Row
from bot.coaching.language import Language
from bot.commands.environment import settings
from bot.reading.aloud import Done, Told
from bot.reading.aloud import read as aloud
from bot.reading.people import Person
from bot.words.files.locate import prompts_folder
from bot.words.files.phrases import PLATFORMS
from bot.words.files.problem import WordsError
from bot.words.files.words import FileWords

NEW = "  > "  # before what is new because of a deed


@click.command()
@click.option("--journey", default="twelve-weeks", show_default=True, help="A folder of prompts/journeys.")
@click.option("--language", default="en", show_default=True, type=click.Choice([str(each) for each in Language]))
@click.option("--platform", default="slack", show_default=True, type=click.Choice(PLATFORMS))
@click.option("--person", default="diligent", show_default=True, type=click.Choice([str(each) for each in Person]))
@click.option("--weeks", type=click.IntRange(min=1), help="Stop after so many weeks of the journey.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def read(
    journey: str, language: str, platform: str, person: str, weeks: int | None, as_json: bool, folder: Path | None
) -> None:
    """Print everything a kind of person gets in a journey, in order; nothing is stored or sent."""
    try:
        own = None if folder else settings().own_prompts
        words = FileWords(prompts_folder(folder), own=own).on(platform)
    except WordsError as broken:
        raise click.ClickException(str(broken)) from None
    if journey not in words.journeys():
        raise click.UsageError(f"There is no journey “{journey}”. There are {', '.join(sorted(words.journeys()))}.")
    told = list(aloud(words, journey=journey, language=Language(language), person=Person(person), weeks=weeks))
    if as_json:
        click.echo(json.dumps([_fields(each) for each in told], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(line for each in told for line in _lines(each)))


def _lines(told: Told) -> Iterator[str]:
    where = "in the channel, " if told.is_post else ""
    moment = f"{told.at:%A} {told.at.day} {told.at:%B, %H:%M}"
    yield f"=== Week {told.week}, {moment}: {where}{' + '.join(told.kinds)} {told.item or ''}".rstrip()
    for part in told.message.parts:
        yield from _of(part)
    for deed in told.done:
        yield from _of_deed(deed)
    yield ""


def _of_deed(deed: Done) -> Iterator[str]:
    yield f"-> [{deed.label}]"
    if deed.form is not None:
        yield from (f"  | {line}" for line in _of_form(deed.form))
    for part in deed.told:
        yield from (f"{NEW}{line}" for line in _of(part))
    for receipt in deed.receipts:
        for part in receipt.parts:
            yield from (f"{NEW}{line}" for line in _of(part))


def _of_form(form: Form) -> Iterator[str]:
    yield form.title
    for part in form.parts:
        if isinstance(part, Part):
            yield from _of(part)
        else:
            more = (getattr(part, name, "") for name in ("placeholder", "hint"))
            yield " · ".join(each for each in (part.label, *more) if each)
    yield f"[{form.submit}] [{form.close}]" if form.submit else f"[{form.close}]"


def _of(part: Part) -> Iterator[str]:
    match part:
        case Heading(text):
            yield f"# {text}"
        case Body(text):
            yield from text.splitlines()
        case Note(text):
            yield f"({text})"
        case Quote(text, label):
            yield f"{label}: “{text}”" if label else f"“{text}”"
        case Facts(rows):
            yield from (f"{name}: {value}" for name, value in rows)
        case Buttons(buttons):
            yield " ".join(f"[{each.label}]" for each in buttons)
        case Row(text, button):
            yield f"{text} [{button.label}]"
        case Choice():
            yield f"{part.label}: {', '.join(each.label for each in part.options)}"
        case Line():
            yield "---"


def _fields(told: Told) -> dict[str, Any]:
    return {
        "at": told.at.isoformat(),
        "week": told.week,
        "kinds": list(told.kinds),
        "item": told.item,
        "channel": told.is_post,
        "lines": _texts(told.message.parts),
        "done": [
            {
                "button": deed.label,
                "form": list(_of_form(deed.form)) if deed.form else [],
                "new": _texts(deed.told),
                "receipts": [_texts(each.parts) for each in deed.receipts],
            }
            for deed in told.done
        ],
    }


def _texts(parts: Sequence[Part]) -> list[dict[str, str]]:
    return [{"part": type(part).__name__.lower(), "text": "\n".join(_of(part))} for part in parts]
