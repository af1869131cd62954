"""A command that a person typed without its slash, now that they pressed the button for it."""

from bot.chat.port import Command, Press


def command_of(press: Press) -> Command:
    """Return the command that a press stands for."""
    return Command(
        workspace=press.workspace,
        person=press.person,
        event_id="",
        at=press.at,
        conversation=press.ref.conversation if press.ref else "",
        conversation_name="",
        text=press.value,
        trigger=press.trigger,
        is_direct=True,
        aside=press.ref.aside or "" if press.ref else "",
    )
