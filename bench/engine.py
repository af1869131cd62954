"""Our engine on its own, without a platform: the ports of a benchmark, and the moves of a message in a loop."""

import random
import uuid
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.chat.port import Message, MessageRef, Outcome, Place, Sent
from bot.flows.due.due import plan
from bot.flows.ports import Ports
from bot.runtime.outbox import Outbox
from bot.runtime.public_holidays import COUNTRIES, holidays_in
from bot.store.open import open_store
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords


@dataclass
class StillClock:
    """A clock that stands where it is put."""

    at: datetime

    def now(self) -> datetime:
        """Return where it stands."""
        return self.at


class InstantChat:
    """A platform that takes every message at once, so that what is measured is the engine."""

    def __init__(self) -> None:
        """Begin with the first message."""
        self._numbers = count(1)

    async def send(self, place: Place, message: Message, **_: Any) -> Outcome:
        """Take it."""
        del message
        ref = MessageRef(workspace=place.workspace, conversation=place.conversation, message=f"1.{next(self._numbers)}")
        return Sent(ref=ref)

    def looks_back(self, workspace: str) -> bool:
        """Say that what was posted can be read again."""
        del workspace
        return True

    def moment_of(self, ref: MessageRef) -> None:
        """Say that no id tells when a message was posted."""
        del ref


def ports_of(file: Path, clock: Any, chat: Any) -> Ports:
    """Return the product's ports on a file."""
    return Ports(
        store=open_store(file),
        chat=chat,
        words=FileWords(prompts_folder()),
        clock=clock,
        holidays=holidays_in,
        countries=COUNTRIES,
        new_id=lambda: uuid.uuid4().hex,
        chance=random.random,
        operator="",
    )


async def planned(ports: Ports) -> None:
    """Give everything due its verdict, as the ticks do."""
    while await plan(ports):
        pass


async def sent(outbox: Outbox) -> None:
    """Send everything that is ready, as the ticks do."""
    while await outbox.pump():
        await outbox.drained()


async def tick(ports: Ports, outbox: Outbox) -> int:
    """Do what the ticks do, once."""
    return await plan(ports) + await outbox.pump()
