"""What a command finds around it: the environment, its settings, the file."""

import asyncio
import io
import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
from dotenv import dotenv_values

from bot.settings import NotConfigured, Settings, read_settings
from bot.store.open import open_store
from bot.store.port import Store, StoreError, Unusable

T = TypeVar("T")


ENV = Path(".env")


def as_typed(sentence: str, started_as: str = sys.argv[0], python: str = sys.executable) -> str:
    """Return a sentence with its commands as they are typed here: with this Python, or by the name of the package."""
    if Path(started_as).name == "pitstop":
        return sentence.replace("python -m bot", "pitstop")
    here, place = Path.cwd(), Path(python)
    name = place.relative_to(here) if place.is_relative_to(here) else place
    return sentence.replace("python -m bot", f"{name} -m bot")


def environment() -> Mapping[str, str]:
    """Return the environment, with a .env file below it; a file that is there and cannot be read ends the command."""
    try:
        text = ENV.read_text("utf-8-sig")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise click.ClickException(
            f"{ENV.absolute()} cannot be read: {reason}. Give Pitstop's user the right to read it, or take it away."
        ) from None
    below = {name: value for name, value in dotenv_values(stream=io.StringIO(text)).items() if value is not None}
    return {**below, **os.environ}


def settings(*, talks: bool = False) -> Settings:
    """Return the settings, or end the command with what is missing."""
    try:
        return read_settings(environment(), talks=talks)
    except NotConfigured as missing:
        raise click.ClickException(str(missing)) from None


def with_store(how: Settings, work: Callable[[Store], Awaitable[T]], *, checks: bool = False) -> T:
    """Run some work on the store, or end the command with what is wrong with the file; see `open_store`."""
    with refusing():
        return asyncio.run(_worked(how, work, checks=checks))


@contextmanager
def refusing() -> Iterator[None]:
    """End the command with what is wrong with the file."""
    try:
        yield
    except Unusable as unusable:
        raise click.ClickException(str(unusable)) from None
    except StoreError as error:
        raise click.ClickException(f"The database did not answer: {error}") from None


async def _worked(how: Settings, work: Callable[[Store], Awaitable[T]], *, checks: bool) -> T:
    store = open_store(how.database_url, checks=checks, keystore=how.keystore, secrets=how.secret_keys)
    try:
        return await work(store)
    finally:
        await store.close()
