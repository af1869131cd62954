"""What is said and shown on a platform."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.chat.port.form import Form
from bot.chat.port.incoming import History, Said
from bot.chat.port.message import Message
from bot.chat.port.outcome import Opening, Outcome, RetryAfter, Sent, Undeliverable
from bot.chat.port.place import MessageRef, Person, Place


class Chat(Protocol):
    """What is said and shown on a platform. No method retries by itself; none raises for what the platform answers."""

    async def send(self, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        """Post a message.

        A call that cannot begin before `by` on the loop's clock is not begun: `RetryAfter` with the error TOO_LATE.
        """
        ...

    def looks_back(self, workspace: str) -> bool:
        """Return whether what stands in a conversation can be read there; else `find` and `heard` raise Unanswered."""
        ...

    async def find(self, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        """Return the message that carries the key among those posted since then; None after a whole look.

        Raises Unanswered when the look could not be finished.
        """
        ...

    def moment_of(self, ref: MessageRef) -> datetime | None:
        """Return when a message was posted, where its own id tells; None elsewhere."""
        ...

    async def heard(self, place: Place, *, since: datetime, until: datetime, page: str = "") -> History:
        """Return a page of what people typed between two moments in a conversation, or in a thread of it.

        The newest page comes first; each names the one before it. With the same moments a page is the same whenever it
        is read. Raises Unanswered.
        """
        ...

    def told(self, workspace: str, body: str) -> Mapping[str, object]:
        """Return what a person did, of what the platform sent: the kind, and their own words and values; no more."""
        ...

    async def read(self, ref: MessageRef, *, thread: str | None) -> Said | None:
        """Return what a person typed in one message, as it stands now; None when nothing stands there.

        Raises Unanswered, also where nothing can be read back.
        """
        ...

    async def whisper(self, place: Place, person: str, message: Message) -> Outcome:
        """Show a message to one person only: in that place, gone on reload, or in the conversation of the two of us."""
        ...

    async def respond(self, workspace: str, aside: str, message: Message, *, replace: bool = False) -> Outcome:
        """Answer a command, or a message that one person sees, privately; works where the bot is not a member."""
        ...

    async def update(self, ref: MessageRef, message: Message, *, route: str = "") -> Outcome:
        """Show this instead of what is there; by the `route` of a press on it when there is no room otherwise."""
        ...

    async def delete(self, ref: MessageRef) -> Outcome:
        """Take a message of ours away."""
        ...

    def room(self, workspace: str) -> int | None:
        """Return how many messages may be updated now; None when there is no bound."""
        ...

    async def open_direct(self, workspace: str, person: str, *, anew: bool = False) -> str | Undeliverable | RetryAfter:
        """Return the conversation between the bot and a person; `anew` where the one that is known is not there."""
        ...

    def has_views(self, workspace: str) -> bool:
        """Return whether a form is a view there, which lies before the person; else it is a message."""
        ...

    async def open_form(self, workspace: str, trigger: str, form: Form, *, on_top: bool = False) -> Sent | Opening:
        """Open a form before the person whose deed gave the trigger; where it is a message, `Sent` says so.

        `on_top` of the view in which they pressed.
        """
        ...

    async def fill_form(self, ref: MessageRef, form: Form) -> Outcome:
        """Show a form in the message that stands there for it, on a platform where it is one."""
        ...

    async def close_form(self, workspace: str, opening: str, ref: MessageRef | None, notice: Form) -> Outcome:
        """Show a notice instead of a form that was opened; a form that is closed already counts as done.

        `ref` is the message that it is, on a platform where it is one. In a view it may be any form, under an opening
        of its own.
        """
        ...

    async def show_home(self, workspace: str, person: str, message: Message, *, ref: MessageRef | None) -> Outcome:
        """Show the person's own page: where it stands, or, where it is a message and stands nowhere, as a new one."""
        ...

    async def person(self, workspace: str, person: str) -> Person | None:
        """Return what the platform knows of somebody, or None for nobody; raises Unanswered."""
        ...

    async def send_file(self, place: Place, name: str, content: bytes, comment: str) -> Outcome:
        """Hand over a file in a conversation."""
        ...
